/* audit.c: the audit of a report, as two tables. */
#include "audit.h"

/* The tables belong to the audit, and a capsule to the tables: no type of its own is needed. */
static const char CAPSULE[] = "czreport._core.audit";

static void free_audit(PyObject *capsule) {
  cz_audit_free(PyCapsule_GetPointer(capsule, CAPSULE));
}

/* Runs the audit of a table, which is needed only during the call, without the interpreter's lock. */
static PyObject *run(const czr_state *state, const cz_table *quantities, const cz_audit_options *options) {
  cz_audit *made = NULL;
  cz_error error = {.status = CZ_OK, .offset = -1};
  cz_status status;
  Py_BEGIN_ALLOW_THREADS status = cz_audit_run(quantities, options, &made, &error);
  Py_END_ALLOW_THREADS if (status != CZ_OK) return czr_raise(state, status, &error);
  PyObject *capsule = PyCapsule_New(made, CAPSULE, free_audit);
  if (capsule == NULL) {
    cz_audit_free(made);
    return NULL;
  }
  PyObject *findings = czr_table_new(state, cz_audit_findings(made), capsule);
  PyObject *implied = findings != NULL ? czr_table_new(state, cz_audit_implied(made), capsule) : NULL;
  PyObject *result = implied != NULL
                         ? PyTuple_Pack(3, findings, implied, cz_audit_complete(made) ? Py_True : Py_False)
                         : NULL;
  Py_XDECREF(findings);
  Py_XDECREF(implied);
  Py_DECREF(capsule);
  return result;
}

static PyObject *audit(PyObject *module, PyObject *args, PyObject *keywords) {
  static char *names[] = {"report", "about", "deflator_first", "deflator_further", "work", "quantities", NULL};
  const czr_state *state = czr_state_of(module);
  PyObject *report, *table = Py_None;
  cz_audit_options options = {0};
  long long work = 0;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!|dddLO:audit", names, state->report_type, &report,
                                   &options.about, &options.deflator_first, &options.deflator_further, &work,
                                   &table))
    return NULL;
  if (table != Py_None && !PyObject_TypeCheck(table, state->table_type))
    return PyErr_Format(PyExc_TypeError, "quantities must be a Table, not %.100s", Py_TYPE(table)->tp_name);
  const czr_report *self = (czr_report *)report;
  options.work = (int64_t)work;
  options.lexicon = czr_lexicon_of(state, self->vocabulary);
  if (options.lexicon == NULL)
    return NULL;
  return run(state,
             table != Py_None ? ((czr_table *)table)->table : cz_report_quantities(self->report), &options);
}

/* One (quantities, rows, as_own); `view` keeps the rows until it is released. */
static int open_part(const czr_state *state, PyObject *item, cz_audit_part *part, Py_buffer *view) {
  PyObject *table, *rows;
  int as_own;
  if (!PyTuple_Check(item)) {
    PyErr_SetString(PyExc_TypeError, "a part is a tuple of a table, its rows and a flag");
    return -1;
  }
  if (!PyArg_ParseTuple(item, "O!Op:audit_rows", state->table_type, &table, &rows, &as_own) ||
      PyObject_GetBuffer(rows, view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) < 0)
    return -1;
  /* "l" and "q" are what NumPy calls its int64 on the systems where these have 8 bytes */
  if (view->ndim != 1 || view->itemsize != 8 || view->format == NULL ||
      strchr("lq", view->format[0]) == NULL) {
    PyBuffer_Release(view);
    PyErr_SetString(PyExc_TypeError, "the rows of a part are an array of int64");
    return -1;
  }
  *part = (cz_audit_part){.quantities = ((czr_table *)table)->table,
                          .rows = view->buf,
                          .count = view->len / 8,
                          .as_own = as_own != 0};
  return 0;
}

static PyObject *audit_rows(PyObject *module, PyObject *args) {
  const czr_state *state = czr_state_of(module);
  PyObject *list, *vocabulary = Py_None;
  if (!PyArg_ParseTuple(args, "O|O:audit_rows", &list, &vocabulary))
    return NULL;
  cz_audit_options options = {.lexicon = czr_lexicon_of(state, vocabulary)};
  if (options.lexicon == NULL)
    return NULL;
  /* A tuple of our own: nobody can change it while the lock is released. */
  PyObject *items = PySequence_Tuple(list);
  if (items == NULL)
    return NULL;
  const Py_ssize_t count = PyTuple_GET_SIZE(items);
  cz_audit_part *parts = PyMem_New(cz_audit_part, (size_t)count + 1);
  Py_buffer *views = PyMem_New(Py_buffer, (size_t)count + 1);
  PyObject *result = NULL;
  Py_ssize_t opened = 0;
  if (parts == NULL || views == NULL || count > INT32_MAX) {
    PyErr_NoMemory();
  } else {
    while (opened < count &&
           open_part(state, PyTuple_GET_ITEM(items, opened), &parts[opened], &views[opened]) == 0)
      opened++;
  }
  if (opened == count && !PyErr_Occurred()) {
    cz_table *rows = NULL;
    cz_error error = {.status = CZ_OK, .offset = -1};
    cz_status status;
    Py_BEGIN_ALLOW_THREADS status = cz_audit_gather(parts, (int32_t)count, NULL, &rows, &error);
    Py_END_ALLOW_THREADS result =
        status == CZ_OK ? run(state, rows, &options) : czr_raise(state, status, &error);
    cz_table_free(rows);
  }
  while (opened > 0)
    PyBuffer_Release(&views[--opened]);
  PyMem_Free(parts);
  PyMem_Free(views);
  Py_DECREF(items);
  return result;
}

static PyMethodDef methods[] = {
    {"audit", (PyCFunction)(void (*)(void))audit, METH_VARARGS | METH_KEYWORDS,
     "audit($module, report, about=0.0, deflator_first=0.0, deflator_further=0.0, work=0, "
     "quantities=None)\n--\n\nFindings, implied values and whether the search was completed; 0 stands for the "
     "default of an option. `quantities` replaces the rows of the report."},
    {"audit_rows", audit_rows, METH_VARARGS,
     "audit_rows($module, parts, vocabulary=None, /)\n--\n\n"
     "The same for chosen rows of several reports: parts of (quantities, ascending int64 rows, as_own); rows of "
     "the\n"
     "result are numbered through all parts. As own: the rows are about the region of the other parts."},
    {NULL, NULL, 0, NULL},
};

int czr_add_audit(PyObject *module) {
  return PyModule_AddFunctions(module, methods);
}
