from django.apps import AppConfig


class KernaktivitaetenConfig(AppConfig):
    """What the city does: projects, decisions, status, goals, responsibilities."""

    name = "kernaktivitaeten"
    verbose_name = "Kernaktivitäten"
