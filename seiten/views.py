"""The public pages: each view asks for the page of its name and shows it, nothing else."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from grundlage.stichtag import heute, stichtag_aus, weiter_aus

from . import selectors
from .barriere import BarriereForm


@require_safe
def startseite(request: HttpRequest) -> HttpResponse:
    seite = selectors.startseite(stichtag_aus(request), weiter_aus(request))
    return render(request, "startseite.html", {"seite": seite})


@require_safe
def suche(request: HttpRequest) -> HttpResponse:
    seite = selectors.suche(request.GET.get("q", ""), stichtag_aus(request), weiter_aus(request))
    return render(request, "suche.html", {"seite": seite})


@require_safe
def methodik(request: HttpRequest) -> HttpResponse:
    seite = selectors.methodik(stichtag_aus(request), weiter_aus(request))
    return render(request, "methodik.html", {"seite": seite})


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
    if form.is_valid() and form.melde(heute(), request):
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


def _wurzel(request: HttpRequest) -> str:
    """Scheme and host, so that an export carries whole addresses."""
    return request.build_absolute_uri("/").rstrip("/")
