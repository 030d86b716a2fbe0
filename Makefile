# What a person or CI does with the portal. `make start` and `make test` need python3 (>= 3.11),
# pip and make; everything else is installed into .venv from the locks.

PYTHON ?= python3
VENV := .venv/bin/python
PIP := $(PYTHON) -m pip --python $(VENV) --disable-pip-version-check install -qq
# Without its extras a package is not pinned for every pip (tests/schloesser.py).
COMPILE := $(VENV) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
# One process a core; the tests of a file stay together, they share what they load.
PYTEST := $(VENV) -m pytest --numprocesses=auto --dist=loadfile --no-loadscope-reorder
DJADE := .venv/bin/djade --target-version 5.2

.PHONY: start admin test test-postgres coverage bench bilder haus check format lock

start: .venv/laufzeit
	@exec $(VENV) manage.py start

admin: .venv/laufzeit
	@$(VENV) manage.py migrate --verbosity 0
	@$(VENV) manage.py createsuperuser

test: .venv/entwicklung
	@tests/chromium.sh
	$(PYTEST)

# The same with the branch coverage, which takes a third of the time more.
coverage: .venv/entwicklung
	@tests/chromium.sh
	$(PYTEST) --cov

# Only what can differ there (tests/datenbanken.py); with ALLES=1 whatever uses the database.
test-postgres: .venv/entwicklung
	tests/postgres.sh $(PYTEST) -m $(if $(ALLES),datenbank,postgres)

# What pages cost, as ratios; alone, because it measures.
bench: .venv/entwicklung
	$(VENV) -m pytest tests/bench.py --quiet --capture=no

# The pictures of the handbook, taken anew from the real screens.
bilder: .venv/entwicklung
	@tests/chromium.sh
	$(VENV) -m tests.bilder

# The drawing of the house in docs/architektur.md, made anew from the imports.
haus: .venv/entwicklung
	$(VENV) -m tests.haus

check: export SECRET_KEY := nur-fuer-make-check-1234567890-abcdefghijklmnopqrstuvwxyz
# A fresh clone has no folder for the database yet; what is checked here needs none.
check: export DATABASE_URL := sqlite://:memory:
check: .venv/entwicklung .venv/schloesser
	$(VENV) -m ruff format --check .
	$(VENV) -m ruff check .
	find templates -name '*.html' -exec $(DJADE) --check {} +
	$(VENV) -m mypy
	$(VENV) -W error manage.py makemigrations --check --dry-run
	HTTPS=1 $(VENV) -W error manage.py check --deploy --fail-level WARNING

format: .venv/entwicklung
	$(VENV) -m ruff check --fix-only .
	$(VENV) -m ruff format .
	-find templates -name '*.html' -exec $(DJADE) {} +  # 1 says that it changed something

# Keeps the versions it finds; `make lock NEU=--upgrade` takes the newest that pyproject.toml allows.
lock: $(VENV)
	$(PIP) uv
	$(COMPILE) $(NEU) pyproject.toml --output-file requirements.lock
	$(COMPILE) $(NEU) pyproject.toml --group dev --constraint requirements.lock \
		--output-file requirements-dev.lock

# Debian without python3-venv has no ensurepip: the venv is filled by the pip outside of it.
$(VENV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo 'Das Strategieportal braucht Python 3.11 oder neuer (make PYTHON=/pfad/zu/python3).' >&2; exit 1; }
	@$(PYTHON) -m pip --python "$$(command -v $(PYTHON))" --version >/dev/null 2>&1 || \
		{ echo 'Es fehlt pip, oder es ist zu alt: README.md nennt das älteste, das genügt' \
			'(unter Debian und Ubuntu: apt install python3-pip).' >&2; exit 1; }
	@$(PYTHON) -m venv --without-pip .venv

.venv/laufzeit: requirements.lock | $(VENV)
	@echo 'Pakete werden installiert …' >&2
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

# The development lock holds the versions of the runtime lock, too.
.venv/entwicklung: requirements-dev.lock requirements.lock | $(VENV)
	@echo 'Pakete werden installiert …' >&2
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch .venv/laufzeit $@

# It costs a minute: again only when something of it has changed.
.venv/schloesser: requirements.lock requirements-dev.lock README.md tests/schloesser.py | .venv/entwicklung
	@echo 'Die Schlösser werden geprüft …' >&2
	@$(VENV) -m tests.schloesser $(PYTHON)
	@touch $@
