"""The goal system in the administration."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Model

from . import rules
from .models import Quelle, Querschnittsthema, StrategischesZiel, Wesenskernteil, Zielelement


class RegelForm(forms.ModelForm):
    """A form that also keeps the rules that span rows, and says which one is broken."""

    regeln: ClassVar[dict[type[Model], tuple[rules.Regel, ...]]] = rules.REGELN

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        for satz in rules.verstoesse(self.instance, self.regeln.get(type(self.instance), ())):
            self.add_error(None, satz)


class PortalAdmin(admin.ModelAdmin):
    """What all models have in common."""

    form = RegelForm
    list_per_page = 50


@admin.register(Quelle)
class QuelleAdmin(PortalAdmin):
    list_display = ("titel", "art", "adresse")
    list_filter = ("art",)
    search_fields = ("titel", "adresse", "kennung")


class ZielelementForm(RegelForm):
    """Without the check of the tree: its columns are set when it is saved, and guarded there."""

    regeln: ClassVar = {}


@admin.register(Zielelement)
class ZielelementAdmin(PortalAdmin):
    form = ZielelementForm
    list_display = ("titel", "ebene", "eltern", "reihenfolge")
    list_filter = ("ebene",)
    list_select_related = ("eltern",)
    search_fields = ("titel", "kurztitel", "kennung")
    autocomplete_fields = ("quelle",)
    prepopulated_fields = {"slug": ("titel",)}  # noqa: RUF012


@admin.register(Wesenskernteil)
class WesenskernteilAdmin(PortalAdmin):
    list_display = ("name", "lesart", "reihenfolge")
    autocomplete_fields = ("quelle",)


@admin.register(StrategischesZiel)
class StrategischesZielAdmin(PortalAdmin):
    list_display = ("langfassung", "kurzfassung", "kompetenz", "reihenfolge")
    list_filter = (("kompetenz", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("kompetenz",)
    autocomplete_fields = ("quelle",)


@admin.register(Querschnittsthema)
class QuerschnittsthemaAdmin(PortalAdmin):
    list_display = ("titel", "reihenfolge")
    autocomplete_fields = ("quelle",)
    search_fields = ("titel",)
    prepopulated_fields = {"slug": ("titel",)}  # noqa: RUF012
