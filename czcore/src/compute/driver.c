/* driver.c: the list of operations, and how lanes of any stride and type reach kernels that want rows of
 * doubles. */
#include <string.h>

#include "../base/threads.h"
#include "internal.h"

#define ROW_PLAIN(name, types, formula)                                                                      \
  {{#name, types, "", formula}, {cz_##name##_plain, NULL, NULL}, NULL, NULL},
#define ROW_LEVELS(name, types, formula) {{#name, types, "", formula}, CZ_LEVELS_OF(name), NULL, NULL},
#define ROW_SERIES(name, types, core, formula)                                                               \
  {{#name, types, core, formula}, {NULL, NULL, NULL}, cz_##name##_series, NULL},
#define ROW_PANEL(name, types, core, formula)                                                                \
  {{#name, types, core, formula}, {NULL, NULL, NULL}, NULL, cz_##name##_panel},

const cz_row cz_rows[] = {CZ_OPERATION_LIST(ROW_PLAIN, ROW_LEVELS, ROW_SERIES, ROW_PANEL)};
const int32_t cz_row_count = (int32_t)(sizeof cz_rows / sizeof cz_rows[0]);

/* Elements below which a further thread costs more than it brings. */
#define PER_THREAD 65536

int32_t cz_operation_count(void) {
  return cz_row_count;
}

const cz_operation *cz_operation_at(int32_t index) {
  return index >= 0 && index < cz_row_count ? &cz_rows[index].public : NULL;
}

const cz_operation *cz_operation_find(const char *name) {
  if (!name)
    return NULL;
  for (int32_t i = 0; i < cz_row_count; i++)
    if (strcmp(cz_rows[i].public.name, name) == 0)
      return &cz_rows[i].public;
  return NULL;
}

int32_t cz_operation_inputs(const cz_operation *operation) {
  return (int32_t)(strchr(operation->types, ':') - operation->types);
}

int32_t cz_operation_outputs(const cz_operation *operation) {
  return (int32_t)strlen(strchr(operation->types, ':') + 1);
}

cz_level cz_machine_level(void) {
#if CZ_HAVE_LEVELS
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
    return CZ_LEVEL_PLAIN;
  bool widest = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
  return widest ? CZ_LEVEL_AVX512 : CZ_LEVEL_AVX2;
#else
  return CZ_LEVEL_PLAIN;
#endif
}

/* ---- element by element ---- */

typedef struct job {
  const cz_row *row;
  cz_kernel *kernel;
  const cz_lane *lanes;
  char types[CZ_LANES_MAX];
  int inputs, lane_count;
  bool direct[CZ_LANES_MAX]; /* the lane can be handed to the kernel as it is */
  bool constant[CZ_LANES_MAX];
  int64_t length;
  cz_level level;
} job;

/* Copies elements of any type and stride to doubles. */
static void collect(double *to, const char *from, ptrdiff_t stride, char type, int64_t count) {
  if (type == 'd') {
    for (int64_t i = 0; i < count; i++, from += stride)
      to[i] = *(const double *)(const void *)from;
  } else if (type == 'i') {
    for (int64_t i = 0; i < count; i++, from += stride)
      to[i] = (double)*(const int64_t *)(const void *)from;
  } else {
    for (int64_t i = 0; i < count; i++, from += stride)
      to[i] = *(const int8_t *)(const void *)from;
  }
}

/* Kernels return codes as doubles; all codes are small whole numbers. */
static void deliver(char *to, ptrdiff_t stride, char type, const double *from, int64_t count) {
  if (type == 'd') {
    for (int64_t i = 0; i < count; i++, to += stride)
      *(double *)(void *)to = from[i];
  } else if (type == 'i') {
    for (int64_t i = 0; i < count; i++, to += stride)
      *(int64_t *)(void *)to = (int64_t)from[i];
  } else if (stride == 1) {
    int8_t *restrict bytes = (int8_t *)to;
    for (int64_t i = 0; i < count; i++)
      bytes[i] = (int8_t)(int32_t)from[i];
  } else {
    for (int64_t i = 0; i < count; i++, to += stride)
      *(int8_t *)(void *)to = (int8_t)(int32_t)from[i];
  }
}

static size_t type_size(char type) {
  return type == 'd' ? sizeof(double) : type == 'i' ? sizeof(int64_t) : 1;
}

/* Whether two lanes touch the same memory within `count` elements. */
static bool overlap(const cz_lane *a, char type_a, const cz_lane *b, char type_b, int64_t count) {
  uintptr_t first_a = (uintptr_t)a->data, first_b = (uintptr_t)b->data;
  uintptr_t way_a = (uintptr_t)(a->stride < 0 ? -a->stride : a->stride) * (uintptr_t)(count - 1);
  uintptr_t way_b = (uintptr_t)(b->stride < 0 ? -b->stride : b->stride) * (uintptr_t)(count - 1);
  uintptr_t lo_a = a->stride < 0 ? first_a - way_a : first_a,
            lo_b = b->stride < 0 ? first_b - way_b : first_b;
  return lo_a < lo_b + way_b + type_size(type_b) && lo_b < lo_a + way_a + type_size(type_a);
}

/* Elements first … last - 1, a block at a time where something has to be collected. */
static void run_elements(void *context, int64_t first, int64_t last) {
  const job *work = context;
  double buffer[CZ_LANES_MAX][CZ_BLOCK];
  const double *in[CZ_LANES_MAX];
  double *out[CZ_LANES_MAX];
  bool all = true;
  for (int k = 0; k < work->lane_count; k++) {
    all = all && work->direct[k];
    if (work->constant[k])
      collect(buffer[k], work->lanes[k].data, 0, work->types[k], CZ_BLOCK);
  }
  int64_t block = all ? last - first : CZ_BLOCK;
  for (int64_t at = first; at < last; at += block) {
    int64_t count = last - at < block ? last - at : block;
    for (int k = 0; k < work->lane_count; k++) {
      const cz_lane *lane = &work->lanes[k];
      char *data = (char *)lane->data + at * lane->stride;
      double *row = work->direct[k] ? (double *)(void *)data : buffer[k];
      if (k >= work->inputs) {
        out[k - work->inputs] = row;
        continue;
      }
      in[k] = row;
      if (!work->direct[k] && !work->constant[k])
        collect(row, data, lane->stride, work->types[k], count);
    }
    work->kernel(count, in, out);
    for (int k = work->inputs; k < work->lane_count; k++) {
      const cz_lane *lane = &work->lanes[k];
      if (!work->direct[k])
        deliver((char *)lane->data + at * lane->stride, lane->stride, work->types[k], buffer[k], count);
    }
  }
}

static void prepare(job *work, int64_t count) {
  for (int k = 0; k < work->lane_count; k++) {
    const cz_lane *lane = &work->lanes[k];
    work->constant[k] = k < work->inputs && lane->stride == 0;
    work->direct[k] = work->types[k] == 'd' && lane->stride == (ptrdiff_t)sizeof(double);
  }
  /* Kernels promise the compiler that their rows are apart; an output in place of an input goes through a
   * buffer. */
  for (int k = work->inputs; k < work->lane_count; k++)
    for (int other = 0; other < work->inputs; other++)
      if (overlap(&work->lanes[k], work->types[k], &work->lanes[other], work->types[other], count))
        work->direct[k] = false;
}

/* ---- along series ---- */

static void run_series(void *context, int64_t first, int64_t last) {
  const job *work = context;
  if (work->row->panel) {
    work->row->panel(first, last, work->length, work->lanes, work->level);
    return;
  }
  for (int64_t at = first; at < last; at++) {
    cz_lane lanes[CZ_LANES_MAX];
    for (int k = 0; k < work->lane_count; k++) {
      lanes[k] = work->lanes[k];
      lanes[k].data = (char *)lanes[k].data + at * lanes[k].stride;
    }
    work->row->series(work->length, lanes);
  }
}

cz_status cz_operation_run_as(const cz_operation *operation, int64_t count, int64_t length,
                              const cz_lane *lanes, int32_t threads, cz_level level) {
  const cz_row *row = NULL;
  for (int32_t i = 0; i < cz_row_count; i++)
    if (operation == &cz_rows[i].public)
      row = &cz_rows[i];
  if (!row || !lanes || count < 0 || length < 0)
    return CZ_ERROR_ARGUMENT;
  if (count == 0)
    return CZ_OK;
  job work = {.row = row, .lanes = lanes, .length = length, .level = level};
  bool elementwise = row->kernels[CZ_LEVEL_PLAIN] != NULL;
  work.kernel = row->kernels[level] ? row->kernels[level] : row->kernels[CZ_LEVEL_PLAIN];
  work.inputs = cz_operation_inputs(operation);
  work.lane_count = work.inputs + cz_operation_outputs(operation);
  int k = 0;
  for (const char *type = operation->types; *type; type++)
    if (*type != ':')
      work.types[k++] = *type;
  int64_t elements = count;
  if (elementwise) {
    prepare(&work, count);
  } else if (length > 0 && count <= INT64_MAX / length) {
    elements = count * length;
  }
  int64_t useful = elements / PER_THREAD;
  if (threads > useful)
    threads = (int32_t)useful;
  cz_share(threads, count, elementwise ? run_elements : run_series, &work);
  return CZ_OK;
}

cz_status cz_operation_run(const cz_operation *operation, int64_t count, int64_t length, const cz_lane *lanes,
                           int32_t threads) {
  return cz_operation_run_as(operation, count, length, lanes, threads, cz_machine_level());
}
