"""Charts about Kernaktivitäten: numbers and labels in, shapes and rows out."""

from collections.abc import Sequence
from dataclasses import dataclass

from . import svg

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
    *belegt, frei = svg.strecken([*(anzahl for *_, anzahl in da), rest], ganzes)
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
