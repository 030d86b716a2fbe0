"""The columns of the workbook: how a value is written into a cell, and read from its text.

Each kind of cell knows four things: ``fuelle`` gives what the cell holds, ``text`` the one form in
which texts are compared, ``normal`` brings a typed text into that form, and ``eingabe`` gives what
the form of the administration takes. The last two raise ``ValueError`` with a German sentence.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property, reduce
from typing import Any

from django.db.models import Model, QuerySet
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from grundlage.zeitfeld import UnklareZeit, lies_termin, lies_zeitraum

from .lesen import zahltext

TAUSENDER = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?|-?\d+,\d+")
TRENNER = "; "


class Textzelle:
    """Words as they are."""

    auswahl: Iterable[str] = ()
    zahlformat = "@"

    def fuelle(self, wert: Any) -> Any:
        text = "" if wert is None else str(wert).replace("\r\n", "\n")
        return ILLEGAL_CHARACTERS_RE.sub("", text).strip()

    def text(self, wert: Any) -> str:
        return self.fuelle(wert)

    def normal(self, text: str) -> str:
        return text

    def eingabe(self, text: str) -> Any:
        return self.normal(text)


class Zahlzelle(Textzelle):
    """A number, in Excel or in German spelling."""

    zahlformat = "General"

    def fuelle(self, wert: Any) -> Any:
        if wert is None:
            return ""
        return int(wert) if wert == int(wert) else float(wert)

    def text(self, wert: Any) -> str:
        return "" if wert is None else zahltext(Decimal(wert))

    def normal(self, text: str) -> str:
        if TAUSENDER.fullmatch(text):
            return zahltext(Decimal(text.replace(".", "").replace(",", ".")))
        return text


class Zeitzelle(Textzelle):
    """A date as precise as known: "05/2017", "2021–2023"."""

    lies = staticmethod(lies_zeitraum)

    def fuelle(self, wert: Any) -> str:
        return wert.kurz if wert else ""

    def normal(self, text: str) -> str:
        try:
            return self.text(self.lies(text)) if text else ""
        except UnklareZeit:
            return text  # the form says what is wrong with it


class Terminzelle(Zeitzelle):
    """A due date: "bis 2030"."""

    lies = staticmethod(lies_termin)


class Tageszelle(Textzelle):
    """A single day."""

    def fuelle(self, wert: Any) -> str:
        return f"{wert:%d.%m.%Y}" if wert else ""

    def normal(self, text: str) -> str:
        try:
            return self.fuelle(datetime.strptime(text, "%d.%m.%Y")) if text else ""
        except ValueError:
            return text  # the form says what is wrong with it


class JaNeinZelle(Textzelle):
    """Yes or no; empty is no."""

    auswahl = ("ja", "nein")

    def fuelle(self, wert: Any) -> str:
        return "ja" if wert else "nein"

    def normal(self, text: str) -> str:
        if text.casefold() in ("", "nein", "ja"):
            return text.casefold() or "nein"
        raise ValueError(f"„{text}“ ist weder „ja“ noch „nein“.")

    def eingabe(self, text: str) -> bool:
        return self.normal(text) == "ja"


class Wortzelle(Textzelle):
    """One of the words of a list; the stored value is accepted, too."""

    def __init__(self, choices: Iterable[tuple[str, str]]) -> None:
        # "ab: gilt seitdem" is called "ab" in the workbook.
        self.worte = {wert: wort.split(":")[0] for wert, wort in choices}
        self.auswahl = tuple(self.worte.values())

    def fuelle(self, wert: Any) -> str:
        return self.worte.get(wert, "")

    def normal(self, text: str) -> str:
        return self.worte.get(self.eingabe(text), "")

    def eingabe(self, text: str) -> str:
        for wert, wort in self.worte.items():
            if text.casefold() in (wert.casefold(), wort.casefold()):
                return wert
        if text:
            raise ValueError(f"„{text}“ gibt es nicht. Möglich: {', '.join(self.auswahl)}.")
        return ""


def _gefaltet(text: str) -> str:
    return " ".join(text.split()).casefold()


class Verweiszelle(Textzelle):
    """Another row, written by its ``name`` attribute; read by ``kennung``, that, or its title."""

    def __init__(
        self, zeilen: Callable[[], QuerySet], name: str = "kennung", titel: str = "titel"
    ) -> None:
        self.zeilen, self.name, self.titel = zeilen, name, titel

    @cached_property
    def _alle(self) -> list[Model]:
        return list(self.zeilen())

    @cached_property
    def _verzeichnis(self) -> dict[str, list[Model]]:
        """Every spelling of every row, keys first: a title never hides a key."""
        verzeichnis: dict[str, list[Model]] = {}
        for zeile in self._alle:
            namen = (getattr(zeile, self.name), getattr(zeile, self.titel), str(zeile))
            for wort in {_gefaltet(str(name)) for name in namen}:
                verzeichnis.setdefault(wort, []).append(zeile)
        return verzeichnis | {_gefaltet(zeile.kennung): [zeile] for zeile in self._alle}

    @property
    def auswahl(self) -> tuple[str, ...]:
        return tuple(self.fuelle(zeile) for zeile in self._alle)

    def fuelle(self, wert: Any) -> str:
        """Its name, unless that would not lead back to it."""
        if wert is None:
            return ""
        name = str(getattr(wert, self.name))
        eindeutig = self._verzeichnis.get(_gefaltet(name)) == [wert] and ";" not in name
        return name if eindeutig else wert.kennung

    def normal(self, text: str) -> str:
        return self.fuelle(self.finde(text))

    def eingabe(self, text: str) -> Any:
        zeile = self.finde(text)
        return None if zeile is None else zeile.pk

    def finde(self, text: str) -> Model | None:
        if not text:
            return None
        treffer = self._verzeichnis.get(_gefaltet(text), [])
        if len(treffer) == 1:
            return treffer[0]
        if treffer:
            beispiele = ", ".join(zeile.kennung for zeile in treffer[:3])
            raise ValueError(
                f"„{text}“ gibt es mehrmals ({len(treffer)}). Nehmen Sie die Kennung, zum "
                f"Beispiel {beispiele}."
            )
        raise ValueError(f"„{text}“ gibt es im Portal nicht. Schreiben Sie Kennung oder Titel.")


class Verweiseliste(Verweiszelle):
    """Several rows, separated by semicolons, in the order of the list."""

    auswahl = ()

    def fuelle(self, wert: Any) -> str:
        return TRENNER.join(map(super().fuelle, wert or ()))

    def normal(self, text: str) -> str:
        return self.fuelle(self.eingabe(text))

    def eingabe(self, text: str) -> list[Model]:
        genannt = [self.finde(teil.strip()) for teil in text.split(";") if teil.strip()]
        if len({zeile.pk for zeile in genannt}) < len(genannt):
            raise ValueError("Ein Name steht hier doppelt.")
        return sorted(genannt, key=self._alle.index)


@dataclass(frozen=True)
class Mappenspalte:
    """A column; ``attribut`` is also the name of the field in the form of the administration.

    ``fest`` may not change once the row exists, ``ansicht`` is only there to be looked at;
    ``anderswo`` says where it is changed instead, for stored and new rows alike; ``hole`` gives
    the value where it is no attribute of the row.
    """

    kopf: str
    attribut: str
    zelle: Textzelle = field(default_factory=Textzelle)
    fest: bool = False
    ansicht: bool = False
    anderswo: str = ""
    hole: Callable[[Model], Any] | None = None
    breite: int = 18
    hinweis: str = ""

    def wert(self, zeile: Model) -> Any:
        return self.hole(zeile) if self.hole else reduce(getattr, self.attribut.split("__"), zeile)

    def text(self, zeile: Model) -> str:
        """The value of a stored row in the form in which texts are compared."""
        return self.zelle.text(self.wert(zeile))
