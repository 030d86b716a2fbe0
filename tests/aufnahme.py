"""What takes many requests to make is made once, and laid down again as its rows."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

from django.apps import apps
from django.db import models, transaction

from grundlage.datenstand import Datenstand, erhoehe_datenstand
from seiten.bestand import lager

T = TypeVar("T")
# For accounts that belong to what is laid down: a test may have made its own before.
FREIER_SCHLUESSEL = 4711


def lege(mache: Callable[[], T]) -> T:
    """Lays down the rows that ``mache`` wrote when it ran, once a process; returns its result.

    The result holds rows as they were then: who uses one reads it anew. ``mache`` adds rows and
    changes none, and builds on none that is not laid down with it.
    """
    ergebnis, neue = _nimm_auf(mache)
    for modell, zeilen in neue.items():
        models.QuerySet(modell).bulk_create(zeilen)
    erhoehe_datenstand()
    return ergebnis


@cache
def _nimm_auf(mache: Callable[[], T]) -> tuple[T, dict[type[models.Model], list[models.Model]]]:
    with transaction.atomic():
        vorher = _alle_zeilen()
        ergebnis = mache()
        nachher = _alle_zeilen()
        transaction.set_rollback(True)
    lager.leere()  # the rollback takes the Datenstand back
    andere = {type(zeile) for zeile, werte in vorher.items() if nachher.get(zeile) != werte}
    assert andere <= {Datenstand}, andere
    neue: dict[type[models.Model], list[models.Model]] = {}
    for zeile in nachher.keys() - vorher.keys():
        neue.setdefault(type(zeile), []).append(zeile)
    return ergebnis, neue


def _alle_zeilen() -> dict[models.Model, tuple]:
    return {
        zeile: tuple(getattr(zeile, feld.attname) for feld in zeile._meta.concrete_fields)
        for modell in apps.get_models(include_auto_created=True)
        if not modell._meta.proxy
        for zeile in modell._base_manager.all()
    }
