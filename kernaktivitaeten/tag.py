"""How a Kernaktivität stands on a day: the one reading of its statements.

The public pages ask here. The administration asks the database (``KernaktivitaetQuerySet.zum``),
which must say the same: a test compares both for statements of every kind.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from grundlage.zeitangabe import Bezug, Zeitraum

from .models.lage import Lage, Lagebild


class Statusaussage(Protocol):
    """A released statement that was not withdrawn: a row of ``Statusmeldung`` or its copy."""

    pk: int
    status: str
    bezug: str
    zaehlt_ab: date

    @property
    def zeit(self) -> Zeitraum | None: ...


@dataclass(frozen=True)
class Verlauf:
    """How it stood in the course of time: ``bilder[n]`` holds until ``tage[n]`` begins."""

    tage: tuple[date, ...]
    bilder: tuple[Lagebild, ...]

    def nummer(self, stichtag: date) -> int:
        """Which of ``bilder`` holds on the day."""
        return bisect_right(self.tage, stichtag)

    def am(self, stichtag: date) -> Lagebild:
        return self.bilder[self.nummer(stichtag)]


def verlauf(aussagen: Iterable[Statusaussage], auftraege: Iterable[date]) -> Verlauf:
    """The course of all ``aussagen`` that name a status; ``auftraege`` are the first days of the
    Beschlüsse that commissioned it.

    On a day the newest statement holds that counts by then; of two on one day the one that was
    entered later. Before the first: "noch nicht beschlossen" if the commissioning Beschluss is
    known and lies wholly after the day (one of "2021" says nothing about a day in 2021).
    """
    stroeme = sorted(
        (aussage for aussage in aussagen if aussage.status),
        key=lambda aussage: (aussage.zaehlt_ab, aussage.pk),
    )
    beauftragt = min(auftraege, default=None)
    tage: list[date] = []
    bilder = [Lagebild(Lage.OHNE_STAND)]
    if beauftragt is not None:
        bilder = [Lagebild(Lage.NOCH_NICHT)]
        if not stroeme or beauftragt < stroeme[0].zaehlt_ab:
            tage, bilder = [beauftragt], [*bilder, Lagebild(Lage.OHNE_STAND)]
    erste = None
    for aussage in stroeme:
        if erste is None or aussage.status != erste.status:
            erste = aussage
        tage.append(aussage.zaehlt_ab)
        bilder.append(_lagebild(erste, aussage))
    return Verlauf(tuple(tage), tuple(bilder))


def _lagebild(erste: Statusaussage, neueste: Statusaussage) -> Lagebild:
    """What the unbroken run from ``erste`` to ``neueste`` says; its beginning only if proved."""
    belegt = erste.bezug == Bezug.AB
    return Lagebild(
        Lage(neueste.status),
        seit=erste.zeit if belegt else None,
        seit_tag=erste.zaehlt_ab if belegt else None,
        stand=neueste.zeit,
        stand_tag=neueste.zaehlt_ab,
        bestaetigt=neueste.pk != erste.pk,
        meldung=neueste.pk,
    )
