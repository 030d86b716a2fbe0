"""Real files of all the kinds that people upload, made by the suite itself."""

import io
import zlib
from pathlib import Path
from random import Random

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageCms

A4 = (595.0, 842.0)


def pdf_mit_text(pfad: Path, seiten: int = 1, **merkmale) -> Path:
    """A PDF with one sentence a page; ``merkmale`` are keys of each page (Rotate, CropBox, …)."""
    with pikepdf.new() as pdf:
        schrift = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        for nr in range(seiten):
            seite = pdf.add_blank_page(page_size=merkmale.get("groesse", A4)).obj
            seite.Resources = Dictionary(Font=Dictionary(F1=schrift))
            # Leaves its matrix changed, as careless programs do.
            inhalt = f"1 0 0 1 100 300 cm BT /F1 24 Tf (Seite {nr + 1} von {seiten}) Tj ET"
            seite.Contents = pdf.make_stream(inhalt.encode())
            for name, wert in merkmale.items():
                if name != "groesse":
                    seite[f"/{name}"] = wert
        pdf.save(pfad)
    return pfad


def pdf_mit_allem(pfad: Path) -> Path:
    """Tagged, with a link, a form field, a bookmark, all page boxes and inherited resources."""
    with pikepdf.open(pdf_mit_text(pfad, 3), allow_overwriting_input=True) as pdf:
        knoten = pdf.Root.Pages
        knoten.Resources = pdf.pages[0].obj.Resources
        for seite in pdf.pages:
            del seite.obj["/Resources"]
            for nr, name in enumerate(("/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")):
                rand = 10 + nr * 5
                seite.obj[name] = Array([rand, rand, A4[0] - rand, A4[1] - rand])
        _tags(pdf)
        _link_und_feld(pdf)
        with pdf.open_outline() as lesezeichen:
            lesezeichen.root.append(pikepdf.OutlineItem("Zweite Seite", 1))
        pdf.docinfo["/Title"] = "Bericht"
        pdf.save(pfad)
    return pfad


def _tags(pdf: pikepdf.Pdf) -> None:
    wurzel = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    dokument = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Document, P=wurzel, K=Array([]))
    )
    wurzel.K = dokument
    reihen = Array([])
    for nr, seite in enumerate(pdf.pages):
        absatz = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.P, P=dokument, Pg=seite.obj, K=0)
        )
        dokument.K.append(absatz)
        reihen.append(nr)
        reihen.append(pdf.make_indirect(Array([absatz])))
        seite.obj.StructParents = nr
        inhalt = seite.obj.Contents.read_bytes().replace(b"BT", b"/P <</MCID 0>> BDC BT")
        seite.obj.Contents = pdf.make_stream(inhalt + b" EMC")
    wurzel.ParentTree = pdf.make_indirect(Dictionary(Nums=reihen))
    wurzel.ParentTreeNextKey = len(pdf.pages)
    pdf.Root.StructTreeRoot = wurzel
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String("de-DE")


def _link_und_feld(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([100, 100, 200, 120]),
        A=Dictionary(S=Name.URI, URI=String("https://www.bochum.example/")),
    )
    feld = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("name"),
        V=String("Erika"),
        Rect=Array([100, 150, 300, 170]),
        P=pdf.pages[0].obj,
    )
    annotationen = [pdf.make_indirect(eintrag) for eintrag in (link, feld)]
    pdf.pages[0].obj.Annots = Array(annotationen)
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([annotationen[1]])))


def bericht(pfad: Path, seiten: int = 100) -> Path:
    """As offices make them: a page of text and a picture on each page, all compressed."""
    with pikepdf.open(pdf_mit_text(pfad, seiten), allow_overwriting_input=True) as pdf:
        for nr, seite in enumerate(pdf.pages):
            zeilen = (
                f"1 0 0 1 60 {i} Tm (Zeile {nr}.{i}, {nr * i}) Tj" for i in range(60, 780, 12)
            )
            seite.obj.Contents = pdf.make_stream(
                ("BT /F1 9 Tf " + "\n".join(zeilen) + " ET").encode()
            )
            foto = pdf.make_stream(
                zlib.compress(Random(nr).randbytes(200 * 150 * 3)), Filter=Name.FlateDecode
            )
            foto.stream_dict.update(
                Dictionary(
                    Type=Name.XObject,
                    Subtype=Name.Image,
                    Width=200,
                    Height=150,
                    ColorSpace=Name.DeviceRGB,
                    BitsPerComponent=8,
                )
            )
            seite.obj.Resources = Dictionary(
                Font=seite.obj.Resources.Font, XObject=Dictionary(Foto=foto)
            )
        pdf.save(pfad)
    return pfad


def verschluesselt(pfad: Path, nutzer: str = "geheim") -> Path:
    with pikepdf.open(pdf_mit_text(pfad), allow_overwriting_input=True) as pdf:
        pdf.save(pfad, encryption=pikepdf.Encryption(owner="chef", user=nutzer))
    return pfad


def signiert(pfad: Path, weg: str = "flag") -> Path:
    with pikepdf.open(pdf_mit_text(pfad), allow_overwriting_input=True) as pdf:
        if weg == "recht":
            pdf.Root.Perms = Dictionary(DocMDP=Dictionary(Type=Name.Sig))
        else:
            kind = pdf.make_indirect(Dictionary(FT=Name.Sig, V=Dictionary(Type=Name.Sig)))
            felder = Array([pdf.make_indirect(Dictionary(Kids=Array([kind])))])
            formular = Dictionary(Fields=felder)
            if weg == "flag":
                formular = Dictionary(SigFlags=3, Fields=Array([]))
            pdf.Root.AcroForm = formular
        pdf.save(pfad)
    return pfad


def pdf_mit_vielen_teilen(pfad: Path, anzahl: int) -> Path:
    with pikepdf.open(pdf_mit_text(pfad), allow_overwriting_input=True) as pdf:
        leer = Array([pdf.make_indirect(Array([nr])) for nr in range(anzahl)])
        pdf.Root.Viele = leer
        pdf.save(pfad, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return pfad


def bild(pfad: Path, modus: str = "RGB", groesse=(1200, 900), **speichern) -> Path:
    """Light grey with a dark upper left quarter, so that one sees which way is up."""
    heller, dunkler = {
        "RGB": ((220, 220, 220), (120, 0, 0)),
        "RGBA": ((0, 0, 0, 0), (120, 0, 0, 255)),
        "LA": ((0, 0), (90, 255)),
        "L": (220, 90),
        "1": (1, 0),
        "CMYK": ((20, 10, 10, 0), (0, 200, 200, 60)),
        "P": (7, 3),
    }[modus]
    ganzes = Image.new(modus, groesse, heller)
    if modus == "P":
        ganzes.putpalette([wert for i in range(256) for wert in (i, i * 30 % 256, 255 - i)])
    ganzes.paste(dunkler, (0, 0, groesse[0] // 2, groesse[1] // 2))
    ganzes.save(pfad, **speichern)
    return pfad


def farbprofil() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def verdrehtes_profil() -> bytes:
    """sRGB with its red and its blue primary exchanged."""
    profil = farbprofil()
    return profil.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")


def bombe(pfad: Path, breite: int = 60_000, hoehe: int = 60_000) -> Path:
    """A PNG of a few kilobytes that would fill gigabytes."""
    return _png(pfad, breite, hoehe, 8, b"\0" * 1_000_000)


def tiefes_png(pfad: Path) -> Path:
    """Colours of 16 bits each."""
    return _png(pfad, 500, 400, 16, (b"\0" + b"\x80\x01" * 1500) * 400)


def _png(pfad: Path, breite: int, hoehe: int, bits: int, inhalt: bytes) -> Path:
    def stueck(art: bytes, inhalt: bytes) -> bytes:
        pruefsumme = zlib.crc32(art + inhalt)
        return len(inhalt).to_bytes(4) + art + inhalt + pruefsumme.to_bytes(4)

    kopf = breite.to_bytes(4) + hoehe.to_bytes(4) + bytes([bits, 2, 0, 0, 0])
    daten = stueck(b"IDAT", zlib.compress(inhalt))
    pfad.write_bytes(b"\x89PNG\r\n\x1a\n" + stueck(b"IHDR", kopf) + daten + stueck(b"IEND", b""))
    return pfad


def exif_mit_ort(ausrichtung: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = ausrichtung
    exif[0x8298] = "Stadt Bochum"
    exif[0x8825] = {1: "N", 2: (51.0, 28.0, 55.0), 3: "E", 4: (7.0, 13.0, 0.0)}
    return exif


def als_bytes(pfad: Path) -> io.BytesIO:
    return io.BytesIO(pfad.read_bytes())
