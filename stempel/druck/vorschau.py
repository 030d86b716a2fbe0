"""What came out, as a picture for the screen."""

from pathlib import Path

import pypdfium2
from PIL import Image

from .bild import oeffne

KANTE = 1100


def zeichne_vorschau(datei: Path, ziel: Path, art: str, seite: int) -> None:
    """A PNG whose longer edge has at most ``KANTE`` pixels; of a PDF the page ``seite``."""
    if art == "PDF":
        dokument = pypdfium2.PdfDocument(datei)
        dokument.init_forms()
        blatt = dokument[seite]
        bild = blatt.render(scale=KANTE / max(blatt.get_size())).to_pil()
    else:
        bild = oeffne(datei)
        bild.draft("RGB", (KANTE, KANTE))
        bild.thumbnail((KANTE, KANTE), Image.Resampling.BILINEAR)
    modus = "RGBA" if bild.mode in ("RGBA", "LA", "PA") else "RGB"
    bild.convert(modus).save(ziel, "PNG")
