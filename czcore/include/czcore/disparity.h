/* disparity.h: inequality between and within groups, and paths that a plan may take.
 *
 * The measures of single series (Gini, Theil, Atkinson, Hoover, decompositions of change) are operations of
 * compute.h. Conventions as in index.h. What has weight 0 is not looked at.
 */
#ifndef CZCORE_DISPARITY_H
#define CZCORE_DISPARITY_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Theil's two measures (Theil 1967; Shorrocks 1980). */
typedef enum cz_theil {
  CZ_THEIL_T, /* sum of w/W y/m ln(y/m) */
  CZ_THEIL_L  /* sum of w/W ln(m/y), the mean logarithmic deviation */
} cz_theil;

/* Tapio's states (2005, Transport Policy 12, 137-151), from good to bad. */
typedef enum cz_decoupling {
  CZ_DECOUPLING_NONE = -1,
  CZ_DECOUPLING_STRONG,             /* pressure falls, driver grows */
  CZ_DECOUPLING_WEAK,               /* both grow, elasticity below 0.8 */
  CZ_DECOUPLING_EXPANSIVE_COUPLING, /* both grow, 0.8 to 1.2 */
  CZ_DECOUPLING_EXPANSIVE_NEGATIVE, /* both grow, above 1.2 */
  CZ_DECOUPLING_RECESSIVE,          /* both fall, above 1.2 */
  CZ_DECOUPLING_RECESSIVE_COUPLING, /* both fall, 0.8 to 1.2 */
  CZ_DECOUPLING_WEAK_NEGATIVE,      /* both fall, below 0.8 */
  CZ_DECOUPLING_STRONG_NEGATIVE,    /* pressure grows, driver falls */
  CZ_DECOUPLING_COUNT
} cz_decoupling;

/* Values, populations as weights, and the group of each, 0 … group_count - 1. */
typedef struct cz_population {
  const double *values, *weights;
  const int64_t *groups;
  int64_t count, group_count;
} cz_population;

/* Theil's T or L of all, and its parts between the groups and within them: total = between + within. Of every
 * group its own measure, and its share: that of income for T, of population for L; within is the sum of
 * their products. A group without weight has 0 and 0. NaN for all that does not exist: negative or missing
 * values or weights, nothing to share. `measures` and `shares` have group_count numbers.
 * CZ_ERROR_ARGUMENT: NULL, negative sizes, a group outside; CZ_ERROR_MEMORY (`allocator` may be NULL). */
typedef struct cz_theil_parts {
  double total, between, within;
} cz_theil_parts;
CZ_MUST_CHECK cz_status cz_theil_groups(const cz_allocator *allocator, const cz_population *population,
                                        cz_theil kind, cz_theil_parts *parts, double *measures,
                                        double *shares);

/* Dagum's decomposition of the Gini coefficient (1997, Empirical Economics 22, 515-531): total = within +
 * between + transvariation. `ginis` is group_count * group_count: of groups with themselves on the
 * diagonal, between two groups elsewhere; 0 for groups without weight. NaN and errors as above. */
typedef struct cz_dagum_parts {
  double total, within, between, transvariation;
} cz_dagum_parts;
CZ_MUST_CHECK cz_status cz_dagum(const cz_allocator *allocator, const cz_population *population,
                                 cz_dagum_parts *parts, double *ginis);

/* Paths from `start` over `horizon` periods: rates are drawn from the observed ones with replacement, in runs
 * of `block` neighbours (moving blocks, Künsch 1989; 1: single rates). Rates are percent a period. `paths` is
 * draws * horizon levels. Path d depends on seed and d only (cz_philox), not on `threads`. A rate that is NaN
 * makes the rest of its path NaN. CZ_ERROR_ARGUMENT: NULL, no rates, sizes below 0, block outside 1 … count.
 */
typedef struct cz_bootstrap {
  const double *rates;
  int64_t count, block;
  double start;
  int64_t horizon, draws;
  uint64_t seed;
} cz_bootstrap;
CZ_MUST_CHECK cz_status cz_bootstrap_run(const cz_bootstrap *bootstrap, int32_t threads, double *paths);

#ifdef __cplusplus
}
#endif
#endif
