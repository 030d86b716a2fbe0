"""What a decision does, row by row: which Kernaktivität is made or changed, and what is said of it.

Nothing is written here; see ``anwenden``.
"""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Field, Max, Model

from grundlage.falten import adresse_aus
from grundlage.zeitangabe import Bezug, Zeitraum
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
from .eingabe import Beschlusszeile

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
    """What became of one row."""

    zeile: Beschlusszeile
    ka: Kernaktivitaet
    angelegt: bool
    geaendert: bool
    war_oeffentlich: bool
    tranche_vorher: Tranche | None
    nachfolge_vorher: str
    wirkung: Beschlusswirkung
    meldung: Statusmeldung | None

    @property
    def ort(self) -> str:
        """Which row of the form it is, in words."""
        return f"Zeile {self.zeile.nummer}, „{self.ka}“"

    @property
    def zeilen(self) -> list[Model]:
        """The rows of the database that it is about, in the order in which they are written."""
        return [self.ka, self.wirkung, *filter(None, [self.meldung])]


@dataclass(frozen=True)
class Erfasstes:
    """A decision that was carried out, with what became of its rows."""

    beschluss: Ratsbeschluss
    folgen: tuple[Beschlussfolge, ...]


@dataclass
class Wirkungsweise:
    """What ``beschluss``, entered by ``nutzer`` on the day ``heute``, does to a Kernaktivität."""

    beschluss: Ratsbeschluss
    nutzer: Any
    heute: date

    def __post_init__(self) -> None:
        self.adressen, self.nummern = FreieAdressen(), _letzte_nummern()

    def folge(self, zeile: Beschlusszeile) -> Beschlussfolge:
        """What the row makes and changes."""
        ka = copy(zeile.ka) if zeile.ka else self._neue(zeile)
        vorher = {
            "angelegt": ka.pk is None,
            "war_oeffentlich": ka.veroeffentlicht_am is not None,
            "tranche_vorher": ka.tranche,
            "nachfolge_vorher": self._nachfolge(ka) if zeile.wirkung == Wirkung.UEBERFUEHRT else "",
        }
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
        meldung = self._meldung(zeile, ka) if zeile.wirkung in STATUS else None
        geaendert = zeile.ka is None or bool(gesetztes(zeile.ka, ka))
        return Beschlussfolge(
            zeile, ka, geaendert=geaendert, wirkung=wirkung, meldung=meldung, **vorher
        )

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
            slug=self.adressen.nimm(zeile.titel),
            quelle=self.beschluss.quelle,
        )

    def _meldung(self, zeile: Beschlusszeile, ka: Kernaktivitaet) -> Statusmeldung:
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
            quelle=self.beschluss.quelle,
            beschluss=self.beschluss,
        )
        beginne(self.nutzer, meldung)
        return meldung


def gesetztes(vorher: Model, nachher: Model) -> list[Field]:
    """The columns that a decision sets in a Kernaktivität, as far as the two differ there."""
    return [f for f in SPALTEN if getattr(vorher, f.attname) != getattr(nachher, f.attname)]


def _letzte_nummern() -> defaultdict[int, int]:
    """The highest number of each Kompetenz, by its key."""
    hoechste = Kernaktivitaet.objects.order_by().values_list("kompetenz").annotate(m=Max("nr"))
    return defaultdict(int, hoechste)


# ── Addresses that nothing else has or had ────────────────────────────────────────────────────


def freie_adresse_des_beschlusses(werte: dict[str, Any]) -> str:
    """Day and title, as the addresses of all decisions; with a number where that is taken."""
    tag = werte["datum_von"].isoformat()
    laenge = {"jahr": 4, "monat": 7}.get(werte["genauigkeit"], 10)
    vergeben = set(Ratsbeschluss.objects.values_list("slug", flat=True))
    # Former addresses lead on to where the decision is now.
    vergeben |= set(Ratsbeschluss.geschichte.values_list("slug", flat=True))
    return _mit_nummer(f"{tag[:laenge]}-{adresse_aus(werte['titel'])}", vergeben)


class FreieAdressen:
    """Addresses for new Kernaktivitäten; those in use are read once."""

    def __init__(self) -> None:
        self.vergeben = set(Kernaktivitaet.objects.values_list("slug", flat=True))
        self.vergeben |= set(Kernaktivitaet.geschichte.values_list("slug", flat=True))

    def nimm(self, titel: str) -> str:
        frei = _mit_nummer(adresse_aus(titel), self.vergeben)
        self.vergeben.add(frei)
        return frei


def _mit_nummer(adresse: str, vergeben: set[str]) -> str:
    adresse = frei = adresse[:110].strip("-")
    nummer = 2
    while frei in vergeben:
        frei, nummer = f"{adresse}-{nummer}", nummer + 1
    return frei
