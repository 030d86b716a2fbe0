from django.apps import AppConfig


class GrundlageConfig(AppConfig):
    """What all rooms share and what knows none of them."""

    name = "grundlage"
    verbose_name = "Grundlage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .datenstand import verbinde_signale

        verbinde_signale()
