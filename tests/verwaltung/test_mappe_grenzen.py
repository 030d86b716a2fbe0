"""Files that are no workbook, too large or not as expected: a clear answer, and nothing changes."""

import io
import re
import time
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook

from grundlage.datenstand import datenstand
from tests import factories as f
from tests.verwaltung.mappen import (
    ablehnung,
    als_bytes,
    fehler,
    haenge_an,
    lade_herunter,
    lade_hoch,
    setze,
)
from verwaltung.mappe import blatt
from verwaltung.mappe.lesen import KeineMappe, lies_mappe
from verwaltung.models import Hochladung, Stapel

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

KA = "Kernaktivitäten"


@pytest.fixture
def unveraendert():
    """Nothing is stored by what the test does."""
    f.KernaktivitaetFactory(kennung="k-1")
    vorher = datenstand()
    yield
    assert datenstand() == vorher
    assert not Stapel.objects.exists()


def archiv(**teile: bytes) -> bytes:
    """A ZIP file of these parts."""
    datei = io.BytesIO()
    with zipfile.ZipFile(datei, "w", zipfile.ZIP_DEFLATED) as zip_datei:
        for name, inhalt in teile.items():
            zip_datei.writestr(name, inhalt)
    return datei.getvalue()


def ersetze(mappe: bytes, name: str, aendere) -> bytes:
    """The same file with one part changed by ``aendere``."""
    quelle = zipfile.ZipFile(io.BytesIO(mappe))
    return archiv(
        **{
            teil: aendere(quelle.read(teil)) if teil == name else quelle.read(teil)
            for teil in quelle.namelist()
        }
    )


KEINE = {
    "leer": (b"", "Die übertragene Datei ist leer."),
    "text": (b"Kennung;Titel\nk-1;Neu\n", "Die Datei ist keine Excel-Mappe (.xlsx)."),
    "pdf": (b"%PDF-1.7\n" + bytes(2000), "Die Datei ist keine Excel-Mappe (.xlsx)."),
    "xls": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        "Das ist eine alte Excel-Datei (.xls) oder eine mit Kennwort.",
    ),
    "anderes Archiv": (archiv(mimetype=b"x"), "Die Datei ist keine Excel-Mappe (.xlsx), sondern"),
    "leere Hülle": (archiv(**{"xl/workbook.xml": b""}), "mappe.xlsx: Die Datei ist beschädigt"),
    "abgeschnitten": (als_bytes(Workbook())[:-300], "Die Datei ist keine Excel-Mappe"),
    "50 MB": (b"PK" + bytes(50 * 1024 * 1024), "Die Datei ist mit 50 MB zu groß; erlaubt sind 5"),
}


@pytest.mark.parametrize(("inhalt", "anfang"), KEINE.values(), ids=KEINE)
def test_what_is_no_workbook_gets_a_clear_answer(admin_client, unveraendert, inhalt, anfang):
    antwort = lade_hoch(admin_client, inhalt)
    assert ablehnung(antwort).startswith(anfang)
    assert "Im Portal ist nichts geändert." in antwort.content.decode()
    assert not Hochladung.objects.exists()


def test_a_zip_bomb_is_not_unpacked(admin_client, unveraendert):
    bombe = archiv(**{"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": bytes(200 * 1024 * 1024)})
    assert len(bombe) < 1024 * 1024
    tracemalloc.start()
    beginn = time.process_time()
    antwort = lade_hoch(admin_client, bombe)
    dauer, (_, spitze) = time.process_time() - beginn, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert ablehnung(antwort).startswith("Die Mappe ist entpackt zu groß.")
    assert dauer < 5
    assert spitze < 50 * 1024 * 1024


def test_a_part_that_claims_to_be_smaller_than_it_is_is_not_believed(admin_client, unveraendert):
    mappe = als_bytes(lade_herunter(admin_client))
    gross = ersetze(mappe, "xl/worksheets/sheet2.xml", lambda alt: alt + b" " * (20 << 20))
    echt = (len(zipfile.ZipFile(io.BytesIO(gross)).read("xl/worksheets/sheet2.xml"))).to_bytes(
        4, "little"
    )
    assert echt in gross
    antwort = lade_hoch(admin_client, gross.replace(echt, (1000).to_bytes(4, "little")))
    assert "Die Datei ist beschädigt" in ablehnung(antwort)


def test_entities_are_not_expanded(admin_client, unveraendert):
    mappe = als_bytes(lade_herunter(admin_client))
    boese = ersetze(
        mappe,
        "xl/worksheets/sheet2.xml",
        lambda alt: b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + alt,
    )
    assert "Die Datei ist beschädigt" in ablehnung(lade_hoch(admin_client, boese))


def test_ten_thousand_rows_are_refused_quickly(admin_client, unveraendert):
    mappe = lade_herunter(admin_client)
    for nummer in range(10_000):
        mappe["Angaben"].cell(nummer + 2, 2).value = "k-1"
        mappe["Angaben"].cell(nummer + 2, 5).value = f"Satz {nummer}"
    inhalt = als_bytes(mappe)
    beginn = time.process_time()
    antwort = lade_hoch(admin_client, inhalt)
    assert "Die Mappe hat mehr als 5000 Zeilen" in ablehnung(antwort)
    assert time.process_time() - beginn < 10


def test_too_many_changes_are_not_tried_to_the_end(admin_client, unveraendert, monkeypatch):
    monkeypatch.setattr(blatt, "HOECHSTENS_AENDERUNGEN", 3)
    monkeypatch.setattr("verwaltung.mappe.einspielen.HOECHSTENS_AENDERUNGEN", 3)
    mappe = lade_herunter(admin_client)
    for _ in range(6):
        haenge_an(mappe, "Angaben", Kernaktivität="k-1", Aussage="Satz", Art="Partner")
    ((ort, _, _, satz),) = fehler(lade_hoch(admin_client, mappe))
    assert ort == "Angaben"
    assert "Laden Sie die Mappe in mehreren Teilen hoch." in satz


def test_millions_of_empty_cells_are_not_parsed(admin_client, unveraendert):
    mappe = ersetze(
        als_bytes(lade_herunter(admin_client)),
        "xl/worksheets/sheet2.xml",
        lambda alt: alt.replace(b"</sheetData>", b"<row>%s</row></sheetData>" % (b"<c/>" * 10**6)),
    )
    beginn = time.process_time()
    assert ablehnung(lade_hoch(admin_client, mappe)).endswith(
        "in eine frisch heruntergeladene Mappe."
    )
    assert time.process_time() - beginn < 5


def test_a_row_far_down_and_a_cell_far_right_are_not_waited_for():
    mappe = Workbook()
    mappe.active.title = "Blatt"
    mappe.active.cell(1_048_576, 1).value = "unten"
    with pytest.raises(KeineMappe, match="reicht über Zeile 50000 hinaus"):
        lies_mappe(als_bytes(mappe), frozenset({"Blatt"}))
    mappe = Workbook()
    mappe.active.title = "Blatt"
    for spalte in range(1, 100):
        mappe.active.cell(1, spalte).value = "x"
    with pytest.raises(KeineMappe, match="mehr als 60 Spalten"):
        lies_mappe(als_bytes(mappe), frozenset({"Blatt"}))


def test_the_size_that_a_sheet_claims_is_ignored(admin_client):
    f.KernaktivitaetFactory()
    f.KernaktivitaetFactory()
    mappe = als_bytes(lade_herunter(admin_client))
    falsch = ersetze(
        mappe,
        "xl/worksheets/sheet2.xml",
        lambda alt: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:C2"', alt),
    )
    assert falsch != mappe
    assert lade_hoch(admin_client, falsch).context["probe"].unveraendert == 2


# ── Sheets, columns, cells ────────────────────────────────────────────────────────────────────


def _ohne_blatt(mappe):
    del mappe["Messwerte"]


def _umbenanntes_blatt(mappe):
    mappe["Messwerte"].title = "Messwerte neu"


def _ohne_spalte(mappe):
    mappe[KA].delete_cols(4)


def _umbenannte_spalte(mappe):
    mappe[KA].cell(1, 4).value = "Name"


def _doppelte_spalte(mappe):
    mappe[KA].cell(1, 4).value = "Nummer"


FALSCH = {
    "missing sheet": (_ohne_blatt, [("Messwerte", None, "")]),
    "renamed sheet": (_umbenanntes_blatt, [("Messwerte", None, ""), ("Messwerte neu", None, "")]),
    "missing column": (_ohne_spalte, [(KA, 1, "Titel")]),
    "renamed column": (_umbenannte_spalte, [(KA, 1, "Titel"), (KA, 1, "Name")]),
    "column twice": (_doppelte_spalte, [(KA, 1, "Titel"), (KA, 1, "Nummer")]),
}


@pytest.mark.parametrize(("aendere", "stellen"), FALSCH.values(), ids=FALSCH)
def test_another_layout_is_told(admin_client, unveraendert, aendere, stellen):
    mappe = lade_herunter(admin_client)
    aendere(mappe)
    antwort = lade_hoch(admin_client, mappe)
    assert [stelle[:3] for stelle in fehler(antwort)] == stellen
    assert "übernehmen" not in antwort.content.decode().split("<form")[-1]


def test_what_is_wrong_with_the_layout_is_said_in_plain_words(admin_client, unveraendert):
    mappe = lade_herunter(admin_client)
    _umbenanntes_blatt(mappe)
    _umbenannte_spalte(mappe)
    assert {stelle[3] for stelle in fehler(lade_hoch(admin_client, mappe))} == {
        "Das Blatt „Messwerte“ fehlt oder ist umbenannt. Blätter, die Sie nicht brauchen, dürfen "
        "leer sein bis auf die Kopfzeile.",
        "Dieses Blatt gehört nicht zur Mappe. Entfernen Sie es.",
        "Diese Spalte fehlt oder ist umbenannt. Die Kopfzeile ist die erste Zeile.",
        "Die Spalte „Name“ kennt das Portal nicht. Entfernen Sie sie.",
    }


def test_merged_cells_are_told_however_large(admin_client, unveraendert):
    mappe = ersetze(
        als_bytes(lade_herunter(admin_client)),
        "xl/worksheets/sheet2.xml",
        lambda alt: alt.replace(
            b"</sheetData>",
            b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
    )
    assert fehler(lade_hoch(admin_client, mappe)) == [
        (KA, None, "", "Die Zellen A1:XFD1048576 sind verbunden. Lösen Sie die Verbindung.")
    ]


def test_sheets_may_be_empty_and_rows_in_any_order(admin_client):
    eine, andere = f.KernaktivitaetFactory(), f.KernaktivitaetFactory()
    f.AngabeFactory(kernaktivitaet=eine)
    mappe = lade_herunter(admin_client)
    mappe["Angaben"].delete_rows(2, 10)
    mappe[KA].insert_rows(2, 3)
    setze(mappe, KA, 6, Titel="Neu")
    (zeile,) = lade_hoch(admin_client, mappe).context["probe"].zeilen
    assert (zeile.nummer, zeile.name) == (6, "Neu")
    assert andere.titel == zeile.aenderungen[0][1]
