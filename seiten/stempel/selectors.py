"""The pages about the stamp: one function a page, each returns one frozen dataclass."""

from .abzeichen import abzeichen, muster
from .arbeit import anbringen, auftrag, nutzen, paket
from .auskunft import Unbekannt, auskunft, eingabe
from .stempel import stempel

__all__ = [
    "Unbekannt",
    "abzeichen",
    "anbringen",
    "auftrag",
    "auskunft",
    "eingabe",
    "muster",
    "nutzen",
    "paket",
    "stempel",
]
