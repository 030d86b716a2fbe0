"""Keeps the copy of this process, and notices when the facts have changed."""

import logging
import threading
from time import monotonic

from django.db import Error

from grundlage.blick import in_vorschau
from grundlage.datenstand import datenstand, eigene_aenderungen

from .bestand import Bestand, an_der_wurzel
from .lesen import lies_bestand

# For so many seconds nobody asks whether others have changed something.
FRIST = 0.5

log = logging.getLogger(__name__)


class _Lager:
    """One copy, replaced as a whole: a page takes it once and never meets a mixture.

    One thread asks and reads; the others go on with what is there. They wait only for the first
    copy, and for one that holds what was saved in this process.
    """

    def __init__(self) -> None:
        self._schloss = threading.Lock()
        self.leere()

    def leere(self) -> None:
        """Forgets the copy: for tests, whose rollbacks use a Datenstand twice."""
        self._bestand: Bestand | None = None
        self._gefragt = 0.0
        self._eigene = -1

    def aktueller(self) -> Bestand:
        """The facts as they stand, a moment old at most; what was saved here is seen at once.

        In a preview they are read for its page alone and thrown away: they hold what readers must
        not see. While the database is away the last copy goes on being served. Not to be asked
        within a transaction that writes: the copy would hold what is not saved yet.
        """
        if in_vorschau():
            return lies_bestand()
        bestand, eigene = self._bestand, eigene_aenderungen()
        muss = bestand is None or eigene > self._eigene
        if not muss and monotonic() < self._gefragt + FRIST:
            return bestand
        if not self._schloss.acquire(blocking=muss):
            return bestand
        try:
            return self._frage(eigene)
        finally:
            self._schloss.release()

    def _frage(self, eigene: int) -> Bestand:
        """Asks for the Datenstand, and reads anew what has changed."""
        gefragt = monotonic()
        try:
            if self._bestand is None or self._ist_veraltet():
                with an_der_wurzel():
                    self._bestand = lies_bestand()
        except Error:
            if self._bestand is None:
                raise
            log.warning("Gezeigt wird der letzte Stand.", exc_info=True)
            self._gefragt = monotonic()  # trying may have taken longer than the interval
        else:
            self._gefragt, self._eigene = gefragt, max(eigene, self._eigene)
        return self._bestand

    def _ist_veraltet(self) -> bool:
        return self._bestand.nummer != datenstand()


_lager = _Lager()
aktueller_bestand = _lager.aktueller
leere = _lager.leere
