from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bochum_strategie.stichtag import heute, stichtag_aus, weiter_aus

from . import selectors


@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    seite = selectors.liste(request.GET, stichtag_aus(request), weiter_aus(request))
    return render(request, "kernaktivitaeten/liste.html", {"seite": seite})


@require_safe
def liste_csv(request: HttpRequest) -> HttpResponse:
    stichtag = stichtag_aus(request)
    name = f"kernaktivitaeten-{stichtag.isoformat()}.csv"
    return HttpResponse(
        selectors.als_csv(request.GET, stichtag, _wurzel(request)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def liste_json(request: HttpRequest) -> HttpResponse:
    daten = selectors.als_json(request.GET, stichtag_aus(request), _wurzel(request))
    return JsonResponse(daten, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    seite = selectors.detail(slug, stichtag_aus(request), weiter_aus(request), heute())
    return render(request, "kernaktivitaeten/detail.html", {"seite": seite})


@require_safe
def bilanz(request: HttpRequest) -> HttpResponse:
    seite = selectors.bilanz(stichtag_aus(request), weiter_aus(request))
    return render(request, "kernaktivitaeten/bilanz.html", {"seite": seite})


@require_safe
def beschluesse(request: HttpRequest) -> HttpResponse:
    seite = selectors.beschluesse(request.GET, stichtag_aus(request), weiter_aus(request))
    return render(request, "kernaktivitaeten/beschluesse.html", {"seite": seite})


@require_safe
def beschluss(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        seite = selectors.beschluss(slug, stichtag_aus(request), weiter_aus(request))
    except selectors.Zurueckgenommen as weg:
        vorlage = "kernaktivitaeten/beschluss_zurueckgenommen.html"
        return render(request, vorlage, {"seite": weg.seite}, status=410)
    return render(request, "kernaktivitaeten/beschluss.html", {"seite": seite})


@require_safe
def tranche(request: HttpRequest, nr: int) -> HttpResponse:
    seite = selectors.tranche(nr, stichtag_aus(request), weiter_aus(request))
    return render(request, "kernaktivitaeten/tranche.html", {"seite": seite})


@require_safe
def stelle(request: HttpRequest, slug: str) -> HttpResponse:
    seite = selectors.stelle(slug, stichtag_aus(request), weiter_aus(request))
    return render(request, "kernaktivitaeten/stelle.html", {"seite": seite})


def _wurzel(request: HttpRequest) -> str:
    """Scheme and host, so that an export carries whole addresses."""
    return request.build_absolute_uri("/").rstrip("/")
