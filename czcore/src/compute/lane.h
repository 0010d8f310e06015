/* compute/lane.h: elements of the lanes of a series. */
#ifndef CZCORE_COMPUTE_LANE_H
#define CZCORE_COMPUTE_LANE_H

#include <math.h>

#include "internal.h"

static inline double cz_real(const cz_lane *lane, int64_t t) {
  return *(const double *)(const void *)((const char *)lane->data + t * lane->step);
}

static inline int64_t cz_whole(const cz_lane *lane, int64_t t) {
  return *(const int64_t *)(const void *)((const char *)lane->data + t * lane->step);
}

static inline bool cz_flag(const cz_lane *lane, int64_t t) {
  return *(const int8_t *)(const void *)((const char *)lane->data + t * lane->step) != 0;
}

static inline void cz_set_real(const cz_lane *lane, int64_t t, double value) {
  *(double *)(void *)((char *)lane->data + t * lane->step) = value;
}

static inline void cz_set_whole(const cz_lane *lane, int64_t t, int64_t value) {
  *(int64_t *)(void *)((char *)lane->data + t * lane->step) = value;
}

/* A row of doubles as a lane. */
static inline cz_lane cz_row_lane(const double *row, int64_t stride) {
  return (cz_lane){(void *)(uintptr_t)row, 0, (ptrdiff_t)((size_t)stride * sizeof(double))};
}

#endif
