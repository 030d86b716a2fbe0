"""Own material, a piece of work: files of one Kernaktivität are stamped, looked at, and fetched.

Each file has its code from the beginning, because the code is printed on it; the register gets
it when the file is fetched.
"""

import hashlib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from grundlage.falten import adresse_aus
from kernaktivitaeten.models import Kernaktivitaet

from . import ablage, rules
from .druck import AUSGELASTET, MAX_BYTES, Ablehnung, Wunsch, stemple, zu_gross
from .entwurf import mit_qr, qr_code
from .models import Farbe, Stempelung, Variante, neuer_code
from .rules import Motiv, motive
from .zeichnung import als_pdf

Angaben = dict[str, Any]
# What is known of a file before it is stamped.
OFFEN = {"hinweise": [], "ablehnung": AUSGELASTET, "vorschau": False, "seite": 0, "seiten": 0}


@dataclass(frozen=True)
class Datei:
    """What became of one file; ``ablehnung`` is empty where it was stamped.

    ``seiten`` of a PDF are stamped, the preview shows ``seite``, 0 for an image.
    """

    nr: int
    name: str
    code: str
    hinweise: tuple[str, ...]
    ablehnung: str
    vorschau: bool
    seite: int
    seiten: int


@dataclass(frozen=True)
class Auftrag:
    token: str
    slug: str
    angaben: Angaben
    dateien: tuple[Datei, ...]

    @property
    def gestempelte(self) -> tuple[Datei, ...]:
        return tuple(datei for datei in self.dateien if not datei.ablehnung)


def lege_an(
    nutzer: int,
    ka: Kernaktivitaet,
    angaben: Angaben,
    hochgeladene: Iterable[UploadedFile],
    stichtag: date,
    portal: str,
) -> str:
    """Keeps the files, stamps them, and returns the token of the work.

    Raises ``ablage.Ausgelastet`` when they are kept and others have to be stamped first.
    """
    hochgeladene = list(hochgeladene)
    dateien = [
        {"nr": nr, "name": Path(datei.name).name, "code": neuer_code(), **OFFEN}
        for nr, datei in enumerate(hochgeladene, 1)
    ]
    inhalt = {"nutzer": nutzer, "slug": ka.slug, "dateien": dateien, "angaben": angaben}
    token, ordner = ablage.lege_an(inhalt)
    for eintrag, datei in zip(dateien, hochgeladene, strict=True):
        platz = ordner / str(eintrag["nr"])
        platz.mkdir(mode=0o700)
        with (platz / "original").open("wb") as ziel:
            # What is too large is refused by its size and not kept.
            for stueck in datei.chunks() if datei.size <= MAX_BYTES else ():
                ziel.write(stueck)
        eintrag["zu_gross"] = datei.size > MAX_BYTES
    motiv = _waehle(inhalt["angaben"], ka, stichtag)
    ablage.schreibe(ordner, inhalt)
    with ablage.faden(token):
        _stemple_alle(ordner, inhalt, ka, motiv, portal)
    return token


def stemple_neu(
    token: str, nutzer: int, ka: Kernaktivitaet, angaben: Angaben, stichtag: date, portal: str
) -> None:
    """The same files with other wishes; raises ``ablage.Fort`` and ``ablage.Ausgelastet``."""
    with ablage.faden(token), ablage.allein(token, nutzer) as (ordner, inhalt):
        inhalt["angaben"] |= angaben
        for eintrag in inhalt["dateien"]:
            if eintrag.get("eingetragen"):  # its code belongs to what was fetched
                eintrag |= {"code": neuer_code(), "eingetragen": False}
        motiv = _waehle(inhalt["angaben"], ka, stichtag)
        _stemple_alle(ordner, inhalt, ka, motiv, portal)


def lies(token: str, nutzer: int) -> Auftrag:
    """Raises ``ablage.Fort``."""
    _, inhalt = ablage.oeffne(token, nutzer)
    dateien = tuple(
        Datei(
            eintrag["nr"],
            eintrag["name"],
            eintrag["code"],
            tuple(eintrag["hinweise"]),
            eintrag["ablehnung"],
            eintrag["vorschau"],
            eintrag["seite"],
            eintrag["seiten"],
        )
        for eintrag in inhalt["dateien"]
    )
    return Auftrag(token, inhalt["slug"], inhalt["angaben"], dateien)


def lies_vorschau(token: str, nutzer: int, nr: int) -> bytes:
    """The picture of a stamped file; raises ``ablage.Fort``."""
    ordner, _ = ablage.oeffne(token, nutzer)
    try:
        return (ordner / str(nr) / "vorschau.png").read_bytes()
    except OSError as fehler:
        raise ablage.Fort from fehler


def gib_heraus(token: str, nutzer: int, ka: Kernaktivitaet, stichtag: date) -> tuple[str, Any]:
    """Enters the files into the register; returns a name and the file, open, to be sent.

    When all of it was read, everything is deleted. Raises ``ablage.Fort`` and ``Ausgelastet``.
    """
    with ablage.allein(token, nutzer) as (ordner, inhalt):
        auftrag = lies(token, nutzer)
        namen = _namen(auftrag.gestempelte)
        with transaction.atomic():
            for datei, eintrag in zip(auftrag.dateien, inhalt["dateien"], strict=True):
                if datei.nr in namen and not eintrag.get("eingetragen"):
                    name = namen[datei.nr]
                    _trage_ein(ordner, datei, name, ka, auftrag.angaben, nutzer, stichtag)
                    eintrag["eingetragen"] = True
        ablage.schreibe(ordner, inhalt)
        if len(namen) == 1:
            (nr, name), *_ = namen.items()
            return name, ablage.Abholung(ordner / str(nr) / "ergebnis", token)
        alle = ordner / "alle.zip"
        alle.unlink(missing_ok=True)  # somebody may still read the former one
        with zipfile.ZipFile(alle, "w", zipfile.ZIP_STORED) as paket:
            for nr, teil in namen.items():
                paket.write(ordner / str(nr) / "ergebnis", teil)
        return f"{ka.slug}-gestempelt.zip", ablage.Abholung(alle, token)


def _waehle(angaben: Angaben, ka: Kernaktivitaet, stichtag: date) -> Motiv:
    """The artwork for the wishes; what it is is entered into them."""
    variante = rules.variante(ka)
    motiv = motive(variante, stichtag)[Farbe(angaben["farbe"])]
    vorlage = motiv.vorlage.pk if motiv.vorlage else None
    angaben |= {"variante": variante.value, "vorlage": vorlage}
    return motiv


def _stemple_alle(
    ordner: Path, inhalt: dict[str, Any], ka: Kernaktivitaet, motiv: Motiv, portal: str
) -> None:
    angaben = inhalt["angaben"]
    for eintrag in inhalt["dateien"]:
        zeichnung = motiv.zeichnung
        if angaben["qr"]:
            code = eintrag["code"]
            adresse = portal + reverse("stempel:auskunft", args=(code,))
            zeichnung = mit_qr(zeichnung, qr_code(adresse, f"{code[:5]} {code[5:]}"))
        eintrag |= OFFEN | {"ablehnung": ""}
        try:
            if eintrag["zu_gross"]:
                raise Ablehnung(zu_gross())
            ergebnis = stemple(
                ordner / str(eintrag["nr"]),
                eintrag["name"],
                als_pdf(zeichnung),
                wunsch(angaben, ka),
            )
            eintrag |= {"hinweise": ergebnis.hinweise, "vorschau": ergebnis.vorschau.is_file()}
            eintrag |= {"seite": ergebnis.seite, "seiten": ergebnis.seiten}
        except Ablehnung as ablehnung:
            eintrag["ablehnung"] = str(ablehnung)
    ablage.schreibe(ordner, inhalt)


def wunsch(angaben: Angaben, ka: Kernaktivitaet) -> Wunsch:
    """What the form says, for those who know nothing of Kernaktivitäten."""
    text = Variante(angaben["variante"]).label
    return Wunsch(
        platz=angaben["platz"],
        groesse=angaben["groesse"],
        einheit=angaben["einheit"],
        seiten=angaben["seiten"],
        min_mm=rules.min_breite_mm(angaben["qr"]),
        min_px=rules.min_breite_px(angaben["qr"]),
        alternativtext=f"{text}: {ka.titel}" if angaben["abbildung"] else "",
    )


def _namen(dateien: Iterable[Datei]) -> dict[int, str]:
    """Number → name of the result: without umlauts and blanks, each only once."""
    namen: dict[int, str] = {}
    for datei in dateien:
        pfad = Path(datei.name)
        stamm = f"{adresse_aus(pfad.stem)[:80] or 'datei'}-gestempelt"
        ende = pfad.suffix.casefold()
        doppelt = f"{stamm}{ende}" in namen.values()
        namen[datei.nr] = f"{stamm}-{datei.nr}{ende}" if doppelt else f"{stamm}{ende}"
    return namen


def _trage_ein(
    ordner: Path,
    datei: Datei,
    name: str,
    ka: Kernaktivitaet,
    angaben: Angaben,
    nutzer: int,
    stichtag: date,
) -> None:
    with (ordner / str(datei.nr) / "ergebnis").open("rb") as offen:
        pruefsumme = hashlib.file_digest(offen, "sha256").hexdigest()
    Stempelung.objects.create(
        kernaktivitaet=ka,
        code=datei.code,
        art=Stempelung.Art.MATERIAL,
        variante=angaben["variante"],
        farbe=angaben["farbe"],
        vorlage_id=angaben["vorlage"],
        zweck=angaben["zweck"],
        dateiname=name,
        sha256=pruefsumme,
        am=stichtag,
        nutzer_id=nutzer,
    )
