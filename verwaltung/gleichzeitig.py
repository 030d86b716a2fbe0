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
    """Column → stored value as text; files are told apart by their other columns."""
    return {
        feld.attname: None if getattr(zeile, feld.attname) is None else feld.value_to_string(zeile)
        for feld in zeile._meta.concrete_fields
        if not isinstance(feld, models.BinaryField)
    }


def aus_zeile(modell: type[models.Model], texte: Spaltenwerte) -> models.Model:
    """The row as it was; columns that came later have their default."""
    spalten = [feld for feld in modell._meta.concrete_fields if feld.attname in texte]
    werte = {feld.attname: texte[feld.attname] for feld in spalten}
    for feld in spalten:
        if werte[feld.attname] is not None:
            werte[feld.attname] = feld.to_python(werte[feld.attname])
    zeile = modell(**werte)
    zeile._state.adding = False
    return zeile


def _gleich(
    modell: type[models.Model], damals: dict[str, Spaltenwerte], jetzt: dict[str, Spaltenwerte]
) -> bool:
    """Whether the same rows have the same values; derived columns (``lft``) are no change."""

    def eigenes(zeilen):
        return {
            pk: {name: text for name, text in zeile.items() if name not in modell.ohne_geschichte}
            for pk, zeile in zeilen.items()
        }

    return eigenes(damals) == eigenes(jetzt)


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
        return self._unterschrieben({"": {str(pk): als_zeile(zeile)} if zeile else {}}, pk)

    def veraltet(self, request: HttpRequest, pk, zeile: models.Model | None) -> str:
        """The sentence why such a page no longer fits ``zeile``; empty when it does."""
        damals = self._gesendet(request, pk)
        jetzt = {str(pk): als_zeile(zeile)} if zeile else {}
        if damals is None:
            return (
                "Der Seite fehlt die Angabe, von welchem Stand sie ausging. Nichts ist geändert. "
                "Sie zeigt jetzt den heutigen Stand; bestätigen Sie noch einmal."
            )
        if _gleich(self.model, damals[""], jetzt):
            return ""
        wer = aenderungen_von([(self.model, pk, zeile)], request.user)
        return (
            f"Seit Sie diese Seite geöffnet haben, wurde der Eintrag geändert ({wer}). Nichts ist "
            "geschehen. Die Seite zeigt jetzt den heutigen Stand; bestätigen Sie noch einmal."
        )

    # ── The form ─────────────────────────────────────────────────────────────────────────────

    def pruefe_stand(self, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
        """To be called behind the lock before anything is saved; a new row has no ``object_id``.

        What somebody changed meanwhile makes the form invalid (``Sicherung.saetze``). The answer
        is a page of its own when the row is gone, otherwise ``None``.
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
        jetzt = _stand(obj, gruppen)
        damals = self._gesendet(request, obj.pk)
        if damals is None or not self._unveraendert(damals, jetzt, gruppen):
            self._lehne_ab(request, obj, gruppen, damals, jetzt)
        return None

    def _unveraendert(self, damals: Stand, jetzt: Stand, gruppen) -> bool:
        modelle = {"": self.model} | {gruppe.prefix: gruppe.model for gruppe in gruppen}
        return all(
            _gleich(modell, damals.get(name, {}), jetzt[name]) for name, modell in modelle.items()
        )

    def _lehne_ab(self, request, obj, gruppen, damals: Stand | None, jetzt: Stand) -> None:
        """Compares, and lets the form take over what was changed where nothing was typed."""
        abgleich = self._abgleich(request, obj, gruppen, damals, jetzt)
        satz = OHNE_STAND
        if damals is not None:
            satz = VERALTET.format(aenderungen_von(abgleich.geaendert, request.user))
        request.POST = abgleich.daten
        vorgang = sicherung(request)
        vorgang.stand = self._unterschrieben(jetzt, obj.pk)
        vorgang.abgleich = {"satz": satz, "gruppen": abgleich.gruppen}
        vorgang.saetze = {"": [(None, "Nicht gespeichert. Vergleichen Sie oben.")]}

    def _abgleich(self, request, obj, gruppen, damals: Stand | None, jetzt: Stand) -> Abgleich:
        def zeilen(modell, name: str, stand: Stand | None) -> dict[str, models.Model]:
            texte = (stand or {}).get(name, {})
            return {pk: aus_zeile(modell, zeile) for pk, zeile in texte.items()}

        pk = str(obj.pk)
        frueher = zeilen(self.model, "", damals).get(pk)
        # The form in which it was typed: meanwhile some of its fields may only be shown.
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


def stand_von(zeile: models.Model) -> Stand:
    """One row as it was read."""
    return {"": {str(zeile.pk): als_zeile(zeile)}}


def _stand(obj: models.Model, gruppen) -> Stand:
    """The rows of a form as they were read for it."""
    stand = stand_von(obj)
    for gruppe in gruppen:
        stand[gruppe.prefix] = {str(z.pk): als_zeile(z) for z in gruppe.get_queryset()}
    return stand
