/* gather.c: rows of several tables as one, so that one audit sees what different reports say of one region.
 */
#include <string.h>

#include "../model/internal.h"
#include "internal.h"

static const cz_field fields[] = {
#define FIELD(name, type, categories) {#name, type, categories},
    CZ_QUANTITY_FIELDS(FIELD)
#undef FIELD
};
enum {
#define COLUMN_ENUM(name, type, categories) COLUMN_##name,
  CZ_QUANTITY_FIELDS(COLUMN_ENUM) COLUMN_COUNT
#undef COLUMN_ENUM
};

static bool open_columns(const cz_table *table, cz_column columns[COLUMN_COUNT]) {
  for (int32_t i = 0; i < COLUMN_COUNT; i++) {
    int32_t at = cz_table_find(table, fields[i].name);
    if (at < 0 || cz_table_column(table, at, &columns[i]) != CZ_OK || columns[i].type != fields[i].type)
      return false;
  }
  return true;
}

/* Place of `row` among the ascending `rows`, -1 if it is not among them. */
static int64_t place_of(const int64_t *rows, int64_t count, int64_t row) {
  int64_t low = 0, high = count;
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    if (rows[middle] < row)
      low = middle + 1;
    else
      high = middle;
  }
  return low < count && rows[low] == row ? low : -1;
}

static cz_status copy_row(const cz_column columns[COLUMN_COUNT], int64_t row, bool as_own, cz_table *out) {
  CZ_TRY(cz_table_add(out));
  for (int32_t i = 0; i < COLUMN_COUNT; i++) {
    const cz_column *column = &columns[i];
    switch (column->type) {
    case CZ_INT32:
      cz_table_set_int32(out, i, ((const int32_t *)column->values)[row]);
      break;
    case CZ_INT64:
      cz_table_set_int64(out, i, ((const int64_t *)column->values)[row]);
      break;
    case CZ_FLOAT64:
      cz_table_set_float64(out, i, ((const double *)column->values)[row]);
      break;
    case CZ_CODE:
      cz_table_set_code(out, i, ((const uint8_t *)column->values)[row]);
      break;
    case CZ_TEXT:
      if (!(as_own && i == COLUMN_region))
        CZ_TRY(cz_table_append_text(out, i, column->bytes + column->offsets[row],
                                    column->offsets[row + 1] - column->offsets[row]));
      break;
    }
  }
  return CZ_OK;
}

static cz_status gather(const cz_audit_part *parts, int32_t part_count, cz_table *out, cz_error *error) {
  int64_t made = 0;
  int32_t sentences = 0; /* of the parts before */
  for (int32_t p = 0; p < part_count; p++) {
    const cz_audit_part *part = &parts[p];
    cz_column columns[COLUMN_COUNT];
    if (!open_columns(part->quantities, columns))
      return cz_fail(error, CZ_ERROR_ARGUMENT, p, "part %d is no table of quantities", (int)p);
    const int64_t rows = cz_table_rows(part->quantities), first = made;
    const int32_t *mains = columns[COLUMN_main].values, *numbers = columns[COLUMN_sentence].values;
    int32_t most = 0;
    for (int64_t i = 0; i < part->count; i++) {
      const int64_t row = part->rows[i];
      if (row < 0 || row >= rows || (i > 0 && row <= part->rows[i - 1]))
        return cz_fail(error, CZ_ERROR_ARGUMENT, p, "rows of part %d must ascend and exist", (int)p);
      CZ_TRY(copy_row(columns, row, part->as_own, out));
      made++;
      int64_t main = mains[row] < 0 ? -1 : place_of(part->rows, part->count, mains[row]);
      cz_table_set_int32(out, COLUMN_main, main < 0 ? -1 : (int32_t)(first + main));
      cz_table_set_int32(out, COLUMN_sentence, sentences + numbers[row]);
      if (numbers[row] >= most)
        most = numbers[row] + 1;
    }
    sentences += most;
  }
  return CZ_OK;
}

cz_status cz_audit_gather(const cz_audit_part *parts, int32_t part_count, const cz_allocator *allocator,
                          cz_table **out, cz_error *error) {
  if (!out)
    return CZ_ERROR_ARGUMENT;
  *out = NULL;
  if (part_count < 0 || (part_count && !parts))
    return cz_fail(error, CZ_ERROR_ARGUMENT, -1, "no parts");
  CZ_TRY(cz_table_create(fields, COLUMN_COUNT, allocator, out));
  cz_status status = gather(parts, part_count, *out, error);
  if (status) {
    cz_table_free(*out);
    *out = NULL;
  }
  return status;
}
