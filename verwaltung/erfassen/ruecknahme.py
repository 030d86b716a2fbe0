"""Taking the entry of a decision back, with a reason that readers are told.

What was public does not disappear: statements are withdrawn, and the address of the decision says
what happened. What nobody outside has ever seen goes without a word. It is possible as long as
nothing later rests on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Field, Model, Q, QuerySet

from grundlage import stichtag
from grundlage.datenstand import bringe_zurueck, schreibsperre, sichere
from kernaktivitaeten.models import (
    Beschlusswirkung,
    Kernaktivitaet,
    Ratsbeschluss,
    Statusmeldung,
    Tranche,
)

from ..geschichte import lesbar, wert
from ..models import Stapel
from ..probe import auf_probe
from ..regeln import Regelstand, Regelverstoss
from ..stapel import NichtRuecknehmbar, Stapelzeile, loesche, vermerke_ruecknahme, zeilen
from .anwenden import gesetztes

# Rows of a Kernaktivität with an answer of their own, or that say nothing about it.
EIGENS = {Statusmeldung, Beschlusswirkung, Kernaktivitaet}
# The columns of a decision that its end is told in.
ENDE = ("war_oeffentlich", "zurueckgenommen_am", "ruecknahme_grund", "tranche", "teil")


@dataclass
class Ruecknahme:
    """One decision with the rows that its entry made or changed: none without a Stapel."""

    beschluss: Ratsbeschluss
    heute: date

    def __post_init__(self) -> None:
        self.stapel = Stapel.objects.filter(beschluss=self.beschluss.pk).first()
        self.alle = zeilen(self.stapel) if self.stapel else []

    def pks(self, modell: type[Model]) -> list[int]:
        return [zeile.pk for zeile in self.alle if zeile.modell is modell]

    @cached_property
    def gesetzte(self) -> list[tuple[Stapelzeile, list[Field]]]:
        """The Kernaktivitäten that are still there, with the columns that it set."""
        alle = [z for z in self.alle if z.modell is Kernaktivitaet and z.heute is not None]
        return [(zeile, gesetztes(_davor(zeile), zeile.nachher)) for zeile in alle]

    def mit_gesetzter(self, spalte: str) -> list[int]:
        return [z.pk for z, felder in self.gesetzte if spalte in [feld.name for feld in felder]]

    @cached_property
    def war_oeffentlich(self) -> bool:
        """Whether readers see the decision until now."""
        sichtbare = Ratsbeschluss.objects.oeffentlich().gefasst_bis(self.heute)
        return sichtbare.filter(pk=self.beschluss.pk).exists()

    @cached_property
    def eigene(self) -> list[Statusmeldung]:
        """Without those that were withdrawn for themselves since, with a reason of their own."""
        eigene = Statusmeldung.objects.filter(pk__in=self.pks(Statusmeldung))
        return list(eigene.filter(zurueckgezogen_am=None).select_related("kernaktivitaet"))

    @property
    def meldungen(self) -> list[Statusmeldung]:
        """Its statements that readers saw, or could have."""
        return [meldung for meldung in self.eigene if not self._nie_gesehen(meldung)]

    @property
    def ungesehene(self) -> list[Statusmeldung]:
        return [meldung for meldung in self.eigene if self._nie_gesehen(meldung)]

    def _nie_gesehen(self, meldung: Statusmeldung) -> bool:
        in_vorbereitung = meldung.kernaktivitaet.veroeffentlicht_am is None
        return meldung.entwurf or in_vorbereitung or meldung.zaehlt_ab > self.heute

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
        for zeile, felder in self.gesetzte:
            werte = [
                "in Vorbereitung und unsichtbar"
                if feld.name == "veroeffentlicht_am"
                else f"„{feld.verbose_name}“: {lesbar(feld, wert(_davor(zeile), feld))}"
                for feld in felder
            ]
            if werte:
                yield f"{zeile.heute}: {', '.join(werte)}"

    # ── What rests on it ─────────────────────────────────────────────────────────────────────

    def hindernisse(self) -> Iterator[str]:
        """Sentences about what was changed or added since; none: it can be taken back."""
        if self.beschluss.zurueckgenommen_am is not None:
            yield "Dieser Beschluss ist schon zurückgenommen."
            return
        for zeile, felder in self.gesetzte:
            heute = zeile.heute
            for feld in felder:
                if getattr(heute, feld.attname) != getattr(zeile.nachher, feld.attname):
                    yield f"{zeile.name}: „{feld.verbose_name}“ wurde seither geändert."
        for spaetere in self._spaetere():
            for zeile in spaetere:
                yield f"{zeile._meta.verbose_name} „{zeile}“ beruht darauf."

    def _spaetere(self) -> Iterator[QuerySet]:
        """Rows of others that need what would go."""
        veroeffentlichte = Q(kernaktivitaet__in=self.mit_gesetzter("veroeffentlicht_am"))
        gemeldete = Q(kernaktivitaet__in=[meldung.kernaktivitaet_id for meldung in self.eigene])
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
            pk__in=self.mit_gesetzter("tranche")
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

    def fuehre_aus(self, grund: str) -> None:
        """Withdraws what was public and puts the rest back; raises ``NichtRuecknehmbar``."""
        if hindernisse := list(self.hindernisse()):
            raise NichtRuecknehmbar(*hindernisse)
        notiz = f"Zurückgenommen: {grund}"[:100]
        regelstand = Regelstand(self._heutige())
        # Told while all is still as readers see it.
        self.beschluss.war_oeffentlich = self.war_oeffentlich
        self.beschluss.zurueckgenommen_am, self.beschluss.ruecknahme_grund = self.heute, grund
        for meldung in self.meldungen:
            meldung.zurueckgezogen_am, meldung.rueckzug_grund = self.heute, grund
            sichere(meldung, ("zurueckgezogen_am", "rueckzug_grund"), notiz)
        for zeile in (*self.ungesehene, *self.wirkungen):
            loesche(zeile, notiz)
        for zeile, felder in self.gesetzte:
            if felder:  # one that was new goes back into preparation
                ka = bringe_zurueck(_davor(zeile), zeile.heute, felder)
                sichere(ka, [feld.name for feld in felder], notiz)
        if self.beschluss.tranche in self.tranchen:
            self.beschluss.tranche, self.beschluss.teil = None, ""
        sichere(self.beschluss, ENDE, notiz)
        for tranche in self.tranchen:
            loesche(tranche, notiz)
        try:
            regelstand.pruefe(self._heutige())
        except Regelverstoss as verstoss:
            raise NichtRuecknehmbar(*verstoss.args) from verstoss

    def _heutige(self) -> list[Model]:
        return [self.beschluss, *filter(None, (zeile.heute for zeile in self.alle))]


def _davor(zeile: Stapelzeile) -> Model:
    """What stood there before the entry: nothing in a Kernaktivität that was new."""
    return zeile.vorher or Kernaktivitaet(veroeffentlicht_am=None)


def nimm_beschluss_zurueck(pk: int, nutzer, grund: str) -> None:
    """Takes a decision back; raises ``NichtRuecknehmbar`` with the reasons."""
    with schreibsperre():
        beschluss = Ratsbeschluss.objects.filter(pk=pk).first()
        if beschluss is None:
            raise NichtRuecknehmbar("Diesen Beschluss gibt es nicht mehr.")
        ruecknahme = Ruecknahme(beschluss, stichtag.heute())
        ruecknahme.fuehre_aus(grund)
        if ruecknahme.stapel:
            vermerke_ruecknahme(ruecknahme.stapel, nutzer)


def was_im_weg_steht(pk: int) -> tuple[str, ...]:
    """The reasons why it cannot be taken back: done on trial, since rules may speak as well."""
    try:
        with auf_probe():
            nimm_beschluss_zurueck(pk, None, "Probe")
    except NichtRuecknehmbar as gruende:
        return gruende.args
    return ()
