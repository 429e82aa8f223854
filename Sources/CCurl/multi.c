#include "functions.h"

CURLM *ccurl_multi_init(void) { return ccurl_real.multi_init(); }
void ccurl_multi_cleanup(CURLM *multi) { ccurl_real.multi_cleanup(multi); }

CURLMcode ccurl_multi_add_handle(CURLM *multi, CURL *handle) { return ccurl_real.multi_add_handle(multi, handle); }
CURLMcode ccurl_multi_remove_handle(CURLM *multi, CURL *handle) {
  return ccurl_real.multi_remove_handle(multi, handle);
}
CURLMcode ccurl_multi_perform(CURLM *multi, int *running) { return ccurl_real.multi_perform(multi, running); }
CURLMcode ccurl_multi_poll(CURLM *multi, int timeout_ms) {
  return ccurl_real.multi_poll(multi, NULL, 0, timeout_ms, NULL);
}
CURLMcode ccurl_multi_wakeup(CURLM *multi) { return ccurl_real.multi_wakeup(multi); }
CURLMcode ccurl_multi_setopt_long(CURLM *multi, CURLMoption option, long value) {
  return ccurl_real.multi_setopt(multi, option, value);
}

CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *outcome) {
  int left = 0;
  CURLMsg *message;
  while ((message = ccurl_real.multi_info_read(multi, &left)) != NULL) {
    if (message->msg == CURLMSG_DONE) {
      *outcome = message->data.result;
      return message->easy_handle;
    }
  }
  return NULL;
}
