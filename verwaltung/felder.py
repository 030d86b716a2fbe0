"""Rows and fields of forms and lists: who sees them, how they are typed, and what is missing."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format

from grundlage.rollen import sieht_alles
from kernaktivitaeten.models import Kernaktivitaet, Person, Ratsbeschluss, Statusmeldung, Stelle
from zielsystem.models import Quelle

from .formular import Auswahlfeld
from .rechte import darf_schreiben, darf_sehen, geltende, nur_eigene, nur_sichtbare

ZAHLENBEISPIELE = "152.600.000, 8,5 oder 152,6 Mio"
MIT_TRENNZEICHEN = re.compile(r"-?[0-9]{1,3}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+)(?:,[0-9]+)?")
EINFACH = re.compile(r"-?[0-9]+(?:,[0-9]+)?")
MILLIONEN = re.compile(r" ?(?:Mio\.?|Million|Millionen)$", re.IGNORECASE)
EURO = re.compile(r" ?(?:€|Euro|EUR)$", re.IGNORECASE)


class Zahlenfeld(forms.DecimalField):
    """A decimal in German spelling. A browser's own number field swallows the points."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        """What is stored as it is printed; what was typed stays as it is."""
        if not isinstance(value, Decimal):
            return value
        zahl = int(value) if value == value.to_integral_value() else value.normalize()
        return number_format(zahl, use_l10n=True, force_grouping=True)

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or isinstance(value, Decimal):
            return super().to_python(value)
        text = " ".join(str(value).replace("\N{MINUS SIGN}", "-").split())
        if not text:
            return None
        ohne_euro = EURO.sub("", text)
        zahl = MILLIONEN.sub("", ohne_euro)
        if not (MIT_TRENNZEICHEN.fullmatch(zahl) or EINFACH.fullmatch(zahl)):
            raise ValidationError(
                f"„{text}“ ist keine Zahl, die dieses Feld versteht. Schreiben Sie zum Beispiel "
                f"{ZAHLENBEISPIELE}.",
                code="invalid",
            )
        genau = Decimal(re.sub(r"[. ]", "", zahl).replace(",", "."))
        if zahl == ohne_euro:
            return genau
        millionen = genau * 10**6
        ganz = millionen == millionen.to_integral_value()
        return millionen.quantize(Decimal(1)) if ganz else millionen.normalize()


Luecke = Q | Callable[[QuerySet], QuerySet]


def fehlt_filter(luecken: Mapping[str, Luecke]) -> type[admin.SimpleListFilter]:
    """A filter "Es fehlt" with one choice for each gap: its German name → how to find the rows."""
    return auswahl_filter(
        "Es fehlt", "fehlt", {name: (name, luecke) for name, luecke in luecken.items()}
    )


def auswahl_filter(
    titel: str, parameter: str, angebot: Mapping[str, tuple[str, Luecke]]
) -> type[admin.SimpleListFilter]:
    """A filter of a list: value in the address → its German name and how to find the rows."""

    class AuswahlFilter(admin.SimpleListFilter):
        title = titel
        parameter_name = parameter

        def lookups(self, request, model_admin):
            return [(wert, name) for wert, (name, _) in angebot.items()]

        def queryset(self, request, queryset):
            if self.value() not in angebot:
                return queryset
            luecke = angebot[self.value()][1]
            return queryset.filter(luecke) if isinstance(luecke, Q) else luecke(queryset)

    return AuswahlFilter


# Of these there are so many that they are searched for while one types.
VIELE = {Kernaktivitaet, Person, Quelle, Ratsbeschluss, Statusmeldung, Stelle}


class Zeilenverwaltung:
    """What the forms of a model and their inline rows share: whose rows, and how their fields are.

    Only what the user may see and write; on the server, whatever is sent.
    """

    formfield_overrides: ClassVar = {
        models.DecimalField: {"form_class": Zahlenfeld},
        models.URLField: {"assume_scheme": "https"},
    }
    # Examples at the fields for which the model has none.
    hilfen: ClassVar[dict[str, str]] = {}

    def get_queryset(self, request: HttpRequest):
        return nur_sichtbare(super().get_queryset(request), request.user)

    def get_list_filter(self, request: HttpRequest):
        """Who does not see everything is offered what rows in sight have, and nothing else."""
        filter_ = super().get_list_filter(request)
        if sieht_alles(request.user):
            return filter_
        return [self._nur_belegte(eintrag) for eintrag in filter_]

    def _nur_belegte(self, eintrag):
        if isinstance(eintrag, str) and self.opts.get_field(eintrag).is_relation:
            return (eintrag, admin.RelatedOnlyFieldListFilter)
        return eintrag

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        darf = super().has_view_permission(request, obj)
        return darf and (obj is None or darf_sehen(request.user, obj))

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        darf = super().has_change_permission(request, obj)
        return darf and (obj is None or darf_schreiben(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        darf = super().has_delete_permission(request, obj)
        return darf and (obj is None or darf_schreiben(request.user, obj))

    def get_autocomplete_fields(self, request: HttpRequest):
        return [feld.name for feld in self.opts.fields if feld.related_model in VIELE]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only what is one's own, or known, and still holds can be chosen."""
        if hasattr(db_field.related_model, "adresse_lesbar"):
            kwargs.setdefault("form_class", Auswahlfeld)
        moeglich = self.get_field_queryset(None, db_field, request)
        if moeglich is None:
            moeglich = db_field.related_model._default_manager.all()
        kwargs["queryset"] = nur_eigene(geltende(moeglich), request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        feld = super().formfield_for_dbfield(db_field, request, **kwargs)
        if feld is not None and db_field.name in self.hilfen:
            feld.help_text = self.hilfen[db_field.name]
        if feld is not None and hasattr(feld.widget, "can_delete_related"):
            feld.widget.can_delete_related = False  # rows are deleted where they are seen
        return feld

    # In lists, and where a form only shows its fields.

    @admin.display(description="Datum", ordering="datum_bis")
    def zeit(self, zeile: models.Model) -> str:
        return zeile.zeit.kurz if zeile.zeit else self.get_empty_value_display()

    @admin.display(description="Termin", ordering="termin_bis")
    def termin(self, zeile: models.Model) -> str:
        return zeile.termin.am_ende if zeile.termin else self.get_empty_value_display()
