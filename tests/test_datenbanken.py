"""The choice of what runs on which database names what is there."""

from pathlib import Path

from tests.datenbanken import NUR_SQLITE

TESTS = Path(__file__).parent


def test_what_is_left_to_sqlite_is_there_and_named_once():
    module = [modul for module in NUR_SQLITE.values() for modul in module]
    assert sorted(module) == sorted(set(module))
    assert [modul for modul in module if not (TESTS / modul).is_file()] == []
