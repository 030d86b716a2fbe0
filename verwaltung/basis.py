"""The administration of one model: searching, and saving by the rules."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial

from django.contrib import admin
from django.core.exceptions import SuspiciousOperation
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from grundlage.datenstand import schreibsperre, wartete_zu_lange
from grundlage.falten import falte

from .felder import Zeilenverwaltung
from .formular import RegelForm, Sicherung, sicherung
from .geschichte import GeschichteAdmin
from .gleichzeitig import Gleichzeitig
from .loeschen import MitGrund, NurEntbehrliches
from .rechte import beginne, freigabe
from .regeln import Regelstand, Regelverstoss, Verstoss, an_die_orte
from .startseite import frage_der_liste
from .vorschau import adresse_der_vorschau

INZWISCHEN = (
    "Das passt nicht zu dem, was schon gespeichert ist. Vielleicht hat jemand zur selben Zeit "
    "etwas geändert. Laden Sie die Seite in einem zweiten Fenster und vergleichen Sie."
)
BESETZT = (
    "Nicht gespeichert: Jemand anderes speichert gerade, und das dauert ungewöhnlich lange. Was "
    "Sie eingegeben haben, steht noch hier. Sichern Sie es gleich noch einmal."
)


class PortalAdmin(
    Gleichzeitig, NurEntbehrliches, Zeilenverwaltung, GeschichteAdmin, admin.ModelAdmin
):
    """What all models have in common."""

    form = RegelForm
    list_per_page = 50
    empty_value_display = "–"

    # ── Reading ──────────────────────────────────────────────────────────────────────────────

    def get_queryset(self, request: HttpRequest):
        """With the relations of the list, for the choices of autocomplete fields as well."""
        zeilen = super().get_queryset(request)
        bezuege = self.get_list_select_related(request)
        return zeilen.select_related(*bezuege) if bezuege else zeilen

    def get_list_select_related(self, request: HttpRequest):
        felder = (feld for feld in self.opts.fields if feld.many_to_one)
        return [feld.name for feld in felder if feld.name in self.list_display]

    def changelist_view(self, request, extra_context=None):
        """Says what the list holds, and for which line of the worklist."""
        titel = {
            "title": capfirst(self.opts.verbose_name_plural),
            "subtitle": frage_der_liste(self.opts, request.GET),
        }
        return super().changelist_view(request, titel | (extra_context or {}))

    def get_search_results(self, request, queryset, search_term):
        """Rows with every word, compared in folded form: the database's LIKE folds ASCII only."""
        woerter = falte(search_term).split()
        if not woerter:
            return queryset, False
        texte: defaultdict[int, str] = defaultdict(str)
        for pk, *werte in queryset.order_by().values_list("pk", *self.search_fields):
            texte[pk] += " ".join(falte(wert) for wert in ("", *werte) if wert is not None)
        treffer = [pk for pk, text in texte.items() if all(wort in text for wort in woerter)]
        return queryset.filter(pk__in=treffer), False

    # ── The form ─────────────────────────────────────────────────────────────────────────────

    def view_on_site(self, obj: models.Model) -> str | None:
        """Straight to the page. Django's way around tells everybody here every address."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), "kennung")

    def get_fields(self, request, obj=None):
        """The key comes last, and a new row has none to show."""
        felder = [feld for feld in super().get_fields(request, obj) if feld != "kennung"]
        return felder if obj is None else [*felder, "kennung"]

    def get_fieldsets(self, request, obj=None):
        gruppen = super().get_fieldsets(request, obj)
        if not self.fieldsets or obj is None:
            return gruppen
        return [*gruppen, ("Schlüssel", {"fields": ("kennung",), "classes": ("collapse",)})]

    def get_form(self, request, obj=None, change=False, **kwargs):
        # Fields that are only shown take their help from here.
        form = super().get_form(request, obj, change, **{"help_texts": self.hilfen} | kwargs)
        form.regelverstoesse = sicherung(request).saetze
        return form

    def get_formsets_with_inlines(self, request, obj=None):
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            formset.form.regelverstoesse = sicherung(request).saetze
            formset.aenderbar = inline.has_change_permission(request, obj)
            yield formset, inline

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        """Folded rows say how many they are."""
        gruppen = super().get_inline_formsets(request, formsets, inline_instances, obj)
        for gruppe in gruppen:
            anzahl = gruppe.formset.initial_form_count()
            gruppe.opts.verbose_name_plural = f"{gruppe.opts.verbose_name_plural} ({anzahl})"
        return gruppen

    # ── Saving ───────────────────────────────────────────────────────────────────────────────

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Saves on trial; what breaks a rule is rolled back and shown again as it was typed.

        The first write waits for other writers (Datenstand), so the rules see what they saved.
        """
        request.sicherung = vorgang = Sicherung()
        ansicht = partial(super().changeform_view, request, object_id, form_url, extra_context)
        if request.method != "POST":
            return ansicht()
        try:
            return self._auf_probe(request, object_id, ansicht)
        except Regelverstoss as verstoss:
            vorgang.saetze = self._an_die_formulare(vorgang.formulare, verstoss.verstoesse)
        except IntegrityError:
            vorgang.saetze = {"": [(None, INZWISCHEN)]}
        except OperationalError as fehler:
            if not wartete_zu_lange(fehler):
                raise
            vorgang.saetze = {"": [(None, BESETZT)]}
        # Only to show: Django's own view would wait for the lock once more.
        vorgang.abgelehnt = True
        return self._changeform_view(request, object_id, form_url, extra_context)

    def _auf_probe(self, request, object_id, ansicht: Callable[[], HttpResponse]) -> HttpResponse:
        """The answer; what was refused has written nothing, and counts nothing."""
        with schreibsperre():
            antwort = self.pruefe_stand(request, object_id) or ansicht()
            if not request.sicherung.gespeichert:
                transaction.set_rollback(True)
        return antwort

    def save_model(self, request, obj, form, change) -> None:
        if vorgang := getattr(request, "sicherung", None):
            if vorgang.abgelehnt:
                raise SuspiciousOperation("Was abgelehnt ist, wird nicht gesichert.")
            # The row as it is stored, and as it will be: with what it hangs on before and after.
            stand = self.model._base_manager.filter(pk=obj.pk)
            vorgang.regelstand = Regelstand([*stand, obj])
        if obj._state.adding and form is not None:  # what is restored stays what it was
            beginne(request.user, obj)
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change) -> None:
        for zeile in formset.forms:
            if zeile.instance._state.adding:
                beginne(request.user, zeile.instance)
        super().save_formset(request, form, formset, change)

    def save_related(self, request, form, formsets, change) -> None:
        regelstand = request.sicherung.regelstand
        regelstand.merke(f.instance for gruppe in formsets for f in gruppe.forms)
        super().save_related(request, form, formsets, change)
        # Rows that are only shown cannot say what is wrong: Django takes them for valid.
        vorgang = request.sicherung
        vorgang.formulare = [form]
        for gruppe in formsets:
            vorgang.formulare += gruppe.forms if gruppe.aenderbar else gruppe.extra_forms
        geschrieben = [f.instance for f in vorgang.formulare if f.instance.pk]
        regelstand.pruefe(geschrieben, vorgang.formulare)
        # What the database would refuse at the end, it refuses before anybody says "saved".
        connection.check_constraints()
        vorgang.gespeichert = True

    def _an_die_formulare(self, formulare: list[ModelForm], gebrochen: Iterable[Verstoss]):
        """The sentences of the forms; rows without a form are named in the first one."""
        orte = {(type(f.instance), f.instance.pk): f for f in formulare}
        ergebnis = defaultdict(list)
        for formular, bruch, satz in an_die_orte(gebrochen, orte):
            ort = formular or formulare[0]
            ergebnis[ort.prefix or ""].append((bruch.feld(ort.fields), satz))
        return ergebnis

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Tells the page what it says of a stored row besides its fields."""
        if obj is not None:
            gruppen = [gruppe.formset for gruppe in context["inline_admin_formsets"]]
            context["vorschau"] = adresse_der_vorschau(obj)
            context |= self.zum_stand(request, obj, gruppen)
            context |= self.zum_loeschen(request, obj, gruppen)
        return super().render_change_form(request, context, add, change, form_url, obj)


class PortalInline(Zeilenverwaltung, admin.StackedInline):
    """Rows of another model below the form, folded until they are needed."""

    form = RegelForm
    formset = MitGrund
    extra = 0
    classes = ("collapse",)
    exclude = ("kennung",)
    show_change_link = True

    @admin.display(description="Freigabe")
    def freigabe(self, zeile) -> str:
        """For rows that may be drafts."""
        return freigabe(zeile)
