"""How the city works on its strategy."""

from django.db import models
from django.urls import reverse
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from grundlage.zeitangabe import Zeitangabe, zeit_ist_bekannt
from zielsystem.models import MitKennung, Quelle

# The sections that /die-strategie/ takes in, by their slugs.
ABSCHNITTE = ("ziele-und-merkmale", "kernaktivitaet-angelegt")
# Addresses of texts that other pages link to or show: they keep them, and they stay.
FESTE_TEXTE = ("impressum", "datenschutz", "kontakt", *ABSCHNITTE)


def _unter_die_seite(zustand: StateCore) -> None:
    """Moves all headings one down where a text has some of the first level: that is the page's."""
    ueberschriften = [t for t in zustand.tokens if t.type in ("heading_open", "heading_close")]
    if any(token.tag == "h1" for token in ueberschriften):
        for token in ueberschriften:
            token.tag = f"h{min(int(token.tag[1:]) + 1, 6)}"


# HTML is shown as text; images stay links, the content policy would block them anyway.
MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")
MARKDOWN.core.ruler.push("unter_die_seite", _unter_die_seite)


class Meilenstein(MitKennung, Zeitangabe):
    """A milestone of the work on the strategy, in the wording and order of the source."""

    reihenfolge = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    text = models.CharField("Text", max_length=300)
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    class Meta(Zeitangabe.Meta):
        verbose_name = "Meilenstein"
        verbose_name_plural = "Meilensteine"
        ordering = ("reihenfolge",)
        constraints = (
            *Zeitangabe.Meta.constraints,
            zeit_ist_bekannt("strategiearbeit_meilenstein_zeit"),
        )

    def __str__(self) -> str:
        return f"{self.zeit.kurz}: {self.text}"


class Werkzeugkasten(MitKennung):
    """A toolbox for those who run a Kernaktivität."""

    reihenfolge = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    titel = models.CharField("Titel", max_length=200)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    fundort = models.CharField(
        "Fundort", max_length=200, blank=True, help_text="Zum Beispiel „Strategie-Wiki“."
    )
    zweck = models.TextField(
        "Zweck", blank=True, help_text="Öffentlich. Leer, wenn die Quelle ihn nicht nennt."
    )
    nur_intern = models.BooleanField(
        "nur für Beschäftigte", default=False, help_text="Der Inhalt steht nur in der Verwaltung."
    )
    inhalt = models.TextField(
        "Inhalt", blank=True, help_text="Nie öffentlich. Mit Markdown wie bei den Textseiten."
    )
    quelle = models.ForeignKey(Quelle, models.PROTECT, verbose_name="Quelle")

    class Meta:
        verbose_name = "Werkzeugkasten"
        verbose_name_plural = "Werkzeugkästen"
        ordering = ("reihenfolge",)

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("strategiearbeit:werkzeugkasten", args=(self.slug,))

    @property
    def inhalt_html(self) -> str:
        """The content as HTML; HTML in it is shown as text."""
        return mark_safe(MARKDOWN.render(self.inhalt))


class Textseite(MitKennung):
    """A text that the office writes: a page of its own, or a section of another page.

    What is missing is named in the text as missing; nothing is made up.
    """

    titel = models.CharField("Titel", max_length=200)
    slug = models.SlugField("Adresse", max_length=120, unique=True)
    text = models.TextField(
        "Text",
        help_text="Mit Markdown: **fett**, Listen mit „- “, [Linktext](/adresse/), "
        "Überschriften mit „## “.",
    )
    eigene_seite = models.BooleanField(
        "eigene Seite",
        default=True,
        help_text="Nein bei einem Abschnitt, der auf einer anderen Seite steht.",
    )
    stand = models.DateField("Stand", null=True, blank=True)
    quelle = models.ForeignKey(Quelle, models.PROTECT, null=True, blank=True, verbose_name="Quelle")

    class Meta:
        verbose_name = "Textseite"
        verbose_name_plural = "Textseiten"
        ordering = ("titel",)

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        """Its own page; a section has none and leads to the page that takes it in."""
        if self.eigene_seite:
            return reverse("strategiearbeit:textseite", args=(self.slug,))
        return reverse("zielsystem:die_strategie")

    @property
    def html(self) -> str:
        """The text as HTML. HTML in the text itself is shown as text, never taken over."""
        return mark_safe(MARKDOWN.render(self.text))


class Barrierefreiheitserklaerung(MitKennung):
    """The statement on accessibility as a dated, structured record (BITV NRW)."""

    class Stand(models.TextChoices):
        NICHT_BEWERTET = "nicht-bewertet", "noch nicht bewertet"
        VOLL = "voll", "vollständig mit den Anforderungen vereinbar"
        TEILWEISE = "teilweise", "teilweise mit den Anforderungen vereinbar"
        NICHT = "nicht", "nicht mit den Anforderungen vereinbar"

    vereinbarkeit = models.CharField(
        "Stand der Vereinbarkeit",
        max_length=14,
        choices=Stand.choices,
        default=Stand.NICHT_BEWERTET,
    )
    pruefung = models.TextField(
        "Methode der Prüfung", blank=True, help_text="Zum Beispiel: Selbstbewertung, Prüfbericht."
    )
    geprueft_am = models.DateField("geprüft am", null=True, blank=True)
    erstellt_am = models.DateField("Erklärung erstellt am", null=True, blank=True)
    ueberprueft_am = models.DateField("Erklärung zuletzt überprüft am", null=True, blank=True)
    kontakt = models.TextField("Kontakt für Rückmeldungen", blank=True)
    ombudsstelle = models.TextField("Ombudsstelle", blank=True)

    class Meta:
        verbose_name = "Erklärung zur Barrierefreiheit"
        verbose_name_plural = "Erklärungen zur Barrierefreiheit"
        # SQLite and PostgreSQL put NULL at opposite ends unless told.
        ordering = (models.F("erstellt_am").desc(nulls_last=True), "-pk")

    def __str__(self) -> str:
        return f"Erklärung: {self.get_vereinbarkeit_display()}"


class Rueckmeldung(models.Model):
    """A barrier that a reader met. Never public, and without a history: it may name a person."""

    text = models.TextField("Barriere", max_length=5000)
    seite = models.CharField("Seite", max_length=500, blank=True)
    kontakt = models.CharField(
        "Kontakt",
        max_length=200,
        blank=True,
        help_text="Wird gelöscht, sobald die Meldung erledigt ist.",
    )
    eingegangen_am = models.DateField("eingegangen am")
    erledigt_am = models.DateField("erledigt am", null=True, blank=True)
    vermerk = models.TextField("Vermerk", blank=True, help_text="Was daraus wurde. Nie öffentlich.")

    class Meta:
        verbose_name = "Barriere-Meldung"
        verbose_name_plural = "Barriere-Meldungen"
        ordering = (models.F("erledigt_am").asc(nulls_first=True), "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(erledigt_am__isnull=True) | models.Q(kontakt=""),
                name="strategiearbeit_rueckmeldung_kontakt",
                violation_error_message="Ist die Meldung erledigt, bleibt kein Kontakt stehen.",
            ),
        )

    def __str__(self) -> str:
        return f"Barriere-Meldung vom {self.eingegangen_am:%d.%m.%Y}"


class Ausnahme(MitKennung):
    """A content that is not accessible, with the reason."""

    erklaerung = models.ForeignKey(
        Barrierefreiheitserklaerung,
        models.CASCADE,
        related_name="ausnahmen",
        verbose_name="Erklärung",
    )
    inhalt = models.TextField("nicht barrierefreier Inhalt")
    grund = models.TextField("Grund")

    class Meta:
        verbose_name = "Ausnahme"
        verbose_name_plural = "Ausnahmen"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.inhalt
