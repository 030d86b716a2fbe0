"""Words as shapes, from the portal's own font: no program needs the font to show them."""

from functools import lru_cache
from pathlib import Path

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from .flaechen import Befehl

# Source Sans 3, OFL-1.1; the licence lies beside it.
DATEI = Path(__file__).parents[2] / "static" / "schrift" / "source-sans-3-latin.woff2"
ERSATZ = "?"
VERSALHOEHE = 0.66


class _Stift(BasePen):
    """Collects the outline of glyphs; the base class makes cubic curves of all others."""

    def __init__(self, schnitt, mal: float) -> None:
        super().__init__(schnitt)
        self.befehle: list[Befehl] = []
        self.x, self.mal = 0.0, mal

    def _punkt(self, punkt) -> tuple[float, float]:
        return self.x + punkt[0] * self.mal, -punkt[1] * self.mal

    def _moveTo(self, punkt) -> None:
        self.befehle.append(("M", *self._punkt(punkt)))

    def _lineTo(self, punkt) -> None:
        self.befehle.append(("L", *self._punkt(punkt)))

    def _curveToOne(self, *punkte) -> None:
        self.befehle.append(("C", *(zahl for punkt in punkte for zahl in self._punkt(punkt))))

    def _closePath(self) -> None:
        self.befehle.append(("Z",))


@lru_cache(maxsize=1)
def _schrift() -> TTFont:
    return TTFont(DATEI)


@lru_cache(maxsize=4)
def _schnitt(staerke: int):
    """The glyphs in one weight of the variable font, and the names of the characters."""
    schrift = _schrift()
    return schrift.getGlyphSet(location={"wght": staerke}), schrift.getBestCmap()


@lru_cache(maxsize=1024)
def zeile(text: str, groesse: float, staerke: int) -> tuple[tuple[Befehl, ...], float]:
    """One line with its baseline at y = 0: the path and its width.

    A character that the font does not have becomes a question mark.
    """
    schnitt, namen = _schnitt(staerke)
    stift = _Stift(schnitt, groesse / _schrift()["head"].unitsPerEm)
    for zeichen in text:
        glyphe = schnitt[namen.get(ord(zeichen), namen[ord(ERSATZ)])]
        glyphe.draw(stift)
        stift.x += glyphe.width * stift.mal
    return tuple(stift.befehle), stift.x


def umbrochen(text: str, groesse: float, staerke: int, breite: float) -> list[str]:
    """``text`` in lines that are not wider than ``breite``, as far as its words allow."""
    zeilen: list[str] = []
    for wort in text.split():
        versuch = f"{zeilen[-1]} {wort}" if zeilen else wort
        if zeilen and zeile(versuch, groesse, staerke)[1] <= breite:
            zeilen[-1] = versuch
        else:
            zeilen.append(wort)
    return zeilen
