/* model/internal.h: filling tables. A table is filled row by row; every cell of the newest row starts as 0 or
 * "". */
#ifndef CZCORE_MODEL_INTERNAL_H
#define CZCORE_MODEL_INTERNAL_H

#include "../base/internal.h"
#include "czcore/model.h"

/* Storage of one column. For CZ_TEXT `values` holds int64_t offsets, one more than there are rows. */
typedef struct cz_column_store {
  void *values;
  size_t capacity; /* items in `values` */
  char *bytes;
  size_t byte_capacity;
  int64_t byte_count;
} cz_column_store;

struct cz_table {
  cz_allocator allocator;
  const cz_field *fields;
  int32_t count;
  int64_t rows;
  size_t room; /* items that every column has room for */
  cz_column_store *columns;
  int32_t *text_columns; /* numbers of the columns of text; in the block of `columns` */
  int32_t text_count;
};

/* An empty table with `count` columns described by `fields` (static storage). */
CZ_MUST_CHECK cz_status cz_table_create(const cz_field *fields, int32_t count, const cz_allocator *allocator,
                                        cz_table **out);

/* The fields that the table was created with. */
const cz_field *cz_table_fields(const cz_table *table);

/* Makes room for `rows` rows at once, so that the first of them need not be copied again and again. */
CZ_MUST_CHECK cz_status cz_table_reserve(cz_table *table, int64_t rows);

/* Opens a new row; the setters below write into it. On CZ_ERROR_MEMORY the table keeps the rows it had. */
CZ_MUST_CHECK cz_status cz_table_add(cz_table *table);

/* A row has thirty cells, and a call for each would take longer than to write it. */
static inline void cz_table_set_int32(cz_table *table, int32_t column, int32_t value) {
  ((int32_t *)table->columns[column].values)[table->rows - 1] = value;
}
static inline void cz_table_set_int64(cz_table *table, int32_t column, int64_t value) {
  ((int64_t *)table->columns[column].values)[table->rows - 1] = value;
}
static inline void cz_table_set_float64(cz_table *table, int32_t column, double value) {
  ((double *)table->columns[column].values)[table->rows - 1] = value;
}
static inline void cz_table_set_code(cz_table *table, int32_t column, uint8_t value) {
  ((uint8_t *)table->columns[column].values)[table->rows - 1] = value;
}

/* Appends `size` bytes to the text of the newest row; may be called several times for one cell, but cells of
 * one column are written in row order only. */
CZ_MUST_CHECK cz_status cz_table_append_text(cz_table *table, int32_t column, const char *bytes,
                                             int64_t size);

/* The same in two steps, for text that is made in place: room for `size` bytes, at least 1, behind what the
 * cell holds (NULL when memory is out; valid until the next call for this column), and how many of them were
 * used. */
char *cz_table_text_room(cz_table *table, int32_t column, int64_t size);
void cz_table_text_used(cz_table *table, int32_t column, int64_t size);

/* The same cell in the rows from `first` to the newest. A column of text must be empty in them. */
void cz_table_fill_int32(cz_table *table, int32_t column, int64_t first, int32_t value);
void cz_table_fill_int64(cz_table *table, int32_t column, int64_t first, int64_t value);
CZ_MUST_CHECK cz_status cz_table_fill_text(cz_table *table, int32_t column, int64_t first, const char *bytes,
                                           int64_t size);

/* Forgets all rows but the first `rows`; their memory stays for new ones. */
void cz_table_cut(cz_table *table, int64_t rows);

/* Moves the rows of the parts, one part behind the other, into `out`, which has no rows yet; all have the
 * same columns. Every column is copied once, on at most `threads` threads, which all use the allocators. The
 * parts lose their memory on the way: then they, and on CZ_ERROR_MEMORY `out` as well, can only be freed. */
CZ_MUST_CHECK cz_status cz_tables_join(cz_table *const *parts, int64_t part_count, int32_t threads,
                                       cz_table *out);

#endif
