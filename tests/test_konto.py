"""Sign-in: closed, limited, in German, and with mail only where mail is configured."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.hashers import get_hashers, make_password
from django.contrib.auth.models import Group, User
from django.core import mail
from django.db import connection, connections
from django.test import Client, override_settings
from gunicorn.config import Config
from gunicorn.http.message import _ip_in_allow_list

from grundlage.rollen import Rolle
from kernaktivitaeten.models import Zugang
from tests import factories as f
from tests.adressen import oeffne

pytestmark = pytest.mark.django_db
PASSWORT = "nur-fuer-den-test-4711"
MIT_MAIL = override_settings(EMAIL_HOST="mail.example", DEFAULT_FROM_EMAIL="portal@example.org")


@pytest.fixture
def konto() -> User:
    return User.objects.create_user("erika", "erika@example.org", PASSWORT)


def melde_an(client: Client, name="erika", passwort=PASSWORT, **mehr):
    return client.post("/konto/login/", {"login": name, "password": passwort} | mehr)


def angemeldet(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_signing_in_leads_to_the_account(client, konto):
    antwort = melde_an(client)
    assert (antwort.status_code, antwort["Location"]) == (302, "/konto/")
    seite = oeffne(client, "/konto/")
    assert "Sie sind angemeldet als erika." in seite.text
    assert "Sie haben noch keine Rolle." in seite.text


def test_editors_are_led_to_the_administration(client, konto):
    konto.is_staff = True
    konto.save()
    assert melde_an(client)["Location"] == "/verwaltung/"


def test_the_account_names_role_and_stelle(client, konto):
    konto.groups.add(Group.objects.get(name=Rolle.STEMPELNUTZUNG))
    Zugang.objects.create(user=konto, stelle=f.StelleFactory(name="Tiefbauamt"))
    client.force_login(konto)
    text = oeffne(client, "/konto/").text
    assert "angemeldet als erika, Tiefbauamt." in text
    assert "Ihre Rolle: Stempelnutzung." in text
    assert "Zur Verwaltung" not in text


def test_the_account_leads_to_the_stamp_whoever_may_use_it(client, konto):
    def ziele() -> list[str]:
        return [a["href"] for a in oeffne(client, "/konto/").eines("main").alle("a")]

    assert "oder den Strategiestempel nutzen" in oeffne(client, "/konto/login/").text
    client.force_login(konto)
    assert "/stempel/nutzen/" not in ziele()
    konto.groups.add(Group.objects.get(name=Rolle.STEMPELNUTZUNG))
    assert "/stempel/nutzen/" in ziele()


def test_whoever_is_not_signed_in_comes_to_the_form_and_back(client, konto):
    konto.is_superuser = konto.is_staff = True
    konto.save()
    antwort = client.get("/verwaltung/kernaktivitaeten/stelle/", follow=True)
    assert antwort.redirect_chain[-1][0].startswith("/konto/login/?next=")
    assert oeffne(client, antwort.redirect_chain[-1][0]).alle("h1")[0].text == "Anmelden"
    ziel = melde_an(client, next="/verwaltung/kernaktivitaeten/stelle/")["Location"]
    assert ziel == "/verwaltung/kernaktivitaeten/stelle/"


def test_nobody_is_led_to_a_foreign_address(client, konto):
    assert melde_an(client, next="https://boese.example/")["Location"] == "/konto/"


def test_who_may_not_edit_is_told_so_and_not_sent_in_circles(client, konto):
    client.force_login(konto)
    antwort = client.get("/verwaltung/", follow=True)
    assert antwort.status_code == 403
    assert "Das dürfen Sie nicht" in antwort.content.decode()


def test_a_wrong_password_and_an_unknown_name_get_the_same_sentence(client, konto):
    saetze = set()
    for name, passwort in (("erika", "falsch"), ("niemand", PASSWORT)):
        antwort = melde_an(client, name, passwort)
        saetze.add(tuple(antwort.context["form"].non_field_errors()))
        assert not angemeldet(client)
    assert saetze == {("Anmeldename oder Passwort stimmt nicht.",)}


def test_a_closed_account_does_not_get_in(client, konto):
    konto.is_active = False
    konto.save()
    melde_an(client)
    assert not angemeldet(client)


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client, konto):
    for _ in range(5):
        melde_an(client, passwort="falsch")
    antwort = melde_an(client)
    assert not angemeldet(client)
    assert "Zu viele Fehlversuche." in antwort.content.decode()
    # Another account is not locked with it.
    User.objects.create_user("hans", password=PASSWORT)
    assert melde_an(client, "hans").status_code == 302


@pytest.mark.ignore_template_errors  # the page of the limit has no context of its own
def test_one_address_cannot_try_many_accounts(client):
    for nummer in range(30):
        antwort = melde_an(client, f"konto-{nummer}", "falsch")
    assert "Zu viele Fehlversuche." in antwort.content.decode()
    antwort = melde_an(client, "noch-eins", "falsch")
    assert antwort.status_code == 429
    assert "Zu viele Versuche" in antwort.content.decode()


@pytest.mark.parametrize(("vertraute", "gebremst"), [("192.0.2.99", True), ("127.0.0.1", False)])
def test_the_sender_of_a_request_is_believed_only_behind_a_proxy(
    client, konto, settings, vertraute, gebremst
):
    settings.FORWARDED_ALLOW_IPS = [vertraute]
    for nummer in range(12):
        kopf = {"X-Forwarded-For": f"192.0.2.{nummer}"}
        daten = {"login": f"konto-{nummer}", "password": "falsch"}
        antwort = client.post("/konto/login/", daten, headers=kopf)
    assert ("Zu viele Fehlversuche." in antwort.content.decode()) is gebremst


WEITERGEREICHT = [
    # trusted, neighbour, X-Forwarded-For, whose address counts
    ("127.0.0.1,::1", "203.0.113.5", "", "203.0.113.5"),
    ("127.0.0.1,::1", "127.0.0.1", "192.0.2.1", "192.0.2.1"),
    ("127.0.0.1,::1", "::1", "192.0.2.1", "192.0.2.1"),
    ("127.0.0.1,::1", "127.0.0.1", "", "127.0.0.1"),
    ("127.0.0.1,::1", "203.0.113.5", "192.0.2.1", "203.0.113.5"),
    ("10.0.0.0/8", "10.20.30.40", "192.0.2.1", "192.0.2.1"),
    ("10.0.0.0/8", "11.0.0.1", "192.0.2.1", "11.0.0.1"),
    ("2001:db8:1::/48", "2001:db8:1:2::3", "192.0.2.1", "192.0.2.1"),
    ("2001:db8:1::/48", "2001:db8:2::3", "192.0.2.1", "2001:db8:2::3"),
    ("*", "203.0.113.5", "192.0.2.1", "192.0.2.1"),
    # Those before the last anybody can invent, also with an address that is trusted.
    ("*", "203.0.113.5", "198.51.100.7, 192.0.2.1", "192.0.2.1"),
    ("10.0.0.0/8", "10.0.0.1", "198.51.100.7,10.9.9.9", "10.9.9.9"),
    # Not an address: the neighbour counts.
    ("127.0.0.1", "127.0.0.1", "unknown", "127.0.0.1"),
    ("127.0.0.1", "127.0.0.1", "192.0.2.1, ", "127.0.0.1"),
    ("127.0.0.1", "127.0.0.1", "192.0.2.1:50123", "192.0.2.1"),
    ("127.0.0.1", "127.0.0.1", "[2001:db8::7]:50123", "2001:db8::7"),
    ("127.0.0.1", "127.0.0.1", "2001:DB8::7", "2001:db8::7"),
    # gunicorn does not see 10.0.0.1 in the wrapped form either.
    ("10.0.0.0/8", "::ffff:10.0.0.1", "192.0.2.1", "10.0.0.1"),
    ("127.0.0.1", "::ffff:203.0.113.5", "", "203.0.113.5"),
    ("127.0.0.1", "fe80::1%eth0", "", "fe80::1"),
    # By a socket file: gunicorn believes it.
    ("127.0.0.1", "", "192.0.2.1", "192.0.2.1"),
]


@pytest.mark.parametrize(("vertraute", "nachbar", "kette", "erwartet"), WEITERGEREICHT)
def test_whose_address_counts(settings, rf, vertraute, nachbar, kette, erwartet):
    settings.FORWARDED_ALLOW_IPS = vertraute.split(",")
    kopf = {"X-Forwarded-For": kette} if kette else {}
    anfrage = rf.get("/", REMOTE_ADDR=nachbar, headers=kopf)
    assert get_adapter(anfrage).get_client_ip(anfrage) == erwartet


@pytest.mark.parametrize(
    ("vertraute", "nachbar"), sorted({(v, n) for v, n, *_ in WEITERGEREICHT if n})
)
def test_gunicorn_believes_the_same_neighbours(settings, rf, vertraute, nachbar):
    settings.FORWARDED_ALLOW_IPS = vertraute.split(",")
    gunicorn = Config()
    gunicorn.set("forwarded_allow_ips", vertraute)
    glaubt = _ip_in_allow_list(
        nachbar, gunicorn.forwarded_allow_ips, gunicorn.forwarded_allow_networks()
    )
    anfrage = rf.get("/", REMOTE_ADDR=nachbar, headers={"X-Forwarded-For": "192.0.2.250"})
    assert (get_adapter(anfrage).get_client_ip(anfrage) == "192.0.2.250") is glaubt


def test_all_limits_count_by_the_same_address(client, settings):
    """Code, report and sign-in ask the one adapter; the addresses of one network are one origin."""
    settings.FORWARDED_ALLOW_IPS = ["10.0.0.0/8"]
    for nr in range(20):
        kopf = {"X-Forwarded-For": f"2001:db8::{nr}"}
        Client(REMOTE_ADDR="10.1.1.1").get("/s/fhjlmqrwxz/", headers=kopf)
    kopf = {"X-Forwarded-For": "2001:db8::ffff"}
    assert Client(REMOTE_ADDR="10.2.2.2").get("/s/x/", headers=kopf).status_code == 429
    assert Client(REMOTE_ADDR="11.2.2.2").get("/s/x/", headers=kopf).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one connection for all threads")
def test_limits_are_counted_one_by_one(settings):
    """Forty at once are counted as if they came one after the other."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"stempel_code": "8/10m/key"}

    def rate(_: int) -> int:
        try:
            return Client().get("/s/fhjlmqrwxz/").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as faeden:
        stati = list(faeden.map(rate, range(40)))
    assert stati.count(404) == 8
    assert stati.count(429) == 32


def test_nobody_can_sign_up(client):
    for adresse in ("signup", "registrieren", "email"):
        assert client.post(f"/konto/{adresse}/", {"username": "neu"}).status_code == 404
    assert not User.objects.exists()


def test_signing_out_needs_a_click(client, konto):
    client.force_login(konto)
    assert oeffne(client, "/konto/logout/").alle("h1")[0].text == "Abmelden"
    assert angemeldet(client)
    assert client.post("/konto/logout/")["Location"] == "/konto/login/"
    assert not angemeldet(client)
    konto.is_staff = True
    konto.save()
    client.force_login(konto)
    assert client.post("/verwaltung/logout/")["Location"] == "/konto/login/"


def test_a_password_is_changed_with_the_old_one(client, konto):
    client.force_login(konto)
    neu = {"password1": "ein-ganz-neues-4712", "password2": "ein-ganz-neues-4712"}
    antwort = client.post("/konto/passwort/", neu | {"oldpassword": "falsch"})
    assert antwort.context["form"].errors["oldpassword"] == [
        "Das ist nicht Ihr bisheriges Passwort."
    ]
    antwort = client.post("/konto/passwort/", neu | {"oldpassword": PASSWORT}, follow=True)
    assert "Ihr Passwort ist geändert." in antwort.content.decode()
    konto.refresh_from_db()
    assert konto.check_password("ein-ganz-neues-4712")
    assert angemeldet(client)


def test_a_weak_password_is_refused_in_german(client, konto):
    client.force_login(konto)
    daten = {"oldpassword": PASSWORT, "password1": "12345", "password2": "12345"}
    saetze = client.post("/konto/passwort/", daten).context["form"].errors["password1"]
    assert any("zu kurz" in satz for satz in saetze)


def test_without_mail_nothing_is_sent_and_the_page_says_whom_to_ask(client, konto):
    seite = oeffne(client, "/konto/passwort/vergessen/")
    assert "Dieses Portal verschickt keine E-Mails." in seite.text
    assert client.post("/konto/passwort/vergessen/", {"email": konto.email}).status_code == 200
    assert mail.outbox == []
    assert settings.EMAIL_HOST == ""


@MIT_MAIL
def test_a_forgotten_password_is_set_anew_by_mail(client, konto):
    antwort = client.post("/konto/passwort/vergessen/", {"email": "erika@example.org"})
    assert antwort["Location"] == "/konto/passwort/vergessen/gesendet/"
    assert "Sehen Sie in Ihr Postfach" in oeffne(client, antwort["Location"]).text
    (brief,) = mail.outbox
    assert (brief.subject, brief.to) == (
        "[Strategieportal Bochum] Neues Passwort",
        ["erika@example.org"],
    )
    (link,) = re.findall(r"http://testserver(\S+)", brief.body)
    assert "„erika“" in brief.body
    formular = client.get(link)["Location"]
    assert oeffne(client, formular).alle("h1")[0].text == "Neues Passwort"
    daten = {"password1": "ein-ganz-neues-4712", "password2": "ein-ganz-neues-4712"}
    assert client.post(formular, daten)["Location"] == "/konto/passwort/neu/fertig/"
    assert "Ihr Passwort ist geändert" in oeffne(client, "/konto/passwort/neu/fertig/").text
    assert melde_an(client, passwort="ein-ganz-neues-4712").status_code == 302
    assert "Dieser Link gilt nicht mehr." in oeffne(Client(), link).text


@MIT_MAIL
def test_an_unknown_address_gets_no_mail_and_no_other_answer(client, konto):
    antwort = client.post("/konto/passwort/vergessen/", {"email": "fremd@example.org"})
    assert antwort["Location"] == "/konto/passwort/vergessen/gesendet/"
    assert mail.outbox == []


def test_passwords_are_kept_with_argon2(konto):
    haseher = "django.contrib.auth.hashers.Argon2PasswordHasher"
    with override_settings(PASSWORD_HASHERS=[haseher]):
        get_hashers.cache_clear()
        assert make_password(PASSWORT).startswith("argon2")
    quelltext = (settings.BASE_DIR / "bochum_strategie" / "settings.py").read_text()
    assert re.search(rf'PASSWORD_HASHERS = \[\s*"{re.escape(haseher)}"', quelltext)


def test_readers_get_no_cookie_and_no_vary(client):
    f.WesenskernFactory()
    antwort = client.get("/")
    assert not antwort.cookies
    assert "Cookie" not in antwort.get("Vary", "")
