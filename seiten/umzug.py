"""Former addresses: whoever follows an old link is led to where the page is now."""

from collections.abc import Callable

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from grundlage.stichtag import weiter_aus

from .filter import mit_parametern


class Umgezogen(Exception):
    """The address is a former one; ``adresse`` is the present one."""

    def __init__(self, adresse: str) -> None:
        super().__init__(adresse)
        self.adresse = adresse


def umgezogene(zeilen: QuerySet, slug: str) -> Model | None:
    """That of ``zeilen`` which had the address ``slug`` before, by its history.

    Of several the last one is meant.
    """
    fassungen = zeilen.model.geschichte.filter(slug=slug, id__in=zeilen.values("pk"))
    nummer = fassungen.order_by("-history_id").values_list("id", flat=True).first()
    heute = None if nummer is None else zeilen.get(pk=nummer)
    # A row that has the address now is only not in the copy of the facts yet: no way leads there.
    return None if heute is None or heute.slug == slug else heute


def leite_um(zeilen: QuerySet, slug: str) -> None:
    """Raises ``Umgezogen`` if one of ``zeilen`` had the address ``slug`` before."""
    if (heute := umgezogene(zeilen, slug)) is not None:
        raise Umgezogen(heute.get_absolute_url())


class Umzug:
    """Middleware: answers ``Umgezogen`` with the way to the present address, for the same day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fehler: Exception) -> HttpResponse | None:
        if not isinstance(fehler, Umgezogen):
            return None
        # Not for ever: an address that was given up can be taken again, and a browser that keeps
        # the way from one to the other and back would go round in a circle.
        return redirect(mit_parametern(fehler.adresse, weiter_aus(request)))
