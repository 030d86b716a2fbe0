from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bochum_strategie.stichtag import heute, stichtag_aus, weiter_aus

from . import selectors


@require_safe
def ueberblick(request: HttpRequest) -> HttpResponse:
    seite = selectors.ueberblick(request.GET, stichtag_aus(request), weiter_aus(request))
    return render(request, "zielsystem/ueberblick.html", {"seite": seite})


@require_safe
def kompetenz(request: HttpRequest, slug: str) -> HttpResponse:
    seite = selectors.kompetenz(slug, stichtag_aus(request), weiter_aus(request))
    return render(request, "zielsystem/kompetenz.html", {"seite": seite})


@require_safe
def schwerpunkt(request: HttpRequest, kompetenz: str, slug: str) -> HttpResponse:
    seite = selectors.schwerpunkt(kompetenz, slug, stichtag_aus(request), weiter_aus(request))
    return render(request, "zielsystem/schwerpunkt.html", {"seite": seite})


@require_safe
def die_strategie(request: HttpRequest) -> HttpResponse:
    seite = selectors.die_strategie(stichtag_aus(request), weiter_aus(request), heute())
    return render(request, "zielsystem/die_strategie.html", {"seite": seite})


@require_safe
def querschnittsthemen(request: HttpRequest) -> HttpResponse:
    seite = selectors.querschnittsthemen(stichtag_aus(request), weiter_aus(request))
    return render(request, "zielsystem/querschnittsthemen.html", {"seite": seite})


@require_safe
def querschnittsthema(request: HttpRequest, slug: str) -> HttpResponse:
    seite = selectors.querschnittsthema(slug, stichtag_aus(request), weiter_aus(request))
    return render(request, "zielsystem/querschnittsthema.html", {"seite": seite})
