"""Drawings with an address of their own: the badge of a Kernaktivität, and a motif."""

from datetime import date

from django.http import Http404
from django.urls import reverse

from kernaktivitaeten.models import Kernaktivitaet
from stempel import rules
from stempel.models import Farbe, Variante
from stempel.motiv import PLATTE, motive
from stempel.motiv import abzeichen as motiv_des_abzeichens
from stempel.zeichnung import als_svg

from ..umzug import umgezogene


class Umgezogen(Exception):
    """The address is a former one; ``adresse`` is the present one."""

    def __init__(self, adresse: str) -> None:
        super().__init__(adresse)
        self.adresse = adresse


def abzeichen(slug: str, stichtag: date) -> str:
    """The badge as SVG: on a white plate, because nobody knows where it will stand.

    Raises ``Umgezogen`` for a former address and ``Http404`` if there is none to be seen.
    """
    kernaktivitaeten = Kernaktivitaet.objects.oeffentlich().zum(stichtag)
    ka = kernaktivitaeten.filter(slug=slug).first()
    if ka is None:
        heute = umgezogene(kernaktivitaeten, slug)
        if heute is not None:
            raise Umgezogen(reverse("stempel:abzeichen", args=(heute.slug,)))
        raise Http404("Diese Kernaktivität gibt es nicht.")
    variante = rules.variante(ka)
    text = variante.label if variante else "Stempel der Bochum Strategie, nicht mehr gültig"
    zeichnung = motiv_des_abzeichens(variante, stichtag)
    return als_svg(zeichnung, f"{text}: {ka.titel}", PLATTE, f"{ka.titel} ist {ka.lagebild.satz}.")


def muster(variante: str, farbe: str, stichtag: date) -> str:
    """A motif alone as SVG; raises ``Http404`` for one that does not exist."""
    if variante in Variante.values and farbe in Farbe.values:
        motiv = motive(Variante(variante), stichtag).get(Farbe(farbe))
        if motiv is not None:
            return als_svg(motiv.zeichnung, Variante(variante).label)
    raise Http404("Diese Zeichnung gibt es nicht.")
