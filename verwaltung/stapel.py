"""Many changes at once: recorded as one Stapel, and taken back as a whole.

A Stapel names the versions of the history that it began and ended with. It is taken back only
while every row still is as the Stapel left it; otherwise it says what has changed since.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Max, ProtectedError

from grundlage import stichtag
from grundlage.datenstand import (
    AUSGANGSSTAND,
    OeffentlichesModell,
    bringe_zurueck,
    schreibsperre,
    sichere,
)

from .models import Stapel
from .regeln import Regelstand, Regelverstoss


class NichtRuecknehmbar(Exception):
    """A Stapel cannot be taken back; the arguments are German sentences that say why."""


class SchonGetan(Exception):
    """What was sent with a key has been done before, as ``stapel``."""

    def __init__(self, stapel: Stapel) -> None:
        super().__init__(stapel)
        self.stapel = stapel


@contextmanager
def stapel(
    nutzer, art: Stapel.Art, titel: str = "", schluessel: UUID | None = None, eingabe: str = ""
) -> Iterator[Stapel]:
    """One transaction whose changes make up a new Stapel; an exception undoes all of them.

    It counts the Datenstand first: that lock keeps every other writer out, so that all younger
    versions of the history are those of this Stapel. What is sent twice with the same
    ``schluessel`` is done once: then it raises ``SchonGetan``; ``eingabe`` tells whether it was
    the same.
    """
    with schreibsperre():
        if schluessel and (schon := Stapel.objects.filter(schluessel=schluessel).first()):
            raise SchonGetan(schon)
        vorher = {
            modell: modell.geschichte.aggregate(m=Max("history_id"))["m"] or 0
            for modell in _modelle()
        }
        neu = Stapel(
            art=art,
            titel=titel,
            erstellt_am=stichtag.jetzt(),
            erstellt_von=nutzer,
            schluessel=schluessel,
            eingabe=eingabe,
        )
        yield neu
        neu.titel = neu.titel[:200]
        neu.zeilen = _geaenderte_zeilen(vorher, str(neu))
        neu.save(force_insert=True)


def _modelle() -> list[type[models.Model]]:
    return [modell for modell in apps.get_models() if issubclass(modell, OeffentlichesModell)]


def _geaenderte_zeilen(vorher: dict[type[models.Model], int], grund: str) -> list[dict]:
    """The rows with younger versions than ``vorher``; those versions get ``grund``."""
    gefunden = []
    for modell, letzte in vorher.items():
        je_zeile: dict[int, list] = {}
        neue = modell.geschichte.filter(history_id__gt=letzte)
        for fassung in neue.order_by("history_id"):
            je_zeile.setdefault(fassung.id, []).append(fassung)
        neue.filter(history_change_reason=None).update(history_change_reason=grund[:100])
        for pk, fassungen in je_zeile.items():
            alt, ende = _fassung_davor(modell, fassungen[0]), fassungen[-1]
            nachher = None if ende.history_type == "-" else ende.history_id
            if (alt, nachher) != (None, None):
                zeile = {"modell": modell._meta.label, "pk": pk, "vorher": alt, "nachher": nachher}
                gefunden.append((fassungen[0].history_date, zeile))
    return [zeile for _, zeile in sorted(gefunden, key=lambda paar: paar[0])]


def _fassung_davor(modell: type[models.Model], erste) -> int | None:
    """The version with the state before ``erste``; ``None`` when the row was new."""
    if erste.history_type == "-" or erste.history_change_reason == AUSGANGSSTAND:
        return erste.history_id
    if erste.history_type == "+":
        return None
    davor = modell.geschichte.filter(id=erste.id, history_id__lt=erste.history_id)
    return davor.order_by("history_id").values_list("history_id", flat=True).last()


# ── Taking back ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Stapelzeile:
    """One changed row of a Stapel with its versions before and after."""

    modell: type[models.Model]
    pk: int
    vorher: models.Model | None
    nachher: models.Model | None

    @property
    def heute(self) -> models.Model | None:
        return self.modell._base_manager.filter(pk=self.pk).first()

    @property
    def name(self) -> str:
        stand = self.nachher or self.vorher
        return f"{self.modell._meta.verbose_name} „{stand.instance}“"

    def unveraendert(self, heute: models.Model | None) -> bool:
        """Whether the row is as the Stapel left it."""
        if heute is None or self.nachher is None:
            return heute is None and self.nachher is None
        return all(
            getattr(heute, feld.attname) == getattr(self.nachher, feld.attname)
            for feld in self.nachher.tracked_fields
        )


def zeilen(stapel: Stapel) -> list[Stapelzeile]:
    """The changed rows in the order of their change."""
    nummern: dict[str, set[int]] = {}
    for eintrag in stapel.zeilen:
        nummern.setdefault(eintrag["modell"], set()).update({eintrag["vorher"], eintrag["nachher"]})
    fassungen = {
        label: apps.get_model(label).geschichte.in_bulk(ids - {None})
        for label, ids in nummern.items()
    }
    return [
        Stapelzeile(
            apps.get_model(eintrag["modell"]),
            eintrag["pk"],
            fassungen[eintrag["modell"]].get(eintrag["vorher"]),
            fassungen[eintrag["modell"]].get(eintrag["nachher"]),
        )
        for eintrag in stapel.zeilen
    ]


def nimm_zurueck(nummer: int, nutzer) -> Stapel:
    """Puts every row of the Stapel back as it was before; raises ``NichtRuecknehmbar``."""
    with schreibsperre():
        gemeint = Stapel.objects.select_for_update(of=("self",)).get(pk=nummer)
        if gemeint.zurueckgenommen_am is not None:
            raise NichtRuecknehmbar("Dieser Stapel ist schon zurückgenommen.")
        if gemeint.art == Stapel.Art.BESCHLUSS:  # what was public is withdrawn, not deleted
            raise NichtRuecknehmbar("Ein Ratsbeschluss wird mit einem Grund zurückgenommen.")
        alle = zeilen(gemeint)
        if anders := [zeile for zeile in alle if not zeile.unveraendert(zeile.heute)]:
            raise NichtRuecknehmbar(
                *(f"{zeile.name} wurde seither geändert oder gelöscht." for zeile in anders)
            )
        grund = f"Zurückgenommen: {gemeint}"[:100]
        regelstand = Regelstand(filter(None, (zeile.heute for zeile in alle)))
        regelstand.merke(zeile.vorher.instance for zeile in alle if zeile.vorher)
        for zeile in reversed(alle):
            _stelle_her(zeile, grund)
        try:
            regelstand.pruefe(filter(None, (zeile.heute for zeile in alle)))
        except Regelverstoss as verstoss:
            raise NichtRuecknehmbar(*verstoss.args) from verstoss
        vermerke_ruecknahme(gemeint, nutzer)
        return gemeint


def vermerke_ruecknahme(stapel: Stapel, nutzer) -> None:
    """Says in the Stapel who took it back, and that it was just now."""
    stapel.zurueckgenommen_am, stapel.zurueckgenommen_von = stichtag.jetzt(), nutzer
    stapel.save(update_fields=["zurueckgenommen_am", "zurueckgenommen_von"])


def _stelle_her(zeile: Stapelzeile, grund: str) -> None:
    heute = zeile.heute
    if zeile.vorher is None:
        loesche(heute, grund)
        return
    felder = zeile.vorher.tracked_fields
    ziel = bringe_zurueck(zeile.vorher, heute, felder)
    try:
        with transaction.atomic():
            sichere(ziel, [feld.name for feld in felder if not feld.primary_key], grund)
    except IntegrityError as fehler:
        raise NichtRuecknehmbar(
            f"{zeile.name} passt nicht mehr zu dem, was inzwischen gespeichert ist."
        ) from fehler


def loesche(zeile: models.Model, grund: str) -> None:
    """Deletes a row that was new; raises ``NichtRuecknehmbar`` when something hangs on it since."""
    name = f"{zeile._meta.verbose_name} „{zeile}“"
    zeile._change_reason = grund
    try:
        anzahl, _ = zeile.delete()
    except ProtectedError:
        anzahl = None
    if anzahl != 1:
        raise NichtRuecknehmbar(f"An {name} hängen inzwischen weitere Einträge.")
