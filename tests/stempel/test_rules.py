"""Which Kernaktivität may be stamped on which day, and what codes look like."""

from datetime import date

import pytest

from kernaktivitaeten.models import Kernaktivitaet
from stempel import rules
from stempel.models import CODEZEICHEN, Variante, lies_code, neuer_code
from tests import factories as f

pytestmark = pytest.mark.django_db


def am(tag: date) -> Kernaktivitaet:
    return Kernaktivitaet.objects.oeffentlich().zum(tag).get()


def test_the_variant_follows_from_the_status_on_the_day():
    ka = f.KernaktivitaetFactory()
    for tag, status in (("01.03.2020", "laufend"), ("10.06.2022", "umgesetzt")):
        f.StatusmeldungFactory(kernaktivitaet=ka, status=status, bezug="ab", am=tag)
    assert rules.variante(am(date(2020, 2, 29))) is None
    assert rules.variante(am(date(2020, 3, 1))) == Variante.LAUFEND
    assert rules.variante(am(date(2022, 6, 9))) == Variante.LAUFEND
    assert rules.variante(am(date(2022, 6, 10))) == Variante.UMGESETZT
    assert rules.ablehnung(am(date(2022, 6, 10))) == ""


@pytest.mark.parametrize(
    ("status", "bezug", "zeit", "satz"),
    [
        ("eingestellt", "stand", "08/2024", "eingestellt, Stand 08/2024. "),
        ("eingestellt", "ab", "27.09.2018", "eingestellt, seit 27.09.2018. "),
        ("ueberfuehrt", "stand", "2021", "überführt, Stand 2021. "),
    ],
)
def test_a_refusal_says_why_and_since_when(status, bezug, zeit, satz):
    f.StatusmeldungFactory(status=status, bezug=bezug, am=zeit)
    ablehnung = rules.ablehnung(am(date(2024, 12, 31)))
    assert ablehnung == satz + rules.AUFBRAUCHEN
    assert "vorhandenes Material darf aufgebraucht werden" in ablehnung


def test_what_has_no_status_yet_is_refused_too():
    ka = f.KernaktivitaetFactory()
    assert "kein Stand bekannt" in rules.ablehnung(am(date(2024, 1, 1)))
    f.BeschlusswirkungFactory(kernaktivitaet=ka, beschluss__am="27.09.2018")
    assert "noch nicht beschlossen" in rules.ablehnung(am(date(2018, 9, 26)))


def test_codes_are_long_and_each_is_another():
    codes = {neuer_code() for _ in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {10}
    assert set("".join(codes)) == set(CODEZEICHEN)


def test_no_letter_of_a_code_is_mistaken_for_another():
    """Vowels make words; 0/O, 1/I, 2/Z and the letters that end in "e" sound or look alike."""
    assert not set(CODEZEICHEN) & set("aeiouäöü01bcdegptv2s8kn") - {"8"}
    assert len(CODEZEICHEN) ** 10 > 10**12


@pytest.mark.parametrize(
    "text", ["fhjlmqrwxy", "FHJLMQRWXY", "fhjlm qrwxy", " FHJLM-QRWXY ", "fh.jl.mq.rw.xy"]
)
def test_a_code_is_read_however_it_is_typed(text):
    assert lies_code(text) == "fhjlmqrwxy"


@pytest.mark.parametrize("text", ["", "fhjlm", "fhjlmqrwxa", "fhjlmqrwxyz", "٣" * 10, "\0" * 10])
def test_what_cannot_be_a_code_is_none(text):
    assert lies_code(text) == ""
