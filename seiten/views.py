"""The views of the public pages: what a page asks for is handed to it, and its answer is shown."""

from collections.abc import Callable
from inspect import signature
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from grundlage.stichtag import heute, stichtag_aus, weiter_aus

from . import beschluesse, export, strategiearbeit
from .barriere import BarriereForm
from .bestand import aktueller_bestand

# What the function of a page may name among its arguments, beside the parts of its address.
ANGABEN: dict[str, Callable[[HttpRequest], Any]] = {
    "bestand": lambda request: aktueller_bestand(),
    "parameter": lambda request: request.GET,
    "stichtag": stichtag_aus,
    "weiter": weiter_aus,
    "heute": lambda request: heute(),
}


def ansicht(seite: Callable[..., object], vorlage: str) -> Callable[..., HttpResponse]:
    """The view of a page: ``seite`` gets what it names of ``ANGABEN``, ``vorlage`` its result."""
    gefragt = [name for name in ANGABEN if name in signature(seite).parameters]

    def view(request: HttpRequest, **adresse: Any) -> HttpResponse:
        angaben = {name: ANGABEN[name](request) for name in gefragt}
        return render(request, vorlage, {"seite": seite(**adresse, **angaben)})

    view.__name__ = seite.__name__
    return require_safe(view)


@require_safe
def liste_csv(request: HttpRequest) -> HttpResponse:
    stichtag = stichtag_aus(request)
    name = f"kernaktivitaeten-{stichtag.isoformat()}.csv"
    return HttpResponse(
        export.als_csv(aktueller_bestand(), request.GET, stichtag, _wurzel(request)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def liste_json(request: HttpRequest) -> HttpResponse:
    daten = export.als_json(
        aktueller_bestand(), request.GET, stichtag_aus(request), _wurzel(request)
    )
    return JsonResponse(daten, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def beschluss(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        return _beschluss(request, slug=slug)
    except beschluesse.Zurueckgenommen as weg:
        vorlage = "kernaktivitaeten/beschluss_zurueckgenommen.html"
        return render(request, vorlage, {"seite": weg.seite}, status=410)


_beschluss = ansicht(beschluesse.beschluss, "kernaktivitaeten/beschluss.html")


@csrf_exempt  # nobody is signed in here, and readers get no cookie; see the form
@require_http_methods(["GET", "HEAD", "POST"])
def barriere_melden(request: HttpRequest) -> HttpResponse:
    form = BarriereForm(request.POST or None)
    if form.is_valid() and form.melde(heute(), request):
        return redirect("strategiearbeit:barriere_gemeldet")
    seite = strategiearbeit.barriere_melden(form, stichtag_aus(request), weiter_aus(request))
    return render(request, "strategiearbeit/barriere_melden.html", {"seite": seite})


def _wurzel(request: HttpRequest) -> str:
    """Scheme and host, so that an export carries whole addresses."""
    return request.build_absolute_uri("/").rstrip("/")
