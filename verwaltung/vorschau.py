"""What readers would see: any page with what is hidden from them, and what a change makes of it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import get_script_prefix, resolve, reverse, set_script_prefix
from django.views.decorators.http import require_safe

from grundlage.blick import Blick, mit_vorschau
from kernaktivitaeten.models import Bilanz, Kernaktivitaet, Lage, Tranche
from seiten.bilanz import abweichende_bilanzen
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_TRANCHE

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

    ziel: str
    versteckt: tuple[tuple[str, str], ...]
    saetze: tuple[str, ...]
    knopf: str
    vorlage = "bausteine/_probe.html"


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


# ── Before and after ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Sichtbares:
    """What readers are told on a day: how each Kernaktivität stands, and the counts; and which of
    the published Bilanzen, whatever their day, differ from ours."""

    saetze: dict[int, str]
    je_lage: Counter
    je_tranche: Counter
    abweichend: tuple[Bilanz, ...]


def sichtbares(tag: date) -> Sichtbares:
    """As the public pages have it."""
    am_tag = Kernaktivitaet.objects.oeffentlich().zum(tag)
    je_tranche: Counter = Counter()
    for (_, nr), anzahl in am_tag.zaehle("tranche__nr").items():
        je_tranche[nr] += anzahl
    saetze = {ka.pk: ka.lagebild.satz for ka in am_tag}
    abweichend = abweichende_bilanzen(list(Bilanz.objects.all()))
    return Sichtbares(saetze, am_tag.zaehle(), je_tranche, abweichend)


def andere_zahlen(vorher: Sichtbares, nachher: Sichtbares) -> list[tuple[str, int, int]]:
    """The public counts that become others."""
    zahlen = [("Alle Kernaktivitäten", vorher.je_lage.total(), nachher.je_lage.total())]
    for lage in Lage:
        paar = (vorher.je_lage[(lage.value,)], nachher.je_lage[(lage.value,)])
        zahlen.append((lage.label, *paar))
    nummern = sorted({nr for nr in (*vorher.je_tranche, *nachher.je_tranche) if nr is not None})
    for nr in nummern:
        name = f"{Tranche(nr=nr)} (von {SOLL_KERNAKTIVITAETEN_JE_TRANCHE})"
        zahlen.append((name, vorher.je_tranche[nr], nachher.je_tranche[nr]))
    return [zeile for zeile in zahlen if zeile[1] != zeile[2]]


def neue_abweichungen(vorher: Sichtbares, nachher: Sichtbares) -> Iterator[str]:
    """A sentence for each Bilanz that differs from our count and did not before."""
    for bilanz in nachher.abweichend:
        if bilanz not in vorher.abweichend:
            yield (
                f"Die veröffentlichte {bilanz} stimmt dann nicht mehr mit der Zählung dieses "
                "Portals überein. Ist der Eintrag richtig, erklären Sie den Unterschied bei der "
                "Bilanz."
            )


@dataclass(frozen=True)
class Mitveroeffentlicht:
    """``arten`` counts the entries by kind, as in "2 Angaben"; ``adresse`` shows them."""

    arten: tuple[str, ...]
    adresse: str


def mitveroeffentlicht(
    neue: Iterable[Kernaktivitaet], ausser: Iterable[Model]
) -> dict[int, Mitveroeffentlicht]:
    """What comes with Kernaktivitäten that were in preparation until now, by their keys.

    ``ausser`` are rows that are new themselves.
    """
    arten: dict[int, list[str]] = {ka.pk: [] for ka in neue}
    for modell in _teils_oeffentliche() if arten else ():
        eigene = [zeile.pk for zeile in ausser if type(zeile) is modell]
        zeilen = modell.objects.oeffentlich().filter(kernaktivitaet__in=arten).order_by()
        fremde = zeilen.exclude(pk__in=eigene).values_list("kernaktivitaet")
        for pk, anzahl in fremde.annotate(Count("pk")):
            namen = modell._meta
            name = namen.verbose_name if anzahl == 1 else namen.verbose_name_plural
            arten[pk].append(f"{anzahl} {name}")
    return {ka.pk: Mitveroeffentlicht(tuple(arten[ka.pk]), adresse_der_vorschau(ka)) for ka in neue}


def _teils_oeffentliche() -> Iterator[type[Model]]:
    """The models of statements about a Kernaktivität of which readers see only some."""
    for beziehung in Kernaktivitaet._meta.related_objects:
        modell = beziehung.related_model
        if beziehung.field.name == "kernaktivitaet" and hasattr(modell.objects, "oeffentlich"):
            yield modell
