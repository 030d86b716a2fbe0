"""Statements and published totals."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.shortcuts import redirect

from bochum_strategie import stichtag
from bochum_strategie.verwaltung import (
    EntwurfAdmin,
    FesteZeitRegelForm,
    PortalAdmin,
    auswahl_filter,
    beginnt_als_entwurf,
    fehlt_filter,
)

from .. import selectors
from ..models import Bilanz, Statusmeldung

RUECKZUG = "Rückzug einer falschen Meldung"


class StatusmeldungForm(FesteZeitRegelForm):
    """The day from which the statement counts may be left to the form."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "zaehlt_ab" in self.fields:
            self.fields["zaehlt_ab"].required = False
            self.fields["zaehlt_ab"].help_text = (
                "Der eine Tag im Zeitraum, von dem an die Meldung zählt. Leer lassen: der letzte "
                "Tag des Zeitraums, aber nicht nach heute."
            )

    def clean(self):
        daten = super().clean()
        zeit = daten.get("zeit")
        if zeit is None or daten.get("zaehlt_ab") or "zaehlt_ab" in self.errors:
            return daten
        heute = stichtag.heute()
        if zeit.von > heute:
            self.add_error(
                "zaehlt_ab",
                "Der Zeitraum liegt in der Zukunft. Nennen Sie den Tag, von dem an die Meldung "
                "zählt.",
            )
        else:
            daten["zaehlt_ab"] = min(zeit.bis, heute)
        return daten


@admin.register(Statusmeldung)
class StatusmeldungAdmin(EntwurfAdmin):
    form = StatusmeldungForm
    nie_loeschen = (
        "Eine Statusmeldung wird nicht gelöscht, sondern zurückgezogen: mit Tag und Grund. "
        "So bleibt nachvollziehbar, was hier stand."
    )
    fieldsets = (
        (None, {"fields": ("kernaktivitaet", "zeit", "status", "bezug", "text")}),
        ("Beleg", {"fields": ("quelle", "beschluss", "abgeleitet")}),
        ("Wann sie zählt, interne Notiz", {"fields": ("zaehlt_ab", "interne_notiz")}),
        (
            RUECKZUG,
            {
                "fields": ("zurueckgezogen_am", "rueckzug_grund", "ersetzt_durch"),
                "classes": ("collapse",),
            },
        ),
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
    autocomplete_fields = ("kernaktivitaet", "quelle", "beschluss", "ersetzt_durch")
    date_hierarchy = "zaehlt_ab"
    hilfen: ClassVar = {
        "text": "Öffentlich. Bei einem Status: der Grund. Nennt die Quelle keinen, schreiben Sie: "
        "„Einen Grund nennt die Quelle nicht.“",
        "beschluss": "Nötig, wenn eine beendete Kernaktivität wieder geöffnet wird.",
        "rueckzug_grund": "Zum Beispiel: „Die Quelle meint eine andere Kernaktivität.“",
    }

    def get_fieldsets(self, request, obj=None):
        """Only what is public can be withdrawn."""
        gruppen = super().get_fieldsets(request, obj)
        entwurf = obj.entwurf if obj else beginnt_als_entwurf(request.user)
        return [g for g in gruppen if g[0] != RUECKZUG] if entwurf else gruppen

    def response_post_save_add(self, request, obj):
        """Back to the Kernaktivität, for whoever began there."""
        if "kernaktivitaet" in request.GET:
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
    return bilanzen.filter(pk__in=[b.pk for b in selectors.abweichende(alle)])


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
