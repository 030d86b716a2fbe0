"""The administration of statements; reporting and correcting are plain views beside it."""

from typing import ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html

from grundlage.rollen import sieht_alles
from kernaktivitaeten.models import Kernaktivitaet, Statusmeldung

from .aussagen import EntwurfAdmin
from .felder import fehlt_filter
from .formular import SuchendeAuswahl
from .meldeformular import (
    EINGABE,
    FESTE_SPALTEN,
    NACHFOLGE,
    RUECKZUG,
    RueckzugForm,
    feste_felder,
)
from .melden import Meldevorgang
from .rechte import einwand_gegen_freigabe

NUR_ZURUECKZIEHEN = (
    "Nur zurückziehen",
    {
        "fields": EINGABE,
        "classes": ("collapse",),
        "description": "Wenn die Meldung ganz falsch war und es keine richtige Angabe gibt; sonst "
        "„Korrigieren“. Sobald hier ein Grund steht und Sie sichern, ist die Meldung mit dem "
        "heutigen Tag zurückgezogen: Sie zählt für keinen Tag mehr und bleibt mit Ihrem Grund "
        "öffentlich sichtbar. Das lässt sich nicht rückgängig machen.",
    },
)
ZURUECKGEZOGEN = ("Zurückgezogen", {"fields": RUECKZUG})
OHNE_SKRIPT = ("kernaktivitaet", "quelle", "beschluss", "nachfolger")


def nicht_korrigierbar(user: AbstractUser, meldung: Statusmeldung) -> str:
    """Why a statement is not corrected in one step; empty when it is."""
    if meldung.entwurf:
        return "Ein Entwurf ist noch nicht öffentlich. Ändern Sie ihn einfach."
    if meldung.zurueckgezogen_am:
        return "Diese Meldung ist schon zurückgezogen und wird nicht noch einmal korrigiert."
    if einwand := einwand_gegen_freigabe(user, schreibt=True):
        return (
            f"{einwand}. Melden Sie die richtige Angabe neu. Wenn sie freigegeben ist, ziehen Sie "
            "diese Meldung zurück und nennen die neue bei „ersetzt durch“."
        )
    return ""


@admin.register(Statusmeldung)
class StatusmeldungAdmin(EntwurfAdmin):
    """List, history and the form to change; a new statement has a way of its own."""

    form = RueckzugForm
    nie_loeschen = (
        "Eine Statusmeldung wird nicht gelöscht, sondern zurückgezogen: mit Tag und Grund. "
        "So bleibt nachvollziehbar, was hier stand."
    )
    fieldsets = (
        (None, {"fields": ("kernaktivitaet", "status", "zeit", "bezug", "zaehlt_ab", "text")}),
        ("Worin sie aufgegangen ist", {"fields": NACHFOLGE}),
        ("Beleg", {"fields": ("quelle", "beschluss", "abgeleitet")}),
        ("Nur für die Verwaltung", {"fields": ("interne_notiz",)}),
    )
    list_display = (
        "kernaktivitaet",
        "zeit",
        "status_oder_neuigkeit",
        "bezug",
        "zaehlt_ab",
        "abgeleitet",
        "zurueckgezogen_am",
    )
    list_filter = (
        "status",
        "bezug",
        "abgeleitet",
        ("zurueckgezogen_am", admin.EmptyFieldListFilter),
        fehlt_filter({"Quelle": Q(quelle=None), "Beschluss": Q(beschluss=None)}),
    )
    search_fields = ("kernaktivitaet__titel", "text", "kennung")
    search_help_text = "Sucht im Titel der Kernaktivität und im Text der Meldung."
    date_hierarchy = "zaehlt_ab"
    hilfen: ClassVar = {
        "text": "Öffentlich. Bei einem Status: der Grund. Nennt die Quelle keinen, schreiben Sie: "
        "„Einen Grund nennt die Quelle nicht.“",
        "beschluss": "Nötig, wenn eine beendete Kernaktivität wieder geöffnet wird.",
        "rueckzug_grund": "Öffentlich. Zum Beispiel: „Die Quelle meint eine andere Kernaktivität.“",
    }

    # ── Reporting and correcting: beside the forms of the administration ──────────────────────

    def get_urls(self):
        ansicht = self.admin_site.admin_view(self.korrigieren_view)
        name = "kernaktivitaeten_statusmeldung_korrigieren"
        return [path("<path:object_id>/korrigieren/", ansicht, name=name), *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return Meldevorgang(request, self).antworte()

    def korrigieren_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A new statement that takes the place of this one."""
        meldung = self.get_object(request, unquote(object_id))
        if meldung is None:
            raise Http404
        darf = self.has_add_permission(request) and self.has_change_permission(request, meldung)
        if not darf:
            raise PermissionDenied
        if grund := nicht_korrigierbar(request.user, meldung):
            messages.error(request, grund)
            return redirect(self._adresse("change", meldung.pk))
        return Meldevorgang(request, self, meldung).antworte()

    # ── The form of one that is there ─────────────────────────────────────────────────────────

    def get_fieldsets(self, request, obj=None):
        """Of a released one only what it says is shown, with the ways to correct and withdraw."""
        gruppen = super().get_fieldsets(request, obj)
        if obj is None or obj.entwurf:
            return gruppen
        erste, nachfolge, *gruppen = gruppen
        nachfolgen = [nachfolge] if obj.nachfolge else []
        rueckzug = [ZURUECKGEZOGEN] if obj.zurueckgezogen_am else []
        if self.has_change_permission(request, obj):
            erste = (erste[0], erste[1] | {"description": self._hinweis(request, obj)})
            rueckzug = rueckzug or [NUR_ZURUECKZIEHEN]
        return [erste, *nachfolgen, *gruppen[:2], *rueckzug, *gruppen[2:]]

    def _hinweis(self, request, meldung: Statusmeldung) -> str:
        """Why these fields are only shown, and the way to change what they say."""
        satz = "Freigegeben: Was hier nur zu lesen ist, ändert allein eine Korrektur."
        if grund := nicht_korrigierbar(request.user, meldung):
            return f"{satz} {grund}"
        weg = 'War es falsch: <a href="{}">Korrigieren</a>. Beide Fassungen bleiben sichtbar.'
        return format_html(f"{satz} {weg}", self._adresse("korrigieren", meldung.pk))

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *feste_felder(obj))

    def bleibende_spalten(self, zeile):
        fest = () if zeile.entwurf else (*FESTE_SPALTEN, *RUECKZUG)
        return (*super().bleibende_spalten(zeile), *fest)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in OHNE_SKRIPT:
            kwargs.setdefault("widget", SuchendeAuswahl(db_field, self.admin_site))
        if db_field.name != "nachfolger":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        # Whatever readers see may be named as well; the search would find the own ones only.
        if not sieht_alles(request.user):
            kwargs["widget"] = forms.Select()
        feld = super().formfield_for_foreignkey(db_field, request, **kwargs)
        feld.queryset = Kernaktivitaet.objects.filter(
            Q(pk__in=feld.queryset.values("pk"))
            | Q(pk__in=Kernaktivitaet.objects.oeffentlich().values("pk"))
        )
        return feld

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and self.has_change_permission(request, obj):
            korrigierbar = not nicht_korrigierbar(request.user, obj)
            context["korrigieren"] = self._adresse("korrigieren", obj.pk) if korrigierbar else ""
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description="Status", ordering="status")
    def status_oder_neuigkeit(self, meldung: Statusmeldung) -> str:
        return meldung.get_status_display() or "Neuigkeit"
