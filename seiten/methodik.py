"""The page about how this portal counts, and the rules it keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kernaktivitaeten import rules
from kernaktivitaeten.models import DEFINITIONEN, Status
from zielsystem import rules as zielsystem_rules

from .auswahl import mit_parametern


@dataclass(frozen=True)
class Methodik:
    stichtag: date
    weiter: str
    definitionen: tuple[tuple[str, str, str], ...]
    regeln: tuple[str, ...]
    schwerpunkte_je_kompetenz: int
    je_schwerpunkt: int
    je_tranche: int
    soll: int


def methodik(stichtag: date, weiter: Mapping[str, str]) -> Methodik:
    """The page ``/methodik/``: how this portal counts, and the rules it keeps."""
    gruppen = [*zielsystem_rules.REGELN.values(), *rules.REGELN.values()]
    regeln = dict.fromkeys(regel for gruppe in gruppen for regel in gruppe)
    return Methodik(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        definitionen=tuple((s.value, s.label, DEFINITIONEN[s]) for s in Status),
        regeln=tuple(zielsystem_rules.satz(regel) for regel in regeln),
        schwerpunkte_je_kompetenz=zielsystem_rules.SOLL_SCHWERPUNKTE_JE_KOMPETENZ,
        je_schwerpunkt=zielsystem_rules.SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT,
        je_tranche=zielsystem_rules.SOLL_KERNAKTIVITAETEN_JE_TRANCHE,
        soll=zielsystem_rules.SOLL_KERNAKTIVITAETEN,
    )
