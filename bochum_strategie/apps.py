from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "bochum_strategie"
    verbose_name = "Portal"
