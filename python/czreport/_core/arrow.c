/* arrow.c: tables for other libraries, through the Arrow C data and stream interfaces.
 *
 * A plan lists the columns with the addresses of their memory and the Python objects that own it. Numbers,
 * codes and texts of a whole table stay where they are; texts of selected rows and of tables made in Python
 * are gathered once. The arrays that a consumer takes hold the owners, one column independent of the others,
 * as the interface allows consumers to keep some and drop some. They may be released by any thread, with or
 * without the interpreter's lock.
 */
#include "arrow.h"

#include <stdlib.h>
#include <string.h>

/* ---- columns ---- */

typedef struct column {
  const char *name;   /* of a str in `owner`; "" for dictionaries and items */
  const char *format; /* static */
  int64_t length;
  int64_t buffer_count;
  const void *buffers[3]; /* the first one would tell nulls: there are none */
  PyObject *owner;        /* keeps name and buffers; a list, not changed once the plan is made */
  struct column *values;  /* of a dictionary or a list; NULL */
  bool dictionary;
} column;

typedef struct plan {
  int64_t rows;
  Py_ssize_t count;
  column *columns;
  char *metadata; /* as the interface encodes it */
  bool given;     /* the one batch of a stream */
} plan;

static void free_column(column *c) {
  if (c == NULL)
    return;
  Py_XDECREF(c->owner);
  free_column(c->values);
  PyMem_Free(c->values);
}

static void free_plan(plan *p) {
  if (p == NULL)
    return;
  for (Py_ssize_t i = 0; i < p->count; i++)
    free_column(&p->columns[i]);
  PyMem_Free(p->columns);
  PyMem_Free(p->metadata);
  PyMem_Free(p);
}

/* Gives the column one more owner; takes over the reference. NULL is a failure that was reported before. */
static int own(column *c, PyObject *object) {
  const int result = object != NULL ? PyList_Append(c->owner, object) : -1;
  Py_XDECREF(object);
  return result;
}

/* Memory that belongs to the column; NULL with MemoryError. */
static void *own_block(column *c, Py_ssize_t size) {
  PyObject *block = PyBytes_FromStringAndSize(NULL, size);
  return own(c, block) == 0 ? PyBytes_AS_STRING(block) : NULL;
}

/* The memory of a contiguous array of `length` items of `size` bytes, NULL with an exception. */
static const void *array_memory(column *c, PyObject *array, int64_t length, Py_ssize_t size) {
  PyObject *view = PyMemoryView_FromObject(array);
  if (own(c, view) < 0)
    return NULL;
  const Py_buffer *buffer = PyMemoryView_GET_BUFFER(view);
  if (buffer->ndim != 1 || buffer->itemsize != size || buffer->len != length * size ||
      !PyBuffer_IsContiguous(buffer, 'C')) {
    PyErr_SetString(PyExc_ValueError, "a column is not an array of its type and length");
    return NULL;
  }
  return length > 0 ? buffer->buf : "";
}

/* Texts of the rows `numbers` (NULL: all, in place) of a table of the core. */
static int core_texts(column *c, const czr_table *table, const char *field, const int64_t *numbers) {
  cz_column text;
  const int32_t index = cz_table_find(table->table, field);
  if (index < 0 || cz_table_column(table->table, index, &text) != CZ_OK || text.type != CZ_TEXT) {
    PyErr_Format(PyExc_ValueError, "no column of texts: %s", field);
    return -1;
  }
  if (own(c, Py_NewRef((PyObject *)table)) < 0)
    return -1;
  if (numbers == NULL) {
    c->buffers[1] = text.offsets;
    c->buffers[2] = text.bytes;
    return 0;
  }
  const int64_t rows = cz_table_rows(table->table);
  int64_t *offsets = own_block(c, (Py_ssize_t)((c->length + 1) * (int64_t)sizeof *offsets));
  if (offsets == NULL)
    return -1;
  offsets[0] = 0;
  for (int64_t i = 0; i < c->length; i++) {
    if (numbers[i] < 0 || numbers[i] >= rows) {
      PyErr_SetString(PyExc_IndexError, "row outside the table");
      return -1;
    }
    offsets[i + 1] = offsets[i] + text.offsets[numbers[i] + 1] - text.offsets[numbers[i]];
  }
  char *bytes = own_block(c, (Py_ssize_t)offsets[c->length]);
  if (bytes == NULL)
    return -1;
  for (int64_t i = 0; i < c->length; i++)
    memcpy(bytes + offsets[i], text.bytes + text.offsets[numbers[i]], (size_t)(offsets[i + 1] - offsets[i]));
  c->buffers[1] = offsets;
  c->buffers[2] = bytes;
  return 0;
}

/* Appends the UTF-8 form of a str to a bytearray; returns the new size, -1 with an exception. */
static Py_ssize_t append_text(PyObject *bytes, Py_ssize_t used, PyObject *text) {
  PyObject *encoded = PyUnicode_Check(text) ? PyUnicode_AsUTF8String(text) : NULL;
  if (encoded == NULL) {
    if (!PyErr_Occurred())
      PyErr_Format(PyExc_TypeError, "expected str, not %.100s", Py_TYPE(text)->tp_name);
    return -1;
  }
  const Py_ssize_t size = PyBytes_GET_SIZE(encoded);
  if (PyByteArray_Resize(bytes, used + size) < 0) {
    Py_DECREF(encoded);
    return -1;
  }
  memcpy(PyByteArray_AS_STRING(bytes) + used, PyBytes_AS_STRING(encoded), (size_t)size);
  Py_DECREF(encoded);
  return used + size;
}

static int object_texts(column *c, PyObject *const *texts) {
  int64_t *offsets = own_block(c, (Py_ssize_t)((c->length + 1) * (int64_t)sizeof *offsets));
  PyObject *bytes = PyByteArray_FromStringAndSize("", 0);
  if (offsets == NULL || own(c, bytes) < 0) {
    if (offsets == NULL)
      Py_XDECREF(bytes);
    return -1;
  }
  offsets[0] = 0;
  for (int64_t i = 0; i < c->length; i++)
    if ((offsets[i + 1] = append_text(bytes, (Py_ssize_t)offsets[i], texts[i])) < 0)
      return -1;
  c->buffers[1] = offsets;
  c->buffers[2] = PyByteArray_AS_STRING(bytes);
  return 0;
}

/* The names of a closed vocabulary, as a column of string for the dictionary. */
static int names_of(column *c, PyObject *names) {
  if (!PyTuple_Check(names)) {
    PyErr_SetString(PyExc_TypeError, "categories must be a tuple of str");
    return -1;
  }
  c->values = PyMem_Calloc(1, sizeof *c->values);
  if (c->values == NULL) {
    PyErr_NoMemory();
    return -1;
  }
  column *v = c->values;
  v->name = "";
  v->format = "u";
  v->length = (int64_t)PyTuple_GET_SIZE(names);
  v->buffer_count = 3;
  v->owner = PyList_New(0);
  int32_t *offsets =
      v->owner != NULL ? own_block(v, (Py_ssize_t)((v->length + 1) * (int64_t)sizeof *offsets)) : NULL;
  PyObject *bytes = offsets != NULL ? PyByteArray_FromStringAndSize("", 0) : NULL;
  if (bytes == NULL || own(v, bytes) < 0)
    return -1;
  Py_ssize_t used = 0;
  offsets[0] = 0;
  for (int64_t i = 0; i < v->length; i++) {
    used = append_text(bytes, used, PyTuple_GET_ITEM(names, (Py_ssize_t)i));
    if (used < 0)
      return -1;
    offsets[i + 1] = (int32_t)used;
  }
  v->buffers[1] = offsets;
  v->buffers[2] = PyByteArray_AS_STRING(bytes);
  c->dictionary = true;
  return 0;
}

/* Codes are bytes; as long as there are no more than 128 names they are int8 as they stand, which more
 * libraries take for a dictionary than uint8. */
static int codes(column *c, PyObject *array, PyObject *names) {
  const uint8_t *given = array_memory(c, array, c->length, 1);
  if (given == NULL || names_of(c, names) < 0)
    return -1;
  c->format = "c";
  c->buffers[1] = given;
  if (c->values->length <= 128)
    return 0;
  int16_t *wide = own_block(c, (Py_ssize_t)(c->length * (int64_t)sizeof *wide));
  for (int64_t i = 0; wide != NULL && i < c->length; i++)
    wide[i] = given[i];
  c->format = "s";
  c->buffers[1] = wide;
  return wide != NULL ? 0 : -1;
}

static int bits(column *c, PyObject *array) {
  const uint8_t *given = array_memory(c, array, c->length, 1);
  const Py_ssize_t size = (Py_ssize_t)((c->length + 7) / 8);
  uint8_t *packed = given != NULL ? own_block(c, size) : NULL;
  if (packed == NULL)
    return -1;
  memset(packed, 0, (size_t)size);
  for (int64_t i = 0; i < c->length; i++)
    if (given[i])
      packed[i / 8] |= (uint8_t)(1u << i % 8);
  c->buffers[1] = packed;
  return 0;
}

/* Lists of int as large lists of int64. */
static int lists(column *c, PyObject *const *cells) {
  int64_t *offsets = own_block(c, (Py_ssize_t)((c->length + 1) * (int64_t)sizeof *offsets));
  if (offsets == NULL)
    return -1;
  offsets[0] = 0;
  for (int64_t i = 0; i < c->length; i++) {
    if (!PyList_Check(cells[i])) {
      PyErr_SetString(PyExc_TypeError, "expected lists of int");
      return -1;
    }
    offsets[i + 1] = offsets[i] + (int64_t)PyList_GET_SIZE(cells[i]);
  }
  c->values = PyMem_Calloc(1, sizeof *c->values);
  if (c->values == NULL) {
    PyErr_NoMemory();
    return -1;
  }
  column *v = c->values;
  v->name = "item";
  v->format = "l";
  v->length = offsets[c->length];
  v->buffer_count = 2;
  v->owner = PyList_New(0);
  int64_t *items = v->owner != NULL ? own_block(v, (Py_ssize_t)(v->length * (int64_t)sizeof *items)) : NULL;
  if (items == NULL)
    return -1;
  v->buffers[1] = items;
  for (int64_t i = 0; i < c->length; i++)
    for (Py_ssize_t k = 0; k < PyList_GET_SIZE(cells[i]); k++) {
      *items++ = PyLong_AsLongLong(PyList_GET_ITEM(cells[i], k));
      if (PyErr_Occurred())
        return -1;
    }
  c->buffers[1] = offsets;
  return 0;
}

/* One column as the Python side describes it: (header, kind, source, field, row numbers or None, names or
 * None). `source` is a Table of the core for its texts, else an array. */
static int describe(const czr_state *state, column *c, PyObject *item) {
  static const struct {
    const char *kind, *format;
    int64_t buffers;
    Py_ssize_t size; /* of an item that stays in place, 0 for others */
  } kinds[] = {{"int32", "i", 2, 4}, {"int64", "l", 2, 8}, {"float64", "g", 2, 8}, {"text", "U", 3, 0},
               {"code", "c", 2, 0},  {"bool", "b", 2, 0},  {"list", "+L", 2, 0}};
  const char *kind, *field;
  PyObject *header, *source, *rows, *names;
  if (!PyTuple_Check(item)) {
    PyErr_SetString(PyExc_TypeError, "columns are tuples");
    return -1;
  }
  if (!PyArg_ParseTuple(item, "UsOsOO", &header, &kind, &source, &field, &rows, &names))
    return -1;
  size_t k = 0;
  while (k < sizeof kinds / sizeof *kinds && strcmp(kinds[k].kind, kind) != 0)
    k++;
  if (k == sizeof kinds / sizeof *kinds) {
    PyErr_Format(PyExc_ValueError, "unknown kind of column: %s", kind);
    return -1;
  }
  c->owner = PyList_New(0);
  c->name = c->owner != NULL && own(c, Py_NewRef(header)) == 0 ? PyUnicode_AsUTF8(header) : NULL;
  if (c->name == NULL)
    return -1;
  c->format = kinds[k].format;
  c->buffer_count = kinds[k].buffers;
  if (kinds[k].size) {
    c->buffers[1] = array_memory(c, source, c->length, kinds[k].size);
    return c->buffers[1] != NULL ? 0 : -1;
  }
  if (strcmp(kind, "code") == 0)
    return codes(c, source, names);
  if (strcmp(kind, "bool") == 0)
    return bits(c, source);
  if (PyObject_TypeCheck(source, state->table_type)) {
    const czr_table *table = (czr_table *)source;
    if (rows == Py_None) {
      if (cz_table_rows(table->table) == c->length)
        return core_texts(c, table, field, NULL);
      PyErr_SetString(PyExc_ValueError, "a column has another length than the table");
      return -1;
    }
    const int64_t *numbers = array_memory(c, rows, c->length, 8);
    return numbers != NULL ? core_texts(c, table, field, numbers) : -1;
  }
  PyObject *const *objects = array_memory(c, source, c->length, (Py_ssize_t)sizeof(PyObject *));
  if (objects == NULL)
    return -1;
  return strcmp(kind, "list") == 0 ? lists(c, objects) : object_texts(c, objects);
}

/* int32 count, then int32 size and bytes of every key and value. */
static char *encode_metadata(PyObject *pairs) {
  PyObject *bytes = PyByteArray_FromStringAndSize(NULL, (Py_ssize_t)sizeof(int32_t));
  const int32_t count = (int32_t)PyTuple_GET_SIZE(pairs);
  char *result = NULL;
  if (bytes == NULL)
    return NULL;
  memcpy(PyByteArray_AS_STRING(bytes), &count, sizeof count);
  for (int32_t i = 0; i < count; i++) {
    PyObject *key, *value;
    if (!PyArg_ParseTuple(PyTuple_GET_ITEM(pairs, i), "UU", &key, &value))
      goto done;
    PyObject *const texts[] = {key, value};
    for (int k = 0; k < 2; k++) {
      const Py_ssize_t at = PyByteArray_GET_SIZE(bytes);
      if (PyByteArray_Resize(bytes, at + (Py_ssize_t)sizeof(int32_t)) < 0)
        goto done;
      const Py_ssize_t end = append_text(bytes, at + (Py_ssize_t)sizeof(int32_t), texts[k]);
      if (end < 0)
        goto done;
      const int32_t size = (int32_t)(end - at - (Py_ssize_t)sizeof(int32_t));
      memcpy(PyByteArray_AS_STRING(bytes) + at, &size, sizeof size);
    }
  }
  result = PyMem_Malloc((size_t)PyByteArray_GET_SIZE(bytes));
  if (result == NULL)
    PyErr_NoMemory();
  else
    memcpy(result, PyByteArray_AS_STRING(bytes), (size_t)PyByteArray_GET_SIZE(bytes));
done:
  Py_DECREF(bytes);
  return result;
}

static plan *plan_of(const czr_state *state, PyObject *args) {
  PyObject *columns, *metadata;
  long long rows;
  if (!PyArg_ParseTuple(args, "O!LO!", &PyTuple_Type, &columns, &rows, &PyTuple_Type, &metadata))
    return NULL;
  plan *p = PyMem_Calloc(1, sizeof *p);
  if (p != NULL)
    p->columns = PyMem_Calloc((size_t)PyTuple_GET_SIZE(columns) + 1, sizeof *p->columns);
  if (p == NULL || p->columns == NULL) {
    free_plan(p);
    PyErr_NoMemory();
    return NULL;
  }
  p->rows = rows;
  p->count = PyTuple_GET_SIZE(columns);
  p->metadata = encode_metadata(metadata);
  bool fine = p->metadata != NULL;
  for (Py_ssize_t i = 0; fine && i < p->count; i++) {
    p->columns[i].length = rows;
    fine = describe(state, &p->columns[i], PyTuple_GET_ITEM(columns, i)) == 0;
  }
  if (fine)
    return p;
  free_plan(p);
  return NULL;
}

/* ---- schemas: plain memory, no Python ---- */

/* What a struct of the interface owns besides its columns. */
typedef struct schema_memory {
  struct ArrowSchema *children, *dictionary;
  struct ArrowSchema **pointers;
  char *name, *metadata;
} schema_memory;

static void release_schema(struct ArrowSchema *schema) {
  schema_memory *memory = schema->private_data;
  for (int64_t i = 0; i < schema->n_children; i++)
    if (schema->children[i]->release != NULL)
      schema->children[i]->release(schema->children[i]);
  if (schema->dictionary != NULL && schema->dictionary->release != NULL)
    schema->dictionary->release(schema->dictionary);
  free(memory->children);
  free(memory->pointers);
  free(memory->dictionary);
  free(memory->name);
  free(memory->metadata);
  free(memory);
  schema->release = NULL;
}

static char *copy_of(const void *bytes, size_t size) {
  char *copy = malloc(size);
  return copy != NULL ? memcpy(copy, bytes, size) : NULL;
}

/* A schema with room for `children`; false when memory is out, and then nothing has to be released. */
static bool open_schema(struct ArrowSchema *out, const char *format, const char *name, int64_t children) {
  memset(out, 0, sizeof *out);
  schema_memory *memory = calloc(1, sizeof *memory);
  if (memory == NULL)
    return false;
  out->private_data = memory;
  out->format = format;
  out->flags = ARROW_FLAG_NULLABLE;
  out->release = release_schema;
  memory->name = copy_of(name, strlen(name) + 1);
  memory->children = calloc((size_t)children + 1, sizeof *memory->children);
  memory->pointers = calloc((size_t)children + 1, sizeof(struct ArrowSchema *));
  if (memory->name == NULL || memory->children == NULL || memory->pointers == NULL) {
    release_schema(out);
    return false;
  }
  for (int64_t i = 0; i < children; i++)
    memory->pointers[i] = &memory->children[i];
  out->name = memory->name;
  out->children = memory->pointers;
  out->n_children = children;
  return true;
}

static bool column_schema(const column *c, struct ArrowSchema *out) {
  const bool list = c->values != NULL && !c->dictionary;
  if (!open_schema(out, c->format, c->name, list ? 1 : 0))
    return false;
  bool fine = true;
  if (list) {
    fine = column_schema(c->values, out->children[0]);
  } else if (c->values != NULL) {
    schema_memory *memory = out->private_data;
    memory->dictionary = calloc(1, sizeof *memory->dictionary);
    fine = memory->dictionary != NULL && column_schema(c->values, memory->dictionary);
    out->dictionary = memory->dictionary;
  }
  if (!fine)
    release_schema(out);
  return fine;
}

static size_t metadata_size(const char *metadata) {
  int32_t count, size;
  size_t at = sizeof count;
  memcpy(&count, metadata, sizeof count);
  for (int32_t i = 0; i < 2 * count; i++, at += sizeof size + (size_t)size)
    memcpy(&size, metadata + at, sizeof size);
  return at;
}

static bool plan_schema(const plan *p, struct ArrowSchema *out) {
  if (!open_schema(out, "+s", "", (int64_t)p->count))
    return false;
  schema_memory *memory = out->private_data;
  out->flags = 0;
  out->metadata = memory->metadata = copy_of(p->metadata, metadata_size(p->metadata));
  bool fine = out->metadata != NULL;
  for (Py_ssize_t i = 0; fine && i < p->count; i++)
    fine = column_schema(&p->columns[i], out->children[i]);
  if (!fine)
    release_schema(out);
  return fine;
}

/* ---- arrays ---- */

typedef struct array_memory_of {
  struct ArrowArray *children, *dictionary;
  struct ArrowArray **pointers;
  const void *buffers[3];
  PyObject *owner;
} array_memory_of;

static void release_array(struct ArrowArray *array) {
  array_memory_of *memory = array->private_data;
  for (int64_t i = 0; i < array->n_children; i++)
    if (array->children[i]->release != NULL)
      array->children[i]->release(array->children[i]);
  if (array->dictionary != NULL && array->dictionary->release != NULL)
    array->dictionary->release(array->dictionary);
  /* After the interpreter's end there is nobody to give the memory back to. */
  if (memory->owner != NULL && Py_IsInitialized()) {
    PyGILState_STATE lock = PyGILState_Ensure();
    Py_DECREF(memory->owner);
    PyGILState_Release(lock);
  }
  free(memory->children);
  free(memory->pointers);
  free(memory->dictionary);
  free(memory);
  array->release = NULL;
}

/* As open_schema. */
static bool open_array(struct ArrowArray *out, int64_t length, int64_t buffers, int64_t children) {
  memset(out, 0, sizeof *out);
  array_memory_of *memory = calloc(1, sizeof *memory);
  if (memory == NULL)
    return false;
  out->private_data = memory;
  out->length = length;
  out->n_buffers = buffers;
  out->buffers = memory->buffers;
  out->release = release_array;
  memory->children = calloc((size_t)children + 1, sizeof *memory->children);
  memory->pointers = calloc((size_t)children + 1, sizeof(struct ArrowArray *));
  if (memory->children == NULL || memory->pointers == NULL) {
    release_array(out);
    return false;
  }
  for (int64_t i = 0; i < children; i++)
    memory->pointers[i] = &memory->children[i];
  out->children = memory->pointers;
  out->n_children = children;
  return true;
}

/* With the interpreter's lock. */
static bool column_array(const column *c, struct ArrowArray *out) {
  const bool list = c->values != NULL && !c->dictionary;
  if (!open_array(out, c->length, c->buffer_count, list ? 1 : 0))
    return false;
  array_memory_of *memory = out->private_data;
  memcpy(memory->buffers, c->buffers, sizeof memory->buffers);
  memory->owner = Py_NewRef(c->owner);
  bool fine = true;
  if (list) {
    fine = column_array(c->values, out->children[0]);
  } else if (c->values != NULL) {
    memory->dictionary = calloc(1, sizeof *memory->dictionary);
    fine = memory->dictionary != NULL && column_array(c->values, memory->dictionary);
    out->dictionary = memory->dictionary;
  }
  if (!fine)
    release_array(out);
  return fine;
}

static bool plan_array(const plan *p, struct ArrowArray *out) {
  if (!open_array(out, p->rows, 1, (int64_t)p->count))
    return false;
  bool fine = true;
  PyGILState_STATE lock = PyGILState_Ensure();
  for (Py_ssize_t i = 0; fine && i < p->count; i++)
    fine = column_array(&p->columns[i], out->children[i]);
  PyGILState_Release(lock);
  if (!fine)
    release_array(out);
  return fine;
}

/* ---- stream ---- */

enum { NO_MEMORY = 12 }; /* ENOMEM of every system that has it */

static int stream_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
  return plan_schema(stream->private_data, out) ? 0 : NO_MEMORY;
}

static int stream_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
  plan *p = stream->private_data;
  memset(out, 0, sizeof *out);
  if (p->given)
    return 0;
  p->given = true;
  return plan_array(p, out) ? 0 : NO_MEMORY;
}

static const char *stream_error(struct ArrowArrayStream *stream) {
  (void)stream;
  return "out of memory";
}

static void stream_release(struct ArrowArrayStream *stream) {
  if (Py_IsInitialized()) {
    PyGILState_STATE lock = PyGILState_Ensure();
    free_plan(stream->private_data);
    PyGILState_Release(lock);
  }
  stream->release = NULL;
}

/* A capsule whose content was moved out holds a struct that is released already. */
static void free_stream(PyObject *capsule) {
  struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, "arrow_array_stream");
  if (stream->release != NULL)
    stream->release(stream);
  PyMem_Free(stream);
}

static void free_schema(PyObject *capsule) {
  struct ArrowSchema *schema = PyCapsule_GetPointer(capsule, "arrow_schema");
  if (schema->release != NULL)
    schema->release(schema);
  PyMem_Free(schema);
}

static PyObject *arrow_stream(PyObject *module, PyObject *args) {
  plan *p = plan_of(czr_state_of(module), args);
  if (p == NULL)
    return NULL;
  struct ArrowArrayStream *stream = PyMem_Malloc(sizeof *stream);
  if (stream == NULL) {
    free_plan(p);
    return PyErr_NoMemory();
  }
  *stream = (struct ArrowArrayStream){stream_schema, stream_next, stream_error, stream_release, p};
  PyObject *capsule = PyCapsule_New(stream, "arrow_array_stream", free_stream);
  if (capsule == NULL) {
    free_plan(p);
    PyMem_Free(stream);
  }
  return capsule;
}

static PyObject *arrow_schema(PyObject *module, PyObject *args) {
  plan *p = plan_of(czr_state_of(module), args);
  if (p == NULL)
    return NULL;
  struct ArrowSchema *schema = PyMem_Malloc(sizeof *schema);
  const bool fine = schema != NULL && plan_schema(p, schema);
  free_plan(p);
  if (!fine) {
    PyMem_Free(schema);
    return PyErr_NoMemory();
  }
  PyObject *capsule = PyCapsule_New(schema, "arrow_schema", free_schema);
  if (capsule == NULL) {
    schema->release(schema);
    PyMem_Free(schema);
  }
  return capsule;
}

static PyMethodDef methods[] = {
    {"arrow_stream", arrow_stream, METH_VARARGS,
     "arrow_stream($module, columns, rows, metadata, /)\n--\n\n"
     "Capsule of an Arrow C stream with one batch. Columns are (header, kind, source, field, rows or None, "
     "categories "
     "or None); metadata are pairs of str."},
    {"arrow_schema", arrow_schema, METH_VARARGS,
     "arrow_schema($module, columns, rows, metadata, /)\n--\n\nCapsule of the schema of that stream."},
    {NULL, NULL, 0, NULL},
};

int czr_add_arrow(PyObject *module) {
  return PyModule_AddFunctions(module, methods);
}
