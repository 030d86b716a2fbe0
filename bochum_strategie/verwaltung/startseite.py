"""The site of the administration: it begins with what is to do, and can check all data."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from .anstehendes import anstehendes
from .pruefung import fehler


class Portalverwaltung(admin.AdminSite):
    """Django's site with a worklist on its first page."""

    def index(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        mehr = {"aufgaben": list(anstehendes(request))}
        return super().index(request, mehr | (extra_context or {}))

    def get_urls(self):
        eigene = path("pruefung/", self.admin_view(self.pruefung), name="pruefung")
        return [eigene, *super().get_urls()]

    def pruefung(self, request: HttpRequest) -> HttpResponse:
        """All rows that break a rule, each with its sentence and the way to it."""
        verstoesse = [
            (zeile, zeile._meta.verbose_name, _adresse(zeile), satz)
            for zeile, satz in fehler()
            if self.get_model_admin(type(zeile)).has_view_permission(request, zeile)
        ]
        inhalt = {"title": "Daten prüfen", "verstoesse": verstoesse}
        return render(request, "admin/pruefung.html", self.each_context(request) | inhalt)


def _adresse(zeile) -> str:
    opts = zeile._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=(zeile.pk,))
