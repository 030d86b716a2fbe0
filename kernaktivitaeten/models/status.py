"""Status as a stream of sourced statements."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from grundlage.zeitangabe import Bezug, Zeitangabe, zeit_ist_bekannt
from zielsystem.models import Quelle

from .entwurf import EntwurfQuerySet, MitEntwurf
from .tranche_beschluss import Ratsbeschluss


class Status(models.TextChoices):
    """The status words; their published definitions are in ``DEFINITIONEN``."""

    LAUFEND = "laufend", "laufend"
    UMGESETZT = "umgesetzt", "umgesetzt"
    EINGESTELLT = "eingestellt", "eingestellt"
    UEBERFUEHRT = "ueberfuehrt", "überführt"


DEFINITIONEN = {
    Status.LAUFEND: "Die Kernaktivität ist beauftragt und noch nicht beendet.",
    Status.UMGESETZT: "Die Kernaktivität ist als Projekt planmäßig beendet oder zu einer "
    "dauerhaften Aufgabe geworden. Das heißt nicht, dass jedes Ziel erreicht ist.",
    Status.EINGESTELLT: "Die Kernaktivität ist beendet, ohne umgesetzt zu sein.",
    Status.UEBERFUEHRT: "Die Kernaktivität ist in einer anderen Kernaktivität oder Aufgabe "
    "aufgegangen.",
}


NUR_UEBERFUEHRT = "Das gehört nur zum Status „überführt“. Leeren Sie das Feld."


class StatusmeldungQuerySet(EntwurfQuerySet):
    """Statements about Kernaktivitäten."""

    def gueltig(self) -> "StatusmeldungQuerySet":
        """Those that count: released and not withdrawn."""
        return self.oeffentlich().filter(zurueckgezogen_am=None)

    def mit_status_bis(self, stichtag: date) -> "StatusmeldungQuerySet":
        """Valid statements of a status that count on ``stichtag``."""
        return self.gueltig().exclude(status="").filter(zaehlt_ab__lte=stichtag)

    def geltende_am(self, stichtag: date) -> "StatusmeldungQuerySet":
        """Of each Kernaktivität the one whose status holds on ``stichtag``."""
        neuere = Statusmeldung.objects.mit_status_bis(stichtag).filter(
            _spaeter(), kernaktivitaet=OuterRef("kernaktivitaet")
        )
        return self.mit_status_bis(stichtag).filter(~Exists(neuere))

    def im_lauf(self, stichtag: date) -> "StatusmeldungQuerySet":
        """Those of the unbroken run of the status that holds on ``stichtag``.

        A statement belongs to the run when none that counts after it says another status.
        The order is (``zaehlt_ab``, entry); the newest of the run is the status of the day.
        """
        anders = (
            Statusmeldung.objects.mit_status_bis(stichtag)
            .filter(_spaeter(), kernaktivitaet=OuterRef("kernaktivitaet"))
            .exclude(status=OuterRef("status"))
        )
        return self.mit_status_bis(stichtag).filter(~Exists(anders))


def _spaeter() -> Q:
    """Counts after the statement of the outer query, in the order of (``zaehlt_ab``, entry)."""
    return Q(zaehlt_ab__gt=OuterRef("zaehlt_ab")) | Q(
        zaehlt_ab=OuterRef("zaehlt_ab"), pk__gt=OuterRef("pk")
    )


class Statusmeldung(MitEntwurf, Zeitangabe):
    """A sourced, public statement about one Kernaktivität; may set its status (else: news)."""

    kernaktivitaet = models.ForeignKey(
        "kernaktivitaeten.Kernaktivitaet",
        models.PROTECT,
        related_name="statusmeldungen",
        verbose_name="Kernaktivität",
    )
    status = models.CharField(
        "Status",
        max_length=12,
        choices=Status.choices,
        blank=True,
        help_text="Leer bei einer Neuigkeit, die den Status nicht ändert.",
    )
    bezug = models.CharField(
        "Bezug des Datums",
        max_length=5,
        choices=Bezug.choices,
        blank=True,
        help_text="„ab“, wenn der Status seit diesem Datum gilt; „Stand“, wenn er zu diesem "
        "Datum berichtet wurde und sein Beginn unbekannt ist. Leer bei einer Neuigkeit.",
    )
    zaehlt_ab = models.DateField(
        "zählt ab",
        help_text="Der eine Tag im Zeitraum, von dem an der Status zählt; in der Regel der letzte.",
    )
    text = models.TextField("Text", help_text="Öffentlich. Bei einem Status: der Grund.")
    nachfolger = models.ForeignKey(
        "kernaktivitaeten.Kernaktivitaet",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ueberfuehrungen",
        verbose_name="überführt in (Kernaktivität)",
        help_text="Nur bei „überführt“: die Kernaktivität, in der sie aufgegangen ist.",
    )
    nachfolge_text = models.CharField(
        "überführt in (in Worten)",
        max_length=200,
        blank=True,
        help_text="Oder in Worten, wenn es keine Kernaktivität ist, zum Beispiel „Daueraufgabe "
        "des Tiefbauamts“.",
    )
    quelle = models.ForeignKey(Quelle, models.PROTECT, null=True, blank=True, verbose_name="Quelle")
    beschluss = models.ForeignKey(
        Ratsbeschluss,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statusmeldungen",
        verbose_name="Beschluss",
    )
    abgeleitet = models.BooleanField(
        "abgeleitet", default=False, help_text="So steht es nicht wörtlich in der Quelle."
    )
    interne_notiz = models.TextField("interne Notiz", blank=True, help_text="Nie öffentlich.")
    zurueckgezogen_am = models.DateField("zurückgezogen am", null=True, blank=True)
    rueckzug_grund = models.TextField("Grund des Rückzugs", blank=True)
    ersetzt_durch = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ersetzt",
        verbose_name="ersetzt durch",
    )

    objects = StatusmeldungQuerySet.as_manager()

    class Meta(Zeitangabe.Meta):
        verbose_name = "Statusmeldung"
        verbose_name_plural = "Statusmeldungen"
        ordering = ("-zaehlt_ab", "-pk")
        indexes = (models.Index(fields=("kernaktivitaet", "zaehlt_ab"), name="meldung_ka_tag"),)
        constraints = (
            *Zeitangabe.Meta.constraints,
            zeit_ist_bekannt("kernaktivitaeten_statusmeldung_zeit"),
            models.CheckConstraint(
                condition=Q(zaehlt_ab__gte=F("datum_von"), zaehlt_ab__lte=F("datum_bis")),
                name="kernaktivitaeten_statusmeldung_zaehlt_ab",
                violation_error_message="„zählt ab“ muss im angegebenen Zeitraum liegen.",
            ),
            models.CheckConstraint(
                condition=Q(status="", bezug="")
                | (Q(status__in=Status.values) & Q(bezug__in=Bezug.values)),
                name="kernaktivitaeten_statusmeldung_bezug",
                violation_error_message="Zu einem Status gehört ein Bezug („ab“ oder „Stand“); "
                "eine Neuigkeit hat keinen.",
            ),
            models.CheckConstraint(
                condition=Q(status="") | Q(quelle__isnull=False),
                name="kernaktivitaeten_statusmeldung_quelle",
                violation_error_message="Ein Status braucht eine Quelle.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="kernaktivitaeten_statusmeldung_text",
                violation_error_message="Eine Statusmeldung braucht einen Text. Nennt die Quelle "
                "keinen Grund, schreiben Sie: „Einen Grund nennt die Quelle nicht.“",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.UEBERFUEHRT)
                | Q(nachfolger__isnull=False)
                | ~Q(nachfolge_text=""),
                name="kernaktivitaeten_statusmeldung_nachfolge",
                violation_error_message="Eine überführte Kernaktivität nennt, worin sie "
                "aufgegangen ist: eine andere Kernaktivität oder eine Aufgabe in Worten.",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.UEBERFUEHRT)
                | Q(nachfolger__isnull=True, nachfolge_text=""),
                name="kernaktivitaeten_statusmeldung_nur_ueberfuehrt",
                violation_error_message=NUR_UEBERFUEHRT,
            ),
            models.CheckConstraint(
                condition=Q(nachfolger__isnull=True) | ~Q(nachfolger=F("kernaktivitaet")),
                name="kernaktivitaeten_statusmeldung_nachfolger",
                violation_error_message="Eine Kernaktivität kann nicht in sich selbst überführt "
                "werden.",
            ),
            models.CheckConstraint(
                condition=Q(
                    zurueckgezogen_am__isnull=True, rueckzug_grund="", ersetzt_durch__isnull=True
                )
                | (Q(zurueckgezogen_am__isnull=False) & ~Q(rueckzug_grund="")),
                name="kernaktivitaeten_statusmeldung_rueckzug",
                violation_error_message="Ein Rückzug braucht einen Tag und einen Grund.",
            ),
            models.CheckConstraint(
                condition=Q(ersetzt_durch__isnull=True) | ~Q(ersetzt_durch=F("pk")),
                name="kernaktivitaeten_statusmeldung_ersatz",
                violation_error_message="Eine Meldung kann sich nicht selbst ersetzen.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kernaktivitaet}: {self.get_status_display() or 'Neuigkeit'} {self.zeit.kurz}"

    @property
    def nachfolge(self) -> str:
        """In what the Kernaktivität went over, in words; empty for every other statement."""
        return "; ".join(filter(None, (str(self.nachfolger or ""), self.nachfolge_text)))
