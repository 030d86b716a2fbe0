"""Who looks: readers see what is public; an editor in a preview sees drafts as well.

The one switch that every filter of what readers may see asks. Nothing else may open them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db.models import Q, QuerySet


@dataclass(frozen=True)
class Blick:
    """What is seen beyond the public: of these Kernaktivitäten, or of all (``None``)."""

    kernaktivitaeten: tuple[int, ...] | None = None


_vorschau: ContextVar[Blick | None] = ContextVar("vorschau", default=None)


def in_vorschau() -> bool:
    return _vorschau.get() is not None


@contextmanager
def mit_vorschau(vorschau: Blick) -> Iterator[None]:
    """Opens the filters for what is rendered inside."""
    merkmal = _vorschau.set(vorschau)
    try:
        yield
    finally:
        _vorschau.reset(merkmal)


def sichtbare(zeilen: QuerySet, oeffentlich: Q, kernaktivitaet: str) -> QuerySet:
    """The rows that are ``oeffentlich``, in a preview also those of its Kernaktivitäten.

    ``kernaktivitaet`` is the field by which a row names its Kernaktivität ("pk" for itself).
    """
    vorschau = _vorschau.get()
    if vorschau is None:
        return zeilen.filter(oeffentlich)
    if vorschau.kernaktivitaeten is None:
        return zeilen
    return zeilen.filter(oeffentlich | Q(**{f"{kernaktivitaet}__in": vorschau.kernaktivitaeten}))
