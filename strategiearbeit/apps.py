from django.apps import AppConfig


class StrategiearbeitConfig(AppConfig):
    """How the city works on its strategy: milestones and toolboxes."""

    name = "strategiearbeit"
    verbose_name = "Strategiearbeit"
    default_auto_field = "django.db.models.BigAutoField"
