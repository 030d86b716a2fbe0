"""What readers may ask of the Kernaktivitäten, and the addresses that ask it.

List, overview, exports and every count speak through this one module, so that a number and the
list behind it can never mean different things.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from zielsystem.models import Ebene, Querschnittsthema, Zielelement

from .models import OHNE, Lage, Stelle, Tranche
from .models.abfragen import KernaktivitaetQuerySet

# Parameter → its name on the page and the question of the QuerySet that answers it.
MERKMALE = {
    "status": ("Status", "in_lage"),
    "kompetenz": ("Kompetenz", "in_kompetenz"),
    "schwerpunkt": ("Schwerpunkt", "im_schwerpunkt"),
    "tranche": ("Tranche", "in_tranche"),
    "querschnittsthema": ("Querschnittsthema", "zum_querschnittsthema"),
    "stelle": ("Stelle", "von_stelle"),
}
MEHRERE = {"status"}
LAENGE_IM_HINWEIS = 60


@dataclass(frozen=True)
class Zahl:
    """A count and the address of exactly the list that it counts."""

    wert: int
    adresse: str


@dataclass(frozen=True)
class Option:
    """One value of a parameter as a form offers it."""

    wert: str
    name: str
    gewaehlt: bool


@dataclass(frozen=True)
class Merkmal:
    """A parameter with its values; ``mehrere`` when several may be chosen at once."""

    parameter: str
    name: str
    optionen: tuple[Option, ...]
    mehrere: bool

    @property
    def gewaehlte(self) -> tuple[Option, ...]:
        return tuple(option for option in self.optionen if option.gewaehlt)


@dataclass(frozen=True)
class Filter:
    """The chosen values, and in ``hinweise`` what could not be understood."""

    merkmale: tuple[Merkmal, ...]
    hinweise: tuple[str, ...]

    @property
    def auswahl(self) -> dict[str, list[str]]:
        """Parameter → chosen values; only those with a choice."""
        return {
            m.parameter: [option.wert for option in m.gewaehlte]
            for m in self.merkmale
            if m.gewaehlte
        }

    def wende_an(self, kernaktivitaeten: KernaktivitaetQuerySet) -> KernaktivitaetQuerySet:
        """Those that fit every chosen parameter; needs ``zum``."""
        for parameter, werte in self.auswahl.items():
            frage = getattr(kernaktivitaeten, MERKMALE[parameter][1])
            kernaktivitaeten = frage(werte) if parameter in MEHRERE else frage(werte[0])
        return kernaktivitaeten

    def ohne(self, parameter: str, wert: str) -> dict[str, list[str]]:
        """The choice without one value: what the link that removes it leads to."""
        rest = {p: [w for w in ww if (p, w) != (parameter, wert)] for p, ww in self.auswahl.items()}
        return {p: werte for p, werte in rest.items() if werte}


def lies_filter(parameter: MultiValueDict, namen: Iterable[str] = tuple(MERKMALE)) -> Filter:
    """Reads the filters ``namen`` from the parameters of an address.

    An unknown value is named in ``hinweise`` and ignored; so is a second value of a parameter
    that takes one.
    """
    hinweise: list[str] = []
    merkmale = []
    for name, werte in _bekannte_werte(namen).items():
        titel = MERKMALE[name][0]
        gewaehlt = _gewaehlte(name, parameter, werte, hinweise)
        optionen = tuple(Option(wert, text, wert in gewaehlt) for wert, text in werte.items())
        merkmale.append(Merkmal(name, titel, optionen, name in MEHRERE))
    return Filter(tuple(merkmale), tuple(hinweise))


def nicht_beruecksichtigt(name: str, wert: str, grund: str) -> str:
    """The sentence about a parameter that was ignored."""
    kurz = wert if len(wert) <= LAENGE_IM_HINWEIS else wert[:LAENGE_IM_HINWEIS] + "…"
    return f"{name} „{kurz}“ wurde nicht berücksichtigt: {grund}"


def listenadresse(weiter: Mapping[str, str], **auswahl) -> str:
    """The address of the list with ``auswahl``, on the Stichtag that ``weiter`` carries on."""
    return mit_parametern(reverse("kernaktivitaeten:liste"), weiter, **auswahl)


def mit_parametern(pfad: str, weiter: Mapping[str, str], **auswahl) -> str:
    """``pfad`` with ``auswahl`` and ``weiter`` as its parameters."""
    abfrage = urlencode({**auswahl, **weiter}, doseq=True)
    return f"{pfad}?{abfrage}" if abfrage else pfad


def _bekannte_werte(namen: Iterable[str]) -> dict[str, dict[str, str]]:
    """Parameter → value → name, in the order in which they are offered."""
    elemente = list(Zielelement.objects.all())
    alle = {
        "status": lambda: dict(Lage.choices),
        "kompetenz": lambda: {e.slug: e.titel for e in elemente if e.ebene == Ebene.KOMPETENZ},
        "schwerpunkt": lambda: (
            {OHNE: "noch keinem Schwerpunkt zugeordnet"}
            | {e.slug: e.titel for e in elemente if e.ebene == Ebene.SCHWERPUNKT}
        ),
        "tranche": lambda: (
            {str(t.nr): str(t) for t in Tranche.objects.all()} | {OHNE: "Tranche nicht belegt"}
        ),
        "querschnittsthema": lambda: (
            {t.slug: t.titel for t in Querschnittsthema.objects.all()}
            | {OHNE: "noch keinem Thema zugeordnet"}
        ),
        "stelle": lambda: {s.slug: s.name for s in Stelle.objects.mit_kernaktivitaeten()},
    }
    return {name: alle[name]() for name in namen}


def _gewaehlte(
    name: str, parameter: MultiValueDict, werte: Mapping[str, str], hinweise: list[str]
) -> list[str]:
    gewaehlt: list[str] = []
    for wert in filter(None, parameter.getlist(name)):
        if wert not in werte:
            grund = "Diesen Wert gibt es nicht."
        elif gewaehlt and name not in MEHRERE:
            grund = "Hier ist nur ein Wert möglich."
        else:
            gewaehlt.append(wert)
            continue
        hinweise.append(nicht_beruecksichtigt(MERKMALE[name][0], wert, grund))
    return gewaehlt
