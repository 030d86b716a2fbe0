"""What a person sees and sends in the administration, as dictionaries."""

import html
import re

from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.urls import reverse

from grundlage.datenstand import OeffentlichesModell
from stempel.entwurf import zeichne
from stempel.models import Stempelung
from stempel.zeichnung import als_pdf
from tests import factories as f

MODELLE = [modell for modell in admin.site._registry if issubclass(modell, OeffentlichesModell)]
# Rows that the portal writes itself; the administration only corrects them.
NIE_ANGELEGT = {Stempelung}


def adresse(modell: type[Model], seite: str, *args) -> str:
    return reverse(f"admin:{modell._meta.label_lower.replace('.', '_')}_{seite}", args=args)


def eingaben(antwort) -> dict[str, str]:
    """All that the form of the page would send if nobody touched it.

    Of rows that are only shown a browser sends the hidden keys.
    """
    formulare = [antwort.context["adminform"].form]
    daten = {}
    for gruppe in antwort.context["inline_admin_formsets"]:
        if not gruppe.has_change_permission:
            formulare.append(gruppe.formset.management_form)
            formulare += [form.hidden_fields() for form in gruppe.formset.forms]
            continue
        formulare += [gruppe.formset.management_form, *gruppe.formset.forms]
    for formular in formulare:
        for feld in formular:
            wert = feld.value()
            if wert is True:
                daten[feld.html_name] = "on"
            elif wert is not None and wert is not False:
                daten[feld.html_name] = str(wert)
    return daten | stand(antwort)


def stand(antwort) -> dict[str, str]:
    """The state that the page sends along; empty when there is nothing yet to change."""
    muster = r'<input type="hidden" name="(_stand)" value="([^"]+)">'
    return dict(re.findall(muster, inhalt(antwort)))


def inhalt(antwort) -> str:
    """The page as text, without entities."""
    return html.unescape(antwort.content.decode())


def loesche(client, modell, pk, *, grund="Doppelt erfasst", gesehen=None, **mehr):
    """The answer to the confirmation that a row be deleted.

    ``gesehen`` is the state that was seen, when it is not ``client`` who sees the page.
    """
    url = adresse(modell, "delete", pk)
    gesehen = stand(client.get(url)) if gesehen is None else gesehen
    return client.post(url, {"post": "yes", "_loeschgrund": grund} | gesehen, **mehr)


def nimm_auf(client, modell, pk, fassung: int, *, gesehen=None, **mehr):
    """The answer to taking up an old version again; ``gesehen`` as in ``loesche``."""
    url = adresse(modell, "simple_history", pk, fassung)
    gesehen = stand(client.get(url)) if gesehen is None else gesehen
    return client.post(url, gesehen, **mehr)


def fehler(antwort) -> dict[str, list[str]]:
    """The messages that stand on the page: field (with the prefix of its form) → sentences."""
    ergebnis = {}
    formulare = [antwort.context["adminform"].form]
    for gruppe in antwort.context["inline_admin_formsets"]:
        formulare += gruppe.formset.forms
        if saetze := gruppe.formset.non_form_errors():
            ergebnis[gruppe.formset.prefix] = list(saetze)
    for formular in formulare:
        for feld, saetze in formular.errors.items():
            ergebnis[formular.add_prefix(feld) if feld != "__all__" else formular.prefix or ""] = (
                list(saetze)
            )
    return ergebnis


def aendere(client, zeile, **neu):
    """The answer to a form that was sent with nothing but ``neu`` changed."""
    url = adresse(type(zeile), "change", zeile.pk)
    return client.post(url, eingaben(client.get(url)) | neu)


def leeres_formular(client, modell):
    """The plain form of a new row; beside another form also where a guided one comes first."""
    return client.get(adresse(modell, "add"), {"_popup": "1"})


def lege_an(client, modell, **neu):
    """The answer to the form of a new row: the smallest valid input with ``neu`` in it."""
    daten = eingaben(leeres_formular(client, modell)) | kleinste_eingabe(modell)
    return client.post(adresse(modell, "add"), daten | neu)


def kleinste_eingabe(modell: type[Model]) -> dict:
    """The least that the form of ``modell`` accepts for a new row."""
    return {
        name: wert.pk if isinstance(wert, Model) else wert
        for name, wert in EINGABEN[modell.__name__]().items()
    }


EINGABEN = {
    "Quelle": lambda: {"titel": "Stadt Bochum", "art": "stadt"},
    "Zielelement": lambda: {
        "eltern": f.KompetenzFactory(),
        "titel": "Neuer Schwerpunkt",
        "reihenfolge": 1,
        "quelle": f.QuelleFactory(),
    },
    "Wesenskernteil": lambda: {
        "zielelement": f.WesenskernFactory(),
        "name": "Wandel",
        "lesart": "Weg",
        "reihenfolge": 1,
        "quelle": f.QuelleFactory(),
    },
    "StrategischesZiel": lambda: {
        "kompetenz": f.KompetenzFactory(),
        "langfassung": "lang",
        "kurzfassung": "kurz",
        "reihenfolge": 1,
        "quelle": f.QuelleFactory(),
    },
    "Querschnittsthema": lambda: {"titel": "Klima", "reihenfolge": 1, "quelle": f.QuelleFactory()},
    "Tranche": lambda: {"nr": 4, "quelle": f.QuelleFactory()},
    "Ratsbeschluss": lambda: {
        "titel": "Beschluss",
        "zeit": "27.09.2018",
        "quelle": f.QuelleFactory(),
    },
    "Kernaktivitaet": lambda: {
        "kompetenz": f.KompetenzFactory(),
        "nr": 7,
        "titel": "Bürger*innenhaus für Öffentliches",
        "quelle": f.QuelleFactory(),
    },
    "Beschlusswirkung": lambda: {
        "beschluss": f.RatsbeschlussFactory(),
        "kernaktivitaet": f.KernaktivitaetFactory(),
        "quelle": f.QuelleFactory(),
    },
    "Statusmeldung": lambda: {
        "kernaktivitaet": f.KernaktivitaetFactory(),
        "zeit": "08/2024",
        "text": "Eröffnet",
    },
    "Bilanz": lambda: {"zeit": "08/2024", "gesamt": 75, "quelle": f.QuelleFactory()},
    "Stelle": lambda: {"name": "Amt für Mobilität"},
    "Person": lambda: {"name": "Erika Mustermann"},
    "Besetzung": lambda: {
        "person": f.PersonFactory(),
        "stelle": f.StelleFactory(),
        "bezug": "stand",
        "quelle": f.QuelleFactory(),
    },
    "Verantwortung": lambda: {
        "rolle": "linie",
        "kernaktivitaet": f.KernaktivitaetFactory(),
        "stelle": f.StelleFactory(),
        "quelle": f.QuelleFactory(),
    },
    "Projektziel": lambda: _aussage(),
    "Messwert": lambda: _aussage() | {"wert": "517"},
    "Planangabe": lambda: _aussage() | {"art": "fertigstellung", "termin": "bis 2030"},
    "Angabe": lambda: _aussage() | {"art": "partner"},
    "Bezeichnung": lambda: {"kernaktivitaet": f.KernaktivitaetFactory(), "text": "Tapetenwechsel"},
    "Zuordnung": lambda: _zuordnung(f.SchwerpunktFactory()),
    "Querschnittszuordnung": lambda: {
        "kernaktivitaet": f.KernaktivitaetFactory(),
        "thema": f.QuerschnittsthemaFactory(),
        "quelle": f.QuelleFactory(),
    },
    "Ort": lambda: {
        "kernaktivitaet": f.KernaktivitaetFactory(),
        "bezeichnung": "Husemannplatz",
        "quelle": f.QuelleFactory(),
    },
    "Meilenstein": lambda: {
        "zeit": "07/2016",
        "text": "Beginn",
        "reihenfolge": 1,
        "quelle": f.QuelleFactory(),
    },
    "Werkzeugkasten": lambda: {
        "titel": "Kasten",
        "reihenfolge": 1,
        "quelle": f.QuelleFactory(),
    },
    "Textseite": lambda: {"titel": "Kontakt", "text": "Die Angaben folgen."},
    "Barrierefreiheitserklaerung": lambda: {"vereinbarkeit": "nicht-bewertet"},
    "Stempelvorlage": lambda: {
        "variante": "laufend",
        "farbe": "farbig",
        "gueltig_ab": "2030-01-01",
        "hochladen": SimpleUploadedFile("stempel.pdf", als_pdf(zeichne("laufend", "farbig"))),
    },
    "Ausnahme": lambda: {
        "erklaerung": f.BarrierefreiheitserklaerungFactory(),
        "inhalt": "Alte PDF",
        "grund": "Zu alt",
    },
}


def _aussage() -> dict:
    return {
        "kernaktivitaet": f.KernaktivitaetFactory(),
        "text": "Die Fläche umfasst 68 Hektar.",
        "reihenfolge": 0,
        "quelle": f.QuelleFactory(),
    }


def _zuordnung(schwerpunkt) -> dict:
    return {
        "kernaktivitaet": f.KernaktivitaetFactory(kompetenz=schwerpunkt.eltern),
        "schwerpunkt": schwerpunkt,
        "quelle": f.QuelleFactory(),
    }
