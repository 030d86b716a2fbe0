"""The register is about the same Kernaktivität, and stamped by the same colleague, as the pages."""

from tests.seiten.conftest import ka, kollegin

__all__ = ["ka", "kollegin"]
