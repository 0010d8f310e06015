/* reports.c: many documents, read in blocks on several threads, joined in the order of the documents.
 *
 * A block is a run of documents whose rows go into tables of their own. Blocks depend on the documents alone
 * and are handed out one by one, so that the result is the same for every number of threads and none of them
 * waits for the others before the last block.
 */
#include <string.h>

#include "../base/threads.h"
#include "czcore/reports.h"
#include "internal.h"

/* Bytes of text and documents after which a block is closed: enough to make its tables worth their while, few
 * enough to keep all threads busy to the end. */
enum { BLOCK_BYTES = 1 << 18, BLOCK_DOCUMENTS = 1 << 12 };

/* ---- columns ---- */

static const cz_field quantity_fields[] = {
#define FIELD(name, type, categories) {#name, type, categories},
    CZ_QUANTITY_FIELDS(FIELD)
#undef FIELD
        {"doc_id", CZ_INT64, NULL},
    {"report_region", CZ_TEXT, NULL},
    {"report_code", CZ_TEXT, NULL},
    {"report_year", CZ_INT32, NULL}};
static const cz_field document_fields[] = {{"doc_id", CZ_INT64, NULL}, {"title", CZ_TEXT, NULL},
                                           {"region", CZ_TEXT, NULL},  {"region_code", CZ_TEXT, NULL},
                                           {"level", CZ_TEXT, NULL},   {"year", CZ_INT32, NULL},
                                           {"rows", CZ_INT64, NULL},   {"byte_count", CZ_INT64, NULL},
                                           {"error", CZ_TEXT, NULL},   {"offset", CZ_INT64, NULL}};
enum {
  DOCUMENT_ID,
  DOCUMENT_TITLE,
  DOCUMENT_REGION,
  DOCUMENT_CODE,
  DOCUMENT_LEVEL,
  DOCUMENT_YEAR,
  DOCUMENT_ROWS,
  DOCUMENT_BYTES,
  DOCUMENT_ERROR,
  DOCUMENT_OFFSET
};

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof *(array)))
/* Columns of quantities behind those of a single report. */
enum { OWN_COLUMNS = COUNT(quantity_fields) - 4 };
enum { FIELDS_MAX = 16 };

typedef struct part_fields {
  cz_field fields[FIELDS_MAX];
} part_fields;

struct cz_reports {
  cz_allocator allocator;
  const cz_lexicon *lexicon;
  int32_t threads;
  bool collect, finished;
  int64_t count;
  part_fields with_id[CZ_REPORTS_PARTS]; /* the fields of sections … notes and a doc_id */
  cz_table **tables;                     /* CZ_REPORTS_PARTS for each block */
  size_t table_count, table_capacity;
  cz_table *joined[CZ_REPORTS_PARTS];
};

/* Fields of a part, and the number of its column doc_id. */
static cz_report_fields fields_of(const cz_reports *reports, int part, int32_t *id) {
  if (part == CZ_REPORTS_QUANTITIES) {
    *id = OWN_COLUMNS;
    return (cz_report_fields){quantity_fields, COUNT(quantity_fields)};
  }
  if (part == CZ_REPORTS_DOCUMENTS) {
    *id = DOCUMENT_ID;
    return (cz_report_fields){document_fields, COUNT(document_fields)};
  }
  *id = cz_report_columns[part].count;
  return (cz_report_fields){reports->with_id[part].fields, *id + 1};
}

cz_status cz_reports_create(const cz_reports_options *options, cz_reports **out) {
  if (!out)
    return CZ_ERROR_ARGUMENT;
  *out = NULL;
  cz_allocator memory = cz_allocator_or_libc(options ? options->allocator : NULL);
  cz_reports *reports = cz_allocate_zeroed(&memory, sizeof *reports);
  if (!reports)
    return CZ_ERROR_MEMORY;
  reports->allocator = memory;
  reports->lexicon = options && options->lexicon ? options->lexicon : cz_lexicon_builtin();
  reports->threads = options && options->threads > 1 ? options->threads : 1;
  reports->collect = options && options->collect;
  for (int part = CZ_REPORTS_SECTIONS; part <= CZ_REPORTS_NOTES; part++) {
    const cz_report_fields own = cz_report_columns[part];
    memcpy(reports->with_id[part].fields, own.fields, (size_t)own.count * sizeof *own.fields);
    reports->with_id[part].fields[own.count] = (cz_field){"doc_id", CZ_INT64, NULL};
  }
  *out = reports;
  return CZ_OK;
}

/* ---- reading ---- */

typedef struct block {
  int64_t first, last; /* documents */
  int64_t bytes;
  int64_t failed; /* document, -1 if none */
  cz_status status;
  cz_error error;
} block;

typedef struct parse_job {
  cz_reports *reports;
  const cz_document *documents;
  cz_table **tables;
  block *blocks;
  int64_t block_count;
  cz_turns turns;
} parse_job;

static cz_status append(cz_table *table, int32_t column, const char *text) {
  return cz_table_append_text(table, column, text, (int64_t)strlen(text));
}

/* The row of the table of documents, and what the other tables say about the document of each row. */
static cz_status describe(const cz_reports *reports, cz_report *report, cz_table *documents, int64_t number,
                          int64_t byte_count, const int64_t *before, const cz_error *error) {
  cz_table *quantities = report->quantities;
  const char *region = cz_report_region(report);
  for (int part = 0; part < CZ_REPORT_TABLES; part++) {
    int32_t id;
    (void)fields_of(reports, part, &id);
    cz_table_fill_int64(*cz_report_table(report, part), id, before[part], number);
  }
  cz_table_fill_int32(quantities, OWN_COLUMNS + 3, before[0], report->year);
  cz_status status =
      cz_table_fill_text(quantities, OWN_COLUMNS + 1, before[0], region, (int64_t)strlen(region));
  if (!status)
    status = cz_table_fill_text(quantities, OWN_COLUMNS + 2, before[0], report->region_code,
                                (int64_t)strlen(report->region_code));
  if (!status)
    status = cz_table_add(documents);
  if (status)
    return status;
  cz_table_set_int64(documents, DOCUMENT_ID, number);
  cz_table_set_int32(documents, DOCUMENT_YEAR, report->year);
  cz_table_set_int64(documents, DOCUMENT_ROWS, cz_table_rows(quantities) - before[0]);
  cz_table_set_int64(documents, DOCUMENT_BYTES, byte_count > 0 ? byte_count : 0);
  cz_table_set_int64(documents, DOCUMENT_OFFSET, error ? error->offset : -1);
  const struct {
    int32_t column;
    const char *text;
  } texts[] = {{DOCUMENT_TITLE, cz_report_title(report)},
               {DOCUMENT_REGION, region},
               {DOCUMENT_CODE, report->region_code},
               {DOCUMENT_LEVEL, cz_report_level(report)},
               {DOCUMENT_ERROR, error ? error->message : ""}};
  for (size_t i = 0; i < sizeof texts / sizeof *texts && !status; i++)
    status = append(documents, texts[i].column, texts[i].text);
  return status;
}

static cz_status read_document(const parse_job *job, cz_reader *reader, block *b, cz_table *documents,
                               int64_t number) {
  const cz_reports *reports = job->reports;
  const cz_document *document = &job->documents[number];
  cz_report *report = reader->report;
  int64_t before[CZ_REPORT_TABLES];
  for (int part = 0; part < CZ_REPORT_TABLES; part++)
    before[part] = cz_table_rows(*cz_report_table(report, part));
  const cz_report_options options = {
      .region = document->region, .year = document->year, .source = document->source};
  b->error = (cz_error){.status = CZ_OK, .offset = -1};
  cz_report_clear(report);
  cz_status status = !document->bytes && document->byte_count < 0
                         ? cz_fail(&b->error, CZ_ERROR_ARGUMENT, -1, "no text")
                         : cz_reader_read(reader, document->bytes, document->byte_count, &options, &b->error);
  const bool noted = status && status != CZ_ERROR_MEMORY && reports->collect;
  if (noted) {
    for (int part = 0; part < CZ_REPORT_TABLES; part++)
      cz_table_cut(*cz_report_table(report, part), before[part]);
    cz_report_clear(report);
  }
  if (!status || noted)
    status = describe(reports, report, documents, reports->count + number, document->byte_count, before,
                      noted ? &b->error : NULL);
  return status;
}

static cz_status read_block(const parse_job *job, cz_reader *reader, int64_t index) {
  block *b = &job->blocks[index];
  cz_table **tables = job->tables + index * CZ_REPORTS_PARTS;
  for (int part = 0; part < CZ_REPORTS_PARTS; part++) {
    int32_t id;
    const cz_report_fields fields = fields_of(job->reports, part, &id);
    cz_status status = cz_table_create(fields.fields, fields.count, &job->reports->allocator, &tables[part]);
    if (status)
      return status;
    if (part < CZ_REPORT_TABLES)
      *cz_report_table(reader->report, part) = tables[part];
  }
  /* A figure in about seventy characters of three bytes. */
  cz_status status =
      cz_table_reserve(tables[CZ_REPORTS_QUANTITIES], b->bytes / 192 < 65536 ? b->bytes / 192 : 65536);
  for (int64_t i = b->first; i < b->last && !status; i++) {
    status = read_document(job, reader, b, tables[CZ_REPORTS_DOCUMENTS], i);
    if (status && status != CZ_ERROR_MEMORY)
      b->failed = i;
  }
  return status;
}

/* One thread: takes blocks until there are none or one has failed. All blocks before that one have been taken
 * by then, and are read to their end, so that the first document at fault is always the same. */
static void read_blocks(void *context, int64_t first, int64_t last) {
  (void)first;
  (void)last;
  parse_job *job = context;
  cz_report report;
  memset(&report, 0, sizeof report);
  report.allocator = job->reports->allocator;
  cz_reader reader;
  memset(&reader, 0, sizeof reader);
  reader.allocator = job->reports->allocator;
  reader.lexicon = job->reports->lexicon;
  reader.report = &report;
  for (int64_t i; (i = cz_turns_take(&job->turns)) < job->block_count;) {
    job->blocks[i].status = read_block(job, &reader, i);
    if (job->blocks[i].status)
      cz_turns_stop(&job->turns, job->block_count);
  }
  cz_reader_release(&reader);
  cz_report_clear(&report);
}

/* Documents to blocks; counts them only where `blocks` is NULL. */
static int64_t divide(const cz_document *documents, int64_t count, block *blocks) {
  int64_t made = 0;
  for (int64_t first = 0; first < count; made++) {
    int64_t last = first, bytes = 0;
    while (last < count && last - first < BLOCK_DOCUMENTS && bytes < BLOCK_BYTES) {
      const int64_t size = documents[last++].byte_count;
      bytes += size > 0 ? size : 0;
    }
    if (blocks)
      blocks[made] = (block){.first = first, .last = last, .bytes = bytes, .failed = -1};
    first = last;
  }
  return made;
}

static void free_tables(cz_table **tables, size_t count) {
  for (size_t i = 0; i < count; i++) {
    cz_table_free(tables[i]);
    tables[i] = NULL;
  }
}

cz_status cz_reports_read(cz_reports *reports, const cz_document *documents, int64_t count, int64_t *failed,
                          cz_error *error) {
  if (failed)
    *failed = -1;
  if (error)
    *error = (cz_error){.status = CZ_OK, .offset = -1};
  if (!reports || count < 0 || (count > 0 && !documents))
    return cz_fail(error, CZ_ERROR_ARGUMENT, -1, "no documents");
  if (reports->finished)
    return cz_fail(error, CZ_ERROR_ARGUMENT, -1, "the collection is finished");
  if (count == 0)
    return CZ_OK;
  parse_job job = {.reports = reports, .documents = documents, .block_count = divide(documents, count, NULL)};
  const size_t block_bytes = (size_t)job.block_count * sizeof *job.blocks;
  const size_t more = (size_t)job.block_count * CZ_REPORTS_PARTS;
  void *room = reports->tables;
  if (!cz_reserve(&reports->allocator, &room, &reports->table_capacity, reports->table_count + more,
                  sizeof *reports->tables))
    return cz_fail(error, CZ_ERROR_MEMORY, -1, "%s", cz_status_describe(CZ_ERROR_MEMORY));
  reports->tables = room;
  job.tables = reports->tables + reports->table_count;
  memset(job.tables, 0, more * sizeof *job.tables);
  job.blocks = cz_allocate(&reports->allocator, block_bytes);
  if (!job.blocks)
    return cz_fail(error, CZ_ERROR_MEMORY, -1, "%s", cz_status_describe(CZ_ERROR_MEMORY));
  (void)divide(documents, count, job.blocks);
  const int32_t threads = reports->threads < job.block_count ? reports->threads : (int32_t)job.block_count;
  cz_share(threads, threads, read_blocks, &job);
  cz_status status = CZ_OK;
  for (int64_t i = 0; i < job.block_count && !status; i++) {
    const block *b = &job.blocks[i];
    status = b->status;
    if (status && failed)
      *failed = b->failed;
    if (status && b->error.status == status && error)
      *error = b->error;
    else if (status)
      (void)cz_fail(error, status, -1, "%s", cz_status_describe(status));
  }
  cz_release(&reports->allocator, job.blocks, block_bytes);
  if (status) {
    free_tables(job.tables, more);
    return status;
  }
  reports->table_count += more;
  reports->count += count;
  return CZ_OK;
}

int64_t cz_reports_count(const cz_reports *reports) {
  return reports ? reports->count : 0;
}

/* ---- joining ---- */

cz_status cz_reports_finish(cz_reports *reports) {
  if (!reports || reports->finished)
    return CZ_ERROR_ARGUMENT;
  reports->finished = true;
  const size_t blocks = reports->table_count / CZ_REPORTS_PARTS;
  const size_t size = blocks * sizeof *reports->tables;
  cz_table **parts = cz_allocate(&reports->allocator, size);
  if (!parts)
    return CZ_ERROR_MEMORY;
  cz_status status = CZ_OK;
  for (int part = 0; part < CZ_REPORTS_PARTS && !status; part++) {
    int32_t id;
    const cz_report_fields fields = fields_of(reports, part, &id);
    for (size_t i = 0; i < blocks; i++)
      parts[i] = reports->tables[i * CZ_REPORTS_PARTS + (size_t)part];
    if (blocks == 1) {
      reports->joined[part] = parts[0];
      reports->tables[part] = NULL;
      continue;
    }
    status = cz_table_create(fields.fields, fields.count, &reports->allocator, &reports->joined[part]);
    if (!status)
      status = cz_tables_join(parts, (int64_t)blocks, reports->threads, reports->joined[part]);
  }
  cz_release(&reports->allocator, parts, size);
  free_tables(reports->tables, reports->table_count);
  if (status)
    free_tables(reports->joined, CZ_REPORTS_PARTS);
  return status;
}

const cz_table *cz_reports_table(const cz_reports *reports, cz_reports_part part) {
  return reports && (int)part >= 0 && part < CZ_REPORTS_PARTS ? reports->joined[part] : NULL;
}

void cz_reports_free(cz_reports *reports) {
  if (!reports)
    return;
  cz_allocator memory = reports->allocator;
  free_tables(reports->tables, reports->table_count);
  free_tables(reports->joined, CZ_REPORTS_PARTS);
  cz_release(&memory, reports->tables, reports->table_capacity * sizeof *reports->tables);
  cz_release(&memory, reports, sizeof *reports);
}

cz_status cz_reports_parse(const cz_document *documents, int64_t count, const cz_reports_options *options,
                           cz_reports **out, int64_t *failed, cz_error *error) {
  if (failed)
    *failed = -1;
  if (error)
    *error = (cz_error){.status = CZ_OK, .offset = -1};
  if (!out)
    return cz_fail(error, CZ_ERROR_ARGUMENT, -1, "out is NULL");
  cz_status status = cz_reports_create(options, out);
  if (status)
    return cz_fail(error, status, -1, "%s", cz_status_describe(status));
  status = cz_reports_read(*out, documents, count, failed, error);
  if (!status && (status = cz_reports_finish(*out)) != CZ_OK)
    (void)cz_fail(error, status, -1, "%s", cz_status_describe(status));
  if (status) {
    cz_reports_free(*out);
    *out = NULL;
  }
  return status;
}
