"""Columns that name other rows, by their key or their title."""

from collections.abc import Callable
from functools import cached_property

from django.db.models import Model, QuerySet

from .spalten import Text

TRENNER = "; "


def _gefaltet(text: str) -> str:
    return " ".join(text.split()).casefold()


class Verweis(Text):
    """Another row, written by its ``name`` attribute; read by ``kennung``, that, or its title."""

    def __init__(
        self, zeilen: Callable[[], QuerySet], name: str = "kennung", titel: str = "titel"
    ) -> None:
        super().__init__()
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
        return tuple(self.render(zeile) for zeile in self._alle)

    def render(self, value, obj=None, **kwargs):
        """Its name, unless that would not lead back to it."""
        if value is None:
            return ""
        name = str(getattr(value, self.name))
        eindeutig = self._verzeichnis.get(_gefaltet(name)) == [value] and ";" not in name
        return name if eindeutig else value.kennung

    def normal(self, text: str) -> str:
        return self.render(self.finde(text))

    def clean(self, value, row=None, **kwargs):
        zeile = self.finde(value)
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


class Verweise(Verweis):
    """Several rows, separated by semicolons, in the order of the list."""

    def render(self, value, obj=None, **kwargs):
        return TRENNER.join(super(Verweise, self).render(zeile) for zeile in value or ())

    @property
    def auswahl(self) -> tuple[str, ...]:
        return ()

    def normal(self, text: str) -> str:
        return self.render(self.finde_alle(text))

    def clean(self, value, row=None, **kwargs):
        return self.finde_alle(value)

    def finde_alle(self, text: str) -> list[Model]:
        genannt = [self.finde(teil.strip()) for teil in text.split(";") if teil.strip()]
        if len({zeile.pk for zeile in genannt}) < len(genannt):
            raise ValueError("Ein Name steht hier doppelt.")
        return sorted(genannt, key=self._alle.index)
