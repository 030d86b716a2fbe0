"""All public addresses. Each namespace is named after the facts that its pages are about."""

from django.urls import include, path

from . import views
from .stempel import views as stempelviews

zielsystem = [
    path("die-strategie/", views.die_strategie, name="die_strategie"),
    path("querschnittsthemen/", views.querschnittsthemen, name="querschnittsthemen"),
    path("querschnittsthemen/<slug:slug>/", views.querschnittsthema, name="querschnittsthema"),
    path("ueberblick/", views.ueberblick, name="ueberblick"),
    path("kompetenzen/<slug:slug>/", views.kompetenz, name="kompetenz"),
    path("kompetenzen/<slug:kompetenz>/<slug:slug>/", views.schwerpunkt, name="schwerpunkt"),
]
kernaktivitaeten = [
    path("kernaktivitaeten/", views.liste, name="liste"),
    path("kernaktivitaeten.csv", views.liste_csv, name="liste_csv"),
    path("kernaktivitaeten.json", views.liste_json, name="liste_json"),
    path("kernaktivitaeten/<slug:slug>/", views.detail, name="detail"),
    path("bilanz/", views.bilanz, name="bilanz"),
    path("ratsbeschluesse/", views.beschluesse, name="beschluesse"),
    path("ratsbeschluesse/<slug:slug>/", views.beschluss, name="beschluss"),
    path("tranchen/<int:nr>/", views.tranche, name="tranche"),
    path("stellen/<slug:slug>/", views.stelle, name="stelle"),
]
strategiearbeit = [
    path("meilensteine/", views.meilensteine, name="meilensteine"),
    path("strategiearbeit/", views.strategiearbeit, name="strategiearbeit"),
    path(
        "strategiearbeit/werkzeugkaesten/<slug:slug>/", views.werkzeugkasten, name="werkzeugkasten"
    ),
    path("barrierefreiheit/", views.barrierefreiheit, name="barrierefreiheit"),
    path("barriere-melden/", views.barriere_melden, name="barriere_melden"),
    path("barriere-melden/danke/", views.barriere_gemeldet, name="barriere_gemeldet"),
    # The last of all addresses: any other word at the top is a text page, or nothing.
    path("<slug:slug>/", views.textseite, name="textseite"),
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
    path("", views.startseite, name="startseite"),
    path("suche/", views.suche, name="suche"),
    path("methodik/", views.methodik, name="methodik"),
    path("", include((zielsystem, "zielsystem"))),
    path("", include((kernaktivitaeten, "kernaktivitaeten"))),
    path("", include((stempel, "stempel"))),
    path("", include((strategiearbeit, "strategiearbeit"))),
]
