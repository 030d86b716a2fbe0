"""The pages that belong to no single app: start page, search and methodology."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kernaktivitaeten import charts, rules
from kernaktivitaeten.filter import listenadresse
from kernaktivitaeten.models import (
    DEFINITIONEN,
    Kernaktivitaet,
    Lage,
    Lagebild,
    Ratsbeschluss,
    Status,
    Statusmeldung,
)
from zielsystem import rules as zielsystem_rules
from zielsystem.models import Ebene, Zielelement

from .auswahl import Zahl, mit_parametern
from .suche import (
    KERNAKTIVITAET,
    Art,
    Ausschnitt,
    Eintrag,
    Ergebnis,
    Teil,
    aktueller_index,
    arten,
    ausschnitt,
    finde,
    markiert,
)

NEUESTE = 5
JE_SUCHGRUPPE = 10
BEISPIELE = 5


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
    ergebnis: Ergebnis
    anzahl: int
    gruppen: tuple[Fundgruppe, ...]
    vorschlag: str
    beispiele: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Methodik:
    stichtag: date
    weiter: str
    definitionen: tuple[tuple[str, str, str], ...]
    regeln: tuple[str, ...]
    schwerpunkte_je_kompetenz: int
    je_schwerpunkt: int
    je_tranche: int
    soll: int


def startseite(stichtag: date, weiter: Mapping[str, str]) -> Startseite:
    """The page ``/`` for a day."""
    am_tag = Kernaktivitaet.objects.oeffentlich().zum(stichtag)
    anzahlen = am_tag.zaehle("kompetenz")
    je_lage = {lage: sum(n for (la, _), n in anzahlen.items() if la == lage) for lage in Lage}
    soll = zielsystem_rules.SOLL_KERNAKTIVITAETEN
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
        balken=charts.balken(
            "Alle Kernaktivitäten", [(la.value, la.label, n) for la, n in je_lage.items()], soll
        ),
        kompetenzen=tuple(_karte(kompetenz, anzahlen, weiter) for kompetenz in kompetenzen),
        angaben=am_tag.zeitraum_der_angaben(),
        meldungen=_neueste_meldungen(stichtag),
        beschluesse=tuple(
            Ratsbeschluss.objects.oeffentlich()
            .gefasst_bis(stichtag)
            .select_related("quelle")[:NEUESTE]
        ),
    )


def suche(anfrage: str, stichtag: date, weiter: Mapping[str, str]) -> Suchseite:
    """The page ``/suche/`` for whatever was typed; raises nothing."""
    index = aktueller_index()
    ergebnis = finde(index, anfrage, stichtag)
    vorschlag = ergebnis.vorschlag and mit_parametern(
        reverse("suche"), weiter, q=ergebnis.vorschlag
    )
    return Suchseite(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        anfrage=ergebnis.anfrage,
        ergebnis=ergebnis,
        anzahl=len(ergebnis.eintraege),
        gruppen=tuple(_suchgruppen(ergebnis, stichtag, weiter)),
        vorschlag=vorschlag,
        beispiele=tuple(_suchbeispiele(index.eintraege, weiter)),
    )


def methodik(stichtag: date, weiter: Mapping[str, str]) -> Methodik:
    """The page ``/methodik/``: how this portal counts, and the rules it keeps."""
    regeln = [*zielsystem_rules.REGELN.values(), *rules.REGELN.values()]
    return Methodik(
        stichtag=stichtag,
        weiter=mit_parametern("", weiter),
        definitionen=tuple((s.value, s.label, DEFINITIONEN[s]) for s in Status),
        regeln=tuple(zielsystem_rules.satz(regel) for gruppe in regeln for regel in gruppe),
        schwerpunkte_je_kompetenz=zielsystem_rules.SOLL_SCHWERPUNKTE_JE_KOMPETENZ,
        je_schwerpunkt=zielsystem_rules.SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT,
        je_tranche=zielsystem_rules.SOLL_KERNAKTIVITAETEN_JE_TRANCHE,
        soll=zielsystem_rules.SOLL_KERNAKTIVITAETEN,
    )


def _karte(kompetenz: Zielelement, anzahlen, weiter: Mapping[str, str]) -> Kompetenzkarte:
    stuecke = [(lage.value, lage.label, anzahlen[lage, kompetenz.pk]) for lage in Lage]
    return Kompetenzkarte(
        kompetenz,
        Zahl(sum(n for *_, n in stuecke), listenadresse(weiter, kompetenz=kompetenz.slug)),
        charts.balken(
            kompetenz.titel, stuecke, zielsystem_rules.SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ
        ),
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


def _suchgruppen(
    ergebnis: Ergebnis, stichtag: date, weiter: Mapping[str, str]
) -> Iterator[Fundgruppe]:
    """The best hits of each kind."""
    gezeigt = ergebnis.pks(KERNAKTIVITAET)[:JE_SUCHGRUPPE]
    bilder = {
        ka.pk: ka.lagebild
        for ka in Kernaktivitaet.objects.oeffentlich().zum(stichtag).filter(pk__in=gezeigt)
    }
    for name, eintraege in ergebnis.je_art.items():
        mehr = name == KERNAKTIVITAET and len(eintraege) > JE_SUCHGRUPPE
        yield Fundgruppe(
            arten()[name],
            len(eintraege),
            tuple(
                Fund(
                    eintrag.adresse,
                    markiert(eintrag.titel, ergebnis),
                    ausschnitt(eintrag, ergebnis, stichtag),
                    bilder.get(eintrag.pk) if name == KERNAKTIVITAET else None,
                )
                for eintrag in eintraege[:JE_SUCHGRUPPE]
            ),
            listenadresse(weiter, q=ergebnis.anfrage) if mehr else "",
        )


def _suchbeispiele(
    eintraege: Iterable[Eintrag], weiter: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The shortest titles of Kernaktivitäten, each with the address that looks for it."""
    titel = (eintrag.titel for eintrag in eintraege if eintrag.art == KERNAKTIVITAET)
    for kurzer in sorted(titel, key=lambda text: (len(text), text))[:BEISPIELE]:
        yield kurzer, mit_parametern(reverse("suche"), weiter, q=kurzer)
