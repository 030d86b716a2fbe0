"""The history of every public row: who changed what, when, and what it was before.

Recorded is what ``save`` and ``delete`` do, whoever calls them. Fixtures and the bulk methods are
not: the delivered rows would only be written twice. So that nothing is lost by that, the first
change of a row without a history records its former state, too.
"""

from django.db import models
from simple_history.models import HistoricalRecords

AUSGANGSSTAND = "Ausgangsstand vor der ersten Änderung"


class Geschichte(HistoricalRecords):
    """History of a model without the columns that it names in ``ohne_geschichte``."""

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
