"""The sheets of the workbook in the order in which they are taken over."""

from typing import ClassVar

from django.db.models import QuerySet

from grundlage.zeitangabe import Bezug
from kernaktivitaeten.models import (
    Angabe,
    Kernaktivitaet,
    Messwert,
    Planangabe,
    Projektziel,
    Ratsbeschluss,
    Status,
    Statusmeldung,
)

from .blatt import Mappenblatt, quelle_spalte
from .blatt_kernaktivitaeten import KernaktivitaetenBlatt
from .spalten import (
    JaNeinZelle,
    Mappenspalte,
    Tageszelle,
    Terminzelle,
    Verweiszelle,
    Wortzelle,
    Zahlzelle,
    Zeitzelle,
)

FEST = "Nur in einer neuen Zeile; bei einer vorhandenen Meldung fest. Eine falsche Meldung ziehen "
FEST += "Sie in der Verwaltung zurück und melden neu."
ZEIT = "So genau wie in der Quelle: 27.09.2018, 05/2017, 2017, 2021–2023."


def _zeit(fest: bool = False) -> Mappenspalte:
    return Mappenspalte(
        "Datum", "zeit", Zeitzelle(), fest=fest, breite=22, hinweis=f"{ZEIT} {FEST * fest}"
    )


def _text(kopf: str = "Aussage") -> Mappenspalte:
    return Mappenspalte(kopf, "text", breite=60, hinweis="Öffentlich. Im Wortlaut der Quelle.")


def _reihenfolge() -> Mappenspalte:
    return Mappenspalte(
        "Reihenfolge",
        "reihenfolge",
        Zahlzelle(),
        breite=11,
        hinweis="Kleinere Zahlen stehen zuerst.",
    )


def _einheit() -> Mappenspalte:
    return Mappenspalte("Messgröße und Einheit", "einheit", breite=22)


class TeilBlatt(Mappenblatt):
    """Rows that belong to a Kernaktivität for good."""

    spalten: ClassVar[tuple[Mappenspalte, ...]] = (
        Mappenspalte(
            "Kernaktivität",
            "kernaktivitaet",
            Verweiszelle(Kernaktivitaet.objects.all),
            fest=True,
            breite=20,
            hinweis="Kennung oder Titel. Eine vorhandene Zeile bleibt bei ihrer Kernaktivität.",
        ),
        Mappenspalte(
            "Titel der Kernaktivität (nur zur Ansicht)",
            "kernaktivitaet__titel",
            ansicht=True,
            breite=34,
        ),
    )

    def zeilen(self) -> QuerySet:
        zeilen = self.modell.objects.select_related("kernaktivitaet", "quelle")
        return zeilen.order_by(
            "kernaktivitaet__kompetenz__lft", "kernaktivitaet__nr", *self.modell._meta.ordering[1:]
        )


class StatusmeldungenBlatt(TeilBlatt):
    """Valid statements. What they say of a status is corrected in the administration alone."""

    modell = Statusmeldung

    spalten: ClassVar[tuple[Mappenspalte, ...]] = (
        *TeilBlatt.spalten,
        _zeit(fest=True),
        Mappenspalte(
            "Status",
            "status",
            Wortzelle(Status.choices),
            fest=True,
            breite=14,
            hinweis=f"Leer bei einer Neuigkeit. {FEST}",
        ),
        Mappenspalte(
            "Bezug",
            "bezug",
            Wortzelle(Bezug.choices),
            fest=True,
            breite=10,
            hinweis=f"„ab“: gilt seitdem. „Stand“: so berichtet. {FEST}",
        ),
        Mappenspalte(
            "Zählt ab",
            "zaehlt_ab",
            Tageszelle(),
            fest=True,
            breite=12,
            hinweis=f"Neu: leer lassen, dann zählt der letzte Tag des Zeitraums. {FEST}",
        ),
        _text("Text"),
        Mappenspalte(
            "Überführt in (Kernaktivität)",
            "nachfolger",
            Verweiszelle(Kernaktivitaet.objects.all),
            fest=True,
            breite=24,
            hinweis=f"Kennung oder Titel. Nur bei „überführt“. {FEST}",
        ),
        Mappenspalte(
            "Überführt in (in Worten)",
            "nachfolge_text",
            fest=True,
            breite=30,
            hinweis=f"Nur bei „überführt“. {FEST}",
        ),
        quelle_spalte(),
        Mappenspalte(
            "Beschluss",
            "beschluss",
            Verweiszelle(Ratsbeschluss.objects.all),
            breite=30,
            hinweis="Kennung oder Titel.",
        ),
        Mappenspalte(
            "Abgeleitet",
            "abgeleitet",
            JaNeinZelle(),
            breite=11,
            hinweis="„ja“: So steht es nicht wörtlich in der Quelle.",
        ),
    )

    def zeilen(self) -> QuerySet:
        zeilen = Statusmeldung.objects.gueltig().select_related(
            "kernaktivitaet", "nachfolger", "quelle", "beschluss"
        )
        return zeilen.order_by(
            "kernaktivitaet__kompetenz__lft", "kernaktivitaet__nr", "zaehlt_ab", "pk"
        )


class ProjektzieleBlatt(TeilBlatt):
    modell = Projektziel

    spalten: ClassVar[tuple[Mappenspalte, ...]] = (
        *TeilBlatt.spalten,
        _text(),
        Mappenspalte("Zielwert", "zielwert", Zahlzelle(), breite=14),
        _einheit(),
        Mappenspalte(
            "Termin", "termin", Terminzelle(), breite=14, hinweis="31.12.2027, 05/2027, 2030."
        ),
        _zeit(),
        _reihenfolge(),
        quelle_spalte(),
    )


class MesswerteBlatt(TeilBlatt):
    modell = Messwert

    spalten: ClassVar[tuple[Mappenspalte, ...]] = (
        *TeilBlatt.spalten,
        Mappenspalte(
            "Projektziel",
            "projektziel",
            Verweiszelle(Projektziel.objects.all, titel="text"),
            breite=22,
            hinweis="Kennung oder Aussage des Projektziels. Leer, wenn es zu keinem gehört.",
        ),
        _text(),
        Mappenspalte("Wert", "wert", Zahlzelle(), breite=14),
        _einheit(),
        _zeit(),
        _reihenfolge(),
        quelle_spalte(),
    )

    def zeilen(self) -> QuerySet:
        return super().zeilen().select_related("projektziel")


class PlanangabenBlatt(TeilBlatt):
    modell = Planangabe

    spalten: ClassVar[tuple[Mappenspalte, ...]] = (
        *TeilBlatt.spalten,
        Mappenspalte("Art", "art", Wortzelle(Planangabe.Art.choices), breite=24),
        Mappenspalte(
            "Termin", "termin", Terminzelle(), breite=14, hinweis="Bei einer Fertigstellung."
        ),
        Mappenspalte(
            "Gesamtkosten in Euro",
            "betrag",
            Zahlzelle(),
            breite=20,
            hinweis="Bei Gesamtkosten.",
        ),
        _text(),
        _zeit(),
        _reihenfolge(),
        quelle_spalte(),
    )


class AngabenBlatt(TeilBlatt):
    """Descriptions and all other sentences."""

    modell = Angabe

    spalten: ClassVar[tuple[Mappenspalte, ...]] = (
        *TeilBlatt.spalten,
        Mappenspalte("Art", "art", Wortzelle(Angabe.Art.choices), breite=18),
        _text(),
        _zeit(),
        _reihenfolge(),
        quelle_spalte(),
    )


# What a row refers to comes first, so that it may be new as well.
BLAETTER: tuple[type[Mappenblatt], ...] = (
    KernaktivitaetenBlatt,
    StatusmeldungenBlatt,
    ProjektzieleBlatt,
    MesswerteBlatt,
    PlanangabenBlatt,
    AngabenBlatt,
)
