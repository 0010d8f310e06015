/* Inequality between and within groups, and drawn paths. */
#include <math.h>

#include "check.h"
#include "czcore.h"

static bool close_to(double actual, double expected) {
  return fabs(actual - expected) <= 1e-14;
}

/* Two groups: 1, 3 and 2, 6; the last person has no weight. */
static const double values[] = {1, 3, 2, 6, 99}, people[] = {1, 1, 1, 1, 0};
static const int64_t groups[] = {0, 0, 1, 1, 1};
static const cz_population small = {values, people, groups, 5, 2};

static void theil_by_hand(void) {
  cz_theil_parts parts;
  double measures[2], shares[2];
  CHECK_EQ_INT(cz_theil_groups(NULL, &small, CZ_THEIL_T, &parts, measures, shares), CZ_OK);
  CHECK(close_to(shares[0], 1.0 / 3) && close_to(shares[1], 2.0 / 3));
  CHECK(close_to(measures[0], (0.5 * log(0.5) + 1.5 * log(1.5)) / 2));
  CHECK(close_to(measures[1], measures[0])); /* twice the incomes */
  CHECK(close_to(parts.between, log(2.0 / 3) / 3 + 2 * log(4.0 / 3) / 3));
  CHECK(close_to(parts.total, parts.between + parts.within));
  CHECK_EQ_INT(cz_theil_groups(NULL, &small, CZ_THEIL_L, &parts, measures, shares), CZ_OK);
  CHECK(close_to(shares[0], 0.5));
  CHECK(close_to(parts.between, (log(1.5) + log(0.75)) / 2));
  CHECK(close_to(parts.within, -(log(0.5) + log(1.5)) / 2));
}

static void dagum_by_hand(void) {
  cz_dagum_parts parts;
  double ginis[4];
  CHECK_EQ_INT(cz_dagum(NULL, &small, &parts, ginis), CZ_OK);
  /* |1-2|, |1-6|, |3-2|, |3-6|: a mean of 2.5 between the groups, over the sum of the means. */
  CHECK(close_to(ginis[1], 2.5 / 6) && close_to(ginis[2], 2.5 / 6));
  CHECK(close_to(ginis[0], 0.25) && close_to(ginis[3], 0.25));
  CHECK(close_to(parts.within, 0.125));
  CHECK(close_to(parts.between, 1.0 / 6));
  CHECK(close_to(parts.transvariation, 0.25 * 0.5 / 3));
  CHECK(close_to(parts.total, 1.0 / 3));
}

static void what_is_undefined(void) {
  static const double losses[] = {1, -3, 2, 6, 99}, nothing[] = {0, 0, 0, 0, 5};
  cz_theil_parts parts;
  cz_dagum_parts all;
  double measures[2], shares[2], ginis[4];
  cz_population p = small;
  p.values = losses;
  CHECK_EQ_INT(cz_theil_groups(NULL, &p, CZ_THEIL_T, &parts, measures, shares), CZ_OK);
  CHECK(isnan(parts.total) && isnan(measures[1]) && isnan(shares[0]));
  p.values = nothing;
  CHECK_EQ_INT(cz_dagum(NULL, &p, &all, ginis), CZ_OK);
  CHECK(isnan(all.total) && isnan(ginis[3]));
  p = small;
  p.count = 2; /* the second group has nobody */
  CHECK_EQ_INT(cz_theil_groups(NULL, &p, CZ_THEIL_T, &parts, measures, shares), CZ_OK);
  CHECK_EQ_REAL(parts.between, 0.0);
  CHECK_EQ_REAL(shares[1], 0.0);
  CHECK_EQ_INT(cz_dagum(NULL, &p, &all, ginis), CZ_OK);
  CHECK_EQ_REAL(ginis[3], 0.0);
  CHECK(close_to(all.total, 0.25));
}

static void paths_are_products_of_observed_rates(void) {
  static const double rates[] = {10, -50, 100};
  enum { DRAWS = 2000, YEARS = 4 };
  static double paths[2][DRAWS * YEARS];
  cz_bootstrap b = {rates, 3, 1, 8, YEARS, DRAWS, 5};
  CHECK_EQ_INT(cz_bootstrap_run(&b, 1, paths[0]), CZ_OK);
  CHECK_EQ_INT(cz_bootstrap_run(&b, 5, paths[1]), CZ_OK);
  CHECK(memcmp(paths[0], paths[1], sizeof paths[0]) == 0);
  int64_t seen[3] = {0};
  for (int d = 0; d < DRAWS; d++)
    for (int t = 0; t < YEARS; t++) {
      double ratio = paths[0][d * YEARS + t] / (t ? paths[0][d * YEARS + t - 1] : 8);
      int which = ratio < 0.8 ? 1 : ratio < 1.5 ? 0 : 2;
      CHECK(close_to(ratio, 1 + rates[which] / 100));
      seen[which]++;
    }
  for (int k = 0; k < 3; k++)
    CHECK(fabs((double)seen[k] / (DRAWS * YEARS) - 1.0 / 3) < 0.02);
  b.block = 3; /* one run of all rates, then it begins anew */
  CHECK_EQ_INT(cz_bootstrap_run(&b, 1, paths[0]), CZ_OK);
  for (int d = 0; d < DRAWS; d++)
    CHECK(close_to(paths[0][d * YEARS + 2], 8 * 1.1) && close_to(paths[0][d * YEARS + 3], 8 * 1.1 * 1.1));
}

static void wrong_arguments_are_refused(void) {
  static const double rates[] = {1};
  cz_theil_parts parts;
  cz_dagum_parts all;
  double out[4];
  cz_population p = small;
  CHECK_EQ_INT(cz_theil_groups(NULL, NULL, CZ_THEIL_T, &parts, out, out), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_theil_groups(NULL, &p, (cz_theil)7, &parts, out, out), CZ_ERROR_ARGUMENT);
  p.group_count = 1;
  CHECK_EQ_INT(cz_theil_groups(NULL, &p, CZ_THEIL_T, &parts, out, out), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_dagum(NULL, &p, &all, out), CZ_ERROR_ARGUMENT);
  p.count = -1;
  CHECK_EQ_INT(cz_dagum(NULL, &p, &all, out), CZ_ERROR_ARGUMENT);
  const cz_bootstrap good = {rates, 1, 1, 1, 1, 1, 0};
  cz_bootstrap bad[] = {good, good, good, good};
  bad[0].block = 2;
  bad[1].count = 0;
  bad[2].horizon = -1;
  bad[3].draws = INT64_MAX;
  bad[3].horizon = 8;
  CHECK_EQ_INT(cz_bootstrap_run(&good, 1, out), CZ_OK);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    CHECK_EQ_INT(cz_bootstrap_run(&bad[i], 1, out), CZ_ERROR_ARGUMENT);
}

static void memory_may_run_out(void) {
  for (int64_t countdown = 0; countdown < 3; countdown++) {
    cz_theil_parts parts;
    cz_dagum_parts all;
    double out[2][4];
    check_memory memory = {.countdown = countdown};
    cz_allocator allocator = check_allocator(&memory);
    CHECK_EQ_INT(cz_dagum(&allocator, &small, &all, out[0]), countdown < 2 ? CZ_ERROR_MEMORY : CZ_OK);
    CHECK_NO_LEAK(memory);
    memory = (check_memory){.countdown = countdown};
    allocator = check_allocator(&memory);
    CHECK_EQ_INT(cz_theil_groups(&allocator, &small, CZ_THEIL_T, &parts, out[0], out[1]),
                 countdown < 1 ? CZ_ERROR_MEMORY : CZ_OK);
    CHECK_NO_LEAK(memory);
  }
}

static const check_test tests[] = {
    CHECK_TEST(theil_by_hand),
    CHECK_TEST(dagum_by_hand),
    CHECK_TEST(what_is_undefined),
    CHECK_TEST(paths_are_products_of_observed_rates),
    CHECK_TEST(wrong_arguments_are_refused),
    CHECK_TEST(memory_may_run_out),
};

CHECK_MAIN(tests)
