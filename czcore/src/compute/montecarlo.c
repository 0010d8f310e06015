/* montecarlo.c: how often each row has each rank when figures, scaling and weights are drawn. */
#include <string.h>

#include "../base/threads.h"
#include "lane.h"
#include "matrix.h"
#include "montecarlo.h"
#include "philox.h"

#define PURPOSE 1
#define CELLS_PER_THREAD 65536

/* Figures are kept column behind column here, so that the loops go along the rows. */
typedef struct job {
  const cz_rank_study *study;
  int32_t scalings[4];
  uint64_t scaling_count;
  double *scaled; /* one matrix per scaling; NULL where figures are drawn */
  bool missing;
  cz_level level;
  int64_t slots;
  double *workspace; /* per slot: two matrices (figures drawn only), weights, scores, ranks, order */
  int64_t *counts;   /* per slot */
} job;

typedef struct slot {
  double *figures, *scaled, *weights, *scores;
  int64_t *above, *order, *counts;
} slot;

static int64_t slot_size(const cz_rank_study *s) {
  int64_t width = cz_width_of(s->rows);
  return (s->hi ? 2 * width * s->columns : 0) + s->columns + 3 * width;
}

static slot slot_at(const job *work, int64_t index) {
  const cz_rank_study *s = work->study;
  double *at = work->workspace + index * slot_size(s);
  int64_t width = cz_width_of(s->rows), matrix = s->hi ? width * s->columns : 0;
  slot own = {at, at + matrix, at + 2 * matrix, NULL, NULL, NULL, NULL};
  own.scores = own.weights + s->columns;
  own.above = (int64_t *)(void *)(own.scores + width);
  own.order = own.above + width;
  own.counts = work->counts + index * s->rows * s->rows;
  return own;
}

/* ---- one draw ---- */

static void draw_weights(const cz_rank_study *s, cz_stream *stream, double *weights) {
  if (s->weight_draw != CZ_WEIGHT_DRAW_FIXED)
    cz_stream_fill(stream, s->columns, weights);
  for (int64_t j = 0; j < s->columns; j++) {
    double part = 1;
    if (s->weight_draw == CZ_WEIGHT_DRAW_NOISE)
      part = 1 + s->spread * (2 * weights[j] - 1);
    if (s->weight_draw == CZ_WEIGHT_DRAW_SIMPLEX)
      part = -log(weights[j]); /* exponential variates; their sum cancels in a mean */
    weights[j] = s->weights[j] * part;
  }
}

static void draw_figures(const cz_rank_study *s, cz_stream *stream, double *figures) {
  int64_t n = s->rows, width = cz_width_of(n);
  for (int64_t j = 0; j < s->columns; j++) {
    cz_stream_fill(stream, n, figures + j * width);
    for (int64_t i = 0; i < n; i++) {
      double lo = s->lo[i * s->columns + j], hi = s->hi[i * s->columns + j];
      figures[j * width + i] = lo + (hi - lo) * figures[j * width + i];
    }
  }
}

static void draw_in_slot(const job *work, int64_t index) {
  const cz_rank_study *s = work->study;
  slot own = slot_at(work, index);
  int64_t n = s->rows, cells = cz_width_of(n) * s->columns;
  for (int64_t d = index; d < s->draws; d += work->slots) {
    cz_stream stream = cz_stream_of(s->seed, PURPOSE, (uint64_t)d);
    int64_t choice = cz_stream_below(&stream, (int64_t)work->scaling_count);
    draw_weights(s, &stream, own.weights);
    const double *scaled = work->scaled ? work->scaled + choice * cells : own.scaled;
    if (!work->scaled) {
      draw_figures(s, &stream, own.figures);
      cz_scale_columns(s, work->scalings[choice], own.figures, own.order, own.scaled);
    }
    cz_scoring scoring = {n,          s->columns, scaled,   own.weights, work->missing,
                          own.scores, own.above,  own.order};
    cz_score_and_rank(&scoring, work->level);
    for (int64_t i = 0; i < n; i++)
      if (!isnan(own.scores[i]))
        own.counts[i * n + own.above[i]]++;
  }
}

static void draw_in_slots(void *context, int64_t first, int64_t last) {
  for (int64_t index = first; index < last; index++)
    draw_in_slot(context, index);
}

/* ---- the study ---- */

static bool study_fits(const cz_rank_study *s) {
  if (!s || !cz_matrix_fits(s->lo, s->rows, s->columns) || !s->weights || s->draws < 0 ||
      (s->rows > 0 && s->rows > INT64_MAX / 1024 / s->rows) || s->weight_draw < 0 ||
      s->weight_draw >= CZ_WEIGHT_DRAW_COUNT || s->scalings <= 0 || s->scalings > CZ_SCALING_ALL ||
      !(s->spread >= 0) || !(s->spread <= 1))
    return false;
  double sum = 0;
  bool fit = true;
  for (int64_t j = 0; j < s->columns; j++) {
    fit = fit && s->weights[j] >= 0;
    sum += s->weights[j];
  }
  return fit && (s->columns == 0 || (sum > 0 && isfinite(sum)));
}

static void prepare(job *work, double *figures) {
  const cz_rank_study *s = work->study;
  int64_t n = s->rows, width = cz_width_of(n);
  for (int64_t i = 0; i < n; i++)
    for (int64_t j = 0; j < s->columns; j++) {
      double lo = s->lo[i * s->columns + j];
      figures[j * width + i] = lo;
      bool there = isfinite(lo) && (!s->hi || isfinite(s->hi[i * s->columns + j]));
      work->missing = work->missing || !there;
    }
  for (uint64_t k = 0; work->scaled && k < work->scaling_count; k++)
    cz_scale_columns(s, work->scalings[k], figures, slot_at(work, 0).order,
                     work->scaled + (int64_t)k * width * s->columns);
}

cz_status cz_rank_study_run(const cz_allocator *allocator, const cz_rank_study *study, int32_t threads,
                            int64_t *counts) {
  const cz_rank_study *s = study;
  if (!study_fits(s) || !counts)
    return CZ_ERROR_ARGUMENT;
  memset(counts, 0, (size_t)(s->rows * s->rows) * sizeof *counts);
  if (s->rows == 0 || s->columns == 0 || s->draws == 0)
    return CZ_OK;
  cz_allocator memory = cz_allocator_or_libc(allocator);
  job work = {.study = s, .level = cz_machine_level(), .slots = 1};
  for (int32_t k = 0; k < 4; k++)
    if (s->scalings >> k & 1)
      work.scalings[work.scaling_count++] = 1 << k;
  int64_t cells = cz_width_of(s->rows) * s->columns, per_draw = cells + s->rows * s->rows;
  int64_t useful = s->draws > CELLS_PER_THREAD ? s->draws : s->draws * per_draw / CELLS_PER_THREAD;
  if (threads > CZ_THREADS_MAX)
    threads = CZ_THREADS_MAX;
  work.slots = threads < useful ? threads : useful;
  work.slots = work.slots > s->draws ? s->draws : work.slots < 1 ? 1 : work.slots;
  size_t cell_bytes = (size_t)cells * sizeof(double), counts_bytes = (size_t)work.slots * sizeof *counts;
  counts_bytes *= (size_t)(s->rows * s->rows);
  size_t scaled_bytes = s->hi ? 0 : cell_bytes * work.scaling_count;
  size_t work_bytes = (size_t)(work.slots * slot_size(s)) * sizeof(double);
  double *figures = cz_allocate(&memory, cell_bytes), *scaled = cz_allocate_zeroed(&memory, scaled_bytes);
  work.workspace = cz_allocate_zeroed(&memory, work_bytes);
  work.counts = cz_allocate_zeroed(&memory, counts_bytes);
  bool room = figures && scaled && work.workspace && work.counts;
  if (room) {
    work.scaled = s->hi ? NULL : scaled;
    prepare(&work, figures);
    cz_share((int32_t)work.slots, work.slots, draw_in_slots, &work);
    for (int64_t k = 0; k < work.slots * s->rows * s->rows; k++)
      counts[k % (s->rows * s->rows)] += work.counts[k];
  }
  cz_release(&memory, work.counts, counts_bytes);
  cz_release(&memory, work.workspace, work_bytes);
  cz_release(&memory, scaled, scaled_bytes);
  cz_release(&memory, figures, cell_bytes);
  return room ? CZ_OK : CZ_ERROR_MEMORY;
}
