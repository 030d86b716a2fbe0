"""Words as the search compares them, and what it costs to find them in a long text."""

import pytest

from seiten.suche import index as suchindex
from seiten.suche import worte
from seiten.suche.treffer import Eintrag, Passage, Suchergebnis, Weg, markiert


def zu_verbundenem(verbundenes: str) -> Suchergebnis:
    return Suchergebnis(verbundenes, False, (), Weg.VERBUNDEN, verbundenes=verbundenes)


def markierte(text: str, verbundenes: str) -> list[str]:
    teile = markiert(text, zu_verbundenem(verbundenes))
    assert "".join(teil.text for teil in teile) == text
    return [teil.text for teil in teile if teil.treffer]


@pytest.mark.parametrize(
    ("text", "verbundenes", "gefunden"),
    [
        ("Das Haus der Musik in der Stadt", "hausdermusik", ["Haus der Musik"]),
        ("Ein Pocket-Park, groß", "pocketpark", ["Pocket-Park"]),
        ("Neue Pocket Parks", "ocketpar", ["Pocket Parks"]),
        ("Groesse der Straße", "strasse", ["Straße"]),
        ("Gruene Oasen und grüne Oasen", "gruneoasen", ["Gruene Oasen"]),
        ("Für ﬁnanzielle Ställe", "finanziellestalle", ["ﬁnanzielle Ställe"]),
        ("am Ende steht Mark 51°7", "mark517", ["Mark 51°7"]),
        ("Nichts davon", "hausdermusik", []),
        ("", "haus", []),
    ],
)
def test_joined_words_are_marked_where_they_stand(text, verbundenes, gefunden):
    assert markierte(text, verbundenes) == gefunden


@pytest.mark.parametrize(
    "text", ["Blaue Häuser aee oee ÄE ae", "Straße ﬃ İ ẞ ½ e\u0301", "  -- ", ""]
)
def test_letters_keep_their_place(text):
    gefaltet, stellen = worte.verbunden_mit_stellen(text)
    assert gefaltet == worte.verbunden(text)
    assert len(stellen) == len(gefaltet)
    assert stellen == sorted(stellen)
    assert all(z in worte.falte(text[n]) for z, n in zip(gefaltet, stellen, strict=True))


def test_marking_costs_as_much_again_for_twice_the_text(monkeypatch):
    gefaltete = []

    def zaehle(text: str, falte=worte.falte) -> str:
        gefaltete.append(len(text))
        return falte(text)

    monkeypatch.setattr(worte, "falte", zaehle)

    def aufwand(laenge: int) -> int:
        gefaltete.clear()
        text = "Wort und Satz " * (laenge // 14) + "Pocket Park"
        assert markierte(text, "pocketpark") == ["Pocket Park"]
        return sum(gefaltete)

    einfach, doppelt = aufwand(50_000), aufwand(100_000)
    assert einfach <= 2 * 50_000
    assert doppelt <= 2.1 * einfach


def eintrag_zu(*texte: str) -> Eintrag:
    return Eintrag("seite", texte[0], "/", tuple(map(Passage, texte)))


def test_a_new_index_folds_only_the_texts_that_changed(monkeypatch):
    gefaltete = []

    def zaehle(text: str, gefaltet=worte.gefaltet) -> worte.Gefaltet:
        gefaltete.append(text)
        return gefaltet(text)

    monkeypatch.setattr(suchindex, "gefaltet", zaehle)
    alt = suchindex.Index((eintrag_zu("Haus", "Die Musik"), eintrag_zu("Haus", "Der Park")))
    assert gefaltete == ["Haus", "Die Musik", "Der Park"]
    gefaltete.clear()
    neu = (eintrag_zu("Haus", "Die Kunst"), eintrag_zu("Haus", "Der Park"))
    index = suchindex.Index(neu, alt)
    assert gefaltete == ["Die Kunst"]
    frisch = suchindex.Index(neu)
    assert (index.worte, index.anzeige) == (frisch.worte, frisch.anzeige)
    assert "musik" not in index.worte
    # What is no longer there is forgotten with the index that knew it.
    suchindex.Index((eintrag_zu("Haus", "Die Musik"),), index)
    assert gefaltete[-1] == "Die Musik"
