"""The drawing: real programs open what it becomes, and read what it says."""

import io
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pikepdf
import pytest
import zxingcpp
from PIL import Image, ImageChops

from stempel.entwurf import FARBEN, TEXTE, mit_name, mit_qr, qr_code, umbrochen, zeichne, zeile
from stempel.zeichnung import als_pdf, als_png, als_svg

ADRESSE = "https://strategie.bochum.example/s/fhjlmqrwxy/"
SVG = "{http://www.w3.org/2000/svg}"


def als_bild(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGBA")


def farben(bild: Image.Image) -> set:
    return {farbe[:3] for anzahl, farbe in bild.getcolors(1_000_000) if farbe[3] == 255}


@pytest.mark.parametrize("variante", TEXTE)
@pytest.mark.parametrize("farbe", FARBEN)
def test_svg_pdf_and_png_are_drawn_from_one_geometry(variante, farbe):
    zeichnung = zeichne(variante, farbe)
    svg = ET.fromstring(als_svg(zeichnung, "Titel & mehr"))
    assert svg.find(f"{SVG}title").text == "Titel & mehr"
    pfade = svg.findall(f"{SVG}path")
    assert {pfad.get("fill") for pfad in pfade} == set(FARBEN[farbe])
    # Words are paths: no font, no style, no link.
    assert {element.tag for element in svg.iter()} == {
        f"{SVG}{n}" for n in ("svg", "title", "path")
    }
    with pikepdf.open(io.BytesIO(als_pdf(zeichnung))) as pdf:
        befehle = pikepdf.parse_content_stream(pdf.pages[0])
        assert "/Font" not in pdf.pages[0].obj.Resources
    zuege = sum(pfad.get("d").count("M") for pfad in pfade)
    assert sum(str(b.operator) == "m" for b in befehle) == zuege > 20
    bild = als_bild(als_png(zeichnung, 600))
    assert bild.width == 600
    assert bild.height == pytest.approx(600 * zeichnung.hoehe / zeichnung.breite, abs=1)
    gefuellt = {tuple(bytes.fromhex(f[1:])) for f in FARBEN[farbe]}
    assert gefuellt <= farben(bild)
    assert bild.getpixel((int(bild.height * 1.1), 5))[3] == 0


def test_black_and_white_print_with_one_ink():
    for farbe, wert in (("schwarz", b"0 g"), ("weiss", b"1 g")):
        with pikepdf.open(io.BytesIO(als_pdf(zeichne("laufend", farbe)))) as pdf:
            inhalt = pdf.pages[0].obj.Contents.read_bytes()
        assert inhalt.count(wert) == 3
        assert b"rg" not in inhalt


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="poppler-utils fehlt")
def test_poppler_draws_the_pdf_as_pdfium_does(tmp_path):
    (tmp_path / "a.pdf").write_bytes(als_pdf(zeichne("umgesetzt", "schwarz")))
    befehl = ["pdftoppm", "-png", "-scale-to-x", "600", "-scale-to-y", "-1", "-singlefile"]
    subprocess.run([*befehl, tmp_path / "a.pdf", tmp_path / "a"], check=True)
    unseres = Image.new("RGBA", (600, 130), "white")
    unseres.alpha_composite(als_bild(als_png(zeichne("umgesetzt", "schwarz"), 600)))
    with Image.open(tmp_path / "a.png") as fremdes:
        assert fremdes.width == 600
        groesse = (0, 0, 600, min(fremdes.height, 120))
        unterschied = ImageChops.difference(
            fremdes.convert("L").crop(groesse), unseres.convert("L").crop(groesse)
        )
    summe = unterschied.histogram()
    assert sum(summe[128:]) < 600 * 120 * 0.03


def test_the_same_drawing_gives_the_same_bytes():
    assert als_pdf(zeichne("laufend", "farbig"), "x") == als_pdf(zeichne("laufend", "farbig"), "x")


@pytest.mark.parametrize("farbe", ["farbig", "schwarz", "weiss"])
def test_a_real_decoder_reads_the_qr_code_beside_the_stamp(farbe):
    ganzes = mit_qr(zeichne("laufend", farbe), qr_code(ADRESSE, "fhjlm qrwxy"))
    for grund in ("white", "#00395a", "#8a8a8a"):
        blatt = Image.new("RGBA", (900, 400), grund)
        blatt.alpha_composite(als_bild(als_png(ganzes, 560)), (50, 50))
        (gelesen,) = zxingcpp.read_barcodes(blatt.convert("RGB"))
        assert gelesen.text == ADRESSE


def test_the_qr_code_survives_dirt():
    bild = als_bild(als_png(qr_code(ADRESSE), 600)).convert("RGB")
    bild.paste("white", (260, 260, 340, 340))
    (gelesen,) = zxingcpp.read_barcodes(bild)
    assert gelesen.text == ADRESSE


def test_the_name_stands_below_in_as_many_lines_as_it_needs():
    stempel = zeichne("laufend", "farbig")
    kurz = mit_name(stempel, "Haus des Wissens", "#00395a")
    lang = mit_name(stempel, "Innovation „Anne-Theke“ – " * 4, "#00395a")
    assert stempel.hoehe < kurz.hoehe < lang.hoehe
    assert kurz.breite == lang.breite == stempel.breite
    wort = mit_name(stempel, "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 2, "#00395a")
    assert wort.breite > stempel.breite


def test_every_character_of_our_titles_is_in_the_font(db):
    assert zeile("ÄÖÜäöüß–„“&*!?", 10, 600)[1] > 60
    assert zeile("中", 10, 600) == zeile("?", 10, 600)
    assert umbrochen("eins zwei drei", 10, 600, 45) == ["eins zwei", "drei"]
