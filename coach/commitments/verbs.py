"""The verbs of promises: how "sending" and "sent" go back to "send", and what kinds of verb never promise."""

from __future__ import annotations

BASE = frozenset(
    """abate accept accompany acknowledge activate adapt add adjust alert align allocate alter amend analyse
    analyze annotate answer appeal append apply appoint approve arrange arrive ask assemble assess assign
    assist attach attend audit authorise authorize backdate backorder bag balance bandage barcode batch
    bench bill bin block book bounce box brief bring build bump bundle bung calculate calibrate call cancel
    carry cash catch centre change charge chase check chuck circle circulate clamp clean clear close coat
    code collate collect combine come commission comp compensate compile complain complete compound compute
    conclude conduct confirm connect consolidate construct consult contact convert cook cool coordinate copy
    correct courier cover crack create credit crop cross customise customize cut dash date deactivate deal
    debit decorate decrease dedicate deduct defrost delete deliver demonstrate deploy deposit descale design
    detach detail develop diagnose dig direct disable discharge disconnect discontinue discuss dismantle
    dispatch display dispose distribute ditch divert divide do document donate double downgrade download
    draft drain draw drive drop dry duplicate earmark edit eject eliminate email embroider empty enable
    enclose encrypt endorse enforce engage engrave enquire enrol enroll ensure enter erase erect escalate
    establish estimate evaluate evict examine exchange exclude execute exempt expedite explain export extend
    extract fast-track fax feed fell fetch field file fill filter finalise finalize find finish fit fix flag
    flush fly fold follow forward frame free freeze freshen fulfil fulfill fund furnish gather gauge
    generate get give go grant grease grind group guide halve hand handle hang haul heat hire hoist hold
    honour hook host hurry ice identify implement import improve include increase index inflate inform
    infuse insert inspect install insulate insure integrate interview introduce investigate invite invoice
    iron isolate issue itemise itemize join keep key kit knock label lag land launch launder lay leave lend
    let level liaise lift light limit line link list load loan lob locate lock lodge log look loop lower
    machine mail maintain make manage map mark mask match measure mediate meet melt mend merge message
    migrate mix mock model modify monitor mount move mow nip notify nudge number offer offset onboard open
    operate optimise optimize order organise organize outline overhaul overnight override oversee own pack
    package page paint park pass patch pause pay peel perform phase phone photocopy photograph pick pipe
    place plan plaster plug plumb polish pool pop port position post power pre-book prepare preserve press
    pressure print process procure produce program prolong promote proof protect prove provide prune publish
    pull pump punch purchase purge push put qualify quarantine queue quieten quiz quote raise rate re-book
    re-check re-do re-enable re-enter re-issue re-key re-open re-order re-post re-run re-send re-submit
    re-test re-wire reach readjust reallocate reapply reappoint rearrange reassess reassign reassure rebill
    rebook rebuild recalculate recall recharge recheck reclaim reclassify recode recommend reconcile
    reconfigure reconnect reconsider reconstruct record recover recut recycle redeem redeliver redesign
    redirect redo redraft redraw reduce refer refill refine refinish refit refloat reformat refresh refund
    refurbish regenerate register reglaze regrade reheat reimage reimburse reinforce reinsert reinspect
    reinstall reinstate reinvestigate reissue rejig relabel relay relearn release reline relist
    reload relocate
    remake remaster remeasure remediate remind remit remount remove rename renegotiate renew renumber
    reoffer reopen reorder repack repackage repaint repair repay repeat rephrase replace replan repoint
    report reposition repot reprice reprint reprocess reprogram requalify request requote reroute rerun
    resample rescan reschedule reseal research reseat resend reserve reset reshape reship resize resole
    resolve respond restart restock restore restring restructure restyle resubmit resume resupply resurface
    retain retake retest retime retitle retouch retrace retrain retrieve retry retune return reupholster
    revalidate revalue reverse revert review revise revisit revive reweigh rewind rewire rework rewrite ring
    roll rotate round route run rush salt sample sand sanitise save scan schedule scratch screen seal seat
    secure segregate select send separate serve service set settle sew shampoo sharpen shelve shift ship
    shorten shove show shrink sign signpost silence simplify sit skip slide slip slot slow smooth snap
    solder solve sort source speak spin splice split sponsor spray square squeeze stack staff stamp
    standardise staple start stay steam step sterilise stick stitch stock stop store straighten strengthen
    stretch strip structure study submit subtract sum supervise supply support suspend swap sweep swing
    switch sync synchronise tag tailor take talk tape target tariff taxi telephone tell terminate test text
    thaw throw tidy tighten tile time tip toast top total touch tow trace track trade train transfer trench
    triage trial trim triple true trust try tune turf turn type unblock unbolt undo unfreeze uninstall
    unload unlock unpack unsubscribe untangle unwrap update upgrade upload upsell upsize use vacuum validate
    value vary verify vet view visit void wait wait-list waitlist waive walk warm warn wash watch weigh weld
    whack whatsapp whip whizz widen wipe wire work wrap write zero zip""".split()
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
    "referring": "refer", "picked": "pick", "pencilled": "pencil", "sat": "sit",
    "built": "build", "rebuilt": "rebuild",
    "hung": "hang", "stuck": "stick",
    "dug": "dig", "shut": "shut", "lent": "lend", "swept": "sweep", "thrown": "throw", "undone": "undo",
    "bought": "buy",
    "rewritten": "rewrite", "repaid": "repay", "resat": "resit", "fed": "feed", "lit": "light",
    "woken": "wake",
    "swung": "swing", "rang": "ring", "caught": "catch", "fought": "fight", "taught": "teach",
    "hit": "hit", "split": "split",
    "spun": "spin", "unfrozen": "unfreeze", "frozen": "freeze", "rerun": "rerun", "run": "run",
    "overseen": "oversee", "withdrawn": "withdraw", "shrunk": "shrink", "sewn": "sew", "sworn": "swear",
    "torn": "tear", "worn": "wear", "phoned": "phone", "joining": "join", "starting": "start",
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
    confirm see guide talk type share fetch stamp tap scan wrap reset restart load""".split()
)
"""Often done while the customer waits; a promise only with more to it."""


def base(word: str) -> str | None:
    """The base form of a gerund or participle, None where it is not a known verb form."""
    return _TO_BASE.get(word.lower())


def is_verb(word: str) -> bool:
    return word.lower() in BASE


def is_gerund(word: str) -> bool:
    return word.lower().endswith("ing") and base(word) is not None
