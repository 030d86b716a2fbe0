"""The stamp on pages of a PDF: a Form XObject drawn after everything else, nothing else changed."""

import io
from collections.abc import Iterator
from copy import copy
from itertools import count
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from ..zeichnung import als_formular
from .grenzen import BESCHAEDIGT, MAX_OBJEKTE, MAX_SEITEN, Ablehnung
from .inhalt import Inhalte
from .seite import Blatt, merkmale
from .tags import Abbildung, ist_getaggt
from .wunsch import Wunsch, gewaehlte

OHNE_TAGS = (
    "Das PDF hat keine Tags, es ist nicht barrierefrei. Der Alternativtext steht am Stempel, "
    "viele Vorleseprogramme lesen ihn so aber nicht."
)
ANDERE_FARBEN = (
    "Das PDF legt seine Farben fest (PDF/X oder PDF/A), der farbige Stempel steht in RGB darin. "
    "Fragen Sie, wer es druckt oder prüft, oder nehmen Sie Schwarz oder Weiß."
)


def oeffne(datei: Path | io.BytesIO) -> pikepdf.Pdf:
    """Raises ``Ablehnung`` for what must not or cannot be changed."""
    try:
        # A file that would have to be repaired can have lost pages: nobody would notice.
        pdf = pikepdf.open(datei, attempt_recovery=False)
    except pikepdf.PasswordError as fehler:
        raise Ablehnung(_VERSCHLUESSELT) from fehler
    except (pikepdf.PdfError, ValueError) as fehler:
        raise Ablehnung(BESCHAEDIGT) from fehler
    if pdf.is_encrypted:
        raise Ablehnung(_VERSCHLUESSELT)
    if int(pdf.trailer.get("/Size", 0)) > MAX_OBJEKTE:
        raise Ablehnung(
            f"Das PDF besteht aus mehr als {MAX_OBJEKTE} Teilen. Exportieren Sie es neu "
            "(„für Druck“ oder „reduzierte Größe“), oder nutzen Sie das Stempelpaket."
        )
    if bool(pdf.Root.get("/NeedsRendering", False)):
        raise Ablehnung(
            "Das PDF ist ein dynamisches Formular (XFA): Seine Seiten entstehen erst beim Öffnen. "
            "Drucken Sie es in ein PDF und stempeln Sie das."
        )
    if "/Collection" in pdf.Root:
        raise Ablehnung(
            "Das PDF ist eine Mappe (Portfolio) mit anderen Dateien darin. Der Stempel käme nur "
            "auf ihr Deckblatt. Speichern Sie die Dateien einzeln und stempeln Sie diese."
        )
    if ist_signiert(pdf):
        raise Ablehnung(
            "Das PDF ist unterschrieben (signiert). Mit dem Stempel wäre die Unterschrift "
            "ungültig. Stempeln Sie es, bevor es unterschrieben wird."
        )
    return pdf


_VERSCHLUESSELT = (
    "Das PDF ist mit einem Kennwort geschützt (verschlüsselt). Speichern Sie es ohne Kennwort und "
    "laden Sie es noch einmal hoch."
)


def stemple_pdf(quelle: Path, ziel: Path, aufdruck: bytes, wunsch: Wunsch) -> dict[str, Any]:
    """Writes the stamped PDF to ``ziel``; returns ``hinweise`` and the first stamped ``seite``."""
    try:
        with oeffne(quelle) as pdf:
            ergebnis = _stemple(pdf, aufdruck, wunsch)
            pdf.save(ziel, linearize=pdf.is_linearized)
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, RecursionError) as fehler:
        raise Ablehnung(BESCHAEDIGT) from fehler
    return ergebnis


def _stemple(pdf: pikepdf.Pdf, aufdruck: bytes, wunsch: Wunsch) -> dict[str, Any]:
    seiten = _seiten(pdf, wunsch)
    form, *groesse = als_formular(pdf, aufdruck)
    form, davor = pdf.make_indirect(form), pdf.make_stream(b"q\n")
    lagen: dict[Any, tuple[tuple[float, ...], str]] = {}
    stroeme: dict[Any, pikepdf.Object] = {}
    abbildung = Abbildung(pdf, wunsch.alternativtext) if ist_getaggt(pdf) else None
    inhalte = Inhalte(pdf, len(seiten))
    blaetter = [seite.obj for seite in pdf.pages]
    for nr in seiten:
        seite = blaetter[nr]
        # Pages of one size share the place and the stream of the stamp.
        form_der_seite = merkmale(seite)
        if form_der_seite not in lagen:
            lagen[form_der_seite] = Blatt.von(seite, nr).matrix(groesse, wunsch)
        strom, offen = inhalte.von(seite, (form_der_seite, _arten(seite)))
        name = _eintrag(seite, form)
        # The repetitions on further pages are artifacts: nobody wants to hear it a hundred times.
        erste = nr == seiten[0]
        if (schluessel := (form_der_seite, name, erste, offen)) not in stroeme:
            matrix = lagen[form_der_seite][0]
            alt = wunsch.alternativtext if erste else ""
            marke = abbildung.auf(seite, matrix, groesse) if alt and abbildung else _marke(alt)
            befehle = b"\nQ" * (1 + offen) + _befehle(marke, matrix, name)
            stroeme[schluessel] = pdf.make_stream(befehle)
        seite.Contents = Array([davor, *strom, stroeme[schluessel]])
    hinweise = {hinweis for _, hinweis in lagen.values() if hinweis}
    if wunsch.alternativtext and abbildung is None:
        hinweise.add(OHNE_TAGS)
    if _legt_farben_fest(pdf) and _ist_bunt(form):
        hinweise.add(ANDERE_FARBEN)
    return {"hinweise": sorted(hinweise), "seite": seiten[0], "seiten": len(seiten)}


def _legt_farben_fest(pdf: pikepdf.Pdf) -> bool:
    """Whether it is made for a printing house, or its profile has not three colours as RGB has."""
    return any(
        ziel.get("/S") == Name("/GTS_PDFX")
        or ("/DestOutputProfile" in ziel and ziel.DestOutputProfile.get("/N") != 3)
        for ziel in pdf.Root.get("/OutputIntents", [])
    )


def _ist_bunt(form: Any) -> bool:
    """Our own colours, or artwork of others, of which nobody knows."""
    return b" rg\n" in form.read_bytes() or bool(form.Resources.get("/XObject", {}))


def _befehle(marke: bytes, matrix: tuple[float, ...], name: str) -> bytes:
    zahlen = " ".join(f"{zahl:.5f}" for zahl in matrix)
    return b"\n" + marke + f"q {zahlen} cm {name} Do Q\nEMC\n".encode("ascii")


def _seiten(pdf: pikepdf.Pdf, wunsch: Wunsch) -> list[int]:
    anzahl = len(pdf.pages)
    if not anzahl:
        raise Ablehnung(BESCHAEDIGT)
    if anzahl > MAX_SEITEN:
        raise Ablehnung(
            f"Das PDF hat {anzahl} Seiten, mehr als {MAX_SEITEN}. Teilen Sie es, oder stempeln "
            "Sie nur den Umschlag und fügen Sie ihn ein."
        )
    return gewaehlte(wunsch.seiten, anzahl)


def _marke(alternativtext: str) -> bytes:
    if not alternativtext:
        return b"/Artifact <</Type /Layout>> BDC\n"
    return b"/Figure " + Dictionary(Alt=pikepdf.String(alternativtext)).unparse() + b" BDC\n"


def _arten(seite: Any) -> frozenset[str]:
    """Which kinds of resources there are: one program names and orders them in one way."""
    return frozenset(seite.Resources.keys()) if "/Resources" in seite else frozenset()


def _eintrag(seite: Any, form: Any) -> str:
    """Names the print in resources of the page alone: those of others stay as they are."""
    # To ask first is faster than to get what is missing.
    resourcen = copy(seite.Resources) if "/Resources" in seite else Dictionary()
    objekte = copy(resourcen.XObject) if "/XObject" in resourcen else Dictionary()
    name = next(n for n in (f"/Stempel{i or ''}" for i in count()) if n not in objekte)
    objekte[name] = form
    resourcen.XObject = objekte
    seite.Resources = resourcen
    return name


def ist_signiert(pdf: pikepdf.Pdf) -> bool:
    """Whether there is a signature in it, as a permission, as a filled field or as a flag.

    The first flag only says that there is a field to sign; where the field is found, it is asked.
    """
    if "/Perms" in pdf.Root:
        return True
    formular = pdf.Root.get("/AcroForm")
    if formular is None:
        return False
    felder = [f for f in _felder(formular.get("/Fields", [])) if f.get("/FT") == Name.Sig]
    if any("/V" in feld for feld in felder):
        return True
    flaggen = int(formular.get("/SigFlags", 0))
    return bool(flaggen & 2) or (bool(flaggen & 1) and not felder)


def _felder(felder: Any) -> Iterator[Any]:
    offen = list(felder)
    for _ in range(MAX_OBJEKTE):
        if not offen:
            return
        feld = offen.pop()
        yield feld
        offen += list(feld.get("/Kids", []))
