"""The page ``/s/<code>/``: what a stamp on a poster tells the one who scans it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse

from kernaktivitaeten.models import Kernaktivitaet
from stempel import rules
from stempel.models import Stempelung, Variante, lies_code

from ..filter import mit_parametern

GUELTIG, BEENDET, ZURUECKGEZOGEN = "gueltig", "beendet", "zurueckgezogen"


UNBEKANNT = (
    "Diesen Code gibt es nicht. Er hat zehn Zeichen, nur Buchstaben ohne Vokale und die Ziffern "
    "3 bis 9. Vergleichen Sie ihn mit dem, was unter dem QR-Code steht."
)


class Unbekannt(Http404):
    """There is no such code, or not to be seen; counts as a guess."""


@dataclass(frozen=True)
class Auskunft:
    """``zustand`` is "gueltig", "beendet" (the Kernaktivität ended) or "zurueckgezogen".

    ``inzwischen`` is set when the stamp says that it runs and it is done by now.
    """

    stichtag: date
    weiter: str
    code: str
    stempelung: Stempelung
    ka: Kernaktivitaet
    zustand: str
    inzwischen: bool


def auskunft(code: str, stichtag: date, weiter: Mapping[str, str]) -> Auskunft:
    """Raises ``Unbekannt`` for a code that does not exist, ``Http404`` for a day before it."""
    stempelung = Stempelung.objects.oeffentlich().filter(code=lies_code(code)).first()
    if stempelung is None:
        raise Unbekannt(UNBEKANNT)
    if stempelung.am > stichtag:
        raise Http404("An diesem Tag gab es diesen Stempel noch nicht.")
    ka = Kernaktivitaet.objects.oeffentlich().zum(stichtag).get(pk=stempelung.kernaktivitaet_id)
    return Auskunft(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        code=f"{stempelung.code[:5]} {stempelung.code[5:]}",
        stempelung=stempelung,
        ka=ka,
        zustand=_zustand(stempelung, ka, stichtag),
        inzwischen=stempelung.variante == Variante.LAUFEND
        and rules.variante(ka) == Variante.UMGESETZT,
    )


def eingabe(text: str) -> str:
    """The address behind a code that somebody typed; ``Unbekannt`` if it cannot be one."""
    code = lies_code(text)
    if not code:
        raise Unbekannt(UNBEKANNT)
    return reverse("stempel:auskunft", args=(code,))


def _zustand(stempelung: Stempelung, ka: Kernaktivitaet, stichtag: date) -> str:
    zurueck = stempelung.zurueckgezogen_am
    if zurueck is not None and zurueck <= stichtag:
        return ZURUECKGEZOGEN
    return BEENDET if rules.ablehnung(ka) else GUELTIG
