"""Words as the search compares them, and what it costs to find them in a long text."""

import pytest

from bochum_strategie.suche import falten
from bochum_strategie.suche.ausschnitt import markiert
from bochum_strategie.suche.ergebnis import Ergebnis, Weg


def zu_verbundenem(verbundenes: str) -> Ergebnis:
    return Ergebnis(verbundenes, False, (), Weg.VERBUNDEN, verbundenes=verbundenes)


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
    gefaltet, stellen = falten.verbunden_mit_stellen(text)
    assert gefaltet == falten.verbunden(text)
    assert len(stellen) == len(gefaltet)
    assert stellen == sorted(stellen)
    assert all(z in falten.falte(text[n]) for z, n in zip(gefaltet, stellen, strict=True))


def test_marking_costs_as_much_again_for_twice_the_text(monkeypatch):
    gefaltete = []

    def zaehle(text: str, falte=falten.falte) -> str:
        gefaltete.append(len(text))
        return falte(text)

    monkeypatch.setattr(falten, "falte", zaehle)

    def aufwand(laenge: int) -> int:
        gefaltete.clear()
        text = "Wort und Satz " * (laenge // 14) + "Pocket Park"
        assert markierte(text, "pocketpark") == ["Pocket Park"]
        return sum(gefaltete)

    einfach, doppelt = aufwand(50_000), aufwand(100_000)
    assert einfach <= 2 * 50_000
    assert doppelt <= 2.1 * einfach
