#define _GNU_SOURCE
#include "functions.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

static int is_allowed(const struct ccurl_sockets *sockets, int family, const struct sockaddr *address) {
  if (sockets->is_allowed == NULL) return 1;
  switch (family) {
    case AF_INET: {
      const struct sockaddr_in *four = (const void *)address;
      return sockets->is_allowed(sockets->context, (const void *)&four->sin_addr, sizeof four->sin_addr);
    }
    case AF_INET6: {
      const struct sockaddr_in6 *six = (const void *)address;
      return sockets->is_allowed(sockets->context, (const void *)&six->sin6_addr, sizeof six->sin6_addr);
    }
    default: return 0;
  }
}

static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
  (void)purpose;
  const struct ccurl_sockets *sockets = context;
  if (!is_allowed(sockets, address->family, &address->addr)) return CURL_SOCKET_BAD;
  int descriptor = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (descriptor < 0) return CURL_SOCKET_BAD;
  unsigned int timeout = sockets->user_timeout_ms;
  // Without it a dead line is noticed later, by the deadline: no reason to give up the connection.
  if (timeout > 0) setsockopt(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout, sizeof timeout);
  return descriptor;
}

static int before_request(void *context, char *peer, char *local, int peer_port, int local_port) {
  (void)local, (void)peer_port, (void)local_port;
  const struct ccurl_sockets *sockets = context;
  if (sockets->is_allowed == NULL) return CURL_PREREQFUNC_OK;
  unsigned char bytes[sizeof(struct in6_addr)];
  // A zone ("fe80::1%eth0") says through which interface, not to whom.
  char bare[INET6_ADDRSTRLEN];
  size_t count = strcspn(peer, "%");
  if (count >= sizeof bare) return CURL_PREREQFUNC_ABORT;
  memcpy(bare, peer, count);
  bare[count] = 0;
  int allowed = 0;
  if (inet_pton(AF_INET, bare, bytes) == 1) {
    allowed = sockets->is_allowed(sockets->context, bytes, sizeof(struct in_addr));
  } else if (inet_pton(AF_INET6, bare, bytes) == 1) {
    allowed = sockets->is_allowed(sockets->context, bytes, sizeof(struct in6_addr));
  }
  return allowed ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

CURLcode ccurl_easy_setopt_sockets(CURL *handle, struct ccurl_sockets *sockets) {
  CURLcode outcome = ccurl_real.easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  if (outcome == CURLE_OK) outcome = ccurl_real.easy_setopt(handle, CURLOPT_OPENSOCKETDATA, sockets);
  if (outcome != CURLE_OK || sockets->is_allowed == NULL) return outcome;
  outcome = ccurl_real.easy_setopt(handle, CURLOPT_PREREQFUNCTION, before_request);
  if (outcome == CURLE_OK) outcome = ccurl_real.easy_setopt(handle, CURLOPT_PREREQDATA, sockets);
  return outcome;
}
