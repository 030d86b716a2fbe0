"""What the public pages know: every public row as a value that never changes.

Each class is the copy of the model of the same name: its columns, its relations resolved, and what
the model says about itself (``wie``), said by the same function, once per fact. Internal notes,
drafts and names that are not released have no place here.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import Any, Self

from grundlage.falten import falte
from grundlage.zeitangabe import Zeitangabe
from kernaktivitaeten import models as ka
from kernaktivitaeten.models import ziele_plan
from strategiearbeit import models as arbeit
from zielsystem import models as ziel


class Wort(str):
    """A stored value out of a list of choices; ``label`` is how it is said."""

    label: str

    def __new__(cls, wert: str, label: str) -> Self:
        wort = super().__new__(cls, wert)
        wort.label = label
        return wort


def wie(eigenschaft: property | Callable) -> Any:
    """A property of a model, or a method without arguments, worked out once per fact."""
    gelesen = eigenschaft.fget if isinstance(eigenschaft, property) else eigenschaft
    return cached_property(gelesen)  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False)
class Fakt:
    """A row, equal to nothing but itself."""

    pk: int

    # Templates try an item first, and would raise and catch an error at every attribute.
    __getitem__ = object.__getattribute__


@dataclass(frozen=True, eq=False)
class Datiertes(Fakt):
    """A row with a date as precise as its source."""

    datum_von: date | None
    datum_bis: date | None
    genauigkeit: str

    zeit = wie(Zeitangabe.zeit)


# ── Zielsystem ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Quelle(Datiertes):
    titel: str
    art: Wort
    adresse: str

    angabe = wie(ziel.Quelle.__str__)
    adresse_lesbar = wie(ziel.Quelle.adresse_lesbar)

    def __str__(self) -> str:
        return self.angabe


@dataclass(frozen=True, eq=False)
class Zielelement(Fakt):
    """``eltern`` is read before it: parents come first in the tree."""

    eltern: Self | None
    ebene: int
    titel: str
    kurztitel: str
    slug: str
    beschreibung: str
    quelle: Quelle

    pfad = wie(ziel.Zielelement.get_absolute_url)

    def __str__(self) -> str:
        return self.titel


@dataclass(frozen=True, eq=False)
class Wesenskernteil(Fakt):
    name: str
    lesart: str
    quelle: Quelle


@dataclass(frozen=True, eq=False)
class StrategischesZiel(Fakt):
    kompetenz: Zielelement
    langfassung: str
    kurzfassung: str
    quelle: Quelle


@dataclass(frozen=True, eq=False)
class Querschnittsthema(Fakt):
    titel: str
    slug: str
    quelle: Quelle

    pfad = wie(ziel.Querschnittsthema.get_absolute_url)

    def __str__(self) -> str:
        return self.titel


# ── Who answers, what was decided ─────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Stelle(Fakt):
    name: str
    slug: str
    art: Wort

    pfad = wie(ka.Stelle.get_absolute_url)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, eq=False)
class Verantwortung(Datiertes):
    """``aemter`` are the Stelle, or the offices of the person; the name only when released."""

    rolle: Wort
    kompetenz: Zielelement | None
    kernaktivitaet_id: int | None
    stelle: Stelle | None
    person_id: int | None
    bezug: Wort
    wortlaut: str
    quelle: Quelle
    aemter: tuple[Stelle, ...]
    oeffentlicher_name: str

    amt = wie(ka.Verantwortung.amt)
    gilt_am = ka.Verantwortung.gilt_am


@dataclass(frozen=True, eq=False)
class Tranche(Fakt):
    nr: int
    quelle: Quelle

    name = wie(ka.Tranche.__str__)
    pfad = wie(ka.Tranche.get_absolute_url)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, eq=False)
class Ratsbeschluss(Datiertes):
    titel: str
    slug: str
    gremium: str
    vorlage: str
    top: str
    ergebnis: str
    wortlaut: str
    adresse: str
    tranche: Tranche | None
    teil: str
    betrifft_strategie: bool
    hinweis: str
    quelle: Quelle

    name = wie(ka.Ratsbeschluss.__str__)
    pfad = wie(ka.Ratsbeschluss.get_absolute_url)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, eq=False)
class Beschlusswirkung(Fakt):
    beschluss: Ratsbeschluss
    kernaktivitaet_id: int
    wirkung: Wort
    text: str
    quelle: Quelle


# ── Kernaktivitäten ───────────────────────────────────────────────────────────────────────────


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
        ohne = (ziel.OHNE,)
        return {
            "kompetenz": (self.kompetenz.slug,),
            "schwerpunkt": tuple(z.schwerpunkt.slug for z in self.zuordnungen) or ohne,
            "tranche": (str(self.tranche.nr),) if self.tranche else ohne,
            "querschnittsthema": tuple(z.thema.slug for z in self.querschnittszuordnungen) or ohne,
            "stelle": tuple(stellen) or ohne,
            "bezirk": tuple(bezirke) or ohne,
        }


@dataclass(frozen=True, eq=False)
class Bilanz(Datiertes):
    gesamt: int
    umgesetzt: int | None
    laufend: int | None
    eingestellt: int | None
    ueberfuehrt: int | None
    eingestellt_ueberfuehrt: int | None
    anmerkung: str
    erklaerung: str
    quelle: Quelle

    name = wie(ka.Bilanz.__str__)
    beendet = wie(ka.Bilanz.beendet)

    def __str__(self) -> str:
        return self.name


# ── Strategiearbeit ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Meilenstein(Datiertes):
    text: str
    quelle: Quelle


@dataclass(frozen=True, eq=False)
class Werkzeugkasten(Fakt):
    """Without its content, which only staff may read."""

    titel: str
    slug: str
    fundort: str
    zweck: str
    nur_intern: bool
    quelle: Quelle

    pfad = wie(arbeit.Werkzeugkasten.get_absolute_url)


@dataclass(frozen=True, eq=False)
class Textseite(Fakt):
    titel: str
    slug: str
    text: str
    eigene_seite: bool
    stand: date | None
    quelle: Quelle | None

    html = wie(arbeit.Textseite.html)
    pfad = wie(arbeit.Textseite.get_absolute_url)


@dataclass(frozen=True, eq=False)
class Ausnahme(Fakt):
    erklaerung_id: int
    inhalt: str
    grund: str


@dataclass(frozen=True, eq=False)
class Barrierefreiheitserklaerung(Fakt):
    vereinbarkeit: Wort
    pruefung: str
    geprueft_am: date | None
    erstellt_am: date | None
    ueberprueft_am: date | None
    kontakt: str
    ombudsstelle: str
    ausnahmen: tuple[Ausnahme, ...]
