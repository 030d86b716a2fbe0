"""Which single rows an editor may see, write and release; models are decided in ``rollen``.

The Strategiebüro may do all. Others write drafts about their own Kernaktivitäten, and change
only those that they have begun themselves. All of it holds on the server, for lists, forms,
choices and the history alike; a button that is not there is no protection.
"""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from ..rollen import Rolle, ist_redaktion, rollen_von, sieht_alles


def eigene_kernaktivitaeten(user: AbstractUser) -> QuerySet | None:
    """Those about which the user may write; ``None`` for all."""
    if ist_redaktion(user):
        return None
    if not hasattr(user, "zugang"):
        return user._meta.get_field("zugang").related_model.keine_kernaktivitaeten()
    return user.zugang.eigene_kernaktivitaeten(
        kompetenzen=Rolle.KOMPETENZVERANTWORTUNG in rollen_von(user),
        einzelne=Rolle.PROJEKTLEITUNG in rollen_von(user),
    )


def sichtbare_kernaktivitaeten(user: AbstractUser) -> QuerySet | None:
    """Those that the user may see with all that belongs to them; ``None`` for all."""
    return None if sieht_alles(user) else eigene_kernaktivitaeten(user)


def _feld(modell: type[Model]) -> str | None:
    """The column by which a row names its Kernaktivität; ``None`` for rows of nobody's own."""
    if modell._meta.model_name == "kernaktivitaet":
        return "pk"
    if any(feld.name == "kernaktivitaet" for feld in modell._meta.fields):
        return "kernaktivitaet_id"
    return None


def nur(zeilen: QuerySet, kernaktivitaeten: QuerySet | None) -> QuerySet:
    """Those of ``zeilen`` that belong to one of ``kernaktivitaeten`` (``None``: all)."""
    feld = _feld(zeilen.model)
    if kernaktivitaeten is None or feld is None:
        return zeilen
    return zeilen.filter(**{f"{feld}__in": kernaktivitaeten.values("pk")})


def gehoert_zu(zeile: Model, kernaktivitaeten: QuerySet | None) -> bool:
    """The same for one row, stored or not."""
    feld = _feld(type(zeile))
    if kernaktivitaeten is None or feld is None:
        return True
    return kernaktivitaeten.filter(pk=getattr(zeile, feld)).exists()


def ist_entwurf(zeile: Model) -> bool:
    return getattr(zeile, "entwurf", False)


def freigabe(zeile: Model) -> str:
    """Whose draft a row is; empty when it is released."""
    if not ist_entwurf(zeile):
        return ""
    return f"Entwurf von {zeile.erfasst_von}" if zeile.erfasst_von else "Entwurf"


def darf_schreiben(user: AbstractUser, zeile: Model) -> bool:
    """Whether the user may change or discard this row."""
    if ist_redaktion(user):
        return True
    eigener = ist_entwurf(zeile) and zeile.erfasst_von_id == user.pk
    return eigener and gehoert_zu(zeile, eigene_kernaktivitaeten(user))


def beginnt_als_entwurf(user: AbstractUser) -> bool:
    """Whether what the user enters waits for its release."""
    return settings.VIER_AUGEN or not ist_redaktion(user)


def beginne(user: AbstractUser, zeile: Model) -> None:
    """Says of a new row who made it, and whether it waits for its release."""
    if hasattr(zeile, "entwurf"):
        zeile.erfasst_von = user
        zeile.entwurf = beginnt_als_entwurf(user)


def eigenhaendig(user: AbstractUser, zeile: Model) -> bool:
    """Whether the user has written on this row."""
    return (
        zeile.erfasst_von_id == user.pk or zeile.geschichte.filter(history_user_id=user.pk).exists()
    )


class NurEigene:
    """Keeps an admin or its inline rows to what the user may see and write."""

    def get_queryset(self, request: HttpRequest):
        return nur(super().get_queryset(request), sichtbare_kernaktivitaeten(request.user))

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        darf = super().has_view_permission(request, obj)
        return darf and (obj is None or gehoert_zu(obj, sichtbare_kernaktivitaeten(request.user)))

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        darf = super().has_change_permission(request, obj)
        return darf and (obj is None or darf_schreiben(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        darf = super().has_delete_permission(request, obj)
        return darf and (obj is None or darf_schreiben(request.user, obj))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Only what is one's own can be chosen, whatever is sent."""
        eigene = eigene_kernaktivitaeten(request.user)
        if eigene is not None:
            moeglich = self.get_field_queryset(kwargs.get("using"), db_field, request)
            if moeglich is None:
                moeglich = db_field.remote_field.model._default_manager.all()
            kwargs["queryset"] = nur(kwargs.get("queryset", moeglich), eigene)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
