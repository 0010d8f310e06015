/* compute/inequality.h: Theil's measures for other kernels. */
#ifndef CZCORE_COMPUTE_INEQUALITY_H
#define CZCORE_COMPUTE_INEQUALITY_H

#include <math.h>

#include "czcore/disparity.h"
#include "internal.h"

/* What a value at 1 + d times the mean adds to Theil's T, (1 + d) ln(1 + d) - d, and to L, d - ln(1 + d). The
 * deviations add up to nothing, and with them taken off no term is below 0 and none cancels another. */
static inline double cz_theil_term(double d, cz_theil kind) {
  double term = kind == CZ_THEIL_T ? 1 : (double)INFINITY; /* of a value of 0 */
  if (d > -1)
    term = kind == CZ_THEIL_T ? (1 + d) * log1p(d) - d : d - log1p(d);
  return term > 0 ? term : 0;
}

/* Theil's T or L of what has a weight. NaN for negative or missing values and weights, and where there is
 * nothing to share. L is infinite if a value is 0. */
double cz_theil_of(int64_t length, const cz_lane *values, const cz_lane *weights, cz_theil kind);

#endif
