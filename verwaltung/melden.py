"""Reporting a status in steps: the Kernaktivität, the statement, the public page, saved.

A correction begins at the second step, with what stands there now. Nothing is kept between the
steps: what was typed travels in the page itself.
"""

from dataclasses import dataclass
from functools import cached_property, partial

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets
from django.db import IntegrityError, OperationalError, connection, transaction
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.html import format_html

from grundlage import stichtag
from grundlage.datenstand import schreibsperre, sichere, wartete_zu_lange
from kernaktivitaeten.models import Kernaktivitaet, Statusmeldung

from .abgleich import Gruppe
from .aussagen import EntwurfAdmin
from .basis import BESETZT, INZWISCHEN
from .formular import fehler_von
from .gleichzeitig import FELD
from .meldeformular import MeldeForm, StatusmeldungForm, werte, zaehlsatz
from .rechte import beginne, beginnt_als_entwurf, nur_eigene
from .regeln import Regelstand, Regelverstoss, an_die_orte
from .vorschau import Probeleiste, probeseite

# Buttons that show a step again with what was typed, and those that go on.
ZEIGEN = {"_weiter", "_andere", "_bearbeiten"}
KNOEPFE = ZEIGEN | {"_vorschau", "_save", "_addanother", "_continue", "csrfmiddlewaretoken"}
UNERREICHBAR = (
    "Diese Kernaktivität gibt es nicht, oder Sie können zu ihr nichts melden. Wählen Sie eine "
    "andere."
)
NICHT_GEWAEHLT = "Bitte wählen Sie eine Kernaktivität."
WAHL = [(None, {"fields": ("kernaktivitaet",)})]
KORREKTUR = ("Korrektur", {"fields": ("grund",)})


@dataclass
class Meldevorgang:
    """One request to report a statement, or to put one in the place of ``korrigiert``."""

    request: HttpRequest
    verwaltung: EntwurfAdmin
    korrigiert: Statusmeldung | None = None
    abgleich: dict | None = None  # with what was changed meanwhile

    def antworte(self) -> HttpResponse:
        """The step that is asked for, the preview, or what follows when it is saved."""
        if self.request.method == "POST" and not self.wird_gezeigt:
            return self._probiere()
        if self.ka is None:
            return self._zeige(self._form(felder=flatten_fieldsets(WAHL)), wahl=True)
        return self._zeige(self._form())

    # ── What was sent ────────────────────────────────────────────────────────────────────────

    @property
    def wird_gezeigt(self) -> bool:
        """Whether what was typed only fills the form and is not judged."""
        return bool(ZEIGEN & set(self.request.POST))

    @cached_property
    def ka(self) -> Kernaktivitaet | None:
        """The one that is written about, as it stands today; ``None`` while it is not chosen."""
        eingaben = self.request.POST if self.request.method == "POST" else self.request.GET
        nummer = eingaben.get("kernaktivitaet") or ""
        if self.korrigiert:
            nummer = str(self.korrigiert.kernaktivitaet_id)
        if "_andere" in self.request.POST or not nummer.isdecimal() or len(nummer) > 9:
            return None
        alle = Kernaktivitaet.objects.zum(stichtag.heute())
        return nur_eigene(alle, self.request.user).filter(pk=nummer).first()

    def _hinweis(self) -> str:
        """Why the first step is shown once more."""
        if "_weiter" in self.request.POST:
            return UNERREICHBAR if self.request.POST.get("kernaktivitaet") else NICHT_GEWAEHLT
        genannt = self.request.method == "GET" and self.request.GET.get("kernaktivitaet")
        return UNERREICHBAR if genannt else ""

    def versteckt(self) -> tuple[tuple[str, str], ...]:
        """What was typed, to be carried on; the Kernaktivität only when it is settled."""
        ohne = KNOEPFE if self.ka else KNOEPFE | {"kernaktivitaet"}
        return tuple((name, wert) for name, wert in self.request.POST.items() if name not in ohne)

    # ── The form ─────────────────────────────────────────────────────────────────────────────

    def _klasse(self, form: type[StatusmeldungForm], felder=None) -> type[StatusmeldungForm]:
        """``form`` with the fields as the administration shows them to this user."""
        return modelform_factory(
            Statusmeldung,
            form=form,
            fields=felder or flatten_fieldsets(self.verwaltung.fieldsets),
            formfield_callback=partial(self.verwaltung.formfield_for_dbfield, request=self.request),
        )

    def _form(self, daten: QueryDict | None = None, felder=None) -> MeldeForm:
        """Filled with ``daten``, else with what was typed, else with what is to be corrected."""
        anfang = self.request.GET.dict()
        if self.wird_gezeigt:
            anfang = self.request.POST.dict()
        elif self.korrigiert:
            anfang = werte(self.korrigiert)
        wer = {"user": self.request.user, "ka": self.ka, "korrigiert": self.korrigiert}
        return self._klasse(MeldeForm, felder)(daten, initial=anfang, **wer)

    def _zeige(self, form: MeldeForm, wahl: bool = False) -> HttpResponse:
        was = "Meldung korrigieren" if self.korrigiert else "Status melden"
        gruppen = [*([KORREKTUR] if self.korrigiert else []), *self.verwaltung.fieldsets]
        admin_form = AdminForm(form, WAHL if wahl else gruppen, {}, (), self.verwaltung)
        context = self.verwaltung.admin_site.each_context(self.request) | {
            "title": f"{was}: {self.ka}" if self.ka else was,
            "ka": self.ka,
            "korrigiert": self.korrigiert,
            "melden": True,
            "wahl": wahl,
            "hinweis": self._hinweis() if wahl else "",
            "versteckt": self.versteckt() if wahl else (),
            "als_entwurf": beginnt_als_entwurf(self.request.user),
            "adminform": admin_form,
            "fehler": list(fehler_von(form)),
            "errors": None,  # they are listed above the form, with the way to each field
            "inline_admin_formsets": [],
            "media": self.verwaltung.media + admin_form.media,
            "stand": self.stand,
            "abgleich": self.abgleich,
            "is_popup": IS_POPUP_VAR in (self.request.POST or self.request.GET),
            "to_field": self.request.POST.get(TO_FIELD_VAR, self.request.GET.get(TO_FIELD_VAR)),
            "original": None,
        }
        return self.verwaltung.render_change_form(self.request, context, add=True)

    @property
    def stand(self) -> str:
        """Signed, what the correction rests on: as it was read first, or compared last."""
        if self.korrigiert is None:
            return ""
        gesendet = "" if self.abgleich else self.request.POST.get(FELD)
        return gesendet or self.verwaltung.stand_der_zeile(self.korrigiert.pk, self.korrigiert)

    # ── Saving ───────────────────────────────────────────────────────────────────────────────

    def _probiere(self) -> HttpResponse:
        """Saves on trial: what breaks a rule is rolled back, and so is what is only looked at."""
        antwort = None
        try:
            with schreibsperre():
                form = self._form(self._daten())
                if form.is_valid() and not self.abgleich:
                    antwort = self._sichere(form)
                if antwort is None or "_vorschau" in self.request.POST:
                    transaction.set_rollback(True)
        except Regelverstoss as verstoss:
            eigene = {(Statusmeldung, form.instance.pk): form}
            for _, bruch, satz in an_die_orte(verstoss.verstoesse, eigene):
                form.add_error(bruch.feld(form.fields), satz)
        except IntegrityError:
            form.add_error(None, INZWISCHEN)
        except OperationalError as fehler:
            if not wartete_zu_lange(fehler):
                raise
            form = self._form(self.request.POST)
            form.add_error(None, BESETZT)
        if self.abgleich:
            form.add_error(None, "Nicht gespeichert. Vergleichen Sie oben.")
        return antwort or self._zeige(form)

    def _daten(self) -> QueryDict:
        """What was typed; with what somebody changed meanwhile in what is to be corrected."""
        if self.korrigiert is None:
            return self.request.POST
        self.korrigiert.refresh_from_db()
        klasse = self._klasse(StatusmeldungForm)
        abgleich = self.verwaltung.vergleiche(self.request, self.korrigiert, klasse=klasse)
        if abgleich is None:
            return self.request.POST
        # What was typed for the new one is no difference.
        felder = [z for gruppe in abgleich.gruppen for z in gruppe.felder if z.anders]
        gruppen = [Gruppe("", felder)] if felder else []
        self.abgleich = {"satz": abgleich.satz, "gruppen": gruppen}
        return abgleich.daten

    def _sichere(self, form: MeldeForm) -> HttpResponse:
        """Raises ``Regelverstoss`` when a rule is broken that was not broken before."""
        neue = form.instance
        regelstand = Regelstand([neue])
        beginne(self.request.user, neue)
        neue.save(force_insert=True)
        self.verwaltung.log_addition(self.request, neue, [{"added": {}}])
        if self.korrigiert:
            self._ersetze(self.korrigiert, neue, form.cleaned_data["grund"])
        regelstand.pruefe([neue])
        connection.check_constraints()
        return self._vorschau(neue) if "_vorschau" in self.request.POST else self._fertig(neue)

    def _ersetze(self, alte: Statusmeldung, neue: Statusmeldung, grund: str) -> None:
        """Withdraws ``alte`` today; ``neue`` stands in its place."""
        alte.zurueckgezogen_am, alte.rueckzug_grund = stichtag.heute(), grund
        alte.ersetzt_durch = neue
        sichere(alte, ("zurueckgezogen_am", "rueckzug_grund", "ersetzt_durch"), "Korrigiert")
        satz = "Korrigiert und durch eine neue Meldung ersetzt."
        self.verwaltung.log_change(self.request, alte, satz)

    def _vorschau(self, neue: Statusmeldung) -> HttpResponse:
        """The page as it would be: the real one, from within the transaction."""
        ka = neue.kernaktivitaet
        zaehlt = zaehlsatz(neue.zeit, neue.zaehlt_ab, stichtag.heute())
        saetze = [zaehlt, f"Bisher steht dort: {self.ka.lagebild.satz}."]
        knopf = "So veröffentlichen"
        if not ka.veroeffentlicht_am:
            knopf = "So sichern"
            saetze.append("Die Kernaktivität ist in Vorbereitung und noch nicht öffentlich.")
        if neue.entwurf:
            knopf = "Als Entwurf einreichen"
            saetze.append("Öffentlich wird die Meldung erst mit ihrer Freigabe.")
        ziel = self.request.get_full_path()
        leiste = Probeleiste(ziel, self.versteckt(), tuple(saetze), knopf)
        verborgene = (ka.pk,) if neue.entwurf or not ka.veroeffentlicht_am else ()
        return probeseite(self.request, ka.get_absolute_url(), leiste, verborgene)

    def _fertig(self, neue: Statusmeldung) -> HttpResponse:
        """Says what was saved; back to the Kernaktivität, for whoever began there."""
        request, ka = self.request, neue.kernaktivitaet
        if {"_addanother", "_continue", IS_POPUP_VAR} & set(request.POST):
            return self.verwaltung.response_add(request, neue)
        satz, seite = zaehlsatz(neue.zeit, neue.zaehlt_ab, stichtag.heute()), ""
        if neue.entwurf:
            satz = "Als Entwurf eingereicht. Das Strategiebüro gibt ihn frei."
        elif not ka.veroeffentlicht_am:
            satz = f"Gesichert. {satz} Die Kernaktivität ist noch nicht öffentlich."
        else:
            satz, seite = f"Veröffentlicht. {satz}", ka.get_absolute_url()
        link = format_html(' <a href="{}">Zur öffentlichen Seite</a>', seite) if seite else ""
        messages.success(request, format_html("{}{}", satz, link))
        if self.korrigiert or "kernaktivitaet" in request.GET:
            return redirect("admin:kernaktivitaeten_kernaktivitaet_change", ka.pk)
        return self.verwaltung.response_post_save_add(request, neue)
