/* table.c: columns of the core as NumPy arrays. */
#include "core.h"

#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <numpy/arrayobject.h>

/* Free-threaded builds lock the table while a text column is built; elsewhere the interpreter's lock does. */
#ifndef Py_BEGIN_CRITICAL_SECTION
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

int czr_import_numpy(void) {
  import_array1(-1);
  return 0;
}

PyObject *czr_table_new(const czr_state *state, const cz_table *table, PyObject *owner) {
  int32_t columns = cz_table_columns(table);
  PyObject **texts = PyMem_Calloc((size_t)columns + 1, sizeof *texts);
  if (texts == NULL)
    return PyErr_NoMemory();
  czr_table *self = PyObject_GC_New(czr_table, state->table_type);
  if (self == NULL) {
    PyMem_Free(texts);
    return NULL;
  }
  self->owner = Py_NewRef(owner);
  self->table = table;
  self->texts = texts;
  self->columns = columns;
  PyObject_GC_Track(self);
  return (PyObject *)self;
}

static int table_traverse(PyObject *object, visitproc visit, void *arg) {
  const czr_table *self = (czr_table *)object;
  Py_VISIT(Py_TYPE(object));
  Py_VISIT(self->owner);
  for (int32_t i = 0; i < self->columns; i++)
    Py_VISIT(self->texts[i]);
  return 0;
}

/* There is no tp_clear: owners and texts hold no reference to a table, and the memory must outlive the views.
 */
static void table_dealloc(PyObject *object) {
  czr_table *self = (czr_table *)object;
  PyTypeObject *type = Py_TYPE(object);
  PyObject_GC_UnTrack(object);
  for (int32_t i = 0; i < self->columns; i++)
    Py_XDECREF(self->texts[i]);
  PyMem_Free(self->texts);
  Py_XDECREF(self->owner);
  type->tp_free(object);
  Py_DECREF(type);
}

static Py_ssize_t table_length(PyObject *self) {
  return (Py_ssize_t)cz_table_rows(((czr_table *)self)->table);
}

static const char *type_name(cz_type type) {
  switch (type) {
  case CZ_INT32:
    return "int32";
  case CZ_INT64:
    return "int64";
  case CZ_FLOAT64:
    return "float64";
  case CZ_TEXT:
    return "text";
  case CZ_CODE:
    return "code";
  }
  return "";
}

static PyObject *category_names(const cz_column *column) {
  if (column->type != CZ_CODE)
    return Py_NewRef(Py_None);
  PyObject *names = PyTuple_New(column->category_count);
  for (int32_t i = 0; names != NULL && i < column->category_count; i++) {
    PyObject *name = PyUnicode_FromString(column->categories[i]);
    if (name == NULL)
      Py_CLEAR(names);
    else
      PyTuple_SET_ITEM(names, i, name);
  }
  return names;
}

static PyObject *table_columns(PyObject *object, void *closure) {
  (void)closure;
  const czr_table *self = (czr_table *)object;
  const czr_state *state = PyType_GetModuleState(Py_TYPE(object));
  PyObject *list = PyTuple_New(self->columns);
  for (int32_t i = 0; list != NULL && i < self->columns; i++) {
    cz_column column;
    cz_status status = cz_table_column(self->table, i, &column);
    PyObject *names = status == CZ_OK ? category_names(&column) : czr_raise(state, status, NULL);
    PyObject *item =
        names != NULL ? Py_BuildValue("(ssN)", column.name, type_name(column.type), names) : NULL;
    if (item == NULL)
      Py_CLEAR(list);
    else
      PyTuple_SET_ITEM(list, i, item);
  }
  return list;
}

/* A view without a copy. The array's base is the table, which holds the owner of the memory. */
static PyObject *number_view(PyObject *self, const cz_column *column, npy_intp rows) {
  int type = column->type == CZ_INT32     ? NPY_INT32
             : column->type == CZ_INT64   ? NPY_INT64
             : column->type == CZ_FLOAT64 ? NPY_FLOAT64
                                          : NPY_UINT8;
  if (rows == 0 || column->values == NULL) { /* no memory to look at */
    npy_intp none = 0;
    PyObject *empty = PyArray_SimpleNew(1, &none, type);
    if (empty != NULL)
      PyArray_CLEARFLAGS((PyArrayObject *)empty, NPY_ARRAY_WRITEABLE);
    return empty;
  }
  /* NumPy takes a plain pointer; the flag below keeps the promise of const. */
  union {
    const void *given;
    void *taken;
  } address = {.given = column->values};
  PyObject *array = PyArray_SimpleNewFromData(1, &rows, type, address.taken);
  if (array == NULL)
    return NULL;
  PyArray_CLEARFLAGS((PyArrayObject *)array, NPY_ARRAY_WRITEABLE);
  if (PyArray_SetBaseObject((PyArrayObject *)array, Py_NewRef(self)) <
      0) { /* steals the reference, also on failure */
    Py_DECREF(array);
    return NULL;
  }
  return array;
}

/* Columns such as unit, period and section repeat a few texts over and over: remembering the last text of
 * each of these slots gives most rows a str that exists already, at the price of one comparison. */
enum { SLOTS = 256 };

static PyObject *text_array(const cz_column *column, npy_intp rows) {
  PyObject *array = PyArray_SimpleNew(1, &rows, NPY_OBJECT);
  if (array == NULL)
    return NULL;
  PyObject **cells = PyArray_DATA((PyArrayObject *)array);
  struct {
    const char *bytes;
    int64_t size;
    PyObject *text; /* borrowed from a cell of the array */
  } slots[SLOTS] = {{0}};
  for (npy_intp row = 0; row < rows; row++) {
    int64_t size = column->offsets[row + 1] - column->offsets[row];
    const char *bytes = size > 0 ? column->bytes + column->offsets[row] : "";
    uint32_t hash = 2166136261u;
    for (int64_t i = 0; i < size; i++)
      hash = (hash ^ (uint8_t)bytes[i]) * 16777619u;
    hash = (hash ^ hash >> 16) & (SLOTS - 1);
    PyObject *text = slots[hash].text;
    if (text != NULL && slots[hash].size == size && memcmp(slots[hash].bytes, bytes, (size_t)size) == 0) {
      Py_INCREF(text);
    } else {
      text = PyUnicode_DecodeUTF8(bytes, (Py_ssize_t)size, "strict");
      if (text == NULL) {
        Py_DECREF(array);
        return NULL;
      }
      slots[hash].bytes = bytes;
      slots[hash].size = size;
      slots[hash].text = text;
    }
    Py_XSETREF(cells[row], text);
  }
  PyArray_CLEARFLAGS((PyArrayObject *)array, NPY_ARRAY_WRITEABLE);
  return array;
}

static PyObject *table_array(PyObject *object, PyObject *name) {
  czr_table *self = (czr_table *)object;
  const czr_state *state = PyType_GetModuleState(Py_TYPE(object));
  const char *text = PyUnicode_AsUTF8(name);
  if (text == NULL)
    return NULL;
  int32_t index = cz_table_find(self->table, text);
  if (index < 0) {
    PyErr_SetObject(PyExc_KeyError, name);
    return NULL;
  }
  cz_column column;
  cz_status status = cz_table_column(self->table, index, &column);
  if (status != CZ_OK)
    return czr_raise(state, status, NULL);
  npy_intp rows = (npy_intp)cz_table_rows(self->table);
  if (column.type != CZ_TEXT)
    return number_view(object, &column, rows);
  PyObject *array;
  Py_BEGIN_CRITICAL_SECTION(object);
  if (self->texts[index] == NULL) {
    PyObject *built = text_array(&column, rows);
    if (self->texts[index] == NULL) /* building may have run the collector, and with it other code */
      self->texts[index] = built;
    else
      Py_XDECREF(built);
  }
  array = Py_XNewRef(self->texts[index]);
  Py_END_CRITICAL_SECTION();
  return array;
}

static PyMethodDef table_methods[] = {
    {"array", table_array, METH_O,
     "array($self, name, /)\n--\n\nColumn by name: numbers and codes as read-only views, texts as an object "
     "array that is kept."},
    {"rebuild", czr_table_rebuild, METH_O,
     "rebuild($self, columns, /)\n--\n\nA copy in which the columns of a dict replace those of their names: "
     "numbers as contiguous buffers of the column's type, texts as sequences of str."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef table_getters[] = {
    {"columns", table_columns, NULL, "Tuple of (name, type, categories or None).", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot table_slots[] = {
    {Py_tp_doc, "Columns of one table of a report."},
    {Py_tp_dealloc, table_dealloc},
    {Py_tp_traverse, table_traverse},
    {Py_tp_methods, table_methods},
    {Py_tp_getset, table_getters},
    {Py_sq_length, table_length},
    {0, NULL},
};

PyType_Spec czr_table_spec = {
    .name = "czreport._core.Table",
    .basicsize = sizeof(czr_table),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE |
             Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = table_slots,
};
