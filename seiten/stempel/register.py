"""The register as a table for the office."""

import csv
import io
from collections.abc import Iterable

from stempel.models import Stempelung

SPALTEN = (
    *("gestempelt_am", "code", "kernaktivitaet", "art", "zweck", "text", "farbe", "dateiname"),
    *("sha256", "gestempelt_von", "zurueckgezogen_am", "grund", "auskunft"),
)
# A cell that begins with one of these is a formula to a spreadsheet.
FORMELZEICHEN = ("=", "+", "-", "@", "\t", "\r", "\n")


def register_csv(stempelungen: Iterable[Stempelung], portal: str) -> str:
    """For a spreadsheet: BOM, semicolons, days as year-month-day."""
    ausgabe = io.StringIO()
    ausgabe.write("\ufeff")
    schreiber = csv.writer(ausgabe, delimiter=";", lineterminator="\r\n")
    schreiber.writerow(SPALTEN)
    for s in stempelungen:
        zeile = (
            *(s.am, s.code, s.kernaktivitaet, s.get_art_display(), s.zweck),
            *(s.get_variante_display(), s.get_farbe_display(), s.dateiname, s.sha256),
            *(s.nutzer, s.zurueckgezogen_am or "", s.rueckzug_grund),
            portal + s.get_absolute_url(),
        )
        schreiber.writerow([_zelle(str(wert)) for wert in zeile])
    return ausgabe.getvalue()


def _zelle(text: str) -> str:
    return f"'{text}" if text.startswith(FORMELZEICHEN) else text
