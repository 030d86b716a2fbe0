"""How the administration shows the fields of a form, to type and to read."""

from typing import ClassVar

from django.contrib import admin
from django.db import models

from .formular import Auswahlfeld
from .zahlenfeld import Zahlenfeld


class Felder:
    """How the fields of forms and of their inline rows are made."""

    formfield_overrides: ClassVar = {
        models.DecimalField: {"form_class": Zahlenfeld},
        models.URLField: {"assume_scheme": "https"},
    }
    # Examples at the fields for which the model has none.
    hilfen: ClassVar[dict[str, str]] = {}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if hasattr(db_field.related_model, "adresse_lesbar"):
            kwargs.setdefault("form_class", Auswahlfeld)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        feld = super().formfield_for_dbfield(db_field, request, **kwargs)
        if feld is not None and db_field.name in self.hilfen:
            feld.help_text = self.hilfen[db_field.name]
        if feld is not None and hasattr(feld.widget, "can_delete_related"):
            feld.widget.can_delete_related = False  # rows are deleted where they are seen
        return feld

    # Where a form only shows its fields: those that are none of the model.

    @admin.display(description="Datum")
    def zeit(self, zeile: models.Model) -> str:
        return zeile.zeit.kurz if zeile.zeit else self.get_empty_value_display()

    @admin.display(description="Termin")
    def termin(self, zeile: models.Model) -> str:
        return zeile.termin.am_ende if zeile.termin else self.get_empty_value_display()
