"""How often readers may do something: counted by allauth, as at the sign-in, for each origin.

The origin is kept under a name from which its address cannot be told, no longer than the limit
lasts; no cookie. The limits stand in ``ACCOUNT_RATE_LIMITS``, each with one rate, per key.
"""

import time

# ``allauth.core.ratelimit`` is a wrapper around this that never counts a GET.
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

APP = "allauth.account"


def zaehle(request: HttpRequest, aktion: str) -> bool:
    """Counts ``aktion`` for the origin of ``request``; ``False`` when it was too often already."""
    schluessel = _herkunft(request)
    return bool(ratelimit.consume(request, app=APP, action=aktion, key=schluessel, limit_get=True))


def ist_frei(request: HttpRequest, aktion: str) -> bool:
    """Whether ``zaehle`` would agree. Only reads: nobody waits for a lock to read."""
    rate = _rate(aktion)
    name = ratelimit.get_cache_key(
        request, app=APP, action=aktion, rate=rate, key=_herkunft(request)
    )
    return ratelimit.apply_rate(cache.get(name, []), time.time(), rate, dry_run=True)[0]


def dauer(aktion: str) -> int:
    """The seconds after which what was counted is forgotten."""
    return int(_rate(aktion).duration)


def _rate(aktion: str) -> ratelimit.Rate:
    (rate,) = ratelimit.get_rates(app=APP, action=aktion)
    return rate


def _herkunft(request: HttpRequest) -> str:
    return salted_hmac("herkunft", ratelimit.get_ip(request)).hexdigest()
