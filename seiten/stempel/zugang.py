"""Who gets in: colleagues with the right, and nobody who guesses codes."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from stempel.ablage import FRIST, Ausgelastet, Fort

from .. import drossel
from .auskunft import Unbekannt

RECHT = "stempel.stempel_nutzen"
RATEN = "stempel_code"
WARTEN = 60


def darf_stempeln(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
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


def gegen_raten(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """After too many codes that do not exist there is no answer for a while."""

    @wraps(view)
    def gebremst(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if drossel.ist_frei(request, RATEN):
            try:
                return view(request, *args, **kwargs)
            except Unbekannt as unbekannt:
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
