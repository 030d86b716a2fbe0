"""The handbook: readable in the administration, whole, and about what there is."""

import re
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import Group

from grundlage.rollen import Rolle
from tests import factories as f
from tests.dokument import lies
from verwaltung.handbuch import BILDER, TEXT, lies_handbuch
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_TRANCHE

MARKDOWN = TEXT.read_text(encoding="utf-8")
ADRESSE = "/verwaltung/handbuch/"
GENANNTE_BILDER = re.findall(r"!\[([^\]]*)\]\(bild/([a-z0-9-]+)\.png\)", MARKDOWN)


def seite(client):
    antwort = client.get(ADRESSE)
    assert antwort.status_code == 200
    return lies(antwort.content.decode())


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_it_stands_in_the_administration_with_its_chapters(admin_client):
    handbuch = seite(admin_client)
    assert [h.text for h in handbuch.alle("h1")][-1] == "Handbuch"
    anker = {h["id"] for h in handbuch.alle("h2") if "id" in h.attribute}
    verweise = [unquote(a["href"][1:]) for a in handbuch.alle("a") if a["href"].startswith("#")]
    kapitel = re.findall(r"^## (.+)$", MARKDOWN, re.MULTILINE)
    assert len(lies_handbuch(MARKDOWN).kapitel) == len(kapitel) > 10
    assert len(verweise) > len(kapitel)
    assert set(verweise) - {"content-start"} <= anker


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_every_picture_is_there_and_says_what_it_shows(admin_client):
    bilder = [b for b in seite(admin_client).alle("img") if "bild/" in b["src"]]
    assert len(bilder) == len(GENANNTE_BILDER) > 10
    for bild in bilder:
        assert len(bild["alt"]) > 20
        antwort = admin_client.get(f"{ADRESSE}{bild['src']}")
        assert (antwort.status_code, antwort["Content-Type"]) == (200, "image/png"), bild["src"]
        assert b"".join(antwort.streaming_content).startswith(b"\x89PNG")


def test_no_picture_lies_there_unused():
    anderswo = {"ueberblick"}  # in the README
    genannt = {name for _, name in GENANNTE_BILDER}
    assert {pfad.stem for pfad in BILDER.glob("*.png")} == genannt | anderswo


@pytest.mark.parametrize("rolle", Rolle.values)
def test_it_explains_every_role(rolle):
    assert f"| **{rolle}** |" in MARKDOWN


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("name", ["../entscheidungen", "gibt-es-nicht", "%2e%2e/handbuch"])
def test_other_files_are_not_given_out(admin_client, name):
    assert admin_client.get(f"{ADRESSE}bild/{name}.png").status_code == 404


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_it_is_for_who_may_enter_the_administration(client):
    for adresse in (ADRESSE, f"{ADRESSE}bild/anmelden.png"):
        assert client.get(adresse).status_code == 302
        nutzer = f.NutzerFactory()
        nutzer.groups.add(Group.objects.get(name=Rolle.STEMPELNUTZUNG))
        client.force_login(nutzer)
        assert client.get(adresse).status_code in (302, 403)
        client.logout()


def test_the_numbers_in_it_are_those_of_the_portal(settings):
    woerter = {6: "sechs"}
    assert f"seit {woerter[settings.MONATE_OHNE_EINTRAG]} Monaten nichts Neues" in MARKDOWN
    assert f"zu denen nicht {SOLL_KERNAKTIVITAETEN_JE_TRANCHE} belegt sind" in MARKDOWN
    je_konto = settings.ACCOUNT_RATE_LIMITS["login_failed"].split(",")[1]
    assert je_konto == "5/5m/key"
    assert "Nach fünf\nFehlversuchen ist das Konto fünf Minuten lang gesperrt." in MARKDOWN
