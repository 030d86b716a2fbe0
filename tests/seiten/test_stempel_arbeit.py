"""The way of a colleague: choose, take the kit or upload, look, fetch. And nobody else's."""

import hashlib
import io
import json
import shutil
import subprocess
import threading
import zipfile
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client
from gunicorn.util import has_fileno
from PIL import Image, ImageChops

from kernaktivitaeten.models import Kernaktivitaet
from stempel import ablage, material
from stempel.entwurf import zeichne
from stempel.models import Stempelung
from stempel.zeichnung import Zeichnung, als_pdf
from tests import factories as f
from tests.adressen import oeffne
from tests.dokument import lies
from tests.stempel import dateien

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ablage_fuer_sich")]

ANBRINGEN = "/stempel/anbringen/haus-des-wissens/"
PAKET = "/stempel/paket/haus-des-wissens/"
ANGABEN = {
    "zweck": "Plakat zur Eröffnung",
    "platz": "unten-rechts",
    "groesse": "60",
    "einheit": "mm",
    "seiten": "alle",
    "seiten_auswahl": "",
    "farbe": "farbig",
    "art": "artefakt",
}


def datei(pfad, name=None):
    return SimpleUploadedFile(name or pfad.name, pfad.read_bytes())


@pytest.fixture
def plakat(tmp_path):
    return dateien.pdf_mit_text(tmp_path / "Plakat Eröffnung (2).pdf", 2)


def lade_hoch(client, *hochgeladene, **anders) -> str:
    """Uploads and returns the address of the preview."""
    antwort = client.post(ANBRINGEN, ANGABEN | {"dateien": hochgeladene} | anders)
    assert antwort.status_code == 302, lies(antwort.content.decode()).eines("main").text
    return antwort["Location"]


def hole(client, adresse):
    antwort = client.post(f"{adresse}herunterladen/")
    return antwort, b"".join(antwort.streaming_content)


def brich_ab(antwort) -> None:
    """As a server does it whose reader has gone; the database stays open, as in Django's client."""
    request_finished.disconnect(close_old_connections)
    antwort.close()
    request_finished.connect(close_old_connections)


def saetze(antwort) -> list[str]:
    assert antwort.status_code == 200
    return [p.text for p in lies(antwort.content.decode()).alle("p", "fehler")]


# ── Who gets in ───────────────────────────────────────────────────────────────────────────────

ADRESSEN = [
    "/stempel/nutzen/",
    PAKET,
    ANBRINGEN,
    f"/stempel/auftrag/{'x' * 32}/",
    f"/stempel/auftrag/{'x' * 32}/1.png",
]


@pytest.mark.parametrize("adresse", ADRESSEN)
def test_strangers_sign_in_first(client, ka, adresse):
    for antwort in (client.get(adresse), client.post(adresse, ANGABEN)):
        assert antwort.status_code == 302
        assert antwort["Location"] == f"/konto/login/?next={adresse}"
    assert not Stempelung.objects.exists()


@pytest.mark.parametrize("adresse", ADRESSEN)
def test_who_has_no_right_reads_how_to_get_it(client, ka, adresse):
    client.force_login(f.NutzerFactory())
    for antwort in (client.get(adresse), client.post(adresse, ANGABEN)):
        assert antwort.status_code == 403
        text = lies(antwort.content.decode()).eines("main").text
        assert "dürfen den Stempel aber noch nicht nutzen" in text
    assert not Stempelung.objects.exists()


def test_what_is_fetched_is_asked_for_by_post(kollegin, ka, plakat):
    """Who comes by GET, after signing in anew, is led to the button."""
    adresse = lade_hoch(kollegin, datei(plakat))
    assert kollegin.get(f"{adresse}herunterladen/")["Location"] == adresse
    assert not Stempelung.objects.exists()
    assert Client().post(f"{adresse}herunterladen/").status_code == 302
    assert not Stempelung.objects.exists()


def test_forms_need_their_token(ka):
    streng = Client(enforce_csrf_checks=True)
    streng.force_login(f.NutzerFactory(is_superuser=True))
    assert streng.post(PAKET, {"zweck": "x"}).status_code == 403
    assert not Stempelung.objects.exists()


@pytest.mark.parametrize("adresse", ADRESSEN[:3])
def test_nothing_of_it_is_kept_by_anybody(kollegin, ka, adresse):
    antwort = kollegin.get(adresse)
    assert "no-store" in antwort["Cache-Control"]
    assert "private" in antwort["Cache-Control"]


# ── Choosing ──────────────────────────────────────────────────────────────────────────────────


def test_a_kernaktivitaet_is_found_without_a_script(kollegin, ka):
    zu_ende = f.KernaktivitaetFactory(titel="Bochums Speisekammer")
    f.StatusmeldungFactory(kernaktivitaet=zu_ende, status="eingestellt", am="08/2024")
    f.KernaktivitaetFactory(titel="Geheim", veroeffentlicht_am=None)
    seite = oeffne(kollegin, "/stempel/nutzen/").eines("main")
    assert "2 Kernaktivitäten" in seite.text
    assert "Geheim" not in seite.text
    assert "Kein Stempel: eingestellt, Stand 08/2024." in seite.text
    ziele = [a["href"] for a in seite.alle("a")]
    assert {ANBRINGEN, PAKET} <= set(ziele)
    assert not [z for z in ziele if zu_ende.slug in z]
    seite = oeffne(kollegin, "/stempel/nutzen/", {"q": "wissens haus"}).eines("main")
    assert "1 Kernaktivität" in seite.text
    assert "Speisekammer" not in seite.text
    leer = oeffne(kollegin, "/stempel/nutzen/", {"q": "Xylophon"}).eines("main")
    assert "Dazu gibt es keine Kernaktivität" in leer.text


@pytest.mark.parametrize("adresse", [PAKET, ANBRINGEN])
def test_what_may_not_be_stamped_is_refused_with_the_reason(kollegin, ka, adresse, plakat):
    f.StatusmeldungFactory(kernaktivitaet=ka, status="eingestellt", am="09/2024")
    for antwort in (
        kollegin.get(adresse),
        kollegin.post(adresse, ANGABEN | {"dateien": [datei(plakat)]}),
    ):
        dokument = lies(antwort.content.decode())
        assert "Kein Stempel: eingestellt, Stand 09/2024" in dokument.text
        assert not dokument.alle("form", "formular")
    assert not Stempelung.objects.exists()


@pytest.mark.parametrize("adresse", [PAKET, ANBRINGEN])
def test_what_is_not_public_is_not_there(kollegin, ka, adresse):
    Kernaktivitaet.objects.update(veroeffentlicht_am=None)
    oeffne(kollegin, adresse, status=404)


# ── The kit ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def paket(kollegin, ka):
    antwort = kollegin.post(PAKET, {"zweck": "Bauschild"})
    inhalt = b"".join(antwort.streaming_content)
    assert 'filename="stempelpaket-haus-des-wissens.zip"' in antwort["Content-Disposition"]
    return inhalt, zipfile.ZipFile(io.BytesIO(inhalt))


def test_the_kit_holds_every_format_size_and_colour(paket):
    namen = {name.removeprefix("stempelpaket-haus-des-wissens/") for name in paket[1].namelist()}
    erwartet = {"qr-code/qr-code.svg", "qr-code/qr-code.png", "alternativtext.txt"}
    erwartet |= {"einbinden.html", "regeln.txt"}
    for farbe in ("farbig", "schwarz", "weiss"):
        for stamm in (f"stempel-{farbe}", f"stempel-mit-name-{farbe}"):
            erwartet |= {f"svg/{stamm}.svg", f"pdf/{stamm}.pdf"}
            erwartet |= {f"png/{stamm}-{breite}.png" for breite in (300, 600, 1200, 2400)}
    assert namen == erwartet
    assert all(name.isascii() and " " not in name for name in paket[1].namelist())

    # They open in real programs.
    for name in paket[1].namelist():
        inhalt = paket[1].read(name)
        if name.endswith(".png") and "/png/" in name:
            with Image.open(io.BytesIO(inhalt)) as bild:
                assert bild.width == int(name.rpartition("-")[2].removesuffix(".png"))
                assert bild.mode == "RGBA"
        elif name.endswith(".pdf"):
            dokument = pypdfium2.PdfDocument(inhalt)
            assert len(dokument) == 1
            assert dokument[0].get_width() == pytest.approx(100 / 25.4 * 72, abs=0.1)
            dokument.close()
        elif name.endswith(".svg"):
            assert inhalt.startswith(b"<svg ")


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler-utils fehlt")
def test_poppler_draws_the_pdf_of_the_kit(paket, tmp_path):
    paket[1].extractall(tmp_path)
    ordner = tmp_path / "stempelpaket-haus-des-wissens"
    pdf, png = (ordner / n for n in ("pdf/stempel-mit-name-farbig.pdf", "png/stempel-mit-name-"))
    befehl = ["pdftoppm", "-png", "-scale-to-x", "600", "-scale-to-y", "-1", "-singlefile"]
    lauf = subprocess.run([*befehl, pdf, tmp_path / "a"], capture_output=True, check=True)
    assert lauf.stderr == b""
    with Image.open(tmp_path / "a.png") as fremdes, Image.open(f"{png}farbig-600.png") as unseres:
        blatt = Image.new("RGBA", unseres.size, "white")
        blatt.alpha_composite(unseres)
        grau = ImageChops.difference(
            fremdes.convert("L").crop((0, 0, *blatt.size)), blatt.convert("L")
        )
    assert sum(grau.histogram()[128:]) < blatt.width * blatt.height * 0.03


def test_the_qr_code_of_the_kit_leads_to_the_page_of_its_stamp(client, paket):
    qr = paket[1].read("stempelpaket-haus-des-wissens/qr-code/qr-code.png")
    (gelesen,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(qr)).convert("RGB"))
    assert gelesen.text.startswith("http://testserver/s/")
    seite = oeffne(client, gelesen.text.removeprefix("http://testserver"))
    assert "Dieser Stempel ist gültig." in seite.text


def test_the_texts_of_the_kit_and_the_register_are_right(kollegin, paket):
    def text(name):
        return paket[1].read(f"stempelpaket-haus-des-wissens/{name}").decode("utf-8-sig")

    titel = "Ein Projekt der Bochum Strategie: Haus des Wissens"
    assert titel in text("alternativtext.txt")
    schnipsel = lies(text("einbinden.html").split("-->")[1])
    assert schnipsel.eines("img")["src"] == "http://testserver/stempel/haus-des-wissens.svg"
    # Whoever cannot see it is not told a status that may have changed.
    assert schnipsel.eines("img")["alt"] == "Kernaktivität der Bochum Strategie: Haus des Wissens"
    assert schnipsel.eines("img")["height"] == "77"
    assert "auf Papier 35 mm breit, mit QR-Code zusammen 80 mm" in text("regeln.txt")
    assert "Vorschlag des Strategieportals" in text("regeln.txt")
    zeile = Stempelung.objects.get()
    assert zeile.sha256 == hashlib.sha256(paket[0]).hexdigest()
    assert (zeile.art, zeile.variante, zeile.farbe) == ("paket", "laufend", "")
    assert (zeile.zweck, zeile.nutzer) == ("Bauschild", kollegin.nutzer)


def test_the_snippet_can_be_copied_without_the_kit(kollegin, ka):
    schnipsel = oeffne(kollegin, PAKET).eines("pre").text
    assert 'src="http://testserver/stempel/haus-des-wissens.svg"' in schnipsel
    assert 'alt="Kernaktivität der Bochum Strategie: Haus des Wissens"' in schnipsel


def test_the_snippet_has_the_shape_of_the_citys_artwork(kollegin, ka, heute_ist):
    heute_ist(2024, 10, 1)
    hoch = als_pdf(Zeichnung(100, 100, zeichne("laufend", "schwarz").flaechen[:1]))
    f.StempelvorlageFactory(farbe="farbig", datei=hoch, veroeffentlicht_am=date(2024, 9, 1))
    assert 'width="280" height="280"' in oeffne(kollegin, PAKET).eines("pre").text


def test_the_longest_address_has_a_name_in_the_register(kollegin, ka):
    ka.slug = "a" * 120
    ka.save()
    antwort = kollegin.post(f"/stempel/paket/{ka.slug}/", {"zweck": "Bauschild"})
    assert antwort.status_code == 200
    assert len(Stempelung.objects.get().dateiname) == 117


def test_a_kit_needs_a_purpose(kollegin, ka):
    assert saetze(kollegin.post(PAKET, {"zweck": " "})) == [
        "Schreiben Sie kurz, wofür Sie den Stempel brauchen."
    ]
    assert not Stempelung.objects.exists()


# ── Stamping ──────────────────────────────────────────────────────────────────────────────────


def test_one_file_is_stamped_seen_and_fetched(kollegin, ka, plakat, heute_ist, ablage_fuer_sich):
    heute_ist(2024, 10, 1)
    original = plakat.read_bytes()
    adresse = lade_hoch(kollegin, datei(plakat), qr="on", groesse="100")
    seite = oeffne(kollegin, adresse)
    bild = seite.eines("main").eines("img")
    assert "Plakat Eröffnung (2).pdf" in bild["alt"]
    vorschau = kollegin.get(bild["src"])
    assert vorschau["Content-Type"] == "image/png"
    assert "no-store" in vorschau["Cache-Control"]
    assert not Stempelung.objects.exists()
    antwort, inhalt = hole(kollegin, adresse)
    assert 'filename="plakat-eroeffnung-2-gestempelt.pdf"' in antwort["Content-Disposition"]
    assert plakat.read_bytes() == original
    with pikepdf.open(io.BytesIO(inhalt)) as pdf:
        assert all("/Stempel" in s.obj.Resources.XObject for s in pdf.pages)
    zeile = Stempelung.objects.get()
    assert zeile.sha256 == hashlib.sha256(inhalt).hexdigest()
    assert (zeile.art, zeile.variante, zeile.farbe) == ("material", "laufend", "farbig")
    assert (zeile.am, zeile.zweck) == (date(2024, 10, 1), "Plakat zur Eröffnung")
    # What was fetched is gone.
    assert list(ablage_fuer_sich.iterdir()) == []
    oeffne(kollegin, adresse, status=404)
    # The printed code leads to the page.
    dokument = pypdfium2.PdfDocument(inhalt)
    blatt = dokument[0].render(scale=3).to_pil().convert("RGB")
    dokument.close()
    (gelesen,) = zxingcpp.read_barcodes(blatt)
    assert gelesen.text == f"http://testserver/s/{zeile.code}/"
    oeffne(kollegin, f"/s/{zeile.code}/")


def test_several_files_come_as_a_zip_and_a_broken_one_does_not_harm(kollegin, ka, plakat, tmp_path):
    foto = dateien.bild(tmp_path / "Foto.JPG", format="JPEG", dpi=(300, 300))
    kaputt = SimpleUploadedFile("kaputt.pdf", b"%PDF-1.7 kaputt")
    leer = SimpleUploadedFile("leer.png", b"")
    adresse = lade_hoch(kollegin, datei(plakat), datei(plakat), datei(foto), kaputt, leer)
    text = oeffne(kollegin, adresse).eines("main").text
    assert "kaputt.pdf Nicht gestempelt. Die Datei ist beschädigt oder unvollständig." in text
    assert "leer.png Nicht gestempelt. Die Datei ist leer." in text
    assert "3 Dateien herunterladen (zip)" in text
    _, inhalt = hole(kollegin, adresse)
    with zipfile.ZipFile(io.BytesIO(inhalt)) as paket:
        assert paket.namelist() == [
            "plakat-eroeffnung-2-gestempelt.pdf",
            "plakat-eroeffnung-2-gestempelt-2.pdf",
            "foto-gestempelt.jpg",
        ]
        summen = {hashlib.sha256(paket.read(name)).hexdigest() for name in paket.namelist()}
    assert set(Stempelung.objects.values_list("sha256", flat=True)) == summen
    assert Stempelung.objects.values("code").distinct().count() == 3


def test_nothing_can_be_fetched_where_nothing_was_stamped(kollegin, ka):
    adresse = lade_hoch(kollegin, SimpleUploadedFile("a.pdf", b"Guten Tag"))
    text = oeffne(kollegin, adresse).eines("main").text
    assert "kein PDF, PNG, JPEG oder WebP" in text
    assert "herunterladen" not in text
    assert kollegin.post(f"{adresse}herunterladen/")["Location"] == adresse
    assert not Stempelung.objects.exists()


def test_the_same_files_are_stamped_anew_from_their_originals(kollegin, ka, plakat):
    adresse = lade_hoch(kollegin, datei(plakat))
    formular = oeffne(kollegin, adresse).eines("form", "formular")
    assert formular.eines("input", name_="groesse")["value"] == "60"
    (platz,) = [r for r in formular.alle("input", name_="platz") if "checked" in r.attribute]
    assert platz["value"] == "unten-rechts"
    neu = ANGABEN | {"platz": "oben-links", "seiten": "auswahl", "seiten_auswahl": "2"}
    neu |= {"art": "abbildung", "groesse": "42,5"}
    assert kollegin.post(adresse, neu)["Location"] == adresse
    formular = oeffne(kollegin, adresse).eines("form", "formular")
    assert formular.eines("input", name_="groesse")["value"] == "42,5"
    assert formular.eines("input", name_="seiten_auswahl")["value"] == "2"
    assert "Gestempelt: 1 Seite. Hier sehen Sie Seite 2." in oeffne(kollegin, adresse).text
    assert "keine Tags" in oeffne(kollegin, adresse).eines("main").text
    _, inhalt = hole(kollegin, adresse)
    with pikepdf.open(io.BytesIO(inhalt)) as pdf:
        erste, zweite = (seite.obj for seite in pdf.pages)
        assert "/XObject" not in erste.Resources
        assert list(zweite.Resources.XObject) == ["/Stempel"]
        alt = "Ein Projekt der Bochum Strategie: Haus des Wissens"
        befehle = pikepdf.parse_content_stream(pdf.pages[1])
        assert [str(b.operands[1].Alt) for b in befehle if str(b.operator) == "BDC"] == [alt]


def test_the_citys_artwork_serves_kit_and_application(kollegin, ka, plakat, heute_ist):
    heute_ist(2024, 10, 1)
    datei_der_stadt = als_pdf(zeichne("umgesetzt", "schwarz"))
    vorlage = f.StempelvorlageFactory(
        farbe="schwarz", datei=datei_der_stadt, veroeffentlicht_am=date(2024, 9, 1)
    )
    antwort = kollegin.post(PAKET, {"zweck": "Bauschild"})
    with zipfile.ZipFile(io.BytesIO(b"".join(antwort.streaming_content))) as paket:
        bilder = [name for name in paket.namelist() if "/svg/" in name]
        assert [name.rpartition("/")[2] for name in bilder] == [
            "stempel-schwarz.svg",
            "stempel-mit-name-schwarz.svg",
        ]
        assert all(b"<image " in paket.read(name) for name in bilder)
        with pikepdf.open(io.BytesIO(paket.read(bilder[0].replace("svg", "pdf")))) as pdf:
            # Its paths are still paths.
            vektoren = pdf.pages[0].obj.Resources.XObject.Bild0
            assert vektoren.Subtype == "/Form"
    (wahl,) = oeffne(kollegin, ANBRINGEN).eines("select", name_="farbe").alle("option")
    assert wahl["value"] == "schwarz"
    falsch = kollegin.post(ANBRINGEN, ANGABEN | {"dateien": [datei(plakat)]})
    assert "gültige Auswahl" in falsch.content.decode()
    adresse = lade_hoch(kollegin, datei(plakat), farbe="schwarz")
    _, inhalt = hole(kollegin, adresse)
    assert set(Stempelung.objects.values_list("vorlage", flat=True)) == {vorlage.pk}
    dokument = pypdfium2.PdfDocument(inhalt)
    blatt = dokument[0].render(scale=1).to_pil().convert("L")
    dokument.close()
    assert min(blatt.crop((400, 780, 580, 830)).get_flattened_data()) < 30


@pytest.mark.parametrize(
    ("anders", "feld"),
    [
        ({"groesse": "0"}, "zwischen 1 und 2000 mm"),
        ({"groesse": "2001", "qr": "on"}, "zwischen 1 und 2000 mm"),
        ({"groesse": "91", "einheit": "prozent"}, "zwischen 1 und 90 Prozent"),
        ({"groesse": "nan"}, "eine Zahl"),
        ({"groesse": "1e999"}, "eine Zahl"),
        ({"seiten": "auswahl", "seiten_auswahl": "alle"}, "zum Beispiel 1-3, 5"),
        ({"platz": "irgendwo"}, "gültige Auswahl"),
        ({"farbe": "rosa"}, "gültige Auswahl"),
        ({"zweck": ""}, "wofür Sie den Stempel brauchen"),
    ],
)
def test_wrong_wishes_are_named_and_nothing_typed_is_lost(kollegin, ka, plakat, anders, feld):
    antwort = kollegin.post(ANBRINGEN, ANGABEN | {"dateien": [datei(plakat)]} | anders)
    assert antwort.status_code == 200
    dokument = lies(antwort.content.decode())
    liste = dokument.eines(klasse="fehlerliste")
    assert feld in liste.text
    assert "Wählen Sie Ihre Dateien bitte noch einmal aus." in liste.text
    ids = {e.attribute.get("id") for e in dokument.alle()}
    assert {a["href"][1:] for a in liste.alle("a")} <= ids
    if "zweck" not in anders:
        assert dokument.eines("input", name_="zweck")["value"] == "Plakat zur Eröffnung"


@pytest.mark.parametrize(("qr", "mindestens"), [("", 35), ("on", 80)])
def test_what_is_too_small_is_enlarged_and_said(kollegin, ka, plakat, qr, mindestens):
    """Files are not to be chosen once more because of it."""
    adresse = lade_hoch(kollegin, datei(plakat), groesse="20", qr=qr)
    text = oeffne(kollegin, adresse).eines("main").text
    assert f"Der Stempel ist auf die Mindestbreite von {mindestens} mm vergrößert." in text


def test_the_form_begins_with_what_suits_a_poster_and_a_picture(kollegin, ka, plakat, tmp_path):
    """Nothing changed but files and purpose: PDF, picture without dpi, all are stamped."""
    formular = oeffne(kollegin, ANBRINGEN).eines("form", "formular")
    angaben = {}
    for name in ("einheit", "seiten", "farbe", "art"):
        wahl = formular.eines("select", name_=name).alle("option")
        gewaehlt = [option for option in wahl if "selected" in option.attribute]
        angaben[name] = (gewaehlt or wahl)[0]["value"]
    angaben |= {"groesse": formular.eines("input", name_="groesse")["value"]}
    foto = dateien.bild(tmp_path / "foto.jpg")
    adresse = lade_hoch(kollegin, datei(plakat), datei(foto), **angaben)
    assert "2 Dateien herunterladen" in oeffne(kollegin, adresse).eines("main").text


def test_files_are_needed_and_not_too_many(kollegin, ka):
    assert saetze(kollegin.post(ANBRINGEN, ANGABEN)) == ["Wählen Sie mindestens eine Datei aus."]
    viele = [SimpleUploadedFile(f"{nr}.pdf", b"x") for nr in range(11)]
    (satz,) = saetze(kollegin.post(ANBRINGEN, ANGABEN | {"dateien": viele}))
    assert satz == "Das sind 11 Dateien. Wählen Sie höchstens 10 auf einmal."


def test_a_file_that_is_too_large_is_not_kept(kollegin, ka, monkeypatch, ablage_fuer_sich):
    monkeypatch.setattr(material, "MAX_BYTES", 100)
    adresse = lade_hoch(kollegin, SimpleUploadedFile("a.pdf", b"%PDF" + b"x" * 100))
    assert "größer als 50 MB" in oeffne(kollegin, adresse).text
    (ordner,) = ablage_fuer_sich.iterdir()
    assert (ordner / "1" / "original").stat().st_size == 0


def test_a_broken_connection_loses_nothing(kollegin, ka, plakat, ablage_fuer_sich):
    """What was not read to its end is still there; its row in the register is written once."""
    adresse = lade_hoch(kollegin, datei(plakat), datei(plakat))
    brich_ab(kollegin.post(f"{adresse}herunterladen/"))
    codes = set(Stempelung.objects.values_list("code", flat=True))
    assert len(codes) == 2
    assert len(list(ablage_fuer_sich.iterdir())) == 1
    _, inhalt = hole(kollegin, adresse)
    with zipfile.ZipFile(io.BytesIO(inhalt)) as paket:
        assert paket.testzip() is None
    assert set(Stempelung.objects.values_list("code", flat=True)) == codes
    assert list(ablage_fuer_sich.iterdir()) == []


def test_who_still_reads_is_not_disturbed_by_the_next_download(kollegin, ka, plakat):
    """The first zip is read to its end as it was, although the second has other files in it."""
    adresse = lade_hoch(kollegin, datei(plakat), datei(plakat))
    erste = kollegin.post(f"{adresse}herunterladen/")
    kollegin.post(adresse, ANGABEN | {"platz": "oben-links", "seiten": "erste"})
    brich_ab(kollegin.post(f"{adresse}herunterladen/"))
    with zipfile.ZipFile(io.BytesIO(b"".join(erste.streaming_content))) as paket:
        assert paket.testzip() is None
        summen = {hashlib.sha256(paket.read(name)).hexdigest() for name in paket.namelist()}
    assert summen <= set(Stempelung.objects.values_list("sha256", flat=True))


def test_the_web_server_does_not_send_a_result_past_us(ablage_fuer_sich):
    """With sendfile nobody would know whether it was sent to its end."""
    token, ordner = ablage.lege_an({"nutzer": 1})
    (ordner / "ergebnis").write_bytes(b"x" * 10_000)
    for gelesen, danach in ((9_999, True), (10_001, False)):
        abholung = ablage.Abholung(ordner / "ergebnis", token)
        assert not has_fileno(abholung)
        abholung.read(gelesen)
        abholung.close()
        assert ordner.exists() is danach


def test_what_is_stamped_anew_after_it_was_entered_gets_another_code(kollegin, ka, plakat):
    adresse = lade_hoch(kollegin, datei(plakat))
    brich_ab(kollegin.post(f"{adresse}herunterladen/"))
    kollegin.post(adresse, ANGABEN | {"platz": "oben-links"})
    _, inhalt = hole(kollegin, adresse)
    assert Stempelung.objects.count() == 2
    neue = Stempelung.objects.order_by("pk").last()
    assert neue.sha256 == hashlib.sha256(inhalt).hexdigest()


def test_a_status_that_changes_meanwhile_asks_for_a_new_stamp(kollegin, ka, plakat):
    """A file with the old text is not handed out."""
    adresse = lade_hoch(kollegin, datei(plakat))
    f.StatusmeldungFactory(kernaktivitaet=ka, status="umgesetzt", am="09/2024")
    text = oeffne(kollegin, adresse).eines("main").text
    assert "Jetzt gilt „Ein umgesetztes Projekt der Bochum Strategie“" in text
    assert "herunterladen" not in text
    assert kollegin.post(f"{adresse}herunterladen/")["Location"] == adresse
    assert not Stempelung.objects.exists()
    kollegin.post(adresse, ANGABEN)
    hole(kollegin, adresse)
    assert Stempelung.objects.get().variante == "umgesetzt"


def test_what_is_too_large_does_not_fill_the_disk_while_it_comes_in(
    kollegin, ka, monkeypatch, settings, tmp_path
):
    """Of a file the limit and one piece more are kept; the page knows how large it was."""
    monkeypatch.setattr(ablage, "MAX_BYTES", 100_000)
    monkeypatch.setattr(material, "MAX_BYTES", 100_000)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    gesehen = []
    lege_an = material.lege_an

    def merke(nutzer, ka, angaben, dateien, *rest):
        gesehen.extend((d.size, Path(d.temporary_file_path()).stat().st_size) for d in dateien)
        return lege_an(nutzer, ka, angaben, dateien, *rest)

    monkeypatch.setattr(material, "lege_an", merke)
    gross = SimpleUploadedFile("a.pdf", b"%PDF" + bytes(2_000_000))
    adresse = lade_hoch(kollegin, gross)
    assert "größer als" in oeffne(kollegin, adresse).text
    ((groesse, aufgehoben),) = gesehen
    assert groesse == 2_000_004
    assert 100_000 <= aufgehoben < 300_000


# ── When much is stamped at the same time ─────────────────────────────────────────────────────


@pytest.fixture
def voll(monkeypatch):
    """Half of the threads stamp until the test lets them go."""
    frei, drin = threading.Event(), threading.Barrier(ablage.FAEDEN._initial_value + 1)

    def arbeite():
        with ablage.faden():
            drin.wait(10)
            frei.wait(60)

    faeden = [threading.Thread(target=arbeite) for _ in range(ablage.FAEDEN._initial_value)]
    for faden in faeden:
        faden.start()
    drin.wait(10)

    def lasse_los():
        frei.set()
        for faden in faeden:
            faden.join(10)

    yield lasse_los
    lasse_los()


def nochmal(client, antwort):
    """Presses the button of the page that says to wait."""
    assert antwort.status_code == 503
    assert antwort["Retry-After"] == "60"
    dokument = lies(antwort.content.decode()).eines("main")
    assert "Gerade werden viele Dateien gestempelt." in dokument.text
    formular = dokument.eines("form")
    felder = {f["name"]: f["value"] for f in formular.alle("input")}
    felder.pop("csrfmiddlewaretoken", None)
    return client.post(formular["action"], felder)


def test_readers_keep_at_least_half_of_the_threads(settings):
    assert ablage.FAEDEN._initial_value * 2 <= settings.THREADS
    assert ablage.FAEDEN._initial_value >= 1


def test_who_comes_when_many_stamp_is_told_so_at_once_and_loses_nothing(
    kollegin, ka, plakat, voll, monkeypatch
):
    monkeypatch.setattr(ablage, "GEDULD", 0)
    anders = ANGABEN | {"groesse": "77", "platz": "oben-links", "dateien": [datei(plakat)]}
    antwort = kollegin.post(ANBRINGEN, anders)
    # The files are there, although nobody has stamped them yet.
    (link,) = (a["href"] for a in lies(antwort.content.decode()).eines("main").alle("a"))
    text = oeffne(kollegin, link).eines("main").text
    assert "Nicht gestempelt. Gerade werden viele Dateien gestempelt." in text
    assert nochmal(kollegin, antwort).status_code == 503
    # Readers are answered all the time.
    oeffne(kollegin, "/stempel/")
    voll()
    antwort = nochmal(kollegin, antwort)
    assert (antwort.status_code, antwort["Location"]) == (302, link)
    formular = oeffne(kollegin, link).eines("form", "formular")
    assert formular.eines("input", name_="groesse")["value"] == "77"
    assert hole(kollegin, link)[1].startswith(b"%PDF")
    assert Stempelung.objects.get().zweck == "Plakat zur Eröffnung"


def test_who_stamps_anew_when_many_stamp_keeps_wishes_and_results(kollegin, ka, plakat, request):
    adresse = lade_hoch(kollegin, datei(plakat))
    lasse_los = request.getfixturevalue("voll")
    antwort = kollegin.post(adresse, ANGABEN | {"groesse": "88"})
    assert "Gestempelt: 2 Seiten." in oeffne(kollegin, adresse).eines("main").text
    lasse_los()
    assert nochmal(kollegin, antwort)["Location"] == adresse
    formular = oeffne(kollegin, adresse).eines("form", "formular")
    assert formular.eines("input", name_="groesse")["value"] == "88"


def test_a_kit_waits_as_well(kollegin, ka, voll):
    antwort = kollegin.post(PAKET, {"zweck": "Bauschild"})
    assert not Stempelung.objects.exists()
    voll()
    antwort = nochmal(kollegin, antwort)
    assert antwort["Content-Disposition"].startswith("attachment")
    assert Stempelung.objects.get().zweck == "Bauschild"


def test_a_thread_is_free_again_whatever_happens():
    for _ in range(ablage.FAEDEN._initial_value + 1):
        with pytest.raises(ZeroDivisionError), ablage.faden():
            raise ZeroDivisionError


def test_nobody_waits_long_for_files_that_are_worked_on(kollegin, ka, plakat, monkeypatch):
    """Who fetches what is just stamped anew does not hold a thread until that is done."""
    monkeypatch.setattr(ablage, "GEDULD", 0.1)
    adresse = lade_hoch(kollegin, datei(plakat))
    token = adresse.rstrip("/").rpartition("/")[2]
    with ablage.allein(token, kollegin.nutzer.pk):
        antwort = kollegin.post(f"{adresse}herunterladen/")
    assert not Stempelung.objects.exists()
    assert b"".join(nochmal(kollegin, antwort).streaming_content).startswith(b"%PDF")


# ── Whose files, and for how long ─────────────────────────────────────────────────────────────


def test_nobody_else_gets_at_the_files(kollegin, ka, plakat):
    adresse = lade_hoch(kollegin, datei(plakat))
    fremd = Client()
    fremd.force_login(f.NutzerFactory(is_superuser=True))
    assert fremd.get(adresse).status_code == 404
    assert fremd.get(f"{adresse}1.png").status_code == 404
    assert fremd.post(adresse, ANGABEN).status_code == 404
    assert fremd.post(f"{adresse}herunterladen/").status_code == 404
    assert oeffne(kollegin, adresse)


@pytest.mark.parametrize("pfad", ["../../etc/", "..", "1.png", "herunterladen/"])
def test_no_address_leads_out_of_the_folder(kollegin, ka, plakat, pfad):
    adresse = lade_hoch(kollegin, datei(plakat))
    assert kollegin.get(f"{adresse}../../{pfad}").status_code in (301, 404)
    assert kollegin.get(f"{adresse}7.png").status_code == 404
    with pytest.raises(ablage.Fort):
        ablage.oeffne("../daten", kollegin.nutzer.pk)


def test_files_are_deleted_after_an_hour(kollegin, ka, plakat, monkeypatch, ablage_fuer_sich):
    alt = lade_hoch(kollegin, datei(plakat))
    (ordner,) = ablage_fuer_sich.iterdir()
    spaeter = ordner.stat().st_mtime + ablage.FRIST + 1
    monkeypatch.setattr(ablage.time, "time", lambda: spaeter)
    text = oeffne(kollegin, alt, status=404).eines("main").text
    assert "wird nach dem Herunterladen gelöscht, spätestens nach 1 Stunde." in text
    assert len(list(ablage_fuer_sich.iterdir())) == 1
    ablage.raeume_auf()
    assert list(ablage_fuer_sich.iterdir()) == []


def test_files_are_deleted_by_the_clock_even_when_nobody_comes(monkeypatch, ablage_fuer_sich):
    wecker = []
    monkeypatch.setattr(
        ablage.threading,
        "Timer",
        lambda sekunden, tun, was: wecker.append((sekunden, tun, was)) or Wecker(),
    )
    token, ordner = ablage.lege_an({"nutzer": 1})
    ((sekunden, tun, was),) = wecker
    assert (sekunden, was) == (3600, (token,))
    ablage.uebernimm()  # another process takes over
    assert wecker[1][0] == pytest.approx(3600, abs=60)
    tun(*was)
    assert not ordner.exists()


def test_one_at_a_time_works_on_the_files(ablage_fuer_sich):
    """The second click waits; when the first has fetched everything, there is nothing left."""
    token, _ = ablage.lege_an({"nutzer": 1})
    ergebnis = []

    def zweiter():
        try:
            with ablage.allein(token, 1):
                ergebnis.append("da")
        except ablage.Fort:
            ergebnis.append("fort")

    with ablage.allein(token, 1):
        faden = threading.Thread(target=zweiter)
        faden.start()
        faden.join(0.2)
        assert faden.is_alive()
        ablage.loesche(token)
    faden.join(10)
    assert ergebnis == ["fort"]


def test_the_hour_may_end_while_a_file_is_stamped(kollegin, ka, plakat, monkeypatch):
    adresse = lade_hoch(kollegin, datei(plakat))
    token = adresse.rstrip("/").rpartition("/")[2]
    monkeypatch.setattr(material, "als_pdf", lambda _: ablage.loesche(token) or b"")
    antwort = kollegin.post(adresse, ANGABEN)
    assert antwort.status_code == 404
    assert "nach 1 Stunde." in antwort.content.decode()


class Wecker:
    daemon = False

    def start(self) -> None:
        assert self.daemon


def test_the_folder_is_for_nobody_else_on_the_machine(kollegin, ka, plakat, ablage_fuer_sich):
    lade_hoch(kollegin, datei(plakat))
    (ordner,) = ablage_fuer_sich.iterdir()
    assert ordner.stat().st_mode & 0o077 == 0
    assert json.loads((ordner / "angaben.json").read_text())["nutzer"] == kollegin.nutzer.pk


def test_a_kernaktivitaet_that_ends_meanwhile_is_not_stamped_any_more(kollegin, ka, plakat):
    adresse = lade_hoch(kollegin, datei(plakat))
    f.StatusmeldungFactory(kernaktivitaet=ka, status="eingestellt", am="09/2024")
    assert "Kein Stempel: eingestellt" in oeffne(kollegin, adresse).text
    assert kollegin.post(f"{adresse}herunterladen/")["Location"] == adresse
    assert not Stempelung.objects.exists()
