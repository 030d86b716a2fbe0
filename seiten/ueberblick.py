"""The matrix "Bochum Strategie 2.0 im Überblick": columns of Kompetenzen, tiles in their places."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.datastructures import MultiValueDict

from kernaktivitaeten.models import OHNE, Kernaktivitaet, Lage, Zuordnung
from kernaktivitaeten.models.abfragen import KernaktivitaetQuerySet
from zielsystem.models import Ebene, StrategischesZiel, Zielelement
from zielsystem.rules import (
    SOLL_KERNAKTIVITAETEN,
    SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ,
    SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT,
)

from . import charts
from .die_strategie import Thema, themen
from .filter import Filter, Zahl, lies_filter, listenadresse, mit_parametern

FILTER_DES_UEBERBLICKS = ("status", "tranche", "stelle")


@dataclass(frozen=True)
class Kachel:
    """A Kernaktivität in one place, and the other Schwerpunkte in which it stands too."""

    ka: Kernaktivitaet
    auch_in: tuple[Zielelement, ...]


@dataclass(frozen=True)
class Feld:
    """A Schwerpunkt, or the band of those without one (``schwerpunkt`` is ``None``)."""

    schwerpunkt: Zielelement | None
    kacheln: tuple[Kachel, ...]
    anzahl: Zahl
    soll: int


@dataclass(frozen=True)
class Kompetenzspalte:
    """A Kompetenz with its Zielbild, its Schwerpunkte and the band of the unassigned.

    ``anderswo`` are those that stand only in Schwerpunkte of other Kompetenzen; they count here.
    """

    kompetenz: Zielelement
    ziele: tuple[StrategischesZiel, ...]
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
    wesenskern: Zielelement | None
    spalten: tuple[Kompetenzspalte, ...]
    themen: tuple[Thema, ...]
    anzahl: Zahl
    gesamt: int
    soll: int
    angaben: str
    balken: charts.Balken


def ueberblick(parameter: MultiValueDict, stichtag: date, weiter: Mapping[str, str]) -> Ueberblick:
    """The page ``/ueberblick/``: the matrix of the strategy on a day."""
    auswahl = lies_filter(parameter, FILTER_DES_UEBERBLICKS)
    alle = Kernaktivitaet.objects.oeffentlich().zum(stichtag)
    gezeigt = mit_zuordnungen(auswahl.wende_an(alle))
    elemente = list(Zielelement.objects.select_related("eltern"))
    anzahlen = alle.zaehle()
    gesamt = anzahlen.total()
    return Ueberblick(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        parameter=tuple(weiter.items()),
        filter=auswahl,
        wesenskern=next((e for e in elemente if e.ebene == Ebene.WESENSKERN), None),
        spalten=spalten(elemente, gezeigt, weiter, auswahl.auswahl),
        themen=themen(weiter),
        anzahl=Zahl(len(gezeigt), listenadresse(weiter, **auswahl.auswahl)),
        gesamt=gesamt,
        soll=SOLL_KERNAKTIVITAETEN,
        angaben=alle.zeitraum_der_angaben(),
        balken=charts.balken_der_lagen(
            "Alle Kernaktivitäten",
            {lage: anzahlen[(lage,)] for lage in Lage},
            SOLL_KERNAKTIVITAETEN,
        ),
    )


def mit_zuordnungen(kernaktivitaeten: KernaktivitaetQuerySet) -> list[Kernaktivitaet]:
    zuordnungen = Zuordnung.objects.select_related("schwerpunkt__eltern")
    return list(
        kernaktivitaeten.select_related("kompetenz", "tranche").prefetch_related(
            Prefetch("zuordnungen", zuordnungen)
        )
    )


def spalten(
    elemente: list[Zielelement],
    kernaktivitaeten: list[Kernaktivitaet],
    weiter: Mapping[str, str],
    auswahl: Mapping | None = None,
) -> tuple[Kompetenzspalte, ...]:
    """The columns of the matrix; every count leads to the list with the same ``auswahl``."""
    auswahl = auswahl or {}
    kacheln = kacheln_je_element(kernaktivitaeten)
    eigene = Counter(ka.kompetenz_id for ka in kernaktivitaeten)
    ziele = defaultdict(list)
    for ziel in StrategischesZiel.objects.all():
        ziele[ziel.kompetenz_id].append(ziel)
    return tuple(
        Kompetenzspalte(
            kompetenz=k,
            ziele=tuple(ziele[k.pk]),
            felder=tuple(
                feld(s, kacheln[s.pk], weiter, **auswahl, schwerpunkt=s.slug)
                for s in elemente
                if s.eltern_id == k.pk
            ),
            ohne=feld(None, kacheln[k.pk], weiter, **auswahl, kompetenz=k.slug, schwerpunkt=OHNE),
            anderswo=tuple(_anderswo(k, kernaktivitaeten)),
            anzahl=Zahl(eigene[k.pk], listenadresse(weiter, **auswahl, kompetenz=k.slug)),
            soll=SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ,
        )
        for k in elemente
        if k.ebene == Ebene.KOMPETENZ
    )


def _anderswo(kompetenz: Zielelement, alle: Iterable[Kernaktivitaet]) -> Iterator[Kachel]:
    for ka in alle:
        schwerpunkte = tuple(z.schwerpunkt for z in ka.zuordnungen.all())
        fremd = schwerpunkte and all(s.eltern_id != kompetenz.pk for s in schwerpunkte)
        if ka.kompetenz_id == kompetenz.pk and fremd:
            yield Kachel(ka, schwerpunkte)


def feld(
    element: Zielelement | None, kacheln: list[Kachel], weiter: Mapping[str, str], **auswahl
) -> Feld:
    return Feld(
        schwerpunkt=element,
        kacheln=tuple(kacheln),
        anzahl=Zahl(len(kacheln), listenadresse(weiter, **auswahl)),
        soll=SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT,
    )


def kacheln_je_element(kernaktivitaeten: Iterable[Kernaktivitaet]) -> dict[int, list[Kachel]]:
    """Tiles by the pk of their Schwerpunkt; the unassigned by the pk of their Kompetenz."""
    kacheln: dict[int, list[Kachel]] = defaultdict(list)
    for ka in kernaktivitaeten:
        schwerpunkte = [zuordnung.schwerpunkt for zuordnung in ka.zuordnungen.all()]
        if not schwerpunkte:
            kacheln[ka.kompetenz_id].append(Kachel(ka, ()))
        for hier in schwerpunkte:
            andere = tuple(s for s in schwerpunkte if s.pk != hier.pk)
            kacheln[hier.pk].append(Kachel(ka, andere))
    return kacheln
