"""Charts about Kernaktivitäten: numbers and labels in, shapes and rows out.

Lengths leave as strings with a decimal point: a template that formats numbers in German would
print "8,5", which no browser draws.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kernaktivitaeten.models import Lage

# What is missing to a target: not decided yet, or decided and not known which.
NOCH_FREI = ("frei", "noch nicht festgelegt")
NICHT_BELEGT = ("unbelegt", "nicht belegt")


@dataclass(frozen=True)
class Stueck:
    """A piece of a bar; ``art`` is the class that carries colour and pattern."""

    art: str
    name: str
    anzahl: int
    anfang: str
    laenge: str


@dataclass(frozen=True)
class Balken:
    """One bar: its description, its pieces, and the free places up to the target."""

    beschreibung: str
    stuecke: tuple[Stueck, ...]
    frei: Stueck | None


def balken(
    name: str,
    anzahlen: Sequence[tuple[str, str, int]],
    soll: int,
    laenge: int = 0,
    rest_art: tuple[str, str] = NOCH_FREI,
) -> Balken:
    """A bar of the pieces ``(art, name, anzahl)``; what is missing to ``soll`` is ``rest_art``.

    ``laenge`` is the number that a whole line stands for, when several bars share a scale; it
    grows with the pieces. Returns a ``Balken`` whose description says all its numbers.
    """
    da = [stueck for stueck in anzahlen if stueck[2]]
    summe = sum(anzahl for *_, anzahl in da)
    rest = max(0, soll - summe)
    ganzes = max(laenge, summe + rest, 1)
    *belegt, frei = strecken([*(anzahl for *_, anzahl in da), rest], ganzes)
    teile = [f"{anzahl} {wort}" for _, wort, anzahl in da]
    if rest:
        teile.append(f"{rest} {rest_art[1]}")
    return Balken(
        beschreibung=f"{name}: {', '.join(teile)}.",
        stuecke=tuple(
            Stueck(art, wort, anzahl, *strecke)
            for (art, wort, anzahl), strecke in zip(da, belegt, strict=True)
        ),
        frei=Stueck(*rest_art, rest, *frei) if rest else None,
    )


def balken_der_lagen(
    name: str,
    anzahlen: Mapping[Lage, int],
    soll: int,
    laenge: int = 0,
    rest_art: tuple[str, str] = NOCH_FREI,
) -> Balken:
    """A ``balken`` of how many Kernaktivitäten stand how."""
    stuecke = [(lage.value, lage.label, anzahlen[lage]) for lage in Lage]
    return balken(name, stuecke, soll, laenge, rest_art)


def prozent(wert: float) -> str:
    """A percentage as SVG takes it, for example "8.5%"."""
    return f"{wert:.4f}".rstrip("0").rstrip(".") + "%"


def strecken(werte: Sequence[float], ganzes: float) -> list[tuple[str, str]]:
    """Puts ``werte`` end to end on a line that measures ``ganzes``.

    Returns (start, length) of each in percent of the line. Raises ``ValueError`` for a line
    that is too short or has no length.
    """
    if ganzes <= 0 or sum(werte) > ganzes:
        raise ValueError("Die Strecken passen nicht auf die Linie.")
    anfang, ergebnis = 0.0, []
    for wert in werte:
        ergebnis.append((prozent(100 * anfang / ganzes), prozent(100 * wert / ganzes)))
        anfang += wert
    return ergebnis
