"""Several writers at once, each in a thread with a database connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connections


def nebeneinander(*aufgaben: Callable[[], None], mal: int = 1) -> list[Exception]:
    """Runs each task ``mal`` times in its own thread, all at once; what they raised."""
    fehler: list[Exception] = []
    start = Barrier(len(aufgaben))

    def arbeite(aufgabe: Callable[[], None]) -> None:
        try:
            start.wait()
            for _ in range(mal):
                aufgabe()
        except Exception as ausnahme:
            fehler.append(ausnahme)
        finally:
            connections.close_all()

    faeden = [Thread(target=arbeite, args=(aufgabe,)) for aufgabe in aufgaben]
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join()
    return fehler
