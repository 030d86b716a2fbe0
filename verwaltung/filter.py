"""Filters of the lists: what is missing."""

from collections.abc import Callable, Mapping

from django.contrib import admin
from django.db.models import Q, QuerySet

Luecke = Q | Callable[[QuerySet], QuerySet]


def fehlt_filter(luecken: Mapping[str, Luecke]) -> type[admin.SimpleListFilter]:
    """A filter "Es fehlt" with one choice for each gap: its German name → how to find the rows."""
    return auswahl_filter(
        "Es fehlt", "fehlt", {name: (name, luecke) for name, luecke in luecken.items()}
    )


def auswahl_filter(
    titel: str, parameter: str, angebot: Mapping[str, tuple[str, Luecke]]
) -> type[admin.SimpleListFilter]:
    """A filter of a list: value in the address → its German name and how to find the rows."""

    class AuswahlFilter(admin.SimpleListFilter):
        title = titel
        parameter_name = parameter

        def lookups(self, request, model_admin):
            return [(wert, name) for wert, (name, _) in angebot.items()]

        def queryset(self, request, queryset):
            if self.value() not in angebot:
                return queryset
            luecke = angebot[self.value()][1]
            return queryset.filter(luecke) if isinstance(luecke, Q) else luecke(queryset)

    return AuswahlFilter
