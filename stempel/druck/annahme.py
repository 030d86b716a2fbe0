"""What is opened: a PDF that may be changed, and the city's own artwork.

Artwork is checked and brought into one form, a page of PDF.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from ..zeichnung import als_formular, gespeichert
from .bild import oeffne_bild
from .grenzen import BESCHAEDIGT, MAX_OBJEKTE, MIN_PNG_PX, Ablehnung

MAX_VORLAGE = 5 * 1024 * 1024
VERBOTEN = ("/AA", "/OpenAction", "/AcroForm", "/Names")
VERSCHLUESSELT = (
    "Das PDF ist mit einem Kennwort geschützt (verschlüsselt). Speichern Sie es ohne Kennwort und "
    "laden Sie es noch einmal hoch."
)


def oeffne_pdf(datei: Path | io.BytesIO) -> pikepdf.Pdf:
    """Raises ``Ablehnung`` for what must not or cannot be changed."""
    try:
        # A file that would have to be repaired can have lost pages: nobody would notice.
        pdf = pikepdf.open(datei, attempt_recovery=False)
    except pikepdf.PasswordError as fehler:
        raise Ablehnung(VERSCHLUESSELT) from fehler
    except (pikepdf.PdfError, ValueError) as fehler:
        raise Ablehnung(BESCHAEDIGT) from fehler
    if pdf.is_encrypted:
        raise Ablehnung(VERSCHLUESSELT)
    if int(pdf.trailer.get("/Size", 0)) > MAX_OBJEKTE:
        raise Ablehnung(
            f"Das PDF besteht aus mehr als {MAX_OBJEKTE} Teilen. Exportieren Sie es neu "
            "(„für Druck“ oder „reduzierte Größe“), oder nutzen Sie das Stempelpaket."
        )
    if bool(pdf.Root.get("/NeedsRendering", False)):
        raise Ablehnung(
            "Das PDF ist ein dynamisches Formular (XFA): Seine Seiten entstehen erst beim Öffnen. "
            "Drucken Sie es in ein PDF und stempeln Sie das."
        )
    if "/Collection" in pdf.Root:
        raise Ablehnung(
            "Das PDF ist eine Mappe (Portfolio) mit anderen Dateien darin. Der Stempel käme nur "
            "auf ihr Deckblatt. Speichern Sie die Dateien einzeln und stempeln Sie diese."
        )
    if ist_signiert(pdf):
        raise Ablehnung(
            "Das PDF ist unterschrieben (signiert). Mit dem Stempel wäre die Unterschrift "
            "ungültig. Stempeln Sie es, bevor es unterschrieben wird."
        )
    return pdf


def ist_signiert(pdf: pikepdf.Pdf) -> bool:
    """Whether there is a signature in it, as a permission, as a filled field or as a flag.

    The first flag only says that there is a field to sign; where the field is found, it is asked.
    """
    if "/Perms" in pdf.Root:
        return True
    formular = pdf.Root.get("/AcroForm")
    if formular is None:
        return False
    felder = [f for f in _felder(formular.get("/Fields", [])) if f.get("/FT") == Name.Sig]
    if any("/V" in feld for feld in felder):
        return True
    flaggen = int(formular.get("/SigFlags", 0))
    return bool(flaggen & 2) or (bool(flaggen & 1) and not felder)


def _felder(felder: Any) -> Iterator[Any]:
    offen = list(felder)
    for _ in range(MAX_OBJEKTE):
        if not offen:
            return
        feld = offen.pop()
        yield feld
        offen += list(feld.get("/Kids", []))


def pruefe_als_vorlage(quelle: Path, ziel: Path, art: str) -> dict[str, Any]:
    """Writes the artwork as a page of PDF to ``ziel``; raises ``Ablehnung`` with the reason."""
    if quelle.stat().st_size > MAX_VORLAGE:
        raise Ablehnung(f"Die Vorlage ist größer als {MAX_VORLAGE // 1024 // 1024} MB.")
    if art == "PDF":
        ziel.write_bytes(_aus_pdf(quelle))
    elif art == "PNG":
        ziel.write_bytes(_aus_png(quelle))
    else:
        raise Ablehnung("Eine Vorlage ist ein PDF (mit Vektoren) oder ein PNG.")
    return {"hinweise": [], "seite": 0, "seiten": 1}


def _aus_pdf(quelle: Path) -> bytes:
    with oeffne_pdf(quelle) as pdf:
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
    bild = oeffne_bild(quelle)
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
