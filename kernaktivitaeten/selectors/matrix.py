"""A table of counts: the values of one parameter by status, each number a link to its list."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bochum_strategie.auswahl import Zahl
from kernaktivitaeten import charts
from kernaktivitaeten.filter import MERKMALE, listenadresse
from kernaktivitaeten.models import OHNE, Lage
from kernaktivitaeten.models.abfragen import KernaktivitaetQuerySet

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


def matrix(
    am_tag: KernaktivitaetQuerySet,
    gesamt: Counter,
    parameter: str,
    feld: str,
    weiter: Mapping[str, str],
    *,
    soll: int = 0,
    rest_art: tuple[str, str] = charts.NOCH_FREI,
) -> Matrix:
    """Counts by the values of ``parameter`` that the list offers, in their order.

    ``feld`` is the path of the value from the Kernaktivität; ``gesamt`` the count of all by
    ``(lage,)``, for the last row: where one can stand in several rows, their sum is more.
    """
    frage, angebot = MERKMALE[parameter][0], MERKMALE[parameter][1]()
    anzahlen = Counter({(art, str(w)): n for (art, w), n in am_tag.zaehle(feld).items() if w})
    if OHNE in angebot.werte:
        ohne = getattr(am_tag, frage)(OHNE).zaehle()
        anzahlen.update({(art, OHNE): n for (art,), n in ohne.items()})
    je_wert: Counter = Counter()
    for (_, wert), anzahl in anzahlen.items():
        je_wert[wert] += anzahl
    spalten = tuple(lage for lage in Lage if lage in STATUS_LAGEN or gesamt[(lage.value,)])
    laenge = max([soll, *(n for wert, n in je_wert.items() if wert != OHNE)])

    def zeile(name: str, je_lage: Mapping[Lage, int], summe: int, auswahl: dict) -> Zeile:
        stuecke = [(lage.value, lage.label, je_lage[lage]) for lage in spalten]
        gezeichnet = auswahl and OHNE not in auswahl.values() and (summe or soll)
        return Zeile(
            name,
            tuple(
                (lage, Zahl(je_lage[lage], listenadresse(weiter, status=lage.value, **auswahl)))
                for lage in spalten
            ),
            Zahl(summe, listenadresse(weiter, **auswahl)),
            charts.balken(name, stuecke, soll, laenge, rest_art) if gezeichnet else None,
        )

    return Matrix(
        titel=f"Kernaktivitäten nach {angebot.name} und Status",
        merkmal=angebot.name,
        spalten=spalten,
        zeilen=tuple(
            zeile(
                name,
                {lage: anzahlen[lage.value, wert] for lage in spalten},
                je_wert[wert],
                {parameter: wert},
            )
            for wert, name in angebot.werte.items()
        ),
        summe=zeile("alle", {lage: gesamt[(lage.value,)] for lage in spalten}, gesamt.total(), {}),
        mehrfach=je_wert.total() > gesamt.total(),
    )
