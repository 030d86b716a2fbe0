#!/bin/sh
# A lock that installs today and not next week, although no line of it changes.
#
# uv 0.13.9, pip 23.0.1 and pip 26.3. `uv pip compile --generate-hashes` writes a package that others
# need with an extra ("coverage[toml]>=7.10.6" of pytest-cov 7.0.0) without that extra: "coverage==…".
# pip 23.0.1 does not take the one for the other: in hash mode it looks for coverage[toml] by itself,
# finds the newest release, and refuses it as not pinned. As long as the pinned version is the newest,
# nothing is to be seen. pip 26.3 takes it. With `--no-strip-extras` both do.
#
# Seen: rc 1 and "all requirements must have their versions pinned with ==" from pip 23.0.1; rc 0 from
# pip 26.3; with the option "coverage[toml]==7.10.6" in the lock and rc 0 from both.
# Sources: `uv pip compile --help` on --no-strip-extras, and the runs below.
set -eu
ordner=$(mktemp -d)
trap 'rm -rf "$ordner"' EXIT
cd "$ordner"

umgebung() { # name, version of pip
	python3 -m venv "$1"
	"$1/bin/python" -m pip install --quiet --disable-pip-version-check "pip==$2"
}
umgebung alt 23.0.1
umgebung neu 26.3
python3 -m venv werkzeug
werkzeug/bin/python -m pip install --quiet --disable-pip-version-check 'uv==0.13.9'

echo 'pytest-cov==7.0.0' >gewollt.in
echo 'coverage==7.10.6' >grenze.txt # not the newest: as after a week
schliesse() { # options
	werkzeug/bin/python -m uv pip compile --quiet --generate-hashes --constraint grenze.txt \
		--no-emit-index-url "$@" gewollt.in
}
schliesse --output-file ohne.lock
schliesse --no-strip-extras --output-file mit.lock
grep -q '^coverage==7.10.6' ohne.lock
grep -q '^coverage\[toml\]==7.10.6' mit.lock

nimmt() { # environment, lock
	"$1/bin/python" -m pip install --dry-run --quiet --disable-pip-version-check --require-hashes \
		--ignore-installed -r "$2" >"$1.txt" 2>&1
}
if nimmt alt ohne.lock; then
	echo 'pip 23.0.1 takes the lock without extras: the surprise is gone.' >&2
	exit 1
fi
grep -q 'must have their versions pinned with ==' alt.txt
nimmt neu ohne.lock
nimmt alt mit.lock
nimmt neu mit.lock
echo 'As described: only the lock with its extras installs with both.'
