"""What the database forbids: each constraint of the project has a row that violates it.

The form refuses it with a German sentence, the database refuses it whoever writes.
"""

from datetime import date
from functools import partial

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from grundlage.datenstand import Datenstand
from tests import factories as f

pytestmark = pytest.mark.django_db

UNSERE_APPS = (
    *("grundlage", "zielsystem", "kernaktivitaeten", "strategiearbeit", "stempel"),
    "verwaltung",
)
CONSTRAINTS = {
    constraint.name: constraint
    for app in UNSERE_APPS
    for modell in apps.get_app_config(app).get_models()
    for constraint in modell._meta.constraints
}


def die_eine_zeile() -> Datenstand:
    f.StelleFactory()
    return Datenstand.objects.get()


def gleich(*felder: str):
    """A change that makes a row equal to another one in ``felder``."""
    return lambda zeile, andere: {feld: getattr(andere, feld) for feld in felder}


KEINE_ADRESSE = "„ohne“ heißt in Filtern"

# Constraint → (how to make a row that is right, what makes it wrong, what the form says).
# Where other rows take part, the change is a function of the row and another one.
VERSTOESSE = {
    "grundlage_datenstand_eine_zeile": (die_eine_zeile, {"id": 2}, "ist nicht erfüllt"),
    "zielsystem_quelle_adresse_einmal": (
        f.QuelleFactory,
        gleich("adresse"),
        "Eine Quelle mit dieser Adresse gibt es schon.",
    ),
    "zielsystem_zielelement_ebene": (
        f.SchwerpunktFactory,
        {"ebene": 3},
        "Unter einem Schwerpunkt gibt es keine weitere Ebene.",
    ),
    "zielsystem_zielelement_ein_wesenskern": (
        f.KompetenzFactory,
        {"ebene": 0},
        "Es gibt nur einen Wesenskern.",
    ),
    "zielsystem_zielelement_adresse": (f.SchwerpunktFactory, {"slug": "ohne"}, KEINE_ADRESSE),
    "zielsystem_querschnittsthema_adresse": (
        f.QuerschnittsthemaFactory,
        {"slug": "ohne"},
        KEINE_ADRESSE,
    ),
    "kernaktivitaeten_stelle_adresse": (f.StelleFactory, {"slug": "ohne"}, KEINE_ADRESSE),
    "strategiearbeit_rueckmeldung_kontakt": (
        f.RueckmeldungFactory,
        {"erledigt_am": date(2026, 1, 1)},
        "Ist die Meldung erledigt, bleibt kein Kontakt stehen.",
    ),
    "kernaktivitaeten_kernaktivitaet_nr": (
        f.KernaktivitaetFactory,
        gleich("kompetenz_id", "nr"),
        "Diese Nummer gibt es in der Kompetenz schon.",
    ),
    "kernaktivitaeten_statusmeldung_nachfolge": (
        f.StatusmeldungFactory,
        {"status": "ueberfuehrt"},
        "Eine überführte Kernaktivität nennt, worin sie aufgegangen ist: eine andere "
        "Kernaktivität oder eine Aufgabe in Worten.",
    ),
    "kernaktivitaeten_statusmeldung_nur_ueberfuehrt": (
        f.StatusmeldungFactory,
        lambda zeile, andere: {"nachfolger_id": andere.kernaktivitaet_id},
        "Das gehört nur zum Status „überführt“. Leeren Sie das Feld.",
    ),
    "kernaktivitaeten_statusmeldung_nachfolger": (
        lambda: f.StatusmeldungFactory(status="ueberfuehrt"),
        lambda zeile, andere: {"nachfolger_id": zeile.kernaktivitaet_id},
        "Eine Kernaktivität kann nicht in sich selbst überführt werden.",
    ),
    "kernaktivitaeten_kernaktivitaet_tranche_quelle": (
        f.KernaktivitaetFactory,
        lambda zeile, andere: {"tranche_id": f.TrancheFactory().pk},
        "Zur Tranche gehört ihre Quelle, ohne Tranche bleibt sie leer.",
    ),
    "kernaktivitaeten_beschlusswirkung_einmal": (
        f.BeschlusswirkungFactory,
        gleich("beschluss_id", "kernaktivitaet_id"),
        "Der Beschluss ist bei dieser KA schon eingetragen.",
    ),
    "kernaktivitaeten_statusmeldung_zaehlt_ab": (
        f.StatusmeldungFactory,
        {"zaehlt_ab": date(2024, 9, 1)},
        "„zählt ab“ muss im angegebenen Zeitraum liegen.",
    ),
    "kernaktivitaeten_statusmeldung_bezug": (
        f.StatusmeldungFactory,
        {"bezug": ""},
        "Zu einem Status gehört ein Bezug („ab“ oder „Stand“); eine Neuigkeit hat keinen.",
    ),
    "kernaktivitaeten_statusmeldung_quelle": (
        f.StatusmeldungFactory,
        {"quelle_id": None},
        "Ein Status braucht eine Quelle.",
    ),
    "kernaktivitaeten_statusmeldung_text": (
        f.StatusmeldungFactory,
        {"text": ""},
        "Dieses Feld darf nicht leer sein.",  # the field speaks first
    ),
    "kernaktivitaeten_ratsbeschluss_ruecknahme": (
        f.RatsbeschlussFactory,
        {"zurueckgenommen_am": date(2024, 9, 1)},
        "Eine Rücknahme braucht einen Tag und einen Grund.",
    ),
    "kernaktivitaeten_statusmeldung_rueckzug": (
        f.StatusmeldungFactory,
        {"zurueckgezogen_am": date(2024, 9, 1)},
        "Ein Rückzug braucht einen Tag und einen Grund.",
    ),
    "kernaktivitaeten_statusmeldung_ersatz": (
        lambda: f.StatusmeldungFactory(
            zurueckgezogen_am=date(2024, 9, 1), rueckzug_grund="Falsch."
        ),
        lambda zeile, andere: {"ersetzt_durch_id": zeile.pk},
        "Eine Meldung kann sich nicht selbst ersetzen.",
    ),
    "kernaktivitaeten_bilanz_zusammen_oder_einzeln": (
        f.BilanzFactory,
        {"eingestellt_ueberfuehrt": 3, "eingestellt": 1},
        "Eingestellt und überführt stehen entweder einzeln oder zusammen in der Bilanz.",
    ),
    "kernaktivitaeten_verantwortung_wofuer": (
        f.VerantwortungFactory,
        {"kernaktivitaet_id": None},
        "Verantwortung gilt entweder für eine Kompetenz oder für eine Kernaktivität.",
    ),
    "kernaktivitaeten_verantwortung_wer": (
        f.VerantwortungFactory,
        lambda zeile, andere: {"person_id": f.PersonFactory().pk},
        "Verantwortung trägt entweder eine Stelle oder eine Person.",
    ),
    "kernaktivitaeten_verantwortung_bezug": (
        lambda: f.VerantwortungFactory(am="08/2024"),
        {"bezug": ""},
        "Zu einem Datum gehört ein Bezug („ab“ oder „Stand“).",
    ),
    "kernaktivitaeten_planangabe_art": (
        f.PlanangabeFactory,
        {"art": "fertigstellung"},
        "Eine geplante Fertigstellung hat einen Termin, Gesamtkosten haben einen Betrag.",
    ),
    "kernaktivitaeten_bezeichnung_einmal": (
        f.BezeichnungFactory,
        gleich("kernaktivitaet_id", "text"),
        "Diese Bezeichnung ist schon eingetragen.",
    ),
    "kernaktivitaeten_zuordnung_einmal": (
        f.ZuordnungFactory,
        gleich("kernaktivitaet_id", "schwerpunkt_id"),
        "Dieser Schwerpunkt ist schon zugeordnet.",
    ),
    "kernaktivitaeten_zuordnung_ein_hauptschwerpunkt": (
        lambda: f.ZuordnungFactory(primaer=True),
        gleich("kernaktivitaet_id"),
        "Es gibt höchstens einen Hauptschwerpunkt.",
    ),
    "kernaktivitaeten_querschnittszuordnung_einmal": (
        f.QuerschnittszuordnungFactory,
        gleich("kernaktivitaet_id", "thema_id"),
        "Dieses Querschnittsthema ist schon zugeordnet.",
    ),
}
VERSTOESSE |= {
    f"kernaktivitaeten_{modell}_termin": (
        factory,
        {"termin_genauigkeit": "jahr"},
        "Zu einem Termin gehört seine Genauigkeit.",
    )
    for modell, factory in [
        ("projektziel", f.ProjektzielFactory),
        ("planangabe", f.PlanangabeFactory),
    ]
}
# The constraints that every dated model has.
DATIERT = {
    modell._meta.label_lower.replace(".", "_"): factory
    for modell, factory in f.FACTORIES.items()
    if issubclass(factory, f.MitZeit)
}
for _name, _factory in DATIERT.items():
    VERSTOESSE[f"{_name}_von_vor_bis"] = (
        partial(_factory, am="08/2024"),
        {"datum_von": date(2024, 8, 31), "datum_bis": date(2024, 8, 1), "genauigkeit": "tag"},
        "Der erste Tag darf nicht nach dem letzten Tag liegen.",
    )
    VERSTOESSE[f"{_name}_genauigkeit"] = (
        _factory,
        {"datum_von": date(2024, 8, 1), "datum_bis": date(2024, 8, 31), "genauigkeit": ""},
        "Zu einem Datum gehört seine Genauigkeit, ohne Datum bleibt sie leer.",
    )
for _name in ("ratsbeschluss", "statusmeldung", "bilanz"):
    VERSTOESSE[f"kernaktivitaeten_{_name}_zeit"] = (
        DATIERT[f"kernaktivitaeten_{_name}"],
        {"datum_bis": None},
        "Erster und letzter Tag müssen angegeben sein.",
    )
VERSTOESSE["stempel_stempelung_rueckzug"] = (
    f.StempelungFactory,
    {"zurueckgezogen_am": date(2024, 8, 31)},
    "Ein Rückzug braucht einen Tag und einen Grund.",
)
VERSTOESSE["stempel_stempelvorlage_tag"] = (
    partial(f.StempelvorlageFactory, veroeffentlicht_am=date(2024, 8, 31)),
    gleich("variante", "farbe", "gueltig_ab"),
    "Für diesen Tag ist schon eine Vorlage veröffentlicht.",
)
VERSTOESSE["strategiearbeit_meilenstein_zeit"] = (
    f.MeilensteinFactory,
    {"datum_von": None},
    "Erster und letzter Tag müssen angegeben sein.",
)


def zeile_und_verstoss(name: str) -> tuple[models.Model, dict]:
    """A row that is right, and the values that would make it violate the constraint."""
    factory, verstoss, _ = VERSTOESSE[name]
    zeile = factory()
    if callable(verstoss):
        verstoss = verstoss(zeile, factory())
    return zeile, verstoss


@pytest.mark.parametrize("name", VERSTOESSE)
def test_the_form_refuses_it_with_a_german_sentence(name):
    zeile, verstoss = zeile_und_verstoss(name)
    zeile.full_clean()
    for feld, wert in verstoss.items():
        setattr(zeile, feld, wert)
    with pytest.raises(ValidationError) as fehler:
        zeile.full_clean()
    assert VERSTOESSE[name][2] in " ".join(fehler.value.messages)


@pytest.mark.parametrize("name", VERSTOESSE)
def test_the_database_refuses_it_too(name):
    zeile, verstoss = zeile_und_verstoss(name)
    with pytest.raises(IntegrityError) as fehler, transaction.atomic():
        type(zeile)._base_manager.filter(pk=zeile.pk).update(**verstoss)
    if isinstance(CONSTRAINTS[name], models.CheckConstraint):  # SQLite names no unique index
        assert name in str(fehler.value)


def test_every_constraint_of_the_project_is_in_the_table():
    assert set(VERSTOESSE) == set(CONSTRAINTS)


@pytest.mark.parametrize("name", sorted({*CONSTRAINTS} - {"grundlage_datenstand_eine_zeile"}))
def test_every_constraint_speaks_german(name):
    constraint = CONSTRAINTS[name]
    assert constraint.violation_error_message != constraint.default_violation_error_message
    assert constraint.violation_error_message.endswith((".", "“"))


@pytest.mark.parametrize("factory", f.FACTORIES.values(), ids=lambda factory: factory.__name__)
def test_a_row_as_the_factories_make_it_is_right_and_has_a_name(factory):
    zeile = factory()
    zeile.full_clean()
    assert str(zeile)


@pytest.mark.parametrize("factory", f.FACTORIES.values(), ids=lambda factory: factory.__name__)
def test_both_halves_of_the_natural_key_find_the_same_row(factory):
    zeile = factory()
    assert type(zeile).objects.get_by_natural_key(*zeile.natural_key()) == zeile


def test_each_row_gets_a_kennung_of_its_own():
    assert f.OrtFactory().kennung != f.OrtFactory().kennung
