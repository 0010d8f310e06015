/* index.h: composite indices: weights from the data, outranking, and how sure a rank is.
 *
 * Matrices are rows (regions) by columns (indicators), one row behind the other, doubles. NaN is a missing
 * figure, and left out of whatever is computed of its column or row; all indicators point the same way,
 * higher is better, where a direction matters. The operations on single series (means, ranks,
 * normalisation) are those of compute.h. Nothing here keeps state; every call may run beside others.
 *
 * Unless said otherwise the status is CZ_ERROR_ARGUMENT for a NULL matrix or result, for negative sizes, and
 * for sizes whose product is no int64_t; with no rows or no columns the results are NaN.
 */
#ifndef CZCORE_INDEX_H
#define CZCORE_INDEX_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What ranks equal values get; rank 1 is the smallest. */
typedef enum cz_ties {
  CZ_TIES_MIN,     /* 1 2 2 4: as places are counted in reports */
  CZ_TIES_MAX,     /* 1 3 3 4 */
  CZ_TIES_AVERAGE, /* 1 2.5 2.5 4 */
  CZ_TIES_DENSE,   /* 1 2 2 3 */
  CZ_TIES_ORDINAL, /* 1 2 3 4, in the order of the data */
  CZ_TIES_COUNT
} cz_ties;

/* Formulas of the coupling coordination degree. */
typedef enum cz_coupling {
  CZ_COUPLING_STANDARD,  /* C: geometric over arithmetic mean of the systems */
  CZ_COUPLING_CORRECTED, /* C: Wang, Kong, Ren, Zhi and Dai (2021), J. Nat. Resour. 36(3), 793-810 */
  CZ_COUPLING_COUNT
} cz_coupling;

/* ---- weights from the data; each sums to 1 ---- */

typedef enum cz_weighting {
  CZ_WEIGHTING_ENTROPY, /* d = 1 + sum p ln p / ln n, p the share of a row in its column's sum; values >= 0 */
  CZ_WEIGHTING_VARIATION, /* d = standard deviation / |mean|, that of n - 1 */
  CZ_WEIGHTING_CRITIC, /* d = standard deviation * sum of (1 - r) over the columns; Diakoulaki et al. 1995 */
  CZ_WEIGHTING_COUNT
} cz_weighting;

/* How much each column tells apart, and that as a part of the sum. `information` and `weights` have `columns`
 * numbers. 0 ln 0 is 0. A column that does not vary, or of fewer than two figures, tells nothing and has
 * weight 0; if none does all weights are equal. NaN for a column with negative values (entropy) or a mean of
 * 0 that varies (variation), and then for all weights. The correlation with a constant column is 0. */
CZ_MUST_CHECK cz_status cz_weights_of(cz_weighting method, const double *values, int64_t rows,
                                      int64_t columns, double *information, double *weights);

/* Pearson's correlations, columns * columns, of the rows in which both figures are known. 1 on the diagonal;
 * 0 with a column that does not vary; NaN with fewer than two common rows. */
CZ_MUST_CHECK cz_status cz_correlation(const double *values, int64_t rows, int64_t columns,
                                       double *correlation);

/* Principal components of the correlation matrix: eigenvalues, largest first, and loadings, one component
 * behind the other (columns * columns), each of length 1 with a sum >= 0. Jacobi's method of plane rotations
 * (Golub and Van Loan, Matrix Computations, 8.5), good to some 1e-15. NaN everywhere where a correlation is
 * NaN. CZ_ERROR_MEMORY; `allocator` may be NULL for that of libc. */
CZ_MUST_CHECK cz_status cz_principal_components(const cz_allocator *allocator, const double *values,
                                                int64_t rows, int64_t columns, double *eigenvalues,
                                                double *loadings);

/* ---- outranking ---- */

/* Copeland's score: of each row, against how many rows it has the greater weight of columns on its side, less
 * against how many it has the smaller one. Columns in which one of both is missing do not count. `weights`:
 * one per column, >= 0. O(rows^2 columns). */
CZ_MUST_CHECK cz_status cz_copeland(const double *values, int64_t rows, int64_t columns,
                                    const double *weights, double *scores);

/* TOPSIS (Hwang and Yoon 1981): columns divided by their Euclidean length (not if `scaled`) and weighted;
 * distance to the worst values of all columns as a part of both distances. 1 best, 0 worst; 0.5 for rows
 * that are all alike. A row with a missing figure has NaN. */
CZ_MUST_CHECK cz_status cz_topsis(const double *values, int64_t rows, int64_t columns, const double *weights,
                                  bool scaled, double *closeness);

/* ---- random numbers ---- */

/* Philox 4x64 with 10 rounds (Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3,
 * SC 2011): the block that belongs to a counter and a key. The same everywhere; no state. */
void cz_philox(const uint64_t counter[4], const uint64_t key[2], uint64_t block[4]);

/* ---- how sure a rank is ---- */

/* How weights are drawn. */
typedef enum cz_weight_draw {
  CZ_WEIGHT_DRAW_FIXED,   /* the given ones */
  CZ_WEIGHT_DRAW_NOISE,   /* each times 1 + spread * u, u uniform in (-1, 1) */
  CZ_WEIGHT_DRAW_SIMPLEX, /* uniform among all weights >= 0 with sum 1, times the given ones */
  CZ_WEIGHT_DRAW_COUNT
} cz_weight_draw;

/* How columns are brought onto one scale in a draw; a sum of these says which are drawn from, evenly. */
enum {
  CZ_SCALING_NONE = 1,   /* not at all */
  CZ_SCALING_MINMAX = 2, /* lower … upper */
  CZ_SCALING_Z = 4,      /* mean 0, standard deviation 1 */
  CZ_SCALING_RANK = 8,   /* average ranks from lower … upper */
  CZ_SCALING_ALL = 15
};

typedef struct cz_rank_study {
  const double *lo, *hi; /* rows * columns: each figure is drawn evenly between both; hi NULL: lo it is */
  int64_t rows, columns;
  const double *weights; /* columns, >= 0 */
  cz_weight_draw weight_draw;
  double spread;       /* of CZ_WEIGHT_DRAW_NOISE, 0 to 1 */
  int32_t scalings;    /* a sum of CZ_SCALING_… */
  double lower, upper; /* of the scale */
  bool geometric;      /* geometric mean instead of the arithmetic one; figures must not be below 0 */
  uint64_t seed;
  int64_t draws;
} cz_rank_study;

/* Draws figures, scaling and weights, aggregates and ranks, so many times. `counts` is rows * rows: how often
 * a row had rank 1, 2, …; rank 1 is the highest score, equal scores have the same, better rank. Draw d uses
 * random numbers of its own (key: seed; counter: d), so that the counts depend neither on `threads` nor on
 * what else is drawn. A row's missing figures are left out and its other weights carry the mean; a row
 * without any figure of weight has no rank and no counts. CZ_ERROR_ARGUMENT also for draws < 0, a spread
 * outside 0 to 1, unknown codes, weights that are negative, missing or all 0; CZ_ERROR_MEMORY. */
CZ_MUST_CHECK cz_status cz_rank_study_run(const cz_allocator *allocator, const cz_rank_study *study,
                                          int32_t threads, int64_t *counts);

#ifdef __cplusplus
}
#endif
#endif
