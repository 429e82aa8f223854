#define _GNU_SOURCE
// The checking macros of <curl/curl.h> would stand in the way of naming its functions.
#define CURL_DISABLE_TYPECHECK
#include "ccurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

#undef curl_easy_setopt
#undef curl_easy_getinfo

// 7.85.0 brought CURLOPT_PROTOCOLS_STR, the newest thing used here.
#define OLDEST_VERSION 0x075500
#define PACKAGE "install libcurl 7.85 or later (Debian and Ubuntu: apt-get install libcurl4)"

#define FUNCTIONS(EACH)                                                                                          \
  EACH(global_init)                                                                                              \
  EACH(version_info)                                                                                             \
  EACH(easy_init)                                                                                                \
  EACH(easy_cleanup)                                                                                             \
  EACH(easy_reset)                                                                                               \
  EACH(easy_perform)                                                                                             \
  EACH(easy_strerror)                                                                                            \
  EACH(easy_setopt)                                                                                              \
  EACH(easy_getinfo)                                                                                             \
  EACH(slist_append)                                                                                             \
  EACH(slist_free_all)

#define DECLARE(name) static __typeof__(&curl_##name) real_##name;
FUNCTIONS(DECLARE)

static char problem[512];

static const char *resolve(const char *library) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) {
    snprintf(problem, sizeof problem, "libcurl can't be loaded: %s; " PACKAGE, dlerror());
    return problem;
  }
#define RESOLVE(name)                                                                                            \
  real_##name = (__typeof__(&curl_##name))dlsym(handle, "curl_" #name);                                         \
  if (real_##name == NULL) {                                                                                     \
    snprintf(problem, sizeof problem, "%s has no function curl_" #name "; " PACKAGE, library);                 \
    return problem;                                                                                              \
  }
  FUNCTIONS(RESOLVE)
  const curl_version_info_data *found = real_version_info(CURLVERSION_NOW);
  if (found->version_num < OLDEST_VERSION) {
    snprintf(problem, sizeof problem, "libcurl %s is too old; " PACKAGE, found->version);
    return problem;
  }
  CURLcode outcome = real_global_init(CURL_GLOBAL_DEFAULT);
  if (outcome != CURLE_OK) {
    snprintf(problem, sizeof problem, "libcurl %s can't be started: %s", found->version, real_easy_strerror(outcome));
    return problem;
  }
  return NULL;
}

const char *ccurl_load(const char *library) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  static int is_decided;
  static const char *outcome;
  pthread_mutex_lock(&lock);
  if (!is_decided) {
    outcome = resolve(library);
    is_decided = 1;
  }
  const char *result = outcome;
  pthread_mutex_unlock(&lock);
  return result;
}

CURL *ccurl_easy_init(void) { return real_easy_init(); }
void ccurl_easy_cleanup(CURL *handle) { real_easy_cleanup(handle); }
void ccurl_easy_reset(CURL *handle) { real_easy_reset(handle); }
CURLcode ccurl_easy_perform(CURL *handle) { return real_easy_perform(handle); }
const char *ccurl_easy_strerror(CURLcode code) { return real_easy_strerror(code); }

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line) {
  return real_slist_append(list, line);
}
void ccurl_slist_free_all(struct curl_slist *list) { real_slist_free_all(list); }

CURLcode ccurl_easy_setopt_long(CURL *handle, CURLoption option, long value) {
  return real_easy_setopt(handle, option, value);
}
CURLcode ccurl_easy_setopt_string(CURL *handle, CURLoption option, const char *value) {
  return real_easy_setopt(handle, option, value);
}
CURLcode ccurl_easy_setopt_pointer(CURL *handle, CURLoption option, void *value) {
  return real_easy_setopt(handle, option, value);
}
CURLcode ccurl_easy_setopt_headers(CURL *handle, CURLoption option, struct curl_slist *value) {
  return real_easy_setopt(handle, option, value);
}
CURLcode ccurl_easy_setopt_bytes_function(CURL *handle, CURLoption option, ccurl_bytes_function value) {
  return real_easy_setopt(handle, option, value);
}
CURLcode ccurl_easy_getinfo_long(CURL *handle, CURLINFO info, long *value) {
  return real_easy_getinfo(handle, info, value);
}
