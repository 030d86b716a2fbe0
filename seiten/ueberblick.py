"""The matrix "Bochum Strategie 2.0 im Überblick": columns of Kompetenzen, tiles in their places."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.datastructures import MultiValueDict

from zielsystem.models import OHNE, Ebene
from zielsystem.rules import (
    SOLL_KERNAKTIVITAETEN,
    SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ,
    SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT,
)

from . import charts
from .bestand import Bestand, Stand, fakten, zeitraum_der_angaben
from .die_strategie import Thema, themen
from .filter import Filter, Zahl, lies_filter, listenadresse, mit_parametern

FILTER_DES_UEBERBLICKS = ("status", "tranche", "stelle")


@dataclass(frozen=True)
class Kachel:
    """A Kernaktivität in one place, and the other Schwerpunkte in which it stands too."""

    stand: Stand
    auch_in: tuple[fakten.Zielelement, ...]


Kacheln = dict[fakten.Zielelement, list[Kachel]]


@dataclass(frozen=True)
class Feld:
    """A Schwerpunkt, or the band of those without one (``schwerpunkt`` is ``None``)."""

    schwerpunkt: fakten.Zielelement | None
    kacheln: tuple[Kachel, ...]
    anzahl: Zahl
    soll: int


@dataclass(frozen=True)
class Kompetenzspalte:
    """A Kompetenz with its Zielbild, its Schwerpunkte and the band of the unassigned.

    ``anderswo`` are those that stand only in Schwerpunkte of other Kompetenzen; they count here.
    """

    kompetenz: fakten.Zielelement
    ziele: tuple[fakten.StrategischesZiel, ...]
    felder: tuple[Feld, ...]
    ohne: Feld
    anderswo: tuple[Kachel, ...]
    anzahl: Zahl
    soll: int


@dataclass(frozen=True)
class Ueberblick:
    stichtag: date
    weiter: str
    parameter: tuple[tuple[str, str], ...]
    filter: Filter
    wesenskern: fakten.Zielelement | None
    spalten: tuple[Kompetenzspalte, ...]
    themen: tuple[Thema, ...]
    anzahl: Zahl
    gesamt: int
    soll: int
    angaben: str
    balken: charts.Balken


def ueberblick(
    bestand: Bestand, parameter: MultiValueDict, stichtag: date, weiter: Mapping[str, str]
) -> Ueberblick:
    """The page ``/ueberblick/``: the matrix of the strategy on a day."""
    auswahl = lies_filter(bestand, parameter, FILTER_DES_UEBERBLICKS)
    alle = bestand.am(stichtag)
    gezeigt = auswahl.wende_an(alle)
    return Ueberblick(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        parameter=tuple(weiter.items()),
        filter=auswahl,
        wesenskern=next(bestand.auf_ebene(Ebene.WESENSKERN), None),
        spalten=tuple(spalten(bestand, gezeigt, weiter, auswahl.auswahl)),
        themen=themen(bestand, weiter),
        anzahl=Zahl(len(gezeigt), listenadresse(weiter, **auswahl.auswahl)),
        gesamt=len(alle),
        soll=SOLL_KERNAKTIVITAETEN,
        angaben=zeitraum_der_angaben(alle),
        balken=charts.balken_der_lagen(
            "Alle Kernaktivitäten",
            Counter(stand.lage for stand in alle),
            SOLL_KERNAKTIVITAETEN,
        ),
    )


def spalten(
    bestand: Bestand, staende: Sequence[Stand], weiter: Mapping[str, str], auswahl: Mapping
) -> Iterator[Kompetenzspalte]:
    """The columns of the matrix; every count leads to the list with the same ``auswahl``."""
    kacheln = kacheln_je_element(staende)
    for kompetenz in bestand.auf_ebene(Ebene.KOMPETENZ):
        yield spalte(bestand, kompetenz, staende, kacheln, weiter, auswahl)


def spalte(
    bestand: Bestand,
    kompetenz: fakten.Zielelement,
    staende: Sequence[Stand],
    kacheln: Kacheln,
    weiter: Mapping[str, str],
    auswahl: Mapping,
) -> Kompetenzspalte:
    """One column: those of ``staende`` that stand in it or belong to it; ``kacheln`` are of all."""
    eigene = sum(stand.ka.kompetenz is kompetenz for stand in staende)
    hier = {**auswahl, "kompetenz": kompetenz.slug}
    return Kompetenzspalte(
        kompetenz=kompetenz,
        ziele=tuple(ziel for ziel in bestand.ziele if ziel.kompetenz is kompetenz),
        felder=tuple(
            feld(s, kacheln[s], weiter, **auswahl, schwerpunkt=s.slug)
            for s in bestand.auf_ebene(Ebene.SCHWERPUNKT)
            if s.eltern is kompetenz
        ),
        ohne=feld(None, kacheln[kompetenz], weiter, **hier, schwerpunkt=OHNE),
        anderswo=tuple(_anderswo(kompetenz, staende)),
        anzahl=Zahl(eigene, listenadresse(weiter, **hier)),
        soll=SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ,
    )


def _anderswo(kompetenz: fakten.Zielelement, alle: Iterable[Stand]) -> Iterator[Kachel]:
    for stand in alle:
        schwerpunkte = tuple(z.schwerpunkt for z in stand.ka.zuordnungen)
        fremd = schwerpunkte and all(s.eltern is not kompetenz for s in schwerpunkte)
        if stand.ka.kompetenz is kompetenz and fremd:
            yield Kachel(stand, schwerpunkte)


def feld(
    element: fakten.Zielelement | None, kacheln: list[Kachel], weiter: Mapping[str, str], **auswahl
) -> Feld:
    return Feld(
        schwerpunkt=element,
        kacheln=tuple(kacheln),
        anzahl=Zahl(len(kacheln), listenadresse(weiter, **auswahl)),
        soll=SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT,
    )


def kacheln_je_element(staende: Iterable[Stand]) -> Kacheln:
    """Tiles by their Schwerpunkt; the unassigned by their Kompetenz."""
    kacheln: Kacheln = defaultdict(list)
    for stand in staende:
        schwerpunkte = [zuordnung.schwerpunkt for zuordnung in stand.ka.zuordnungen]
        if not schwerpunkte:
            kacheln[stand.ka.kompetenz].append(Kachel(stand, ()))
        for hier in schwerpunkte:
            andere = tuple(s for s in schwerpunkte if s is not hier)
            kacheln[hier].append(Kachel(stand, andere))
    return kacheln
