"""Which single rows an editor may see, write and release; models are decided in ``rollen``.

The Strategiebüro may do all. Others write drafts about their own Kernaktivitäten, and change
only those that they have begun themselves. All of it holds on the server, for lists, forms,
choices and the history alike; a button that is not there is no protection.
"""

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db.models import Model, Q, QuerySet

from grundlage import stichtag
from grundlage.rollen import Rolle, ist_redaktion, rollen_von, sieht_alles
from kernaktivitaeten.models import Kernaktivitaet
from zielsystem.models import Quelle
from zielsystem.rules import ist_entwurf


def eigene_kernaktivitaeten(user: AbstractUser) -> QuerySet | None:
    """Those about which the user may write; ``None`` for all."""
    if ist_redaktion(user):
        return None
    if not hasattr(user, "zugang"):
        return Kernaktivitaet.objects.none()
    return user.zugang.eigene_kernaktivitaeten(
        kompetenzen=Rolle.KOMPETENZVERANTWORTUNG in rollen_von(user),
        einzelne=Rolle.PROJEKTLEITUNG in rollen_von(user),
    )


def sichtbare_kernaktivitaeten(user: AbstractUser) -> QuerySet | None:
    """Those that the user may see with all that belongs to them; ``None`` for all."""
    return None if sieht_alles(user) else eigene_kernaktivitaeten(user)


def _feld(modell: type[Model]) -> str | None:
    """The column by which a row names its Kernaktivität; ``None`` for rows of nobody's own."""
    if modell is Kernaktivitaet:
        return "pk"
    if any(feld.name == "kernaktivitaet" for feld in modell._meta.fields):
        return "kernaktivitaet_id"
    return None


def nur_eigene(zeilen: QuerySet, user: AbstractUser) -> QuerySet:
    """Those of ``zeilen`` about which the user may write; of the rest those that are seen."""
    if _feld(zeilen.model) is None:
        return nur_sichtbare(zeilen, user)
    return _aus(zeilen, eigene_kernaktivitaeten(user))


def nur_sichtbare(zeilen: QuerySet, user: AbstractUser) -> QuerySet:
    """Those of ``zeilen`` that the user may see.

    Of what several Kernaktivitäten share (Beschluss, Tranche, Quelle), that is what is public or
    has to do with one of the own.
    """
    kernaktivitaeten = sichtbare_kernaktivitaeten(user)
    if kernaktivitaeten is None:
        return zeilen
    if zeilen.model is Quelle:
        return zeilen.filter(_bekannte_quellen(user))
    if hasattr(zeilen, "bekannt"):
        return zeilen.bekannt(kernaktivitaeten, stichtag.heute())
    return _aus(zeilen, kernaktivitaeten)


def _aus(zeilen: QuerySet, kernaktivitaeten: QuerySet | None) -> QuerySet:
    """Those of ``zeilen`` that belong to one of ``kernaktivitaeten`` (``None``: all)."""
    feld = _feld(zeilen.model)
    if kernaktivitaeten is None or feld is None:
        return zeilen
    return zeilen.filter(**{f"{feld}__in": kernaktivitaeten.values("pk")})


def _bekannte_quellen(user: AbstractUser) -> Q:
    """Sources of a row that is public or seen, and those that nothing rests on yet."""
    bekannt, unbenutzt = Q(pk__in=()), Q()
    for modell in apps.get_models():
        if not hasattr(modell, "geschichte"):
            continue  # the history itself
        for feld in (feld.name for feld in modell._meta.fields if feld.related_model is Quelle):
            alle = modell._base_manager.filter(**{f"{feld}__isnull": False}).order_by()
            unbenutzt &= ~Q(pk__in=alle.values(feld))
            for zeilen in (_oeffentliche(modell), nur_sichtbare(modell.objects.all(), user)):
                bekannt |= Q(pk__in=zeilen.filter(pk__in=alle.values("pk")).values(feld))
    return bekannt | unbenutzt


def _oeffentliche(modell: type[Model]) -> QuerySet:
    """The rows of a model that readers may see, and so their sources."""
    zeilen = modell._default_manager.all()
    if hasattr(zeilen, "oeffentlich"):
        zeilen = zeilen.oeffentlich()
    if hasattr(zeilen, "gefasst_bis"):
        zeilen = zeilen.gefasst_bis(stichtag.heute())
    if _feld(modell) != "kernaktivitaet_id":
        return zeilen
    oeffentliche = Kernaktivitaet.objects.oeffentlich().values("pk")
    return zeilen.filter(Q(kernaktivitaet=None) | Q(kernaktivitaet__in=oeffentliche))


def gehoert_zu(zeile: Model, kernaktivitaeten: QuerySet | None) -> bool:
    """Whether the row, stored or not, belongs to one of ``kernaktivitaeten`` (``None``: all)."""
    feld = _feld(type(zeile))
    if kernaktivitaeten is None or feld is None:
        return True
    return kernaktivitaeten.filter(pk=getattr(zeile, feld)).exists()


def darf_sehen(user: AbstractUser, zeile: Model) -> bool:
    """Whether the user may see this row; one that is not stored (any more) by its Kernaktivität."""
    alle = type(zeile)._default_manager.filter(pk=zeile.pk)
    if sieht_alles(user) or not (hasattr(alle, "bekannt") or type(zeile) is Quelle):
        return gehoert_zu(zeile, sichtbare_kernaktivitaeten(user))
    return nur_sichtbare(alle, user).exists()


def geltende(zeilen: QuerySet) -> QuerySet:
    """Those of ``zeilen`` that are a choice: nothing whose entry was taken back."""
    return zeilen.geltende() if hasattr(zeilen, "geltende") else zeilen


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


# ── Releasing ─────────────────────────────────────────────────────────────────────────────────

NUR_DAS_BUERO = "Freigeben kann nur das Strategiebüro"
VIER_AUGEN = "Vier Augen sind verlangt, und Sie schreiben selbst daran"


def einwand_gegen_freigabe(
    user: AbstractUser, zeile: Model | None = None, *, schreibt: bool = False
) -> str:
    """Who may release: the sentence why not, without its full stop; empty for who may.

    ``zeile`` is the draft (``None``: that of anybody else); ``schreibt`` says that the user is
    writing on it just now.
    """
    if not ist_redaktion(user):
        return NUR_DAS_BUERO
    selbst = settings.VIER_AUGEN and (schreibt or (zeile and _eigenhaendig(user, zeile)))
    return VIER_AUGEN if selbst else ""


def _eigenhaendig(user: AbstractUser, zeile: Model) -> bool:
    """Whether the user has written on this row."""
    return (
        zeile.erfasst_von_id == user.pk or zeile.geschichte.filter(history_user_id=user.pk).exists()
    )


def beginnt_als_entwurf(user: AbstractUser) -> bool:
    """Whether what the user enters waits for its release."""
    return bool(einwand_gegen_freigabe(user, schreibt=True))


def beginne(user: AbstractUser, zeile: Model) -> None:
    """Says of a new row who made it, and whether it waits for its release."""
    if hasattr(zeile, "entwurf"):
        zeile.erfasst_von = user
        zeile.entwurf = beginnt_als_entwurf(user)
