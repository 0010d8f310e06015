/* index.c: czcore/index.h and czcore/disparity.h on arrays. */
#include "index.h"

#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <numpy/arrayobject.h>

/* ---- arrays ---- */

enum { ARRAYS_MAX = 6 };

/* The arrays of one call, inputs and results; all are dropped together. */
typedef struct arrays {
  PyArrayObject *held[ARRAYS_MAX];
  int count;
} arrays;

static void drop(arrays *a) {
  for (int k = 0; k < a->count; k++)
    Py_XDECREF(a->held[k]);
  a->count = 0;
}

static PyArrayObject *hold(arrays *a, PyObject *array) {
  a->held[a->count++] = (PyArrayObject *)array;
  return (PyArrayObject *)array;
}

/* In rows one behind the other, copied where it is not; anything that NumPy can convert. */
static PyArrayObject *take(arrays *a, PyObject *object, int type, int dimensions) {
  PyArray_Descr *wanted = PyArray_DescrFromType(type);
  return hold(a, PyArray_FromAny(object, wanted, dimensions, dimensions, NPY_ARRAY_CARRAY_RO, NULL));
}

static PyArrayObject *make(arrays *a, int type, int dimensions, npy_intp first, npy_intp second) {
  npy_intp shape[] = {first, second};
  return hold(a, PyArray_SimpleNew(dimensions, shape, type));
}

static double *reals(PyArrayObject *array) {
  return PyArray_DATA(array);
}

static int64_t *wholes(PyArrayObject *array) {
  return PyArray_DATA(array);
}

/* The results are the last `count` arrays held: one of them, or a tuple. */
static PyObject *results(PyObject *module, arrays *a, int count, cz_status status) {
  PyObject *answer = NULL;
  if (status != CZ_OK) {
    czr_raise(czr_state_of(module), status, NULL);
  } else if (count == 1) {
    answer = Py_NewRef((PyObject *)a->held[a->count - 1]);
  } else {
    answer = PyTuple_New(count);
    for (int k = 0; answer != NULL && k < count; k++)
      PyTuple_SET_ITEM(answer, k, Py_NewRef((PyObject *)a->held[a->count - count + k]));
  }
  drop(a);
  return answer;
}

static PyObject *failed(arrays *a) {
  drop(a);
  return NULL;
}

static bool length_is(PyArrayObject *array, npy_intp length, const char *what) {
  if (PyArray_DIM(array, 0) == length)
    return true;
  PyErr_Format(PyExc_ValueError, "%s has %zd elements, not %zd", what, (Py_ssize_t)PyArray_DIM(array, 0),
               (Py_ssize_t)length);
  return false;
}

/* ---- index ---- */

static PyObject *index_weights(PyObject *module, PyObject *args) {
  PyObject *object;
  int method;
  if (!PyArg_ParseTuple(args, "Oi:index_weights", &object, &method))
    return NULL;
  arrays a = {0};
  PyArrayObject *values = take(&a, object, NPY_DOUBLE, 2);
  if (values == NULL)
    return failed(&a);
  npy_intp rows = PyArray_DIM(values, 0), columns = PyArray_DIM(values, 1);
  PyArrayObject *information = make(&a, NPY_DOUBLE, 1, columns, 0);
  PyArrayObject *weights = make(&a, NPY_DOUBLE, 1, columns, 0);
  if (information == NULL || weights == NULL)
    return failed(&a);
  cz_status status;
  Py_BEGIN_ALLOW_THREADS status =
      cz_weights_of((cz_weighting)method, reals(values), rows, columns, reals(information), reals(weights));
  Py_END_ALLOW_THREADS return results(module, &a, 2, status);
}

static PyObject *correlation(PyObject *module, PyObject *object) {
  arrays a = {0};
  PyArrayObject *values = take(&a, object, NPY_DOUBLE, 2);
  if (values == NULL)
    return failed(&a);
  npy_intp rows = PyArray_DIM(values, 0), columns = PyArray_DIM(values, 1);
  PyArrayObject *matrix = make(&a, NPY_DOUBLE, 2, columns, columns);
  if (matrix == NULL)
    return failed(&a);
  cz_status status;
  Py_BEGIN_ALLOW_THREADS status = cz_correlation(reals(values), rows, columns, reals(matrix));
  Py_END_ALLOW_THREADS return results(module, &a, 1, status);
}

static PyObject *principal_components(PyObject *module, PyObject *object) {
  arrays a = {0};
  PyArrayObject *values = take(&a, object, NPY_DOUBLE, 2);
  if (values == NULL)
    return failed(&a);
  npy_intp rows = PyArray_DIM(values, 0), columns = PyArray_DIM(values, 1);
  PyArrayObject *eigenvalues = make(&a, NPY_DOUBLE, 1, columns, 0);
  PyArrayObject *loadings = make(&a, NPY_DOUBLE, 2, columns, columns);
  if (eigenvalues == NULL || loadings == NULL)
    return failed(&a);
  cz_status status;
  Py_BEGIN_ALLOW_THREADS status =
      cz_principal_components(NULL, reals(values), rows, columns, reals(eigenvalues), reals(loadings));
  Py_END_ALLOW_THREADS return results(module, &a, 2, status);
}

/* Copeland with scaled < 0, else TOPSIS. */
static PyObject *outrank(PyObject *module, PyObject *args) {
  PyObject *object, *weight_object;
  int scaled;
  if (!PyArg_ParseTuple(args, "OOi:outrank", &object, &weight_object, &scaled))
    return NULL;
  arrays a = {0};
  PyArrayObject *values = take(&a, object, NPY_DOUBLE, 2);
  PyArrayObject *weights = values != NULL ? take(&a, weight_object, NPY_DOUBLE, 1) : NULL;
  if (weights == NULL || !length_is(weights, PyArray_DIM(values, 1), "weights"))
    return failed(&a);
  npy_intp rows = PyArray_DIM(values, 0), columns = PyArray_DIM(values, 1);
  PyArrayObject *scores = make(&a, NPY_DOUBLE, 1, rows, 0);
  if (scores == NULL)
    return failed(&a);
  cz_status status;
  Py_BEGIN_ALLOW_THREADS if (scaled < 0) status =
      cz_copeland(reals(values), rows, columns, reals(weights), reals(scores));
  else status = cz_topsis(reals(values), rows, columns, reals(weights), scaled != 0, reals(scores));
  Py_END_ALLOW_THREADS return results(module, &a, 1, status);
}

static PyObject *philox(PyObject *module, PyObject *args) {
  unsigned long long counter[4], key[2];
  uint64_t block[4], counter_words[4], key_words[2];
  if (!PyArg_ParseTuple(args, "(KKKK)(KK):philox", &counter[0], &counter[1], &counter[2], &counter[3],
                        &key[0], &key[1]))
    return NULL;
  (void)module;
  for (int k = 0; k < 4; k++)
    counter_words[k] = counter[k];
  for (int k = 0; k < 2; k++)
    key_words[k] = key[k];
  cz_philox(counter_words, key_words, block);
  return Py_BuildValue("KKKK", (unsigned long long)block[0], (unsigned long long)block[1],
                       (unsigned long long)block[2], (unsigned long long)block[3]);
}

static PyObject *rank_study(PyObject *module, PyObject *args, PyObject *keywords) {
  static char *names[] = {"lo",    "hi",        "weights", "weight_draw", "spread",  "scalings", "lower",
                          "upper", "geometric", "seed",    "draws",       "threads", NULL};
  PyObject *lo_object, *hi_object, *weight_object;
  cz_rank_study study = {0};
  int weight_draw, scalings, geometric, threads;
  unsigned long long seed;
  long long draws;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "OOOididdpKLi:rank_study", names, &lo_object, &hi_object,
                                   &weight_object, &weight_draw, &study.spread, &scalings, &study.lower,
                                   &study.upper, &geometric, &seed, &draws, &threads))
    return NULL;
  arrays a = {0};
  PyArrayObject *lo = take(&a, lo_object, NPY_DOUBLE, 2);
  PyArrayObject *weights = lo != NULL ? take(&a, weight_object, NPY_DOUBLE, 1) : NULL;
  if (weights == NULL || !length_is(weights, PyArray_DIM(lo, 1), "weights"))
    return failed(&a);
  if (hi_object != Py_None) {
    PyArrayObject *hi = take(&a, hi_object, NPY_DOUBLE, 2);
    if (hi == NULL || !length_is(hi, PyArray_DIM(lo, 0), "hi"))
      return failed(&a);
    if (PyArray_DIM(hi, 1) != PyArray_DIM(lo, 1)) {
      PyErr_SetString(PyExc_ValueError, "lo and hi have different numbers of columns");
      return failed(&a);
    }
    study.hi = reals(hi);
  }
  study.lo = reals(lo);
  study.weights = reals(weights);
  study.rows = PyArray_DIM(lo, 0);
  study.columns = PyArray_DIM(lo, 1);
  study.weight_draw = (cz_weight_draw)weight_draw;
  study.scalings = scalings;
  study.geometric = geometric != 0;
  study.seed = seed;
  study.draws = draws;
  PyArrayObject *counts = make(&a, NPY_INT64, 2, study.rows, study.rows);
  if (counts == NULL)
    return failed(&a);
  cz_status status;
  Py_BEGIN_ALLOW_THREADS status = cz_rank_study_run(NULL, &study, threads, wholes(counts));
  Py_END_ALLOW_THREADS return results(module, &a, 1, status);
}

/* ---- disparity ---- */

/* Values, weights and groups of a population; false with an exception set. */
static bool take_population(arrays *a, PyObject *const *objects, long long groups,
                            cz_population *population) {
  PyArrayObject *values = take(a, objects[0], NPY_DOUBLE, 1);
  PyArrayObject *weights = values != NULL ? take(a, objects[1], NPY_DOUBLE, 1) : NULL;
  PyArrayObject *codes = weights != NULL ? take(a, objects[2], NPY_INT64, 1) : NULL;
  if (codes == NULL || !length_is(weights, PyArray_DIM(values, 0), "weights") ||
      !length_is(codes, PyArray_DIM(values, 0), "groups"))
    return false;
  *population = (cz_population){reals(values), reals(weights), wholes(codes), PyArray_DIM(values, 0), groups};
  return true;
}

static PyObject *theil_groups(PyObject *module, PyObject *args) {
  PyObject *objects[3];
  long long groups;
  int kind;
  if (!PyArg_ParseTuple(args, "OOOLi:theil_groups", &objects[0], &objects[1], &objects[2], &groups, &kind))
    return NULL;
  arrays a = {0};
  cz_population population;
  if (!take_population(&a, objects, groups, &population))
    return failed(&a);
  PyArrayObject *parts = make(&a, NPY_DOUBLE, 1, 3, 0);
  PyArrayObject *measures = make(&a, NPY_DOUBLE, 1, (npy_intp)groups, 0);
  PyArrayObject *shares = measures != NULL ? make(&a, NPY_DOUBLE, 1, (npy_intp)groups, 0) : NULL;
  if (parts == NULL || shares == NULL)
    return failed(&a);
  cz_theil_parts found;
  cz_status status;
  Py_BEGIN_ALLOW_THREADS status =
      cz_theil_groups(NULL, &population, (cz_theil)kind, &found, reals(measures), reals(shares));
  Py_END_ALLOW_THREADS if (status == CZ_OK) {
    reals(parts)[0] = found.total;
    reals(parts)[1] = found.between;
    reals(parts)[2] = found.within;
  }
  return results(module, &a, 3, status);
}

static PyObject *dagum(PyObject *module, PyObject *args) {
  PyObject *objects[3];
  long long groups;
  if (!PyArg_ParseTuple(args, "OOOL:dagum", &objects[0], &objects[1], &objects[2], &groups))
    return NULL;
  arrays a = {0};
  cz_population population;
  if (!take_population(&a, objects, groups, &population))
    return failed(&a);
  PyArrayObject *parts = make(&a, NPY_DOUBLE, 1, 4, 0);
  PyArrayObject *ginis = make(&a, NPY_DOUBLE, 2, (npy_intp)groups, (npy_intp)groups);
  if (parts == NULL || ginis == NULL)
    return failed(&a);
  cz_dagum_parts found;
  cz_status status;
  Py_BEGIN_ALLOW_THREADS status = cz_dagum(NULL, &population, &found, reals(ginis));
  Py_END_ALLOW_THREADS if (status == CZ_OK) {
    reals(parts)[0] = found.total;
    reals(parts)[1] = found.within;
    reals(parts)[2] = found.between;
    reals(parts)[3] = found.transvariation;
  }
  return results(module, &a, 2, status);
}

static PyObject *bootstrap(PyObject *module, PyObject *args) {
  PyObject *object;
  cz_bootstrap study = {0};
  long long block, horizon, draws;
  unsigned long long seed;
  int threads;
  if (!PyArg_ParseTuple(args, "OdLLLKi:bootstrap", &object, &study.start, &block, &horizon, &draws, &seed,
                        &threads))
    return NULL;
  arrays a = {0};
  PyArrayObject *rates = take(&a, object, NPY_DOUBLE, 1);
  PyArrayObject *paths = rates ? make(&a, NPY_DOUBLE, 2, (npy_intp)draws, (npy_intp)horizon) : NULL;
  if (paths == NULL)
    return failed(&a);
  study.rates = reals(rates);
  study.count = PyArray_DIM(rates, 0);
  study.block = block;
  study.horizon = horizon;
  study.draws = draws;
  study.seed = seed;
  cz_status status;
  Py_BEGIN_ALLOW_THREADS status = cz_bootstrap_run(&study, threads, reals(paths));
  Py_END_ALLOW_THREADS return results(module, &a, 1, status);
}

static PyMethodDef methods[] = {
    {"index_weights", index_weights, METH_VARARGS,
     "index_weights($module, values, method, /)\n--\n\nInformation of each column, and weights."},
    {"correlation", correlation, METH_O,
     "correlation($module, values, /)\n--\n\nPearson's correlations of the columns."},
    {"principal_components", principal_components, METH_O,
     "principal_components($module, values, /)\n--\n\nEigenvalues and loadings, one component a row."},
    {"outrank", outrank, METH_VARARGS,
     "outrank($module, values, weights, scaled, /)\n--\n\nCopeland's scores for scaled < 0, else TOPSIS."},
    {"philox", philox, METH_VARARGS, "philox($module, counter, key, /)\n--\n\nOne block of Philox 4x64-10."},
    {"rank_study", (PyCFunction)(void (*)(void))rank_study, METH_VARARGS | METH_KEYWORDS,
     "rank_study($module, lo, hi, weights, weight_draw, spread, scalings, lower, upper, geometric, seed, "
     "draws, threads)\n--\n\nHow often each row has each rank."},
    {"theil_groups", theil_groups, METH_VARARGS,
     "theil_groups($module, values, weights, groups, count, kind, /)\n--\n\n"
     "Total, between and within; of each group its measure and its share."},
    {"dagum", dagum, METH_VARARGS,
     "dagum($module, values, weights, groups, count, /)\n--\n\n"
     "Total, within, between and transvariation; Gini coefficients of and between groups."},
    {"bootstrap", bootstrap, METH_VARARGS,
     "bootstrap($module, rates, start, block, horizon, draws, seed, threads, /)\n--\n\nPaths of levels."},
    {NULL, NULL, 0, NULL},
};

int czr_add_index(PyObject *module) {
  import_array1(-1);
  return PyModule_AddFunctions(module, methods);
}
