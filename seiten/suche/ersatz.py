"""Known words for one that stands nowhere: the nearest in spelling, or the parts of a compound."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from .falten import Suchwort, suchwort

# How similar a word must be (difflib), how long, and how far from the same length.
AEHNLICHKEIT = 0.8
MIN_LAENGE = 4
MAX_UNTERSCHIED = 3
# The shortest part of a compound, and the letters that may join two parts ("Arbeitsmarkt").
MIN_TEIL = 4
MIN_EINZELTEIL = 5
FUGEN = ("", "s", "n", "en", "es")


def naechstes(wort: Suchwort, anzeige: Mapping[str, str]) -> Suchwort | None:
    """The most similar known word, or a known compound that begins with a similar one.

    Two letters in the wrong order are the nearest of all. ``anzeige`` maps the folded words to
    how they are written. ``None`` when none is near.
    """
    laenge = len(wort.gefaltet)
    if laenge < MIN_LAENGE:
        return None
    for vertauscht in _vertauschungen(wort.gefaltet):
        if vertauscht in anzeige:
            return suchwort(anzeige[vertauscht])
    nahe: dict[str, str] = {}
    for form in anzeige:
        if len(form) > laenge + MAX_UNTERSCHIED:
            nahe.setdefault(form[: laenge + 1], form)
        elif len(form) >= laenge - MAX_UNTERSCHIED:
            nahe[form] = form
    aehnliche = get_close_matches(wort.gefaltet, nahe, n=1, cutoff=AEHNLICHKEIT)
    return suchwort(anzeige[nahe[aehnliche[0]]]) if aehnliche else None


def _vertauschungen(gefaltet: str) -> Iterator[str]:
    """The word with each two neighbouring letters swapped: "hasu" gives "ahsu", "hsau", "haus"."""
    for stelle in range(len(gefaltet) - 1):
        links, rechts = gefaltet[stelle : stelle + 2]
        yield gefaltet[:stelle] + rechts + links + gefaltet[stelle + 2 :]


def wortanfaenge(bekannte: Iterable[str]) -> set[str]:
    """Everything with which a known word begins, long enough to be a part."""
    return {form[:n] for form in bekannte for n in range(MIN_TEIL, len(form) + 1)}


def teile(wort: Suchwort, anfaenge: Container[str]) -> list[Suchwort]:
    """The two parts of a compound that are among ``anfaenge``, else the longest one.

    "Solaranlagen" gives "solar" and "anlagen", "Pflegenotstand" only "pflege",
    which must then begin a word: a "Hallenbad" is no "Markthalle".
    """
    ganz = wort.gefaltet
    stellen = range(len(ganz) - MIN_TEIL, MIN_TEIL - 1, -1)
    for stelle in stellen:
        for fuge in FUGEN:
            links, rechts = ganz[:stelle].removesuffix(fuge), ganz[stelle:]
            if links in anfaenge and rechts in anfaenge:
                return [suchwort(links), suchwort(rechts)]
    enden = [ende for n in stellen for ende in (ganz[:n], ganz[n:]) if ende in anfaenge]
    laengstes = max(enden, key=len, default="")
    if len(laengstes) < MIN_EINZELTEIL:
        return []
    return [replace(suchwort(laengstes), innen=False)]
