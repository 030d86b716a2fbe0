"""The overview matrix: every Kernaktivität in its place, and nothing that suggests another."""

import pytest

from tests import factories as f
from tests.adressen import oeffne
from tests.dokument import Element

pytestmark = pytest.mark.django_db


@pytest.fixture
def spalte():
    """A Kompetenz with a Schwerpunkt."""
    kompetenz = f.KompetenzFactory(titel="Große Kompetenz", slug="grosse")
    f.SchwerpunktFactory(titel="Erster Schwerpunkt", eltern=kompetenz)
    return kompetenz


def matrix(client, parameter=None) -> dict[str, list[str]]:
    """Heading of a cell → the words of its tiles."""
    dokument = oeffne(client, "/ueberblick/", parameter)
    return {h.text: [li.text for li in h.eltern.alle("li")] for h in dokument.alle("h4")}


def zelle(client, ueberschrift: str, parameter=None) -> Element:
    (gefunden,) = [
        h.eltern
        for h in oeffne(client, "/ueberblick/", parameter).alle("h4")
        if h.text == ueberschrift
    ]
    return gefunden


def test_who_has_no_schwerpunkt_stands_in_the_band_of_its_kompetenz(client, spalte):
    f.KernaktivitaetFactory(titel="Ohne", nr=1, kompetenz=spalte)
    felder = matrix(client)
    assert felder["Noch keinem Schwerpunkt zugeordnet"] == ["1 Ohne, kein Stand bekannt"]
    assert felder["Erster Schwerpunkt"] == []


def test_who_has_a_schwerpunkt_stands_there_and_not_in_the_band(client, spalte):
    ka = f.KernaktivitaetFactory(titel="Mit", nr=2, kompetenz=spalte)
    f.ZuordnungFactory(kernaktivitaet=ka, schwerpunkt=spalte.kinder.get())
    felder = matrix(client)
    assert felder["Erster Schwerpunkt"] == ["2 Mit, kein Stand bekannt"]
    assert felder["Noch keinem Schwerpunkt zugeordnet"] == []
    assert "1 Kernaktivität von 5" in zelle(client, "Erster Schwerpunkt").text


def test_who_has_two_has_a_tile_in_each_that_names_the_other_and_counts_once(client, spalte):
    ka = f.KernaktivitaetFactory(titel="Doppelt", kompetenz=spalte)
    zweiter = f.SchwerpunktFactory(titel="Zweiter Schwerpunkt", eltern=spalte)
    for schwerpunkt in spalte.kinder.all():
        f.ZuordnungFactory(kernaktivitaet=ka, schwerpunkt=schwerpunkt)
    felder = matrix(client)
    (erste,), (zweite,) = felder["Erster Schwerpunkt"], felder["Zweiter Schwerpunkt"]
    assert "auch in: Zweiter Schwerpunkt" in erste
    assert "auch in: Erster Schwerpunkt" in zweite
    links = zelle(client, "Erster Schwerpunkt").alle("small")[0].alle("a")
    assert [a["href"] for a in links] == [zweiter.get_absolute_url()]
    kopf = oeffne(client, "/ueberblick/").eines(id="k-grosse").eltern
    assert "1 Kernaktivität von 25" in kopf.text


def test_a_foreign_tile_says_where_it_comes_from(client, spalte):
    fremde = f.KernaktivitaetFactory(kompetenz=f.KompetenzFactory(titel="Andere Kompetenz"))
    f.ZuordnungFactory(kernaktivitaet=fremde, schwerpunkt=spalte.kinder.get(), begruendung="Ja.")
    (kachel,) = matrix(client)["Erster Schwerpunkt"]
    assert "aus: Andere Kompetenz" in kachel
    eigene = f.KernaktivitaetFactory(kompetenz=spalte, titel="Eigene")
    f.ZuordnungFactory(kernaktivitaet=eigene, schwerpunkt=spalte.kinder.get())
    (kachel,) = [k for k in matrix(client)["Erster Schwerpunkt"] if "Eigene" in k]
    assert "aus:" not in kachel


def test_the_zielbild_is_the_short_wording(client, spalte):
    f.StrategischesZielFactory(kompetenz=spalte, langfassung="Sehr lang", kurzfassung="Kurz")
    assert matrix(client)["Zielbild"] == ["Kurz"]


def test_themes_say_their_number_or_that_there_is_none(client):
    f.QuerschnittszuordnungFactory(thema__titel="Klima")
    f.QuerschnittsthemaFactory(titel="Sicherheit")
    themen = [li.text for li in oeffne(client, "/ueberblick/").eines(klasse="themen").alle("li")]
    assert themen == ["Klima 1 Kernaktivität", "Sicherheit noch keine zugeordnet"]


def test_the_page_stands_without_a_wesenskern_and_with_one(client):
    assert "Wesenskern" not in oeffne(client, "/ueberblick/").eines("main").text
    f.WesenskernFactory(beschreibung="Der Satz der Strategie.")
    assert "Der Satz der Strategie." in oeffne(client, "/ueberblick/").eines("main").text


def test_a_choice_is_counted_and_can_be_taken_back(client):
    f.StatusmeldungFactory(status="umgesetzt", kernaktivitaet__titel="Fertige")
    f.StatusmeldungFactory(status="laufend", kernaktivitaet__titel="Andere")
    ohne = oeffne(client, "/ueberblick/")
    assert "2 von 125 Kernaktivitäten bis 2030" in ohne.text
    assert "Alle zeigen" not in ohne.text
    mit = oeffne(client, "/ueberblick/", {"status": "umgesetzt", "stichtag": "2024-08-31"})
    assert "1 von 2 Kernaktivitäten gezeigt" in mit.text
    assert "Fertige" in mit.text
    assert "Andere" not in mit.text
    (zurueck,) = [a for a in mit.alle("a") if a.text == "Alle zeigen"]
    assert zurueck["href"] == "/ueberblick/?stichtag=2024-08-31"


def test_nonsense_is_named(client):
    assert "Status „kaputt“" in oeffne(client, "/ueberblick/", {"status": "kaputt"}).text
    assert not oeffne(client, "/ueberblick/").alle(role="status")


def test_the_delivered_matrix_has_5_columns_25_schwerpunkte_and_all_75(client, echte_daten):
    dokument = oeffne(client, "/ueberblick/")
    felder = [h.text for h in dokument.alle("h4")]
    assert len(dokument.eines(klasse="matrix").alle("h3")) == 5
    assert felder.count("Zielbild") == felder.count("Noch keinem Schwerpunkt zugeordnet") == 5
    assert len(felder) == 5 * (1 + 5 + 1)
    kacheln = [a["href"] for a in dokument.eines(klasse="matrix").alle("a")]
    seiten = [ziel for ziel in kacheln if ziel.startswith("/kernaktivitaeten/") and "?" not in ziel]
    assert len(set(seiten)) == 75
    doppelt = {ziel for ziel in seiten if seiten.count(ziel) > 1}
    assert doppelt == {"/kernaktivitaeten/bochumer-mint-bildungscluster/"}
    assert len(dokument.eines(klasse="themen").alle("li")) == 5
