"""A Kernaktivität with all that is said about it."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from grundlage.falten import falte
from kernaktivitaeten import models as ka
from kernaktivitaeten.models import ziele_plan
from zielsystem.models import OHNE

from .beschlossen import Beschlusswirkung, Ratsbeschluss, Tranche, Verantwortung
from .grund import Datiertes, Fakt, Wort, wie
from .strategie import Quelle, Querschnittsthema, Zielelement


@dataclass(frozen=True, eq=False)
class Statusmeldung(Datiertes):
    """Others are named by their keys: a reader may not know them (yet).

    ``beschluss`` is ``None`` as well where readers may not see it on any day.
    """

    kernaktivitaet_id: int
    status: Wort
    bezug: Wort
    zaehlt_ab: date
    text: str
    nachfolger_id: int | None
    nachfolge_text: str
    quelle: Quelle | None
    beschluss: Ratsbeschluss | None
    abgeleitet: bool
    zurueckgezogen_am: date | None
    rueckzug_grund: str
    ersetzt_durch_id: int | None


@dataclass(frozen=True, eq=False)
class Aussage(Datiertes):
    """A sentence of a source about a Kernaktivität."""

    kernaktivitaet_id: int
    text: str
    quelle: Quelle

    gehoert_zum = ziele_plan.Aussage.gehoert_zum


@dataclass(frozen=True, eq=False)
class Angabe(Aussage):
    art: Wort


@dataclass(frozen=True, eq=False)
class Projektziel(Aussage):
    zielwert: Decimal | None
    zusatz: str
    einheit: str
    termin_bis: date | None
    termin_genauigkeit: str

    als_text = ziele_plan.MitMessgroesse.als_text
    termin = wie(ziele_plan.MitTermin.termin)
    zielwert_text = wie(ka.Projektziel.zielwert_text)


@dataclass(frozen=True, eq=False)
class Messwert(Aussage):
    projektziel_id: int | None
    wert: Decimal
    zusatz: str
    einheit: str

    als_text = ziele_plan.MitMessgroesse.als_text
    wert_text = wie(ka.Messwert.wert_text)


@dataclass(frozen=True, eq=False)
class Planangabe(Aussage):
    art: Wort
    betrag: Decimal | None
    termin_bis: date | None
    termin_genauigkeit: str

    termin = wie(ziele_plan.MitTermin.termin)
    kern = wie(ka.Planangabe.kern)


@dataclass(frozen=True, eq=False)
class Bezeichnung(Fakt):
    kernaktivitaet_id: int
    text: str


@dataclass(frozen=True, eq=False)
class Zuordnung(Fakt):
    kernaktivitaet_id: int
    schwerpunkt: Zielelement
    primaer: bool
    begruendung: str
    quelle: Quelle


@dataclass(frozen=True, eq=False)
class Querschnittszuordnung(Fakt):
    kernaktivitaet_id: int
    thema: Querschnittsthema
    quelle: Quelle


@dataclass(frozen=True, eq=False)
class Ort(Fakt):
    kernaktivitaet_id: int
    bezeichnung: str
    adresse: str
    stadtbezirk: Wort
    text: str
    quelle: Quelle


def sortiername(titel: str) -> str:
    """``titel`` folded for sorting: without quotation marks, accents and case."""
    return "".join(z for z in falte(titel) if z.isalnum() or z == " ").strip()


@dataclass(frozen=True, eq=False)
class Kernaktivitaet(Fakt):
    """A Kernaktivität with all that is public about it on some day."""

    kompetenz: Zielelement
    nr: int
    titel: str
    slug: str
    tranche: Tranche | None
    tranche_quelle: Quelle | None
    quelle: Quelle
    bezeichnungen: tuple[Bezeichnung, ...]
    zuordnungen: tuple[Zuordnung, ...]
    querschnittszuordnungen: tuple[Querschnittszuordnung, ...]
    orte: tuple[Ort, ...]
    verantwortungen: tuple[Verantwortung, ...]
    beschlusswirkungen: tuple[Beschlusswirkung, ...]
    statusmeldungen: tuple[Statusmeldung, ...]
    angaben: tuple[Angabe, ...]
    projektziele: tuple[Projektziel, ...]
    messwerte: tuple[Messwert, ...]
    planangaben: tuple[Planangabe, ...]

    pfad = wie(ka.Kernaktivitaet.get_absolute_url)

    def __str__(self) -> str:
        return self.titel

    @cached_property
    def sortiername(self) -> str:
        """The title for sorting: both databases put Ä after Z."""
        return sortiername(self.titel)

    @cached_property
    def _eintraege(self) -> tuple[list[date], list[date]]:
        """The days from which its valid statements count, and the last first day by then."""
        gueltige = [m for m in self.statusmeldungen if m.zurueckgezogen_am is None]
        gueltige.sort(key=lambda meldung: meldung.zaehlt_ab)
        bis_dahin = accumulate((m.datum_von for m in gueltige), max)
        return [m.zaehlt_ab for m in gueltige], list(bis_dahin)

    def neuester_eintrag(self, stichtag: date) -> date:
        """The first day of the newest statement, news included; the earliest day without one.

        The first day: what is only known to the year must not stand above known days of it.
        """
        tage, neueste = self._eintraege
        nummer = bisect_right(tage, stichtag)
        return neueste[nummer - 1] if nummer else date.min

    @cached_property
    def merkmale(self) -> dict[str, tuple[str, ...]]:
        """Parameter of a list → the values under which it stands; ``OHNE`` where it has none."""
        stellen = dict.fromkeys(s.slug for v in self.verantwortungen for s in v.aemter)
        bezirke = dict.fromkeys(str(ort.stadtbezirk) for ort in self.orte if ort.stadtbezirk)
        ohne = (OHNE,)
        return {
            "kompetenz": (self.kompetenz.slug,),
            "schwerpunkt": tuple(z.schwerpunkt.slug for z in self.zuordnungen) or ohne,
            "tranche": (str(self.tranche.nr),) if self.tranche else ohne,
            "querschnittsthema": tuple(z.thema.slug for z in self.querschnittszuordnungen) or ohne,
            "stelle": tuple(stellen) or ohne,
            "bezirk": tuple(bezirke) or ohne,
        }
