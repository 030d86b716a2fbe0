from django.urls import include, path

from . import views

handler403 = views.nicht_erlaubt
handler404 = views.nicht_gefunden

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("konto/", include("bochum_strategie.konto")),
    path("verwaltung/", include("verwaltung.urls")),
    # The last: its last address is any other word at the top.
    path("", include("seiten.urls")),
]
