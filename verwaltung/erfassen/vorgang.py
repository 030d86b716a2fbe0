"""What is passed on: a decision as it was typed, and what became of it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from kernaktivitaeten.models import (
    Beschlusswirkung,
    Kernaktivitaet,
    Ratsbeschluss,
    Statusmeldung,
    Tranche,
)
from zielsystem.models import Zielelement


@dataclass(frozen=True)
class Zeile:
    """One row as it was typed; ``wirkung`` is empty for "betrifft"."""

    nummer: int
    ka: Kernaktivitaet | None
    titel: str
    kompetenz: Zielelement | None
    wirkung: str
    text: str
    nachfolger: Kernaktivitaet | None
    nachfolge_text: str
    vorbereitet: bool


@dataclass(frozen=True)
class Entscheidung:
    """What was typed, free of mistakes in single fields. ``werte`` are columns of the Beschluss."""

    werte: dict[str, Any]
    tranche: Tranche | None
    neue_tranche: int | None
    zeilen: tuple[Zeile, ...]


@dataclass(frozen=True)
class Folge:
    """What became of one row."""

    zeile: Zeile
    ka: Kernaktivitaet
    angelegt: bool
    geaendert: bool
    war_oeffentlich: bool
    tranche_vorher: Tranche | None
    nachfolge_vorher: str
    wirkung: Beschlusswirkung
    meldung: Statusmeldung | None

    @property
    def ort(self) -> str:
        """Which row of the form it is, in words."""
        return f"Zeile {self.zeile.nummer}, „{self.ka}“"

    @property
    def zeilen(self) -> list[Model]:
        """The rows of the database that it is about, in the order in which they are written."""
        return [self.ka, self.wirkung, *filter(None, [self.meldung])]


@dataclass(frozen=True)
class Ergebnis:
    beschluss: Ratsbeschluss
    tranche: Tranche | None
    folgen: tuple[Folge, ...]
