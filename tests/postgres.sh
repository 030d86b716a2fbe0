#!/usr/bin/env bash
# Runs a command with DATABASE_URL pointing to a PostgreSQL of its own that is thrown away after it:
#     tests/postgres.sh .venv/bin/python -m pytest
set -euo pipefail

programme() { # the folder with initdb and pg_ctl, newest version first
	local kandidat
	for kandidat in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) \
		"$(dirname "$(command -v initdb || echo /)")"; do
		if [ -x "$kandidat/initdb" ]; then
			echo "$kandidat"
			return
		fi
	done
}

installiere() {
	local als_root=()
	[ "$(id -u)" -eq 0 ] || als_root=(sudo -n)
	echo 'PostgreSQL wird installiert …' >&2
	export DEBIAN_FRONTEND=noninteractive
	"${als_root[@]}" apt-get update >/dev/null &&
		"${als_root[@]}" apt-get install -y --no-install-recommends postgresql >/dev/null
}

freier_port() {
	python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

als_dienst() { # PostgreSQL refuses to run as root
	(cd "$ordner" && if [ "$(id -u)" -eq 0 ]; then runuser -u "$konto" -- "$@"; else "$@"; fi)
}

raeume_auf() {
	als_dienst "$bin/pg_ctl" stop -D "$ordner/daten" -m immediate >/dev/null 2>&1 || true
	rm -rf "$ordner"
}

bin=$(programme)
if [ -z "$bin" ]; then
	installiere || { echo 'PostgreSQL fehlt. Bitte: sudo apt-get install postgresql' >&2; exit 1; }
	bin=$(programme)
fi
konto=$(getent passwd postgres >/dev/null && echo postgres || echo nobody)
ordner=$(mktemp -d)
port=$(freier_port)
trap raeume_auf EXIT
trap 'exit 130' INT TERM HUP
[ "$(id -u)" -ne 0 ] || chown "$konto" "$ordner"

als_dienst "$bin/initdb" -D "$ordner/daten" -U portal --auth=trust --encoding=UTF8 \
	--locale=C.UTF-8 --no-sync >/dev/null
als_dienst "$bin/pg_ctl" start -w -D "$ordner/daten" -l "$ordner/protokoll" -o \
	"-h 127.0.0.1 -p $port -k $ordner -c fsync=off -c synchronous_commit=off -c full_page_writes=off" \
	>/dev/null || { cat "$ordner/protokoll" >&2; exit 1; }
als_dienst "$bin/createdb" -h 127.0.0.1 -p "$port" -U portal portal

export DATABASE_URL="postgres://portal@127.0.0.1:$port/portal"
"$@"
