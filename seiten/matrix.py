"""A table of counts: the values of one parameter by status, each number a link to its list."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Expression

from kernaktivitaeten.models import OHNE, Lage
from kernaktivitaeten.models.abfragen import KernaktivitaetQuerySet

from . import charts
from .auswahl import Angebot, Zahl
from .filter import MERKMALE, listenadresse

STATUS_LAGEN = (Lage.UMGESETZT, Lage.LAUFEND, Lage.EINGESTELLT, Lage.UEBERFUEHRT)


@dataclass(frozen=True)
class Zeile:
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
    zeilen: tuple[Zeile, ...]
    summe: Zeile
    mehrfach: bool


@dataclass(frozen=True)
class Gliederung:
    """By what to count: a parameter of the list, the path of its value from the Kernaktivität,
    the target of each row, and what to call that which is missing to it."""

    parameter: str
    feld: str | Expression
    soll: int = 0
    rest_art: tuple[str, str] = charts.NOCH_FREI


def matrix(
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

    def zeile(name: str, wert: str) -> Zeile:
        stuecke = [(lage, anzahlen[lage.value, wert]) for lage in spalten]
        gezeichnet = wert != OHNE and (je_wert[wert] or nach.soll)
        balken = _balken(name, stuecke, laenge, nach) if gezeichnet else None
        return _zeile(name, stuecke, weiter, {nach.parameter: wert}, balken)

    alle = [(lage, gesamt[(lage.value,)]) for lage in spalten]
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
    stuecke: list[tuple[Lage, int]],
    weiter: Mapping[str, str],
    auswahl: Mapping[str, str],
    balken: charts.Balken | None,
) -> Zeile:
    return Zeile(
        name,
        tuple(
            (lage, Zahl(anzahl, listenadresse(weiter, status=lage.value, **auswahl)))
            for lage, anzahl in stuecke
        ),
        Zahl(sum(anzahl for _, anzahl in stuecke), listenadresse(weiter, **auswahl)),
        balken,
    )


def _balken(
    name: str, stuecke: list[tuple[Lage, int]], laenge: int, nach: Gliederung
) -> charts.Balken:
    benannt = [(lage.value, lage.label, anzahl) for lage, anzahl in stuecke]
    return charts.balken(name, benannt, nach.soll, laenge, nach.rest_art)
