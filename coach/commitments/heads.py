"""Where a promise may begin: who will do it, and from which verb on.

A head is a subject with a form that looks ahead ("I'll send", "an engineer is coming", "you'll have",
"it will be refunded"). Whether it really promises anything is judged elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from coach.commitments.verbs import is_gerund, is_verb
from coach.events import Owner


class Form(Enum):
    WILL = "I'll send"
    CONTINUOUS = "I'm sending"
    RECEIVES = "you'll have"
    OTHER_WILL = "an engineer will call"
    OTHER_CONTINUOUS = "an engineer is coming"
    BOOKED = "an engineer is booked"
    TASK = "you'll need to send"
    GIVE_ME = "give me until five"


@dataclass(frozen=True, slots=True)
class Head:
    """``start`` is where the subject begins in the sentence, ``verb`` where the verb phrase does."""

    start: int
    verb: int
    owner: Owner
    form: Form
    subject: str = ""


_BEFORE_VERB = (
    r"(?:(?:also|just|then|personally|now|still|definitely|certainly|absolutely|simply|gladly|only"
    r"|at\s+least|always"
    r"|immediately|myself|first|actually|quickly|even|go\s+ahead\s+and|do\s+(?:now\s+)?is(?:\s+to\b"
    r"|\s+I['’]m\s+going\s+to|\s+I['’]ll|\s+I\s+will)?|be\s+able\s+to|please|uh|um"
    r"|then\s+also|of\s+course|happily|probably|most\s+likely|hopefully|try\s+(?:to|and)"
    r"|make\s+sure\s+(?:to|that\s+I|I|we))\b,?\s+)*"
)
_WILL = (
    r"(?:['’]ll|\s+will|\s+shall|(?:['’]m|\s+am|['’]re|\s+are|['’]s|\s+is)?\s+(?:going\s+to|gonna|gon\s+na))"
)
_DOING = r"(?!going\s+to|gonna|hoping|trying)(?P<verb>\w+ing)\b"
_IS = r"(?:['’]m|\s+am|['’]re|\s+are|['’]s|\s+is)"
_NOT = r"(?!not\b|never\b|no\b|n['’]t)"
_NOT_A_NAME = (
    r"(?!(?:What|Who|That|This|There|Here|If|When|Where|You|We|I|It|He|She|They|Nobody|Nothing|No|Which"
    r"|How|And|But|So"
    r"|Or|Normally|Usually|Then|Now|Today|Tomorrow|Yes|Well|Why|The|An|A|My|Our|Your|His|Her|Someone"
    r"|Somebody)\b)"
)
_NAME = (
    rf"(?-i:{_NOT_A_NAME}(?:(?:Mr|Mrs|Ms|Dr)\.?\s+)?[A-Z][\w-]+(?:\s+[A-Z][\w-]+)?)"
    r"(?:\s+(?:from|in|at)\s+(?:our\s+|the\s+)?[\w-]+(?:\s+[\w-]+)?)?"
)
_NO_NOUN = (
    r"(?!(?:and|or|but|so|now|then|that|if|when|is|are|was|will|once|because|you|I|we|it|they|to|why|how"
    r"|what|who"
    r"|which|where|he|she|afternoon|morning|evening|week|call|about|before|after|with|today|tonight"
    r"|tomorrow)\b)"
)
_NOUNS = (
    r"(?:an?|the|our|my|your|his|her|their|this|that|those|these|all|one\s+of\s+(?:our|my|the))\s+"
    rf"(?:{_NO_NOUN}[\w'’-]+\s+){{0,4}}?{_NO_NOUN}[\w-]+"
)
_BARE = (
    r"(?:(?<=^)|(?<=[.,;] )|(?<=\band )|(?<=\bbut ))(?:refund|driver|technician|engineer|plumber"
    r"|electrician|lineman"
    r"|delivery|courier|replacement|maintenance|parcel|van)"
)
_OF_WHOM = rf"(?:\s+(?:from|in|at)\s+(?:(?:the|our|my)\s+)?{_NO_NOUN}[\w-]+(?:\s+{_NO_NOUN}[\w-]+)?)"
_OTHER = (
    rf"(?P<subject>some(?:one|body){_OF_WHOM}?|it|that|this|he|she|they|everything|{_NOUNS}|{_NAME}|{_BARE})"
)
_GETS = (
    r"(?:have|get|receive|hear|see|be\s+(?:getting|receiving|hearing|contacted|refunded|credited"
    r"|reimbursed|paid|sent"
    r"|called|notified|compensated|reconnected|away|moved|upgraded))\b"
)
_TASK_VERB = (
    r"(?P<verb>(?:send|email|e-mail|mail|post|bring|return|sign|fill|complete|upload|provide|forward|call"
    r"|ring|phone"
    r"|reply|respond|confirm|pay|drop|take|book|scan|submit|register|collect|pick|let\s+(?:us|me)"
    r"|get\s+(?:us|me)"
    r"|give\s+(?:us|me)|photograph|attach|be\s+(?:home|in|there|at\s+home)|come|leave|pack|arrange"
    r"|contact|write"
    r"|message|text|fax|print|keep)\b)"
)

_PATTERNS: tuple[tuple[Form, Owner, re.Pattern[str]], ...] = tuple(
    (form, owner, re.compile(rf"(?<![\w'’]){pattern}", re.IGNORECASE))
    for form, owner, pattern in (
        (
            Form.TASK,
            Owner.CUSTOMER,
            r"(?:you(?:['’]ll|\s+will)?\s+(?:just\s+|also\s+|still\s+)?(?:need|have)\s+to"
            r"|you['’]ve\s+got\s+to|you\s+must"
            rf"|(?:I|we)(?:['’]ll|\s+will|['’]d)?\s+(?:just\s+)?(?:need|like|want)\s+you\s+to"
            rf"|(?:if\s+)?you\s+(?:can|could)|please|kindly)\s+{_TASK_VERB}",
        ),
        (Form.RECEIVES, Owner.AGENT, r"you(?:['’]ll|\s+will)\s+(?P<verb>hear\s+(?:back\s+)?from\s+me)\b"),
        (Form.RECEIVES, Owner.COMPANY, rf"you{_WILL}\s+{_BEFORE_VERB}{_NOT}(?P<verb>{_GETS})"),
        (Form.RECEIVES, Owner.COMPANY, r"you(?:['’]re|\s+are)\s+(?P<verb>getting|receiving)\b"),
        (Form.RECEIVES, Owner.COMPANY, r"you\s+can\s+expect\s+(?:to\s+)?(?P<verb>[\w-]+)"),
        (Form.WILL, Owner.AGENT, rf"I{_WILL}\s+{_BEFORE_VERB}{_NOT}(?P<verb>[\w-]+)"),
        (Form.WILL, Owner.AGENT, rf"I\s+(?:promise|commit)\s+(?:you\s+)?to\s+{_NOT}(?P<verb>[\w-]+)"),
        (Form.WILL, Owner.AGENT, r"let\s+me\s+(?P<verb>[\w-]+)"),
        (Form.WILL, Owner.COMPANY, rf"we{_WILL}\s+{_BEFORE_VERB}{_NOT}(?P<verb>[\w-]+)"),
        (Form.CONTINUOUS, Owner.AGENT, rf"I(?:['’]m|\s+am)\s+{_BEFORE_VERB}{_DOING}"),
        (Form.CONTINUOUS, Owner.COMPANY, rf"we(?:['’]re|\s+are)\s+{_BEFORE_VERB}{_DOING}"),
        (Form.GIVE_ME, Owner.AGENT, r"(?P<verb>give\s+me\s+(?:until|till|til))\b"),
        (Form.OTHER_WILL, Owner.COMPANY, r"there(?:['’]ll|\s+will)\s+(?P<verb>be)\s+(?P<subject>\w+)"),
        (Form.OTHER_CONTINUOUS, Owner.COMPANY, r"there(?:['’]s| is) (?P<subject>an? \w+) (?P<verb>coming)"),
        (Form.OTHER_WILL, Owner.COMPANY, rf"{_OTHER}{_WILL}\s+{_BEFORE_VERB}{_NOT}(?P<verb>[\w-]+)"),
        (Form.OTHER_CONTINUOUS, Owner.COMPANY, rf"{_OTHER}{_IS}\s+(?:all\s+|now\s+|also\s+)?{_DOING}"),
        (Form.BOOKED, Owner.COMPANY, rf"{_OTHER}{_IS}\s+(?:all\s+)?(?P<verb>booked|scheduled|arranged)\b"),
    )
)  # fmt: skip
_AND = re.compile(rf"(?:,\s*)?\b(?:and|then)\s+(?:then\s+)?{_BEFORE_VERB}(?P<verb>[\w-]+)", re.IGNORECASE)


def find_heads(sentence: str) -> list[Head]:
    """Every head in reading order; earlier patterns claim a place first."""
    taken: list[tuple[int, int]] = []
    heads: list[Head] = []
    for form, owner, pattern in _PATTERNS:
        for match in pattern.finditer(sentence):
            verb = match.start("verb")
            if any(start <= verb < end or start <= match.start() < end for start, end in taken):
                continue
            taken.append((match.start(), match.end("verb")))
            heads.append(Head(match.start(), verb, owner, form, match.groupdict().get("subject") or ""))
    heads.sort(key=lambda head: head.start)
    return heads


def coordinated(sentence: str, head: Head, end: int) -> list[Head]:
    """The verbs that share a head's subject: "I'll phone the depot and ring you back"."""
    if head.form in (Form.RECEIVES, Form.BOOKED, Form.GIVE_ME, Form.TASK):
        return []
    found: list[Head] = []
    for match in _AND.finditer(sentence, head.verb, end):
        verb = match["verb"]
        gerund = head.form in (Form.CONTINUOUS, Form.OTHER_CONTINUOUS)
        if is_gerund(verb) if gerund else is_verb(verb):
            found.append(Head(match.start("verb"), match.start("verb"), head.owner, head.form, head.subject))
    return found
