"""What a page is found by: its passages, and the entry that holds them."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from django.db.models import Model


class Rang(IntEnum):
    """Where a word counts most; least in a plan that a later one has replaced."""

    TITEL = 0
    NAME = 1
    TEXT = 2
    UEBERHOLT = 3


@dataclass(frozen=True)
class Passage:
    """A text by which a page is found; ``wo`` says what it is, ``ab`` from which Stichtag."""

    text: str
    rang: Rang = Rang.TEXT
    wo: str = ""
    ab: date | None = None


@dataclass(frozen=True)
class Eintrag:
    """A page that can be found. ``pk`` is the row behind it, 0 for a page without one."""

    art: str
    titel: str
    adresse: str
    passagen: tuple[Passage, ...]
    pk: int = 0


def passage(text: str, rang: Rang = Rang.TEXT, wo: str = "", ab: date | None = None) -> Passage:
    """Texts copied from elsewhere may part letters and dots: a passage never does."""
    return Passage(unicodedata.normalize("NFC", text), rang, wo, ab)


def eintrag(
    art: str, zeile: Model, titel: str, *passagen: Passage, ab: date | None = None
) -> Eintrag:
    """The entry of a row with an address of its own; its title counts from ``ab`` on."""
    mit_text = tuple(p for p in (passage(titel, Rang.TITEL, ab=ab), *passagen) if p.text)
    return Eintrag(art, mit_text[0].text, zeile.get_absolute_url(), mit_text, zeile.pk)
