"""Text pages in the administration: some addresses are fixed, others belong to other pages."""

import pytest

from seiten.die_strategie import ABSCHNITTE
from strategiearbeit.models import FESTE_TEXTE, Textseite
from tests import factories as f
from tests.verwaltung.formulare import adresse, aendere, eingaben, fehler, lege_an, loesche

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def test_the_fixed_texts_are_those_that_pages_show():
    assert set(ABSCHNITTE) < set(FESTE_TEXTE)


@pytest.mark.parametrize("slug", FESTE_TEXTE)
def test_a_fixed_text_keeps_its_address_and_stays(admin_client, slug):
    text = f.TextseiteFactory(slug=slug)
    antwort = aendere(admin_client, text, slug="anders", titel="Neuer Titel")
    assert antwort.status_code == 302, fehler(antwort)
    text.refresh_from_db()
    assert (text.slug, text.titel) == (slug, "Neuer Titel")
    seite = admin_client.get(adresse(Textseite, "change", text.pk)).content.decode()
    assert "Kann nicht gelöscht werden, denn andere Seiten brauchen diesen Text." in seite
    antwort = loesche(admin_client, Textseite, text.pk)
    assert antwort.status_code == 403
    assert Textseite.objects.filter(pk=text.pk).exists()


def test_any_other_text_may_move_and_go(admin_client):
    text = f.TextseiteFactory(slug="beteiligung")
    assert aendere(admin_client, text, slug="mitmachen").status_code == 302
    assert loesche(admin_client, Textseite, text.pk).status_code == 302
    assert not Textseite.objects.exists()


@pytest.mark.parametrize("slug", ["suche", "kernaktivitaeten", "barrierefreiheit", "verwaltung"])
def test_a_text_does_not_take_the_address_of_another_page(admin_client, slug):
    satz = "Diese Adresse gehört schon einer anderen Seite des Portals."
    antwort = lege_an(admin_client, Textseite, slug=slug)
    assert fehler(antwort) == {"slug": [satz]}
    antwort = lege_an(admin_client, Textseite, titel=slug.title())  # made from the title
    assert fehler(antwort) == {"slug": [satz]}
    text = f.TextseiteFactory(slug="beteiligung")
    antwort = aendere(admin_client, text, slug=slug, text="Neu")
    assert fehler(antwort) == {"slug": [satz]}
    assert eingaben(antwort)["text"] == "Neu"
