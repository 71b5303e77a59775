"""Only the agent: a voice profile, how it is made, and the gate that lets nobody else through."""

from coach.voice.channels import choose_channel
from coach.voice.encoder import Encoder
from coach.voice.enrol import Enrolment
from coach.voice.gate import Gate, ListeningProfile, make_gate
from coach.voice.profile import VoiceProfile
from coach.voice.reading import READING_TEXT

__all__ = [
    "READING_TEXT",
    "Encoder",
    "Enrolment",
    "Gate",
    "ListeningProfile",
    "VoiceProfile",
    "choose_channel",
    "make_gate",
]
