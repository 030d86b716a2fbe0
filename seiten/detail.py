"""The page of one Kernaktivität: everything that is known about it, with its sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404

from kernaktivitaeten.models import (
    Angabe,
    Beschlusswirkung,
    Kernaktivitaet,
    Lage,
    Lagebild,
    Planangabe,
    Verantwortung,
)

from .akte import Meldungseintrag, Nachbar, meldungen, nachbarn, quellen, vorgaenger
from .bestand import Bestand, fakten
from .bestand.fakten import sortiername
from .filter import mit_parametern
from .umzug import leite_um

UEBERSCHRIFTEN = {
    Angabe.Art.EREIGNIS: "Weitere Ereignisse",
    Angabe.Art.ENDE: "Befristung",
    Angabe.Art.ERGEBNIS: "Weitere Berichte",
    Angabe.Art.KOSTEN: "Mittel und Kosten",
    Angabe.Art.PARTNER: "Wer beteiligt ist",
}


@dataclass(frozen=True)
class Ziel:
    """A goal with the results that belong to it."""

    projektziel: fakten.Projektziel
    messwerte: tuple[fakten.Messwert, ...]


@dataclass(frozen=True)
class Planverlauf:
    """The statements of one kind of plan in their order; the last is the present one.

    ``belegt`` is false on a past day when it is not known whether the last was there by then.
    """

    name: str
    ueberholt: tuple[fakten.Planangabe, ...]
    aktuell: fakten.Planangabe
    belegt: bool


@dataclass(frozen=True)
class Angaben:
    """The further statements of one kind."""

    name: str
    angaben: tuple[fakten.Angabe, ...]


@dataclass(frozen=True)
class Detail:
    stichtag: date
    weiter: str
    ka: fakten.Kernaktivitaet
    bild: Lagebild
    kompetenz: fakten.Zielelement
    meldung: fakten.Statusmeldung | None
    nachfolger: fakten.Kernaktivitaet | None
    beschreibung: tuple[fakten.Angabe, ...]
    zuordnungen: tuple[fakten.Zuordnung, ...]
    themen: tuple[fakten.Querschnittszuordnung, ...]
    bezeichnungen: tuple[str, ...]
    vorgaenger: tuple[fakten.Kernaktivitaet, ...]
    ziele: tuple[Ziel, ...]
    ergebnisse: tuple[fakten.Messwert, ...]
    gegenueber: bool
    plaene: tuple[Planverlauf, ...]
    verstrichen: Planverlauf | None
    neuer: fakten.Statusmeldung | None
    verantwortungen: tuple[fakten.Verantwortung, ...]
    beschluesse: tuple[fakten.Beschlusswirkung, ...]
    auftrag: fakten.Beschlusswirkung | None
    meldungen: tuple[Meldungseintrag, ...]
    weitere: tuple[Angaben, ...]
    orte: tuple[fakten.Ort, ...]
    quellen: tuple[fakten.Quelle, ...]
    zurueck: Nachbar | None
    vor: Nachbar | None


def detail(
    bestand: Bestand, slug: str, stichtag: date, weiter: Mapping[str, str], heute: date
) -> Detail:
    """The page ``/kernaktivitaeten/<slug>/``; ``heute`` tells a past day from the present.

    Raises ``Umgezogen`` for a former address and ``Http404`` if there is none to be seen.
    """
    ka = _gefunden(bestand, slug)
    bild = bestand.stand(ka.pk, stichtag).lagebild
    bis_dahin = tuple(meldungen(ka, stichtag))
    anhang = mit_parametern("", weiter)
    zurueck, vor = nachbarn(bestand, ka, anhang)
    meldung = next((m.meldung for m in bis_dahin if m.meldung.pk == bild.meldung), None)
    return Detail(
        stichtag=stichtag,
        weiter=anhang,
        ka=ka,
        bild=bild,
        kompetenz=ka.kompetenz,
        meldung=meldung,
        nachfolger=bestand.je_pk.get(meldung.nachfolger_id) if meldung else None,
        meldungen=bis_dahin,
        verantwortungen=tuple(sorted(ka.verantwortungen, key=_rang)),
        orte=ka.orte,
        quellen=quellen(ka, (m.meldung for m in bis_dahin)),
        zurueck=zurueck,
        vor=vor,
        vorgaenger=vorgaenger(bestand, ka, stichtag),
        **_einordnung(ka),
        **_beschlossen(ka, stichtag),
        **_inhalt(ka, bild, stichtag, heute, _neuer(bild, bis_dahin)),
    )


def _gefunden(bestand: Bestand, slug: str) -> fakten.Kernaktivitaet:
    if slug not in bestand.je_slug:
        leite_um(Kernaktivitaet.objects.oeffentlich(), slug)
        raise Http404("Diese Kernaktivität gibt es nicht.")
    return bestand.je_slug[slug]


def _einordnung(ka: fakten.Kernaktivitaet) -> dict[str, Any]:
    """Where it belongs, and what else it is called."""
    namen = (b.text for b in ka.bezeichnungen)
    return {
        "zuordnungen": ka.zuordnungen,
        "themen": ka.querschnittszuordnungen,
        "bezeichnungen": tuple(n for n in namen if sortiername(n) != ka.sortiername),
    }


def _beschlossen(ka: fakten.Kernaktivitaet, stichtag: date) -> dict[str, Any]:
    """What was decided about it by the day, and the decision that commissioned it."""
    wirkungen = tuple(w for w in ka.beschlusswirkungen if w.beschluss.datum_bis <= stichtag)
    beauftragt = Beschlusswirkung.Wirkung.BEAUFTRAGT
    auftrag = next((w for w in wirkungen if w.wirkung == beauftragt), None)
    return {"beschluesse": wirkungen, "auftrag": auftrag}


def _inhalt(
    ka: fakten.Kernaktivitaet,
    bild: Lagebild,
    stichtag: date,
    heute: date,
    neuer: fakten.Statusmeldung | None,
) -> dict[str, Any]:
    """What it is about, its goals beside their results, its plans, all that belongs to the day."""

    def vom_tag(aussagen: Iterable[fakten.Aussage]) -> list[fakten.Aussage]:
        return [aussage for aussage in aussagen if aussage.gehoert_zum(stichtag, heute)]

    angaben = vom_tag(ka.angaben)
    ergebnisse = vom_tag(ka.messwerte)
    plaene = tuple(_plaene(vom_tag(ka.planangaben), stichtag == heute))
    return {
        "beschreibung": tuple(a for a in angaben if a.art == Angabe.Art.BESCHREIBUNG),
        "weitere": tuple(_weitere(angaben)),
        "ziele": tuple(
            Ziel(ziel, tuple(m for m in ergebnisse if m.projektziel_id == ziel.pk))
            for ziel in vom_tag(ka.projektziele)
        ),
        "ergebnisse": tuple(m for m in ergebnisse if m.projektziel_id is None),
        "gegenueber": any(m.projektziel_id is not None for m in ergebnisse),
        "plaene": plaene,
        "verstrichen": _verstrichen(bild, plaene, stichtag, neuer),
        "neuer": neuer,
    }


def _plaene(planangaben: Iterable[fakten.Planangabe], ist_heute: bool) -> Iterable[Planverlauf]:
    for art in Planangabe.Art:
        verlauf = [p for p in planangaben if p.art == art]
        if verlauf:
            belegt = ist_heute or verlauf[-1].datum_von is not None
            yield Planverlauf(art.label, tuple(verlauf[:-1]), verlauf[-1], belegt)


def _verstrichen(
    bild: Lagebild,
    plaene: Iterable[Planverlauf],
    stichtag: date,
    neuer: fakten.Statusmeldung | None,
) -> Planverlauf | None:
    """The completion that was planned last, if it has passed and the Kernaktivität runs on.

    News after it that nobody has decided on yet may say that it was kept: then nothing is said.
    """
    for plan in plaene if bild.lage == Lage.LAUFEND else ():
        termin = plan.aktuell.termin_bis
        if termin is not None and termin < stichtag:
            return None if neuer is not None and neuer.zaehlt_ab > termin else plan
    return None


def _neuer(bild: Lagebild, meldungen: Iterable[Meldungseintrag]) -> fakten.Statusmeldung | None:
    """The newest news that came after the statement from which the status comes."""
    if bild.stand_tag is None:
        return None
    gueltige = (m.meldung for m in meldungen if m.meldung.zurueckgezogen_am is None)
    return next((m for m in gueltige if m.zaehlt_ab > bild.stand_tag), None)


def _weitere(angaben: Iterable[fakten.Angabe]) -> Iterable[Angaben]:
    """The statements that are not descriptions, by kind."""
    for art in Angabe.Art:
        gruppe = tuple(a for a in angaben if a.art == art)
        if gruppe and art != Angabe.Art.BESCHREIBUNG:
            yield Angaben(UEBERSCHRIFTEN[art], gruppe)


def _rang(verantwortung: fakten.Verantwortung) -> int:
    """Roles in the order in which the model names them."""
    return Verantwortung.Rolle.values.index(verantwortung.rolle)
