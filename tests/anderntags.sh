#!/bin/sh
# Runs a command with the clock some days on, also in all processes that it starts:
#     tests/anderntags.sh 365 make test
# It needs a C compiler. libfaketime will not do: it shifts what Python sleeps and waits by as well.
set -eu
ordner=$(mktemp -d)
trap 'rm -rf "$ordner"' EXIT
"${CC:-cc}" -O2 -shared -fPIC -Wall "-DSEKUNDEN=($1 * 86400L)" -x c -o "$ordner/uhr.so" - <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t uhr, struct timespec *zeit) {
	int fehler = syscall(SYS_clock_gettime, uhr, zeit);
	if (!fehler && (uhr == CLOCK_REALTIME || uhr == CLOCK_REALTIME_COARSE))
		zeit->tv_sec += SEKUNDEN;
	return fehler;
}

time_t time(time_t *auch) {
	struct timespec jetzt;
	clock_gettime(CLOCK_REALTIME, &jetzt);
	return auch ? (*auch = jetzt.tv_sec) : jetzt.tv_sec;
}

int gettimeofday(struct timeval *zeit, void *zone) {
	struct timespec jetzt;
	clock_gettime(CLOCK_REALTIME, &jetzt);
	zeit->tv_sec = jetzt.tv_sec;
	zeit->tv_usec = jetzt.tv_nsec / 1000;
	return 0;
}

/* Files are as old as they are: their times go on, too. */
#define AUCH_DATEIEN(name, parameter, ...) \
	int name parameter { \
		int fehler = ((int(*) parameter) dlsym(RTLD_NEXT, #name))(__VA_ARGS__); \
		if (!fehler) \
			datei->st_mtim.tv_sec += SEKUNDEN; \
		return fehler; \
	}
AUCH_DATEIEN(stat64, (const char *pfad, struct stat64 *datei), pfad, datei)
AUCH_DATEIEN(lstat64, (const char *pfad, struct stat64 *datei), pfad, datei)
AUCH_DATEIEN(fstat64, (int nummer, struct stat64 *datei), nummer, datei)
AUCH_DATEIEN(fstatat64, (int ordner, const char *pfad, struct stat64 *datei, int wie), ordner, pfad,
	datei, wie)
C
shift
export PYTHONPYCACHEPREFIX="$ordner/pycache" # by the times of the sources: not for other days
LD_PRELOAD="$ordner/uhr.so${LD_PRELOAD:+ $LD_PRELOAD}" "$@"
