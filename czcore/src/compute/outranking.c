/* outranking.c: rows against each other (Copeland) and against the best and the worst there is (TOPSIS). */
#include <math.h>

#include "czcore/index.h"
#include "matrix.h"

/* Weight of the columns in which a is above b, less that of those in which it is below. */
static double balance(const double *a, const double *b, const double *weights, int64_t columns) {
  double sum = 0;
  for (int64_t j = 0; j < columns; j++)
    sum += a[j] > b[j] ? weights[j] : a[j] < b[j] ? -weights[j] : 0;
  return sum;
}

cz_status cz_copeland(const double *values, int64_t rows, int64_t columns, const double *weights,
                      double *scores) {
  if (!cz_matrix_fits(values, rows, columns) || !weights || !scores)
    return CZ_ERROR_ARGUMENT;
  for (int64_t i = 0; i < rows; i++)
    scores[i] = columns > 0 ? 0 : (double)NAN;
  for (int64_t a = 0; a < rows && columns > 0; a++)
    for (int64_t b = 0; b < a; b++) {
      double sum = balance(values + a * columns, values + b * columns, weights, columns);
      double sign = sum > 0 ? 1 : sum < 0 ? -1 : sum == 0 ? 0 : (double)NAN;
      scores[a] += sign;
      scores[b] -= sign;
    }
  return CZ_OK;
}

/* Adds a column's squared distances from its best and worst figure to both sums of a row, kept in pairs. */
typedef struct span {
  double best, worst, scale;
} span;

static span span_of(const double *column, int64_t rows, int64_t stride, bool scaled) {
  span s = {-(double)INFINITY, (double)INFINITY, 1};
  double most = 0, squares = 0;
  for (int64_t i = 0; i < rows; i++) {
    double figure = column[i * stride];
    s.best = figure > s.best ? figure : s.best;
    s.worst = figure < s.worst ? figure : s.worst;
    most = fabs(figure) > most ? fabs(figure) : most;
  }
  if (scaled || most == 0)
    return s;
  for (int64_t i = 0; i < rows; i++)
    if (!isnan(column[i * stride]))
      squares += (column[i * stride] / most) * (column[i * stride] / most);
  s.scale = most * sqrt(squares);
  return s;
}

static double distance(const double *row, int64_t columns, const double *weights, const span *spans,
                       bool to_best) {
  double sum = 0;
  for (int64_t j = 0; j < columns; j++) {
    double way = row[j] - (to_best ? spans[j].best : spans[j].worst);
    way *= weights[j] / spans[j].scale;
    sum += way * way;
  }
  return sqrt(sum);
}

cz_status cz_topsis(const double *values, int64_t rows, int64_t columns, const double *weights, bool scaled,
                    double *closeness) {
  if (!cz_matrix_fits(values, rows, columns) || !weights || !closeness)
    return CZ_ERROR_ARGUMENT;
  cz_allocator memory = cz_allocator_or_libc(NULL);
  size_t size = (size_t)columns * sizeof(span);
  span *spans = cz_allocate(&memory, size);
  if (!spans)
    return CZ_ERROR_MEMORY;
  for (int64_t j = 0; j < columns; j++)
    spans[j] = span_of(values + j, rows, columns, scaled);
  for (int64_t i = 0; i < rows; i++) {
    double best = distance(values + i * columns, columns, weights, spans, true);
    double worst = distance(values + i * columns, columns, weights, spans, false);
    closeness[i] = best + worst == 0 ? 0.5 : worst / (best + worst);
    if (columns == 0)
      closeness[i] = (double)NAN;
  }
  cz_release(&memory, spans, size);
  return CZ_OK;
}
