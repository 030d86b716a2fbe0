from django.urls import path

from . import views

app_name = "strategiearbeit"
urlpatterns = [
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
