"""The verbs of promises: how "sending" and "sent" go back to "send", and what kinds of verb never promise."""

from __future__ import annotations

BASE = frozenset(
    """add adjust amend answer appeal apply approve arrange arrive ask assign attach bill bin book bring call
    cancel catch change charge chase check clean clear close collect come complete confirm contact
    copy correct courier cover credit cut deal deduct deliver discuss dispatch do draft draw drive
    drop email ensure escalate exchange examine expedite explain extend fax file fill find finish
    fit fix flag fly follow forward get give go hand handle hold honour hurry inform inspect install
    investigate invoice issue keep knock land lay leave let list load lock lodge log look mail make mark
    measure meet message move notify open order organise organize paint pass patch pause pay phone
    pick place post prepare press print process provide pull push put quote raise reach rebook
    recalculate reconnect record redo reduce refer refit refund reimburse reinstate release remind
    remove renew reopen repair repeat replace report reprint request resend reserve reset resolve
    restore retrain return reverse review rework ring rush schedule send set settle ship show sit solve
    sort speak start stay stop submit swap switch take talk tell test text touch trace track train
    transfer try turn update upgrade visit wait waive walk wash watch whatsapp wire work write""".split()
)
"""Verbs known as acts, in the base form."""

_IRREGULAR = {
    "sent": "send", "paid": "pay", "done": "do", "brought": "bring", "written": "write", "taken": "take",
    "given": "give", "driven": "drive", "sorted": "sort", "put": "put", "cut": "cut", "reset": "reset",
    "set": "set", "left": "leave", "made": "make", "told": "tell", "held": "hold", "found": "find",
    "kept": "keep", "met": "meet", "rung": "ring", "drawn": "draw", "resent": "resend", "redone": "redo",
    "dealt": "deal", "spoken": "speak", "shown": "show", "laid": "lay", "gone": "go", "flown": "fly",
    "bringing": "bring", "being": "be", "having": "have", "seeing": "see", "lying": "lie", "hearing": "hear",
    "running": "run", "receiving": "receive", "pressing": "press", "buying": "buy", "reading": "read",
    "meeting": "meet", "happening": "happen", "attending": "attend", "hoping": "hope", "going": "go",
    "reissued": "reissue", "issued": "issue", "backdated": "backdate", "compensated": "compensate",
    "serviced": "service", "treated": "treat", "fitted": "fit", "couriered": "courier", "cancelled": "cancel",
    "cancelling": "cancel", "couriering": "courier", "travelling": "travel", "transferring": "transfer",
    "referring": "refer", "picked": "pick", "phoned": "phone", "joining": "join", "starting": "start",
    "landing": "land", "leaving": "leave", "closing": "close", "looking": "look", "asking": "ask",
}  # fmt: skip
_VOWELS = "aeiou"


def _forms(verb: str) -> dict[str, str]:
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    doubled = verb + verb[-1] if _doubles(verb) else stem
    past = verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in _VOWELS else doubled + "ed"
    return {doubled + "ing": verb, past: verb}


def _doubles(verb: str) -> bool:
    if len(verb) < 3 or verb[-1] in "aeiouwxy":
        return False
    short = verb[-2] in _VOWELS and verb[-3] not in _VOWELS
    return short and (len(verb) <= 4 or verb.endswith(("fer", "mit"))) and not verb.endswith(("er", "en"))


_TO_BASE = {form: verb for verb in sorted(BASE) for form, verb in _forms(verb).items()} | _IRREGULAR

OF_SPEECH = frozenset(
    """admit agree apologise apologize argue assume assure bet beg be believe doubt dare even explain
    expect forget give guess happily hate have hope imagine lie like love mention need never not own
    presume promise quote read remember say spell suggest suppose swear tell think trust understand
    want warn wish""".split()
)
"""After "I'll": talk about the talk, states of mind, obligations; some of them act where a time follows."""

ON_THE_SPOT = frozenset(
    """ask check connect find get grab hold just look open pop pull put read see start take transfer verify
    walk wait pause begin search stay repeat spell leave stop press note assist help listen go bring
    confirm see guide talk type share fetch stamp print knock tap scan wrap reset restart load""".split()
)
"""Often done while the customer waits; a promise only with more to it."""


def base(word: str) -> str | None:
    """The base form of a gerund or participle, None where it is not a known verb form."""
    return _TO_BASE.get(word.lower())


def is_verb(word: str) -> bool:
    return word.lower() in BASE


def is_gerund(word: str) -> bool:
    return word.lower().endswith("ing") and base(word) is not None
