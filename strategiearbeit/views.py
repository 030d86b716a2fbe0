from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bochum_strategie.stichtag import stichtag_aus, weiter_aus

from . import selectors


def meilensteine(request: HttpRequest) -> HttpResponse:
    seite = selectors.meilensteine(stichtag_aus(request), weiter_aus(request))
    return render(request, "strategiearbeit/meilensteine.html", {"seite": seite})


def strategiearbeit(request: HttpRequest) -> HttpResponse:
    seite = selectors.strategiearbeit(stichtag_aus(request), weiter_aus(request))
    return render(request, "strategiearbeit/strategiearbeit.html", {"seite": seite})


def werkzeugkasten(request: HttpRequest, slug: str) -> HttpResponse:
    seite = selectors.werkzeugkasten(slug, stichtag_aus(request), weiter_aus(request))
    return render(request, "strategiearbeit/werkzeugkasten.html", {"seite": seite})


def barrierefreiheit(request: HttpRequest) -> HttpResponse:
    seite = selectors.barrierefreiheit(stichtag_aus(request), weiter_aus(request))
    return render(request, "strategiearbeit/barrierefreiheit.html", {"seite": seite})


def textseite(request: HttpRequest, slug: str) -> HttpResponse:
    seite = selectors.textseite(slug, stichtag_aus(request), weiter_aus(request))
    return render(request, "strategiearbeit/textseite.html", {"seite": seite})
