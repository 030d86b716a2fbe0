"""Sign-in at /konto/: accounts are made in the administration, nobody signs up.

Mail goes out only where a server for it is configured; without one the page about a forgotten
password says whom to ask.
"""

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import ClassVar

from allauth.account import views
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import clean_client_ip
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import URLPattern, path, re_path
from django.views.decorators.cache import never_cache

from grundlage.rollen import rollen_von

# The base template asks for it: links of these pages carry no Stichtag.
SEITE = {"seite": {"weiter": ""}}


class KontoAdapter(DefaultAccountAdapter):
    """What is special here: closed sign-up, German sentences, where people go next."""

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Dieses Konto ist gesperrt.",
        "enter_current_password": "Das ist nicht Ihr bisheriges Passwort.",
        "incorrect_password": "Das ist nicht Ihr bisheriges Passwort.",
        "too_many_login_attempts": "Zu viele Fehlversuche. Versuchen Sie es in fünf Minuten noch "
        "einmal.",
        "username_password_mismatch": "Anmeldename oder Passwort stimmt nicht.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """There is no address for it either."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Editors go to the administration, all others to their account."""
        return resolve_url("admin:index" if request.user.is_staff else "konto")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("konto")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address a request comes from; all limits of the portal count by it.

        A trusted server in front tells it in X-Forwarded-For. The last entry is the one that it
        wrote itself; those before it anybody can invent.
        """
        nachbar = request.META.get("REMOTE_ADDR", "")
        genannt = request.headers.get("X-Forwarded-For", "").rpartition(",")[2]
        bekannt = clean_client_ip(genannt) if genannt and _steht_davor(nachbar) else None
        return _eindeutig(bekannt or nachbar)

    def add_message(self, request, level, message_template=None, *args, **kwargs) -> None:
        """Only what the next page does not show by itself."""
        if message_template == "account/messages/password_changed.txt":
            messages.success(request, "Ihr Passwort ist geändert.")


def _steht_davor(nachbar: str) -> bool:
    """Whether gunicorn believes the one that is connected to it; a socket file always."""
    vertraute = tuple(settings.FORWARDED_ALLOW_IPS)
    try:
        adresse = ip_address(nachbar)
    except ValueError:
        return True
    return "*" in vertraute or any(adresse in netz for netz in _netze(vertraute))


@lru_cache(maxsize=2)
def _netze(eintraege: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(eintrag) for eintrag in eintraege if eintrag != "*")


def _eindeutig(adresse: str) -> str:
    """Without the name of an interface; one of IPv4 that IPv6 wraps as itself.

    allauth counts IPv6 by network: wrapped ones would all be one.
    """
    try:
        ip = ip_address(adresse.partition("%")[0])
    except ValueError:
        return adresse
    return str(getattr(ip, "ipv4_mapped", None) or ip)


@never_cache
@login_required
def konto(request: HttpRequest) -> HttpResponse:
    zugang = getattr(request.user, "zugang", None)
    inhalt = SEITE | {"rollen": sorted(rollen_von(request.user)), "zugang": zugang}
    return render(request, "account/konto.html", inhalt)


@never_cache
def passwort_vergessen(request: HttpRequest) -> HttpResponse:
    """The form for it, or the sentence that this portal sends no mail."""
    if settings.EMAIL_HOST:
        return views.PasswordResetView.as_view(extra_context=SEITE)(request)
    return render(request, "account/ohne_mail.html", SEITE)


def _seite(adresse: str, view, name: str) -> URLPattern:
    return path(adresse, view.as_view(extra_context=SEITE), name=f"account_{name}")


urlpatterns = [
    path("", konto, name="konto"),
    _seite("login/", views.LoginView, "login"),
    _seite("logout/", views.LogoutView, "logout"),
    _seite("gesperrt/", views.AccountInactiveView, "inactive"),
    _seite("passwort/", views.PasswordChangeView, "change_password"),
    path("passwort/vergessen/", passwort_vergessen, name="account_reset_password"),
    _seite("passwort/vergessen/gesendet/", views.PasswordResetDoneView, "reset_password_done"),
    _seite(
        "passwort/neu/fertig/", views.PasswordResetFromKeyDoneView, "reset_password_from_key_done"
    ),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.PasswordResetFromKeyView.as_view(extra_context=SEITE),
        name="account_reset_password_from_key",
    ),
]
