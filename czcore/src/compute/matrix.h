/* compute/matrix.h: what the functions of index.h share. */
#ifndef CZCORE_COMPUTE_MATRIX_H
#define CZCORE_COMPUTE_MATRIX_H

#include "../base/internal.h"

/* Whether rows * columns and columns * columns numbers can be addressed. */
bool cz_matrix_fits(const double *values, int64_t rows, int64_t columns);

#endif
