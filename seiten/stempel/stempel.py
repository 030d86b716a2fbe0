"""The page ``/stempel/``: what the stamp means and how it is used, with drawn examples."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import ModuleType

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse

from stempel import rules
from stempel.models import Farbe, Variante
from stempel.motiv import Motiv, masse_des_abzeichens, motive
from stempel.zeichnung import als_pfade

from ..filter import mit_parametern


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
