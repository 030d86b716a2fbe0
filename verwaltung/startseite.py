"""The site of the administration: it begins with what is to do, and can check all data.

What is to do is computed from rules. A line is a choice of a filter of a list, so its number and
the list behind it cannot differ.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.options import Options
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode

from grundlage.rollen import ist_redaktion
from zielsystem.rules import SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT, SOLL_KERNAKTIVITAETEN_JE_TRANCHE

from .formular import auswahltext
from .rechte import geltende
from .regeln import fehler


@dataclass(frozen=True)
class Frage:
    """A choice of a list: its model, the parameter of the filter and the value."""

    satz: str
    modell: str
    wert: str
    parameter: str = "fehlt"


@dataclass(frozen=True)
class Aufgabe:
    """A line of the worklist: what is to do, how often, and where."""

    satz: str
    anzahl: int
    adresse: str


KA, ZIEL = "kernaktivitaeten.Kernaktivitaet", "kernaktivitaeten.Projektziel"
BESCHLUSS, TRANCHE = "kernaktivitaeten.Ratsbeschluss", "kernaktivitaeten.Tranche"

ENTWURF = ("1", "entwurf__exact")

# In the order of their weight: what waits, what is late or wrong, what is missing.
FRAGEN = (
    Frage("Statusmeldungen, die auf Freigabe warten", "kernaktivitaeten.Statusmeldung", *ENTWURF),
    Frage("Projektziele, die auf Freigabe warten", ZIEL, *ENTWURF),
    Frage("Messwerte, die auf Freigabe warten", "kernaktivitaeten.Messwert", *ENTWURF),
    Frage("Planangaben, die auf Freigabe warten", "kernaktivitaeten.Planangabe", *ENTWURF),
    Frage("Angaben, die auf Freigabe warten", "kernaktivitaeten.Angabe", *ENTWURF),
    Frage("Kernaktivitäten, deren geplantes Ende verstrichen ist", KA, "verstrichen", "zeit"),
    Frage("Kernaktivitäten lange ohne neuen Eintrag", KA, "still", "zeit"),
    Frage(
        "Bilanzen, deren Abweichung nicht erklärt ist",
        "kernaktivitaeten.Bilanz",
        "unerklaert",
        "pruefen",
    ),
    Frage(
        f"Tranchen, zu denen nicht {SOLL_KERNAKTIVITAETEN_JE_TRANCHE} Kernaktivitäten belegt sind",
        TRANCHE,
        "soll",
        "pruefen",
    ),
    Frage(
        f"Schwerpunkte mit mehr als {SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT} Kernaktivitäten",
        "zielsystem.Zielelement",
        "zuviel",
        "pruefen",
    ),
    Frage("Barriere-Meldungen, die offen sind", "strategiearbeit.Rueckmeldung", "ja", "offen"),
    Frage(
        "Erklärungen zur Barrierefreiheit, die zu überprüfen sind",
        "strategiearbeit.Barrierefreiheitserklaerung",
        "faellig",
        "pruefen",
    ),
    Frage("Beschlüsse ohne Vorlage", BESCHLUSS, "Vorlage"),
    Frage("Beschlüsse ohne Adresse der Vorlage", BESCHLUSS, "Adresse der Vorlage"),
    Frage("Kernaktivitäten ohne Schwerpunkt", KA, "Schwerpunkt"),
    Frage("Kernaktivitäten ohne Tranche", KA, "Tranche"),
    Frage("Kernaktivitäten ohne Querschnittsthema", KA, "Querschnittsthema"),
    Frage("Kernaktivitäten ohne Projektziel", KA, "Projektziel"),
    Frage("Projektziele ohne Messgröße", ZIEL, "Messgröße"),
    Frage("Projektziele ohne Zielwert", ZIEL, "Zielwert"),
    Frage("Projektziele ohne Termin", ZIEL, "Termin"),
)


def anstehendes(request: HttpRequest) -> Iterator[Aufgabe]:
    """The lines with something to do for this user."""
    for frage in FRAGEN:
        verwaltung = admin.site.get_model_admin(apps.get_model(frage.modell))
        if not _geht_an(verwaltung, request):
            continue
        if anzahl := gefiltert(verwaltung, request, frage).count():
            opts = verwaltung.opts
            liste = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
            yield Aufgabe(frage.satz, anzahl, f"{liste}?{urlencode({frage.parameter: frage.wert})}")


def _geht_an(verwaltung: admin.ModelAdmin, request: HttpRequest) -> bool:
    """Who may change the rows; and who may add something to the own Kernaktivitäten."""
    eigene = verwaltung.opts.label == KA and verwaltung.has_view_permission(request)
    return eigene or verwaltung.has_change_permission(request)


def frage_der_liste(opts: Options, parameter: Mapping[str, str]) -> str:
    """The line of the worklist that leads to a list with these parameters; empty for others."""
    for frage in FRAGEN:
        if (frage.modell, frage.wert) == (opts.label, parameter.get(frage.parameter)):
            return frage.satz
    return ""


def gefiltert(verwaltung: admin.ModelAdmin, request: HttpRequest, frage: Frage) -> QuerySet:
    """The rows of the list with that choice; raises ``LookupError`` if there is no such filter."""
    zeilen = verwaltung.get_queryset(request)
    for filterklasse in verwaltung.get_list_filter(request):
        if getattr(filterklasse, "parameter_name", "") == frage.parameter:
            gewaehlt: dict[str, Any] = {frage.parameter: [frage.wert]}
            auswahl = filterklasse(request, gewaehlt, verwaltung.model, verwaltung)
            return auswahl.queryset(request, zeilen)
    if verwaltung.lookup_allowed(frage.parameter, frage.wert, request):
        return zeilen.filter(**{frage.parameter: frage.wert})
    raise LookupError(f"{frage.modell} hat keinen Filter „{frage.parameter}“.")


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
    """Django's site with a worklist on its first page, and above each group of models."""

    def index(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return super().index(request, _ansteht(request) | (extra_context or {}))

    def app_index(self, request: HttpRequest, app_label: str, extra_context=None) -> HttpResponse:
        return super().app_index(request, app_label, _ansteht(request) | (extra_context or {}))

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


def _ansteht(request: HttpRequest) -> dict[str, Any]:
    return {"aufgaben": list(anstehendes(request)), "prueft": ist_redaktion(request.user)}


def _adresse(zeile) -> str:
    opts = zeile._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=(zeile.pk,))
