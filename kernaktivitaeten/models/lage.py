"""How things stand on a day: a Kernaktivität by its statements, all as the city published it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q, TextChoices

from grundlage.zeitangabe import Bezug, Zeitangabe, Zeitraum, zeit_ist_bekannt
from zielsystem.models import MitKennung, Quelle

from .status import Status


class Lage(TextChoices):
    """Status on a day, with the two states before the first statement; order of display."""

    UMGESETZT = Status.UMGESETZT.value, Status.UMGESETZT.label
    LAUFEND = Status.LAUFEND.value, Status.LAUFEND.label
    EINGESTELLT = Status.EINGESTELLT.value, Status.EINGESTELLT.label
    UEBERFUEHRT = Status.UEBERFUEHRT.value, Status.UEBERFUEHRT.label
    NOCH_NICHT = "noch-nicht-beschlossen", "noch nicht beschlossen"
    OHNE_STAND = "kein-stand", "kein Stand bekannt"


@dataclass(frozen=True)
class Lagebild:
    """How a Kernaktivität stands on a day, as a reader is told it.

    ``seit`` is the beginning of the unbroken run of the status; it is ``None`` where the source
    does not prove it. ``stand`` is the date of the newest statement of the run, ``meldung``
    its primary key. All are ``None`` before the first statement. The two days are those from
    which the statements count.
    """

    lage: Lage
    seit: Zeitraum | None = None
    seit_tag: date | None = None
    stand: Zeitraum | None = None
    stand_tag: date | None = None
    bestaetigt: bool = False
    meldung: int | None = None

    @cached_property
    def wort(self) -> str:
        """The status word."""
        return self.lage.label

    @property
    def status(self) -> str:
        """The stored status; empty before the first statement."""
        return self.lage.value if self.lage.value in Status.values else ""

    @cached_property
    def zusatz(self) -> str:
        """What follows the word: since when, last confirmed, or that the beginning is unknown."""
        if self.stand is None:
            return ""
        if self.seit is None:
            return f"(Stand {self.stand.kurz}; seit wann, ist nicht belegt)"
        if self.bestaetigt:
            return f"seit {self.seit.kurz}, zuletzt bestätigt {self.stand.kurz}"
        return f"seit {self.seit.kurz}"

    @cached_property
    def kurz(self) -> str:
        """The addition in short, for lists: "seit 27.09.2018" or "Stand 08/2024"."""
        if self.stand is None:
            return ""
        return f"Stand {self.stand.kurz}" if self.seit is None else f"seit {self.seit.kurz}"

    @cached_property
    def satz(self) -> str:
        """Word and addition: "laufend seit 27.09.2018, zuletzt bestätigt 08/2024"."""
        return f"{self.wort} {self.zusatz}".strip()


def lagebild_aus(zeile) -> Lagebild:
    """Builds it from a row annotated by ``KernaktivitaetQuerySet.zum``."""
    lage = Lage(zeile.lage)
    if zeile.stand is None:
        return Lagebild(lage)
    belegt = zeile.seit["bezug"] == Bezug.AB
    return Lagebild(
        lage,
        seit=zeitraum_aus(zeile.seit) if belegt else None,
        seit_tag=date.fromisoformat(zeile.seit["zaehlt_ab"]) if belegt else None,
        stand=zeitraum_aus(zeile.stand),
        stand_tag=date.fromisoformat(zeile.stand["zaehlt_ab"]),
        bestaetigt=zeile.stand["pk"] != zeile.seit["pk"],
        meldung=zeile.stand["pk"],
    )


def zeitraum_aus(aussage: dict[str, Any]) -> Zeitraum:
    """The date of a statement as the database gives it in ``zum``."""
    von, bis = (date.fromisoformat(aussage[grenze]) for grenze in ("von", "bis"))
    return Zeitraum(von, bis, aussage["genauigkeit"])


class Bilanz(MitKennung, Zeitangabe):
    """Totals as the city published them; an empty number was not published."""

    gesamt = models.PositiveIntegerField("gesamt")
    umgesetzt = models.PositiveIntegerField("umgesetzt", null=True, blank=True)
    laufend = models.PositiveIntegerField("laufend", null=True, blank=True)
    eingestellt = models.PositiveIntegerField("eingestellt", null=True, blank=True)
    ueberfuehrt = models.PositiveIntegerField("überführt", null=True, blank=True)
    eingestellt_ueberfuehrt = models.PositiveIntegerField(
        "eingestellt oder überführt",
        null=True,
        blank=True,
        help_text="Wenn beide nur zusammen veröffentlicht wurden.",
    )
    anmerkung = models.TextField("Anmerkung der Quelle", blank=True)
    erklaerung = models.TextField(
        "Erklärung des Unterschieds",
        blank=True,
        help_text="Warum die Angaben dieses Portals von den veröffentlichten abweichen.",
    )
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    class Meta(Zeitangabe.Meta):
        verbose_name = "Bilanz"
        verbose_name_plural = "Bilanzen"
        ordering = ("-datum_bis",)
        constraints = (
            *Zeitangabe.Meta.constraints,
            zeit_ist_bekannt("kernaktivitaeten_bilanz_zeit"),
            models.CheckConstraint(
                condition=Q(eingestellt_ueberfuehrt__isnull=True)
                | Q(eingestellt__isnull=True, ueberfuehrt__isnull=True),
                name="kernaktivitaeten_bilanz_zusammen_oder_einzeln",
                violation_error_message="Eingestellt und überführt stehen entweder einzeln oder "
                "zusammen in der Bilanz.",
            ),
        )

    def __str__(self) -> str:
        return f"Bilanz {self.zeit.kurz}"

    @property
    def beendet(self) -> int | None:
        """Eingestellt and überführt together, as published or as the sum of both; else unknown."""
        if self.eingestellt_ueberfuehrt is not None:
            return self.eingestellt_ueberfuehrt
        if self.eingestellt is None or self.ueberfuehrt is None:
            return None
        return self.eingestellt + self.ueberfuehrt
