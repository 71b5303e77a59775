"""Words by which promises and what only sounds like them are told apart: figures of speech, subjects."""

from __future__ import annotations

import re

from coach.commitments.verbs import BASE

FIGURES = re.compile(
    r"(?:be|have)\s+(?:(?:absolutely|perfectly|very|quite|completely|totally|so|more\s+than"
    r"|really)\s+)?(?:honest|frank|straight|upfront"
    r"|fine|okay|ok|all\s?right|alright|glad|happy|pleased|delighted|amazed|sorry|clear|blunt"
    r"|right\s+(?:back|with\s+you)|careful|asking"
    r"|needing|in\s+your\s+corner|able|surprised|to\s|a\s+moment|looking\s+(?:at|into)|quick|brief|fair"
    r"|gentle|the\s+first|here|with\s+you\s+(?:in|on|through))"
    r"|stop\s+you|let\s+you\s+(?:go|know\s+(?:now|that))|level\s+with|put\s+you\s+(?:through|back"
    r"|on\s+(?:to|hold|with|the\s+line|speaker))"
    r"|do\s+(?:one\s+thing|it\s+this\s+way)|take\s+(?:(?:that|it|this)(?!\s+(?:[\w-]+\s+)?(?:to"
    r"|back|off|out|over|away|up|down|round|across)\b)|you\b|a\s+look|care|your|ownership|note)"
    r"|tell\s+you\s+(?:what|now|that|how|why|something|this|straight)|have\s+(?:a\s+(?:look|think"
    r"|word\s+with\s+you)|to\b|you\s+hop)|give\s+you\s+(?:that|an?\s+example|this|my)"
    r"|go\s+(?:ahead|through|over|with)|walk\s+you|talk\s+you|keep\s+(?:it|this)\s+(?:short|simple|brief"
    r"|quick)|make\s+it\s+(?:short|quick|simple)"
    r"|do\s+(?:my|our)\s+best|never|no\b|stay\s+(?:on|with|right)|hold\s+(?:on|this|the|that"
    r"|it)\b(?!\s+(?:[\w-]+\s+){0,3}?(?:until|till|without|for\s+(?:you|an?|\w+\s+(?:days?|weeks?|hours?))))"
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
ALWAYS_TALK = re.compile(
    r"(?:tell\s+(?:you|ye)\s+(?:what|this)\b|be\s+(?:so\s+)?(?:glad|delighted|thrilled)\b"
    r"|eat\s+my\s+hat|be\s+(?:out\s+of\s+(?:the\s+)?office|away\b|off\b|on\s+(?:leave|holiday|vacation"
    r"|annual)"
    r"|available|closed|open\b|shut\b"
    r")"
    r"|be\s+(?:very\s+|quite\s+|completely\s+)?(?:honest|frank|straight|upfront|fine|right\s+back)"
    r"|stop\s+you|level\s+with|let\s+you\s+go|have\s+to\b|need\b|never\b"
    r"|say\b|bet\b|admit\b|see\s+(?:how|what|you)|put\s+you\s+(?:through|on\s+hold))",
    re.IGNORECASE,
)
AT_HAND = re.compile(r"be\s+(?:here\b(?!\s+to)|around\b(?!\s+(?:to|at|with|by)))", re.IGNORECASE)
""" "I'll be here" promises nothing, "it'll be here on Tuesday" does."""
THIRD_PARTY = re.compile(
    r"(?:^|\b)(?:(?:your|the|their)\s+bank|council|banks|police|government|parliament|court|airline"
    r"|insurers?|landlord"
    r"|met\s+office|(?:housing\s+)?association|freeholders?|tax(?:\s+\w+)?\s+(?:department|office)"
    r"|immigration|ministry"
    r"|authorit(?:y|ies)|consulate|embassy|harbou?r\s*master|post\s+office|hospital|university|college"
    r"|notary|registry"
    r"|network\s+rail|train|bus|ferry|flight|plane|tram"
    r"|weather|rain|snow|traffic|price|prices|rate|fee|fees|offer|sale|policy|contract|meeting|event|road"
    r"|roads|school|market|doctor|gp"
    r"|husband|wife|son|daughter|mother|father|mum|dad|neighbour|neighbor|friend|employer|solicitor"
    r"|accountant|it\s+all"
    r"|customers?|customs|visas?|people|nobody|nothing|everyone|anyone|ombudsman|revenue|hmrc|irs"
    r"|dvla|royal\s+mail|usps"
    r"|thing|point|problem|issue|question|reason)\s*$",
    re.IGNORECASE,
)
TITLED = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+[A-Z]")
CHARGE = re.compile(r"\b(?:fees?|prices?|rates?|charges?|interest)\s*$", re.IGNORECASE)
REMEDIED = re.compile(
    r"\b(?:reversed|refunded|waived|credited|removed|reduced|cancelled|dropped|lowered|adjusted"
    r"|returned|capped"
    r"|frozen|taken\s+off)\b",
    re.IGNORECASE,
)
""" "The fee will be waived" is a promise, "the fee will be charged" is none."""
THINGS = re.compile(
    r"\b(?:app|system|page|website|site|screen|light|button|window|router|modem|phone|handset|menu|message"
    r"|timer|lines?|computer|software|machine)\s*$",
    re.IGNORECASE,
)
"""What acts by itself, so that "the light will flash" is no promise; "the line will be restored" is one."""
PERSON_VERBS = frozenset(
    """call ring phone text email come visit be have fit bring deliver pick collect send contact get drop
    look fix repair meet confirm write message replace test install go take open put update follow
    check sort reach hear give speak do let swap remove mail post pull help inspect examine finish
    talk show stop knock start stay resolve handle release approve issue""".split()
)
THING_VERBS = re.compile(
    r"(?:be\s+(?:(?:back\s+)?with\s+(?:you|her|him|them)|in\s+touch|there|here|in\b|round|around"
    r"|at\s+(?:your|yours|the)|out\b(?!\s+(?:of|all)\b)|out\s+(?:to|with|for|by|on"
    r"|today|tomorrow)|in\s+(?:your|the)|on\s+(?:your|its|the|our|my|his|her|their)|ready|done|back"
    r"|up\s+and|fixed|live"
    r"|working|waiting|coming|going|off|sorted|free|credited|your)"
    r"|come|arrive|land|reach|show|clear|go\s+(?:out|through|in|on|back|into|up|live|off|to\s+you"
    r"|straight)|appear|drop|ship|leave|hit|follow|reflect|post|pop|come\s+off|turn\s+up"
    r"|get\s+(?:to\s+you|there))\b",
    re.IGNORECASE,
)
HANDS_OVER = re.compile(
    r"(?:be\s+)?(?:put(?:ting)?\s+you\s+(?:through|on\s+(?:hold|to)|back)"
    r"|(?:pass|connect|patch|hand)(?:ing)?\s+you\s+(?:over|on|to|across|through)"
    r"|transfer(?:ring)?\s+you\b(?!\s+(?:on)?to\s+(?:the\s+other|another|an?)\b))",
    re.IGNORECASE,
)
""" "I'm putting you through": over while the call is."""
WILL_HAVE = re.compile(r"have\s+(?:been|\w+(?:ed|en|ent|one|ade|ut|old))\b", re.IGNORECASE)
""" "He will have reached you by two"."""
SMALL_TALK = re.compile(
    r"have\s+(?:an?|the)\s+(?:(?:good|great|nice|lovely|best|safe)\s+)(?:time|day|night|evening"
    r"|weekend|one)\b|have\s+(?:been|\w+(?:ed"
    r"|gotten|got|seen|noticed))\b"
    r"|have\s+(?:the|that|a)\s+(?:option|chance|choice|right)|have\s+(?:the\s+)?best"
    r"|call(?:ing)?\s+(?:about|regarding|from|because)",
    re.IGNORECASE,
)
EMBEDDED = re.compile(r"\b(?:why|how|what|whether|where|who|which)\s+$", re.IGNORECASE)
SOME_DAY = re.compile(
    r"\b(?:in\s+(?:the|near)\s+future|at\s+some\s+point|in\s+due\s+course|when\s+(?:we|they|he|she"
    r"|the\s+\w+)\s+(?:can|has|have|gets?)"
    r"|as\s+soon\s+as\s+(?:possible|(?:we|they)\s+can)|(?<!as\s)soon|shortly|eventually|sometime|as\s+per)\b",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"(?:get\s+(?:back|to)\b|be\s+in\s+touch|look\s+(?:into|at)|contact\b|reach\s+out|let\s+you"
    r"|keep\s+(?:you|an|it|that|in)\b"
    r"|follow\s+up|deal\b|help\b|sort\b|update\b|see\b(?!\s+to\b)|do\s+(?:everything|what|our|all"
    r"|that|something|the\s+need)"
    r"|work\b|inform\b|consider|review\b|try\b|come\s+back|be\s+with|revert"
    r"|provide\s+(?:you\s+)?(?:an?\s+)?update|have\s+some)",
    re.IGNORECASE,
)
PRONOUNS = frozenset("he she they someone somebody".split())
IT = frozenset("it that this".split())
SENSES = frozenset("see show look hear read think say tell talk ask".split())
SUBSTANTIAL = frozenset(
    """appeal apply approve arrange book call cancel chase check claim contact correct courier cover credit
    deduct deliver dispatch email escalate file fix follow forward inform investigate issue let
    lodge log mail make mention message notify order organise organize pay phone place post process
    raise reach rebook refer refund reimburse remove replace report resend reserve reverse ring
    schedule send set speak submit talk text update waive write get hear receive be have come visit
    do lean drop ensure""".split()
)
"""Without a time and without the detector only such acts count: bringing water is a service."""
MONEY_OR_MAIL = re.compile(
    r"\b(?:refund|credit|cheque|check|letter|email|e-mail|text|call|confirmation|replacement|parcel"
    r"|invoice|receipt|money|reference|voucher"
    r"|response|reply|answer|update|visit|card|statement|label|pounds?|dollars?|euros?|number"
    r"|notification|discount|compensation|back|for\s+(?:free|nothing)|free\s+of\s+charge|on\s+the\s+house)\b",
    re.IGNORECASE,
)
NOW = re.compile(
    r"\b(?:(?<!from\s)(?<!just\s)now(?!\s+now)|right\s+now|for\s+a\s+(?:moment|minute|second|sec)"
    r"|an?\s+(?:moment|second|minute|sec)(?=\s*(?:[.,;!?]|$|\b(?:and|while|to|please|here|if"
    r"|so)\b))|as\s+we\s+speak|while\s+(?:you|we|I)['’]?)\b",
    re.IGNORECASE,
)
ABOUT_US = re.compile(r"\byou(?:r|rs)?\b|\byou['’]", re.IGNORECASE)


COMES_TO_YOU = re.compile(
    r"\b(?:outside|with\s+you|for\s+you|to\s+you|there|coming|waiting|car|cab|taxi|van|truck|engineer|driver"
    r"|technician|letter|email|call)\b",
    re.IGNORECASE,
)
LASTS = re.compile(
    r"(?:(?:take|last)s?\s+(?:about\s+|around\s+|up\s+to\s+|another\s+|roughly\s+)*(?:an?|a\s+few"
    r"|a\s+couple(?:\s+of)?|\d+|\w+)"
    r"(?:\s+(?:to|or)\s+\w+)?\s+(?:\w+\s+)?(?:minutes?|hours?|days?|weeks?|months?)|(?:take"
    r"|last)\s+a\s+fortnight"
    r"|be\s+(?:about\s+)?an?\s+(?:week|day|month|hour|while|few))\b",
    re.IGNORECASE,
)
"""How long something is: "it'll take a fortnight"."""
OUTSIDE = re.compile(
    r"^(?!(?:our|your|the|an?|my)\b)(?:[\w-]+\s+)?(?-i:[A-Z]{3,}|[A-Z][\w-]+\s+(?:Co|Ltd|plc|Inc"
    r"|Council|Rail|Highways))$"
)
"""Names of other organisations, as they are written."""
ROUTINE = re.compile(
    r"\b(?:clocks?|boarding|doors?|transfers?|works?|orders|gates?|services?|classes|checkout"
    r"|check-in|breakfast|lunch"
    r"|dinner|brunch|supper|kitchen|bar|collections?|payments?|bills?|rates?|sessions?|visiting"
    r"|hours|trains?|flights?"
    r"|refunds|cheques|claims|tickets|appointments|engineers|technicians|techs|customers|deliveries)\s*$",
    re.IGNORECASE,
)
"""What runs by a timetable, or by habit."""
STATES = frozenset(
    """being having looking seeming showing running trying hoping waiting wanting needing thinking
    expecting working taking going getting saying telling asking using living staying costing lasting
    feeling""".split()
) - {"going", "getting", "taking", "working"}
FOLLOW_UP = re.compile(
    r"(?:see\s+to\s+(?!you)|be\s+there\b|(?:be\s+)?look(?:ing)?\s+after\b|(?:tell|let)\s+(?:her|him"
    r"|them|my|our|the\s+(?!truth)\w+)\b|get\s+with\s+(?:my|our|the)\b|have\s+a\s+(?:quick\s+"
    r"|quiet\s+)?(?:word|chat)\s+with\s+(?!you\b)|look\s+into|look\s+(?:at"
    r"|for)\s+(?:\w+\s+){1,6}(?:again|for\s+you)|take\b.*\boff\b"
    r"|ask\s+(?:her|him|them|my|our|the|(?-i:[A-Z]\w+))\b|(?:put|pop)\s+.*\b(?:in|through|up|on)\s+for\s+you"
    r"|(?:put|pop|add)\s+(?:your|that|this|an?)\s+(?!call|phone)(?:\w+\s+){1,3}?(?:on\s*to|on|in"
    r"|forward|up)\s+(?:the|our|for)\b"
    r"|(?:put|pop|add|get|sign)\s+(?:you|him|her|them|it)\s+(?:on\s*to|on|in|down|forward|up"
    r"|into)\s+(?:(?:for|to)\s+)?"
    r"(?:the\s+(?!(?:other\s+)?(?:line|phone|speaker))|our|my|an?\b(?!\s+(?:quick|brief|short)\s+hold))"
    r"|(?:walk|leave|drop|hand|bring|pop|put|stick)\s+(?:it|that|this|them|(?:the|your"
    r"|an?)\s+\w+(?:\s+of\s+\w+(?:\s+\w+)?)?)"
    r"\s+(?:over|on|to|with|at|across)\b(?!\s+(?:hold|here|speaker|the\s+(?:line|side)))"
    r"|find\s+(?:out|you)\b|check\s+(?:with|again))",
    re.IGNORECASE,
)
"""Undated, but more than what is done while the customer waits."""
STATIC = frozenset("be have need want know take start stop open close reopen resume".split())
PEOPLE = re.compile(
    r"\b(?:teams?|crews?|guys?|man|woman|lady|lads?|boys|bloke|engineer|technician|tech|driver"
    r"|courier|manager|supervisor|colleague"
    r"|adjuster|assessor|surveyor|plumber|electrician|installer|contractor|agent|officer|clerk|nurse|dr|vet"
    r"|department|dept|office|billing|dispatch|support|claims|accounts|warehouse|finance|depot"
    r"|workshop|lab|lads"
    r"|ranger|warden|mechanic|fitter|joiner|glazier|roofer|cleaner|chef|host|rep|adviser|advisor"
    r"|specialist|us"
    r"|volunteers|drivers|engineers|technicians|nurses|officers|mechanics|fitters|managers)\s*$",
    re.IGNORECASE,
)
"""Subjects that act for the company: what they will do is done by somebody."""
NO_NEED = re.compile(
    r"\bbe\s+(?:an?|some|the|no|any)\s+(?:\w+\s+){0,2}(?:charge|fee|cost|delay|delays|outage"
    r"|disruption|wait|queue"
    r"|sale|meeting|problem|issue|difference|change|chance|need|point|way|surcharge|deposit|penalty|limit)\b",
    re.IGNORECASE,
)
HAVE_IT = re.compile(
    r"have\s+(?:it|that|them|this|these|those|your\b[\w\s'’-]*?)\s*(?:back|ready|out|with|there"
    r"|over|in|up|done|on|fixed|\w+ed)\b",
    re.IGNORECASE,
)
HANDLES = re.compile(
    r"take\s+(?:over|on\s+(?:your|the)|care\s+of)\b|(?:open|close|start|stop|take|have)\s+(?:it"
    r"|that|them|this|the|your|those|these|our|her|him)\b",
    re.IGNORECASE,
)
""" "Close the hole", but not "close at six"."""
OWED = re.compile(r"\b(?:us|me|our|back|copy|form|by|before)\b", re.IGNORECASE)
NO_TASK = frozenset(
    """understand know remember realise realize bear see look hold wait speak talk think tell say worry hear
    listen press click tap type scroll select go try be believe trust excuse forgive pardon correct
    imagine""".split()
)
"""What a customer is told to do during the call, or told about the talk itself."""
FOR_YOU = re.compile(r"\b(?:for|to|with|at)\s+your?s?\b|\bready\b", re.IGNORECASE)
GO_AHEAD = re.compile(r"^(?:go\s+ahead\s+and|make\s+sure\s+to)\s+")
HAS_DONE = re.compile(
    r"(?:have|get)\s+(?:that|it|them|this|those|(?-i:[A-Z])\S*|my|our|the|some(?:one|body)"
    r"|one\s+of\s+(?:our|the|my)|an?)\b"
    r"(?:\s+[\w.'’-]+){0,4}?\s+(?:to\s+\w+|look|call|ring|phone|contact|come|send|check|email|reach"
    r"|review|process"
    r"|\w+ed|sent|put|done|sorted|rebuilt)\b",
    re.IGNORECASE,
)
""" "Have Dr Alvarez look at it", "get the depot to ring you", "have that adjusted"."""
_OBJECTS = frozenset("you it them him her that this the your my our those these".split())
_ACTED_ON = frozenset("a an up out over two some".split()) | _OBJECTS


def has_done(words: str) -> bool:
    """ "Have dispatch squeeze you in", "get that police report number added": somebody else does it."""
    if HAS_DONE.match(words):
        return True
    said = re.findall(r"[\w'’-]+", words.lower())[:8]
    if len(said) < 3 or said[0] not in ("have", "get") or said[1] in ("to", "back", "in", "on", "a", "you"):
        return False
    if said[1] in ("them", "him", "her") and said[2] in BASE:
        return True
    for at in range(2, len(said)):
        if said[at] in BASE and said[at + 1 : at + 2] and said[at + 1] in _ACTED_ON:
            return True
        if said[1] in _OBJECTS and len(said[at]) > 4 and said[at].endswith("ed"):
            return True
    return False


YOURS = re.compile(
    r"\b(?:your|the|my|our|this|next)\s+(?:\w+['’]?s?\s+){0,2}(?:bill|account|card|statement"
    r"|invoice|inbox|phone|door|next|wallet|release|update|cycle)\b",
    re.IGNORECASE,
)
JUST = re.compile(r"\bjust\s", re.IGNORECASE)
""" "I'll just pop that on": mostly done while the customer waits."""
LET_ME = frozenset("call ring email send text phone message get come talk speak ask".split())
DATED_SPEECH = frozenset("tell mention have give explain be warn read".split())
ROLE_ACTS = frozenset(
    "call ring phone email visit contact text sms come collect deliver show drop reach update meet".split()
)
