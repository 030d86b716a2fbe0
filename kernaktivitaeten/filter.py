"""What readers may ask of the Kernaktivitäten, and the addresses that ask it.

List, overview, exports and every count speak through this one module, so that a number and the
list behind it can never mean different things.
"""

from collections.abc import Callable, Iterable, Mapping

from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from bochum_strategie.auswahl import Angebot, Auswahl, lies_auswahl, mit_parametern
from zielsystem.models import Ebene, Querschnittsthema, Zielelement

from .models import OHNE, Lage, Ort, Stelle, Tranche
from .models.abfragen import KernaktivitaetQuerySet


def _elemente(ebene: Ebene) -> dict[str, str]:
    return dict(Zielelement.objects.filter(ebene=ebene).values_list("slug", "titel"))


# Parameter → the question of the QuerySet that answers it, and what is on offer.
MERKMALE: dict[str, tuple[str, Callable[[], Angebot]]] = {
    "status": ("in_lage", lambda: Angebot("Status", dict(Lage.choices), mehrere=True)),
    "kompetenz": ("in_kompetenz", lambda: Angebot("Kompetenz", _elemente(Ebene.KOMPETENZ))),
    "schwerpunkt": (
        "im_schwerpunkt",
        lambda: Angebot(
            "Schwerpunkt",
            {OHNE: "noch keinem Schwerpunkt zugeordnet"} | _elemente(Ebene.SCHWERPUNKT),
        ),
    ),
    "tranche": (
        "in_tranche",
        lambda: Angebot(
            "Tranche",
            {str(t.nr): str(t) for t in Tranche.objects.all()} | {OHNE: "Tranche nicht belegt"},
        ),
    ),
    "querschnittsthema": (
        "zum_querschnittsthema",
        lambda: Angebot(
            "Querschnittsthema",
            {t.slug: t.titel for t in Querschnittsthema.objects.all()}
            | {OHNE: "noch keinem Thema zugeordnet"},
        ),
    ),
    "stelle": (
        "von_stelle",
        lambda: Angebot(
            "Stelle",
            {s.slug: s.name for s in Stelle.objects.mit_kernaktivitaeten()}
            | {OHNE: "keine Stelle bekannt"},
        ),
    ),
    "bezirk": (
        "im_bezirk",
        lambda: Angebot(
            "Stadtbezirk",
            dict(Ort.Stadtbezirk.choices) | {OHNE: "stadtweit oder nicht angegeben"},
        ),
    ),
}


class Filter(Auswahl):
    """The chosen values of the parameters of ``MERKMALE``."""

    def wende_an(self, kernaktivitaeten: KernaktivitaetQuerySet) -> KernaktivitaetQuerySet:
        """Those that fit every chosen parameter; needs ``zum``."""
        for merkmal in self.merkmale:
            werte = [option.wert for option in merkmal.gewaehlte]
            if werte:
                frage = getattr(kernaktivitaeten, MERKMALE[merkmal.parameter][0])
                kernaktivitaeten = frage(werte) if merkmal.mehrere else frage(werte[0])
        return kernaktivitaeten


def lies_filter(parameter: MultiValueDict, namen: Iterable[str] = tuple(MERKMALE)) -> Filter:
    """Reads the filters ``namen`` from the parameters of an address."""
    return Filter(*lies_auswahl(parameter, {name: MERKMALE[name][1]() for name in namen}))


def listenadresse(weiter: Mapping[str, str], **auswahl) -> str:
    """The address of the list with ``auswahl``, on the Stichtag that ``weiter`` carries on."""
    return mit_parametern(reverse("kernaktivitaeten:liste"), weiter, **auswahl)
