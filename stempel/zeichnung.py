"""The drawing of a stamp: filled shapes on a sheet, written down as SVG, as a page of PDF, as PNG.

y grows downwards, lengths are units of the drawing. Nothing here knows the database.
"""

import base64
import io
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape

import pikepdf
import pypdfium2

Punkt = tuple[float, float]
# ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) or ("Z",)
Befehl = tuple[str | float, ...]
BREITE_PT = 100 / 25.4 * 72  # a page of PDF is 100 mm wide; whoever places it scales it
EINGEBETTET_PX = 1600
OPERATOREN = {"M": "m", "L": "l", "C": "c", "Z": "h"}
# PDFium may be used by one thread at a time.
PDFIUM = threading.Lock()


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


def als_svg(zeichnung: Zeichnung, titel: str, platte: float = 0, beschreibung: str = "") -> str:
    """An SVG without fonts, styles and links. ``platte``: a white plate that is so much wider."""
    b, h = zeichnung.breite + 2 * platte, zeichnung.hoehe + 2 * platte
    teile = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{_zahlen((-platte, -platte, b, h))}" '
        f'width="{_zahl(b)}" height="{_zahl(h)}" role="img" aria-labelledby="titel">',
        f'<title id="titel">{escape(titel)}</title>',
    ]
    if beschreibung:
        teile.append(f"<desc>{escape(beschreibung)}</desc>")
    if platte:
        teile.append(
            f'<rect x="{_zahl(-platte)}" y="{_zahl(-platte)}" width="{_zahl(b)}" '
            f'height="{_zahl(h)}" rx="{_zahl(platte / 2)}" fill="#ffffff"/>'
        )
    teile += (
        f'<path fill="{f.farbe}" d="{"".join(_als_pfad(f.befehle))}"/>' for f in zeichnung.flaechen
    )
    teile += (
        f'<image x="{_zahl(bild.x)}" y="{_zahl(bild.y)}" width="{_zahl(bild.breite)}" '
        f'height="{_zahl(bild.hoehe)}" href="data:image/png;base64,'
        f'{_eingebettet(bild.pdf)}"/>'
        for bild in zeichnung.bilder
    )
    return "\n".join((*teile, "</svg>", ""))


@lru_cache(maxsize=8)
def _eingebettet(pdf: bytes) -> str:
    """Artwork of others as base64: drawing it takes a quarter of a second, a badge is public."""
    return base64.b64encode(pdf_als_png(pdf, EINGEBETTET_PX)).decode()


def als_pfade(zeichnung: Zeichnung) -> Iterator[tuple[str, str]]:
    """Colour and path of each shape, for a page that draws it itself."""
    for flaeche in zeichnung.flaechen:
        yield flaeche.farbe, "".join(_als_pfad(flaeche.befehle, 1))


def als_pdf(zeichnung: Zeichnung, titel: str = "") -> bytes:
    """One page of vectors; black and white are grey values, so that they print with one ink."""
    mal = BREITE_PT / zeichnung.breite
    hoehe = zeichnung.hoehe * mal
    pdf = pikepdf.new()
    seite = pdf.add_blank_page(page_size=(BREITE_PT, hoehe))
    inhalt = [f"{_zahlen((mal, 0, 0, -mal, 0, hoehe), 5)} cm"]
    for flaeche in zeichnung.flaechen:
        inhalt += [_farbe(flaeche.farbe), *_als_operatoren(flaeche.befehle), "f"]
    xobjekte = pikepdf.Dictionary()
    for nr, bild in enumerate(zeichnung.bilder):
        form, b, h = als_formular(pdf, bild.pdf)
        xobjekte[f"/Bild{nr}"] = form
        # The page of the artwork stands upright, this one grows downwards.
        matrix = (bild.breite / b, 0, 0, -bild.hoehe / h, bild.x, bild.y + bild.hoehe)
        inhalt.append(f"q {_zahlen(matrix, 5)} cm /Bild{nr} Do Q")
    seite.obj.Resources = pikepdf.Dictionary(XObject=xobjekte)
    seite.obj.Contents = pdf.make_stream("\n".join(["q", *inhalt, "Q"]).encode("ascii"))
    if titel:
        pdf.docinfo["/Title"] = titel
    return gespeichert(pdf)


def als_formular(ziel: pikepdf.Pdf, quelle: bytes) -> tuple[pikepdf.Object, float, float]:
    """The first page of ``quelle`` as a Form XObject of ``ziel`` that begins at 0,0; its size."""
    with pikepdf.open(io.BytesIO(quelle)) as pdf:
        form = ziel.copy_foreign(pdf.pages[0].as_form_xobject())
    x0, y0, x1, y1 = (float(zahl) for zahl in form.BBox)
    a, b, c, d, e, f = (float(z) for z in form.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    ecken = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    links, unten = min(x for x, _ in ecken), min(y for _, y in ecken)
    form.Matrix = pikepdf.Array([a, b, c, d, e - links, f - unten])
    return form, max(x for x, _ in ecken) - links, max(y for _, y in ecken) - unten


def groesse(pdf: bytes) -> tuple[float, float]:
    """Width and height in points of the one page of a drawing."""
    with pikepdf.open(io.BytesIO(pdf)) as offen:
        _, _, b, h = (float(zahl) for zahl in offen.pages[0].obj.MediaBox)
    return b, h


def gespeichert(pdf: pikepdf.Pdf) -> bytes:
    """The same drawing gives the same bytes."""
    datei = io.BytesIO()
    pdf.save(datei, deterministic_id=True)
    return datei.getvalue()


def als_png(zeichnung: Zeichnung, breite_px: int) -> bytes:
    """A PNG with a transparent background, exactly so wide."""
    return pdf_als_png(als_pdf(zeichnung), breite_px)


def pdf_als_png(pdf: bytes, breite_px: int) -> bytes:
    """A page of PDF as PNG with a transparent background, exactly so wide."""
    with PDFIUM:
        dokument = pypdfium2.PdfDocument(pdf)
        try:
            seite = dokument[0]
            mal = breite_px / seite.get_width()
            bild = seite.render(scale=mal, fill_color=(255, 255, 255, 0)).to_pil().copy()
        finally:
            dokument.close()
    datei = io.BytesIO()
    # PDFium rounds up; a row or column more or less is transparent.
    hoehe = bild.height
    bild.crop((0, 0, breite_px, hoehe)).save(datei, "PNG", optimize=False)
    return datei.getvalue()


def _als_pfad(befehle: Iterable[Befehl], stellen: int = 2) -> Iterator[str]:
    for art, *zahlen in befehle:
        yield f"{art}{_zahlen(zahlen, stellen)}"


def _als_operatoren(befehle: Iterable[Befehl]) -> Iterator[str]:
    for art, *zahlen in befehle:
        yield f"{_zahlen(zahlen, 3)} {OPERATOREN[art]}".strip()


def _farbe(farbe: str) -> str:
    rot, gruen, blau = (int(farbe[i : i + 2], 16) / 255 for i in (1, 3, 5))
    if rot == gruen == blau:
        return f"{_zahl(rot, 3)} g"
    return f"{_zahlen((rot, gruen, blau), 3)} rg"


def _zahlen(zahlen: Iterable[float], stellen: int = 2) -> str:
    return " ".join(_zahl(zahl, stellen) for zahl in zahlen)


def _zahl(zahl: float, stellen: int = 2) -> str:
    """With a decimal point, as short as it can be, never "-0"."""
    text = f"{zahl:.{stellen}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
