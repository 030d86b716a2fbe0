"""The sheet of the Kernaktivitäten, with what is assigned to each."""

from typing import ClassVar

from django.db.models import QuerySet

from kernaktivitaeten.models import Kernaktivitaet, Tranche
from zielsystem.models import Ebene, Querschnittsthema, Zielelement

from ..zuordnen import schwerpunkte_von, setze_schwerpunkte, setze_themen, themen_von
from .blatt import Mappenblatt, quelle_spalte
from .spalten import Mappenspalte, Tageszelle, Verweiseliste, Verweiszelle, Zahlzelle

DOPPELT = "Dieser Schwerpunkt steht zugleich bei „Weitere Schwerpunkte“."
OHNE_QUELLE = "Hier kommt etwas dazu, und dafür fehlt die Quelle."
MEHRERE = "Titel, mit Semikolon getrennt. Was Sie entfernen, ist nicht mehr zugeordnet."
ANDERSWO = (
    "Veröffentlicht wird in der Verwaltung, nicht mit der Mappe. Was öffentlich ist, bleibt es. "
    "Lassen Sie die Zelle, wie sie war."
)
NICHTS_NEUES = "Hier kommt nichts dazu, wofür diese Quelle stehen könnte."


def _leer(ka: Kernaktivitaet) -> None:
    """For what is only said of something new."""


def _ebene(ebene: Ebene):
    return lambda: Zielelement.objects.filter(ebene=ebene).order_by("lft")


class KernaktivitaetenBlatt(Mappenblatt):
    """The Kernaktivitäten with what is assigned to them."""

    modell = Kernaktivitaet
    felder: ClassVar = {
        "schwerpunkt": "weitere",
        "primaer": "haupt",
        "thema": "themen",
    }

    eigene = frozenset(
        {"haupt", "weitere", "schwerpunkt_quelle", "begruendung", "themen", "themen_quelle"}
    )

    spalten: ClassVar[tuple[Mappenspalte, ...]] = (
        Mappenspalte(
            "Kompetenz", "kompetenz", Verweiszelle(_ebene(Ebene.KOMPETENZ), "titel"), breite=30
        ),
        Mappenspalte("Nummer", "nr", Zahlzelle(), breite=9, hinweis="Innerhalb der Kompetenz."),
        Mappenspalte("Titel", "titel", breite=44),
        Mappenspalte("Adresse", "slug", breite=30, hinweis="Neu: leer lassen."),
        Mappenspalte(
            "Hauptschwerpunkt",
            "haupt",
            Verweiszelle(_ebene(Ebene.SCHWERPUNKT), "titel"),
            hole=lambda ka: next((z.schwerpunkt for z in ka.zuordnungen.all() if z.primaer), None),
            breite=30,
        ),
        Mappenspalte(
            "Weitere Schwerpunkte",
            "weitere",
            Verweiseliste(_ebene(Ebene.SCHWERPUNKT), "titel"),
            hole=lambda ka: [z.schwerpunkt for z in ka.zuordnungen.all() if not z.primaer],
            breite=40,
            hinweis=MEHRERE,
        ),
        quelle_spalte("Quelle für neue Schwerpunkte", "schwerpunkt_quelle", hole=_leer),
        Mappenspalte(
            "Begründung für neue Schwerpunkte",
            "begruendung",
            hole=_leer,
            breite=30,
            hinweis="Nötig, wenn ein Schwerpunkt zu einer anderen Kompetenz gehört.",
        ),
        Mappenspalte(
            "Querschnittsthemen",
            "themen",
            Verweiseliste(Querschnittsthema.objects.all, "titel"),
            hole=lambda ka: [z.thema for z in ka.querschnittszuordnungen.all()],
            breite=40,
            hinweis=MEHRERE,
        ),
        quelle_spalte("Quelle für neue Querschnittsthemen", "themen_quelle", hole=_leer),
        Mappenspalte("Tranche", "tranche", Verweiszelle(Tranche.objects.all, "nr", "nr"), breite=9),
        quelle_spalte("Quelle der Tranche", "tranche_quelle"),
        quelle_spalte(),
        Mappenspalte(
            "Veröffentlicht am (nur zur Ansicht)",
            "veroeffentlicht_am",
            Tageszelle(),
            anderswo=ANDERSWO,
            hinweis="Veröffentlicht wird in der Verwaltung, nicht mit der Mappe.",
        ),
    )

    def zeilen(self) -> QuerySet:
        return (
            Kernaktivitaet.objects.select_related(
                "kompetenz", "tranche", "tranche_quelle", "quelle"
            )
            .prefetch_related("zuordnungen__schwerpunkt", "querschnittszuordnungen__thema")
            .order_by("kompetenz__lft", "nr")
        )

    def weitere_fehler(self, instance, eingaben, neu) -> dict[str, list[str]]:
        """What is assigned anew needs a source, and only that."""
        fehler = {}
        haupt, weitere = schwerpunkte_von(instance)
        bisher, themen = {haupt, *weitere}, themen_von(instance)
        if "haupt" in eingaben:
            haupt = eingaben["haupt"]
        if "weitere" in eingaben:
            weitere = [schwerpunkt.pk for schwerpunkt in eingaben["weitere"]]
        if haupt in weitere:
            fehler["haupt"] = [DOPPELT]
        neue_themen = [thema.pk for thema in eingaben["themen"]] if "themen" in eingaben else themen
        paare = (
            ("schwerpunkt_quelle", {haupt, *weitere} - bisher - {None}),
            ("themen_quelle", set(neue_themen) - set(themen)),
        )
        for feld, dazu in paare:
            if bool(dazu) != bool(eingaben.get(feld)):
                fehler[feld] = [OHNE_QUELLE if dazu else NICHTS_NEUES]
        self.schwerpunkte = (
            haupt,
            weitere,
            eingaben.get("schwerpunkt_quelle"),
            eingaben.get("begruendung", ""),
        )
        self.themenziel = (neue_themen, eingaben.get("themen_quelle"))
        return fehler

    def sichere_zugehoeriges(self, instance) -> None:
        setze_schwerpunkte(instance, *self.schwerpunkte)
        setze_themen(instance, *self.themenziel)
