/* threads.c: the only file that knows the thread interface of the system.
 *
 * Threads are made and joined within the call instead of kept in a pool, because a pool is state that changes
 * and has to survive fork; making one costs some ten microseconds, which the callers' thresholds allow for.
 */
#include "threads.h"

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
typedef HANDLE thread_handle;
#else
#include <pthread.h>
#include <stdatomic.h>
typedef pthread_t thread_handle;
#endif

typedef struct share {
  cz_work *work;
  void *context;
  int64_t first, last;
} share;

#if defined(_WIN32)
static DWORD WINAPI run_share(LPVOID argument) {
  share *mine = argument;
  mine->work(mine->context, mine->first, mine->last);
  return 0;
}

static bool start_thread(thread_handle *handle, share *mine) {
  *handle = CreateThread(NULL, 0, run_share, mine, 0, NULL);
  return *handle != NULL;
}

static void join_thread(thread_handle handle) {
  WaitForSingleObject(handle, INFINITE);
  CloseHandle(handle);
}
#else
static void *run_share(void *argument) {
  share *mine = argument;
  mine->work(mine->context, mine->first, mine->last);
  return NULL;
}

static bool start_thread(thread_handle *handle, share *mine) {
  return pthread_create(handle, NULL, run_share, mine) == 0;
}

static void join_thread(thread_handle handle) {
  (void)pthread_join(handle, NULL);
}
#endif

void cz_share(int32_t threads, int64_t count, cz_work *work, void *context) {
  if (count <= 0)
    return;
  if (threads > CZ_THREADS_MAX)
    threads = CZ_THREADS_MAX;
  if (threads > count)
    threads = (int32_t)count;
  if (threads <= 1) {
    work(context, 0, count);
    return;
  }
  share shares[CZ_THREADS_MAX];
  thread_handle handles[CZ_THREADS_MAX];
  bool started[CZ_THREADS_MAX] = {false};
  int64_t each = count / threads, more = count % threads, next = 0;
  for (int32_t i = 0; i < threads; i++) {
    int64_t size = each + (i < more ? 1 : 0);
    shares[i] = (share){work, context, next, next + size};
    next += size;
    if (i > 0)
      started[i] = start_thread(&handles[i], &shares[i]);
  }
  work(context, shares[0].first, shares[0].last);
  for (int32_t i = 1; i < threads; i++) {
    if (started[i])
      join_thread(handles[i]);
    else
      work(context, shares[i].first, shares[i].last);
  }
}

#if defined(_MSC_VER) && !defined(__clang__)
int64_t cz_turns_take(cz_turns *turns) {
  return InterlockedExchangeAdd64(&turns->next, 1);
}

void cz_turns_stop(cz_turns *turns, int64_t count) {
  (void)InterlockedExchange64(&turns->next, count);
}
#else
int64_t cz_turns_take(cz_turns *turns) {
  return atomic_fetch_add_explicit(&turns->next, 1, memory_order_relaxed);
}

void cz_turns_stop(cz_turns *turns, int64_t count) {
  atomic_store_explicit(&turns->next, count, memory_order_relaxed);
}
#endif
