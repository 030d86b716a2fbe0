"""Where a Kernaktivität stands on a day: one of the status words, or why none is known."""

from django.db.models import TextChoices

from .status import Status


class Lage(TextChoices):
    """Status on a day, with the two states before the first statement; order of display."""

    UMGESETZT = Status.UMGESETZT.value, Status.UMGESETZT.label
    LAUFEND = Status.LAUFEND.value, Status.LAUFEND.label
    EINGESTELLT = Status.EINGESTELLT.value, Status.EINGESTELLT.label
    UEBERFUEHRT = Status.UEBERFUEHRT.value, Status.UEBERFUEHRT.label
    NOCH_NICHT = "noch-nicht-beschlossen", "noch nicht beschlossen"
    OHNE_STAND = "kein-stand", "kein Stand bekannt"
