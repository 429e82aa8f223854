// Loaded before libc (LD_PRELOAD): lets one of a process' file calls fail, or ends the process at it.
//
//   SHIM_AT    the call, counted from 1
//   SHIM_MODE  before, half, after: SIGKILL there; EIO, ENOSPC: that error; EIO-half, ENOSPC-half: after half of a write;
//              with -forever, from that call on
//   SHIM_LOG   a file that gets a byte for each call
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long at = -1, calls = 0;
static const char *mode = "";
static int log_file = -1, forever = 0;

__attribute__((constructor)) static void prepare(void) {
  const char *number = getenv("SHIM_AT");
  if (number) at = atol(number);
  if (getenv("SHIM_MODE")) mode = getenv("SHIM_MODE");
  forever = strstr(mode, "-forever") != NULL;
  const char *path = getenv("SHIM_LOG");
  if (path) log_file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

static int is_due(char kind) {
  if (log_file >= 0 && write(log_file, &kind, 1) < 0) abort();
  calls++;
  return calls == at || (forever && at > 0 && calls > at);
}

static void stop(void) { kill(getpid(), SIGKILL); for (;;) pause(); }
static int starts(const char *word) { return strncmp(mode, word, strlen(word)) == 0; }

// Whether the call must not happen; errno is set.
static int fails(void) {
  if (starts("before")) stop();
  if (starts("EIO")) { errno = EIO; return 1; }
  if (starts("ENOSPC")) { errno = ENOSPC; return 1; }
  return 0;
}

static void done(int due) { if (due && (starts("after") || starts("half"))) stop(); }

#define REAL(name) ({ static __typeof__(&name) real; if (!real) real = dlsym(RTLD_NEXT, #name); real; })

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  int due = is_due('w');
  if (due && strstr(mode, "half")) REAL(pwrite)(file, bytes, count / 2, offset);
  else if (!due || starts("after")) { ssize_t got = REAL(pwrite)(file, bytes, count, offset); done(due); return got; }
  done(due);
  return fails() ? -1 : REAL(pwrite)(file, bytes, count, offset);
}

#define WRAP(result, name, letter, parameters, arguments) \
  result name parameters { \
    int due = is_due(letter); \
    if (due && fails()) return -1; \
    result got = REAL(name) arguments; \
    done(due); \
    return got; \
  }

WRAP(int, fdatasync, 's', (int file), (file))
WRAP(int, fsync, 'd', (int file), (file))
WRAP(int, unlinkat, 'u', (int directory, const char *name, int flags), (directory, name, flags))
WRAP(int, renameat, 'r', (int from, const char *old, int to, const char *name), (from, old, to, name))
WRAP(int, linkat, 'l', (int from, const char *old, int to, const char *name, int flags), (from, old, to, name, flags))

int openat(int directory, const char *name, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t permissions = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  int due = (flags & O_CREAT) ? is_due('c') : 0;
  if (due && fails()) return -1;
  int got = REAL(openat)(directory, name, flags, permissions);
  done(due);
  return got;
}
