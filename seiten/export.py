"""The list of Kernaktivitäten as CSV and JSON: complete, with the same parameters."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.datastructures import MultiValueDict

from kernaktivitaeten.models import Verantwortung

from .bestand import Bestand, fakten
from .filter import lies_filter
from .liste import lies_sortierung, sortiert

SPALTEN = (
    "kompetenz",
    "nr",
    "titel",
    "slug",
    "status",
    "status_seit",
    "status_stand",
    "schwerpunkte",
    "tranche",
    "querschnittsthemen",
    "linienverantwortung",
    "url",
)
# A cell that begins with one of these is a formula to a spreadsheet.
FORMELZEICHEN = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"


def als_json(
    bestand: Bestand, parameter: MultiValueDict, stichtag: date, wurzel: str
) -> dict[str, Any]:
    """``{"stichtag", "anzahl", "kernaktivitaeten"}``; ``wurzel`` as "https://…" without slash."""
    zeilen = list(_zeilen(bestand, parameter, stichtag, wurzel))
    return {
        "stichtag": stichtag.isoformat(),
        "anzahl": len(zeilen),
        "kernaktivitaeten": zeilen,
    }


def als_csv(bestand: Bestand, parameter: MultiValueDict, stichtag: date, wurzel: str) -> str:
    """The same as text for a spreadsheet."""
    zeilen = _zeilen(bestand, parameter, stichtag, wurzel)
    return tabelle(SPALTEN, ([zeile[spalte] for spalte in SPALTEN] for zeile in zeilen))


def tabelle(kopf: Iterable[str], zeilen: Iterable[Iterable[Any]]) -> str:
    """CSV for a spreadsheet: BOM, semicolons, several values parted by "|"; days are ISO."""
    ausgabe = io.StringIO()
    ausgabe.write(BOM)
    schreiber = csv.writer(ausgabe, delimiter=";", lineterminator="\r\n")
    schreiber.writerow(kopf)
    schreiber.writerows([_zelle(wert) for wert in zeile] for zeile in zeilen)
    return ausgabe.getvalue()


def _zelle(wert: Any) -> str:
    text = "|".join(wert) if isinstance(wert, list) else str(wert)
    return f"'{text}" if text.startswith(FORMELZEICHEN) else text


def _zeilen(
    bestand: Bestand, parameter: MultiValueDict, stichtag: date, wurzel: str
) -> Iterator[dict[str, Any]]:
    """One dictionary a Kernaktivität; unknown values are empty, days are ISO.

    A day is the one from which the statement counts (``zaehlt_ab``), also where the source is
    less exact.
    """
    auswahl = lies_filter(bestand, parameter, suche_am=stichtag)
    sortierung = lies_sortierung(parameter, auswahl, [])
    gefiltert = auswahl.wende_an(bestand.am(stichtag))
    for stand in sortiert(gefiltert, sortierung, stichtag, auswahl.treffer):
        ka, bild = stand.ka, stand.lagebild
        yield {
            "kompetenz": ka.kompetenz.titel,
            "nr": ka.nr,
            "titel": ka.titel,
            "slug": ka.slug,
            "status": bild.status,
            "status_seit": bild.seit_tag.isoformat() if bild.seit_tag else "",
            "status_stand": bild.stand_tag.isoformat() if bild.stand_tag else "",
            "schwerpunkte": [z.schwerpunkt.titel for z in ka.zuordnungen],
            "tranche": str(ka.tranche.nr) if ka.tranche else "",
            "querschnittsthemen": [z.thema.titel for z in ka.querschnittszuordnungen],
            "linienverantwortung": list(dict.fromkeys(_linie(ka, stichtag))),
            "url": f"{wurzel}{ka.pfad}",
        }


def _linie(ka: fakten.Kernaktivitaet, stichtag: date) -> Iterator[str]:
    """The offices that answer in the line on the day; never the name of a person."""
    for verantwortung in ka.verantwortungen:
        if verantwortung.rolle == Verantwortung.Rolle.LINIE and verantwortung.gilt_am(stichtag):
            yield from filter(None, [verantwortung.amt])
