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

/* Parts handed out one by one, in ascending order, to workers that ask when they are free: for work whose
 * parts differ in size. Zero-initialise. */
typedef struct cz_turns {
#if defined(_MSC_VER) && !defined(__clang__)
  volatile int64_t next;
#else
  _Atomic int64_t next;
#endif
} cz_turns;

/* The next part, from 0; may be called by several threads at once. */
int64_t cz_turns_take(cz_turns *turns);

/* From now on all parts that are handed out are `count` or more; those before are out already. */
void cz_turns_stop(cz_turns *turns, int64_t count);

#endif
