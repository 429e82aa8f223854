// The functions of libcurl that are used, as pointers that `ccurl_load` fills in.
#ifndef CCURL_FUNCTIONS_H
#define CCURL_FUNCTIONS_H

// The checking macros of <curl/curl.h> would stand in the way of naming its functions.
#define CURL_DISABLE_TYPECHECK
#include "ccurl.h"
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#define CCURL_FUNCTIONS(EACH)                                                                                    \
  EACH(global_init)                                                                                              \
  EACH(version_info)                                                                                             \
  EACH(easy_init)                                                                                                \
  EACH(easy_cleanup)                                                                                             \
  EACH(easy_reset)                                                                                               \
  EACH(easy_strerror)                                                                                            \
  EACH(easy_setopt)                                                                                              \
  EACH(easy_getinfo)                                                                                             \
  EACH(slist_append)                                                                                             \
  EACH(slist_free_all)                                                                                           \
  EACH(multi_init)                                                                                               \
  EACH(multi_cleanup)                                                                                            \
  EACH(multi_add_handle)                                                                                         \
  EACH(multi_remove_handle)                                                                                      \
  EACH(multi_perform)                                                                                            \
  EACH(multi_poll)                                                                                               \
  EACH(multi_wakeup)                                                                                             \
  EACH(multi_setopt)                                                                                             \
  EACH(multi_info_read)

struct ccurl_functions {
#define CCURL_DECLARE(name) __typeof__(&curl_##name) name;
  CCURL_FUNCTIONS(CCURL_DECLARE)
#undef CCURL_DECLARE
};

extern struct ccurl_functions ccurl_real;

#endif
