"""Does a head really promise something? Rules first; the move detector's confidence joins where known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coach.commitments import clauses
from coach.commitments.heads import Form, Head
from coach.commitments.verbs import OF_SPEECH, ON_THE_SPOT, base
from coach.events import Owner

PLAIN_THRESHOLD = 0.05
"""Below the detector's own threshold: enough, together with a rule."""
DATED_THRESHOLD = 0.02
"""With a time named the rules are surer, and the detector is blind to "you will have it in five days"."""
DOUBTFUL_THRESHOLD = 0.5
"""What the strict rules refuse only for vagueness, the detector may still save."""

_FIGURES = re.compile(
    r"(?:be|have)\s+(?:(?:absolutely|perfectly|very|quite|completely|totally|so|more\s+than"
    r"|really)\s+)?(?:honest|frank|straight|upfront"
    r"|fine|okay|ok|all\s?right|alright|glad|happy|pleased|delighted|amazed|sorry|clear|blunt"
    r"|right\s+(?:back|with\s+you)|careful|asking"
    r"|needing|in\s+your\s+corner|able|surprised|to\s|a\s+moment|looking\s+(?:at|into)|quick|brief|fair"
    r"|gentle|the\s+first|here|with\s+you\s+(?:in|on|through))"
    r"|stop\s+you|let\s+you\s+(?:go|know\s+(?:now|that))|level\s+with|put\s+you\s+(?:through|on|back)"
    r"|take\s+(?:that|it|this|you|a\s+look|care|your|ownership|note)"
    r"|tell\s+you\s+(?:what|now|that|how|why|something|this|straight)|have\s+(?:a\s+(?:look|think"
    r"|word\s+with\s+you)|to\b|you\s+hop)|give\s+you\s+(?:that|an?\s+example|this|my)"
    r"|go\s+(?:ahead|through|over|with)|walk\s+you|talk\s+you|keep\s+(?:it|this)\s+(?:short|simple|brief"
    r"|quick)|make\s+it\s+(?:short|quick|simple)"
    r"|do\s+(?:my|our)\s+best|never|no\b|stay\s+(?:on|with|right)|hold\s+(?:on|this|the|that|it)"
    r"|see\s+(?:what|how|if|you|about|that)|find\s+(?:out\s+)?(?:what|why|a\s+way)|get\s+(?:there"
    r"|through\s+this|you\s+sorted|it\s+right|started|going|to\s+the\s+bottom)"
    r"|figure|work\s+(?:this|it|that|something|together|through|with\s+you)|sort\s+(?:this|it"
    r"|that)(?:\s+out)?\s*(?:together|between)|run\s+through|bear|start\s+(?:with|by|from)|leave\s+(?:it"
    r"|that)\s+(?:there|at\s+that|with)|ask\s+you|come\s+back\s+to\s+(?:that|this)|pop\s+you|pull\s+(?:up"
    r"|that|your)|bring\s+(?:up|that\s+up|your)|open\s+(?:up|your)|read\s+(?:it|that|the|this|back|you)"
    r"|repeat|spell|say|grab|be\s+the\s+judge"
    r"|miss|love|enjoy|understand|just\s+(?:need|see|have)|want\b|need\b|appreciate|respect|pass\s+(?:on"
    r"|that\s+on)\s+your\s+thanks|be\s+taking\s+(?:your|that)|check\s+(?:that|it"
    r"|this)\s*(?:for\s+you)?\s*(?:now)?$",
    re.IGNORECASE,
)  # fmt: skip
_ALWAYS_TALK = re.compile(
    r"(?:be\s+(?:very\s+|quite\s+|completely\s+)?(?:honest|frank|straight|upfront|fine|right\s+back)"
    r"|stop\s+you|level\s+with|let\s+you\s+go|have\s+to\b|need\b|never\b"
    r"|say\b|bet\b|admit\b|see\s+(?:how|what|you)|put\s+you\s+(?:through|on\s+hold))",
    re.IGNORECASE,
)
_THIRD_PARTY = re.compile(
    r"\b(?:council|bank|banks|police|government|parliament|court|airline|insurers?|landlord"
    r"|network\s+rail|train|bus|ferry|flight|plane|tram"
    r"|app|system|page|website|site|screen|light|button|window|router|modem|phone|handset|menu|message"
    r"|timer|shop|store|office|branch|desk|lines?"
    r"|weather|rain|snow|traffic|price|prices|rate|fee|fees|offer|sale|policy|contract|meeting|event|road"
    r"|roads|school|market|doctor|gp"
    r"|husband|wife|son|daughter|mother|father|mum|dad|neighbour|neighbor|friend|employer|solicitor"
    r"|accountant|computer|software|machine|it\s+all"
    r"|customers?|people|nobody|nothing|everyone|anyone|ombudsman|revenue|hmrc|irs|dvla|royal\s+mail|usps"
    r"|thing|point|problem|issue|question|reason)\s*$",
    re.IGNORECASE,
)
_PERSON_VERBS = frozenset(
    """call ring phone text email come visit be have fit bring deliver pick collect send contact get drop
    look fix repair meet confirm write message replace test install go take open put update follow
    check sort reach hear give speak do let swap remove mail post pull help inspect examine finish
    talk show stop knock start stay resolve handle release approve issue""".split()
)
_THING_VERBS = re.compile(
    r"(?:be\s+(?:with\s+you|in\s+touch|there|here|at\s+(?:your|yours|the)|out\s+(?:to|with|for|by|on"
    r"|today|tomorrow)|in\s+(?:your|the)|on\s+(?:your|its|the|our|my)|ready|done|back|up\s+and|fixed|live"
    r"|working|waiting|coming|going|off|sorted|free|credited|your)"
    r"|come|arrive|land|reach|show|clear|go\s+(?:out|through|in|on|back|into|up|live|off|to\s+you"
    r"|straight)|appear|drop|ship|leave|hit|turn\s+up|get\s+(?:to\s+you|there))\b",
    re.IGNORECASE,
)
_SMALL_TALK = re.compile(
    r"have\s+(?:an?|the)\s+(?:\w+\s+)?(?:time|day|night|evening|weekend|one)\b|have\s+(?:been|\w+(?:ed"
    r"|gotten|got|seen|noticed))\b"
    r"|have\s+(?:the|that|a)\s+(?:option|chance|choice|right)|have\s+(?:the\s+)?best"
    r"|call(?:ing)?\s+(?:about|regarding|from|because)",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(r"\b(?:why|how|what|whether|where|who|which)\s+$", re.IGNORECASE)
_SOME_DAY = re.compile(
    r"\b(?:in\s+(?:the|near)\s+future|at\s+some\s+point|in\s+due\s+course|when\s+(?:we|they|he|she"
    r"|the\s+\w+)\s+(?:can|has|have|gets?)"
    r"|as\s+soon\s+as\s+(?:possible|(?:we|they)\s+can)|soon|shortly|eventually|sometime|as\s+per)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:get\s+(?:back|to)|be\s+in\s+touch|look\s+(?:into|at)|contact|reach\s+out|let\s+you|keep"
    r"|follow\s+up|deal|help|sort|call|update|see|do|work|inform|consider|review|try|come\s+back|be\s+with)",
    re.IGNORECASE,
)
_PRONOUNS = frozenset("he she they someone somebody".split())
_IT = frozenset("it that this".split())
_SENSES = frozenset("see show look hear read think say tell talk ask".split())
_SUBSTANTIAL = frozenset(
    """appeal apply approve arrange book call cancel chase check claim contact correct courier cover credit
    deduct deliver dispatch email escalate file fix follow forward inform investigate issue let
    lodge log mail make mention message notify order organise organize pay phone place post process
    raise reach rebook refer refund reimburse remove replace report resend reserve reverse ring
    schedule send set speak submit talk text update waive write get hear receive be have come visit
    do lean drop ensure""".split()
)
"""Without a time and without the detector only such acts count: bringing water is a service."""
_MONEY_OR_MAIL = re.compile(
    r"\b(?:refund|credit|cheque|check|letter|email|e-mail|text|call|confirmation|replacement|parcel"
    r"|invoice|receipt|money|reference|voucher"
    r"|response|reply|answer|update|visit|card|statement|label|pounds?|dollars?|euros?|number"
    r"|notification|discount|compensation|back)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:now|right\s+now|for\s+a\s+(?:moment|minute|second|sec)|a\s+(?:moment|second|minute|sec)"
    r"|as\s+we\s+speak|while\s+(?:you|we|I)['’]?)\b",
    re.IGNORECASE,
)
_ABOUT_US = re.compile(r"\byou(?:r|rs)?\b|\byou['’]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A head with what surrounds it: its sentence, where it ends, its words, and whether a time is named."""

    head: Head
    sentence: str
    end: int
    dated: bool
    repeated: bool = False

    @property
    def words(self) -> str:
        return self.sentence[self.head.verb : self.end]

    @property
    def before(self) -> str:
        start = clauses.clause_start(self.sentence, self.head.start)
        return self.sentence[start : self.head.verb]


def promises(candidate: Candidate, committing: float | None) -> bool:
    """True where the rules and, when known, the detector's confidence agree."""
    if _never(candidate):
        return False
    if candidate.head.owner is Owner.CUSTOMER:
        return _is_task(candidate)
    plausible = _plausible(candidate)
    if committing is None:
        return plausible and (candidate.dated or _substantial(candidate))
    if plausible:
        return committing >= (DATED_THRESHOLD if candidate.dated else PLAIN_THRESHOLD)
    return committing >= DOUBTFUL_THRESHOLD and _worth_asking(candidate)


def _never(candidate: Candidate) -> bool:
    sentence, head = candidate.sentence, candidate.head
    form = head.form
    return (
        clauses.is_question(sentence, head.start)
        or clauses.is_reported(candidate.before)
        or clauses.is_hedged(candidate.before + " " + candidate.words.split(",")[0])
        or clauses.is_general(candidate.before + " " + candidate.words.split(",")[0])
        or (
            _EMBEDDED.search(sentence[: head.start]) is not None
            and " is" not in sentence[head.start : head.verb]
        )
        or (form is not Form.WILL and _SMALL_TALK.match(candidate.words) is not None)
        or _ALWAYS_TALK.match(candidate.words) is not None
    )


def _worth_asking(candidate: Candidate) -> bool:
    """Whether the detector may save what is too vague; never a transfer, a hold or a third party."""
    head = candidate.head
    if _is_let_me(candidate) or _THIRD_PARTY.search(head.subject) or _NOW.search(candidate.words):
        return False
    return _has_act(candidate) and _first(candidate) not in ON_THE_SPOT | _SENSES


def _is_let_me(candidate: Candidate) -> bool:
    return candidate.sentence[candidate.head.start :].lower().startswith("let me")


def _plausible(candidate: Candidate) -> bool:
    form = candidate.head.form
    if form is Form.WILL:
        return _will(candidate)
    if form is Form.CONTINUOUS:
        return candidate.dated and _has_act(candidate) and _first(candidate) not in _SENSES
    if form is Form.RECEIVES:
        from_me = "from me" in candidate.words
        return candidate.dated or from_me or (_MONEY_OR_MAIL.search(candidate.words) is not None)
    if form is Form.GIVE_ME:
        return candidate.dated
    return _somebody_else(candidate)


def _substantial(candidate: Candidate) -> bool:
    first = _first(candidate)
    if candidate.head.form is Form.WILL and first in ("get", "have", "be", "come", "make", "do", "set"):
        return _MONEY_OR_MAIL.search(candidate.words) is not None or (
            first == "make" and "sure" in candidate.words
        )
    return first in _SUBSTANTIAL


def _first(candidate: Candidate) -> str:
    words = re.findall(r"[\w'’-]+", candidate.words.lower())
    if words[:1] == ["be"] and words[1:2] and words[1].endswith("ing"):
        return base(words[1]) or words[1]
    return (base(words[0]) or words[0]) if words else ""


def _will(candidate: Candidate) -> bool:
    first = _first(candidate)
    joint = candidate.head.owner is Owner.COMPANY
    if _is_let_me(candidate):
        return candidate.dated and first in (
            "call",
            "ring",
            "email",
            "send",
            "text",
            "phone",
            "message",
            "get",
            "come",
        )
    if _FIGURES.match(candidate.words) and not (candidate.dated and _has_act(candidate)):
        return False
    if candidate.dated:
        return first not in OF_SPEECH or first in (
            "tell",
            "mention",
            "have",
            "give",
            "explain",
            "be",
            "warn",
            "read",
        )
    if (first in OF_SPEECH and first not in ("give", "have", "mention")) or (
        first in ("be", "have") and joint
    ):
        return False
    if _NOW.search(candidate.words) or (first in ON_THE_SPOT and len(candidate.words.split()) < 4):
        return False
    if joint and _SOME_DAY.search(candidate.words):
        return False
    return not (joint and _VAGUE.match(candidate.words)) and (
        first not in ON_THE_SPOT or _ABOUT_US.search(candidate.words) is not None
    )


def _has_act(candidate: Candidate) -> bool:
    first = _first(candidate)
    return bool(first) and first not in (OF_SPEECH - {"have", "give", "tell", "mention", "be", "explain"})


def _somebody_else(candidate: Candidate) -> bool:
    head = candidate.head
    subject = head.subject.lower()
    if _THIRD_PARTY.search(subject):
        return False
    if candidate.sentence[head.start :].lower().startswith("there"):
        return candidate.dated
    if not candidate.dated and _SOME_DAY.search(candidate.words):
        return False
    if head.form is Form.BOOKED:
        return candidate.dated and subject not in _PRONOUNS | _IT
    if head.form is Form.OTHER_CONTINUOUS:
        return candidate.dated and (base(candidate.words.split()[0]) or "") in _PERSON_VERBS | {
            "arrive",
            "be",
        }
    first = _first(candidate)
    passive = re.match(r"be(?:ing)?\s+(?:\w+ly\s+)?(\w+)", candidate.words)
    if passive and base(passive[1]) and not passive[1].endswith("ing"):
        return candidate.dated or subject not in ("that", "this", "they", "he", "she")
    if not candidate.dated:
        return subject not in _PRONOUNS | _IT and _role(candidate, first)
    if subject in _PRONOUNS:
        return first in _PERSON_VERBS and (first != "be" or _THING_VERBS.match(candidate.words) is not None)
    return (
        _THING_VERBS.match(candidate.words) is not None
        or first in _PERSON_VERBS - {"be", "have", "do", "start", "stop", "finish", "open", "look"}
        or (
            first in ("have", "look", "finish")
            and head.subject[:1].isupper() | subject.startswith(("our", "my", "a", "the"))
        )
    )


def _role(candidate: Candidate, first: str) -> bool:
    """ "An engineer will call you" without a time: a named role does something for the customer."""
    act = first in (
        "call",
        "ring",
        "phone",
        "email",
        "visit",
        "contact",
        "text",
        "come",
        "collect",
        "deliver",
        "show",
        "drop",
    )
    return act and (_ABOUT_US.search(candidate.words) is not None or first in ("come", "visit", "show"))


def _is_task(candidate: Candidate) -> bool:
    """What the customer is to do after the call: owed to us or dated, not a button to press now."""
    if _NOW.search(candidate.words):
        return False
    start = candidate.sentence[candidate.head.start :].lower()
    if start.startswith(("please", "kindly", "you can", "you could", "if you")):
        return candidate.dated and not start.startswith(("you can", "you could", "if you"))
    owed = re.search(r"\b(?:us|me|our|back|copy|form|by|before)\b", candidate.words) is not None
    return candidate.dated or owed
