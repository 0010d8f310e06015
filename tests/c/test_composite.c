/* Weights, outranking, random numbers, and studies of ranks. */
#include "../../czcore/src/compute/montecarlo.h"

#include <math.h>

#include "../../czcore/src/compute/philox.h"
#include "check.h"
#include "czcore.h"

#define NONE ((double)NAN)

static bool close_to(double actual, double expected) {
  double size = fabs(expected) > 1 ? fabs(expected) : 1;
  return isnan(expected) ? isnan(actual) : fabs(actual - expected) <= 1e-12 * size;
}

#define CHECK_CLOSE(actual, expected)                                                                        \
  do {                                                                                                       \
    double found = (actual);                                                                                 \
    if (!CHECK(close_to(found, (expected))))                                                                 \
      printf("  %.17g\n", found);                                                                            \
  } while (0)

/* ---- weights ---- */

static void entropy_with_zeros(void) {
  static const double values[] = {0, 0.2, 0.9, 0.5, 1, 0, 1, 0, 1, 0.3, 0.4, 0.5};
  double information[3], weights[3];
  CHECK_EQ_INT(cz_weights_of(CZ_WEIGHTING_ENTROPY, values, 4, 3, information, weights), CZ_OK);
  CHECK(fabs(weights[0] - 0.33269342) < 1e-8);
  CHECK(fabs(weights[1] - 0.39896344) < 1e-8);
  CHECK(fabs(weights[2] - 0.26834314) < 1e-8);
}

static void columns_that_do_not_vary_tell_nothing(void) {
  static const double values[] = {0.1, 1, NONE, 0.1, 3, NONE, 0.1, 2, 5};
  for (int method = 0; method < CZ_WEIGHTING_COUNT; method++) {
    double information[3], weights[3];
    CHECK_EQ_INT(cz_weights_of((cz_weighting)method, values, 3, 3, information, weights), CZ_OK);
    CHECK_EQ_REAL(information[0], 0.0);
    CHECK_EQ_REAL(weights[0], 0.0);
    CHECK_EQ_REAL(weights[1], 1.0);
    CHECK_EQ_REAL(weights[2], 0.0);
    CHECK_EQ_INT(cz_weights_of((cz_weighting)method, values, 1, 2, information, weights), CZ_OK);
    CHECK_EQ_REAL(weights[0], 0.5);
    CHECK_EQ_REAL(weights[1], 0.5);
  }
}

static void negative_figures_have_no_entropy(void) {
  static const double values[] = {1, -1, 2, 1};
  double information[2], weights[2];
  CHECK_EQ_INT(cz_weights_of(CZ_WEIGHTING_ENTROPY, values, 2, 2, information, weights), CZ_OK);
  CHECK(isnan(information[1]) && isnan(weights[0]) && isnan(weights[1]));
  CHECK(information[0] > 0);
  CHECK_EQ_INT(cz_weights_of(CZ_WEIGHTING_VARIATION, values, 2, 2, information, weights), CZ_OK);
  CHECK(isnan(information[1])); /* a mean of 0 */
}

static void correlations_and_components(void) {
  static const double values[] = {1, 2, 5, 2, 4, 5, 3, 6, 5};
  double r[9], eigenvalues[3], loadings[9];
  CHECK_EQ_INT(cz_correlation(values, 3, 3, r), CZ_OK);
  CHECK_CLOSE(r[1], 1);
  CHECK_EQ_REAL(r[2], 0.0);
  CHECK_EQ_REAL(r[8], 1.0);
  CHECK_EQ_INT(cz_principal_components(NULL, values, 3, 3, eigenvalues, loadings), CZ_OK);
  CHECK_CLOSE(eigenvalues[0], 2);
  CHECK_CLOSE(eigenvalues[1], 1);
  CHECK_CLOSE(eigenvalues[2], 0);
  CHECK_CLOSE(loadings[0], sqrt(0.5));
  CHECK_CLOSE(loadings[1], sqrt(0.5));
  CHECK_CLOSE(loadings[2], 0);
  static const double hardly[] = {1, NONE, NONE, 2, 3, 3};
  CHECK_EQ_INT(cz_principal_components(NULL, hardly, 3, 2, eigenvalues, loadings), CZ_OK);
  CHECK(isnan(eigenvalues[0]) && isnan(loadings[3]));
}

/* ---- outranking ---- */

static void copeland_counts_wins(void) {
  static const double values[] = {3, 1, 2, 2, 1, 3, NONE, 9};
  static const double weights[] = {2, 1};
  double scores[4];
  CHECK_EQ_INT(cz_copeland(values, 4, 2, weights, scores), CZ_OK);
  CHECK_EQ_REAL(scores[0], 1.0); /* ahead of two, behind the last in the only column both have */
  CHECK_EQ_REAL(scores[1], -1.0);
  CHECK_EQ_REAL(scores[2], -3.0);
  CHECK_EQ_REAL(scores[3], 3.0);
}

static void topsis_between_worst_and_best(void) {
  static const double values[] = {3, 0, 0, 4, 0, 0, 3, 4};
  static const double weights[] = {1, 1};
  double closeness[4];
  CHECK_EQ_INT(cz_topsis(values, 4, 2, weights, false, closeness), CZ_OK);
  CHECK_CLOSE(closeness[0], 0.5);
  CHECK_CLOSE(closeness[1], 0.5);
  CHECK_EQ_REAL(closeness[2], 0.0);
  CHECK_EQ_REAL(closeness[3], 1.0);
  CHECK_EQ_INT(cz_topsis(values, 4, 2, weights, true, closeness), CZ_OK);
  CHECK_CLOSE(closeness[0], 3.0 / 7);
  CHECK_EQ_INT(cz_topsis(values, 1, 2, weights, true, closeness), CZ_OK);
  CHECK_EQ_REAL(closeness[0], 0.5);
}

/* ---- random numbers ---- */

/* The known answers that come with the authors' library Random123: counter, key, block. */
static void philox_gives_the_published_blocks(void) {
  static const uint64_t known[][10] = {
      {0, 0, 0, 0, 0, 0, 0x16554d9eca36314cu, 0xdb20fe9d672d0fdcu, 0xd7e772cee186176bu, 0x7e68b68aec7ba23bu},
      {~0ull, ~0ull, ~0ull, ~0ull, ~0ull, ~0ull, 0x87b092c3013fe90bu, 0x438c3c67be8d0224u,
       0x9cc7d7c69cd777b6u, 0xa09caebf594f0ba0u},
      {0x243f6a8885a308d3u, 0x13198a2e03707344u, 0xa4093822299f31d0u, 0x082efa98ec4e6c89u,
       0x452821e638d01377u, 0xbe5466cf34e90c6cu, 0xa528f45403e61d95u, 0x38c72dbd566e9788u,
       0xa5a1610e72fd18b5u, 0x57bd43b5e52b7fe6u}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    uint64_t block[4];
    cz_philox(known[i], known[i] + 4, block);
    for (int k = 0; k < 4; k++)
      CHECK_EQ_INT(block[k], known[i][6 + k]);
  }
}

static void units_lie_inside_and_filling_is_drawing(void) {
  double units[11], sum = 0;
  cz_stream stream = cz_stream_of(7, 1, 3), again = stream;
  (void)cz_stream_unit(&stream);
  (void)cz_stream_unit(&again);
  cz_stream_fill(&stream, 11, units);
  for (int i = 0; i < 11; i++)
    CHECK_EQ_REAL(units[i], cz_stream_unit(&again));
  for (int i = 0; i < 100000; i++) {
    double unit = cz_stream_unit(&stream);
    CHECK(unit > 0 && unit < 1);
    sum += unit;
    int64_t below = cz_stream_below(&stream, 3);
    CHECK(below >= 0 && below < 3);
  }
  CHECK(fabs(sum / 100000 - 0.5) < 0.005);
}

/* ---- studies ---- */

#define ROWS 45
#define COLUMNS 6

static double figures[ROWS * COLUMNS], upper_ends[ROWS * COLUMNS], weights_of_one[COLUMNS];

static cz_rank_study study_of_units(void) {
  cz_stream stream = cz_stream_of(99, 5, 0);
  cz_stream_fill(&stream, ROWS * COLUMNS, figures);
  for (int i = 0; i < ROWS * COLUMNS; i++)
    upper_ends[i] = figures[i] + 0.05;
  for (int j = 0; j < COLUMNS; j++)
    weights_of_one[j] = 1;
  return (cz_rank_study){.lo = figures,
                         .rows = ROWS,
                         .columns = COLUMNS,
                         .weights = weights_of_one,
                         .weight_draw = CZ_WEIGHT_DRAW_SIMPLEX,
                         .scalings = CZ_SCALING_ALL,
                         .upper = 1,
                         .seed = 4,
                         .draws = 500};
}

static void threads_do_not_matter(void) {
  static int64_t counts[3][ROWS * ROWS];
  for (int drawn = 0; drawn < 2; drawn++) {
    cz_rank_study study = study_of_units();
    study.hi = drawn ? upper_ends : NULL;
    for (int k = 0; k < 3; k++)
      CHECK_EQ_INT(cz_rank_study_run(NULL, &study, k * 3 + 1, counts[k]), CZ_OK);
    CHECK(memcmp(counts[0], counts[1], sizeof counts[0]) == 0);
    CHECK(memcmp(counts[0], counts[2], sizeof counts[0]) == 0);
    for (int i = 0; i < ROWS; i++) {
      int64_t sum = 0;
      for (int r = 0; r < ROWS; r++)
        sum += counts[0][i * ROWS + r];
      CHECK_EQ_INT(sum, study.draws);
    }
    study.seed++;
    CHECK_EQ_INT(cz_rank_study_run(NULL, &study, 1, counts[1]), CZ_OK);
    CHECK(memcmp(counts[0], counts[1], sizeof counts[0]) != 0);
  }
}

static void levels_do_not_matter(void) {
  enum { MANY = 300 }; /* above what is compared one by one */
  int64_t width = cz_width_of(MANY);
  static double scaled[2 * 320], scores[2][320];
  static int64_t above[2][320], order[320];
  double weights[] = {0.3, 0.7};
  cz_stream stream = cz_stream_of(1, 1, 1);
  CHECK_EQ_INT(width, 320);
  for (int j = 0; j < 2; j++)
    for (int i = 0; i < MANY; i++)
      scaled[j * width + i] = floor(20 * cz_stream_unit(&stream)); /* with ties */
  for (int rows = 7; rows <= MANY; rows += MANY - 7)
    for (int missing = 0; missing < 2; missing++) {
      scaled[3] = missing ? NONE : 1;
      scaled[width + 3] = missing ? NONE : 1;
      for (cz_level level = CZ_LEVEL_PLAIN; level <= cz_machine_level(); level++) {
        int which = level != CZ_LEVEL_PLAIN;
        cz_scoring scoring = {rows, 2, scaled, weights, missing != 0, scores[which], above[which], order};
        if (rows == 7) /* the columns of seven rows lie elsewhere */
          scoring.columns = 1;
        cz_score_and_rank(&scoring, level);
        for (int i = 0; i < rows; i++) {
          CHECK_EQ_REAL(scores[which][i], scores[0][i]);
          int64_t count = 0;
          for (int k = 0; k < rows; k++)
            count += scores[0][k] > scores[0][i];
          if (!isnan(scores[0][i]))
            CHECK_EQ_INT(above[which][i], count);
        }
        CHECK(isnan(scores[which][3]) == (missing != 0));
      }
    }
}

static void a_row_without_figures_has_no_rank(void) {
  static const double values[] = {1, NONE, NONE, NONE, 3, 5};
  static const double weights[] = {1, 1};
  int64_t counts[9];
  cz_rank_study study = {.lo = values,
                         .rows = 3,
                         .columns = 2,
                         .weights = weights,
                         .scalings = CZ_SCALING_NONE,
                         .upper = 1,
                         .draws = 10};
  CHECK_EQ_INT(cz_rank_study_run(NULL, &study, 1, counts), CZ_OK);
  static const int64_t expected[] = {0, 10, 0, 0, 0, 0, 10, 0, 0};
  CHECK(memcmp(counts, expected, sizeof expected) == 0);
  study.geometric = true;
  CHECK_EQ_INT(cz_rank_study_run(NULL, &study, 1, counts), CZ_OK);
  CHECK(memcmp(counts, expected, sizeof expected) == 0);
}

static void wrong_arguments_are_refused(void) {
  double values[] = {1, 2}, out[4];
  int64_t counts[4];
  CHECK_EQ_INT(cz_weights_of(CZ_WEIGHTING_ENTROPY, NULL, 1, 2, out, out), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_weights_of(CZ_WEIGHTING_COUNT, values, 1, 2, out, out), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_correlation(values, -1, 2, out), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_correlation(values, INT64_MAX, 2, out), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_principal_components(NULL, values, 1, 2, NULL, out), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_copeland(values, 1, 2, NULL, out), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_topsis(values, 1, 2, values, false, NULL), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_rank_study_run(NULL, NULL, 1, counts), CZ_ERROR_ARGUMENT);
  const cz_rank_study good = {
      .lo = values, .rows = 2, .columns = 1, .weights = values, .scalings = 1, .draws = 1};
  cz_rank_study bad[] = {good, good, good, good, good, good};
  bad[0].draws = -1;
  bad[1].spread = 1.5;
  bad[2].scalings = 16;
  bad[3].weight_draw = CZ_WEIGHT_DRAW_COUNT;
  bad[4].weights = NULL;
  bad[5].rows = INT64_MAX / 4;
  CHECK_EQ_INT(cz_rank_study_run(NULL, &good, 1, counts), CZ_OK);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    CHECK_EQ_INT(cz_rank_study_run(NULL, &bad[i], 1, counts), CZ_ERROR_ARGUMENT);
}

static void memory_may_run_out(void) {
  static int64_t counts[ROWS * ROWS];
  double eigenvalues[COLUMNS], loadings[COLUMNS * COLUMNS];
  cz_rank_study study = study_of_units();
  for (int64_t countdown = 0; countdown < 5; countdown++) {
    check_memory memory = {.countdown = countdown};
    cz_allocator allocator = check_allocator(&memory);
    cz_status status = cz_rank_study_run(&allocator, &study, 2, counts);
    CHECK_EQ_INT(status, countdown < 4 ? CZ_ERROR_MEMORY : CZ_OK);
    CHECK_NO_LEAK(memory);
    memory = (check_memory){.countdown = countdown};
    allocator = check_allocator(&memory);
    status = cz_principal_components(&allocator, figures, ROWS, COLUMNS, eigenvalues, loadings);
    CHECK_EQ_INT(status, countdown < 1 ? CZ_ERROR_MEMORY : CZ_OK);
    CHECK_NO_LEAK(memory);
  }
}

static const check_test tests[] = {
    CHECK_TEST(entropy_with_zeros),
    CHECK_TEST(columns_that_do_not_vary_tell_nothing),
    CHECK_TEST(negative_figures_have_no_entropy),
    CHECK_TEST(correlations_and_components),
    CHECK_TEST(copeland_counts_wins),
    CHECK_TEST(topsis_between_worst_and_best),
    CHECK_TEST(philox_gives_the_published_blocks),
    CHECK_TEST(units_lie_inside_and_filling_is_drawing),
    CHECK_TEST(threads_do_not_matter),
    CHECK_TEST(levels_do_not_matter),
    CHECK_TEST(a_row_without_figures_has_no_rank),
    CHECK_TEST(wrong_arguments_are_refused),
    CHECK_TEST(memory_may_run_out),
};

CHECK_MAIN(tests)
