from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bochum_strategie.stichtag import heute, stichtag_aus, weiter_aus

from . import selectors
from .forms import BarriereForm


@require_safe
def meilensteine(request: HttpRequest) -> HttpResponse:
    seite = selectors.meilensteine(stichtag_aus(request), weiter_aus(request))
    return render(request, "strategiearbeit/meilensteine.html", {"seite": seite})


@require_safe
def strategiearbeit(request: HttpRequest) -> HttpResponse:
    seite = selectors.strategiearbeit(stichtag_aus(request), weiter_aus(request))
    return render(request, "strategiearbeit/strategiearbeit.html", {"seite": seite})


@require_safe
def werkzeugkasten(request: HttpRequest, slug: str) -> HttpResponse:
    seite = selectors.werkzeugkasten(slug, stichtag_aus(request), weiter_aus(request))
    return render(request, "strategiearbeit/werkzeugkasten.html", {"seite": seite})


@require_safe
def barrierefreiheit(request: HttpRequest) -> HttpResponse:
    seite = selectors.barrierefreiheit(stichtag_aus(request), weiter_aus(request))
    return render(request, "strategiearbeit/barrierefreiheit.html", {"seite": seite})


@csrf_exempt  # nobody is signed in here, and readers get no cookie; see the form
@require_http_methods(["GET", "HEAD", "POST"])
def barriere_melden(request: HttpRequest) -> HttpResponse:
    form = BarriereForm(request.POST or None)
    if form.is_valid():
        form.melde(heute())
        return redirect("strategiearbeit:barriere_gemeldet")
    seite = selectors.barriere_melden(form, stichtag_aus(request), weiter_aus(request))
    return render(request, "strategiearbeit/barriere_melden.html", {"seite": seite})


@require_safe
def barriere_gemeldet(request: HttpRequest) -> HttpResponse:
    seite = selectors.barriere_gemeldet(stichtag_aus(request), weiter_aus(request))
    return render(request, "strategiearbeit/barriere_gemeldet.html", {"seite": seite})


@require_safe
def textseite(request: HttpRequest, slug: str) -> HttpResponse:
    seite = selectors.textseite(slug, stichtag_aus(request), weiter_aus(request))
    return render(request, "strategiearbeit/textseite.html", {"seite": seite})
