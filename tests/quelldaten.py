"""The source rows that the delivered data are compared with, read from tests/quelle/."""

import csv
from calendar import monthrange
from datetime import date
from functools import cache
from pathlib import Path

ORDNER = Path(__file__).parent / "quelle"
# The kinds of sources whose facts belong to the delivered data.
AUSGELIEFERT = frozenset({"stadt", "einrichtung", "medium"})


@cache
def zeilen(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``<name>.csv``; an empty field is an empty string."""
    with (ORDNER / f"{name}.csv").open(encoding="utf-8", newline="") as datei:
        return tuple(csv.DictReader(datei))


def mehrere(feld: str) -> list[str]:
    """The values of a field that ``|`` separates."""
    return feld.split("|") if feld else []


def adresse(quelle: str) -> str:
    """The address of a source as stored: the presentation has none."""
    return "" if quelle == "Präsentation" else quelle


def tag(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def erster_tag(text: str, genauigkeit: str) -> date | None:
    """The first day of the day, month or year that ``text`` lies in."""
    if not text:
        return None
    datum = date.fromisoformat(text)
    monat = 1 if genauigkeit == "jahr" else datum.month
    return datum if genauigkeit == "tag" else date(datum.year, monat, 1)


def letzter_tag(text: str, genauigkeit: str) -> date | None:
    """The last day of the day, month or year that ``text`` lies in."""
    if not text:
        return None
    datum = date.fromisoformat(text)
    monat = 12 if genauigkeit == "jahr" else datum.month
    ende = date(datum.year, monat, monthrange(datum.year, monat)[1])
    return datum if genauigkeit == "tag" else ende


def praesentation() -> str:
    return (ORDNER / "praesentation-2024-08.txt").read_text(encoding="utf-8")


def verdichtet(text: str) -> str:
    """Without white space and line-end hyphens: the slides break titles where they please."""
    return "".join(text.replace("-\n", "").split())


KA_ZEILEN = zeilen("kernaktivitaeten")
FAKTEN = [zeile for zeile in zeilen("fakten") if zeile["quelle_art"] in AUSGELIEFERT]
NUR_ABGLEICH = [zeile for zeile in zeilen("fakten") if zeile["quelle_art"] not in AUSGELIEFERT]
# The sum row of the third Tranche is a milestone, not a decision of its own.
SUMMENZEILE = "Beschlüsse zu 25 Kernaktivitäten (3. Tranche)"
BESCHLUESSE = [
    zeile
    for zeile in zeilen("beschluesse")
    if zeile["quelle_art"] != "privat" and zeile["titel"] != SUMMENZEILE
]
# Tranche of the source → number, and the part as its Beschluss is called.
TEILE = {"1": (1, ""), "2": (2, ""), "3a": (3, "erster Teil"), "3b": (3, "zweiter Teil (KA23)")}

Schluessel = tuple[str, int]  # the title of the Kompetenz and the number within it


def schluessel(zeile: dict[str, str]) -> Schluessel:
    return zeile["kompetenz"], int(zeile["nr"])


def ka(zeile) -> Schluessel:
    """The same for a row of ours that belongs to a Kernaktivität."""
    return zeile.kernaktivitaet.kompetenz.titel, zeile.kernaktivitaet.nr


def zu_ka(modell):
    """All rows of the model with what ``ka`` and a look at the source need."""
    return modell.objects.select_related("kernaktivitaet__kompetenz", "quelle")
