from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The project itself: wiring, and the little that all apps share."""

    name = "bochum_strategie"
    verbose_name = "Portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .datenstand import verbinde_signale

        verbinde_signale()
