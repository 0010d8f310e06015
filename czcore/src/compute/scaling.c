/* scaling.c: columns onto one scale within a study of ranks. */
#include "lane.h"
#include "moments.h"
#include "montecarlo.h"
#include "normalise.h"

static void minmax(const cz_rank_study *s, const double *column, double *scaled) {
  double lo, hi;
  cz_lane lanes[] = {cz_row_lane(column, 1), {&lo, 0, 0}, {&hi, 0, 0}};
  cz_extremes_series(s->rows, lanes);
  for (int64_t i = 0; i < s->rows; i++)
    scaled[i] = cz_between(column[i], lo, hi, s->lower, s->upper);
}

/* `scaled` is used for the weights that leave missing figures out. */
static void standard(const cz_rank_study *s, const double *column, double *scaled) {
  for (int64_t i = 0; i < s->rows; i++)
    scaled[i] = isfinite(column[i]);
  cz_lane values = cz_row_lane(column, 1), weights = cz_row_lane(scaled, 1);
  cz_moments found = cz_moments_of(s->rows, &values, &weights, 1);
  for (int64_t i = 0; i < s->rows; i++)
    scaled[i] = !isfinite(column[i])  ? (double)NAN
                : found.deviation > 0 ? (column[i] - found.mean) / found.deviation
                                      : 0;
}

static void ranks(const cz_rank_study *s, const double *column, int64_t *order, double *scaled) {
  int8_t no_flag = 0;
  int64_t ties = CZ_TIES_AVERAGE;
  double known = 0;
  cz_lane order_lane = {order, 0, (ptrdiff_t)sizeof *order};
  cz_lane ordering[] = {cz_row_lane(column, 1), {&no_flag, 0, 0}, order_lane};
  cz_order_series(s->rows, ordering);
  cz_lane ranking[] = {cz_row_lane(column, 1), order_lane, {&ties, 0, 0}, cz_row_lane(scaled, 1)};
  cz_rank_series(s->rows, ranking);
  for (int64_t i = 0; i < s->rows; i++)
    known += !isnan(scaled[i]);
  for (int64_t i = 0; i < s->rows; i++)
    scaled[i] = cz_between(scaled[i], 1, known, s->lower, s->upper);
}

void cz_scale_columns(const cz_rank_study *study, int32_t scaling, const double *figures, int64_t *order,
                      double *scaled) {
  int64_t width = cz_width_of(study->rows);
  for (int64_t j = 0; j < study->columns; j++) {
    const double *column = figures + j * width;
    double *target = scaled + j * width;
    if (scaling == CZ_SCALING_MINMAX)
      minmax(study, column, target);
    else if (scaling == CZ_SCALING_Z)
      standard(study, column, target);
    else if (scaling == CZ_SCALING_RANK)
      ranks(study, column, order, target);
    else
      for (int64_t i = 0; i < study->rows; i++)
        target[i] = isfinite(column[i]) ? column[i] : (double)NAN;
    /* The logarithm of 0 is -inf, of less NaN: the row then has no figure there. */
    for (int64_t i = 0; i < study->rows && study->geometric; i++)
      target[i] = target[i] > 0 ? log(target[i]) : target[i] == 0 ? -(double)INFINITY : (double)NAN;
  }
}
