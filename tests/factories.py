"""Rows for tests: small, valid, and telling. What a test is about, it says itself.

Dates are written as the portal prints them (``am="08/2024"``); ``zeitraum`` reads them.
"""

from calendar import monthrange
from datetime import date, timedelta

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from grundlage.zeitangabe import Genauigkeit, Zeitraum
from kernaktivitaeten import models as ka
from stempel import models as st
from strategiearbeit import models as sa
from zielsystem import models as zs


def zeitraum(text: str) -> Zeitraum:
    """ "27.09.2018", "08/2024", "2021", "2021–2023", "seit 2016", "bis 2030" as a ``Zeitraum``."""
    if text.startswith("seit "):
        von, _, genauigkeit = _lies(text.removeprefix("seit "))
        return Zeitraum(von, None, genauigkeit)
    if text.startswith("bis "):
        _, bis, genauigkeit = _lies(text.removeprefix("bis "))
        return Zeitraum(None, bis, genauigkeit)
    anfang, _, ende = text.partition("–")
    von, bis, genauigkeit = _lies(anfang)
    return Zeitraum(von, _lies(ende)[1] if ende else bis, genauigkeit)


def _lies(text: str) -> tuple[date, date, str]:
    if "." in text:
        tag, monat, jahr = map(int, text.split("."))
        return date(jahr, monat, tag), date(jahr, monat, tag), Genauigkeit.TAG.value
    if "/" in text:
        monat, jahr = map(int, text.split("/"))
        ende = date(jahr, monat, monthrange(jahr, monat)[1])
        return date(jahr, monat, 1), ende, Genauigkeit.MONAT.value
    return date(int(text), 1, 1), date(int(text), 12, 31), Genauigkeit.JAHR.value


class MitZeit(DjangoModelFactory):
    """Abstract: ``am`` sets the three date fields; empty: no date is known."""

    class Meta:
        abstract = True

    class Params:
        am = ""

    datum_von = factory.LazyAttribute(lambda o: zeitraum(o.am).von if o.am else None)
    datum_bis = factory.LazyAttribute(lambda o: zeitraum(o.am).bis if o.am else None)
    genauigkeit = factory.LazyAttribute(lambda o: zeitraum(o.am).genauigkeit if o.am else "")


class QuelleFactory(MitZeit):
    class Meta:
        model = zs.Quelle

    titel = "Stadt Bochum"
    art = "stadt"
    adresse = factory.Sequence(lambda n: f"https://www.bochum.example/{n}")


# ── The tree: every row goes through the guarded save ─────────────────────────────────────────


class WesenskernFactory(DjangoModelFactory):
    """The one root; found again when it is there."""

    class Meta:
        model = zs.Zielelement
        django_get_or_create = ("kennung",)

    kennung = "wesenskern"
    titel = "Wissen – Wandel – Wir-Gefühl"
    slug = "wesenskern"
    quelle = factory.SubFactory(QuelleFactory)


class KompetenzFactory(DjangoModelFactory):
    class Meta:
        model = zs.Zielelement

    eltern = factory.SubFactory(WesenskernFactory)
    reihenfolge = factory.Sequence(lambda n: n + 1)
    titel = factory.Sequence(lambda n: f"Kompetenz {n}")
    slug = factory.Sequence(lambda n: f"kompetenz-{n}")
    quelle = factory.SubFactory(QuelleFactory)


class SchwerpunktFactory(DjangoModelFactory):
    class Meta:
        model = zs.Zielelement

    eltern = factory.SubFactory(KompetenzFactory)
    reihenfolge = factory.Sequence(lambda n: n + 1)
    titel = factory.Sequence(lambda n: f"Schwerpunkt {n}")
    slug = factory.Sequence(lambda n: f"schwerpunkt-{n}")
    quelle = factory.SubFactory(QuelleFactory)


class WesenskernteilFactory(DjangoModelFactory):
    class Meta:
        model = zs.Wesenskernteil

    zielelement = factory.SubFactory(WesenskernFactory)
    name = "Wandel"
    lesart = "Bochumer Weg"
    quelle = factory.SubFactory(QuelleFactory)


class StrategischesZielFactory(DjangoModelFactory):
    class Meta:
        model = zs.StrategischesZiel

    kompetenz = factory.SubFactory(KompetenzFactory)
    langfassung = "Hohe urbane Lebensqualität"
    kurzfassung = "Urbane Lebensqualität"
    quelle = factory.SubFactory(QuelleFactory)


class QuerschnittsthemaFactory(DjangoModelFactory):
    class Meta:
        model = zs.Querschnittsthema

    reihenfolge = factory.Sequence(int)
    titel = factory.Sequence(lambda n: f"Thema {n}")
    slug = factory.Sequence(lambda n: f"thema-{n}")
    quelle = factory.SubFactory(QuelleFactory)


# ── What the city does ────────────────────────────────────────────────────────────────────────


class TrancheFactory(DjangoModelFactory):
    class Meta:
        model = ka.Tranche

    nr = factory.Sequence(lambda n: n + 11)
    quelle = factory.SubFactory(QuelleFactory)


class RatsbeschlussFactory(MitZeit):
    class Meta:
        model = ka.Ratsbeschluss

    class Params:
        am = "27.09.2018"

    titel = factory.Sequence(lambda n: f"Beschluss {n}")
    slug = factory.Sequence(lambda n: f"beschluss-{n}")
    gremium = "Rat"
    quelle = factory.SubFactory(QuelleFactory)


class KernaktivitaetFactory(DjangoModelFactory):
    class Meta:
        model = ka.Kernaktivitaet

    kompetenz = factory.SubFactory(KompetenzFactory)
    nr = factory.Sequence(lambda n: n + 101)
    titel = factory.Sequence(lambda n: f"Kernaktivität {n}")
    slug = factory.Sequence(lambda n: f"kernaktivitaet-{n}")
    veroeffentlicht_am = date(2024, 1, 1)
    quelle = factory.SubFactory(QuelleFactory)


class BeschlusswirkungFactory(DjangoModelFactory):
    class Meta:
        model = ka.Beschlusswirkung

    beschluss = factory.SubFactory(RatsbeschlussFactory)
    kernaktivitaet = factory.SubFactory(KernaktivitaetFactory)
    wirkung = "beauftragt"
    quelle = factory.SubFactory(QuelleFactory)


class StatusmeldungFactory(MitZeit):
    """``am`` and ``status`` are usually all that matters; ``zaehlt_ab`` is the last day."""

    class Meta:
        model = ka.Statusmeldung

    class Params:
        am = "08/2024"

    kernaktivitaet = factory.SubFactory(KernaktivitaetFactory)
    status = "laufend"
    bezug = factory.LazyAttribute(lambda o: "stand" if o.status else "")
    zaehlt_ab = factory.SelfAttribute("datum_bis")
    text = "Einen Grund nennt die Quelle nicht."
    nachfolger = None
    nachfolge_text = factory.LazyAttribute(
        lambda o: "Daueraufgabe" if o.status == "ueberfuehrt" and o.nachfolger is None else ""
    )
    quelle = factory.SubFactory(QuelleFactory)


class BilanzFactory(MitZeit):
    class Meta:
        model = ka.Bilanz

    class Params:
        am = "08/2024"

    gesamt = 75
    quelle = factory.SubFactory(QuelleFactory)


class StelleFactory(DjangoModelFactory):
    class Meta:
        model = ka.Stelle

    name = factory.Sequence(lambda n: f"Amt {n}")
    slug = factory.Sequence(lambda n: f"amt-{n}")


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = ka.Person

    name = "Erika Mustermann"


class BesetzungFactory(MitZeit):
    class Meta:
        model = ka.Besetzung

    person = factory.SubFactory(PersonFactory)
    stelle = factory.SubFactory(StelleFactory)
    bezug = "stand"
    quelle = factory.SubFactory(QuelleFactory)


class VerantwortungFactory(MitZeit):
    class Meta:
        model = ka.Verantwortung

    rolle = "linie"
    kernaktivitaet = factory.SubFactory(KernaktivitaetFactory)
    stelle = factory.SubFactory(StelleFactory)
    bezug = factory.LazyAttribute(lambda o: "stand" if o.am else "")
    quelle = factory.SubFactory(QuelleFactory)


class ProjektzielFactory(MitZeit):
    class Meta:
        model = ka.Projektziel

    kernaktivitaet = factory.SubFactory(KernaktivitaetFactory)
    text = "Es sollen bis zu 1.000 Bänke entstehen."
    quelle = factory.SubFactory(QuelleFactory)


class MesswertFactory(MitZeit):
    class Meta:
        model = ka.Messwert

    kernaktivitaet = factory.SubFactory(KernaktivitaetFactory)
    text = "Insgesamt wurden 517 Bänke aufgestellt."
    wert = 517
    quelle = factory.SubFactory(QuelleFactory)


class PlanangabeFactory(MitZeit):
    class Meta:
        model = ka.Planangabe

    kernaktivitaet = factory.SubFactory(KernaktivitaetFactory)
    art = "gesamtkosten"
    betrag = 64_000_000
    text = "Die Kosten wurden anfangs mit 64 Millionen Euro angegeben."
    quelle = factory.SubFactory(QuelleFactory)


class AngabeFactory(MitZeit):
    class Meta:
        model = ka.Angabe

    kernaktivitaet = factory.SubFactory(KernaktivitaetFactory)
    art = "beschreibung"
    text = "Die Fläche umfasst 68 Hektar."
    quelle = factory.SubFactory(QuelleFactory)


class BezeichnungFactory(DjangoModelFactory):
    class Meta:
        model = ka.Bezeichnung

    kernaktivitaet = factory.SubFactory(KernaktivitaetFactory)
    text = "Tapetenwechsel"


class ZuordnungFactory(DjangoModelFactory):
    class Meta:
        model = ka.Zuordnung

    kernaktivitaet = factory.SubFactory(KernaktivitaetFactory)
    schwerpunkt = factory.SubFactory(
        SchwerpunktFactory, eltern=factory.SelfAttribute("..kernaktivitaet.kompetenz")
    )
    quelle = factory.SubFactory(QuelleFactory)


class QuerschnittszuordnungFactory(DjangoModelFactory):
    class Meta:
        model = ka.Querschnittszuordnung

    kernaktivitaet = factory.SubFactory(KernaktivitaetFactory)
    thema = factory.SubFactory(QuerschnittsthemaFactory)
    quelle = factory.SubFactory(QuelleFactory)


class OrtFactory(DjangoModelFactory):
    class Meta:
        model = ka.Ort

    kernaktivitaet = factory.SubFactory(KernaktivitaetFactory)
    bezeichnung = "Husemann Karree"
    quelle = factory.SubFactory(QuelleFactory)


def hiess_frueher(zeile, slug: str):
    """The row, which had the address ``slug`` before its present one."""
    heute, zeile.slug = zeile.slug, slug
    zeile.save()
    zeile.slug = heute
    zeile.save()
    return zeile


# ── How the city works on it ──────────────────────────────────────────────────────────────────


class MeilensteinFactory(MitZeit):
    class Meta:
        model = sa.Meilenstein

    class Params:
        am = "07/2016"

    text = "Beginn der Arbeit"
    quelle = factory.SubFactory(QuelleFactory)


class WerkzeugkastenFactory(DjangoModelFactory):
    class Meta:
        model = sa.Werkzeugkasten

    titel = factory.Sequence(lambda n: f"Werkzeugkasten {n}")
    slug = factory.Sequence(lambda n: f"werkzeugkasten-{n}")
    quelle = factory.SubFactory(QuelleFactory)


class TextseiteFactory(DjangoModelFactory):
    class Meta:
        model = sa.Textseite

    titel = factory.Sequence(lambda n: f"Text {n}")
    slug = factory.Sequence(lambda n: f"text-{n}")
    text = "Ein Absatz."


class BarrierefreiheitserklaerungFactory(DjangoModelFactory):
    class Meta:
        model = sa.Barrierefreiheitserklaerung


class AusnahmeFactory(DjangoModelFactory):
    class Meta:
        model = sa.Ausnahme

    erklaerung = factory.SubFactory(BarrierefreiheitserklaerungFactory)
    inhalt = "Ein altes Bild."
    grund = "Sein Text ist nicht überliefert."


# ── How it becomes visible ────────────────────────────────────────────────────────────────────


class NutzerFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"nutzer-{n}")


class StempelvorlageFactory(DjangoModelFactory):
    """Not yet published."""

    class Meta:
        model = st.Stempelvorlage

    variante = "laufend"
    farbe = "farbig"
    gueltig_ab = factory.Sequence(lambda n: date(2024, 1, 1) + timedelta(days=n))
    dateiname = "stempel.pdf"
    datei = b"%PDF-1.7"


class StempelungFactory(DjangoModelFactory):
    class Meta:
        model = st.Stempelung

    kernaktivitaet = factory.SubFactory(KernaktivitaetFactory)
    art = "material"
    variante = "laufend"
    farbe = "farbig"
    zweck = "Plakat zur Eröffnung"
    dateiname = "plakat.pdf"
    sha256 = "0" * 64
    am = date(2024, 9, 1)
    nutzer = factory.SubFactory(NutzerFactory)


# The factory of each model; of the tree's levels the lowest.
FACTORIES = {
    klasse._meta.model: klasse
    for klasse in (
        QuelleFactory,
        SchwerpunktFactory,
        WesenskernteilFactory,
        StrategischesZielFactory,
        QuerschnittsthemaFactory,
        TrancheFactory,
        RatsbeschlussFactory,
        KernaktivitaetFactory,
        BeschlusswirkungFactory,
        StatusmeldungFactory,
        BilanzFactory,
        StelleFactory,
        PersonFactory,
        BesetzungFactory,
        VerantwortungFactory,
        ProjektzielFactory,
        MesswertFactory,
        PlanangabeFactory,
        AngabeFactory,
        BezeichnungFactory,
        ZuordnungFactory,
        QuerschnittszuordnungFactory,
        OrtFactory,
        MeilensteinFactory,
        WerkzeugkastenFactory,
        TextseiteFactory,
        BarrierefreiheitserklaerungFactory,
        AusnahmeFactory,
        StempelvorlageFactory,
        StempelungFactory,
    )
}


class RueckmeldungFactory(DjangoModelFactory):
    class Meta:
        model = sa.Rueckmeldung

    text = "Der Kontrast ist zu schwach."
    kontakt = "hallo@example.org"
    eingegangen_am = date(2025, 12, 1)
