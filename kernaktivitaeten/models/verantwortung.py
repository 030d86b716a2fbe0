"""Who answers for what."""

from datetime import date

from django.db import models
from django.db.models import Q

from grundlage.blick import sichtbare
from grundlage.zeitangabe import Bezug, Zeitangabe
from zielsystem.models import Ebene, KennungQuerySet, MitKennung, Quelle, Zielelement

from .stelle import Person, Stelle


class VerantwortungQuerySet(KennungQuerySet):
    """Responsibilities."""

    def oeffentlich(self) -> "VerantwortungQuerySet":
        """Those for Kernaktivitäten that a reader may see."""
        bekannt = Q(kernaktivitaet__veroeffentlicht_am__isnull=False)
        return sichtbare(self, bekannt, "kernaktivitaet")

    def mit_aemtern(self) -> "VerantwortungQuerySet":
        """With all that ``amt`` and ``oeffentlicher_name`` need."""
        return self.select_related("stelle", "person", "quelle").prefetch_related(
            "person__besetzungen__stelle"
        )


class Verantwortung(MitKennung, Zeitangabe):
    """A Stelle or a Person answers for a Kompetenz or a Kernaktivität."""

    class Rolle(models.TextChoices):
        KOMPETENZ = "kompetenz", "Kompetenzverantwortung"
        LINIE = "linie", "Linienverantwortung"
        PROJEKTLEITUNG = "projektleitung", "Projektleitung"
        PROJEKTPARTNER = "projektpartner", "Projektpartner"
        LAUT_QUELLE = "laut-quelle", "laut Quelle zuständig"

    rolle = models.CharField("Rolle", max_length=14, choices=Rolle.choices)
    kompetenz = models.ForeignKey(
        Zielelement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="verantwortungen",
        limit_choices_to={"ebene": Ebene.KOMPETENZ},
        verbose_name="für die Kompetenz",
    )
    kernaktivitaet = models.ForeignKey(
        "kernaktivitaeten.Kernaktivitaet",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="verantwortungen",
        verbose_name="für die Kernaktivität",
    )
    stelle = models.ForeignKey(
        Stelle,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="verantwortungen",
        verbose_name="Stelle",
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="verantwortungen",
        verbose_name="Person",
    )
    bezug = models.CharField(
        "Bezug des Datums",
        max_length=5,
        choices=Bezug.choices,
        blank=True,
        help_text="„ab“ für von–bis, „Stand“ für so berichtet. Leer, wenn kein Datum bekannt ist.",
    )
    wortlaut = models.CharField(
        "Wortlaut der Quelle",
        max_length=200,
        blank=True,
        help_text="Wenn die Quelle die Stelle anders schreibt.",
    )
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    objects = VerantwortungQuerySet.as_manager()

    class Meta(Zeitangabe.Meta):
        verbose_name = "Verantwortung"
        verbose_name_plural = "Verantwortungen"
        ordering = ("kernaktivitaet", "kompetenz", "rolle", "pk")
        constraints = (
            *Zeitangabe.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kompetenz__isnull=True, kernaktivitaet__isnull=False)
                | Q(kompetenz__isnull=False, kernaktivitaet__isnull=True),
                name="kernaktivitaeten_verantwortung_wofuer",
                violation_error_message="Verantwortung gilt entweder für eine Kompetenz oder für "
                "eine Kernaktivität.",
            ),
            models.CheckConstraint(
                condition=Q(stelle__isnull=True, person__isnull=False)
                | Q(stelle__isnull=False, person__isnull=True),
                name="kernaktivitaeten_verantwortung_wer",
                violation_error_message="Verantwortung trägt entweder eine Stelle oder eine "
                "Person.",
            ),
            models.CheckConstraint(
                condition=Q(genauigkeit="", bezug="")
                | (~Q(genauigkeit="") & Q(bezug__in=Bezug.values)),
                name="kernaktivitaeten_verantwortung_bezug",
                violation_error_message="Zu einem Datum gehört ein Bezug („ab“ oder „Stand“).",
            ),
        )

    def __str__(self) -> str:
        wer = self.stelle or self.person
        return f"{self.get_rolle_display()}: {wer}"

    @property
    def aemter(self) -> tuple[Stelle, ...]:
        """The unit that answers, or the offices of the person, each once."""
        if self.stelle is not None:
            return (self.stelle,)
        return tuple(dict.fromkeys(b.stelle for b in self.person.besetzungen.all()))

    @property
    def amt(self) -> str:
        """The names of ``aemter``; empty when none is known."""
        return ", ".join(stelle.name for stelle in self.aemter)

    def gilt_am(self, stichtag: date) -> bool:
        """Whether it is not known to begin after the day or to have ended before it.

        Only "ab" speaks of an end; with "Stand" a range says when it was so.
        """
        zeit = self.zeit
        if zeit is None:
            return True
        beendet = self.bezug == Bezug.AB and zeit.nennt_ein_ende and zeit.bis < stichtag
        return not beendet and (zeit.von is None or zeit.von <= stichtag)

    @property
    def oeffentlicher_name(self) -> str:
        """The person's name, only when it was released; else empty."""
        if self.person is None or not self.person.name_freigegeben:
            return ""
        return self.person.name
