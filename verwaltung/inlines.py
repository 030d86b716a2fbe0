"""What hangs on a Kernaktivität, below its form."""

from functools import partial

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html

from grundlage.datenstand import halte_ausgangsstand_fest
from grundlage.rollen import ist_redaktion
from kernaktivitaeten.models import (
    Angabe,
    Beschlusswirkung,
    Bezeichnung,
    Ort,
    Planangabe,
    Projektziel,
    Querschnittszuordnung,
    Statusmeldung,
    Verantwortung,
    Zuordnung,
)
from zielsystem.models import Ebene, Zielelement

from .aussagen import AngabeAdmin, PlanangabeAdmin, ProjektzielAdmin
from .basis import PortalInline
from .formular import RegelForm, TerminRegelForm, ZeitRegelForm
from .loeschen import MitGrund


class ZuordnungForm(RegelForm):
    """The mark of the Hauptschwerpunkt is compared among the rows, not with what is stored."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"primaer"}


class ZuordnungFormSet(MitGrund):
    """Lets the Hauptschwerpunkt pass from one row to another."""

    def clean(self) -> None:
        super().clean()
        gesetzt = [form for form in self.forms if self._wird_haupt(form)]
        for form in gesetzt[1:]:
            form.add_error("primaer", "Es gibt höchstens einen Hauptschwerpunkt.")
        if gesetzt[1:]:
            raise ValidationError("Es gibt höchstens einen Hauptschwerpunkt.")

    def save_existing_objects(self, commit=True):
        """Takes the mark from its former row before another one gets it."""
        for form in self.initial_forms:
            if form.initial["primaer"] and not self._wird_haupt(form):
                halte_ausgangsstand_fest(form.instance)  # while the mark is still stored
                self.model.objects.filter(pk=form.instance.pk).update(primaer=False)
        return super().save_existing_objects(commit)

    def _wird_haupt(self, form: ZuordnungForm) -> bool:
        return not self._should_delete_form(form) and bool(form.cleaned_data.get("primaer"))


class ZuordnungInline(PortalInline):
    model = Zuordnung
    form = ZuordnungForm
    formset = ZuordnungFormSet
    verbose_name_plural = "Schwerpunkte"

    def get_formset(self, request, obj=None, **kwargs):
        """The Schwerpunkte stand below their Kompetenz, those of the own one first."""
        formset = super().get_formset(request, obj, **kwargs)
        if feld := formset.form.base_fields.get("schwerpunkt"):
            feld.choices = partial(_nach_kompetenz, obj.kompetenz_id if obj else None)
        return formset


def _nach_kompetenz(eigene: int | None) -> list:
    """Choices in groups: Kompetenz → its Schwerpunkte; ``eigene`` is the key of the first."""
    alle = Zielelement.objects.filter(ebene=Ebene.SCHWERPUNKT).select_related("eltern")
    gruppen: dict[Zielelement, list] = {}
    for schwerpunkt in alle.order_by("lft"):
        gruppen.setdefault(schwerpunkt.eltern, []).append((schwerpunkt.pk, schwerpunkt.titel))
    sortiert = sorted(gruppen.items(), key=lambda gruppe: gruppe[0].pk != eigene)
    return [("", "---------"), *((kompetenz.titel, liste) for kompetenz, liste in sortiert)]


class QuerschnittszuordnungInline(PortalInline):
    model = Querschnittszuordnung
    verbose_name_plural = "Querschnittsthemen"


class BezeichnungInline(PortalInline):
    model = Bezeichnung


class StatusmeldungInline(PortalInline):
    """To read only: a statement is recorded by a form of its own and never deleted."""

    model = Statusmeldung
    fk_name = "kernaktivitaet"
    fields = ("zeit", "was", "text", "zurueckgezogen_am", "freigabe")
    readonly_fields = (*fields, "korrigieren")

    def get_fields(self, request, obj=None):
        """With the way to correct it, for who may."""
        felder = super().get_fields(request, obj)
        return (*felder, "korrigieren") if ist_redaktion(request.user) else felder

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.display(description="Korrektur")
    def korrigieren(self, meldung: Statusmeldung) -> str:
        """A link also where it is refused: there stands why."""
        if meldung.entwurf or meldung.zurueckgezogen_am:
            return ""
        return format_html(
            '<a href="{}">Meldung korrigieren</a>',
            reverse("admin:kernaktivitaeten_statusmeldung_korrigieren", args=(meldung.pk,)),
        )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("nachfolger")

    @admin.display(description="Status")
    def was(self, meldung: Statusmeldung) -> str:
        wort = meldung.get_status_display() or "Neuigkeit"
        return f"{wort} in {meldung.nachfolge}" if meldung.nachfolge else wort


class ProjektzielInline(PortalInline):
    model = Projektziel
    form = TerminRegelForm
    fields = (*ProjektzielAdmin.fields[1:], "messwerte", "freigabe")
    readonly_fields = ("messwerte", "freigabe")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(zahl=Count("messwerte"))

    @admin.display(description="Messwerte")
    def messwerte(self, ziel: Projektziel) -> str:
        """How many there are, with the ways to them and to a new one."""
        if ziel.pk is None:
            return "Messwerte tragen Sie nach dem Speichern ein."
        return format_html(
            '<a href="{}?projektziel__id__exact={}">{} Messwerte ansehen</a> · '
            '<a href="{}?kernaktivitaet={}&amp;projektziel={}">Messwert eintragen</a>',
            reverse("admin:kernaktivitaeten_messwert_changelist"),
            ziel.pk,
            getattr(ziel, "zahl", 0),
            reverse("admin:kernaktivitaeten_messwert_add"),
            ziel.kernaktivitaet_id,
            ziel.pk,
        )


class PlanangabeInline(PortalInline):
    model = Planangabe
    form = TerminRegelForm
    fields = (*PlanangabeAdmin.fields[1:], "freigabe")
    readonly_fields = ("freigabe",)


class AngabeInline(PortalInline):
    model = Angabe
    form = ZeitRegelForm
    fields = (*AngabeAdmin.fields[1:], "freigabe")
    readonly_fields = ("freigabe",)


class OrtInline(PortalInline):
    model = Ort


class VerantwortungInline(PortalInline):
    model = Verantwortung
    form = ZeitRegelForm
    fields = ("rolle", "stelle", "person", "zeit", "bezug", "wortlaut", "quelle")


class BeschlusswirkungInline(PortalInline):
    model = Beschlusswirkung
    verbose_name_plural = "Beschlüsse und ihre Wirkung"


INLINES = (
    StatusmeldungInline,
    ZuordnungInline,
    QuerschnittszuordnungInline,
    BeschlusswirkungInline,
    VerantwortungInline,
    ProjektzielInline,
    PlanangabeInline,
    AngabeInline,
    OrtInline,
    BezeichnungInline,
)
