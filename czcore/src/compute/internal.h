/* compute/internal.h: kernels and the list of them. */
#ifndef CZCORE_COMPUTE_INTERNAL_H
#define CZCORE_COMPUTE_INTERNAL_H

#include "czcore/compute.h"

/* Elements that a kernel is given at a time when they have to be collected first: all lanes together fit the
 * first level cache. */
#define CZ_BLOCK 256
#define CZ_LANES_MAX 12

/* Implementations of the kernels in which time goes, by what the machine has. All give the same results. */
typedef enum cz_level { CZ_LEVEL_PLAIN, CZ_LEVEL_AVX2, CZ_LEVEL_AVX512, CZ_LEVEL_COUNT } cz_level;

/* A kernel element by element: `count` doubles per lane, next to each other. Inputs and outputs do not
 * overlap. */
typedef void cz_kernel(int64_t count, const double *const *in, double *const *out);

/* A kernel along one series of `length` elements; lanes as the operation says. */
typedef void cz_series_kernel(int64_t length, const cz_lane *lanes);

/* Along many series at once: those from `first` up to `last`. */
typedef void cz_panel_kernel(int64_t first, int64_t last, int64_t length, const cz_lane *lanes,
                             cz_level level);

/* One row of the list. One of kernels[CZ_LEVEL_PLAIN], series and panel is set. The kernels of the other
 * levels are NULL where they are not worth it or not known to the compiler. */
typedef struct cz_row {
  cz_operation public;
  cz_kernel *kernels[CZ_LEVEL_COUNT];
  cz_series_kernel *series;
  cz_panel_kernel *panel;
} cz_row;

extern const cz_row cz_rows[];
extern const int32_t cz_row_count;

/* The best level that the machine has. */
cz_level cz_machine_level(void);

/* cz_operation_run with the level chosen by the caller, not above that of the machine; for tests. */
CZ_MUST_CHECK cz_status cz_operation_run_as(const cz_operation *operation, int64_t count, int64_t length,
                                            const cz_lane *lanes, int32_t threads, cz_level level);

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define CZ_HAVE_LEVELS 1
#define CZ_AVX2 __attribute__((target("avx2,fma")))
#define CZ_AVX512_FEATURES "avx512f,avx512dq,avx512vl,avx512bw,avx2,fma"
#if defined(__clang__) /* has no way to ask for whole registers */
#define CZ_AVX512 __attribute__((target(CZ_AVX512_FEATURES)))
#else
#define CZ_AVX512 __attribute__((target(CZ_AVX512_FEATURES ",prefer-vector-width=512")))
#endif
#else
#define CZ_HAVE_LEVELS 0
#endif

/* Defines the kernel of every level from an always-inline NAME_body. */
#define CZ_KERNEL_AT(name, level, attributes)                                                                \
  attributes void cz_##name##_##level(int64_t count, const double *const *in, double *const *out) {          \
    name##_body(count, in, out);                                                                             \
  }
#if CZ_HAVE_LEVELS
#define CZ_KERNEL_LEVELS(name)                                                                               \
  CZ_KERNEL_AT(name, plain, ) CZ_KERNEL_AT(name, avx2, CZ_AVX2) CZ_KERNEL_AT(name, avx512, CZ_AVX512)
#define CZ_LEVELS_OF(name) {cz_##name##_plain, cz_##name##_avx2, cz_##name##_avx512}
#else
#define CZ_KERNEL_LEVELS(name) CZ_KERNEL_AT(name, plain, )
#define CZ_LEVELS_OF(name) {cz_##name##_plain, NULL, NULL}
#endif

/* The kernels by kind: K plain, W in a version per level, S series, P panel. Columns: kind, name, types,
 * core, formula. */
#define CZ_OPERATION_LIST(K, W, S, P)                                                                        \
  /* printed */                                                                                              \
  K(unround, "dii:dd", "the set of numbers that print as value at so many decimals")                         \
  K(unround_open, "dii:bb", "1 where the lower, the upper end of unround does not belong to the set")        \
  K(unround_step, "dd:dd", "value -+ step / 2")                                                              \
  K(scale, "di:d", "value * 10^power of the shortest decimal that reads as value")                           \
  K(decimals, "d:b", "decimal places of the shortest decimal that reads as value")                           \
  K(grim, "ddiiii:b", "whether a whole number over n * items prints as value")                               \
  /* growth, points */                                                                                       \
  W(growth, "dd:d", "100 (value - base) / base")                                                             \
  W(change, "dd:d", "value - base")                                                                          \
  W(multiple, "dd:d", "value / base")                                                                        \
  W(share, "dd:d", "100 part / total")                                                                       \
  K(level, "ddd:d", "base (1 + growth / 100)^years")                                                         \
  K(base, "ddd:d", "value / (1 + growth / 100)^years")                                                       \
  K(cagr, "ddd:d", "100 ((value / base)^(1 / years) - 1)")                                                   \
  K(annual, "dd:d", "100 ((1 + total / 100)^(1 / years) - 1)")                                               \
  K(remaining, "ddd:d", "100 (((100 + goal) / (100 + done))^(1 / years) - 1)")                               \
  K(doubling_time, "d:d", "ln 2 / ln(1 + growth / 100)")                                                     \
  W(deflate, "dd:d", "100 (nominal - price) / (100 + price)")                                                \
  W(inflate, "dd:d", "real + price + real price / 100")                                                      \
  K(contribution, "dddd:d", "100 (part1 - part0) / (total1 - total0)")                                       \
  K(pull, "ddd:d", "100 (part1 - part0) / total0")                                                           \
  /* growth, intervals */                                                                                    \
  W(growth_interval, "dddd:dd", "bounds of 100 (value - base) / base, base > 0")                             \
  K(change_interval, "dddd:dd", "bounds of value - base")                                                    \
  K(multiple_interval, "dddd:dd", "bounds of value / base, base > 0")                                        \
  K(share_interval, "dddd:dd", "bounds of 100 part / total, total > 0")                                      \
  K(level_interval, "ddddd:dd", "bounds of base (1 + growth / 100)^years, growth >= -100")                   \
  K(base_interval, "ddddd:dd", "bounds of value / (1 + growth / 100)^years, growth > -100")                  \
  K(cagr_interval, "ddddd:dd", "bounds of 100 ((value / base)^(1 / years) - 1), value >= 0, base > 0")       \
  K(annual_interval, "ddd:dd", "bounds of 100 ((1 + total / 100)^(1 / years) - 1), total >= -100")           \
  K(remaining_interval, "ddddd:dd", "bounds of 100 (((100 + goal) / (100 + done))^(1 / years) - 1)")         \
  K(doubling_time_interval, "dd:dd", "bounds of ln 2 / ln(1 + growth / 100), growth >= 0")                   \
  K(deflate_interval, "dddd:dd", "bounds of 100 (nominal - price) / (100 + price), price > -100")            \
  K(inflate_interval, "dddd:dd", "bounds of real + price + real price / 100, both >= -100")                  \
  K(contribution_interval, "dddddddd:dd", "bounds of 100 (part1 - part0) / (total1 - total0)")               \
  K(pull_interval, "dddddd:dd", "bounds of 100 (part1 - part0) / total0, total0 > 0")                        \
  K(progress_interval, "dddddd:dd", "bounds of 100 (value - base) / (goal - base)")                          \
  W(check, "dddddd:b",                                                                                       \
    "1 if value, base and growth, each -+ its half width, can all be true; 0 if not; -1 undefined")          \
  W(check_interval, "dddddd:b",                                                                              \
    "1 if three intervals of value, base and growth can all be true; 0 if not; -1 undefined")                \
  /* growth, along a series */                                                                               \
  P(growth_along, "di:d", "(n),()->(n)", "100 (v[t] - v[t - lag]) / v[t - lag], NaN for t < lag")            \
  P(growth_along_interval, "ddi:dd", "(n),(n),()->(n),(n)",                                                  \
    "bounds of 100 (v[t] - v[t - lag]) / v[t - lag]")                                                        \
  S(chain, "dd:d", "(n),()->(n)", "start * product of (1 + g[s] / 100) for s <= t")                          \
  S(chain_interval, "ddd:dd", "(n),(n),()->(n),(n)", "bounds of chain, growth >= -100")                      \
  S(average, "dd:d", "(n),(n)->()",                                                                          \
    "100 (product of (1 + g / 100)^years, to the power 1 / sum of years, - 1)")                              \
  S(average_interval, "ddd:dd", "(n),(n),(n)->(),()", "bounds of average, growth >= -100")                   \
  /* targets */                                                                                              \
  K(admissible, "ddiidd:ddb", "the outcomes that meet a target: lo, hi, open ends")                          \
  W(verdict, "ddddi:b", "whether the outcome's interval lies in, out of, or across the admissible set")      \
  K(gap, "ddi:d", "outcome - target, positive on the good side")                                             \
  K(attainment, "dddi:db", "rate of attainment in percent and the reason where it is refused")               \
  K(progress, "ddd:d", "100 (value - base) / (goal - base)")                                                 \
  K(pace, "dddddd:d", "progress - 100 (t - t0) / (t1 - t0), in percentage points")                           \
  K(growth_pace, "ddddddi:ddb", "ratio of achieved to required annual growth, its score and category")       \
  K(growth_pace_free, "dddddi:ddb",                                                                          \
    "annual growth in the good direction, its score and category, without a target")                         \
  K(current_status, "ddd:d", "10 (value - base) / (target - base), at most 10")                              \
  K(anticipated, "dddi:d", "100 |target - predicted| / |target - reference|, 0 once the target is reached")  \
  K(binomial_tail, "dd:d", "two-sided p of k successes in n fair draws")                                     \
  /* index */                                                                                                \
  K(between, "ddddd:d", "lower + (upper - lower) (value - from) / (to - from)")                              \
  K(standard, "ddd:d", "(value - mean) / deviation, 0 for a deviation of 0")                                 \
  S(extremes, "d:dd", "(n)->(),()", "least and greatest finite value")                                       \
  S(moments, "ddd:dd", "(n),(n),()->(),()", "weighted mean and standard deviation")                          \
  S(order, "db:i", "(n),(n)->(n)", "indices in ascending order, NaN last")                                   \
  S(rank, "dii:d", "(n),(n),()->(n)", "ranks, 1 the smallest")                                               \
  S(rank_interval, "ddbbii:dd", "(n),(n),(n),(n),(n),(n)->(n),(n)",                                          \
    "best and worst rank that intervals leave open, 1 the largest")                                          \
  S(power_mean, "ddd:d", "(n),(n),()->()", "(sum of w x^p / sum of w)^(1 / p)")                              \
  S(mpi, "ddd:dd", "(n),(n),()->(),()", "mean + sign s^2 / mean, and s^2 / mean")                            \
  S(coupling, "ddi:ddd", "(n),(n),()->(),(),()", "coupling C, level T, coordination (C T)^(1 / 2)")          \
  /* disparity */                                                                                            \
  S(gini, "ddi:d", "(n),(n),(n)->()", "sum of w w' |x - x'| / (2 W^2 mean)")                                 \
  S(theil_t, "dd:d", "(n),(n)->()", "sum of w x / mean ln(x / mean) / W")                                    \
  S(theil_l, "dd:d", "(n),(n)->()", "sum of w ln(mean / x) / W")                                             \
  S(atkinson, "ddd:d", "(n),(n),()->()", "1 - (sum of w (x / mean)^(1 - e) / W)^(1 / (1 - e))")              \
  S(hoover, "dd:d", "(n),(n)->()", "sum of w |x - mean| / (2 W mean)")                                       \
  S(line, "dd:ddddd", "(n),(n)->(),(),(),(),()",                                                             \
    "least squares of y on x: intercept, slope, its standard error, R^2, pairs")                             \
  K(log_mean, "dd:d", "(a - b) / ln(a / b)")                                                                 \
  S(lmdi, "dd:d", "(n),(n)->(n)", "effects of factors on the change of their product")                       \
  K(shift_share, "dddddd:ddd", "e0 (E1 / E0 - 1), e0 (I1 / I0 - E1 / E0), e1 - e0 I1 / I0")                  \
  K(decoupling, "dddd:db", "pressure / driver and Tapio's state")

#define CZ_DECLARE_PLAIN(name, types, formula)                                                               \
  void cz_##name##_plain(int64_t, const double *const *, double *const *);
#define CZ_DECLARE_WIDE(name, types, formula)                                                                \
  void cz_##name##_plain(int64_t, const double *const *, double *const *);                                   \
  void cz_##name##_avx2(int64_t, const double *const *, double *const *);                                    \
  void cz_##name##_avx512(int64_t, const double *const *, double *const *);
#define CZ_DECLARE_SERIES(name, types, core, formula) void cz_##name##_series(int64_t, const cz_lane *);
#define CZ_DECLARE_PANEL(name, types, core, formula)                                                         \
  void cz_##name##_panel(int64_t, int64_t, int64_t, const cz_lane *, cz_level);
CZ_OPERATION_LIST(CZ_DECLARE_PLAIN, CZ_DECLARE_WIDE, CZ_DECLARE_SERIES, CZ_DECLARE_PANEL)

#endif
