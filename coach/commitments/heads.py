"""Where a promise may begin: who will do it, and from which verb on.

A head is a subject with a form that looks ahead ("I'll send", "an engineer is coming", "you'll have",
"it will be refunded"). Whether it really promises anything is judged elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from coach.commitments.subjects import (
    NO_SUBJECT,
    NOUNS_IN_ING,
    is_thing_or_person,
    looks_ahead,
    own_subject,
    subject_before,
)
from coach.commitments.verbs import is_gerund
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
    PRESENT = "I call you tonight"
    PLACED = "a technician's with you on Saturday"
    BARE = "the crew coming at four"
    ALSO_DONE = "(will be cut) and mailed"


@dataclass(frozen=True, slots=True)
class Head:
    """``start`` is where the subject begins in the sentence, ``verb`` where the verb phrase does."""

    start: int
    verb: int
    owner: Owner
    form: Form
    subject: str = ""
    shared: bool = False
    """The second verb of one subject: "I'll phone them and ring you"."""


BEFORE_VERB = (
    r"(?:(?:also|just|then|personally|now|still|definitely|certainly|absolutely|simply|gladly|only"
    r"|at\s+least|always"
    r"|immediately|myself|first|actually|quickly|even|go\s+ahead\s+and|do\s+(?:now\s+)?is(?:\s+to\b"
    r"|\s+I['’]m\s+going\s+to|\s+I['’]ll|\s+I\s+will)?|be\s+able\s+to|please|uh|um"
    r"|then\s+also|of\s+course|happily|surely|for\s+sure|(?:(?:one\s+)?hundred|100)\s*(?:percent|%)"
    r"|probably|most\s+likely|hopefully|try\s+(?:to|and)"
    r"|make\s+sure\s+(?:to|that\s+I|I|we))\b,?\s+)*"
)
_WILL = (
    r"(?:['’]ll|\s+will|\s+shall|(?:['’]m|\s+am|['’]re|\s+are|['’]s|\s+is)?\s+(?:going\s+to|gonna|gon\s+na))"
)
_DOING = r"(?!going\s+to|gonna|hoping|trying)(?P<verb>\w+(?:ing\b|in['’](?=\s)))"
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
GETS = (
    r"(?:have|get|receive|hear|see|know\s+(?:one\s+way|where|what|when|whether|by|for\s+sure)"
    r"|be\s+(?:getting|receiving|hearing|contacted|refunded|credited"
    r"|reimbursed|paid|sent"
    r"|called|notified|compensated|reconnected|away|moved|upgraded|booked|put|seen|issued|given"
    r"|transferred|offered"
    r"|collected|picked|switched|reinstated|rebooked|reissued|assigned|escorted|fitted|registered"
    r"|removed|taken"
    r"(?=\s+off)|added|set\s+up|enrolled|hooked|fixed|phoned|rung|emailed|texted|posted|visited"
    r"|swapped|updated|served"
    r"(?=\s+first)))\b"
)
_SET = (
    r"booked(?:\s+in)?|scheduled|arranged|locked\s+in|pencilled\s+in|lined\s+up|slotted\s+in|down(?=\s+for\b)"
)
_BY_YOU = (
    r"(?:with\s+you|(?:back\s+)?on\s+site|(?:outside|at|on)\s+your(?:s|\s+\w+)|outside"
    r"|back\s+with\s+you|out\s+to\s+you"
    r"|on\s+the\s+line\s+with\s+you|(?:there|here|by\s+you)(?=\s+(?:on|at|by|tomorrow|tonight"
    r"|midweek|\w+day)\b))"
)
_DONE = (
    r"(?!(?:confirmed|closed|shut|based|limited|included|required|needed|allowed|supposed|expected"
    r"|interested|delayed"
    r"|cancelled|finished|covered|signed|called|named|located|registered|listed|calibrated|checked"
    r"|served|opened|dressed|married|retired|bored|tired)\b)"
    r"(?:\w+(?:ed|ent|ut)|put|left|taken|given|done|paid|made|written|brought|rung|reset|rebuilt)"
)
_COMES = (
    r"(?:comes|brings|ships|arrives|delivers|collects|calls|rings|phones|visits|sends|picks|drops|fits|fixes"
    r"|installs|replaces|emails|texts|credits|refunds|goes\s+(?:out|back|in|live|to\s+you))"
)
_TASK_VERB = (
    r"(?P<verb>(?:send|email|e-mail|mail|post|bring|return|sign|fill|complete|upload|provide|forward|call"
    r"|ring|phone|reply|respond|confirm|pay|drop|take|book|scan|submit|register|collect|pick"
    r"|photograph|attach"
    r"|let\s+(?:us|me)|get\s+(?:us|me|back|in|the|your|that|those|it|them|a|an)|give\s+(?:us|me)"
    r"|be\s+(?:home|in|there|at\s+home)|come|leave|pack|arrange|contact|write|message|text|fax"
    r"|print|keep|share"
    r"|export|snap|pop|stick|put|make\s+sure|measure|note|report|have|switch|update|move|empty"
    r"|clear|lock|hand|save"
    r"|download|install|apply|ask|chase|cancel|renew|transfer|show|check|wear|charge|log|read|label"
    r"|wrap|store"
    r"|hold\s+(?:on\s+to|onto)|quote|copy|include|enclose|set|turn|unplug|reset|restart|test|run"
    r"|record|ship)\b)"
)
_TASK_STRICT = (
    r"(?P<verb>(?:send|email|e-mail|mail|post|bring|return|sign|fill|complete|upload|provide"
    r"|forward|reply|respond"
    r"|confirm|pay|drop|scan|submit|register|photograph|attach|let\s+(?:us|me)|get\s+(?:us|me)"
    r"|give\s+(?:us|me)"
    r"|leave|pack|arrange|contact|write|message|text|fax|print|share|export)\b)"
)
""" "You will send", where "you will have" is a promise."""
_ASKED = (
    r"(?:(?:what|all)\s+(?:you|I|we)(?:['’]ll|['’]d)?\s+(?:need|have|want"
    r"|like)(?:\s+you)?\s+to\s+do(?:\s+now)?\s+is,?"
    r"(?:\s+to)?"
    r"|you(?:['’]ll|\s+will)?\s+(?:just\s+|also\s+|still\s+|then\s+)?(?:need|have)\s+to"
    r"|you['’]ve\s+(?:just\s+)?got\s+to|you\s+must"
    r"|(?:I|we)(?:['’]ll|\s+will|['’]d|\s+would)?\s+(?:just\s+)?(?:need|like|want|ask)\s+you\s+to"
    r"|if\s+you\s+(?:can|could)(?:\s+(?:just|please))?|if\s+you(?=\s+(?:get|send|email|bring|drop|post)\b)"
    r"|(?:can|could|will|would)\s+you(?:\s+(?:just|please|kindly|also))?|please"
    r"|kindly(?:\s+do\s+one\s+thing,)?"
    r"|(?:(?<=^)|(?<=[,.;]\s)|(?<=so\s)|(?<=just\s))go\s+ahead\s+and|do\s+one\s+thing,|(?<=^)just"
    r"|(?<=[.!?]\s)just)"
)

_PATTERNS: tuple[tuple[Form, Owner, re.Pattern[str]], ...] = tuple(
    (form, owner, re.compile(rf"(?<![\w'’]){pattern}", re.IGNORECASE))
    for form, owner, pattern in (
        (Form.TASK, Owner.CUSTOMER, rf"{_ASKED}\s+{_TASK_VERB}"),
        (Form.TASK, Owner.CUSTOMER, rf"you\s+(?:can|could|will)(?:\s+just)?\s+{_TASK_STRICT}"),
        (
            Form.TASK,
            Owner.CUSTOMER,
            r"(?:I|we)(?:['’]ll|\s+will)?\s+(?P<verb>need)\s+(?=(?:your|the|that|those|a\s+copy"
            r"|it)\b[^.,;!?]*(?:from\s+you|\bby\b))",
        ),
        (
            Form.TASK,
            Owner.CUSTOMER,
            r"(?:(?<=^)|(?<=^so\s)|(?<=^then\s)|(?<=,\sso\s))(?P<verb>(?:send|email|post|sign|fill|complete"
            r"|upload|reply|scan|return|drop|fax|bring|share|let\s+(?:us|me)\s+know|get\s+(?:us|me))\b)",
        ),
        (Form.RECEIVES, Owner.AGENT, r"you(?:['’]ll|\s+will)\s+(?P<verb>hear\s+(?:back\s+)?from\s+me)\b"),
        (Form.RECEIVES, Owner.COMPANY, rf"you{_WILL}\s+{BEFORE_VERB}{_NOT}(?P<verb>{GETS})"),
        (Form.RECEIVES, Owner.COMPANY, r"you(?:['’]re|\s+are)\s+(?P<verb>getting|receiving|hearing)\b"),
        (Form.RECEIVES, Owner.COMPANY, r"you\s+(?P<verb>(?:have|get|receive|hear)(?=\s+(?:my|our"
                                       r"|the|your|a|an|it|from|back)\b))"),
        (Form.RECEIVES, Owner.COMPANY, rf"you{_WILL}\s+{BEFORE_VERB}{_NOT}(?P<verb>(?!{GETS}|need"
                                       rf"|have|be\b|want|understand|see\b|find\b|know)[a-z]+)\b"),
        (Form.RECEIVES, Owner.COMPANY, r"you\s+(?:can|may)\s+expect\s+to\s+(?P<verb>[\w-]+)"),
        (Form.RECEIVES, Owner.COMPANY, r"you\s+(?:can|may)\s+(?P<verb>expect)\s+(?!to\b)"),
        (
            Form.RECEIVES,
            Owner.COMPANY,
            r"(?:(?:please|kindly|(?<=^)just|(?<=^)so)\s+|(?<=^)"
            r"|(?<=[,.]\s))(?P<verb>expect)\s+(?=(?:an?|the|our|your|my|them|it|him|her)\b)",
        ),
        (Form.WILL, Owner.AGENT, rf"I{_WILL}\s+{BEFORE_VERB}{_NOT}(?P<verb>[\w-]+)"),
        (Form.WILL, Owner.AGENT, rf"I\s+(?:promise|commit)\s+(?:you\s+)?to\s+{_NOT}(?P<verb>[\w-]+)"),
        (Form.WILL, Owner.AGENT, r"I\s+help\s+(?:you\s+|to\s+)+(?P<verb>[\w-]+)"),
        (Form.WILL, Owner.AGENT, r"let\s+me\s+(?P<verb>[\w-]+)"),
        (Form.WILL, Owner.COMPANY, rf"we{_WILL}\s+{BEFORE_VERB}{_NOT}(?P<verb>[\w-]+)"),
        (
            Form.WILL,
            Owner.AGENT,
            r"what\s+I\s+(?:can|could|will)\s+do(?:\s+for\s+you)?\s+is,?\s+(?:to\s+|I\s+(?:can"
            r"|could)\s+|I\s+)?"
            rf"{BEFORE_VERB}{_NOT}(?!I\b)(?P<verb>[\w-]+)",
        ),
        (
            Form.WILL,
            Owner.COMPANY,
            r"what\s+we\s+(?:can|could|will)\s+do(?:\s+for\s+you)?\s+is,?\s+(?:to\s+|we\s+(?:can"
            r"|could)\s+|we\s+)?"
            rf"{BEFORE_VERB}{_NOT}(?!we\b)(?P<verb>[\w-]+)",
        ),
        (Form.WILL, Owner.AGENT, rf"I\s+(?:myself|personally){_WILL}\s+{BEFORE_VERB}{_NOT}(?P<verb>[\w-]+)"),
        (Form.CONTINUOUS, Owner.AGENT, rf"I(?:['’]m|\s+am)\s+{BEFORE_VERB}{_DOING}"),
        (Form.CONTINUOUS, Owner.COMPANY, rf"we(?:['’]re|\s+are)\s+{BEFORE_VERB}{_DOING}"),
        (Form.GIVE_ME, Owner.AGENT, r"(?P<verb>give\s+me\s+(?:(?:until|till|til)\b"
                                    r"|(?=[\w-]+\s+(?:hours?|days?|weeks?)\b))|leave\s+(?:it|that"
                                    r"|this)\s+with\s+(?:me|us))"),
        (Form.OTHER_WILL, Owner.COMPANY, r"there(?:['’]ll|\s+will)\s+(?P<verb>be)\s+(?P<subject>\w+)"),
        (Form.OTHER_CONTINUOUS, Owner.COMPANY, r"there(?:['’]s| is) (?P<subject>an? \w+) (?P<verb>coming)"),
        (Form.OTHER_WILL, Owner.COMPANY, rf"{_OTHER}{_WILL}\s+{BEFORE_VERB}{_NOT}(?P<verb>[\w-]+)"),
        (Form.OTHER_CONTINUOUS, Owner.COMPANY, rf"{_OTHER}{_IS}\s+(?:all\s+|now\s+|also\s+)?{_DOING}"),
        (Form.BOOKED, Owner.COMPANY, rf"{_OTHER}{_IS}\s+(?:all\s+)?(?P<verb>{_SET})\b"),
        (
            Form.PLACED,
            Owner.COMPANY,
            rf"(?:that|this|it)['’]s\s+(?P<subject>(?:an?|the|our"
            rf"|one)\s+\w+(?:\s+\w+)?)\s+(?P<verb>{_BY_YOU})\b",
        ),
        (
            Form.PRESENT,
            Owner.COMPANY,
            r"(?:I|we)(?:['’]ve|\s+have)(?:\s+got)?\s+(?P<subject>(?:some(?:one|body)|(?:an?|the"
            r"|our|my|another|two|three)\s+[\w'’-]+)"
            r"(?:\s+[\w'’-]+){0,2}?)\s+(?P<verb>\w{2,}ing)\b",
        ),
        (Form.PRESENT, Owner.AGENT, r"(?<=^)(?P<verb>see\s+you)\b"),
    )
)  # fmt: skip
_ANYBODYS: tuple[tuple[Form, re.Pattern[str]], ...] = tuple(
    (form, re.compile(pattern, re.IGNORECASE))
    for form, pattern in (
        (Form.OTHER_WILL, rf"{_WILL}\s+{BEFORE_VERB}{_NOT}(?P<verb>[\w-]+)"),
        (Form.OTHER_WILL, rf"{_IS}\s+(?:down|set|booked|scheduled|lined\s+up)\s+to\s+(?P<verb>[\w-]+)"),
        (Form.BOOKED, rf"{_IS}\s+(?:all\s+)?(?P<verb>{_SET})\b"),
        (Form.PLACED, rf"{_IS}\s+(?P<verb>{_BY_YOU})\b"),
        (Form.OTHER_CONTINUOUS, rf"{_IS}\s+(?:all\s+|now\s+|also\s+|just\s+)?{_DOING}"),
        (Form.PRESENT, rf"\s+(?:gets?|is|are)\s+(?P<verb>{_DONE})\b"),
        (Form.PRESENT, rf"\s+gets\s+\w+\s+(?P<verb>{_DONE})\b"),
        (Form.BARE, r"\s+(?P<verb>[a-z]{3,}ing)\b"),
        (Form.PRESENT, rf"\s+(?P<verb>{_COMES})\b"),
        (
            Form.BARE,
            r"(?<=[a-rt-z]s)\s+(?P<verb>go|come|arrive|ship|leave|land)(?=\s+(?:out|live|up|back|to"
            r"|in|off|over|on)\b)",
        ),
        (
            Form.BARE,
            r"\s+(?P<verb>goes|lands|leaves|gets|lets|runs|flies|takes|moves|swaps|covers|hands"
            r"|puts|gives|makes|passes|reaches"
            r"|returns|pays|looks|has|does|checks|carries)(?=\s+(?:to|you?|out|back|over|across|off"
            r"|up|round|in|for|with|at|on|it|them|the)\b)",
        ),
        (Form.PRESENT, r"(?<=\bI)\s+(?P<verb>do)(?=\s+(?:that|it|this|the\s+same)\b)"),
        (Form.PRESENT, r"(?<=\bI)\s+(?:also\s+|myself\s+|then\s+|just\s+)*(?P<verb>(?!do\b)[a-z]+)\b"),
        (Form.PRESENT, r"(?<=\bwe)\s+(?:also\s+|then\s+|just\s+)*(?P<verb>(?!do\b)[a-z]+)\b"),
    )
)
"""Forms whose subject is whatever stands before them in the clause."""
_INVERTED = re.compile(
    r"\b(?:will|shall|can|could|should|would|do|did|may|must|am|are|have)\s+$", re.IGNORECASE
)
""" "Will I put you in?" asks."""
_NEGATED = re.compile(r"n['’]t$|\b(?:not|never|nor|neither|either|is|are)$|^you\b|^you['’]", re.IGNORECASE)
_ELIDED = re.compile(
    rf"\b(?:and|but)\s+(?:then\s+)?(?P<will>(?:will|shall|(?:is|are"
    rf"|am)\s+going\s+to)\s+){BEFORE_VERB}{_NOT}(?P<verb>[\w-]+)",
    re.IGNORECASE,
)
""" "Your refund has been approved and will be paid": the subject stands before the first verb."""
_FIRST_HALF = re.compile(
    r"(?:^|[,;:.]\s+|\b(?:and|but|so|that)\s+)(?P<subject>(?:[\w-]+\s+){0,5}?[\w-]+)"
    r"(?:['’](?:s|ve|m|re)|\s+(?:has|have|had|is|am|are|was|were))\s[^,;.!?]*$",
    re.IGNORECASE,
)


_SEE_TO_IT = re.compile(
    r"\b(?:see\s+to\s+it|make\s+sure|ensure|making\s+sure)\s+(?:that\s+)?$", re.IGNORECASE
)
""" "I'll see to it that your file goes up": one act, not two."""
_RELATIVE = re.compile(
    r"\b(?!(?:and|but|so|then|well|okay|ok|right|because|if|sir|madam|yeah|yes|no|now|once|when|do"
    r"|after|think|sure)\b)[a-z]+\s+$",
    re.IGNORECASE,
)
""" "The bill that is coming": there "that" is no subject of its own."""


def find_heads(sentence: str) -> list[Head]:
    """Every head in reading order; earlier patterns claim a place first."""
    taken: list[tuple[int, int]] = []
    heads: list[Head] = []
    for form, owner, pattern in _PATTERNS:
        for match in pattern.finditer(sentence):
            subject = match.groupdict().get("subject") or ""
            if subject and _SEE_TO_IT.search(sentence, 0, match.start("subject")):
                continue
            if subject.lower() == "that" and _RELATIVE.search(sentence, 0, match.start("subject")):
                continue
            if _claim(taken, match.start(), match):
                heads.append(Head(match.start(), match.start("verb"), owner, form, subject))
    for form, pattern in _ANYBODYS:
        for match in pattern.finditer(sentence):
            found = subject_before(sentence, match.start())
            if found is None or (form is Form.PRESENT and found[1].lower().endswith((" i", " we"))):
                found = own_subject(sentence, match.start()) if form is Form.PRESENT else None
            if found is None or not _fits(form, found[1], match["verb"], sentence[: found[0]]):
                continue
            start, subject = found
            if _SEE_TO_IT.search(sentence, 0, start):
                continue
            if _claim(taken, start, match):
                owner = Owner.AGENT if subject.lower() == "i" else Owner.COMPANY
                heads.append(Head(start, match.start("verb"), owner, form, subject))
    for match in _ELIDED.finditer(sentence):
        subject = _elided(sentence[: match.start()])
        if subject and _claim(taken, match.start("will"), match):
            own = {"i": (Owner.AGENT, Form.WILL), "we": (Owner.COMPANY, Form.WILL)}
            owner, form = own.get(subject.lower(), (Owner.COMPANY, Form.OTHER_WILL))
            heads.append(Head(match.start("will"), match.start("verb"), owner, form, subject))
    heads.sort(key=lambda head: head.start)
    return heads


def _elided(before: str) -> str:
    found = _FIRST_HALF.search(before)
    if found is None or found["subject"].split()[-1].lower() in NO_SUBJECT - {"it"}:
        return ""
    return found["subject"]


def _claim(taken: list[tuple[int, int]], start: int, match: re.Match[str]) -> bool:
    verb = match.start("verb")
    if any(low <= verb < high or low <= start < high for low, high in taken):
        return False
    taken.append((start, match.end("verb")))
    return True


def _fits(form: Form, subject: str, verb: str, before: str = "") -> bool:
    """ "I call", "we send", but not "the one I call": a bare form needs its own subject."""
    own = subject.lower() in ("i", "we", "i myself")
    if form is Form.PRESENT and (own or subject.lower().endswith((" i", " we"))):
        return own and looks_ahead(verb.lower())
    if own and _INVERTED.search(before):
        return False
    if form is Form.BARE:
        known = not verb.endswith("ing") or (is_gerund(verb) and verb.lower() not in NOUNS_IN_ING)
        return not own and known and is_thing_or_person(subject)
    if form is Form.OTHER_WILL and (is_gerund(verb) or _NEGATED.search(subject)):
        return False
    return not own or form in (Form.PLACED, Form.PRESENT)
