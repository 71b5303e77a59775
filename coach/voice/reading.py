"""What the agent reads aloud for a voice profile: about 35 seconds, with every sound of English in it."""

READING_TEXT = (
    "Good morning, thank you for waiting, you are speaking to me now.",
    "I can see the whole order here: two chairs, a yellow lamp, and the small oak table.",
    "The driver rang your bell on Thursday at about a quarter past five, but nobody heard him.",
    "Let me check with the depot whether the boxes are still on the van.",
    "If they are, I will ask them to try your house again, and to phone you half an hour before.",
    "Would you rather choose another day, or should we leave everything with a neighbour?",
    "Either way, you pay nothing more, and I will write down exactly what we agreed.",
)
"""Sentences, in order."""
