"""The Kernaktivitäten in the administration."""

from django.contrib import admin

from zielsystem import rules as zielsystem_rules
from zielsystem.admin import PortalAdmin, RegelForm

from . import rules
from .models import (
    Angabe,
    Beschlusswirkung,
    Besetzung,
    Bezeichnung,
    Bilanz,
    FruehererSlug,
    Kernaktivitaet,
    Messwert,
    Ort,
    Person,
    Planangabe,
    Projektziel,
    Querschnittszuordnung,
    Ratsbeschluss,
    Statusmeldung,
    Stelle,
    Tranche,
    Verantwortung,
    Zuordnung,
)


class KernaktivitaetenForm(RegelForm):
    regeln = zielsystem_rules.REGELN | rules.REGELN


class KernaktivitaetenAdmin(PortalAdmin):
    """What the models of this app have in common; ``list_display`` names what is missing."""

    form = KernaktivitaetenForm


@admin.register(Kernaktivitaet)
class KernaktivitaetAdmin(KernaktivitaetenAdmin):
    list_display = ("titel", "kompetenz", "nr", "tranche", "veroeffentlicht_am")
    list_filter = (("kompetenz", admin.RelatedOnlyFieldListFilter), "tranche")
    list_select_related = ("kompetenz", "tranche")
    search_fields = ("titel", "bezeichnungen__text", "kennung")
    autocomplete_fields = ("quelle", "tranche_quelle", "nachfolger")
    prepopulated_fields = {"slug": ("titel",)}  # noqa: RUF012

    def save_model(self, request, obj, form, change) -> None:
        """Keeps the former address, so that links and printed codes go on leading here."""
        super().save_model(request, obj, form, change)
        FruehererSlug.objects.filter(slug=obj.slug).delete()
        if change and "slug" in form.changed_data:
            FruehererSlug.objects.create(kernaktivitaet=obj, slug=form.initial["slug"])


@admin.register(Statusmeldung)
class StatusmeldungAdmin(KernaktivitaetenAdmin):
    list_display = ("kernaktivitaet", "status", "bezug", "zaehlt_ab", "zurueckgezogen_am")
    list_filter = ("status", "bezug", "abgeleitet")
    list_select_related = ("kernaktivitaet",)
    search_fields = ("kernaktivitaet__titel", "text")
    autocomplete_fields = ("kernaktivitaet", "quelle", "beschluss", "ersetzt_durch")
    date_hierarchy = "zaehlt_ab"


@admin.register(Ratsbeschluss)
class RatsbeschlussAdmin(KernaktivitaetenAdmin):
    list_display = ("titel", "datum_von", "genauigkeit", "gremium", "vorlage", "tranche")
    list_filter = ("gremium", "tranche")
    list_select_related = ("tranche",)
    search_fields = ("titel", "vorlage", "kennung")
    autocomplete_fields = ("quelle",)
    prepopulated_fields = {"slug": ("titel",)}  # noqa: RUF012


@admin.register(Beschlusswirkung)
class BeschlusswirkungAdmin(KernaktivitaetenAdmin):
    list_display = ("kernaktivitaet", "wirkung", "beschluss")
    list_filter = ("wirkung",)
    list_select_related = ("kernaktivitaet", "beschluss")
    search_fields = ("kernaktivitaet__titel", "beschluss__titel")
    autocomplete_fields = ("kernaktivitaet", "beschluss", "quelle")


@admin.register(Projektziel, Angabe)
class AussageAdmin(KernaktivitaetenAdmin):
    list_display = ("text", "kernaktivitaet", "datum_bis")
    list_select_related = ("kernaktivitaet",)
    search_fields = ("text", "kernaktivitaet__titel")
    autocomplete_fields = ("kernaktivitaet", "quelle")


@admin.register(Messwert)
class MesswertAdmin(AussageAdmin):
    list_display = ("text", "kernaktivitaet", "wert", "einheit", "projektziel")
    list_select_related = ("kernaktivitaet", "projektziel")
    autocomplete_fields = ("kernaktivitaet", "quelle", "projektziel")


@admin.register(Planangabe)
class PlanangabeAdmin(AussageAdmin):
    list_display = ("text", "kernaktivitaet", "art", "betrag", "termin_bis")
    list_filter = ("art",)


@admin.register(Verantwortung)
class VerantwortungAdmin(KernaktivitaetenAdmin):
    list_display = ("rolle", "kernaktivitaet", "kompetenz", "stelle", "person")
    list_filter = ("rolle",)
    list_select_related = ("kernaktivitaet", "kompetenz", "stelle", "person")
    search_fields = ("kernaktivitaet__titel", "stelle__name", "person__name")
    autocomplete_fields = ("kernaktivitaet", "stelle", "person", "quelle")


@admin.register(Stelle)
class StelleAdmin(KernaktivitaetenAdmin):
    list_display = ("name", "art")
    list_filter = ("art",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}  # noqa: RUF012


@admin.register(Person)
class PersonAdmin(KernaktivitaetenAdmin):
    list_display = ("name", "name_freigegeben")
    search_fields = ("name",)


@admin.register(Besetzung)
class BesetzungAdmin(KernaktivitaetenAdmin):
    list_display = ("person", "stelle", "datum_bis", "bezug")
    list_select_related = ("person", "stelle")
    autocomplete_fields = ("person", "stelle", "quelle")


@admin.register(Zuordnung)
class ZuordnungAdmin(KernaktivitaetenAdmin):
    list_display = ("kernaktivitaet", "schwerpunkt", "primaer")
    list_select_related = ("kernaktivitaet", "schwerpunkt")
    search_fields = ("kernaktivitaet__titel", "schwerpunkt__titel")
    autocomplete_fields = ("kernaktivitaet", "quelle")


@admin.register(Querschnittszuordnung)
class QuerschnittszuordnungAdmin(KernaktivitaetenAdmin):
    list_display = ("kernaktivitaet", "thema")
    list_select_related = ("kernaktivitaet", "thema")
    autocomplete_fields = ("kernaktivitaet", "thema", "quelle")


@admin.register(Bezeichnung)
class BezeichnungAdmin(KernaktivitaetenAdmin):
    list_display = ("text", "kernaktivitaet", "art")
    list_select_related = ("kernaktivitaet",)
    search_fields = ("text", "kernaktivitaet__titel")
    autocomplete_fields = ("kernaktivitaet",)


@admin.register(Ort)
class OrtAdmin(KernaktivitaetenAdmin):
    list_display = ("bezeichnung", "adresse", "stadtbezirk", "kernaktivitaet")
    list_filter = ("stadtbezirk",)
    list_select_related = ("kernaktivitaet",)
    search_fields = ("bezeichnung", "adresse", "kernaktivitaet__titel")
    autocomplete_fields = ("kernaktivitaet", "quelle")


@admin.register(Tranche)
class TrancheAdmin(KernaktivitaetenAdmin):
    list_display = ("nr", "quelle")
    list_select_related = ("quelle",)
    autocomplete_fields = ("quelle",)


@admin.register(Bilanz)
class BilanzAdmin(KernaktivitaetenAdmin):
    list_display = ("__str__", "gesamt", "umgesetzt", "laufend", "eingestellt", "ueberfuehrt")
    autocomplete_fields = ("quelle",)
