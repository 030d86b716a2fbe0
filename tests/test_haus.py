"""The drawing of the house shows the imports as they are, and every module says what is in it."""

from tests import haus


def test_the_drawing_is_made_from_the_imports():
    text = haus.PAPIER.read_text(encoding="utf-8")
    assert text == haus.eingesetzt(text), "make haus"


def test_every_module_with_code_says_what_is_in_it():
    stumm = [
        str(pfad.relative_to(haus.WURZEL))
        for raum in haus.ETAGE
        for pfad in haus.module(raum)
        if pfad.name not in ("apps.py", "urls.py")
        and pfad.read_text(encoding="utf-8").strip()
        and not haus.was_drin_steht(pfad)
    ]
    assert stumm == []
