"""The pages about the goal system: overview matrix, Kompetenz, Schwerpunkt."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q
from django.http import Http404
from django.utils.datastructures import MultiValueDict

from kernaktivitaeten import charts
from kernaktivitaeten.filter import (
    Filter,
    Zahl,
    lies_filter,
    listenadresse,
    mit_parametern,
)
from kernaktivitaeten.models import OHNE, Kernaktivitaet, Lage, Verantwortung, Zuordnung
from kernaktivitaeten.models.abfragen import KernaktivitaetQuerySet

from .models import Ebene, Querschnittsthema, StrategischesZiel, Zielelement
from .rules import (
    SOLL_KERNAKTIVITAETEN,
    SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ,
    SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT,
)

FILTER_DES_UEBERBLICKS = ("status", "tranche", "stelle")


@dataclass(frozen=True)
class Kachel:
    """A Kernaktivität in one place, and the other Schwerpunkte in which it stands too."""

    ka: Kernaktivitaet
    auch_in: tuple[Zielelement, ...]


@dataclass(frozen=True)
class Feld:
    """A Schwerpunkt, or the band of those without one (``schwerpunkt`` is ``None``)."""

    schwerpunkt: Zielelement | None
    kacheln: tuple[Kachel, ...]
    anzahl: Zahl
    soll: int


@dataclass(frozen=True)
class Spalte:
    """A Kompetenz with its Zielbild, its Schwerpunkte and the band of the unassigned."""

    kompetenz: Zielelement
    ziele: tuple[StrategischesZiel, ...]
    felder: tuple[Feld, ...]
    ohne: Feld
    anzahl: Zahl
    soll: int


@dataclass(frozen=True)
class Thema:
    """A cross-cutting theme and how many Kernaktivitäten are assigned to it."""

    titel: str
    anzahl: Zahl


@dataclass(frozen=True)
class Ueberblick:
    stichtag: date
    weiter: str
    parameter: tuple[tuple[str, str], ...]
    filter: Filter
    wesenskern: Zielelement | None
    spalten: tuple[Spalte, ...]
    themen: tuple[Thema, ...]
    anzahl: Zahl
    gesamt: int
    soll: int
    balken: charts.Balken


@dataclass(frozen=True)
class Kompetenz:
    stichtag: date
    weiter: str
    spalte: Spalte
    zahlen: tuple[tuple[Lage, Zahl], ...]
    balken: charts.Balken
    verantwortungen: tuple[Verantwortung, ...]


@dataclass(frozen=True)
class Schwerpunkt:
    stichtag: date
    weiter: str
    kompetenz: Zielelement
    feld: Feld
    geschwister: tuple[Zielelement, ...]


def ueberblick(parameter: MultiValueDict, stichtag: date, weiter: Mapping[str, str]) -> Ueberblick:
    """The page ``/ueberblick/``: the matrix of the strategy on a day."""
    auswahl = lies_filter(parameter, FILTER_DES_UEBERBLICKS)
    alle = Kernaktivitaet.objects.oeffentlich().zum(stichtag)
    gezeigt = _mit_zuordnungen(auswahl.wende_an(alle))
    elemente = list(Zielelement.objects.all())
    anzahlen = alle.zaehle()
    gesamt = anzahlen.total()
    return Ueberblick(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        parameter=tuple(weiter.items()),
        filter=auswahl,
        wesenskern=next((e for e in elemente if e.ebene == Ebene.WESENSKERN), None),
        spalten=_spalten(elemente, gezeigt, weiter, auswahl.auswahl),
        themen=_themen(weiter),
        anzahl=Zahl(len(gezeigt), listenadresse(weiter, **auswahl.auswahl)),
        gesamt=gesamt,
        soll=SOLL_KERNAKTIVITAETEN,
        balken=charts.balken(
            "Alle Kernaktivitäten",
            [(lage.value, lage.label, anzahlen[(lage,)]) for lage in Lage],
            SOLL_KERNAKTIVITAETEN,
        ),
    )


def kompetenz(slug: str, stichtag: date, weiter: Mapping[str, str]) -> Kompetenz:
    """The page of one Kompetenz; raises ``Http404`` if there is none."""
    elemente = list(Zielelement.objects.all())
    element = _element(elemente, slug, Ebene.KOMPETENZ)
    kernaktivitaeten = _im_blick(element, elemente, stichtag)
    spalte = next(
        s for s in _spalten(elemente, kernaktivitaeten, weiter) if s.kompetenz.pk == element.pk
    )
    eigene = Counter(ka.lage for ka in kernaktivitaeten if ka.kompetenz_id == element.pk)
    verantwortungen = Verantwortung.objects.mit_aemtern().filter(kompetenz=element)
    return Kompetenz(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        spalte=spalte,
        zahlen=tuple(
            (lage, Zahl(eigene[lage], listenadresse(weiter, kompetenz=slug, status=lage.value)))
            for lage in Lage
            if eigene[lage]
        ),
        balken=charts.balken(
            element.titel,
            [(lage.value, lage.label, eigene[lage]) for lage in Lage],
            SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ,
        ),
        verantwortungen=tuple(verantwortungen),
    )


def schwerpunkt(
    kompetenz_slug: str, slug: str, stichtag: date, weiter: Mapping[str, str]
) -> Schwerpunkt:
    """The page of one Schwerpunkt; raises ``Http404`` if the Kompetenz has none such."""
    elemente = list(Zielelement.objects.all())
    oben = _element(elemente, kompetenz_slug, Ebene.KOMPETENZ)
    geschwister = tuple(e for e in elemente if e.eltern_id == oben.pk)
    element = _element(geschwister, slug, Ebene.SCHWERPUNKT)
    gezeigt = _mit_zuordnungen(
        Kernaktivitaet.objects.oeffentlich().zum(stichtag).im_schwerpunkt(slug)
    )
    kacheln = _kacheln(gezeigt)[element.pk]
    return Schwerpunkt(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        kompetenz=oben,
        feld=_feld(element, kacheln, weiter, schwerpunkt=slug),
        geschwister=geschwister,
    )


def _element(elemente: Iterable[Zielelement], slug: str, ebene: Ebene) -> Zielelement:
    for element in elemente:
        if (element.slug, element.ebene) == (slug, ebene):
            return element
    raise Http404(f"Diese Seite gibt es nicht: Es gibt keine solche {ebene.label}.")


def _im_blick(
    element: Zielelement, elemente: Iterable[Zielelement], stichtag: date
) -> list[Kernaktivitaet]:
    """The Kernaktivitäten of a Kompetenz, and the foreign ones in its Schwerpunkte."""
    darunter = [e.pk for e in elemente if e.eltern_id == element.pk]
    fremde = Zuordnung.objects.filter(schwerpunkt__in=darunter).values("kernaktivitaet")
    return _mit_zuordnungen(
        Kernaktivitaet.objects.oeffentlich()
        .zum(stichtag)
        .filter(Q(kompetenz=element) | Q(pk__in=fremde))
    )


def _mit_zuordnungen(kernaktivitaeten: KernaktivitaetQuerySet) -> list[Kernaktivitaet]:
    zuordnungen = Zuordnung.objects.select_related("schwerpunkt__eltern")
    return list(
        kernaktivitaeten.select_related("kompetenz").prefetch_related(
            Prefetch("zuordnungen", zuordnungen)
        )
    )


def _spalten(
    elemente: list[Zielelement],
    kernaktivitaeten: list[Kernaktivitaet],
    weiter: Mapping[str, str],
    auswahl: Mapping | None = None,
) -> tuple[Spalte, ...]:
    """The columns of the matrix; every count leads to the list with the same ``auswahl``."""
    auswahl = auswahl or {}
    kacheln = _kacheln(kernaktivitaeten)
    eigene = Counter(ka.kompetenz_id for ka in kernaktivitaeten)
    ziele = defaultdict(list)
    for ziel in StrategischesZiel.objects.all():
        ziele[ziel.kompetenz_id].append(ziel)
    return tuple(
        Spalte(
            kompetenz=k,
            ziele=tuple(ziele[k.pk]),
            felder=tuple(
                _feld(s, kacheln[s.pk], weiter, **auswahl, schwerpunkt=s.slug)
                for s in elemente
                if s.eltern_id == k.pk
            ),
            ohne=_feld(None, kacheln[k.pk], weiter, **auswahl, kompetenz=k.slug, schwerpunkt=OHNE),
            anzahl=Zahl(eigene[k.pk], listenadresse(weiter, **auswahl, kompetenz=k.slug)),
            soll=SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ,
        )
        for k in elemente
        if k.ebene == Ebene.KOMPETENZ
    )


def _feld(
    element: Zielelement | None, kacheln: list[Kachel], weiter: Mapping[str, str], **auswahl
) -> Feld:
    return Feld(
        schwerpunkt=element,
        kacheln=tuple(kacheln),
        anzahl=Zahl(len(kacheln), listenadresse(weiter, **auswahl)),
        soll=SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT,
    )


def _kacheln(kernaktivitaeten: Iterable[Kernaktivitaet]) -> dict[int, list[Kachel]]:
    """Tiles by the pk of their Schwerpunkt; the unassigned by the pk of their Kompetenz."""
    kacheln: dict[int, list[Kachel]] = defaultdict(list)
    for ka in kernaktivitaeten:
        schwerpunkte = [zuordnung.schwerpunkt for zuordnung in ka.zuordnungen.all()]
        if not schwerpunkte:
            kacheln[ka.kompetenz_id].append(Kachel(ka, ()))
        for hier in schwerpunkte:
            andere = tuple(s for s in schwerpunkte if s.pk != hier.pk)
            kacheln[hier.pk].append(Kachel(ka, andere))
    return kacheln


def _themen(weiter: Mapping[str, str]) -> tuple[Thema, ...]:
    oeffentlich = Q(zuordnungen__kernaktivitaet__veroeffentlicht_am__isnull=False)
    themen = Querschnittsthema.objects.annotate(anzahl=Count("zuordnungen", filter=oeffentlich))
    return tuple(
        Thema(t.titel, Zahl(t.anzahl, listenadresse(weiter, querschnittsthema=t.slug)))
        for t in themen
    )
