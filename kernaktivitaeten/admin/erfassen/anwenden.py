"""Carrying a decision out: all rows that it makes and changes, checked by every rule.

Runs inside a transaction of its caller, for the preview and for good alike.
"""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Max, Model

from bochum_strategie.verwaltung.rechte import beginne
from bochum_strategie.verwaltung.regeln import FELDER, Verstoss, betroffene, verstoesse
from bochum_strategie.zeitangabe import Bezug, Zeitraum

from ...models import (
    Beschlusswirkung,
    Kernaktivitaet,
    Ratsbeschluss,
    Status,
    Statusmeldung,
    Tranche,
)
from .adressen import freie_adresse, freie_adresse_des_beschlusses
from .formulare import ZeileForm
from .vorgang import Entscheidung, Ergebnis, Folge, Zeile

Wirkung = Beschlusswirkung.Wirkung
# Effects that say a status, and what the statement says where the source is silent.
STATUS = {
    Wirkung.BEAUFTRAGT: (Status.LAUFEND, "Beauftragt mit dem Beschluss {}."),
    Wirkung.UMGESETZT: (Status.UMGESETZT, "Umgesetzt laut Beschluss {}."),
    Wirkung.EINGESTELLT: (
        Status.EINGESTELLT,
        "Eingestellt mit dem Beschluss {}. Einen Grund nennt die Quelle nicht.",
    ),
    Wirkung.UEBERFUEHRT: (
        Status.UEBERFUEHRT,
        "Überführt mit dem Beschluss {}. Einen Grund nennt die Quelle nicht.",
    ),
}


# Number of a row (0: the decision) → (field or None, sentence).
Saetze = dict[int, list[tuple[str | None, str]]]


class Abgelehnt(Exception):
    """The decision would break a rule; ``saetze`` says which, and where."""

    def __init__(self, saetze: Saetze) -> None:
        super().__init__(saetze)
        self.saetze = saetze


@dataclass
class Anwendung:
    """One decision being carried out by ``nutzer`` on the day ``heute``."""

    entscheidung: Entscheidung
    nutzer: Any
    heute: date
    saetze: Saetze = field(default_factory=lambda: defaultdict(list))

    def fuehre_aus(self) -> Ergebnis:
        """Writes all of it; raises ``Abgelehnt`` when a rule would be broken."""
        beteiligte = [z.ka for z in self.entscheidung.zeilen if z.ka]
        vorher = verstoesse(betroffene(beteiligte))
        self.quelle = self.entscheidung.werte["quelle"]
        self.tranche = self.entscheidung.tranche
        if self.entscheidung.neue_tranche:
            self.tranche = Tranche(nr=self.entscheidung.neue_tranche, quelle=self.quelle)
            self._sichere(self.tranche, 0)
        werte = self.entscheidung.werte | {"tranche": self.tranche}
        self.beschluss = Ratsbeschluss(**werte, slug=freie_adresse_des_beschlusses(werte))
        self._sichere(self.beschluss, 0)
        folgen = []
        if not self.saetze:
            folgen = [self._zeile(zeile) for zeile in self.entscheidung.zeilen]
        if not self.saetze:
            self._pruefe(folgen, vorher)
        if self.saetze:
            raise Abgelehnt(dict(self.saetze))
        return Ergebnis(self.beschluss, self.tranche, tuple(folgen))

    def _sichere(self, objekt: Model, nummer: int) -> bool:
        """Saves a row that its model accepts; otherwise notes the sentences at its line."""
        try:
            objekt.full_clean()
        except ValidationError as fehler:
            for feld, saetze in fehler.message_dict.items():
                ort = feld if nummer and feld in ZeileForm.base_fields else None
                self.saetze[nummer] += [
                    (ort, satz if ort or feld == NON_FIELD_ERRORS else f"{feld}: {satz}")
                    for satz in saetze
                ]
            return False
        objekt.save()
        return True

    def _zeile(self, zeile: Zeile) -> Folge | None:
        ka = copy(zeile.ka) if zeile.ka else self._neue(zeile)
        vorher = {
            "angelegt": ka.pk is None,
            "war_oeffentlich": ka.veroeffentlicht_am is not None,
            "tranche_vorher": ka.tranche,
            "nachfolge_vorher": str(ka.nachfolger or ka.nachfolge_text),
        }
        if zeile.wirkung == Wirkung.BEAUFTRAGT:
            ka.veroeffentlicht_am = ka.veroeffentlicht_am or self.heute
            if self.tranche and ka.tranche != self.tranche:
                ka.tranche, ka.tranche_quelle = self.tranche, self.quelle
        if zeile.nachfolger or zeile.nachfolge_text:
            ka.nachfolger, ka.nachfolge_text = zeile.nachfolger, zeile.nachfolge_text
        unveraendert = ka.pk and _gesetztes(ka) == _gesetztes(zeile.ka)
        if not unveraendert and not self._sichere(ka, zeile.nummer):
            return None
        wirkung = Beschlusswirkung(
            beschluss=self.beschluss,
            kernaktivitaet=ka,
            wirkung=zeile.wirkung,
            text=zeile.text,
            quelle=self.quelle,
        )
        self._sichere(wirkung, zeile.nummer)
        meldung = self._meldung(zeile, ka) if zeile.wirkung in STATUS else None
        if meldung:
            self._sichere(meldung, zeile.nummer)
        return Folge(zeile, ka, wirkung=wirkung, meldung=meldung, **vorher)

    def _neue(self, zeile: Zeile) -> Kernaktivitaet:
        """With the next free number of its Kompetenz."""
        bisher = Kernaktivitaet.objects.filter(kompetenz=zeile.kompetenz)
        return Kernaktivitaet(
            kompetenz=zeile.kompetenz,
            nr=(bisher.aggregate(m=Max("nr"))["m"] or 0) + 1,
            titel=zeile.titel,
            slug=freie_adresse(zeile.titel),
            quelle=self.quelle,
        )

    def _meldung(self, zeile: Zeile, ka: Kernaktivitaet) -> Statusmeldung:
        status, satz = STATUS[Wirkung(zeile.wirkung)]
        zeit: Zeitraum = self.beschluss.zeit
        genannt = ", ".join(filter(None, (zeit.lang, self.beschluss.gremium)))
        meldung = Statusmeldung(
            kernaktivitaet=ka,
            datum_von=zeit.von,
            datum_bis=zeit.bis,
            genauigkeit=zeit.genauigkeit,
            status=status,
            bezug=Bezug.AB,
            # The last day of the period, but not after today, unless all of it is to come.
            zaehlt_ab=zeit.bis if zeit.von > self.heute else min(zeit.bis, self.heute),
            text=zeile.text or satz.format(f"„{self.beschluss.titel}“ ({genannt})"),
            quelle=self.quelle,
            beschluss=self.beschluss,
        )
        beginne(self.nutzer, meldung)
        return meldung

    # ── Rules ────────────────────────────────────────────────────────────────────────────────

    def _pruefe(self, folgen: list[Folge], vorher: list[Verstoss]) -> None:
        """Notes every rule that is broken now and was not before, at the line that did it."""
        orte: dict[tuple[type[Model], int], int] = {}
        geschrieben: list[Model] = [self.beschluss]
        for folge in folgen:
            zeilen = [folge.ka, folge.wirkung, *filter(None, [folge.meldung])]
            orte |= {(type(z), z.pk): folge.zeile.nummer for z in zeilen}
            geschrieben += zeilen
        gebrochen = [b for b in verstoesse(betroffene(geschrieben)) if b not in vorher]
        gesagt = set()
        # Own rows first: of the others a rule that is broken here would only say it again.
        for bruch in sorted(gebrochen, key=lambda b: b.schluessel not in orte):
            ka = getattr(bruch.zeile, "kernaktivitaet", bruch.zeile)
            nummer = orte.get(bruch.schluessel, orte.get((type(ka), ka.pk), 0))
            if (nummer, bruch.regel) not in gesagt:
                gesagt.add((nummer, bruch.regel))
                self._merke(bruch, nummer, eigene=bruch.schluessel in orte)

    def _merke(self, bruch: Verstoss, nummer: int, *, eigene: bool) -> None:
        felder = [f for f in FELDER[bruch.regel] if f in ZeileForm.base_fields]
        feld = (felder or ["wirkung"])[0] if nummer else None
        self.saetze[nummer].append((feld, bruch.satz if eigene else bruch.satz_mit_zeile))


def _gesetztes(ka: Kernaktivitaet) -> tuple:
    """What a decision may change in a Kernaktivität."""
    return ka.veroeffentlicht_am, ka.tranche, ka.nachfolger, ka.nachfolge_text
