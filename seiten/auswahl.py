"""What readers may choose on a page with lists: parameters, their values, and addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.datastructures import MultiValueDict

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
        return {
            m.parameter: [option.wert for option in m.gewaehlte]
            for m in self.merkmale
            if m.gewaehlte
        }

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
            grund = "Hier ist nur ein Wert möglich."
        else:
            gewaehlt.append(wert)
            continue
        hinweise.append(nicht_beruecksichtigt(angebot.name, wert, grund))
    return gewaehlt
