// libcurl without linking it: types and constants of its own header, functions resolved when the first client is made.
// Every function here but `ccurl_load` needs a successful `ccurl_load` before it.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>
#include <stddef.h>

// Opens `library` and resolves every function, once in a process: later calls return what the first one did.
// NULL when libcurl is ready, else a text in static storage that says what is missing. Threads may race here.
const char *ccurl_load(const char *library);

CURL *ccurl_easy_init(void);
void ccurl_easy_cleanup(CURL *handle);
void ccurl_easy_reset(CURL *handle);
CURLcode ccurl_easy_perform(CURL *handle);
const char *ccurl_easy_strerror(CURLcode code);
struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line);
void ccurl_slist_free_all(struct curl_slist *list);

// Swift can't call variadic functions: one wrapper for each kind of argument.
CURLcode ccurl_easy_setopt_long(CURL *handle, CURLoption option, long value);
CURLcode ccurl_easy_setopt_string(CURL *handle, CURLoption option, const char *value);
CURLcode ccurl_easy_setopt_pointer(CURL *handle, CURLoption option, void *value);
CURLcode ccurl_easy_setopt_headers(CURL *handle, CURLoption option, struct curl_slist *value);
CURLcode ccurl_easy_getinfo_long(CURL *handle, CURLINFO info, long *value);

// A callback type of our own, so that the compiler checks the closure given for it.
typedef size_t (*ccurl_bytes_function)(char *bytes, size_t size, size_t count, void *context);
CURLcode ccurl_easy_setopt_bytes_function(CURL *handle, CURLoption option, ccurl_bytes_function value);

#endif
