/* weights.c: weights that the data themselves suggest. */
#include "czcore/index.h"
#include "inequality.h"
#include "matrix.h"

bool cz_matrix_fits(const double *values, int64_t rows, int64_t columns) {
  return values && rows >= 0 && columns >= 0 && (columns == 0 || rows <= INT64_MAX / 8 / columns) &&
         (columns == 0 || columns <= INT64_MAX / 8 / columns);
}

/* ---- a column without its missing figures ---- */

static int64_t known_of(const double *column, int64_t rows, int64_t stride) {
  int64_t count = 0;
  for (int64_t i = 0; i < rows; i++)
    count += !isnan(column[i * stride]);
  return count;
}

/* Mean of a function of a column's figures; 0 without figures. */
typedef double figure_function(double figure, double mean);

static double identity(double figure, double mean) {
  (void)mean;
  return figure;
}

static double square(double figure, double mean) {
  return (figure - mean) * (figure - mean);
}

/* What a figure adds to Theil's T of its column: 1 - entropy / ln n is T / ln n, and as T it is exactly 0
 * where all figures are the same. */
static double theil(double figure, double mean) {
  return cz_theil_term((figure - mean) / mean, CZ_THEIL_T);
}

static double mean_over(const double *column, int64_t rows, int64_t stride, figure_function *function,
                        double mean) {
  double sum = 0, first = 0, count = 0;
  for (int64_t i = 0; i < rows; i++) {
    double figure = column[i * stride];
    if (isnan(figure))
      continue;
    double term = function(figure, mean);
    if (count++ == 0)
      first = term;
    sum += term - first; /* so that equal terms have exactly themselves as their mean */
  }
  return count > 0 ? first + sum / count : 0;
}

static double deviation_of(const double *column, int64_t rows, int64_t stride) {
  int64_t count = known_of(column, rows, stride);
  double mean = mean_over(column, rows, stride, identity, 0);
  double variance = mean_over(column, rows, stride, square, mean);
  return count > 1 ? sqrt(variance * (double)count / (double)(count - 1)) : 0;
}

static double entropy_lost(const double *column, int64_t rows, int64_t stride) {
  int64_t count = known_of(column, rows, stride);
  for (int64_t i = 0; i < rows; i++)
    if (column[i * stride] < 0)
      return (double)NAN;
  double mean = mean_over(column, rows, stride, identity, 0);
  if (count < 2 || mean == 0)
    return 0;
  return mean_over(column, rows, stride, theil, mean) / log((double)count);
}

static double variation_of(const double *column, int64_t rows, int64_t stride) {
  double deviation = deviation_of(column, rows, stride);
  double mean = mean_over(column, rows, stride, identity, 0);
  return deviation == 0 ? 0 : mean == 0 ? (double)NAN : deviation / fabs(mean);
}

/* ---- correlation ---- */

/* Squared distances of unit columns that are rounding and nothing else. */
#define PARALLEL 1e-28

/* 1 - r, as half the square of the distance between both columns, each taken from its mean and divided by its
 * length: what is nearly parallel keeps its digits. */
static double disagreement_of(const double *a, const double *b, int64_t rows, int64_t stride) {
  double count = 0, mean_a = 0, mean_b = 0, aa = 0, bb = 0, sum = 0;
  for (int64_t i = 0; i < rows; i++)
    if (!isnan(a[i * stride]) && !isnan(b[i * stride])) {
      count++;
      mean_a += (a[i * stride] - mean_a) / count;
      mean_b += (b[i * stride] - mean_b) / count;
    }
  if (count < 2)
    return (double)NAN;
  for (int64_t i = 0; i < rows; i++)
    if (!isnan(a[i * stride]) && !isnan(b[i * stride])) {
      aa += (a[i * stride] - mean_a) * (a[i * stride] - mean_a);
      bb += (b[i * stride] - mean_b) * (b[i * stride] - mean_b);
    }
  if (aa == 0 || bb == 0)
    return 1;
  for (int64_t i = 0; i < rows; i++)
    if (!isnan(a[i * stride]) && !isnan(b[i * stride])) {
      double apart = (a[i * stride] - mean_a) / sqrt(aa) - (b[i * stride] - mean_b) / sqrt(bb);
      sum += apart * apart;
    }
  return sum < PARALLEL ? 0 : sum < 4 ? sum / 2 : 2;
}

cz_status cz_correlation(const double *values, int64_t rows, int64_t columns, double *correlation) {
  if (!cz_matrix_fits(values, rows, columns) || !correlation)
    return CZ_ERROR_ARGUMENT;
  for (int64_t j = 0; j < columns; j++)
    for (int64_t k = 0; k <= j; k++) {
      double r = j == k ? 1 : 1 - disagreement_of(values + j, values + k, rows, columns);
      correlation[j * columns + k] = correlation[k * columns + j] = r;
    }
  return CZ_OK;
}

static double conflict_of(const double *values, int64_t rows, int64_t columns, int64_t column) {
  double deviation = deviation_of(values + column, rows, columns), sum = 0;
  if (deviation == 0)
    return 0;
  for (int64_t k = 0; k < columns; k++)
    if (k != column && deviation_of(values + k, rows, columns) == 0)
      sum += 1;
    else if (k != column)
      sum += disagreement_of(values + column, values + k, rows, columns);
  return deviation * sum;
}

/* ---- weights ---- */

cz_status cz_weights_of(cz_weighting method, const double *values, int64_t rows, int64_t columns,
                        double *information, double *weights) {
  if (!cz_matrix_fits(values, rows, columns) || !information || !weights || method < 0 ||
      method >= CZ_WEIGHTING_COUNT)
    return CZ_ERROR_ARGUMENT;
  double sum = 0;
  for (int64_t j = 0; j < columns; j++) {
    const double *column = values + j;
    information[j] = method == CZ_WEIGHTING_ENTROPY     ? entropy_lost(column, rows, columns)
                     : method == CZ_WEIGHTING_VARIATION ? variation_of(column, rows, columns)
                                                        : conflict_of(values, rows, columns, j);
    if (rows == 0)
      information[j] = (double)NAN;
    sum += information[j];
  }
  for (int64_t j = 0; j < columns; j++)
    weights[j] = sum == 0 ? 1 / (double)columns : information[j] / sum;
  return CZ_OK;
}
