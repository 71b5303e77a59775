"""A baseline for bench/moves.py: what a handful of careful keyword rules per move finds.

Not used by the product. Written from the definitions in docs/labelling.md alone, before any held-out turn
was scored with them.
"""

from __future__ import annotations

import re

import numpy as np

from coach.taxonomy import MOVES

_RULES: dict[str, tuple[str, ...]] = {
    "opposing": (
        r"\byou people\b",
        r"\bnot (?:my|our) problem\b",
        r"\byour word against\b",
        r"\b(?:go ahead|feel free),? (?:and )?(?:sue|complain|post|report|leave)\b",
        r"\b(?:customers|people|tenants|guests|patients) like you\b",
        r"\bor (?:else|i(?:'ll| will) (?:call|hang|end))\b",
    ),
    "convincing": (
        r"\bas i(?:'ve)? (?:already )?(?:said|told|explained|mentioned)\b",
        r"\blike i (?:said|told)\b",
        r"\byou (?:need|have) to understand\b",
        r"\bthe (?:fact|truth|point) is\b",
        r"\b(?:it|website|contract|policy|terms?|label) (?:clearly|plainly) (?:says?|states?)\b",
        r"\bno,? (?:that's|it's|that is|it is)(?: simply)? (?:wrong|not|incorrect)\b",
    ),
    "assuming": (
        r"\byou(?:'re| are)? (?:just|only|clearly|obviously)\b",
        r"\byou (?:probably|must have|obviously)\b",
        r"\byou just want\b",
        r"\bi (?:guess|suppose) you\b",
    ),
    "blaming": (
        r"\byou (?:should|could|ought to) have\b",
        r"\bif you(?:'d| had)\b",
        r"\bwhy didn't you\b",
        r"\byou (?:typed|entered|put|chose|forgot|failed|missed|ignored|didn't)\b",
        r"\byour (?:own )?(?:fault|mistake|error|doing)\b",
    ),
    "digging_past": (
        r"\byou always\b",
        r"\blast (?:time|month|year|week) you\b",
        r"\b(?:again|second|third|fourth) time (?:you|this)\b",
        r"\byou (?:also )?(?:complained|said|did|called) .{0,30}\b(?:last|before|already|too)\b",
    ),
    "defensive": (
        r"\b(?:not|isn't|wasn't) (?:my|our) (?:fault|doing|responsibility|department)\b",
        r"\bshort[- ]staffed\b",
        r"\bthat's (?:the|a) (?:warehouse|courier|system|supplier|bank|other)\b",
        r"\bi(?:'m| am) (?:only|just) (?:doing|following|the)\b",
        r"\bnothing to do with (?:me|us)\b",
    ),
    "dismissing": (
        r"\bcalm down\b",
        r"\bnot (?:a|that) big (?:a )?deal\b",
        r"\b(?:nothing|not much) (?:more )?i can do\b",
        r"\bthat's (?:just )?(?:the|our) policy\b",
        r"\bit is what it is\b",
        r"\bcan't help you\b",
    ),
    "delaying": (
        r"\bat some point\b",
        r"\b(?:someone|somebody) will (?:get back|call|be in touch|contact)\b",
        r"\b(?:call|try|ring|come) (?:back|again) (?:later|next|in a few|another)\b",
        r"\bwhen (?:we|they) (?:get|can|have) (?:a chance|round|around|time)\b",
        r"\bsooner or later\b|\bin due course\b",
    ),
    "non_apology": (
        r"\bsorry (?:that |if )?you(?:'re| are)? (?:feel|felt|think|upset|disappointed|unhappy)",
        r"\bsorry if\b",
        r"\b(?:apologi[sz]e|apologies|sorry) for any inconvenience\b",
        r"\bsorry,? but\b",
        r"\bi feel (?:bad|sorry) for you\b",
    ),
    "overpromising": (
        r"\bguarantee[ds]?\b",
        r"\b(?:one )?(?:hundred|100) ?(?:%|percent|per cent)\b",
        r"\bi promise\b",
        r"\bnever (?:ever )?happen again\b",
        r"\bno matter what\b",
    ),
    "selling": (
        r"\bupgrade\b",
        r"\bpremium\b",
        r"\bfor (?:just|only) .{0,25}\b(?:more|extra|a month|a year)\b",
        r"\b(?:special|great) (?:offer|deal)\b",
        r"\bextended warranty\b",
    ),
    "isolating": (
        r"\b(?:this|that) never happens\b",
        r"\byou(?:'re| are) the (?:only|first) (?:one|person|customer)\b",
        r"\b(?:nobody|no one) else\b",
        r"\bone[- ]off\b",
        r"\bfirst (?:complaint|time (?:i|we)(?:'ve)? (?:heard|had))\b",
    ),
    "thanking": (
        r"\bthank(?:s| you) for (?:telling|letting|raising|pointing|flagging|reporting|bringing|coming)\b",
        r"\bglad you (?:told|called|rang|raised|said|came)\b",
        r"\bappreciate you (?:telling|raising|flagging|letting|bringing)\b",
    ),
    "owning": (
        r"\b(?:my|our) (?:mistake|fault|error|bad)\b",
        r"\bthat(?:'s| is| was) on (?:me|us)\b",
        r"\b(?:i|we) (?:should have|got (?:it|that|this) wrong|messed up|let you down|misunderstood)\b",
        r"\bwe (?:didn't|failed|missed|dropped)\b",
    ),
    "apologising": (
        r"\b(?:i'm|i am|we're|we are|so|very|really|truly) sorry (?:that )?(?:we|i|your|the)\b",
        r"\b(?:i'm|i am|we're|we are|so|very|really|truly) sorry for (?:the|how|what|my|our)\b",
        r"\bi (?:do )?apologi[sz]e (?:for|that) (?:the|how|what|my|our|we|i)\b",
    ),
    "empathising": (
        r"\bi(?:'d| would) (?:be|feel)(?: just as)? (?:upset|annoyed|angry|frustrated|worried|cross)\b",
        r"\bthat (?:must|sounds|makes sense)\b",
        r"\bi can (?:see|hear|understand|imagine) (?:why|how)\b",
        r"\bno wonder\b",
        r"\bi don't blame you\b",
    ),
    "reflecting": (
        r"\bso (?:you|what you|if i)\b",
        r"\bif i(?:'ve)? (?:understood|understand|heard|got)\b",
        r"\b(?:it )?sounds like you\b",
        r"\bwhat i(?:'m| am)? hear(?:ing)?\b",
        r"\blet me (?:say|read|repeat) (?:that|it|this) back\b",
    ),
    "learning": (
        r"\bwhat (?:happened|exactly|do you mean|went wrong)\b",
        r"\bcan you (?:tell|walk|talk) me (?:more|through|what|how)\b",
        r"\bwhen you say\b",
        r"\bhow (?:did|does|has) (?:that|this|it)\b",
        r"\bwhat matters\b",
    ),
    "stating_intent": (
        r"\bi(?:'d| would) like (?:us|you|this|to (?:make sure|get this|see))\b",
        r"\bi want (?:to make sure|you to|us to|this)\b",
        r"\bwhat i(?:'m| am) (?:trying|hoping|after|aiming)\b",
        r"\bmy (?:aim|goal|intention)\b",
    ),
    "partnering": (
        r"\btogether\b",
        r"\blet's (?:see|look|work|sort|figure|find|go)\b",
        r"\b(?:you and (?:me|i)|both of us|same side)\b",
        r"\bi(?:'m| am) with you\b",
    ),
    "asking_input": (
        r"\bwhat would (?:you like|you prefer|work|make|help|be (?:best|fair|right))\b",
        r"\bhow would you like\b",
        r"\bwhat (?:can|could) we (?:do|change|have done)\b",
        r"\bwhich (?:would|do) you (?:prefer|rather)\b",
    ),
    "offering": (
        r"\b(?:refund|replac|waive|credit|voucher|discount|free of charge|on the house|goodwill)\w*",
        r"\bi can (?:also )?(?:offer|send|give|move|put|book|knock|take)\b",
        r"\b(?:either|or) (?:i|we) can\b",
        r"\bwould you like me to\b",
    ),
    "explaining": (
        r"\bbecause\b",
        r"\bwhat happened (?:is|was|here)\b",
        r"\bthe reason (?:is|was|for)\b",
        r"\bwent (?:out|wrong|missing|down) (?:when|after|because)\b",
    ),
    "root_cause": (
        r"\broot cause\b",
        r"\b(?:doesn't|won't|can't) happen (?:again|to (?:anyone|anybody|you|the next))\b",
        r"\bfind out (?:why|how|what)\b",
        r"\b(?:changed?|changing|fix(?:ed|ing)?) (?:the|our) (?:process|system|form|page|wording|way)\b",
    ),
    "committing": (
        r"\b(?:i|we)(?:'ll| will|'m going to| am going to|'re going to) (?:call|ring|email|send|get|chase)\b",
        r"\b(?:i|we)(?:'ll| will) (?:make sure|phone|text|post|have|let you)\b",
        r"\byou(?:'ll| will) (?:have|get|receive|hear)\b",
        r"\bby (?:monday|tuesday|wednesday|thursday|friday|tomorrow|noon|tonight|the end of)\b",
    ),
}
_COMPILED = {move: re.compile("|".join(rules), re.IGNORECASE) for move, rules in _RULES.items()}


def keyword_flags(texts: list[str]) -> np.ndarray:
    """Moves found, shape (turns, 25), bool."""
    plain = [text.replace("’", "'") for text in texts]
    return np.array([[bool(_COMPILED[move].search(text)) for move in MOVES] for text in plain])
