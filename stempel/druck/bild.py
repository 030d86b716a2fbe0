"""The stamp on an image: upright as it is seen, with its colour profile and transparency."""

import io
from math import ceil
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageOps, JpegImagePlugin, UnidentifiedImageError

from ..zeichnung import groesse, pdf_als_png
from .grenzen import BESCHAEDIGT, MAX_PIXEL, Ablehnung, Wunsch

TIEF = "Das Bild hat 16 Bit je Farbkanal. Speichern Sie es mit 8 Bit und laden Sie das hoch."
BEWEGT = "Das Bild bewegt sich (Animation). Speichern Sie ein einzelnes Bild daraus."
# What of the EXIF data stays: title, program, date, author, rights. Positions do not.
BLEIBT = (0x010E, 0x0131, 0x0132, 0x013B, 0x8298)


def oeffne_bild(quelle: Path | io.BytesIO) -> Image.Image:
    """The image, not yet decoded; raises ``Ablehnung`` for what is too large or no image."""
    try:
        bild = Image.open(quelle, formats=("PNG", "JPEG", "WEBP"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as fehler:
        raise Ablehnung(BESCHAEDIGT) from fehler
    try:
        _pruefe_umfang(bild)
    except Ablehnung:
        bild.close()
        raise
    return bild


def _pruefe_umfang(bild: Image.Image) -> None:
    if bild.width * bild.height > MAX_PIXEL:
        raise Ablehnung(
            f"Das Bild hat {bild.width} × {bild.height} Bildpunkte, mehr als "
            f"{MAX_PIXEL // 1_000_000} Millionen. Verkleinern Sie es, oder nutzen Sie das "
            "Stempelpaket."
        )
    if bild.format in ("PNG", "WEBP") and getattr(bild, "n_frames", 1) > 1:
        raise Ablehnung(BEWEGT)
    # Pillow would drop half of each number without a word.
    if bild.tile and "16B" in str(bild.tile[0].args):
        raise Ablehnung(TIEF)


def stemple_bild(quelle: Path, ziel: Path, aufdruck: bytes, wunsch: Wunsch) -> dict[str, Any]:
    """Writes the stamped image in its own format to ``ziel``; returns ``hinweise``."""
    with oeffne_bild(quelle) as offen:
        wie = _speicherung(offen, quelle)
        try:
            offen.load()
        except (OSError, ValueError, SyntaxError, EOFError, IndexError) as fehler:
            raise Ablehnung(BESCHAEDIGT) from fehler
        dpi, art = offen.info.get("dpi"), offen.format
        bild = _mischbar(ImageOps.exif_transpose(offen))
    breite, hinweise = _breite(bild.width, dpi, wunsch)
    rand = round(min(bild.size) * 0.03)
    _pruefe_platz(bild, breite, aufdruck, rand, wunsch)
    stempel = Image.open(io.BytesIO(pdf_als_png(aufdruck, breite))).convert("RGBA")
    x, y = wunsch.lage(*bild.size, *stempel.size, rand)
    # Pillow counts rows from the top.
    _klebe(bild, stempel, (round(x), round(bild.height - y - stempel.height)), wie)
    bild.info = {}
    bild.save(ziel, "JPEG" if art == "MPO" else art, **wie)
    return {"hinweise": hinweise, "seite": 0, "seiten": 1}


def _pruefe_platz(
    bild: Image.Image, breite: int, aufdruck: bytes, rand: int, wunsch: Wunsch
) -> None:
    """Before the print is drawn: one of two metres would need more memory than there is."""
    b, h = groesse(aufdruck)
    hoehe = ceil(breite * h / b)
    if breite > bild.width - 2 * rand or hoehe > bild.height - 2 * rand:
        raise Ablehnung(
            f"Auf das Bild ({bild.width} × {bild.height} Bildpunkte) passt kein Stempel von "
            f"{breite} × {hoehe}. Wählen Sie ihn kleiner (mindestens {wunsch.min_px} Bildpunkte "
            "breit), oder nehmen Sie ein größeres Bild."
        )


def _speicherung(bild: Image.Image, quelle: Path) -> dict[str, Any]:
    """How it is saved: profile, resolution and quality as they were, nothing of where it was."""
    exif, alt = Image.Exif(), bild.getexif()
    for marke in BLEIBT:
        if marke in alt:
            exif[marke] = alt[marke]
    wie: dict[str, Any] = {"exif": exif.tobytes()} if len(exif) else {}
    for name in ("icc_profile", "dpi"):
        if bild.info.get(name):
            wie[name] = bild.info[name]
    if bild.format in ("JPEG", "MPO"):
        wie["qtables"] = bild.quantization
        abtastung = JpegImagePlugin.get_sampling(bild)
        if abtastung >= 0:
            wie["subsampling"] = abtastung
        wie["progressive"] = bool(bild.info.get("progressive"))
    if bild.format == "WEBP":
        wie.pop("dpi", None)
        wie["lossless"] = _ist_verlustfrei(quelle)
        wie |= {"quality": 95 if not wie["lossless"] else 60, "method": 2}
    return wie


def _ist_verlustfrei(webp: Path) -> bool:
    """Whether the pixels of a WebP are kept exactly; its parts stand one behind the other."""
    with webp.open("rb") as offen:
        offen.seek(12)
        while len(kopf := offen.read(8)) == 8:
            if kopf[:4] in (b"VP8L", b"VP8 "):
                return kopf[:4] == b"VP8L"
            laenge = int.from_bytes(kopf[4:], "little")
            offen.seek(laenge + laenge % 2, 1)
    return False


def _mischbar(bild: Image.Image) -> Image.Image:
    """The image in a mode in which colours can be mixed, with its transparency."""
    durchsichtig = "transparency" in bild.info or bild.mode in ("PA", "La", "RGBa")
    if durchsichtig and bild.mode not in ("RGBA", "LA"):
        return bild.convert("RGBA")
    ziel = {"1": "L", "P": "RGB", "PA": "RGBA", "YCbCr": "RGB"}.get(bild.mode, bild.mode)
    return bild if ziel == bild.mode else bild.convert(ziel)


def _breite(breite: int, dpi: tuple[float, float] | None, wunsch: Wunsch) -> tuple[int, list[str]]:
    """The width of the print in pixels, and a sentence where it had to be enlarged."""
    mindestens = wunsch.min_px
    if wunsch.einheit == "mm":
        aufloesung = float(dpi[0]) if dpi else 0
        if not 50 <= aufloesung <= 2400:
            raise Ablehnung(
                "Das Bild sagt nicht, wie groß es gedruckt wird (Auflösung in dpi). Wählen Sie "
                "die Größe des Stempels in Prozent der Breite."
            )
        gewuenscht = round(wunsch.groesse / 25.4 * aufloesung)
        mindestens = max(mindestens, round(wunsch.min_mm / 25.4 * aufloesung))
    else:
        gewuenscht = round(breite * wunsch.groesse / 100)
    if gewuenscht >= mindestens:
        return gewuenscht, []
    return mindestens, [
        f"Der Stempel ist auf die Mindestbreite von {mindestens} Bildpunkten vergrößert."
    ]


def _klebe(
    bild: Image.Image, stempel: Image.Image, ecke: tuple[int, int], wie: dict[str, Any]
) -> None:
    """Puts ``stempel`` onto ``bild``; only the place itself is converted and copied."""
    kasten = (*ecke, ecke[0] + stempel.width, ecke[1] + stempel.height)
    if bild.mode == "CMYK":
        bild.paste(_als_cmyk(stempel), kasten, stempel.getchannel("A"))
        return
    if bild.mode in ("RGB", "RGBA") and "icc_profile" in wie:
        stempel = _im_profil(stempel, wie["icc_profile"])
    stelle = bild.crop(kasten).convert("RGBA")
    bild.paste(Image.alpha_composite(stelle, stempel).convert(bild.mode), kasten)


def _als_cmyk(stempel: Image.Image) -> Image.Image:
    """Ink: what cyan, magenta and yellow have in common is black, so that black is black alone."""
    farben = [ImageChops.invert(kanal) for kanal in stempel.convert("RGB").split()]
    schwarz = ImageChops.darker(ImageChops.darker(farben[0], farben[1]), farben[2])
    return Image.merge("CMYK", [*(ImageChops.subtract(f, schwarz) for f in farben), schwarz])


def _im_profil(stempel: Image.Image, profil: bytes) -> Image.Image:
    """The same colours in the colour space of the image; as they are where it cannot be told."""
    try:
        farben = ImageCms.profileToProfile(
            stempel.convert("RGB"),
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(io.BytesIO(profil)),
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return stempel
    farben.putalpha(stempel.getchannel("A"))
    return farben
