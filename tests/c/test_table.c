/* Tables as columns: filling row by row, every type, growth, memory that runs out in the middle. */
#include <math.h>

#include "../../czcore/src/model/internal.h"
#include "check.h"

static const char *const colours[] = {"", "red", "green", NULL};
static const cz_field fields[] = {
    {"small", CZ_INT32, NULL}, {"large", CZ_INT64, NULL},  {"real", CZ_FLOAT64, NULL},
    {"text", CZ_TEXT, NULL},   {"code", CZ_CODE, colours}, {"more", CZ_TEXT, NULL},
};
enum { SMALL, LARGE, REAL, TEXT, CODE, MORE, COLUMNS };

static cz_column column_at(const cz_table *table, int32_t index) {
  cz_column column = {0};
  CHECK_EQ_INT(cz_table_column(table, index, &column), CZ_OK);
  return column;
}

/* Row i holds figures made from i; texts of i % 7 bytes, in two pieces. */
static cz_status add_row(cz_table *table, int64_t i) {
  static const char bytes[] = "abcdefgh";
  cz_status status = cz_table_add(table);
  if (status)
    return status;
  cz_table_set_int32(table, SMALL, (int32_t)-i);
  cz_table_set_int64(table, LARGE, i * INT64_C(10000000000));
  cz_table_set_float64(table, REAL, (double)i / 4);
  cz_table_set_code(table, CODE, (uint8_t)(i % 3));
  status = cz_table_append_text(table, TEXT, bytes, i % 7 / 2);
  if (!status)
    status = cz_table_append_text(table, TEXT, bytes + i % 7 / 2, i % 7 - i % 7 / 2);
  if (!status && i % 2)
    status = cz_table_append_text(table, MORE, "odd", 3);
  return status;
}

static void check_rows(const cz_table *table, int64_t rows) {
  CHECK_EQ_INT(cz_table_rows(table), rows);
  cz_column small = column_at(table, SMALL), large = column_at(table, LARGE), real = column_at(table, REAL);
  cz_column text = column_at(table, TEXT), code = column_at(table, CODE), more = column_at(table, MORE);
  for (int64_t i = 0; i < rows; i++) {
    bool fine = CHECK_EQ_INT(((const int32_t *)small.values)[i], -i) &&
                CHECK_EQ_INT(((const int64_t *)large.values)[i], i * INT64_C(10000000000)) &&
                CHECK_EQ_REAL(((const double *)real.values)[i], (double)i / 4) &&
                CHECK_EQ_INT(((const uint8_t *)code.values)[i], i % 3) &&
                CHECK_EQ_INT(text.offsets[i + 1] - text.offsets[i], i % 7) &&
                CHECK(memcmp(text.bytes + text.offsets[i], "abcdefgh", (size_t)(i % 7)) == 0) &&
                CHECK_EQ_INT(more.offsets[i + 1] - more.offsets[i], i % 2 ? 3 : 0);
    if (!fine)
      return;
  }
}

static cz_table *table_of(const cz_allocator *allocator) {
  cz_table *table;
  return CHECK_EQ_INT(cz_table_create(fields, COLUMNS, allocator, &table), CZ_OK) ? table : NULL;
}

static void an_empty_table_has_columns(void) {
  cz_table *table = table_of(NULL);
  if (!table)
    return;
  CHECK_EQ_INT(cz_table_rows(table), 0);
  CHECK_EQ_INT(cz_table_columns(table), COLUMNS);
  for (int32_t i = 0; i < COLUMNS; i++) {
    cz_column column = column_at(table, i);
    CHECK_EQ_TEXT(column.name, fields[i].name);
    CHECK_EQ_INT(column.type, fields[i].type);
    CHECK_EQ_INT(column.category_count, i == CODE ? 3 : 0);
    CHECK(column.categories == (i == CODE ? colours : NULL));
    CHECK((column.values == NULL) == (column.type == CZ_TEXT));
    if (column.type == CZ_TEXT)
      CHECK(column.offsets && column.offsets[0] == 0 && column.bytes);
    CHECK_EQ_INT(cz_table_find(table, fields[i].name), i);
  }
  cz_table_free(table);
}

static void cells_come_back(void) {
  cz_table *table = table_of(NULL);
  if (!table)
    return;
  for (int64_t i = 0; i < 1000; i++)
    if (!CHECK_EQ_INT(add_row(table, i), CZ_OK))
      break;
  check_rows(table, 1000);
  cz_table_free(table);
}

/* Also where the memory held something else before. */
static void cells_of_a_new_row_are_zero(void) {
  check_memory memory = {.countdown = -1};
  cz_allocator allocator = check_allocator(&memory);
  cz_table *table = table_of(&allocator);
  if (!table)
    return;
  for (int i = 0; i < 100; i++)
    CHECK_EQ_INT(cz_table_add(table), CZ_OK);
  for (int64_t i = 0; i < 100; i++) {
    bool fine = CHECK_EQ_INT(((const int32_t *)column_at(table, SMALL).values)[i], 0) &&
                CHECK_EQ_INT(((const int64_t *)column_at(table, LARGE).values)[i], 0) &&
                CHECK_EQ_REAL(((const double *)column_at(table, REAL).values)[i], 0.0) &&
                CHECK_EQ_INT(((const uint8_t *)column_at(table, CODE).values)[i], 0) &&
                CHECK_EQ_INT(column_at(table, TEXT).offsets[i + 1], 0);
    if (!fine)
      break;
  }
  cz_table_free(table);
  CHECK_NO_LEAK(memory);
}

static void texts_keep_every_byte(void) {
  cz_table *table = table_of(NULL);
  if (!table)
    return;
  CHECK_EQ_INT(cz_table_add(table), CZ_OK);
  CHECK_EQ_INT(cz_table_append_text(table, TEXT, "a\0b", 3), CZ_OK);
  CHECK_EQ_INT(cz_table_append_text(table, TEXT, "", 0), CZ_OK);
  CHECK_EQ_INT(cz_table_append_text(table, TEXT, NULL, 0), CZ_OK);
  CHECK_EQ_INT(cz_table_add(table), CZ_OK);
  CHECK_EQ_INT(cz_table_append_text(table, TEXT, "亿", 3), CZ_OK);
  cz_column text = column_at(table, TEXT);
  CHECK_EQ_INT(text.offsets[1], 3);
  CHECK_EQ_INT(text.offsets[2], 6);
  CHECK(memcmp(text.bytes, "a\0b亿", 6) == 0);
  cz_table_free(table);
}

static void special_numbers_are_kept(void) {
  cz_table *table = table_of(NULL);
  if (!table)
    return;
  static const double numbers[] = {NAN, INFINITY, -INFINITY, -0.0, 5e-324};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    CHECK_EQ_INT(cz_table_add(table), CZ_OK);
    cz_table_set_float64(table, REAL, numbers[i]);
    cz_table_set_int32(table, SMALL, i % 2 ? INT32_MIN : INT32_MAX);
    cz_table_set_int64(table, LARGE, i % 2 ? INT64_MIN : INT64_MAX);
  }
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    CHECK_EQ_REAL(((const double *)column_at(table, REAL).values)[i], numbers[i]);
    CHECK_EQ_INT(((const int32_t *)column_at(table, SMALL).values)[i], i % 2 ? INT32_MIN : INT32_MAX);
    CHECK_EQ_INT(((const int64_t *)column_at(table, LARGE).values)[i], i % 2 ? INT64_MIN : INT64_MAX);
  }
  cz_table_free(table);
}

static void a_table_without_columns(void) {
  check_memory memory = {.countdown = -1};
  cz_allocator allocator = check_allocator(&memory);
  cz_table *table;
  if (!CHECK_EQ_INT(cz_table_create(fields, 0, &allocator, &table), CZ_OK))
    return;
  CHECK_EQ_INT(cz_table_columns(table), 0);
  CHECK_EQ_INT(cz_table_find(table, "small"), -1);
  cz_table_free(table);
  CHECK_NO_LEAK(memory);
}

static void memory_may_run_out_at_any_time(void) {
  for (int64_t allowed = 0;; allowed++) {
    check_memory memory = {.countdown = allowed};
    cz_allocator allocator = check_allocator(&memory);
    cz_table *table = (cz_table *)(uintptr_t)1;
    cz_status status = cz_table_create(fields, COLUMNS, &allocator, &table);
    if (status) {
      CHECK_EQ_INT(status, CZ_ERROR_MEMORY);
      CHECK(table == NULL);
      CHECK_NO_LEAK(memory);
      continue;
    }
    int64_t done = 0;
    while (done < 300 && (status = add_row(table, done)) == CZ_OK)
      done++;
    /* The row in work may be half filled; those before it are whole. */
    CHECK(cz_table_rows(table) == done || cz_table_rows(table) == done + 1);
    if (status) {
      CHECK_EQ_INT(status, CZ_ERROR_MEMORY);
      for (int64_t i = 0; i < done; i++)
        if (!CHECK_EQ_INT(((const int32_t *)column_at(table, SMALL).values)[i], -i))
          break;
      if (done)
        CHECK_EQ_INT(column_at(table, TEXT).offsets[1], 0);
    } else {
      check_rows(table, 300);
    }
    cz_table_free(table);
    CHECK_NO_LEAK(memory);
    if (!status || check_failures)
      return;
  }
}

static void cells_of_many_rows_are_filled(void) {
  cz_table *table = table_of(NULL);
  if (!table)
    return;
  for (int64_t i = 0; i < 40; i++) {
    CHECK_EQ_INT(cz_table_add(table), CZ_OK);
    if (i < 3)
      CHECK_EQ_INT(cz_table_append_text(table, TEXT, "first", 5), CZ_OK);
  }
  cz_table_fill_int32(table, SMALL, 30, 7);
  cz_table_fill_int64(table, LARGE, 39, -8);
  CHECK_EQ_INT(cz_table_fill_text(table, TEXT, 3, "常州", 6), CZ_OK);
  CHECK_EQ_INT(cz_table_fill_text(table, MORE, 40, "none", 4), CZ_OK);
  CHECK_EQ_INT(cz_table_add(table), CZ_OK);
  CHECK_EQ_INT(cz_table_append_text(table, TEXT, "last", 4), CZ_OK);
  cz_column small = column_at(table, SMALL), large = column_at(table, LARGE), text = column_at(table, TEXT);
  for (int64_t i = 0; i < 41; i++) {
    CHECK_EQ_INT(((const int32_t *)small.values)[i], i >= 30 && i < 40 ? 7 : 0);
    CHECK_EQ_INT(((const int64_t *)large.values)[i], i == 39 ? -8 : 0);
    const char *cell = i < 3 ? "first" : i < 40 ? "常州" : "last";
    CHECK_EQ_INT(text.offsets[i + 1] - text.offsets[i], strlen(cell));
    CHECK(memcmp(text.bytes + text.offsets[i], cell, strlen(cell)) == 0);
  }
  CHECK_EQ_INT(column_at(table, MORE).offsets[41], 0);
  cz_table_free(table);
}

static void rows_are_forgotten(void) {
  cz_table *table = table_of(NULL);
  for (int64_t cut = 9; table && cut >= 0; cut -= 3) {
    for (int64_t i = cz_table_rows(table); i < 50; i++)
      CHECK_EQ_INT(add_row(table, i), CZ_OK);
    cz_table_cut(table, 60);
    check_rows(table, 50);
    cz_table_cut(table, cut);
    check_rows(table, cut);
    CHECK_EQ_INT(cz_table_add(table), CZ_OK); /* a new row starts empty */
    CHECK_EQ_INT(((const int32_t *)column_at(table, SMALL).values)[cut], 0);
    CHECK_EQ_INT(((const uint8_t *)column_at(table, CODE).values)[cut], 0);
    const cz_column text = column_at(table, TEXT);
    CHECK_EQ_INT(text.offsets[cut + 1], text.offsets[cut]);
    cz_table_cut(table, cut);
  }
  cz_table_free(table);
}

/* Parts of `sizes` rows, joined on `threads` threads. */
static cz_status join(const cz_allocator *allocator, const int64_t *sizes, int64_t count, int32_t threads,
                      bool check) {
  cz_table *parts[8] = {NULL}, *out = NULL;
  cz_status status = cz_table_create(fields, COLUMNS, allocator, &out);
  int64_t rows = 0;
  for (int64_t p = 0; p < count && !status; p++) {
    status = cz_table_create(fields, COLUMNS, allocator, &parts[p]);
    for (int64_t i = 0; i < sizes[p] && !status; i++)
      status = add_row(parts[p], rows++);
  }
  if (!status)
    status = cz_tables_join(parts, count, threads, out);
  if (!status && check) {
    check_rows(out, rows);
    for (int64_t i = 0; i < 100 && !status; i++) /* the joined table can be filled like any other */
      status = add_row(out, rows++);
    if (!status)
      check_rows(out, rows);
  }
  for (int64_t p = 0; p < count; p++)
    cz_table_free(parts[p]);
  cz_table_free(out);
  return status;
}

static void tables_are_joined(void) {
  static const int64_t sizes[] = {3, 0, 500, 1, 77};
  for (int32_t threads = 1; threads <= 8; threads++)
    for (int64_t count = 0; count <= 5; count++)
      CHECK_EQ_INT(join(NULL, sizes, count, threads, true), CZ_OK);
}

static void joining_may_run_out_of_memory(void) {
  static const int64_t sizes[] = {30, 0, 50};
  for (int64_t countdown = 0; !check_failures; countdown++) {
    check_memory memory = {.countdown = countdown};
    const cz_allocator allocator = check_allocator(&memory);
    cz_status status = join(&allocator, sizes, 3, 1, false);
    CHECK_NO_LEAK(memory);
    if (status == CZ_OK) {
      CHECK(countdown > 20);
      return;
    }
    CHECK_EQ_INT(status, CZ_ERROR_MEMORY);
  }
}

static void columns_of(const cz_table *table, cz_column *columns) {
  for (int32_t i = 0; i < COLUMNS; i++)
    columns[i] = column_at(table, i);
}

static void a_table_is_rebuilt_with_other_cells(void) {
  cz_table *table = table_of(NULL), *copy = NULL;
  for (int64_t i = 0; table && i < 50; i++)
    CHECK_EQ_INT(add_row(table, i), CZ_OK);
  cz_column columns[COLUMNS];
  columns_of(table, columns);
  CHECK_EQ_INT(cz_table_rebuild(table, 50, columns, NULL, &copy), CZ_OK);
  check_rows(copy, 50);
  cz_table_free(copy);
  CHECK_EQ_INT(cz_table_rebuild(table, 7, columns, NULL, &copy), CZ_OK); /* fewer rows */
  check_rows(copy, 7);
  cz_table_free(copy);
  static const int32_t small[] = {5, 6};
  static const int64_t offsets[] = {0, 6, 6};
  columns[SMALL].values = small;
  columns[TEXT].offsets = offsets;
  columns[TEXT].bytes = "常州";
  CHECK_EQ_INT(cz_table_rebuild(table, 2, columns, NULL, &copy), CZ_OK);
  cz_table_free(table); /* the copy needs nothing of it */
  CHECK_EQ_INT(((const int32_t *)column_at(copy, SMALL).values)[1], 6);
  CHECK_EQ_INT(((const int64_t *)column_at(copy, LARGE).values)[1], INT64_C(10000000000));
  CHECK_EQ_INT(column_at(copy, TEXT).offsets[2], 6);
  CHECK(memcmp(column_at(copy, TEXT).bytes, "常州", 6) == 0);
  cz_table_free(copy);
}

static void cells_that_no_table_can_hold_are_refused(void) {
  cz_table *table = table_of(NULL), *copy = table;
  CHECK_EQ_INT(add_row(table, 1), CZ_OK);
  cz_column columns[COLUMNS];
  static const int64_t falls[] = {0, -1}, late[] = {1, 1}, some[] = {0, 1};
  static const uint8_t beyond[] = {3};
  columns_of(table, columns);
  CHECK_EQ_INT(cz_table_rebuild(NULL, 1, columns, NULL, &copy), CZ_ERROR_ARGUMENT);
  CHECK(copy == NULL);
  CHECK_EQ_INT(cz_table_rebuild(table, 1, NULL, NULL, &copy), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_table_rebuild(table, 1, columns, NULL, NULL), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_table_rebuild(table, -1, columns, NULL, &copy), CZ_ERROR_ARGUMENT);
  for (int i = 0; i < 5; i++) {
    columns_of(table, columns);
    if (i < 3)
      columns[TEXT].offsets = i == 0 ? falls : i == 1 ? late : NULL;
    else if (i == 3)
      columns[CODE].values = beyond;
    else
      columns[TEXT] = (cz_column){.offsets = some};
    CHECK_EQ_INT(cz_table_rebuild(table, 1, columns, NULL, &copy), CZ_ERROR_ARGUMENT);
  }
  columns_of(table, columns);
  columns[REAL].values = NULL;
  CHECK_EQ_INT(cz_table_rebuild(table, 1, columns, NULL, &copy), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_table_rebuild(table, 0, columns, NULL, &copy), CZ_OK); /* no cell is asked for */
  CHECK_EQ_INT(cz_table_rows(copy), 0);
  cz_table_free(copy);
  cz_table_free(table);
}

static void rebuilding_may_run_out_of_memory(void) {
  cz_table *table = table_of(NULL);
  for (int64_t i = 0; table && i < 90; i++)
    CHECK_EQ_INT(add_row(table, i), CZ_OK);
  cz_column columns[COLUMNS];
  columns_of(table, columns);
  for (int64_t countdown = 0; !check_failures; countdown++) {
    check_memory memory = {.countdown = countdown};
    const cz_allocator allocator = check_allocator(&memory);
    cz_table *copy;
    cz_status status = cz_table_rebuild(table, 90, columns, &allocator, &copy);
    cz_table_free(copy);
    CHECK_NO_LEAK(memory);
    if (status == CZ_OK) {
      CHECK(countdown > 5);
      break;
    }
    CHECK_EQ_INT(status, CZ_ERROR_MEMORY);
  }
  cz_table_free(table);
}

static const check_test tests[] = {
    CHECK_TEST(an_empty_table_has_columns),
    CHECK_TEST(cells_come_back),
    CHECK_TEST(cells_of_a_new_row_are_zero),
    CHECK_TEST(texts_keep_every_byte),
    CHECK_TEST(special_numbers_are_kept),
    CHECK_TEST(a_table_without_columns),
    CHECK_TEST(memory_may_run_out_at_any_time),
    CHECK_TEST(cells_of_many_rows_are_filled),
    CHECK_TEST(rows_are_forgotten),
    CHECK_TEST(tables_are_joined),
    CHECK_TEST(joining_may_run_out_of_memory),
    CHECK_TEST(a_table_is_rebuilt_with_other_cells),
    CHECK_TEST(cells_that_no_table_can_hold_are_refused),
    CHECK_TEST(rebuilding_may_run_out_of_memory),
};
CHECK_MAIN(tests)
