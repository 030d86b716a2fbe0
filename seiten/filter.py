"""What readers may ask, and the addresses that ask it.

List, overview, exports and every count speak through this one module, so that a number and the
list behind it can never mean different things.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from kernaktivitaeten.models import OHNE, Lage, Ort, Stelle, Tranche
from kernaktivitaeten.models.abfragen import KernaktivitaetQuerySet
from zielsystem.models import Ebene, Querschnittsthema, Zielelement

from .suche import Suchergebnis, aktueller_index, finde

LAENGE_IM_HINWEIS = 60
NUR_EINER = "Hier ist nur ein Wert möglich."


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
class Angebot:
    """What a parameter can be: its name on the page, and value → name of the value."""

    name: str
    werte: Mapping[str, str]
    mehrere: bool = False


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
class Auswahl:
    """The chosen values, and in ``hinweise`` what could not be understood."""

    merkmale: tuple[Merkmal, ...]
    hinweise: tuple[str, ...]

    @property
    def auswahl(self) -> dict[str, list[str]]:
        """Parameter → chosen values; only those with a choice."""
        return {m.parameter: [o.wert for o in m.gewaehlte] for m in self.merkmale if m.gewaehlte}

    @property
    def felder(self) -> tuple[tuple[str, str], ...]:
        """The choice as hidden fields of another form: parameter and value."""
        return tuple((name, wert) for name, werte in self.auswahl.items() for wert in werte)

    def wert(self, parameter: str) -> str:
        """The chosen value of a parameter that takes one; empty when none is chosen."""
        return self.auswahl.get(parameter, [""])[0]

    def ohne(self, parameter: str, wert: str) -> dict[str, list[str]]:
        """The choice without one value: what the link that removes it leads to."""
        rest = {p: [w for w in ww if (p, w) != (parameter, wert)] for p, ww in self.auswahl.items()}
        return {p: werte for p, werte in rest.items() if werte}


def lies_auswahl(
    parameter: MultiValueDict, angebote: Mapping[str, Angebot]
) -> tuple[tuple[Merkmal, ...], tuple[str, ...]]:
    """Reads the parameters that are on offer: what was chosen, and sentences about the rest.

    An unknown value is named and ignored; so is a second value of a parameter that takes one.
    """
    hinweise: list[str] = []
    merkmale = []
    for name, angebot in angebote.items():
        gewaehlt = _gewaehlte(parameter.getlist(name), angebot, hinweise)
        optionen = tuple(Option(w, text, w in gewaehlt) for w, text in angebot.werte.items())
        merkmale.append(Merkmal(name, angebot.name, optionen, angebot.mehrere))
    return tuple(merkmale), tuple(hinweise)


def nicht_beruecksichtigt(name: str, wert: str, grund: str) -> str:
    """The sentence about a parameter that was ignored."""
    kurz = wert if len(wert) <= LAENGE_IM_HINWEIS else wert[:LAENGE_IM_HINWEIS] + "…"
    return f"{name} „{kurz}“ wurde nicht berücksichtigt: {grund}"


def mit_parametern(pfad: str, weiter: Mapping[str, str], **auswahl) -> str:
    """``pfad`` with ``auswahl`` and ``weiter`` as its parameters."""
    abfrage = urlencode({**auswahl, **weiter}, doseq=True)
    return f"{pfad}?{abfrage}" if abfrage else pfad


def _gewaehlte(werte: list[str], angebot: Angebot, hinweise: list[str]) -> list[str]:
    gewaehlt: list[str] = []
    for wert in filter(None, werte):
        if wert not in angebot.werte:
            grund = "Diesen Wert gibt es nicht."
        elif gewaehlt and not angebot.mehrere:
            grund = NUR_EINER
        else:
            gewaehlt.append(wert)
            continue
        hinweise.append(nicht_beruecksichtigt(angebot.name, wert, grund))
    return gewaehlt


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

    suche: Suchergebnis | None = None
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


def _suche(eingaben: list[str], stichtag: date) -> tuple[Suchergebnis | None, tuple[str, ...]]:
    """What ``q`` finds, and sentences about what was understood otherwise than typed."""
    erste, *weitere = [eingabe for eingabe in eingaben if eingabe.strip()] or [""]
    if not erste:
        return None, ()
    weiteres = tuple(nicht_beruecksichtigt("Suche", eingabe, NUR_EINER) for eingabe in weitere)
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
