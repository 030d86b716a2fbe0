"""Status words in the search: they find what stands so on the day."""

import pytest

from tests.adressen import json_von, oeffne
from tests.factories import AngabeFactory, KernaktivitaetFactory, StatusmeldungFactory
from tests.suchen import funde


def titel(client, anfrage: str, tag: str) -> list[str]:
    seite = oeffne(client, "/suche/", {"q": anfrage, "stichtag": tag})
    return [p.text for p in seite.alle("p", "zeile-titel")]


@pytest.fixture
def eingestellte():
    """Two that run first, of which one is stopped in August 2024."""
    for name, status in (("Bleibt", "laufend"), ("Endet", "eingestellt")):
        ka = KernaktivitaetFactory(titel=name)
        StatusmeldungFactory(kernaktivitaet=ka, am="2019", status="laufend", text="Es beginnt.")
        StatusmeldungFactory(kernaktivitaet=ka, am="31.08.2024", status=status, text="So ist es.")
    return ka


@pytest.mark.django_db
@pytest.mark.parametrize(
    "anfrage", ["eingestellt", "Eingestellte", "eingestellte Kernaktivitäten", "eingestelt"]
)
def test_a_status_word_finds_what_stands_so_on_the_day(client, eingestellte, anfrage):
    for tag, treffer in (
        ("2024-08-30", []),
        ("2024-08-31", ["Endet"]),
        ("2024-09-01", ["Endet"]),
    ):
        assert [t for t in titel(client, anfrage, tag) if t != "Methodik"] == treffer, tag


@pytest.mark.django_db
def test_list_and_export_know_status_words_too(client, eingestellte):
    for anfrage, tag, gefunden in (
        ("laufende", "2024-08-30", ["Bleibt", "Endet"]),
        ("laufende", "2024-08-31", ["Bleibt"]),
        ("eingestellt", "2024-08-31", ["Endet"]),
    ):
        frage = {"q": anfrage, "stichtag": tag}
        liste = oeffne(client, "/kernaktivitaeten/", frage).alle("p", "zeile-titel")
        assert [p.text for p in liste] == gefunden
        assert [ka["titel"] for ka in json_von(client, frage)["kernaktivitaeten"]] == gefunden


@pytest.mark.django_db
def test_what_stands_so_comes_before_what_only_says_so(client, eingestellte):
    andere = KernaktivitaetFactory(titel="Kurz")
    AngabeFactory(kernaktivitaet=andere, text="Der alte Betrieb wurde eingestellt.", am="")
    assert titel(client, "eingestellt", "2024-09-01") == ["Endet", "Kurz", "Methodik"]


@pytest.mark.django_db
def test_a_status_word_narrows_other_words(client, eingestellte):
    AngabeFactory(kernaktivitaet=eingestellte, text="Das Tandem", am="")
    StatusmeldungFactory(text="Das Tandem", am="2019", status="laufend")
    for tag, anzahl in (("2024-08-30", 2), ("2024-08-31", 1)):
        assert len(titel(client, "laufende tandem", tag)) == anzahl, tag
    assert titel(client, "tandem eingestellt", "2024-08-31") == ["Endet"]


@pytest.mark.django_db
def test_derived_statements_are_not_found_by_their_words():
    StatusmeldungFactory(text="Weder so noch zauberhaft genannt.", abgeleitet=True)
    assert funde("zauberhaft") == []
    StatusmeldungFactory(text="Das ist zauberhaft.")
    assert len(funde("zauberhaft")) == 1


@pytest.mark.django_db
def test_what_is_not_public_has_no_status_to_be_found(client):
    ka = KernaktivitaetFactory(titel="Geheim", veroeffentlicht_am=None)
    StatusmeldungFactory(kernaktivitaet=ka, am="2019", status="eingestellt")
    assert titel(client, "eingestellt", "2024-09-01") == ["Methodik"]
