/* audit.c: the audit of a report, as two tables. */
#include "audit.h"

/* The tables belong to the audit, and a capsule to the tables: no type of its own is needed. */
static const char CAPSULE[] = "czreport._core.audit";

static void free_audit(PyObject *capsule) {
  cz_audit_free(PyCapsule_GetPointer(capsule, CAPSULE));
}

static PyObject *audit(PyObject *module, PyObject *args, PyObject *keywords) {
  static char *names[] = {"report", "about", "deflator_first", "deflator_further", "work", NULL};
  const czr_state *state = czr_state_of(module);
  PyObject *report;
  cz_audit_options options = {0};
  long long work = 0;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!|dddL:audit", names, state->report_type, &report,
                                   &options.about, &options.deflator_first, &options.deflator_further, &work))
    return NULL;
  const czr_report *self = (czr_report *)report;
  options.work = (int64_t)work;
  options.lexicon = czr_lexicon_of(state, self->vocabulary);
  if (options.lexicon == NULL)
    return NULL;
  const cz_table *quantities = cz_report_quantities(self->report);
  cz_audit *made = NULL;
  cz_error error = {.status = CZ_OK, .offset = -1};
  cz_status status;
  Py_BEGIN_ALLOW_THREADS status = cz_audit_run(quantities, &options, &made, &error);
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

static PyMethodDef methods[] = {
    {"audit", (PyCFunction)(void (*)(void))audit, METH_VARARGS | METH_KEYWORDS,
     "audit($module, report, about=0.0, deflator_first=0.0, deflator_further=0.0, work=0)\n--\n\n"
     "Findings, implied values and whether the search was completed; 0 stands for the default of an option."},
    {NULL, NULL, 0, NULL},
};

int czr_add_audit(PyObject *module) {
  return PyModule_AddFunctions(module, methods);
}
