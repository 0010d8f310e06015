/* rebuild.c: a table of the core with columns given by Python. */
#include "core.h"

/* What the columns of one call borrow; given back when the call returns. */
typedef struct loan {
  Py_buffer numbers; /* obj NULL: none */
  void *texts;       /* offsets, then bytes; NULL: none */
} loan;

/* Does the buffer hold numbers of the column's type? Both signs of a width are written by one letter each. */
static bool holds(const Py_buffer *buffer, cz_type type) {
  const char *format = buffer->format != NULL ? buffer->format : "B";
  switch (type) {
  case CZ_INT32:
    return buffer->itemsize == 4 && (*format == 'i' || *format == 'l');
  case CZ_INT64:
    return buffer->itemsize == 8 && (*format == 'q' || *format == 'l');
  case CZ_FLOAT64:
    return *format == 'd';
  case CZ_CODE:
    return *format == 'B';
  case CZ_TEXT:
    break;
  }
  return false;
}

static bool take_numbers(PyObject *given, cz_column *column, Py_ssize_t rows, Py_buffer *buffer) {
  if (PyObject_GetBuffer(given, buffer, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) < 0)
    return false;
  if (buffer->ndim != 1 || buffer->shape[0] != rows || !holds(buffer, column->type)) {
    PyErr_Format(PyExc_ValueError, "column %s must have %zd cells of its type", column->name, rows);
    return false;
  }
  column->values = buffer->buf;
  return true;
}

/* Two passes over the texts: their sizes, then their bytes. */
static bool take_texts(PyObject *given, cz_column *column, Py_ssize_t rows, void **block) {
  PyObject *cells = PySequence_Fast(given, "a column of texts must be a sequence");
  if (cells == NULL)
    return false;
  bool fine = PySequence_Fast_GET_SIZE(cells) == rows;
  if (!fine)
    PyErr_Format(PyExc_ValueError, "column %s must have %zd cells", column->name, rows);
  size_t bytes = 0;
  for (Py_ssize_t row = 0; fine && row < rows; row++) {
    Py_ssize_t size;
    fine = PyUnicode_AsUTF8AndSize(PySequence_Fast_GET_ITEM(cells, row), &size) != NULL;
    bytes += fine ? (size_t)size : 0;
  }
  const size_t head = ((size_t)rows + 1) * sizeof(int64_t);
  if (fine && (*block = PyMem_Malloc(head + bytes)) == NULL) {
    PyErr_NoMemory();
    fine = false;
  }
  if (fine) {
    int64_t *offsets = *block, at = 0;
    char *out = (char *)*block + head;
    for (Py_ssize_t row = 0; row < rows; row++) {
      Py_ssize_t size;
      const char *text = PyUnicode_AsUTF8AndSize(PySequence_Fast_GET_ITEM(cells, row), &size);
      offsets[row] = at;
      memcpy(out + at, text, (size_t)size);
      at += size;
    }
    offsets[rows] = at;
    column->offsets = offsets;
    column->bytes = out;
  }
  Py_DECREF(cells);
  return fine;
}

static bool take(PyObject *given, cz_column *column, Py_ssize_t rows, loan *held) {
  return column->type == CZ_TEXT ? take_texts(given, column, rows, &held->texts)
                                 : take_numbers(given, column, rows, &held->numbers);
}

static const char CAPSULE[] = "czreport._core.rebuilt";

static void free_rebuilt(PyObject *capsule) {
  cz_table_free(PyCapsule_GetPointer(capsule, CAPSULE));
}

static PyObject *own(const czr_state *state, cz_table *made) {
  PyObject *capsule = PyCapsule_New(made, CAPSULE, free_rebuilt);
  if (capsule == NULL) {
    cz_table_free(made);
    return NULL;
  }
  PyObject *result = czr_table_new(state, made, capsule);
  Py_DECREF(capsule);
  return result;
}

PyObject *czr_table_rebuild(PyObject *object, PyObject *given) {
  const czr_table *self = (czr_table *)object;
  const czr_state *state = PyType_GetModuleState(Py_TYPE(object));
  if (!PyDict_Check(given))
    return PyErr_Format(PyExc_TypeError, "columns must be a dict, not %.100s", Py_TYPE(given)->tp_name);
  const int32_t count = self->columns;
  const Py_ssize_t rows = (Py_ssize_t)cz_table_rows(self->table);
  cz_column *columns = PyMem_Calloc((size_t)count + 1, sizeof *columns);
  loan *held = PyMem_Calloc((size_t)count + 1, sizeof *held);
  cz_table *made = NULL;
  cz_status status = CZ_OK;
  Py_ssize_t used = 0;
  bool fine = columns != NULL && held != NULL;
  if (!fine)
    PyErr_NoMemory();
  for (int32_t i = 0; fine && i < count; i++) {
    status = cz_table_column(self->table, i, &columns[i]);
    PyObject *cells = status == CZ_OK ? PyDict_GetItemString(given, columns[i].name) : NULL;
    used += cells != NULL;
    fine = status == CZ_OK && (cells == NULL || take(cells, &columns[i], rows, &held[i]));
  }
  if (fine && used != PyDict_GET_SIZE(given)) {
    PyErr_SetString(PyExc_KeyError, "a column that the table does not have");
    fine = false;
  }
  if (fine) {
    Py_BEGIN_ALLOW_THREADS status = cz_table_rebuild(self->table, rows, columns, NULL, &made);
    Py_END_ALLOW_THREADS
  }
  for (int32_t i = 0; held != NULL && i < count; i++) {
    if (held[i].numbers.obj != NULL)
      PyBuffer_Release(&held[i].numbers);
    PyMem_Free(held[i].texts);
  }
  PyMem_Free(held);
  PyMem_Free(columns);
  if (status == CZ_ERROR_ARGUMENT)
    PyErr_SetString(PyExc_ValueError, "a code is beyond the categories of its column");
  else if (status != CZ_OK)
    czr_raise(state, status, NULL);
  return made != NULL ? own(state, made) : NULL;
}
