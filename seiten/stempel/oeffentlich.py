"""What everybody sees of the stamp: what it means, the badge, and the answer behind a code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import ModuleType

from django.conf import settings
from django.http import Http404
from django.shortcuts import resolve_url
from django.urls import reverse

from kernaktivitaeten.models import Kernaktivitaet
from stempel import rules
from stempel.models import Farbe, Stempelung, Variante, lies_code
from stempel.rules import PLATTE, Motiv, bild_des_abzeichens, masse_des_abzeichens, motive
from stempel.zeichnung import als_pfade, als_svg

from ..bestand import Bestand, Stand
from ..filter import mit_parametern
from ..umzug import Umgezogen, umgezogene

GUELTIG, BEENDET, ZURUECKGEZOGEN = "gueltig", "beendet", "zurueckgezogen"
UNBEKANNT = (
    "Diesen Code gibt es nicht. Er hat zehn Zeichen, nur Buchstaben ohne Vokale und die Ziffern "
    "3 bis 9. Vergleichen Sie ihn mit dem, was unter dem QR-Code steht."
)


@dataclass(frozen=True)
class Vorbild:
    """A drawing that the page shows several times: our paths, or the address of an image."""

    kennung: str
    breite: str
    hoehe: str
    pfade: tuple[tuple[str, str], ...]
    adresse: str


@dataclass(frozen=True)
class Stempelseite:
    """``weisses``: there is one for dark backgrounds; the city may have published none."""

    stichtag: date
    weiter: str
    vorbilder: tuple[Vorbild, ...]
    weisses: bool
    amtlich: bool
    anmelden: str
    portal: str
    masse: tuple[int, int]
    regeln: ModuleType = rules


def stempel(stichtag: date, weiter: Mapping[str, str], portal: str) -> Stempelseite:
    """The page for a day: with the city's artwork where it was published by then.

    ``portal`` is the address of the portal without its last slash.
    """
    laufend = motive(Variante.LAUFEND, stichtag)
    umgesetzt = motive(Variante.UMGESETZT, stichtag)
    gezeigt = (
        (Variante.LAUFEND, *_erstes(laufend)),
        (Variante.UMGESETZT, *_erstes(umgesetzt)),
    )
    if Farbe.WEISS in laufend:
        gezeigt += ((Variante.LAUFEND, Farbe.WEISS, laufend[Farbe.WEISS]),)
    return Stempelseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        vorbilder=tuple(
            _vorbild(f"vorbild-{nr}", variante, farbe, motiv, weiter)
            for nr, (variante, farbe, motiv) in enumerate(gezeigt, 1)
        ),
        weisses=Farbe.WEISS in laufend,
        amtlich=any(motiv.vorlage for motiv in (*laufend.values(), *umgesetzt.values())),
        anmelden=mit_parametern(
            resolve_url(settings.LOGIN_URL), weiter, next=reverse("stempel:nutzen")
        ),
        portal=portal,
        masse=masse_des_abzeichens(Variante.LAUFEND, stichtag),
    )


def _erstes(alle: Mapping[Farbe, Motiv]) -> tuple[Farbe, Motiv]:
    return next(iter(alle.items()))


def _vorbild(
    kennung: str, variante: Variante, farbe: Farbe, motiv: Motiv, weiter: Mapping[str, str]
) -> Vorbild:
    adresse = reverse("stempel:muster", args=(variante.value, farbe.value))
    return Vorbild(
        kennung,
        f"{motiv.zeichnung.breite:.1f}",
        f"{motiv.zeichnung.hoehe:.1f}",
        tuple(als_pfade(motiv.zeichnung)),
        mit_parametern(adresse, weiter) if motiv.vorlage else "",
    )


def abzeichen(bestand: Bestand, slug: str, stichtag: date) -> str:
    """The badge as SVG: on a white plate, because nobody knows where it will stand.

    Raises ``Umgezogen`` for a former address and ``Http404`` if there is none to be seen.
    """
    ka = bestand.je_slug.get(slug)
    if ka is None:
        heute = umgezogene(Kernaktivitaet.objects.oeffentlich(), slug)
        if heute is not None:
            raise Umgezogen(reverse("stempel:abzeichen", args=(heute.slug,)))
        raise Http404("Diese Kernaktivität gibt es nicht.")
    stand = bestand.stand(ka.pk, stichtag)
    variante = rules.variante(stand)
    text = variante.label if variante else "Stempel der Bochum Strategie, nicht mehr gültig"
    zeichnung = bild_des_abzeichens(variante, stichtag)
    return als_svg(
        zeichnung, f"{text}: {ka.titel}", PLATTE, f"{ka.titel} ist {stand.lagebild.satz}."
    )


def muster(variante: str, farbe: str, stichtag: date) -> str:
    """A motif alone as SVG; raises ``Http404`` for one that does not exist."""
    if variante in Variante.values and farbe in Farbe.values:
        motiv = motive(Variante(variante), stichtag).get(Farbe(farbe))
        if motiv is not None:
            return als_svg(motiv.zeichnung, Variante(variante).label)
    raise Http404("Diese Zeichnung gibt es nicht.")


class Unbekannt(Http404):
    """There is no such code, or not to be seen; counts as a guess."""


@dataclass(frozen=True)
class Auskunft:
    """``zustand`` is "gueltig", "beendet" (the Kernaktivität ended) or "zurueckgezogen".

    ``inzwischen`` is set when the stamp says that it runs and it is done by now.
    """

    stichtag: date
    weiter: str
    code: str
    stempelung: Stempelung
    stand: Stand
    zustand: str
    inzwischen: bool


def auskunft(bestand: Bestand, code: str, stichtag: date, weiter: Mapping[str, str]) -> Auskunft:
    """Raises ``Unbekannt`` for a code that does not exist, ``Http404`` for a day before it."""
    stempelung = Stempelung.objects.oeffentlich().filter(code=lies_code(code)).first()
    if stempelung is None:
        raise Unbekannt(UNBEKANNT)
    if stempelung.kernaktivitaet_id not in bestand.je_pk:  # published a moment ago; no guess
        raise Http404("Die Auskunft zu diesem Code kommt gleich. Laden Sie die Seite noch einmal.")
    if stempelung.am > stichtag:
        raise Http404("An diesem Tag gab es diesen Stempel noch nicht.")
    stand = bestand.stand(stempelung.kernaktivitaet_id, stichtag)
    return Auskunft(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        code=f"{stempelung.code[:5]} {stempelung.code[5:]}",
        stempelung=stempelung,
        stand=stand,
        zustand=_zustand(stempelung, stand, stichtag),
        inzwischen=stempelung.variante == Variante.LAUFEND
        and rules.variante(stand) == Variante.UMGESETZT,
    )


def eingabe(text: str) -> str:
    """The address behind a code that somebody typed; ``Unbekannt`` if it cannot be one."""
    code = lies_code(text)
    if not code:
        raise Unbekannt(UNBEKANNT)
    return reverse("stempel:auskunft", args=(code,))


def _zustand(stempelung: Stempelung, stand: Stand, stichtag: date) -> str:
    zurueck = stempelung.zurueckgezogen_am
    if zurueck is not None and zurueck <= stichtag:
        return ZURUECKGEZOGEN
    return BEENDET if rules.ablehnung(stand) else GUELTIG
