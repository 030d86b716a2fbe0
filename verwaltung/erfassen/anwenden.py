"""Carrying a decision out: all rows that it makes and changes, checked by every rule.

Runs behind the lock in a transaction of its caller, for the preview and for good alike.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from simple_history.utils import bulk_create_with_history

from kernaktivitaeten.models import (
    Beschlusswirkung,
    Kernaktivitaet,
    Ratsbeschluss,
    Statusmeldung,
    Tranche,
)

from ..regeln import Regelstand, Regelverstoss, an_die_orte
from .eingabe import Abgelehnt, Entscheidung, Saetze
from .folgen import (
    SPALTEN,
    Beschlussfolge,
    Erfasstes,
    Wirkungsweise,
    freie_adresse_des_beschlusses,
)
from .zeilen import ZeileForm


@dataclass
class Anwendung:
    """One decision being carried out by ``nutzer`` on the day ``heute``."""

    entscheidung: Entscheidung
    nutzer: Any
    heute: date
    saetze: Saetze = field(default_factory=lambda: defaultdict(list))

    def fuehre_aus(self) -> Erfasstes:
        """Writes all of it; raises ``Abgelehnt`` when a rule would be broken."""
        beteiligte = [z.ka for z in self.entscheidung.zeilen if z.ka]
        self.regelstand = Regelstand(beteiligte)
        self.beschluss = self._beschliesse()
        folgen = []
        if not self.saetze:
            wirkungsweise = Wirkungsweise(self.beschluss, self.nutzer, self.heute)
            folgen = [wirkungsweise.folge(zeile) for zeile in self.entscheidung.zeilen]
            self._schreibe(folgen)
            self._pruefe(folgen)
        if self.saetze:
            raise Abgelehnt(dict(self.saetze))
        return Erfasstes(self.beschluss, tuple(folgen))

    def _beschliesse(self) -> Ratsbeschluss:
        """The decision, with the Tranche that begins with it."""
        werte = self.entscheidung.werte | {"tranche": self.entscheidung.tranche}
        if self.entscheidung.neue_tranche:
            werte["tranche"] = Tranche(nr=self.entscheidung.neue_tranche, quelle=werte["quelle"])
            self._lege_geprueft_an(werte["tranche"])
        beschluss = Ratsbeschluss(**werte, slug=freie_adresse_des_beschlusses(werte))
        self._lege_geprueft_an(beschluss)
        return beschluss

    def _lege_geprueft_an(self, objekt: Model) -> None:
        """A row that its model accepts; otherwise notes the sentences."""
        try:
            objekt.full_clean()
        except ValidationError as fehler:
            self._bemaengle(objekt, 0, fehler)
        else:
            objekt.save(force_insert=True)

    def _bemaengle(self, objekt: Model, nummer: int, fehler: ValidationError) -> None:
        """Notes the sentences of a model at the line of the row, by the words people read."""
        for feld, saetze in fehler.message_dict.items():
            ort = feld if nummer and feld in ZeileForm.base_fields else None
            name = ""
            if not ort and feld != NON_FIELD_ERRORS:
                name = f"{objekt._meta.get_field(feld).verbose_name}: "
            self.saetze[nummer] += [(ort, f"{name}{satz}") for satz in saetze]

    # ── Rows ─────────────────────────────────────────────────────────────────────────────────

    def _schreibe(self, folgen: list[Beschlussfolge]) -> None:
        """All rows of a kind at once, if their models accept them."""
        for folge in folgen:
            for objekt in folge.zeilen if folge.geaendert else folge.zeilen[1:]:
                try:  # what they refer to was chosen from lists; the form has seen to the rest
                    objekt.clean_fields(exclude=_verweise(objekt))
                    objekt.clean()
                except ValidationError as fehler:
                    self._bemaengle(objekt, folge.zeile.nummer, fehler)
        if self.saetze:
            return
        self._lege_an(Kernaktivitaet, (f.ka for f in folgen if f.angelegt))
        for folge in folgen:
            if folge.geaendert and not folge.angelegt:
                folge.ka.save(update_fields=[feld.name for feld in SPALTEN])
        self._lege_an(Beschlusswirkung, (f.wirkung for f in folgen))
        self._lege_an(Statusmeldung, (f.meldung for f in folgen if f.meldung))

    def _lege_an(self, modell: type[Model], zeilen: Iterable[Model]) -> None:
        """With their history."""
        if neue := list(zeilen):
            bulk_create_with_history(neue, modell, default_user=self.nutzer)

    # ── Rules ────────────────────────────────────────────────────────────────────────────────

    def _pruefe(self, folgen: list[Beschlussfolge]) -> None:
        """Notes every rule that is broken now and was not before, at the line that did it."""
        orte: dict[tuple[type[Model], int], int] = {}
        geschrieben: list[Model] = [self.beschluss]
        for folge in folgen:
            orte |= {(type(z), z.pk): folge.zeile.nummer for z in folge.zeilen}
            geschrieben += folge.zeilen
        try:
            self.regelstand.pruefe(geschrieben)
        except Regelverstoss as verstoss:
            for nummer, bruch, satz in an_die_orte(verstoss.verstoesse, orte):
                feld = (bruch.feld(ZeileForm.base_fields) or "wirkung") if nummer else None
                self.saetze[nummer or 0].append((feld, satz))


def _verweise(objekt: Model) -> set[str]:
    return {feld.name for feld in objekt._meta.fields if feld.remote_field}
