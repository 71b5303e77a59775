"""The forms in which people look ahead, as patterns: "I'll send", "an engineer is coming", "you'll have"."""

from __future__ import annotations

import re
from enum import Enum

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
_GO = (
    r"(?:(?:a\s+|goh?\s+|will\s+)?(?:go|goh|guh|gwine|gonna)|a\s+go|ago)\s+"
    r"(?!(?:to|on|and|in|out|over|back|ahead|through)\b)"
)
""" "Mi a go call", "we go refund you": the future of the Caribbean and of West Africa."""
_NO_BE = r"(?<!am )(?<!are )(?<!was )(?<!were )(?<!while )(?<!been )"
""" "We holding it for you": without "are"."""
_NO_ING = r"(?!(?:br|r|s|sw|str|cl|spr|fl|sl|wr|p|st)ing\b)"
_WELL = (
    r"(?:(?:right|okay|ok|yeah|yes|yep|so|and|well|sure|great|lovely|perfect|now|no\s+(?:problem|bother|worries)"
    r"|of\s+course|grand|cool|then|sorry|um|uh)\b[\s,]*)*"
)
_IS = r"(?:['’]m|\s+am|['’]re|\s+are|['’]s|\s+is)"
NOT = r"(?!not\b|never\b|no\b|n['’]t)"
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
    r"|back\s+(?:up|on|online|in)|up\s+and\s+running|all\s+set|good\s+to\s+go|sorted|connected"
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
    r"(?:with\s+you|(?:back\s+)?(?:round|around|over\s+at|out\s+at|in|into|on|onto|at|up\s+at"
    r"|down\s+at)\s+your(?:s|\s+[\w-]+)"
    r"|in\s+the\s+(?:mail|post)\b|yours(?=\s+(?:on|by|at|from|tomorrow|tonight)\b)"
    r"|straight\s+(?:round|over|out|back|there|on)\b|on\s+to\s+(?:the|my|our|them|him|her)\b"
    r"|back\s+(?:with|in|on|at|out|up|here|there|round)\b|on\s+(?:the|its|their|his|her|our)\s+(?:way"
    r"|van|truck|boat|lorry|bike"
    r"|next\s+\w+|first\s+\w+)|(?:back\s+)?on\s+site|(?:outside|at|on)\s+your(?:s|\s+\w+)|outside"
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

PATTERNS: tuple[tuple[Form, Owner, re.Pattern[str]], ...] = tuple(
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
        (Form.RECEIVES, Owner.COMPANY, rf"you{_WILL}\s+{BEFORE_VERB}{NOT}(?P<verb>{GETS})"),
        (Form.RECEIVES, Owner.COMPANY, r"you(?:['’]re|\s+are)\s+(?P<verb>getting|receiving|hearing)\b"),
        (Form.RECEIVES, Owner.COMPANY, r"you\s+(?P<verb>(?:have|get|receive|hear)(?=\s+(?:my|our"
                                       r"|the|your|a|an|it|from|back)\b))"),
        (Form.RECEIVES, Owner.COMPANY, rf"you{_WILL}\s+{BEFORE_VERB}{NOT}(?P<verb>(?!{GETS}|need"
                                       rf"|have|be\b|want|understand|see\b|find\b|know)[a-z]+)\b"),
        (Form.RECEIVES, Owner.COMPANY, r"you\s+(?:can|may)\s+expect\s+to\s+(?P<verb>[\w-]+)"),
        (Form.RECEIVES, Owner.COMPANY, r"you\s+(?:can|may)\s+(?P<verb>expect)\s+(?!to\b)"),
        (
            Form.RECEIVES,
            Owner.COMPANY,
            r"(?:(?:please|kindly|(?<=^)just|(?<=^)so)\s+|(?<=^)"
            r"|(?<=[,.]\s))(?P<verb>expect)\s+(?=(?:an?|the|our|your|my|them|it|him|her|us|me)\b)",
        ),
        (Form.WILL, Owner.AGENT, rf"I{_WILL}\s+{BEFORE_VERB}{NOT}(?P<verb>[\w-]+)"),
        (Form.WILL, Owner.AGENT, rf"I\s+(?:promise|commit)\s+(?:you\s+)?to\s+{NOT}(?P<verb>[\w-]+)"),
        (Form.WILL, Owner.AGENT, r"I\s+help\s+(?:you\s+|to\s+)+(?P<verb>[\w-]+)"),
        (Form.WILL, Owner.AGENT, r"let\s+me\s+(?P<verb>[\w-]+)"),
        (Form.WILL, Owner.COMPANY, rf"we{_WILL}\s+{BEFORE_VERB}{NOT}(?P<verb>[\w-]+)"),
        (
            Form.WILL,
            Owner.AGENT,
            r"what\s+I\s+(?:can|could|will)\s+do(?:\s+for\s+you)?\s+is,?\s+(?:to\s+|I\s+(?:can"
            r"|could)\s+|I\s+)?"
            rf"{BEFORE_VERB}{NOT}(?!I\b)(?P<verb>[\w-]+)",
        ),
        (
            Form.WILL,
            Owner.COMPANY,
            r"what\s+we\s+(?:can|could|will)\s+do(?:\s+for\s+you)?\s+is,?\s+(?:to\s+|we\s+(?:can"
            r"|could)\s+|we\s+)?"
            rf"{BEFORE_VERB}{NOT}(?!we\b)(?P<verb>[\w-]+)",
        ),
        (Form.WILL, Owner.AGENT, rf"I\s+(?:myself|personally){_WILL}\s+{BEFORE_VERB}{NOT}(?P<verb>[\w-]+)"),
        (Form.WILL, Owner.AGENT, rf"(?:I|mi|me)\s+{_GO}(?P<verb>[a-z]+)"),
        (Form.WILL, Owner.COMPANY, rf"(?:we|wi)\s+{_GO}(?P<verb>[a-z]+)"),
        (Form.CONTINUOUS, Owner.AGENT, r"mi\s+(?:a\s+)?(?P<verb>(?!a\b|hear|see|know|think|tell|say"
                                       r"|sorry|glad)[a-z]+)"),
        (Form.CONTINUOUS, Owner.AGENT, rf"I(?:['’]m|\s+am)\s+{BEFORE_VERB}{_DOING}"),
        (Form.CONTINUOUS, Owner.AGENT, rf"(?:it['’]?s|is)\s+(?:me|I)(?:\s+(?:self"
                                       rf"|myself))?\s+{BEFORE_VERB}{_DOING}"),
        (Form.CONTINUOUS, Owner.AGENT, rf"{_NO_BE}I\s+{BEFORE_VERB}{_NO_ING}{_DOING}"),
        (Form.CONTINUOUS, Owner.COMPANY, rf"{_NO_BE}we\s+{BEFORE_VERB}{_NO_ING}{_DOING}"),
        (Form.CONTINUOUS, Owner.COMPANY, rf"we(?:['’]re|\s+are)\s+{BEFORE_VERB}{_DOING}"),
        (Form.GIVE_ME, Owner.AGENT, r"(?P<verb>give\s+me\s+(?:(?:until|till|til)\b"
                                    r"|(?=[\w-]+\s+(?:hours?|days?|weeks?)\b))|leave\s+(?:it|that"
                                    r"|this)\s+with\s+(?:me|us))"),
        (Form.OTHER_WILL, Owner.COMPANY, r"there(?:['’]ll|\s+will)\s+(?P<verb>be)\s+(?P<subject>\w+)"),
        (Form.OTHER_CONTINUOUS, Owner.COMPANY, r"there(?:['’]s| is| are) (?P<subject>(?:an?|some|two"
                                               r"|three"
                                               r"|another) (?:[\w-]+ ){0,3}?[\w-]+) (?P<verb>coming"
                                               r"|going|heading)"),
        (Form.OTHER_WILL, Owner.COMPANY, rf"{_OTHER}{_WILL}\s+{BEFORE_VERB}{NOT}(?P<verb>[\w-]+)"),
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
        (
            Form.WILL,
            Owner.AGENT,
            rf"(?<=^){_WELL}(?:['’]?ll|will|gonna|going\s+to|happy\s+to|glad\s+to)\s+{BEFORE_VERB}{NOT}"
            r"(?!(?:you|I|we|it|that|this|he|she|they|the|your|there|be\s+(?:in\s+)?(?:the|that))\b)"
            r"(?P<verb>[a-z]+)",
        ),
        (
            Form.CONTINUOUS,
            Owner.AGENT,
            rf"(?<=^){_WELL}(?!(?:any|some|no|every)thing|during|going|being|having|wishing|hoping|thanking"
            r"|calling|including|assuming|seeing|considering)"
            r"(?P<verb>[a-z]+ing)(?=\s+(?:you|that|it|them|the|your|this|those|these|an?|our|some(?:one|body))\b)",
        ),
        (Form.WILL, Owner.AGENT, rf"(?<=^){_WELL}(?P<verb>be\s+(?:back\s+)?with\s+you|back\s+to\s+you)\b"),
        (Form.WILL, Owner.AGENT, r"(?:count|rely|depend)\s+on\s+me\s+to\s+(?P<verb>[a-z]+)"),
        (Form.WILL, Owner.COMPANY, r"(?:count|rely|depend)\s+on\s+us\s+to\s+(?P<verb>[a-z]+)"),
        (Form.WILL, Owner.COMPANY, r"let['’]?s\s+(?P<verb>get|have|book|move|put|send|swap)\b"),
        (
            Form.OTHER_WILL,
            Owner.COMPANY,
            r"(?:I|we)(?:['’]ve|\s+have)?\s+(?:told|asked|instructed|briefed)\s+"
            r"(?P<subject>(?:(?:the|our|my|one\s+of\s+(?:our|the))\s+)?(?!you\b|him\b|her\b|them\b)[\w-]+)\s+"
            r"to\s+(?P<verb>[a-z]+)",
        ),
        (
            Form.PRESENT,
            Owner.COMPANY,
            r"we\s+(?P<verb>start|begin|finish)(?=\s+(?:(?:on|with)\s+)?(?:your|the|it)\b)",
        ),
        (
            Form.PRESENT,
            Owner.COMPANY,
            r"(?:I|we)(?:['’]ve|\s+have)\s+(?:got\s+)?(?P<subject>(?:an?|the|our|my|another|two|three|some(?:one"
            r"|body)?)(?:\s+[\w-]+){0,2}?)\s+(?P<verb>(?:booked|pencilled|slotted)\s+in|lined\s+up|scheduled"
            r"|arranged)\b",
        ),
        (Form.PRESENT, Owner.COMPANY, rf"(?P<subject>that|this"
                                      rf"|it)\s+gets?\s+(?:\w+ly\s+)?(?P<verb>{_DONE})\b"),
        (
            Form.PRESENT,
            Owner.COMPANY,
            r"(?P<subject>that|this|it)\s+(?P<verb>goes|comes)(?=\s+(?:over|out|across|back|up|off|live"
            r"|in|on|through|to)\b)",
        ),
        (
            Form.PRESENT,
            Owner.COMPANY,
            rf"(?<=[a-z\d,]\s)(?P<verb>comes|arrives|goes)\s+(?P<subject>(?:your|the|our"
            rf"|my)\s+{_NO_NOUN}[\w-]+|{_NAME})",
        ),
    )
)  # fmt: skip
BY_GOING = frozenset(pattern for _, _, pattern in PATTERNS if _GO in pattern.pattern)
"""Their "go" may be the verb itself: "I go home today"."""
ANYBODYS: tuple[tuple[Form, re.Pattern[str]], ...] = tuple(
    (form, re.compile(pattern, re.IGNORECASE))
    for form, pattern in (
        (Form.OTHER_WILL, rf"{_WILL}\s+{BEFORE_VERB}{NOT}(?P<verb>[\w-]+)"),
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
        (
            Form.BARE,
            r"\s+(?P<verb>[a-z]{2,}[a-rt-z]s)(?=\s+(?:(?:up|out|over|back|off|in|on|through|across"
            r"|round|down|straight)\s+)?"
            r"(?:(?:to|at|in|into|on|onto|with)\s+)?(?:you|yours?)\b)",
        ),
        (
            Form.PRESENT,
            rf"['’]s\s+(?P<verb>{_DONE})\b(?=[^.,;!?]*\b(?:by|within|before|tomorrow|tonight|on\s+\w+day)\b)",
        ),
        (Form.PRESENT, r"(?<=\bI)\s+(?P<verb>do)(?=\s+(?:that|it|this|the\s+same)\b)"),
        (Form.PRESENT, r"(?<=\bI)\s+(?:also\s+|myself\s+|then\s+|just\s+)*(?P<verb>(?!do\b)[a-z]+)\b"),
        (Form.PRESENT, r"(?<=\bwe)\s+(?:also\s+|then\s+|just\s+)*(?P<verb>(?!do\b)[a-z]+)\b"),
    )
)
"""Forms whose subject is whatever stands before them in the clause."""
