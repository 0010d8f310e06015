/* reports.h: many reports at once, on several threads, into one set of tables.
 *
 *   cz_reports *reports;
 *   if (cz_reports_create(&options, &reports) == CZ_OK) {
 *     while (more documents)                                 as many at a time as memory allows
 *       status = cz_reports_read(reports, documents, count, &failed, &error);
 *     status = cz_reports_finish(reports);
 *     … cz_reports_table(reports, CZ_REPORTS_QUANTITIES) …
 *     cz_reports_free(reports);
 *   }
 */
#ifndef CZCORE_REPORTS_H
#define CZCORE_REPORTS_H

#include "base.h"
#include "lexicon.h"
#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One document. All pointers are borrowed during the call that reads it. */
typedef struct cz_document {
  const char *bytes; /* UTF-8; NULL with a byte_count of -1 stands for a missing text, which is an error of the document */
  int64_t byte_count;
  const char *region, *source; /* as in cz_report_options */
  int32_t year;
} cz_document;

typedef struct cz_reports_options {
  const cz_lexicon *lexicon;     /* NULL: built-in; must outlive the cz_reports */
  const cz_allocator *allocator; /* NULL: libc. With more than one thread its functions are called by all of them at once */
  int32_t threads;               /* at most so many, of which the caller's is one; 0 and 1: the caller's alone */
  bool collect; /* a document that cannot be read is noted in CZ_REPORTS_DOCUMENTS; false: it ends the call */
} cz_reports_options;

typedef struct cz_reports cz_reports;

/* The tables. `doc_id` counts all documents from 0 in the order in which they were given, whatever the calls and
 * threads; rows are in that order. Columns:
 *   QUANTITIES   CZ_QUANTITY_FIELDS, then doc_id int64; report_region, report_code text; report_year int32.
 *                `main` and `sentence` count within the document.
 *   SECTIONS, SENTENCES, QUALITATIVE, NOTES   as in report.h, then doc_id int64
 *   DOCUMENTS    one row each: doc_id int64; title, region, region_code, level text; year int32; rows int64 (of
 *                QUANTITIES), byte_count int64; error text ("" if it was read); offset int64 (byte, or -1) */
typedef enum cz_reports_part {
  CZ_REPORTS_QUANTITIES,
  CZ_REPORTS_SECTIONS,
  CZ_REPORTS_SENTENCES,
  CZ_REPORTS_QUALITATIVE,
  CZ_REPORTS_NOTES,
  CZ_REPORTS_DOCUMENTS,
  CZ_REPORTS_PARTS
} cz_reports_part;

/* An empty collection; `options` NULL means all zero. Errors: CZ_ERROR_MEMORY, CZ_ERROR_ARGUMENT. */
CZ_MUST_CHECK cz_status cz_reports_create(const cz_reports_options *options, cz_reports **out);

/* Reads `count` more documents. The rows do not depend on the number of threads. Not for several threads at once on one
 * collection. On failure the collection is as before the call, *failed is the number of the first document that could
 * not be read, counted within this call (-1: none in particular), and *error says why; both may be NULL. Errors: those
 * of cz_report_parse, unless they are collected (CZ_ERROR_MEMORY never is); CZ_ERROR_ARGUMENT after
 * cz_reports_finish. */
CZ_MUST_CHECK cz_status cz_reports_read(cz_reports *reports, const cz_document *documents, int64_t count, int64_t *failed,
                                        cz_error *error);

/* Documents that were read, with those that are noted as errors. */
int64_t cz_reports_count(const cz_reports *reports);

/* Joins what was read into one table for each part: linear in the rows, and little more than the tables themselves in
 * memory for an allocator that gives released pieces back, twice that at most. After an error the collection can only be freed. */
CZ_MUST_CHECK cz_status cz_reports_finish(cz_reports *reports);

/* A table of a finished collection, which owns it; NULL before. */
const cz_table *cz_reports_table(const cz_reports *reports, cz_reports_part part);
void cz_reports_free(cz_reports *reports);

/* create, read and finish in one call. On failure *out is NULL; `failed` and `error` as of cz_reports_read. */
CZ_MUST_CHECK cz_status cz_reports_parse(const cz_document *documents, int64_t count, const cz_reports_options *options,
                                         cz_reports **out, int64_t *failed, cz_error *error);

#ifdef __cplusplus
}
#endif
#endif
