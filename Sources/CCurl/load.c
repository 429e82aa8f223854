#include "functions.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

// 7.87.0 brought CURLOPT_QUICK_EXIT, the newest thing relied on.
#define OLDEST_VERSION 0x075700
#define PACKAGE "install libcurl 7.87 or later (Debian and Ubuntu: apt-get install libcurl4)"

struct ccurl_functions ccurl_real;

static char problem[512];

static const char *resolve(const char *library) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) {
    snprintf(problem, sizeof problem, "libcurl can't be loaded: %s; " PACKAGE, dlerror());
    return problem;
  }
#define RESOLVE(name)                                                                                            \
  ccurl_real.name = (__typeof__(&curl_##name))dlsym(handle, "curl_" #name);                                     \
  if (ccurl_real.name == NULL) {                                                                                 \
    snprintf(problem, sizeof problem, "%s has no function curl_" #name "; " PACKAGE, library);                 \
    return problem;                                                                                              \
  }
  CCURL_FUNCTIONS(RESOLVE)
  const curl_version_info_data *found = ccurl_real.version_info(CURLVERSION_NOW);
  if (found->version_num < OLDEST_VERSION) {
    snprintf(problem, sizeof problem, "libcurl %s is too old; " PACKAGE, found->version);
    return problem;
  }
  CURLcode outcome = ccurl_real.global_init(CURL_GLOBAL_DEFAULT);
  if (outcome != CURLE_OK) {
    snprintf(problem, sizeof problem, "libcurl %s doesn't start: %s", found->version, ccurl_real.easy_strerror(outcome));
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
