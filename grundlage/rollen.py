"""The roles of people who edit: which rights each has, by model.

A role is a group of Django's that a migration makes. What it may do is written here and nowhere
else: a new model is in its place at once, and nobody can bend a role in the database. What
people may do with single rows (only those of their own Kernaktivitäten) is decided in
``verwaltung.rechte``.
"""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AbstractUser, Permission
from django.db.models import Q, TextChoices


class Rolle(TextChoices):
    """Names of the groups; never changed, the migration has made them."""

    STRATEGIEBUERO = "Strategiebüro"
    KOMPETENZVERANTWORTUNG = "Kompetenzverantwortung"
    PROJEKTLEITUNG = "Projektleitung"
    STEMPELNUTZUNG = "Stempelnutzung"
    LESEND = "Lesend"


# The apps with the content of the portal, and what of them is about accounts, not content.
INHALT = ("zielsystem", "kernaktivitaeten", "strategiearbeit")
KONTEN = ("zugang",)
# Names of people are released by themselves, or seen by nobody but the Strategiebüro.
PERSONEN = ("person", "besetzung", "verantwortung")
# What may be entered as a draft.
ENTWUERFE = ("statusmeldung", "messwert", "planangabe", "projektziel", "angabe")
# What belongs to a Kernaktivität, or is needed to say something about it.
UMFELD = (
    "kernaktivitaet",
    "zuordnung",
    "querschnittszuordnung",
    "bezeichnung",
    "ort",
    "beschlusswirkung",
    "ratsbeschluss",
    "tranche",
    "quelle",
)


def _modelle(*namen: str) -> Q:
    """Permissions for these models of the content."""
    return Q(content_type__app_label__in=INHALT, content_type__model__in=namen)


def _darf(*was: str) -> Q:
    """Permissions to do this: "view", "add", "change", "delete"."""
    bedingung = Q()
    for wort in was:
        bedingung |= Q(codename__startswith=f"{wort}_")
    return bedingung


# The register and the artwork of the stamp, and what was changed at once.
_STEMPEL = Q(content_type__app_label="stempel")
_STAPEL = Q(content_type__app_label="verwaltung", content_type__model="stapel")
_INHALT = Q(content_type__app_label__in=INHALT) & ~Q(content_type__model__in=KONTEN)
_GESCHICHTE = Q(content_type__model__startswith="historical")
_MITARBEIT = (
    (_modelle(*ENTWUERFE) & _darf("view", "add", "change", "delete"))
    | (_modelle(*UMFELD) & _darf("view"))
    | (_modelle("quelle") & _darf("add"))
)
RECHTE: dict[str, Q] = {
    Rolle.STRATEGIEBUERO: (_INHALT | _STEMPEL | _STAPEL) & ~_GESCHICHTE,
    Rolle.KOMPETENZVERANTWORTUNG: _MITARBEIT,
    Rolle.PROJEKTLEITUNG: _MITARBEIT,
    Rolle.STEMPELNUTZUNG: _STEMPEL & Q(codename="stempel_nutzen"),
    Rolle.LESEND: _INHALT & ~_GESCHICHTE & _darf("view") & ~Q(content_type__model__in=PERSONEN),
}
# Who gets into the administration at all.
IN_DER_VERWALTUNG = frozenset(set(Rolle) - {Rolle.STEMPELNUTZUNG})


def rollen_von(user: AbstractUser) -> frozenset[str]:
    """The roles of a user, read once per request."""
    if not hasattr(user, "_rollen"):
        user._rollen = frozenset(user.groups.values_list("name", flat=True)) & set(Rolle.values)
    return user._rollen


def ist_redaktion(user: AbstractUser) -> bool:
    """Whether the user edits everything: the Strategiebüro, and who runs the portal."""
    return user.is_superuser or Rolle.STRATEGIEBUERO in rollen_von(user)


def sieht_alles(user: AbstractUser) -> bool:
    """Whether the user may see every Kernaktivität, not only the own ones."""
    return ist_redaktion(user) or Rolle.LESEND in rollen_von(user)


class RollenBackend(AuthenticationBackend):
    """Signs in with the local password, and gives the rights of the roles."""

    def _get_group_permissions(self, user_obj):
        rechte = Q(pk__in=())
        for rolle in rollen_von(user_obj):
            rechte |= RECHTE[rolle]
        return Permission.objects.filter(rechte)
