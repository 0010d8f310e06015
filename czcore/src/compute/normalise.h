/* compute/normalise.h: one figure between two others. */
#ifndef CZCORE_COMPUTE_NORMALISE_H
#define CZCORE_COMPUTE_NORMALISE_H

#include <math.h>

/* `lower` where value is `from`, `upper` where it is `to`, straight in between and beyond. Where both are the
 * same nothing is told apart, and every value is put in the middle. Infinite values are no figures: NaN. */
static inline double cz_between(double value, double from, double to, double lower, double upper) {
  double way = to - from, part = (value - from) / way;
  if (!isfinite(value) || !isfinite(from) || !isfinite(to))
    return (double)NAN;
  if (isinf(way)) /* figures of opposite sign and near the end of the range */
    part = (value / 2 - from / 2) / (to / 2 - from / 2);
  if (way == 0)
    part = 0.5;
  return part == 1 ? upper : lower + (upper - lower) * part; /* exact at both ends */
}

#endif
