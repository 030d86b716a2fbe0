"""Health, and the pages for what is not there, not allowed, or not possible just now."""

import tempfile
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from grundlage.datenstand import wartete_zu_lange
from grundlage.stichtag import UngueltigerStichtag


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: answers without the database. With ``?tief=1``: ready to serve, else 503."""
    if request.GET.get("tief") != "1":
        return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
    teile = {"datenbank": _datenbank, "migrationen": _migrationen, "ablage": _ablage}
    ergebnis = {name: _geht(pruefung) for name, pruefung in teile.items()}
    return JsonResponse(ergebnis, status=200 if all(ergebnis.values()) else 503)


def nicht_gefunden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in words: what our own code says, or that there is no such page."""
    grund = next(iter(exception.args), "")
    satz = grund if isinstance(grund, str) else ""
    tag = isinstance(exception, UngueltigerStichtag)
    inhalt = {"satz": satz, "tag": tag, "seite": {"weiter": ""}}
    return render(request, "404.html", inhalt, status=404)


def nicht_erlaubt(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 in words, for people who are signed in."""
    return render(request, "403.html", {"seite": {"weiter": ""}}, status=403)


class Besetzt:
    """Middleware: 503 for whoever waited too long until others had saved.

    Nothing is saved, nor lost: a button sends the same form once more.
    """

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


def _geht(pruefung) -> bool:
    try:
        return pruefung()
    except (DatabaseError, OSError):
        return False


def _datenbank() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _migrationen() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _ablage() -> bool:
    with tempfile.TemporaryFile(dir=settings.DATEN_ORDNER) as datei:
        return datei.write(b"ok") > 0
