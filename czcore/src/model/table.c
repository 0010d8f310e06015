#include "internal.h"

#include <string.h>

#include "../base/threads.h"

/* Bytes of the block that holds columns and text_columns. */
static size_t block_size(int32_t count) {
  return (size_t)count * (sizeof(cz_column_store) + sizeof(int32_t));
}

static size_t item_size(cz_type type) {
  switch (type) {
  case CZ_INT32:
    return sizeof(int32_t);
  case CZ_INT64:
    return sizeof(int64_t);
  case CZ_FLOAT64:
    return sizeof(double);
  case CZ_TEXT:
    return sizeof(int64_t);
  case CZ_CODE:
    return sizeof(uint8_t);
  }
  return 1;
}

static void release_column(cz_table *table, int32_t index) {
  cz_column_store *column = &table->columns[index];
  cz_release(&table->allocator, column->values, column->capacity * item_size(table->fields[index].type));
  cz_release(&table->allocator, column->bytes, column->byte_capacity);
  *column = (cz_column_store){0};
}

/* Room for `needed` items in every column. New cells of numbers and codes start as 0 here, once for many
 * rows. */
static cz_status grow(cz_table *table, size_t needed) {
  size_t least = SIZE_MAX;
  for (int32_t i = 0; i < table->count; i++) {
    cz_column_store *column = &table->columns[i];
    const size_t size = item_size(table->fields[i].type), before = column->capacity;
    if (!cz_reserve(&table->allocator, &column->values, &column->capacity, needed, size))
      return CZ_ERROR_MEMORY;
    if (column->capacity > before)
      memset((char *)column->values + before * size, 0, (column->capacity - before) * size);
    if (column->capacity < least)
      least = column->capacity;
  }
  table->room = least;
  return CZ_OK;
}

cz_status cz_table_create(const cz_field *fields, int32_t count, const cz_allocator *allocator,
                          cz_table **out) {
  *out = NULL;
  cz_allocator memory = cz_allocator_or_libc(allocator);
  cz_table *table = cz_allocate(&memory, sizeof *table);
  if (!table)
    return CZ_ERROR_MEMORY;
  memset(table, 0, sizeof *table);
  table->allocator = memory;
  table->fields = fields;
  table->count = count;
  const size_t size = block_size(count);
  table->columns = cz_allocate(&memory, size);
  if (!table->columns) {
    cz_release(&memory, table, sizeof *table);
    return CZ_ERROR_MEMORY;
  }
  memset(table->columns, 0, size);
  table->text_columns = (int32_t *)(void *)(table->columns + count);
  for (int32_t i = 0; i < count; i++)
    if (fields[i].type == CZ_TEXT)
      table->text_columns[table->text_count++] = i;
  if (grow(table, 2) != CZ_OK) {
    cz_table_free(table);
    return CZ_ERROR_MEMORY;
  }
  *out = table;
  return CZ_OK;
}

const cz_field *cz_table_fields(const cz_table *table) {
  return table->fields;
}

cz_status cz_table_reserve(cz_table *table, int64_t rows) {
  return rows >= 0 && (size_t)rows + 2 > table->room ? grow(table, (size_t)rows + 2) : CZ_OK;
}

cz_status cz_table_add(cz_table *table) {
  const size_t row = (size_t)table->rows;
  /* Text needs the offset behind the row as well, so every column keeps two items in reserve. */
  if (CZ_UNLIKELY(row + 2 > table->room)) {
    cz_status status = grow(table, row + 2);
    if (status)
      return status;
  }
  for (int32_t i = 0; i < table->text_count; i++) {
    const cz_column_store *column = &table->columns[table->text_columns[i]];
    ((int64_t *)column->values)[row + 1] = column->byte_count;
  }
  table->rows++;
  return CZ_OK;
}

char *cz_table_text_room(cz_table *table, int32_t column, int64_t size) {
  cz_column_store *store = &table->columns[column];
  const size_t needed = (size_t)(store->byte_count + size);
  if (CZ_UNLIKELY(needed > store->byte_capacity)) {
    void *block = store->bytes;
    if (!cz_reserve(&table->allocator, &block, &store->byte_capacity, needed, 1))
      return NULL;
    store->bytes = block;
  }
  return store->bytes + store->byte_count;
}

void cz_table_text_used(cz_table *table, int32_t column, int64_t size) {
  cz_column_store *store = &table->columns[column];
  store->byte_count += size;
  ((int64_t *)store->values)[table->rows] = store->byte_count;
}

cz_status cz_table_append_text(cz_table *table, int32_t column, const char *bytes, int64_t size) {
  if (size <= 0)
    return CZ_OK;
  char *room = cz_table_text_room(table, column, size);
  if (!room)
    return CZ_ERROR_MEMORY;
  memcpy(room, bytes, (size_t)size);
  cz_table_text_used(table, column, size);
  return CZ_OK;
}

/* ---- many rows at once ---- */

void cz_table_fill_int32(cz_table *table, int32_t column, int64_t first, int32_t value) {
  int32_t *cells = table->columns[column].values;
  for (int64_t row = first; row < table->rows; row++)
    cells[row] = value;
}

void cz_table_fill_int64(cz_table *table, int32_t column, int64_t first, int64_t value) {
  int64_t *cells = table->columns[column].values;
  for (int64_t row = first; row < table->rows; row++)
    cells[row] = value;
}

cz_status cz_table_fill_text(cz_table *table, int32_t column, int64_t first, const char *bytes,
                             int64_t size) {
  if (size <= 0 || first >= table->rows)
    return CZ_OK;
  char *room = cz_table_text_room(table, column, (table->rows - first) * size);
  if (!room)
    return CZ_ERROR_MEMORY;
  cz_column_store *store = &table->columns[column];
  int64_t *offsets = store->values;
  for (int64_t row = first; row < table->rows; row++, room += size) {
    memcpy(room, bytes, (size_t)size);
    offsets[row + 1] = store->byte_count += size;
  }
  return CZ_OK;
}

void cz_table_cut(cz_table *table, int64_t rows) {
  if (rows >= table->rows)
    return;
  for (int32_t i = 0; i < table->count; i++) {
    cz_column_store *column = &table->columns[i];
    const cz_type type = table->fields[i].type;
    const size_t size = item_size(type);
    if (type == CZ_TEXT)
      column->byte_count = ((int64_t *)column->values)[rows];
    else
      memset((char *)column->values + (size_t)rows * size, 0, (size_t)(table->rows - rows) * size);
  }
  table->rows = rows;
}

/* One column of several tables behind each other. */
typedef struct joining {
  cz_table *out, *const *parts;
  int64_t part_count;
  int64_t rows;
} joining;

static void join_numbers(joining *j, int32_t i, size_t size) {
  cz_column_store *column = &j->out->columns[i];
  size_t at = 0;
  for (int64_t p = 0; p < j->part_count; p++) {
    cz_column_store *part = &j->parts[p]->columns[i];
    const size_t bytes = (size_t)j->parts[p]->rows * size;
    memcpy((char *)column->values + at, part->values, bytes);
    at += bytes;
  }
  memset((char *)column->values + at, 0, column->capacity * size - at); /* rows to come start as 0 */
}

static bool join_texts(joining *j, int32_t i) {
  cz_column_store *column = &j->out->columns[i];
  int64_t bytes = 0, *offsets = column->values;
  for (int64_t p = 0; p < j->part_count; p++)
    bytes += j->parts[p]->columns[i].byte_count;
  void *block = NULL;
  if (bytes && !cz_reserve(&j->out->allocator, &block, &column->byte_capacity, (size_t)bytes, 1))
    return false;
  column->bytes = block;
  *offsets = 0;
  for (int64_t p = 0; p < j->part_count; p++) {
    const cz_column_store *part = &j->parts[p]->columns[i];
    const int64_t *from = part->values;
    for (int64_t row = 0; row < j->parts[p]->rows; row++)
      *++offsets = from[row + 1] + column->byte_count;
    if (part->byte_count)
      memcpy(column->bytes + column->byte_count, part->bytes, (size_t)part->byte_count);
    column->byte_count += part->byte_count;
  }
  return true;
}

/* The columns of the parts are released as soon as they are copied, so that no more than a column for each
 * thread is held twice. */
static void join_columns(void *context, int64_t first, int64_t last) {
  joining *j = context;
  for (int32_t i = (int32_t)first; i < (int32_t)last; i++) {
    cz_column_store *column = &j->out->columns[i];
    const size_t size = item_size(j->out->fields[i].type);
    bool fine = cz_reserve(&j->out->allocator, &column->values, &column->capacity, (size_t)j->rows + 2, size);
    if (fine && j->out->fields[i].type == CZ_TEXT)
      fine = join_texts(j, i);
    else if (fine)
      join_numbers(j, i, size);
    if (!fine)
      release_column(j->out, i);
    for (int64_t p = 0; p < j->part_count; p++)
      release_column(j->parts[p], i);
  }
}

cz_status cz_tables_join(cz_table *const *parts, int64_t part_count, int32_t threads, cz_table *out) {
  joining j = {.out = out, .parts = parts, .part_count = part_count};
  for (int64_t p = 0; p < part_count; p++)
    j.rows += parts[p]->rows;
  for (int32_t i = 0; i < out->count; i++)
    release_column(out, i);
  cz_share(threads, out->count, join_columns, &j);
  for (int32_t i = 0; i < out->count; i++)
    if (!out->columns[i].values)
      return CZ_ERROR_MEMORY;
  out->rows = j.rows;
  out->room = (size_t)j.rows + 2;
  return CZ_OK;
}

/* ---- looking ---- */

int64_t cz_table_rows(const cz_table *table) {
  return table ? table->rows : 0;
}

int32_t cz_table_columns(const cz_table *table) {
  return table ? table->count : 0;
}

cz_status cz_table_column(const cz_table *table, int32_t index, cz_column *out) {
  if (!table || !out)
    return CZ_ERROR_ARGUMENT;
  if (index < 0 || index >= table->count)
    return CZ_ERROR_NOT_FOUND;
  const cz_field *field = &table->fields[index];
  const cz_column_store *store = &table->columns[index];
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
  while (field->categories && field->categories[out->category_count])
    out->category_count++;
  return CZ_OK;
}

int32_t cz_table_find(const cz_table *table, const char *name) {
  if (!table || !name)
    return -1;
  for (int32_t i = 0; i < table->count; i++)
    if (strcmp(table->fields[i].name, name) == 0)
      return i;
  return -1;
}

void cz_table_free(cz_table *table) {
  if (!table)
    return;
  for (int32_t i = 0; i < table->count; i++)
    release_column(table, i);
  cz_allocator memory = table->allocator;
  cz_release(&memory, table->columns, block_size(table->count));
  cz_release(&memory, table, sizeof *table);
}
