// Loaded before libc (LD_PRELOAD): lets calls of a running process fail while somebody says so.
//
// SHIM_CONTROL names a file of 128 bytes that both sides map. Byte n switches fault n on; eight bytes from 64 + 8 n on count how often
// it struck. Faults, in this order: fdatasync and fsync give EIO; pwrite gives ENOSPC; every other pwrite, accept and recv gives EINTR; pwrite
// writes half; accept gives EMFILE; socket gives EMFILE.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

enum fault { SYNC_EIO, WRITE_ENOSPC, EINTR_EVERY_OTHER, SHORT_WRITE, ACCEPT_EMFILE, SOCKET_EMFILE };

static unsigned char *control;

__attribute__((constructor)) static void prepare(void) {
  const char *path = getenv("SHIM_CONTROL");
  if (!path) return;
  int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) abort();
  void *mapped = mmap(NULL, 128, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (mapped == MAP_FAILED) abort();
  control = mapped;
  close(file);
}

static int strikes(enum fault fault) {
  if (!control || !__atomic_load_n(control + fault, __ATOMIC_ACQUIRE)) return 0;
  uint64_t struck = __atomic_add_fetch((uint64_t *)(control + 64) + fault, 1, __ATOMIC_RELAXED);
  return fault != EINTR_EVERY_OTHER || struck % 2;
}

#define REAL(name) ({ static __typeof__(&name) real; if (!real) real = dlsym(RTLD_NEXT, #name); real; })
#define FAIL(fault, code) if (strikes(fault)) { errno = code; return -1; }

int fdatasync(int file) {
  FAIL(SYNC_EIO, EIO)
  return REAL(fdatasync)(file);
}

int fsync(int file) {
  FAIL(SYNC_EIO, EIO)
  return REAL(fsync)(file);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  FAIL(WRITE_ENOSPC, ENOSPC)
  FAIL(EINTR_EVERY_OTHER, EINTR)
  if (count > 1 && strikes(SHORT_WRITE)) count /= 2;
  return REAL(pwrite)(file, bytes, count, offset);
}

int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags) {
  FAIL(EINTR_EVERY_OTHER, EINTR)
  FAIL(ACCEPT_EMFILE, EMFILE)
  return REAL(accept4)(socket, address, length, flags);
}

int accept(int socket, struct sockaddr *address, socklen_t *length) {
  FAIL(EINTR_EVERY_OTHER, EINTR)
  FAIL(ACCEPT_EMFILE, EMFILE)
  return REAL(accept)(socket, address, length);
}

ssize_t recv(int socket, void *bytes, size_t count, int flags) {
  FAIL(EINTR_EVERY_OTHER, EINTR)
  return REAL(recv)(socket, bytes, count, flags);
}

int socket(int domain, int type, int protocol) {
  if (domain == AF_INET || domain == AF_INET6) { FAIL(SOCKET_EMFILE, EMFILE) }
  return REAL(socket)(domain, type, protocol);
}
