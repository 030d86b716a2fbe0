"""Rules of the goal system that span rows; each docstring is the sentence people read.

A rule takes one instance, stored or not, and says whether it holds (``True``).
"""

from collections.abc import Callable, Iterable

from django.db.models import Model

from .models import Ebene, StrategischesZiel, Zielelement

Regel = Callable[[Model], bool]

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
    kinder = list(Zielelement.objects.filter(eltern=element).order_by("lft"))
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


REGELN: dict[type[Model], tuple[Regel, ...]] = {
    Zielelement: (element_steht_richtig_im_baum,),
    StrategischesZiel: (ziel_gehoert_zu_einer_kompetenz,),
}


def ist_entwurf(objekt: Model) -> bool:
    """Whether ``objekt`` waits for its release; until then it counts for no rule."""
    return getattr(objekt, "entwurf", False)


def satz(regel: Regel) -> str:
    """The sentence of a rule: the first paragraph of its docstring."""
    return " ".join((regel.__doc__ or "").split("\n\n")[0].split())


def verstoesse(objekt: Model, regeln: Iterable[Regel]) -> list[str]:
    """The sentences of those ``regeln`` that ``objekt`` breaks; a draft keeps none yet."""
    if ist_entwurf(objekt):
        return []
    return [satz(regel) for regel in regeln if not regel(objekt)]
