"""The thing a promise is about, where the words around the verb name it.

"The paperwork, I'll email that over" is "email the paperwork over"; "your new router ships out on Friday" is
"have your new router ship out".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.commitments.antecedents import antecedent
from coach.commitments.figures import PEOPLE, TITLED
from coach.commitments.head_forms import Form
from coach.commitments.heads import Head
from coach.commitments.verbs import base, is_verb

_OWN = (Form.WILL, Form.CONTINUOUS, Form.RECEIVES, Form.PRESENT)
_OTHERS = (Form.OTHER_WILL, Form.OTHER_CONTINUOUS, Form.PLACED, Form.PRESENT, Form.BARE)
_NOUN = (
    r"(?!(?:and|or|but|so|now|then|that|if|when|is|are|was|will|once|because|you|I|we|it|they|to"
    r"|why|how|what|who"
    r"|which|where|he|she|of|for|with|after|before|while|until|till|in|on|at|by|from|today|tonight"
    r"|tomorrow|not"
    r"|just|got|have|has|had)\b)"
    r"[\w'’-]+"
)
_FRONTED = re.compile(
    rf"(?:^|[.,;!?]\s+|\b(?:and|but|so)\s+)(?:(?:so|well|okay|ok|now|right|um|yeah|yes|as\s+for"
    rf"|about)[\s,]+)*"
    rf"(?P<np>(?:the|that|this|your|those|these|our|his|her|their"
    rf"|my)\s+(?:{_NOUN}\s+){{0,4}}?{_NOUN})\s*(?:,\s*(?:with|without|from|for)\s[^,]*)?,?"
    r"(?:\s*(?:sir|ma['’]am|madam|po|please|now|also|then)\s*,?)*\s*$",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    r"\b(?:time|moment|minute|second|thing|things|way|day|days|week|weeks|month|morning|afternoon"
    r"|evening|night|meantime|while"
    r"|hour|hours|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?$|['’](?:s|m|re|ll|ve|d)$",
    re.IGNORECASE,
)
_PARTICLE = (
    r"(?:over|out|back|up|down|off|in|on|for|to|with|across|round|through|done|sorted|away"
    r"|by|at|onto|into|from|as|myself|personally)"
)
_PRONOUN = re.compile(
    rf"\b(?:it|that|them|those|these|this|the\s+same)(?=\s+{_PARTICLE}\b|\s+\w+(?:ed|en|ent|ut|id)\b|\s*$)",
    re.IGNORECASE,
)
_ON_IT = re.compile(r"\s+(?:on|for)\s+(?:it|that|those|them|these)$", re.IGNORECASE)
_NO_OBJECT = re.compile(
    r"(?P<verb>[\w-]+)(?=\s*$|\s+(?:for|to|with|back|out|over|up|off|in|on|at|by|from|into)\b)",
    re.IGNORECASE,
)
_WORDLESS = frozenset("be have get let give make go come".split())
_MOVES = frozenset(
    """go come arrive ship leave land reach appear show hit clear reflect drop follow start open post be wait
    reopen restart resume begin finish run work get""".split()
)
_PRONOUNS = frozenset(
    "i we you he she it they this that these those someone somebody everything there".split()
)
_SMALL = frozenset("the a an your our my his her their this that some one".split())
_SAYS_LITTLE = frozenset(
    "with you her him them us me back on in out up over there here round your yours to at by".split()
)
""" "Be back with you": the words as they are say as much."""
_ANY_PRONOUN = re.compile(
    r"(?P<verb>[\w-]+(?:\s+(?:out|back|over|up|round))?(?:\s+(?:to|at|on|into|for))?)\s+"
    r"(?P<it>it|them|those|these|that)(?P<rest>|\s+.*)",
    re.IGNORECASE,
)
_REFERS = frozenset(("do", "make", "see", "see to", "get", "arrange", "organise"))
_DONE_WITH = re.compile(r"\s+(?:done|sorted|arranged|organi[sz]ed|going|moving)\b")
_PARTICLE_NEXT = re.compile(rf"\s+{_PARTICLE}\b")
_MAX_SUBJECT = 5


_PLACED = re.compile(
    r"be\s+(?:(?:with\s+(?:you|us|her|him|them)|back|here|there|in|on|out|at|over|round|up|down|across"
    r"|ready|waiting|sat"
    r"|sitting|standing|hanging|lying)\b)",
    re.IGNORECASE,
)
""" "The inventory'll be with you": what will be there is the point."""


def with_its_thing(sentence: str, head: Head, action: str, before: Sequence[str] = ("",)) -> str:
    """The action with the thing named before the verb; ``before``: this turn so far, and the turns before."""
    told = _named_in_the_sentence(sentence, head, action)
    if told != action or not action:
        return told
    return _named_before(head, action, before)


def _named_before(head: Head, action: str, before: Sequence[str]) -> str:
    """ "I've logged the pothole, so the lads will be out to it": "it" is the pothole."""
    if head.form in _OTHERS and _PLACED.match(action):
        pronoun = head.subject.lower() in ("it", "this", "that", "they", "she")
        thing = antecedent(before, many=head.subject.lower() == "they") if pronoun else ""
        return f"have {thing} {action[3:]}" if thing and len(thing.split()) <= _MAX_SUBJECT else action
    found = _ANY_PRONOUN.fullmatch(action)
    if found is None or found["verb"] in _REFERS or head.form in (Form.RECEIVES, Form.TASK, Form.GIVE_ME):
        return action
    if found["it"].lower() == "that" and found["rest"] and not _PARTICLE_NEXT.match(found["rest"]):
        return action
    if _DONE_WITH.match(found["rest"]):
        return action
    thing = antecedent(before, many=found["it"].lower() in ("them", "those", "these"))
    return f"{found['verb']} {thing}{found['rest']}" if thing else action


def _named_in_the_sentence(sentence: str, head: Head, action: str) -> str:
    if not action:
        return action
    before = sentence[: head.start]
    if head.form in _OTHERS and head.subject.lower() in ("it", "this", "that"):
        fronted = _thing_before(before)
        return _moved(fronted, action, "") if fronted else action
    if head.form in _OTHERS and head.subject:
        moved = _moved(head.subject, action, before)
        return moved if moved != action else _brought_back(before, action)
    if head.form in _OWN and not head.shared:
        return _brought_back(before, action)
    return action


def _moved(subject: str, action: str, before: str) -> str:
    """ "Your new router ships out" as "have your new router ship out"; of people only the act is told."""
    subject = re.sub(r"\s+(?:he|she|they|it)$", "", subject)
    words, named = action.split(), subject.split()
    person = PEOPLE.search(subject) or TITLED.match(subject) or (subject[:1].isupper() and before.strip())
    if words[0] not in _MOVES or person or len(named) > _MAX_SUBJECT or subject.lower() in _PRONOUNS:
        return action
    if subject.lower() in action.lower():
        return action
    rest = words[1:] if words[0] == "be" else words
    a_thing = named[0].lower() in _SMALL or named[0].isdigit() or named[-1].endswith("s")
    if words[0] == "be" and _says_little(words) and not a_thing:
        return action
    thing = subject if before.strip() and named[0].lower() not in _SMALL else subject[0].lower() + subject[1:]
    told = " ".join(["have", thing, *rest])
    return (
        told
        if rest and len(told.split()) <= max(2 * len(words) + 2, 8 if _says_little(words) else 0)
        else action
    )


def _says_little(words: list[str]) -> bool:
    return all(word in _SAYS_LITTLE for word in words[1:])


def _thing_before(before: str) -> str:
    found = _FRONTED.search(before)
    if found is None and (topic := _OF_WHAT.search(before)) and not is_verb(topic["np"].split()[0]):
        found = topic
    if found is None or _NO_THING.search(found["np"]) or "'s " in found["np"]:
        return ""
    return found["np"][0].lower() + found["np"][1:]


_BARE_IN_FRONT = re.compile(
    rf"(?:^|[,.;]\s+|\band\s+)(?P<np>(?:(?:one|two|three|four|some)\s+)?(?:{_NOUN}\s+){{0,3}}?{_NOUN})\s+$",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(
    rf"(?:^|[.;]\s+)(?:(?:so|okay|right|well|and)[\s,]+)*(?P<np>(?:{_NOUN}\s+){{0,3}}?{_NOUN})\s+(?:for"
    rf"|of)\s[^,]*,\s*$",
    re.IGNORECASE,
)
_NOT_IN_FRONT = frozenset(
    """so well okay ok right now then also please yes yeah yep no maybe actually sorry sir madam ma'am
    what how why love mate pal hon dear hello hi thanks thank sure fine good great alright definitely
    certainly instead next later soon first anyway listen look still today tomorrow tonight because
    since whatever whichever that said the a an your my our think know believe promise guarantee tell
    what's only itself myself""".split()
)


def _bare_in_front(before: str, action: str) -> str:
    """ "GST invoice I will mail to your office": an object in front of "I", without "the"."""
    found = _BARE_IN_FRONT.search(before)
    verb = _NO_OBJECT.match(action)
    if found is None or verb is None or verb["verb"].lower() in _WORDLESS:
        return ""
    words = found["np"].lower().split()
    doing = any(word in _NOT_IN_FRONT or base(word) or word.endswith("ly") for word in words)
    return "" if doing or _NO_THING.search(found["np"]) else found["np"]


def _brought_back(before: str, action: str) -> str:
    """ "The paperwork, I'll email that over": what "that" is."""
    thing = _thing_before(before) or _bare_in_front(before, action)
    if not thing:
        return action
    if _ON_IT.search(action):
        verb, _, rest = _ON_IT.sub("", action).partition(" ")
        return " ".join(filter(None, [verb, rest, thing]))
    if _PRONOUN.search(action):
        return _PRONOUN.sub(thing, action, count=1)
    bare = _NO_OBJECT.match(action)
    if bare and bare["verb"].lower() not in _WORDLESS and base(bare["verb"]) in (None, bare["verb"]):
        return f"{bare['verb']} {thing}{action[bare.end() :]}"
    return action
