from django.urls import path

from . import views

app_name = "kernaktivitaeten"
urlpatterns = [
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
