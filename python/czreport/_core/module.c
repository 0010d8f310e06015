/* module.c: czreport._core, the extension module. */
#include "arrow.h"
#include "audit.h"
#include "core.h"
#include "index.h"
#include "many.h"
#include "ufuncs.h"

czr_state *czr_state_of(PyObject *module) {
  return PyModule_GetState(module);
}

static int module_traverse(PyObject *module, visitproc visit, void *arg) {
  czr_state *state = czr_state_of(module);
  Py_VISIT(state->report_type);
  Py_VISIT(state->reports_type);
  Py_VISIT(state->table_type);
  Py_VISIT(state->vocabulary_type);
  Py_VISIT(state->report_error);
  Py_VISIT(state->encoding_error);
  Py_VISIT(state->vocabulary_error);
  return 0;
}

static int module_clear(PyObject *module) {
  czr_state *state = czr_state_of(module);
  Py_CLEAR(state->report_type);
  Py_CLEAR(state->reports_type);
  Py_CLEAR(state->table_type);
  Py_CLEAR(state->vocabulary_type);
  Py_CLEAR(state->report_error);
  Py_CLEAR(state->encoding_error);
  Py_CLEAR(state->vocabulary_error);
  return 0;
}

static void module_free(void *module) {
  (void)module_clear(module);
}

static int add_type(PyObject *module, PyType_Spec *spec, PyTypeObject **slot) {
  *slot = (PyTypeObject *)PyType_FromModuleAndSpec(module, spec, NULL);
  return *slot != NULL ? PyModule_AddType(module, *slot) : -1;
}

static int module_exec(PyObject *module) {
  czr_state *state = czr_state_of(module);
  if (czr_import_numpy() < 0)
    return -1;
  if (add_type(module, &czr_report_spec, &state->report_type) < 0 ||
      add_type(module, &czr_reports_spec, &state->reports_type) < 0 ||
      add_type(module, &czr_table_spec, &state->table_type) < 0 ||
      add_type(module, &czr_vocabulary_spec, &state->vocabulary_type) < 0)
    return -1;
  /* The exceptions are Python classes, because they carry attributes; their module imports nothing of the
   * package. */
  PyObject *errors = PyImport_ImportModule("czreport._errors");
  if (errors == NULL)
    return -1;
  state->report_error = PyObject_GetAttrString(errors, "ReportError");
  state->encoding_error = state->report_error ? PyObject_GetAttrString(errors, "EncodingError") : NULL;
  state->vocabulary_error = state->encoding_error ? PyObject_GetAttrString(errors, "VocabularyError") : NULL;
  Py_DECREF(errors);
  if (state->vocabulary_error == NULL || czr_add_ufuncs(module) < 0 || czr_add_audit(module) < 0 ||
      czr_add_many(module) < 0 || czr_add_index(module) < 0 || czr_add_arrow(module) < 0)
    return -1;
  return PyModule_AddStringConstant(module, "__version__", cz_version());
}

/* METH_KEYWORDS functions have another C type than PyCFunction; this is the documented way to store them. */
#define WITH_KEYWORDS(function) ((PyCFunction)(void (*)(void))(function))

static PyObject *isa(PyObject *module, PyObject *unused) {
  (void)module;
  (void)unused;
  return PyUnicode_FromString(cz_text_isa_name());
}

static PyMethodDef module_methods[] = {
    {"parse", WITH_KEYWORDS(czr_parse), METH_VARARGS | METH_KEYWORDS,
     "parse($module, data, region=None, year=0, source=None, vocabulary=None)\n--\n\n"
     "Read a report from str or UTF-8 bytes; the interpreter's lock is released meanwhile."},
    {"indicators", czr_indicators, METH_VARARGS,
     "indicators($module, vocabulary=None, /)\n--\n\nRegistry of indicators as a dict of lists."},
    {"units", czr_units, METH_VARARGS,
     "units($module, vocabulary=None, /)\n--\n\nRegistry of units as a dict of lists."},
    {"regions", czr_regions, METH_VARARGS,
     "regions($module, vocabulary=None, /)\n--\n\nRegistry of regions as a dict of lists."},
    {"registry_version", czr_registry_version, METH_VARARGS,
     "registry_version($module, vocabulary=None, /)\n--\n\nVersion of the registry: a hash of its data "
     "files."},
    {"isa", isa, METH_NOARGS,
     "isa($module, /)\n--\n\nImplementation that reads text: avx512, avx2, neon or scalar; the environment variable "
     "CZREPORT_ISA names another."},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_multiple_interpreters
    {Py_mod_multiple_interpreters, Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED}, /* because NumPy does not */
#endif
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "czreport._core",
    .m_doc = "The C core of czreport. Use the functions of the package czreport instead.",
    .m_size = sizeof(czr_state),
    .m_methods = module_methods,
    .m_slots = module_slots,
    .m_traverse = module_traverse,
    .m_clear = module_clear,
    .m_free = module_free,
};

PyMODINIT_FUNC PyInit__core(void);
PyMODINIT_FUNC PyInit__core(void) {
  return PyModuleDef_Init(&module_definition);
}
