"""Rules of the goal system that span rows; each docstring is the sentence people read."""

from .models import Ebene, StrategischesZiel, Zielelement

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
    """Der Baum der Ziele ist heil: Jedes Element steht an seinem Platz unter seinem übergeordneten.

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


REGELN = {
    Zielelement: (element_steht_richtig_im_baum,),
    StrategischesZiel: (ziel_gehoert_zu_einer_kompetenz,),
}
