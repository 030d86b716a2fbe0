"""The process that works on one file: ``python -m stempel.druck <folder>``.

The folder holds ``original``, ``wunsch.json`` and, to stamp, ``aufdruck.pdf``; the process
writes ``ergebnis``, then ``ergebnis.json``, then ``vorschau.png``. Who started it reads
``ergebnis.json`` and believes nothing else.
"""

import json
import sys
import warnings
from pathlib import Path

from .grenzen import BESCHAEDIGT, Ablehnung, Wunsch, begrenze, erkenne

KANTE = 1100
ZU_VIEL_SPEICHER = (
    "Die Datei braucht mehr Speicher, als für eine Datei erlaubt ist. Verkleinern Sie ihre Bilder, "
    "oder nutzen Sie das Stempelpaket."
)


def main(ordner: Path) -> None:
    begrenze()
    warnings.simplefilter("ignore")
    # Only now: what these libraries do at their import is limited, too.
    from PIL import Image

    from . import annahme, bild, pdf

    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before a pixel is read
    anweisung = json.loads((ordner / "wunsch.json").read_text(encoding="utf-8"))
    quelle, ziel = ordner / "original", ordner / "ergebnis"
    try:
        art = erkenne(quelle, anweisung["name"])
        if anweisung["wunsch"] is None:
            ergebnis = annahme.pruefe_als_vorlage(quelle, ziel, art)
            art = "PDF"
        else:
            stempeln = pdf.stemple_pdf if art == "PDF" else bild.stemple_bild
            aufdruck = (ordner / "aufdruck.pdf").read_bytes()
            ergebnis = stempeln(quelle, ziel, aufdruck, Wunsch(**anweisung["wunsch"]))
    except Ablehnung as ablehnung:
        ergebnis, art = {"ablehnung": str(ablehnung)}, ""
    except MemoryError:
        ergebnis, art = {"ablehnung": ZU_VIEL_SPEICHER}, ""
    except (ArithmeticError, LookupError, TypeError, ValueError, OSError, RuntimeError):
        # A library stumbled over what it was given.
        ergebnis, art = {"ablehnung": BESCHAEDIGT}, ""
    (ordner / "ergebnis.json").write_text(json.dumps(ergebnis | {"art": art}), encoding="utf-8")
    if art:
        zeichne_vorschau(ziel, ordner / "vorschau.png", art, ergebnis["seite"])


def zeichne_vorschau(datei: Path, ziel: Path, art: str, seite: int) -> None:
    """A PNG whose longer edge has at most ``KANTE`` pixels; of a PDF the page ``seite``."""
    import pypdfium2
    from PIL import Image

    from .bild import oeffne_bild

    if art == "PDF":
        dokument = pypdfium2.PdfDocument(datei)
        dokument.init_forms()
        papier = dokument[seite]
        bild = papier.render(scale=KANTE / max(papier.get_size())).to_pil()
    else:
        bild = oeffne_bild(datei)
        bild.draft("RGB", (KANTE, KANTE))
        bild.thumbnail((KANTE, KANTE), Image.Resampling.BILINEAR)
    modus = "RGBA" if bild.mode in ("RGBA", "LA", "PA") else "RGB"
    bild.convert(modus).save(ziel, "PNG")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
