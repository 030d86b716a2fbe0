"""What the city wants, and how it works on it."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from strategiearbeit import models as arbeit
from zielsystem import models as ziel

from .grund import Datiertes, Fakt, Wort, wie


@dataclass(frozen=True, eq=False)
class Quelle(Datiertes):
    titel: str
    art: Wort
    adresse: str

    angabe = wie(ziel.Quelle.__str__)
    adresse_lesbar = wie(ziel.Quelle.adresse_lesbar)

    def __str__(self) -> str:
        return self.angabe


@dataclass(frozen=True, eq=False)
class Zielelement(Fakt):
    """``eltern`` is read before it: parents come first in the tree."""

    eltern: Self | None
    ebene: int
    titel: str
    kurztitel: str
    slug: str
    beschreibung: str
    quelle: Quelle

    pfad = wie(ziel.Zielelement.get_absolute_url)

    def __str__(self) -> str:
        return self.titel


@dataclass(frozen=True, eq=False)
class Wesenskernteil(Fakt):
    name: str
    lesart: str
    quelle: Quelle


@dataclass(frozen=True, eq=False)
class StrategischesZiel(Fakt):
    kompetenz: Zielelement
    langfassung: str
    kurzfassung: str
    quelle: Quelle


@dataclass(frozen=True, eq=False)
class Querschnittsthema(Fakt):
    titel: str
    slug: str
    quelle: Quelle

    pfad = wie(ziel.Querschnittsthema.get_absolute_url)

    def __str__(self) -> str:
        return self.titel


@dataclass(frozen=True, eq=False)
class Meilenstein(Datiertes):
    text: str
    quelle: Quelle


@dataclass(frozen=True, eq=False)
class Werkzeugkasten(Fakt):
    """Without its content, which only staff may read."""

    titel: str
    slug: str
    fundort: str
    zweck: str
    nur_intern: bool
    quelle: Quelle

    pfad = wie(arbeit.Werkzeugkasten.get_absolute_url)


@dataclass(frozen=True, eq=False)
class Textseite(Fakt):
    titel: str
    slug: str
    text: str
    eigene_seite: bool
    stand: date | None
    quelle: Quelle | None

    html = wie(arbeit.Textseite.html)
    pfad = wie(arbeit.Textseite.get_absolute_url)


@dataclass(frozen=True, eq=False)
class Ausnahme(Fakt):
    erklaerung_id: int
    inhalt: str
    grund: str


@dataclass(frozen=True, eq=False)
class Barrierefreiheitserklaerung(Fakt):
    vereinbarkeit: Wort
    pruefung: str
    geprueft_am: date | None
    erstellt_am: date | None
    ueberprueft_am: date | None
    kontakt: str
    ombudsstelle: str
    ausnahmen: tuple[Ausnahme, ...]
