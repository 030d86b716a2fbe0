"""The workbook with the delivered data."""

import pytest

from grundlage.datenstand import datenstand
from kernaktivitaeten.models import Kernaktivitaet, Person, Statusmeldung
from tests.verwaltung.mappen import als_bytes, lade_herunter, lade_hoch
from verwaltung.mappe.blaetter import BLAETTER

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.usefixtures("echte_daten"),
]


def test_what_was_exported_and_uploaded_unchanged_changes_nothing(admin_client):
    antwort = admin_client.get("/verwaltung/kernaktivitaeten/kernaktivitaet/mappe/ausfuhr/")
    vorher = datenstand()
    probe = lade_hoch(admin_client, antwort.content)
    ergebnis = probe.context["probe"]
    assert (ergebnis.zeilen, ergebnis.fehler) == ((), ())
    zeilen = sum(blatt.modell.objects.count() for blatt in BLAETTER)
    assert ergebnis.unveraendert == zeilen > 390
    assert "Die Mappe sagt dasselbe wie das Portal." in probe.content.decode()
    assert datenstand() == vorher


def test_what_a_table_program_saved_again_changes_nothing_either(admin_client):
    ergebnis = lade_hoch(admin_client, als_bytes(lade_herunter(admin_client))).context["probe"]
    assert (ergebnis.zeilen, ergebnis.fehler) == ((), ())


def test_it_has_every_kernaktivitaet_and_no_person(admin_client):
    mappe = lade_herunter(admin_client)
    titel = [zelle.value for zelle in mappe["Kernaktivitäten"]["D"][1:]]
    assert titel == list(
        Kernaktivitaet.objects.order_by("kompetenz__lft", "nr").values_list("titel", flat=True)
    )
    assert mappe["Statusmeldungen"].max_row == Statusmeldung.objects.count() + 1
    worte = " ".join(
        str(z.value) for b in mappe for zeile in b.iter_rows() for z in zeile if z.value
    )
    namen = Person.objects.values_list("name", flat=True)
    assert namen
    assert not [name for name in namen if name in worte]


def test_every_row_can_be_changed_at_once_and_keeps_the_rules(admin_client):
    """All sentences get another end; the trial saves, checks and rolls back nearly 400 rows."""
    mappe = lade_herunter(admin_client)
    for name in ("Projektziele", "Messwerte", "Planangaben"):
        kopf = [zelle.value for zelle in mappe[name][1]]
        for zelle in list(mappe[name].columns)[kopf.index("Aussage")][1:]:
            zelle.value = f"{zelle.value} (geprüft)"
    vorher = datenstand()
    ergebnis = lade_hoch(admin_client, mappe).context["probe"]
    assert ergebnis.fehler == ()
    assert ergebnis.geaendert == sum(b.modell.objects.count() for b in BLAETTER[2:5])
    assert datenstand() == vorher
