"""The guided form with its preview, and the way back, below the list of decisions."""

from functools import partial
from hashlib import sha256
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from grundlage import stichtag
from kernaktivitaeten.models import (
    Beschlusswirkung,
    Kernaktivitaet,
    Ratsbeschluss,
    Statusmeldung,
    Tranche,
)

from ..basis import INZWISCHEN, PortalAdmin
from ..models import Stapel
from ..probe import Ausgang, probiere
from ..stapel import NichtRuecknehmbar, SchonGetan, stapel
from ..vorschau import sichtbares
from .anwenden import Anwendung
from .eingabe import Abgelehnt, BeschlussForm, Eingabe, alle_fehler
from .ruecknahme import Ruecknahme, nimm_beschluss_zurueck, was_im_weg_steht
from .vorschau import Vorschau, vorschau
from .zeilen import WEITERE_ZEILEN, ZEILEN_AM_ANFANG, Zeilensatz, zeilensatz

GEAENDERT = (
    "Seit der Vorschau hat sich etwas geändert. Es ist nichts gespeichert. Prüfen Sie die neue "
    "Vorschau."
)
SCHON_EINER = (
    "Mit diesem Formular ist schon ein Beschluss gespeichert: „{}“. Was Sie jetzt bestätigen, "
    "kommt als weiterer Beschluss dazu. Um den ersten zu ändern, brechen Sie hier ab."
)
# The groups of the form: heading and fields.
GRUPPEN = (
    ("Der Beschluss", ("zeit", "gremium", "titel", "ergebnis", "vorlage", "adresse", "top")),
    ("Wortlaut und Hinweis", ("wortlaut", "hinweis", "betrifft_strategie")),
    ("Quelle", ("quelle",)),
    ("Tranche", ("tranche", "neue_tranche", "teil")),
)
KNOEPFE = ("csrfmiddlewaretoken", "vorschau", "bestaetigen", "aendern", "weitere")


class RuecknahmeForm(forms.Form):
    grund = forms.CharField(
        label="Grund der Rücknahme",
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        help_text="Öffentlich. Zum Beispiel: „Der Beschluss war doppelt eingetragen.“",
    )


class ErfassenAdmin(PortalAdmin):
    """The guided form, and the page that takes a decision back and says what stands in the way."""

    def get_urls(self):
        erfassen, zuruecknehmen = map(
            self.admin_site.admin_view, (self.erfassen, self.zuruecknehmen)
        )
        return [
            path("erfassen/", erfassen, name="ratsbeschluss_erfassen"),
            # From the entry, and from the decision: delivered ones have no entry.
            path("zuruecknehmen/<int:nummer>/", zuruecknehmen, name="ratsbeschluss_zuruecknehmen"),
            path("<int:pk>/zuruecknehmen/", zuruecknehmen, name="ratsbeschluss_ruecknahme"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        mehr = {"darf_erfassen": self.darf_erfassen(request)}
        return super().changelist_view(request, mehr | (extra_context or {}))

    def darf_erfassen(self, request: HttpRequest) -> bool:
        """Who may write all that the form writes."""
        modelle = (Ratsbeschluss, Beschlusswirkung, Statusmeldung, Kernaktivitaet, Tranche)
        verwaltungen = [self.admin_site.get_model_admin(modell) for modell in modelle]
        aendern = self.admin_site.get_model_admin(Kernaktivitaet).has_change_permission(request)
        return aendern and all(v.has_add_permission(request) for v in verwaltungen)

    # ── Entering it ──────────────────────────────────────────────────────────────────────────

    def erfassen(self, request: HttpRequest) -> HttpResponse:
        """GET asks, POST shows what would change, POST with "bestaetigen" does it as one Stapel."""
        if not self.darf_erfassen(request):
            raise PermissionDenied
        if request.method != "POST":
            leer = zeilensatz(ZEILEN_AM_ANFANG)(prefix="z")
            return self._frage(request, self._form(request)(initial={"schluessel": uuid4()}), leer)
        return self._verarbeite(request)

    def _verarbeite(self, request: HttpRequest) -> HttpResponse:
        eingabe = Eingabe(
            self._form(request)(request.POST), zeilensatz(0)(request.POST, prefix="z")
        )
        if {"weitere", "aendern"} & set(request.POST):
            return self._frage(request, *self._noch_einmal(request, eingabe))
        return self._erfasse(request, eingabe)

    def _erfasse(self, request, eingabe: Eingabe) -> HttpResponse:
        neuer = stapel(
            request.user,
            Stapel.Art.BESCHLUSS,
            schluessel=eingabe.schluessel,
            eingabe=_pruefsumme(request),
        )
        vorhaben = partial(self._vorhaben, request, eingabe)
        try:
            ausgang = probiere(neuer, vorhaben, request.POST.get("bestaetigen", ""))
        except SchonGetan as schon:
            return self._schon_getan(request, schon.stapel)
        except Abgelehnt:
            pass  # the form says why
        except IntegrityError:
            eingabe.form.add_error(None, INZWISCHEN)
        else:
            return self._zeige_ausgang(request, ausgang)
        return self._frage(request, eingabe.form, eingabe.zeilen)

    def _vorhaben(self, request, eingabe: Eingabe, neu: Stapel) -> tuple[Vorschau, object]:
        """All within the lock, so that what was read is still true when it is written."""
        heute = stichtag.heute()
        eingabe.pruefe()
        vorher = sichtbares(heute)
        anwendung = Anwendung(eingabe, request.user, heute)
        anwendung.fuehre_aus()
        neu.titel, neu.beschluss = str(anwendung.beschluss), anwendung.beschluss.pk
        folgen = vorschau(anwendung, vorher)
        return folgen, (folgen.veraenderungen, folgen.zahlen, folgen.warnungen, _gesendet(request))

    def _schon_getan(self, request, schon: Stapel) -> HttpResponse:
        """What else was sent with a key that is spent is shown, with a key of its own."""
        if schon.eingabe == _pruefsumme(request):
            messages.info(request, "Das ist schon gespeichert. Es wurde nichts doppelt angelegt.")
            return redirect("admin:verwaltung_stapel_change", schon.pk)
        messages.warning(request, SCHON_EINER.format(schon.titel))
        request.POST = request.POST.copy()
        request.POST["schluessel"] = str(uuid4())
        request.POST.pop("bestaetigen", None)  # nobody has seen its preview
        return self._verarbeite(request)

    def _form(self, request) -> type[BeschlussForm]:
        felder = [n for _, namen in GRUPPEN for n in namen if n not in ("zeit", "neue_tranche")]
        return self.get_form(request, None, form=BeschlussForm, fields=felder)

    def _noch_einmal(self, request, eingabe: Eingabe) -> tuple[BeschlussForm, Zeilensatz]:
        """The same input, not yet judged; with more rows if that was asked for."""
        mehr = WEITERE_ZEILEN if "weitere" in request.POST else 0
        gesendete = eingabe.zeilen.forms
        satz = zeilensatz(len(gesendete) + mehr)(prefix="z", initial=None)
        for form, gesendet in zip(satz.forms, gesendete, strict=False):
            form.initial = {name: gesendet[name].data for name in gesendet.fields}
        return self._form(request)(initial=request.POST.dict()), satz

    def _frage(self, request, form: BeschlussForm, zeilen: Zeilensatz) -> HttpResponse:
        return self._seite(
            request,
            "admin/erfassen.html",
            form=form,
            gruppen=[(titel, [form[name] for name in namen]) for titel, namen in GRUPPEN],
            zeilen=zeilen,
            media=self.media + form.media + zeilen.media,
            fehler=list(alle_fehler(form, zeilen)),
        )

    def _zeige_ausgang(self, request, ausgang: Ausgang[Vorschau]) -> HttpResponse:
        folgen = ausgang.folgen
        if ausgang.stapel is not None:
            satz = 'Gespeichert. <a href="{}">Die öffentliche Seite des Beschlusses ansehen</a>'
            messages.success(request, format_html(satz, folgen.adresse))
            return redirect("admin:verwaltung_stapel_change", ausgang.stapel.pk)
        if ausgang.geaendert:
            messages.warning(request, GEAENDERT)
        return self._seite(
            request,
            "admin/erfassen_vorschau.html",
            vorschau=folgen,
            versteckt=[(name, wert) for name, werte in _gesendet(request) for wert in werte],
            marke=ausgang.marke,
        )

    def _seite(self, request, vorlage: str, **kontext) -> HttpResponse:
        alle = {"title": "Ratsbeschluss erfassen", "opts": self.opts} | kontext
        return TemplateResponse(request, vorlage, self.admin_site.each_context(request) | alle)

    # ── Taking it back ───────────────────────────────────────────────────────────────────────

    def zuruecknehmen(self, request: HttpRequest, nummer: int = 0, pk: int = 0) -> HttpResponse:
        """GET asks for the reason, POST does it; ``nummer`` is that of the Stapel."""
        if not self.darf_erfassen(request) or not self.has_change_permission(request):
            raise PermissionDenied
        if nummer:
            pk = get_object_or_404(Stapel, pk=nummer, art=Stapel.Art.BESCHLUSS).beschluss
        beschluss = get_object_or_404(Ratsbeschluss, pk=pk)
        ruecknahme = Ruecknahme(beschluss, stichtag.heute())
        form = RuecknahmeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                nimm_beschluss_zurueck(beschluss.pk, request.user, form.cleaned_data["grund"])
            except NichtRuecknehmbar:
                pass  # the page says what stands in the way
            else:
                messages.success(request, f"„{beschluss}“ ist zurückgenommen.")
                if ruecknahme.stapel:
                    return redirect("admin:verwaltung_stapel_change", ruecknahme.stapel.pk)
                return redirect(self._adresse("change", beschluss.pk))
        return self._seite(
            request,
            "admin/zuruecknehmen.html",
            title="Ratsbeschluss zurücknehmen",
            ruecknahme=ruecknahme,
            zurueck=self._adresse("change", beschluss.pk),
            form=form,
            hindernisse=was_im_weg_steht(beschluss.pk),
        )

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.zurueckgenommen_am is None and self.darf_erfassen(request):
            context["ruecknahme"] = reverse("admin:ratsbeschluss_ruecknahme", args=(obj.pk,))
        return super().render_change_form(request, context, add, change, form_url, obj)


def _gesendet(request: HttpRequest) -> list[tuple[str, list[str]]]:
    return sorted((n, werte) for n, werte in request.POST.lists() if n not in KNOEPFE)


def _pruefsumme(request: HttpRequest) -> str:
    ohne_schluessel = [paar for paar in _gesendet(request) if paar[0] != "schluessel"]
    return sha256(repr(ohne_schluessel).encode()).hexdigest()
