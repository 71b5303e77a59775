"""Only the agent: a voice profile, how it is made, and the gate that lets nobody else through."""

from coach.voice.channels import choose_channel
from coach.voice.encoder import Encoder
from coach.voice.enrol import Enrolment
from coach.voice.gate import Gate, ListeningProfile, make_gate
from coach.voice.picking import PickedVoice, find_voices
from coach.voice.profile import VoiceProfile
from coach.voice.reading import READING_TEXT

__all__ = [
    "READING_TEXT",
    "Encoder",
    "Enrolment",
    "Gate",
    "ListeningProfile",
    "PickedVoice",
    "VoiceProfile",
    "choose_channel",
    "find_voices",
    "make_gate",
]
