"""What can be found, and by which texts: one small function a kind, all in ``ARTEN``.

Everything here is public: published Kernaktivitäten, valid statements, released names.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst

from kernaktivitaeten.models import DEFINITIONEN
from strategiearbeit.models import ABSCHNITTE
from zielsystem.models import Ebene

from ..bestand import Bestand, fakten
from .treffer import Eintrag, Passage, Rang, eintrag, passage

KERNAKTIVITAET = "kernaktivitaet"
# What Markdown adds to the words: link targets, signs of headings, lists and emphasis.
MARKDOWN = re.compile(r"\[([^\]]*)\]\([^)]*\)|^ *(?:#+|[-*>]|\d+\.) +|[*_`]+", re.MULTILINE)


@dataclass(frozen=True)
class Art:
    """A kind of pages: its key, its name on the page, and what finds its entries."""

    name: str
    titel: str
    eintraege: Callable[[Bestand], Iterable[Eintrag]]


def alle_eintraege(bestand: Bestand) -> tuple[Eintrag, ...]:
    """Everything that can be found, kind by kind."""
    return tuple(eintrag for art in ARTEN for eintrag in art.eintraege(bestand))


def _kernaktivitaeten(bestand: Bestand) -> Iterator[Eintrag]:
    for ka in bestand.kernaktivitaeten:
        yield eintrag(KERNAKTIVITAET, ka, ka.titel, *_texte(ka))


def _texte(ka: fakten.Kernaktivitaet) -> Iterator[Passage]:
    """What its page prints, each from the day on from which the page prints it."""
    gueltige = [m for m in ka.statusmeldungen if m.zurueckgezogen_am is None]
    for bezeichnung in ka.bezeichnungen:
        yield passage(bezeichnung.text, Rang.NAME, "Auch genannt")
    for angabe in ka.angaben:
        yield passage(angabe.text, wo=angabe.art.label, ab=angabe.datum_von)
    for ziel in ka.projektziele:
        yield passage(ziel.text, wo="Ziel", ab=ziel.datum_von)
    for messwert in ka.messwerte:
        yield passage(messwert.text, wo="Ergebnis", ab=messwert.datum_von)
    aktuelle = {plan.art: plan for plan in ka.planangaben}
    for plan in ka.planangaben:
        rang = Rang.TEXT if plan == aktuelle[plan.art] else Rang.UEBERHOLT
        # People ask what something costs; the sentences do not always say the word.
        text = f"{capfirst(plan.art.label)}: {plan.text}"
        yield passage(text, rang, ab=plan.datum_von)
    for wirkung in ka.beschlusswirkungen:
        yield passage(wirkung.text, wo="Beschluss", ab=wirkung.beschluss.datum_bis)
    for ort in ka.orte:
        teile = (ort.bezeichnung, ort.adresse, ort.stadtbezirk.label)
        yield passage(", ".join(filter(None, teile)), wo="Ort")
        yield passage(ort.text, wo="Ort")
    for meldung in gueltige:
        # What is derived says how, in words that say nothing about this Kernaktivität.
        if not meldung.abgeleitet:
            yield passage(meldung.text, wo="Meldung", ab=meldung.zaehlt_ab)
    for wer in ka.verantwortungen:
        yield passage(", ".join(filter(None, (wer.amt, wer.oeffentlicher_name))), wo="Zuständig")
    for meldung in gueltige:
        yield passage(meldung.nachfolge_text, wo="Aufgegangen in", ab=meldung.zaehlt_ab)


def _zielelemente(bestand: Bestand, art: str, ebene: Ebene) -> Iterator[Eintrag]:
    for element in bestand.auf_ebene(ebene):
        passagen = [
            passage(element.kurztitel, Rang.NAME, "Auch genannt"),
            passage(element.beschreibung),
        ]
        for ziel in bestand.ziele:
            if ziel.kompetenz is element:
                satz = f"{ziel.langfassung} – {ziel.kurzfassung}"
                passagen.append(passage(satz, wo="Strategisches Ziel"))
        for teil in bestand.teile if ebene == Ebene.WESENSKERN else ():
            passagen.append(passage(f"{teil.name}: {teil.lesart}", wo="Teil des Wesenskerns"))
        yield eintrag(art, element, element.titel, *passagen)


def _querschnittsthemen(bestand: Bestand) -> Iterator[Eintrag]:
    for thema in bestand.themen:
        yield eintrag("querschnittsthema", thema, thema.titel)


def _beschluesse(bestand: Bestand) -> Iterator[Eintrag]:
    for beschluss in sorted(bestand.beschluesse, key=lambda b: (b.datum_bis, b.pk), reverse=True):
        ab = beschluss.datum_bis
        tranche = f"{beschluss.tranche or ''} {beschluss.teil}".strip()
        yield eintrag(
            "beschluss",
            beschluss,
            beschluss.titel,
            passage(beschluss.vorlage, Rang.NAME, "Vorlage", ab),
            passage(tranche, wo="Tranche", ab=ab),
            passage(beschluss.gremium, wo="Gremium", ab=ab),
            passage(beschluss.ergebnis, wo="Ergebnis", ab=ab),
            passage(beschluss.wortlaut, wo="Wortlaut", ab=ab),
            passage(beschluss.hinweis, wo="Hinweis", ab=ab),
            ab=ab,
        )


def _stellen(bestand: Bestand) -> Iterator[Eintrag]:
    for stelle in bestand.zustaendige:
        yield eintrag("stelle", stelle, stelle.name, passage(stelle.art.label, wo="Art"))


def _werkzeugkaesten(bestand: Bestand) -> Iterator[Eintrag]:
    for kasten in bestand.werkzeugkaesten:
        texte = (passage(kasten.fundort, wo="Fundort"), passage(kasten.zweck, wo="Zweck"))
        yield eintrag("werkzeugkasten", kasten, kasten.titel, *texte)


def _textseiten(bestand: Bestand) -> Iterator[Eintrag]:
    for seite in bestand.textseiten:
        if seite.eigene_seite or seite.slug in ABSCHNITTE:
            zeilen = MARKDOWN.sub(r"\1", seite.text).splitlines()
            yield eintrag("seite", seite, seite.titel, *map(passage, zeilen))


def _seiten(bestand: Bestand) -> Iterator[Eintrag]:
    """Pages without a row of their own."""
    meilensteine = [
        passage(f"{stein.zeit.kurz}: {stein.text}", ab=stein.datum_von)
        for stein in bestand.meilensteine
    ]
    woerter = [passage(f"{status.label}: {satz}") for status, satz in DEFINITIONEN.items()]
    for name, titel, *passagen in (
        ("zielsystem:ueberblick", "Überblick", passage("Die ganze Strategie auf einer Seite")),
        (
            "zielsystem:die_strategie",
            "Die Strategie",
            passage("Zielsystem, Wesenskern und Wirkung"),
        ),
        ("zielsystem:querschnittsthemen", "Querschnittsthemen"),
        ("kernaktivitaeten:beschluesse", "Ratsbeschlüsse", passage("Was der Rat beschlossen hat")),
        ("kernaktivitaeten:bilanz", "Bilanz", passage("Wie viele Kernaktivitäten wie weit sind")),
        ("strategiearbeit:meilensteine", "Meilensteine", *meilensteine),
        (
            "strategiearbeit:strategiearbeit",
            "Strategiearbeit",
            passage("Wie die Stadt daran arbeitet"),
        ),
        ("strategiearbeit:barrierefreiheit", "Barrierefreiheit"),
        (
            "stempel:stempel",
            "Der Strategiestempel",
            passage("Ein Projekt der Bochum Strategie"),
        ),
        ("methodik", "Methodik", passage("Wie dieses Portal zählt"), *woerter),
    ):
        yield Eintrag("seite", titel, reverse(name), (passage(titel, Rang.TITEL), *passagen))


# In this order they stand on the page where they are found equally well.
ARTEN = (
    Art(KERNAKTIVITAET, "Kernaktivitäten", _kernaktivitaeten),
    Art("kompetenz", "Kompetenzen", lambda b: _zielelemente(b, "kompetenz", Ebene.KOMPETENZ)),
    Art(
        "schwerpunkt", "Schwerpunkte", lambda b: _zielelemente(b, "schwerpunkt", Ebene.SCHWERPUNKT)
    ),
    Art("wesenskern", "Wesenskern", lambda b: _zielelemente(b, "wesenskern", Ebene.WESENSKERN)),
    Art("querschnittsthema", "Querschnittsthemen", _querschnittsthemen),
    Art("beschluss", "Ratsbeschlüsse", _beschluesse),
    Art("stelle", "Zuständige Stellen", _stellen),
    Art("werkzeugkasten", "Werkzeugkästen", _werkzeugkaesten),
    Art("seite", "Weitere Seiten", lambda b: (*_seiten(b), *_textseiten(b))),
)


def arten() -> dict[str, Art]:
    """The kinds by their name."""
    return {art.name: art for art in ARTEN}
