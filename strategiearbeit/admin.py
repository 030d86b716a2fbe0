"""The work on the strategy in the administration."""

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html

from bochum_strategie.verwaltung import (
    FesteZeitRegelForm,
    PortalAdmin,
    PortalInline,
    fehlt_filter,
)

from .models import Ausnahme, Barrierefreiheitserklaerung, Meilenstein, Textseite, Werkzeugkasten


@admin.register(Meilenstein)
class MeilensteinAdmin(PortalAdmin):
    form = FesteZeitRegelForm
    fields = ("zeit", "text", "reihenfolge", "quelle")
    list_display = ("text", "wann", "reihenfolge")
    search_fields = ("text", "kennung")
    autocomplete_fields = ("quelle",)

    @admin.display(description="Datum", ordering="datum_bis")
    def wann(self, meilenstein: Meilenstein) -> str:
        return meilenstein.zeit.kurz


@admin.register(Werkzeugkasten)
class WerkzeugkastenAdmin(PortalAdmin):
    fields = ("titel", "slug", "fundort", "zweck", "nur_intern", "reihenfolge", "quelle")
    list_display = ("titel", "fundort", "nur_intern", "reihenfolge")
    list_filter = ("nur_intern", fehlt_filter({"Fundort": Q(fundort=""), "Zweck": Q(zweck="")}))
    search_fields = ("titel", "fundort", "zweck", "kennung")
    autocomplete_fields = ("quelle",)


@admin.register(Textseite)
class TextseiteAdmin(PortalAdmin):
    fields = ("titel", "slug", "text", "vorschau", "eigene_seite", "stand", "quelle")
    readonly_fields = ("vorschau",)
    list_display = ("titel", "slug", "eigene_seite", "stand")
    list_filter = (
        "eigene_seite",
        fehlt_filter({"Stand": Q(stand=None), "Quelle": Q(quelle=None)}),
    )
    search_fields = ("titel", "text", "kennung")
    autocomplete_fields = ("quelle",)

    @admin.display(description="Vorschau")
    def vorschau(self, textseite: Textseite) -> str:
        """The text as readers see it, as it is stored."""
        if textseite.pk is None:
            return "Erscheint nach dem Speichern."
        return format_html('<div class="vorschau">{}</div>', textseite.html)


class AusnahmeInline(PortalInline):
    model = Ausnahme
    fields = ("inhalt", "grund")
    classes = ()


@admin.register(Barrierefreiheitserklaerung)
class BarrierefreiheitserklaerungAdmin(PortalAdmin):
    fields = (
        "vereinbarkeit",
        "pruefung",
        "geprueft_am",
        "erstellt_am",
        "ueberprueft_am",
        "kontakt",
        "ombudsstelle",
    )
    inlines = (AusnahmeInline,)
    list_display = ("vereinbarkeit", "erstellt_am", "ueberprueft_am", "geprueft_am")
    list_filter = (
        fehlt_filter(
            {
                "Prüfung": Q(geprueft_am=None),
                "Datum der Erklärung": Q(erstellt_am=None),
                "Kontakt": Q(kontakt=""),
                "Ombudsstelle": Q(ombudsstelle=""),
            }
        ),
    )
    search_fields = ("pruefung", "kontakt", "ombudsstelle", "kennung")


@admin.register(Ausnahme)
class AusnahmeAdmin(PortalAdmin):
    fields = ("erklaerung", "inhalt", "grund")
    list_display = ("inhalt", "grund", "erklaerung")
    list_select_related = ("erklaerung",)
    search_fields = ("inhalt", "grund")
