"""The page of counts: by Kompetenz, Tranche and more, and what the city published."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kernaktivitaeten.models import Bilanz, Kernaktivitaet, Lage
from kernaktivitaeten.models.abfragen import STELLE, KernaktivitaetQuerySet
from zielsystem.rules import (
    SOLL_KERNAKTIVITAETEN,
    SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ,
    SOLL_KERNAKTIVITAETEN_JE_TRANCHE,
)

from . import charts
from .auswahl import Zahl, mit_parametern
from .filter import listenadresse
from .matrix import Gliederung, Matrix, matrix

GLIEDERUNGEN = (
    Gliederung("kompetenz", "kompetenz__slug", SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ),
    Gliederung("tranche", "tranche__nr", SOLL_KERNAKTIVITAETEN_JE_TRANCHE, charts.NICHT_BELEGT),
    Gliederung("querschnittsthema", "querschnittszuordnungen__thema__slug"),
    Gliederung("bezirk", "orte__stadtbezirk"),
    Gliederung("stelle", STELLE),
)


@dataclass(frozen=True)
class Vergleich:
    """One line of a published Bilanz beside our count; ``None``: not published or not counted."""

    name: str
    veroeffentlicht: int | None
    gezaehlt: Zahl | None


@dataclass(frozen=True)
class VeroeffentlichteBilanz:
    bilanz: Bilanz
    vergleiche: tuple[Vergleich, ...]
    weicht_ab: bool


@dataclass(frozen=True)
class Station:
    """A published Bilanz in the course of time, its parts as a bar of the common scale."""

    bilanz: Bilanz
    balken: charts.Balken


@dataclass(frozen=True)
class Bilanzseite:
    stichtag: date
    weiter: str
    gesamt: Zahl
    soll: int
    angaben: str
    matrizen: tuple[Matrix, ...]
    verlauf: tuple[Station, ...]
    veroeffentlicht: tuple[VeroeffentlichteBilanz, ...]


def bilanz(stichtag: date, weiter: Mapping[str, str]) -> Bilanzseite:
    """The page ``/bilanz/`` for a day."""
    alle = Kernaktivitaet.objects.oeffentlich()
    am_tag = alle.zum(stichtag)
    gesamt = am_tag.zaehle()
    bilanzen = list(Bilanz.objects.filter(datum_bis__lte=stichtag).select_related("quelle"))
    return Bilanzseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        gesamt=Zahl(gesamt.total(), listenadresse(weiter)),
        soll=SOLL_KERNAKTIVITAETEN,
        angaben=am_tag.zeitraum_der_angaben(),
        matrizen=tuple(matrix(am_tag, gesamt, nach, weiter) for nach in GLIEDERUNGEN),
        verlauf=tuple(_verlauf(bilanzen)),
        veroeffentlicht=_veroeffentlicht(alle, bilanzen),
    )


def abweichende(bilanzen: Sequence[Bilanz]) -> tuple[Bilanz, ...]:
    """Those that differ from our count of the public Kernaktivitäten on their day."""
    gegenueber = _veroeffentlicht(Kernaktivitaet.objects.oeffentlich(), bilanzen)
    return tuple(eintrag.bilanz for eintrag in gegenueber if eintrag.weicht_ab)


def _verlauf(bilanzen: list[Bilanz]) -> Iterator[Station]:
    """The Bilanzen, oldest first; one alone is no course of time."""
    laenge = max((eintrag.gesamt for eintrag in bilanzen), default=0)
    for eintrag in reversed(bilanzen if len(bilanzen) > 1 else []):
        teile = [
            (Lage.UMGESETZT.value, "umgesetzt", eintrag.umgesetzt or 0),
            (Lage.LAUFEND.value, "laufend", eintrag.laufend or 0),
            (Lage.EINGESTELLT.value, "eingestellt oder überführt", eintrag.beendet or 0),
        ]
        yield Station(eintrag, charts.balken(str(eintrag), teile, 0, laenge))


def _veroeffentlicht(
    alle: KernaktivitaetQuerySet, bilanzen: Sequence[Bilanz]
) -> tuple[VeroeffentlichteBilanz, ...]:
    """Each Bilanz beside our count of its own day."""
    gezaehlt = alle.zaehle_zu(eintrag.datum_bis for eintrag in bilanzen)
    return tuple(_gegenueber(eintrag, gezaehlt[eintrag.datum_bis]) for eintrag in bilanzen)


def _gegenueber(eintrag: Bilanz, gezaehlt: Counter) -> VeroeffentlichteBilanz:
    weiter = {"stichtag": eintrag.datum_bis.isoformat()}

    def zahl(*lagen: Lage) -> Zahl:
        auswahl = {"status": [lage.value for lage in lagen]} if lagen else {}
        wert = sum(gezaehlt[lage] for lage in lagen) if lagen else gezaehlt.total()
        return Zahl(wert, listenadresse(weiter, **auswahl))

    zeilen = [
        ("umgesetzt", eintrag.umgesetzt, zahl(Lage.UMGESETZT)),
        ("laufend", eintrag.laufend, zahl(Lage.LAUFEND)),
    ]
    if eintrag.eingestellt_ueberfuehrt is None:
        zeilen += [
            ("eingestellt", eintrag.eingestellt, zahl(Lage.EINGESTELLT)),
            ("überführt", eintrag.ueberfuehrt, zahl(Lage.UEBERFUEHRT)),
        ]
    else:
        beide = zahl(Lage.EINGESTELLT, Lage.UEBERFUEHRT)
        zeilen.append(
            ("eingestellt, integriert oder überführt", eintrag.eingestellt_ueberfuehrt, beide)
        )
    zeilen += [
        (lage.label, None, zahl(lage))
        for lage in (Lage.NOCH_NICHT, Lage.OHNE_STAND)
        if gezaehlt[lage]
    ]
    vergleiche = tuple(
        Vergleich(*zeile) for zeile in [*zeilen, ("zusammen", eintrag.gesamt, zahl())]
    )
    weicht_ab = any(v.veroeffentlicht not in (None, v.gezaehlt.wert) for v in vergleiche)
    return VeroeffentlichteBilanz(eintrag, vergleiche, weicht_ab)
