"""The page of counts: tables by Kompetenz, Tranche and more, and what the city published."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kernaktivitaeten.models import Bilanz, Kernaktivitaet, Lage
from zielsystem.models import OHNE
from zielsystem.rules import (
    SOLL_KERNAKTIVITAETEN,
    SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ,
    SOLL_KERNAKTIVITAETEN_JE_TRANCHE,
)

from . import charts
from .bestand import Bestand, Stand, fakten, zeitraum_der_angaben
from .filter import Zahl, angebote, listenadresse, mit_parametern

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
    """By what to count: a parameter of the list, the target of each row, and what to call that
    which is missing to it."""

    parameter: str
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
    bilanz: Bilanz | fakten.Bilanz
    vergleiche: tuple[Vergleich, ...]
    weicht_ab: bool


@dataclass(frozen=True)
class Zwischenstand:
    """A published Bilanz in the course of time, its parts as a bar of the common scale."""

    bilanz: fakten.Bilanz
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
    Gliederung("kompetenz", SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ),
    Gliederung("tranche", SOLL_KERNAKTIVITAETEN_JE_TRANCHE, charts.NICHT_BELEGT),
    Gliederung("querschnittsthema"),
    Gliederung("bezirk"),
    Gliederung("stelle"),
)


def bilanz(bestand: Bestand, stichtag: date, weiter: Mapping[str, str]) -> Bilanzseite:
    """The page ``/bilanz/`` for a day."""
    staende = bestand.am(stichtag)
    gesamt = Counter(stand.lage for stand in staende)
    bilanzen = [eintrag for eintrag in bestand.bilanzen if eintrag.datum_bis <= stichtag]
    return Bilanzseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        gesamt=Zahl(gesamt.total(), listenadresse(weiter)),
        soll=SOLL_KERNAKTIVITAETEN,
        angaben=zeitraum_der_angaben(staende),
        matrizen=tuple(_matrix(bestand, staende, gesamt, nach, weiter) for nach in GLIEDERUNGEN),
        verlauf=tuple(_verlauf(bilanzen)),
        veroeffentlicht=tuple(
            _gegenueber(eintrag, Counter(stand.lage for stand in bestand.am(eintrag.datum_bis)))
            for eintrag in bilanzen
        ),
    )


def abweichende_bilanzen(bilanzen: Sequence[Bilanz]) -> tuple[Bilanz, ...]:
    """Those that differ from our count of the public Kernaktivitäten on their day.

    Asks the database: for the administration, which must see what it is about to save.
    """
    gezaehlt = Kernaktivitaet.objects.oeffentlich().zaehle_zu(b.datum_bis for b in bilanzen)
    return tuple(b for b in bilanzen if _gegenueber(b, gezaehlt[b.datum_bis]).weicht_ab)


def _verlauf(bilanzen: list[fakten.Bilanz]) -> Iterator[Zwischenstand]:
    """The Bilanzen, oldest first; one alone is no course of time."""
    laenge = max((eintrag.gesamt for eintrag in bilanzen), default=0)
    for eintrag in reversed(bilanzen if len(bilanzen) > 1 else []):
        teile = [
            (Lage.UMGESETZT.value, "umgesetzt", eintrag.umgesetzt or 0),
            (Lage.LAUFEND.value, "laufend", eintrag.laufend or 0),
            (Lage.EINGESTELLT.value, "eingestellt oder überführt", eintrag.beendet or 0),
        ]
        yield Zwischenstand(eintrag, charts.balken(str(eintrag), teile, 0, laenge))


def _gegenueber(eintrag: Bilanz | fakten.Bilanz, gezaehlt: Counter) -> VeroeffentlichteBilanz:
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
    bestand: Bestand,
    staende: Sequence[Stand],
    gesamt: Counter,
    nach: Gliederung,
    weiter: Mapping[str, str],
) -> Matrix:
    """Counts by the values of a parameter that the list offers, in their order.

    ``gesamt`` is the count of all, for the last row: where one can stand in several rows, their
    sum is more.
    """
    angebot = angebote(bestand)[nach.parameter]
    paare = [(s.lage, wert) for s in staende for wert in s.ka.merkmale[nach.parameter]]
    anzahlen = Counter(paar for paar in paare if paar[1] in angebot.werte)
    je_wert = Counter(wert for _, wert in anzahlen.elements())
    spalten = tuple(lage for lage in Lage if lage in STATUS_LAGEN or gesamt[lage])
    laenge = max([nach.soll, *(n for wert, n in je_wert.items() if wert != OHNE)])

    def zeile(name: str, wert: str) -> Matrixzeile:
        je_lage = Counter({lage: anzahlen[lage, wert] for lage in spalten})
        balken = None
        if wert != OHNE and (je_wert[wert] or nach.soll):
            balken = charts.balken_der_lagen(name, je_lage, nach.soll, laenge, nach.rest_art)
        return _zeile(name, je_lage, weiter, {nach.parameter: wert}, balken)

    alle = Counter({lage: gesamt[lage] for lage in spalten})
    return Matrix(
        titel=f"Kernaktivitäten nach {angebot.name} und Status",
        merkmal=angebot.name,
        spalten=spalten,
        zeilen=tuple(zeile(name, wert) for wert, name in angebot.werte.items()),
        summe=_zeile("alle", alle, weiter, {}, None),
        mehrfach=je_wert.total() > gesamt.total(),
    )


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
