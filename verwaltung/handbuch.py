"""The handbook of the administration: `docs/handbuch.md` and its pictures, for who signs in."""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

ORDNER = Path(settings.BASE_DIR) / "docs"
BILDER = ORDNER / "bild"
TEXT = ORDNER / "handbuch.md"


@dataclass(frozen=True)
class Handbuch:
    """The text as HTML, and its chapters: (anchor, heading)."""

    html: SafeString
    kapitel: tuple[tuple[str, str], ...]


def lies_handbuch(text: str) -> Handbuch:
    """Markdown to HTML: each heading gets an anchor; the first one is the title of the page.

    The anchors are made as GitHub makes them, so that links work there, too.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    stuecke = markdown.parse(text)
    kapitel = []
    for stueck, inhalt in pairwise(stuecke):
        if stueck.type == "heading_open":
            anker = re.sub(r"[^\w -]", "", inhalt.content.lower()).replace(" ", "-")
            stueck.attrSet("id", anker)
            if stueck.tag == "h2":
                kapitel.append((anker, inhalt.content))
    ohne_titel = stuecke[3:]  # open, text, close of the first heading
    html = markdown.renderer.render(ohne_titel, markdown.options, {})
    return Handbuch(mark_safe(html), tuple(kapitel))


@require_safe
def handbuch(request: HttpRequest) -> HttpResponse:
    """The handbook, the same for all roles: it says who may do what."""
    inhalt = {"title": "Handbuch", "handbuch": lies_handbuch(TEXT.read_text(encoding="utf-8"))}
    return render(request, "admin/handbuch.html", admin.site.each_context(request) | inhalt)


@require_safe
def bild(request: HttpRequest, name: str) -> FileResponse:
    """A picture of the handbook; raises ``Http404`` if there is none such."""
    pfad = BILDER / f"{name}.png"
    if not pfad.is_file():
        raise Http404("Dieses Bild gibt es nicht.")
    return FileResponse(pfad.open("rb"), content_type="image/png")
