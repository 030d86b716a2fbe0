"""Puts the stamp onto files of other people, in a process of its own with limits.

``wunsch`` says where and how, ``grenzen`` what is taken at all, ``pdf`` and ``bild`` stamp,
``vorlage`` checks the city's artwork, ``vorschau`` draws what came out, ``__main__`` is the
process, and ``prozess`` starts it. Nothing here knows the database or Django.
"""

from .grenzen import (
    ENDUNGEN,
    MAX_BYTES,
    MAX_DATEIEN,
    MAX_OBJEKTE,
    MAX_PIXEL,
    MAX_SEITEN,
    MIN_PNG_PX,
    Ablehnung,
    zu_gross,
)
from .prozess import AUSGELASTET, Ergebnis, pruefe_vorlage, stemple
from .wunsch import PLAETZE, Wunsch, lies_seiten

__all__ = [
    "AUSGELASTET",
    "ENDUNGEN",
    "MAX_BYTES",
    "MAX_DATEIEN",
    "MAX_OBJEKTE",
    "MAX_PIXEL",
    "MAX_SEITEN",
    "MIN_PNG_PX",
    "PLAETZE",
    "Ablehnung",
    "Ergebnis",
    "Wunsch",
    "lies_seiten",
    "pruefe_vorlage",
    "stemple",
    "zu_gross",
]
