"""The matrix "Bochum Strategie 2.0 im Überblick"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.datastructures import MultiValueDict

from kernaktivitaeten.models import Kernaktivitaet, Lage
from zielsystem.models import Ebene, Zielelement
from zielsystem.rules import SOLL_KERNAKTIVITAETEN

from . import charts
from .auswahl import Zahl, mit_parametern
from .filter import Filter, lies_filter, listenadresse
from .querschnittsthemen import Thema, themen
from .spalten import Spalte, mit_zuordnungen, spalten

FILTER_DES_UEBERBLICKS = ("status", "tranche", "stelle")


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
        balken=charts.balken(
            "Alle Kernaktivitäten",
            [(lage.value, lage.label, anzahlen[(lage,)]) for lage in Lage],
            SOLL_KERNAKTIVITAETEN,
        ),
    )
