/* aggregate.c: several figures of one unit to one: power means, Mazziotta-Pareto, coupling coordination. */
#include "czcore/index.h"
#include "lane.h"
#include "moments.h"

/* ---- power means ---- */

typedef struct mean_state {
  double weight, sum, least, most;
  bool zero, negative;
} mean_state;

static double term_of(double value, double power) {
  return power == 1 ? value : power == 0 ? log(value) : power == -1 ? 1 / value : pow(value, power);
}

static double finished(const mean_state *s, double power) {
  double mean = s->sum / s->weight;
  if (!(s->weight > 0))
    return (double)NAN;
  if (power == 1)
    return mean;
  if (isinf(power))
    return power > 0 ? s->most : s->least;
  if (s->negative)
    return (double)NAN;
  if (s->zero && power <= 0)
    return 0;
  return power == 0 ? exp(mean) : power == -1 ? 1 / mean : pow(mean, 1 / power);
}

/* Given: values, weights, power. What has no weight is not looked at: 0 ln 0 = 0. */
void cz_power_mean_series(int64_t length, const cz_lane *lanes) {
  double power = cz_real(&lanes[2], 0);
  mean_state s = {0, 0, (double)INFINITY, -(double)INFINITY, false, false};
  bool missing = isnan(power);
  for (int64_t t = 0; t < length; t++) {
    double weight = cz_real(&lanes[1], t);
    if (weight == 0)
      continue;
    double value = cz_real(&lanes[0], t);
    missing = missing || isnan(value) || !(weight > 0);
    s.weight += weight;
    s.zero = s.zero || value == 0;
    s.negative = s.negative || value < 0;
    s.least = value < s.least ? value : s.least;
    s.most = value > s.most ? value : s.most;
    if (!isinf(power) && (value > 0 || power == 1))
      s.sum += weight * term_of(value, power);
  }
  cz_set_real(&lanes[3], 0, missing ? (double)NAN : finished(&s, power));
}

/* ---- Mazziotta-Pareto ---- */

/* Given: values around 100, weights, the sign of the penalty. Returned: mean + sign * s * cv, and s * cv. The
 * spread is that of the population, as the authors have it. */
void cz_mpi_series(int64_t length, const cz_lane *lanes) {
  cz_moments found = cz_moments_of(length, &lanes[0], &lanes[1], 0);
  double penalty = found.deviation == 0 ? 0 : found.deviation * found.deviation / found.mean;
  cz_set_real(&lanes[3], 0, found.mean + cz_real(&lanes[2], 0) * penalty);
  cz_set_real(&lanes[4], 0, penalty);
}

/* ---- coupling coordination degree ---- */

/* Mean absolute difference of all pairs, of what has a weight. */
static double mean_difference(int64_t length, const cz_lane *lanes, double count) {
  double sum = 0;
  for (int64_t a = 0; a < length; a++)
    for (int64_t b = 0; b < a; b++)
      if (cz_real(&lanes[1], a) != 0 && cz_real(&lanes[1], b) != 0)
        sum += fabs(cz_real(&lanes[0], a) - cz_real(&lanes[0], b));
  return sum / (count * (count - 1) / 2);
}

/* Given: levels of the systems, in [0, 1]; weights; a cz_coupling. Returned: coupling C, level T, degree
 * D = sqrt(C T). Systems that are all at 0 are equal: C = 1, T = D = 0. */
void cz_coupling_series(int64_t length, const cz_lane *lanes) {
  int64_t variant = cz_whole(&lanes[2], 0);
  double count = 0, weight = 0, level = 0, sum = 0, logs = 0, most = 0;
  bool zero = false, defined = variant == CZ_COUPLING_STANDARD || variant == CZ_COUPLING_CORRECTED;
  for (int64_t t = 0; t < length; t++) {
    double w = cz_real(&lanes[1], t), u = cz_real(&lanes[0], t);
    if (w == 0)
      continue;
    defined = defined && u >= 0 && w > 0;
    count++;
    weight += w;
    level += w * u;
    sum += u;
    most = u > most ? u : most;
    zero = zero || u == 0;
    logs += u > 0 ? log(u) : 0;
  }
  defined = defined && count > 0;
  double c = 1, mean = level / weight;
  if (most > 0 && count > 1) {
    if (variant == CZ_COUPLING_STANDARD)
      c = zero ? 0 : exp(logs / count) / (sum / count);
    else
      c = zero ? 0
               : sqrt((1 - mean_difference(length, lanes, count)) *
                      exp((logs - count * log(most)) / (count - 1)));
  }
  c = c > 1 ? 1 : c; /* equal systems, rounded */
  cz_set_real(&lanes[3], 0, defined ? c : (double)NAN);
  cz_set_real(&lanes[4], 0, defined ? mean : (double)NAN);
  cz_set_real(&lanes[5], 0, defined ? sqrt(c * mean) : (double)NAN);
}
