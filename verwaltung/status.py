"""Statements and published totals."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.shortcuts import redirect

from grundlage.rollen import sieht_alles
from kernaktivitaeten.models import Bilanz, Kernaktivitaet, Statusmeldung
from seiten.bilanz import abweichende

from .basis import PortalAdmin
from .entwurf import EntwurfAdmin
from .filter import auswahl_filter, fehlt_filter
from .formular import FesteZeitRegelForm, SuchendeAuswahl
from .melden.ansichten import MeldenAdmin
from .melden.formular import NACHFOLGE
from .melden.korrektur import korrigieren_adresse
from .melden.rueckzug import (
    NUR_ZURUECKZIEHEN,
    ZURUECKGEZOGEN,
    RueckzugForm,
    feste_felder,
    feste_spalten,
    hinweis,
)

KORREKTUR = ("Korrektur", {"fields": ("grund",)})
OHNE_SKRIPT = ("kernaktivitaet", "quelle", "beschluss", "nachfolger")


@admin.register(Statusmeldung)
class StatusmeldungAdmin(MeldenAdmin, EntwurfAdmin):
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
        "wann",
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
    list_select_related = ("kernaktivitaet",)
    search_fields = ("kernaktivitaet__titel", "text", "kennung")
    search_help_text = "Sucht im Titel der Kernaktivität und im Text der Meldung."
    autocomplete_fields = ("kernaktivitaet", "nachfolger", "quelle", "beschluss", "ersetzt_durch")
    date_hierarchy = "zaehlt_ab"
    hilfen: ClassVar = {
        "text": "Öffentlich. Bei einem Status: der Grund. Nennt die Quelle keinen, schreiben Sie: "
        "„Einen Grund nennt die Quelle nicht.“",
        "beschluss": "Nötig, wenn eine beendete Kernaktivität wieder geöffnet wird.",
        "rueckzug_grund": "Öffentlich. Zum Beispiel: „Die Quelle meint eine andere Kernaktivität.“",
    }

    def get_fieldsets(self, request, obj=None):
        """Only a released one can be withdrawn; the first step asks for one thing."""
        if self.fragt_nach_der_kernaktivitaet(request, obj):
            return [(None, {"fields": ("kernaktivitaet",)})]
        gruppen = super().get_fieldsets(request, obj)
        if obj is not None and not obj.entwurf:
            gruppen = self._freigegeben(request, obj, *gruppen)
        return [KORREKTUR, *gruppen] if hasattr(request, "korrigiert") else gruppen

    def _freigegeben(self, request, obj, erste, nachfolge, *gruppen):
        """The groups of a released one, with the ways to correct and to withdraw it."""
        rueckzug = [ZURUECKGEZOGEN] if obj.zurueckgezogen_am else []
        if self.has_change_permission(request, obj):
            erste = (erste[0], erste[1] | {"description": hinweis(request.user, obj)})
            rueckzug = rueckzug or [NUR_ZURUECKZIEHEN]
        nachfolgen = [nachfolge] if obj.nachfolge else []
        return [erste, *nachfolgen, *gruppen[:2], *rueckzug, *gruppen[2:]]

    def get_readonly_fields(self, request, obj=None):
        # A correction is a new statement, typed into the fields of the one that it replaces.
        fest = () if hasattr(request, "korrigiert") else feste_felder(obj)
        return (*super().get_readonly_fields(request, obj), *fest)

    def bleibende_spalten(self, zeile):
        return (*super().bleibende_spalten(zeile), *feste_spalten(zeile))

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
            context["korrigieren"] = korrigieren_adresse(request.user, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_post_save_add(self, request, obj):
        """Back to the Kernaktivität, for whoever began there."""
        if "kernaktivitaet" in request.GET or hasattr(request, "korrigiert"):
            return redirect("admin:kernaktivitaeten_kernaktivitaet_change", obj.kernaktivitaet_id)
        return super().response_post_save_add(request, obj)

    @admin.display(description="Datum", ordering="datum_bis")
    def wann(self, meldung: Statusmeldung) -> str:
        return meldung.zeit.kurz

    @admin.display(description="Status", ordering="status")
    def status_oder_neuigkeit(self, meldung: Statusmeldung) -> str:
        return meldung.get_status_display() or "Neuigkeit"


def _unerklaert(bilanzen: QuerySet) -> QuerySet:
    """Those that differ from our own count of their day and do not say why."""
    alle = tuple(bilanzen.filter(erklaerung=""))
    return bilanzen.filter(pk__in=[b.pk for b in abweichende(alle)])


@admin.register(Bilanz)
class BilanzAdmin(PortalAdmin):
    form = FesteZeitRegelForm
    fields = (
        "zeit",
        "gesamt",
        "umgesetzt",
        "laufend",
        "eingestellt",
        "ueberfuehrt",
        "eingestellt_ueberfuehrt",
        "anmerkung",
        "erklaerung",
        "quelle",
    )
    list_display = (
        "wann",
        "gesamt",
        "umgesetzt",
        "laufend",
        "eingestellt",
        "ueberfuehrt",
        "eingestellt_ueberfuehrt",
    )
    list_filter = (
        fehlt_filter({"Erklärung des Unterschieds": Q(erklaerung="")}),
        auswahl_filter(
            "Prüfen", "pruefen", {"unerklaert": ("Abweichung nicht erklärt", _unerklaert)}
        ),
    )
    search_fields = ("anmerkung", "erklaerung", "kennung")
    autocomplete_fields = ("quelle",)
    hilfen: ClassVar = {"gesamt": "Wie veröffentlicht, zum Beispiel 75. Nicht selbst gezählt."}

    @admin.display(description="Datum", ordering="datum_bis")
    def wann(self, bilanz: Bilanz) -> str:
        return bilanz.zeit.kurz
