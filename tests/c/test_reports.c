/* Many reports at once: the same rows as one by one, for every number of threads; errors of one document;
 * memory. */
#include "check.h"
#include "czcore.h"

static const char *const texts[] = {
    "2021年常州市政府工作报告\n一、工作回顾\n地区生产总值达7700亿元，增长4.5%"
    "。新增就业12万人，其中高校毕业生3万人。\n",
    "2020年无锡市政府工作报告\n粮食总产量突破70万吨。主要预期目标：地区生产总值增长6%"
    "以上，力争更高；居民收入与经济增长同步。\n",
    "",
    "没有数字的一句话。",
    "2019年苏州市政府工作报告\n二、目标任务\n居民消费价格涨幅控制在3%以内，总投资超30亿元的项目5个。\n",
};
enum { TEXTS = sizeof texts / sizeof *texts, DOCUMENTS = 1500 };

static cz_document document_of(const char *text) {
  return (cz_document){.bytes = text, .byte_count = (int64_t)strlen(text)};
}

/* `count` documents that take turns among the texts; the caller frees them. */
static cz_document *documents_of(int64_t count) {
  cz_document *documents = calloc((size_t)count + 1, sizeof *documents);
  for (int64_t i = 0; documents && i < count; i++)
    documents[i] = document_of(texts[(i + i / 7) % TEXTS]);
  return documents;
}

static cz_column column_of(const cz_table *table, const char *name) {
  cz_column column = {0};
  int32_t index = cz_table_find(table, name);
  if (CHECK(index >= 0))
    CHECK_EQ_INT(cz_table_column(table, index, &column), CZ_OK);
  return column;
}

static size_t item_size(cz_type type) {
  return type == CZ_CODE ? 1 : type == CZ_INT32 ? 4 : 8;
}

/* Whether rows [at, at + rows) of one column are rows [0, rows) of the other. */
static bool same_cells(const cz_column *all, int64_t at, const cz_column *own, int64_t rows) {
  if (all->type != own->type)
    return false;
  if (all->type != CZ_TEXT)
    return rows == 0 || memcmp((const char *)all->values + (size_t)at * item_size(all->type), own->values,
                               (size_t)rows * item_size(all->type)) == 0;
  const int64_t shift = all->offsets[at];
  for (int64_t row = 0; row <= rows; row++)
    if (all->offsets[at + row] - shift != own->offsets[row])
      return false;
  return own->offsets[rows] == 0 || memcmp(all->bytes + shift, own->bytes, (size_t)own->offsets[rows]) == 0;
}

/* Compares the rows of `table` from `at` on with those of the document's own table; returns how many. */
static int64_t check_part(const cz_table *table, int64_t at, const cz_table *own, int64_t id) {
  const int64_t rows = cz_table_rows(own);
  if (!CHECK(at + rows <= cz_table_rows(table)))
    return 0;
  for (int32_t i = 0; i < cz_table_columns(own); i++) {
    cz_column column;
    if (!CHECK_EQ_INT(cz_table_column(own, i, &column), CZ_OK))
      return 0;
    const cz_column all = column_of(table, column.name);
    if (!CHECK(same_cells(&all, at, &column, rows)))
      printf("  column %s of document %lld\n", column.name, (long long)id);
  }
  const int64_t *ids = column_of(table, "doc_id").values;
  for (int64_t row = at; row < at + rows; row++)
    CHECK_EQ_INT(ids[row], id);
  return rows;
}

static cz_reports *read_all(const cz_document *documents, int64_t count, int32_t threads) {
  const cz_reports_options options = {.threads = threads};
  cz_reports *reports;
  int64_t failed;
  cz_error error;
  if (!CHECK_EQ_INT(cz_reports_parse(documents, count, &options, &reports, &failed, &error), CZ_OK))
    printf("  %s\n", error.message);
  CHECK_EQ_INT(failed, -1);
  return reports;
}

static void rows_are_those_of_single_reports(void) {
  cz_document *documents = documents_of(DOCUMENTS);
  cz_reports *reports = documents ? read_all(documents, DOCUMENTS, 2) : NULL;
  int64_t at[CZ_REPORTS_PARTS] = {0};
  for (int64_t i = 0; reports && i < DOCUMENTS && !check_failures; i++) {
    cz_report *report;
    if (!CHECK_EQ_INT(cz_report_parse(documents[i].bytes, documents[i].byte_count, NULL, &report, NULL),
                      CZ_OK))
      break;
    const cz_table *own[] = {cz_report_quantities(report), cz_report_sections(report),
                             cz_report_sentences(report), cz_report_qualitative(report),
                             cz_report_notes(report)};
    for (int part = 0; part < CZ_REPORTS_DOCUMENTS; part++)
      at[part] += check_part(cz_reports_table(reports, (cz_reports_part)part), at[part], own[part], i);
    const cz_table *table = cz_reports_table(reports, CZ_REPORTS_DOCUMENTS);
    CHECK_EQ_INT(((const int64_t *)column_of(table, "rows").values)[i], cz_table_rows(own[0]));
    CHECK_EQ_INT(((const int32_t *)column_of(table, "year").values)[i], cz_report_year(report));
    const cz_column region = column_of(table, "region");
    const int64_t size = region.offsets[i + 1] - region.offsets[i];
    CHECK(size == (int64_t)strlen(cz_report_region(report)) &&
          memcmp(region.bytes + region.offsets[i], cz_report_region(report), (size_t)size) == 0);
    cz_report_free(report);
  }
  if (reports) {
    CHECK_EQ_INT(cz_reports_count(reports), DOCUMENTS);
    CHECK(at[CZ_REPORTS_QUANTITIES] > DOCUMENTS && at[CZ_REPORTS_QUALITATIVE] > 0);
    for (int part = 0; part < CZ_REPORTS_DOCUMENTS; part++)
      CHECK_EQ_INT(cz_table_rows(cz_reports_table(reports, (cz_reports_part)part)), at[part]);
  }
  cz_reports_free(reports);
  free(documents);
}

static void rows_name_their_report(void) {
  const cz_document documents[] = {document_of(texts[0]), document_of(texts[4])};
  cz_reports *reports = read_all(documents, 2, 1);
  const cz_table *table = cz_reports_table(reports, CZ_REPORTS_QUANTITIES);
  const cz_column region = column_of(table, "report_region"), code = column_of(table, "report_code");
  const int32_t *years = column_of(table, "report_year").values;
  const int64_t *ids = column_of(table, "doc_id").values;
  CHECK(cz_table_rows(table) > 4);
  for (int64_t row = 0; row < cz_table_rows(table); row++) {
    const bool first = ids[row] == 0;
    CHECK_EQ_INT(years[row], first ? 2021 : 2019);
    CHECK(region.offsets[row + 1] - region.offsets[row] == 9);
    CHECK(memcmp(region.bytes + region.offsets[row], first ? "常州市" : "苏州市", 9) == 0);
    CHECK(code.offsets[row + 1] - code.offsets[row] == 6);
    CHECK(memcmp(code.bytes + code.offsets[row], first ? "320400" : "320500", 6) == 0);
  }
  cz_reports_free(reports);
}

static bool same_tables(const cz_reports *a, const cz_reports *b) {
  for (int part = 0; part < CZ_REPORTS_PARTS; part++) {
    const cz_table *one = cz_reports_table(a, (cz_reports_part)part),
                   *other = cz_reports_table(b, (cz_reports_part)part);
    if (cz_table_rows(one) != cz_table_rows(other))
      return false;
    for (int32_t i = 0; i < cz_table_columns(one); i++) {
      cz_column x, y;
      if (cz_table_column(one, i, &x) || cz_table_column(other, i, &y) ||
          !same_cells(&x, 0, &y, cz_table_rows(one)))
        return false;
    }
  }
  return true;
}

/* More than one block, so that threads have something to share. */
static void threads_and_calls_do_not_matter(void) {
  enum { MANY = 20000 };
  cz_document *documents = documents_of(MANY);
  if (!CHECK(documents != NULL))
    return;
  cz_reports *expected = read_all(documents, MANY, 1);
  for (int32_t threads = 0; threads <= 5; threads += 2) {
    cz_reports *reports = read_all(documents, MANY, threads);
    CHECK(same_tables(expected, reports));
    cz_reports_free(reports);
  }
  const cz_reports_options options = {.threads = 2};
  cz_reports *reports;
  CHECK_EQ_INT(cz_reports_create(&options, &reports), CZ_OK);
  for (int64_t first = 0; first < MANY; first += 7000)
    CHECK_EQ_INT(
        cz_reports_read(reports, documents + first, MANY - first < 7000 ? MANY - first : 7000, NULL, NULL),
        CZ_OK);
  CHECK(cz_reports_table(reports, CZ_REPORTS_QUANTITIES) == NULL);
  CHECK_EQ_INT(cz_reports_finish(reports), CZ_OK);
  CHECK(same_tables(expected, reports));
  cz_reports_free(reports);
  cz_reports_free(expected);
  free(documents);
}

static void options_of_each_document_win(void) {
  cz_document documents[] = {document_of("增长5%。"), document_of("增长6%。"), document_of("增长7%。")};
  documents[1].region = "常州市";
  documents[1].year = 2020;
  documents[2].source = "无锡市2018.txt";
  cz_reports *reports = read_all(documents, 3, 1);
  const cz_table *table = cz_reports_table(reports, CZ_REPORTS_DOCUMENTS);
  const int32_t *years = column_of(table, "year").values;
  CHECK_EQ_INT(years[0], 0);
  CHECK_EQ_INT(years[1], 2020);
  CHECK_EQ_INT(years[2], 2018);
  const cz_column code = column_of(table, "region_code");
  CHECK_EQ_INT(code.offsets[3], 12);
  CHECK(memcmp(code.bytes, "320400320200", 12) == 0);
  cz_reports_free(reports);
}

static void nothing_is_a_collection_too(void) {
  cz_reports *reports = read_all(NULL, 0, 3);
  for (int part = 0; part < CZ_REPORTS_PARTS; part++) {
    const cz_table *table = cz_reports_table(reports, (cz_reports_part)part);
    CHECK(table != NULL);
    CHECK_EQ_INT(cz_table_rows(table), 0);
    CHECK(cz_table_find(table, "doc_id") >= 0);
  }
  cz_reports_free(reports);
  cz_reports_free(NULL);
}

/* Two bad documents far apart, so that several threads meet them. */
static void the_first_bad_document_is_named(void) {
  enum { MANY = 30000, BAD = 11111, LATER = 24000 };
  cz_document *documents = documents_of(MANY);
  if (!CHECK(documents != NULL))
    return;
  documents[BAD] = document_of("增长5%，\xE5\xB8");
  documents[LATER] = document_of("\xFF");
  for (int32_t threads = 1; threads <= 4; threads++) {
    const cz_reports_options options = {.threads = threads};
    cz_reports *reports;
    int64_t failed;
    cz_error error;
    CHECK_EQ_INT(cz_reports_parse(documents, MANY, &options, &reports, &failed, &error), CZ_ERROR_ENCODING);
    CHECK_EQ_INT(failed, BAD);
    CHECK_EQ_INT(error.offset, 11);
    CHECK_EQ_INT(error.status, CZ_ERROR_ENCODING);
    CHECK(reports == NULL);
  }
  free(documents);
}

static void errors_are_collected(void) {
  cz_document documents[] = {document_of(texts[0]), document_of("增长5%，\xE5\xB8"), document_of(texts[4]),
                             {.byte_count = -1},    document_of(texts[1]),           document_of("增长5%。")};
  documents[5].region = "无此市";
  const cz_reports_options options = {.collect = true};
  cz_reports *reports;
  int64_t failed;
  if (!CHECK_EQ_INT(cz_reports_parse(documents, 6, &options, &reports, &failed, NULL), CZ_OK))
    return;
  CHECK_EQ_INT(failed, -1);
  const cz_table *table = cz_reports_table(reports, CZ_REPORTS_DOCUMENTS);
  const cz_column error = column_of(table, "error");
  const int64_t *offsets = column_of(table, "offset").values, *rows = column_of(table, "rows").values;
  const bool bad[] = {false, true, false, true, false, true};
  for (int64_t i = 0; i < 6; i++) {
    CHECK((error.offsets[i + 1] > error.offsets[i]) == bad[i]);
    CHECK_EQ_INT(offsets[i], i == 1 ? 11 : -1);
    CHECK((rows[i] == 0) == bad[i]);
  }
  const cz_document good[] = {documents[0], documents[2], documents[4]};
  cz_reports *expected = read_all(good, 3, 1);
  const cz_table *all = cz_reports_table(reports, CZ_REPORTS_QUANTITIES),
                 *some = cz_reports_table(expected, CZ_REPORTS_QUANTITIES);
  CHECK_EQ_INT(cz_table_rows(all), cz_table_rows(some));
  for (int32_t i = 0; i < cz_table_columns(some); i++) {
    cz_column x, y;
    CHECK(cz_table_column(all, i, &x) == CZ_OK && cz_table_column(some, i, &y) == CZ_OK);
    CHECK(strcmp(x.name, "doc_id") == 0 || same_cells(&x, 0, &y, cz_table_rows(some)));
  }
  const cz_table *sentences = cz_reports_table(reports, CZ_REPORTS_SENTENCES);
  CHECK_EQ_INT(cz_table_rows(sentences), cz_table_rows(cz_reports_table(expected, CZ_REPORTS_SENTENCES)));
  cz_reports_free(expected);
  cz_reports_free(reports);
}

static void a_failed_call_changes_nothing(void) {
  cz_reports *reports;
  CHECK_EQ_INT(cz_reports_create(NULL, &reports), CZ_OK);
  const cz_document good = document_of(texts[0]), bad[] = {document_of(texts[1]), document_of("\xFF")};
  int64_t failed;
  CHECK_EQ_INT(cz_reports_read(reports, &good, 1, &failed, NULL), CZ_OK);
  CHECK_EQ_INT(cz_reports_read(reports, bad, 2, &failed, NULL), CZ_ERROR_ENCODING);
  CHECK_EQ_INT(failed, 1);
  CHECK_EQ_INT(cz_reports_read(reports, &good, 1, &failed, NULL), CZ_OK);
  CHECK_EQ_INT(cz_reports_count(reports), 2);
  CHECK_EQ_INT(cz_reports_finish(reports), CZ_OK);
  const cz_document twice[] = {good, good};
  cz_reports *expected = read_all(twice, 2, 1);
  CHECK(same_tables(expected, reports));
  CHECK_EQ_INT(cz_reports_read(reports, &good, 1, &failed, NULL), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_reports_finish(reports), CZ_ERROR_ARGUMENT);
  cz_reports_free(expected);
  cz_reports_free(reports);
}

static void wrong_arguments_are_refused(void) {
  cz_reports *reports;
  cz_error error;
  CHECK_EQ_INT(cz_reports_create(NULL, NULL), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_reports_parse(NULL, 3, NULL, &reports, NULL, &error), CZ_ERROR_ARGUMENT);
  CHECK(reports == NULL);
  CHECK_EQ_INT(cz_reports_parse(NULL, 0, NULL, NULL, NULL, &error), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_reports_read(NULL, NULL, 0, NULL, NULL), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_reports_finish(NULL), CZ_ERROR_ARGUMENT);
  CHECK(cz_reports_table(NULL, CZ_REPORTS_QUANTITIES) == NULL);
  CHECK_EQ_INT(cz_reports_count(NULL), 0);
}

/* Three blocks, because blanks fill two of them up. */
static void every_allocation_may_fail(void) {
  enum { BLANKS = 1 << 18 };
  char *blanks = malloc(BLANKS);
  if (!CHECK(blanks != NULL))
    return;
  memset(blanks, ' ', BLANKS);
  const cz_document blank = {.bytes = blanks, .byte_count = BLANKS};
  const cz_document documents[] = {document_of(texts[0]), blank, document_of("\xFF"),
                                   document_of(texts[4]), blank, document_of(texts[1])};
  for (int64_t countdown = 0; !check_failures; countdown += countdown < 200 ? 1 : 7) {
    check_memory memory = {.countdown = countdown};
    const cz_allocator allocator = check_allocator(&memory);
    const cz_reports_options options = {.allocator = &allocator, .collect = true};
    cz_reports *reports;
    cz_error error;
    cz_status status = cz_reports_parse(documents, 6, &options, &reports, NULL, &error);
    if (status == CZ_OK) {
      CHECK(countdown > 300);
      cz_reports_free(reports);
      CHECK_NO_LEAK(memory);
      break;
    }
    CHECK_EQ_INT(status, CZ_ERROR_MEMORY);
    CHECK_EQ_INT(error.status, CZ_ERROR_MEMORY);
    CHECK(reports == NULL);
    CHECK_NO_LEAK(memory);
  }
  free(blanks);
}

static const check_test tests[] = {
    CHECK_TEST(rows_are_those_of_single_reports),
    CHECK_TEST(rows_name_their_report),
    CHECK_TEST(threads_and_calls_do_not_matter),
    CHECK_TEST(options_of_each_document_win),
    CHECK_TEST(nothing_is_a_collection_too),
    CHECK_TEST(the_first_bad_document_is_named),
    CHECK_TEST(errors_are_collected),
    CHECK_TEST(a_failed_call_changes_nothing),
    CHECK_TEST(wrong_arguments_are_refused),
    CHECK_TEST(every_allocation_may_fail),
};
CHECK_MAIN(tests)
