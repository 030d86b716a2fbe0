"""Taking a workbook over: all of it in one transaction as one Stapel, or nothing.

The trial does the very same and rolls back, so that it finds what the database and the rules that
span rows would say. Taking over does it once more, and only what was shown.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from ..models import Stapel
from ..probe import probiere
from ..regeln import Regelstand, Regelverstoss, Verstoss, an_die_orte
from ..stapel import stapel
from .blaetter import BLAETTER
from .blatt import HOECHSTENS_AENDERUNGEN, KENNUNG, ZU_VIELE, Mappenblatt, Uebernommen
from .lesen import Tabellenblatt, lies_mappe

HILFSBLAETTER = ("Hinweise", "Quellen", "Auswahl")
GEAENDERT = (
    "Seit dem Probelauf hat sich im Portal etwas geändert. Es wurde nichts übernommen. Prüfen Sie "
    "den neuen Probelauf."
)


@dataclass(frozen=True)
class Mappenfehler:
    """Why a workbook cannot be taken over: a sentence and where it stands, as far as known."""

    satz: str
    blatt: str = ""
    zeile: int | None = None
    spalte: str = ""


@dataclass(frozen=True)
class Mappenzeile:
    """A row that would change: where it stands, whether it is new, and its cells."""

    blatt: str
    nummer: int
    neu: bool
    name: str
    aenderungen: tuple[tuple[str, str, str], ...]  # heading, old text, new text


@dataclass(frozen=True)
class Mappenprobe:
    """What a workbook would do, or did as ``stapel``.

    ``fingerabdruck`` stays the same as long as it would do the same; empty: there is nothing to do.
    """

    zeilen: tuple[Mappenzeile, ...]
    fehler: tuple[Mappenfehler, ...]
    unveraendert: int
    fingerabdruck: str = ""
    stapel: Stapel | None = None

    @property
    def neu(self) -> int:
        return sum(zeile.neu for zeile in self.zeilen)

    @property
    def geaendert(self) -> int:
        return len(self.zeilen) - self.neu


def spiele_ein(request, inhalt: bytes, name: str, erwartet: str = "") -> Mappenprobe:
    """The trial; with ``erwartet`` (the mark of a trial) it takes over what that trial showed.

    Raises ``KeineMappe`` for what cannot be read at all. ``Mappenprobe.stapel`` is set only when
    everything was taken over.
    """
    gelesen = [klasse(request) for klasse in BLAETTER]
    tabellen, namen = lies_mappe(inhalt, frozenset(blatt.titel for blatt in gelesen))
    if fehler := [*_blattfehler(gelesen, namen), *_kopffehler(gelesen, tabellen)]:
        return Mappenprobe((), tuple(fehler), 0)

    def vorhaben(neu: Stapel) -> tuple[Mappenprobe, object]:
        probe = _schreibe(gelesen, tabellen)
        return probe, () if probe.fehler else probe.zeilen

    ausgang = probiere(stapel(request.user, Stapel.Art.MAPPE, name), vorhaben, erwartet)
    probe = replace(ausgang.folgen, fingerabdruck=ausgang.marke, stapel=ausgang.stapel)
    if ausgang.geaendert and ausgang.marke:
        return replace(probe, fehler=(Mappenfehler(GEAENDERT),))
    return probe


# ── Sheets and headings ───────────────────────────────────────────────────────────────────────


def _blattfehler(blaetter: list[Mappenblatt], namen: list[str]) -> Iterable[Mappenfehler]:
    titel = [blatt.titel for blatt in blaetter]
    for fehlt in [name for name in titel if name not in namen]:
        yield Mappenfehler(
            f"Das Blatt „{fehlt}“ fehlt oder ist umbenannt. Blätter, die Sie nicht brauchen, "
            "dürfen leer sein bis auf die Kopfzeile.",
            fehlt,
        )
    for fremd in [name for name in namen if name not in (*titel, *HILFSBLAETTER)]:
        yield Mappenfehler("Dieses Blatt gehört nicht zur Mappe. Entfernen Sie es.", fremd)


def _kopffehler(
    blaetter: list[Mappenblatt], tabellen: dict[str, Tabellenblatt]
) -> Iterable[Mappenfehler]:
    for blatt in blaetter:
        tabelle = tabellen.get(blatt.titel, Tabellenblatt("", tuple(blatt.kopf()), (), ()))
        erwartet = blatt.kopf()
        for spalte in [s for s in erwartet if s not in tabelle.kopf]:
            satz = "Diese Spalte fehlt oder ist umbenannt. Die Kopfzeile ist die erste Zeile."
            yield Mappenfehler(satz, blatt.titel, 1, spalte)
        for spalte, anzahl in Counter(tabelle.kopf).items():
            if spalte not in erwartet:
                satz = f"Die Spalte „{spalte}“ kennt das Portal nicht. Entfernen Sie sie."
                yield Mappenfehler(satz, blatt.titel, 1, str(spalte))
            elif anzahl > 1:
                yield Mappenfehler("Diese Spalte gibt es doppelt.", blatt.titel, 1, spalte)
        for ort in tabelle.verbunden:
            yield Mappenfehler(
                f"Die Zellen {ort} sind verbunden. Lösen Sie die Verbindung.", blatt.titel
            )


# ── Rows ──────────────────────────────────────────────────────────────────────────────────────


def _schreibe(blaetter: list[Mappenblatt], tabellen: dict[str, Tabellenblatt]) -> Mappenprobe:
    regelstand = Regelstand(zeile for blatt in blaetter for zeile in blatt.zeilen())
    zeilen, fehler, unveraendert, orte = [], [], 0, {}
    frei = HOECHSTENS_AENDERUNGEN
    for blatt in blaetter:
        tabelle, blatt.frei = tabellen[blatt.titel], frei
        fehler += _doppelte(blatt, tabelle)
        ergebnisse = blatt.uebernimm(tabelle.kopf, (texte for _, texte in tabelle.zeilen))
        for (nummer, _), ergebnis in zip(tabelle.zeilen, ergebnisse, strict=True):
            if isinstance(ergebnis, ValidationError):
                fehler += _zeilenfehler(blatt, nummer, ergebnis.message_dict)
            elif ergebnis is None:
                unveraendert += 1
            else:
                orte[type(ergebnis.zeile), ergebnis.zeile.pk] = (blatt, nummer)
                zeilen.append(_zeile(blatt, nummer, ergebnis))
        frei = blatt.frei
        if frei < 0:
            return Mappenprobe((), (Mappenfehler(ZU_VIELE, blatt.titel),), 0)
    if not fehler:  # what could not be saved would break rules only for that
        fehler = _regelfehler(regelstand, orte)
    return Mappenprobe(tuple(zeilen), tuple(fehler), unveraendert)


def _doppelte(blatt: Mappenblatt, tabelle: Tabellenblatt) -> list[Mappenfehler]:
    """Rows whose Kennung stands further up, too."""
    platz, fehler, zuerst = tabelle.kopf.index(KENNUNG), [], {}
    for nummer, texte in tabelle.zeilen:
        kennung = texte[platz]
        if kennung and kennung in zuerst:
            satz = f"Diese Kennung steht schon in Zeile {zuerst[kennung]}."
            fehler.append(Mappenfehler(satz, blatt.titel, nummer, KENNUNG))
        zuerst.setdefault(kennung, nummer)
    return fehler


def _zeile(blatt: Mappenblatt, nummer: int, ergebnis: Uebernommen) -> Mappenzeile:
    aenderungen = tuple((spalte, *texte) for spalte, texte in ergebnis.aenderungen.items())
    return Mappenzeile(blatt.titel, nummer, ergebnis.neu, str(ergebnis.zeile), aenderungen)


def _zeilenfehler(
    blatt: Mappenblatt, nummer: int, saetze: dict[str, list[str]]
) -> list[Mappenfehler]:
    fehler = []
    for feld, texte in saetze.items():
        spalte = "" if feld == NON_FIELD_ERRORS else blatt.spalte_zu(feld)
        fehler += [Mappenfehler(text, blatt.titel, nummer, spalte) for text in texte]
    return fehler


def _regelfehler(regelstand: Regelstand, orte: dict) -> list[Mappenfehler]:
    """The rules that the rows break, each at its row, or at that of its Kernaktivität."""
    geschrieben = [
        zeile
        for modell in {modell for modell, _ in orte}
        for zeile in modell._base_manager.filter(pk__in=[pk for m, pk in orte if m is modell])
    ]
    try:
        regelstand.pruefe(geschrieben)
    except Regelverstoss as verstoss:
        return [_regelfehler_an(*fund) for fund in an_die_orte(verstoss.verstoesse, orte)]
    return []


def _regelfehler_an(
    ort: tuple[Mappenblatt, int] | None, verstoss: Verstoss, satz: str
) -> Mappenfehler:
    if ort is None:
        return Mappenfehler(satz)
    blatt, nummer = ort
    spalten = filter(None, (blatt.spalte_zu(feld) for feld in verstoss.felder))
    return Mappenfehler(satz, blatt.titel, nummer, next(spalten, ""))
