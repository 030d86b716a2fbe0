"""The office: artwork is checked and looked at before it is published; the register, its CSV."""

import csv
import io
from datetime import date

import pikepdf
import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from stempel.entwurf import zeichne
from stempel.models import Stempelung, Stempelvorlage, Variante
from stempel.rules import motive
from stempel.zeichnung import als_pdf, als_png
from tests import factories as f
from tests.adressen import oeffne
from tests.stempel import dateien
from tests.verwaltung.formulare import adresse, aendere, fehler, lege_an

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def png(breite=1500, modus="RGBA") -> bytes:
    bild = Image.open(io.BytesIO(als_png(zeichne("laufend", "farbig"), breite)))
    ziel = io.BytesIO()
    bild.convert(modus).save(ziel, "PNG")
    return ziel.getvalue()


def lade_hoch(admin_client, name: str, inhalt: bytes):
    datei = SimpleUploadedFile(name, inhalt)
    return lege_an(admin_client, Stempelvorlage, hochladen=datei)


# ── Artwork ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("art", ["pdf", "png"])
def test_new_artwork_is_looked_at_before_it_serves(admin_client, art):
    tag = date(2030, 1, 1)  # from which it is valid
    inhalt = als_pdf(zeichne("umgesetzt", "schwarz")) if art == "pdf" else png()
    lade_hoch(admin_client, f"Stempel der Stadt.{art}", inhalt)
    vorlage = Stempelvorlage.objects.get()
    assert vorlage.dateiname == f"Stempel der Stadt.{art}"
    assert vorlage.veroeffentlicht_am is None
    assert motive(Variante.LAUFEND, tag)["farbig"].vorlage is None
    url = adresse(Stempelvorlage, "change", vorlage.pk)
    seite = admin_client.get(url).content.decode()
    bild = adresse(Stempelvorlage, "vorschau", vorlage.pk)
    assert seite.count(f'src="{bild}"') == 2
    vorschau = Image.open(io.BytesIO(admin_client.get(bild).content))
    assert vorschau.width == 900
    assert vorschau.getchannel("A").getextrema() == (0, 255)
    antwort = aendere(admin_client, vorlage, veroeffentlicht_am="2030-01-01")
    assert antwort.status_code == 302
    (farbe,) = motive(Variante.LAUFEND, tag)
    assert farbe == "farbig"
    assert motive(Variante.LAUFEND, tag)["farbig"].vorlage == vorlage
    # The drawing has the shape of what was uploaded.
    breite = motive(Variante.LAUFEND, tag)["farbig"].zeichnung.breite
    assert breite == pytest.approx(zeichne("laufend", "farbig").breite, rel=0.01)


def zwei_seiten(tmp_path):
    return "a.pdf", dateien.pdf_mit_text(tmp_path / "a.pdf", 2).read_bytes()


def mit_link(tmp_path):
    pfad = dateien.pdf_mit_allem(tmp_path / "a.pdf")
    with pikepdf.open(pfad, allow_overwriting_input=True) as pdf:
        del pdf.pages[1:]
        pdf.save(pfad)
    return "a.pdf", pfad.read_bytes()


def leere_seite(tmp_path):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    del pdf.pages[0].obj["/Contents"]
    ziel = io.BytesIO()
    pdf.save(ziel)
    return "a.pdf", ziel.getvalue()


@pytest.mark.parametrize(
    ("datei", "satz"),
    [
        (zwei_seiten, "Das PDF hat 2 Seiten. Eine Vorlage hat genau eine Seite"),
        (mit_link, "Formularfelder, Links oder Skripte"),
        (leere_seite, "ist leer"),
        (lambda _: ("a.png", png(1199)), "1199 Bildpunkte breit"),
        (lambda _: ("a.png", png(modus="RGB")), "keinen durchsichtigen Hintergrund"),
        (lambda p: ("a.jpg", dateien.bild(p / "a.jpg").read_bytes()), "ein PDF (mit Vektoren)"),
        (lambda _: ("a.pdf", b"%PDF-1.7 kaputt"), "beschädigt oder unvollständig"),
        (lambda _: ("a.svg", b"<svg/>"), "kein PDF, PNG, JPEG oder WebP"),
    ],
)
def test_artwork_that_does_not_do_is_refused_with_the_reason(admin_client, tmp_path, datei, satz):
    antwort = lade_hoch(admin_client, *datei(tmp_path))
    assert satz in " ".join(fehler(antwort)["hochladen"])
    assert not Stempelvorlage.objects.exists()


def test_lists_do_not_read_the_files(admin_client, django_assert_max_num_queries):
    """Five megabytes a version, a hundred rows a page."""
    vorlage = f.StempelvorlageFactory()
    f.StempelungFactory(vorlage=vorlage)
    with django_assert_max_num_queries(50) as abfragen:
        for modell in (Stempelvorlage, Stempelung):
            assert admin_client.get(adresse(modell, "changelist")).status_code == 200
    assert "stempelvorlage" in str(abfragen.captured_queries)
    assert '"datei"' not in str(abfragen.captured_queries)


def test_two_versions_do_not_begin_on_one_day(admin_client):
    tag = date(2030, 1, 1)
    f.StempelvorlageFactory(gueltig_ab=tag, veroeffentlicht_am=tag)
    zweite = f.StempelvorlageFactory(gueltig_ab=tag)
    antwort = aendere(admin_client, zweite, veroeffentlicht_am="2030-01-01")
    assert "schon eine Vorlage veröffentlicht" in fehler(antwort)["gueltig_ab"][0]


# ── The register ──────────────────────────────────────────────────────────────────────────────


def test_a_stamping_is_withdrawn_with_a_reason(admin_client, client, ka):
    zeile = f.StempelungFactory(kernaktivitaet=ka)
    antwort = aendere(admin_client, zeile, zurueckgezogen_am="2024-10-01")
    assert fehler(antwort) == {"rueckzug_grund": ["Ein Rückzug braucht einen Tag und einen Grund."]}
    aendere(admin_client, zeile, zurueckgezogen_am="2024-10-01", rueckzug_grund="Falsches Plakat.")
    text = oeffne(client, zeile.get_absolute_url()).text
    assert "Dieser Stempel wurde zurückgezogen." in text
    assert "Falsches Plakat." in text


def test_what_was_stamped_cannot_be_rewritten(admin_client):
    zeile = f.StempelungFactory()
    aendere(admin_client, zeile, sha256="1" * 64, code="fhjlmqrwxy", nutzer="1", am="2020-01-01")
    nachher = Stempelung.objects.get()
    for name in ("sha256", "code", "nutzer_id", "am"):
        assert getattr(nachher, name) == getattr(zeile, name)


def test_the_list_as_it_is_filtered_comes_as_csv(admin_client, ka):
    f.StempelungFactory(kernaktivitaet=ka, zweck="=1+1", am=date(2024, 9, 1))
    f.StempelungFactory(art="paket", farbe="")
    liste = adresse(Stempelung, "changelist")
    assert 'href="csv/?art__exact=material"' in (
        admin_client.get(liste, {"art__exact": "material"}).content.decode()
    )
    antwort = admin_client.get(f"{liste}csv/", {"art__exact": "material"})
    assert antwort["Content-Type"] == "text/csv; charset=utf-8"
    text = antwort.content.decode()
    assert text.startswith("\ufeff")
    (zeile,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    assert zeile["kernaktivitaet"] == "Haus des Wissens"
    assert zeile["zweck"] == "'=1+1"
    assert zeile["gestempelt_am"] == "2024-09-01"
    assert zeile["auskunft"] == f"http://testserver/s/{zeile['code']}/"
    alle = admin_client.get(f"{liste}csv/").content.decode()
    assert len(alle.splitlines()) == 3


def test_the_csv_and_the_preview_are_for_the_office_alone(kollegin, ka):
    vorlage = f.StempelvorlageFactory()
    bild, tabelle = (
        adresse(Stempelvorlage, "vorschau", vorlage.pk),
        f"{adresse(Stempelung, 'changelist')}csv/",
    )
    for url in (bild, tabelle):
        assert Client().get(url).status_code == 302
        assert kollegin.get(url).status_code == 302  # not staff at all
    nutzer = kollegin.nutzer
    nutzer.is_staff = True
    nutzer.save()
    for url in (bild, tabelle):
        assert kollegin.get(url).status_code == 403
    nutzer.user_permissions.add(Permission.objects.get(codename="view_stempelung"))
    assert kollegin.get(tabelle).status_code == 200
