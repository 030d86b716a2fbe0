"""Words in the search: parts of compounds, short words, other words for the same."""

import pytest

from seiten.bestand import aktueller_bestand
from seiten.suche import ausschnitt, finde
from seiten.suche.index import index_zu
from seiten.suche.worte import SYNONYME, falte, ohne_umschrift, suchwort
from tests.suchen import HEUTE, funde


@pytest.mark.parametrize(
    ("wort", "form", "guete"),
    [
        ("Rat", "rat", 0),
        ("Rat", "rathaus", 1),
        ("Rat", "beratung", None),
        ("Rad", "radverkehr", 1),
        ("Rad", "konrad", None),
        ("Räder", "konrad", None),
        ("IT", "it", 0),
        ("IT", "italien", None),
        ("Park", "stadtpark", 2),
        ("Straße", "emilstrasse", 2),
    ],
)
def test_short_words_are_no_parts_of_words(wort, form, guete):
    assert suchwort(wort).guete(form) == guete


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("anfrage", "hoechstens"),
    [("Straßenbahn", 1), ("Wissenshaus", 2), ("Hallenbad", 1), ("Toilette", 1), ("Museum", 0)],
)
def test_parts_of_a_word_find_no_noise(echte_daten, anfrage, hoechstens):
    assert len(funde(anfrage)) <= hoechstens


@pytest.mark.django_db
def test_the_parts_of_a_compound_stand_in_one_passage(echte_daten):
    bestand = aktueller_bestand()
    for anfrage in ("Wissenshaus", "Stadthalle", "Straßenpark"):
        ergebnis = finde(bestand, anfrage, HEUTE)
        for eintrag in ergebnis.eintraege:
            assert any(
                all(
                    any(stamm in ohne_umschrift(falte(p.text)) for stamm in wort.staemme)
                    for wort in ergebnis.worte
                )
                for p in eintrag.passagen
            ), (anfrage, eintrag.titel)


@pytest.mark.django_db
def test_every_other_word_occurs_in_the_texts(echte_daten):
    """A synonym that leads nowhere is no help, and one of a word that is there has no need."""
    for wort, andere in SYNONYME.items():
        for anderes in andere:
            assert index_zu(aktueller_bestand()).mit_wort(suchwort(anderes), HEUTE), anderes
        assert funde(wort), wort


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("anfrage", "wort"),
    [
        ("was kostet das haus des wissens", "Projektbudget"),
        ("haus des wissens kosten", "Projektbudget"),
        ("haus des wissens fertigstellung", "2027"),
        ("haus des wissens volkshochschule", "Volkshochschule"),
    ],
)
def test_a_question_shows_what_the_title_does_not_say(echte_daten, anfrage, wort):
    """The present plan before those that it replaced."""
    ergebnis = finde(aktueller_bestand(), anfrage, HEUTE)
    erster = ergebnis.eintraege[0]
    assert erster.titel == "Haus des Wissens"
    text = ausschnitt(erster, ergebnis, HEUTE)
    assert wort in "".join(teil.text for teil in text.teile)
