/* series.c: growth along a time axis, chained index numbers, average growth. */
#include "exact.h"
#include "internal.h"

static double *number_at(const cz_lane *lane, int64_t t) {
  return (double *)(void *)((char *)lane->data + t * lane->step);
}

/* ---- growth along the axis ---- */

/* Rows that lie one behind the other are taken as one long row, so that short series cost no more than long
 * ones; the growth over the seam between two rows is then overwritten by NaN while it is in the cache. */
#define CHUNK 4096

static bool packed(const cz_lane *lane, int64_t length) {
  return lane->step == (ptrdiff_t)sizeof(double) &&
         lane->stride == (ptrdiff_t)((size_t)length * sizeof(double));
}

typedef struct along {
  cz_kernel *kernel;
  int series; /* lanes with a time axis among the inputs, as many as outputs: 1 or 2 */
  int64_t length;
  const cz_lane *lanes;
} along;

/* in: value, base of the kernel. With two planes: value lo, hi, base lo, hi. */
static void run_kernel(const along *job, int64_t count, const double *const *rows, double *const *out,
                       int64_t lag) {
  const double *in[4];
  for (int k = 0; k < job->series; k++) {
    in[k] = rows[k] + lag;
    in[job->series + k] = rows[k];
  }
  job->kernel(count, in, out);
}

static void undefined(const cz_lane *lane, int64_t from, int64_t to) {
  for (int64_t t = from; t < to; t++)
    *number_at(lane, t) = (double)NAN;
}

static cz_lane of_series(const cz_lane *lane, int64_t series) {
  cz_lane one = *lane;
  one.data = (char *)one.data + series * one.stride;
  return one;
}

static void packed_rows(const along *job, int64_t first, int64_t last, int64_t lag) {
  int64_t length = job->length, rows = CHUNK / length > 0 ? CHUNK / length : 1;
  for (int64_t at = first; at < last; at += rows) {
    int64_t count = last - at < rows ? last - at : rows;
    const double *in[2];
    double *out[2];
    for (int k = 0; k < job->series; k++) {
      in[k] = (const double *)job->lanes[k].data + at * length;
      out[k] = (double *)job->lanes[job->series + 1 + k].data + at * length + lag;
    }
    run_kernel(job, count * length - lag, in, out, lag);
    for (int k = 0; k < job->series; k++)
      for (int64_t row = at; row < at + count; row++) {
        cz_lane lane = of_series(&job->lanes[job->series + 1 + k], row);
        undefined(&lane, 0, lag);
      }
  }
}

/* Any strides: a piece of the series is collected, with the lag before it. */
static void scattered_row(const along *job, int64_t series, int64_t lag) {
  double kept[2][CZ_BLOCK], before[2][CZ_BLOCK], result[2][CZ_BLOCK];
  const double *in[4];
  double *out[2];
  for (int k = 0; k < job->series; k++) {
    in[k] = kept[k];
    in[job->series + k] = before[k];
    out[k] = result[k];
  }
  for (int64_t at = lag; at < job->length; at += CZ_BLOCK) {
    int64_t count = job->length - at < CZ_BLOCK ? job->length - at : CZ_BLOCK;
    for (int k = 0; k < job->series; k++) {
      cz_lane lane = of_series(&job->lanes[k], series);
      for (int64_t t = 0; t < count; t++) {
        kept[k][t] = *number_at(&lane, at + t);
        before[k][t] = *number_at(&lane, at + t - lag);
      }
    }
    job->kernel(count, in, out);
    for (int k = 0; k < job->series; k++) {
      cz_lane lane = of_series(&job->lanes[job->series + 1 + k], series);
      for (int64_t t = 0; t < count; t++)
        *number_at(&lane, at + t) = result[k][t];
    }
  }
  for (int k = 0; k < job->series; k++) {
    cz_lane lane = of_series(&job->lanes[job->series + 1 + k], series);
    undefined(&lane, 0, lag);
  }
}

/* Lanes: the series, the lag (int64, any per series), the results. A lag below 1 leaves everything NaN, and
 * so does one that is not below the length. */
static void grow_along(const along *job, int64_t first, int64_t last) {
  const cz_lane *lags = &job->lanes[job->series];
  bool all_packed = lags->stride == 0;
  for (int k = 0; k < job->series; k++)
    all_packed = all_packed && packed(&job->lanes[k], job->length) &&
                 packed(&job->lanes[job->series + 1 + k], job->length);
  if (all_packed) {
    int64_t lag = *(const int64_t *)lags->data;
    if (lag >= 1 && lag < job->length) {
      packed_rows(job, first, last, lag);
      return;
    }
  }
  for (int64_t series = first; series < last; series++) {
    int64_t lag = *(const int64_t *)of_series(lags, series).data;
    scattered_row(job, series, lag >= 1 && lag < job->length ? lag : job->length);
  }
}

static cz_kernel *const growth_kernels[] = CZ_LEVELS_OF(growth);
static cz_kernel *const growth_interval_kernels[] = CZ_LEVELS_OF(growth_interval);

/* Growth over `lag` periods, aligned with the time axis: the first `lag` results are NaN. */
void cz_growth_along_panel(int64_t first, int64_t last, int64_t length, const cz_lane *lanes,
                           cz_level level) {
  along job = {growth_kernels[level], 1, length, lanes};
  grow_along(&job, first, last);
}

/* The same on a plane of lower and a plane of upper ends. */
void cz_growth_along_interval_panel(int64_t first, int64_t last, int64_t length, const cz_lane *lanes,
                                    cz_level level) {
  along job = {growth_interval_kernels[level], 2, length, lanes};
  grow_along(&job, first, last);
}

/* ---- chained index numbers ---- */

/* Index numbers from rates. Given: rates in percent, the index before the first of them (100, say). Returned:
 * the index at the end of each period. NaN from the first rate on that is missing or below -100. */
void cz_chain_series(int64_t length, const cz_lane *lanes) {
  double index = *(const double *)lanes[1].data;
  for (int64_t t = 0; t < length; t++) {
    double rate = *number_at(&lanes[0], t);
    index = rate >= -100 ? index * (100 + rate) / 100 : (double)NAN;
    *number_at(&lanes[2], t) = index;
  }
}

/* The index is carried to twice the precision, so that long chains do not widen; the start must be >= 0. */
void cz_chain_interval_series(int64_t length, const cz_lane *lanes) {
  double start = *(const double *)lanes[2].data;
  cz_exact lo = cz_exact_of(start >= 0 ? start : (double)NAN), hi = lo;
  for (int64_t t = 0; t < length; t++) {
    double first = *number_at(&lanes[0], t), last = *number_at(&lanes[1], t);
    bool defined = first <= last && last >= -100;
    if (first < -100)
      first = -100;
    if (!defined)
      lo = hi = cz_exact_of((double)NAN);
    cz_exact down = cz_exact_sum(100, first), up = cz_exact_sum(100, last);
    lo = cz_exact_ratio(cz_exact_times(lo, down), cz_exact_of(100));
    hi = cz_exact_ratio(cz_exact_times(hi, up), cz_exact_of(100));
    *number_at(&lanes[3], t) = cz_lower(lo);
    *number_at(&lanes[4], t) = cz_upper(hi);
  }
}

/* ---- average growth ---- */

/* Average annual growth of spans of unequal length (两年平均). Given: for each span its annual rate in
 * percent and its years (> 0; 0 leaves the span out). Returned: percent a year, the rate that leads to the
 * same level. NaN for a missing rate, a rate below -100, negative years or none at all. */
void cz_average_series(int64_t length, const cz_lane *lanes) {
  double sum = 0, years = 0;
  for (int64_t t = 0; t < length; t++) {
    double rate = *number_at(&lanes[0], t), span = *number_at(&lanes[1], t);
    if (span == 0)
      continue;
    if (!(span > 0) || !(rate >= -100))
      years = (double)NAN;
    sum += span * log1p(rate / 100);
    years += span;
  }
  *number_at(&lanes[2], 0) = years > 0 ? 100 * expm1(sum / years) : (double)NAN;
}

/* The rate of one end: the product to twice the precision, then its root. */
static cz_exact average_of(int64_t length, const cz_lane *rates, const cz_lane *spans) {
  cz_exact product = cz_exact_of(1);
  double years = 0;
  bool endless = false;
  for (int64_t t = 0; t < length; t++) {
    double rate = *number_at(rates, t), span = *number_at(spans, t);
    if (span == 0)
      continue;
    if (!(span > 0))
      return cz_exact_of((double)NAN);
    if (rate < -100)
      rate = -100;
    endless = endless || rate > DBL_MAX;
    cz_exact factor = cz_exact_ratio(cz_exact_sum(100, rate), cz_exact_of(100));
    product = cz_exact_times(product, cz_exact_compound(factor, span));
    years += span;
  }
  if (!(years > 0))
    return cz_exact_of((double)NAN);
  if (product.h == 0 && product.e == 0)
    return cz_exact_of(-100);
  /* An endless rate is endless; a product that overflows says nothing about its root, as cz_exact_root knows.
   */
  if (endless)
    return cz_exact_of((double)INFINITY);
  return cz_exact_scaled(cz_exact_add(cz_exact_root(product, years), -1), 100);
}

void cz_average_interval_series(int64_t length, const cz_lane *lanes) {
  bool defined = true;
  for (int64_t t = 0; t < length; t++) {
    double first = *number_at(&lanes[0], t), last = *number_at(&lanes[1], t);
    if (*number_at(&lanes[2], t) != 0)
      defined = defined && first <= last && last >= -100;
  }
  double lo = defined ? cz_lower(average_of(length, &lanes[0], &lanes[2])) : (double)NAN;
  *number_at(&lanes[3], 0) = lo < -100 ? -100 : lo;
  *number_at(&lanes[4], 0) = defined ? cz_upper(average_of(length, &lanes[1], &lanes[2])) : (double)NAN;
}
