/* arrow.h: the Arrow C data interface and C stream interface, and texts that come in through them.
 *
 * The three structs are the published ABI (Apache Arrow, "The Arrow C data interface"): names, order and
 * types of the fields are given. Other extensions define them too, hence the guards.
 */
#ifndef CZREPORT_ARROW_H
#define CZREPORT_ARROW_H

#include "core.h"

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};
#endif

/* A column of texts that another library owns, in one or more chunks; released by czr_texts_release. */
typedef enum czr_text_layout { TEXT_OFFSETS_32, TEXT_OFFSETS_64, TEXT_VIEWS } czr_text_layout;
typedef struct czr_texts {
  struct ArrowArray *chunks;
  int64_t chunk_count;
  int64_t count; /* texts in all chunks */
  czr_text_layout layout;
} czr_texts;

/* Takes the texts of an object that has __arrow_c_stream__ or __arrow_c_array__, without copying them: arrays
 * of string, large_string, string_view and their binary kin. Returns 1, or 0 if the object has neither
 * method, or -1 with an exception set (TypeError for a column of another type). */
int czr_texts_take(PyObject *object, czr_texts *out);

/* Text `row` of chunk `chunk`; *bytes is NULL and *size -1 where it is null. */
void czr_texts_get(const czr_texts *texts, int64_t chunk, int64_t row, const char **bytes, int64_t *size);

/* Adds arrow_stream() and arrow_schema(); -1 with an exception set. */
int czr_add_arrow(PyObject *module);

/* Fine on zeroes. */
void czr_texts_release(czr_texts *texts);

#endif
