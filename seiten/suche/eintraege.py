"""What can be found, and by which texts: one small function a kind, all in ``ARTEN``.

Everything here is public: published Kernaktivitäten, valid statements, released names.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.text import capfirst

from kernaktivitaeten.models import (
    DEFINITIONEN,
    Angabe,
    Kernaktivitaet,
    Messwert,
    Planangabe,
    Projektziel,
    Ratsbeschluss,
    Statusmeldung,
    Stelle,
    Verantwortung,
)
from strategiearbeit.models import Meilenstein, Textseite, Werkzeugkasten
from zielsystem.models import Ebene, Querschnittsthema, Zielelement

from .treffer import Eintrag, Passage, Rang, eintrag, passage

# What is said about a Kernaktivität: relation → model.
AUSSAGEN = {
    "angaben": Angabe,
    "projektziele": Projektziel,
    "messwerte": Messwert,
    "planangaben": Planangabe,
}
KERNAKTIVITAET = "kernaktivitaet"
# What Markdown adds to the words: link targets, signs of headings, lists and emphasis.
MARKDOWN = re.compile(r"\[([^\]]*)\]\([^)]*\)|^ *(?:#+|[-*>]|\d+\.) +|[*_`]+", re.MULTILINE)


@dataclass(frozen=True)
class Art:
    """A kind of pages: its key, its name on the page, and what finds its entries."""

    name: str
    titel: str
    eintraege: Callable[[], Iterable[Eintrag]]


def alle_eintraege() -> tuple[Eintrag, ...]:
    """Everything that can be found, kind by kind, in a constant number of queries."""
    return tuple(eintrag for art in ARTEN for eintrag in art.eintraege())


def _kernaktivitaeten() -> Iterator[Eintrag]:
    zeilen = Kernaktivitaet.objects.oeffentlich().prefetch_related(
        "bezeichnungen",
        *(Prefetch(name, modell.objects.oeffentlich()) for name, modell in AUSSAGEN.items()),
        "beschlusswirkungen__beschluss",
        "orte",
        Prefetch("statusmeldungen", Statusmeldung.objects.gueltig()),
        Prefetch("verantwortungen", Verantwortung.objects.mit_aemtern()),
    )
    for ka in zeilen:
        yield eintrag(KERNAKTIVITAET, ka, ka.titel, *_texte(ka))


def _texte(ka: Kernaktivitaet) -> Iterator[Passage]:
    """What its page prints, each from the day on from which the page prints it."""
    for bezeichnung in ka.bezeichnungen.all():
        yield passage(bezeichnung.text, Rang.NAME, "Auch genannt")
    for angabe in ka.angaben.all():
        yield passage(angabe.text, wo=angabe.get_art_display(), ab=angabe.datum_von)
    for ziel in ka.projektziele.all():
        yield passage(ziel.text, wo="Ziel", ab=ziel.datum_von)
    for messwert in ka.messwerte.all():
        yield passage(messwert.text, wo="Ergebnis", ab=messwert.datum_von)
    aktuelle = {plan.art: plan for plan in ka.planangaben.all()}
    for plan in ka.planangaben.all():
        rang = Rang.TEXT if plan == aktuelle[plan.art] else Rang.UEBERHOLT
        # People ask what something costs; the sentences do not always say the word.
        text = f"{capfirst(plan.get_art_display())}: {plan.text}"
        yield passage(text, rang, ab=plan.datum_von)
    for wirkung in ka.beschlusswirkungen.all():
        yield passage(wirkung.text, wo="Beschluss", ab=wirkung.beschluss.datum_bis)
    for ort in ka.orte.all():
        teile = (ort.bezeichnung, ort.adresse, ort.get_stadtbezirk_display())
        yield passage(", ".join(filter(None, teile)), wo="Ort")
        yield passage(ort.text, wo="Ort")
    for meldung in ka.statusmeldungen.all():
        # What is derived says how, in words that say nothing about this Kernaktivität.
        if not meldung.abgeleitet:
            yield passage(meldung.text, wo="Meldung", ab=meldung.zaehlt_ab)
    for wer in ka.verantwortungen.all():
        yield passage(", ".join(filter(None, (wer.amt, wer.oeffentlicher_name))), wo="Zuständig")
    for meldung in ka.statusmeldungen.all():
        yield passage(meldung.nachfolge_text, wo="Aufgegangen in", ab=meldung.zaehlt_ab)


def _zielelemente(art: str, ebene: Ebene, *beziehungen: str) -> Iterator[Eintrag]:
    zeilen = Zielelement.objects.filter(ebene=ebene).select_related("eltern")
    for element in zeilen.prefetch_related(*beziehungen):
        passagen = [passage(element.kurztitel, Rang.NAME, "Auch genannt")]
        passagen.append(passage(element.beschreibung))
        for beziehung in beziehungen:
            passagen += map(_LESARTEN[beziehung], getattr(element, beziehung).all())
        yield eintrag(art, element, element.titel, *passagen)


_LESARTEN: dict[str, Callable[..., Passage]] = {
    "strategische_ziele": lambda ziel: passage(
        f"{ziel.langfassung} – {ziel.kurzfassung}", wo="Strategisches Ziel"
    ),
    "teile": lambda teil: passage(f"{teil.name}: {teil.lesart}", wo="Teil des Wesenskerns"),
}


def _querschnittsthemen() -> Iterator[Eintrag]:
    for thema in Querschnittsthema.objects.all():
        yield eintrag("querschnittsthema", thema, thema.titel)


def _beschluesse() -> Iterator[Eintrag]:
    for beschluss in Ratsbeschluss.objects.oeffentlich().select_related("tranche"):
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


def _stellen() -> Iterator[Eintrag]:
    for stelle in Stelle.objects.zustaendige():
        yield eintrag("stelle", stelle, stelle.name, passage(stelle.get_art_display(), wo="Art"))


def _werkzeugkaesten() -> Iterator[Eintrag]:
    for kasten in Werkzeugkasten.objects.all():
        texte = (passage(kasten.fundort, wo="Fundort"), passage(kasten.zweck, wo="Zweck"))
        yield eintrag("werkzeugkasten", kasten, kasten.titel, *texte)


def _textseiten() -> Iterator[Eintrag]:
    for seite in Textseite.objects.gezeigt():
        zeilen = MARKDOWN.sub(r"\1", seite.text).splitlines()
        yield eintrag("seite", seite, seite.titel, *map(passage, zeilen))


def _seiten() -> Iterator[Eintrag]:
    """Pages without a row of their own."""
    meilensteine = [
        passage(f"{stein.zeit.kurz}: {stein.text}", ab=stein.datum_von)
        for stein in Meilenstein.objects.all()
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
    Art(
        "kompetenz",
        "Kompetenzen",
        lambda: _zielelemente("kompetenz", Ebene.KOMPETENZ, "strategische_ziele"),
    ),
    Art("schwerpunkt", "Schwerpunkte", lambda: _zielelemente("schwerpunkt", Ebene.SCHWERPUNKT)),
    Art("wesenskern", "Wesenskern", lambda: _zielelemente("wesenskern", Ebene.WESENSKERN, "teile")),
    Art("querschnittsthema", "Querschnittsthemen", _querschnittsthemen),
    Art("beschluss", "Ratsbeschlüsse", _beschluesse),
    Art("stelle", "Zuständige Stellen", _stellen),
    Art("werkzeugkasten", "Werkzeugkästen", _werkzeugkaesten),
    Art("seite", "Weitere Seiten", lambda: (*_seiten(), *_textseiten())),
)


def arten() -> dict[str, Art]:
    """The kinds by their name."""
    return {art.name: art for art in ARTEN}
