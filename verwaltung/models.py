"""What the administration keeps for itself: changes made at once, and uploads on trial."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models


class Stapel(models.Model):
    """Many changes made at once, which can be taken back at once.

    ``zeilen`` lists the changed rows in the order of their change: ``modell`` (label), ``pk``, and
    the versions of the history before (``vorher``; ``None``: the row was new) and after
    (``nachher``; ``None``: it was deleted).
    """

    class Art(models.TextChoices):
        MAPPE = "mappe", "Excel-Mappe"
        SAMMEL = "sammel", "Gemeinsam zugeordnet"
        BESCHLUSS = "beschluss", "Ratsbeschluss"

    art = models.CharField("Art", max_length=9, choices=Art.choices)
    titel = models.CharField("Titel", max_length=200)
    erstellt_am = models.DateTimeField("übernommen am")
    erstellt_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="übernommen von",
    )
    zeilen = models.JSONField("Zeilen", default=list)
    # What is sent twice with the same key is done once; NULL where nothing asks for it.
    schluessel = models.UUIDField("Schlüssel", null=True, unique=True, editable=False)
    # Digest of what was sent with the key: whoever sends something else means something else.
    eingabe = models.CharField("Prüfsumme der Eingabe", max_length=64, blank=True, editable=False)
    # Key of the Ratsbeschluss that it made, from which it is looked up.
    beschluss = models.PositiveBigIntegerField(
        "Beschluss", null=True, editable=False, db_index=True
    )
    zurueckgenommen_am = models.DateTimeField("zurückgenommen am", null=True, blank=True)
    zurueckgenommen_von = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="zurückgenommen von",
    )

    class Meta:
        verbose_name = "Stapel"
        verbose_name_plural = "Stapel"
        ordering = ("-erstellt_am", "-pk")

    def __str__(self) -> str:
        return f"{self.get_art_display()}: {self.titel}"


class Hochladung(models.Model):
    """An uploaded workbook between its trial and its confirmation, for its user alone."""

    GILT = timedelta(hours=1)

    id = models.UUIDField("Schlüssel", primary_key=True, default=uuid4, editable=False)
    nutzer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField("Dateiname", max_length=150)
    inhalt = models.BinaryField("Inhalt")
    hochgeladen_am = models.DateTimeField("hochgeladen am")

    class Meta:
        verbose_name = "Hochladung"
        verbose_name_plural = "Hochladungen"

    def __str__(self) -> str:
        return self.name
