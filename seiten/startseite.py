"""The start page: what the strategy is, how far it is, what happened last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kernaktivitaeten.models import Kernaktivitaet, Lage, Ratsbeschluss, Status, Statusmeldung
from zielsystem import rules
from zielsystem.models import Ebene, Zielelement

from . import charts
from .filter import Zahl, listenadresse, mit_parametern

NEUESTE = 5


@dataclass(frozen=True)
class Kompetenzkarte:
    """A Kompetenz on the start page with its numbers."""

    kompetenz: Zielelement
    anzahl: Zahl
    balken: charts.Balken


@dataclass(frozen=True)
class Startseite:
    stichtag: date
    weiter: str
    gesamt: Zahl
    soll: int
    zahlen: tuple[tuple[Lage, Zahl], ...]
    balken: charts.Balken
    kompetenzen: tuple[Kompetenzkarte, ...]
    angaben: str
    meldungen: tuple[Statusmeldung, ...]
    beschluesse: tuple[Ratsbeschluss, ...]


def startseite(stichtag: date, weiter: Mapping[str, str]) -> Startseite:
    """The page ``/`` for a day."""
    am_tag = Kernaktivitaet.objects.oeffentlich().zum(stichtag)
    anzahlen = am_tag.zaehle("kompetenz")
    je_lage = {lage: sum(n for (la, _), n in anzahlen.items() if la == lage) for lage in Lage}
    soll = rules.SOLL_KERNAKTIVITAETEN
    kompetenzen = Zielelement.objects.filter(ebene=Ebene.KOMPETENZ)
    return Startseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        gesamt=Zahl(anzahlen.total(), listenadresse(weiter)),
        soll=soll,
        zahlen=tuple(
            (lage, Zahl(anzahl, listenadresse(weiter, status=lage.value)))
            for lage, anzahl in je_lage.items()
            if anzahl or lage.value in Status.values
        ),
        balken=charts.balken_der_lagen("Alle Kernaktivitäten", je_lage, soll),
        kompetenzen=tuple(_karte(kompetenz, anzahlen, weiter) for kompetenz in kompetenzen),
        angaben=am_tag.zeitraum_der_angaben(),
        meldungen=_neueste_meldungen(stichtag),
        beschluesse=tuple(
            Ratsbeschluss.objects.oeffentlich()
            .gefasst_bis(stichtag)
            .select_related("quelle")[:NEUESTE]
        ),
    )


def _karte(kompetenz: Zielelement, anzahlen, weiter: Mapping[str, str]) -> Kompetenzkarte:
    je_lage = {lage: anzahlen[lage, kompetenz.pk] for lage in Lage}
    return Kompetenzkarte(
        kompetenz,
        Zahl(sum(je_lage.values()), listenadresse(weiter, kompetenz=kompetenz.slug)),
        charts.balken_der_lagen(kompetenz.titel, je_lage, rules.SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ),
    )


def _neueste_meldungen(stichtag: date) -> tuple[Statusmeldung, ...]:
    """The newest statements about public Kernaktivitäten, news included.

    By their first day: what is only known to the year must not stand above known days of it.
    """
    return tuple(
        Statusmeldung.objects.gueltig()
        .filter(
            zaehlt_ab__lte=stichtag,
            kernaktivitaet__in=Kernaktivitaet.objects.oeffentlich(),
        )
        .select_related("kernaktivitaet", "quelle")
        .order_by("-datum_von", "-pk")[:NEUESTE]
    )
