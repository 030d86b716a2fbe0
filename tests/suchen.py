"""Searching without a page: what is found, in the order of the page."""

from datetime import date

from seiten.bestand import aktueller_bestand
from seiten.suche import finde

HEUTE = date(2026, 12, 1)


def funde(anfrage: str) -> list[str]:
    """The addresses of the hits in the order of the page, without the cost of rendering it."""
    ergebnis = finde(aktueller_bestand(), anfrage, HEUTE)
    return [eintrag.adresse for gruppe in ergebnis.je_art.values() for eintrag in gruppe]
