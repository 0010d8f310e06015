/* Figures as printed: one vector per operation, the same results from every level, stride and number of
 * threads. */
#include <float.h>
#include <math.h>

#include "../../czcore/src/base/threads.h"
#include "../../czcore/src/compute/internal.h"
#include "check.h"
#include "czcore.h"

#define NONE ((double)NAN)
#define ENDLESS ((double)INFINITY)
#define FIGURES_MAX 12

/* ---- one vector per operation ---- */

/* Figures of every lane in order, inputs first; for a series the lanes with a time axis have `length` each.
 */
typedef struct vector {
  const char *name;
  int length;
  double figures[24];
  double tolerance; /* relative, absolute below 1 */
} vector;

static const vector vectors[] = {
    {"unround", 0, {2.5, 1, CZ_ROUNDING_HALF, 2.45, 2.55}, 1e-15},
    {"unround_open", 0, {2.5, 1, CZ_ROUNDING_HALF_UP, 0, 1}, 0},
    {"unround_step", 0, {150, 10, 145, 155}, 0},
    {"scale", 0, {616.6, 8, 61660000000}, 0},
    {"decimals", 0, {616.6, 1}, 0},
    {"grim", 0, {89.3, 28, 1, 1, CZ_ROUNDING_HALF, 1, 1}, 0},
    {"growth", 0, {110, 100, 10}, 0},
    {"change", 0, {5.5, 3.25, 2.25}, 0},
    {"multiple", 0, {146, 100, 1.46}, 0},
    {"share", 0, {1, 8, 12.5}, 0},
    {"level", 0, {100, 10, 2, 121}, 1e-15},
    {"base", 0, {110, 10, 1, 100}, 0},
    {"cagr", 0, {121, 100, 2, 10}, 1e-14},
    {"annual", 0, {-13.5, 5, -2.858854259927961}, 1e-14},
    {"remaining", 0, {-20, -15.61, 1, -5.202038156179642}, 1e-14},
    {"doubling_time", 0, {100, 1}, 1e-15},
    {"deflate", 0, {21, 10, 10}, 1e-15},
    {"inflate", 0, {10, 10, 21}, 1e-15},
    {"contribution", 0, {60, 50, 120, 100, 50}, 0},
    {"pull", 0, {60, 50, 100, 10}, 0},
    {"growth_interval", 0, {100, 110, 50, 100, 0, 120}, 0},
    {"change_interval", 0, {1, 2, 0.5, 0.75, 0.25, 1.5}, 0},
    {"multiple_interval", 0, {-1, 2, 0.5, 4, -2, 4}, 0},
    {"share_interval", 0, {1, 2, 4, 8, 12.5, 50}, 0},
    {"level_interval", 0, {100, 200, -50, 50, 1, 50, 300}, 0},
    {"base_interval", 0, {100, 150, -50, 50, 1, 200.0 / 3, 300}, 1e-15},
    {"cagr_interval", 0, {1, 4, 1, 4, 2, -50, 100}, 0},
    {"annual_interval", 0, {-75, 300, 2, -50, 100}, 0},
    {"remaining_interval", 0, {-75, 100, -50, 0, 2, -50, 100}, 0},
    {"doubling_time_interval", 0, {100, 300, 0.5, 1}, 1e-14},
    {"deflate_interval", 0, {0, 50, -50, 25, -20, 200}, 0},
    {"inflate_interval", 0, {-50, 100, 0, 50, -50, 200}, 0},
    {"contribution_interval", 0, {60, 70, 50, 50, 120, 120, 80, 100, 25, 100}, 0},
    {"pull_interval", 0, {60, 70, 50, 50, 50, 100, 10, 40}, 0},
    {"progress_interval", 0, {15, 20, 0, 10, 30, 50, 12.5, 200.0 / 3}, 0},
    {"check", 0, {104.1, 100, 4.1, 0.05, 0.05, 0.05, 1}, 0},
    {"check_interval", 0, {104, 104.2, 99.9, 100.1, 5.1, 5.2, 0}, 0},
    {"growth_along", 3, {100, 110, 55, 1, NONE, 10, -50}, 0},
    {"growth_along_interval", 2, {100, 110, 100, 120, 1, NONE, 10, NONE, 20}, 0},
    {"chain", 3, {10, -50, 100, 100, 110, 55, 110}, 1e-15},
    {"chain_interval", 2, {0, 0, 50, 100, 100, 100, 100, 150, 300}, 0},
    {"average", 2, {0, 72.8, 2, 1, 20}, 1e-14},
    {"average_interval", 2, {0, 300, 0, 300, 1, 1, 100, 100}, 0},
    {"admissible", 0, {-40, -40, 4, -1, 0, 0, -ENDLESS, -40, 0}, 0},
    {"verdict", 0, {6.45, 6.55, 6.5, ENDLESS, 0, CZ_VERDICT_UNDECIDABLE}, 0},
    {"gap", 0, {5.25, 5.5, CZ_DIRECTION_LOWER, 0.25}, 0},
    {"attainment", 0, {-2, 3, NONE, CZ_ATTAINMENT_RATIO, NONE, CZ_REFUSAL_SIGN_CHANGE}, 0},
    {"progress", 0, {63, 60, 65, 60}, 0},
    {"pace", 0, {64, 60, 65, 2023, 2020, 2025, 20}, 0},
    {"growth_pace", 0, {20, 17, 10, 2015, 2023, 2030, -1, 0.445319, -0.6445, CZ_PACE_LIMITED}, 5e-5},
    {"growth_pace_free", 0, {100, 101, 2020, 2021, NONE, 1, 1, 1.25, CZ_PACE_ACCELERATION_NEEDED}, 1e-13},
    {"current_status", 0, {15, 10, 20, 5}, 0},
    {"anticipated", 0, {18, 15, 20, 1, 40}, 0},
    {"binomial_tail", 0, {8, 10, 0.109375}, 1e-14},
    {"between", 0, {3, 1, 5, 0, 100, 50}, 0},
    {"standard", 0, {3, 1, 4, 0.5}, 0},
    {"extremes", 4, {3, NONE, -1, ENDLESS, -1, 3}, 0},
    {"moments", 3, {1, 7, 3, 1, 0, 1, 1, 2, 1.4142135623730951}, 1e-15},
    {"order", 4, {5, NONE, 2, 5, 1, 0, 0, 0, 2, 3, 0, 1}, 0},
    {"rank", 4, {5, 5, 2, NONE, 2, 0, 1, 3, CZ_TIES_MAX, 3, 3, 1, NONE}, 0},
    {"rank_interval", 2, {1, 2, 3, 4, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 2, 2}, 0},
    {"power_mean", 2, {1, 4, 1, 1, 0, 2}, 1e-15},
    {"mpi", 2, {90, 110, 1, 1, -1, 99, 1}, 1e-15},
    {"coupling", 2, {0.2, 0.8, 1, 1, CZ_COUPLING_STANDARD, 0.8, 0.5, 0.6324555320336759}, 1e-15},
    {"gini", 4, {1, 1, 0, 0, 1, 1, 1, 1, 2, 3, 0, 1, 0.5}, 1e-15},
    {"theil_t", 2, {0, 2, 1, 1, 0.6931471805599453}, 1e-15},
    {"theil_l", 2, {1, 3, 1, 1, 0.14384103622589045}, 1e-15},
    {"atkinson", 2, {1, 4, 1, 1, 0.5, 0.1}, 1e-14},
    {"hoover", 2, {1, 3, 1, 1, 0.25}, 0},
    {"line", 4, {1, 3, 5, NONE, 0, 1, 2, 3, 1, 2, 0, 1, 3}, 1e-15},
    {"log_mean", 0, {2, 1, 1.4426950408889634}, 1e-15},
    {"lmdi", 2, {2, 3, 4, 3, 6, 0}, 1e-15},
    {"shift_share", 0, {90, 100, 400, 440, 1100, 1265, 13.5, -4.5, 1}, 1e-13},
    {"decoupling", 0, {1, 2, 0.8, 1.2, 0.5, CZ_DECOUPLING_WEAK}, 0},
};

/* Lanes of a vector in their own memory, of the operation's types. */
typedef struct stage {
  const cz_operation *operation;
  int lanes, inputs, sizes[FIGURES_MAX];
  char types[FIGURES_MAX];
  double reals[FIGURES_MAX][8];
  int64_t wholes[FIGURES_MAX][8];
  int8_t bytes[FIGURES_MAX][8];
  cz_lane memory[FIGURES_MAX];
} stage;

static void set_up(stage *s, const vector *v) {
  memset(s, 0, sizeof *s);
  s->operation = cz_operation_find(v->name);
  if (!CHECK(s->operation != NULL))
    return;
  s->inputs = cz_operation_inputs(s->operation);
  for (const char *type = s->operation->types; *type; type++)
    if (*type != ':')
      s->types[s->lanes++] = *type;
  const char *core = s->operation->core;
  const double *figure = v->figures;
  for (int k = 0; k < s->lanes; k++) {
    bool along = false;
    if (*core) {
      while (*core != '(')
        core++;
      along = core[1] == 'n';
      core++;
    }
    s->sizes[k] = along ? v->length : 1;
    for (int t = 0; t < s->sizes[k]; t++, figure++) {
      if (k >= s->inputs)
        continue;
      s->reals[k][t] = *figure;
      if (s->types[k] == 'i')
        s->wholes[k][t] = (int64_t)*figure;
      if (s->types[k] == 'b')
        s->bytes[k][t] = (int8_t)*figure;
    }
    ptrdiff_t size = s->types[k] == 'b' ? 1 : 8;
    void *data = s->types[k] == 'd'   ? (void *)s->reals[k]
                 : s->types[k] == 'i' ? (void *)s->wholes[k]
                                      : (void *)s->bytes[k];
    s->memory[k] = (cz_lane){data, size * s->sizes[k], along ? size : 0};
  }
}

static double output_of(const stage *s, int lane, int t) {
  if (s->types[lane] == 'd')
    return s->reals[lane][t];
  return s->types[lane] == 'i' ? (double)s->wholes[lane][t] : (double)s->bytes[lane][t];
}

static bool close_to(double actual, double expected, double tolerance) {
  if (isnan(expected))
    return isnan(actual);
  double size = fabs(expected) > 1 ? fabs(expected) : 1;
  return actual == expected || fabs(actual - expected) <= tolerance * size;
}

static void every_operation_has_a_vector_and_gives_it(void) {
  for (int32_t i = 0; i < cz_operation_count(); i++) {
    const char *name = cz_operation_at(i)->name;
    const vector *v = NULL;
    for (size_t k = 0; k < sizeof vectors / sizeof *vectors; k++)
      if (strcmp(vectors[k].name, name) == 0)
        v = &vectors[k];
    if (!CHECK(v != NULL)) {
      printf("  no vector for %s\n", name);
      continue;
    }
    for (cz_level level = CZ_LEVEL_PLAIN; level <= cz_machine_level(); level++) {
      stage s;
      set_up(&s, v);
      CHECK_EQ_INT(cz_operation_run_as(s.operation, 1, v->length, s.memory, 1, level), CZ_OK);
      const double *figure = v->figures;
      for (int k = 0; k < s.inputs; k++)
        figure += s.sizes[k];
      for (int k = s.inputs; k < s.lanes; k++)
        for (int t = 0; t < s.sizes[k]; t++, figure++)
          if (!CHECK(close_to(output_of(&s, k, t), *figure, v->tolerance)))
            printf("  %s: %.17g, expected %.17g\n", name, output_of(&s, k, t), *figure);
    }
  }
}

static void the_list_is_in_order(void) {
  int32_t count = cz_operation_count();
  CHECK_EQ_INT(count, (int64_t)(sizeof vectors / sizeof *vectors));
  CHECK(cz_operation_at(-1) == NULL);
  CHECK(cz_operation_at(count) == NULL);
  CHECK(cz_operation_find("gdp") == NULL);
  CHECK(cz_operation_find(NULL) == NULL);
  for (int32_t i = 0; i < count; i++) {
    const cz_operation *operation = cz_operation_at(i);
    CHECK(cz_operation_find(operation->name) == operation);
    int32_t inputs = cz_operation_inputs(operation), outputs = cz_operation_outputs(operation);
    CHECK(inputs >= 1 && outputs >= 1 && inputs + outputs <= CZ_LANES_MAX);
    CHECK_EQ_INT(strlen(operation->types), inputs + outputs + 1);
    CHECK(strspn(operation->types, "dib:") == strlen(operation->types));
    int lanes = 0;
    for (const char *at = operation->core; *at; at++)
      lanes += *at == '(';
    CHECK(lanes == 0 || lanes == inputs + outputs);
  }
}

static void wrong_arguments_are_refused(void) {
  double x = 1, y = 2, r = 0;
  cz_lane lanes[] = {{&x, 8, 0}, {&y, 8, 0}, {&r, 8, 0}};
  const cz_operation *growth = cz_operation_find("growth");
  cz_operation copy = *growth;
  CHECK_EQ_INT(cz_operation_run(NULL, 1, 0, lanes, 1), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_operation_run(&copy, 1, 0, lanes, 1), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_operation_run(growth, 1, 0, NULL, 1), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_operation_run(growth, -1, 0, lanes, 1), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_operation_run(growth, 1, -1, lanes, 1), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_operation_run(growth, 0, 0, lanes, 1), CZ_OK);
  CHECK_EQ_REAL(r, 0.0);
  CHECK_EQ_INT(cz_operation_run(growth, 1, 0, lanes, -5), CZ_OK);
  CHECK_EQ_REAL(r, -50.0);
}

/* ---- the same results whatever the machine, the strides and the threads ---- */

/* A fixed sequence of random bits (Marsaglia's xorshift). */
static uint64_t next_random(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* Figures of all kinds: printed decimals mostly, then any double, infinities, zeros and NaN. */
static double any_figure(uint64_t *state) {
  static const double odd[] = {0,      -0.0,    1,        -1,       1e-300,     1e300,    DBL_MAX, DBL_MIN,
                               5e-324, -5e-324, 0x1p+400, 0x1p-400, 0x1.8p+400, 0x1p+990, 100,     -100};
  uint64_t choice = next_random(state) % 16, bits = next_random(state);
  if (choice < 11)
    return (double)(bits % 100000) / 10 - (choice == 0 ? 5000 : 0);
  if (choice == 11)
    return odd[bits % (sizeof odd / sizeof *odd)];
  if (choice == 12)
    return bits & 1 ? ENDLESS : -ENDLESS;
  if (choice == 13)
    return NONE;
  double figure;
  memcpy(&figure, &bits, sizeof figure);
  return figure;
}

#define MANY 5000

static double figures[FIGURES_MAX][MANY], results[2][3][MANY];
static int64_t codes[MANY];
static int8_t bytes[2][3][MANY];

static void fill(uint64_t seed) {
  uint64_t state = seed;
  for (int k = 0; k < FIGURES_MAX; k++)
    for (int i = 0; i < MANY; i++)
      figures[k][i] = any_figure(&state);
  /* Half of the pairs of lanes are intervals in order. */
  for (int k = 0; k + 1 < FIGURES_MAX; k += 2)
    for (int i = 0; i < MANY; i += 2)
      if (figures[k][i] > figures[k + 1][i]) {
        double swap = figures[k][i];
        figures[k][i] = figures[k + 1][i];
        figures[k + 1][i] = swap;
      }
  for (int i = 0; i < MANY; i++)
    codes[i] = (int64_t)(next_random(&state) % 20) - 4;
  codes[17] = INT64_MAX;
  codes[29] = INT64_MIN;
}

/* Runs an operation that works element by element on the figures; outputs go to set `which`. */
static void run_set(const cz_operation *operation, int which, int64_t count, int32_t threads, cz_level level,
                    bool backwards) {
  cz_lane lanes[CZ_LANES_MAX];
  int k = 0, inputs = cz_operation_inputs(operation);
  for (const char *type = operation->types; *type; type++) {
    if (*type == ':')
      continue;
    char *data = k < inputs
                     ? (*type == 'd' ? (char *)figures[k] : (char *)codes)
                     : (*type == 'd' ? (char *)results[which][k - inputs] : (char *)bytes[which][k - inputs]);
    ptrdiff_t size = *type == 'b' ? 1 : 8;
    lanes[k++] = backwards ? (cz_lane){data + size * (count - 1), -size, 0} : (cz_lane){data, size, 0};
  }
  CHECK_EQ_INT(cz_operation_run_as(operation, count, 0, lanes, threads, level), CZ_OK);
}

/* Bit by bit; a NaN is a NaN. */
static bool same_results(void) {
  for (int k = 0; k < 3; k++)
    for (int i = 0; i < MANY; i++) {
      double a = results[0][k][i], b = results[1][k][i];
      if (bytes[0][k][i] != bytes[1][k][i])
        return false;
      if (isnan(a) && isnan(b))
        continue;
      if (memcmp(&a, &b, sizeof a) != 0)
        return false;
    }
  return true;
}

static void all_levels_and_directions_agree(void) {
  for (int32_t i = 0; i < cz_operation_count(); i++) {
    const cz_operation *operation = cz_operation_at(i);
    if (operation->core[0])
      continue;
    for (uint64_t seed = 1; seed <= 4; seed++) {
      fill(seed * 0x9E3779B97F4A7C15u);
      memset(results, 0, sizeof results);
      memset(bytes, 0, sizeof bytes);
      run_set(operation, 0, MANY, 1, CZ_LEVEL_PLAIN, false);
      for (cz_level level = CZ_LEVEL_PLAIN; level <= cz_machine_level(); level++) {
        run_set(operation, 1, MANY, 1, level, false);
        if (!CHECK(same_results()))
          printf("  %s at level %d\n", operation->name, (int)level);
        run_set(operation, 1, MANY, 3, level, true);
        if (!CHECK(same_results()))
          printf("  %s backwards at level %d\n", operation->name, (int)level);
      }
    }
  }
}

/* Bounds are in order, and those of points enclose the points' results. */
static void bounds_enclose_what_they_bound(void) {
  static const char *const names[] = {"growth", "change", "multiple", "share", "deflate"};
  for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
    char name[64];
    snprintf(name, sizeof name, "%s_interval", names[n]);
    uint64_t state = 77 + n;
    for (int i = 0; i < 20000; i++) {
      double a = any_figure(&state), b = any_figure(&state), point = 0, lo = 0, hi = 0;
      cz_lane plain[] = {{&a, 0, 0}, {&b, 0, 0}, {&point, 8, 0}};
      cz_lane box[] = {{&a, 0, 0}, {&a, 0, 0}, {&b, 0, 0}, {&b, 0, 0}, {&lo, 8, 0}, {&hi, 8, 0}};
      CHECK_EQ_INT(cz_operation_run(cz_operation_find(names[n]), 1, 0, plain, 1), CZ_OK);
      CHECK_EQ_INT(cz_operation_run(cz_operation_find(name), 1, 0, box, 1), CZ_OK);
      CHECK(isnan(lo) == isnan(hi));
      CHECK(!(lo > hi));
      bool ordinary = fabs(a) < 1e100 && fabs(b) < 1e100 && fabs(b) > 1e-100 && fabs(a) > 1e-100;
      if (!ordinary || isnan(point) || isnan(lo))
        continue;
      double slack = fabs(point) * 8 * DBL_EPSILON + 1e-13;
      if (!CHECK(lo <= point + slack && point - slack <= hi && hi - lo <= 2 * slack))
        printf("  %s(%.17g, %.17g) = %.17g in [%.17g, %.17g]\n", names[n], a, b, point, lo, hi);
    }
  }
}

/* Whole numbers below 2^26: value * 100 - base * (100 + g) can be checked exactly. */
static void bounds_of_whole_numbers_are_exact(void) {
  uint64_t state = 5;
  for (int i = 0; i < 50000; i++) {
    double value = (double)(next_random(&state) % 60000000), base = (double)(next_random(&state) % 60000 + 1);
    double lo, hi;
    cz_lane box[] = {{&value, 0, 0}, {&value, 0, 0}, {&base, 0, 0}, {&base, 0, 0}, {&lo, 8, 0}, {&hi, 8, 0}};
    CHECK_EQ_INT(cz_operation_run(cz_operation_find("growth_interval"), 1, 0, box, 1), CZ_OK);
    /* base * lo - 100 (value - base), rounded once: its sign is right */
    double exact = 100 * (value - base);
    CHECK(fma(base, lo, -exact) <= 0);
    CHECK(fma(base, hi, -exact) >= 0);
    CHECK(lo == hi || nextafter(lo, hi) == hi || nextafter(nextafter(lo, hi), hi) == hi);
    double whole = floor(exact / base);
    if (whole * base == exact)
      CHECK(lo == whole && hi == whole);
  }
}

static void an_output_may_lie_on_an_input(void) {
  const cz_operation *operation = cz_operation_find("growth_interval");
  fill(11);
  run_set(operation, 0, MANY, 1, cz_machine_level(), false);
  cz_lane lanes[] = {{figures[0], 8, 0}, {figures[1], 8, 0}, {figures[2], 8, 0},
                     {figures[3], 8, 0}, {figures[0], 8, 0}, {figures[3], 8, 0}};
  CHECK_EQ_INT(cz_operation_run(operation, MANY, 0, lanes, 1), CZ_OK);
  for (int i = 0; i < MANY; i++) {
    CHECK_EQ_REAL(figures[0][i], results[0][0][i]);
    CHECK_EQ_REAL(figures[3][i], results[0][1][i]);
  }
}

/* ---- panels ---- */

#define SERIES 211
#define PERIODS 23

static double panel[2][SERIES * PERIODS], grown[4][SERIES * PERIODS];

/* Growth along rows, by every layout: rows packed, periods apart, a lag of its own per row. */
static void panels_of_every_layout_agree(void) {
  uint64_t state = 3;
  for (int k = 0; k < 2; k++)
    for (int i = 0; i < SERIES * PERIODS; i++)
      panel[k][i] = any_figure(&state);
  const cz_operation *operation = cz_operation_find("growth_along_interval");
  for (int64_t lag = -1; lag <= PERIODS + 1; lag++) {
    int64_t lags[SERIES];
    for (int i = 0; i < SERIES; i++)
      lags[i] = lag;
    ptrdiff_t row = PERIODS * 8;
    cz_lane packed[] = {
        {panel[0], row, 8}, {panel[1], row, 8}, {&lag, 0, 0}, {grown[0], row, 8}, {grown[1], row, 8}};
    cz_lane loose[] = {{panel[0], row, 8},
                       {panel[1], row, 8},
                       {lags, 8, 0},
                       {grown[2], 8, SERIES * 8},
                       {grown[3], 8, SERIES * 8}};
    for (cz_level level = CZ_LEVEL_PLAIN; level <= cz_machine_level(); level++) {
      CHECK_EQ_INT(cz_operation_run_as(operation, SERIES, PERIODS, packed, 1, level), CZ_OK);
      CHECK_EQ_INT(cz_operation_run_as(operation, SERIES, PERIODS, loose, 1, CZ_LEVEL_PLAIN), CZ_OK);
      for (int s = 0; s < SERIES; s++)
        for (int t = 0; t < PERIODS; t++) {
          CHECK_EQ_REAL(grown[0][s * PERIODS + t], grown[2][t * SERIES + s]);
          CHECK_EQ_REAL(grown[1][s * PERIODS + t], grown[3][t * SERIES + s]);
          if (lag < 1 || t < lag)
            CHECK(isnan(grown[0][s * PERIODS + t]));
        }
    }
  }
}

static void threads_give_what_one_gives(void) {
  enum { LONG = 400000 };
  double *value = malloc(LONG * sizeof *value), *one = malloc(LONG * sizeof *one),
         *many = malloc(LONG * sizeof *many);
  if (!CHECK(value && one && many))
    return;
  uint64_t state = 9;
  for (int i = 0; i < LONG; i++)
    value[i] = any_figure(&state);
  int64_t lag = 1;
  const cz_operation *operation = cz_operation_find("growth_along"), *flat = cz_operation_find("growth");
  for (int32_t threads = 2; threads <= 200; threads *= 3) {
    cz_lane first[] = {{value, 400, 8}, {&lag, 0, 0}, {one, 400, 8}};
    cz_lane second[] = {{value, 400, 8}, {&lag, 0, 0}, {many, 400, 8}};
    CHECK_EQ_INT(cz_operation_run(operation, LONG / 50, 50, first, 1), CZ_OK);
    CHECK_EQ_INT(cz_operation_run(operation, LONG / 50, 50, second, threads), CZ_OK);
    for (int i = 0; i < LONG; i++)
      CHECK_EQ_REAL(many[i], one[i]);
    cz_lane third[] = {{value, 8, 0}, {value, 0, 0}, {one, 8, 0}},
            fourth[] = {{value, 8, 0}, {value, 0, 0}, {many, 8, 0}};
    CHECK_EQ_INT(cz_operation_run(flat, LONG, 0, third, 1), CZ_OK);
    CHECK_EQ_INT(cz_operation_run(flat, LONG, 0, fourth, threads), CZ_OK);
    for (int i = 0; i < LONG; i++)
      CHECK_EQ_REAL(many[i], one[i]);
  }
  free(value);
  free(one);
  free(many);
}

static void mark(void *context, int64_t first, int64_t last) {
  int *parts = context;
  for (int64_t i = first; i < last; i++)
    parts[i]++;
}

static void work_is_shared_once(void) {
  for (int32_t threads = -1; threads <= 70; threads += 7)
    for (int64_t count = 0; count <= 130; count += 13) {
      int parts[130] = {0};
      cz_share(threads, count, mark, parts);
      for (int64_t i = 0; i < 130; i++)
        CHECK_EQ_INT(parts[i], i < count ? 1 : 0);
    }
}

static const check_test tests[] = {
    CHECK_TEST(every_operation_has_a_vector_and_gives_it),
    CHECK_TEST(the_list_is_in_order),
    CHECK_TEST(wrong_arguments_are_refused),
    CHECK_TEST(all_levels_and_directions_agree),
    CHECK_TEST(bounds_enclose_what_they_bound),
    CHECK_TEST(bounds_of_whole_numbers_are_exact),
    CHECK_TEST(an_output_may_lie_on_an_input),
    CHECK_TEST(panels_of_every_layout_agree),
    CHECK_TEST(threads_give_what_one_gives),
    CHECK_TEST(work_is_shared_once),
};
CHECK_MAIN(tests)
