"""The list of Kernaktivitäten as CSV and JSON: complete, with the same parameters."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.datastructures import MultiValueDict

from kernaktivitaeten.models import Kernaktivitaet, Querschnittszuordnung, Verantwortung, Zuordnung

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


def als_json(parameter: MultiValueDict, stichtag: date, wurzel: str) -> dict[str, Any]:
    """``{"stichtag", "anzahl", "kernaktivitaeten"}``; ``wurzel`` as "https://…" without slash."""
    zeilen = list(_zeilen(parameter, stichtag, wurzel))
    return {
        "stichtag": stichtag.isoformat(),
        "anzahl": len(zeilen),
        "kernaktivitaeten": zeilen,
    }


def als_csv(parameter: MultiValueDict, stichtag: date, wurzel: str) -> str:
    """The same as text for a spreadsheet."""
    zeilen = _zeilen(parameter, stichtag, wurzel)
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


def _zeilen(parameter: MultiValueDict, stichtag: date, wurzel: str) -> Iterator[dict[str, Any]]:
    """One dictionary a Kernaktivität; unknown values are empty, days are ISO.

    A day is the one from which the statement counts (``zaehlt_ab``), also where the source is
    less exact.
    """
    auswahl = lies_filter(parameter, suche_am=stichtag)
    gefiltert = auswahl.wende_an(Kernaktivitaet.objects.oeffentlich().zum(stichtag))
    sortierung = lies_sortierung(parameter, auswahl, [])
    je_pk = {ka.pk: ka for ka in _mit_beziehungen(gefiltert)}
    for eintrag in sortiert(gefiltert, sortierung, stichtag, auswahl.treffer):
        ka = je_pk[eintrag.pk]
        bild = ka.lagebild
        yield {
            "kompetenz": ka.kompetenz.titel,
            "nr": ka.nr,
            "titel": ka.titel,
            "slug": ka.slug,
            "status": bild.status,
            "status_seit": bild.seit_tag.isoformat() if bild.seit_tag else "",
            "status_stand": bild.stand_tag.isoformat() if bild.stand_tag else "",
            "schwerpunkte": [z.schwerpunkt.titel for z in ka.zuordnungen.all()],
            "tranche": str(ka.tranche.nr) if ka.tranche else "",
            "querschnittsthemen": [z.thema.titel for z in ka.querschnittszuordnungen.all()],
            "linienverantwortung": list(dict.fromkeys(_linie(ka, stichtag))),
            "url": f"{wurzel}{ka.get_absolute_url()}",
        }


def _linie(ka: Kernaktivitaet, stichtag: date) -> Iterator[str]:
    """The offices that answer in the line on the day; never the name of a person."""
    for verantwortung in ka.verantwortungen.all():
        if verantwortung.rolle == Verantwortung.Rolle.LINIE and verantwortung.gilt_am(stichtag):
            yield from filter(None, [verantwortung.amt])


def _mit_beziehungen(kernaktivitaeten):
    return kernaktivitaeten.select_related("kompetenz", "tranche").prefetch_related(
        Prefetch("zuordnungen", Zuordnung.objects.select_related("schwerpunkt")),
        Prefetch("querschnittszuordnungen", Querschnittszuordnung.objects.select_related("thema")),
        Prefetch("verantwortungen", Verantwortung.objects.mit_aemtern()),
    )
