"""Who answers, what was decided, and what the city counted."""

from dataclasses import dataclass

from kernaktivitaeten import models as ka

from .grund import Datiertes, Fakt, Wort, wie
from .strategie import Quelle, Zielelement


@dataclass(frozen=True, eq=False)
class Stelle(Fakt):
    name: str
    slug: str
    art: Wort

    pfad = wie(ka.Stelle.get_absolute_url)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, eq=False)
class Verantwortung(Datiertes):
    """``aemter`` are the Stelle, or the offices of the person; the name only when released."""

    rolle: Wort
    kompetenz: Zielelement | None
    kernaktivitaet_id: int | None
    stelle: Stelle | None
    person_id: int | None
    bezug: Wort
    wortlaut: str
    quelle: Quelle
    aemter: tuple[Stelle, ...]
    oeffentlicher_name: str

    amt = wie(ka.Verantwortung.amt)
    gilt_am = ka.Verantwortung.gilt_am


@dataclass(frozen=True, eq=False)
class Tranche(Fakt):
    nr: int
    quelle: Quelle

    name = wie(ka.Tranche.__str__)
    pfad = wie(ka.Tranche.get_absolute_url)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, eq=False)
class Ratsbeschluss(Datiertes):
    titel: str
    slug: str
    gremium: str
    vorlage: str
    top: str
    ergebnis: str
    wortlaut: str
    adresse: str
    tranche: Tranche | None
    teil: str
    betrifft_strategie: bool
    hinweis: str
    quelle: Quelle

    name = wie(ka.Ratsbeschluss.__str__)
    pfad = wie(ka.Ratsbeschluss.get_absolute_url)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, eq=False)
class Beschlusswirkung(Fakt):
    beschluss: Ratsbeschluss
    kernaktivitaet_id: int
    wirkung: Wort
    text: str
    quelle: Quelle


@dataclass(frozen=True, eq=False)
class Bilanz(Datiertes):
    gesamt: int
    umgesetzt: int | None
    laufend: int | None
    eingestellt: int | None
    ueberfuehrt: int | None
    eingestellt_ueberfuehrt: int | None
    anmerkung: str
    erklaerung: str
    quelle: Quelle

    name = wie(ka.Bilanz.__str__)
    beendet = wie(ka.Bilanz.beendet)

    def __str__(self) -> str:
        return self.name
