"""The page of one Kernaktivität: everything that is known about it, with its sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kernaktivitaeten.models import (
    Angabe,
    Beschlusswirkung,
    Kernaktivitaet,
    Lage,
    Messwert,
    Ort,
    Planangabe,
    Projektziel,
    Querschnittszuordnung,
    Statusmeldung,
    Verantwortung,
    Zuordnung,
)
from kernaktivitaeten.models.ziele_plan import Aussage
from zielsystem.models import Quelle, Zielelement

from .akte import lade, quellen
from .filter import mit_parametern
from .liste import sortiername

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

    projektziel: Projektziel
    messwerte: tuple[Messwert, ...]


@dataclass(frozen=True)
class Planverlauf:
    """The statements of one kind of plan in their order; the last is the present one.

    ``belegt`` is false on a past day when it is not known whether the last was there by then.
    """

    name: str
    ueberholt: tuple[Planangabe, ...]
    aktuell: Planangabe
    belegt: bool


@dataclass(frozen=True)
class Angaben:
    """The further statements of one kind."""

    name: str
    angaben: tuple[Angabe, ...]


@dataclass(frozen=True)
class Nachbar:
    """Another Kernaktivität to go on to."""

    titel: str
    adresse: str


@dataclass(frozen=True)
class Detail:
    stichtag: date
    weiter: str
    ka: Kernaktivitaet
    kompetenz: Zielelement
    meldung: Statusmeldung | None
    beschreibung: tuple[Angabe, ...]
    zuordnungen: tuple[Zuordnung, ...]
    themen: tuple[Querschnittszuordnung, ...]
    bezeichnungen: tuple[str, ...]
    vorgaenger: tuple[Kernaktivitaet, ...]
    ziele: tuple[Ziel, ...]
    ergebnisse: tuple[Messwert, ...]
    gegenueber: bool
    plaene: tuple[Planverlauf, ...]
    verstrichen: Planverlauf | None
    neuer: Statusmeldung | None
    verantwortungen: tuple[Verantwortung, ...]
    beschluesse: tuple[Beschlusswirkung, ...]
    auftrag: Beschlusswirkung | None
    meldungen: tuple[Statusmeldung, ...]
    weitere: tuple[Angaben, ...]
    orte: tuple[Ort, ...]
    quellen: tuple[Quelle, ...]
    zurueck: Nachbar | None
    vor: Nachbar | None


def detail(slug: str, stichtag: date, weiter: Mapping[str, str], heute: date) -> Detail:
    """The page ``/kernaktivitaeten/<slug>/``; ``heute`` tells a past day from the present.

    Raises ``Umgezogen`` for a former address and ``Http404`` if there is none to be seen.
    """
    ka = lade(slug, stichtag)
    meldungen = tuple(_meldungen(ka, stichtag))
    anhang = mit_parametern("", weiter)
    zurueck, vor = _nachbarn(ka, anhang)
    return Detail(
        stichtag=stichtag,
        weiter=anhang,
        ka=ka,
        kompetenz=ka.kompetenz,
        meldung=next((m for m in meldungen if m.pk == ka.lagebild.meldung), None),
        meldungen=meldungen,
        verantwortungen=tuple(sorted(ka.verantwortungen.all(), key=_rang)),
        orte=tuple(ka.orte.all()),
        quellen=quellen(ka, meldungen),
        zurueck=zurueck,
        vor=vor,
        **_einordnung(ka),
        **_beschlossen(ka, stichtag),
        **_inhalt(ka, stichtag, heute, _neuer(ka, meldungen)),
    )


def _meldungen(ka: Kernaktivitaet, stichtag: date) -> Iterable[Statusmeldung]:
    """The statements up to the day; what replaced them, or they it, if it was there, too."""
    alle = [m for m in ka.statusmeldungen.all() if m.zaehlt_ab <= stichtag]
    frueher = {m.ersetzt_durch_id: m for m in alle if m.ersetzt_durch_id}
    for meldung in alle:
        meldung.ersetzt_frueher = frueher.get(meldung.pk)
        if meldung.ersetzt_durch not in alle:
            meldung.ersetzt_durch = None
        if not meldung.nennt_beschluss:
            meldung.beschluss = None
        yield meldung


def _einordnung(ka: Kernaktivitaet) -> dict[str, Any]:
    """Where it belongs, what else it is called, and what went into it."""
    return {
        "zuordnungen": tuple(ka.zuordnungen.all()),
        "themen": tuple(ka.querschnittszuordnungen.all()),
        "bezeichnungen": tuple(
            b.text for b in ka.bezeichnungen.all() if sortiername(b.text) != sortiername(ka.titel)
        ),
        "vorgaenger": tuple(meldung.kernaktivitaet for meldung in ka.ueberfuehrungen.all()),
    }


def _beschlossen(ka: Kernaktivitaet, stichtag: date) -> dict[str, Any]:
    """What was decided about it by the day, and the decision that commissioned it."""
    wirkungen = tuple(w for w in ka.beschlusswirkungen.all() if w.beschluss.datum_bis <= stichtag)
    auftrag = next((w for w in wirkungen if w.wirkung == w.Wirkung.BEAUFTRAGT), None)
    return {"beschluesse": wirkungen, "auftrag": auftrag}


def _inhalt(
    ka: Kernaktivitaet, stichtag: date, heute: date, neuer: Statusmeldung | None
) -> dict[str, Any]:
    """What it is about, its goals beside their results, its plans, all that belongs to the day."""

    def vom_tag(aussagen: Iterable[Aussage]) -> list[Aussage]:
        return [aussage for aussage in aussagen if aussage.gehoert_zum(stichtag, heute)]

    angaben = vom_tag(ka.angaben.all())
    ergebnisse = vom_tag(ka.messwerte.all())
    plaene = tuple(_plaene(vom_tag(ka.planangaben.all()), stichtag == heute))
    return {
        "beschreibung": tuple(a for a in angaben if a.art == Angabe.Art.BESCHREIBUNG),
        "weitere": tuple(_weitere(angaben)),
        "ziele": tuple(
            Ziel(ziel, tuple(m for m in ergebnisse if m.projektziel_id == ziel.pk))
            for ziel in vom_tag(ka.projektziele.all())
        ),
        "ergebnisse": tuple(m for m in ergebnisse if m.projektziel_id is None),
        "gegenueber": any(m.projektziel_id is not None for m in ergebnisse),
        "plaene": plaene,
        "verstrichen": _verstrichen(ka, plaene, stichtag, neuer),
        "neuer": neuer,
    }


def _plaene(planangaben: Iterable[Planangabe], ist_heute: bool) -> Iterable[Planverlauf]:
    for art in Planangabe.Art:
        verlauf = [p for p in planangaben if p.art == art]
        if verlauf:
            belegt = ist_heute or verlauf[-1].datum_von is not None
            yield Planverlauf(art.label, tuple(verlauf[:-1]), verlauf[-1], belegt)


def _verstrichen(
    ka: Kernaktivitaet, plaene: Iterable[Planverlauf], stichtag: date, neuer: Statusmeldung | None
) -> Planverlauf | None:
    """The completion that was planned last, if it has passed and the Kernaktivität runs on.

    News after it that nobody has decided on yet may say that it was kept: then nothing is said.
    """
    for plan in plaene if ka.lage == Lage.LAUFEND else ():
        termin = plan.aktuell.termin_bis
        if termin is not None and termin < stichtag:
            return None if neuer is not None and neuer.zaehlt_ab > termin else plan
    return None


def _neuer(ka: Kernaktivitaet, meldungen: Iterable[Statusmeldung]) -> Statusmeldung | None:
    """The newest news that came after the statement from which the status comes."""
    stand = ka.lagebild.stand_tag
    if stand is None:
        return None
    neue = (m for m in meldungen if m.zurueckgezogen_am is None and m.zaehlt_ab > stand)
    return next(neue, None)


def _weitere(angaben: Iterable[Angabe]) -> Iterable[Angaben]:
    """The statements that are not descriptions, by kind."""
    for art in Angabe.Art:
        gruppe = tuple(a for a in angaben if a.art == art)
        if gruppe and art != Angabe.Art.BESCHREIBUNG:
            yield Angaben(UEBERSCHRIFTEN[art], gruppe)


def _rang(verantwortung: Verantwortung) -> int:
    """Roles in the order in which the model names them."""
    return Verantwortung.Rolle.values.index(verantwortung.rolle)


def _nachbarn(ka: Kernaktivitaet, anhang: str) -> tuple[Nachbar | None, Nachbar | None]:
    """Previous and next within the Kompetenz."""
    reihe = list(
        Kernaktivitaet.objects.oeffentlich().filter(kompetenz=ka.kompetenz_id).order_by("nr")
    )
    stelle = next(i for i, andere in enumerate(reihe) if andere.pk == ka.pk)
    davor = reihe[stelle - 1] if stelle else None
    danach = reihe[stelle + 1] if stelle + 1 < len(reihe) else None
    return tuple(
        Nachbar(andere.titel, andere.get_absolute_url() + anhang) if andere else None
        for andere in (davor, danach)
    )
