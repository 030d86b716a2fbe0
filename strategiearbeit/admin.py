"""The work on the strategy in the administration."""

from django.contrib import admin

from zielsystem.admin import PortalAdmin

from .models import Meilenstein, Werkzeugkasten


@admin.register(Meilenstein)
class MeilensteinAdmin(PortalAdmin):
    list_display = ("text", "datum_von", "datum_bis", "reihenfolge")
    autocomplete_fields = ("quelle",)


@admin.register(Werkzeugkasten)
class WerkzeugkastenAdmin(PortalAdmin):
    list_display = ("titel", "fundort", "nur_intern", "reihenfolge")
    autocomplete_fields = ("quelle",)
    prepopulated_fields = {"slug": ("titel",)}  # noqa: RUF012
