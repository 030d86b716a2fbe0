"""The stamp as a figure with an alternative text in the structure of a tagged PDF."""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree

from .inhalt import naechste_nummer


def ist_getaggt(pdf: pikepdf.Pdf) -> bool:
    """Whether screen readers go by the structure of the document."""
    angaben = pdf.Root.get("/MarkInfo", Dictionary())
    return "/StructTreeRoot" in pdf.Root and bool(angaben.get("/Marked", False))


class Abbildung:
    """Adds a figure to the structure tree and to the page's row of the parent tree."""

    def __init__(self, pdf: pikepdf.Pdf, alternativtext: str) -> None:
        self.pdf, self.alternativtext = pdf, alternativtext
        self.wurzel = pdf.Root.StructTreeRoot

    def auf(self, seite: Any, matrix: tuple[float, ...], groesse: tuple[float, float]) -> bytes:
        """Adds the figure of a ``groesse`` print; returns the operators that begin its content."""
        eltern_baum = self._eltern_baum()
        if "/StructParents" not in seite:
            seite.StructParents = self._naechste(eltern_baum)
        schluessel = int(seite.StructParents)
        reihe = list(eltern_baum[schluessel]) if schluessel in eltern_baum else []
        # The page may use numbers that its row does not know.
        nummer = max(len(reihe), naechste_nummer(seite))
        reihe += [None] * (nummer - len(reihe))
        element = self._element(seite, nummer, _rahmen(matrix, groesse))
        eltern_baum[schluessel] = self.pdf.make_indirect(Array([*reihe, element]))
        return f"/Figure <</MCID {nummer}>> BDC\n".encode("ascii")

    def _element(self, seite: Any, nummer: int, rahmen: list[float]) -> Any:
        oben = self._oberstes()
        element = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Figure,
                P=oben,
                Pg=seite,
                K=nummer,
                Alt=pikepdf.String(self.alternativtext),
                A=Dictionary(O=Name.Layout, BBox=Array(rahmen), Placement=Name.Block),
            )
        )
        kinder = oben.get("/K")
        if kinder is None:
            oben.K = Array([element])
        elif isinstance(kinder, Array):
            kinder.insert(_nach_der_seite(kinder, seite), element)
        else:
            oben.K = Array([kinder, element])
        return element

    def _oberstes(self) -> Any:
        """The element of the document, or the root where there is none or more than one."""
        kinder = self.wurzel.get("/K")
        if isinstance(kinder, Array):
            kinder = kinder[0] if len(kinder) == 1 else None
        return kinder if isinstance(kinder, Dictionary) and "/S" in kinder else self.wurzel

    def _eltern_baum(self) -> NumberTree:
        if "/ParentTree" not in self.wurzel:
            self.wurzel.ParentTree = NumberTree.new(self.pdf).obj
        return NumberTree(self.wurzel.ParentTree)

    def _naechste(self, eltern_baum: NumberTree) -> int:
        naechste = max([int(self.wurzel.get("/ParentTreeNextKey", 0)) - 1, *eltern_baum]) + 1
        self.wurzel.ParentTreeNextKey = naechste + 1
        return naechste


def _nach_der_seite(kinder: Array, seite: Any) -> int:
    """The place after what belongs to the page, so that it is read there; else the end."""
    stellen = (
        nr
        for nr, kind in enumerate(kinder, 1)
        if isinstance(kind, Dictionary) and "/Pg" in kind and kind.Pg.objgen == seite.objgen
    )
    return max(stellen, default=len(kinder))


def _rahmen(matrix: tuple[float, ...], groesse: tuple[float, float]) -> list[float]:
    a, b, c, d, e, f = matrix
    ecken = [
        (a * x + c * y + e, b * x + d * y + f) for x in (0, groesse[0]) for y in (0, groesse[1])
    ]
    xs, ys = zip(*ecken, strict=True)
    return [round(zahl, 2) for zahl in (min(xs), min(ys), max(xs), max(ys))]
