import io

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from grundlage import stichtag
from grundlage.stichtag import stichtag_aus, weiter_aus
from stempel import auftrag as arbeit
from stempel.paket import gib_heraus

from . import forms, selectors
from .zugang import darf_stempeln, gegen_raten

# The city's artwork stands as an image inside of the drawing itself.
SVG_RICHTLINIE = "default-src 'none'; img-src data:; frame-ancestors 'none'"


# ── For everybody ─────────────────────────────────────────────────────────────────────────────


@require_safe
def stempel(request: HttpRequest) -> HttpResponse:
    seite = selectors.stempel(stichtag_aus(request), weiter_aus(request), _portal(request))
    return render(request, "stempel/stempel.html", {"seite": seite})


@require_safe
@conditional_page
@cache_control(public=True, max_age=3600)
def abzeichen(request: HttpRequest, slug: str) -> HttpResponse:
    return _svg(selectors.abzeichen(slug, stichtag_aus(request)))


@require_safe
@conditional_page
@cache_control(public=True, max_age=3600)
def muster(request: HttpRequest, variante: str, farbe: str) -> HttpResponse:
    return _svg(selectors.muster(variante, farbe, stichtag_aus(request)))


@require_safe
@gegen_raten
def auskunft(request: HttpRequest, code: str) -> HttpResponse:
    seite = selectors.auskunft(code, stichtag_aus(request), weiter_aus(request))
    return render(request, "stempel/auskunft.html", {"seite": seite})


@require_safe
@gegen_raten
def eingabe(request: HttpRequest) -> HttpResponse:
    return redirect(selectors.eingabe(request.GET.get("code", "")))


# ── For colleagues ────────────────────────────────────────────────────────────────────────────


@darf_stempeln
@require_safe
def nutzen(request: HttpRequest) -> HttpResponse:
    seite = selectors.nutzen(request.GET, request.user.pk, stichtag.heute())
    return render(request, "stempel/nutzen.html", {"seite": seite})


@darf_stempeln
def paket(request: HttpRequest, slug: str) -> HttpResponse:
    seite = selectors.paket(slug, stichtag.heute(), _portal(request))
    formular = forms.ZweckForm(*_eingaben(request)[:1])
    if seite.ablehnung or not formular.is_valid():
        return render(request, "stempel/paket.html", {"seite": seite, "formular": formular})
    zweck, wer = formular.cleaned_data["zweck"], request.user.pk
    fertig = gib_heraus(seite.ka, zweck, wer, stichtag.heute(), _portal(request))
    return FileResponse(io.BytesIO(fertig.inhalt), as_attachment=True, filename=fertig.name)


@darf_stempeln
def anbringen(request: HttpRequest, slug: str) -> HttpResponse:
    seite = selectors.anbringen(slug, stichtag.heute())
    formular = forms.AnbringenForm(*_eingaben(request), farben=seite.farben)
    if seite.ablehnung or not formular.is_valid():
        return render(request, "stempel/anbringen.html", {"seite": seite, "formular": formular})
    wer, dateien = request.user.pk, formular.cleaned_data["dateien"]
    wie = (stichtag.heute(), _portal(request))
    return _zum_auftrag(arbeit.lege_an(wer, seite.ka, formular.alle_angaben, dateien, *wie))


@darf_stempeln
def auftrag(request: HttpRequest, token: str) -> HttpResponse:
    seite = selectors.auftrag(arbeit.lies(token, request.user.pk), stichtag.heute())
    formular = forms.WunschForm(*_eingaben(request), farben=seite.farben, initial=seite.wunsch)
    if seite.ablehnung or not formular.is_valid():
        return render(request, "stempel/auftrag.html", {"seite": seite, "formular": formular})
    wie = (formular.angaben, stichtag.heute(), _portal(request))
    arbeit.stemple_neu(token, request.user.pk, seite.ka, *wie)
    return _zum_auftrag(token)


@darf_stempeln
def vorschau(request: HttpRequest, token: str, nr: int) -> HttpResponse:
    bild = arbeit.vorschau(token, request.user.pk, nr)
    return HttpResponse(bild, content_type="image/png")


@darf_stempeln
def herunterladen(request: HttpRequest, token: str) -> HttpResponse:
    """By POST, because it writes the register; who comes back from signing in is led on."""
    seite = selectors.auftrag(arbeit.lies(token, request.user.pk), stichtag.heute())
    if request.method != "POST" or not seite.fertig:
        return _zum_auftrag(token)
    name, datei = arbeit.gib_heraus(token, request.user.pk, seite.ka, stichtag.heute())
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
