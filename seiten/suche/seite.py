"""The page of the search: the best hits of each kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from kernaktivitaeten.models import Lagebild

from ..bestand import Bestand
from ..filter import listenadresse, mit_parametern
from . import (
    KERNAKTIVITAET,
    Art,
    Ausschnitt,
    Suchergebnis,
    Teil,
    arten,
    ausschnitt,
    finde,
    markiert,
)

JE_SUCHGRUPPE = 10
BEISPIELE = 5


@dataclass(frozen=True)
class Fund:
    """A hit: title and text in pieces, and how it stands when it is a Kernaktivität."""

    adresse: str
    titel: tuple[Teil, ...]
    ausschnitt: Ausschnitt | None
    bild: Lagebild | None


@dataclass(frozen=True)
class Fundgruppe:
    """The best hits of one kind; ``adresse_alle`` leads to all of them, where such a list is."""

    art: Art
    anzahl: int
    funde: tuple[Fund, ...]
    adresse_alle: str

    @property
    def weitere(self) -> bool:
        return self.anzahl > len(self.funde)


@dataclass(frozen=True)
class Suchseite:
    """``vorschlag`` is the address of the query with similar words; empty without one."""

    stichtag: date
    weiter: str
    anfrage: str
    ergebnis: Suchergebnis
    anzahl: int
    gruppen: tuple[Fundgruppe, ...]
    vorschlag: str
    beispiele: tuple[tuple[str, str], ...]


def suche(
    bestand: Bestand, parameter: MultiValueDict, stichtag: date, weiter: Mapping[str, str]
) -> Suchseite:
    """The page ``/suche/`` for whatever was typed as ``q``; raises nothing."""
    ergebnis = finde(bestand, parameter.get("q", ""), stichtag)
    vorschlag = ergebnis.vorschlag and mit_parametern(
        reverse("suche"), weiter, q=ergebnis.vorschlag
    )
    return Suchseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        anfrage=ergebnis.anfrage,
        ergebnis=ergebnis,
        anzahl=len(ergebnis.eintraege),
        gruppen=tuple(_suchgruppen(bestand, ergebnis, stichtag, weiter)),
        vorschlag=vorschlag,
        beispiele=tuple(_suchbeispiele(bestand, weiter)),
    )


def _suchgruppen(
    bestand: Bestand, ergebnis: Suchergebnis, stichtag: date, weiter: Mapping[str, str]
) -> Iterator[Fundgruppe]:
    """The best hits of each kind."""
    for name, eintraege in ergebnis.je_art.items():
        sind_ka = name == KERNAKTIVITAET
        yield Fundgruppe(
            arten()[name],
            len(eintraege),
            tuple(
                Fund(
                    eintrag.adresse,
                    markiert(eintrag.titel, ergebnis),
                    ausschnitt(eintrag, ergebnis, stichtag),
                    bestand.stand(eintrag.pk, stichtag).lagebild if sind_ka else None,
                )
                for eintrag in eintraege[:JE_SUCHGRUPPE]
            ),
            listenadresse(weiter, q=ergebnis.anfrage)
            if sind_ka and len(eintraege) > JE_SUCHGRUPPE
            else "",
        )


def _suchbeispiele(bestand: Bestand, weiter: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The shortest titles of Kernaktivitäten, each with the address that looks for it."""
    titel = (ka.titel for ka in bestand.kernaktivitaeten)
    for kurzer in sorted(titel, key=lambda text: (len(text), text))[:BEISPIELE]:
        yield kurzer, mit_parametern(reverse("suche"), weiter, q=kurzer)
