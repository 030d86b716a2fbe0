#!/bin/sh
# Sees to it that the browser tests find Chromium: installs Debian's where that is possible.
command -v chromium >/dev/null && exit 0

if ! command -v apt-get >/dev/null; then
	echo 'Chromium fehlt und lässt sich hier nicht von selbst installieren.' >&2
	exit 0
fi
if [ "$(id -u)" -eq 0 ]; then
	als_root=
elif sudo -n true 2>/dev/null; then
	als_root='sudo -n'
else
	echo 'Chromium fehlt. Bitte: sudo apt-get install chromium fonts-liberation' >&2
	exit 0
fi
echo 'Chromium wird installiert …' >&2
export DEBIAN_FRONTEND=noninteractive
{ $als_root apt-get update && $als_root apt-get install -y --no-install-recommends \
	chromium fonts-liberation; } >/dev/null || echo 'Chromium ließ sich nicht installieren.' >&2
