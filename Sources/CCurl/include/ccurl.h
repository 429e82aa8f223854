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
const char *ccurl_easy_strerror(CURLcode code);
struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line);
void ccurl_slist_free_all(struct curl_slist *list);

// Swift can't call variadic functions: one wrapper for each kind of argument.
CURLcode ccurl_easy_setopt_long(CURL *handle, CURLoption option, long value);
CURLcode ccurl_easy_setopt_string(CURL *handle, CURLoption option, const char *value);
CURLcode ccurl_easy_setopt_pointer(CURL *handle, CURLoption option, void *value);
CURLcode ccurl_easy_setopt_list(CURL *handle, CURLoption option, struct curl_slist *value);
long ccurl_easy_getinfo_long(CURL *handle, CURLINFO info);
// What CURLOPT_PRIVATE was set to.
void *ccurl_easy_private(CURL *handle);

// Lets libcurl copy the body: it may go away once this returns.
CURLcode ccurl_easy_setopt_body(CURL *handle, const void *bytes, size_t count);

// A callback type of our own, so that the compiler checks the closure given for it.
typedef size_t (*ccurl_bytes_function)(char *bytes, size_t size, size_t count, void *context);
CURLcode ccurl_easy_setopt_bytes_function(CURL *handle, CURLoption option, ccurl_bytes_function value);

// How sockets are opened. Outlives the transfer.
struct ccurl_sockets {
  // What unacknowledged data may take before the kernel gives a connection up, in milliseconds (TCP_USER_TIMEOUT).
  unsigned int user_timeout_ms;
  // Whether an address, 4 or 16 bytes, may be talked to. NULL: any.
  int (*is_allowed)(void *context, const unsigned char *address, size_t count);
  void *context;
};
// Asked before each connect, and again before a request goes out over a connection that another request opened.
CURLcode ccurl_easy_setopt_sockets(CURL *handle, struct ccurl_sockets *sockets);

CURLM *ccurl_multi_init(void);
void ccurl_multi_cleanup(CURLM *multi);
CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *handle);
CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *handle);
CURLMcode ccurl_multi_perform(CURLM *multi, int *running);
CURLMcode ccurl_multi_poll(CURLM *multi, int timeout_ms);
CURLMcode ccurl_multi_wakeup(CURLM *multi);
CURLMcode ccurl_multi_setopt_long(CURLM *multi, CURLMoption option, long value);
// The next transfer that has ended, and how; NULL when there is none.
CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *outcome);

#endif
