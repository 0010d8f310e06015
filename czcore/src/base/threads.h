/* base/threads.h: work shared by threads that live as long as one call. */
#ifndef CZCORE_BASE_THREADS_H
#define CZCORE_BASE_THREADS_H

#include "czcore/base.h"

#define CZ_THREADS_MAX 64

/* Does the parts `first` … `last` - 1 of some work. Parts must be independent of each other. */
typedef void cz_work(void *context, int64_t first, int64_t last);

/* Calls `work` for the parts 0 … count-1 in consecutive runs, on at most `threads` threads of which the
 * caller's is one, and returns when all are done. Threads that cannot be had are done without: the caller
 * then does their parts. Nothing is allocated. */
void cz_share(int32_t threads, int64_t count, cz_work *work, void *context);

#endif
