"""The pages of a Kompetenz and of a Schwerpunkt."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404

from kernaktivitaeten.models import Kernaktivitaet, Lage, Verantwortung, Zuordnung
from zielsystem.models import Ebene, Zielelement
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ

from . import charts
from .filter import Zahl, listenadresse, mit_parametern
from .ueberblick import Feld, Kompetenzspalte, feld, kacheln_je_element, mit_zuordnungen, spalten
from .umzug import Umgezogen, leite_um


@dataclass(frozen=True)
class Kompetenzseite:
    stichtag: date
    weiter: str
    spalte: Kompetenzspalte
    zahlen: tuple[tuple[Lage, Zahl], ...]
    balken: charts.Balken
    verantwortungen: tuple[Verantwortung, ...]


@dataclass(frozen=True)
class Schwerpunktseite:
    stichtag: date
    weiter: str
    kompetenz: Zielelement
    feld: Feld
    geschwister: tuple[Zielelement, ...]


def kompetenz(slug: str, stichtag: date, weiter: Mapping[str, str]) -> Kompetenzseite:
    """The page of one Kompetenz; raises ``Http404`` if there is none.

    Raises ``Umgezogen`` for a former address.
    """
    elemente = list(Zielelement.objects.select_related("eltern", "quelle"))
    element = _element(elemente, slug, Ebene.KOMPETENZ)
    kernaktivitaeten = _im_blick(element, elemente, stichtag)
    spalte = next(
        s for s in spalten(elemente, kernaktivitaeten, weiter) if s.kompetenz.pk == element.pk
    )
    eigene = Counter(ka.lage for ka in kernaktivitaeten if ka.kompetenz_id == element.pk)
    verantwortungen = Verantwortung.objects.mit_aemtern().filter(kompetenz=element)
    return Kompetenzseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        spalte=spalte,
        zahlen=tuple(
            (lage, Zahl(eigene[lage], listenadresse(weiter, kompetenz=slug, status=lage.value)))
            for lage in Lage
            if eigene[lage]
        ),
        balken=charts.balken_der_lagen(element.titel, eigene, SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ),
        verantwortungen=tuple(verantwortungen),
    )


def schwerpunkt(
    kompetenz_slug: str, slug: str, stichtag: date, weiter: Mapping[str, str]
) -> Schwerpunktseite:
    """The page of one Schwerpunkt; raises ``Http404`` if the Kompetenz has none such.

    Raises ``Umgezogen`` when it or its Kompetenz had this address before.
    """
    elemente = list(Zielelement.objects.select_related("eltern", "quelle"))
    try:
        oben = _element(elemente, kompetenz_slug, Ebene.KOMPETENZ)
    except Umgezogen as umzug:
        unten = _element(elemente, slug, Ebene.SCHWERPUNKT)
        raise Umgezogen(unten.get_absolute_url()) from umzug
    geschwister = tuple(e for e in elemente if e.eltern_id == oben.pk)
    element = _element(geschwister, slug, Ebene.SCHWERPUNKT)
    gezeigt = mit_zuordnungen(
        Kernaktivitaet.objects.oeffentlich().zum(stichtag).im_schwerpunkt(slug)
    )
    kacheln = kacheln_je_element(gezeigt)[element.pk]
    return Schwerpunktseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        kompetenz=oben,
        feld=feld(element, kacheln, weiter, schwerpunkt=slug),
        geschwister=geschwister,
    )


def _element(elemente: Iterable[Zielelement], slug: str, ebene: Ebene) -> Zielelement:
    for element in elemente:
        if (element.slug, element.ebene) == (slug, ebene):
            return element
    alle = Zielelement.objects.filter(pk__in=[e.pk for e in elemente], ebene=ebene)
    leite_um(alle, slug)
    raise Http404(f"{ebene.label} nicht gefunden: Unter dieser Adresse steht nichts.")


def _im_blick(
    element: Zielelement, elemente: Iterable[Zielelement], stichtag: date
) -> list[Kernaktivitaet]:
    """The Kernaktivitäten of a Kompetenz, and the foreign ones in its Schwerpunkte."""
    darunter = [e.pk for e in elemente if e.eltern_id == element.pk]
    fremde = Zuordnung.objects.filter(schwerpunkt__in=darunter).values("kernaktivitaet")
    return mit_zuordnungen(
        Kernaktivitaet.objects.oeffentlich()
        .zum(stichtag)
        .filter(Q(kompetenz=element) | Q(pk__in=fremde))
    )
