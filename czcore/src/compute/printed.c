/* printed.c: what a printed decimal stands for.
 *
 * A double that was read from a decimal is not that decimal, but says which one it was as long as the decimal
 * had at most 15 digits. The kernels go back to the decimal as a whole number over a power of ten (both
 * doubles, exactly) and compute from there; a text is never made.
 */
#include "exact.h"
#include "internal.h"

#define LOOP for (int64_t i = 0; i < count; i++)

#define DECIMALS_MAX 22   /* the largest power of ten that is a double */
#define DIGITS_MAX 1e15   /* decimals of 15 digits are told apart by doubles, longer ones need not be */
#define WHOLE_MAX 0x1p+51 /* whole numbers up to here, and four times them, are doubles */

static double power_of_ten(int n) {
  static const double powers[DECIMALS_MAX + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                  1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  return powers[n];
}

/* The rule's set around a printed number of m units, in half units; and which ends are open. */
typedef struct reach {
  int lo, hi;
  bool open_lo, open_hi;
} reach;

static reach reach_of(int rule, double m) {
  bool odd = fmod(m, 2) != 0;
  switch (rule) {
  case CZ_ROUNDING_HALF_UP:
    return (reach){-1, 1, m <= 0, m >= 0};
  case CZ_ROUNDING_HALF_DOWN:
    return (reach){-1, 1, m > 0, m < 0};
  case CZ_ROUNDING_HALF_EVEN:
    return (reach){-1, 1, odd, odd};
  case CZ_ROUNDING_CEIL:
    return (reach){-2, 0, true, false};
  case CZ_ROUNDING_FLOOR:
    return (reach){0, 2, false, true};
  case CZ_ROUNDING_TRUNC:
    return (reach){m > 0 ? 0 : -2, m < 0 ? 0 : 2, m <= 0, m >= 0};
  default:
    return (reach){-1, 1, false, false};
  }
}

static bool known(double decimals, double rule) {
  return fabs(decimals) <= DECIMALS_MAX && rule >= 0 && rule < CZ_ROUNDING_COUNT;
}

/* How many units of 10^-decimals value is, as a whole number. */
static double units_of(double value, int decimals) {
  return decimals >= 0 ? rint(value * power_of_ten(decimals)) : rint(value / power_of_ten(-decimals));
}

/* halves / 2 * 10^-decimals; halves whole. */
static cz_exact half_units(double halves, int decimals) {
  if (decimals >= 0)
    return cz_exact_ratio(cz_exact_of(halves), cz_exact_of(2 * power_of_ten(decimals)));
  return cz_exact_scaled(cz_exact_product(halves, power_of_ten(-decimals)), 0.5);
}

/* Given: a value, taken as the decimal of so many places (-22 … 22; -2 is rounded to hundreds) that is
 * nearest to it, and a cz_rounding. Returned: lo and hi of the numbers that print so, rounded outwards;
 * whether they belong to the set themselves says unround_open. An infinity is itself; NaN for places or rules
 * outside their range. A value of more digits than a double has stands for itself, -+ half a place. */
void cz_unround_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    double value = in[0][i], lo = (double)NAN, hi = (double)NAN;
    if (known(in[1][i], in[2][i])) {
      int decimals = (int)in[1][i];
      double m = units_of(value, decimals);
      reach r = reach_of((int)in[2][i], m);
      if (fabs(m) < WHOLE_MAX) {
        lo = cz_lower(half_units(2 * m + r.lo, decimals));
        hi = cz_upper(half_units(2 * m + r.hi, decimals));
      } else if (fabs(value) > DBL_MAX) {
        lo = hi = value;
      } else if (cz_is_finite(value)) {
        cz_exact down = half_units(r.lo, decimals), up = half_units(r.hi, decimals);
        cz_exact low = cz_exact_add(down, value), high = cz_exact_add(up, value);
        lo = cz_lower(low);
        hi = cz_upper(high);
      }
    }
    out[0][i] = lo;
    out[1][i] = hi;
  }
}

/* Which ends of unround are open. Both 0 for values, places and rules that have no set. */
void cz_unround_open_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    reach r = {0, 0, false, false};
    if (cz_is_finite(in[0][i]) && known(in[1][i], in[2][i])) {
      double m = units_of(in[0][i], (int)in[1][i]);
      r = reach_of((int)in[2][i], fabs(m) < WHOLE_MAX ? m : 0);
    }
    out[0][i] = r.open_lo;
    out[1][i] = r.open_hi;
  }
}

/* Places of a step that is a power of ten; false for any other. */
static bool places_of(double step, int *decimals) {
  for (int d = 0; d <= DECIMALS_MAX; d++) {
    if (step == 1 / power_of_ten(d))
      return *decimals = d, true;
    if (step == power_of_ten(d))
      return *decimals = -d, true;
  }
  return false;
}

/* Given: a value and one unit of its last written place (the column `resolution`; any number >= 0, NaN: the
 * value is exact). Returned: value -+ step / 2, from the decimal where the step is a power of ten. */
void cz_unround_step_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    double value = in[0][i], step = in[1][i], lo = value, hi = value;
    int decimals = 0;
    if (cz_is_finite(value) && step > 0) {
      bool decimal = places_of(step, &decimals);
      double m = decimal ? units_of(value, decimals) : 0;
      if (decimal && fabs(m) < WHOLE_MAX) {
        lo = cz_lower(half_units(2 * m - 1, decimals));
        hi = cz_upper(half_units(2 * m + 1, decimals));
      } else {
        cz_exact half = {step / 2, 0, step * CZ_UNIT};
        lo = cz_lower(cz_exact_add((cz_exact){-half.h, 0, half.e}, value));
        hi = cz_upper(cz_exact_add(half, value));
      }
    }
    out[0][i] = lo;
    out[1][i] = hi;
  }
}

/* The shortest decimal that reads as value: m * 10^-places. False where that takes more than 15 digits. */
static bool decimal_of(double value, double *m, int *places) {
  for (int d = 0; d <= DECIMALS_MAX; d++) {
    double whole = rint(value * power_of_ten(d));
    if (!(fabs(whole) < DIGITS_MAX))
      return false;
    if (whole / power_of_ten(d) == value)
      return *m = whole, *places = d, true;
  }
  return false;
}

/* Given: a value and a power of ten (-44 … 44). Returned: the double nearest to 10^power times the decimal
 * that value was read from: 616.6 and 8 give 61660000000, which 616.6 * 1e8 need not. NaN for a power outside
 * the range. */
void cz_scale_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    double value = in[0][i], m = value;
    int places = 0;
    if (!(fabs(in[1][i]) <= 2 * DECIMALS_MAX)) {
      out[0][i] = (double)NAN;
      continue;
    }
    if (!decimal_of(value, &m, &places))
      m = value, places = 0;
    int power = (int)in[1][i] - places;
    cz_exact result = cz_exact_of(m);
    while (power > 0) {
      int step = power < DECIMALS_MAX ? power : DECIMALS_MAX;
      result = cz_exact_scaled(result, power_of_ten(step));
      power -= step;
    }
    while (power < 0) {
      int step = -power < DECIMALS_MAX ? -power : DECIMALS_MAX;
      result = cz_exact_ratio(result, cz_exact_of(power_of_ten(step)));
      power += step;
    }
    out[0][i] = cz_is_finite(value) && value != 0 ? result.h + result.l : value;
  }
}

/* Places after the point of the shortest decimal that reads as value; -1 if it has too many digits to tell.
 */
void cz_decimals_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    double m;
    int places = -1;
    if (!decimal_of(in[0][i], &m, &places))
      places = -1;
    out[0][i] = places;
  }
}

#define GRIM_DECIMALS_MAX 6

/* Whether the whole number sets [lo, hi] times n (half units) hold a multiple k of scale with k_min <= k <=
 * k_max. */
static bool holds_multiple(int64_t lo, int64_t hi, int64_t scale, int64_t k_min, int64_t k_max) {
  if (lo > hi)
    return false;
  int64_t k = hi / scale - (hi % scale < 0 ? 1 : 0);
  if (k > k_max)
    k = k_max;
  return k >= k_min && k * scale >= lo;
}

/* The test of Brown and Heathers (2017), GRIM, for shares and means.
 * Given: the printed value, n > 0 (whole), its decimals (0 … 6), items per case (>= 1), the cz_rounding, and
 * 1 for percent of n * items, 0 for a mean of whole numbers. Returned: 1 if some whole number over n * items
 * prints as value (for percent, one between 0 and n * items), 0 if none does, -1 where the question makes no
 * sense. Whole-number arithmetic throughout: value = m / 10^d is printed for M / N if M * 2 * 10^d lies
 * between (2 m + a) N and (2 m + b) N, a and b being the reach of the rule in half units. */
void cz_grim_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    double value = in[0][i], n = in[1][i] * in[3][i];
    out[0][i] = -1;
    if (!cz_is_finite(value) || !(n > 0) || n != floor(n) || in[1][i] != floor(in[1][i]) ||
        !(in[3][i] >= 1) || in[2][i] < 0 || in[2][i] > GRIM_DECIMALS_MAX || !known(in[2][i], in[4][i]))
      continue;
    int decimals = (int)in[2][i];
    bool percent = in[5][i] != 0;
    double m = units_of(value, decimals);
    if (!(fabs(m) < WHOLE_MAX))
      continue;
    reach r = reach_of((int)in[4][i], m);
    int64_t half_scale = (int64_t)power_of_ten(decimals) * (percent ? 100 : 1), scale = 2 * half_scale;
    int64_t units = (int64_t)m;
    /* A set longer than the distance of multiples always holds one. Shorter ones fit 64 bits once m is
     * reduced. */
    bool dense = n * (r.hi - r.lo) > 2 * (double)scale;
    if (dense) {
      bool inside = units * 2 + r.lo <= scale && units * 2 + r.hi >= 0;
      bool touches = (units * 2 + r.lo == scale && r.open_lo) || (units * 2 + r.hi == 0 && r.open_hi);
      out[0][i] = !percent || (inside && !touches);
      continue;
    }
    int64_t whole = units / half_scale - (units % half_scale < 0 ? 1 : 0);
    int64_t rest = units - whole * half_scale, size = (int64_t)n;
    int64_t lo = (2 * rest + r.lo) * size + (r.open_lo ? 1 : 0),
            hi = (2 * rest + r.hi) * size - (r.open_hi ? 1 : 0);
    /* k counts from `whole` times size. */
    int64_t k_min = INT64_MIN / 4, k_max = INT64_MAX / 4;
    if (percent && (whole < -1 || whole > 1)) {
      out[0][i] = 0;
      continue;
    }
    if (percent)
      k_min = -whole * size, k_max = size - whole * size;
    out[0][i] = holds_multiple(lo, hi, scale, k_min, k_max);
  }
}
