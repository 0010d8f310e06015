/* ufuncs.c: the operations of czcore/compute.h as NumPy ufuncs and gufuncs, from the table below.
 *
 * The core knows how many lanes an operation has, of which types, and what runs along a series; the table
 * here adds what Python readers want to know. One loop serves all: it hands NumPy's pointers and strides to
 * the core.
 */
#include "ufuncs.h"

#include <fenv.h>

#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <numpy/ndarraytypes.h>
#include <numpy/ufuncobject.h>

#include "czcore.h"

#define LANES_MAX 16

typedef struct entry {
  const char *name, *arguments, *text;
} entry;

/* Argument names and remarks; the formula comes from the core. All rates are percent. */
static const entry table[] = {
    {"unround", "value, decimals, rule", "Rules are numbered as in czreport.printed.RULES."},
    {"unround_open", "value, decimals, rule", "Ends that are open, as 0 or 1."},
    {"unround_step", "value, step", "The set around a figure whose last written place is worth `step`."},
    {"scale", "value, power", "Exact for what was a decimal of up to 15 digits."},
    {"decimals", "value", "-1 where the value has too many digits to tell."},
    {"grim", "value, n, decimals, items, rule, percent", "1 yes, 0 no, -1 undefined."},
    {"growth", "value, base", "NaN unless base > 0."},
    {"change", "value, base", "In the unit of the figures."},
    {"multiple", "value, base", "NaN unless base > 0."},
    {"share", "part, total", "NaN unless total > 0."},
    {"level", "base, growth, years", "NaN for growth < -100."},
    {"base", "value, growth, years", "NaN for growth <= -100."},
    {"cagr", "value, base, years", "NaN unless value >= 0, base > 0 and years > 0."},
    {"annual", "total, years", "NaN for total < -100 or years <= 0."},
    {"remaining", "goal, done, years", "NaN for goal < -100, done <= -100 or years <= 0."},
    {"doubling_time", "growth", "In periods; inf for 0, NaN below."},
    {"deflate", "nominal, price", "NaN for price <= -100."},
    {"inflate", "real, price", "NaN below -100."},
    {"contribution", "part1, part0, total1, total0", "NaN where the total did not change."},
    {"pull", "part1, part0, total0", "In percentage points; NaN unless total0 > 0."},
    {"growth_interval", "value_lo, value_hi, base_lo, base_hi", "Rounded outwards."},
    {"change_interval", "value_lo, value_hi, base_lo, base_hi", "Rounded outwards."},
    {"multiple_interval", "value_lo, value_hi, base_lo, base_hi", "Rounded outwards."},
    {"share_interval", "part_lo, part_hi, total_lo, total_hi", "Rounded outwards."},
    {"level_interval", "base_lo, base_hi, growth_lo, growth_hi, years", "Rounded outwards."},
    {"base_interval", "value_lo, value_hi, growth_lo, growth_hi, years", "Rounded outwards."},
    {"cagr_interval", "value_lo, value_hi, base_lo, base_hi, years", "Rounded outwards."},
    {"annual_interval", "total_lo, total_hi, years", "Rounded outwards."},
    {"remaining_interval", "goal_lo, goal_hi, done_lo, done_hi, years", "Rounded outwards."},
    {"doubling_time_interval", "growth_lo, growth_hi", "Rounded outwards."},
    {"deflate_interval", "nominal_lo, nominal_hi, price_lo, price_hi", "Rounded outwards."},
    {"inflate_interval", "real_lo, real_hi, price_lo, price_hi", "Rounded outwards."},
    {"contribution_interval",
     "part1_lo, part1_hi, part0_lo, part0_hi, total1_lo, total1_hi, total0_lo, total0_hi",
     "Rounded outwards; unbounded where the total may not have changed."},
    {"pull_interval", "part1_lo, part1_hi, part0_lo, part0_hi, total0_lo, total0_hi", "Rounded outwards."},
    {"progress_interval", "value_lo, value_hi, base_lo, base_hi, goal_lo, goal_hi",
     "Rounded outwards; unbounded where the goal may be the base."},
    {"check", "value, base, growth, half_value, half_base, half_growth", "Never 0 for what can be true."},
    {"check_interval", "value_lo, value_hi, base_lo, base_hi, growth_lo, growth_hi",
     "Never 0 for what can be true."},
    {"growth_along", "values, lag", "Aligned with the series."},
    {"growth_along_interval", "lo, hi, lag", "Aligned with the series; rounded outwards."},
    {"chain", "growth, start", "NaN from the first undefined rate on."},
    {"chain_interval", "growth_lo, growth_hi, start", "Rounded outwards."},
    {"average", "growth, years", "Spans of 0 years do not count."},
    {"average_interval", "growth_lo, growth_hi, years", "Rounded outwards."},
    {"admissible", "target_lo, target_hi, bound, direction, about, nearly",
     "Bounds are numbered as in czreport.targets.BOUNDS; open ends as 4 (lo) and 8 (hi)."},
    {"verdict", "actual_lo, actual_hi, lo, hi, open",
     "Verdicts are numbered as in czreport.targets.VERDICTS."},
    {"gap", "actual, target, direction", "Negative for a neutral indicator that misses."},
    {"attainment", "actual, target, base, convention",
     "Conventions and reasons are numbered as in czreport.targets."},
    {"progress", "value, base, goal", "NaN where the goal is the base."},
    {"pace", "value, base, goal, time, time_base, time_goal", "In percentage points."},
    {"growth_pace", "base, value, target, year_base, year, year_target, direction",
     "Categories are numbered as in czreport.targets.PACES, -1 undefined."},
    {"growth_pace_free", "base, value, year_base, year, limit, direction",
     "Categories are numbered as in czreport.targets.PACES, -1 undefined."},
    {"current_status", "value, base, target", "NaN where the target is the base."},
    {"anticipated", "predicted, reference, target, direction", "In percent."},
    {"binomial_tail", "k, n", "NaN unless both are whole and 0 <= k <= n."},
    {"between", "value, from, to, lower, upper", "The middle where from is to."},
    {"standard", "value, mean, deviation", "NaN for a negative deviation."},
    {"extremes", "values", "NaN without finite values."},
    {"moments", "values, weights, ddof", "Values of weight 0 are not looked at."},
    {"order", "values, second", "Equal values stay in order, those with `second` set come later."},
    {"rank", "values, order, ties", "Ties are numbered as in czreport.index.TIES."},
    {"rank_interval", "lo, hi, open_lo, open_hi, order_lo, order_hi",
     "The orders are those of (lo, open_lo) and of hi."},
    {"power_mean", "values, weights, power", "Values of weight 0 are not looked at."},
    {"mpi", "values, weights, sign", "Values of weight 0 are not looked at."},
    {"coupling", "values, weights, variant", "Variants are numbered as in czreport.index.COUPLINGS."},
    {"gini", "values, weights, order", "Values of weight 0 are not looked at."},
    {"theil_t", "values, weights", "Values of weight 0 are not looked at."},
    {"theil_l", "values, weights", "Values of weight 0 are not looked at."},
    {"atkinson", "values, weights, aversion", "Values of weight 0 are not looked at."},
    {"hoover", "values, weights", "Values of weight 0 are not looked at."},
    {"line", "y, x", "Pairs with a missing value do not count."},
    {"log_mean", "a, b", "NaN below 0."},
    {"lmdi", "before, after", "Zeros as the limit of small numbers."},
    {"shift_share", "e0, e1, industry0, industry1, total0, total1", "For one industry."},
    {"decoupling", "pressure, driver, weak, strong",
     "States are numbered as in czreport.disparity.DECOUPLING, -1 undefined."},
};

/* What one ufunc needs as long as it lives; owned by the capsule in its `obj`. */
typedef struct binding {
  const cz_operation *operation;
  int lanes;
  bool along[LANES_MAX]; /* the lane has a time axis */
  int32_t threads;
  PyUFuncGenericFunction loops[1];
  void *data[1];
  char types[LANES_MAX];
  char doc[512];
} binding;

#define CAPSULE "czreport._core.binding"

static void loop(char **arguments, npy_intp const *dimensions, npy_intp const *steps, void *data) {
  const binding *bound = data;
  cz_lane lanes[LANES_MAX];
  npy_intp const *along = steps + bound->lanes;
  for (int k = 0; k < bound->lanes; k++)
    lanes[k] = (cz_lane){arguments[k], steps[k], bound->along[k] ? *along++ : 0};
  int64_t length = bound->operation->core[0] ? dimensions[1] : 0;
  cz_status status = cz_operation_run(bound->operation, dimensions[0], length, lanes, bound->threads);
  (void)status; /* the arguments are right by construction */
  /* Undefined results are part of the contract; NumPy would warn about the flags that they leave. */
  if (fetestexcept(FE_ALL_EXCEPT))
    feclearexcept(FE_ALL_EXCEPT);
}

static void free_binding(PyObject *capsule) {
  PyMem_Free(PyCapsule_GetPointer(capsule, CAPSULE));
}

static char type_of(char letter) {
  return (char)(letter == 'd' ? NPY_DOUBLE : letter == 'i' ? NPY_INT64 : NPY_INT8);
}

static binding *bind(const cz_operation *operation, const entry *row, int32_t threads) {
  binding *bound = PyMem_Calloc(1, sizeof *bound);
  if (bound == NULL) {
    PyErr_NoMemory();
    return NULL;
  }
  bound->operation = operation;
  bound->threads = threads;
  bound->loops[0] = loop;
  bound->data[0] = bound;
  for (const char *type = operation->types; *type; type++)
    if (*type != ':')
      bound->types[bound->lanes++] = type_of(*type);
  int lane = 0;
  for (const char *at = operation->core; *at && lane < LANES_MAX; at++) {
    if (*at == 'n')
      bound->along[lane] = true;
    if (*at == ')')
      lane++;
  }
  /* NumPy puts the name and the names of its keywords before this. */
  PyOS_snprintf(bound->doc, sizeof bound->doc, "%s(%s)\n\n%s. %s", operation->name, row->arguments,
                operation->formula, row->text);
  return bound;
}

static PyObject *make_ufunc(const entry *row, int32_t threads) {
  const cz_operation *operation = cz_operation_find(row->name);
  if (operation == NULL)
    return PyErr_Format(PyExc_SystemError, "no operation %s in the core", row->name);
  binding *bound = bind(operation, row, threads);
  if (bound == NULL)
    return NULL;
  PyObject *capsule = PyCapsule_New(bound, CAPSULE, free_binding);
  if (capsule == NULL) {
    PyMem_Free(bound);
    return NULL;
  }
  PyObject *ufunc = PyUFunc_FromFuncAndDataAndSignature(
      bound->loops, bound->data, bound->types, 1, cz_operation_inputs(operation),
      cz_operation_outputs(operation), PyUFunc_None, operation->name, bound->doc, 0,
      operation->core[0] ? operation->core : NULL);
  if (ufunc == NULL) {
    Py_DECREF(capsule);
    return NULL;
  }
  ((PyUFuncObject *)ufunc)->obj = capsule; /* the ufunc drops it when it goes */
  return ufunc;
}

/* CZREPORT_THREADS, else the number of processors; at most 64. -1 with an exception set. */
static int32_t thread_count(void) {
  PyObject *os = PyImport_ImportModule("os");
  if (os == NULL)
    return -1;
  PyObject *answer = NULL, *text = PyObject_CallMethod(os, "getenv", "s", "CZREPORT_THREADS");
  if (text != NULL && text != Py_None)
    answer = PyLong_FromUnicodeObject(text, 10);
  else if (text != NULL)
    answer = PyObject_CallMethod(os, "cpu_count", NULL);
  long threads = -1;
  if (answer != NULL)
    threads = answer == Py_None ? 1 : PyLong_AsLong(answer);
  if (!PyErr_Occurred() && threads < 1)
    PyErr_Format(PyExc_ValueError, "CZREPORT_THREADS must be a whole number above 0, not %R", text);
  Py_XDECREF(answer);
  Py_XDECREF(text);
  Py_DECREF(os);
  if (PyErr_Occurred())
    return -1;
  return threads > 64 ? 64 : (int32_t)threads;
}

int czr_add_ufuncs(PyObject *module) {
  import_array1(-1);
  import_umath1(-1);
  int32_t threads = thread_count();
  if (threads < 0 || PyModule_AddIntConstant(module, "threads", threads) < 0)
    return -1;
  const size_t count = sizeof table / sizeof table[0];
  if ((int32_t)count != cz_operation_count()) {
    PyErr_SetString(PyExc_SystemError, "the table of ufuncs is not that of the core");
    return -1;
  }
  PyObject *ufuncs = PyDict_New();
  if (ufuncs == NULL)
    return -1;
  for (size_t i = 0; i < count; i++) {
    PyObject *ufunc = make_ufunc(&table[i], threads);
    if (ufunc == NULL || PyDict_SetItemString(ufuncs, table[i].name, ufunc) < 0) {
      Py_XDECREF(ufunc);
      Py_DECREF(ufuncs);
      return -1;
    }
    Py_DECREF(ufunc);
  }
  int result = PyModule_AddObjectRef(module, "ufuncs", ufuncs);
  Py_DECREF(ufuncs);
  return result;
}
