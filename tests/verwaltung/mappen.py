"""A workbook as an editor has it: downloaded, changed cell by cell, uploaded, confirmed."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

SEITE = "/verwaltung/kernaktivitaeten/kernaktivitaet/mappe/"


def lade_herunter(client) -> Workbook:
    antwort = client.get(reverse("admin:kernaktivitaet_mappe_ausfuhr"))
    assert antwort.status_code == 200
    return load_workbook(io.BytesIO(antwort.content))


def als_bytes(mappe: Workbook) -> bytes:
    datei = io.BytesIO()
    mappe.save(datei)
    return datei.getvalue()


def spalten(mappe: Workbook, blatt: str) -> dict[str, int]:
    """Heading → number of its column."""
    return {zelle.value: zelle.column for zelle in mappe[blatt][1] if zelle.value}


def setze(mappe: Workbook, blatt: str, nummer: int, **werte) -> int:
    """Fills cells of a row; the names of columns are written with "_" for a blank."""
    kopf = spalten(mappe, blatt)
    for name, wert in werte.items():
        mappe[blatt].cell(nummer, kopf[name.replace("_", " ")]).value = wert
    return nummer


def haenge_an(mappe: Workbook, blatt: str, **werte) -> int:
    """Fills the first empty row of a sheet and returns its number."""
    return setze(mappe, blatt, freie_zeile(mappe, blatt), **werte)


def freie_zeile(mappe: Workbook, blatt: str) -> int:
    """Below the last row with a value; the rows prepared for new entries are empty."""
    belegt = [
        zelle.row
        for zeile in mappe[blatt].iter_rows()
        for zelle in zeile
        if zelle.value is not None
    ]
    return max(belegt) + 1


def lade_hoch(client, inhalt: Workbook | bytes, name: str = "mappe.xlsx"):
    """The page that follows the upload: the trial, or the form with the reason."""
    if isinstance(inhalt, Workbook):
        inhalt = als_bytes(inhalt)
    return client.post(SEITE, {"datei": SimpleUploadedFile(name, inhalt)}, follow=True)


def bestaetige(client, antwort, **mehr):
    """The page after the confirmation of what the trial showed."""
    daten = {"fingerabdruck": antwort.context["probe"].fingerabdruck} | mehr
    return client.post(antwort.request["PATH_INFO"], daten, follow=True)


def fehler(antwort) -> list[tuple]:
    """Sheet, row, column of every error of a trial, and the first words of its sentence."""
    return [(f.blatt, f.zeile, f.spalte, f.satz) for f in antwort.context["probe"].fehler]


def ablehnung(antwort) -> str:
    """Why a file was not accepted at all."""
    (satz,) = antwort.context["form"].errors["datei"]
    return satz
