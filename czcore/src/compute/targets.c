/* targets.c: outcomes against targets, and the pace of plans. */
#include "czcore/report.h"
#include "exact.h"
#include "internal.h"

#define LOOP for (int64_t i = 0; i < count; i++)

/* A code, or -1 for what is none: conversions of larger numbers are undefined. */
CZ_INLINE int code_of(double code) {
  return code >= 0 && code <= 127 ? (int)code : -1;
}

/* ---- what a target admits ---- */

/* Given: the target's value as lo = hi, or both ends of a range; the bound word (cz_bound); the direction;
 * the tolerance of 左右 and that of 近, both in the unit of the target, >= 0. Returned: lo, hi and the open
 * ends (CZ_OPEN_TARGET_…) of the outcomes that meet the target. A bound word speaks of the size of the
 * figure: 压缩40%以上 is -40, at least, and admits (-inf, -40]. The set of the words is widened to the good
 * side where a better outcome would not be called a failure (eq, about, nearly, between); a word that names
 * the side itself is taken at its word. NaN for NaN, lo > hi or an unknown bound. */
void cz_admissible_plain(int64_t count, const double *const *in, double *const *out) {
  const double endless = (double)INFINITY;
  LOOP {
    double lo = in[0][i], hi = in[1][i], about = in[4][i], nearly = in[5][i];
    int bound = code_of(in[2][i]), open = 0;
    double direction = in[3][i];
    bool falls = hi < 0 || (hi <= 0 && lo < 0);
    double size_lo = falls ? -hi : lo, size_hi = falls ? -lo : hi;
    bool widen = false, defined = lo <= hi;
    switch (bound) {
    case CZ_BOUND_EQ:
    case CZ_BOUND_BETWEEN:
      widen = true;
      break;
    case CZ_BOUND_ABOUT:
      widen = true;
      size_lo -= about;
      size_hi += about;
      break;
    case CZ_BOUND_NEARLY:
      widen = true;
      size_lo -= nearly;
      break;
    case CZ_BOUND_AT_LEAST:
      size_hi = endless;
      break;
    case CZ_BOUND_MORE_THAN:
      size_hi = endless;
      open = falls ? CZ_OPEN_TARGET_HI : CZ_OPEN_TARGET_LO;
      break;
    case CZ_BOUND_AT_MOST:
      size_lo = -endless;
      break;
    case CZ_BOUND_LESS_THAN:
      size_lo = -endless;
      open = falls ? CZ_OPEN_TARGET_LO : CZ_OPEN_TARGET_HI;
      break;
    default:
      defined = false;
    }
    lo = falls ? -size_hi : size_lo;
    hi = falls ? -size_lo : size_hi;
    if (widen && direction > 0)
      hi = endless;
    if (widen && direction < 0)
      lo = -endless;
    defined = defined && lo <= hi;
    out[0][i] = defined ? lo : (double)NAN;
    out[1][i] = defined ? hi : (double)NAN;
    out[2][i] = defined ? open : 0;
  }
}

/* Given: the interval of the outcome, the admissible set, and the open ends of both (a sum of CZ_OPEN_…).
 * Returned: a cz_verdict: met if the interval lies in the set, missed if they have nothing in common,
 * undecidable if rounding hides which, not comparable where an end is NaN or an interval is empty. */
CZ_INLINE void verdict_body(int64_t count, const double *const *in, double *const *out) {
  const double *restrict xlo = in[0], *restrict xhi = in[1], *restrict alo = in[2], *restrict ahi = in[3];
  const double *restrict flags = in[4];
  double *restrict result = out[0];
  LOOP {
    double flag = flags[i] >= 0 ? flags[i] : 0;
    int open = (int)(flag <= 15 ? flag : 0);
    bool x_lo = open & CZ_OPEN_ACTUAL_LO, x_hi = open & CZ_OPEN_ACTUAL_HI;
    bool a_lo = open & CZ_OPEN_TARGET_LO, a_hi = open & CZ_OPEN_TARGET_HI;
    bool comparable = (xlo[i] <= xhi[i]) & (alo[i] <= ahi[i]);
    /* An end of the outcome that coincides with an open end of the set is outside unless it is open itself.
     */
    bool in_lo = (xlo[i] > alo[i]) | ((xlo[i] == alo[i]) & (!a_lo | x_lo));
    bool in_hi = (xhi[i] < ahi[i]) | ((xhi[i] == ahi[i]) & (!a_hi | x_hi));
    bool apart = (xhi[i] < alo[i]) | (xlo[i] > ahi[i]) | ((xhi[i] == alo[i]) & (x_hi | a_lo)) |
                 ((xlo[i] == ahi[i]) & (x_lo | a_hi));
    double v = apart ? CZ_VERDICT_MISSED : (in_lo & in_hi) ? CZ_VERDICT_MET : CZ_VERDICT_UNDECIDABLE;
    result[i] = comparable ? v : CZ_VERDICT_NOT_COMPARABLE;
  }
}
CZ_KERNEL_LEVELS(verdict)

/* How far the outcome is on the good side of the target, in their unit. A neutral indicator has no good side:
 * the distance counts against it. */
void cz_gap_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    double difference = in[0][i] - in[1][i];
    out[0][i] = in[2][i] > 0 ? difference : in[2][i] < 0 ? -difference : -fabs(difference);
  }
}

static double attainment_of(double actual, double target, double base, int convention, cz_refusal *refusal) {
  *refusal = CZ_REFUSAL_NONE;
  bool distance = convention == CZ_ATTAINMENT_DISTANCE;
  if (convention < CZ_ATTAINMENT_RATIO || convention > CZ_ATTAINMENT_TWO_SIDED)
    *refusal = CZ_REFUSAL_CONVENTION;
  else if (!cz_is_finite(actual) || !cz_is_finite(target) || (distance && !cz_is_finite(base)))
    *refusal = CZ_REFUSAL_MISSING;
  else if (distance && target == base)
    *refusal = CZ_REFUSAL_NO_DISTANCE;
  else if (distance)
    return 100 * (actual - base) / (target - base);
  else if (target == 0)
    *refusal = CZ_REFUSAL_TARGET_ZERO;
  else if (convention == CZ_ATTAINMENT_TWO_SIDED)
    return 100 * (1 - fabs(actual - target) / fabs(target));
  else if (actual != 0 && (actual < 0) != (target < 0))
    *refusal = CZ_REFUSAL_SIGN_CHANGE;
  else if (target < 0)
    *refusal = CZ_REFUSAL_NEGATIVE;
  else if (convention == CZ_ATTAINMENT_RATIO)
    return 100 * actual / target;
  else if (convention == CZ_ATTAINMENT_COMPLEMENT)
    return 100 * (2 - actual / target);
  else if (actual == 0)
    *refusal = CZ_REFUSAL_ACTUAL_ZERO;
  else
    return 100 * target / actual;
  return (double)NAN;
}

/* Given: outcome, target, base (used by the distance convention only), a cz_attainment. Returned: percent, or
 * NaN and the cz_refusal that says why. */
void cz_attainment_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    cz_refusal refusal;
    out[0][i] = attainment_of(in[0][i], in[1][i], in[2][i], code_of(in[3][i]), &refusal);
    out[1][i] = refusal;
  }
}

/* ---- pace ---- */

static double way_gone(double value, double base, double goal) {
  return goal != base ? 100 * (value - base) / (goal - base) : (double)NAN;
}

/* The part of the way to a plan's goal that is done, percent. NaN where the goal is the base. */
void cz_progress_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP out[0][i] = way_gone(in[0][i], in[1][i], in[2][i]);
}

/* Against linear pace (序时进度). Given: value, base, goal, and the times now, of the base and of the goal,
 * in any one unit. Returned: percentage points ahead (+) or behind (-). NaN for a plan without duration. */
void cz_pace_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP out[0][i] = way_gone(in[0][i], in[1][i], in[2][i]) - way_gone(in[3][i], in[4][i], in[5][i]);
}

/* Annual growth as a plain number, of figures with one sign; NaN otherwise. */
static double annual_growth(double value, double base, double years) {
  double ratio = value / base;
  return ratio > 0 && years > 0 ? expm1(log(ratio) / years) : (double)NAN;
}

/* The method of Statistics Canada as Open SDG documents it (open-sdg.readthedocs.io, progress measure,
 * quantitative targets): the ratio of the growth achieved to the growth required, 0.95 and more on track, 0.6
 * and more in need of acceleration, below 0 deterioration; the score runs through those points and ends at -5
 * and 5. The coefficients are the published, rounded ones. */
static double score_of_ratio(double ratio) {
  double score = ratio < 0.6 ? 4.1667 * ratio - 2.5 : 7.1429 * ratio - 4.2857;
  return score < -5 ? -5 : score > 5 ? 5 : score;
}

static cz_pace pace_of(double figure, double high, double middle) {
  if (isnan(figure))
    return CZ_PACE_NONE;
  return figure >= high     ? CZ_PACE_ON_TRACK
         : figure >= middle ? CZ_PACE_ACCELERATION_NEEDED
         : figure >= 0      ? CZ_PACE_LIMITED
                            : CZ_PACE_DETERIORATION;
}

/* Given: base, value now, target, the years of each, direction (1 or -1). Returned: ratio, score in [-5, 5]
 * and cz_pace. A target that is reached scores 5 whatever the ratio. Ratio NaN, score NaN and category -1 for
 * years out of order, a base of 0, or figures of different sign. */
void cz_growth_pace_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    double base = in[0][i], value = in[1][i], target = in[2][i], direction = in[6][i];
    double achieved = annual_growth(value, base, in[4][i] - in[3][i]);
    double required = annual_growth(target, base, in[5][i] - in[3][i]);
    double sign = base < 0 ? -1 : 1;
    double ratio = required != 0 ? sign * direction * achieved / fabs(required) : (double)NAN;
    bool years = in[4][i] > in[3][i] && in[5][i] > in[3][i];
    bool sided = direction > 0 || direction < 0;
    bool reached = direction > 0 ? value >= target : value <= target;
    reached = reached && years && sided;
    out[0][i] = sided && years ? ratio : (double)NAN;
    out[1][i] = reached ? 5 : isnan(out[0][i]) ? (double)NAN : score_of_ratio(ratio);
    out[2][i] = reached ? CZ_PACE_ACHIEVED : pace_of(out[0][i], 0.95, 0.6);
  }
}

/* The same source, targets without a number: annual growth in the good direction against 1.5 % and 0.5 %,
 * lowered near a natural limit by C = 1 - (base / limit)^4.44 from below, 1 - ((2 limit - base) / limit)^4.44
 * from above. */
static double nearness(double base, double limit) {
  if (isnan(limit))
    return 1;
  double size = fabs(base), end = fabs(limit);
  if (size >= 2 * end)
    return 1;
  return 1 - pow((size <= end ? size : 2 * end - size) / end, 4.44);
}

static double score_of_growth(double growth, double c) {
  double score;
  if (growth < 0)
    score = 125 * growth - 2.5;
  else if (c == 0)
    score = 5;
  else if (growth >= 0.015 * c)
    score = 500 * growth / c - 5;
  else if (growth >= 0.005 * c)
    score = 250 * growth / c - 1.25;
  else
    score = 500 * growth / c - 2.5;
  return score < -5 ? -5 : score > 5 ? 5 : score;
}

/* Given: base, value now, their years, the natural limit (NaN: none), direction. Returned: percent a year in
 * the good direction, score, cz_pace. */
void cz_growth_pace_free_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    double base = in[0][i], direction = in[5][i];
    double growth = (base < 0 ? -1 : 1) * direction * annual_growth(in[1][i], base, in[3][i] - in[2][i]);
    if (!(direction > 0 || direction < 0))
      growth = (double)NAN;
    double c = nearness(base, in[4][i]);
    out[0][i] = 100 * growth;
    out[1][i] = isnan(growth) ? (double)NAN : score_of_growth(growth, c);
    out[2][i] = pace_of(growth, 0.015 * c, 0.005 * c);
  }
}

/* Current status index (ESCAP Statistics Division, working paper SD/WP/05, 2017): how much of the way from
 * the base to the target is done, times 10; 10 at the target and beyond, negative for a step back. */
void cz_current_status_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    double done = way_gone(in[0][i], in[1][i], in[2][i]) / 10;
    out[0][i] = done > 10 ? 10 : done;
  }
}

/* Anticipated progress index (same source): the gap that is expected to remain at the end, percent of the gap
 * from a reference figure: the current one (ESCAP) or that of the base year (UNECE). Given: the figure
 * predicted for the end, the reference, the target, direction. 0 where the prediction reaches the target; up
 * to 10 counts as on track, up to 100 as in need of acceleration, above 100 the trend has to be reversed. NaN
 * where the reference is the target and the prediction is not. */
void cz_anticipated_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    double predicted = in[0][i], reference = in[1][i], target = in[2][i], direction = in[3][i];
    bool reached = direction > 0   ? predicted >= target
                   : direction < 0 ? predicted <= target
                                   : predicted == target;
    double rest =
        reference != target ? 100 * fabs(target - predicted) / fabs(target - reference) : (double)NAN;
    out[0][i] = reached && !isnan(reference) ? 0 : rest;
  }
}

/* ---- bunching ---- */

/* Two-sided p of k successes in n fair draws, the sum of the binomial probabilities that are not greater than
 * that of k. Given: whole numbers 0 <= k <= n. The terms fall by (n - j) / (j + 1) from the nearer tail's
 * first; the first comes from the logarithms of its factors, n of them at most. NaN otherwise. Relative error
 * below 1e-15 sqrt(n). */
void cz_binomial_tail_plain(int64_t count, const double *const *in, double *const *out) {
  LOOP {
    double k = in[0][i], n = in[1][i];
    out[0][i] = (double)NAN;
    if (!(k >= 0) || !(k <= n) || k != floor(k) || n != floor(n) || !(n <= 1e9))
      continue;
    double m = k > n - k ? k : n - k;
    if (2 * m - n <= 1) { /* the middle: both tails cover everything */
      out[0][i] = 1;
      continue;
    }
    double log_first = -n * log(2.0);
    for (double j = 1; j <= n - m; j++)
      log_first += log((m + j) / j);
    double term = 1, sum = 0;
    for (double j = m; j <= n && term > sum * 0x1p-60; j++) {
      sum += term;
      term *= (n - j) / (j + 1);
    }
    double p = 2 * exp(log_first) * sum;
    out[0][i] = p < 1 ? p : 1;
  }
}
