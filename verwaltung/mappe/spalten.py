"""The columns of the workbook: how a value is written into a cell, and read from its text.

Each kind is a widget of django-import-export. ``render`` gives what the cell holds, ``normal``
brings a typed text into the one form in which texts are compared, ``clean`` gives what the form
of the administration takes as input. Both raise ``ValueError`` with a German sentence.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model
from import_export.fields import Field
from import_export.widgets import Widget
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from grundlage.zeitfeld import UnklareZeit, lies_termin, lies_zeitraum

from .lesen import zahltext

TAUSENDER = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?|-?\d+,\d+")


class Spalte(Field):
    """A column; ``attribute`` is also the name of the field in the form of the administration.

    ``fest`` may not change once the row exists, ``ansicht`` is only there to be looked at;
    ``anderswo`` says where it is changed instead, for stored and new rows alike; ``hole`` gives
    the value where it is no attribute of the row.
    """

    def __init__(
        self,
        column_name: str,
        attribute: str,
        widget: Widget | None = None,
        *,
        fest: bool = False,
        ansicht: bool = False,
        anderswo: str = "",
        hole: Callable[[Model], Any] | None = None,
        breite: int = 18,
        hinweis: str = "",
    ) -> None:
        super().__init__(attribute, column_name, widget or Text(), readonly=ansicht)
        self.fest, self.ansicht, self.anderswo, self.hole = fest, ansicht, anderswo, hole
        self.breite, self.hinweis = breite, hinweis

    def get_value(self, instance: Model) -> Any:
        return self.hole(instance) if self.hole else super().get_value(instance)

    def text(self, instance: Model) -> str:
        """The value of a stored row in the form in which texts are compared."""
        return self.widget.text(self.get_value(instance))


class Text(Widget):
    """Words as they are."""

    auswahl: Iterable[str] = ()
    zahlformat = "@"

    def render(self, value, obj=None, **kwargs):
        text = "" if value is None else str(value).replace("\r\n", "\n")
        return ILLEGAL_CHARACTERS_RE.sub("", text).strip()

    def text(self, value) -> str:
        return self.render(value)

    def normal(self, text: str) -> str:
        return text

    def clean(self, value, row=None, **kwargs):
        return self.normal(value)


class Zahl(Text):
    """A number, in Excel or in German spelling."""

    zahlformat = "General"

    def render(self, value, obj=None, **kwargs):
        if value is None:
            return ""
        return int(value) if value == int(value) else float(value)

    def text(self, value) -> str:
        return "" if value is None else zahltext(Decimal(value))

    def normal(self, text: str) -> str:
        if TAUSENDER.fullmatch(text):
            return zahltext(Decimal(text.replace(".", "").replace(",", ".")))
        return text


class Zeit(Text):
    """A date as precise as known: "05/2017", "2021–2023"."""

    lies = staticmethod(lies_zeitraum)

    def text(self, value) -> str:
        return value.kurz if value else ""

    def render(self, value, obj=None, **kwargs):
        return self.text(value)

    def normal(self, text: str) -> str:
        try:
            return self.text(self.lies(text)) if text else ""
        except UnklareZeit:
            return text  # the form says what is wrong with it


class Termin(Zeit):
    """A due date: "bis 2030"."""

    lies = staticmethod(lies_termin)


class Tag(Text):
    """A single day."""

    def render(self, value, obj=None, **kwargs):
        return f"{value:%d.%m.%Y}" if value else ""

    def normal(self, text: str) -> str:
        try:
            return self.render(datetime.strptime(text, "%d.%m.%Y")) if text else ""
        except ValueError:
            return text  # the form says what is wrong with it


class JaNein(Text):
    """Yes or no; empty is no."""

    auswahl = ("ja", "nein")

    def render(self, value, obj=None, **kwargs):
        return "ja" if value else "nein"

    def normal(self, text: str) -> str:
        if text.casefold() in ("", "nein", "ja"):
            return text.casefold() or "nein"
        raise ValueError(f"„{text}“ ist weder „ja“ noch „nein“.")

    def clean(self, value, row=None, **kwargs):
        return self.normal(value) == "ja"


class Auswahl(Text):
    """One of the words of a list; the stored value is accepted, too."""

    def __init__(self, choices: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        # "ab: gilt seitdem" is called "ab" in the workbook.
        self.worte = {wert: wort.split(":")[0] for wert, wort in choices}
        self.auswahl = tuple(self.worte.values())

    def render(self, value, obj=None, **kwargs):
        return self.worte.get(value, "")

    def normal(self, text: str) -> str:
        return self.worte.get(self._wert(text), "")

    def clean(self, value, row=None, **kwargs):
        return self._wert(value)

    def _wert(self, text: str) -> str:
        for wert, wort in self.worte.items():
            if text.casefold() in (wert.casefold(), wort.casefold()):
                return wert
        if text:
            raise ValueError(f"„{text}“ gibt es nicht. Möglich: {', '.join(self.auswahl)}.")
        return ""
