"""The page of counts: Kompetenz by status, Tranche by status, and what the city published."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kernaktivitaeten import charts
from kernaktivitaeten.filter import Zahl, listenadresse, mit_parametern
from kernaktivitaeten.models import OHNE, Bilanz, Kernaktivitaet, Lage, Tranche
from kernaktivitaeten.models.abfragen import KernaktivitaetQuerySet
from zielsystem.models import Ebene, Zielelement
from zielsystem.rules import (
    SOLL_KERNAKTIVITAETEN,
    SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ,
    SOLL_KERNAKTIVITAETEN_JE_TRANCHE,
)

STATUS_LAGEN = (Lage.UMGESETZT, Lage.LAUFEND, Lage.EINGESTELLT, Lage.UEBERFUEHRT)


@dataclass(frozen=True)
class Zeile:
    """One row of a matrix: name, a number a column, their sum, and the same as a bar."""

    name: str
    zahlen: tuple[Zahl, ...]
    summe: Zahl
    balken: charts.Balken | None


@dataclass(frozen=True)
class Matrix:
    """A table of counts with its sums."""

    titel: str
    merkmal: str
    spalten: tuple[Lage, ...]
    zeilen: tuple[Zeile, ...]
    summe: Zeile


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
class Bilanzseite:
    stichtag: date
    weiter: str
    gesamt: Zahl
    soll: int
    angaben: str
    je_kompetenz: Matrix
    je_tranche: Matrix
    veroeffentlicht: tuple[VeroeffentlichteBilanz, ...]


def bilanz(stichtag: date, weiter: Mapping[str, str]) -> Bilanzseite:
    """The page ``/bilanz/`` for a day."""
    alle = Kernaktivitaet.objects.oeffentlich()
    am_tag = alle.zum(stichtag)
    kompetenzen = Zielelement.objects.filter(ebene=Ebene.KOMPETENZ)
    tranchen = [(t.nr, str(t), str(t.nr)) for t in Tranche.objects.all()]
    je_kompetenz = _matrix(
        "Kernaktivitäten je Kompetenz und Status",
        "kompetenz",
        [(k.slug, k.titel, k.slug) for k in kompetenzen],
        am_tag.zaehle("kompetenz__slug"),
        SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ,
        weiter,
    )
    return Bilanzseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        gesamt=je_kompetenz.summe.summe,
        soll=SOLL_KERNAKTIVITAETEN,
        angaben=angaben_zeitraum(am_tag),
        je_kompetenz=je_kompetenz,
        je_tranche=_matrix(
            "Kernaktivitäten je Tranche und Status",
            "tranche",
            [*tranchen, (None, "Tranche nicht belegt", OHNE)],
            am_tag.zaehle("tranche__nr"),
            SOLL_KERNAKTIVITAETEN_JE_TRANCHE,
            weiter,
        ),
        veroeffentlicht=_veroeffentlicht(alle, stichtag),
    )


def angaben_zeitraum(am_tag: KernaktivitaetQuerySet) -> str:
    """On which statements the counts rest: "Angaben vom 25.08.2022 bis 08/2024"."""
    belegt = am_tag.exclude(meldung=None)
    erste = belegt.order_by("stand_zaehlt_ab").first()
    letzte = belegt.order_by("stand_zaehlt_ab").last()
    if erste is None:
        return "Für diesen Tag liegt keine Angabe vor"
    von, bis = erste.lagebild.stand.kurz, letzte.lagebild.stand.kurz
    return f"Angaben mit Stand {von}" if von == bis else f"Angaben vom {von} bis {bis}"


def _matrix(
    titel: str,
    merkmal: str,
    gruppen: Sequence[tuple],
    anzahlen: Counter,
    soll: int,
    weiter: Mapping[str, str],
) -> Matrix:
    """``gruppen`` are (key in ``anzahlen``, name, value of the filter ``merkmal``)."""
    je_lage, je_gruppe = Counter(), Counter()
    for (lage, gruppe), anzahl in anzahlen.items():
        je_lage[lage] += anzahl
        je_gruppe[gruppe] += anzahl
    spalten = tuple(lage for lage in Lage if lage in STATUS_LAGEN or je_lage[lage])
    bezug = {g: n for g, n in je_gruppe.items() if g is not None}
    laenge = charts.gemeinsame_laenge(bezug, soll)

    def zeile(name: str, wert: str, gruppe) -> Zeile:
        stuecke = [(lage.value, lage.label, anzahlen[lage, gruppe]) for lage in spalten]
        balken = None if gruppe is None else charts.balken(name, stuecke, soll, laenge)
        return _zeile(name, stuecke, weiter, {merkmal: wert}, balken)

    zeilen = tuple(zeile(name, wert, gruppe) for gruppe, name, wert in gruppen)
    stuecke = [(lage.value, lage.label, je_lage[lage]) for lage in spalten]
    summe = _zeile("zusammen", stuecke, weiter, {}, None)
    return Matrix(titel, merkmal.capitalize(), spalten, zeilen, summe)


def _zeile(
    name: str,
    stuecke: Sequence[tuple[str, str, int]],
    weiter: Mapping[str, str],
    auswahl: Mapping[str, str],
    balken: charts.Balken | None,
) -> Zeile:
    """A row of the numbers ``stuecke`` (value of the filter status, word, number)."""
    return Zeile(
        name,
        tuple(
            Zahl(anzahl, listenadresse(weiter, status=lage, **auswahl))
            for lage, _, anzahl in stuecke
        ),
        Zahl(sum(anzahl for *_, anzahl in stuecke), listenadresse(weiter, **auswahl)),
        balken,
    )


def _veroeffentlicht(
    alle: KernaktivitaetQuerySet, stichtag: date
) -> tuple[VeroeffentlichteBilanz, ...]:
    """The Bilanzen up to the day, newest first, each beside our count of its own day."""
    bilanzen = list(Bilanz.objects.filter(datum_bis__lte=stichtag).select_related("quelle"))
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
        zeilen.append(("eingestellt oder überführt", eintrag.eingestellt_ueberfuehrt, beide))
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
