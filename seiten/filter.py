"""What readers may ask of the Kernaktivitäten, and the addresses that ask it.

List, overview, exports and every count speak through this one module, so that a number and the
list behind it can never mean different things.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from kernaktivitaeten.models import OHNE, Lage, Ort, Stelle, Tranche
from kernaktivitaeten.models.abfragen import KernaktivitaetQuerySet
from zielsystem.models import Ebene, Querschnittsthema, Zielelement

from .auswahl import Angebot, Auswahl, lies_auswahl, mit_parametern, nicht_beruecksichtigt
from .suche import Ergebnis, aktueller_index, finde


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
            {str(t.nr): str(t) for t in Tranche.objects.oeffentlich()}
            | {OHNE: "Tranche nicht belegt"},
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


@dataclass(frozen=True)
class Filter(Auswahl):
    """The chosen values of the parameters of ``MERKMALE``, and what the search ``q`` found.

    ``mit_suche`` says whether the page takes ``q`` at all.
    """

    suche: Ergebnis | None = None
    mit_suche: bool = False

    @property
    def auswahl(self) -> dict[str, list[str]]:
        """Parameter → chosen values, ``q`` among them; only those with a choice."""
        return super().auswahl | ({"q": [self.suche.anfrage]} if self.suche else {})

    @property
    def treffer(self) -> tuple[int, ...]:
        """The Kernaktivitäten that the search found, best first, by their primary keys."""
        return self.suche.pks("kernaktivitaet") if self.suche else ()

    def wende_an(self, kernaktivitaeten: KernaktivitaetQuerySet) -> KernaktivitaetQuerySet:
        """Those that fit every chosen parameter; needs ``zum``."""
        for merkmal in self.merkmale:
            werte = [option.wert for option in merkmal.gewaehlte]
            if werte:
                frage = getattr(kernaktivitaeten, MERKMALE[merkmal.parameter][0])
                kernaktivitaeten = frage(werte) if merkmal.mehrere else frage(werte[0])
        if self.suche:
            kernaktivitaeten = kernaktivitaeten.filter(pk__in=self.treffer)
        return kernaktivitaeten


def lies_filter(
    parameter: MultiValueDict,
    namen: Iterable[str] = tuple(MERKMALE),
    suche_am: date | None = None,
) -> Filter:
    """Reads the filters ``namen`` from the parameters of an address, and ``q`` with a Stichtag."""
    angebote = {name: MERKMALE[name][1]() for name in namen}
    merkmale, hinweise = lies_auswahl(parameter, angebote)
    if suche_am is None:
        return Filter(merkmale, hinweise)
    suche, hinweise_zur_suche = _suche(parameter.getlist("q"), suche_am)
    return Filter(merkmale, hinweise + hinweise_zur_suche, suche, mit_suche=True)


def listenadresse(weiter: Mapping[str, str], **auswahl) -> str:
    """The address of the list with ``auswahl``, on the Stichtag that ``weiter`` carries on."""
    return mit_parametern(reverse("kernaktivitaeten:liste"), weiter, **auswahl)


def _suche(eingaben: list[str], stichtag: date) -> tuple[Ergebnis | None, tuple[str, ...]]:
    """What ``q`` finds, and sentences about what was understood otherwise than typed."""
    erste, *weitere = [eingabe for eingabe in eingaben if eingabe.strip()] or [""]
    if not erste:
        return None, ()
    weiteres = tuple(
        nicht_beruecksichtigt("Suche", eingabe, "Hier ist nur ein Wert möglich.")
        for eingabe in weitere
    )
    ergebnis = finde(aktueller_index(), erste, stichtag)
    if not ergebnis.worte:
        grund = "Die Eingabe enthält kein Wort und keine Zahl."
        return None, (nicht_beruecksichtigt("Suche", erste, grund), *weiteres)
    if ergebnis.vorschlag:
        weiteres += (
            f"Zu „{ergebnis.anfrage}“ gibt es keinen Treffer. "
            f"Gezeigt ist, was zu „{ergebnis.vorschlag}“ gefunden wurde.",
        )
    return ergebnis, ergebnis.hinweise + weiteres
