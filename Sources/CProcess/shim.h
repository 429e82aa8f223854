// prctl(2) takes a variable number of arguments, which Swift can't call.
#include <sys/prctl.h>

static inline int forbid_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L); }
