"""The content of a page: the stamp comes after it and must not inherit what it leaves behind."""

import re
from collections.abc import Iterable
from typing import Any

import pikepdf
from pikepdf import Array

# "q" keeps the state of drawing and "Q" takes it back; a name such as "/q" is neither.
# Looks back only where there is a letter: so it is three times as fast.
KLAMMER = re.compile(rb"[qQ](?<![^\0\t\n\f\r \])>}].)(?![^\0\t\n\f\r /\[(<{%])")
# Of a longer document not each page is read.
ALLE_BIS = 20
NUMMER = re.compile(rb"/MCID\s+(\d{1,6})")


class Inhalte:
    """The streams of pages, and how many states each page leaves open.

    A superfluous "Q" is ignored by readers. It must not take back the state that the stamp puts
    around the page, or the page would look different: such content is written anew without it.

    Reading takes longer than stamping. Of a long document one page of each kind is read: a program
    makes all its pages in the same way. Where one is careless, all are read.
    """

    def __init__(self, pdf: pikepdf.Pdf, seiten: int) -> None:
        self.pdf = pdf
        self.alle = seiten <= ALLE_BIS
        self.arten: set[Any] = set()

    def von(self, seite: Any, art: Any) -> tuple[list[Any], int]:
        """``art`` says what the page has in common with others of the same program."""
        stroeme = _stroeme(seite)
        if art in self.arten and not self.alle:
            return stroeme, 0
        self.arten.add(art)
        if not _rest(KLAMMER.findall(_alles(stroeme))):
            return stroeme, 0
        # It may be a letter within a text: only now is the content really understood.
        befehle = pikepdf.parse_content_stream(seite)
        rest = _rest(_klammer(befehl) for befehl in befehle)
        self.alle = self.alle or bool(rest)
        if b"Q" not in rest:
            return stroeme, len(rest)
        behalten, offen = _ohne_ueberzaehlige(befehle)
        return [self.pdf.make_stream(pikepdf.unparse_content_stream(behalten))], offen


def naechste_nummer(seite: Any) -> int:
    """The first number of marked content that the page does not use yet."""
    return max((int(nr) + 1 for nr in NUMMER.findall(_alles(_stroeme(seite)))), default=0)


def _stroeme(seite: Any) -> list[Any]:
    inhalt = seite.get("/Contents")
    if inhalt is None:
        return []
    return list(inhalt) if isinstance(inhalt, Array) else [inhalt]


def _alles(stroeme: Iterable[Any]) -> bytes:
    return b"\n".join(strom.read_bytes() for strom in stroeme)


def _rest(klammern: Iterable[bytes]) -> bytes:
    """What is left when each "Q" has met its "q": first superfluous "Q", then open "q"."""
    rest = b"".join(klammern)
    while b"qQ" in rest:
        rest = rest.replace(b"qQ", b"")
    return rest


def _ohne_ueberzaehlige(befehle: Iterable[Any]) -> tuple[list[Any], int]:
    """The instructions without each "Q" that has no "q", and how many states stay open."""
    behalten, offen = [], 0
    for befehl in befehle:
        schritt = {b"q": 1, b"Q": -1}.get(_klammer(befehl), 0)
        if offen + schritt >= 0:
            behalten.append(befehl)
            offen += schritt
    return behalten, offen


def _klammer(befehl: Any) -> bytes:
    operator = bytes(befehl.operator)
    return operator if operator in (b"q", b"Q") else b""
