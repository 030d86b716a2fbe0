"""The sheets of the workbook in the order in which they are taken over."""

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

from .blatt import Blatt, quelle_spalte
from .blatt_kernaktivitaeten import KernaktivitaetenBlatt
from .spalten import Auswahl, JaNein, Spalte, Tag, Termin, Zahl, Zeit
from .verweise import Verweis

FEST = "Nur in einer neuen Zeile; bei einer vorhandenen Meldung fest. Eine falsche Meldung ziehen "
FEST += "Sie in der Verwaltung zurück und melden neu."
ZEIT = "So genau wie in der Quelle: 27.09.2018, 05/2017, 2017, 2021–2023."


def _zeit(fest: bool = False) -> Spalte:
    return Spalte("Datum", "zeit", Zeit(), fest=fest, breite=22, hinweis=f"{ZEIT} {FEST * fest}")


def _text(kopf: str = "Aussage") -> Spalte:
    return Spalte(kopf, "text", breite=60, hinweis="Öffentlich. Im Wortlaut der Quelle.")


def _reihenfolge() -> Spalte:
    return Spalte(
        "Reihenfolge", "reihenfolge", Zahl(), breite=11, hinweis="Kleinere Zahlen stehen zuerst."
    )


def _einheit() -> Spalte:
    return Spalte("Messgröße und Einheit", "einheit", breite=22)


class TeilBlatt(Blatt):
    """Rows that belong to a Kernaktivität for good."""

    ka = Spalte(
        "Kernaktivität",
        "kernaktivitaet",
        Verweis(Kernaktivitaet.objects.all),
        fest=True,
        breite=20,
        hinweis="Kennung oder Titel. Eine vorhandene Zeile bleibt bei ihrer Kernaktivität.",
    )
    ka_titel = Spalte(
        "Titel der Kernaktivität (nur zur Ansicht)",
        "kernaktivitaet__titel",
        ansicht=True,
        breite=34,
    )

    def get_queryset(self) -> QuerySet:
        zeilen = self.modell.objects.select_related("kernaktivitaet", "quelle")
        return zeilen.order_by(
            "kernaktivitaet__kompetenz__lft", "kernaktivitaet__nr", *self.modell._meta.ordering[1:]
        )


class StatusmeldungenBlatt(TeilBlatt):
    """Valid statements. What they say of a status is corrected in the administration alone."""

    modell = Statusmeldung

    zeit = _zeit(fest=True)
    status = Spalte(
        "Status",
        "status",
        Auswahl(Status.choices),
        fest=True,
        breite=14,
        hinweis=f"Leer bei einer Neuigkeit. {FEST}",
    )
    bezug = Spalte(
        "Bezug",
        "bezug",
        Auswahl(Bezug.choices),
        fest=True,
        breite=10,
        hinweis=f"„ab“: gilt seitdem. „Stand“: so berichtet. {FEST}",
    )
    zaehlt_ab = Spalte(
        "Zählt ab",
        "zaehlt_ab",
        Tag(),
        fest=True,
        breite=12,
        hinweis=f"Neu: leer lassen, dann zählt der letzte Tag des Zeitraums. {FEST}",
    )
    text = _text("Text")
    nachfolger = Spalte(
        "Überführt in (Kernaktivität)",
        "nachfolger",
        Verweis(Kernaktivitaet.objects.all),
        fest=True,
        breite=24,
        hinweis=f"Kennung oder Titel. Nur bei „überführt“. {FEST}",
    )
    nachfolge_text = Spalte(
        "Überführt in (in Worten)",
        "nachfolge_text",
        fest=True,
        breite=30,
        hinweis=f"Nur bei „überführt“. {FEST}",
    )
    quelle = quelle_spalte()
    beschluss = Spalte(
        "Beschluss",
        "beschluss",
        Verweis(Ratsbeschluss.objects.all),
        breite=30,
        hinweis="Kennung oder Titel.",
    )
    abgeleitet = Spalte(
        "Abgeleitet",
        "abgeleitet",
        JaNein(),
        breite=11,
        hinweis="„ja“: So steht es nicht wörtlich in der Quelle.",
    )

    def get_queryset(self) -> QuerySet:
        zeilen = Statusmeldung.objects.gueltig().select_related(
            "kernaktivitaet", "nachfolger", "quelle", "beschluss"
        )
        return zeilen.order_by(
            "kernaktivitaet__kompetenz__lft", "kernaktivitaet__nr", "zaehlt_ab", "pk"
        )


class ProjektzieleBlatt(TeilBlatt):
    modell = Projektziel

    text = _text()
    zielwert = Spalte("Zielwert", "zielwert", Zahl(), breite=14)
    einheit = _einheit()
    termin = Spalte("Termin", "termin", Termin(), breite=14, hinweis="31.12.2027, 05/2027, 2030.")
    zeit = _zeit()
    reihenfolge = _reihenfolge()
    quelle = quelle_spalte()


class MesswerteBlatt(TeilBlatt):
    modell = Messwert

    projektziel = Spalte(
        "Projektziel",
        "projektziel",
        Verweis(Projektziel.objects.all, titel="text"),
        breite=22,
        hinweis="Kennung oder Aussage des Projektziels. Leer, wenn es zu keinem gehört.",
    )
    text = _text()
    wert = Spalte("Wert", "wert", Zahl(), breite=14)
    einheit = _einheit()
    zeit = _zeit()
    reihenfolge = _reihenfolge()
    quelle = quelle_spalte()

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("projektziel")


class PlanangabenBlatt(TeilBlatt):
    modell = Planangabe

    art = Spalte("Art", "art", Auswahl(Planangabe.Art.choices), breite=24)
    termin = Spalte("Termin", "termin", Termin(), breite=14, hinweis="Bei einer Fertigstellung.")
    betrag = Spalte(
        "Gesamtkosten in Euro", "betrag", Zahl(), breite=20, hinweis="Bei Gesamtkosten."
    )
    text = _text()
    zeit = _zeit()
    reihenfolge = _reihenfolge()
    quelle = quelle_spalte()


class AngabenBlatt(TeilBlatt):
    """Descriptions and all other sentences."""

    modell = Angabe

    art = Spalte("Art", "art", Auswahl(Angabe.Art.choices), breite=18)
    text = _text()
    zeit = _zeit()
    reihenfolge = _reihenfolge()
    quelle = quelle_spalte()


# What a row refers to comes first, so that it may be new as well.
BLAETTER: tuple[type[Blatt], ...] = (
    KernaktivitaetenBlatt,
    StatusmeldungenBlatt,
    ProjektzieleBlatt,
    MesswerteBlatt,
    PlanangabenBlatt,
    AngabenBlatt,
)
