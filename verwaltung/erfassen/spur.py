"""What the entry of a decision has left: the rows that it made, and what it set in others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Model, Q, QuerySet

from kernaktivitaeten.models import (
    Beschlusswirkung,
    Kernaktivitaet,
    Ratsbeschluss,
    Statusmeldung,
    Tranche,
)

from ..geschichte import lesbar, wert
from ..models import Stapel
from ..stapel import Zeile, zeilen

# What a decision sets in a Kernaktivität, and what alone is put back.
SPALTEN = [
    Kernaktivitaet._meta.get_field(name)
    for name in ("veroeffentlicht_am", "tranche", "tranche_quelle")
]


@dataclass
class Spur:
    """One decision with the rows that its entry made or changed: none without a Stapel."""

    beschluss: Ratsbeschluss
    heute: date

    def __post_init__(self) -> None:
        self.stapel = _stapel_von(self.beschluss)
        self.alle = zeilen(self.stapel) if self.stapel else []

    def pks(self, modell: type[Model]) -> list[int]:
        return [zeile.pk for zeile in self.alle if zeile.modell is modell]

    @cached_property
    def gesetzte(self) -> list[tuple[Zeile, dict[str, Any]]]:
        """The Kernaktivitäten that are still there: column → value before, where it was set."""
        leer = Kernaktivitaet(veroeffentlicht_am=None)
        alle = [z for z in self.alle if z.modell is Kernaktivitaet and z.heute is not None]
        return [
            (
                zeile,
                {
                    feld.attname: alt
                    for feld in SPALTEN
                    for alt in [getattr(zeile.vorher or leer, feld.attname)]
                    if alt != getattr(zeile.nachher, feld.attname)
                },
            )
            for zeile in alle
        ]

    def mit_gesetzter(self, spalte: str) -> list[int]:
        return [zeile.pk for zeile, vorher in self.gesetzte if spalte in vorher]

    @cached_property
    def war_oeffentlich(self) -> bool:
        """Whether readers see the decision until now."""
        sichtbare = Ratsbeschluss.objects.oeffentlich().gefasst_bis(self.heute)
        return sichtbare.filter(pk=self.beschluss.pk).exists()

    @cached_property
    def meldungen(self) -> list[Statusmeldung]:
        """Its statements that readers saw, or could have."""
        return list(self.eigene_meldungen().exclude(self._ungesehen))

    @cached_property
    def ungesehene(self) -> list[Statusmeldung]:
        """Its statements that were never public."""
        return list(self.eigene_meldungen().filter(self._ungesehen))

    @property
    def _ungesehen(self) -> Q:
        in_vorbereitung = Q(kernaktivitaet__veroeffentlicht_am=None)
        return Q(entwurf=True) | in_vorbereitung | Q(zaehlt_ab__gt=self.heute)

    def eigene_meldungen(self) -> QuerySet:
        """Without those that were withdrawn for themselves since, with a reason of their own."""
        eigene = Statusmeldung.objects.filter(pk__in=self.pks(Statusmeldung))
        return eigene.filter(zurueckgezogen_am=None).select_related("kernaktivitaet")

    @cached_property
    def wirkungen(self) -> list[Beschlusswirkung]:
        eigene = Beschlusswirkung.objects.filter(pk__in=self.pks(Beschlusswirkung))
        return list(eigene.filter(beschluss=self.beschluss).select_related("kernaktivitaet"))

    @cached_property
    def tranchen(self) -> list[Tranche]:
        """The Tranche that came with it, if one did."""
        return list(Tranche.objects.filter(pk__in=self.pks(Tranche)))

    def folgen(self) -> list[tuple[str, list[str]]]:
        """What will happen: sentences, each with the rows that it is about."""
        gruppen = (
            ("Diese Statusmeldungen werden mit Ihrem Grund zurückgezogen:", self.meldungen),
            ("Diese Statusmeldungen waren nie öffentlich und werden gelöscht:", self.ungesehene),
            ("Diese Kernaktivitäten sind wieder wie vorher:", list(self._wie_vorher())),
            ("Diese Wirkungen des Beschlusses entfallen:", self.wirkungen),
            ("Diese Tranche verschwindet:", self.tranchen),
        )
        return [(satz, [str(zeile) for zeile in alle]) for satz, alle in gruppen if alle]

    def _wie_vorher(self) -> Iterator[str]:
        leer = Kernaktivitaet()
        for zeile, vorher in self.gesetzte:
            werte = [
                "in Vorbereitung und unsichtbar"
                if feld.name == "veroeffentlicht_am"
                else f"„{feld.verbose_name}“: {lesbar(feld, wert(zeile.vorher or leer, feld))}"
                for feld in SPALTEN
                if feld.attname in vorher
            ]
            if werte:
                yield f"{zeile.heute}: {', '.join(werte)}"


def _stapel_von(beschluss: Ratsbeschluss) -> Stapel | None:
    """The entry that made the decision; ``None`` for delivered ones and those made beside it."""
    gesucht = (beschluss._meta.label, beschluss.pk)
    for stapel in Stapel.objects.filter(art=Stapel.Art.BESCHLUSS):
        if any((zeile["modell"], zeile["pk"]) == gesucht for zeile in stapel.zeilen):
            return stapel
    return None
