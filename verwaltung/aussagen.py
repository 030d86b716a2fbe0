"""Goals, results, plans, and all other statements of sources."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import Q, QuerySet

from kernaktivitaeten.models import Angabe, Kernaktivitaet, Messwert, Planangabe, Projektziel

from .entwurf import EntwurfAdmin
from .filter import fehlt_filter
from .formular import TerminRegelForm, ZeitRegelForm


class AussageAdmin(EntwurfAdmin):
    """A sentence of a source about a Kernaktivität."""

    form = ZeitRegelForm
    list_select_related = ("kernaktivitaet",)
    search_fields = ("text", "kernaktivitaet__titel", "kennung")
    search_help_text = "Sucht in der Aussage und im Titel der Kernaktivität."
    autocomplete_fields = ("kernaktivitaet", "quelle")
    hilfen: ClassVar = {"einheit": "Zum Beispiel „Bänke“, „Wohnungen“, „Prozent“."}

    @admin.display(description="Datum", ordering="datum_bis")
    def wann(self, aussage) -> str:
        return aussage.zeit.kurz if aussage.zeit else ""


@admin.register(Projektziel)
class ProjektzielAdmin(AussageAdmin):
    form = TerminRegelForm
    fields = (
        "kernaktivitaet",
        "text",
        "zusatz",
        "zielwert",
        "einheit",
        "termin",
        "zeit",
        "reihenfolge",
        "quelle",
    )
    list_display = ("text", "kernaktivitaet", "zielwert_text", "bis_wann")
    list_filter = (
        fehlt_filter(
            {
                "Messgröße": Q(einheit=""),
                "Zielwert": Q(zielwert=None),
                "Termin": Q(termin_bis=None),
                "Messwert": Q(messwerte=None),
            }
        ),
    )

    @admin.display(description="Zielwert", ordering="zielwert")
    def zielwert_text(self, ziel: Projektziel) -> str:
        return ziel.zielwert_text

    @admin.display(description="Termin", ordering="termin_bis")
    def bis_wann(self, ziel: Projektziel) -> str:
        return ziel.termin.am_ende if ziel.termin else ""


class MesswertForm(ZeitRegelForm):
    """Offers the goals of the Kernaktivität alone, as soon as it is known."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "projektziel" in self.fields:
            self.fields["projektziel"].choices = self._ziele

    def _ziele(self) -> list:
        """All goals in groups, as long as nobody has said for which Kernaktivität."""
        gruppen: dict[Kernaktivitaet, list] = {}
        for ziel in self._moegliche().select_related("kernaktivitaet"):
            gruppen.setdefault(ziel.kernaktivitaet, []).append((ziel.pk, ziel.text))
        return [("", "---------"), *((ka.titel, liste) for ka, liste in gruppen.items())]

    def _moegliche(self) -> QuerySet:
        # What was chosen stays in sight, even if it is a goal of another one.
        ka, gewaehlt = (
            str(self[name].value() or "") if name in self.fields else ""
            for name in ("kernaktivitaet", "projektziel")
        )
        if not ka.isdecimal():
            return Projektziel.objects.all()
        nummer = gewaehlt if gewaehlt.isdecimal() else None
        return Projektziel.objects.filter(Q(kernaktivitaet=ka) | Q(pk=nummer))


@admin.register(Messwert)
class MesswertAdmin(AussageAdmin):
    form = MesswertForm
    fields = (
        "kernaktivitaet",
        "projektziel",
        "text",
        "zusatz",
        "wert",
        "einheit",
        "zeit",
        "reihenfolge",
        "quelle",
    )
    list_display = ("text", "kernaktivitaet", "wert_text", "wann", "projektziel")
    list_filter = (fehlt_filter({"Projektziel": Q(projektziel=None), "Datum": Q(genauigkeit="")}),)
    list_select_related = ("kernaktivitaet", "projektziel")

    @admin.display(description="Wert", ordering="wert")
    def wert_text(self, messwert: Messwert) -> str:
        return messwert.wert_text


@admin.register(Planangabe)
class PlanangabeAdmin(AussageAdmin):
    form = TerminRegelForm
    fields = (
        "kernaktivitaet",
        "art",
        "termin",
        "betrag",
        "text",
        "zeit",
        "reihenfolge",
        "quelle",
    )
    list_display = ("text", "kernaktivitaet", "art", "geplant", "wann", "reihenfolge")
    list_filter = ("art", fehlt_filter({"Datum": Q(genauigkeit="")}))
    hilfen: ClassVar = {
        "betrag": "Zum Beispiel 152.600.000 oder 152,6 Mio. Nur die Gesamtkosten des Vorhabens.",
    }

    @admin.display(description="geplant")
    def geplant(self, angabe: Planangabe) -> str:
        return angabe.kern


@admin.register(Angabe)
class AngabeAdmin(AussageAdmin):
    fields = ("kernaktivitaet", "art", "text", "zeit", "reihenfolge", "quelle")
    list_display = ("text", "kernaktivitaet", "art", "wann")
    list_filter = ("art", fehlt_filter({"Datum": Q(genauigkeit="")}))
