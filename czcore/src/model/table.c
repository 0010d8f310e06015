#include "internal.h"

#include <string.h>

#include "../base/internal.h"

/* Storage of one column. For CZ_TEXT `values` holds int64_t offsets, one more than there are rows. */
typedef struct column_store {
  void *values;
  size_t capacity; /* items in `values` */
  char *bytes;
  size_t byte_capacity;
  int64_t byte_count;
} column_store;

struct cz_table {
  cz_allocator allocator;
  const cz_field *fields;
  int32_t count;
  int64_t rows;
  size_t room; /* items that every column has room for */
  column_store *columns;
};

static size_t item_size(cz_type type) {
  switch (type) {
  case CZ_INT32: return sizeof(int32_t);
  case CZ_INT64: return sizeof(int64_t);
  case CZ_FLOAT64: return sizeof(double);
  case CZ_TEXT: return sizeof(int64_t);
  case CZ_CODE: return sizeof(uint8_t);
  }
  return 1;
}

cz_status cz_table_create(const cz_field *fields, int32_t count, const cz_allocator *allocator, cz_table **out) {
  *out = NULL;
  cz_allocator memory = cz_allocator_or_libc(allocator);
  cz_table *table = cz_allocate(&memory, sizeof *table);
  if (!table) return CZ_ERROR_MEMORY;
  memset(table, 0, sizeof *table);
  table->allocator = memory;
  table->fields = fields;
  table->count = count;
  size_t size = (size_t)count * sizeof(column_store);
  table->columns = cz_allocate(&memory, size);
  if (!table->columns) {
    cz_release(&memory, table, sizeof *table);
    return CZ_ERROR_MEMORY;
  }
  memset(table->columns, 0, size);
  for (int32_t i = 0; i < count; i++) {
    column_store *column = &table->columns[i];
    if (!cz_reserve(&memory, &column->values, &column->capacity, 2, item_size(fields[i].type))) {
      cz_table_free(table);
      return CZ_ERROR_MEMORY;
    }
    memset(column->values, 0, column->capacity * item_size(fields[i].type));
  }
  *out = table;
  return CZ_OK;
}

cz_status cz_table_add(cz_table *table) {
  size_t row = (size_t)table->rows;
  /* Text needs the offset behind the row as well, so every column keeps two items in reserve. */
  if (row + 2 > table->room) {
    size_t least = SIZE_MAX;
    for (int32_t i = 0; i < table->count; i++) {
      column_store *column = &table->columns[i];
      if (!cz_reserve(&table->allocator, &column->values, &column->capacity, row + 2, item_size(table->fields[i].type)))
        return CZ_ERROR_MEMORY;
      if (column->capacity < least) least = column->capacity;
    }
    table->room = least;
  }
  for (int32_t i = 0; i < table->count; i++) {
    column_store *column = &table->columns[i];
    switch (table->fields[i].type) {
    case CZ_TEXT: ((int64_t *)column->values)[row + 1] = column->byte_count; break;
    case CZ_INT32: ((int32_t *)column->values)[row] = 0; break;
    case CZ_INT64: ((int64_t *)column->values)[row] = 0; break;
    case CZ_FLOAT64: ((double *)column->values)[row] = 0; break;
    case CZ_CODE: ((uint8_t *)column->values)[row] = 0; break;
    }
  }
  table->rows++;
  return CZ_OK;
}

void cz_table_set_int32(cz_table *table, int32_t column, int32_t value) {
  ((int32_t *)table->columns[column].values)[table->rows - 1] = value;
}

void cz_table_set_int64(cz_table *table, int32_t column, int64_t value) {
  ((int64_t *)table->columns[column].values)[table->rows - 1] = value;
}

void cz_table_set_float64(cz_table *table, int32_t column, double value) {
  ((double *)table->columns[column].values)[table->rows - 1] = value;
}

void cz_table_set_code(cz_table *table, int32_t column, uint8_t code) {
  ((uint8_t *)table->columns[column].values)[table->rows - 1] = code;
}

cz_status cz_table_append_text(cz_table *table, int32_t column, const char *bytes, int64_t size) {
  column_store *store = &table->columns[column];
  if (size <= 0) return CZ_OK;
  void *block = store->bytes;
  if (!cz_reserve(&table->allocator, &block, &store->byte_capacity, (size_t)(store->byte_count + size), 1))
    return CZ_ERROR_MEMORY;
  store->bytes = block;
  memcpy(store->bytes + store->byte_count, bytes, (size_t)size);
  store->byte_count += size;
  ((int64_t *)store->values)[table->rows] = store->byte_count;
  return CZ_OK;
}

int64_t cz_table_rows(const cz_table *table) { return table ? table->rows : 0; }

int32_t cz_table_columns(const cz_table *table) { return table ? table->count : 0; }

cz_status cz_table_column(const cz_table *table, int32_t index, cz_column *out) {
  if (!table || !out) return CZ_ERROR_ARGUMENT;
  if (index < 0 || index >= table->count) return CZ_ERROR_NOT_FOUND;
  const cz_field *field = &table->fields[index];
  const column_store *store = &table->columns[index];
  memset(out, 0, sizeof *out);
  out->name = field->name;
  out->type = field->type;
  if (field->type == CZ_TEXT) {
    out->offsets = store->values;
    out->bytes = store->bytes ? store->bytes : "";
  } else {
    out->values = store->values;
  }
  out->categories = field->categories;
  while (field->categories && field->categories[out->category_count]) out->category_count++;
  return CZ_OK;
}

int32_t cz_table_find(const cz_table *table, const char *name) {
  if (!table || !name) return -1;
  for (int32_t i = 0; i < table->count; i++)
    if (strcmp(table->fields[i].name, name) == 0) return i;
  return -1;
}

void cz_table_free(cz_table *table) {
  if (!table) return;
  for (int32_t i = 0; i < table->count; i++) {
    column_store *column = &table->columns[i];
    cz_release(&table->allocator, column->values, column->capacity * item_size(table->fields[i].type));
    cz_release(&table->allocator, column->bytes, column->byte_capacity);
  }
  cz_allocator memory = table->allocator;
  cz_release(&memory, table->columns, (size_t)table->count * sizeof(column_store));
  cz_release(&memory, table, sizeof *table);
}
