from django.urls import path

from . import views

app_name = "zielsystem"
urlpatterns = [
    path("ueberblick/", views.ueberblick, name="ueberblick"),
    path("kompetenzen/<slug:slug>/", views.kompetenz, name="kompetenz"),
    path("kompetenzen/<slug:kompetenz>/<slug:slug>/", views.schwerpunkt, name="schwerpunkt"),
]
