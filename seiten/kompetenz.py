"""The pages of a Kompetenz and of a Schwerpunkt."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404

from kernaktivitaeten.models import Lage
from zielsystem.models import Ebene, Zielelement
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ

from . import charts
from .bestand import Bestand, Stand, fakten
from .filter import Zahl, listenadresse, mit_parametern
from .ueberblick import Feld, Kompetenzspalte, feld, kacheln_je_element, spalte
from .umzug import Umgezogen, leite_um


@dataclass(frozen=True)
class Kompetenzseite:
    stichtag: date
    weiter: str
    spalte: Kompetenzspalte
    zahlen: tuple[tuple[Lage, Zahl], ...]
    balken: charts.Balken
    verantwortungen: tuple[fakten.Verantwortung, ...]


@dataclass(frozen=True)
class Schwerpunktseite:
    stichtag: date
    weiter: str
    kompetenz: fakten.Zielelement
    feld: Feld
    geschwister: tuple[fakten.Zielelement, ...]


def kompetenz(
    bestand: Bestand, slug: str, stichtag: date, weiter: Mapping[str, str]
) -> Kompetenzseite:
    """The page of one Kompetenz; raises ``Http404`` if there is none.

    Raises ``Umgezogen`` for a former address.
    """
    element = _element(bestand.auf_ebene(Ebene.KOMPETENZ), slug, Ebene.KOMPETENZ)
    staende = _im_blick(element, bestand.am(stichtag))
    eigene = Counter(stand.lage for stand in staende if stand.ka.kompetenz is element)
    return Kompetenzseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        spalte=spalte(bestand, element, staende, kacheln_je_element(staende), weiter, {}),
        zahlen=tuple(
            (lage, Zahl(eigene[lage], listenadresse(weiter, kompetenz=slug, status=lage.value)))
            for lage in Lage
            if eigene[lage]
        ),
        balken=charts.balken_der_lagen(element.titel, eigene, SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ),
        verantwortungen=tuple(
            v for v in bestand.kompetenzverantwortungen if v.kompetenz is element
        ),
    )


def schwerpunkt(
    bestand: Bestand,
    kompetenz_slug: str,
    slug: str,
    stichtag: date,
    weiter: Mapping[str, str],
) -> Schwerpunktseite:
    """The page of one Schwerpunkt; raises ``Http404`` if the Kompetenz has none such.

    Raises ``Umgezogen`` when it or its Kompetenz had this address before.
    """
    alle = tuple(bestand.auf_ebene(Ebene.SCHWERPUNKT))
    try:
        oben = _element(bestand.auf_ebene(Ebene.KOMPETENZ), kompetenz_slug, Ebene.KOMPETENZ)
    except Umgezogen as umzug:
        raise Umgezogen(_element(alle, slug, Ebene.SCHWERPUNKT).pfad) from umzug
    geschwister = tuple(e for e in alle if e.eltern is oben)
    element = _element(geschwister, slug, Ebene.SCHWERPUNKT)
    return Schwerpunktseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        kompetenz=oben,
        feld=feld(
            element,
            kacheln_je_element(bestand.am(stichtag))[element],
            weiter,
            schwerpunkt=slug,
        ),
        geschwister=geschwister,
    )


def _element(elemente: Iterable[fakten.Zielelement], slug: str, ebene: Ebene) -> fakten.Zielelement:
    elemente = tuple(elemente)
    for element in elemente:
        if element.slug == slug:
            return element
    leite_um(Zielelement.objects.filter(pk__in=[e.pk for e in elemente]), slug)
    raise Http404(f"{ebene.label} nicht gefunden: Unter dieser Adresse steht nichts.")


def _im_blick(element: fakten.Zielelement, staende: Iterable[Stand]) -> list[Stand]:
    """The Kernaktivitäten of a Kompetenz, and the foreign ones in its Schwerpunkte."""
    return [
        stand
        for stand in staende
        if stand.ka.kompetenz is element
        or any(z.schwerpunkt.eltern is element for z in stand.ka.zuordnungen)
    ]
