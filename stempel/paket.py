"""The kit: everything a colleague or an agency needs for one Kernaktivität, in one zip."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from kernaktivitaeten.models import Kernaktivitaet

from . import ablage, rules
from .entwurf import FARBEN, mit_name, qr_code
from .models import Farbe, Stempelung, Variante, neuer_code
from .rules import Motiv, masse_des_abzeichens, motive
from .zeichnung import Zeichnung, als_pdf, als_png, als_svg, pdf_als_png

PNG_BREITEN = (300, 600, 1200, 2400)
QR_BREITE = 1200
# A zip knows the day of each file; the same kit shall have the same bytes.
TAG = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Paket:
    name: str
    inhalt: bytes


def gib_heraus(ka: Kernaktivitaet, zweck: str, nutzer: int, stichtag: date, portal: str) -> Paket:
    """Packs the kit for a row of ``zum`` that may be stamped, and enters it into the register.

    Raises ``ablage.Ausgelastet``.
    """
    variante, code = rules.variante(ka), neuer_code()
    alle = motive(variante, stichtag)
    # The register has room for 120 characters.
    name = f"stempelpaket-{ka.slug[:100]}.zip"
    with ablage.faden():
        paket = Paket(name, packe(ka, variante, alle, code, portal, stichtag))
    vorlagen = {motiv.vorlage for motiv in alle.values()}
    with transaction.atomic():
        Stempelung.objects.create(
            kernaktivitaet=ka,
            code=code,
            art=Stempelung.Art.PAKET,
            variante=variante,
            vorlage=vorlagen.pop() if len(vorlagen) == 1 else None,
            zweck=zweck,
            dateiname=paket.name,
            sha256=hashlib.sha256(paket.inhalt).hexdigest(),
            am=stichtag,
            nutzer_id=nutzer,
        )
    return paket


def packe(
    ka: Kernaktivitaet,
    variante: Variante,
    alle: dict[Farbe, Motiv],
    code: str,
    portal: str,
    stichtag: date,
) -> bytes:
    """The zip; ``portal`` is the address of the portal without its last slash."""
    titel = f"{variante.label}: {ka.titel}"
    dateien: dict[str, bytes] = {}
    for farbe, motiv in alle.items():
        mit = mit_name(motiv.zeichnung, ka.titel, FARBEN[farbe.value][1])
        dateien |= _formate(f"stempel-{farbe.value}", motiv.zeichnung, variante.label)
        dateien |= _formate(f"stempel-mit-name-{farbe.value}", mit, titel)
    adresse = portal + reverse("stempel:auskunft", args=(code,))
    qr = qr_code(adresse, f"{code[:5]} {code[5:]}")
    dateien["qr-code/qr-code.svg"] = als_svg(qr, f"QR-Code: {adresse}").encode()
    dateien["qr-code/qr-code.png"] = als_png(qr, QR_BREITE)
    inhalt = {
        "adresse": adresse,
        "masse": masse_des_abzeichens(variante, stichtag),
        "amtlich": any(motiv.vorlage for motiv in alle.values()),
    }
    dateien |= _texte(ka, variante, portal, inhalt)
    return _als_zip(dateien, f"stempelpaket-{ka.slug}")


def _texte(
    ka: Kernaktivitaet, variante: Variante, portal: str, inhalt: dict[str, Any]
) -> dict[str, bytes]:
    """As programs of offices read them: with a BOM, and their ends of lines."""
    inhalt |= {
        "ka": ka,
        "text": variante.label,
        "titel": ka.titel,
        "alternativtext": f"{variante.label}: {ka.titel}",
        "portal": portal,
        "slug": ka.slug,
        "adresse_regeln": portal + reverse("stempel:stempel"),
        "regeln": rules,
    }
    dateien = {}
    for name in ("alternativtext.txt", "einbinden.html", "regeln.txt"):
        text = render_to_string(f"stempel/bausteine/{name}", inhalt)
        dateien[name] = text.replace("\n", "\r\n").encode("utf-8-sig")
    return dateien


def _formate(name: str, zeichnung: Zeichnung, titel: str) -> dict[str, bytes]:
    svg, pdf = als_svg(zeichnung, titel).encode(), als_pdf(zeichnung, titel)
    pngs = {f"png/{name}-{breite}.png": pdf_als_png(pdf, breite) for breite in PNG_BREITEN}
    return {f"svg/{name}.svg": svg, f"pdf/{name}.pdf": pdf} | pngs


def _als_zip(dateien: dict[str, bytes], ordner: str) -> bytes:
    ziel = io.BytesIO()
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as paket:
        for name, inhalt in dateien.items():
            eintrag = zipfile.ZipInfo(f"{ordner}/{name}", TAG)
            paket.writestr(eintrag, inhalt, zipfile.ZIP_DEFLATED)
    return ziel.getvalue()
