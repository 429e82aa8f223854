#include "functions.h"

CURL *ccurl_easy_init(void) { return ccurl_real.easy_init(); }
void ccurl_easy_cleanup(CURL *handle) { ccurl_real.easy_cleanup(handle); }
void ccurl_easy_reset(CURL *handle) { ccurl_real.easy_reset(handle); }
const char *ccurl_easy_strerror(CURLcode code) { return ccurl_real.easy_strerror(code); }

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line) {
  return ccurl_real.slist_append(list, line);
}
void ccurl_slist_free_all(struct curl_slist *list) { ccurl_real.slist_free_all(list); }

CURLcode ccurl_easy_setopt_long(CURL *handle, CURLoption option, long value) {
  return ccurl_real.easy_setopt(handle, option, value);
}
CURLcode ccurl_easy_setopt_string(CURL *handle, CURLoption option, const char *value) {
  return ccurl_real.easy_setopt(handle, option, value);
}
CURLcode ccurl_easy_setopt_pointer(CURL *handle, CURLoption option, void *value) {
  return ccurl_real.easy_setopt(handle, option, value);
}
CURLcode ccurl_easy_setopt_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return ccurl_real.easy_setopt(handle, option, value);
}
CURLcode ccurl_easy_setopt_bytes_function(CURL *handle, CURLoption option, ccurl_bytes_function value) {
  return ccurl_real.easy_setopt(handle, option, value);
}

CURLcode ccurl_easy_setopt_body(CURL *handle, const void *bytes, size_t count) {
  CURLcode outcome = ccurl_real.easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
  if (outcome != CURLE_OK) return outcome;
  return ccurl_real.easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, bytes);
}

long ccurl_easy_getinfo_long(CURL *handle, CURLINFO info) {
  long value = 0;
  ccurl_real.easy_getinfo(handle, info, &value);
  return value;
}
void *ccurl_easy_private(CURL *handle) {
  char *value = NULL;
  ccurl_real.easy_getinfo(handle, CURLINFO_PRIVATE, &value);
  return value;
}
