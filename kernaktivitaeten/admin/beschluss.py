"""Decisions, their effects, and Tranchen."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import Count, Q

from bochum_strategie.verwaltung import (
    FesteZeitRegelForm,
    PortalAdmin,
    PortalInline,
    auswahl_filter,
    fehlt_filter,
)
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_TRANCHE

from ..models import Beschlusswirkung, Ratsbeschluss, Tranche


class WirkungInline(PortalInline):
    model = Beschlusswirkung
    fields = ("kernaktivitaet", "wirkung", "text", "quelle")
    autocomplete_fields = ("kernaktivitaet", "quelle")
    verbose_name_plural = "Wirkungen auf Kernaktivitäten"


class GremiumFilter(admin.SimpleListFilter):
    title = "Gremium"
    parameter_name = "gremium"

    def lookups(self, request, model_admin):
        gremien = Ratsbeschluss.objects.exclude(gremium="").order_by("gremium")
        return [(name, name) for name in gremien.values_list("gremium", flat=True).distinct()]

    def queryset(self, request, queryset):
        return queryset.filter(gremium=self.value()) if self.value() else queryset


@admin.register(Ratsbeschluss)
class RatsbeschlussAdmin(PortalAdmin):
    form = FesteZeitRegelForm
    inlines = (WirkungInline,)
    fieldsets = (
        (None, {"fields": ("titel", "slug", "zeit", "gremium", "ergebnis", "quelle")}),
        ("Vorlage", {"fields": ("vorlage", "adresse", "wortlaut")}),
        ("Was er betrifft", {"fields": ("tranche", "teil", "betrifft_strategie", "hinweis")}),
    )
    list_display = ("titel", "wann", "gremium", "vorlage", "ergebnis", "tranche", "wirkungen_zahl")
    list_filter = (
        GremiumFilter,
        "tranche",
        "betrifft_strategie",
        fehlt_filter(
            {
                "Gremium": Q(gremium=""),
                "Vorlage": Q(vorlage=""),
                "Adresse der Vorlage": Q(adresse=""),
                "Ergebnis": Q(ergebnis=""),
                "Kernaktivitäten": Q(wirkungen=None),
            }
        ),
    )
    list_select_related = ("tranche",)
    search_fields = ("titel", "vorlage", "gremium", "wortlaut", "kennung")
    search_help_text = "Sucht in Titel, Vorlage, Gremium und Wortlaut."
    autocomplete_fields = ("quelle",)
    date_hierarchy = "datum_bis"
    hilfen: ClassVar = {
        "gremium": "Zum Beispiel „Rat“ oder „Haupt- und Finanzausschuss“. Leer, wenn die Quelle "
        "keines nennt.",
        "vorlage": "Nummer der Vorlage, zum Beispiel 20182193.",
        "ergebnis": "Zum Beispiel „einstimmig beschlossen“, wie die Quelle es sagt.",
    }

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(zahl=Count("wirkungen", distinct=True))

    @admin.display(description="Datum", ordering="datum_bis")
    def wann(self, beschluss: Ratsbeschluss) -> str:
        return beschluss.zeit.kurz

    @admin.display(description="Kernaktivitäten", ordering="zahl")
    def wirkungen_zahl(self, beschluss: Ratsbeschluss) -> int:
        return beschluss.zahl


@admin.register(Beschlusswirkung)
class BeschlusswirkungAdmin(PortalAdmin):
    fields = ("beschluss", "kernaktivitaet", "wirkung", "text", "quelle")
    list_display = ("kernaktivitaet", "wirkung", "beschluss")
    list_filter = ("wirkung", fehlt_filter({"Wirkung": Q(wirkung="")}))
    list_select_related = ("kernaktivitaet", "beschluss")
    search_fields = ("kernaktivitaet__titel", "beschluss__titel", "text")
    autocomplete_fields = ("kernaktivitaet", "beschluss", "quelle")


@admin.register(Tranche)
class TrancheAdmin(PortalAdmin):
    fields = ("nr", "quelle")
    list_display = ("__str__", "kernaktivitaeten_zahl", "quelle")
    list_filter = (
        auswahl_filter(
            "Prüfen",
            "pruefen",
            {
                "soll": (
                    f"nicht {SOLL_KERNAKTIVITAETEN_JE_TRANCHE} Kernaktivitäten",
                    ~Q(zahl=SOLL_KERNAKTIVITAETEN_JE_TRANCHE),
                )
            },
        ),
    )
    list_select_related = ("quelle",)
    search_fields = ("nr", "kennung")
    autocomplete_fields = ("quelle",)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(zahl=Count("kernaktivitaeten"))

    @admin.display(description="belegte Kernaktivitäten", ordering="zahl")
    def kernaktivitaeten_zahl(self, tranche: Tranche) -> int:
        return tranche.zahl
