"""The stamp on PDF: where it stands in the picture, and that nothing else has changed."""

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from stempel.druck import PLAETZE, Ablehnung, Wunsch
from stempel.druck.pdf import ANDERE_FARBEN, OHNE_TAGS, stemple_pdf
from stempel.entwurf import zeichne
from stempel.zeichnung import als_pdf
from tests.stempel import dateien

AUFDRUCK = als_pdf(zeichne("laufend", "schwarz"))
ALT = "Ein Projekt der Bochum Strategie: „Öffentlich (wirklich)“"
MM = 72 / 25.4


def wunsch(**anders) -> Wunsch:
    vorgabe = {
        "platz": "unten-rechts",
        "groesse": 60,
        "einheit": "mm",
        "seiten": "alle",
        "min_mm": 35,
        "min_px": 240,
    }
    return Wunsch(**vorgabe | anders)


def gerendert(pfad, seite=0, mal=0.5):
    dokument = pypdfium2.PdfDocument(pfad)
    bild = dokument[seite].render(scale=mal).to_pil().convert("L")
    dokument.close()
    return bild


def text(pfad) -> list[str]:
    dokument = pypdfium2.PdfDocument(pfad)
    texte = [seite.get_textpage().get_text_bounded() for seite in dokument]
    dokument.close()
    return texte


def kasten_des_stempels(vorher, nachher, seite=0):
    """Where the two pictures differ, in parts of the page as it is seen; from the top left."""
    alt, neu = gerendert(vorher, seite), gerendert(nachher, seite)
    assert alt.size == neu.size
    x0, y0, x1, y1 = ImageChops.difference(alt, neu).getbbox()
    return x0 / alt.width, y0 / alt.height, x1 / alt.width, y1 / alt.height


def in_drittel(von: float, bis: float) -> int:
    return int((von + bis) / 2 * 3)


@pytest.fixture
def ziel(tmp_path):
    return tmp_path / "ergebnis.pdf"


@pytest.mark.parametrize("drehung", [0, 90, 180, 270])
@pytest.mark.parametrize("platz", PLAETZE)
def test_the_stamp_stands_where_the_reader_sees_that_place(tmp_path, ziel, drehung, platz):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", Rotate=drehung)
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch(platz=platz))
    x0, y0, x1, y1 = kasten_des_stempels(quelle, ziel)
    senkrecht, waagerecht = platz.split("-")
    assert in_drittel(x0, x1) == ("links", "mitte", "rechts").index(waagerecht)
    assert in_drittel(y0, y1) == ("oben", "mitte", "unten").index(senkrecht)


@pytest.mark.parametrize("drehung", [0, 90, 180, 270])
def test_the_stamp_is_upright_and_as_large_as_wished(tmp_path, ziel, drehung):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", Rotate=drehung)
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch(groesse=60))
    x0, y0, x1, y1 = kasten_des_stempels(quelle, ziel)
    breite, hoehe = dateien.A4 if drehung in (0, 180) else dateien.A4[::-1]
    assert (x1 - x0) * breite / MM == pytest.approx(60, abs=1.2)
    assert (y1 - y0) * hoehe / MM == pytest.approx(60 * 100 / 495.85, abs=1.2)
    # The ring is on the left: left of its middle there is more ink than at the far right.
    bild = gerendert(ziel)
    links = bild.crop(
        (
            int(x0 * bild.width),
            int(y0 * bild.height),
            int(x0 * bild.width) + 15,
            int(y1 * bild.height),
        )
    )
    mitte = (y0 + y1) / 2 * bild.height
    oben = links.crop((0, 0, 15, int(mitte - y0 * bild.height))).convert("L")
    assert min(links.get_flattened_data()) < 60
    assert min(oben.get_flattened_data()) < 120


@pytest.mark.parametrize("drehung", [0, 90, 180, 270, -90, 450])
def test_the_crop_box_is_what_the_reader_sees(tmp_path, ziel, drehung):
    ausschnitt = pikepdf.Array([200, 300, 560, 800])
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", Rotate=drehung, CropBox=ausschnitt)
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch(platz="oben-links"))
    x0, y0, _, _ = kasten_des_stempels(quelle, ziel)
    assert 0.01 < x0 < 0.08
    assert 0.01 < y0 < 0.08


def test_a_page_with_its_own_unit_gets_a_stamp_of_the_right_size(tmp_path, ziel):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", UserUnit=2)
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch(groesse=100))
    x0, _, x1, _ = kasten_des_stempels(quelle, ziel)
    assert (x1 - x0) * dateien.A4[0] * 2 / MM == pytest.approx(100, abs=2)


def test_everything_else_stays_as_it_is(tmp_path, ziel):
    quelle = dateien.pdf_mit_allem(tmp_path / "a.pdf")
    vorher = quelle.read_bytes()
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch())
    assert quelle.read_bytes() == vorher
    assert text(ziel) == text(quelle) == [f"Seite {nr} von 3" for nr in (1, 2, 3)]
    with pikepdf.open(quelle) as alt, pikepdf.open(ziel) as neu:
        assert len(neu.pages) == 3
        for davor, danach in zip(alt.pages, neu.pages, strict=True):
            for name in ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox"):
                assert list(danach.obj[f"/{name}"]) == list(davor.obj[f"/{name}"])
            assert "/Font" in danach.obj.Resources
        link, feld = neu.pages[0].obj.Annots
        assert link.A.URI == "https://www.bochum.example/"
        assert (str(feld.T), str(feld.V)) == ("name", "Erika")
        assert neu.Root.AcroForm.Fields[0].objgen == feld.objgen
        with neu.open_outline() as lesezeichen:
            assert [eintrag.title for eintrag in lesezeichen.root] == ["Zweite Seite"]
        assert neu.Root.Lang == "de-DE"
        assert neu.docinfo["/Title"] == "Bericht"
        assert neu.Root.StructTreeRoot.K.K[0].S == "/P"
        assert len(neu.Root.StructTreeRoot.K.K) == 3
        assert neu.check_pdf_syntax() == []


def test_without_an_alternative_text_the_stamp_is_an_artifact(tmp_path, ziel):
    quelle = dateien.pdf_mit_allem(tmp_path / "a.pdf")
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch())
    with pikepdf.open(ziel) as pdf:
        for seite in pdf.pages:
            inhalt = seite.obj.Contents[-1].read_bytes()
            assert inhalt.count(b"/Artifact") == inhalt.count(b"EMC") == 1


def test_with_an_alternative_text_it_is_a_figure_in_the_structure_once(tmp_path, ziel):
    quelle = dateien.pdf_mit_allem(tmp_path / "a.pdf")
    ergebnis = stemple_pdf(quelle, ziel, AUFDRUCK, wunsch(alternativtext=ALT, seiten="2-3"))
    assert ergebnis["hinweise"] == []
    with pikepdf.open(ziel) as pdf:
        dokument = pdf.Root.StructTreeRoot.K
        assert [str(element.S) for element in dokument.K] == ["/P", "/P", "/Figure", "/P"]
        figur = dokument.K[2]
        assert str(figur.Alt) == ALT
        assert figur.Pg.objgen == pdf.pages[1].obj.objgen
        assert figur.P.objgen == dokument.objgen
        assert int(figur.K) == 1
        assert b"/Figure <</MCID 1>> BDC" in pdf.pages[1].obj.Contents[-1].read_bytes()
        reihe = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[1]
        assert [element.objgen for element in reihe] == [dokument.K[1].objgen, figur.objgen]
        assert b"/Artifact" in pdf.pages[2].obj.Contents[-1].read_bytes()
        assert "/Contents" in pdf.pages[0].obj
        assert not isinstance(pdf.pages[0].obj.Contents, pikepdf.Array)


def test_a_page_outside_of_the_structure_gets_its_place_in_it(tmp_path, ziel):
    quelle = dateien.pdf_mit_allem(tmp_path / "a.pdf")
    with pikepdf.open(quelle, allow_overwriting_input=True) as pdf:
        del pdf.pages[0].obj["/StructParents"]
        del pdf.Root.StructTreeRoot["/ParentTreeNextKey"]
        pdf.save(quelle)
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch(alternativtext=ALT, seiten="erste"))
    with pikepdf.open(ziel) as pdf:
        assert int(pdf.pages[0].obj.StructParents) == 3
        assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) == 4
        baum = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        assert [eintrag is None for eintrag in baum[3]] == [True, False]
        assert str(baum[3][1].Alt) == ALT


def test_a_figure_finds_its_place_in_poor_structures(tmp_path, ziel):
    """Without a parent tree, with one child that is no list, with none at all."""
    quelle = dateien.pdf_mit_allem(tmp_path / "a.pdf")
    for kinder in ("eines", "keines", "wurzel"):
        with pikepdf.open(quelle) as pdf:
            wurzel = pdf.Root.StructTreeRoot
            del wurzel["/ParentTree"]
            dokument = wurzel.K
            if kinder == "eines":
                dokument.K = dokument.K[0]
            elif kinder == "keines":
                del dokument["/K"]
            else:
                wurzel.K = pikepdf.Array([dokument.K[0], dokument.K[1]])
            pdf.save(tmp_path / "b.pdf")
        stemple_pdf(tmp_path / "b.pdf", ziel, AUFDRUCK, wunsch(alternativtext=ALT, seiten="erste"))
        with pikepdf.open(ziel) as pdf:
            wurzel = pdf.Root.StructTreeRoot
            oben = wurzel if kinder == "wurzel" else wurzel.K
            assert ALT in [str(kind.get("/Alt", "")) for kind in oben.K]
            assert len(oben.K) == {"eines": 2, "keines": 1, "wurzel": 3}[kinder]
            assert str(pikepdf.NumberTree(wurzel.ParentTree)[0][-1].Alt) == ALT


@pytest.mark.parametrize(
    "merkmale",
    [
        {"MediaBox": pikepdf.Array([0, 0, 0, 842])},
        {"Rotate": 45},
    ],
)
def test_a_page_that_cannot_be_is_refused(tmp_path, ziel, merkmale):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", **merkmale)
    with pytest.raises(Ablehnung, match="beschädigt oder unvollständig"):
        stemple_pdf(quelle, ziel, AUFDRUCK, wunsch())


def test_a_crop_box_outside_of_the_page_is_not_obeyed(tmp_path, ziel):
    ausserhalb = pikepdf.Array([2000, 2000, 2100, 2100])
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", CropBox=ausserhalb)
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch())
    with pikepdf.open(ziel) as pdf:
        assert "/Stempel" in pdf.pages[0].obj.Resources.XObject


def test_a_pdf_without_tags_says_that_its_text_may_not_be_read(tmp_path, ziel):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf")
    ergebnis = stemple_pdf(quelle, ziel, AUFDRUCK, wunsch(alternativtext=ALT))
    assert ergebnis["hinweise"] == [OHNE_TAGS]
    with pikepdf.open(ziel) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        befehle = pikepdf.parse_content_stream(pdf.pages[0])
        (figur,) = [b for b in befehle if str(b.operator) == "BDC"]
        assert str(figur.operands[1].Alt) == ALT


@pytest.mark.parametrize(
    ("art", "kanaele", "farbe", "hinweise"),
    [
        ("/GTS_PDFX", 4, "farbig", [ANDERE_FARBEN]),
        ("/GTS_PDFX", None, "farbig", [ANDERE_FARBEN]),
        ("/GTS_PDFX", 4, "weiss", []),
        ("/GTS_PDFA1", 4, "farbig", [ANDERE_FARBEN]),
        ("/GTS_PDFA1", 3, "farbig", []),
    ],
)
def test_a_pdf_with_colours_of_its_own_is_told_of_rgb(
    tmp_path, ziel, art, kanaele, farbe, hinweise
):
    """For a printing house, or for an archive whose profile is not RGB."""
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf")
    with pikepdf.open(quelle, allow_overwriting_input=True) as pdf:
        absicht = pikepdf.Dictionary(Type=pikepdf.Name.OutputIntent, S=pikepdf.Name(art))
        if kanaele:
            absicht.DestOutputProfile = pdf.make_stream(b"", N=kanaele)
        pdf.Root.OutputIntents = pikepdf.Array([absicht])
        pdf.save(quelle)
    ergebnis = stemple_pdf(quelle, ziel, als_pdf(zeichne("laufend", farbe)), wunsch())
    assert ergebnis["hinweise"] == hinweise


@pytest.mark.parametrize(
    ("seiten", "gestempelt"),
    [
        ("alle", [1, 2, 3, 4]),
        ("erste", [1]),
        ("letzte", [4]),
        ("2", [2]),
        ("1-2, 4", [1, 2, 4]),
        (" 3 – 4 ", [3, 4]),
    ],
)
def test_only_the_chosen_pages_are_stamped(tmp_path, ziel, seiten, gestempelt):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", 4)
    ergebnis = stemple_pdf(quelle, ziel, AUFDRUCK, wunsch(seiten=seiten))
    assert ergebnis["seite"] == gestempelt[0] - 1
    with pikepdf.open(ziel) as pdf:
        mit = [nr for nr, seite in enumerate(pdf.pages, 1) if "/XObject" in seite.obj.Resources]
    assert mit == gestempelt


@pytest.mark.parametrize("seiten", ["5", "1-9", "0", "3-2", "eins", "", "1,,2", "99999"])
def test_pages_that_are_not_there_are_refused(tmp_path, ziel, seiten):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", 4)
    with pytest.raises(Ablehnung, match=r"Das PDF hat 4 Seiten|sind nicht zu lesen"):
        stemple_pdf(quelle, ziel, AUFDRUCK, wunsch(seiten=seiten))
    assert not ziel.exists()


def test_the_least_width_is_kept_and_said(tmp_path, ziel):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf")
    klein = wunsch(groesse=5, einheit="prozent")
    (satz,) = stemple_pdf(quelle, ziel, AUFDRUCK, klein)["hinweise"]
    assert "Mindestbreite von 35 mm" in satz
    x0, _, x1, _ = kasten_des_stempels(quelle, ziel)
    assert (x1 - x0) * dateien.A4[0] / MM == pytest.approx(35, abs=1.2)


def test_percent_are_of_the_width_that_is_seen(tmp_path, ziel):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", Rotate=90)
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch(groesse=50, einheit="prozent"))
    x0, _, x1, _ = kasten_des_stempels(quelle, ziel)
    assert x1 - x0 == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("groesse", [(80, 200), (595, 30)])
def test_a_stamp_that_does_not_fit_is_refused_with_the_measures(tmp_path, ziel, groesse):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", groesse=groesse)
    with pytest.raises(Ablehnung, match=r"Auf Seite 1 \(\d+ × \d+ mm\) passt kein Stempel"):
        stemple_pdf(quelle, ziel, AUFDRUCK, wunsch())


def test_300_pages_share_one_print(tmp_path, ziel):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", 300)
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch())
    assert ziel.stat().st_size < quelle.stat().st_size + len(AUFDRUCK) + 300 * 700
    with pikepdf.open(ziel) as pdf:
        namen = {seite.obj.Resources.XObject.Stempel.objgen for seite in pdf.pages}
    assert len(namen) == 1
    assert text(ziel) == text(quelle)
    for nr in (0, 150, 299):
        x0, y0, x1, _ = kasten_des_stempels(quelle, ziel, nr)
        assert x0 > 0.6
        assert y0 > 0.9
        assert (x1 - x0) * dateien.A4[0] / MM == pytest.approx(60, abs=1.2)


def test_a_stamped_pdf_can_be_stamped_again(tmp_path, ziel):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf")
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch())
    stemple_pdf(ziel, tmp_path / "b.pdf", AUFDRUCK, wunsch(platz="oben-links"))
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert set(pdf.pages[0].obj.Resources.XObject) == {"/Stempel", "/Stempel1"}


def test_a_page_without_content_and_an_array_of_contents_are_stamped(tmp_path, ziel):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", 2)
    with pikepdf.open(quelle, allow_overwriting_input=True) as pdf:
        del pdf.pages[0].obj["/Contents"]
        strom = pdf.pages[1].obj.Contents
        pdf.pages[1].obj.Contents = pikepdf.Array([strom, pdf.make_stream(b"0 0 1 rg")])
        pdf.save(quelle)
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch())
    for nr in (0, 1):
        x0, *_ = kasten_des_stempels(quelle, ziel, nr)
        assert x0 > 0.5
    assert text(ziel)[1] == "Seite 2 von 2"


# ── As programs really make them ──────────────────────────────────────────────────────────────


def mit_inhalt(pfad, inhalt: bytes):
    quelle = dateien.pdf_mit_text(pfad)
    with pikepdf.open(quelle, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Contents = pdf.make_stream(inhalt)
        pdf.save(quelle)
    return quelle


HALB = b"0.5 0 0 0.5 0 0 cm"
WORT = b"BT /F1 40 Tf 100 300 Td (q Wort Q) Tj ET"


@pytest.mark.parametrize(
    "inhalt",
    [
        b"q " + HALB + b" q " + WORT,
        b"q\n" + HALB + b"[1]0 d q/F1 20 Tf\n" + WORT + b" Q",
        HALB + b" Q " + WORT + b" Q Q",
        b"q Q Q q " + HALB + b" Q " + WORT,
        b"Q q " + HALB + b" " + WORT,
    ],
)
def test_careless_states_neither_move_the_stamp_nor_the_page(tmp_path, ziel, inhalt):
    """Saved and never restored, or restored and never saved: each looks as before."""
    quelle = mit_inhalt(tmp_path / "a.pdf", inhalt)
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch(groesse=60))
    x0, y0, x1, _ = kasten_des_stempels(quelle, ziel)
    assert (x1 - x0) * dateien.A4[0] / MM == pytest.approx(60, abs=1.2)
    assert x0 > 0.5
    assert y0 > 0.9  # nothing above has moved
    assert text(ziel) == text(quelle) == ["q Wort Q"]
    with pikepdf.open(ziel) as pdf:
        operatoren = [str(b.operator) for b in pikepdf.parse_content_stream(pdf.pages[0])]
    assert operatoren.count("q") == operatoren.count("Q")


@pytest.mark.parametrize("drehung", [0, 90, 180, 270])
def test_the_stamp_stands_on_what_the_printing_house_does_not_cut_off(tmp_path, ziel, drehung):
    """A poster with bleed and marks of cutting: the margin counts from the finished edge."""
    rand = 60
    fertig = pikepdf.Array([rand, rand, dateien.A4[0] - rand, dateien.A4[1] - rand])
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", TrimBox=fertig, Rotate=drehung)
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch(platz="unten-rechts"))
    _, _, x1, y1 = kasten_des_stempels(quelle, ziel)
    breite, hoehe = dateien.A4 if drehung in (0, 180) else dateien.A4[::-1]
    assert (1 - x1) * breite == pytest.approx(rand + 8 * MM, abs=3)
    assert (1 - y1) * hoehe == pytest.approx(rand + 8 * MM, abs=3)


def test_a_trim_box_that_would_leave_less_than_half_is_not_obeyed(tmp_path, ziel):
    rest = pikepdf.Array([0, 0, 100, 842])
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", TrimBox=rest)
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch())
    assert kasten_des_stempels(quelle, ziel)[0] > 0.5


@pytest.mark.parametrize("groesse", [(419.53, 595.28), (297.64, 419.53), (280.63, 595.28)])
def test_the_largest_share_of_the_width_fits_on_small_pages(tmp_path, ziel, groesse):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", groesse=groesse)
    for platz in PLAETZE:
        stemple_pdf(
            quelle, ziel, AUFDRUCK, wunsch(einheit="prozent", groesse=90.0, platz=platz, min_mm=0)
        )


def test_the_figure_takes_a_number_that_the_page_does_not_use(tmp_path, ziel):
    """Also where the structure has forgotten some of the numbers of the page."""
    quelle = dateien.pdf_mit_allem(tmp_path / "a.pdf")
    with pikepdf.open(quelle, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/P <</MCID 0>> BDC EMC /P<</MCID 4>>BDC EMC")
        pdf.save(quelle)
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch(alternativtext=ALT))
    with pikepdf.open(ziel) as pdf:
        assert b"/Figure <</MCID 5>> BDC" in pdf.pages[0].obj.Contents[-1].read_bytes()
        reihe = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)[0]
        assert len(reihe) == 6
        assert str(reihe[5].Alt) == ALT
        assert int(reihe[5].K) == 5


def test_in_a_long_document_a_careless_program_is_noticed(tmp_path, ziel):
    """Thirty pages of a careful program, then one of another."""
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", 31)
    with pikepdf.open(quelle, allow_overwriting_input=True) as pdf:
        letzte = pdf.pages[30].obj
        letzte.Resources = pikepdf.Dictionary(Font=letzte.Resources.Font, ProcSet=pikepdf.Array([]))
        letzte.Contents = pdf.make_stream(b"q " + HALB + b" " + WORT)
        pdf.save(quelle)
    stemple_pdf(quelle, ziel, AUFDRUCK, wunsch(groesse=60))
    for nr in (0, 30):
        x0, _, x1, _ = kasten_des_stempels(quelle, ziel, nr)
        assert (x1 - x0) * dateien.A4[0] / MM == pytest.approx(60, abs=1.2)
        assert x0 > 0.5
