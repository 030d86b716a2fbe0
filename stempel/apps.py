"""The stamp in the list of rooms; uploads that another process left behind are taken over."""

from django.apps import AppConfig


class StempelConfig(AppConfig):
    """How a Kernaktivität becomes visible: the stamp, its artwork and its register."""

    name = "stempel"
    verbose_name = "Strategiestempel"

    def ready(self) -> None:
        from .ablage import uebernimm

        uebernimm()
