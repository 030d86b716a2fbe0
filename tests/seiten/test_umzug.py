"""Whoever follows an old link is led to where the page is now."""

import pytest

from tests import factories as f

pytestmark = pytest.mark.django_db


def benenne_um(zeile, slug: str):
    zeile.slug = slug
    zeile.save()
    return zeile


def querschnittsthema():
    return f.QuerschnittsthemaFactory(slug="alt")


def stelle():
    zustaendig = f.VerantwortungFactory(stelle=f.StelleFactory(slug="alt"))
    return zustaendig.stelle


SEITEN = {
    "Ratsbeschluss": lambda: f.RatsbeschlussFactory(slug="alt", am="01.02.2018"),
    "Kompetenz": lambda: f.KompetenzFactory(slug="alt"),
    "Schwerpunkt": lambda: f.SchwerpunktFactory(slug="alt"),
    "Querschnittsthema": querschnittsthema,
    "Stelle": stelle,
    "Werkzeugkasten": lambda: f.WerkzeugkastenFactory(slug="alt"),
    "Textseite": lambda: f.TextseiteFactory(slug="alt"),
}


@pytest.mark.parametrize("art", SEITEN)
def test_a_former_address_leads_to_the_present_one(client, art):
    zeile = SEITEN[art]()
    alt = zeile.get_absolute_url()
    benenne_um(zeile, "zwischendurch")
    neu = benenne_um(zeile, "neu").get_absolute_url()
    for vorher in (alt, alt.replace("alt", "zwischendurch")):
        antwort = client.get(vorher, {"stichtag": "2020-01-01", "anderes": "1"})
        assert (antwort.status_code, antwort["Location"]) == (302, f"{neu}?stichtag=2020-01-01")
    assert client.get(neu).status_code == 200


def test_a_schwerpunkt_moves_with_its_kompetenz(client):
    schwerpunkt = f.SchwerpunktFactory(slug="bildung", eltern=f.KompetenzFactory(slug="alt"))
    alt = schwerpunkt.get_absolute_url()
    benenne_um(schwerpunkt.eltern, "neu")
    antwort = client.get(alt)
    assert (antwort.status_code, antwort["Location"]) == (302, "/kompetenzen/neu/bildung/")
    assert client.get("/kompetenzen/alt/gibt-es-nicht/").status_code == 404


def test_the_address_belongs_to_who_has_it_now(client):
    benenne_um(f.QuerschnittsthemaFactory(slug="klima"), "klimaschutz")
    f.QuerschnittsthemaFactory(slug="klima", titel="Klima neu")
    antwort = client.get("/querschnittsthemen/klima/")
    assert antwort.status_code == 200
    assert "Klima neu" in antwort.content.decode()


def test_of_two_that_had_it_the_later_one_is_meant(client):
    benenne_um(f.QuerschnittsthemaFactory(slug="klima"), "klimaschutz")
    benenne_um(f.QuerschnittsthemaFactory(slug="klima"), "klimawandel")
    assert client.get("/querschnittsthemen/klima/")["Location"] == (
        "/querschnittsthemen/klimawandel/"
    )


def test_what_is_gone_or_not_public_leads_nowhere(client):
    weg = f.QuerschnittsthemaFactory(slug="weg")
    benenne_um(weg, "auch-weg").delete()
    versteckt = f.VerantwortungFactory(
        stelle=f.StelleFactory(slug="still"),
        kernaktivitaet=f.KernaktivitaetFactory(veroeffentlicht_am=None),
    )
    benenne_um(versteckt.stelle, "stiller")
    assert client.get("/querschnittsthemen/weg/").status_code == 404
    assert client.get("/stellen/still/").status_code == 404


def test_renamed_there_and_back_nobody_goes_round_in_a_circle(client):
    thema = f.QuerschnittsthemaFactory(slug="x")
    benenne_um(thema, "y")
    hin = client.get("/querschnittsthemen/x/")
    benenne_um(thema, "x")
    zurueck = client.get("/querschnittsthemen/y/")
    assert (hin["Location"], zurueck["Location"]) == (
        "/querschnittsthemen/y/",
        "/querschnittsthemen/x/",
    )
    for antwort in (hin, zurueck):  # neither may a browser keep
        assert antwort.status_code == 302
        assert "max-age" not in antwort.get("Cache-Control", "")
    assert client.get("/querschnittsthemen/x/").status_code == 200
