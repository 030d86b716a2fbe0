"""The addresses below /verwaltung/ that are no administration of a model, and all the others."""

from django.contrib import admin
from django.urls import path
from django.views.generic import RedirectView

from .handbuch import bild, handbuch
from .strategiearbeit import werkzeugkasten_intern
from .vorschau import vorschau

ansicht = admin.site.admin_view

urlpatterns = [
    path(
        "werkzeugkaesten/<slug:slug>/",
        ansicht(werkzeugkasten_intern),
        name="werkzeugkasten_intern",
    ),
    path("password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    # Gone: it leads everybody in here to the address of any row, also of what is in preparation.
    path("r/<path:zeile>", RedirectView.as_view()),
    path("vorschau/", ansicht(vorschau), {"pfad": ""}),
    path("vorschau/<path:pfad>", ansicht(vorschau), name="vorschau"),
    path("handbuch/", ansicht(handbuch), name="handbuch"),
    # Beside the text, as in the repository: there its pictures show, too.
    path("handbuch/bild/<slug:name>.png", ansicht(bild)),
    path("", admin.site.urls),
]
