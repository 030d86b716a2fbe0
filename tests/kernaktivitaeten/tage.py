"""How a Kernaktivität stands on a day, in the words that a reader is told."""

from datetime import date, timedelta

from kernaktivitaeten.models import Kernaktivitaet


def d(text: str) -> date:
    return date.fromisoformat(text)


def satz(kernaktivitaet: Kernaktivitaet, tag: date) -> str:
    """What a reader is told: status, since when, last confirmed."""
    return Kernaktivitaet.objects.zum(tag).get(pk=kernaktivitaet.pk).lagebild.satz


def lage(kernaktivitaet: Kernaktivitaet, tag: date) -> str:
    return Kernaktivitaet.objects.zum(tag).get(pk=kernaktivitaet.pk).lage


def drei_tage(tag: str) -> list[date]:
    """The day before, the day, the day after."""
    return [d(tag) + timedelta(days=n) for n in (-1, 0, 1)]


NOCH_NICHT = "noch nicht beschlossen"
OHNE_STAND = "kein Stand bekannt"
