"""The list of Kernaktivitäten: filtered, sorted, paged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from kernaktivitaeten.models import Lage

from .bestand import Bestand, Stand
from .filter import (
    Filter,
    Option,
    lies_filter,
    listenadresse,
    mit_parametern,
    nicht_beruecksichtigt,
)

JE_SEITE = 25
SORTIERUNGEN = {
    "nummer": "Kompetenz und Nummer",
    "name": "Name",
    "status": "Status",
    "neueste": "neuester Eintrag",
}
RELEVANZ = "relevanz"
LAGEN = [lage.value for lage in Lage]


@dataclass(frozen=True)
class Gewaehlt:
    """A chosen filter value and the address of the list without it."""

    merkmal: str
    name: str
    adresse_ohne: str


@dataclass(frozen=True)
class Listenblatt:
    """One page of a paged list; neighbours are empty at the ends."""

    nummer: int
    von: int
    zurueck: str
    vor: str


@dataclass(frozen=True)
class Liste:
    stichtag: date
    weiter: str
    parameter: tuple[tuple[str, str], ...]
    filter: Filter
    gewaehlt: tuple[Gewaehlt, ...]
    hinweise: tuple[str, ...]
    sortierung: str  # empty: the usual one
    sortierungen: tuple[Option, ...]
    anzahl: int
    gesamt: int
    kernaktivitaeten: tuple[Stand, ...]
    blatt: Listenblatt
    adresse_alle: str
    adresse_csv: str
    adresse_json: str


def liste(
    bestand: Bestand, parameter: MultiValueDict, stichtag: date, weiter: Mapping[str, str]
) -> Liste:
    """The page ``/kernaktivitaeten/`` for the parameters of the address."""
    auswahl = lies_filter(bestand, parameter, suche_am=stichtag)
    hinweise = list(auswahl.hinweise)
    sortierung = lies_sortierung(parameter, auswahl, hinweise)
    alle = bestand.am(stichtag)
    zeilen = sortiert(auswahl.wende_an(alle), sortierung, stichtag, auswahl.treffer)
    blatt, gezeigt = _blatt(parameter, zeilen, hinweise)
    ueblich = sortierung == next(iter(_sortierungen(auswahl)))
    geordnet = {} if ueblich else {"sortierung": sortierung}
    frage = auswahl.auswahl | geordnet
    return Liste(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        parameter=tuple(weiter.items()),
        filter=auswahl,
        gewaehlt=_gewaehlt(auswahl, {**geordnet, **weiter}),
        hinweise=tuple(hinweise),
        sortierung=geordnet.get("sortierung", ""),
        sortierungen=tuple(
            Option(w, n, w == sortierung) for w, n in _sortierungen(auswahl).items()
        ),
        anzahl=len(zeilen),
        gesamt=len(alle),
        kernaktivitaeten=tuple(gezeigt),
        blatt=_listenblatt(blatt, _blaetter(len(zeilen)), weiter, frage),
        adresse_alle=listenadresse(weiter),
        adresse_csv=mit_parametern(reverse("kernaktivitaeten:liste_csv"), weiter, **frage),
        adresse_json=mit_parametern(reverse("kernaktivitaeten:liste_json"), weiter, **frage),
    )


def lies_sortierung(parameter: MultiValueDict, auswahl: Filter, hinweise: list[str]) -> str:
    """The order asked for; an unknown one is named in ``hinweise``, and the usual one taken."""
    sortierungen = _sortierungen(auswahl)
    ueblich = next(iter(sortierungen))
    wert = parameter.get("sortierung") or ueblich
    if wert in sortierungen:
        return wert
    hinweise.append(nicht_beruecksichtigt("Sortierung", wert, "Diesen Wert gibt es nicht."))
    return ueblich


def _sortierungen(auswahl: Filter) -> dict[str, str]:
    """The orders on offer, the usual one first: with a search the best hits."""
    return ({RELEVANZ: "beste Treffer"} if auswahl.suche else {}) | SORTIERUNGEN


def sortiert(
    staende: list[Stand], sortierung: str, stichtag: date, treffer: Sequence[int] = ()
) -> list[Stand]:
    """The rows in the order asked for; ``treffer`` are the primary keys of a search, best first.

    They come in that of their numbers, and keep it where the order asked for leaves it open.
    """
    if sortierung == RELEVANZ:
        rang = {pk: nr for nr, pk in enumerate(treffer)}
        return sorted(staende, key=lambda stand: rang[stand.ka.pk])
    if sortierung == "name":
        return sorted(staende, key=lambda stand: stand.ka.sortiername)
    if sortierung == "status":
        return sorted(staende, key=lambda stand: LAGEN.index(stand.lage))
    if sortierung == "neueste":
        return sorted(staende, key=lambda stand: stand.ka.neuester_eintrag(stichtag), reverse=True)
    return staende


def _blaetter(anzahl: int) -> int:
    return max(1, -(-anzahl // JE_SEITE))


def _blatt(
    parameter: MultiValueDict, staende: list[Stand], hinweise: list[str]
) -> tuple[int, list[Stand]]:
    """Number of the page asked for and its rows; an impossible one is named, and page 1 shown."""
    wert = parameter.get("seite") or "1"
    moeglich = wert.isascii() and wert.isdigit() and len(wert) < 9
    blatt = int(wert) if moeglich and 1 <= int(wert) <= _blaetter(len(staende)) else 0
    if not blatt:
        hinweise.append(nicht_beruecksichtigt("Seite", wert, "Diese Seite gibt es nicht."))
        blatt = 1
    return blatt, staende[(blatt - 1) * JE_SEITE : blatt * JE_SEITE]


def _listenblatt(nummer: int, von: int, weiter: Mapping[str, str], frage: Mapping) -> Listenblatt:
    def adresse(blatt: int) -> str:
        return listenadresse(weiter, **frage, **({"seite": blatt} if blatt > 1 else {}))

    return Listenblatt(
        nummer,
        von,
        zurueck=adresse(nummer - 1) if nummer > 1 else "",
        vor=adresse(nummer + 1) if nummer < von else "",
    )


def _gewaehlt(auswahl: Filter, weiter: Mapping[str, str]) -> tuple[Gewaehlt, ...]:
    werte = [(m.parameter, m.name, o.wert, o.name) for m in auswahl.merkmale for o in m.gewaehlte]
    if auswahl.suche:
        anfrage = auswahl.suche.anfrage
        werte.insert(0, ("q", "Suche", anfrage, anfrage))
    return tuple(
        Gewaehlt(merkmal, name, listenadresse(weiter, **auswahl.ohne(parameter, wert)))
        for parameter, merkmal, wert, name in werte
    )
