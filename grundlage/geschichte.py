"""The history of every public row: who changed what, when, and what it was before.

Recorded is what ``save`` and ``delete`` do, whoever calls them. Fixtures and the bulk methods are
not: the delivered rows would only be written twice. So that nothing is lost by that, the first
change of a row without a history records its former state, too.
"""

from collections.abc import Iterable
from functools import cache

from django.db import models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

AUSGANGSSTAND = "Ausgangsstand vor der ersten Änderung"


class Fassungen(HistoryManager):
    """The library makes a class of its manager at every look at a history: here it is kept."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class, class_name=None):
        return super().from_queryset(queryset_class, class_name)


class Geschichte(HistoricalRecords):
    """History of a model without the columns that it names in ``ohne_geschichte``."""

    def __init__(self, **einstellungen):
        super().__init__(history_manager=Fassungen, **einstellungen)

    def fields_included(self, model):
        felder = super().fields_included(model)
        return [feld for feld in felder if feld.name not in model.ohne_geschichte]

    def create_history_model(self, model, inherited):
        fassungen = super().create_history_model(model, inherited)
        # They are read from the present row when an old version is taken up again.
        fassungen._history_excluded_fields = model.ohne_geschichte
        return fassungen

    def get_meta_options(self, model):
        namen = {
            "verbose_name": f"Fassung: {model._meta.verbose_name}",
            "verbose_name_plural": f"Fassungen: {model._meta.verbose_name_plural}",
        }
        return super().get_meta_options(model) | namen


def halte_ausgangsstand_fest(zeile: models.Model) -> None:
    """Records the stored state of ``zeile`` when its history is still empty."""
    modell = type(zeile)
    if modell.geschichte.filter(id=zeile.pk).exists():
        return
    vorher = modell._base_manager.filter(pk=zeile.pk).first()
    if vorher is not None:
        vorher._history_user = None  # nobody knows who made it
        modell.geschichte.bulk_history_create([vorher], default_change_reason=AUSGANGSSTAND)


def letzter_stand(fassung: models.Model) -> models.Model:
    """The row of ``fassung`` as its last version left it, to be made anew."""
    return type(fassung)._default_manager.filter(id=fassung.id).latest().instance


def bringe_zurueck(
    fassung: models.Model, heute: models.Model | None, felder: Iterable[models.Field]
) -> models.Model:
    """The row ``heute``, read behind the lock, with these values of ``fassung``; not yet saved.

    A row that is gone (``None``) is made anew under its old key; what ``felder`` leaves out is then
    as its last version had it. ``fassung`` may also be a row that was never stored.
    """
    zeile = heute or letzter_stand(fassung)
    for feld in felder:
        setattr(zeile, feld.attname, getattr(fassung, feld.attname))
    return zeile


def sichere(zeile: models.Model, spalten: Iterable[str], grund: str) -> None:
    """Saves these columns, or all of a row that is made anew; its history says why."""
    zeile._change_reason = grund
    if zeile._state.adding:
        zeile.save(force_insert=True)
    else:
        zeile.save(update_fields=spalten)
