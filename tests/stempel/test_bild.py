"""The stamp on images: upright, in the right colours, and without where they were taken."""

import pytest
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from stempel.druck import PLAETZE, Ablehnung
from stempel.druck.bild import stemple_bild
from stempel.entwurf import zeichne
from stempel.zeichnung import als_pdf
from tests.stempel import dateien
from tests.stempel.test_pdf import in_drittel, wunsch

AUFDRUCK = als_pdf(zeichne("laufend", "schwarz"))
PROZENT = {"einheit": "prozent", "groesse": 30}
ENDUNG = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


def gestempelt(quelle, ziel, aufdruck=AUFDRUCK, **anders):
    ergebnis = stemple_bild(quelle, ziel, aufdruck, wunsch(**PROZENT | anders))
    return lies(ziel), ergebnis


def lies(pfad):
    with Image.open(pfad) as bild:
        bild.load()
        bild.getexif()
    return bild


def unterschied(vorher, nachher):
    """The box that has changed, with tolerance for JPEG."""
    grau = ImageChops.difference(vorher.convert("RGBA"), nachher.convert("RGBA"))
    kanaele = [kanal.point(lambda wert: 255 * (wert > 60)) for kanal in grau.split()]
    ganz = ImageChops.lighter(
        ImageChops.lighter(kanaele[0], kanaele[1]), ImageChops.lighter(kanaele[2], kanaele[3])
    )
    return ganz.getbbox()


@pytest.mark.parametrize("platz", PLAETZE)
def test_the_stamp_stands_at_its_place(tmp_path, platz):
    quelle = dateien.bild(tmp_path / "a.png")
    bild, _ = gestempelt(quelle, tmp_path / "b.png", platz=platz)
    x0, y0, x1, y1 = unterschied(lies(quelle), bild)
    senkrecht, waagerecht = platz.split("-")
    assert in_drittel(x0 / 1200, x1 / 1200) == ("links", "mitte", "rechts").index(waagerecht)
    assert in_drittel(y0 / 900, y1 / 900) == ("oben", "mitte", "unten").index(senkrecht)
    assert x1 - x0 == pytest.approx(360, abs=3)


@pytest.mark.parametrize("ausrichtung", range(1, 9))
def test_the_picture_is_the_right_way_up_whatever_the_camera_says(tmp_path, ausrichtung):
    quelle = dateien.bild(
        tmp_path / "a.jpg", exif=dateien.exif_mit_ort(ausrichtung), groesse=(1600, 1000)
    )
    bild, _ = gestempelt(quelle, tmp_path / "b.jpg", platz="unten-rechts")
    gedreht = ausrichtung >= 5
    assert bild.size == ((1000, 1600) if gedreht else (1600, 1000))
    assert bild.getexif().get(0x0112, 1) == 1
    ecken = {
        "oben links": (50, 50),
        "oben rechts": (bild.width - 50, 50),
        "unten links": (50, bild.height - 50),
        # Where the stamp stands, its margin is still the picture.
        "unten rechts": (bild.width - 8, bild.height - 8),
    }
    dunkel = [name for name, ort in ecken.items() if bild.getpixel(ort)[1] < 80]
    # EXIF 1 … 8: the dark quarter is stored at the upper left.
    erwartet = {
        1: "oben links",
        2: "oben rechts",
        3: "unten rechts",
        4: "unten links",
        5: "oben links",
        6: "oben rechts",
        7: "unten rechts",
        8: "unten links",
    }
    assert dunkel == [erwartet[ausrichtung]]
    assert 0x8825 not in bild.getexif()
    assert bild.getexif()[0x8298] == "Stadt Bochum"


@pytest.mark.parametrize("art", ["JPEG", "PNG", "WEBP"])
def test_no_place_where_it_was_taken_is_left(tmp_path, art):
    quelle = tmp_path / f"a.{ENDUNG[art]}"
    xmp = b"<x:xmpmeta><exif:GPSLatitude>51,28.9N</exif:GPSLatitude></x:xmpmeta>"
    text = PngInfo()
    text.add_itxt("XML:com.adobe.xmp", xmp.decode())
    dateien.bild(quelle, exif=dateien.exif_mit_ort(), xmp=xmp, pnginfo=text)
    bild, _ = gestempelt(quelle, tmp_path / f"b.{ENDUNG[art]}")
    assert 0x8825 not in bild.getexif()
    roh = (tmp_path / f"b.{ENDUNG[art]}").read_bytes()
    assert b"GPS" not in roh
    assert b"GPS" in quelle.read_bytes()
    assert 0x8825 in lies(quelle).getexif()


@pytest.mark.parametrize("art", ["JPEG", "PNG", "WEBP"])
def test_profile_resolution_and_format_stay(tmp_path, art):
    quelle = tmp_path / f"a.{ENDUNG[art]}"
    profil = dateien.farbprofil()
    dateien.bild(quelle, icc_profile=profil, dpi=(300, 300))
    bild, _ = gestempelt(quelle, tmp_path / f"b.{ENDUNG[art]}")
    assert bild.format == art
    assert bild.info["icc_profile"] == profil
    if art != "WEBP":  # knows no resolution
        assert bild.info["dpi"] == pytest.approx((300, 300), abs=0.1)


def test_a_jpeg_keeps_its_quality(tmp_path):
    quelle = dateien.bild(tmp_path / "a.jpg", quality=93, subsampling=0)
    bild, _ = gestempelt(quelle, tmp_path / "b.jpg")
    vorher = lies(quelle)
    assert bild.quantization == vorher.quantization
    assert bild.layer == vorher.layer


def test_cmyk_stays_cmyk_and_black_is_black_ink_alone(tmp_path):
    quelle = dateien.bild(tmp_path / "a.jpg", "CMYK", quality=95)
    bild, _ = gestempelt(quelle, tmp_path / "b.jpg", groesse=60)
    assert bild.mode == "CMYK"
    x0, y0, x1, y1 = unterschied(lies(quelle).convert("RGB"), bild.convert("RGB"))
    tinte = [p for p in bild.crop((x0, y0, x1, y1)).get_flattened_data() if p[3] > 245]
    assert len(tinte) > 500
    assert max(max(p[:3]) for p in tinte) < 60
    # The picture itself is what it was.
    assert bild.getpixel((20, 20)) == pytest.approx(lies(quelle).getpixel((20, 20)), abs=4)


@pytest.mark.parametrize("modus", ["RGBA", "LA"])
@pytest.mark.parametrize("art", ["PNG", "WEBP"])
def test_transparency_is_kept(tmp_path, modus, art):
    quelle = dateien.bild(tmp_path / f"a.{ENDUNG[art]}", modus, lossless=True)
    bild, _ = gestempelt(quelle, tmp_path / f"b.{ENDUNG[art]}", platz="unten-rechts")
    durchsicht = bild.convert("RGBA").getchannel("A")
    assert durchsicht.getpixel((1190, 890)) == 0
    assert durchsicht.getpixel((10, 10)) == 255
    stempel = durchsicht.crop((600, 450, 1200, 900)).getbbox()
    assert stempel is not None
    assert durchsicht.crop((600, 450, 1200, 900)).getextrema() == (0, 255)


@pytest.mark.parametrize(("modus", "danach"), [("L", "L"), ("1", "L"), ("P", "RGB")])
def test_grey_and_palette_images_are_stamped(tmp_path, modus, danach):
    quelle = dateien.bild(tmp_path / "a.png", modus)
    bild, _ = gestempelt(quelle, tmp_path / "b.png")
    assert bild.mode == danach
    assert unterschied(lies(quelle), bild)


def test_a_palette_with_a_transparent_colour_stays_transparent(tmp_path):
    quelle = dateien.bild(tmp_path / "a.png", "P", transparency=7)
    bild, _ = gestempelt(quelle, tmp_path / "b.png")
    assert bild.mode == "RGBA"
    assert bild.getpixel((1195, 10))[3] == 0


def test_colours_are_those_of_the_profile(tmp_path):
    """In its own profile the colour stays; a profile that is none is kept and not obeyed."""
    quelle = dateien.bild(tmp_path / "a.png", icc_profile=dateien.farbprofil())
    farbig = als_pdf(zeichne("laufend", "farbig"))
    bild, _ = gestempelt(quelle, tmp_path / "b.png", farbig)
    farben = {farbe for _, farbe in bild.getcolors(1_000_000)}
    assert (0, 57, 90) in farben
    kaputt = dateien.bild(tmp_path / "c.png", icc_profile=b"kein Profil")
    bild, _ = gestempelt(kaputt, tmp_path / "d.png", farbig)
    assert (0, 57, 90) in {farbe for _, farbe in bild.getcolors(1_000_000)}


def test_mm_need_a_resolution(tmp_path):
    quelle = dateien.bild(tmp_path / "a.png", dpi=(300, 300))
    bild, _ = gestempelt(quelle, tmp_path / "b.png", einheit="mm", groesse=50)
    x0, _, x1, _ = unterschied(lies(quelle), bild)
    assert x1 - x0 == pytest.approx(50 / 25.4 * 300, abs=3)
    ohne = dateien.bild(tmp_path / "c.png")
    with pytest.raises(Ablehnung, match="in Prozent der Breite"):
        gestempelt(ohne, tmp_path / "d.png", einheit="mm", groesse=50)


def test_the_least_width_is_kept_and_said(tmp_path):
    quelle = dateien.bild(tmp_path / "a.png")
    bild, ergebnis = gestempelt(quelle, tmp_path / "b.png", groesse=5)
    x0, _, x1, _ = unterschied(lies(quelle), bild)
    assert x1 - x0 == pytest.approx(240, abs=3)
    assert "Mindestbreite von 240 Bildpunkten" in ergebnis["hinweise"][0]


def test_the_least_width_on_paper_holds_for_images_that_know_their_size(tmp_path):
    quelle = dateien.bild(tmp_path / "a.png", dpi=(300, 300))
    bild, ergebnis = gestempelt(quelle, tmp_path / "b.png", einheit="mm", groesse=20)
    x0, _, x1, _ = unterschied(lies(quelle), bild)
    assert x1 - x0 == pytest.approx(35 / 25.4 * 300, abs=3)
    assert "Mindestbreite von 413 Bildpunkten" in ergebnis["hinweise"][0]


def test_an_image_that_is_too_small_is_refused(tmp_path):
    quelle = dateien.bild(tmp_path / "a.png", groesse=(200, 200))
    with pytest.raises(Ablehnung, match="passt kein Stempel"):
        gestempelt(quelle, tmp_path / "b.png")


def test_moving_and_deep_images_are_refused(tmp_path):
    bilder = [Image.new("RGB", (500, 500), farbe) for farbe in ("red", "blue")]
    for endung in ("png", "webp"):
        quelle = tmp_path / f"a.{endung}"
        bilder[0].save(quelle, save_all=True, append_images=bilder[1:])
        with pytest.raises(Ablehnung, match="Animation"):
            gestempelt(quelle, tmp_path / "b.png")
    Image.new("I;16", (500, 500)).save(tmp_path / "tief.png")
    for quelle in (tmp_path / "tief.png", dateien.tiefes_png(tmp_path / "farbig.png")):
        with pytest.raises(Ablehnung, match="16 Bit"):
            gestempelt(quelle, tmp_path / "b.png")


def test_a_webp_without_loss_stays_so_behind_a_large_profile(tmp_path):
    """The first bytes of the file do not tell: what comes before the picture can be long."""
    profil = dateien.farbprofil() + bytes(20_000)
    for verlustfrei in (True, False):
        quelle = dateien.bild(tmp_path / "a.webp", lossless=verlustfrei, icc_profile=profil)
        gestempelt(quelle, tmp_path / "b.webp")
        assert (b"VP8L" in (tmp_path / "b.webp").read_bytes()) is verlustfrei
        if verlustfrei:
            oben = (0, 0, 1200, 400)
            vorher, nachher = (lies(tmp_path / f"{n}.webp").crop(oben) for n in "ab")
            assert vorher.tobytes() == nachher.tobytes()


@pytest.mark.parametrize("modus", ["RGB", "RGBA"])
def test_the_stamp_is_translated_into_the_colours_of_the_picture(tmp_path, modus):
    """In a profile that swaps red and blue the stamp is written the other way round."""
    quelle = dateien.bild(tmp_path / "a.png", modus, icc_profile=dateien.verdrehtes_profil())
    bild, _ = gestempelt(quelle, tmp_path / "b.png", als_pdf(zeichne("laufend", "farbig")))
    farben = [
        farbe[:3] for _, farbe in bild.getcolors(1_000_000) if farbe[-1] == 255 or modus == "RGB"
    ]
    assert any(rot > 200 and blau < 60 for rot, _, blau in farben)
    assert (0, 158, 227) not in farben


def test_a_stamp_of_two_metres_is_refused_before_it_is_drawn(tmp_path):
    quelle = dateien.bild(tmp_path / "a.png", dpi=(2400, 2400))
    with pytest.raises(Ablehnung, match=r"passt kein Stempel von 188976 × \d+\. Wählen Sie ihn"):
        gestempelt(quelle, tmp_path / "b.png", einheit="mm", groesse=2000)


def test_the_limit_of_pillow_holds_where_the_portal_itself_reads_images():
    assert Image.MAX_IMAGE_PIXELS
