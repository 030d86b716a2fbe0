"""What all facts have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Self

from grundlage.zeitangabe import Zeitangabe


class Wort(str):
    """A stored value out of a list of choices; ``label`` is how it is said."""

    label: str

    def __new__(cls, wert: str, label: str) -> Self:
        wort = super().__new__(cls, wert)
        wort.label = label
        return wort


def wie(eigenschaft: property | Callable) -> Any:
    """A property of a model, or a method without arguments, worked out once per fact."""
    gelesen = eigenschaft.fget if isinstance(eigenschaft, property) else eigenschaft
    return cached_property(gelesen)  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False)
class Fakt:
    """A row, equal to nothing but itself."""

    pk: int

    # Templates try an item first, and would raise and catch an error at every attribute.
    __getitem__ = object.__getattribute__


@dataclass(frozen=True, eq=False)
class Datiertes(Fakt):
    """A row with a date as precise as its source."""

    datum_von: date | None
    datum_bis: date | None
    genauigkeit: str

    zeit = wie(Zeitangabe.zeit)
