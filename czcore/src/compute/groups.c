/* groups.c: inequality between groups and within them. */
#include <string.h>

#include "../base/internal.h"
#include "inequality.h"
#include "lane.h"

/* ---- sums of groups ---- */

typedef struct sums {
  double *weights, *incomes; /* per group */
  double weight, mean;
  bool defined; /* no negative or missing value or weight, and a mean above 0 */
} sums;

static bool population_fits(const cz_population *p) {
  if (!p || p->count < 0 || p->group_count < 0 || !p->values || !p->weights || !p->groups ||
      (p->group_count > 0 && p->group_count > INT64_MAX / 64 / p->group_count))
    return false;
  for (int64_t i = 0; i < p->count; i++)
    if (p->groups[i] < 0 || p->groups[i] >= p->group_count)
      return false;
  return true;
}

/* `block` has room for two numbers per group, all 0. */
static sums sums_of(const cz_population *p, double *block) {
  sums s = {block, block + p->group_count, 0, 0, true};
  double income = 0;
  for (int64_t i = 0; i < p->count; i++) {
    double w = p->weights[i];
    if (w == 0)
      continue;
    s.defined = s.defined && w > 0 && p->values[i] >= 0;
    s.weight += w;
    income += w * p->values[i];
    s.weights[p->groups[i]] += w;
    s.incomes[p->groups[i]] += w * p->values[i];
  }
  s.mean = income / s.weight;
  s.defined = s.defined && s.mean > 0 && isfinite(s.mean);
  return s;
}

static double mean_of(const sums *s, int64_t group) {
  return s->incomes[group] / s->weights[group];
}

/* ---- Theil ---- */

/* Inequality among the means of the groups, each with its population. */
static double theil_between(const sums *s, int64_t groups, cz_theil kind) {
  double total = 0;
  for (int64_t g = 0; g < groups; g++) {
    if (s->weights[g] == 0)
      continue;
    double mean = mean_of(s, g);
    total += s->weights[g] * cz_theil_term((mean - s->mean) / s->mean, kind);
  }
  return total / s->weight;
}

cz_status cz_theil_groups(const cz_allocator *allocator, const cz_population *population, cz_theil kind,
                          cz_theil_parts *parts, double *measures, double *shares) {
  const cz_population *p = population;
  if (!population_fits(p) || !parts || !measures || !shares || (kind != CZ_THEIL_T && kind != CZ_THEIL_L))
    return CZ_ERROR_ARGUMENT;
  cz_allocator memory = cz_allocator_or_libc(allocator);
  size_t size = 2 * (size_t)p->group_count * sizeof(double);
  double *block = cz_allocate_zeroed(&memory, size);
  if (!block)
    return CZ_ERROR_MEMORY;
  sums s = sums_of(p, block);
  double none = s.defined ? 0 : (double)NAN;
  *parts = (cz_theil_parts){none, none, none};
  for (int64_t g = 0; g < p->group_count; g++)
    measures[g] = shares[g] = none;
  for (int64_t i = 0; i < p->count && s.defined; i++) {
    int64_t g = p->groups[i];
    double mean = p->weights[i] > 0 ? mean_of(&s, g) : 0;
    if (mean > 0)
      measures[g] += p->weights[i] * cz_theil_term((p->values[i] - mean) / mean, kind);
  }
  for (int64_t g = 0; g < p->group_count && s.defined; g++) {
    if (s.weights[g] == 0)
      continue;
    measures[g] /= s.weights[g];
    shares[g] = s.weights[g] / s.weight * (kind == CZ_THEIL_T ? mean_of(&s, g) / s.mean : 1);
    parts->within += shares[g] * measures[g];
  }
  if (s.defined) {
    parts->between = theil_between(&s, p->group_count, kind);
    parts->total = parts->between + parts->within;
  }
  cz_release(&memory, block, size);
  return CZ_OK;
}

/* ---- Dagum ---- */

/* Sums of |difference| over all pairs, `ginis`[g][h] those in which the one of g is the larger. In ascending
 * order; behind[h] is the sum of the distances of h's people so far from where the walk stands, and grows by
 * what it goes on: no term is taken off another. */
static void pair_sums(const cz_population *p, const int64_t *order, double *behind, double *seen,
                      double *ginis) {
  int64_t groups = p->group_count;
  double place = 0;
  for (int64_t t = 0; t < p->count; t++) {
    int64_t i = order[t], g = p->groups[i];
    double w = p->weights[i];
    if (w == 0)
      continue;
    for (int64_t h = 0; h < groups; h++) {
      behind[h] += seen[h] * (p->values[i] - place);
      ginis[g * groups + h] += w * behind[h];
    }
    seen[g] += w;
    place = p->values[i];
  }
}

/* Turns sums over pairs into Gini coefficients, and adds up the parts. */
static void parts_of(const sums *s, int64_t groups, double *ginis, cz_dagum_parts *parts) {
  for (int64_t g = 0; g < groups; g++)
    for (int64_t h = 0; h <= g; h++) {
      double weight_g = s->weights[g], weight_h = s->weights[h];
      double pairs = ginis[g * groups + h] + ginis[h * groups + g], gini = 0;
      if (weight_g > 0 && weight_h > 0) {
        double mean_g = mean_of(s, g), mean_h = mean_of(s, h);
        double difference = pairs / (weight_g * weight_h), apart = fabs(mean_g - mean_h);
        double share = weight_g / s->weight * (weight_h / s->weight) / s->mean;
        gini = mean_g + mean_h > 0 ? difference / (mean_g + mean_h) : 0;
        if (g == h) {
          parts->within += share * difference / 2;
        } else {
          parts->between += share * apart;
          parts->transvariation += difference > apart ? share * (difference - apart) : 0;
        }
      }
      ginis[g * groups + h] = ginis[h * groups + g] = gini;
    }
  parts->total = parts->within + parts->between + parts->transvariation;
}

cz_status cz_dagum(const cz_allocator *allocator, const cz_population *population, cz_dagum_parts *parts,
                   double *ginis) {
  const cz_population *p = population;
  if (!population_fits(p) || !parts || !ginis)
    return CZ_ERROR_ARGUMENT;
  cz_allocator memory = cz_allocator_or_libc(allocator);
  size_t groups = (size_t)p->group_count, order_size = (size_t)p->count * sizeof(int64_t);
  size_t size = 4 * groups * sizeof(double);
  double *block = cz_allocate_zeroed(&memory, size);
  int64_t *order = cz_allocate(&memory, order_size);
  cz_status status = block && order ? CZ_OK : CZ_ERROR_MEMORY;
  if (status == CZ_OK) {
    sums s = sums_of(p, block);
    double none = s.defined ? 0 : (double)NAN;
    *parts = (cz_dagum_parts){none, none, none, none};
    for (size_t k = 0; k < groups * groups; k++)
      ginis[k] = none;
    if (s.defined) {
      int8_t no_flag = 0;
      cz_lane lanes[] = {cz_row_lane(p->values, 1), {&no_flag, 0, 0}, {order, 0, (ptrdiff_t)sizeof *order}};
      cz_order_series(p->count, lanes);
      pair_sums(p, order, block + 2 * groups, block + 3 * groups, ginis);
      parts_of(&s, p->group_count, ginis, parts);
    }
  }
  cz_release(&memory, order, order_size);
  cz_release(&memory, block, size);
  return status;
}
