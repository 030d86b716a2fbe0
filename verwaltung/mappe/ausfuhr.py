"""The workbook as it is downloaded: all rows, lists to choose from, and what each column means."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from zielsystem.models import Quelle

from .blaetter import BLAETTER
from .blatt import FASSUNG, Mappenblatt
from .spalten import Mappenspalte

LEERE_ZEILEN = 200  # ready for new rows
HINWEISE = (
    ("Mappe", "Ändern Sie Zellen oder fügen Sie unten Zeilen an, und laden Sie die Mappe hoch."),
    ("Mappe", "Was in der Mappe fehlt, bleibt im Portal, wie es ist. Gelöscht wird nichts."),
    ("Mappe", "Blätter und Spalten behalten ihre Namen. Formeln werden nicht angenommen."),
    ("Mappe", "Vor der Übernahme sehen Sie jede Änderung; sie lässt sich zurücknehmen."),
)
KOPF = Font(bold=True)
GRAU = PatternFill("solid", start_color="E8EEF2")
OBEN = Alignment(vertical="top", wrap_text=True)


def schreibe_mappe(request) -> bytes:
    """The .xlsx file with everything that can be edited by it."""
    mappe = Workbook()
    mappe.remove(mappe.active)
    auswahl: list[tuple[str, ...]] = []
    for klasse in BLAETTER:
        _schreibe_blatt(mappe, klasse(request), auswahl)
    _schreibe_hilfen(mappe, [klasse(request) for klasse in BLAETTER], auswahl)
    datei = BytesIO()
    mappe.save(datei)
    return datei.getvalue()


def _schreibe_blatt(mappe: Workbook, blatt: Mappenblatt, auswahl: list[tuple[str, ...]]) -> None:
    tabelle = mappe.create_sheet(blatt.titel)
    zeilen = [blatt.zellen(zeile) for zeile in blatt.zeilen()]
    for nummer, werte in enumerate((blatt.kopf(), *zeilen), start=1):
        for spalte, wert in enumerate(werte, start=1):
            setze(tabelle.cell(nummer, spalte), wert)
    letzte = len(zeilen) + 1 + LEERE_ZEILEN
    for platz, kopf in enumerate(blatt.kopf(), start=1):
        spalte = blatt.spalten[platz - 1] if kopf != FASSUNG else None
        _gestalte(tabelle, platz, spalte)
        worte = tuple(spalte.zelle.auswahl) if spalte and not spalte.ansicht else ()
        if worte and worte not in auswahl:
            auswahl.append(worte)
        if worte:
            buchstabe = get_column_letter(auswahl.index(worte) + 1)
            bereich = f"{quote_sheetname('Auswahl')}!${buchstabe}$1:${buchstabe}${len(worte)}"
            liste = DataValidation("list", formula1=bereich, showErrorMessage=False)
            tabelle.add_data_validation(liste)
            liste.add(f"{get_column_letter(platz)}2:{get_column_letter(platz)}{letzte}")
    tabelle.freeze_panes = "B2"


def setze(zelle, wert) -> None:
    """Writes a value; a text that begins with "=" stays a text."""
    if wert != "":
        zelle.value = wert
    if zelle.data_type == "f":
        zelle.data_type = "s"


def _gestalte(tabelle, platz: int, spalte: Mappenspalte | None) -> None:
    """Heading, width, and the format of the column, which keeps Excel from making dates of texts.

    The column's format holds for the rows that are still to come; every cell needs its own.
    """
    breite = tabelle.column_dimensions[get_column_letter(platz)]
    breite.width = spalte.breite if spalte else 16
    breite.number_format, breite.alignment = spalte.zelle.zahlformat if spalte else "@", OBEN
    if spalte is None or spalte.ansicht or spalte.anderswo or spalte.attribut == "kennung":
        breite.fill = GRAU
    for (zelle,) in tabelle.iter_rows(min_row=2, min_col=platz, max_col=platz):
        zelle._style = breite._style
    tabelle.cell(1, platz).font, tabelle.cell(1, platz).alignment = KOPF, OBEN


def _schreibe_hilfen(mappe: Workbook, blaetter: list[Mappenblatt], auswahl) -> None:
    hinweise = [
        *((ort, "", text) for ort, text in HINWEISE),
        *((b.titel, s.kopf, s.hinweis) for b in blaetter for s in b.spalten if s.hinweis),
    ]
    quellen = [
        (q.kennung, q.titel, q.zeit.kurz if q.zeit else "", q.adresse) for q in Quelle.objects.all()
    ]
    _schreibe_liste(
        mappe.create_sheet("Hinweise", 0), ("Blatt", "Spalte", "Hinweis"), hinweise, (22, 34, 90)
    )
    _schreibe_liste(
        mappe.create_sheet("Quellen"),
        ("Kennung", "Titel", "Stand", "Adresse"),
        quellen,
        (34, 50, 14, 70),
    )
    listen = mappe.create_sheet("Auswahl")
    listen.sheet_state = "hidden"
    for platz, worte in enumerate(auswahl, start=1):
        for zeile, wort in enumerate(worte, start=1):
            setze(listen.cell(zeile, platz), wort)


def _schreibe_liste(tabelle, kopf, zeilen, breiten) -> None:
    for nummer, werte in enumerate((kopf, *zeilen), start=1):
        for platz, wert in enumerate(werte, start=1):
            zelle = tabelle.cell(nummer, platz)
            setze(zelle, wert)
            zelle.alignment = OBEN
    for platz, breite in enumerate(breiten, start=1):
        tabelle.cell(1, platz).font = KOPF
        tabelle.column_dimensions[get_column_letter(platz)].width = breite
    tabelle.freeze_panes = "A2"
