"""The work on the strategy in the administration."""

from django.contrib import admin, messages
from django.contrib.admin import actions
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import resolve, reverse
from django.utils.html import format_html

from grundlage import stichtag
from grundlage.zeitangabe import monate_vorher
from strategiearbeit.models import (
    FESTE_TEXTE,
    Ausnahme,
    Barrierefreiheitserklaerung,
    Meilenstein,
    Rueckmeldung,
    Textseite,
    Werkzeugkasten,
)

from .basis import PortalAdmin, PortalInline
from .felder import auswahl_filter, fehlt_filter
from .formular import FesteZeitRegelForm, RegelForm


@admin.register(Meilenstein)
class MeilensteinAdmin(PortalAdmin):
    form = FesteZeitRegelForm
    fields = ("zeit", "text", "reihenfolge", "quelle")
    list_display = ("text", "zeit", "reihenfolge")
    search_fields = ("text", "kennung")


@admin.register(Werkzeugkasten)
class WerkzeugkastenAdmin(PortalAdmin):
    fields = (
        "titel",
        "slug",
        "fundort",
        "zweck",
        "nur_intern",
        "inhalt",
        "ansicht",
        "reihenfolge",
        "quelle",
    )
    readonly_fields = ("ansicht",)
    list_display = ("titel", "fundort", "nur_intern", "reihenfolge")
    list_filter = ("nur_intern", fehlt_filter({"Fundort": Q(fundort=""), "Zweck": Q(zweck="")}))
    search_fields = ("titel", "fundort", "zweck", "kennung")

    @admin.display(description="Ansicht für Beschäftigte")
    def ansicht(self, kasten: Werkzeugkasten) -> str:
        if kasten.pk is None:
            return "Erscheint nach dem Speichern."
        adresse = reverse("werkzeugkasten_intern", args=(kasten.slug,))
        return format_html('<a href="{}">{}</a>', adresse, adresse)


class TextseiteForm(RegelForm):
    """A text cannot stand at the address of another page: nobody would ever see it."""

    def clean(self):
        daten = super().clean()
        slug = daten.get("slug")
        if slug and resolve(f"/{slug}/").view_name != "strategiearbeit:textseite":
            self.add_error("slug", "Diese Adresse gehört schon einer anderen Seite des Portals.")
        return daten


@admin.register(Textseite)
class TextseiteAdmin(PortalAdmin):
    form = TextseiteForm
    fields = ("titel", "slug", "text", "vorschau", "eigene_seite", "stand", "quelle")
    readonly_fields = ("vorschau",)
    list_display = ("titel", "slug", "eigene_seite", "stand")
    list_filter = (
        "eigene_seite",
        fehlt_filter({"Stand": Q(stand=None), "Quelle": Q(quelle=None)}),
    )
    search_fields = ("titel", "text", "kennung")

    def get_readonly_fields(self, request, obj=None):
        felder = super().get_readonly_fields(request, obj)
        return (*felder, "slug") if obj and obj.slug in FESTE_TEXTE else felder

    def _bleibt(self, obj: Textseite) -> str:
        if obj.slug in FESTE_TEXTE:
            return "Kann nicht gelöscht werden, denn andere Seiten brauchen diesen Text."
        return super()._bleibt(obj)

    @admin.display(description="Vorschau")
    def vorschau(self, textseite: Textseite) -> str:
        """The text as readers see it, as it is stored."""
        if textseite.pk is None:
            return "Erscheint nach dem Speichern."
        return format_html('<div class="vorschau">{}</div>', textseite.html)


# The statement is to be reviewed once a year (BITV NRW); the office is told a month before.
PRUEFFRIST_MONATE = 11


def _faellig(erklaerungen: QuerySet) -> QuerySet:
    """Those that were never dated, or last written or reviewed too long ago."""
    frist = monate_vorher(stichtag.heute(), PRUEFFRIST_MONATE)
    return erklaerungen.alias(zuletzt=Coalesce("ueberprueft_am", "erstellt_am")).filter(
        Q(zuletzt=None) | Q(zuletzt__lt=frist)
    )


class AusnahmeInline(PortalInline):
    model = Ausnahme
    classes = ()


@admin.register(Barrierefreiheitserklaerung)
class BarrierefreiheitserklaerungAdmin(PortalAdmin):
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
        auswahl_filter("Prüfen", "pruefen", {"faellig": ("zu überprüfen", _faellig)}),
    )
    search_fields = ("pruefung", "kontakt", "ombudsstelle", "kennung")


@admin.register(Ausnahme)
class AusnahmeAdmin(PortalAdmin):
    list_display = ("inhalt", "grund", "erklaerung")
    search_fields = ("inhalt", "grund")


def werkzeugkasten_intern(request: HttpRequest, slug: str) -> HttpResponse:
    """A toolbox with its content, for staff; raises ``Http404`` if there is none."""
    kasten = get_object_or_404(Werkzeugkasten, slug=slug)
    inhalt = admin.site.each_context(request) | {"title": kasten.titel, "kasten": kasten}
    return render(request, "admin/werkzeugkasten.html", inhalt)


@admin.register(Rueckmeldung)
class RueckmeldungAdmin(admin.ModelAdmin):
    """What readers wrote stays as they wrote it; the contact goes when the matter is settled."""

    fields = ("text", "seite", "kontakt", "eingegangen_am", "erledigt_am", "vermerk")
    readonly_fields = ("text", "seite", "kontakt", "eingegangen_am")
    list_display = ("eingegangen_am", "text", "seite", "erledigt_am")
    list_filter = (
        auswahl_filter(
            "Offen",
            "offen",
            {"ja": ("offen", Q(erledigt_am=None)), "nein": ("erledigt", ~Q(erledigt_am=None))},
        ),
    )
    list_per_page = 50
    actions = ("delete_selected",)

    @admin.action(description="Erledigte löschen …", permissions=["delete"])
    def delete_selected(self, request, queryset) -> HttpResponse | None:
        """Django's own page asks first; what is still open stays."""
        if queryset.filter(erledigt_am=None).exists():
            messages.error(request, "Gelöscht werden nur erledigte Meldungen. Nichts ist gelöscht.")
            return None
        return actions.delete_selected(self, request, queryset)

    def has_add_permission(self, request) -> bool:
        return False

    def save_model(self, request, obj, form, change) -> None:
        if obj.erledigt_am is not None:
            obj.kontakt = ""
        super().save_model(request, obj, form, change)
