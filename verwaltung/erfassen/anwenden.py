"""Carrying a decision out: all rows that it makes and changes, checked by every rule.

Runs inside a transaction of its caller, for the preview and for good alike.
"""

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Max, Model
from simple_history.utils import bulk_create_with_history

from grundlage.zeitangabe import Bezug, Zeitraum
from kernaktivitaeten.models import (
    Beschlusswirkung,
    Kernaktivitaet,
    Ratsbeschluss,
    Status,
    Statusmeldung,
    Tranche,
)

from ..melden.formular import zaehltag
from ..rechte import beginne
from ..regeln import FELDER, Verstoss, betroffene, verstoesse
from .adressen import FreieAdressen, freie_adresse_des_beschlusses
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
            self._sichere(self.tranche)
        werte = self.entscheidung.werte | {"tranche": self.tranche}
        self.beschluss = Ratsbeschluss(**werte, slug=freie_adresse_des_beschlusses(werte))
        self._sichere(self.beschluss)
        folgen = [] if self.saetze else self._folgen()
        if not self.saetze:
            self._schreibe(folgen)
            self._pruefe(folgen, vorher)
        if self.saetze:
            raise Abgelehnt(dict(self.saetze))
        return Ergebnis(self.beschluss, self.tranche, tuple(folgen))

    def _sichere(self, objekt: Model) -> None:
        """Saves a row that its model accepts; otherwise notes the sentences."""
        try:
            objekt.full_clean()
        except ValidationError as fehler:
            self._bemaengle(objekt, 0, fehler)
        else:
            objekt.save()

    def _bemaengle(self, objekt: Model, nummer: int, fehler: ValidationError) -> None:
        """Notes the sentences of a model at the line of the row, by the words people read."""
        for feld, saetze in fehler.message_dict.items():
            ort = feld if nummer and feld in ZeileForm.base_fields else None
            name = ""
            if not ort and feld != NON_FIELD_ERRORS:
                name = f"{objekt._meta.get_field(feld).verbose_name}: "
            self.saetze[nummer] += [(ort, f"{name}{satz}") for satz in saetze]

    # ── Rows ─────────────────────────────────────────────────────────────────────────────────

    def _folgen(self) -> list[Folge]:
        """What the rows make and change, not yet written."""
        self.adressen, self.nummern = FreieAdressen(), _letzte_nummern()
        return [self._zeile(zeile) for zeile in self.entscheidung.zeilen]

    def _zeile(self, zeile: Zeile) -> Folge:
        ka = copy(zeile.ka) if zeile.ka else self._neue(zeile)
        vorher = {
            "angelegt": ka.pk is None,
            "war_oeffentlich": ka.veroeffentlicht_am is not None,
            "tranche_vorher": ka.tranche,
            "nachfolge_vorher": self._nachfolge(ka) if zeile.wirkung == Wirkung.UEBERFUEHRT else "",
        }
        if zeile.wirkung == Wirkung.BEAUFTRAGT:
            ka.veroeffentlicht_am = ka.veroeffentlicht_am or self.heute
            if self.tranche and ka.tranche != self.tranche:
                ka.tranche, ka.tranche_quelle = self.tranche, self.quelle
        wirkung = Beschlusswirkung(
            beschluss=self.beschluss,
            kernaktivitaet=ka,
            wirkung=zeile.wirkung,
            text=zeile.text,
            quelle=self.quelle,
        )
        meldung = self._meldung(zeile, ka) if zeile.wirkung in STATUS else None
        geaendert = zeile.ka is None or _gesetztes(ka) != _gesetztes(zeile.ka)
        return Folge(zeile, ka, geaendert=geaendert, wirkung=wirkung, meldung=meldung, **vorher)

    def _nachfolge(self, ka: Kernaktivitaet) -> str:
        """In what it went over until now."""
        meldung = Statusmeldung.objects.geltende_am(self.heute).filter(kernaktivitaet=ka.pk).first()
        return meldung.nachfolge if meldung else ""

    def _neue(self, zeile: Zeile) -> Kernaktivitaet:
        """With the next free number of its Kompetenz."""
        self.nummern[zeile.kompetenz.pk] += 1
        return Kernaktivitaet(
            kompetenz=zeile.kompetenz,
            nr=self.nummern[zeile.kompetenz.pk],
            titel=zeile.titel,
            slug=self.adressen.nimm(zeile.titel),
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
            # A decision to come counts when it is there for sure.
            zaehlt_ab=zaehltag(zeit, self.heute) or zeit.bis,
            text=zeile.text or satz.format(f"„{self.beschluss.titel}“ ({genannt})"),
            nachfolger=zeile.nachfolger,
            nachfolge_text=zeile.nachfolge_text,
            quelle=self.quelle,
            beschluss=self.beschluss,
        )
        beginne(self.nutzer, meldung)
        return meldung

    def _schreibe(self, folgen: list[Folge]) -> None:
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
                folge.ka.save()
        self._lege_an(Beschlusswirkung, (f.wirkung for f in folgen))
        self._lege_an(Statusmeldung, (f.meldung for f in folgen if f.meldung))

    def _lege_an(self, modell: type[Model], zeilen: Iterable[Model]) -> None:
        """With their history."""
        if neue := list(zeilen):
            bulk_create_with_history(neue, modell, default_user=self.nutzer)

    # ── Rules ────────────────────────────────────────────────────────────────────────────────

    def _pruefe(self, folgen: list[Folge], vorher: list[Verstoss]) -> None:
        """Notes every rule that is broken now and was not before, at the line that did it."""
        orte: dict[tuple[type[Model], int], int] = {}
        geschrieben: list[Model] = [self.beschluss]
        for folge in folgen:
            orte |= {(type(z), z.pk): folge.zeile.nummer for z in folge.zeilen}
            geschrieben += folge.zeilen
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
    return ka.veroeffentlicht_am, ka.tranche


def _letzte_nummern() -> defaultdict[int, int]:
    """The highest number of each Kompetenz, by its key."""
    hoechste = Kernaktivitaet.objects.order_by().values_list("kompetenz").annotate(m=Max("nr"))
    return defaultdict(int, hoechste)


def _verweise(objekt: Model) -> set[str]:
    return {feld.name for feld in objekt._meta.fields if feld.remote_field}
