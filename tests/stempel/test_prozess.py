"""What is refused: with a sentence, in bounded time and memory, and without a crash."""

import os
import resource
import shutil
import subprocess
import sys
import threading
import zlib

import pikepdf
import pytest

from stempel import druck
from stempel.druck import MAX_BYTES, MAX_OBJEKTE, MAX_SEITEN, Ablehnung, grenzen, stemple
from stempel.druck.annahme import oeffne_pdf
from stempel.druck.bild import oeffne_bild
from stempel.druck.grenzen import erkenne
from stempel.druck.pdf import stemple_pdf
from stempel.entwurf import zeichne
from stempel.zeichnung import als_pdf
from tests.prozess import EINSTELLUNGEN
from tests.stempel import dateien
from tests.stempel.test_pdf import wunsch

AUFDRUCK = als_pdf(zeichne("laufend", "schwarz"))


def im_prozess(tmp_path, quelle, name=None, **anders):
    """As the portal does it: the file in a folder of its own, the work in another process."""
    ordner = tmp_path / "auftrag"
    ordner.mkdir(exist_ok=True)
    shutil.copy(quelle, ordner / "original")
    return stemple(ordner, name or quelle.name, AUFDRUCK, wunsch(**anders))


def rechenzeit() -> float:
    """Seconds that the processor spent on ended processes; a busy machine does not add to them."""
    verbraucht = resource.getrusage(resource.RUSAGE_CHILDREN)
    return verbraucht.ru_utime + verbraucht.ru_stime


def test_a_pdf_and_an_image_are_stamped_with_a_preview(tmp_path):
    for quelle in (
        dateien.pdf_mit_text(tmp_path / "a.pdf"),
        dateien.bild(tmp_path / "a.jpg", dpi=(300, 300)),
    ):
        ergebnis = im_prozess(tmp_path, quelle)
        assert ergebnis.datei.stat().st_size > 1000
        with oeffne_bild(ergebnis.vorschau) as vorschau:
            assert max(vorschau.size) == 1100
        assert ergebnis.hinweise == ()


@pytest.mark.parametrize(
    ("inhalt", "name", "satz"),
    [
        (b"", "a.pdf", "Die Datei ist leer"),
        (b"Guten Tag", "a.pdf", "kein PDF, PNG, JPEG oder WebP, auch wenn der Name es sagt"),
        (b"....ftypheic", "IMG_1.HEIC", r"kein PDF, PNG, JPEG oder WebP\. Exportieren Sie"),
        (b"MZ\x90\0", "a.png", "kein PDF, PNG, JPEG oder WebP"),
        (b"%PDF-1.7\n", "a.png", "steckt ein PDF"),
        (b"\x89PNG\r\n\x1a\n", "a.pdf", "steckt ein PNG"),
        (b"\xff\xd8\xff\xe0", "a.docx", "steckt ein JPEG"),
        (b"RIFF....WEBPVP8 ", "a", "steckt ein WebP"),
    ],
)
def test_what_a_file_is_decides_its_content(tmp_path, inhalt, name, satz):
    datei = tmp_path / "datei"
    datei.write_bytes(inhalt)
    with pytest.raises(Ablehnung, match=satz):
        erkenne(datei, name)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path):
    datei = tmp_path / "gross.pdf"
    with datei.open("wb") as offen:
        offen.truncate(MAX_BYTES + 1)
    with pytest.raises(Ablehnung, match="größer als 50 MB"):
        erkenne(datei, "gross.pdf")


@pytest.mark.parametrize("nutzer", ["geheim", ""])
def test_encrypted_pdf(tmp_path, nutzer):
    with pytest.raises(Ablehnung, match="mit einem Kennwort geschützt"):
        oeffne_pdf(dateien.verschluesselt(tmp_path / "a.pdf", nutzer))


@pytest.mark.parametrize("weg", ["flag", "feld", "recht"])
def test_signed_pdf(tmp_path, weg):
    with pytest.raises(Ablehnung, match="unterschrieben"):
        oeffne_pdf(dateien.signiert(tmp_path / "a.pdf", weg))


def test_a_pdf_that_draws_itself(tmp_path):
    quelle = dateien.pdf_mit_allem(tmp_path / "a.pdf")
    with pikepdf.open(quelle, allow_overwriting_input=True) as pdf:
        pdf.Root.NeedsRendering = True
        pdf.save(quelle)
    with pytest.raises(Ablehnung, match="dynamisches Formular"):
        oeffne_pdf(quelle)


def test_a_form_without_a_signature_is_not_signed(tmp_path):
    oeffne_pdf(dateien.pdf_mit_allem(tmp_path / "a.pdf")).close()


def test_a_field_that_nobody_has_signed_yet_is_no_signature(tmp_path):
    """Its flag says that there is such a field; a flag without a field is believed."""
    quelle = dateien.signiert(tmp_path / "a.pdf", "feld")
    with pikepdf.open(quelle, allow_overwriting_input=True) as pdf:
        del pdf.Root.AcroForm.Fields[0].Kids[0]["/V"]
        pdf.Root.AcroForm.SigFlags = 1
        pdf.save(quelle)
    oeffne_pdf(quelle).close()
    with pikepdf.open(quelle, allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm.Fields = pikepdf.Array([])
        pdf.save(quelle)
    with pytest.raises(Ablehnung, match="unterschrieben"):
        oeffne_pdf(quelle)


def test_a_portfolio_is_more_than_its_cover(tmp_path):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf")
    with pikepdf.open(quelle, allow_overwriting_input=True) as pdf:
        pdf.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection)
        pdf.save(quelle)
    with pytest.raises(Ablehnung, match="Mappe"):
        oeffne_pdf(quelle)


@pytest.mark.parametrize("teil", [0.2, 0.5, 0.9, 0.99])
def test_a_pdf_that_was_cut_off(tmp_path, teil):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", 20)
    quelle.write_bytes(quelle.read_bytes()[: int(quelle.stat().st_size * teil)])
    with pytest.raises(Ablehnung, match="beschädigt oder unvollständig"):
        stemple_pdf(quelle, tmp_path / "b.pdf", AUFDRUCK, wunsch())


@pytest.mark.parametrize("endung", ["png", "jpg", "webp"])
def test_an_image_that_was_cut_off(tmp_path, endung):
    quelle = dateien.bild(tmp_path / f"a.{endung}")
    quelle.write_bytes(quelle.read_bytes()[: quelle.stat().st_size // 2])
    with pytest.raises(Ablehnung, match="beschädigt oder unvollständig"):
        im_prozess(tmp_path, quelle, einheit="prozent", groesse=40)


def test_too_many_pages(tmp_path):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf", MAX_SEITEN + 1)
    with pytest.raises(Ablehnung, match=f"Das PDF hat {MAX_SEITEN + 1} Seiten"):
        stemple_pdf(quelle, tmp_path / "b.pdf", AUFDRUCK, wunsch())


def test_a_pdf_of_thousands_of_parts_is_refused_quickly(tmp_path):
    quelle = dateien.pdf_mit_vielen_teilen(tmp_path / "a.pdf", MAX_OBJEKTE + 10)
    vorher = rechenzeit()
    with pytest.raises(Ablehnung, match=f"mehr als {MAX_OBJEKTE} Teilen"):
        im_prozess(tmp_path, quelle)
    assert rechenzeit() - vorher < 10


def test_a_decompression_bomb_is_refused_before_it_unpacks(tmp_path):
    quelle = dateien.bombe(tmp_path / "a.png")
    assert quelle.stat().st_size < 10_000
    vorher = rechenzeit()
    with pytest.raises(Ablehnung, match="60000 × 60000 Bildpunkte"):
        im_prozess(tmp_path, quelle)
    assert rechenzeit() - vorher < 10


def test_a_bomb_within_a_pdf_page_does_not_harm(tmp_path):
    """150 MB of blanks in a content stream: the stamp does not read it, the preview is limited."""
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf")
    packer = zlib.compressobj(9)
    gepackt = b"".join(packer.compress(b" " * 10_000_000) for _ in range(15)) + packer.flush()
    with pikepdf.open(quelle, allow_overwriting_input=True) as pdf:
        strom = pdf.make_stream(b"")
        strom.write(gepackt, filter=pikepdf.Name.FlateDecode)
        pdf.pages[0].obj.Contents = strom
        pdf.save(quelle)
    vorher = rechenzeit()
    ergebnis = im_prozess(tmp_path, quelle)
    assert rechenzeit() - vorher < grenzen.MAX_RECHENZEIT + 10
    with pikepdf.open(ergebnis.datei) as pdf:
        assert "/Stempel" in pdf.pages[0].obj.Resources.XObject


def test_a_process_that_takes_too_long_is_ended(tmp_path, monkeypatch):
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf")
    monkeypatch.setattr(druck, "MAX_WARTEZEIT", 0.01)
    with pytest.raises(Ablehnung, match="in der erlaubten Zeit"):
        im_prozess(tmp_path, quelle)


def test_nobody_waits_for_ever_for_the_processes_of_others(tmp_path, monkeypatch):
    monkeypatch.setattr(druck, "ZUGLEICH", threading.BoundedSemaphore(1))
    monkeypatch.setattr(druck, "MAX_WARTEZEIT", 0.1)
    quelle = dateien.pdf_mit_text(tmp_path / "a.pdf")
    with druck.ZUGLEICH, pytest.raises(Ablehnung, match="Gerade werden viele Dateien"):
        im_prozess(tmp_path, quelle)
    monkeypatch.setattr(druck, "MAX_WARTEZEIT", 60)
    assert im_prozess(tmp_path, quelle).seiten
    with pytest.raises(ValueError, match="released too many"):
        druck.ZUGLEICH.release()


def test_limits_hold_in_the_process(tmp_path):
    """The process itself says what it may use; its parent is not limited by it."""
    befehl = (
        "import resource; from stempel.druck.grenzen import begrenze; begrenze();"
        "print(*(resource.getrlimit(g)[0] for g in"
        " (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_CORE)));"
        "bytearray(2 * 1024 ** 3)"
    )
    lauf = subprocess.run([sys.executable, "-c", befehl], capture_output=True, text=True)
    assert lauf.stdout.split() == ["20", str(1536 * 1024**2), "0"]
    assert "MemoryError" in lauf.stderr


def test_the_process_is_told_nothing_of_the_portal(tmp_path, monkeypatch):
    """No setting, whatever its name: also none that a later one brings."""
    gesehen = {}
    for name in (*EINSTELLUNGEN, "EIN_NEUES_PASSWORT", "PGPASSWORD"):
        monkeypatch.setenv(name, "geheim")
    monkeypatch.setattr(druck.subprocess, "run", lambda *a, **k: gesehen.update(k["env"]))
    with pytest.raises(Ablehnung):
        im_prozess(tmp_path, dateien.pdf_mit_text(tmp_path / "a.pdf"))
    assert "PATH" in gesehen
    assert "geheim" not in gesehen.values()
    assert len(EINSTELLUNGEN) > 15


def test_stamping_100_pages_costs_at_most_twice_opening_and_saving(tmp_path):
    umgebung = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    lauf = subprocess.run(
        [sys.executable, "-m", "tests.stempel.messung", tmp_path],
        cwd=druck.WURZEL,
        env=umgebung,
        capture_output=True,
        text=True,
    )
    gespeichert, gestempelt = (float(sekunden) for sekunden in lauf.stdout.split())
    assert gestempelt <= 2 * gespeichert
    with pikepdf.open(tmp_path / "gestempelt.pdf") as pdf:
        assert len(pdf.pages) == 100
        assert all("/Stempel" in seite.obj.Resources.XObject for seite in pdf.pages)
