/* inequality.c: how unequal the values of a series are. Weights are populations; what has none is not looked
 * at. Values below 0 have no share in anything: NaN. */
#include "inequality.h"

#include "lane.h"

/* ---- sums that all measures need ---- */

typedef struct totals {
  double weight, mean;
  bool defined; /* no negative or missing value or weight, and a mean above 0 */
} totals;

/* The mean is taken from the first value on: where all are the same it is that one exactly. */
static totals totals_of(int64_t length, const cz_lane *values, const cz_lane *weights) {
  double weight = 0, sum = 0, first = 0;
  bool defined = true;
  for (int64_t t = 0; t < length; t++) {
    double w = cz_real(weights, t);
    if (w == 0)
      continue;
    double value = cz_real(values, t);
    first = weight == 0 ? value : first;
    defined = defined && value >= 0 && w > 0;
    weight += w;
    sum += w * (value - first);
  }
  double mean = first + sum / weight;
  return (totals){weight, mean, defined && mean > 0 && isfinite(mean)};
}

double cz_theil_of(int64_t length, const cz_lane *values, const cz_lane *weights, cz_theil kind) {
  totals all = totals_of(length, values, weights);
  double sum = 0;
  for (int64_t t = 0; all.defined && t < length; t++) {
    double w = cz_real(weights, t);
    if (w == 0)
      continue;
    double d = (cz_real(values, t) - all.mean) / all.mean;
    sum += w * cz_theil_term(d, kind);
  }
  return all.defined ? sum / all.weight : (double)NAN;
}

void cz_theil_t_series(int64_t length, const cz_lane *lanes) {
  cz_set_real(&lanes[2], 0, cz_theil_of(length, &lanes[0], &lanes[1], CZ_THEIL_T));
}

void cz_theil_l_series(int64_t length, const cz_lane *lanes) {
  cz_set_real(&lanes[2], 0, cz_theil_of(length, &lanes[0], &lanes[1], CZ_THEIL_L));
}

/* ---- Gini ---- */

/* Given: values, weights, the ascending order of the values. The mean absolute difference is the sum over the
 * gaps between neighbours, each as often as pairs of people have it between them: no term is below 0. */
void cz_gini_series(int64_t length, const cz_lane *lanes) {
  totals all = totals_of(length, &lanes[0], &lanes[1]);
  double below = 0, sum = 0, last = 0;
  for (int64_t t = 0; all.defined && t < length; t++) {
    int64_t at = cz_whole(&lanes[2], t);
    double w = cz_real(&lanes[1], at);
    if (w == 0)
      continue;
    double value = cz_real(&lanes[0], at), share = below / all.weight;
    if (below > 0)
      sum += (value - last) / all.mean * share * (1 - share);
    below += w;
    last = value;
  }
  cz_set_real(&lanes[3], 0, all.defined ? sum : (double)NAN);
}

/* ---- Atkinson, Hoover ---- */

/* Given: values, weights, aversion to inequality e >= 0. */
void cz_atkinson_series(int64_t length, const cz_lane *lanes) {
  double e = cz_real(&lanes[2], 0), sum = 0, result;
  totals all = totals_of(length, &lanes[0], &lanes[1]);
  bool zero = false;
  for (int64_t t = 0; all.defined && t < length; t++) {
    double w = cz_real(&lanes[1], t), value = cz_real(&lanes[0], t);
    if (w == 0)
      continue;
    zero = zero || value == 0;
    if (value > 0)
      sum += w * pow(value / all.mean, 1 - e);
  }
  if (!all.defined || !(e >= 0))
    result = (double)NAN;
  else if (zero && e >= 1)
    result = 1;
  else if (e == 1)
    result = -expm1(-cz_theil_of(length, &lanes[0], &lanes[1], CZ_THEIL_L));
  else
    result = 1 - pow(sum / all.weight, 1 / (1 - e));
  cz_set_real(&lanes[3], 0, result < 0 ? 0 : result);
}

void cz_hoover_series(int64_t length, const cz_lane *lanes) {
  totals all = totals_of(length, &lanes[0], &lanes[1]);
  double sum = 0;
  for (int64_t t = 0; all.defined && t < length; t++) {
    double w = cz_real(&lanes[1], t);
    if (w != 0)
      sum += w * fabs(cz_real(&lanes[0], t) - all.mean);
  }
  cz_set_real(&lanes[2], 0, all.defined ? sum / all.weight / all.mean / 2 : (double)NAN);
}
