"""Any public page as it would look with drafts and with what is in preparation."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_script_prefix, resolve, reverse, set_script_prefix
from django.views.decorators.http import require_safe

from ..blick import Vorschau, mit_vorschau
from .rechte import sichtbare_kernaktivitaeten


@dataclass(frozen=True)
class Leiste:
    """What the page says about itself: where it stands in public, and the way back."""

    oeffentlich: str
    verwaltung: str


@require_safe
def vorschau(request: HttpRequest, pfad: str) -> HttpResponse:
    """The page at ``/<pfad>`` with what the user may see; 404 for what is no public page.

    All its links stay in the preview, because they are made under its prefix.
    """
    treffer = resolve(f"{get_script_prefix()}{pfad}")
    if not treffer.func.__module__.endswith(".views") or treffer.url_name == "healthz":
        raise Http404("Von dieser Adresse gibt es keine Vorschau.")
    abfrage = f"?{request.GET.urlencode()}" if request.GET else ""
    request.vorschau = Leiste(f"{get_script_prefix()}{pfad}{abfrage}", reverse("admin:index"))
    kernaktivitaeten = sichtbare_kernaktivitaeten(request.user)
    if kernaktivitaeten is not None:
        kernaktivitaeten = tuple(kernaktivitaeten.values_list("pk", flat=True))
    vorher = get_script_prefix()
    set_script_prefix(request.path.removesuffix(pfad))
    try:
        with mit_vorschau(Vorschau(kernaktivitaeten)):
            antwort = treffer.func(request, *treffer.args, **treffer.kwargs)
    finally:
        set_script_prefix(vorher)
    antwort["X-Robots-Tag"] = "noindex"
    return antwort
