/* moments.c: what a series is like as a whole: extremes, mean and spread, a line through it. */
#include "moments.h"
#include "lane.h"

void cz_extremes_series(int64_t length, const cz_lane *lanes) {
  double lo = (double)NAN, hi = (double)NAN;
  for (int64_t t = 0; t < length; t++) {
    double value = cz_real(&lanes[0], t);
    if (!isfinite(value))
      continue;
    lo = lo <= value ? lo : value;
    hi = hi >= value ? hi : value;
  }
  cz_set_real(&lanes[1], 0, lo);
  cz_set_real(&lanes[2], 0, hi);
}

/* Deviations are taken from the first value, then from the mean: a constant series has a spread of exactly 0.
 */
cz_moments cz_moments_of(int64_t length, const cz_lane *values, const cz_lane *weights, double ddof) {
  double first = 0, weight = 0, sum = 0;
  int64_t count = 0;
  for (int64_t t = 0; t < length; t++) {
    double w = cz_real(weights, t);
    if (w == 0)
      continue;
    double value = cz_real(values, t);
    if (count++ == 0)
      first = value;
    weight += w >= 0 ? w : (double)NAN;
    sum += w * (value - first);
  }
  double mean = first + sum / weight, squares = 0;
  for (int64_t t = 0; t < length; t++) {
    double w = cz_real(weights, t);
    if (w == 0)
      continue;
    double deviation = cz_real(values, t) - mean;
    squares += w * deviation * deviation;
  }
  cz_moments result = {(double)NAN, (double)NAN, weight, count};
  if (count > 0)
    result.mean = mean;
  if ((double)count > ddof && ddof >= 0)
    result.deviation = sqrt(squares / weight * ((double)count / ((double)count - ddof)));
  return result;
}

void cz_moments_series(int64_t length, const cz_lane *lanes) {
  cz_moments found = cz_moments_of(length, &lanes[0], &lanes[1], cz_real(&lanes[2], 0));
  cz_set_real(&lanes[3], 0, found.mean);
  cz_set_real(&lanes[4], 0, found.deviation);
}

/* Ordinary least squares, y on x. Pairs of which one is NaN do not count. */
void cz_line_series(int64_t length, const cz_lane *lanes) {
  double count = 0, first_x = 0, first_y = 0, sum_x = 0, sum_y = 0;
  for (int64_t t = 0; t < length; t++) {
    double y = cz_real(&lanes[0], t), x = cz_real(&lanes[1], t);
    if (isnan(x) || isnan(y))
      continue;
    if (count == 0) {
      first_x = x;
      first_y = y;
    }
    count++;
    sum_x += x - first_x;
    sum_y += y - first_y;
  }
  double mean_x = first_x + sum_x / count, mean_y = first_y + sum_y / count, xx = 0, xy = 0, yy = 0;
  for (int64_t t = 0; t < length; t++) {
    double y = cz_real(&lanes[0], t) - mean_y, x = cz_real(&lanes[1], t) - mean_x;
    if (isnan(x) || isnan(y))
      continue;
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  bool defined = xx > 0;
  double slope = defined ? xy / xx : (double)NAN, residual = 0;
  for (int64_t t = 0; t < length; t++) {
    double y = cz_real(&lanes[0], t) - mean_y, x = cz_real(&lanes[1], t) - mean_x;
    if (!isnan(x) && !isnan(y))
      residual += (y - slope * x) * (y - slope * x);
  }
  cz_set_real(&lanes[2], 0, mean_y - slope * mean_x);
  cz_set_real(&lanes[3], 0, slope);
  cz_set_real(&lanes[4], 0, count > 2 ? sqrt(residual / (count - 2) / xx) : (double)NAN);
  cz_set_real(&lanes[5], 0, defined && yy > 0 ? 1 - residual / yy : (double)NAN);
  cz_set_real(&lanes[6], 0, count);
}
