"""Statements that may be drafts: releasing them; goals, results, plans, and all other sentences."""

from typing import ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import HttpRequest

from grundlage.datenstand import schreibsperre, sichere
from kernaktivitaeten.models import Angabe, Kernaktivitaet, Messwert, Planangabe, Projektziel

from .basis import PortalAdmin
from .felder import fehlt_filter
from .formular import TerminRegelForm, ZeitRegelForm
from .rechte import einwand_gegen_freigabe, freigabe
from .regeln import Regelstand, Regelverstoss

FREIGEGEBEN = "Freigegeben"


class EntwurfAdmin(PortalAdmin):
    """For models of ``MitEntwurf``."""

    actions = ("gib_frei",)

    def has_freigabe_permission(self, request: HttpRequest) -> bool:
        darf = not einwand_gegen_freigabe(request.user)
        return darf and self.has_change_permission(request)

    # ── The list ─────────────────────────────────────────────────────────────────────────────

    def get_list_filter(self, request):
        return ("entwurf", *super().get_list_filter(request))

    def get_list_display(self, request):
        return (*super().get_list_display(request), "freigabe")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("erfasst_von")

    @admin.display(description="Freigabe", ordering="entwurf")
    def freigabe(self, zeile) -> str:
        return freigabe(zeile)

    @admin.action(description="Ausgewählte Entwürfe freigeben", permissions=["freigabe"])
    def gib_frei(self, request: HttpRequest, queryset) -> None:
        """Releases all chosen drafts, or none of them and says why."""
        try:
            with schreibsperre():
                zeilen = list(self.model.objects.entwuerfe().filter(pk__in=queryset.values("pk")))
                self._gib_alle_frei(request, zeilen)
        except Regelverstoss as verstoss:
            for satz in verstoss.args:
                self.message_user(request, f"Nichts freigegeben. {satz}", messages.ERROR)
        else:
            wort = "Entwurf ist" if len(zeilen) == 1 else "Entwürfe sind"
            self.message_user(request, f"{len(zeilen)} {wort} freigegeben und jetzt öffentlich.")

    def _gib_alle_frei(self, request: HttpRequest, zeilen: list[models.Model]) -> None:
        """Raises ``Regelverstoss`` when a rule, or the second pair of eyes, is missing."""
        regelstand = Regelstand(zeilen)
        for zeile in zeilen:
            if einwand := einwand_gegen_freigabe(request.user, zeile):
                raise Regelverstoss(f"{einwand}: „{zeile}“.")
            zeile.entwurf = False
            sichere(zeile, ["entwurf"], FREIGEGEBEN)
            self.log_change(request, zeile, FREIGEGEBEN)
        regelstand.pruefe(zeilen)

    # ── The form ─────────────────────────────────────────────────────────────────────────────

    def save_model(self, request, obj, form, change) -> None:
        """Releases in the same breath when that was asked for; the rules are checked after."""
        if obj.entwurf and "_freigeben" in request.POST:
            self._gib_frei_beim_sichern(request, obj, form)
        super().save_model(request, obj, form, change)

    def _gib_frei_beim_sichern(self, request, obj, form) -> None:
        if not self.has_freigabe_permission(request):
            raise PermissionDenied
        schreibt = bool(form.changed_data)
        if einwand := einwand_gegen_freigabe(request.user, obj, schreibt=schreibt):
            satz = f"Gesichert, aber nicht freigegeben. {einwand}."
            self.message_user(request, satz, messages.WARNING)
            return
        obj.entwurf = False
        obj._change_reason = FREIGEGEBEN
        request.sicherung.freigegeben = True

    def response_change(self, request, obj):
        if request.sicherung.freigegeben:
            self.message_user(request, "Der Entwurf ist freigegeben und jetzt öffentlich.")
        return super().response_change(request, obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Says whose draft it is, and whether the user may release it, or why not."""
        if obj is not None and obj.entwurf:
            darf = self.has_freigabe_permission(request)
            einwand = einwand_gegen_freigabe(request.user, obj) if darf else ""
            saetze = [f"{self.freigabe(obj)}: noch nicht öffentlich."]
            saetze += [f"{einwand}."] if einwand else []
            context |= {"entwurf": " ".join(saetze), "darf_freigeben": darf and not einwand}
        return super().render_change_form(request, context, add, change, form_url, obj)


class AussageAdmin(EntwurfAdmin):
    """A sentence of a source about a Kernaktivität."""

    form = ZeitRegelForm
    search_fields = ("text", "kernaktivitaet__titel", "kennung")
    search_help_text = "Sucht in der Aussage und im Titel der Kernaktivität."
    hilfen: ClassVar = {"einheit": "Zum Beispiel „Bänke“, „Wohnungen“, „Prozent“."}


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
    list_display = ("text", "kernaktivitaet", "zielwert_text", "termin")
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


class MesswertForm(ZeitRegelForm):
    """Offers the goals of the Kernaktivität alone, as soon as it is known."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "projektziel" in self.fields:
            self.fields["projektziel"].choices = self._ziele

    def _ziele(self) -> list:
        """In groups; what was chosen stays in sight, even if it is a goal of another one."""
        ka, gewaehlt = (
            str(self[name].value() or "") if name in self.fields else ""
            for name in ("kernaktivitaet", "projektziel")
        )
        ziele = Projektziel.objects.select_related("kernaktivitaet")
        if ka.isdecimal():
            nummer = gewaehlt if gewaehlt.isdecimal() else None
            ziele = ziele.filter(Q(kernaktivitaet=ka) | Q(pk=nummer))
        gruppen: dict[Kernaktivitaet, list] = {}
        for ziel in ziele:
            gruppen.setdefault(ziel.kernaktivitaet, []).append((ziel.pk, ziel.text))
        return [("", "---------"), *((eine.titel, liste) for eine, liste in gruppen.items())]


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
    list_display = ("text", "kernaktivitaet", "wert_text", "zeit", "projektziel")
    list_filter = (fehlt_filter({"Projektziel": Q(projektziel=None), "Datum": Q(genauigkeit="")}),)

    @admin.display(description="Wert", ordering="wert")
    def wert_text(self, messwert: Messwert) -> str:
        return messwert.wert_text


@admin.register(Planangabe)
class PlanangabeAdmin(AussageAdmin):
    form = TerminRegelForm
    fields = ("kernaktivitaet", "art", "termin", "betrag", "text", "zeit", "reihenfolge", "quelle")
    list_display = ("text", "kernaktivitaet", "art", "geplant", "zeit", "reihenfolge")
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
    list_display = ("text", "kernaktivitaet", "art", "zeit")
    list_filter = ("art", fehlt_filter({"Datum": Q(genauigkeit="")}))
