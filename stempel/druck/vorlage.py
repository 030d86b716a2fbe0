"""The city's own artwork: checked, and brought into one form, a page of PDF."""

from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from ..zeichnung import als_formular, gespeichert
from . import bild as bilder
from . import pdf as pdfs
from .grenzen import BESCHAEDIGT, MIN_PNG_PX, Ablehnung

MAX_BYTES = 5 * 1024 * 1024
VERBOTEN = ("/AA", "/OpenAction", "/AcroForm", "/Names")


def pruefe(quelle: Path, ziel: Path, art: str) -> dict[str, Any]:
    """Writes the artwork as a page of PDF to ``ziel``; raises ``Ablehnung`` with the reason."""
    if quelle.stat().st_size > MAX_BYTES:
        raise Ablehnung(f"Die Vorlage ist größer als {MAX_BYTES // 1024 // 1024} MB.")
    if art == "PDF":
        ziel.write_bytes(_aus_pdf(quelle))
    elif art == "PNG":
        ziel.write_bytes(_aus_png(quelle))
    else:
        raise Ablehnung("Eine Vorlage ist ein PDF (mit Vektoren) oder ein PNG.")
    return {"hinweise": [], "seite": 0, "seiten": 1}


def _aus_pdf(quelle: Path) -> bytes:
    with pdfs.oeffne(quelle) as pdf:
        if len(pdf.pages) != 1:
            raise Ablehnung(
                f"Das PDF hat {len(pdf.pages)} Seiten. Eine Vorlage hat genau eine Seite, auf der "
                "nur der Stempel steht."
            )
        if "/Annots" in pdf.pages[0].obj or any(name in pdf.Root for name in VERBOTEN):
            raise Ablehnung(
                "Das PDF enthält Formularfelder, Links oder Skripte. Exportieren Sie nur die "
                "Zeichnung des Stempels."
            )
        if "/Contents" not in pdf.pages[0].obj:
            raise Ablehnung("Die Seite des PDF ist leer.")
    neu = pikepdf.new()
    try:
        form, b, h = als_formular(neu, quelle.read_bytes())
    except (pikepdf.PdfError, ValueError, RuntimeError) as fehler:
        raise Ablehnung(BESCHAEDIGT) from fehler
    return _eine_seite(neu, form, b, h, (1, 1))


def _aus_png(quelle: Path) -> bytes:
    bild = bilder.oeffne(quelle)
    if bild.width < MIN_PNG_PX:
        raise Ablehnung(
            f"Das PNG ist {bild.width} Bildpunkte breit. Damit der Stempel auch groß scharf ist, "
            f"braucht es mindestens {MIN_PNG_PX}, besser ein PDF mit Vektoren."
        )
    try:
        bild = bild.convert("RGBA")
    except (OSError, ValueError, SyntaxError) as fehler:
        raise Ablehnung(BESCHAEDIGT) from fehler
    deckung = bild.getchannel("A")
    if deckung.getextrema()[0] == 255:
        raise Ablehnung(
            "Das PNG hat keinen durchsichtigen Hintergrund. Auf farbigem Material stünde der "
            "Stempel in einem Kasten."
        )
    neu = pikepdf.new()
    maske = _als_bild(neu, deckung, Name.DeviceGray)
    form = _als_bild(neu, bild.convert("RGB"), Name.DeviceRGB)
    form.SMask = maske
    return _eine_seite(
        neu, form, bild.width / 4, bild.height / 4, (bild.width / 4, bild.height / 4)
    )


def _als_bild(pdf: pikepdf.Pdf, bild: Image.Image, farbraum: Name) -> Any:
    strom = pdf.make_stream(bild.tobytes())
    strom.stream_dict.update(
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=bild.width,
            Height=bild.height,
            ColorSpace=farbraum,
            BitsPerComponent=8,
        )
    )
    return strom


def _eine_seite(
    pdf: pikepdf.Pdf, objekt: Any, b: float, h: float, mal: tuple[float, float]
) -> bytes:
    seite = pdf.add_blank_page(page_size=(max(3, b), max(3, h)))
    seite.obj.MediaBox = Array([0, 0, round(b, 3), round(h, 3)])
    seite.obj.Resources = Dictionary(XObject=Dictionary(Vorlage=objekt))
    seite.obj.Contents = pdf.make_stream(
        f"q {mal[0]:.3f} 0 0 {mal[1]:.3f} 0 0 cm /Vorlage Do Q".encode("ascii")
    )
    return gespeichert(pdf)
