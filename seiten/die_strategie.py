"""The pages that explain: the strategy, its cross-cutting themes, and how this portal counts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from kernaktivitaeten import rules
from kernaktivitaeten.models import DEFINITIONEN, Status
from strategiearbeit.models import ABSCHNITTE
from zielsystem import rules as zielsystem_rules
from zielsystem.models import Ebene, Querschnittsthema

from .bestand import Bestand, Stand, fakten
from .filter import Zahl, listenadresse, mit_parametern
from .umzug import leite_um


@dataclass(frozen=True)
class Thema:
    """A cross-cutting theme and how many Kernaktivitäten are assigned to it."""

    thema: fakten.Querschnittsthema
    anzahl: Zahl


@dataclass(frozen=True)
class Kompetenzzweig:
    """A Kompetenz with its Schwerpunkte."""

    element: fakten.Zielelement
    schwerpunkte: tuple[fakten.Zielelement, ...]


@dataclass(frozen=True)
class Ergebnis:
    """A measured result that belongs to a goal, and whose it is."""

    ka: fakten.Kernaktivitaet
    ziel: fakten.Projektziel
    messwert: fakten.Messwert


@dataclass(frozen=True)
class DieStrategie:
    stichtag: date
    weiter: str
    merkmale: fakten.Textseite | None
    anlage: fakten.Textseite | None
    wesenskern: fakten.Zielelement | None
    teile: tuple[fakten.Wesenskernteil, ...]
    kompetenzen: tuple[Kompetenzzweig, ...]
    themen: tuple[Thema, ...]
    anzahl: Zahl
    soll: int
    ergebnisse: tuple[Ergebnis, ...]


@dataclass(frozen=True)
class Querschnittsthemen:
    stichtag: date
    weiter: str
    themen: tuple[Thema, ...]
    zugeordnet: bool


@dataclass(frozen=True)
class Themenseite:
    stichtag: date
    weiter: str
    thema: Thema
    kernaktivitaeten: tuple[Stand, ...]
    andere: tuple[Thema, ...]


@dataclass(frozen=True)
class Methodik:
    stichtag: date
    weiter: str
    definitionen: tuple[tuple[str, str, str], ...]
    regeln: tuple[str, ...]
    schwerpunkte_je_kompetenz: int
    je_schwerpunkt: int
    je_tranche: int
    soll: int


def die_strategie(
    bestand: Bestand, stichtag: date, weiter: Mapping[str, str], heute: date
) -> DieStrategie:
    """The page ``/die-strategie/``; results are those that belong to a goal and to the day."""
    texte = {text.slug: text for text in bestand.textseiten}
    schwerpunkte = tuple(bestand.auf_ebene(Ebene.SCHWERPUNKT))
    return DieStrategie(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        merkmale=texte.get(ABSCHNITTE[0]),
        anlage=texte.get(ABSCHNITTE[1]),
        wesenskern=next(bestand.auf_ebene(Ebene.WESENSKERN), None),
        teile=bestand.teile,
        kompetenzen=tuple(
            Kompetenzzweig(k, tuple(s for s in schwerpunkte if s.eltern is k))
            for k in bestand.auf_ebene(Ebene.KOMPETENZ)
        ),
        themen=themen(bestand, weiter),
        anzahl=Zahl(len(bestand.kernaktivitaeten), listenadresse(weiter)),
        soll=zielsystem_rules.SOLL_KERNAKTIVITAETEN,
        ergebnisse=tuple(
            Ergebnis(ka, ziel, messwert)
            for ka in bestand.kernaktivitaeten
            for messwert in ka.messwerte
            for ziel in ka.projektziele
            if messwert.projektziel_id == ziel.pk and messwert.gehoert_zum(stichtag, heute)
        ),
    )


def themen(bestand: Bestand, weiter: Mapping[str, str]) -> tuple[Thema, ...]:
    """All themes in their order, each with its count."""
    anzahlen = Counter(
        zuordnung.thema
        for ka in bestand.kernaktivitaeten
        for zuordnung in ka.querschnittszuordnungen
    )
    return tuple(
        Thema(thema, Zahl(anzahlen[thema], listenadresse(weiter, querschnittsthema=thema.slug)))
        for thema in bestand.themen
    )


def querschnittsthemen(
    bestand: Bestand, stichtag: date, weiter: Mapping[str, str]
) -> Querschnittsthemen:
    """The page ``/querschnittsthemen/``."""
    alle = themen(bestand, weiter)
    zugeordnet = any(thema.anzahl.wert for thema in alle)
    return Querschnittsthemen(stichtag, mit_parametern("", weiter), alle, zugeordnet)


def querschnittsthema(
    bestand: Bestand, slug: str, stichtag: date, weiter: Mapping[str, str]
) -> Themenseite:
    """The page of one theme; raises ``Http404`` if there is none.

    Raises ``Umgezogen`` for a former address.
    """
    alle = themen(bestand, weiter)
    gesucht = next((t for t in alle if t.thema.slug == slug), None)
    if gesucht is None:
        leite_um(Querschnittsthema.objects.all(), slug)
        raise Http404("Dieses Querschnittsthema gibt es nicht.")
    return Themenseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        thema=gesucht,
        kernaktivitaeten=tuple(
            stand
            for stand in bestand.am(stichtag)
            if any(z.thema is gesucht.thema for z in stand.ka.querschnittszuordnungen)
        ),
        andere=tuple(t for t in alle if t is not gesucht),
    )


def methodik(stichtag: date, weiter: Mapping[str, str]) -> Methodik:
    """The page ``/methodik/``: how this portal counts, and the rules it keeps."""
    gruppen = [*zielsystem_rules.REGELN.values(), *rules.REGELN.values()]
    regeln = dict.fromkeys(regel for gruppe in gruppen for regel in gruppe)
    return Methodik(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        definitionen=tuple((s.value, s.label, DEFINITIONEN[s]) for s in Status),
        regeln=tuple(zielsystem_rules.satz(regel) for regel in regeln),
        schwerpunkte_je_kompetenz=zielsystem_rules.SOLL_SCHWERPUNKTE_JE_KOMPETENZ,
        je_schwerpunkt=zielsystem_rules.SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT,
        je_tranche=zielsystem_rules.SOLL_KERNAKTIVITAETEN_JE_TRANCHE,
        soll=zielsystem_rules.SOLL_KERNAKTIVITAETEN,
    )
