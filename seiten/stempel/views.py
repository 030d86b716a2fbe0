"""The pages about the stamp, and who gets in."""

import io
from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_safe

from grundlage import stichtag
from grundlage.stichtag import stichtag_aus, weiter_aus
from stempel import material
from stempel.ablage import FRIST, Ausgelastet, Fort
from stempel.paket import gib_heraus

from .. import drossel
from ..bestand import aktueller_bestand
from . import arbeit, forms, oeffentlich

RECHT = "stempel.stempel_nutzen"
RATEN = "stempel_code"
WARTEN = 60

# The city's artwork stands as an image inside of the drawing itself.
SVG_RICHTLINIE = "default-src 'none'; img-src data:; frame-ancestors 'none'"


# ── Who gets in ───────────────────────────────────────────────────────────────────────────────


def _darf_stempeln(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for those with the right; others sign in first, or read how to get it."""

    @never_cache
    @login_required
    @wraps(view)
    def geprueft(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm(RECHT):
            return _seite(request, "ohne_recht", 403)
        try:
            return view(request, *args, **kwargs)
        except Fort:
            return _seite(request, "fort", 404, stunden=FRIST // 3600)
        except Ausgelastet as voll:
            return _spaeter(request, voll)

    return geprueft


def _gegen_raten(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """After too many codes that do not exist there is no answer for a while."""

    @wraps(view)
    def gebremst(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if drossel.ist_frei(request, RATEN):
            try:
                return view(request, *args, **kwargs)
            except oeffentlich.Unbekannt as unbekannt:
                if drossel.zaehle(request, RATEN):
                    return _seite(request, "unbekannt", 404, satz=str(unbekannt))
        dauer = drossel.dauer(RATEN)
        antwort = _seite(request, "zu_viele", 429, minuten=dauer // 60)
        antwort.headers["Retry-After"] = str(dauer)
        return antwort

    return gebremst


def _spaeter(request: HttpRequest, voll: Ausgelastet) -> HttpResponse:
    """A page whose button sends the same once more; uploaded files are kept meanwhile."""
    auftrag = reverse("stempel:auftrag", args=(voll.token,)) if voll.token else ""
    angaben = [
        (name, wert)
        for name, werte in request.POST.lists()
        for wert in werte
        if name != "csrfmiddlewaretoken"
    ]
    # Files that came with the wishes are not sent again: they belong to a piece of work by now.
    ziel = auftrag if request.FILES else request.path
    inhalt = {"satz": str(voll), "auftrag": auftrag, "angaben": angaben, "ziel": ziel}
    antwort = _seite(request, "ausgelastet", 503, **inhalt)
    antwort.headers["Retry-After"] = str(WARTEN)
    return antwort


def _seite(request: HttpRequest, name: str, status: int, **inhalt: object) -> HttpResponse:
    """A page that takes the place of the one that was asked for."""
    inhalt["seite"] = {"weiter": ""}
    return render(request, f"stempel/{name}.html", inhalt, status=status)


# ── For everybody ─────────────────────────────────────────────────────────────────────────────


@require_safe
def stempel(request: HttpRequest) -> HttpResponse:
    seite = oeffentlich.stempel(stichtag_aus(request), weiter_aus(request), _portal(request))
    return render(request, "stempel/stempel.html", {"seite": seite})


@require_safe
@conditional_page
@cache_control(public=True, max_age=3600)
def abzeichen(request: HttpRequest, slug: str) -> HttpResponse:
    return _svg(oeffentlich.abzeichen(aktueller_bestand(), slug, stichtag_aus(request)))


@require_safe
@conditional_page
@cache_control(public=True, max_age=3600)
def muster(request: HttpRequest, variante: str, farbe: str) -> HttpResponse:
    return _svg(oeffentlich.muster(variante, farbe, stichtag_aus(request)))


@require_safe
@_gegen_raten
def auskunft(request: HttpRequest, code: str) -> HttpResponse:
    seite = oeffentlich.auskunft(
        aktueller_bestand(), code, stichtag_aus(request), weiter_aus(request)
    )
    return render(request, "stempel/auskunft.html", {"seite": seite})


@require_safe
@_gegen_raten
def eingabe(request: HttpRequest) -> HttpResponse:
    return redirect(oeffentlich.eingabe(request.GET.get("code", "")))


# ── For colleagues ────────────────────────────────────────────────────────────────────────────


@_darf_stempeln
@require_safe
def nutzen(request: HttpRequest) -> HttpResponse:
    seite = arbeit.nutzen(aktueller_bestand(), request.GET, request.user.pk, stichtag.heute())
    return render(request, "stempel/nutzen.html", {"seite": seite})


@_darf_stempeln
def paket(request: HttpRequest, slug: str) -> HttpResponse:
    seite = arbeit.paket(slug, stichtag.heute(), _portal(request))
    formular = forms.ZweckForm(*_eingaben(request)[:1])
    if seite.ablehnung or not formular.is_valid():
        return render(request, "stempel/paket.html", {"seite": seite, "formular": formular})
    zweck, wer = formular.cleaned_data["zweck"], request.user.pk
    fertig = gib_heraus(seite.ka, zweck, wer, stichtag.heute(), _portal(request))
    return FileResponse(io.BytesIO(fertig.inhalt), as_attachment=True, filename=fertig.name)


@_darf_stempeln
def anbringen(request: HttpRequest, slug: str) -> HttpResponse:
    seite = arbeit.anbringen(slug, stichtag.heute())
    formular = forms.AnbringenForm(*_eingaben(request), farben=seite.farben)
    if seite.ablehnung or not formular.is_valid():
        return render(request, "stempel/anbringen.html", {"seite": seite, "formular": formular})
    wer, dateien = request.user.pk, formular.cleaned_data["dateien"]
    wie = (stichtag.heute(), _portal(request))
    return _zum_auftrag(material.lege_an(wer, seite.ka, formular.alle_angaben, dateien, *wie))


@_darf_stempeln
def auftrag(request: HttpRequest, token: str) -> HttpResponse:
    seite = arbeit.auftrag(material.lies(token, request.user.pk), stichtag.heute())
    formular = forms.WunschForm(*_eingaben(request), farben=seite.farben, initial=seite.wunsch)
    if seite.ablehnung or not formular.is_valid():
        return render(request, "stempel/auftrag.html", {"seite": seite, "formular": formular})
    wie = (formular.angaben, stichtag.heute(), _portal(request))
    material.stemple_neu(token, request.user.pk, seite.ka, *wie)
    return _zum_auftrag(token)


@_darf_stempeln
def vorschau(request: HttpRequest, token: str, nr: int) -> HttpResponse:
    bild = material.lies_vorschau(token, request.user.pk, nr)
    return HttpResponse(bild, content_type="image/png")


@_darf_stempeln
def herunterladen(request: HttpRequest, token: str) -> HttpResponse:
    """By POST, because it writes the register; who comes back from signing in is led on."""
    seite = arbeit.auftrag(material.lies(token, request.user.pk), stichtag.heute())
    if request.method != "POST" or not seite.fertig:
        return _zum_auftrag(token)
    name, datei = material.gib_heraus(token, request.user.pk, seite.ka, stichtag.heute())
    return FileResponse(datei, as_attachment=True, filename=name)


def _eingaben(request: HttpRequest) -> tuple:
    """What was sent; nothing when the page is only opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _zum_auftrag(token: str) -> HttpResponse:
    return redirect("stempel:auftrag", token)


def _svg(text: str) -> HttpResponse:
    kopf = {"Content-Security-Policy": SVG_RICHTLINIE}
    return HttpResponse(text, content_type="image/svg+xml; charset=utf-8", headers=kopf)


def _portal(request: HttpRequest) -> str:
    """Scheme and host of the portal, for addresses that are printed."""
    return request.build_absolute_uri("/").rstrip("/")
