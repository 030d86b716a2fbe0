"""What readers may ask, and the addresses that ask it.

List, overview, exports and every count speak through this one module, so that a number and the
list behind it can never mean different things.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse
from django.utils.datastructures import MultiValueDict

from kernaktivitaeten.models import Lage, Ort
from zielsystem.models import OHNE, Ebene

from .bestand import Bestand, Stand, je_bestand
from .suche import Suchergebnis, finde

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


def _elemente(bestand: Bestand, ebene: Ebene) -> dict[str, str]:
    return {element.slug: element.titel for element in bestand.auf_ebene(ebene)}


@je_bestand
def angebote(bestand: Bestand) -> dict[str, Angebot]:
    """What can be asked: parameter → its values, in the order of the form."""
    tranchen = {str(tranche.nr): tranche.name for tranche in bestand.tranchen}
    themen = {thema.slug: thema.titel for thema in bestand.themen}
    schwerpunkte = _elemente(bestand, Ebene.SCHWERPUNKT)
    # Those that answer for a Kernaktivität in any role, or a person in their office.
    zustaendig = {slug for ka in bestand.kernaktivitaeten for slug in ka.merkmale["stelle"]}
    stellen = {s.slug: s.name for s in bestand.stellen if s.slug in zustaendig}
    return {
        "status": Angebot("Status", dict(Lage.choices), mehrere=True),
        "kompetenz": Angebot("Kompetenz", _elemente(bestand, Ebene.KOMPETENZ)),
        "schwerpunkt": Angebot(
            "Schwerpunkt", {OHNE: "noch keinem Schwerpunkt zugeordnet"} | schwerpunkte
        ),
        "tranche": Angebot("Tranche", tranchen | {OHNE: "Tranche nicht belegt"}),
        "querschnittsthema": Angebot(
            "Querschnittsthema", themen | {OHNE: "noch keinem Thema zugeordnet"}
        ),
        "stelle": Angebot("Stelle", stellen | {OHNE: "keine Stelle bekannt"}),
        "bezirk": Angebot(
            "Stadtbezirk",
            dict(Ort.Stadtbezirk.choices) | {OHNE: "stadtweit oder nicht angegeben"},
        ),
    }


@dataclass(frozen=True)
class Filter(Auswahl):
    """The chosen values of the parameters of ``angebote``, and what the search ``q`` found.

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

    def wende_an(self, staende: Iterable[Stand]) -> list[Stand]:
        """Those that fit every chosen parameter and were found, in the same order."""
        gewaehlt = [(name, werte) for name, werte in self.auswahl.items() if name != "q"]
        gefunden = set(self.treffer) if self.suche else None
        return [
            stand
            for stand in staende
            if (gefunden is None or stand.ka.pk in gefunden)
            and all(
                stand.lage in werte
                if name == "status"
                else any(wert in stand.ka.merkmale[name] for wert in werte)
                for name, werte in gewaehlt
            )
        ]


def lies_filter(
    bestand: Bestand,
    parameter: MultiValueDict,
    namen: Iterable[str] | None = None,
    suche_am: date | None = None,
) -> Filter:
    """Reads the filters ``namen`` (all) from the parameters of an address, and ``q`` with a day."""
    alle = angebote(bestand)
    merkmale, hinweise = lies_auswahl(
        parameter, {name: alle[name] for name in (alle if namen is None else namen)}
    )
    if suche_am is None:
        return Filter(merkmale, hinweise)
    suche, hinweise_zur_suche = _suche(bestand, parameter.getlist("q"), suche_am)
    return Filter(merkmale, hinweise + hinweise_zur_suche, suche, mit_suche=True)


def listenadresse(weiter: Mapping[str, str], **auswahl) -> str:
    """The address of the list with ``auswahl``, on the Stichtag that ``weiter`` carries on."""
    return mit_parametern(_liste(get_script_prefix()), weiter, **auswahl)


@lru_cache(maxsize=8)
def _liste(praefix: str) -> str:
    """The list below the prefix of the moment: pages name it hundreds of times."""
    return reverse("kernaktivitaeten:liste")


def _suche(
    bestand: Bestand, eingaben: list[str], stichtag: date
) -> tuple[Suchergebnis | None, tuple[str, ...]]:
    """What ``q`` finds, and sentences about what was understood otherwise than typed."""
    erste, *weitere = [eingabe for eingabe in eingaben if eingabe.strip()] or [""]
    if not erste:
        return None, ()
    weiteres = tuple(nicht_beruecksichtigt("Suche", eingabe, NUR_EINER) for eingabe in weitere)
    ergebnis = finde(bestand, erste, stichtag)
    if not ergebnis.worte:
        grund = "Die Eingabe enthält kein Wort und keine Zahl."
        return None, (nicht_beruecksichtigt("Suche", erste, grund), *weiteres)
    if ergebnis.vorschlag:
        weiteres += (
            f"Zu „{ergebnis.anfrage}“ gibt es keinen Treffer. "
            f"Gezeigt ist, was zu „{ergebnis.vorschlag}“ gefunden wurde.",
        )
    return ergebnis, ergebnis.hinweise + weiteres
