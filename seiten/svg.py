"""Geometry of the charts. Lengths leave as strings with a decimal point: a template that
formats numbers in German would print "8,5", which no browser draws."""

from collections.abc import Sequence


def prozent(wert: float) -> str:
    """A percentage as SVG takes it, for example "8.5%"."""
    return f"{wert:.4f}".rstrip("0").rstrip(".") + "%"


def strecken(werte: Sequence[float], ganzes: float) -> list[tuple[str, str]]:
    """Puts ``werte`` end to end on a line that measures ``ganzes``.

    Returns (start, length) of each in percent of the line. Raises ``ValueError`` for a line
    that is too short or has no length.
    """
    if ganzes <= 0 or sum(werte) > ganzes:
        raise ValueError("Die Strecken passen nicht auf die Linie.")
    anfang, ergebnis = 0.0, []
    for wert in werte:
        ergebnis.append((prozent(100 * anfang / ganzes), prozent(100 * wert / ganzes)))
        anfang += wert
    return ergebnis
