"""An uploaded file → the texts of its cells, within limits that hold before anything is parsed.

Nothing in the file is believed: not its name, not the sizes that it claims, not the width of its
sheets. What cannot be read raises ``KeineMappe`` with a German sentence.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from openpyxl import load_workbook

MEGABYTE = 1024 * 1024
HOECHSTENS_BYTES = 5 * MEGABYTE
# Unpacked: all sheets and texts together, and every other part (styles, themes) on its own.
HOECHSTENS_ENTPACKT = 12 * MEGABYTE
HOECHSTENS_TEIL = MEGABYTE
HOECHSTENS_TEILE = 200
HOECHSTENS_MARKEN = 600_000  # marks of XML, four to a cell: what takes time and memory
HOECHSTENS_ZEILEN = 5000
HOECHSTENS_SPALTEN = 60
LETZTE_ZEILE = 50_000  # what stands further down is not waited for

AUFGEBLAEHT = (
    "Die Mappe ist entpackt zu groß. Entfernen Sie Bilder und fremde Blätter, oder übertragen Sie "
    "Ihre Änderungen in eine frisch heruntergeladene Mappe."
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and every Excel file with a password
VERBUNDEN = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]{0,200}?ref="([A-Z0-9:]{1,20})"')


class KeineMappe(Exception):
    """The file cannot be read as a workbook; the message says why and what to do."""


class Unlesbar(str):
    """The text of a cell that has no usable value; ``satz`` says why."""

    satz = ""


@dataclass(frozen=True)
class Tabellenblatt:
    """A sheet: its headings, its rows with their numbers in Excel, and merged ranges."""

    name: str
    kopf: tuple[str, ...]
    zeilen: tuple[tuple[int, tuple[str, ...]], ...]
    verbunden: tuple[str, ...]


def lies_mappe(
    inhalt: bytes, gelesen: frozenset[str]
) -> tuple[dict[str, Tabellenblatt], list[str]]:
    """The sheets named in ``gelesen``, and the names of all sheets of the workbook."""
    pruefe_grenzen(inhalt)
    try:
        _pruefe_marken(inhalt)
        mappe = load_workbook(io.BytesIO(inhalt), read_only=True, keep_links=False)
        frei = HOECHSTENS_ZEILEN
        tabellen = {}
        for blatt in mappe.worksheets:
            if blatt.title in gelesen:
                tabelle = _lies_blatt(blatt, frei)
                frei -= len(tabelle.zeilen)
                tabellen[blatt.title] = tabelle
        return tabellen, mappe.sheetnames
    except KeineMappe:
        raise
    except Exception as fehler:  # the file may be broken in any way that its maker likes
        raise KeineMappe(
            "Die Datei ist beschädigt oder keine Excel-Mappe (.xlsx). Öffnen Sie sie in Excel und "
            "speichern Sie sie neu als „Excel-Arbeitsmappe (.xlsx)“."
        ) from fehler


def pruefe_grenzen(inhalt: bytes) -> None:
    """Raises ``KeineMappe`` for what is too large, packed too tightly, or no .xlsx file."""
    if len(inhalt) > HOECHSTENS_BYTES:
        raise KeineMappe(zu_gross(len(inhalt)))
    if inhalt.startswith(OLE):
        raise KeineMappe(
            "Das ist eine alte Excel-Datei (.xls) oder eine mit Kennwort. Speichern Sie sie in "
            "Excel ohne Kennwort als „Excel-Arbeitsmappe (.xlsx)“."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
            teile = archiv.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fehler:
        raise KeineMappe(
            "Die Datei ist keine Excel-Mappe (.xlsx). Laden Sie die Mappe hoch, die Sie hier "
            "heruntergeladen und bearbeitet haben."
        ) from fehler
    if "xl/workbook.xml" not in {teil.filename for teil in teile}:
        raise KeineMappe("Die Datei ist keine Excel-Mappe (.xlsx), sondern ein anderes Archiv.")
    # Reading stops at the size that a part claims, so this holds for what is really unpacked.
    gross = [teil for teil in teile if not _ist_tabelle(teil) and teil.file_size > HOECHSTENS_TEIL]
    summe = sum(teil.file_size for teil in teile)
    if gross or summe > HOECHSTENS_ENTPACKT or len(teile) > HOECHSTENS_TEILE:
        raise KeineMappe(AUFGEBLAEHT)


def _pruefe_marken(inhalt: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
        if sum(archiv.read(teil).count(b"<") for teil in archiv.infolist()) > HOECHSTENS_MARKEN:
            raise KeineMappe(AUFGEBLAEHT)


def zu_gross(groesse: int) -> str:
    """The sentence for a file of ``groesse`` bytes."""
    return (
        f"Die Datei ist mit {groesse / MEGABYTE:.0f} MB zu groß; erlaubt sind "
        f"{HOECHSTENS_BYTES // MEGABYTE} MB. Entfernen Sie Bilder und fremde Blätter."
    )


def _ist_tabelle(teil: zipfile.ZipInfo) -> bool:
    return teil.filename.startswith("xl/worksheets/") or teil.filename == "xl/sharedStrings.xml"


def _lies_blatt(blatt, frei: int) -> Tabellenblatt:
    """One sheet with at most ``frei`` rows. The sizes that it claims are ignored."""
    blatt.reset_dimensions()
    # openpyxl would fill a merged range cell by cell; in this mode it does not look at them.
    with blatt._get_source() as quelle:
        verbunden = VERBUNDEN.findall(quelle.read())
    zeilen = _texte(blatt)
    _, kopf = next(zeilen, (1, ()))
    gelesen = []
    for nummer, texte in zeilen:
        if any(texte):
            gelesen.append((nummer, (*texte, *[""] * (len(kopf) - len(texte)))))
            if len(gelesen) > frei:
                raise KeineMappe(
                    f"Die Mappe hat mehr als {HOECHSTENS_ZEILEN} Zeilen (zuletzt gelesen: Blatt "
                    f"„{blatt.title}“, Zeile {nummer}). Löschen Sie Zeilen, die Sie nicht ändern: "
                    "Was in der Mappe fehlt, bleibt im Portal, wie es ist."
                )
    return Tabellenblatt(
        blatt.title, kopf, tuple(gelesen), tuple(ort.decode() for ort in verbunden[:20])
    )


def _texte(blatt) -> Iterator[tuple[int, tuple[str, ...]]]:
    for nummer, zeile in enumerate(blatt.iter_rows(max_col=HOECHSTENS_SPALTEN + 1), start=1):
        if nummer > LETZTE_ZEILE:
            raise KeineMappe(
                f"Blatt „{blatt.title}“ reicht über Zeile {LETZTE_ZEILE} hinaus. Löschen Sie die "
                "leeren Zeilen vor den letzten Einträgen."
            )
        texte = [als_text(zelle) for zelle in zeile]
        while texte and texte[-1] == "":
            texte.pop()
        if len(texte) > HOECHSTENS_SPALTEN:
            raise KeineMappe(f"Blatt „{blatt.title}“ hat mehr als {HOECHSTENS_SPALTEN} Spalten.")
        yield nummer, tuple(texte)


def als_text(zelle) -> str:
    """What a cell says, as a person would type it; ``Unlesbar`` for formulas and Excel errors."""
    wert = zelle.value
    if wert is None:
        return ""
    if zelle.data_type == "f":
        return _unlesbar("Hier steht eine Formel. Tragen Sie ihr Ergebnis als Wert ein.")
    if zelle.data_type == "e":
        return _unlesbar(f"Excel meldet hier einen Fehler ({wert}).")
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, date):
        return _datum(wert, zelle.number_format)
    if isinstance(wert, (int, float)):
        return zahltext(Decimal(repr(wert)))
    return str(wert).replace("\r\n", "\n").strip()


def _unlesbar(satz: str) -> Unlesbar:
    text = Unlesbar("?")
    text.satz = satz
    return text


def _datum(wert: date, muster: str) -> str:
    """As exact as the cell shows it: Excel makes the first of May of a typed "05/2017"."""
    if isinstance(wert, datetime) and (wert.hour or wert.minute or wert.second):
        return f"{wert:%d.%m.%Y %H:%M}"
    muster = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", muster.lower())
    if "d" in muster or "t" in muster or ("y" not in muster and "j" not in muster):
        return f"{wert:%d.%m.%Y}"
    return f"{wert:%m/%Y}" if "m" in muster else f"{wert:%Y}"


def zahltext(zahl: Decimal) -> str:
    """A number without grouping and needless decimals: "1000", "8,5"."""
    if zahl == zahl.to_integral_value():
        return f"{zahl:.0f}"
    return f"{zahl.normalize():f}".replace(".", ",")
