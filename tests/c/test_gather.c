/* Rows of several reports as one table, and what the audit finds in it. */
#include "check.h"
#include "czcore.h"

static cz_report *read(const char *text) {
  cz_report *report = NULL;
  CHECK_EQ_INT(cz_report_parse(text, (int64_t)strlen(text), NULL, &report, NULL), CZ_OK);
  return report;
}

static cz_column column(const cz_table *table, const char *name) {
  cz_column found = {0};
  CHECK_EQ_INT(cz_table_column(table, cz_table_find(table, name), &found), CZ_OK);
  return found;
}

static bool cell_is(const cz_column *column, int64_t row, const char *text) {
  int64_t size = column->offsets[row + 1] - column->offsets[row];
  return size == (int64_t)strlen(text) &&
         memcmp(column->bytes + column->offsets[row], text, (size_t)size) == 0;
}

#define FIRST                                                                                                      \
  "2020年常州市政府工作报告\n2019年，社会消费品零售总额达到2000亿元，增长8%。粮食总产量70." \
  "2万吨，其中水稻60万吨。"
#define SECOND "2021年常州市政府工作报告\n2020年，社会消费品零售总额达到2600亿元，增长8.2%。"

static void rows_keep_their_cells(void) {
  cz_report *first = read(FIRST), *second = read(SECOND);
  const cz_table *one = cz_report_quantities(first), *two = cz_report_quantities(second);
  int64_t rows_one[64], rows_two[64];
  const int64_t count_one = cz_table_rows(one), count_two = cz_table_rows(two);
  for (int64_t i = 0; i < count_one; i++)
    rows_one[i] = i;
  for (int64_t i = 0; i < count_two; i++)
    rows_two[i] = i;
  cz_audit_part parts[] = {{one, rows_one, count_one, false}, {two, rows_two, count_two, false}};
  cz_table *all = NULL;
  CHECK_EQ_INT(cz_audit_gather(parts, 2, NULL, &all, NULL), CZ_OK);
  CHECK_EQ_INT(cz_table_rows(all), count_one + count_two);
  CHECK_EQ_INT(cz_table_columns(all), cz_table_columns(one));
  for (int32_t c = 0; c < cz_table_columns(all); c++) {
    cz_column got, a, b;
    CHECK_EQ_INT(cz_table_column(all, c, &got), CZ_OK);
    CHECK_EQ_INT(cz_table_column(one, c, &a), CZ_OK);
    CHECK_EQ_INT(cz_table_column(two, c, &b), CZ_OK);
    CHECK_EQ_TEXT(got.name, a.name);
    CHECK_EQ_INT(got.category_count, a.category_count);
    if (got.type == CZ_TEXT) {
      const int64_t size = a.offsets[count_one];
      CHECK_EQ_INT(got.offsets[count_one + count_two], size + b.offsets[count_two]);
      CHECK(memcmp(got.bytes, a.bytes, (size_t)size) == 0);
      CHECK(memcmp(got.bytes + size, b.bytes, (size_t)b.offsets[count_two]) == 0);
    } else if (got.type == CZ_FLOAT64) {
      CHECK(memcmp(got.values, a.values, (size_t)count_one * sizeof(double)) == 0);
      CHECK(memcmp((const double *)got.values + count_one, b.values, (size_t)count_two * sizeof(double)) ==
            0);
    }
  }
  cz_table_free(all);
  cz_report_free(first);
  cz_report_free(second);
}

/* A part of a whole stays one when the whole is chosen too, and is on its own when it is not. */
static void main_rows_are_renumbered(void) {
  cz_report *first = read(FIRST), *second = read(SECOND);
  const cz_table *one = cz_report_quantities(first), *two = cz_report_quantities(second);
  const int32_t *mains = column(one, "main").values;
  int64_t part = -1;
  for (int64_t i = 0; i < cz_table_rows(one); i++)
    if (mains[i] >= 0)
      part = i;
  if (!CHECK(part > 0))
    return;
  const int64_t other[] = {0, 1}, with[] = {mains[part], part}, without[] = {part};
  cz_audit_part parts[] = {{two, other, 2, false}, {one, with, 2, false}, {one, without, 1, false}};
  cz_table *all = NULL;
  CHECK_EQ_INT(cz_audit_gather(parts, 3, NULL, &all, NULL), CZ_OK);
  const int32_t *got = column(all, "main").values, *sentences = column(all, "sentence").values;
  CHECK_EQ_INT(got[2], -1);
  CHECK_EQ_INT(got[3], 2);
  CHECK_EQ_INT(got[4], -1);
  /* No sentence of one part is one of another. */
  CHECK(sentences[0] < sentences[2] && sentences[1] < sentences[2] && sentences[2] == sentences[3] &&
        sentences[3] < sentences[4]);
  cz_table_free(all);
  cz_report_free(first);
  cz_report_free(second);
}

static void another_report_s_rows_become_the_region_s_own(void) {
  cz_report *own = read("2021年常州市政府工作报告\n2020年，粮食总产量达到70.2万吨。");
  cz_report *province = read("2021年江苏省政府工作报告\n2020年，常州市粮食总产量达到79.8万吨。");
  const cz_table *tables[] = {cz_report_quantities(own), cz_report_quantities(province)};
  int64_t rows[2] = {-1, -1};
  for (int t = 0; t < 2; t++) {
    const uint8_t *roles = column(tables[t], "role").values;
    for (int64_t i = 0; i < cz_table_rows(tables[t]); i++)
      if (roles[i] == CZ_ROLE_STATEMENT)
        rows[t] = i;
  }
  cz_column region = column(tables[1], "region");
  CHECK(cell_is(&region, rows[1], "常州市"));
  for (int as_own = 0; as_own < 2; as_own++) {
    cz_audit_part parts[] = {{tables[0], &rows[0], 1, false}, {tables[1], &rows[1], 1, as_own != 0}};
    cz_table *all = NULL;
    cz_audit *audit = NULL;
    CHECK_EQ_INT(cz_audit_gather(parts, 2, NULL, &all, NULL), CZ_OK);
    region = column(all, "region");
    CHECK(cell_is(&region, 1, as_own ? "" : "常州市"));
    CHECK_EQ_INT(cz_audit_run(all, NULL, &audit, NULL), CZ_OK);
    cz_table_free(all); /* the audit does not need it any more */
    CHECK_EQ_INT(cz_table_rows(cz_audit_findings(audit)), as_own);
    cz_audit_free(audit);
  }
  cz_report_free(own);
  cz_report_free(province);
}

static void wrong_parts_are_refused(void) {
  cz_report *report = read(FIRST);
  const cz_table *table = cz_report_quantities(report);
  const int64_t falling[] = {1, 0}, twice[] = {0, 0}, beyond[] = {cz_table_rows(table)}, before[] = {-1},
                fine[] = {0};
  const cz_audit_part bad[] = {{table, falling, 2, false},
                               {table, twice, 2, false},
                               {table, beyond, 1, false},
                               {table, before, 1, false},
                               {cz_report_notes(report), fine, 1, false}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    const cz_audit_part parts[] = {{table, fine, 1, false}, bad[i]};
    cz_table *all = (cz_table *)&report;
    cz_error error = {0};
    CHECK_EQ_INT(cz_audit_gather(parts, 2, NULL, &all, &error), CZ_ERROR_ARGUMENT);
    CHECK(all == NULL && strlen(error.message) > 0);
    CHECK_EQ_INT(error.offset, 1);
  }
  cz_table *none = NULL;
  CHECK_EQ_INT(cz_audit_gather(NULL, 1, NULL, &none, NULL), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_audit_gather(NULL, 0, NULL, NULL, NULL), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_audit_gather(NULL, 0, NULL, &none, NULL), CZ_OK);
  CHECK_EQ_INT(cz_table_rows(none), 0);
  cz_table_free(none);
  cz_report_free(report);
}

static void memory_may_run_out_anywhere(void) {
  cz_report *report = read(FIRST);
  int64_t rows[16];
  const int64_t count = cz_table_rows(cz_report_quantities(report));
  for (int64_t i = 0; i < count; i++)
    rows[i] = i;
  const cz_audit_part part = {cz_report_quantities(report), rows, count, false};
  check_memory memory = {0};
  cz_allocator allocator = check_allocator(&memory);
  for (int64_t limit = 0; limit < 5000; limit++) {
    cz_table *all = NULL;
    memory.countdown = limit;
    cz_status status = cz_audit_gather(&part, 1, &allocator, &all, NULL);
    if (status == CZ_OK) {
      CHECK_EQ_INT(cz_table_rows(all), count);
      cz_table_free(all);
      CHECK_NO_LEAK(memory);
      CHECK(limit > 20);
      cz_report_free(report);
      return;
    }
    CHECK_EQ_INT(status, CZ_ERROR_MEMORY);
    CHECK(all == NULL);
    CHECK_NO_LEAK(memory);
  }
  CHECK_EQ_TEXT("never succeeded", "");
}

static const check_test tests[] = {
    CHECK_TEST(rows_keep_their_cells),
    CHECK_TEST(main_rows_are_renumbered),
    CHECK_TEST(another_report_s_rows_become_the_region_s_own),
    CHECK_TEST(wrong_parts_are_refused),
    CHECK_TEST(memory_may_run_out_anywhere),
};
CHECK_MAIN(tests)
