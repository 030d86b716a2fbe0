"""Who gets in: colleagues with the right, and nobody who guesses codes.

Of those who guess a number is kept for each connection, under a name from which its address
cannot be told, for ten minutes after the last guess; no cookie.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache

from stempel.ablage import FRIST, Fort

from .auskunft import Unbekannt

RECHT = "stempel.stempel_nutzen"
FEHLVERSUCHE = 20
DAUER = 600


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
    """After ``FEHLVERSUCHE`` codes that do not exist there is no answer until ``DAUER`` is over."""

    @wraps(view)
    def gebremst(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        name = f"stempel-raten-{salted_hmac('stempel', herkunft(request)).hexdigest()[:32]}"
        versuche = cache.get(name, 0)
        if versuche >= FEHLVERSUCHE:
            antwort = _seite(request, "zu_viele", 429, minuten=DAUER // 60)
            antwort.headers["Retry-After"] = str(DAUER)
            return antwort
        try:
            return view(request, *args, **kwargs)
        except Unbekannt as unbekannt:
            cache.set(name, versuche + 1, DAUER)
            return _seite(request, "unbekannt", 404, satz=str(unbekannt))

    return gebremst


def _seite(request: HttpRequest, name: str, status: int, **inhalt: object) -> HttpResponse:
    """A page that takes the place of the one that was asked for."""
    inhalt["seite"] = {"weiter": ""}
    return render(request, f"stempel/{name}.html", inhalt, status=status)


def herkunft(request: HttpRequest) -> str:
    """The address a request comes from; told by the server in front where that is trusted.

    The last entry is the one that server wrote itself; those before it anybody can invent.
    """
    adresse = request.META.get("REMOTE_ADDR", "")
    weitergereicht = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
    if weitergereicht and adresse in settings.FORWARDED_ALLOW_IPS:
        return weitergereicht
    return adresse
