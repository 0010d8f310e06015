/* many.c: many reports at once. Texts are taken in batches, so that an iterator is never held as a whole,
 * Ctrl-C is heard, and the UTF-8 form of a str lives no longer than its batch; the core reads a batch without
 * the interpreter's lock. */
#include "many.h"

#include "arrow.h"

#include <string.h>

enum { BATCH_BYTES = 1 << 24, BATCH_DOCUMENTS = 1 << 16 };

/* ---- the type ---- */

typedef struct czr_reports {
  PyObject_HEAD cz_reports *reports;
  PyObject *vocabulary; /* NULL: the built-in one */
  PyObject *kept;       /* tuple of the texts, NULL if they came from Arrow or an iterator */
  czr_texts arrow;
} czr_reports;

static int reports_traverse(PyObject *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(self));
  Py_VISIT(((czr_reports *)self)->vocabulary);
  Py_VISIT(((czr_reports *)self)->kept);
  return 0;
}

/* There is no tp_clear: texts and vocabulary hold no reference to a Reports, so no cycle goes through here.
 */
static void reports_dealloc(PyObject *self) {
  czr_reports *many = (czr_reports *)self;
  PyTypeObject *type = Py_TYPE(self);
  PyObject_GC_UnTrack(self);
  cz_reports_free(many->reports);
  czr_texts_release(&many->arrow);
  Py_XDECREF(many->vocabulary);
  Py_XDECREF(many->kept);
  type->tp_free(self);
  Py_DECREF(type);
}

static PyObject *reports_table(PyObject *self, void *closure) {
  const cz_table *table =
      cz_reports_table(((czr_reports *)self)->reports, (cz_reports_part)(intptr_t)closure);
  return czr_table_new(PyType_GetModuleState(Py_TYPE(self)), table, self);
}

static PyObject *decode(const char *bytes, int64_t size) {
  return bytes != NULL ? PyUnicode_DecodeUTF8(bytes, (Py_ssize_t)size, "strict") : Py_NewRef(Py_None);
}

/* Text of one document, None if there was none. Reports that were made from an iterator have no texts. */
static PyObject *reports_text(PyObject *self, PyObject *number) {
  const czr_reports *many = (czr_reports *)self;
  Py_ssize_t i = PyNumber_AsSsize_t(number, PyExc_IndexError);
  if (i == -1 && PyErr_Occurred())
    return NULL;
  if (many->kept == NULL && many->arrow.chunk_count == 0) {
    PyErr_SetString(PyExc_ValueError,
                    "the texts came from an iterator and were not kept: give them as a list");
    return NULL;
  }
  if (i < 0 || i >= (Py_ssize_t)cz_reports_count(many->reports)) {
    PyErr_Format(PyExc_IndexError, "document %zd of %lld", i, (long long)cz_reports_count(many->reports));
    return NULL;
  }
  if (many->kept != NULL) {
    PyObject *text = PyTuple_GET_ITEM(many->kept, i);
    if (PyUnicode_Check(text) || text == Py_None)
      return Py_NewRef(text);
    return PyUnicode_FromEncodedObject(text, "utf-8", "strict");
  }
  int64_t chunk = 0, row = i, size;
  while (row >= many->arrow.chunks[chunk].length)
    row -= many->arrow.chunks[chunk++].length;
  const char *bytes;
  czr_texts_get(&many->arrow, chunk, row, &bytes, &size);
  return decode(bytes, size);
}

static PyObject *reports_has_texts(PyObject *self, void *closure) {
  (void)closure;
  const czr_reports *many = (czr_reports *)self;
  return PyBool_FromLong(many->kept != NULL || many->arrow.chunk_count > 0);
}

static Py_ssize_t reports_length(PyObject *self) {
  return (Py_ssize_t)cz_reports_count(((czr_reports *)self)->reports);
}

#define PART(part) ((void *)(intptr_t)(part))
static PyGetSetDef reports_getters[] = {
    {"quantities", reports_table, NULL, "Table of all numerals.", PART(CZ_REPORTS_QUANTITIES)},
    {"sections", reports_table, NULL, "Table of headings.", PART(CZ_REPORTS_SECTIONS)},
    {"sentences", reports_table, NULL, "Table of the bounds of sentences.", PART(CZ_REPORTS_SENTENCES)},
    {"qualitative", reports_table, NULL, "Table of goals without a number.", PART(CZ_REPORTS_QUALITATIVE)},
    {"notes", reports_table, NULL, "Table of doubts of the reader.", PART(CZ_REPORTS_NOTES)},
    {"documents", reports_table, NULL, "Table of the documents, with their errors.",
     PART(CZ_REPORTS_DOCUMENTS)},
    {"has_texts", reports_has_texts, NULL, "Whether text() can give the texts.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef reports_methods[] = {
    {"text", reports_text, METH_O,
     "text($self, number, /)\n--\n\nText of a document; None if it was missing. ValueError if texts were not "
     "kept."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot reports_slots[] = {
    {Py_tp_doc, "Reports that were read together; made by parse_many()."},
    {Py_tp_dealloc, reports_dealloc},
    {Py_tp_traverse, reports_traverse},
    {Py_tp_methods, reports_methods},
    {Py_tp_getset, reports_getters},
    {Py_sq_length, reports_length},
    {0, NULL},
};

PyType_Spec czr_reports_spec = {
    .name = "czreport._core.Reports",
    .basicsize = sizeof(czr_reports),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE |
             Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = reports_slots,
};

/* ---- a batch ---- */

/* A value for each document: None, one for all, or a tuple. */
typedef struct per_document {
  const char *name;
  PyObject *given;
} per_document;

typedef struct batch {
  const czr_state *state;
  czr_reports *many;
  per_document regions, years, sources;
  cz_document documents[BATCH_DOCUMENTS];
  PyObject *holders[BATCH_DOCUMENTS]; /* what keeps the bytes alive; NULL where the caller does */
  int64_t count, bytes, first;        /* `first`: documents of earlier batches */
} batch;

static void release_holders(batch *b) {
  for (int64_t i = 0; i < b->count; i++)
    Py_XDECREF(b->holders[i]);
  b->first += b->count;
  b->count = b->bytes = 0;
}

/* Reads the batch and empties it. */
static int read_batch(batch *b) {
  int64_t failed;
  cz_error error;
  cz_status status;
  Py_BEGIN_ALLOW_THREADS status = cz_reports_read(b->many->reports, b->documents, b->count, &failed, &error);
  Py_END_ALLOW_THREADS;
  const int64_t document = failed >= 0 ? b->first + failed : -1;
  release_holders(b);
  if (status != CZ_OK) {
    (void)czr_raise_document(b->state, status, &error, document);
    return -1;
  }
  return PyErr_CheckSignals();
}

/* Borrowed reference to the value of one document; NULL with ValueError where there is none. */
static PyObject *value_of(const per_document *values, int64_t number) {
  if (values->given == NULL || !PyTuple_Check(values->given))
    return values->given != NULL ? values->given : Py_None;
  if (number < PyTuple_GET_SIZE(values->given))
    return PyTuple_GET_ITEM(values->given, (Py_ssize_t)number);
  PyErr_Format(PyExc_ValueError, "%s has %zd items, and there are more documents", values->name,
               PyTuple_GET_SIZE(values->given));
  return NULL;
}

static int text_of(const per_document *values, int64_t number, const char **out) {
  PyObject *value = value_of(values, number);
  if (value == NULL)
    return -1;
  *out = value != Py_None ? PyUnicode_AsUTF8(value) : NULL;
  return *out == NULL && value != Py_None ? -1 : 0;
}

/* Adds a document and reads the batch when it is full. Takes over the reference to `holder` (may be NULL). */
static int add(batch *b, const char *bytes, int64_t size, PyObject *holder) {
  cz_document *document = &b->documents[b->count];
  const int64_t number = b->first + b->count;
  PyObject *year = value_of(&b->years, number);
  *document = (cz_document){.bytes = bytes, .byte_count = size};
  document->year = year != NULL && year != Py_None ? (int32_t)PyLong_AsLong(year) : 0;
  if (year == NULL || PyErr_Occurred() || text_of(&b->regions, number, &document->region) < 0 ||
      text_of(&b->sources, number, &document->source) < 0) {
    Py_XDECREF(holder);
    return -1;
  }
  b->holders[b->count++] = holder;
  b->bytes += size > 0 ? size : 0;
  return b->count == BATCH_DOCUMENTS || b->bytes >= BATCH_BYTES ? read_batch(b) : 0;
}

static int add_object(batch *b, PyObject *text) {
  PyObject *holder;
  if (text == Py_None)
    return add(b, NULL, -1, NULL);
  if (PyUnicode_Check(text)) {
    /* Half of a surrogate pair becomes bytes that the core refuses, with the place. */
    holder = PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass");
  } else if (PyObject_CheckBuffer(text)) {
    holder = PyBytes_CheckExact(text) ? Py_NewRef(text) : PyBytes_FromObject(text);
  } else {
    PyErr_Format(PyExc_TypeError, "document %lld: expected str or UTF-8 bytes, not %.100s",
                 (long long)(b->first + b->count), Py_TYPE(text)->tp_name);
    return -1;
  }
  if (holder == NULL)
    return -1;
  return add(b, PyBytes_AS_STRING(holder), (int64_t)PyBytes_GET_SIZE(holder), holder);
}

static int add_arrow(batch *b, const czr_texts *texts) {
  for (int64_t chunk = 0; chunk < texts->chunk_count; chunk++)
    for (int64_t row = 0; row < texts->chunks[chunk].length; row++) {
      const char *bytes;
      int64_t size;
      czr_texts_get(texts, chunk, row, &bytes, &size);
      if (add(b, bytes, size, NULL) < 0)
        return -1;
    }
  return 0;
}

static int add_all(batch *b, PyObject *texts) {
  PyObject *iterator = PyObject_GetIter(texts);
  if (iterator == NULL)
    return -1;
  int result = 0;
  for (PyObject *text; result == 0 && (text = PyIter_Next(iterator)) != NULL; Py_DECREF(text))
    result = add_object(b, text);
  Py_DECREF(iterator);
  return result < 0 || PyErr_Occurred() ? -1 : 0;
}

static int check_length(const per_document *values, int64_t count) {
  if (values->given == NULL || !PyTuple_Check(values->given) || PyTuple_GET_SIZE(values->given) == count)
    return 0;
  PyErr_Format(PyExc_ValueError, "%s has %zd items for %lld documents", values->name,
               PyTuple_GET_SIZE(values->given), (long long)count);
  return -1;
}

static int read_texts(batch *b, PyObject *texts) {
  if (PyUnicode_Check(texts) || PyBytes_Check(texts) || PyByteArray_Check(texts) ||
      PyMemoryView_Check(texts)) {
    PyErr_SetString(PyExc_TypeError, "expected several texts, not one: use parse, or a list of one text");
    return -1;
  }
  int arrow = 0;
  if (PyList_Check(texts) || PyTuple_Check(texts)) {
    b->many->kept = PySequence_Tuple(texts); /* a list may change while the lock is released */
    if (b->many->kept == NULL)
      return -1;
    texts = b->many->kept;
  } else {
    arrow = czr_texts_take(texts, &b->many->arrow);
    if (arrow < 0)
      return -1;
  }
  if ((arrow ? add_arrow(b, &b->many->arrow) : add_all(b, texts)) < 0 || read_batch(b) < 0)
    return -1;
  if (check_length(&b->regions, b->first) < 0 || check_length(&b->years, b->first) < 0)
    return -1;
  return check_length(&b->sources, b->first);
}

static PyObject *parse_many(PyObject *module, PyObject *args, PyObject *keywords) {
  static char *names[] = {"texts", "regions", "years", "sources", "threads", "collect", "vocabulary", NULL};
  const czr_state *state = czr_state_of(module);
  PyObject *texts, *vocabulary = NULL;
  per_document regions = {"regions", NULL}, years = {"years", NULL}, sources = {"sources", NULL};
  int threads = 1, collect = 0;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "O|OOOipO:parse_many", names, &texts, &regions.given,
                                   &years.given, &sources.given, &threads, &collect, &vocabulary))
    return NULL;
  cz_reports_options options = {.threads = threads, .collect = collect != 0};
  options.lexicon = czr_lexicon_of(state, vocabulary);
  if (options.lexicon == NULL)
    return NULL;
  czr_reports *many = PyObject_GC_New(czr_reports, state->reports_type);
  if (many == NULL)
    return NULL;
  many->reports = NULL;
  many->kept = NULL;
  memset(&many->arrow, 0, sizeof many->arrow);
  many->vocabulary = vocabulary != NULL && vocabulary != Py_None ? Py_NewRef(vocabulary) : NULL;
  PyObject_GC_Track(many);
  batch *b = PyMem_Calloc(1, sizeof *b);
  cz_status status = b != NULL ? cz_reports_create(&options, &many->reports) : CZ_ERROR_MEMORY;
  if (status != CZ_OK) {
    PyMem_Free(b);
    Py_DECREF(many);
    return czr_raise(state, status, NULL);
  }
  b->state = state;
  b->many = many;
  b->regions = regions;
  b->years = years;
  b->sources = sources;
  const int result = read_texts(b, texts);
  release_holders(b);
  PyMem_Free(b);
  if (result < 0) {
    Py_DECREF(many);
    return NULL;
  }
  Py_BEGIN_ALLOW_THREADS status = cz_reports_finish(many->reports);
  Py_END_ALLOW_THREADS;
  if (status != CZ_OK) {
    Py_DECREF(many);
    return czr_raise(state, status, NULL);
  }
  return (PyObject *)many;
}

static PyMethodDef methods[] = {
    {"parse_many", (PyCFunction)(void (*)(void))parse_many, METH_VARARGS | METH_KEYWORDS,
     "parse_many($module, texts, regions=None, years=None, sources=None, threads=1, collect=False, "
     "vocabulary=None)\n--\n\n"
     "Read many reports; regions, years and sources are None, one value for all, or a tuple. The "
     "interpreter's lock "
     "is released meanwhile."},
    {NULL, NULL, 0, NULL},
};

int czr_add_many(PyObject *module) {
  return PyModule_AddFunctions(module, methods);
}
