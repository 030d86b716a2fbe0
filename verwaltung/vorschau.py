"""Any public page as it would look with drafts and with what is in preparation."""

from copy import copy
from dataclasses import dataclass

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.urls import get_script_prefix, resolve, reverse, set_script_prefix
from django.views.decorators.http import require_safe

from grundlage.blick import Blick, mit_vorschau

from .rechte import sichtbare_kernaktivitaeten

# Where the public pages are; no page of a library, as those about the own account.
OEFFENTLICH = frozenset(("seiten.views", "seiten.stempel.views"))


@dataclass(frozen=True)
class Leiste:
    """What the page says about itself: where it stands in public, and the way back."""

    oeffentlich: str
    verwaltung: str
    vorlage = "bausteine/_vorschau.html"


@dataclass(frozen=True)
class Probeleiste:
    """What a page says that is not saved yet: what was typed, to go back or on with it."""

    request: HttpRequest
    ziel: str
    versteckt: tuple[tuple[str, str], ...]
    saetze: tuple[str, ...]
    knopf: str
    vorlage = "bausteine/_probe.html"

    @property
    def marke(self) -> str:
        return get_token(self.request)


def adresse_der_vorschau(obj: Model) -> str:
    """The address of the preview where the row shows; empty when it has no page."""
    ka = getattr(obj, "kernaktivitaet", obj)
    if ka is None or ka._meta.model_name != "kernaktivitaet":
        return ""
    return reverse("vorschau", args=(ka.get_absolute_url().removeprefix("/"),))


@require_safe
def vorschau(request: HttpRequest, pfad: str) -> HttpResponse:
    """The page at ``/<pfad>`` with what the user may see; 404 for what is no public page.

    All its links stay in the preview, because they are made under its prefix.
    """
    treffer = resolve(f"{get_script_prefix()}{pfad}")
    if treffer.func.__module__ not in OEFFENTLICH:
        raise Http404("Von dieser Adresse gibt es keine Vorschau.")
    abfrage = f"?{request.GET.urlencode()}" if request.GET else ""
    request.vorschau = Leiste(f"{get_script_prefix()}{pfad}{abfrage}", reverse("admin:index"))
    kernaktivitaeten = sichtbare_kernaktivitaeten(request.user)
    if kernaktivitaeten is not None:
        kernaktivitaeten = tuple(kernaktivitaeten.values_list("pk", flat=True))
    vorher = get_script_prefix()
    set_script_prefix(request.path.removesuffix(pfad))
    try:
        with mit_vorschau(Blick(kernaktivitaeten)):
            antwort = treffer.func(request, *treffer.args, **treffer.kwargs)
    finally:
        set_script_prefix(vorher)
    antwort["X-Robots-Tag"] = "noindex"
    return antwort


def probeseite(
    request: HttpRequest, adresse: str, leiste: Probeleiste, kernaktivitaeten: tuple[int, ...]
) -> HttpResponse:
    """The public page at ``adresse`` as the running transaction leaves it.

    With drafts and what is in preparation of ``kernaktivitaeten`` only.
    """
    treffer = resolve(adresse)
    gezeigt = copy(request)
    gezeigt.method, gezeigt.GET, gezeigt.vorschau = "GET", QueryDict(), leiste
    gezeigt.path = gezeigt.path_info = adresse
    # Always as a preview: what readers search in is not made from what is never committed.
    with mit_vorschau(Blick(kernaktivitaeten)):
        antwort = treffer.func(gezeigt, *treffer.args, **treffer.kwargs)
    antwort["X-Robots-Tag"] = "noindex"
    return antwort
