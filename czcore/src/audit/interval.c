/* interval.c: arithmetic that rounds outwards, so that rounding never makes a contradiction.
 *
 * nextafter instead of the rounding mode of the processor: the mode is per thread, must be restored on every
 * path and is ignored by compilers that fold constants. One step outwards covers the half step that an
 * operation may be off. */
#include <math.h>

#include "internal.h"

double cz_round_down(double value) {
  return nextafter(value, -INFINITY);
}

double cz_round_up(double value) {
  return nextafter(value, INFINITY);
}

cz_interval cz_interval_add(cz_interval a, cz_interval b) {
  /* An end that is infinite stays so: -inf + inf cannot occur, as lower ends are never +inf. */
  return (cz_interval){cz_round_down(a.lo + b.lo), cz_round_up(a.hi + b.hi)};
}

cz_interval cz_interval_subtract(cz_interval a, cz_interval b) {
  return cz_interval_add(a, (cz_interval){-b.hi, -b.lo});
}

/* 0 * inf is 0 here: the factor 0 is attained, infinity is not. Exact zeros are not rounded. */
static double product(double a, double b) {
  return a == 0 || b == 0 ? 0 : a * b;
}

cz_interval cz_interval_multiply(cz_interval a, cz_interval b) {
  double lo = product(a.lo, b.lo), hi = product(a.hi, b.hi);
  return (cz_interval){lo > 0 ? cz_round_down(lo) : 0, hi > 0 || a.hi * b.hi > 0 ? cz_round_up(hi) : hi};
}

cz_interval cz_interval_divide(cz_interval a, cz_interval b) {
  double lo = b.hi == INFINITY || a.lo == 0 ? 0 : a.lo == INFINITY ? INFINITY : a.lo / b.hi;
  double hi = b.lo <= 0 || a.hi == INFINITY ? INFINITY : b.lo == INFINITY ? 0 : a.hi / b.lo;
  if (b.hi == 0 && a.lo > 0)
    return (cz_interval){INFINITY, -INFINITY}; /* nothing times 0 is more than 0 */
  return (cz_interval){lo > 0 ? cz_round_down(lo) : 0, cz_round_up(hi)};
}

cz_interval cz_interval_power(cz_interval base, int32_t exponent) {
  cz_interval result = base;
  for (int32_t i = 1; i < exponent; i++)
    result = cz_interval_multiply(result, base);
  return result;
}

cz_interval cz_interval_scale(cz_interval a, double factor) {
  return (cz_interval){cz_round_down(a.lo * factor), cz_round_up(a.hi * factor)};
}
