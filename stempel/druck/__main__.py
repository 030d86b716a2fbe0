"""The process that works on one file: ``python -m stempel.druck <folder>``.

The folder holds ``original``, ``auftrag.json`` and, to stamp, ``aufdruck.pdf``; the process
writes ``ergebnis``, then ``ergebnis.json``, then ``vorschau.png``. Who started it reads
``ergebnis.json`` and believes nothing else.
"""

import json
import sys
import warnings
from pathlib import Path

from .grenzen import BESCHAEDIGT, Ablehnung, begrenze, erkenne
from .wunsch import Wunsch

ZU_VIEL_SPEICHER = (
    "Die Datei braucht mehr Speicher, als für eine Datei erlaubt ist. Verkleinern Sie ihre Bilder, "
    "oder nutzen Sie das Stempelpaket."
)


def main(ordner: Path) -> None:
    begrenze()
    warnings.simplefilter("ignore")
    # Only now: what these libraries do at their import is limited, too.
    from PIL import Image

    from . import bild, pdf, vorlage, vorschau

    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked before a pixel is read
    auftrag = json.loads((ordner / "auftrag.json").read_text(encoding="utf-8"))
    quelle, ziel = ordner / "original", ordner / "ergebnis"
    try:
        art = erkenne(quelle, auftrag["name"])
        if auftrag["wunsch"] is None:
            ergebnis = vorlage.pruefe(quelle, ziel, art)
            art = "PDF"
        else:
            stempeln = pdf.stemple_pdf if art == "PDF" else bild.stemple_bild
            aufdruck = (ordner / "aufdruck.pdf").read_bytes()
            ergebnis = stempeln(quelle, ziel, aufdruck, Wunsch(**auftrag["wunsch"]))
    except Ablehnung as ablehnung:
        ergebnis, art = {"ablehnung": str(ablehnung)}, ""
    except MemoryError:
        ergebnis, art = {"ablehnung": ZU_VIEL_SPEICHER}, ""
    except (ArithmeticError, LookupError, TypeError, ValueError, OSError, RuntimeError):
        # A library stumbled over what it was given.
        ergebnis, art = {"ablehnung": BESCHAEDIGT}, ""
    (ordner / "ergebnis.json").write_text(json.dumps(ergebnis | {"art": art}), encoding="utf-8")
    if art:
        vorschau.zeichne_vorschau(ziel, ordner / "vorschau.png", art, ergebnis["seite"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
