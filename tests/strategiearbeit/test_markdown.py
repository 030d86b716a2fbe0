"""What the office writes as Markdown fits into the page that shows it."""

import pytest

from strategiearbeit.models import Textseite, Werkzeugkasten
from tests.adressen import oeffne


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Titel", "<h2>Titel</h2>\n"),
        ("# Titel\n\n## Teil\n\nSatz", "<h2>Titel</h2>\n<h3>Teil</h3>\n<p>Satz</p>\n"),
        ("Titel\n=====\n\nTeil\n----", "<h2>Titel</h2>\n<h3>Teil</h3>\n"),
        ("# A\n\n###### F", "<h2>A</h2>\n<h6>F</h6>\n"),
        ("> # Titel", "<blockquote>\n<h2>Titel</h2>\n</blockquote>\n"),
        # Texts that begin as the help text says keep their levels: none is left out below the h1.
        ("## Teil\n\n### Stück", "<h2>Teil</h2>\n<h3>Stück</h3>\n"),
    ],
)
def test_a_heading_never_is_a_second_title(text, html):
    assert Textseite(text=text).html == html
    assert Werkzeugkasten(inhalt=text).inhalt_html == html


def test_an_image_stays_a_link():
    html = Textseite(text="Ein ![Bild](https://example.org/bild.png) hier").html
    assert "<img" not in html
    assert '<a href="https://example.org/bild.png">Bild</a>' in html


@pytest.mark.django_db
def test_the_page_has_one_title_whatever_the_text_says(client):
    seite = Textseite.objects.create(titel="Seite", slug="seite", text="# Erstes\n\n# Zweites")
    dokument = oeffne(client, seite.get_absolute_url())
    assert [h.text for h in dokument.alle("h1")] == ["Seite"]
    assert [h.text for h in dokument.eines("main").alle("h2")] == ["Erstes", "Zweites"]
