from django.apps import AppConfig
from django.contrib.admin import apps


class VerwaltungConfig(AppConfig):
    """All of the administration: its forms, its ways, and what it keeps for itself."""

    default = True
    name = "verwaltung"
    verbose_name = "Portal"
    default_auto_field = "django.db.models.BigAutoField"


class SeiteDerVerwaltung(apps.AdminConfig):
    """Django's administration with a site of our own."""

    default = False
    default_site = "verwaltung.startseite.Portalverwaltung"
