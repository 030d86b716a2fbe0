"""Who gets in: colleagues with the right, and nobody who guesses codes."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from stempel.ablage import FRIST, Fort

from .. import drossel
from .auskunft import Unbekannt

RECHT = "stempel.stempel_nutzen"
RATEN = "stempel_code"


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


def _seite(request: HttpRequest, name: str, status: int, **inhalt: object) -> HttpResponse:
    """A page that takes the place of the one that was asked for."""
    inhalt["seite"] = {"weiter": ""}
    return render(request, f"stempel/{name}.html", inhalt, status=status)
