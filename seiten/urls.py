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
from .stempel import views as stempelviews
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
stempel = [
    path("stempel/", stempelviews.stempel, name="stempel"),
    path("stempel/nutzen/", stempelviews.nutzen, name="nutzen"),
    path("stempel/paket/<slug:slug>/", stempelviews.paket, name="paket"),
    path("stempel/anbringen/<slug:slug>/", stempelviews.anbringen, name="anbringen"),
    path("stempel/auftrag/<slug:token>/", stempelviews.auftrag, name="auftrag"),
    path("stempel/auftrag/<slug:token>/<int:nr>.png", stempelviews.vorschau, name="vorschau"),
    path(
        "stempel/auftrag/<slug:token>/herunterladen/",
        stempelviews.herunterladen,
        name="herunterladen",
    ),
    path("stempel/muster/<slug:variante>-<slug:farbe>.svg", stempelviews.muster, name="muster"),
    path("stempel/<slug:slug>.svg", stempelviews.abzeichen, name="abzeichen"),
    path("s/", stempelviews.eingabe, name="eingabe"),
    path("s/<str:code>/", stempelviews.auskunft, name="auskunft"),
]

urlpatterns = [
    _seite("", startseite),
    _seite("suche/", suche),
    _seite("methodik/", methodik),
    path("", include((zielsystem, "zielsystem"))),
    path("", include((kernaktivitaeten, "kernaktivitaeten"))),
    path("", include((stempel, "stempel"))),
    path("", include((arbeit, "strategiearbeit"))),
]
