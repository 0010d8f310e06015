/* arrow_texts.c: texts of other libraries, read in place through the Arrow C interfaces. */
#include "arrow.h"

#include <string.h>

/* The layout of a format string; false for a type that holds no texts. */
static int layout_of(const struct ArrowSchema *schema, czr_text_layout *out) {
  static const struct {
    const char *format;
    czr_text_layout layout;
  } known[] = {{"u", TEXT_OFFSETS_32}, {"z", TEXT_OFFSETS_32}, {"U", TEXT_OFFSETS_64},
               {"Z", TEXT_OFFSETS_64}, {"vu", TEXT_VIEWS},     {"vz", TEXT_VIEWS}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (schema->dictionary == NULL && strcmp(schema->format, known[i].format) == 0) {
      *out = known[i].layout;
      return 0;
    }
  PyErr_Format(
      PyExc_TypeError,
      "expected an Arrow column of texts (string, large_string, string_view or binary), not one of the "
      "Arrow format '%s'%s",
      schema->format, schema->dictionary != NULL ? " with a dictionary" : "");
  return -1;
}

/* Moves *array into the chunks: the source is empty afterwards, as the interface asks for. */
static int add_chunk(czr_texts *texts, struct ArrowArray *array) {
  struct ArrowArray *chunks = PyMem_Realloc(texts->chunks, (size_t)(texts->chunk_count + 1) * sizeof *chunks);
  if (chunks == NULL) {
    PyErr_NoMemory();
    return -1;
  }
  texts->chunks = chunks;
  chunks[texts->chunk_count++] = *array;
  texts->count += array->length;
  array->release = NULL;
  return 0;
}

static int take_stream(PyObject *capsule, czr_texts *texts) {
  struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, "arrow_array_stream");
  if (stream == NULL)
    return -1;
  struct ArrowSchema schema = {0};
  if (stream->get_schema(stream, &schema) != 0) {
    const char *why = stream->get_last_error(stream);
    PyErr_Format(PyExc_ValueError, "the Arrow stream has no schema: %s", why != NULL ? why : "unknown error");
    return -1;
  }
  int result = layout_of(&schema, &texts->layout);
  if (schema.release != NULL)
    schema.release(&schema);
  while (result == 0) {
    struct ArrowArray array = {0};
    if (stream->get_next(stream, &array) != 0) {
      const char *why = stream->get_last_error(stream);
      PyErr_Format(PyExc_ValueError, "the Arrow stream breaks off: %s", why != NULL ? why : "unknown error");
      return -1;
    }
    if (array.release == NULL)
      break;
    result = add_chunk(texts, &array);
    if (result < 0)
      array.release(&array);
  }
  return result;
}

static int take_array(PyObject *pair, czr_texts *texts) {
  if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2) {
    PyErr_SetString(PyExc_TypeError, "__arrow_c_array__ must return two capsules");
    return -1;
  }
  struct ArrowSchema *schema = PyCapsule_GetPointer(PyTuple_GET_ITEM(pair, 0), "arrow_schema");
  struct ArrowArray *array =
      schema != NULL ? PyCapsule_GetPointer(PyTuple_GET_ITEM(pair, 1), "arrow_array") : NULL;
  if (array == NULL || layout_of(schema, &texts->layout) < 0)
    return -1;
  return add_chunk(texts, array);
}

int czr_texts_take(PyObject *object, czr_texts *out) {
  memset(out, 0, sizeof *out);
  static const struct {
    const char *method;
    int (*take)(PyObject *, czr_texts *);
  } ways[] = {{"__arrow_c_stream__", take_stream}, {"__arrow_c_array__", take_array}};
  for (size_t i = 0; i < 2; i++) {
    PyObject *method = PyObject_GetAttrString(object, ways[i].method);
    if (method == NULL) {
      if (!PyErr_ExceptionMatches(PyExc_AttributeError))
        return -1;
      PyErr_Clear();
      continue;
    }
    PyObject *given = PyObject_CallNoArgs(method);
    Py_DECREF(method);
    if (given == NULL && PyErr_ExceptionMatches(PyExc_ImportError)) {
      PyErr_Clear(); /* pandas has the method, and may lack what it needs for it */
      continue;
    }
    const int result = given != NULL ? ways[i].take(given, out) : -1;
    Py_XDECREF(given);
    if (result < 0) {
      czr_texts_release(out);
      return -1;
    }
    return 1;
  }
  return 0;
}

void czr_texts_get(const czr_texts *texts, int64_t chunk, int64_t row, const char **bytes, int64_t *size) {
  const struct ArrowArray *array = &texts->chunks[chunk];
  const int64_t at = array->offset + row;
  const uint8_t *valid = array->buffers[0];
  *bytes = NULL;
  *size = -1;
  if (valid != NULL && !(valid[at / 8] >> at % 8 & 1))
    return;
  if (texts->layout == TEXT_VIEWS) {
    /* 16 bytes: the size, then the text itself if it is short, else a prefix, the number of a buffer, and the
     * place in it. */
    enum { INLINE = 12 };
    const char *view = (const char *)array->buffers[1] + at * 16;
    int32_t length, buffer, offset;
    memcpy(&length, view, sizeof length);
    memcpy(&buffer, view + 8, sizeof buffer);
    memcpy(&offset, view + 12, sizeof offset);
    *bytes = length <= INLINE ? view + 4 : (const char *)array->buffers[2 + buffer] + offset;
    *size = length;
    return;
  }
  int64_t from, to;
  if (texts->layout == TEXT_OFFSETS_32) {
    const int32_t *offsets = array->buffers[1];
    from = offsets[at];
    to = offsets[at + 1];
  } else {
    const int64_t *offsets = array->buffers[1];
    from = offsets[at];
    to = offsets[at + 1];
  }
  *bytes = to > from ? (const char *)array->buffers[2] + from : ""; /* an empty column may have no buffer */
  *size = to - from;
}

void czr_texts_release(czr_texts *texts) {
  for (int64_t i = 0; i < texts->chunk_count; i++)
    if (texts->chunks[i].release != NULL)
      texts->chunks[i].release(&texts->chunks[i]);
  PyMem_Free(texts->chunks);
  memset(texts, 0, sizeof *texts);
}
