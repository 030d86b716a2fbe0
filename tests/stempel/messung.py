"""What stamping costs beside what pikepdf needs to open and save the same PDF.

``python -m tests.stempel.messung <folder>`` prints both in seconds of computing time: in a process
of its own, because counting coverage costs more than stamping.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf

from stempel.druck import Wunsch
from stempel.druck.pdf import stemple_pdf
from stempel.entwurf import zeichne
from stempel.zeichnung import als_pdf
from tests.stempel import dateien

MAL = 9


def messe(ordner: Path, seiten: int = 100) -> tuple[float, float]:
    """Seconds to open and save a report of ``seiten`` pages, and to stamp each of them."""
    quelle = dateien.bericht(ordner / "bericht.pdf", seiten)
    aufdruck = als_pdf(zeichne("laufend", "farbig"))
    wunsch = Wunsch("unten-rechts", 60, "mm", "alle", 35, 240)

    def speichere() -> None:
        with pikepdf.open(quelle) as pdf:
            pdf.save(ordner / "gespeichert.pdf")

    def stemple() -> None:
        stemple_pdf(quelle, ordner / "gestempelt.pdf", aufdruck, wunsch)

    paare = [(_dauer(speichere), _dauer(stemple)) for _ in range(MAL)]
    return min(a for a, _ in paare), min(b for _, b in paare)


def _dauer(tun: Callable[[], None]) -> float:
    beginn = time.process_time()
    tun()
    return time.process_time() - beginn


if __name__ == "__main__":
    print(*messe(Path(sys.argv[1])))
