"""All public addresses. Each namespace is named after the facts that its pages are about."""

from collections.abc import Callable

from django.urls import URLPattern, include, path

from . import views
from .beschluesse import beschluesse, tranche
from .bilanz import bilanz
from .detail import detail
from .die_strategie import die_strategie, methodik, querschnittsthema, querschnittsthemen
from .kompetenz import kompetenz, schwerpunkt
from .liste import liste
from .startseite import startseite
from .stelle import stelle
from .strategiearbeit import (
    barriere_gemeldet,
    barrierefreiheit,
    meilensteine,
    strategiearbeit,
    textseite,
    werkzeugkasten,
)
from .suche.seite import suche
from .ueberblick import ueberblick


def _seite(adresse: str, funktion: Callable[..., object], ordner: str = "") -> URLPattern:
    """A page: its address and its template in ``ordner`` have the name of its function."""
    name = funktion.__name__
    return path(adresse, views.ansicht(funktion, f"{ordner}{name}.html"), name=name)


zielsystem = [
    _seite("die-strategie/", die_strategie, "zielsystem/"),
    _seite("querschnittsthemen/", querschnittsthemen, "zielsystem/"),
    _seite("querschnittsthemen/<slug:slug>/", querschnittsthema, "zielsystem/"),
    _seite("ueberblick/", ueberblick, "zielsystem/"),
    _seite("kompetenzen/<slug:slug>/", kompetenz, "zielsystem/"),
    _seite("kompetenzen/<slug:kompetenz_slug>/<slug:slug>/", schwerpunkt, "zielsystem/"),
]
kernaktivitaeten = [
    _seite("kernaktivitaeten/", liste, "kernaktivitaeten/"),
    path("kernaktivitaeten.csv", views.liste_csv, name="liste_csv"),
    path("kernaktivitaeten.json", views.liste_json, name="liste_json"),
    _seite("kernaktivitaeten/<slug:slug>/", detail, "kernaktivitaeten/"),
    _seite("bilanz/", bilanz, "kernaktivitaeten/"),
    _seite("ratsbeschluesse/", beschluesse, "kernaktivitaeten/"),
    path("ratsbeschluesse/<slug:slug>/", views.beschluss, name="beschluss"),
    _seite("tranchen/<int:nr>/", tranche, "kernaktivitaeten/"),
    _seite("stellen/<slug:slug>/", stelle, "kernaktivitaeten/"),
]
arbeit = [
    _seite("meilensteine/", meilensteine, "strategiearbeit/"),
    _seite("strategiearbeit/", strategiearbeit, "strategiearbeit/"),
    _seite("strategiearbeit/werkzeugkaesten/<slug:slug>/", werkzeugkasten, "strategiearbeit/"),
    _seite("barrierefreiheit/", barrierefreiheit, "strategiearbeit/"),
    path("barriere-melden/", views.barriere_melden, name="barriere_melden"),
    _seite("barriere-melden/danke/", barriere_gemeldet, "strategiearbeit/"),
    # The last of all addresses: any other word at the top is a text page, or nothing.
    _seite("<slug:slug>/", textseite, "strategiearbeit/"),
]

urlpatterns = [
    _seite("", startseite),
    _seite("suche/", suche),
    _seite("methodik/", methodik),
    path("", include((zielsystem, "zielsystem"))),
    path("", include((kernaktivitaeten, "kernaktivitaeten"))),
    path("", include("seiten.stempel.urls")),
    path("", include((arbeit, "strategiearbeit"))),
]
