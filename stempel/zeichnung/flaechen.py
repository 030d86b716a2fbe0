"""Filled shapes on a sheet: y grows downwards, lengths are units of the drawing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import cos, pi, sin, tan

Punkt = tuple[float, float]
# ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) or ("Z",)
Befehl = tuple[str | float, ...]


@dataclass(frozen=True)
class Flaeche:
    """A filled path; ``farbe`` is "#rrggbb"."""

    farbe: str
    befehle: tuple[Befehl, ...]

    def verschoben(self, dx: float, dy: float, mal: float = 1) -> "Flaeche":
        return replace(
            self, befehle=tuple(_verschoben(befehl, dx, dy, mal) for befehl in self.befehle)
        )


@dataclass(frozen=True)
class Bild:
    """Artwork that is not ours: a page of PDF in a rectangle of the drawing."""

    pdf: bytes
    x: float
    y: float
    breite: float
    hoehe: float


@dataclass(frozen=True)
class Zeichnung:
    breite: float
    hoehe: float
    flaechen: tuple[Flaeche, ...] = ()
    bilder: tuple[Bild, ...] = ()

    def mit(self, andere: "Zeichnung", x: float, y: float, mal: float = 1) -> "Zeichnung":
        """This sheet with ``andere`` on it; the sheet itself keeps its size."""
        return replace(
            self,
            flaechen=self.flaechen + tuple(f.verschoben(x, y, mal) for f in andere.flaechen),
            bilder=self.bilder
            + tuple(
                Bild(b.pdf, x + b.x * mal, y + b.y * mal, b.breite * mal, b.hoehe * mal)
                for b in andere.bilder
            ),
        )


def _verschoben(befehl: Befehl, dx: float, dy: float, mal: float) -> Befehl:
    art, *zahlen = befehl
    return (art, *(z * mal + (dy if i % 2 else dx) for i, z in enumerate(zahlen)))


def vieleck(punkte: Iterable[Punkt]) -> tuple[Befehl, ...]:
    """A closed path of straight lines."""
    (x, y), *rest = punkte
    return (("M", x, y), *(("L", *punkt) for punkt in rest), ("Z",))


def rechteck(x: float, y: float, breite: float, hoehe: float) -> tuple[Befehl, ...]:
    return vieleck([(x, y), (x + breite, y), (x + breite, y + hoehe), (x, y + hoehe)])


def bogen(mitte: Punkt, radius: float, von: float, bis: float) -> tuple[Befehl, ...]:
    """Curves along a circle from the angle ``von`` to ``bis`` (radians, clockwise from the top).

    Begins where the path is; see ``punkt_auf``.
    """
    stuecke = max(1, round(abs(bis - von) / (pi / 4)))
    schritt = (bis - von) / stuecke
    hebel = 4 / 3 * tan(schritt / 4) * radius
    befehle = []
    for nr in range(stuecke):
        a, b = von + nr * schritt, von + (nr + 1) * schritt
        (ax, ay), (bx, by) = punkt_auf(mitte, radius, a), punkt_auf(mitte, radius, b)
        befehle.append(
            (
                "C",
                *(ax + hebel * cos(a), ay + hebel * sin(a)),
                *(bx - hebel * cos(b), by - hebel * sin(b)),
                *(bx, by),
            )
        )
    return tuple(befehle)


def punkt_auf(mitte: Punkt, radius: float, winkel: float) -> Punkt:
    return mitte[0] + radius * sin(winkel), mitte[1] - radius * cos(winkel)


def ringstueck(
    mitte: Punkt, aussen: float, innen: float, von: float, bis: float
) -> tuple[Befehl, ...]:
    """A piece of a ring between two angles."""
    return (
        ("M", *punkt_auf(mitte, aussen, von)),
        *bogen(mitte, aussen, von, bis),
        ("L", *punkt_auf(mitte, innen, bis)),
        *bogen(mitte, innen, bis, von),
        ("Z",),
    )


def ring(mitte: Punkt, aussen: float, innen: float = 0) -> tuple[Befehl, ...]:
    """A whole ring; a disc where ``innen`` is 0."""
    kreis = (("M", *punkt_auf(mitte, aussen, 0)), *bogen(mitte, aussen, 0, 2 * pi), ("Z",))
    if not innen:
        return kreis
    loch = (("M", *punkt_auf(mitte, innen, 0)), *bogen(mitte, innen, 0, -2 * pi), ("Z",))
    return kreis + loch
