"""What belongs to a Kernaktivität: Schwerpunkte, themes, names, places."""

from django.contrib import admin
from django.db.models import Q

from kernaktivitaeten.models import (
    Bezeichnung,
    Ort,
    Querschnittszuordnung,
    Zuordnung,
)

from .basis import PortalAdmin
from .filter import fehlt_filter


class TeilAdmin(PortalAdmin):
    """A row that belongs to one Kernaktivität."""

    list_select_related: tuple[str, ...] = ("kernaktivitaet",)
    autocomplete_fields: tuple[str, ...] = ("kernaktivitaet", "quelle")


@admin.register(Zuordnung)
class ZuordnungAdmin(TeilAdmin):
    fields = ("kernaktivitaet", "schwerpunkt", "primaer", "begruendung", "quelle")
    list_display = ("kernaktivitaet", "schwerpunkt", "primaer")
    list_filter = ("primaer", ("schwerpunkt", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("kernaktivitaet", "schwerpunkt")
    search_fields = ("kernaktivitaet__titel", "schwerpunkt__titel")


@admin.register(Querschnittszuordnung)
class QuerschnittszuordnungAdmin(TeilAdmin):
    fields = ("kernaktivitaet", "thema", "quelle")
    list_display = ("kernaktivitaet", "thema")
    list_filter = ("thema",)
    list_select_related = ("kernaktivitaet", "thema")
    search_fields = ("kernaktivitaet__titel", "thema__titel")


@admin.register(Bezeichnung)
class BezeichnungAdmin(TeilAdmin):
    fields = ("kernaktivitaet", "text", "art")
    list_display = ("text", "kernaktivitaet", "art")
    list_filter = ("art",)
    search_fields = ("text", "kernaktivitaet__titel")
    autocomplete_fields = ("kernaktivitaet",)


@admin.register(Ort)
class OrtAdmin(TeilAdmin):
    fields = ("kernaktivitaet", "bezeichnung", "adresse", "stadtbezirk", "text", "quelle")
    list_display = ("bezeichnung", "adresse", "stadtbezirk", "kernaktivitaet")
    list_filter = (
        "stadtbezirk",
        fehlt_filter({"Stadtbezirk": Q(stadtbezirk=""), "Adresse": Q(adresse="")}),
    )
    search_fields = ("bezeichnung", "adresse", "text", "kernaktivitaet__titel")
