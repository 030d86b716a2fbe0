"""The matrix "Bochum Strategie 2.0 im Überblick"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.datastructures import MultiValueDict

from kernaktivitaeten import charts
from kernaktivitaeten.filter import Filter, Zahl, lies_filter, listenadresse, mit_parametern
from kernaktivitaeten.models import Kernaktivitaet, Lage
from zielsystem.models import Ebene, Querschnittsthema, Zielelement
from zielsystem.rules import SOLL_KERNAKTIVITAETEN

from .spalten import Spalte, mit_zuordnungen, spalten

FILTER_DES_UEBERBLICKS = ("status", "tranche", "stelle")


@dataclass(frozen=True)
class Thema:
    """A cross-cutting theme and how many Kernaktivitäten are assigned to it."""

    titel: str
    anzahl: Zahl


@dataclass(frozen=True)
class Ueberblick:
    stichtag: date
    weiter: str
    parameter: tuple[tuple[str, str], ...]
    filter: Filter
    wesenskern: Zielelement | None
    spalten: tuple[Spalte, ...]
    themen: tuple[Thema, ...]
    anzahl: Zahl
    gesamt: int
    soll: int
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
        themen=_themen(weiter),
        anzahl=Zahl(len(gezeigt), listenadresse(weiter, **auswahl.auswahl)),
        gesamt=gesamt,
        soll=SOLL_KERNAKTIVITAETEN,
        balken=charts.balken(
            "Alle Kernaktivitäten",
            [(lage.value, lage.label, anzahlen[(lage,)]) for lage in Lage],
            SOLL_KERNAKTIVITAETEN,
        ),
    )


def _themen(weiter: Mapping[str, str]) -> tuple[Thema, ...]:
    oeffentlich = Q(zuordnungen__kernaktivitaet__veroeffentlicht_am__isnull=False)
    # Django drops the order of the model from a query that groups.
    themen = Querschnittsthema.objects.annotate(
        anzahl=Count("zuordnungen", filter=oeffentlich)
    ).order_by("reihenfolge")
    return tuple(
        Thema(t.titel, Zahl(t.anzahl, listenadresse(weiter, querschnittsthema=t.slug)))
        for t in themen
    )
