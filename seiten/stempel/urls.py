from django.urls import path

from . import views

app_name = "stempel"
urlpatterns = [
    path("stempel/", views.stempel, name="stempel"),
    path("stempel/nutzen/", views.nutzen, name="nutzen"),
    path("stempel/paket/<slug:slug>/", views.paket, name="paket"),
    path("stempel/anbringen/<slug:slug>/", views.anbringen, name="anbringen"),
    path("stempel/auftrag/<slug:token>/", views.auftrag, name="auftrag"),
    path("stempel/auftrag/<slug:token>/<int:nr>.png", views.vorschau, name="vorschau"),
    path("stempel/auftrag/<slug:token>/herunterladen/", views.herunterladen, name="herunterladen"),
    path("stempel/muster/<slug:variante>-<slug:farbe>.svg", views.muster, name="muster"),
    path("stempel/<slug:slug>.svg", views.abzeichen, name="abzeichen"),
    path("s/", views.eingabe, name="eingabe"),
    path("s/<str:code>/", views.auskunft, name="auskunft"),
]
