"""What somebody types into the guided form for a Ratsbeschluss, and sends."""

from uuid import uuid4

from django.test import Client

from kernaktivitaeten.models import Kernaktivitaet
from tests import factories as f
from verwaltung.erfassen.zeilen import name
from verwaltung.models import Stapel

SEITE = "/verwaltung/kernaktivitaeten/ratsbeschluss/erfassen/"


def eingabe(*zeilen: dict, **werte) -> dict:
    """The form with these rows; what a test is not about is filled in.

    Rows may give the key of a Kernaktivität; its name is what is sent.
    """
    daten = {
        "titel": "Vierte Tranche",
        "zeit": "24.09.2026",
        "gremium": "Rat",
        "schluessel": uuid4(),
        "z-TOTAL_FORMS": len(zeilen),
        "z-INITIAL_FORMS": 0,
    }
    if "quelle" not in werte:
        daten["quelle"] = f.QuelleFactory(titel="Niederschrift")
    daten |= werte
    for nr, zeile in enumerate(zeilen):
        daten |= {f"z-{nr}-{feld}": _getippt(feld, wert) for feld, wert in zeile.items()}
    return {feld: getattr(wert, "pk", wert) for feld, wert in daten.items()}


def _getippt(feld: str, wert):
    if feld not in ("ka", "nachfolger") or not isinstance(wert, int):
        return wert
    return name(Kernaktivitaet.objects.get(pk=wert))


def sende(client: Client, daten: dict, **knopf):
    return client.post(SEITE, daten | knopf)


def bestaetige(client: Client, daten: dict):
    """Preview, then the button on it."""
    antwort = sende(client, daten)
    assert "marke" in antwort.context, fehler(antwort)
    return sende(client, daten, bestaetigen=antwort.context["marke"])


def erfasse(client: Client, *zeilen: dict, **werte) -> Stapel:
    """Records a decision and returns its Stapel."""
    antwort = bestaetige(client, eingabe(*zeilen, **werte))
    assert antwort.status_code == 302, fehler(antwort)
    return Stapel.objects.latest("pk")


def fehler(antwort) -> list[tuple[str, str, str]]:
    """(row, field, sentence) of every mistake that the page names."""
    return [
        (ort, feld.name if feld else "", satz)
        for ort, feld, satz in (antwort.context or {}).get("fehler", ())
    ]
