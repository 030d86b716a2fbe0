"""Filters of the lists: what is missing."""

from collections.abc import Callable, Mapping

from django.contrib import admin
from django.db.models import Q, QuerySet

Luecke = Q | Callable[[QuerySet], QuerySet]


def fehlt_filter(luecken: Mapping[str, Luecke]) -> type[admin.SimpleListFilter]:
    """A filter "Es fehlt" with one choice for each gap: its German name → how to find the rows."""

    class FehltFilter(admin.SimpleListFilter):
        title = "Es fehlt"
        parameter_name = "fehlt"

        def lookups(self, request, model_admin):
            return [(name, name) for name in luecken]

        def queryset(self, request, queryset):
            luecke = luecken.get(self.value())
            if luecke is None:
                return queryset
            return queryset.filter(luecke) if isinstance(luecke, Q) else luecke(queryset)

    return FehltFilter
