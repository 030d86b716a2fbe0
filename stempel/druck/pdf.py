"""The stamp on pages of a PDF: a Form XObject drawn after everything else, nothing else changed.

In a tagged PDF it can be a figure with an alternative text in the structure of the document.
"""

from copy import copy
from itertools import count
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree

from ..zeichnung import als_formular
from .annahme import oeffne_pdf
from .grenzen import BESCHAEDIGT, MAX_SEITEN, Ablehnung, Wunsch, gewaehlte
from .seite import Endformat, Inhalte, merkmale, naechste_nummer

OHNE_TAGS = (
    "Das PDF hat keine Tags, es ist nicht barrierefrei. Der Alternativtext steht am Stempel, "
    "viele Vorleseprogramme lesen ihn so aber nicht."
)
ANDERE_FARBEN = (
    "Das PDF legt seine Farben fest (PDF/X oder PDF/A), der farbige Stempel steht in RGB darin. "
    "Fragen Sie, wer es druckt oder prüft, oder nehmen Sie Schwarz oder Weiß."
)


def stemple_pdf(quelle: Path, ziel: Path, aufdruck: bytes, wunsch: Wunsch) -> dict[str, Any]:
    """Writes the stamped PDF to ``ziel``; returns ``hinweise`` and the first stamped ``seite``."""
    try:
        with oeffne_pdf(quelle) as pdf:
            ergebnis = _stemple(pdf, aufdruck, wunsch)
            pdf.save(ziel, linearize=pdf.is_linearized)
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, RecursionError) as fehler:
        raise Ablehnung(BESCHAEDIGT) from fehler
    return ergebnis


def _stemple(pdf: pikepdf.Pdf, aufdruck: bytes, wunsch: Wunsch) -> dict[str, Any]:
    seiten = _seiten(pdf, wunsch)
    form, *groesse = als_formular(pdf, aufdruck)
    form, davor = pdf.make_indirect(form), pdf.make_stream(b"q\n")
    lagen: dict[Any, tuple[tuple[float, ...], str]] = {}
    stroeme: dict[Any, pikepdf.Object] = {}
    abbildung = Abbildung(pdf, wunsch.alternativtext) if ist_getaggt(pdf) else None
    inhalte = Inhalte(pdf, len(seiten))
    blaetter = [seite.obj for seite in pdf.pages]
    for nr in seiten:
        seite = blaetter[nr]
        # Pages of one size share the place and the stream of the stamp.
        form_der_seite = merkmale(seite)
        if form_der_seite not in lagen:
            lagen[form_der_seite] = Endformat.von(seite, nr).matrix(groesse, wunsch)
        strom, offen = inhalte.von(seite, (form_der_seite, _arten(seite)))
        name = _eintrag(seite, form)
        # The repetitions on further pages are artifacts: nobody wants to hear it a hundred times.
        erste = nr == seiten[0]
        if (schluessel := (form_der_seite, name, erste, offen)) not in stroeme:
            matrix = lagen[form_der_seite][0]
            alt = wunsch.alternativtext if erste else ""
            marke = abbildung.auf(seite, matrix, groesse) if alt and abbildung else _marke(alt)
            befehle = b"\nQ" * (1 + offen) + _befehle(marke, matrix, name)
            stroeme[schluessel] = pdf.make_stream(befehle)
        seite.Contents = Array([davor, *strom, stroeme[schluessel]])
    hinweise = {hinweis for _, hinweis in lagen.values() if hinweis}
    if wunsch.alternativtext and abbildung is None:
        hinweise.add(OHNE_TAGS)
    if _legt_farben_fest(pdf) and _ist_bunt(form):
        hinweise.add(ANDERE_FARBEN)
    return {"hinweise": sorted(hinweise), "seite": seiten[0], "seiten": len(seiten)}


def _legt_farben_fest(pdf: pikepdf.Pdf) -> bool:
    """Whether it is made for a printing house, or its profile has not three colours as RGB has."""
    return any(
        ziel.get("/S") == Name("/GTS_PDFX")
        or ("/DestOutputProfile" in ziel and ziel.DestOutputProfile.get("/N") != 3)
        for ziel in pdf.Root.get("/OutputIntents", [])
    )


def _ist_bunt(form: Any) -> bool:
    """Our own colours, or artwork of others, of which nobody knows."""
    return b" rg\n" in form.read_bytes() or bool(form.Resources.get("/XObject", {}))


def _befehle(marke: bytes, matrix: tuple[float, ...], name: str) -> bytes:
    zahlen = " ".join(f"{zahl:.5f}" for zahl in matrix)
    return b"\n" + marke + f"q {zahlen} cm {name} Do Q\nEMC\n".encode("ascii")


def _seiten(pdf: pikepdf.Pdf, wunsch: Wunsch) -> list[int]:
    anzahl = len(pdf.pages)
    if not anzahl:
        raise Ablehnung(BESCHAEDIGT)
    if anzahl > MAX_SEITEN:
        raise Ablehnung(
            f"Das PDF hat {anzahl} Seiten, mehr als {MAX_SEITEN}. Teilen Sie es, oder stempeln "
            "Sie nur den Umschlag und fügen Sie ihn ein."
        )
    return gewaehlte(wunsch.seiten, anzahl)


def _marke(alternativtext: str) -> bytes:
    if not alternativtext:
        return b"/Artifact <</Type /Layout>> BDC\n"
    return b"/Figure " + Dictionary(Alt=pikepdf.String(alternativtext)).unparse() + b" BDC\n"


def _arten(seite: Any) -> frozenset[str]:
    """Which kinds of resources there are: one program names and orders them in one way."""
    return frozenset(seite.Resources.keys()) if "/Resources" in seite else frozenset()


def _eintrag(seite: Any, form: Any) -> str:
    """Names the print in resources of the page alone: those of others stay as they are."""
    # To ask first is faster than to get what is missing.
    resourcen = copy(seite.Resources) if "/Resources" in seite else Dictionary()
    objekte = copy(resourcen.XObject) if "/XObject" in resourcen else Dictionary()
    name = next(n for n in (f"/Stempel{i or ''}" for i in count()) if n not in objekte)
    objekte[name] = form
    resourcen.XObject = objekte
    seite.Resources = resourcen
    return name


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
