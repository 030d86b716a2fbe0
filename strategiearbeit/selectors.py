"""The pages about the work on the strategy, and the text pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from bochum_strategie.auswahl import mit_parametern
from bochum_strategie.zeitangabe import Zeitraum
from kernaktivitaeten.models import Kernaktivitaet, Ratsbeschluss, Verantwortung
from kernaktivitaeten.models.abfragen import mit_kernaktivitaet
from zielsystem.models import Quelle

from .forms import BarriereForm
from .models import (
    Ausnahme,
    Barrierefreiheitserklaerung,
    Meilenstein,
    Textseite,
    Werkzeugkasten,
)

BEISPIELE = 12


@dataclass(frozen=True)
class Station:
    """A milestone or a decision on the timeline; ``adresse`` is empty for milestones."""

    zeit: Zeitraum
    text: str
    adresse: str
    quelle: Quelle


@dataclass(frozen=True)
class Meilensteine:
    stichtag: date
    weiter: str
    stationen: tuple[Station, ...]


@dataclass(frozen=True)
class Strategiearbeit:
    stichtag: date
    weiter: str
    text: Textseite | None
    beispiele: tuple[Verantwortung, ...]
    kompetenzen: tuple[Verantwortung, ...]
    werkzeugkaesten: tuple[Werkzeugkasten, ...]


@dataclass(frozen=True)
class Werkzeugkastenseite:
    stichtag: date
    weiter: str
    werkzeugkasten: Werkzeugkasten


@dataclass(frozen=True)
class Text:
    stichtag: date
    weiter: str
    text: Textseite


@dataclass(frozen=True)
class Barrierefreiheit:
    stichtag: date
    weiter: str
    erklaerung: Barrierefreiheitserklaerung | None
    ausnahmen: tuple[Ausnahme, ...]


@dataclass(frozen=True)
class Seite:
    stichtag: date
    weiter: str


@dataclass(frozen=True)
class Meldeseite:
    stichtag: date
    weiter: str
    form: BarriereForm


def meilensteine(stichtag: date, weiter: Mapping[str, str]) -> Meilensteine:
    """The page ``/meilensteine/``: milestones in the order of the source, decisions between."""
    anhang = mit_parametern("", weiter)
    beschluesse = Ratsbeschluss.objects.oeffentlich().gefasst_bis(stichtag).select_related("quelle")
    meilensteine = Meilenstein.objects.filter(datum_von__lte=stichtag).select_related("quelle")
    return Meilensteine(
        stichtag=stichtag,
        weiter=anhang,
        stationen=tuple(
            _stationen(
                [Station(m.zeit, m.text, "", m.quelle) for m in meilensteine],
                [
                    Station(b.zeit, b.titel, b.get_absolute_url() + anhang, b.quelle)
                    for b in beschluesse
                ],
            )
        ),
    )


def strategiearbeit(stichtag: date, weiter: Mapping[str, str]) -> Strategiearbeit:
    """The page ``/strategiearbeit/``."""
    verantwortungen = Verantwortung.objects.mit_aemtern()
    return Strategiearbeit(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        text=abschnitt("kernaktivitaet-angelegt"),
        beispiele=tuple(
            mit_kernaktivitaet(
                verantwortungen.oeffentlich()
                .filter(rolle=Verantwortung.Rolle.LINIE)
                .order_by("kernaktivitaet__kompetenz__reihenfolge", "kernaktivitaet__nr")[
                    :BEISPIELE
                ],
                Kernaktivitaet.objects.oeffentlich().select_related("kompetenz"),
            )
        ),
        kompetenzen=tuple(
            verantwortungen.filter(rolle=Verantwortung.Rolle.KOMPETENZ)
            .select_related("kompetenz")
            .order_by("kompetenz__reihenfolge", "pk")
        ),
        werkzeugkaesten=tuple(Werkzeugkasten.objects.select_related("quelle")),
    )


def werkzeugkasten(slug: str, stichtag: date, weiter: Mapping[str, str]) -> Werkzeugkastenseite:
    """The page of one toolbox; raises ``Http404`` if there is none."""
    gefunden = Werkzeugkasten.objects.select_related("quelle").filter(slug=slug).first()
    if gefunden is None:
        raise Http404("Diesen Werkzeugkasten gibt es nicht.")
    return Werkzeugkastenseite(stichtag, mit_parametern("", weiter), gefunden)


def textseite(slug: str, stichtag: date, weiter: Mapping[str, str]) -> Text:
    """A text page; raises ``Http404`` if there is none."""
    gefunden = Textseite.objects.select_related("quelle").filter(slug=slug, eigene_seite=True)
    text = gefunden.first()
    if text is None:
        raise Http404
    return Text(stichtag, mit_parametern("", weiter), text)


def barrierefreiheit(stichtag: date, weiter: Mapping[str, str]) -> Barrierefreiheit:
    """The statement on accessibility: the newest one."""
    erklaerung = Barrierefreiheitserklaerung.objects.prefetch_related("ausnahmen").first()
    return Barrierefreiheit(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        erklaerung=erklaerung,
        ausnahmen=tuple(erklaerung.ausnahmen.all()) if erklaerung else (),
    )


def barriere_melden(form: BarriereForm, stichtag: date, weiter: Mapping[str, str]) -> Meldeseite:
    """The page ``/barriere-melden/`` with a form that is empty or was sent with errors."""
    return Meldeseite(stichtag, mit_parametern("", weiter), form)


def barriere_gemeldet(stichtag: date, weiter: Mapping[str, str]) -> Seite:
    """The page that thanks for a report."""
    return Seite(stichtag, mit_parametern("", weiter))


def abschnitt(slug: str) -> Textseite | None:
    """A section that the office writes; ``None`` while there is none."""
    return Textseite.objects.select_related("quelle").filter(slug=slug).first()


def _stationen(meilensteine: list[Station], beschluesse: list[Station]) -> Iterable[Station]:
    """Both as one line: the milestones keep their order, and before each stand the decisions
    that were certainly taken by its end and have not been shown yet."""
    offen = sorted(beschluesse, key=lambda station: station.zeit.bis)
    for meilenstein in meilensteine:
        while offen and offen[0].zeit.bis <= meilenstein.zeit.bis:
            yield offen.pop(0)
        yield meilenstein
    yield from offen
