"""The papers about the house are true: drawn from the imports, and nothing missing in the index."""

import re

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


def test_what_the_paper_points_to_is_there():
    text = haus.PAPIER.read_text(encoding="utf-8")
    genannt = set(re.findall(r"`([a-z_]+/[a-z_/]+\.py)`", text))
    assert len(genannt) > 50
    assert [pfad for pfad in sorted(genannt) if not (haus.WURZEL / pfad).is_file()] == []


def test_every_decision_stands_once_in_the_index_with_its_day_and_what_was_not_taken():
    text = (haus.WURZEL / "docs" / "entscheidungen.md").read_text(encoding="utf-8")
    titel = re.findall(r"^## (\d+\. .+)$", text, re.MULTILINE)
    links = re.findall(r"^- \[(.+?)\]\(#(.+)\)$", text, re.MULTILINE)
    assert sorted(name for name, _ in links) == sorted(titel)
    for name, anker in links:
        assert anker == re.sub(r"[^\w -]", "", name.lower()).replace(" ", "-")
    for name in titel:
        kopf = text.split(f"## {name}\n\n", 1)[1].split("\n", 1)[0]
        assert re.fullmatch(r"\*\d\d\.\d\d\.2026.* · statt: .+\*", kopf), name
