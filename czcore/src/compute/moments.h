/* compute/moments.h: mean and spread for other kernels. */
#ifndef CZCORE_COMPUTE_MOMENTS_H
#define CZCORE_COMPUTE_MOMENTS_H

#include "internal.h"

typedef struct cz_moments {
  double mean, deviation, weight;
  int64_t count; /* values of weight above 0 */
} cz_moments;

/* Weighted mean and standard deviation; values of weight 0 are not looked at, so that missing ones can be
 * left out. The variance is that of the weights times n / (n - ddof) for n values. NaN without values, with
 * negative weights, and for the deviation with n <= ddof. */
cz_moments cz_moments_of(int64_t length, const cz_lane *values, const cz_lane *weights, double ddof);

#endif
