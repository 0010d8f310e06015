/* vocabulary.c: words added at run time, and the registries as Python lists. */
#include "core.h"

/* ---- the type ---- */

static int vocabulary_traverse(PyObject *self, visitproc visit, void *arg) {
  (void)arg;
  Py_VISIT(Py_TYPE(self));
  return 0;
}

static void vocabulary_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  PyObject_GC_UnTrack(self);
  cz_lexicon_free(((czr_vocabulary *)self)->lexicon);
  type->tp_free(self);
  Py_DECREF(type);
}

/* Says which entry was refused: the core only says that one was. Always returns -1. */
static int refuse(const czr_state *state, cz_status status, const char *type, const char *word) {
  cz_error error = {.status = status, .offset = -1};
  PyOS_snprintf(error.message, sizeof error.message, "%s: %s '%.100s'", cz_status_describe(status), type,
                word);
  czr_raise(state, status, &error);
  return -1;
}

/* Each adder reads the tuple of one word; -1 with an exception set. */
static int add_indicator(const czr_state *state, cz_vocabulary *vocabulary, PyObject *fields) {
  cz_indicator item = {0};
  if (!PyArg_ParseTuple(fields, "ssssssssss;an indicator has ten texts", &item.code, &item.name,
                        &item.name_en, &item.aliases, &item.dimension, &item.unit, &item.nature, &item.basis,
                        &item.direction, &item.category))
    return -1;
  cz_status status = cz_vocabulary_add_indicator(vocabulary, &item);
  return status == CZ_OK ? 0 : refuse(state, status, "indicator", item.code);
}

static int add_unit(const czr_state *state, cz_vocabulary *vocabulary, PyObject *fields) {
  cz_unit item = {0};
  unsigned long long mantissa = 0;
  const char *like = NULL;
  if (!PyArg_ParseTuple(fields, "ssssKis;a unit has four texts, a factor and the unit that it is like",
                        &item.name, &item.name_en, &item.dimension, &item.canonical, &mantissa,
                        &item.factor_exponent, &like))
    return -1;
  item.factor_mantissa = (uint64_t)mantissa;
  cz_status status = cz_vocabulary_add_unit(vocabulary, &item, like[0] != '\0' ? like : NULL);
  return status == CZ_OK ? 0 : refuse(state, status, "unit", item.name);
}

static int add_cue(const czr_state *state, cz_vocabulary *vocabulary, PyObject *fields) {
  const char *word, *klass;
  int value = 0;
  if (!PyArg_ParseTuple(fields, "ssi;a cue word has a text, a class and a value", &word, &klass, &value))
    return -1;
  cz_status status = cz_vocabulary_add_cue(vocabulary, word, klass, value);
  return status == CZ_OK ? 0 : refuse(state, status, "cue", word);
}

/* Adds every tuple of `words`; -1 with the exception of the first that is refused. */
static int add_all(const czr_state *state, cz_vocabulary *vocabulary, PyObject *words,
                   int (*add)(const czr_state *, cz_vocabulary *, PyObject *)) {
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(words); i++) {
    PyObject *fields = PyTuple_GET_ITEM(words, i);
    if (!PyTuple_Check(fields)) {
      PyErr_SetString(PyExc_TypeError, "a word must be a tuple");
      return -1;
    }
    if (add(state, vocabulary, fields) < 0)
      return -1;
  }
  return 0;
}

static PyObject *vocabulary_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
  static char *names[] = {"indicators", "units", "cues", NULL};
  const czr_state *state = PyType_GetModuleState(type);
  PyObject *indicators, *units, *cues;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!O!O!:Vocabulary", names, &PyTuple_Type, &indicators,
                                   &PyTuple_Type, &units, &PyTuple_Type, &cues))
    return NULL;
  cz_vocabulary *words = NULL;
  cz_lexicon *lexicon = NULL;
  cz_status status = cz_vocabulary_create(NULL, &words);
  if (status != CZ_OK)
    return czr_raise(state, status, NULL);
  if (add_all(state, words, indicators, add_indicator) < 0 || add_all(state, words, units, add_unit) < 0 ||
      add_all(state, words, cues, add_cue) < 0) {
    cz_vocabulary_free(words);
    return NULL;
  }
  status = cz_lexicon_extend(words, NULL, &lexicon);
  cz_vocabulary_free(words);
  if (status != CZ_OK)
    return czr_raise(state, status, NULL);
  czr_vocabulary *self = (czr_vocabulary *)type->tp_alloc(type, 0);
  if (self == NULL) {
    cz_lexicon_free(lexicon);
    return NULL;
  }
  self->lexicon = lexicon;
  return (PyObject *)self;
}

static PyType_Slot vocabulary_slots[] = {
    {Py_tp_doc, "Vocabulary(indicators, units, cues)\n--\n\nThe built-in words and the words of three tuples "
                "of tuples."},
    {Py_tp_new, vocabulary_new},
    {Py_tp_dealloc, vocabulary_dealloc},
    {Py_tp_traverse, vocabulary_traverse},
    {0, NULL},
};

PyType_Spec czr_vocabulary_spec = {
    .name = "czreport._core.Vocabulary",
    .basicsize = sizeof(czr_vocabulary),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = vocabulary_slots,
};

const cz_lexicon *czr_lexicon_of(const czr_state *state, PyObject *vocabulary) {
  if (vocabulary == NULL || vocabulary == Py_None)
    return cz_lexicon_builtin();
  if (!PyObject_TypeCheck(vocabulary, state->vocabulary_type)) {
    PyErr_Format(PyExc_TypeError, "expected a vocabulary, not %.100s", Py_TYPE(vocabulary)->tp_name);
    return NULL;
  }
  return ((czr_vocabulary *)vocabulary)->lexicon;
}

/* ---- registries ---- */

static const cz_lexicon *lexicon_argument(PyObject *module, PyObject *args) {
  PyObject *vocabulary = NULL;
  if (!PyArg_ParseTuple(args, "|O", &vocabulary))
    return NULL;
  return czr_lexicon_of(czr_state_of(module), vocabulary);
}

/* A registry as it is filled: one list per column, in the order of `names`. */
enum { COLUMN_LIMIT = 10 };
typedef struct czr_lists {
  const char *const *names;
  PyObject *lists[COLUMN_LIMIT];
  int count;
} czr_lists;

static void lists_release(czr_lists *lists) {
  for (int i = 0; i < lists->count; i++)
    Py_CLEAR(lists->lists[i]);
}

static int lists_create(czr_lists *lists, const char *const *names) {
  *lists = (czr_lists){.names = names};
  while (names[lists->count] != NULL) {
    lists->lists[lists->count] = PyList_New(0);
    if (lists->lists[lists->count] == NULL) {
      lists_release(lists);
      return -1;
    }
    lists->count++;
  }
  return 0;
}

/* Takes over one new reference; NULL means that making it failed. */
static int lists_add(czr_lists *lists, int column, PyObject *cell) {
  if (cell == NULL)
    return -1;
  int result = PyList_Append(lists->lists[column], cell);
  Py_DECREF(cell);
  return result;
}

static int lists_add_text(czr_lists *lists, int column, const char *text) {
  return lists_add(lists, column, PyUnicode_FromString(text != NULL ? text : ""));
}

static PyObject *lists_finish(czr_lists *lists, int failed) {
  PyObject *result = failed ? NULL : PyDict_New();
  for (int i = 0; result != NULL && i < lists->count; i++)
    if (PyDict_SetItemString(result, lists->names[i], lists->lists[i]) < 0)
      Py_CLEAR(result);
  lists_release(lists);
  return result;
}

PyObject *czr_indicators(PyObject *module, PyObject *args) {
  static const char *const names[] = {"code",   "name",  "name_en",   "aliases",  "dimension", "unit",
                                      "nature", "basis", "direction", "category", NULL};
  const cz_lexicon *lexicon = lexicon_argument(module, args);
  czr_lists lists;
  if (lexicon == NULL || lists_create(&lists, names) < 0)
    return NULL;
  int failed = 0;
  for (int32_t row = 0; !failed && row < cz_lexicon_indicator_count(lexicon); row++) {
    const cz_indicator *item = cz_lexicon_indicator(lexicon, row);
    const char *const cells[] = {item->code, item->name,   item->name_en, item->aliases,   item->dimension,
                                 item->unit, item->nature, item->basis,   item->direction, item->category};
    for (int i = 0; !failed && i < lists.count; i++)
      failed = lists_add_text(&lists, i, cells[i]) < 0;
  }
  return lists_finish(&lists, failed);
}

PyObject *czr_units(PyObject *module, PyObject *args) {
  static const char *const names[] = {"unit", "name_en", "dimension", "canonical", "factor", NULL};
  const cz_lexicon *lexicon = lexicon_argument(module, args);
  czr_lists lists;
  if (lexicon == NULL || lists_create(&lists, names) < 0)
    return NULL;
  int failed = 0;
  for (int32_t row = 0; !failed && row < cz_lexicon_unit_count(lexicon); row++) {
    const cz_unit *item = cz_lexicon_unit(lexicon, row);
    cz_decimal factor = {
        .mantissa = item->factor_mantissa, .exponent = item->factor_exponent, .sign = 1, .exact = true};
    failed = lists_add_text(&lists, 0, item->name) < 0 || lists_add_text(&lists, 1, item->name_en) < 0 ||
             lists_add_text(&lists, 2, item->dimension) < 0 ||
             lists_add_text(&lists, 3, item->canonical) < 0 ||
             lists_add(&lists, 4, PyFloat_FromDouble(cz_decimal_to_double(factor))) < 0;
  }
  return lists_finish(&lists, failed);
}

PyObject *czr_regions(PyObject *module, PyObject *args) {
  static const char *const names[] = {"code",   "name",       "short_name", "level",
                                      "parent", "first_year", "last_year",  NULL};
  static const char *const levels[] = {"nation", "province", "prefecture", "county"};
  const cz_lexicon *lexicon = lexicon_argument(module, args);
  czr_lists lists;
  if (lexicon == NULL || lists_create(&lists, names) < 0)
    return NULL;
  int failed = 0;
  for (int32_t row = 0; !failed && row < cz_lexicon_region_count(lexicon); row++) {
    const cz_region *item = cz_lexicon_region(lexicon, row);
    char code[16], parent[16];
    PyOS_snprintf(code, sizeof code, "%06d", (int)item->code);
    PyOS_snprintf(parent, sizeof parent, "%06d", (int)item->parent);
    failed = lists_add_text(&lists, 0, code) < 0 || lists_add_text(&lists, 1, item->name) < 0 ||
             lists_add_text(&lists, 2, item->short_name) < 0 ||
             lists_add_text(&lists, 3, item->level < 4 ? levels[item->level] : "") < 0 ||
             lists_add_text(&lists, 4, item->level == 0 ? "" : parent) < 0 ||
             lists_add(&lists, 5, PyLong_FromLong(item->first_year)) < 0 ||
             lists_add(&lists, 6, PyLong_FromLong(item->last_year)) < 0;
  }
  return lists_finish(&lists, failed);
}

PyObject *czr_registry_version(PyObject *module, PyObject *args) {
  const cz_lexicon *lexicon = lexicon_argument(module, args);
  return lexicon != NULL ? PyUnicode_FromString(cz_lexicon_version(lexicon)) : NULL;
}
