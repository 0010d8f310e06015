/* components.c: principal components by Jacobi's method. */
#include <math.h>
#include <string.h>

#include "czcore/index.h"
#include "matrix.h"

#define SWEEPS 60 /* some ten are needed for a hundred columns */

/* Turns axes p and q so that a[p][q] is 0, in `a` (symmetric, both halves kept) and in the rows of v. */
static void rotate(int64_t n, double *a, double *v, int64_t p, int64_t q) {
  double apq = a[p * n + q];
  if (apq == 0)
    return;
  double tau = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  double t = (tau >= 0 ? 1 : -1) / (fabs(tau) + sqrt(1 + tau * tau));
  double c = 1 / sqrt(1 + t * t), s = t * c;
  for (int64_t k = 0; k < n; k++) {
    double x = a[k * n + p], y = a[k * n + q];
    a[k * n + p] = c * x - s * y;
    a[k * n + q] = s * x + c * y;
  }
  for (int64_t k = 0; k < n; k++) {
    double x = a[p * n + k], y = a[q * n + k];
    a[p * n + k] = c * x - s * y;
    a[q * n + k] = s * x + c * y;
    x = v[p * n + k];
    y = v[q * n + k];
    v[p * n + k] = c * x - s * y;
    v[q * n + k] = s * x + c * y;
  }
  a[p * n + q] = a[q * n + p] = 0;
}

static double off_diagonal(int64_t n, const double *a) {
  double most = 0;
  for (int64_t p = 0; p < n; p++)
    for (int64_t q = 0; q < p; q++)
      most = fabs(a[p * n + q]) > most ? fabs(a[p * n + q]) : most;
  return most;
}

static void diagonalise(int64_t n, double *a, double *v) {
  for (int64_t i = 0; i < n * n; i++)
    v[i] = i % (n + 1) == 0;
  for (int sweep = 0; sweep < SWEEPS && off_diagonal(n, a) > 1e-300; sweep++)
    for (int64_t p = 0; p < n; p++)
      for (int64_t q = p + 1; q < n; q++) {
        /* What is beyond the digits of both diagonal elements is nothing. */
        double small = 0x1p-70 * sqrt(fabs(a[p * n + p]) * fabs(a[q * n + q]));
        if (fabs(a[p * n + q]) <= small)
          a[p * n + q] = a[q * n + p] = 0;
        else
          rotate(n, a, v, p, q);
      }
}

/* Largest first, by selection; signs so that loadings have a sum >= 0. */
static void put_in_order(int64_t n, const double *a, double *v, double *eigenvalues) {
  for (int64_t k = 0; k < n; k++)
    eigenvalues[k] = a[k * n + k];
  for (int64_t k = 0; k < n; k++) {
    int64_t most = k;
    for (int64_t other = k + 1; other < n; other++)
      if (eigenvalues[other] > eigenvalues[most])
        most = other;
    double value = eigenvalues[k], sum = 0;
    eigenvalues[k] = eigenvalues[most];
    eigenvalues[most] = value;
    for (int64_t j = 0; j < n; j++) {
      double loading = v[most * n + j];
      v[most * n + j] = v[k * n + j];
      v[k * n + j] = loading;
      sum += loading;
    }
    for (int64_t j = 0; j < n && sum < 0; j++)
      v[k * n + j] = -v[k * n + j];
  }
}

cz_status cz_principal_components(const cz_allocator *allocator, const double *values, int64_t rows,
                                  int64_t columns, double *eigenvalues, double *loadings) {
  if (!cz_matrix_fits(values, rows, columns) || !eigenvalues || !loadings)
    return CZ_ERROR_ARGUMENT;
  cz_allocator memory = cz_allocator_or_libc(allocator);
  int64_t n = columns;
  size_t size = (size_t)(n * n) * sizeof(double);
  double *a = cz_allocate(&memory, size);
  if (!a)
    return CZ_ERROR_MEMORY;
  cz_status status = cz_correlation(values, rows, columns, a);
  bool defined = status == CZ_OK;
  for (int64_t i = 0; i < n * n; i++)
    defined = defined && !isnan(a[i]);
  if (defined) {
    diagonalise(n, a, loadings);
    put_in_order(n, a, loadings, eigenvalues);
  }
  for (int64_t i = 0; i < n * n && !defined; i++)
    loadings[i] = eigenvalues[i / n] = (double)NAN;
  cz_release(&memory, a, size);
  return status;
}
