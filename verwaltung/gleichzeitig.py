"""Two editors at once: the later save is refused and shows both versions; nothing typed is lost.

A form carries, signed, the rows that it was built from. Who saves it holds the lock of the
Datenstand; there these rows are compared with what is stored. Columns are compared, not versions
of the history: whatever way a change came, it counts, and what only derives does not.
"""

from typing import Any

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from .abgleich import Abgleich, aenderungen_von
from .formular import sicherung

# No field of a model begins with an underscore.
FELD = "_stand"
# Column → stored value as text.
Spaltenwerte = dict[str, str | None]
# Prefix of the form or group → key of the row → its columns.
Stand = dict[str, dict[str, Spaltenwerte]]

OHNE_STAND = (
    "Nicht gespeichert: Dem Formular fehlt die Angabe, von welchem Stand es ausging. Vergleichen "
    "Sie Ihre Eingabe mit dem, was gespeichert ist, und sichern Sie dann noch einmal."
)
VERALTET = (
    "Nicht gespeichert: Seit Sie das Formular geöffnet haben, wurde hier etwas geändert ({})."
)
GELOESCHT = (
    "Nicht gespeichert: Seit Sie das Formular geöffnet haben, wurde der Eintrag gelöscht ({})."
)


def als_zeile(zeile: models.Model) -> Spaltenwerte:
    """Column → stored value as text; without what only derives, as the history is kept."""
    return {
        feld.attname: None if getattr(zeile, feld.attname) is None else feld.value_to_string(zeile)
        for feld in zeile._meta.concrete_fields
        if feld.name not in zeile.ohne_geschichte
    }


def aus_zeile(modell: type[models.Model], texte: Spaltenwerte) -> models.Model:
    """The row as it was; columns that came later have their default."""
    spalten = [feld for feld in modell._meta.concrete_fields if feld.attname in texte]
    zeile = modell(**{feld.attname: feld.to_python(texte[feld.attname]) for feld in spalten})
    zeile._state.adding = False
    return zeile


class Gleichzeitig:
    """Refuses what rests on an old state; comes before the classes whose views it guards."""

    # ── The state ────────────────────────────────────────────────────────────────────────────

    def _zweck(self, pk) -> str:
        """A state signed for one row is none for another."""
        return f"{FELD}:{self.opts.label_lower}:{pk}"

    def _unterschrieben(self, stand: Stand, pk) -> str:
        return signing.dumps(stand, salt=self._zweck(pk), compress=True)

    def _gesendet(self, request: HttpRequest, pk) -> Stand | None:
        """The state that came back with the form; ``None`` if it is missing or forged."""
        try:
            return signing.loads(request.POST.get(FELD, ""), salt=self._zweck(pk))
        except signing.BadSignature:
            return None

    def stand_der_zeile(self, pk, zeile: models.Model | None) -> str:
        """For pages about one row: signed, how it is; ``None`` is a row that does not exist."""
        return self._unterschrieben(_stand(zeile), pk)

    def veraltet(self, request: HttpRequest, pk, zeile: models.Model | None) -> str:
        """The sentence why such a page no longer fits ``zeile``; empty when it does."""
        damals = self._gesendet(request, pk)
        if damals is None:
            return (
                "Der Seite fehlt die Angabe, von welchem Stand sie ausging. Nichts ist geändert. "
                "Sie zeigt jetzt den heutigen Stand; bestätigen Sie noch einmal."
            )
        if damals == _stand(zeile):
            return ""
        wer = aenderungen_von([(self.model, pk, zeile)], request.user)
        return (
            f"Seit Sie diese Seite geöffnet haben, wurde der Eintrag geändert ({wer}). Nichts ist "
            "geschehen. Die Seite zeigt jetzt den heutigen Stand; bestätigen Sie noch einmal."
        )

    # ── The form ─────────────────────────────────────────────────────────────────────────────

    def pruefe_stand(self, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
        """To be called behind the lock before anything is saved; a new row has no ``object_id``.

        What somebody changed meanwhile makes the form invalid (``Sicherung.saetze``); where
        nothing was typed, the form takes it over. The answer is a page of its own when the row is
        gone, otherwise ``None``.
        """
        if object_id is None:
            return None
        pk = unquote(object_id)
        obj = self.get_object(request, pk)
        if obj is None:
            return self._zeige_geloeschte(request, pk)
        if not self.has_change_permission(request, obj):
            return None  # Django refuses it
        gruppen, _ = self._create_formsets(request, obj, change=True)
        if abgleich := self.vergleiche(request, obj, gruppen):
            request.POST = abgleich.daten
            vorgang = sicherung(request)
            vorgang.stand = self._unterschrieben(_stand(obj, gruppen), obj.pk)
            vorgang.abgleich = {"satz": abgleich.satz, "gruppen": abgleich.gruppen}
            vorgang.saetze = {"": [(None, "Nicht gespeichert. Vergleichen Sie oben.")]}
        return None

    def vergleiche(self, request, obj: models.Model, gruppen=(), klasse=None) -> Abgleich | None:
        """What differs from what the form was built from; ``None`` when nothing does.

        ``obj`` and the rows of ``gruppen`` are read behind the lock. ``klasse`` is the form in
        which it was typed, if that is not the one of the administration.
        """
        damals, jetzt = self._gesendet(request, obj.pk), _stand(obj, gruppen)
        if damals and all(damals.get(name, {}) == zeilen for name, zeilen in jetzt.items()):
            return None
        abgleich = self._abgleich(request, obj, gruppen, damals, jetzt, klasse)
        abgleich.satz = OHNE_STAND
        if damals is not None:
            abgleich.satz = VERALTET.format(aenderungen_von(abgleich.geaendert, request.user))
        return abgleich

    def _abgleich(
        self, request, obj, gruppen, damals: Stand | None, jetzt, klasse=None
    ) -> Abgleich:
        def zeilen(modell, name: str, stand: Stand | None) -> dict[str, models.Model]:
            texte = (stand or {}).get(name, {})
            return {pk: aus_zeile(modell, zeile) for pk, zeile in texte.items()}

        pk = str(obj.pk)
        frueher = zeilen(self.model, "", damals).get(pk)
        if klasse is None:  # as it was built: meanwhile some of its fields may only be shown
            felder = flatten_fieldsets(self.get_fieldsets(request, frueher or obj))
            klasse = self.get_form(request, frueher or obj, change=True, fields=felder)
        abgleich = Abgleich(request, bekannt=damals is not None, geloescht=not jetzt)
        abgleich.eintrag(klasse, frueher, zeilen(self.model, "", jetzt).get(pk))
        for gruppe in gruppen:
            abgleich.zeilen(
                gruppe,
                zeilen(gruppe.model, gruppe.prefix, damals),
                zeilen(gruppe.model, gruppe.prefix, jetzt),
            )
        return abgleich

    def _zeige_geloeschte(self, request: HttpRequest, pk: str) -> HttpResponse | None:
        """What was typed for a row that is gone; ``None`` when there has never been one."""
        if not pk.isdecimal() or len(pk) > 18:
            return None
        pk = str(int(pk))
        if self.model._base_manager.filter(pk=pk).exists():
            return None
        damals = self._gesendet(request, pk)
        letzte = self.model.geschichte.filter(id=pk).order_by("history_id").last()
        if texte := (damals or {}).get("", {}).get(pk):
            obj = aus_zeile(self.model, texte)
        elif letzte is not None:
            obj = letzte.instance
        else:
            return None
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        gruppen, _ = self._create_formsets(request, obj, change=True)
        abgleich = self._abgleich(request, obj, gruppen, damals, {})
        context = self.admin_site.each_context(request) | {
            "title": f"Inzwischen gelöscht: {self.opts.verbose_name}",
            "opts": self.opts,
            "satz": GELOESCHT.format(aenderungen_von([(self.model, int(pk), None)], request.user)),
            "gruppen": abgleich.gruppen,
            "liste": self._adresse("changelist"),
            "verlauf": self._adresse("history", pk) if letzte else "",
        }
        return TemplateResponse(request, "admin/geloescht.html", context, status=410)

    def zum_stand(self, request: HttpRequest, obj: models.Model, gruppen) -> dict[str, Any]:
        """For the page: the state; a form that is shown again keeps the one it was built from."""
        if not self.has_change_permission(request, obj):
            return {}
        vorgang = sicherung(request)
        stand = vorgang.stand or request.POST.get(FELD)
        return {
            "stand": stand or self._unterschrieben(_stand(obj, gruppen), obj.pk),
            "abgleich": vorgang.abgleich,
        }


def _stand(obj: models.Model | None, gruppen=()) -> Stand:
    """The rows of a form, or the one of a page, as they were read for it."""
    stand = {"": {str(obj.pk): als_zeile(obj)} if obj else {}}
    for gruppe in gruppen:
        stand[gruppe.prefix] = {str(z.pk): als_zeile(z) for z in gruppe.get_queryset()}
    return stand
