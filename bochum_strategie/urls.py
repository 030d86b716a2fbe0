from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from strategiearbeit.admin import werkzeugkasten_intern

from . import views
from .verwaltung.handbuch import bild, handbuch
from .verwaltung.vorschau import vorschau

handler403 = views.nicht_erlaubt
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
    path("konto/", include("bochum_strategie.konto")),
    path(
        "verwaltung/password_change/",
        RedirectView.as_view(pattern_name="account_change_password"),
    ),
    # Gone: it leads everybody in here to the address of any row, also of what is in preparation.
    path("verwaltung/r/<path:zeile>", RedirectView.as_view()),
    path("verwaltung/vorschau/", admin.site.admin_view(vorschau), {"pfad": ""}),
    path("verwaltung/vorschau/<path:pfad>", admin.site.admin_view(vorschau), name="vorschau"),
    path("verwaltung/handbuch/", admin.site.admin_view(handbuch), name="handbuch"),
    # Beside the text, as in the repository: there its pictures show, too.
    path("verwaltung/handbuch/bild/<slug:name>.png", admin.site.admin_view(bild)),
    path("verwaltung/", admin.site.urls),
    path("", include("stempel.urls")),
    path("", include("strategiearbeit.urls")),
]
