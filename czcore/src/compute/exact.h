/* compute/exact.h: sums, products, quotients and roots with a known error, and their outward rounding.
 *
 * A cz_exact is a number known as h + l with an error of at most e; h carries the leading digits. All
 * functions keep l = e = 0 where the result is a double, so that a bound which is exact stays as it is. The
 * transforms are those of Knuth (TwoSum) and of Dekker with a fused multiply-add (TwoProduct); see Muller et
 * al., Handbook of Floating-Point Arithmetic, 2nd ed., chapters 4 and 5. Written without branches, and
 * without bool variables, which the compiler turns back into branches, so that loops over them become vector
 * code.
 *
 * Overflow, underflow and infinite operands: the functions return either an infinite h, which cz_lower and
 * cz_upper read as "beyond the largest double", or an e that covers what was lost.
 */
#ifndef CZCORE_COMPUTE_EXACT_H
#define CZCORE_COMPUTE_EXACT_H

#include <float.h>
#include <math.h>

#include "czcore/base.h"

/* clang fuses multiplications and additions unless told not to; gcc in ISO mode does not, but keeps divisions
 * behind branches in case someone looks at the exception flags, which nobody does here, and then cannot make
 * vector code. */
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#elif defined(__GNUC__)
#pragma GCC optimize("no-trapping-math")
#endif

/* Error-free transforms need every operation rounded to double. */
_Static_assert(FLT_EVAL_METHOD == 0, "intermediate results must be doubles: use SSE2, not the x87 unit");

#if defined(__GNUC__) || defined(__clang__)
#define CZ_INLINE static inline __attribute__((always_inline))
#elif defined(_MSC_VER)
#define CZ_INLINE static __forceinline
#else
#define CZ_INLINE static inline
#endif

#define CZ_UNIT 0x1p-53   /* half the distance from 1 to the next double */
#define CZ_SMALL 0x1p-900 /* below this, products of errors may be lost */
#define CZ_LARGE 0x1p+990 /* above this, intermediate results may overflow */
#define CZ_TINIEST 0x1p-1074

typedef struct cz_exact {
  double h, l, e;
} cz_exact;

CZ_INLINE cz_exact cz_exact_of(double x) {
  return (cz_exact){x, 0, 0};
}

CZ_INLINE bool cz_is_finite(double x) {
  return fabs(x) <= DBL_MAX;
}

/* The double below x; at most one further. NaN and infinities stay. */
CZ_INLINE double cz_below(double x) {
  double step = fabs(x) * (CZ_UNIT * (1 + 2 * CZ_UNIT)) + CZ_TINIEST;
  return fabs(x) <= DBL_MAX ? x - step : x;
}

CZ_INLINE double cz_above(double x) {
  return -cz_below(-x);
}

/* A double not above the number, and the largest such or the one before it. */
CZ_INLINE double cz_lower(cz_exact x) {
  /* The error is widened for the rounding of this subtraction; it stays 0 where there is none. */
  double error = x.e * (1 + 0x1p-20) + fabs(x.l) * 0x1p-50;
  double tail = x.l - error;
  double sum = x.h + tail, t = sum - x.h;
  double left = (x.h - (sum - t)) + (tail - t);
  double result = left < 0 ? cz_below(sum) : sum;
  double beyond = x.h > DBL_MAX ? DBL_MAX : x.h;
  return fabs(x.h) <= DBL_MAX ? result : beyond;
}

/* A double not below the number. */
CZ_INLINE double cz_upper(cz_exact x) {
  return -cz_lower((cz_exact){-x.h, -x.l, x.e});
}

/* a + b. */
CZ_INLINE cz_exact cz_exact_sum(double a, double b) {
  double s = a + b, t = s - a;
  double l = (a - (s - t)) + (b - t);
  return (cz_exact){s, fabs(s) <= DBL_MAX ? l : 0, 0};
}

/* a * b. */
CZ_INLINE cz_exact cz_exact_product(double a, double b) {
  double p = a * b;
  double l = fma(a, b, -p);
  double e = fabs(p) < CZ_SMALL ? 4 * CZ_TINIEST : 0;
  e = a == 0 ? 0 : e;
  e = b == 0 ? 0 : e;
  return (cz_exact){p, fabs(p) <= DBL_MAX ? l : 0, e};
}

/* x + b. */
CZ_INLINE cz_exact cz_exact_add(cz_exact x, double b) {
  cz_exact s = cz_exact_sum(x.h, b);
  cz_exact t = cz_exact_sum(s.l, x.l);
  cz_exact r = cz_exact_sum(s.h, t.h);
  return (cz_exact){r.h, r.l, x.e + 2 * fabs(t.l)};
}

/* x * y. */
CZ_INLINE cz_exact cz_exact_times(cz_exact x, cz_exact y) {
  cz_exact p = cz_exact_product(x.h, y.h);
  double a = x.h * y.l, b = x.l * y.h;
  /* l is rounded three times, and x.l * y.l is left out: 2^-104 of the product covers all, and nothing is
   * lost where both low parts are 0. */
  double cross = a + b;
  double e = p.e + (fabs(x.l) + fabs(y.l) == 0 ? 0 : fabs(p.h) * 0x1p-102 + CZ_TINIEST * 4);
  e += fabs(x.h) * y.e * 2 + fabs(y.h) * x.e * 2;
  cz_exact r = cz_exact_sum(p.h, p.l + cross);
  double size = fabs(p.h);
  return (cz_exact){size <= DBL_MAX ? r.h : p.h, size <= DBL_MAX ? r.l : 0, size <= DBL_MAX ? e : 0};
}

/* x * k for a k that is not tiny. */
CZ_INLINE cz_exact cz_exact_scaled(cz_exact x, double k) {
  return cz_exact_times(x, cz_exact_of(k));
}

/* n / d. A d of 0 gives an infinity of the sign of n, or NaN for 0 / 0; an infinite d with a finite n gives
 * 0. */
CZ_INLINE cz_exact cz_exact_ratio(cz_exact n, cz_exact d) {
  double q = n.h / d.h;
  double inverse = 1 / d.h;
  /* (n - q d) exactly: the first difference by the fused operation, the rest by TwoSum. */
  cz_exact rest = cz_exact_sum(fma(-q, d.h, n.h), n.l);
  double cross = q * d.l;
  cz_exact t = cz_exact_sum(rest.h, -cross);
  double tail = t.l + rest.l;
  double difference = t.h + tail;
  double l = difference * inverse;
  double e = fabs(cross) * CZ_UNIT + 2 * fabs(tail) + n.e + fabs(q) * d.e;
  /* What underflows on the way: in q d.l before, and in the products after this. */
  e += d.l == 0 ? 0 : 4 * CZ_TINIEST;
  double traces = fabs(difference) + e;
  e = e * fabs(inverse) * (1 + 0x1p-20) + fabs(l) * 0x1p-50;
  e += traces == 0 ? 0 : 4 * CZ_TINIEST;
  /* Where the error terms may have been lost, a plain error of some units covers q. The first rounding of n
   * and d to h is within one unit each. */
  double size = fabs(n.h), way = fabs(d.h), result = fabs(q);
  double least = size < way ? size : way, most = size < way ? way : size;
  least = result < least ? result : least;
  most = result > most ? result : most;
  double lost = n.e == 0 ? 0 : n.e * fabs(inverse) * 2 + 4 * CZ_TINIEST;
  double coarse = n.h == 0 ? lost : lost + (result * 0x1p-48 + 4 * CZ_TINIEST);
  coarse = way > DBL_MAX ? 0 : coarse;
  l = least >= CZ_SMALL ? l : 0;
  l = most <= CZ_LARGE ? l : 0;
  e = least >= CZ_SMALL ? e : coarse;
  e = most <= CZ_LARGE ? e : coarse;
  /* A denominator that may be 0 says nothing. */
  double doubt = d.e * 1024;
  e = doubt > way ? (double)INFINITY : e;
  return (cz_exact){doubt > way ? 0 : q, doubt > way ? 0 : l, e};
}

/* x^n for an n >= 1. */
static inline cz_exact cz_exact_power(cz_exact x, int64_t n) {
  cz_exact result = cz_exact_of(1);
  for (;;) {
    if (n & 1)
      result = cz_exact_times(result, x);
    n >>= 1;
    if (n == 0)
      return result;
    x = cz_exact_times(x, x);
  }
}

#define CZ_POWER_MAX 1000000 /* years beyond this are not worth an exact power */

/* Whether an exponent can be taken exactly. */
CZ_INLINE bool cz_is_count(double n) {
  return n >= 1 && n <= CZ_POWER_MAX && n == floor(n);
}

/* A number of which nothing is known. */
CZ_INLINE cz_exact cz_exact_unknown(void) {
  return (cz_exact){0, 0, (double)INFINITY};
}

/* The n-th root of x > 0, n > 0.
 * For whole n: y by pow, then one step of Newton with y^n to twice the precision; its error is of second
 * order, n (error of y)^2, so that even a pow that is off by 16 units leaves less than n * 2^-96 of the root.
 * For other n, and for x close to overflow or underflow, the error is that of pow, taken as 8 units, and of
 * the rounding of 1 / n. */
static inline cz_exact cz_exact_root(cz_exact x, double n) {
  if (n == 1)
    return x;
  if (!(x.h > 0) || !cz_is_finite(x.h) || !(x.e <= x.h * 0x1p-20))
    return cz_exact_unknown();
  double y = pow(x.h, 1 / n);
  if (!cz_is_finite(y) || y == 0)
    return cz_exact_unknown();
  if (!cz_is_count(n) || x.h < CZ_SMALL || x.h > CZ_LARGE) {
    double e = y * (16 * CZ_UNIT + 4 * CZ_UNIT * fabs(log(y)));
    return (cz_exact){y, 0, e + (x.e + fabs(x.l)) / x.h * y * (2 / n)};
  }
  cz_exact power = cz_exact_power(cz_exact_of(y), (int64_t)n);
  cz_exact rest = cz_exact_add(power, -x.h);
  rest = cz_exact_add(rest, -x.l);
  double doubt = rest.e + x.e;
  if (rest.h == 0 && rest.l == 0 && doubt == 0)
    return cz_exact_of(y);
  double slope = y / (n * power.h);
  double step = -rest.h * slope;
  return (cz_exact){y, step, doubt * slope * 2 + fabs(step) * 0x1p-48 + y * n * 0x1p-96};
}

/* x^years for x >= 0 and any years >= 0; exact as far as the number of years is whole. */
static inline cz_exact cz_exact_compound(cz_exact x, double years) {
  if (years == 0)
    return cz_exact_of(1);
  if (cz_is_count(years))
    return cz_exact_power(x, (int64_t)years);
  double y = pow(x.h, years);
  double e = fabs(y) * (16 * CZ_UNIT + 4 * CZ_UNIT * fabs(years));
  return (cz_exact){y, 0, y > 0 && cz_is_finite(y) ? e : 0};
}

#endif
