#!/bin/sh
# Looking at the history of a model makes a class: every `Model.history` builds a manager class anew.
#
# django-simple-history 3.13.0 with Django 5.2.19. The descriptor behind `history` calls
# `HistoryManager.from_queryset(...)` at every access, on the class and on an instance, and Django makes
# a new class there, with all methods of the QuerySet copied. A class is in a circle with itself, so that
# only the garbage collector frees it. Code that asks each row for its history (restoring, comparing, an
# audit page) spends more on making classes than on building its queries: here about fifty times what the
# same look costs when the class is kept. Keeping it needs a manager whose `from_queryset` is cached,
# given as `HistoricalRecords(history_manager=...)`.
#
# Seen: 200 looks, 200 different classes; with the cached manager 1, and less than a third of the time.
# Source: simple_history/manager.py (HistoryDescriptor), django/db/models/manager.py (from_queryset).
set -eu
ordner=$(mktemp -d)
trap 'rm -rf "$ordner"' EXIT
cd "$ordner"
python3 -m venv umgebung
umgebung/bin/python -m pip install --quiet --disable-pip-version-check \
	'Django==5.2.19' 'django-simple-history==3.13.0'
mkdir probe
touch probe/__init__.py
cat >probe/models.py <<'MODELS'
from functools import cache

from django.db import models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords


class Kept(HistoryManager):
    @classmethod
    @cache
    def from_queryset(cls, queryset_class, class_name=None):
        return super().from_queryset(queryset_class, class_name)


class Note(models.Model):
    text = models.TextField()
    history = HistoricalRecords()


class Letter(models.Model):
    text = models.TextField()
    history = HistoricalRecords(history_manager=Kept)
MODELS
cat >look.py <<'LOOK'
from time import process_time

import django
from django.conf import settings

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "simple_history",
        "probe",
    ],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from probe.models import Letter, Note  # noqa: E402


def look(model):
    start = process_time()
    classes = [type(model.history) for _ in range(200)]  # held, so that no id comes twice
    return len(set(classes)), process_time() - start


made, dear = look(Note)
kept, cheap = look(Letter)
print(f"classes made by 200 looks: {made}, with a manager that keeps its class: {kept}")
print(f"time of the one to the other: {dear / cheap:.1f}")
assert made == 200, "the library keeps its class by now: the surprise is gone"
assert kept == 1
assert cheap < dear / 3
LOOK
umgebung/bin/python look.py
