"""The pages about the work on the strategy, and the text pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from grundlage.zeitangabe import Zeitraum
from kernaktivitaeten.models import Kernaktivitaet, Ratsbeschluss, Verantwortung
from kernaktivitaeten.models.abfragen import mit_kernaktivitaet
from strategiearbeit.models import (
    Ausnahme,
    Barrierefreiheitserklaerung,
    Meilenstein,
    Textseite,
    Werkzeugkasten,
)
from zielsystem.models import Quelle

from .barriere import BarriereForm
from .filter import mit_parametern
from .umzug import leite_um

BEISPIELE = 12


@dataclass(frozen=True)
class Station:
    """A milestone or a decision on the timeline, or a milestone that is one and leads to it."""

    zeit: Zeitraum
    text: str
    adresse: str  # empty for a milestone that is no decision
    quellen: tuple[Quelle, ...]
    meilenstein: bool


@dataclass(frozen=True)
class Meilensteine:
    stichtag: date
    weiter: str
    vorher: tuple[Station, ...]
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
class Textansicht:
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
    """The page ``/meilensteine/``: milestones and decisions, each where it ends.

    Apart stands what was decided before the first milestone.
    """
    anhang = mit_parametern("", weiter)
    beschluesse = (
        Ratsbeschluss.objects.oeffentlich()
        .gefasst_bis(stichtag)
        .select_related("quelle", "tranche")
    )
    alle = list(Meilenstein.objects.select_related("quelle"))
    beginn = min((m.datum_von for m in alle), default=date.min)
    stationen = _stationen(
        [m for m in alle if m.datum_von <= stichtag], list(reversed(beschluesse)), anhang
    )
    return Meilensteine(
        stichtag=stichtag,
        weiter=anhang,
        vorher=tuple(s for s in stationen if s.zeit.bis < beginn),
        stationen=tuple(s for s in stationen if s.zeit.bis >= beginn),
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
    """The page of one toolbox; raises ``Http404`` if there is none.

    Raises ``Umgezogen`` for a former address.
    """
    alle = Werkzeugkasten.objects.select_related("quelle")
    gefunden = alle.filter(slug=slug).first()
    if gefunden is None:
        leite_um(alle, slug)
        raise Http404("Diesen Werkzeugkasten gibt es nicht.")
    return Werkzeugkastenseite(stichtag, mit_parametern("", weiter), gefunden)


def textseite(slug: str, stichtag: date, weiter: Mapping[str, str]) -> Textansicht:
    """A text page; raises ``Http404`` if there is none, ``Umgezogen`` for a former address."""
    alle = Textseite.objects.select_related("quelle").filter(eigene_seite=True)
    text = alle.filter(slug=slug).first()
    if text is None:
        leite_um(alle, slug)
        raise Http404
    return Textansicht(stichtag, mit_parametern("", weiter), text)


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


def _stationen(
    meilensteine: list[Meilenstein], beschluesse: list[Ratsbeschluss], anhang: str
) -> list[Station]:
    """Both as one line by their last day; a decision that a milestone names stands once, in it."""
    derselbe = {m.pk: _beschluss(m, beschluesse) for m in meilensteine}
    schon_da = [b.pk for b in derselbe.values() if b]
    zeilen = [
        _station(b.zeit, b.titel, b, (b.quelle,), anhang)
        for b in beschluesse
        if b.pk not in schon_da
    ]
    for m in meilensteine:
        b = derselbe[m.pk]
        quellen = dict.fromkeys([m.quelle, b.quelle] if b else [m.quelle])
        zeit = b.zeit if b else m.zeit
        zeilen.append(_station(zeit, m.text, b, tuple(quellen), anhang, meilenstein=True))
    return sorted(zeilen, key=lambda station: station.zeit.bis)


def _station(
    zeit: Zeitraum,
    text: str,
    beschluss: Ratsbeschluss | None,
    quellen: tuple[Quelle, ...],
    anhang: str,
    *,
    meilenstein: bool = False,
) -> Station:
    adresse = beschluss.get_absolute_url() + anhang if beschluss else ""
    return Station(zeit, text, adresse, quellen, meilenstein)


def _beschluss(
    meilenstein: Meilenstein, beschluesse: Iterable[Ratsbeschluss]
) -> Ratsbeschluss | None:
    """The one decision in its period that the milestone names, by its title or by its Tranche."""
    text = meilenstein.text
    genannt = [
        b
        for b in beschluesse
        if meilenstein.datum_von <= b.datum_von
        and b.datum_bis <= meilenstein.datum_bis
        and (b.titel in text or (text.startswith("Ratsbeschluss") and f"({b.tranche})" in text))
    ]
    return genannt[0] if len(genannt) == 1 else None
