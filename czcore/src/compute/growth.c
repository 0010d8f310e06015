/* growth.c: growth, shares, price adjustment and their interval forms, element by element.
 *
 * Points are computed in plain doubles, within some units of the last place. Interval forms evaluate the
 * formula at those corners of the box where a function that is monotone in each argument takes its bounds
 * (Moore, Kearfott and Cloud, Introduction to Interval Analysis, 2009, chapter 5), with exact.h, and round
 * outwards once. Every formula is written so that each figure occurs once as far as the corners are
 * concerned, hence the bounds are those of the real function and not only an enclosure.
 */
#include "exact.h"
#include "internal.h"

#define LOOP for (int64_t i = 0; i < count; i++)

/* ---- points ---- */

/* Percent growth. Given: value, base > 0, same unit. Returned: percent; NaN for base <= 0 or infinite.
 * Written as a difference over the base, which keeps the digits of small rates that (value / base - 1) loses.
 */
CZ_INLINE void growth_body(int64_t count, const double *const *in, double *const *out) {
  const double *restrict value = in[0], *restrict base = in[1];
  double *restrict result = out[0];
  LOOP {
    double g = 100 * (value[i] - base[i]) / base[i];
    result[i] = base[i] > 0 ? g : (double)NAN;
  }
}
CZ_KERNEL_LEVELS(growth)

/* Change in the unit of the figures (percentage points for rates). inf - inf is NaN. */
CZ_INLINE void change_body(int64_t count, const double *const *in, double *const *out) {
  const double *restrict value = in[0], *restrict base = in[1];
  double *restrict result = out[0];
  LOOP result[i] = value[i] - base[i];
}
CZ_KERNEL_LEVELS(change)

/* How many times the base (是…的1.46倍). Returned: a plain ratio; NaN for base <= 0. */
CZ_INLINE void multiple_body(int64_t count, const double *const *in, double *const *out) {
  const double *restrict value = in[0], *restrict base = in[1];
  double *restrict result = out[0];
  LOOP {
    double m = value[i] / base[i];
    result[i] = base[i] > 0 ? m : (double)NAN;
  }
}
CZ_KERNEL_LEVELS(multiple)

/* Share (占比) in percent. NaN for total <= 0. Also the rebased index number: 100 index / index of the new
 * base. */
CZ_INLINE void share_body(int64_t count, const double *const *in, double *const *out) {
  const double *restrict part = in[0], *restrict total = in[1];
  double *restrict result = out[0];
  LOOP {
    double s = 100 * part[i] / total[i];
    result[i] = total[i] > 0 ? s : (double)NAN;
  }
}
CZ_KERNEL_LEVELS(share)

/* Given two of nominal growth, real growth and the change of prices, the quotient of the first by the second:
 * (1 + nominal) / (1 + price) - 1. With price it is real growth (deflated), with real growth the implied
 * deflator. Percent throughout. NaN for price <= -100. */
CZ_INLINE void deflate_body(int64_t count, const double *const *in, double *const *out) {
  const double *restrict nominal = in[0], *restrict price = in[1];
  double *restrict result = out[0];
  LOOP {
    double r = 100 * (nominal[i] - price[i]) / (100 + price[i]);
    result[i] = price[i] > -100 ? r : (double)NAN;
  }
}
CZ_KERNEL_LEVELS(deflate)

/* Nominal growth from real growth and the change of prices: (1 + real)(1 + price) - 1, percent. */
CZ_INLINE void inflate_body(int64_t count, const double *const *in, double *const *out) {
  const double *restrict real = in[0], *restrict price = in[1];
  double *restrict result = out[0];
  LOOP {
    double n = real[i] + price[i] + real[i] * price[i] / 100;
    bool defined = real[i] >= -100;
    defined &= price[i] >= -100;
    result[i] = defined ? n : (double)NAN;
  }
}
CZ_KERNEL_LEVELS(inflate)

static double factor_of(double growth, double years) {
  if (!(growth >= -100) || !cz_is_finite(years))
    return (double)NAN;
  return years == 1 ? (100 + growth) / 100 : pow(1 + growth / 100, years);
}

/* The level that a rate leads to. Given: base in any unit, percent a year, years (any sign, may be broken).
 * NaN for growth < -100. */
void cz_level_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP out[0][i] = in[2][i] == 1 && in[1][i] >= -100 ? in[0][i] * (100 + in[1][i]) / 100
                                                     : in[0][i] * factor_of(in[1][i], in[2][i]);
}

/* The base behind a level and a rate. NaN for growth <= -100. */
void cz_base_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    bool simple = in[2][i] == 1 && in[1][i] > -100;
    double factor = simple ? 100 + in[1][i] : factor_of(in[1][i], in[2][i]);
    out[0][i] = simple ? 100 * in[0][i] / factor : factor > 0 ? in[0][i] / factor : (double)NAN;
  }
}

/* 100 (ratio^(1 / years) - 1) without losing the digits of small rates. */
static double rate_of(double ratio, double years) {
  if (!(ratio >= 0) || !(years > 0) || !cz_is_finite(years))
    return (double)NAN;
  if (years == 1)
    return 100 * (ratio - 1);
  return 100 * expm1(log(ratio) / years);
}

/* Compound annual growth (年均增长). Given: value >= 0, base > 0, years > 0. Returned: percent a year.
 * -100 for a value of 0; NaN for a base <= 0, a negative value or years <= 0. */
void cz_cagr_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    double value = in[0][i], base = in[1][i], years = in[2][i];
    bool simple = base > 0 && value >= 0 && years == 1;
    out[0][i] = simple ? 100 * (value - base) / base : rate_of(base > 0 ? value / base : (double)NAN, years);
  }
}

/* Annual rate of a cumulative one (〔13.5〕 over five years). Given: percent in all, years > 0. NaN below
 * -100. */
void cz_annual_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    double total = in[0][i], years = in[1][i];
    bool defined = total >= -100 && years > 0 && cz_is_finite(years);
    out[0][i] = !defined ? (double)NAN : years == 1 ? total : 100 * expm1(log1p(total / 100) / years);
  }
}

/* Annual rate that the rest of a plan needs. Given: cumulative goal and what is done, percent, and the years
 * left. NaN for goal < -100, done <= -100 or years <= 0. */
void cz_remaining_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    double goal = in[0][i], done = in[1][i];
    out[0][i] = goal >= -100 && done > -100 ? rate_of((100 + goal) / (100 + done), in[2][i]) : (double)NAN;
  }
}

/* Years in which a figure doubles. Given: percent a year. inf for 0, NaN below. */
void cz_doubling_time_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP out[0][i] = in[0][i] >= 0 ? log(2.0) / log1p(in[0][i] / 100) : (double)NAN;
}

/* Contribution rate (贡献率): the part's share in the change of the total, percent. NaN if the total did not
 * change. Given: part now and before, total now and before. */
void cz_contribution_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    double total = in[2][i] - in[3][i];
    out[0][i] = total != 0 ? 100 * (in[0][i] - in[1][i]) / total : (double)NAN;
  }
}

/* Pull (拉动): percentage points of the total's growth that come from the part. NaN for total <= 0. */
void cz_pull_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP out[0][i] = in[2][i] > 0 ? 100 * (in[0][i] - in[1][i]) / in[2][i] : (double)NAN;
}

/* ---- growth of intervals, the one that has to be fast ---- */

/* 100 (a - b) / b at one corner; b >= 0. `limit` is the growth where both are infinite. */
static cz_exact growth_corner(double a, double b, double limit) {
  if (b > DBL_MAX)
    return cz_exact_of(fabs(a) > DBL_MAX ? limit : -100);
  /* Nothing over a base close to nothing is still a loss of everything. */
  if (a == 0)
    return cz_exact_of(-100);
  /* Close to overflow both are made smaller; a figure that vanishes by that leaves a trace. */
  double k = fabs(a) > CZ_LARGE || b > CZ_LARGE ? 0x1p-64 : 1;
  cz_exact rate = cz_exact_ratio(cz_exact_scaled(cz_exact_sum(a * k, -b * k), 100), cz_exact_of(b * k));
  if (a * k / k != a)
    rate.e += 4 * CZ_TINIEST;
  return rate;
}

/* One interval with all that can be wrong with it. */
static void growth_interval_one(double first, double last, double small, double large, double *lo,
                                double *hi) {
  *lo = *hi = (double)NAN;
  if (!(first <= last) || !(small <= large) || !(large > 0))
    return;
  if (!(small > 0))
    small = 0;
  /* With both infinite the quotient can be anything of its sign. */
  double limit_lo = first < 0 ? (double)-INFINITY : -100, limit_hi = last > 0 ? (double)INFINITY : -100;
  *lo = cz_lower(growth_corner(first, first >= 0 ? large : small, limit_lo));
  *hi = cz_upper(growth_corner(last, last >= 0 ? small : large, limit_hi));
}

/* For `side` 1 a lower, for -1 an upper bound of 100 (a - b) / b, for figures of ordinary size: |a| <= 2^400,
 * 2^-400 <= b <= 2^400. A tenth of the work of growth_corner: one division, Markstein's correction of the
 * quotient (Handbook of Floating-Point Arithmetic, section 4.7), and the exact remainder, whose sign says on
 * which side of the exact rate it lies. Remainder 0: the rate is a double and stays. */
CZ_INLINE double ordinary_bound(double a, double b, double side) {
  double s = a - b, t = s - a;
  double lost = (a - (s - t)) - (b + t);
  double n = 100 * s;
  double rest_n = fma(100, lost, fma(100, s, -n));
  double inverse = 1 / b;
  double q = n * inverse;
  q = fma(fma(-q, b, n), inverse, q);
  double rest = fma(-q, b, n);
  /* q + tail / b is the rate, with an error of less than 4 units of what the tail is made of. */
  double parts = fabs(rest) + fabs(rest_n);
  /* What a subnormal figure leaves in the tail may underflow in the product. */
  double trace = parts > 0 ? 0x1p-1000 : 0;
  double towards = fma((rest + rest_n) - side * (parts * 0x1p-50), inverse, -side * trace);
  double y = q + towards;
  double left = towards - (y - q);
  /* For ordinary y this is the next double on that side, with one rounding. */
  double next = fma(fabs(y), -side * (CZ_UNIT * (1 + 2 * CZ_UNIT)), y);
  return left * side < 0 ? next : y;
}

#define ORDINARY 0x1p+400
#define GROWTH_BLOCK 256

/* Given: value lo, hi, base lo, hi. The part of the base that is not above 0 is left out: 100 (v - b) / b
 * grows without bound towards it. NaN if no base is above 0. Figures that are not ordinary come out of the
 * first loop as lo > hi, which nothing else does, and are done again with care. */
CZ_INLINE void growth_interval_body(int64_t count, const double *const *in, double *const *out) {
  for (int64_t at = 0; at < count; at += GROWTH_BLOCK) {
    int64_t size = count - at < GROWTH_BLOCK ? count - at : GROWTH_BLOCK;
    const double *restrict a0 = in[0] + at, *restrict a1 = in[1] + at;
    const double *restrict b0 = in[2] + at, *restrict b1 = in[3] + at;
    double *restrict lo = out[0] + at, *restrict hi = out[1] + at;
    for (int64_t i = 0; i < size; i++) {
      double first = a0[i], last = a1[i], small = b0[i], large = b1[i];
      double way_a = first - last, way_b = small - large;
      double most = last > -first ? last : -first;
      most = large > most ? large : most;
      double odd = way_a > way_b ? way_a : way_b;
      odd = most > ORDINARY ? 1 : odd;
      odd = small < 1 / ORDINARY ? 1 : odd;
      double low = ordinary_bound(first, first >= 0 ? large : small, 1);
      double high = ordinary_bound(last, last >= 0 ? small : large, -1);
      /* A missing end makes both ends missing; the sum is finite otherwise. */
      double missing = (way_a + way_b) * 0;
      low += missing;
      high += missing;
      lo[i] = odd > 0 ? (double)INFINITY : low;
      hi[i] = odd > 0 ? (double)-INFINITY : high;
    }
    int64_t again = 0;
    for (int64_t i = 0; i < size; i++)
      again |= lo[i] > hi[i];
    for (int64_t i = 0; again && i < size; i++)
      if (lo[i] > hi[i])
        growth_interval_one(a0[i], a1[i], b0[i], b1[i], &lo[i], &hi[i]);
  }
}
CZ_KERNEL_LEVELS(growth_interval)

/* ---- can value, base and growth all be true ---- */

/* Whether some base in [b0, b1], b > 0, some growth in [g0, g1] and some value in [a0, a1] satisfy
 * 100 value = base (100 + growth): the range of the product and that of the value have to meet. 1, 0, or -1
 * where an interval is empty or undefined. The two sides are off by less than 8 units of the terms they are
 * made of and are moved apart by 16: what can be true is never refused, and what is refused is false by more
 * than rounding. No division, hence several times as fast as growth_interval. */
CZ_INLINE double check_one(double a0, double a1, double b0, double b1, double g0, double g1) {
  bool defined = a0 <= a1;
  defined &= b0 <= b1;
  defined &= g0 <= g1;
  defined &= b1 > 0;
  double small = b0 > 0 ? b0 : 0;
  double k0 = 100 + g0, k1 = 100 + g1;
  double b_low = k0 >= 0 ? small : b1, b_high = k1 >= 0 ? b1 : small;
  double low = b_low * k0, high = b_high * k1;
  double doubt_low = (fabs(a1) * 100 + b_low * (100 + fabs(g0))) * (16 * CZ_UNIT) + 0x1p-1000;
  double doubt_high = (fabs(a0) * 100 + b_high * (100 + fabs(g1))) * (16 * CZ_UNIT) + 0x1p-1000;
  /* A side without end has an infinite or undefined doubt, and does not refuse. */
  bool refused = low - 100 * a1 > doubt_low;
  refused |= 100 * a0 - high > doubt_high;
  double answer = refused ? 0 : 1;
  return defined ? answer : -1;
}

/* Given: value, base, growth, and the half width of each (half of the last printed place). */
CZ_INLINE void check_body(int64_t count, const double *const *in, double *const *out) {
  const double *restrict value = in[0], *restrict base = in[1], *restrict growth = in[2];
  const double *restrict half_value = in[3], *restrict half_base = in[4], *restrict half_growth = in[5];
  double *restrict result = out[0];
  LOOP {
    double a = value[i], b = base[i], g = growth[i], ha = half_value[i], hb = half_base[i],
           hg = half_growth[i];
    result[i] = check_one(a - ha, a + ha, b - hb, b + hb, g - hg, g + hg);
  }
}

CZ_KERNEL_LEVELS(check)

/* Given: lo and hi of value, base, growth. */
CZ_INLINE void check_interval_body(int64_t count, const double *const *in, double *const *out) {
  const double *restrict a0 = in[0], *restrict a1 = in[1], *restrict b0 = in[2], *restrict b1 = in[3];
  const double *restrict g0 = in[4], *restrict g1 = in[5];
  double *restrict result = out[0];
  LOOP result[i] = check_one(a0[i], a1[i], b0[i], b1[i], g0[i], g1[i]);
}

CZ_KERNEL_LEVELS(check_interval)

/* ---- other intervals, by corners ---- */

#define ARGUMENTS_MAX 4

/* A function that is monotone in each argument while the others are held. */
typedef cz_exact corner_function(const double *arguments);

/* Bounds over the box bounds[2 k] … bounds[2 k + 1], k < size. Corners that are undefined (0 / 0, inf / inf,
 * 0 inf) are limits of others and left out. NaN for empty or undefined boxes. */
static void corners(corner_function *function, int size, const double *bounds, double *lo, double *hi) {
  *lo = *hi = (double)NAN;
  for (int k = 0; k < size; k++)
    if (!(bounds[2 * k] <= bounds[2 * k + 1]))
      return;
  for (unsigned corner = 0; corner < 1u << size; corner++) {
    double arguments[ARGUMENTS_MAX];
    for (int k = 0; k < size; k++)
      arguments[k] = bounds[2 * k + (int)(corner >> k & 1)];
    cz_exact value = function(arguments);
    if (isnan(value.h))
      continue;
    double low = cz_lower(value), high = cz_upper(value);
    if (!(*lo <= low))
      *lo = low;
    if (!(*hi >= high))
      *hi = high;
  }
}

/* Leaves of [lo, hi] what is at least `least`; false if nothing or only the end itself is left. */
static bool keep_above(double *bounds, double least) {
  if (!(bounds[1] > least))
    return false;
  if (bounds[0] < least)
    bounds[0] = least;
  return true;
}

/* 100 n / d, also where 100 n would overflow. */
static cz_exact percent(cz_exact n, double d) {
  if (fabs(n.h) <= CZ_LARGE || fabs(n.h) > DBL_MAX)
    return cz_exact_ratio(cz_exact_scaled(n, 100), cz_exact_of(d));
  return cz_exact_scaled(cz_exact_ratio(n, cz_exact_of(d)), 100);
}

/* (1 + growth / 100)^years; growth >= -100. */
static cz_exact factor_exactly(double growth, double years) {
  if (growth > DBL_MAX)
    return cz_exact_of(growth);
  return cz_exact_compound(cz_exact_ratio(cz_exact_sum(100, growth), cz_exact_of(100)), years);
}

static cz_exact share_corner(const double *x) {
  return percent(cz_exact_of(x[0]), x[1]);
}

static cz_exact multiple_corner(const double *x) {
  return cz_exact_ratio(cz_exact_of(x[0]), cz_exact_of(x[1]));
}

static cz_exact level_corner(const double *x) {
  if (x[0] == 0)
    return cz_exact_of(0);
  if (x[2] == 1 && fabs(x[0]) < CZ_LARGE && fabs(x[1]) < CZ_LARGE && x[1] != -100) {
    cz_exact product = cz_exact_scaled(cz_exact_sum(100, x[1]), x[0]);
    if (fabs(product.h) <= CZ_LARGE)
      return cz_exact_ratio(product, cz_exact_of(100));
  }
  return cz_exact_scaled(factor_exactly(x[1], x[2]), x[0]);
}

static cz_exact base_corner(const double *x) {
  if (x[2] == 1 && fabs(x[0]) < CZ_LARGE && x[1] < CZ_LARGE)
    return cz_exact_ratio(cz_exact_scaled(cz_exact_of(x[0]), 100), cz_exact_sum(100, x[1]));
  return cz_exact_ratio(cz_exact_of(x[0]), factor_exactly(x[1], x[2]));
}

static cz_exact rate_of_root(cz_exact root) {
  return cz_exact_scaled(cz_exact_add(root, -1), 100);
}

/* 100 (root of ratio - 1). */
static cz_exact rate_corner(cz_exact ratio, double years) {
  if (isnan(ratio.h))
    return ratio;
  if (ratio.h == 0 && ratio.e == 0)
    return cz_exact_of(-100);
  return rate_of_root(cz_exact_root(ratio, years));
}

/* A rate cannot be below -100, and its lower bound neither. */
static void keep_possible(double *lo) {
  if (*lo < -100)
    *lo = -100;
}

static cz_exact cagr_corner(const double *x) {
  double value = x[0], base = x[1], years = x[2];
  if (value == 0)
    return cz_exact_of(-100);
  if (years == 1)
    return growth_corner(value, base, (double)NAN);
  cz_exact ratio = cz_exact_ratio(cz_exact_of(value), cz_exact_of(base));
  bool ends = base == 0 || !cz_is_finite(value) || !cz_is_finite(base);
  if (ends)
    return !cz_is_finite(ratio.h) ? ratio : cz_exact_of(-100);
  if (ratio.h > CZ_SMALL && ratio.h < CZ_LARGE)
    return rate_corner(ratio, years);
  /* The quotient is lost, but not that of the roots. */
  return rate_of_root(
      cz_exact_ratio(cz_exact_root(cz_exact_of(value), years), cz_exact_root(cz_exact_of(base), years)));
}

static cz_exact annual_corner(const double *x) {
  if (x[1] == 1 || x[0] > DBL_MAX)
    return cz_exact_of(x[0]);
  return rate_corner(cz_exact_ratio(cz_exact_sum(100, x[0]), cz_exact_of(100)), x[1]);
}

static cz_exact deflate_corner(const double *x) {
  if (x[1] == -100)
    return cz_exact_of(x[0] > -100 ? (double)INFINITY : -100);
  if (x[1] > DBL_MAX)
    return cz_exact_of(x[0] > DBL_MAX ? (double)NAN : -100);
  cz_exact d = cz_exact_sum(100, x[1]);
  cz_exact n = cz_exact_sum(x[0], -x[1]);
  if (fabs(n.h) > CZ_LARGE && fabs(n.h) <= DBL_MAX)
    return cz_exact_scaled(cz_exact_ratio(n, d), 100);
  return cz_exact_ratio(cz_exact_scaled(n, 100), d);
}

static cz_exact remaining_corner(const double *x) {
  if (x[2] == 1 || x[0] > DBL_MAX || x[1] > DBL_MAX || x[1] == -100)
    return deflate_corner(x);
  return rate_corner(cz_exact_ratio(cz_exact_sum(100, x[0]), cz_exact_sum(100, x[1])), x[2]);
}

/* real + price + real price / 100. */
static cz_exact inflate_corner(const double *x) {
  if (x[0] == -100 || x[1] == -100)
    return cz_exact_of(-100);
  if (!(fabs(x[0]) < 0x1p+400 && fabs(x[1]) < 0x1p+400))
    return fabs(x[0]) > DBL_MAX || fabs(x[1]) > DBL_MAX ? cz_exact_of((double)INFINITY) : cz_exact_unknown();
  cz_exact product = cz_exact_ratio(cz_exact_product(x[0], x[1]), cz_exact_of(100));
  cz_exact sum = cz_exact_add(cz_exact_add(cz_exact_sum(x[0], x[1]), product.h), product.l);
  sum.e += product.e;
  return sum;
}

void cz_change_interval_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    bool defined = in[0][i] <= in[1][i] && in[2][i] <= in[3][i];
    double lo = cz_lower(cz_exact_sum(in[0][i], -in[3][i])), hi = cz_upper(cz_exact_sum(in[1][i], -in[2][i]));
    /* inf - inf: the difference of two open ends can be anything. */
    if (isnan(lo))
      lo = (double)-INFINITY;
    if (isnan(hi))
      hi = (double)INFINITY;
    out[0][i] = defined ? lo : (double)NAN;
    out[1][i] = defined ? hi : (double)NAN;
  }
}

/* The kernels below: collect the box, leave out what has no meaning, take the corners. */
#define BOX(size)                                                                                            \
  double box[2 * (size)];                                                                                    \
  for (int k = 0; k < 2 * (size); k++)                                                                       \
    box[k] = in[k][i];                                                                                       \
  double *lo = &out[0][i], *hi = &out[1][i];                                                                 \
  *lo = *hi = (double)NAN

void cz_share_interval_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    BOX(2);
    if (keep_above(box + 2, 0))
      corners(share_corner, 2, box, lo, hi);
  }
}

void cz_multiple_interval_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    BOX(2);
    if (keep_above(box + 2, 0))
      corners(multiple_corner, 2, box, lo, hi);
  }
}

/* Years are a point: value of lane 4. */
#define BOX_AND_YEARS                                                                                        \
  BOX(2);                                                                                                    \
  double years = in[4][i];                                                                                   \
  double whole[6] = {box[0], box[1], box[2], box[3], years, years}

void cz_level_interval_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    BOX_AND_YEARS;
    if (!(years >= 0) || !cz_is_finite(years) || !(box[3] >= -100))
      continue;
    if (whole[2] < -100)
      whole[2] = -100;
    corners(level_corner, 3, whole, lo, hi);
  }
}

void cz_base_interval_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    BOX_AND_YEARS;
    if (!(years >= 0) || !cz_is_finite(years) || !keep_above(whole + 2, -100))
      continue;
    corners(base_corner, 3, whole, lo, hi);
  }
}

void cz_cagr_interval_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    BOX_AND_YEARS;
    if (!(years > 0) || !cz_is_finite(years) || !keep_above(whole + 2, 0) || !(whole[1] >= 0))
      continue;
    if (whole[0] < 0)
      whole[0] = 0;
    corners(cagr_corner, 3, whole, lo, hi);
    keep_possible(lo);
  }
}

void cz_remaining_interval_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    BOX_AND_YEARS;
    if (!(years > 0) || !cz_is_finite(years) || !keep_above(whole + 2, -100) || !(whole[1] >= -100))
      continue;
    if (whole[0] < -100)
      whole[0] = -100;
    corners(remaining_corner, 3, whole, lo, hi);
    keep_possible(lo);
  }
}

void cz_annual_interval_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    BOX(1);
    double years = in[2][i];
    if (!(years > 0) || !cz_is_finite(years) || !(box[1] >= -100))
      continue;
    double whole[4] = {box[0] < -100 ? -100 : box[0], box[1], years, years};
    corners(annual_corner, 2, whole, lo, hi);
    keep_possible(lo);
  }
}

/* log and log1p are taken as off by at most 8 units. */
void cz_doubling_time_interval_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    BOX(1);
    if (!(box[0] <= box[1]) || !(box[1] >= 0))
      continue;
    double slow = box[0] > 0 ? log(2.0) / log1p(box[0] / 100) : (double)INFINITY;
    double fast = box[1] > 0 ? log(2.0) / log1p(box[1] / 100) : (double)INFINITY;
    *lo = cz_lower((cz_exact){fast, 0, cz_is_finite(fast) ? fast * 32 * CZ_UNIT : 0});
    *hi = cz_upper((cz_exact){slow, 0, cz_is_finite(slow) ? slow * 32 * CZ_UNIT : 0});
  }
}

void cz_deflate_interval_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    BOX(2);
    if (!keep_above(box + 2, -100) || !(box[1] >= -100))
      continue;
    if (box[0] < -100)
      box[0] = -100;
    corners(deflate_corner, 2, box, lo, hi);
  }
}

void cz_inflate_interval_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    BOX(2);
    if (!(box[1] >= -100) || !(box[3] >= -100))
      continue;
    if (box[0] < -100)
      box[0] = -100;
    if (box[2] < -100)
      box[2] = -100;
    corners(inflate_corner, 2, box, lo, hi);
    keep_possible(lo);
  }
}

/* 100 (x0 - x1) / (x2 - x3); the differences are taken exactly and once each. */
static cz_exact contribution_corner(const double *x) {
  cz_exact n = cz_exact_sum(x[0], -x[1]), d = cz_exact_sum(x[2], -x[3]);
  if (fabs(n.h) > CZ_LARGE && cz_is_finite(n.h))
    return cz_exact_scaled(cz_exact_ratio(n, d), 100);
  return cz_exact_ratio(cz_exact_scaled(n, 100), d);
}

/* Unbounded, and so is the result, where the total may not have changed at all. */
void cz_contribution_interval_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    BOX(4);
    bool defined = true;
    for (int k = 0; k < 4; k++)
      defined = defined && box[2 * k] <= box[2 * k + 1];
    if (!defined)
      continue;
    if (box[4] <= box[7] && box[5] >= box[6]) {
      *lo = (double)-INFINITY;
      *hi = (double)INFINITY;
    } else {
      corners(contribution_corner, 4, box, lo, hi);
    }
  }
}

static cz_exact pull_corner(const double *x) {
  return percent(cz_exact_sum(x[0], -x[1]), x[2]);
}

void cz_pull_interval_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    BOX(3);
    if (keep_above(box + 4, 0))
      corners(pull_corner, 3, box, lo, hi);
  }
}

/* 100 (x0 - x1) / (x2 - x1). The base occurs twice, but the derivative by it has the sign of x0 - x2: with
 * value and goal held the function is monotone in it as well. */
static cz_exact progress_corner(const double *x) {
  return contribution_corner((const double[]){x[0], x[1], x[2], x[1]});
}

/* Given: value, base, goal. Unbounded where the goal may be the base. */
void cz_progress_interval_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    BOX(3);
    bool defined = box[0] <= box[1] && box[2] <= box[3] && box[4] <= box[5];
    if (defined && box[4] <= box[3] && box[5] >= box[2]) {
      *lo = (double)-INFINITY;
      *hi = (double)INFINITY;
    } else if (defined) {
      corners(progress_corner, 3, box, lo, hi);
    }
  }
}
