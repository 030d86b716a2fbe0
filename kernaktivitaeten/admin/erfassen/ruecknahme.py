"""Taking the entry of a decision back, with a reason that readers are told.

What was public does not disappear: statements are withdrawn, and the address of the decision says
what happened. It is possible as long as nothing later rests on it.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from bochum_strategie import stichtag
from bochum_strategie.datenstand import erhoehe_datenstand
from bochum_strategie.models import Stapel
from bochum_strategie.verwaltung.regeln import betroffene, verstoesse
from bochum_strategie.verwaltung.stapel import NichtRuecknehmbar, Zeile, zeilen

from ...models import Beschlusswirkung, Kernaktivitaet, Ratsbeschluss, Statusmeldung, Tranche

# Releasing a draft of the decision is no later change that rests on it.
FREIGABE = {"entwurf"}


@dataclass
class Ruecknahme:
    """One recorded decision with the rows that it made or changed."""

    stapel: Stapel
    heute: date
    je_modell: dict[type[Model], list[Zeile]] = field(init=False)

    def __post_init__(self) -> None:
        self.alle = zeilen(self.stapel)
        self.je_modell = {}
        for zeile in self.alle:
            self.je_modell.setdefault(zeile.modell, []).append(zeile)

    def _zeilen(self, modell: type[Model]) -> list[Zeile]:
        return self.je_modell.get(modell, [])

    def _pks(self, modell: type[Model]) -> list[int]:
        return [zeile.pk for zeile in self._zeilen(modell)]

    @property
    def beschluss(self) -> Ratsbeschluss | None:
        return next((zeile.heute for zeile in self._zeilen(Ratsbeschluss)), None)

    @property
    def _veroeffentlichte(self) -> list[int]:
        """The Kernaktivitäten that the decision made public."""
        return [
            zeile.pk
            for zeile in self._zeilen(Kernaktivitaet)
            if zeile.vorher is None or zeile.vorher.veroeffentlicht_am is None
        ]

    # ── What rests on it ─────────────────────────────────────────────────────────────────────

    def hindernisse(self) -> list[str]:
        """Sentences about what was changed or added since; empty: it can be taken back."""
        if self.stapel.zurueckgenommen_am is not None:
            return ["Dieser Beschluss ist schon zurückgenommen."]
        anders = [z for z in self.alle if not z.unveraendert(z.heute, ausser=FREIGABE)]
        if anders:
            return [f"{zeile.name} wurde seither geändert oder gelöscht." for zeile in anders]
        return [
            f"{zeile._meta.verbose_name} „{zeile}“ beruht darauf."
            for zeilen in self._spaetere()
            for zeile in zeilen
        ]

    def _spaetere(self) -> list[QuerySet]:
        """Rows of others that need what would go."""
        beschluss, tranchen = self._pks(Ratsbeschluss), self._pks(Tranche)
        veroeffentlichte = Q(kernaktivitaet__in=self._veroeffentlichte)
        gemeldete = [z.nachher.kernaktivitaet_id for z in self._zeilen(Statusmeldung)]
        neuere = Q(pk__in=self._seither(Statusmeldung))
        meldungen = Statusmeldung.objects.filter(zurueckgezogen_am=None).exclude(
            pk__in=self._pks(Statusmeldung)
        )
        wirkungen = Beschlusswirkung.objects.exclude(pk__in=self._pks(Beschlusswirkung))
        return [
            meldungen.filter(
                Q(beschluss__in=beschluss)
                | neuere & (veroeffentlichte | Q(kernaktivitaet__in=gemeldete) & ~Q(status=""))
            ),
            wirkungen.filter(
                Q(beschluss__in=beschluss)
                | veroeffentlichte & Q(pk__in=self._seither(Beschlusswirkung))
            ),
            Kernaktivitaet.objects.filter(tranche__in=tranchen).exclude(
                pk__in=self._pks(Kernaktivitaet)
            ),
            Ratsbeschluss.objects.filter(tranche__in=tranchen).exclude(pk__in=beschluss),
            *self._fremde(),
        ]

    def _seither(self, modell: type[Model]) -> QuerySet:
        """Keys of the rows that were entered after the decision."""
        return modell.geschichte.filter(
            history_type="+", history_date__gt=self.stapel.erstellt_am
        ).values("id")

    def _fremde(self) -> list[QuerySet]:
        """What other parts of the portal made for a Kernaktivität once it was public: stamps."""
        return [
            beziehung.related_model._base_manager.filter(
                **{f"{beziehung.field.name}__in": self._veroeffentlichte}
            )
            for beziehung in Kernaktivitaet._meta.related_objects
            if beziehung.related_model._meta.app_label != Kernaktivitaet._meta.app_label
        ]

    # ── Doing it ─────────────────────────────────────────────────────────────────────────────

    def nimm_zurueck(self, grund: str) -> None:
        """Withdraws what was public and puts the rest back; raises ``NichtRuecknehmbar``."""
        self.notiz = f"Zurückgenommen: {grund}"[:100]
        vorher = betroffene([z.heute for z in self.alle])
        alte = verstoesse(vorher)
        for meldung in Statusmeldung.objects.filter(pk__in=self._pks(Statusmeldung)):
            if meldung.entwurf:
                self._loesche(meldung)  # it has never been public
                continue
            meldung.zurueckgezogen_am, meldung.rueckzug_grund = self.heute, grund
            self._sichere(meldung)
        for wirkung in Beschlusswirkung.objects.filter(pk__in=self._pks(Beschlusswirkung)):
            self._loesche(wirkung)
        for zeile in self._zeilen(Kernaktivitaet):
            self._setze_zurueck(zeile)
        beschluss = self.beschluss
        beschluss.zurueckgenommen_am, beschluss.ruecknahme_grund = self.heute, grund
        if beschluss.tranche_id in self._pks(Tranche):
            beschluss.tranche, beschluss.teil = None, ""
        self._sichere(beschluss)
        for tranche in Tranche.objects.filter(pk__in=self._pks(Tranche)):
            self._loesche(tranche)
        jetzt = betroffene(filter(None, (z.heute for z in self.alle)))
        if gebrochen := [b for b in verstoesse(vorher | jetzt) if b not in alte]:
            raise NichtRuecknehmbar(*(bruch.satz_mit_zeile for bruch in gebrochen))

    def _setze_zurueck(self, zeile: Zeile) -> None:
        """A Kernaktivität as it was; a new one goes back into preparation."""
        ka = zeile.heute
        if zeile.vorher is None:
            ka.veroeffentlicht_am = ka.tranche = ka.tranche_quelle = ka.nachfolger = None
            ka.nachfolge_text = ""
        else:
            for spalte in zeile.vorher.tracked_fields:
                setattr(ka, spalte.attname, getattr(zeile.vorher, spalte.attname))
        self._sichere(ka)

    def _sichere(self, objekt: Model) -> None:
        objekt._change_reason = self.notiz
        objekt.save()

    def _loesche(self, objekt: Model) -> None:
        objekt._change_reason = self.notiz
        objekt.delete()


def nimm_zurueck(nummer: int, nutzer, grund: str) -> None:
    """Takes the decision of a Stapel back; raises ``NichtRuecknehmbar`` with the reasons."""
    with transaction.atomic():
        erhoehe_datenstand()  # the lock: from here nobody else writes
        stapel = Stapel.objects.select_for_update(of=("self",)).get(pk=nummer)
        ruecknahme = Ruecknahme(stapel, stichtag.heute())
        if hindernisse := ruecknahme.hindernisse():
            raise NichtRuecknehmbar(*hindernisse)
        ruecknahme.nimm_zurueck(grund)
        stapel.zurueckgenommen_am, stapel.zurueckgenommen_von = stichtag.jetzt(), nutzer
        stapel.save()
