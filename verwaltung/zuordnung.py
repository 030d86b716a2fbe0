"""What belongs to a Kernaktivität: Schwerpunkte, themes, names, places, and who answers for it."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import Count, Q

from kernaktivitaeten.models import (
    Besetzung,
    Bezeichnung,
    Ort,
    Person,
    Querschnittszuordnung,
    Stelle,
    Verantwortung,
    Zuordnung,
)

from .basis import PortalAdmin, PortalInline
from .felder import fehlt_filter
from .formular import ZeitRegelForm


@admin.register(Zuordnung)
class ZuordnungAdmin(PortalAdmin):
    list_display = ("kernaktivitaet", "schwerpunkt", "primaer")
    list_filter = ("primaer", ("schwerpunkt", admin.RelatedOnlyFieldListFilter))
    search_fields = ("kernaktivitaet__titel", "schwerpunkt__titel")


@admin.register(Querschnittszuordnung)
class QuerschnittszuordnungAdmin(PortalAdmin):
    list_display = ("kernaktivitaet", "thema")
    list_filter = ("thema",)
    search_fields = ("kernaktivitaet__titel", "thema__titel")


@admin.register(Bezeichnung)
class BezeichnungAdmin(PortalAdmin):
    list_display = ("text", "kernaktivitaet", "art")
    list_filter = ("art",)
    search_fields = ("text", "kernaktivitaet__titel")


@admin.register(Ort)
class OrtAdmin(PortalAdmin):
    list_display = ("bezeichnung", "adresse", "stadtbezirk", "kernaktivitaet")
    list_filter = (
        "stadtbezirk",
        fehlt_filter({"Stadtbezirk": Q(stadtbezirk=""), "Adresse": Q(adresse="")}),
    )
    search_fields = ("bezeichnung", "adresse", "text", "kernaktivitaet__titel")


@admin.register(Verantwortung)
class VerantwortungAdmin(PortalAdmin):
    form = ZeitRegelForm
    fields = (
        "rolle",
        "kompetenz",
        "kernaktivitaet",
        "stelle",
        "person",
        "zeit",
        "bezug",
        "wortlaut",
        "quelle",
    )
    list_display = ("rolle", "kernaktivitaet", "kompetenz", "stelle", "person", "zeit")
    list_filter = ("rolle", fehlt_filter({"Datum": Q(genauigkeit="")}))
    search_fields = ("kernaktivitaet__titel", "kompetenz__titel", "stelle__name", "person__name")
    search_help_text = "Sucht in Kernaktivität, Kompetenz, Stelle und Person."


@admin.register(Stelle)
class StelleAdmin(PortalAdmin):
    ordering = Stelle._meta.ordering  # lost where rows are counted
    list_display = ("name", "art", "kernaktivitaeten_zahl")
    list_filter = ("art", fehlt_filter({"Art": Q(art="")}))
    search_fields = ("name", "kennung")
    hilfen: ClassVar = {"name": "Zum Beispiel „Amt für Stadtplanung und Wohnen“."}

    def get_queryset(self, request):
        zahl = Count("verantwortungen__kernaktivitaet", distinct=True)
        return super().get_queryset(request).annotate(zahl=zahl)

    @admin.display(description="Kernaktivitäten", ordering="zahl")
    def kernaktivitaeten_zahl(self, stelle: Stelle) -> int:
        return stelle.zahl


class BesetzungInline(PortalInline):
    form = ZeitRegelForm
    model = Besetzung
    fields = ("stelle", "zeit", "bezug", "quelle")
    classes = ()


@admin.register(Person)
class PersonAdmin(PortalAdmin):
    inlines = (BesetzungInline,)
    list_display = ("name", "aemter", "name_freigegeben")
    list_filter = ("name_freigegeben", fehlt_filter({"Amt": Q(besetzungen=None)}))
    search_fields = ("name", "besetzungen__stelle__name")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("besetzungen__stelle")

    @admin.display(description="Ämter")
    def aemter(self, person: Person) -> str:
        return ", ".join(besetzung.stelle.name for besetzung in person.besetzungen.all())


@admin.register(Besetzung)
class BesetzungAdmin(PortalAdmin):
    form = ZeitRegelForm
    fields = ("person", "stelle", "zeit", "bezug", "quelle")
    list_display = ("person", "stelle", "zeit", "bezug")
    search_fields = ("person__name", "stelle__name")
