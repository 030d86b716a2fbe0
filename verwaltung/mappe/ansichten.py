"""The pages of the workbook: download, upload, trial, taking over."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from grundlage import stichtag

from ..models import Hochladung, Stapel
from .ausfuhr import schreibe_mappe
from .blaetter import BLAETTER
from .einspielen import Mappenprobe, spiele_ein
from .lesen import (
    HOECHSTENS_BYTES,
    HOECHSTENS_ZEILEN,
    MEGABYTE,
    KeineMappe,
    pruefe_grenzen,
    zu_gross,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ABGELAUFEN = (
    "Diese Mappe liegt nicht mehr vor: Sie wurde übernommen, verworfen, oder das Hochladen ist "
    "über eine Stunde her. Laden Sie sie bei Bedarf noch einmal hoch."
)
HOECHSTENS_GEZEIGT = 300


class MappenForm(forms.Form):
    """One file; refuses what breaks a limit before anything is parsed."""

    datei = forms.FileField(
        label="Excel-Mappe (.xlsx)",
        widget=forms.FileInput(attrs={"accept": f".xlsx,{XLSX}"}),
        help_text=f"Höchstens {HOECHSTENS_BYTES // MEGABYTE} MB und {HOECHSTENS_ZEILEN} Zeilen.",
    )

    def clean_datei(self):
        datei = self.cleaned_data["datei"]
        if datei.size > HOECHSTENS_BYTES:
            raise ValidationError(zu_gross(datei.size))
        self.inhalt = datei.read()
        try:
            pruefe_grenzen(self.inhalt)
        except KeineMappe as grund:
            raise ValidationError(str(grund)) from grund
        return datei


class MappenAdmin(admin.ModelAdmin):
    """The part of the administration of Kernaktivitäten that deals with the workbook."""

    def get_urls(self):
        seiten = (
            ("mappe/", self.mappe, "mappe"),
            ("mappe/ausfuhr/", self.mappe_ausfuhr, "mappe_ausfuhr"),
            ("mappe/<uuid:schluessel>/", self.mappe_probe, "mappe_probe"),
        )
        eigene = [
            path(adresse, self.admin_site.admin_view(view), name=f"kernaktivitaet_{name}")
            for adresse, view, name in seiten
        ]
        return [*eigene, *super().get_urls()]

    def darf_mappe(self, request: HttpRequest) -> bool:
        """Whether the user may change every kind of row in the workbook."""
        return all(
            self.admin_site.get_model_admin(blatt.modell).has_change_permission(request)
            for blatt in BLAETTER
        )

    def changelist_view(self, request, extra_context=None):
        mehr = {"darf_mappe": self.darf_mappe(request)} | (extra_context or {})
        return super().changelist_view(request, mehr)

    def _pruefe_recht(self, request: HttpRequest) -> None:
        if not self.darf_mappe(request):
            raise PermissionDenied
        grenze = stichtag.jetzt() - Hochladung.GILT
        Hochladung.objects.filter(hochgeladen_am__lt=grenze).delete()

    # ── Pages ────────────────────────────────────────────────────────────────────────────────

    def mappe(self, request) -> HttpResponse:
        """How it works, download, upload, and the latest Stapel."""
        self._pruefe_recht(request)
        form = MappenForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            Hochladung.objects.filter(nutzer=request.user).delete()
            neu = Hochladung.objects.create(
                nutzer=request.user,
                name=form.cleaned_data["datei"].name[:150],
                inhalt=form.inhalt,
                hochgeladen_am=stichtag.jetzt(),
            )
            return redirect("admin:kernaktivitaet_mappe_probe", neu.pk)
        return self._zeige_mappe(request, form)

    def mappe_ausfuhr(self, request) -> HttpResponse:
        self._pruefe_recht(request)
        name = f"strategieportal-{stichtag.heute().isoformat()}.xlsx"
        kopf = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        }
        return HttpResponse(schreibe_mappe(request), content_type=XLSX, headers=kopf)

    def mappe_probe(self, request, schluessel) -> HttpResponse:
        """GET tries, POST takes over what the trial showed, or throws the upload away."""
        self._pruefe_recht(request)
        with transaction.atomic():
            # Locked: whoever confirms twice takes it over once.
            eigene = Hochladung.objects.filter(pk=schluessel, nutzer=request.user)
            hochladung = eigene.select_for_update(of=("self",)).first()
            if hochladung is None:
                messages.warning(request, ABGELAUFEN)
                return redirect("admin:kernaktivitaet_mappe")
            if "verwerfen" in request.POST:
                hochladung.delete()
                messages.info(request, "Die Mappe ist verworfen. Im Portal ist nichts geändert.")
                return redirect("admin:kernaktivitaet_mappe")
            return self._probiere(request, hochladung)

    def _probiere(self, request, hochladung: Hochladung) -> HttpResponse:
        erwartet = request.POST.get("fingerabdruck", "") if request.method == "POST" else ""
        try:
            probe = spiele_ein(request, bytes(hochladung.inhalt), hochladung.name, erwartet)
        except KeineMappe as grund:
            hochladung.delete()
            form = MappenForm({}, {})
            form.errors["datei"] = form.error_class([f"{hochladung.name}: {grund}"])
            return self._zeige_mappe(request, form)
        if probe.stapel is None:
            return self._zeige_probe(request, hochladung, probe)
        hochladung.delete()
        messages.success(
            request,
            f"Übernommen: {probe.neu} neu, {probe.geaendert} geändert. Hier können Sie "
            "alles auf einmal zurücknehmen.",
        )
        return redirect("admin:verwaltung_stapel_change", probe.stapel.pk)

    def _zeige_mappe(self, request, form: MappenForm) -> HttpResponse:
        stapel = Stapel.objects.filter(art=Stapel.Art.MAPPE).select_related("erstellt_von")
        return self._zeige_seite(
            request, "admin/mappe.html", "Excel-Mappe", form=form, letzte=list(stapel[:10])
        )

    def _zeige_probe(self, request, hochladung: Hochladung, probe: Mappenprobe) -> HttpResponse:
        return self._zeige_seite(
            request,
            "admin/mappe_probe.html",
            f"Probelauf: {hochladung.name}",
            probe=probe,
            fehler=probe.fehler[:HOECHSTENS_GEZEIGT],
            weitere_fehler=max(0, len(probe.fehler) - HOECHSTENS_GEZEIGT),
        )

    def _zeige_seite(self, request, vorlage: str, titel: str, **kontext) -> HttpResponse:
        kontext |= self.admin_site.each_context(request) | {"title": titel, "opts": self.opts}
        return TemplateResponse(request, vorlage, kontext)
