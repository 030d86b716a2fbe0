from django.apps import AppConfig
from django.contrib.admin import apps


class VerwaltungConfig(AppConfig):
    """All of the administration: its forms, its ways, and what it keeps for itself."""

    name = "verwaltung"
    verbose_name = "Portal"


class SeiteDerVerwaltung(apps.AdminConfig):
    """Django's administration with a site of our own."""

    default = False
    default_site = "verwaltung.startseite.Portalverwaltung"
