/* report.c: reading a report, and the object that owns it. */
#include "core.h"

/* ---- the type ---- */

static int report_traverse(PyObject *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(self));
  Py_VISIT(((czr_report *)self)->vocabulary);
  return 0;
}

/* There is no tp_clear: a Vocabulary holds no reference to a Report, so no cycle goes through here, and the
 * lexicon must outlive the report. */
static void report_dealloc(PyObject *self) {
  czr_report *report = (czr_report *)self;
  PyTypeObject *type = Py_TYPE(self);
  PyObject_GC_UnTrack(self);
  cz_report_free(report->report);
  Py_XDECREF(report->vocabulary);
  type->tp_free(self);
  Py_DECREF(type);
}

typedef enum czr_part { PART_TITLE, PART_REGION, PART_REGION_CODE, PART_LEVEL } czr_part;

static PyObject *report_text(PyObject *self, void *closure) {
  const cz_report *report = ((czr_report *)self)->report;
  const char *text = NULL;
  switch ((czr_part)(intptr_t)closure) {
  case PART_TITLE:
    text = cz_report_title(report);
    break;
  case PART_REGION:
    text = cz_report_region(report);
    break;
  case PART_REGION_CODE:
    text = cz_report_region_code(report);
    break;
  case PART_LEVEL:
    text = cz_report_level(report);
    break;
  }
  return PyUnicode_FromString(text != NULL ? text : "");
}

static PyObject *report_year(PyObject *self, void *closure) {
  (void)closure;
  return PyLong_FromLong(cz_report_year(((czr_report *)self)->report));
}

typedef enum czr_which {
  TABLE_QUANTITIES,
  TABLE_SECTIONS,
  TABLE_SENTENCES,
  TABLE_QUALITATIVE,
  TABLE_NOTES
} czr_which;

static PyObject *report_table(PyObject *self, void *closure) {
  const cz_report *report = ((czr_report *)self)->report;
  const cz_table *table = NULL;
  switch ((czr_which)(intptr_t)closure) {
  case TABLE_QUANTITIES:
    table = cz_report_quantities(report);
    break;
  case TABLE_SECTIONS:
    table = cz_report_sections(report);
    break;
  case TABLE_SENTENCES:
    table = cz_report_sentences(report);
    break;
  case TABLE_QUALITATIVE:
    table = cz_report_qualitative(report);
    break;
  case TABLE_NOTES:
    table = cz_report_notes(report);
    break;
  }
  /* The type is immutable and made by the module only, so its module is always there. */
  const czr_state *state = PyType_GetModuleState(Py_TYPE(self));
  return czr_table_new(state, table, self);
}

#define CLOSURE(value) ((void *)(intptr_t)(value))
static PyGetSetDef report_getters[] = {
    {"title", report_text, NULL, "Title of the report; \"\" if none was found.", CLOSURE(PART_TITLE)},
    {"region", report_text, NULL, "Full name of the region; \"\" if unknown.", CLOSURE(PART_REGION)},
    {"region_code", report_text, NULL, "Six-digit code of the region; \"\" if unknown.",
     CLOSURE(PART_REGION_CODE)},
    {"level", report_text, NULL, "nation, province, prefecture, county or \"\".", CLOSURE(PART_LEVEL)},
    {"year", report_year, NULL, "Year of delivery; 0 if unknown.", NULL},
    {"quantities", report_table, NULL, "Table of all numerals.", CLOSURE(TABLE_QUANTITIES)},
    {"sections", report_table, NULL, "Table of headings.", CLOSURE(TABLE_SECTIONS)},
    {"sentences", report_table, NULL, "Table of the bounds of sentences.", CLOSURE(TABLE_SENTENCES)},
    {"qualitative", report_table, NULL, "Table of goals without a number.", CLOSURE(TABLE_QUALITATIVE)},
    {"notes", report_table, NULL, "Table of doubts of the reader.", CLOSURE(TABLE_NOTES)},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot report_slots[] = {
    {Py_tp_doc, "A report that was read; made by parse()."},
    {Py_tp_dealloc, report_dealloc},
    {Py_tp_traverse, report_traverse},
    {Py_tp_getset, report_getters},
    {0, NULL},
};

PyType_Spec czr_report_spec = {
    .name = "czreport._core.Report",
    .basicsize = sizeof(czr_report),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE |
             Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = report_slots,
};

/* ---- parse ---- */

/* A str with half of a surrogate pair has no UTF-8 form: says where, in characters, instead of the codec's
 * own words. */
static void raise_surrogate(const czr_state *state) {
  PyObject *type, *value, *traceback;
  PyErr_Fetch(&type, &value, &traceback);
  PyErr_NormalizeException(&type, &value, &traceback);
  Py_ssize_t start = 0;
  if (value == NULL || PyUnicodeEncodeError_GetStart(value, &start) < 0) {
    PyErr_Clear();
    PyErr_Restore(type, value, traceback);
    return;
  }
  Py_XDECREF(type);
  Py_XDECREF(value);
  Py_XDECREF(traceback);
  cz_error error = {.status = CZ_ERROR_ENCODING, .offset = (int64_t)start};
  PyOS_snprintf(error.message, sizeof error.message,
                "lone surrogate at character %lld: expected text that can be written as UTF-8",
                (long long)start);
  czr_raise(state, CZ_ERROR_ENCODING, &error);
}

/* Address and size of the UTF-8 bytes of `data`; *holder keeps them alive. bytearray and memoryview are
 * copied, because another thread could change them while the lock is released. */
static int borrow_bytes(const czr_state *state, PyObject *data, PyObject **holder, const char **bytes,
                        Py_ssize_t *size) {
  if (PyUnicode_Check(data)) {
    *bytes = PyUnicode_AsUTF8AndSize(data, size);
    if (*bytes == NULL) {
      if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
        raise_surrogate(state);
      return -1;
    }
    *holder = Py_NewRef(data);
    return 0;
  }
  if (PyBytes_Check(data)) {
    *holder = Py_NewRef(data);
  } else if (PyObject_CheckBuffer(data)) {
    *holder = PyBytes_FromObject(data);
    if (*holder == NULL)
      return -1;
  } else {
    PyErr_Format(PyExc_TypeError, "expected the text of a report as str or UTF-8 bytes, not %.100s",
                 Py_TYPE(data)->tp_name);
    return -1;
  }
  *bytes = PyBytes_AS_STRING(*holder);
  *size = PyBytes_GET_SIZE(*holder);
  return 0;
}

PyObject *czr_parse(PyObject *module, PyObject *args, PyObject *keywords) {
  static char *names[] = {"data", "region", "year", "source", "vocabulary", NULL};
  const czr_state *state = czr_state_of(module);
  PyObject *data, *vocabulary = NULL;
  cz_report_options options = {0};
  int year = 0;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "O|zizO:parse", names, &data, &options.region, &year,
                                   &options.source, &vocabulary))
    return NULL;
  options.year = year;
  options.lexicon = czr_lexicon_of(state, vocabulary);
  if (options.lexicon == NULL)
    return NULL;

  PyObject *holder = NULL;
  const char *bytes = NULL;
  Py_ssize_t size = 0;
  if (borrow_bytes(state, data, &holder, &bytes, &size) < 0)
    return NULL;

  cz_report *report = NULL;
  cz_error error = {.status = CZ_OK, .offset = -1};
  cz_status status;
  Py_BEGIN_ALLOW_THREADS status = cz_report_parse(bytes, (int64_t)size, &options, &report, &error);
  Py_END_ALLOW_THREADS Py_DECREF(holder);
  if (status != CZ_OK)
    return czr_raise(state, status, &error);

  czr_report *self = PyObject_GC_New(czr_report, state->report_type);
  if (self == NULL) {
    cz_report_free(report);
    return NULL;
  }
  self->report = report;
  self->vocabulary = vocabulary != NULL && vocabulary != Py_None ? Py_NewRef(vocabulary) : NULL;
  PyObject_GC_Track(self);
  return (PyObject *)self;
}
