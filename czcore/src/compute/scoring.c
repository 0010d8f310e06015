/* scoring.c: scores of all rows and how many are above each, the inner loops of a study of ranks. */
#include <string.h>

#include "exact.h"
#include "lane.h"
#include "montecarlo.h"

/* Rows beyond which sorting costs less than comparing all with all. */
#define FEW 256

/* Rows whose sums are kept in registers while the loop goes over the columns. */
#define BLOCK 32

CZ_INLINE void sums_body(const cz_scoring *s) {
  int64_t width = cz_width_of(s->rows);
  for (int64_t first = 0; first < width; first += BLOCK) {
    double sums[BLOCK] = {0}, known[BLOCK] = {0};
    for (int64_t j = 0; j < s->columns; j++) {
      const double *column = s->scaled + j * width + first;
      double weight = s->weights[j];
      if (weight == 0)
        continue;
      if (!s->missing) {
        for (int k = 0; k < BLOCK; k++)
          sums[k] += weight * column[k];
        continue;
      }
      for (int k = 0; k < BLOCK; k++) {
        bool there = !isnan(column[k]);
        sums[k] += there ? weight * column[k] : 0;
        known[k] += there ? weight : 0;
      }
    }
    for (int k = 0; k < BLOCK; k++)
      s->scores[first + k] = s->missing ? sums[k] / known[k] : sums[k]; /* NaN without any figure */
  }
}

CZ_INLINE void above_body(const cz_scoring *s) {
  int64_t width = cz_width_of(s->rows);
  for (int64_t first = 0; first < width; first += BLOCK) {
    double own[BLOCK];
    int64_t above[BLOCK] = {0};
    memcpy(own, s->scores + first, sizeof own);
    for (int64_t j = 0; j < s->rows; j++) {
      double score = s->scores[j];
      for (int k = 0; k < BLOCK; k++)
        above[k] += score > own[k];
    }
    memcpy(s->above + first, above, sizeof above);
  }
}

/* Many rows: by the order of the scores. */
static void above_sorted(const cz_scoring *s) {
  int8_t no_flag = 0;
  int64_t *order = s->order;
  cz_lane lanes[] = {cz_row_lane(s->scores, 1), {&no_flag, 0, 0}, {order, 0, (ptrdiff_t)sizeof *order}};
  cz_order_series(s->rows, lanes);
  int64_t size = s->rows;
  while (size > 0 && isnan(s->scores[order[size - 1]]))
    size--;
  for (int64_t first = 0; first < size;) {
    int64_t last = first + 1;
    while (last < size && s->scores[order[last]] == s->scores[order[first]])
      last++;
    for (; first < last; first++)
      s->above[order[first]] = size - last;
  }
}

#define SCORING_AT(level, attributes)                                                                        \
  attributes static void score_##level(const cz_scoring *s) {                                                \
    sums_body(s);                                                                                            \
    if (s->rows <= FEW)                                                                                      \
      above_body(s);                                                                                         \
    else                                                                                                     \
      above_sorted(s);                                                                                       \
  }
SCORING_AT(plain, )
#if CZ_HAVE_LEVELS
SCORING_AT(avx2, CZ_AVX2)
SCORING_AT(avx512, CZ_AVX512)
#endif

void cz_score_and_rank(const cz_scoring *scoring, cz_level level) {
#if CZ_HAVE_LEVELS
  if (level == CZ_LEVEL_AVX512)
    score_avx512(scoring);
  else if (level == CZ_LEVEL_AVX2)
    score_avx2(scoring);
  else
    score_plain(scoring);
#else
  (void)level;
  score_plain(scoring);
#endif
}
