"""A page of PDF: as its reader holds it in the hand, cut, turned, in its own unit; and its content.

The stamp comes after the content and must not inherit what it leaves behind. pikepdf has written
down at each page what it inherits.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array

from .grenzen import BESCHAEDIGT, MM, Ablehnung, Wunsch

RAND = 8 * MM
MERKMALE = ("/MediaBox", "/CropBox", "/TrimBox", "/Rotate", "/UserUnit")
# "q" keeps the state of drawing and "Q" takes it back; a name such as "/q" is neither.
# Looks back only where there is a letter: so it is three times as fast.
KLAMMER = re.compile(rb"[qQ](?<![^\0\t\n\f\r \])>}].)(?![^\0\t\n\f\r /\[(<{%])")
# Of a longer document not each page is read.
ALLE_BIS = 20
NUMMER = re.compile(rb"/MCID\s+(\d{1,6})")


@dataclass(frozen=True)
class Endformat:
    """The finished sheet in the page's own coordinates, how it is turned, and its unit."""

    nr: int
    x0: float
    y0: float
    b: float
    h: float
    drehung: int
    einheit: float

    @classmethod
    def von(cls, seite: Any, nr: int) -> "Endformat":
        """Raises ``Ablehnung`` for a page without a size."""
        x0, y0, x1, y1 = _fertig(seite, nr)
        drehung = int(seite.get("/Rotate") or 0) % 360
        if drehung % 90:
            raise Ablehnung(f"Seite {nr + 1} ist schief gedreht. {BESCHAEDIGT}")
        return cls(nr, x0, y0, x1 - x0, y1 - y0, drehung, float(seite.get("/UserUnit", 1)))

    @property
    def breite(self) -> float:
        """As it is seen."""
        return self.h if self.drehung in (90, 270) else self.b

    @property
    def hoehe(self) -> float:
        return self.b if self.drehung in (90, 270) else self.h

    def matrix(self, groesse: Sequence[float], wunsch: Wunsch) -> tuple[tuple[float, ...], str]:
        """From a print of ``groesse`` points to the page; a sentence where it was enlarged."""
        mm = MM / self.einheit
        breite = wunsch.groesse * (mm if wunsch.einheit == "mm" else self.breite / 100)
        mindest = wunsch.min_mm * mm
        hinweis = ""
        if breite < mindest - 0.01:
            breite = mindest
            hinweis = f"Der Stempel ist auf die Mindestbreite von {wunsch.min_mm:g} mm vergrößert."
        mal = breite / groesse[0]
        hoehe = groesse[1] * mal
        rand = min(RAND / self.einheit, self.breite * 0.05, self.hoehe * 0.05)
        # Nine tenths of the width fit between margins of a twentieth, whatever is rounded.
        if breite > self.breite - 2 * rand + 0.01 or hoehe > self.hoehe - 2 * rand + 0.01:
            raise Ablehnung(
                f"Auf Seite {self.nr + 1} ({self.breite / mm:.0f} × {self.hoehe / mm:.0f} mm) "
                f"passt kein Stempel von {breite / mm:.0f} mm Breite. Wählen Sie ihn kleiner "
                f"(mindestens {wunsch.min_mm:g} mm) oder andere Seiten."
            )
        x, y = wunsch.lage(self.breite, self.hoehe, breite, hoehe, rand)
        ursprung, rechts, oben = (
            self._punkt(*punkt) for punkt in ((x, y), (x + mal, y), (x, y + mal))
        )
        achsen = (ziel[i] - ursprung[i] for ziel in (rechts, oben) for i in (0, 1))
        return (*achsen, *ursprung), hinweis

    def _punkt(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as it is seen → in its own coordinates."""
        x, y = {
            0: (x, y),
            90: (self.b - y, x),
            180: (self.b - x, self.h - y),
            270: (y, self.h - x),
        }[self.drehung]
        return self.x0 + x, self.y0 + y


def merkmale(seite: Any) -> tuple[Any, ...]:
    """What the place of the stamp depends on: pages that agree in it have it at the same place."""
    # To ask first is faster than to get what is missing.
    werte = ((name, seite[name]) for name in MERKMALE if name in seite)
    return tuple((n, w.unparse() if isinstance(w, pikepdf.Object) else w) for n, w in werte)


def _fertig(seite: Any, nr: int) -> tuple[float, ...]:
    """What is seen of the page, its CropBox within its MediaBox, and of that what is not cut off.

    A printing house cuts along the TrimBox. One that would leave less than half of the page is a
    remainder of other work and not obeyed.
    """
    kasten = _kasten(seite.get("/MediaBox"))
    kasten = _schnitt(kasten, _kasten(seite.get("/CropBox"))) or kasten
    if not kasten or kasten[2] - kasten[0] < 1 or kasten[3] - kasten[1] < 1:
        raise Ablehnung(f"Seite {nr + 1} hat keine gültige Größe. {BESCHAEDIGT}")
    blatt = _schnitt(kasten, _kasten(seite.get("/TrimBox")))
    halb = all(blatt[i + 2] - blatt[i] >= (kasten[i + 2] - kasten[i]) / 2 for i in (0, 1) if blatt)
    return blatt if blatt and halb else kasten


def _schnitt(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, ...]:
    """What two boxes have in common; empty where that is nothing."""
    if not a or not b:
        return ()
    x0, y0, x1, y1 = max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else ()


def _kasten(werte: Any) -> tuple[float, ...]:
    if werte is None or len(werte) != 4:
        return ()
    x0, y0, x1, y1 = (float(wert) for wert in werte)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class Inhalte:
    """The streams of pages, and how many states each page leaves open.

    A superfluous "Q" is ignored by readers. It must not take back the state that the stamp puts
    around the page, or the page would look different: such content is written anew without it.

    Reading takes longer than stamping. Of a long document one page of each kind is read: a program
    makes all its pages in the same way. Where one is careless, all are read.
    """

    def __init__(self, pdf: pikepdf.Pdf, seiten: int) -> None:
        self.pdf = pdf
        self.alle = seiten <= ALLE_BIS
        self.arten: set[Any] = set()

    def von(self, seite: Any, art: Any) -> tuple[list[Any], int]:
        """``art`` says what the page has in common with others of the same program."""
        stroeme = _stroeme(seite)
        if art in self.arten and not self.alle:
            return stroeme, 0
        self.arten.add(art)
        if not _rest(KLAMMER.findall(_alles(stroeme))):
            return stroeme, 0
        # It may be a letter within a text: only now is the content really understood.
        befehle = pikepdf.parse_content_stream(seite)
        rest = _rest(_klammer(befehl) for befehl in befehle)
        self.alle = self.alle or bool(rest)
        if b"Q" not in rest:
            return stroeme, len(rest)
        behalten, offen = _ohne_ueberzaehlige(befehle)
        return [self.pdf.make_stream(pikepdf.unparse_content_stream(behalten))], offen


def naechste_nummer(seite: Any) -> int:
    """The first number of marked content that the page does not use yet."""
    return max((int(nr) + 1 for nr in NUMMER.findall(_alles(_stroeme(seite)))), default=0)


def _stroeme(seite: Any) -> list[Any]:
    inhalt = seite.get("/Contents")
    if inhalt is None:
        return []
    return list(inhalt) if isinstance(inhalt, Array) else [inhalt]


def _alles(stroeme: Iterable[Any]) -> bytes:
    return b"\n".join(strom.read_bytes() for strom in stroeme)


def _rest(klammern: Iterable[bytes]) -> bytes:
    """What is left when each "Q" has met its "q": first superfluous "Q", then open "q"."""
    rest = b"".join(klammern)
    while b"qQ" in rest:
        rest = rest.replace(b"qQ", b"")
    return rest


def _ohne_ueberzaehlige(befehle: Iterable[Any]) -> tuple[list[Any], int]:
    """The instructions without each "Q" that has no "q", and how many states stay open."""
    behalten, offen = [], 0
    for befehl in befehle:
        schritt = {b"q": 1, b"Q": -1}.get(_klammer(befehl), 0)
        if offen + schritt >= 0:
            behalten.append(befehl)
            offen += schritt
    return behalten, offen


def _klammer(befehl: Any) -> bytes:
    operator = bytes(befehl.operator)
    return operator if operator in (b"q", b"Q") else b""
