from django.apps import AppConfig
from django.contrib.admin import apps as verwaltung


class PortalConfig(AppConfig):
    """The project itself: wiring, and the little that all apps share."""

    name = "bochum_strategie"
    verbose_name = "Portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .datenstand import verbinde_signale

        verbinde_signale()


class VerwaltungConfig(verwaltung.AdminConfig):
    """Django's administration with a site of our own, which all apps register at."""

    default = False
    default_site = "bochum_strategie.verwaltung.startseite.Portalverwaltung"
