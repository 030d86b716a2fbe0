"""Trial, mark, confirmation: a change is shown before it is made, and made only as it was shown.

Whoever changes many rows at once writes one function that does it, and calls ``probiere`` with it
twice. The first time all is rolled back, and the page shows what the function found out, with a
mark. The second time, with that mark, it is kept as one Stapel if it still does the same; else the
page shows the new trial. The function runs behind the lock of the Datenstand: it reads there all
that it saves, and whatever it raises undoes all of it.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Generic, TypeVar

from django.db import transaction

from grundlage.datenstand import schreibsperre

from .models import Stapel

Folgen = TypeVar("Folgen")


@dataclass(frozen=True)
class Ausgang(Generic[Folgen]):
    """What became of a change: written as ``stapel``, or only tried (``None``).

    ``folgen`` is what the page shows; ``marke`` is sent back to confirm just that (empty: there is
    nothing to confirm); ``geaendert``: it was confirmed, but would not do what had been shown.
    """

    folgen: Folgen
    marke: str
    stapel: Stapel | None
    geaendert: bool


class _Zurueck(Exception):
    """Rolls a trial back."""


def probiere(
    neuer: AbstractContextManager[Stapel],
    vorhaben: Callable[[Stapel], tuple[Folgen, object]],
    bestaetigt: str = "",
) -> Ausgang[Folgen]:
    """Does it, and keeps it only if ``bestaetigt`` is the mark of what it does.

    ``neuer`` is ``stapel(…)``. ``vorhaben`` writes; it may give the new Stapel its title. It
    returns what the page shows, and what must stay the same for the mark to hold (its ``repr``
    counts; what is empty cannot be confirmed). Raises what either raises.
    """
    try:
        with neuer as neu:
            folgen, inhalt = vorhaben(neu)
            marke = sha256(repr(inhalt).encode()).hexdigest() if inhalt else ""
            if not marke or marke != bestaetigt:
                raise _Zurueck
    except _Zurueck:
        return Ausgang(folgen, marke, None, geaendert=bool(bestaetigt))
    return Ausgang(folgen, marke, neu, geaendert=False)


@contextmanager
def auf_probe() -> Iterator[None]:
    """One transaction behind the lock that is rolled back in any case: to see what would be."""
    with schreibsperre():
        yield
        transaction.set_rollback(True)
