"""The content of a toolbox is for staff only."""

import pytest
from django.contrib.auth.models import User

from tests import factories as f
from tests.adressen import oeffne

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ADRESSE = "/verwaltung/werkzeugkaesten/projekte/"


@pytest.fixture(autouse=True)
def kasten():
    return f.WerkzeugkastenFactory(slug="projekte", inhalt="## Vorlage\n\n<b>Geheim</b>")


def test_staff_read_it_as_markdown_without_html(admin_client):
    inhalt = admin_client.get(ADRESSE).content.decode()
    assert "<h2>Vorlage</h2>" in inhalt
    assert "&lt;b&gt;Geheim" in inhalt


def test_nobody_else_does(client):
    assert client.get(ADRESSE).status_code == 302
    client.force_login(User.objects.create_user("leserin"))
    assert client.get(ADRESSE).status_code == 302


@pytest.mark.parametrize(
    "adresse", ["/strategiearbeit/werkzeugkaesten/projekte/", "/suche/?q=Vorlage"]
)
def test_it_is_not_public(client, adresse):
    text = oeffne(client, adresse).eines("main").text
    assert "Geheim" not in text
    assert "Werkzeugkasten" in text or "Kein Treffer" in text


def test_an_unknown_one_is_not_there(admin_client, kasten):
    assert admin_client.get("/verwaltung/werkzeugkaesten/gibt-es-nicht/").status_code == 404
