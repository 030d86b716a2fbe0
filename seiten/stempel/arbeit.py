"""The pages for colleagues: choose a Kernaktivität, take the kit, or stamp own material."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.utils.datastructures import MultiValueDict

from kernaktivitaeten.models import Kernaktivitaet
from stempel import rules
from stempel.material import Auftrag
from stempel.models import Farbe, Stempelung, Variante
from stempel.paket import PNG_BREITEN
from stempel.rules import masse_des_abzeichens, motive

from ..bestand import Bestand, Stand
from ..filter import lies_filter
from ..liste import RELEVANZ, sortiert
from .forms import SEITEN


@dataclass(frozen=True)
class Wahl:
    """A Kernaktivität to choose; ``ablehnung`` says why it may not be stamped."""

    stand: Stand
    ablehnung: str


@dataclass(frozen=True)
class Nutzen:
    stichtag: date
    weiter: str
    anfrage: str
    hinweise: tuple[str, ...]
    wahl: tuple[Wahl, ...]
    eigene: tuple[Stempelung, ...]


@dataclass(frozen=True)
class Paketseite:
    stichtag: date
    weiter: str
    ka: Kernaktivitaet
    ablehnung: str
    text: str
    farben: tuple[Farbe, ...]
    portal: str
    masse: tuple[int, int]
    breiten: tuple[int, ...] = PNG_BREITEN


@dataclass(frozen=True)
class Auftragsseite:
    """``ueberholt``: since it was stamped the status has changed, and with it the text."""

    stichtag: date
    weiter: str
    ka: Kernaktivitaet
    ablehnung: str
    text: str
    farben: tuple[Farbe, ...]
    auftrag: Auftrag
    wunsch: dict[str, Any]
    ueberholt: bool

    @property
    def fertig(self) -> bool:
        """Whether there is something to be fetched."""
        return bool(self.auftrag.gestempelte) and not self.ablehnung and not self.ueberholt


EIGENE = 10


def nutzen(bestand: Bestand, parameter: MultiValueDict, nutzer: int, stichtag: date) -> Nutzen:
    """All public Kernaktivitäten or those that ``q`` finds, and what the user stamped last."""
    auswahl = lies_filter(bestand, parameter, (), suche_am=stichtag)
    staende = auswahl.wende_an(bestand.am(stichtag))
    if auswahl.suche:
        staende = sortiert(staende, RELEVANZ, stichtag, auswahl.treffer)
    eigene = Stempelung.objects.oeffentlich().filter(nutzer=nutzer)
    return Nutzen(
        stichtag=stichtag,
        weiter="",
        anfrage=auswahl.suche.anfrage if auswahl.suche else "",
        hinweise=auswahl.hinweise,
        wahl=tuple(Wahl(stand, rules.ablehnung(stand)) for stand in staende),
        eigene=tuple(eigene.select_related("kernaktivitaet")[:EIGENE]),
    )


def paket(slug: str, stichtag: date, portal: str = "") -> Paketseite:
    """What the kit of a Kernaktivität holds; raises ``Http404`` if there is none to be seen.

    ``portal`` is the address of the portal without its last slash, for the snippet of HTML.
    """
    ka, ablehnung, text, farben = _stempelbar(slug, stichtag)
    variante = rules.variante(ka)
    masse = masse_des_abzeichens(variante, stichtag) if variante else (0, 0)
    return Paketseite(stichtag, "", ka, ablehnung, text, farben, portal, masse)


# The same is known before files are uploaded.
anbringen = paket


def auftrag(vorhanden: Auftrag, stichtag: date) -> Auftragsseite:
    """What became of uploaded files."""
    angaben = vorhanden.angaben
    einzeln = angaben["seiten"] not in SEITEN
    wunsch = angaben | {
        "seiten": "auswahl" if einzeln else angaben["seiten"],
        "seiten_auswahl": angaben["seiten"] if einzeln else "",
        "groesse": f"{angaben['groesse']:g}".replace(".", ","),
        "art": "abbildung" if angaben["abbildung"] else "artefakt",
    }
    ka, ablehnung, text, farben = _stempelbar(vorhanden.slug, stichtag)
    ueberholt = text != Variante(angaben["variante"]).label
    return Auftragsseite(stichtag, "", ka, ablehnung, text, farben, vorhanden, wunsch, ueberholt)


def _stempelbar(slug: str, stichtag: date) -> tuple[Kernaktivitaet, str, str, tuple[Farbe, ...]]:
    ka = Kernaktivitaet.objects.oeffentlich().zum(stichtag).filter(slug=slug).first()
    if ka is None:
        raise Http404("Diese Kernaktivität gibt es nicht.")
    variante = rules.variante(ka)
    if variante is None:
        return ka, rules.ablehnung(ka), "", ()
    return ka, "", variante.label, tuple(motive(variante, stichtag))
