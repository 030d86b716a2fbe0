"""Taking the entry of a decision back, with a reason that readers are told.

What was public does not disappear: statements are withdrawn, and the address of the decision says
what happened. What nobody outside has ever seen goes without a word. It is possible as long as
nothing later rests on it.
"""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError, Q, QuerySet

from grundlage import stichtag
from grundlage.datenstand import erhoehe_datenstand
from kernaktivitaeten.models import (
    Beschlusswirkung,
    Kernaktivitaet,
    Ratsbeschluss,
    Statusmeldung,
    Tranche,
)

from ..regeln import betroffene, verstoesse
from ..stapel import NichtRuecknehmbar
from .spur import SPALTEN, Spur

# Rows of a Kernaktivität with an answer of their own, or that say nothing about it.
EIGENS = {Statusmeldung, Beschlusswirkung, Kernaktivitaet}


class Ruecknahme(Spur):
    """Its way back."""

    # ── What rests on it ─────────────────────────────────────────────────────────────────────

    def hindernisse(self) -> list[str]:
        """Sentences about what was changed or added since; empty: it can be taken back."""
        if self.beschluss.zurueckgenommen_am is not None:
            return ["Dieser Beschluss ist schon zurückgenommen."]
        return [
            *(
                f"{zeile.name}: „{feld.verbose_name}“ wurde seither geändert."
                for zeile, vorher in self.gesetzte
                for feld in SPALTEN
                if feld.attname in vorher
                and getattr(zeile.heute, feld.attname) != getattr(zeile.nachher, feld.attname)
            ),
            *(
                f"{zeile._meta.verbose_name} „{zeile}“ beruht darauf."
                for spaetere in self._spaetere()
                for zeile in spaetere
            ),
        ]

    def _spaetere(self) -> Iterator[QuerySet]:
        """Rows of others that need what would go."""
        veroeffentlichte = Q(kernaktivitaet__in=self.mit_gesetzter("veroeffentlicht_am"))
        gemeldete = Q(kernaktivitaet__in=self.eigene_meldungen().values("kernaktivitaet"))
        neuere = Q(pk__in=self._seither(Statusmeldung))
        yield Statusmeldung.objects.filter(
            Q(beschluss=self.beschluss) | neuere & (veroeffentlichte | gemeldete & ~Q(status="")),
            zurueckgezogen_am=None,
        ).exclude(pk__in=self.pks(Statusmeldung))
        neuere = Q(pk__in=self._seither(Beschlusswirkung))
        yield Beschlusswirkung.objects.filter(
            Q(beschluss=self.beschluss) | veroeffentlichte & neuere
        ).exclude(pk__in=self.pks(Beschlusswirkung))
        tranchen = self.pks(Tranche)
        yield Kernaktivitaet.objects.filter(tranche__in=tranchen).exclude(
            pk__in=self.mit_gesetzter("tranche_id")
        )
        yield Ratsbeschluss.objects.filter(tranche__in=tranchen).exclude(pk=self.beschluss.pk)
        if self.stapel is None:  # nobody knows what was before it
            yield Tranche.objects.filter(beschluesse=self.beschluss)
        yield from self._dazu_eingetragene()

    def _seither(self, modell: type[Model]) -> QuerySet:
        """Keys of the rows that were entered after the decision."""
        neue = modell.geschichte.filter(history_type="+").values("id")
        return neue.filter(history_date__gt=self.stapel.erstellt_am) if self.stapel else neue.none()

    def _dazu_eingetragene(self) -> Iterator[QuerySet]:
        """What was entered for a Kernaktivität once it was public; elsewhere made: stamps."""
        for beziehung in Kernaktivitaet._meta.related_objects:
            modell = beziehung.related_model
            if beziehung.many_to_many or modell in EIGENS:
                continue
            alle = modell._base_manager.filter(
                **{f"{beziehung.field.name}__in": self.mit_gesetzter("veroeffentlicht_am")}
            )
            eigene = modell._meta.app_label == Kernaktivitaet._meta.app_label
            yield alle.filter(pk__in=self._seither(modell)) if eigene else alle

    # ── Doing it ─────────────────────────────────────────────────────────────────────────────

    def nimm_zurueck(self, grund: str) -> None:
        """Withdraws what was public and puts the rest back; raises ``NichtRuecknehmbar``."""
        if hindernisse := self.hindernisse():
            raise NichtRuecknehmbar(*hindernisse)
        self.notiz = f"Zurückgenommen: {grund}"[:100]
        vorher = betroffene(self._heutige())
        alte = verstoesse(vorher)
        # Told while all is still as readers see it.
        self.beschluss.war_oeffentlich = self.war_oeffentlich
        self.beschluss.zurueckgenommen_am, self.beschluss.ruecknahme_grund = self.heute, grund
        for meldung in self.meldungen:
            meldung.zurueckgezogen_am, meldung.rueckzug_grund = self.heute, grund
            self._sichere(meldung)
        for zeile in (*self.ungesehene, *self.wirkungen):
            self._loesche(zeile)
        for zeile, werte in self.gesetzte:
            self._setze_zurueck(zeile.heute, werte)
        if self.beschluss.tranche in self.tranchen:
            self.beschluss.tranche, self.beschluss.teil = None, ""
        self._sichere(self.beschluss)
        for tranche in self.tranchen:
            self._loesche(tranche)
        jetzt = betroffene(self._heutige())
        if gebrochen := [b for b in verstoesse(vorher | jetzt) if b not in alte]:
            raise NichtRuecknehmbar(*(bruch.satz_mit_zeile for bruch in gebrochen))

    def _heutige(self) -> list[Model]:
        return [self.beschluss, *filter(None, (zeile.heute for zeile in self.alle))]

    def _setze_zurueck(self, ka: Kernaktivitaet, werte: dict[str, Any]) -> None:
        """A Kernaktivität as it was; one that was new goes back into preparation."""
        for spalte, alt in werte.items():
            setattr(ka, spalte, alt)
        if werte:
            self._sichere(ka)

    def _sichere(self, objekt: Model) -> None:
        objekt._change_reason = self.notiz
        objekt.save()

    def _loesche(self, objekt: Model) -> None:
        name = f"{objekt._meta.verbose_name} „{objekt}“"
        objekt._change_reason = self.notiz
        try:
            objekt.delete()
        except ProtectedError as grund:
            raise NichtRuecknehmbar(f"An {name} hängen inzwischen weitere Einträge.") from grund


def nimm_zurueck(pk: int, nutzer, grund: str) -> None:
    """Takes a decision back; raises ``NichtRuecknehmbar`` with the reasons."""
    with transaction.atomic():
        erhoehe_datenstand()  # the lock: from here nobody else writes
        beschluss = Ratsbeschluss.objects.filter(pk=pk).first()
        if beschluss is None:
            raise NichtRuecknehmbar("Diesen Beschluss gibt es nicht mehr.")
        ruecknahme = Ruecknahme(beschluss, stichtag.heute())
        ruecknahme.nimm_zurueck(grund)
        if stapel := ruecknahme.stapel:
            stapel.zurueckgenommen_am, stapel.zurueckgenommen_von = stichtag.jetzt(), nutzer
            stapel.save()


def was_im_weg_steht(pk: int) -> tuple[str, ...]:
    """The reasons why it cannot be taken back: done on trial, since rules may speak as well."""
    try:
        with transaction.atomic():
            nimm_zurueck(pk, None, "Probe")
            transaction.set_rollback(True)
    except NichtRuecknehmbar as gruende:
        return gruende.args
    return ()
