"""The page that explains the strategy: aims, Wesenskern, Zielsystem, and what it achieves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kernaktivitaeten.models import Kernaktivitaet, Messwert
from kernaktivitaeten.models.abfragen import mit_kernaktivitaet
from strategiearbeit.models import ABSCHNITTE, Textseite
from zielsystem.models import Ebene, Wesenskernteil, Zielelement
from zielsystem.rules import SOLL_KERNAKTIVITAETEN

from .auswahl import Zahl, mit_parametern
from .filter import listenadresse
from .querschnittsthemen import Thema, themen


@dataclass(frozen=True)
class Kompetenz:
    """A Kompetenz with its Schwerpunkte."""

    element: Zielelement
    schwerpunkte: tuple[Zielelement, ...]


@dataclass(frozen=True)
class DieStrategie:
    stichtag: date
    weiter: str
    merkmale: Textseite | None
    anlage: Textseite | None
    wesenskern: Zielelement | None
    teile: tuple[Wesenskernteil, ...]
    kompetenzen: tuple[Kompetenz, ...]
    themen: tuple[Thema, ...]
    anzahl: Zahl
    soll: int
    ergebnisse: tuple[Messwert, ...]


def die_strategie(stichtag: date, weiter: Mapping[str, str], heute: date) -> DieStrategie:
    """The page ``/die-strategie/``; results are those that belong to a goal and to the day."""
    elemente = list(Zielelement.objects.select_related("eltern", "quelle"))
    texte = {text.slug: text for text in Textseite.objects.filter(slug__in=ABSCHNITTE)}
    oeffentliche = Kernaktivitaet.objects.oeffentlich()
    return DieStrategie(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        merkmale=texte.get(ABSCHNITTE[0]),
        anlage=texte.get(ABSCHNITTE[1]),
        wesenskern=next((e for e in elemente if e.ebene == Ebene.WESENSKERN), None),
        teile=tuple(Wesenskernteil.objects.all()),
        kompetenzen=tuple(
            Kompetenz(e, tuple(s for s in elemente if s.eltern_id == e.pk))
            for e in elemente
            if e.ebene == Ebene.KOMPETENZ
        ),
        themen=themen(weiter),
        anzahl=Zahl(oeffentliche.count(), listenadresse(weiter)),
        soll=SOLL_KERNAKTIVITAETEN,
        ergebnisse=tuple(
            messwert
            for messwert in mit_kernaktivitaet(
                Messwert.objects.oeffentlich().zu_zielen().select_related("projektziel", "quelle"),
                oeffentliche,
            )
            if messwert.gehoert_zum(stichtag, heute)
        ),
    )
