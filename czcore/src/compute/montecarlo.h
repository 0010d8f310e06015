/* compute/montecarlo.h: what a draw of a study of ranks is made of. */
#ifndef CZCORE_COMPUTE_MONTECARLO_H
#define CZCORE_COMPUTE_MONTECARLO_H

#include "czcore/index.h"
#include "internal.h"

/* Rows that a column takes in memory: whole blocks of vectors. What is behind the last row is 0. */
static inline int64_t cz_width_of(int64_t rows) {
  return (rows + 31) / 32 * 32;
}

/* Brings figures (columns * width: column behind column) onto one scale, one of CZ_SCALING_…, and takes their
 * logarithms for a geometric mean. `order` has room for a row's worth of indices. */
void cz_scale_columns(const cz_rank_study *study, int32_t scaling, const double *figures, int64_t *order,
                      double *scaled);

/* One draw: scaled figures (column behind column), weights; results per row. */
typedef struct cz_scoring {
  int64_t rows, columns; /* of cz_width_of(rows) numbers each; so have scores and above */
  const double *scaled, *weights;
  bool missing;   /* some figures are NaN: means of those that are not */
  double *scores; /* weighted sums or, with missing figures, means */
  int64_t *above; /* how many scores are above */
  int64_t *order; /* room for as many indices */
} cz_scoring;

/* Fills scores and above. The results do not depend on the level. */
void cz_score_and_rank(const cz_scoring *scoring, cz_level level);

#endif
