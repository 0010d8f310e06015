/* rebuild.c: a table from columns that the caller holds. */
#include <string.h>

#include "internal.h"

static bool codes_fit(const cz_column *field, const uint8_t *codes, int64_t rows) {
  uint8_t most = 0;
  for (int64_t row = 0; row < rows; row++)
    most = codes[row] > most ? codes[row] : most;
  return rows == 0 || most < field->category_count;
}

static bool offsets_fit(const int64_t *offsets, int64_t rows) {
  bool fit = offsets[0] == 0;
  for (int64_t row = 0; row < rows; row++)
    fit &= offsets[row] <= offsets[row + 1];
  return fit;
}

/* Is what the caller gives for one field something that a table can hold? */
static bool fits(const cz_column *field, const cz_column *given, int64_t rows) {
  if (field->type == CZ_TEXT)
    return given->offsets && offsets_fit(given->offsets, rows) && (given->bytes || given->offsets[rows] == 0);
  if (rows && !given->values)
    return false;
  return field->type != CZ_CODE || codes_fit(field, given->values, rows);
}

static void set_cell(cz_table *table, int32_t index, cz_type type, const void *values, int64_t row) {
  switch (type) {
  case CZ_INT32:
    cz_table_set_int32(table, index, ((const int32_t *)values)[row]);
    return;
  case CZ_INT64:
    cz_table_set_int64(table, index, ((const int64_t *)values)[row]);
    return;
  case CZ_FLOAT64:
    cz_table_set_float64(table, index, ((const double *)values)[row]);
    return;
  case CZ_CODE:
    cz_table_set_code(table, index, ((const uint8_t *)values)[row]);
    return;
  case CZ_TEXT:
    return;
  }
}

static cz_status copy_row(cz_table *table, const cz_column *fields, const cz_column *columns, int32_t count,
                          int64_t row) {
  cz_status status = cz_table_add(table);
  for (int32_t i = 0; i < count && !status; i++) {
    const cz_column *from = &columns[i];
    if (fields[i].type == CZ_TEXT) {
      const int64_t size = from->offsets[row + 1] - from->offsets[row];
      if (size)
        status = cz_table_append_text(table, i, from->bytes + from->offsets[row], size);
    } else {
      set_cell(table, i, fields[i].type, from->values, row);
    }
  }
  return status;
}

cz_status cz_table_rebuild(const cz_table *like, int64_t rows, const cz_column *columns,
                           const cz_allocator *allocator, cz_table **out) {
  if (out)
    *out = NULL;
  if (!like || !columns || !out || rows < 0)
    return CZ_ERROR_ARGUMENT;
  enum { MOST = 64 }; /* columns of the widest table, with room for more */
  cz_column fields[MOST];
  const int32_t count = cz_table_columns(like);
  if (count > MOST)
    return CZ_ERROR_ARGUMENT;
  for (int32_t i = 0; i < count; i++) {
    cz_status status = cz_table_column(like, i, &fields[i]);
    if (status)
      return status;
    if (!fits(&fields[i], &columns[i], rows))
      return CZ_ERROR_ARGUMENT;
  }
  cz_table *table;
  cz_status status = cz_table_create(cz_table_fields(like), count, allocator, &table);
  if (status)
    return status;
  status = cz_table_reserve(table, rows);
  for (int64_t row = 0; row < rows && !status; row++)
    status = copy_row(table, fields, columns, count, row);
  if (status) {
    cz_table_free(table);
    return status;
  }
  *out = table;
  return CZ_OK;
}
