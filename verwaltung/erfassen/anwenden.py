"""Carrying a decision out: what it makes of each Kernaktivität, and what is said of it.

Runs behind the lock in a transaction of its caller, for the preview and for good alike.
"""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Max, Model
from simple_history.utils import bulk_create_with_history

from grundlage.falten import adresse_aus
from grundlage.zeitangabe import Bezug
from kernaktivitaeten.models import (
    Beschlusswirkung,
    Kernaktivitaet,
    Ratsbeschluss,
    Status,
    Statusmeldung,
    Tranche,
)

from ..meldeformular import zaehltag
from ..rechte import beginne
from ..regeln import Regelstand, Regelverstoss, an_die_orte, feldsaetze
from .eingabe import Beschlusszeile, Eingabe
from .zeilen import ZeileForm

# What a decision may set in a Kernaktivität, and what alone is put back when it is taken back.
SPALTEN = [
    Kernaktivitaet._meta.get_field(name)
    for name in ("veroeffentlicht_am", "tranche", "tranche_quelle")
]
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


@dataclass(frozen=True)
class Beschlussfolge:
    """What became of one row; ``vorher`` and ``ka`` are its Kernaktivität before and after."""

    zeile: Beschlusszeile
    vorher: Kernaktivitaet
    ka: Kernaktivitaet
    nachfolge_vorher: str
    wirkung: Beschlusswirkung
    meldung: Statusmeldung | None

    @property
    def angelegt(self) -> bool:
        return self.vorher.pk is None

    @property
    def geaendert(self) -> bool:
        return self.angelegt or bool(gesetztes(self.vorher, self.ka))

    @property
    def ort(self) -> str:
        """Which row of the form it is, in words."""
        return f"Zeile {self.zeile.nummer}, „{self.ka}“"

    @property
    def zeilen(self) -> list[Model]:
        """The rows of the database that it is about, in the order in which they are written."""
        return [self.ka, self.wirkung, *filter(None, [self.meldung])]


@dataclass
class Anwendung:
    """One decision, entered by ``nutzer`` on the day ``heute``, being carried out."""

    eingabe: Eingabe
    nutzer: Any
    heute: date
    folgen: tuple[Beschlussfolge, ...] = ()

    @property
    def beschluss(self) -> Ratsbeschluss:
        return self.eingabe.form.instance

    def fuehre_aus(self) -> None:
        """Writes all of it; raises ``Abgelehnt`` when a rule would be broken."""
        zeilen = self.eingabe.beschlusszeilen()
        regelstand = Regelstand(zeile.ka for zeile in zeilen if zeile.ka)
        self._beschliesse()
        self.eingabe.pruefe()
        self.adressen = _vergebene_adressen(Kernaktivitaet)
        je_kompetenz = Kernaktivitaet.objects.order_by().values_list("kompetenz")
        self.nummern = defaultdict(int, je_kompetenz.annotate(Max("nr")))
        self.folgen = tuple(map(self._folge, zeilen))
        self._schreibe()
        self._pruefe(regelstand)
        self.eingabe.pruefe()

    def _beschliesse(self) -> None:
        """The decision, with the Tranche that begins with it."""
        beschluss = self.beschluss
        if nr := self.eingabe.form.cleaned_data["neue_tranche"]:
            tranche = Tranche(nr=nr, quelle=beschluss.quelle)
            self._lege_geprueft_an(tranche)
            beschluss.tranche = tranche
        # Day and title, as the addresses of all decisions.
        laenge = {"jahr": 4, "monat": 7}.get(beschluss.genauigkeit, 10)
        adresse = f"{beschluss.datum_von.isoformat()[:laenge]}-{adresse_aus(beschluss.titel)}"
        beschluss.slug = _freie_adresse(adresse, _vergebene_adressen(Ratsbeschluss))
        self._lege_geprueft_an(beschluss)

    def _lege_geprueft_an(self, objekt: Model) -> None:
        """A row that its model accepts."""
        try:
            objekt.full_clean()
        except ValidationError as fehler:
            self._bemaengle(objekt, 0, fehler)
        else:
            objekt.save(force_insert=True)

    def _bemaengle(self, objekt: Model, nummer: int, fehler: ValidationError) -> None:
        """Says at the line of the row what its model says."""
        for satz in feldsaetze(type(objekt), fehler):
            self.eingabe.bemaengle(nummer, satz)

    # ── What it does to a Kernaktivität ──────────────────────────────────────────────────────

    def _folge(self, zeile: Beschlusszeile) -> Beschlussfolge:
        """What the row makes and changes; nothing is written yet."""
        vorher = zeile.ka or self._neue(zeile)
        ka = copy(vorher)
        if zeile.wirkung == Wirkung.BEAUFTRAGT:
            ka.veroeffentlicht_am = ka.veroeffentlicht_am or self.heute
            if self.beschluss.tranche and ka.tranche != self.beschluss.tranche:
                ka.tranche, ka.tranche_quelle = self.beschluss.tranche, self.beschluss.quelle
        wirkung = Beschlusswirkung(
            beschluss=self.beschluss,
            kernaktivitaet=ka,
            wirkung=zeile.wirkung,
            text=zeile.text,
            quelle=self.beschluss.quelle,
        )
        nachfolge = self._nachfolge(ka) if zeile.wirkung == Wirkung.UEBERFUEHRT else ""
        meldung = self._meldung(zeile, ka) if zeile.wirkung in STATUS else None
        return Beschlussfolge(zeile, vorher, ka, nachfolge, wirkung, meldung)

    def _nachfolge(self, ka: Kernaktivitaet) -> str:
        """In what it went over until now."""
        meldung = Statusmeldung.objects.geltende_am(self.heute).filter(kernaktivitaet=ka.pk).first()
        return meldung.nachfolge if meldung else ""

    def _neue(self, zeile: Beschlusszeile) -> Kernaktivitaet:
        """With the next free number of its Kompetenz."""
        self.nummern[zeile.kompetenz.pk] += 1
        return Kernaktivitaet(
            kompetenz=zeile.kompetenz,
            nr=self.nummern[zeile.kompetenz.pk],
            titel=zeile.titel,
            slug=_freie_adresse(adresse_aus(zeile.titel), self.adressen),
            quelle=self.beschluss.quelle,
        )

    def _meldung(self, zeile: Beschlusszeile, ka: Kernaktivitaet) -> Statusmeldung:
        status, satz = STATUS[Wirkung(zeile.wirkung)]
        zeit = self.beschluss.zeit
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
            quelle=self.beschluss.quelle,
            beschluss=self.beschluss,
        )
        beginne(self.nutzer, meldung)
        return meldung

    # ── Writing and checking ─────────────────────────────────────────────────────────────────

    def _schreibe(self) -> None:
        """All rows of a kind at once, if their models accept them."""
        for folge in self.folgen:
            for objekt in folge.zeilen if folge.geaendert else folge.zeilen[1:]:
                verweise = {feld.name for feld in objekt._meta.fields if feld.remote_field}
                try:  # what they refer to was chosen from lists; the form has seen to the rest
                    objekt.clean_fields(exclude=verweise)
                    objekt.clean()
                except ValidationError as fehler:
                    self._bemaengle(objekt, folge.zeile.nummer, fehler)
        self.eingabe.pruefe()
        for modell, neue in (
            (Kernaktivitaet, [folge.ka for folge in self.folgen if folge.angelegt]),
            (Beschlusswirkung, [folge.wirkung for folge in self.folgen]),
            (Statusmeldung, [folge.meldung for folge in self.folgen if folge.meldung]),
        ):
            bulk_create_with_history(neue, modell, default_user=self.nutzer)
        for folge in self.folgen:
            if folge.geaendert and not folge.angelegt:
                folge.ka.save(update_fields=[feld.name for feld in SPALTEN])

    def _pruefe(self, regelstand: Regelstand) -> None:
        """Says which rules are broken now and were not before, at the line that did it."""
        orte = {(type(z), z.pk): f.zeile.nummer for f in self.folgen for z in f.zeilen}
        try:
            regelstand.pruefe([self.beschluss, *(z for f in self.folgen for z in f.zeilen)])
        except Regelverstoss as verstoss:
            for nummer, bruch, satz in an_die_orte(verstoss.verstoesse, orte):
                feld = (bruch.feld(ZeileForm.base_fields) or "wirkung") if nummer else None
                self.eingabe.bemaengle(nummer or 0, satz, feld)


def gesetztes(vorher: Model, nachher: Model) -> list[Field]:
    """The columns that a decision sets in a Kernaktivität, as far as the two differ there."""
    return [f for f in SPALTEN if getattr(vorher, f.attname) != getattr(nachher, f.attname)]


def _vergebene_adressen(modell: type[Model]) -> set[str]:
    """Those in use and former ones, which lead on to where the row is now."""
    frueher = modell.geschichte.values_list("slug", flat=True)
    return {*modell.objects.values_list("slug", flat=True), *frueher}


def _freie_adresse(adresse: str, vergeben: set[str]) -> str:
    """With a number where it is taken; from now on it is."""
    adresse = frei = adresse[:110].strip("-")
    nummer = 2
    while frei in vergeben:
        frei, nummer = f"{adresse}-{nummer}", nummer + 1
    vergeben.add(frei)
    return frei
