"""The page of counts: tables by Kompetenz, Tranche and more, and what the city published."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Expression

from kernaktivitaeten.models import OHNE, Bilanz, Kernaktivitaet, Lage
from kernaktivitaeten.models.abfragen import STELLE, KernaktivitaetQuerySet
from zielsystem.rules import (
    SOLL_KERNAKTIVITAETEN,
    SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ,
    SOLL_KERNAKTIVITAETEN_JE_TRANCHE,
)

from . import charts
from .filter import MERKMALE, Angebot, Zahl, listenadresse, mit_parametern

STATUS_LAGEN = (Lage.UMGESETZT, Lage.LAUFEND, Lage.EINGESTELLT, Lage.UEBERFUEHRT)


@dataclass(frozen=True)
class Matrixzeile:
    """One row of a matrix: name, a number a column, their sum, and the same as a bar."""

    name: str
    zahlen: tuple[tuple[Lage, Zahl], ...]
    summe: Zahl
    balken: charts.Balken | None


@dataclass(frozen=True)
class Matrix:
    """A table of counts. Where one Kernaktivität can stand in several rows, ``mehrfach``."""

    titel: str
    merkmal: str
    spalten: tuple[Lage, ...]
    zeilen: tuple[Matrixzeile, ...]
    summe: Matrixzeile
    mehrfach: bool


@dataclass(frozen=True)
class Gliederung:
    """By what to count: a parameter of the list, the path of its value from the Kernaktivität,
    the target of each row, and what to call that which is missing to it."""

    parameter: str
    feld: str | Expression
    soll: int = 0
    rest_art: tuple[str, str] = charts.NOCH_FREI


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
class Zwischenstand:
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
    verlauf: tuple[Zwischenstand, ...]
    veroeffentlicht: tuple[VeroeffentlichteBilanz, ...]


GLIEDERUNGEN = (
    Gliederung("kompetenz", "kompetenz__slug", SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ),
    Gliederung("tranche", "tranche__nr", SOLL_KERNAKTIVITAETEN_JE_TRANCHE, charts.NICHT_BELEGT),
    Gliederung("querschnittsthema", "querschnittszuordnungen__thema__slug"),
    Gliederung("bezirk", "orte__stadtbezirk"),
    Gliederung("stelle", STELLE),
)


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
        matrizen=tuple(_matrix(am_tag, gesamt, nach, weiter) for nach in GLIEDERUNGEN),
        verlauf=tuple(_verlauf(bilanzen)),
        veroeffentlicht=_veroeffentlicht(alle, bilanzen),
    )


def abweichende_bilanzen(bilanzen: Sequence[Bilanz]) -> tuple[Bilanz, ...]:
    """Those that differ from our count of the public Kernaktivitäten on their day."""
    gegenueber = _veroeffentlicht(Kernaktivitaet.objects.oeffentlich(), bilanzen)
    return tuple(eintrag.bilanz for eintrag in gegenueber if eintrag.weicht_ab)


def _verlauf(bilanzen: list[Bilanz]) -> Iterator[Zwischenstand]:
    """The Bilanzen, oldest first; one alone is no course of time."""
    laenge = max((eintrag.gesamt for eintrag in bilanzen), default=0)
    for eintrag in reversed(bilanzen if len(bilanzen) > 1 else []):
        teile = [
            (Lage.UMGESETZT.value, "umgesetzt", eintrag.umgesetzt or 0),
            (Lage.LAUFEND.value, "laufend", eintrag.laufend or 0),
            (Lage.EINGESTELLT.value, "eingestellt oder überführt", eintrag.beendet or 0),
        ]
        yield Zwischenstand(eintrag, charts.balken(str(eintrag), teile, 0, laenge))


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


def _matrix(
    am_tag: KernaktivitaetQuerySet, gesamt: Counter, nach: Gliederung, weiter: Mapping[str, str]
) -> Matrix:
    """Counts by the values of a parameter that the list offers, in their order.

    ``gesamt`` is the count of all by ``(lage,)``, for the last row: where one can stand in
    several rows, their sum is more.
    """
    angebot = MERKMALE[nach.parameter][1]()
    anzahlen = _anzahlen(am_tag, nach, angebot)
    je_wert: Counter = Counter()
    for (_, wert), anzahl in anzahlen.items():
        je_wert[wert] += anzahl
    spalten = tuple(lage for lage in Lage if lage in STATUS_LAGEN or gesamt[(lage.value,)])
    laenge = max([nach.soll, *(n for wert, n in je_wert.items() if wert != OHNE)])

    def zeile(name: str, wert: str) -> Matrixzeile:
        je_lage = Counter({lage: anzahlen[lage.value, wert] for lage in spalten})
        balken = None
        if wert != OHNE and (je_wert[wert] or nach.soll):
            balken = charts.balken_der_lagen(name, je_lage, nach.soll, laenge, nach.rest_art)
        return _zeile(name, je_lage, weiter, {nach.parameter: wert}, balken)

    alle = Counter({lage: gesamt[(lage.value,)] for lage in spalten})
    return Matrix(
        titel=f"Kernaktivitäten nach {angebot.name} und Status",
        merkmal=angebot.name,
        spalten=spalten,
        zeilen=tuple(zeile(name, wert) for wert, name in angebot.werte.items()),
        summe=_zeile("alle", alle, weiter, {}, None),
        mehrfach=je_wert.total() > gesamt.total(),
    )


def _anzahlen(am_tag: KernaktivitaetQuerySet, nach: Gliederung, angebot: Angebot) -> Counter:
    """``(lage, value)`` → number; those without a value under ``OHNE``, where it is on offer."""
    anzahlen = Counter({(art, str(w)): n for (art, w), n in am_tag.zaehle(nach.feld).items() if w})
    if OHNE in angebot.werte:
        ohne = getattr(am_tag, MERKMALE[nach.parameter][0])(OHNE).zaehle()
        anzahlen.update({(art, OHNE): n for (art,), n in ohne.items()})
    return anzahlen


def _zeile(
    name: str,
    je_lage: Counter,
    weiter: Mapping[str, str],
    auswahl: Mapping[str, str],
    balken: charts.Balken | None,
) -> Matrixzeile:
    return Matrixzeile(
        name,
        tuple(
            (lage, Zahl(anzahl, listenadresse(weiter, status=lage.value, **auswahl)))
            for lage, anzahl in je_lage.items()
        ),
        Zahl(je_lage.total(), listenadresse(weiter, **auswahl)),
        balken,
    )
