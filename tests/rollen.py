"""People with roles: an account, what is its own, and a client that is signed in."""

from django.contrib.auth.models import Group, User
from django.test import Client

from grundlage.rollen import IN_DER_VERWALTUNG, Rolle
from kernaktivitaeten.models import Kernaktivitaet, Zugang


def konto(*rollen: Rolle, eigene: tuple[Kernaktivitaet, ...] = (), name: str = "") -> User:
    """An account as the administration makes it; ``eigene`` by Kompetenz and one by one."""
    user = User.objects.create_user(
        name or "-".join(rollen) or "ohne-rolle", is_staff=bool(set(rollen) & IN_DER_VERWALTUNG)
    )
    for rolle in rollen:
        user.groups.add(Group.objects.get_or_create(name=rolle.value)[0])
    zugang = Zugang.objects.create(user=user)
    zugang.kernaktivitaeten.set(eigene)
    zugang.kompetenzen.set({ka.kompetenz_id for ka in eigene})
    return user


def angemeldet(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
