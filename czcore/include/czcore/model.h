/* model.h: tables as columns. */
#ifndef CZCORE_MODEL_H
#define CZCORE_MODEL_H

#include "base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cz_type {
  CZ_INT32,
  CZ_INT64,
  CZ_FLOAT64,
  CZ_TEXT, /* UTF-8: offsets[rows + 1] into bytes */
  CZ_CODE  /* closed vocabulary: uint8_t codes with names */
} cz_type;

/* Description of one column; static storage. */
typedef struct cz_field {
  const char *name;
  cz_type type;
  const char *const *categories; /* CZ_CODE: NULL-terminated names, code = index; else NULL */
} cz_field;

/* A column of a table; valid as long as the table. */
typedef struct cz_column {
  const char *name;
  cz_type type;
  const void *values;            /* int32_t, int64_t, double or uint8_t [rows]; NULL for CZ_TEXT */
  const int64_t *offsets;        /* CZ_TEXT: [rows + 1] */
  const char *bytes;             /* CZ_TEXT: offsets[rows] bytes, not terminated */
  const char *const *categories; /* CZ_CODE */
  int32_t category_count;
} cz_column;

typedef struct cz_table cz_table;

int64_t cz_table_rows(const cz_table *table);
int32_t cz_table_columns(const cz_table *table);
/* Column by position, or CZ_ERROR_NOT_FOUND. */
CZ_MUST_CHECK cz_status cz_table_column(const cz_table *table, int32_t index, cz_column *out);
/* Position of a column by name, -1 if there is none. */
int32_t cz_table_find(const cz_table *table, const char *name);
void cz_table_free(cz_table *table);

/* A table with the fields of `like` and the cells of `columns`, one for each field in order, which are copied:
 * rows corrected by a person, or a selection. Of a column only `values`, or `offsets` and `bytes`, are looked
 * at, with `rows` (at least 0) cells. `like` is needed only during the call; so is the memory of the columns,
 * which may be that of `like` itself. `allocator` NULL: libc. On failure *out is NULL: CZ_ERROR_ARGUMENT for
 * NULL pointers, a code beyond its categories, or offsets that do not begin at 0 or decrease;
 * CZ_ERROR_MEMORY. */
CZ_MUST_CHECK cz_status cz_table_rebuild(const cz_table *like, int64_t rows, const cz_column *columns,
                                         const cz_allocator *allocator, cz_table **out);

#ifdef __cplusplus
}
#endif
#endif
