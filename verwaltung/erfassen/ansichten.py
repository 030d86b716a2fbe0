"""The form, the preview, and the way back, below the list of decisions."""

from hashlib import sha256
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html

from grundlage import stichtag
from kernaktivitaeten.models import (
    Beschlusswirkung,
    Kernaktivitaet,
    Ratsbeschluss,
    Statusmeldung,
    Tranche,
)

from ..basis import INZWISCHEN
from ..models import Stapel
from ..stapel import stapel
from .anwenden import Abgelehnt, Anwendung
from .eingabe import Eingabe, alle_fehler, roh
from .formulare import WEITERE_ZEILEN, ZEILEN_AM_ANFANG, BeschlussForm, Zeilensatz, zeilensatz
from .ruecknahmeseite import RuecknahmeAdmin
from .vorschau import Vorschau, stand, vorschau

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


class _Zurueck(Exception):
    """Rolls everything back and carries an answer out of the transaction."""


class ErfassenAdmin(RuecknahmeAdmin):
    """GET asks, POST shows what would change, POST with "bestaetigen" does it as one Stapel."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.erfassen)
        return [path("erfassen/", view, name="ratsbeschluss_erfassen"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        mehr = {"darf_erfassen": self.darf_erfassen(request)}
        return super().changelist_view(request, mehr | (extra_context or {}))

    def darf_erfassen(self, request: HttpRequest) -> bool:
        """Who may write all that the form writes."""
        modelle = (Ratsbeschluss, Beschlusswirkung, Statusmeldung, Kernaktivitaet, Tranche)
        verwaltungen = [self.admin_site.get_model_admin(modell) for modell in modelle]
        aendern = self.admin_site.get_model_admin(Kernaktivitaet).has_change_permission(request)
        return aendern and all(v.has_add_permission(request) for v in verwaltungen)

    def erfassen(self, request: HttpRequest) -> HttpResponse:
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
        try:
            return self._erfasse(request, eingabe)
        except _Zurueck as ergebnis:
            return self._antworte(request, eingabe, ergebnis.args[0])

    def _erfasse(self, request, eingabe: Eingabe) -> HttpResponse:
        """All within the lock, so that what was read is still true when it is written."""
        heute = stichtag.heute()
        with stapel(request.user, Stapel.Art.BESCHLUSS, "") as neu:
            neu.schluessel, neu.eingabe = _schon_getan(eingabe.form), _pruefsumme(request)
            if not eingabe.ist_gueltig():
                raise _Zurueck(None)
            vorher = stand(heute)
            try:
                auftrag = Anwendung(eingabe.entscheidung(), request.user, heute)
                ergebnis = auftrag.fuehre_aus()
            except (Abgelehnt, IntegrityError) as grund:
                raise _Zurueck(grund) from grund
            folgen = vorschau(ergebnis, vorher, heute)
            if request.POST.get("bestaetigen") != folgen.marke(_gesendet(request)):
                raise _Zurueck(folgen)
            neu.titel = str(ergebnis.beschluss)[:200]
        self._sage_es(request, ergebnis.beschluss)
        return redirect("admin:verwaltung_stapel_change", neu.pk)

    def _antworte(self, request, eingabe: Eingabe, was) -> HttpResponse:
        if isinstance(was, Stapel) and was.eingabe != _pruefsumme(request):
            return self._weiterer(request, was)
        if isinstance(was, Stapel):
            messages.info(request, "Das ist schon gespeichert. Es wurde nichts doppelt angelegt.")
            return redirect("admin:verwaltung_stapel_change", was.pk)
        if isinstance(was, Vorschau):
            return self._zeige_vorschau(request, was)
        if isinstance(was, Abgelehnt):
            eingabe.lehne_ab(was)
        elif was is not None:
            eingabe.form.add_error(None, INZWISCHEN)
        return self._frage(request, eingabe.form, eingabe.zeilen)

    def _weiterer(self, request, schon: Stapel) -> HttpResponse:
        """Something else was sent with a key that is spent: it is shown, with a key of its own."""
        messages.warning(request, SCHON_EINER.format(schon.titel))
        request.POST = request.POST.copy()
        request.POST["schluessel"] = str(uuid4())
        request.POST.pop("bestaetigen", None)  # nobody has seen its preview
        return self._verarbeite(request)

    def _sage_es(self, request, beschluss: Ratsbeschluss) -> None:
        satz = 'Gespeichert. <a href="{}">Die öffentliche Seite des Beschlusses ansehen</a>'
        messages.success(request, format_html(satz, beschluss.get_absolute_url()))

    # ── Pages ────────────────────────────────────────────────────────────────────────────────

    def _form(self, request) -> type[BeschlussForm]:
        felder = [n for _, namen in GRUPPEN for n in namen if n not in ("zeit", "neue_tranche")]
        return self.get_form(request, None, form=BeschlussForm, fields=felder)

    def _noch_einmal(self, request, eingabe: Eingabe) -> tuple[BeschlussForm, Zeilensatz]:
        """The same input, not yet judged; with more rows if that was asked for."""
        mehr = WEITERE_ZEILEN if "weitere" in request.POST else 0
        zeilen = [roh(form) for form in eingabe.zeilen.forms]
        satz = zeilensatz(len(zeilen) + mehr)(prefix="z", initial=None)
        for form, werte in zip(satz.forms, zeilen, strict=False):
            form.initial = werte
        return self._form(request)(initial=roh(eingabe.form)), satz

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

    def _zeige_vorschau(self, request, folgen: Vorschau) -> HttpResponse:
        if "bestaetigen" in request.POST:
            messages.warning(request, GEAENDERT)
        gesendet = _gesendet(request)
        versteckt = [(name, wert) for name, werte in gesendet for wert in werte]
        marke = folgen.marke(gesendet)
        vorlage = "admin/erfassen_vorschau.html"
        return self._seite(request, vorlage, vorschau=folgen, versteckt=versteckt, marke=marke)

    def _seite(self, request, vorlage: str, **kontext) -> HttpResponse:
        kontext |= self.admin_site.each_context(request)
        kontext |= {"title": "Ratsbeschluss erfassen", "opts": self.opts}
        return TemplateResponse(request, vorlage, kontext)


def _schon_getan(form: BeschlussForm):
    """The key of the form; raises ``_Zurueck`` with the Stapel that was made with it before."""
    feld = form.fields["schluessel"]
    try:
        schluessel = feld.clean(form["schluessel"].data)
    except ValidationError:
        return None
    if schon := Stapel.objects.filter(schluessel=schluessel).first():
        raise _Zurueck(schon)
    return schluessel


def _gesendet(request: HttpRequest) -> list[tuple[str, list[str]]]:
    return sorted((n, werte) for n, werte in request.POST.lists() if n not in KNOEPFE)


def _pruefsumme(request: HttpRequest) -> str:
    ohne_schluessel = [paar for paar in _gesendet(request) if paar[0] != "schluessel"]
    return sha256(repr(ohne_schluessel).encode()).hexdigest()
