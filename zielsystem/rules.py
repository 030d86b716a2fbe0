"""Rules of the goal system that span rows; each docstring is the sentence people read.

A rule takes one instance, stored or not, and says whether it holds (``True``).
"""

from collections.abc import Callable, Mapping

from django.db.models import Exists, Model, OuterRef, QuerySet

from .models import Ebene, Querschnittsthema, StrategischesZiel, Zielelement

Regel = Callable[[Model], bool]
# The rules of each model, each with the fields that it concerns: the first that the form of a row
# has takes the sentence.
Regelwerk = Mapping[type[Model], Mapping[Regel, tuple[str, ...]]]

SOLL_SCHWERPUNKTE_JE_KOMPETENZ = 5
SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT = 5
SOLL_KERNAKTIVITAETEN_JE_KOMPETENZ = (
    SOLL_SCHWERPUNKTE_JE_KOMPETENZ * SOLL_KERNAKTIVITAETEN_JE_SCHWERPUNKT
)
SOLL_KERNAKTIVITAETEN_JE_TRANCHE = 25
SOLL_KERNAKTIVITAETEN = 125


def ziel_gehoert_zu_einer_kompetenz(ziel: StrategischesZiel) -> bool:
    """Ein strategisches Ziel gehört zu einer Kompetenz."""
    return ziel.kompetenz.ebene == Ebene.KOMPETENZ


def element_steht_richtig_im_baum(element: Zielelement) -> bool:
    """Jeder Schwerpunkt gehört zu einer Kompetenz und jede Kompetenz zum Wesenskern.

    Checks the stored tree columns of one node against its parent and its children; if every
    node passes, the whole tree is right.
    """
    kinder = sorted(element.kinder.all(), key=lambda kind: kind.lft)
    if [kind.reihenfolge for kind in kinder] != sorted(kind.reihenfolge for kind in kinder):
        return False
    erwartet = element.lft + 1
    for kind in kinder:
        if (kind.lft, kind.tree_id, kind.ebene) != (erwartet, element.tree_id, element.ebene + 1):
            return False
        erwartet = kind.rght + 1
    return element.rght == erwartet and (
        element.eltern_id is not None or (element.lft, element.ebene) == (1, Ebene.WESENSKERN)
    )


def adresse_war_nie_die_einer_anderen(zeile: Model) -> bool:
    """Die Adresse einer Seite war nie die einer anderen, denn dorthin führen alte Links.

    For every model with addresses; what they were before, its history knows.
    """
    fassungen = type(zeile).geschichte.filter(slug=zeile.slug).exclude(id=zeile.pk)
    return not fassungen.filter(id__in=type(zeile)._base_manager.values("pk")).exists()


def mit_fremder_adresse(modell: type[Model]) -> QuerySet:
    """The rows that break ``adresse_war_nie_die_einer_anderen``."""
    alle = modell._base_manager
    fremde = modell.geschichte.filter(slug=OuterRef("slug"), id__in=alle.values("pk"))
    return alle.filter(Exists(fremde.exclude(id=OuterRef("pk"))))


ADRESSE = {adresse_war_nie_die_einer_anderen: ("slug",)}
REGELN: Regelwerk = {
    Zielelement: {element_steht_richtig_im_baum: ("eltern",)} | ADRESSE,
    StrategischesZiel: {ziel_gehoert_zu_einer_kompetenz: ("kompetenz",)},
    Querschnittsthema: ADRESSE,
}
# Rules that ask the database for a row alone → all rows of a model that break them, at once.
BRECHENDE: Mapping[Regel, Callable[[type[Model]], QuerySet]] = {
    adresse_war_nie_die_einer_anderen: mit_fremder_adresse
}


def ist_entwurf(objekt: Model) -> bool:
    """Whether ``objekt`` waits for its release; until then it counts for no rule."""
    return getattr(objekt, "entwurf", False)


def satz(regel: Regel) -> str:
    """The sentence of a rule: the first paragraph of its docstring."""
    return " ".join((regel.__doc__ or "").split("\n\n")[0].split())
