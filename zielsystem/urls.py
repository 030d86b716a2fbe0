from django.urls import path

from . import views

app_name = "zielsystem"
urlpatterns = [
    path("die-strategie/", views.die_strategie, name="die_strategie"),
    path("querschnittsthemen/", views.querschnittsthemen, name="querschnittsthemen"),
    path("querschnittsthemen/<slug:slug>/", views.querschnittsthema, name="querschnittsthema"),
    path("ueberblick/", views.ueberblick, name="ueberblick"),
    path("kompetenzen/<slug:slug>/", views.kompetenz, name="kompetenz"),
    path("kompetenzen/<slug:kompetenz>/<slug:slug>/", views.schwerpunkt, name="schwerpunkt"),
]
