"""Words as the search compares them: without case, accents, umlauts, gender marks and hyphens.

Umlauts fold in two ways, and a word has both forms: ä becomes a ("öpnv" → "opnv"), and so does
the spelling ae ("oepnv" → "opnv"). The first alone would miss "oepnv", the second alone would
tear compounds ("Bauerhalt").
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import snowballstemmer

from grundlage.falten import falte

# Local public transport by law: trams and buses (§ 8 Abs. 1 PBefG) and local trains (§ 2 RegG).
_NAHVERKEHR = ("Nahverkehr",)
# The toilets of "Bochums stille Örtchen".
_TOILETTE = ("Toilette",)
# The only bath in the texts: the Hallenfreibad Hofstede, a place of the swimming courses.
_BAD = ("Hallenfreibad",)

# What people say where the texts have another word: word of a query, in whatever form → words of
# the texts. Only what means the same or is a kind of it, and only where the word of the texts does
# occur; each group says on what it rests.
SYNONYME: dict[str, tuple[str, ...]] = {
    "Bus": _NAHVERKEHR,
    "Busse": _NAHVERKEHR,
    "Bahn": _NAHVERKEHR,
    "Straßenbahn": _NAHVERKEHR,
    "Klo": _TOILETTE,
    "WC": _TOILETTE,
    "Bad": _BAD,
    "Hallenbad": _BAD,
    "Freibad": _BAD,
    "Schwimmbad": _BAD,
    # What moves into the "Haus des Wissens": Stadtbücherei and Volkshochschule.
    "Bibliothek": ("Bücherei",),
    "VHS": ("Volkshochschule",),
    # What "Mission Solar" puts on the roofs, and what Consul is for.
    "Solaranlage": ("Photovoltaik",),
    "Bürgerbeteiligung": ("Beteiligung",),
}


# Letters and digits; a gender mark before "in" belongs to the word ("Lots*innen", "Schüler/-in").
WORT = re.compile(r"[^\W_]+(?:(?:[*:_·]|/-?)(?=in)[^\W_]+)*")
BINNENGROSS = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")
ZAHLENPUNKT = re.compile(r"(?<=\d)\.(?=\d)")
UMSCHRIFT = re.compile(r"([aou])e")
MAX_WOERTER = 12
# As long as this a word may begin another one, and stand inside of one.
MIN_ANFANG = 3
MIN_INNEN = 4

# Words that say nothing about what is looked for; here "Bochum" is one of them, and all
# that can be looked for are projects.
_FUELLWOERTER = """
    aber als am an auch auf aus bei beim bin bis bochum bochumer bochumerin bochums da damit das
    dass dem den der des die dies diese dieser dieses durch ein eine einem einen einer eines er es
    etwas euer fuer fur gegen gibt hat haben hier ich ihr ihre im in ins ist ja kann kein keine
    man mein meine meinem meinen meiner mich mir mit nach nicht noch nur ob oder ohne sein sich
    kernaktivitat kernaktivitaten kernaktivitaeten projekt projekte projekten worden wurden
    sie sind so soll sollen uber ueber um und uns unser unsere unter vom von vor wann war waren
    warum was welche welcher welches wem wen wenn wer werden wie wir wird wo wurde zu zum zur
    zwischen
"""
FUELLWOERTER = frozenset(_FUELLWOERTER.split())


@dataclass(frozen=True)
class Suchwort:
    """A word of a query: as typed, folded, and the folded stems of which one must occur.

    ``andere`` are the stems of other words for the same, and ``innen`` says whether it may stand
    inside of words.
    """

    roh: str
    gefaltet: str
    staemme: tuple[str, ...]
    andere: tuple[str, ...] = ()
    innen: bool = True

    def guete(self, form: str) -> int | None:
        """How a folded word fits: 0 it is the word, 1 begins with it, 2 contains it; else None."""
        beste = None
        for stamm in (*self.staemme, *self.andere):
            if form in (stamm, self.gefaltet):
                return 0
            if len(stamm) >= MIN_ANFANG and form.startswith(stamm):
                beste = 1
            elif self.innen and len(stamm) >= MIN_INNEN and stamm in form:
                beste = beste or 2
        return beste


def buchstaben(text: str) -> str:
    """Only the letters and digits of ``text``, in lower case and without accents."""
    return "".join(zeichen for zeichen in falte(text) if zeichen.isalnum())


def ohne_umschrift(gefaltet: str) -> str:
    """Folded text with the spellings ae, oe, ue as a, o, u."""
    return UMSCHRIFT.sub(r"\1", gefaltet)


@lru_cache(maxsize=1 << 16)
def formen(wort: str) -> tuple[str, ...]:
    """The folded forms under which a word of a text is found, its CamelCase parts included."""
    stuecke = BINNENGROSS.split(wort)
    gefaltet = [buchstaben(stueck) for stueck in ([wort, *stuecke] if len(stuecke) > 1 else [wort])]
    return tuple(dict.fromkeys(f for g in gefaltet if g for f in (g, ohne_umschrift(g))))


def zerlege(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of ``text`` with where they begin and end.

    Words that no blank parts come joined as well: "IT-Sicherheit" gives "IT", "Sicherheit" and
    the whole.
    """
    anfang = ende = -1
    for treffer in WORT.finditer(text):
        von, bis = treffer.span()
        yield treffer.group(), von, bis
        if ende < 0 or text[ende:von].split() != [text[ende:von]]:
            anfang = von
        else:
            yield text[anfang:bis], anfang, bis
        ende = bis


@dataclass(frozen=True)
class Gefaltet:
    """A text as the index needs it: each folded form with its spelling, and all as one word."""

    formen: tuple[tuple[str, str], ...]
    verbunden: str


def gefaltet(text: str) -> Gefaltet:
    """Folds a whole text: the dear part of building an index."""
    schreibweisen: dict[str, str] = {}
    for wort, _, _ in zerlege(text):
        for form in formen(wort):
            schreibweisen.setdefault(form, wort)
    return Gefaltet(tuple(schreibweisen.items()), verbunden(text))


def verbunden(text: str) -> str:
    """The whole of ``text`` as one folded word, for queries that join what a text parts."""
    return ohne_umschrift(buchstaben(text))


def verbunden_mit_stellen(text: str) -> tuple[str, list[int]]:
    """The same, and for each of its letters the place in ``text`` that it comes from.

    Each letter is folded once: texts are long, and readers search a hundred times a minute.
    """
    paare = [(z, stelle) for stelle, zeichen in enumerate(text) for z in _zeichen(zeichen)]
    gefaltet = "".join(z for z, _ in paare)
    weg = {treffer.end() - 1 for treffer in UMSCHRIFT.finditer(gefaltet)}
    return ohne_umschrift(gefaltet), [s for n, (_, s) in enumerate(paare) if n not in weg]


@lru_cache(maxsize=1 << 10)
def _zeichen(zeichen: str) -> str:
    return buchstaben(zeichen)


def suchworte(anfrage: str) -> tuple[Suchwort, ...]:
    """The words of a query that must occur, each once, at most ``MAX_WOERTER``.

    Stop words are left out, unless the query has no others. "1.000" is one word.
    """
    alle = {}
    for treffer in WORT.finditer(ZAHLENPUNKT.sub("", unicodedata.normalize("NFC", anfrage))):
        wort = suchwort(treffer.group())
        if wort.gefaltet:
            alle.setdefault(wort.gefaltet, wort)
    tragende = [wort for gefaltet, wort in alle.items() if gefaltet not in FUELLWOERTER]
    return tuple((tragende or list(alle.values()))[:MAX_WOERTER])


def suchwort(wort: str) -> Suchwort:
    """One word with its stems, and those of other words for the same."""
    gefaltet = buchstaben(wort)
    staemme = _staemme(wort)
    return Suchwort(wort, gefaltet, staemme, _andere().get(staemme[-1], ()))


@cache
def _andere() -> dict[str, tuple[str, ...]]:
    """The stem of each word of ``SYNONYME`` and the stems of the words that stand for it."""
    return {
        _staemme(wort)[-1]: tuple(_staemme(anderes)[-1] for anderes in andere)
        for wort, andere in SYNONYME.items()
    }


def _staemme(wort: str) -> tuple[str, ...]:
    gefaltet = buchstaben(wort)
    stamm = _stamm("".join(zeichen for zeichen in wort.casefold() if zeichen.isalnum()))
    if gefaltet.startswith(stamm):
        # "Sicherheit" would become "sich": three fifths of a word are kept.
        stamm = gefaltet[: max(len(stamm), -(-len(gefaltet) * 3 // 5))]
    return tuple(dict.fromkeys((stamm, ohne_umschrift(stamm))))


def _stamm(wort: str) -> str:
    # A stemmer keeps the word it works on: one for each call, not one for all threads.
    return buchstaben(snowballstemmer.stemmer("german").stemWord(wort))
