/* ranks.c: order, ranks with ties, and the ranks that intervals leave open. */
#include "czcore/index.h"
#include "lane.h"

/* ---- order ---- */

typedef struct keys {
  const cz_lane *values, *second, *order;
} keys;

/* NaN comes last; equal keys stay in their order, which makes the result unique. */
static bool before(const keys *k, int64_t a, int64_t b) {
  double x = cz_real(k->values, a), y = cz_real(k->values, b);
  bool no_x = isnan(x), no_y = isnan(y);
  if (no_x != no_y)
    return no_y;
  if (!no_x && x != y)
    return x < y;
  bool flag_x = cz_flag(k->second, a), flag_y = cz_flag(k->second, b);
  if (!no_x && flag_x != flag_y)
    return flag_y;
  return a < b;
}

/* The heap's root is the last of its elements; `at` may be out of place. */
static void sink(const keys *k, int64_t at, int64_t size) {
  int64_t moved = cz_whole(k->order, at);
  for (;;) {
    int64_t child = 2 * at + 1;
    if (child >= size)
      break;
    if (child + 1 < size && before(k, cz_whole(k->order, child), cz_whole(k->order, child + 1)))
      child++;
    if (!before(k, moved, cz_whole(k->order, child)))
      break;
    cz_set_whole(k->order, at, cz_whole(k->order, child));
    at = child;
  }
  cz_set_whole(k->order, at, moved);
}

/* Heapsort, because it needs no memory of its own. */
void cz_order_series(int64_t length, const cz_lane *lanes) {
  keys k = {&lanes[0], &lanes[1], &lanes[2]};
  for (int64_t t = 0; t < length; t++)
    cz_set_whole(k.order, t, t);
  for (int64_t at = length / 2 - 1; at >= 0; at--)
    sink(&k, at, length);
  for (int64_t size = length - 1; size > 0; size--) {
    int64_t last = cz_whole(k.order, 0);
    cz_set_whole(k.order, 0, cz_whole(k.order, size));
    cz_set_whole(k.order, size, last);
    sink(&k, 0, size);
  }
}

/* ---- ranks ---- */

static double rank_of(int64_t ties, int64_t first, int64_t last, int64_t at, int64_t distinct) {
  switch (ties) {
  case CZ_TIES_MIN:
    return (double)(first + 1);
  case CZ_TIES_MAX:
    return (double)last;
  case CZ_TIES_AVERAGE:
    return (double)(first + 1 + last) / 2;
  case CZ_TIES_DENSE:
    return (double)distinct;
  case CZ_TIES_ORDINAL:
    return (double)(at + 1);
  default:
    return (double)NAN;
  }
}

/* Given: values, their ascending order, a cz_ties. Rank 1 is the smallest value. */
void cz_rank_series(int64_t length, const cz_lane *lanes) {
  int64_t ties = cz_whole(&lanes[2], 0), distinct = 0;
  for (int64_t first = 0; first < length;) {
    double value = cz_real(&lanes[0], cz_whole(&lanes[1], first));
    int64_t last = first + 1;
    while (last < length && cz_real(&lanes[0], cz_whole(&lanes[1], last)) == value)
      last++;
    distinct++;
    for (int64_t at = first; at < last; at++) {
      double rank = isnan(value) ? (double)NAN : rank_of(ties, first, last, at, distinct);
      cz_set_real(&lanes[3], cz_whole(&lanes[1], at), rank);
    }
    first = last;
  }
}

/* ---- ranks of intervals ---- */

/* How many of the first `size` positions of an order have a key that is not above (value, flag). Keys are
 * numbers, those of equal number with the flag set above those without; flag -1 is below both. */
static int64_t not_above(const cz_lane *values, const cz_lane *flags, const cz_lane *order, int64_t size,
                         double value, int flag) {
  int64_t lo = 0, hi = size;
  while (lo < hi) {
    int64_t middle = lo + (hi - lo) / 2, index = cz_whole(order, middle);
    double key = cz_real(values, index);
    bool above = key > value || (key == value && (int)cz_flag(flags, index) > flag);
    if (above)
      hi = middle;
    else
      lo = middle + 1;
  }
  return lo;
}

/* Rank 1 is the largest number. One's best rank is reached at one's upper end with all others at their lower
 * ends: above one are then only those whose whole interval is. At worst, one is at the lower end and the
 * others at the upper; whether ends are open does not matter there, because inside of an interval there is
 * always room. Intervals are independent of each other, so both are reached. Given: lo, hi, open_lo, open_hi,
 * the order of (lo, open_lo) and that of hi. */
void cz_rank_interval_series(int64_t length, const cz_lane *lanes) {
  const cz_lane *lo = &lanes[0], *hi = &lanes[1], *open_lo = &lanes[2], *open_hi = &lanes[3];
  const cz_lane *by_lo = &lanes[4], *by_hi = &lanes[5];
  int64_t size = length;
  while (size > 0 && isnan(cz_real(lo, cz_whole(by_lo, size - 1))))
    size--;
  for (int64_t t = 0; t < length; t++) {
    double low = cz_real(lo, t), high = cz_real(hi, t), best = (double)NAN, worst = (double)NAN;
    if (low <= high) {
      best = (double)(1 + size - not_above(lo, open_lo, by_lo, size, high, cz_flag(open_hi, t) ? -1 : 0));
      worst = (double)(1 + size - not_above(hi, open_hi, by_hi, size, low, 1) - (high > low));
    }
    cz_set_real(&lanes[6], t, best);
    cz_set_real(&lanes[7], t, worst);
  }
}
