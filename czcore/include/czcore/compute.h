/* compute.h: figures as printed: intervals, growth and targets on arrays.
 *
 * A report prints rounded decimals; the operations here take such figures through the arithmetic. Every
 * operation works element by element on strided lanes of memory, allocates nothing and signals nothing: what
 * cannot be computed is NaN, and docs/compute.md has the table of edges.
 *
 * Conventions of all operations:
 *   rates     are percent, as reports print them: 6.9 means 6.9 %, a fall of 4 % is -4
 *   intervals are closed, lo <= hi; the results are the exact bounds over the reals, rounded outwards by at
 * most two places of the last binary digit, and not rounded at all where the exact bound is a double. They
 * hold whatever the inputs are, as long as these are finite or infinite ends. An interval with lo > hi or a
 *             NaN end gives NaN for both ends
 *   bases     must be positive: growth from nothing or from a loss has no meaning and is NaN; of an interval
 * only the part above 0 counts rounding  to nearest must be the mode of the thread, which is the default
 * everywhere
 */
#ifndef CZCORE_COMPUTE_H
#define CZCORE_COMPUTE_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What an operation is called and takes; static storage.
 * `types` has one letter per lane, the inputs before the ':': d double, i int64_t, b int8_t; "dd:d" is two
 * doubles to one. `core` is "" for element by element; along a series it says for every lane whether it has a
 * time axis:
 * "(n),()->(n)". `formula` is what is computed, in one line. */
typedef struct cz_operation {
  const char *name;
  const char *types;
  const char *core;
  const char *formula;
} cz_operation;

/* Rules of rounding that a printed figure may have gone through. */
typedef enum cz_rounding {
  CZ_ROUNDING_HALF,      /* to nearest, ties either way: 四舍五入 or 四舍六入五成双, it is not known which */
  CZ_ROUNDING_HALF_UP,   /* to nearest, ties away from zero: 四舍五入 */
  CZ_ROUNDING_HALF_EVEN, /* to nearest, ties to the even digit: 四舍六入五成双, GB/T 8170 */
  CZ_ROUNDING_CEIL,
  CZ_ROUNDING_FLOOR,
  CZ_ROUNDING_TRUNC,     /* towards zero */
  CZ_ROUNDING_HALF_DOWN, /* to nearest, ties towards zero */
  CZ_ROUNDING_COUNT
} cz_rounding;

/* Which way is better for an indicator. */
typedef enum cz_direction {
  CZ_DIRECTION_LOWER = -1,
  CZ_DIRECTION_NEUTRAL = 0,
  CZ_DIRECTION_HIGHER = 1
} cz_direction;

typedef enum cz_verdict {
  CZ_VERDICT_MISSED,
  CZ_VERDICT_MET,
  CZ_VERDICT_UNDECIDABLE,
  CZ_VERDICT_NOT_COMPARABLE
} cz_verdict;

/* Ends that do not belong to the sets of a verdict; a sum of these. */
enum { CZ_OPEN_ACTUAL_LO = 1, CZ_OPEN_ACTUAL_HI = 2, CZ_OPEN_TARGET_LO = 4, CZ_OPEN_TARGET_HI = 8 };

/* Why an attainment rate is refused. */
typedef enum cz_refusal {
  CZ_REFUSAL_NONE,
  CZ_REFUSAL_MISSING,     /* a figure is NaN or infinite */
  CZ_REFUSAL_TARGET_ZERO, /* 100 * actual / 0 */
  CZ_REFUSAL_SIGN_CHANGE, /* a target of growth against an outcome of decline, or the other way round */
  CZ_REFUSAL_NEGATIVE,    /* a share of a negative target grows when the outcome gets worse */
  CZ_REFUSAL_NO_DISTANCE, /* the target equals the base: there was no way to go */
  CZ_REFUSAL_ACTUAL_ZERO, /* 100 * target / 0 */
  CZ_REFUSAL_CONVENTION   /* a convention outside the list */
} cz_refusal;

/* Conventions of attainment (完成率). */
typedef enum cz_attainment {
  CZ_ATTAINMENT_RATIO,      /* 100 * actual / target */
  CZ_ATTAINMENT_REVERSE,    /* 100 * target / actual, for indicators that should be low */
  CZ_ATTAINMENT_COMPLEMENT, /* 100 * (2 - actual / target), for indicators that should be low */
  CZ_ATTAINMENT_DISTANCE,   /* 100 * (actual - base) / (target - base): the way gone of the way to go */
  CZ_ATTAINMENT_TWO_SIDED   /* 100 * (1 - |actual - target| / |target|) */
} cz_attainment;

/* Categories of pace, from bad to good. */
typedef enum cz_pace {
  CZ_PACE_NONE = -1,
  CZ_PACE_DETERIORATION,
  CZ_PACE_LIMITED,
  CZ_PACE_ACCELERATION_NEEDED,
  CZ_PACE_ON_TRACK,
  CZ_PACE_ACHIEVED
} cz_pace;

/* One input or output: the address of the first element and the distance to the next in bytes, 0 for one
 * value that serves all. The element type is that of the operation; elements are aligned as their type.
 * `step` is the distance along the series for the lanes that have a '(n)', in bytes. */
typedef struct cz_lane {
  void *data;
  ptrdiff_t stride, step;
} cz_lane;

/* The operations 0 … count-1 in a fixed order, NULL outside; and by name, NULL if there is none. */
int32_t cz_operation_count(void);
const cz_operation *cz_operation_at(int32_t index);
const cz_operation *cz_operation_find(const char *name);

/* Inputs and outputs of an operation: the letters before and after the ':' of its types. */
int32_t cz_operation_inputs(const cz_operation *operation);
int32_t cz_operation_outputs(const cz_operation *operation);

/* Runs an operation on `count` elements, or on `count` series of `length` elements each.
 *
 * `lanes` has the inputs, then the outputs, in the order of operation->types. Element by element, an output
 * may be the same memory as an input, or overlap one if they do not move apart; along a series it may not.
 * Outputs must not overlap each other. `threads`: at most so many threads share the work when there is enough
 * of it; 1 for none but the caller's. The results do not depend on it. CZ_ERROR_ARGUMENT: operation or lanes
 * NULL or of another library, negative count or length. Nothing else fails. */
CZ_MUST_CHECK cz_status cz_operation_run(const cz_operation *operation, int64_t count, int64_t length,
                                         const cz_lane *lanes, int32_t threads);

#ifdef __cplusplus
}
#endif
#endif
