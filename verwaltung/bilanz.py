"""Published totals."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet

from kernaktivitaeten.models import Bilanz
from seiten.bilanz import abweichende_bilanzen

from .basis import PortalAdmin
from .felder import auswahl_filter, fehlt_filter
from .formular import FesteZeitRegelForm


def _unerklaert(bilanzen: QuerySet) -> QuerySet:
    """Those that differ from our own count of their day and do not say why."""
    alle = tuple(bilanzen.filter(erklaerung=""))
    return bilanzen.filter(pk__in=[b.pk for b in abweichende_bilanzen(alle)])


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
        "zeit",
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
    hilfen: ClassVar = {"gesamt": "Wie veröffentlicht, zum Beispiel 75. Nicht selbst gezählt."}
