"""The page for whoever waited too long until others had saved: nothing is saved, nor lost."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from grundlage.datenstand import wartete_zu_lange


class Besetzt:
    """Middleware: 503 with a button that sends the same form once more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fehler: Exception) -> HttpResponse | None:
        if not wartete_zu_lange(fehler):
            return None
        eingaben = [
            (name, wert)
            for name, werte in request.POST.lists()
            for wert in werte
            if name != "csrfmiddlewaretoken"
        ]
        # A file cannot be sent along, and no password is written into a page.
        geheim = request.FILES or any("password" in name for name, _ in eingaben)
        inhalt = {"eingaben": [] if geheim else eingaben, "ziel": request.get_full_path()}
        return render(request, "503.html", inhalt, status=503)
