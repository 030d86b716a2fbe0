"""The day for which the portal is asked. The only module that reads the clock."""

from datetime import date, datetime

from django.http import Http404, HttpRequest
from django.utils import timezone


class UngueltigerStichtag(Http404):
    """The address asks for a day that cannot be answered; the message says why and what to do."""


def heute() -> date:
    """Today's date in the portal's time zone."""
    return timezone.localdate()


def jetzt() -> datetime:
    """This moment, for the record of who did what when; never for facts about the strategy."""
    return timezone.now()


def stichtag_aus(request: HttpRequest) -> date:
    """The day asked for by ``?stichtag=JJJJ-MM-TT``; today without it.

    Raises ``UngueltigerStichtag`` (404) for a malformed or a future day, or more than one: an
    address with a day in it must never silently answer for another day.
    """
    if "stichtag" not in request.GET:
        return heute()
    texte = request.GET.getlist("stichtag")
    tag = _lies(texte[0]) if len(texte) == 1 else None
    if tag is None:
        raise UngueltigerStichtag(
            "Der Stichtag in der Adresse ist kein gültiges Datum. "
            "Schreiben Sie ihn als Jahr-Monat-Tag, zum Beispiel 2024-08-31."
        )
    if tag > heute():
        raise UngueltigerStichtag(
            "Der Stichtag in der Adresse liegt in der Zukunft. "
            "Wählen Sie heute oder einen früheren Tag."
        )
    return tag


def weiter_aus(request: HttpRequest) -> dict[str, str]:
    """The parameters that every link of a page carries on: the Stichtag, when the address names it.

    Without it a page speaks of today, and so do the pages it leads to.
    """
    return {"stichtag": request.GET["stichtag"]} if "stichtag" in request.GET else {}


def _lies(text: str) -> date | None:
    """``JJJJ-MM-TT`` as a date; ``None`` for everything else (also for other ISO spellings)."""
    try:
        tag = date.fromisoformat(text)
    except ValueError:
        return None
    return tag if tag.isoformat() == text else None
