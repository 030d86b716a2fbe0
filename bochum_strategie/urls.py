from django.contrib import admin
from django.urls import include, path

from strategiearbeit.admin import werkzeugkasten_intern

from . import views

handler404 = views.nicht_gefunden

urlpatterns = [
    path("", views.startseite, name="startseite"),
    path("", include("zielsystem.urls")),
    path("", include("kernaktivitaeten.urls")),
    path("suche/", views.suche, name="suche"),
    path("methodik/", views.methodik, name="methodik"),
    path("healthz", views.healthz, name="healthz"),
    path(
        "verwaltung/werkzeugkaesten/<slug:slug>/",
        admin.site.admin_view(werkzeugkasten_intern),
        name="werkzeugkasten_intern",
    ),
    path("verwaltung/", admin.site.urls),
    path("", include("stempel.urls")),
    path("", include("strategiearbeit.urls")),
]
