"""Who gets in: colleagues with the right, and nobody who guesses codes.

Of those who guess a number is kept for each connection, under a name from which its address
cannot be told, in memory, for ten minutes; no cookie.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache

from .ablage import Fort

RECHT = "stempel.stempel_nutzen"
FORT = (
    "Diese Dateien sind nicht mehr da: Sie werden nach dem Herunterladen oder nach einer Stunde "
    "gelöscht. Laden Sie Ihr Material noch einmal hoch."
)

FEHLVERSUCHE = 20
DAUER = 600


def darf_stempeln(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for those with the right; others sign in first, or read how to get it."""

    @never_cache
    @login_required
    @wraps(view)
    def geprueft(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm(RECHT):
            inhalt = {"seite": {"weiter": ""}}
            return render(request, "stempel/ohne_recht.html", inhalt, status=403)
        try:
            return view(request, *args, **kwargs)
        except Fort as fort:
            raise Http404(FORT) from fort

    return geprueft


def gegen_raten(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """After ``FEHLVERSUCHE`` codes that do not exist there is no answer until ``DAUER`` is over."""

    @wraps(view)
    def gebremst(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        name = f"stempel-raten-{salted_hmac('stempel', herkunft(request)).hexdigest()[:32]}"
        if cache.get(name, 0) >= FEHLVERSUCHE:
            inhalt = {"seite": {"weiter": ""}, "minuten": DAUER // 60}
            antwort = render(request, "stempel/zu_viele.html", inhalt, status=429)
            antwort.headers["Retry-After"] = str(DAUER)
            return antwort
        try:
            return view(request, *args, **kwargs)
        except Http404:
            cache.add(name, 0, DAUER)
            cache.incr(name)
            raise

    return gebremst


def herkunft(request: HttpRequest) -> str:
    """The address a request comes from; told by the server in front where that is trusted.

    The last entry is the one that server wrote itself; those before it anybody can invent.
    """
    adresse = request.META.get("REMOTE_ADDR", "")
    weitergereicht = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
    if weitergereicht and adresse in settings.FORWARDED_ALLOW_IPS:
        return weitergereicht
    return adresse
