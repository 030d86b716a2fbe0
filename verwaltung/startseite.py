"""The site of the administration: it begins with what is to do, and can check all data."""

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from grundlage.rollen import ist_redaktion

from .anstehendes import anstehendes
from .formular import auswahltext
from .pruefung import fehler
from .rechte import geltende

# What is changed day by day comes first, then what it hangs on; the rest by name.
HAEUFIG = (
    "kernaktivitaet",
    "statusmeldung",
    "ratsbeschluss",
    "tranche",
    "projektziel",
    "messwert",
    "planangabe",
    "angabe",
    "verantwortung",
    "stelle",
    "textseite",
    "meilenstein",
    "zielelement",
    "quelle",
    "stempelung",
)


class Auswahlliste(AutocompleteJsonView):
    """The rows that are offered while one types, called as in the form."""

    def get_queryset(self):
        return geltende(super().get_queryset())

    def serialize_result(self, obj, to_field_name: str) -> dict[str, str]:
        ergebnis = super().serialize_result(obj, to_field_name)
        return ergebnis | {"text": auswahltext(obj)}


class Portalverwaltung(admin.AdminSite):
    """Django's site with a worklist on its first page."""

    def index(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        mehr = {"aufgaben": list(anstehendes(request)), "prueft": ist_redaktion(request.user)}
        return super().index(request, mehr | (extra_context or {}))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """The groups and their models in the order of their use."""

        def rang(modell: dict) -> tuple[int, str]:
            name = modell["model"]._meta.model_name
            return (HAEUFIG.index(name) if name in HAEUFIG else len(HAEUFIG), modell["name"])

        gruppen = super().get_app_list(request, app_label)
        for gruppe in gruppen:
            gruppe["models"].sort(key=rang)
        return sorted(gruppen, key=lambda gruppe: rang(gruppe["models"][0]))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return Auswahlliste.as_view(admin_site=self)(request)

    def get_urls(self):
        eigene = path("pruefung/", self.admin_view(self.pruefung), name="pruefung")
        return [eigene, *super().get_urls()]

    def pruefung(self, request: HttpRequest) -> HttpResponse:
        """All rows that break a rule, each with its sentence and the way to it.

        Raises ``PermissionDenied`` for all who could not mend them.
        """
        if not ist_redaktion(request.user):
            raise PermissionDenied
        verstoesse = [
            (zeile, zeile._meta.verbose_name, _adresse(zeile), satz) for zeile, satz in fehler()
        ]
        inhalt = {"title": "Daten prüfen", "verstoesse": verstoesse}
        return render(request, "admin/pruefung.html", self.each_context(request) | inhalt)


def _adresse(zeile) -> str:
    opts = zeile._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=(zeile.pk,))
