"""The pages about the work on the strategy, and the text pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.http import Http404

from grundlage.zeitangabe import Zeitraum
from kernaktivitaeten.models import Verantwortung
from strategiearbeit.models import Textseite, Werkzeugkasten
from zielsystem.models import Ebene

from .barriere import BarriereForm
from .bestand import Bestand, fakten
from .filter import mit_parametern
from .umzug import leite_um

BEISPIELE = 12


@dataclass(frozen=True)
class Station:
    """A milestone or a decision on the timeline, or a milestone that is one and leads to it."""

    zeit: Zeitraum
    text: str
    adresse: str  # empty for a milestone that is no decision
    quellen: tuple[fakten.Quelle, ...]
    meilenstein: bool


@dataclass(frozen=True)
class Meilensteine:
    stichtag: date
    weiter: str
    vorher: tuple[Station, ...]
    stationen: tuple[Station, ...]


@dataclass(frozen=True)
class Beispiel:
    """Who answers for a Kernaktivität in the line."""

    ka: fakten.Kernaktivitaet
    verantwortung: fakten.Verantwortung


@dataclass(frozen=True)
class Strategiearbeit:
    stichtag: date
    weiter: str
    text: fakten.Textseite | None
    beispiele: tuple[Beispiel, ...]
    kompetenzen: tuple[fakten.Verantwortung, ...]
    werkzeugkaesten: tuple[fakten.Werkzeugkasten, ...]


@dataclass(frozen=True)
class Werkzeugkastenseite:
    stichtag: date
    weiter: str
    werkzeugkasten: fakten.Werkzeugkasten


@dataclass(frozen=True)
class Textansicht:
    stichtag: date
    weiter: str
    text: fakten.Textseite


@dataclass(frozen=True)
class Barrierefreiheit:
    stichtag: date
    weiter: str
    erklaerung: fakten.Barrierefreiheitserklaerung | None


@dataclass(frozen=True)
class Seite:
    stichtag: date
    weiter: str


@dataclass(frozen=True)
class Meldeseite:
    stichtag: date
    weiter: str
    form: BarriereForm


def meilensteine(bestand: Bestand, stichtag: date, weiter: Mapping[str, str]) -> Meilensteine:
    """The page ``/meilensteine/``: milestones and decisions, each where it ends.

    Apart stands what was decided before the first milestone.
    """
    anhang = mit_parametern("", weiter)
    alle = bestand.meilensteine
    beginn = min((m.datum_von for m in alle), default=date.min)
    bis_dahin = [m for m in alle if m.datum_von <= stichtag]
    stationen = _stationen(bis_dahin, bestand.beschluesse_bis(stichtag)[::-1], anhang)
    return Meilensteine(
        stichtag=stichtag,
        weiter=anhang,
        vorher=tuple(s for s in stationen if s.zeit.bis < beginn),
        stationen=tuple(s for s in stationen if s.zeit.bis >= beginn),
    )


def strategiearbeit(bestand: Bestand, stichtag: date, weiter: Mapping[str, str]) -> Strategiearbeit:
    """The page ``/strategiearbeit/``."""
    in_der_linie = (
        Beispiel(ka, verantwortung)
        for ka in bestand.kernaktivitaeten
        for verantwortung in ka.verantwortungen
        if verantwortung.rolle == Verantwortung.Rolle.LINIE
    )
    return Strategiearbeit(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        text=abschnitt(bestand, "kernaktivitaet-angelegt"),
        beispiele=tuple(islice(in_der_linie, BEISPIELE)),
        kompetenzen=tuple(
            v
            for k in bestand.auf_ebene(Ebene.KOMPETENZ)
            for v in bestand.kompetenzverantwortungen
            if v.kompetenz is k and v.rolle == Verantwortung.Rolle.KOMPETENZ
        ),
        werkzeugkaesten=bestand.werkzeugkaesten,
    )


def werkzeugkasten(
    bestand: Bestand, slug: str, stichtag: date, weiter: Mapping[str, str]
) -> Werkzeugkastenseite:
    """The page of one toolbox; raises ``Http404`` if there is none.

    Raises ``Umgezogen`` for a former address.
    """
    gefunden = next((w for w in bestand.werkzeugkaesten if w.slug == slug), None)
    if gefunden is None:
        leite_um(Werkzeugkasten.objects.all(), slug)
        raise Http404("Diesen Werkzeugkasten gibt es nicht.")
    return Werkzeugkastenseite(stichtag, mit_parametern("", weiter), gefunden)


def textseite(
    bestand: Bestand, slug: str, stichtag: date, weiter: Mapping[str, str]
) -> Textansicht:
    """A text page; raises ``Http404`` if there is none, ``Umgezogen`` for a former address."""
    text = abschnitt(bestand, slug)
    if text is None or not text.eigene_seite:
        leite_um(Textseite.objects.filter(eigene_seite=True), slug)
        raise Http404
    return Textansicht(stichtag, mit_parametern("", weiter), text)


def barrierefreiheit(
    bestand: Bestand, stichtag: date, weiter: Mapping[str, str]
) -> Barrierefreiheit:
    """The statement on accessibility: the newest one."""
    erklaerung = next(iter(bestand.erklaerungen), None)
    return Barrierefreiheit(stichtag, mit_parametern("", weiter), erklaerung)


def barriere_melden(form: BarriereForm, stichtag: date, weiter: Mapping[str, str]) -> Meldeseite:
    """The page ``/barriere-melden/`` with a form that is empty or was sent with errors."""
    return Meldeseite(stichtag, mit_parametern("", weiter), form)


def barriere_gemeldet(stichtag: date, weiter: Mapping[str, str]) -> Seite:
    """The page that thanks for a report."""
    return Seite(stichtag, mit_parametern("", weiter))


def abschnitt(bestand: Bestand, slug: str) -> fakten.Textseite | None:
    """A text that the office writes; ``None`` while there is none."""
    return next((text for text in bestand.textseiten if text.slug == slug), None)


def _stationen(
    meilensteine: Sequence[fakten.Meilenstein],
    beschluesse: Sequence[fakten.Ratsbeschluss],
    anhang: str,
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
    beschluss: fakten.Ratsbeschluss | None,
    quellen: tuple[fakten.Quelle, ...],
    anhang: str,
    *,
    meilenstein: bool = False,
) -> Station:
    adresse = beschluss.pfad + anhang if beschluss else ""
    return Station(zeit, text, adresse, quellen, meilenstein)


def _beschluss(
    meilenstein: fakten.Meilenstein, beschluesse: Iterable[fakten.Ratsbeschluss]
) -> fakten.Ratsbeschluss | None:
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
