from django.apps import AppConfig


class ZielsystemConfig(AppConfig):
    """What the city wants: the tree of goals, the cross-cutting themes, the sources."""

    name = "zielsystem"
    verbose_name = "Zielsystem"
    default_auto_field = "django.db.models.BigAutoField"
