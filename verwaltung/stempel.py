"""The stamp in the administration: the city's artwork, and the register."""

import tempfile
from pathlib import Path
from typing import ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html

from seiten.export import tabelle
from stempel.ablage import Ausgelastet, faden
from stempel.druck import MIN_PNG_PX, Ablehnung, pruefe_vorlage
from stempel.models import Stempelung, Stempelvorlage
from stempel.rules import aus_vorlage
from stempel.zeichnung import als_png

from .basis import PortalAdmin
from .formular import RegelForm

VORSCHAU_PX = 900
SPALTEN = (
    *("gestempelt_am", "code", "kernaktivitaet", "art", "zweck", "text", "farbe", "dateiname"),
    *("sha256", "gestempelt_von", "zurueckgezogen_am", "grund", "auskunft"),
)


class VorlageForm(RegelForm):
    """A new version comes with its file, which is checked before it is kept."""

    hochladen = forms.FileField(
        label="Datei",
        max_length=120,
        help_text="Ein PDF mit einer Seite (Vektoren, am besten auf den Stempel beschnitten) oder "
        f"ein PNG mit durchsichtigem Hintergrund, mindestens {MIN_PNG_PX} Bildpunkte breit.",
    )

    def clean_hochladen(self):
        datei = self.cleaned_data["hochladen"]
        with tempfile.TemporaryDirectory() as ordner:
            with (Path(ordner) / "original").open("wb") as ziel:
                for stueck in datei.chunks():
                    ziel.write(stueck)
            try:
                with faden():
                    ergebnis = pruefe_vorlage(Path(ordner), datei.name)
            except (Ablehnung, Ausgelastet) as grund:
                raise ValidationError(str(grund)) from grund
            self.instance.datei = ergebnis.datei.read_bytes()
        self.instance.dateiname = Path(datei.name).name
        return datei


class VeroeffentlichenForm(RegelForm):
    """Later only the days and the note change; what they must fit to stands beside the form."""

    def _post_clean(self) -> None:
        super()._post_clean()
        for bedingung in Stempelvorlage._meta.constraints:
            try:
                bedingung.validate(Stempelvorlage, self.instance)
            except ValidationError as fehler:
                self.add_error("gueltig_ab", fehler)


@admin.display(description="Variante", ordering="variante")
def kurze_variante(zeile: Stempelvorlage | Stempelung) -> str:
    """In a list one word is enough."""
    return zeile.variante


@admin.register(Stempelvorlage)
class StempelvorlageAdmin(PortalAdmin):
    nie_loeschen = (
        "Eine Stempelvorlage wird nicht gelöscht: Im Register steht, womit gestempelt wurde. "
        "Nehmen Sie den Tag der Veröffentlichung heraus, wenn sie nicht mehr gelten soll."
    )
    list_display = (
        kurze_variante,
        "farbe",
        "gueltig_ab",
        "veroeffentlicht_am",
        "dateiname",
        "anmerkung",
    )
    list_filter = ("variante", "farbe", ("veroeffentlicht_am", admin.EmptyFieldListFilter))
    search_fields = ("dateiname", "anmerkung", "kennung")

    def get_queryset(self, request: HttpRequest):
        """Without the files: no list and no form shows them."""
        return super().get_queryset(request).defer("datei")

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(
            request, obj, change, form=VeroeffentlichenForm if change else VorlageForm, **kwargs
        )

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["variante", "farbe", "hochladen", "gueltig_ab", "anmerkung"]
        return [
            *("variante", "farbe", "dateiname", "vorschau"),
            *("gueltig_ab", "veroeffentlicht_am", "anmerkung", "kennung"),
        ]

    def get_readonly_fields(self, request, obj=None):
        fest = super().get_readonly_fields(request, obj)
        return fest if obj is None else (*fest, "variante", "farbe", "dateiname", "vorschau")

    @admin.display(description="Vorschau")
    def vorschau(self, vorlage: Stempelvorlage) -> str:
        adresse = reverse("admin:stempel_stempelvorlage_vorschau", args=(vorlage.pk,))
        bild = '<img class="stempelvorschau {}" src="{}" alt="Vorschau der Vorlage auf {} Grund">'
        return format_html(bild + bild, "hell", adresse, "hellem", "dunkel", adresse, "dunklem")

    def get_urls(self):
        eigene = path(
            "<int:pk>/vorschau.png",
            self.admin_site.admin_view(self.vorschau_bild),
            name="stempel_stempelvorlage_vorschau",
        )
        return [eigene, *super().get_urls()]

    def vorschau_bild(self, request: HttpRequest, pk: int) -> HttpResponse:
        vorlage = get_object_or_404(Stempelvorlage, pk=pk)
        if not self.has_view_permission(request, vorlage):
            raise PermissionDenied
        bild = als_png(aus_vorlage(vorlage), VORSCHAU_PX)
        return HttpResponse(bild, content_type="image/png")


@admin.register(Stempelung)
class StempelungAdmin(PortalAdmin):
    nie_loeschen = (
        "Eine Stempelung wird nicht gelöscht, sondern zurückgezogen: mit Tag und Grund. Wer den "
        "QR-Code auf dem Material liest, erfährt es."
    )
    fieldsets = (
        (None, {"fields": ("kernaktivitaet", "code_mit_link", "zweck", "am", "nutzer")}),
        ("Was", {"fields": ("art", "variante", "farbe", "vorlage", "dateiname", "sha256")}),
        ("Rückzug", {"fields": ("zurueckgezogen_am", "rueckzug_grund")}),
    )
    readonly_fields = (
        *("kernaktivitaet", "code_mit_link", "am", "nutzer"),
        *("art", "variante", "farbe", "vorlage", "dateiname", "sha256"),
    )
    list_display = (
        *("am", "kernaktivitaet", "zweck", "art", kurze_variante, "farbe"),
        *("nutzer", "code", "zurueckgezogen_am"),
    )
    list_display_links = ("am", "kernaktivitaet")
    list_filter = ("art", "variante", "farbe", ("zurueckgezogen_am", admin.EmptyFieldListFilter))
    search_fields = ("kernaktivitaet__titel", "zweck", "code", "dateiname", "nutzer__username")
    search_help_text = "Sucht in Kernaktivität, Zweck, Code, Dateiname und Benutzername."
    date_hierarchy = "am"
    hilfen: ClassVar = {"rueckzug_grund": "Öffentlich. Zum Beispiel: „Das Plakat war falsch.“"}

    def has_add_permission(self, request) -> bool:
        """Who stamps makes the row; nobody writes it by hand."""
        return False

    @admin.display(description="Code")
    def code_mit_link(self, stempelung: Stempelung) -> str:
        return format_html('<a href="{}">{}</a>', stempelung.get_absolute_url(), stempelung.code)

    def get_urls(self):
        eigene = path(
            "csv/",
            self.admin_site.admin_view(self.als_csv),
            name="stempel_stempelung_csv",
        )
        return [eigene, *super().get_urls()]

    def als_csv(self, request: HttpRequest) -> HttpResponse:
        """The rows of the list as it is filtered."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        portal = request.build_absolute_uri("/").rstrip("/")
        zeilen = self.get_changelist_instance(request).get_queryset(request)
        return HttpResponse(
            tabelle(SPALTEN, (_registerzeile(stempelung, portal) for stempelung in zeilen)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="stempelungen.csv"'},
        )


def _registerzeile(s: Stempelung, portal: str) -> tuple:
    """The values of ``SPALTEN``; ``portal`` as "https://…" without slash."""
    return (
        *(s.am, s.code, s.kernaktivitaet, s.get_art_display(), s.zweck),
        *(s.get_variante_display(), s.get_farbe_display(), s.dateiname, s.sha256),
        *(s.nutzer, s.zurueckgezogen_am or "", s.rueckzug_grund),
        portal + s.get_absolute_url(),
    )
