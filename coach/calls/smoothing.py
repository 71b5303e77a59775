"""Smoother wording by a language model, and what keeps it from adding anything.

Only lines that are the agent's spoken words are offered, and of an answer only such a line is taken that
says no more and nothing else than those words do (``added``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from coach.values.revisions import ShownLine, ShownSummary, Smoothed

INSTRUCTION = (
    "You tidy sentences that were spoken on a phone call. For each, remove repetitions and filler words, "
    "and mend grammar. Keep the order, the person, the tense, every number, name, negation and condition. "
    "Add nothing. Answer with a JSON list of strings, one for each sentence in the same order, nothing else."
)

_SPOKEN = ("about", "suggestions")
_MOST_LINES = 12
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

# May come, go and change: they carry no fact by themselves. All others must stay as they are.
_FREE = frozenset(
    "a an the this that these those is am are was were be been being do does did done have has had having "
    "of to in on at for with and but so as it its there here then too also well just um uh er erm hmm oh "
    "okay ok yeah yes like actually basically really know mean sort kind s re ve m".split()
)
_FILLERS = re.compile(r"\b(?:you know|i mean|you see)\b")
_SHORT = {"ll": "will", "d": "would", "wo": "will", "sha": "shall", "ca": "can"}
_NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
    "million half quarter double".split()
)
_PERSONS = {
    **dict.fromkeys("i me my mine myself".split(), "i"),
    **dict.fromkeys("you your yours yourself yourselves".split(), "you"),
    **dict.fromkeys("we us our ours ourselves".split(), "we"),
    **dict.fromkeys("he him his himself".split(), "he"),
    **dict.fromkeys("she her hers herself".split(), "she"),
    **dict.fromkeys("they them their theirs themselves".split(), "they"),
}
_ENDINGS = ("ies", "ing", "ed", "es", "s")
"""Grammar may mend them: "he call" and "he calls" are one fact."""


def added(source: str, smoothed: str) -> str:
    """Where the smoother words say something else than the source; empty where they do not.

    All words that carry a fact must be the same, in the same order: only what is in ``_FREE``, endings,
    and words said twice in a row may change. So nothing can be added, denied, swapped or left out.
    """
    before, after = _once(_facts(source)), _once(_facts(smoothed))
    if before == after:
        return "" if after else "no words"
    other = next((new for old, new in zip(before, after, strict=False) if old != new), "")
    return other or (after[len(before)] if len(after) > len(before) else f"without {before[len(after)]}")


def _once(facts: list[str]) -> list[str]:
    """Without words said again at once, up to five in a row; numbers may be meant twice."""
    made: list[str] = []
    for fact in facts:
        made.append(fact)
        for length in range(1, 6):
            again = made[-length:]
            if (
                len(made) >= 2 * length
                and again == made[-2 * length : -length]
                and not any(map(_number, again))
            ):
                del made[-length:]
                break
    return made


def _number(fact: str) -> bool:
    return fact in _NUMBERS or any(map(str.isdigit, fact))


def _facts(text: str) -> list[str]:
    plain = _FILLERS.sub(" ", text.replace("’", "'").casefold())
    parts = [part for word in _WORD.findall(plain) for part in _parts(word)]
    return [part if _number(part) else _stem(part) for part in parts if part not in _FREE]


def _parts(word: str) -> list[str]:
    """ "can't" is can and not, "i'll" i and will; a person is the same in every case."""
    if word == "cannot":
        return ["can", "not"]
    if word.endswith("n't"):
        front = word[: -len("n't")]
        return [_SHORT.get(front, front), "not"]
    front, _, tail = word.partition("'")
    return [_PERSONS.get(front, front), *([_SHORT.get(tail, tail)] if tail else [])]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            front = word[: -len(ending)]
            return front + "y" if ending == "ies" else front.rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


def smoothable(shown: ShownSummary) -> list[ShownLine]:
    """The lines that are the agent's spoken words, and read as they were written."""
    lines = [line for section in shown.sections if section.key in _SPOKEN for line in section.lines]
    once = {line.own.evidence: line for line in reversed(lines) if not line.edited}
    return [line for line in lines if once.get(line.own.evidence) is line][:_MOST_LINES]


def smooth(shown: ShownSummary, answer: Callable[[str, str], str]) -> Smoothed:
    """Ask the model once; ``dropped`` counts what said more than the words it came from."""
    lines = smoothable(shown)
    if not lines:
        return Smoothed((), 0)
    written = _read(answer(INSTRUCTION, json.dumps([line.own.text for line in lines], ensure_ascii=False)))
    kept, dropped = [], max(0, len(lines) - len(written))
    for line, words in zip(lines, written, strict=False):
        if added(line.own.evidence, words):
            dropped += 1
        elif words != line.own.text:
            kept.append((line.id, words))
    return Smoothed(tuple(kept), dropped)


def try_out(sentence: str, answer: Callable[[str, str], str]) -> str:
    """What the model makes of one sentence; empty where it says more than that, or is no answer."""
    written = _read(answer(INSTRUCTION, json.dumps([sentence])))
    return written[0] if written and not added(sentence, written[0]) else ""


def _read(answered: str) -> Sequence[str]:
    """The list of an answer, whatever stands around it; none where it is no list of strings."""
    start, end = answered.find("["), answered.rfind("]")
    try:
        read = json.loads(answered[start : end + 1]) if 0 <= start < end else []
    except (ValueError, RecursionError):
        return []
    if not isinstance(read, list) or not all(isinstance(words, str) for words in read):
        return []
    return [" ".join(words.split()) for words in read]
