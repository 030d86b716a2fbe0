"""All facts of one moment, and what is found in them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from itertools import chain
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

from django.conf import settings
from django.urls import get_script_prefix, set_script_prefix

from grundlage.zeitangabe import Genauigkeit
from kernaktivitaeten.models import Lage, Lagebild
from kernaktivitaeten.models.tranche_beschluss import Beschlusswirkung
from kernaktivitaeten.tag import Verlauf, verlauf
from zielsystem.models import Ebene

from . import fakten

Ergebnis = TypeVar("Ergebnis")


@contextmanager
def an_der_wurzel() -> Iterator[None]:
    """Addresses that are made inside are those of all readers, whatever prefix the request has."""
    praefix = get_script_prefix()
    set_script_prefix(settings.FORCE_SCRIPT_NAME or "/")
    try:
        yield
    finally:
        set_script_prefix(praefix)


def je_bestand(frage: Callable[["Bestand"], Ergebnis]) -> Callable[["Bestand"], Ergebnis]:
    """``frage`` answered once for each Bestand, as long as somebody holds it."""
    antworten: WeakKeyDictionary[Bestand, Ergebnis] = WeakKeyDictionary()
    schloss = Lock()

    @wraps(frage)
    def antwort(bestand: Bestand) -> Ergebnis:
        if (fertig := antworten.get(bestand)) is not None:
            return fertig
        with schloss:  # one answers, the others wait
            if bestand not in antworten:
                antworten[bestand] = frage(bestand)
            return antworten[bestand]

    return antwort


@dataclass(frozen=True, eq=False, slots=True)
class Stand:
    """A Kernaktivität as it stands on a day; the same as long as nothing new is said of it."""

    ka: fakten.Kernaktivitaet
    lagebild: Lagebild

    __getitem__ = object.__getattribute__

    @property
    def lage(self) -> Lage:
        return self.lagebild.lage


@dataclass(frozen=True, eq=False)
class Bestand:
    """The facts in the order in which pages show them, at the Datenstand ``nummer``.

    ``beschluesse``: newest first, by their first day; what is only known to the year must not
    stand above known days of it.
    """

    nummer: int
    elemente: tuple[fakten.Zielelement, ...]
    teile: tuple[fakten.Wesenskernteil, ...]
    ziele: tuple[fakten.StrategischesZiel, ...]
    themen: tuple[fakten.Querschnittsthema, ...]
    stellen: tuple[fakten.Stelle, ...]
    tranchen: tuple[fakten.Tranche, ...]
    beschluesse: tuple[fakten.Ratsbeschluss, ...]
    kernaktivitaeten: tuple[fakten.Kernaktivitaet, ...]
    kompetenzverantwortungen: tuple[fakten.Verantwortung, ...]
    bilanzen: tuple[fakten.Bilanz, ...]
    meilensteine: tuple[fakten.Meilenstein, ...]
    werkzeugkaesten: tuple[fakten.Werkzeugkasten, ...]
    textseiten: tuple[fakten.Textseite, ...]
    erklaerungen: tuple[fakten.Barrierefreiheitserklaerung, ...]

    # ── The day ──────────────────────────────────────────────────────────────────────────────

    @cached_property
    def _verlaeufe(self) -> dict[int, tuple[Verlauf, tuple[Stand, ...]]]:
        """Key of each Kernaktivität → its course, and beside each picture of it a ``Stand``."""
        verlaeufe = {}
        for ka in self.kernaktivitaeten:
            gueltige = (m for m in ka.statusmeldungen if m.zurueckgezogen_am is None)
            auftraege = (
                wirkung.beschluss.datum_von
                for wirkung in ka.beschlusswirkungen
                if wirkung.wirkung == Beschlusswirkung.Wirkung.BEAUFTRAGT
            )
            eigener = verlauf(gueltige, auftraege)
            verlaeufe[ka.pk] = eigener, tuple(Stand(ka, bild) for bild in eigener.bilder)
        return verlaeufe

    def am(self, stichtag: date) -> tuple[Stand, ...]:
        """Every Kernaktivität as it stands on the day."""
        return tuple(
            staende[eigener.nummer(stichtag)] for eigener, staende in self._verlaeufe.values()
        )

    def stand(self, pk: int, stichtag: date) -> Stand:
        """One as it stands on the day; raises ``KeyError`` for one that is not public."""
        eigener, staende = self._verlaeufe[pk]
        return staende[eigener.nummer(stichtag)]

    # ── What is found by its key or address ──────────────────────────────────────────────────

    @cached_property
    def je_pk(self) -> dict[int, fakten.Kernaktivitaet]:
        return {ka.pk: ka for ka in self.kernaktivitaeten}

    @cached_property
    def je_slug(self) -> dict[str, fakten.Kernaktivitaet]:
        return {ka.slug: ka for ka in self.kernaktivitaeten}

    def auf_ebene(self, ebene: Ebene) -> Iterator[fakten.Zielelement]:
        return (element for element in self.elemente if element.ebene == ebene)

    @cached_property
    def _wirkungen(self) -> dict[int, list[fakten.Beschlusswirkung]]:
        je_beschluss: dict[int, list[fakten.Beschlusswirkung]] = defaultdict(list)
        for ka in self.kernaktivitaeten:
            for wirkung in ka.beschlusswirkungen:
                je_beschluss[wirkung.beschluss.pk].append(wirkung)
        return dict(je_beschluss)

    def wirkungen(self, beschluss: fakten.Ratsbeschluss) -> Iterable[fakten.Beschlusswirkung]:
        """What it did, in the order of the Kernaktivitäten."""
        return self._wirkungen.get(beschluss.pk, ())

    @cached_property
    def _ueberfuehrungen(self) -> dict[int, list[fakten.Statusmeldung]]:
        je_nachfolger: dict[int, list[fakten.Statusmeldung]] = defaultdict(list)
        for ka in self.kernaktivitaeten:
            for meldung in ka.statusmeldungen:
                if meldung.nachfolger_id is not None:
                    je_nachfolger[meldung.nachfolger_id].append(meldung)
        return dict(je_nachfolger)

    def ueberfuehrungen(self, ka: fakten.Kernaktivitaet) -> Iterable[fakten.Statusmeldung]:
        """The statements, on whatever day, that another one went into it."""
        return self._ueberfuehrungen.get(ka.pk, ())

    @cached_property
    def zustaendige(self) -> tuple[fakten.Stelle, ...]:
        """The Stellen that answer for a Kernaktivität or a Kompetenz: those with a page."""
        verantwortungen = chain(
            self.kompetenzverantwortungen, *(ka.verantwortungen for ka in self.kernaktivitaeten)
        )
        aemter = {stelle for verantwortung in verantwortungen for stelle in verantwortung.aemter}
        return tuple(stelle for stelle in self.stellen if stelle in aemter)

    def beschluesse_bis(self, stichtag: date) -> tuple[fakten.Ratsbeschluss, ...]:
        """Those that were certainly taken by the day, newest first."""
        return tuple(b for b in self.beschluesse if b.datum_bis <= stichtag)


def zeitraum_der_angaben(staende: Iterable[Stand]) -> str:
    """On which statements the counts rest: "Angaben vom 25.08.2022 bis 08/2024"."""
    belegte = [stand.lagebild for stand in staende if stand.lagebild.stand]
    if not belegte:
        return "Für diesen Tag liegt keine Angabe vor"
    nach_tag = sorted(belegte, key=lambda bild: (bild.stand_tag, bild.meldung))
    von, bis = nach_tag[0].stand, nach_tag[-1].stand
    if von.kurz == bis.kurz:
        return f"Angaben mit Stand {von.kurz}"
    ab = "vom" if von.genauigkeit == Genauigkeit.TAG else "von"
    return f"Angaben {ab} {von.kurz} bis {bis.kurz}"
