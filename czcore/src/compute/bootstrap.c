/* bootstrap.c: paths of growth drawn from the rates that were observed. */
#include <math.h>

#include "../base/threads.h"
#include "czcore/disparity.h"
#include "philox.h"

#define PURPOSE 2 /* so that the streams of one seed differ between the functions that draw */
#define PERIODS_PER_THREAD 4096

typedef struct job {
  const cz_bootstrap *study;
  double *paths;
} job;

static void draw_paths(void *context, int64_t first, int64_t last) {
  const job *work = context;
  const cz_bootstrap *b = work->study;
  for (int64_t d = first; d < last; d++) {
    cz_stream stream = cz_stream_of(b->seed, PURPOSE, (uint64_t)d);
    double level = b->start;
    int64_t at = 0, left = 0;
    for (int64_t t = 0; t < b->horizon; t++, at++, left--) {
      if (left == 0) {
        at = cz_stream_below(&stream, b->count - b->block + 1);
        left = b->block;
      }
      level *= 1 + b->rates[at] / 100;
      work->paths[d * b->horizon + t] = level;
    }
  }
}

cz_status cz_bootstrap_run(const cz_bootstrap *bootstrap, int32_t threads, double *paths) {
  const cz_bootstrap *b = bootstrap;
  if (!b || !b->rates || !paths || b->count < 1 || b->block < 1 || b->block > b->count || b->horizon < 0 ||
      b->draws < 0 || (b->horizon > 0 && b->draws > INT64_MAX / 8 / b->horizon))
    return CZ_ERROR_ARGUMENT;
  int64_t useful = b->draws * b->horizon / PERIODS_PER_THREAD;
  job work = {b, paths};
  cz_share(threads > useful ? (int32_t)useful : threads, b->draws, draw_paths, &work);
  return CZ_OK;
}
