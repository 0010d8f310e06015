/* report.h: a whole report. */
#ifndef CZCORE_REPORT_H
#define CZCORE_REPORT_H

#include "base.h"
#include "lexicon.h"
#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The columns of the table of quantities: name, type, categories (CZ_CODE) or NULL.
 * Meanings: python/czreport docs and README; the order here is the order of the table. */
#define CZ_QUANTITY_FIELDS(X)                                                                                \
  X(start, CZ_INT64, NULL)                                                                                   \
  X(end, CZ_INT64, NULL)                                                                                     \
  X(text, CZ_TEXT, NULL)                                                                                     \
  X(number, CZ_TEXT, NULL)                                                                                   \
  X(role, CZ_CODE, cz_role_names)                                                                            \
  X(indicator, CZ_TEXT, NULL)                                                                                \
  X(indicator_code, CZ_TEXT, NULL)                                                                           \
  X(measure, CZ_CODE, cz_measure_names)                                                                      \
  X(value, CZ_FLOAT64, NULL)                                                                                 \
  X(unit, CZ_TEXT, NULL)                                                                                     \
  X(lo, CZ_FLOAT64, NULL)                                                                                    \
  X(hi, CZ_FLOAT64, NULL)                                                                                    \
  X(bound, CZ_CODE, cz_bound_names)                                                                          \
  X(resolution, CZ_FLOAT64, NULL)                                                                            \
  X(basis, CZ_CODE, cz_basis_names)                                                                          \
  X(relation, CZ_CODE, cz_relation_names)                                                                    \
  X(main, CZ_INT32, NULL)                                                                                    \
  X(flags, CZ_TEXT, NULL)                                                                                    \
  X(canonical_value, CZ_FLOAT64, NULL)                                                                       \
  X(canonical_unit, CZ_TEXT, NULL)                                                                           \
  X(period, CZ_TEXT, NULL)                                                                                   \
  X(base, CZ_TEXT, NULL)                                                                                     \
  X(period_start, CZ_INT32, NULL)                                                                            \
  X(period_end, CZ_INT32, NULL)                                                                              \
  X(base_year, CZ_INT32, NULL)                                                                               \
  X(horizon, CZ_CODE, cz_horizon_names)                                                                      \
  X(kind, CZ_CODE, cz_kind_names)                                                                            \
  X(commitment, CZ_TEXT, NULL)                                                                               \
  X(stretch, CZ_TEXT, NULL)                                                                                  \
  X(region, CZ_TEXT, NULL)                                                                                   \
  X(region_code, CZ_TEXT, NULL)                                                                              \
  X(scope, CZ_TEXT, NULL)                                                                                    \
  X(section, CZ_TEXT, NULL)                                                                                  \
  X(sentence, CZ_INT32, NULL)

/* Closed vocabularies, as X-macros so that enum and names cannot drift apart. */
#define CZ_ROLE_LIST(X) X(OTHER, "other") X(STATEMENT, "statement") X(THRESHOLD, "threshold") X(DATE, "date") X(LABEL, "label")
#define CZ_MEASURE_LIST(X)                                                                                   \
  X(NONE, "") X(LEVEL, "level") X(GROWTH, "growth") X(AVERAGE_GROWTH, "average_growth") X(CHANGE, "change")  \
  X(MULTIPLE, "multiple") X(RANK, "rank") X(RANK_CHANGE, "rank_change") X(DIFFERENCE, "difference")          \
  X(STREAK, "streak") X(RATIO, "ratio")
#define CZ_BOUND_LIST(X)                                                                                     \
  X(NONE, "") X(EQ, "eq") X(ABOUT, "about") X(NEARLY, "nearly") X(AT_LEAST, "at_least") X(MORE_THAN, "more_than") \
  X(AT_MOST, "at_most") X(LESS_THAN, "less_than") X(BETWEEN, "between")
#define CZ_BASIS_LIST(X) X(NONE, "") X(REAL, "real") X(NOMINAL, "nominal") X(COMPARABLE, "comparable")
#define CZ_RELATION_LIST(X)                                                                                  \
  X(NONE, "") X(THRESHOLD_OF, "threshold_of") X(PART_OF, "part_of") X(STRETCH_OF, "stretch_of") X(FROM_OF, "from_of")
#define CZ_HORIZON_LIST(X) X(NONE, "") X(ANNUAL, "annual") X(PLAN, "plan") X(CUMULATIVE, "cumulative") X(OTHER, "other")
#define CZ_KIND_LIST(X) X(NONE, "") X(ACTUAL, "actual") X(ESTIMATE, "estimate") X(TARGET, "target") X(TASK, "task")

#define CZ_ENUM_ITEM_ROLE(name, text) CZ_ROLE_##name,
typedef enum cz_role { CZ_ROLE_LIST(CZ_ENUM_ITEM_ROLE) CZ_ROLE_COUNT } cz_role;
#define CZ_ENUM_ITEM_MEASURE(name, text) CZ_MEASURE_##name,
typedef enum cz_measure { CZ_MEASURE_LIST(CZ_ENUM_ITEM_MEASURE) CZ_MEASURE_COUNT } cz_measure;
#define CZ_ENUM_ITEM_BOUND(name, text) CZ_BOUND_##name,
typedef enum cz_bound { CZ_BOUND_LIST(CZ_ENUM_ITEM_BOUND) CZ_BOUND_COUNT } cz_bound;
#define CZ_ENUM_ITEM_BASIS(name, text) CZ_BASIS_##name,
typedef enum cz_basis { CZ_BASIS_LIST(CZ_ENUM_ITEM_BASIS) CZ_BASIS_COUNT } cz_basis;
#define CZ_ENUM_ITEM_RELATION(name, text) CZ_RELATION_##name,
typedef enum cz_relation { CZ_RELATION_LIST(CZ_ENUM_ITEM_RELATION) CZ_RELATION_COUNT } cz_relation;
#define CZ_ENUM_ITEM_HORIZON(name, text) CZ_HORIZON_##name,
typedef enum cz_horizon { CZ_HORIZON_LIST(CZ_ENUM_ITEM_HORIZON) CZ_HORIZON_COUNT } cz_horizon;
#define CZ_ENUM_ITEM_KIND(name, text) CZ_KIND_##name,
typedef enum cz_kind { CZ_KIND_LIST(CZ_ENUM_ITEM_KIND) CZ_KIND_COUNT } cz_kind;

/* NULL-terminated names, in the order of the enums. */
extern const char *const cz_role_names[], *const cz_measure_names[], *const cz_bound_names[], *const cz_basis_names[],
    *const cz_relation_names[], *const cz_horizon_names[], *const cz_kind_names[];

/* How to read. Zero-initialise, then set what is known. All texts UTF-8, NUL-terminated, copied where kept. */
typedef struct cz_report_options {
  const char *region;           /* name (常州市) or six-digit code; NULL: found in title, opening lines, source */
  int32_t year;                 /* delivery year; 0: found likewise */
  const char *source;           /* file name, a hint for region and year; NULL: none */
  const cz_lexicon *lexicon;    /* NULL: built-in */
  const cz_allocator *allocator; /* NULL: libc */
} cz_report_options;

typedef struct cz_report cz_report; /* immutable once read */

/* Reads a whole report. The bytes are needed only during the call. `options` and `error` may be NULL.
 * On success *out owns the result; on failure *out is NULL. Errors: as cz_text_scan, and CZ_ERROR_ARGUMENT for a
 * region that is not known. Linear in byte_count. */
CZ_MUST_CHECK cz_status cz_report_parse(const char *bytes, int64_t byte_count, const cz_report_options *options,
                                        cz_report **out, cz_error *error);
void cz_report_free(cz_report *report);

/* Texts about the report; "" where unknown. Valid as long as the report. */
const char *cz_report_title(const cz_report *report);
const char *cz_report_region(const cz_report *report);      /* full name: 常州市; 全国 for the State Council */
const char *cz_report_region_code(const cz_report *report); /* six digits; "000000" for the nation */
const char *cz_report_level(const cz_report *report);       /* nation, province, prefecture, county or "" */
int32_t cz_report_year(const cz_report *report);            /* 0 if unknown */

/* Tables; owned by the report. Columns:
 *   quantities   CZ_QUANTITY_FIELDS
 *   sections     start, end int64; level int32 (1 = 一、, 2 = （一）, 3 = a heading line below); title text
 *   sentences    start, end int64: the bounds of every sentence that the `sentence` column numbers
 *   qualitative  start, end int64; text, indicator, indicator_code, wording, kind(code), period, section text; sentence int32
 *   notes        code text (no_region, no_year, region_from_source, year_from_source, stub, joined_lines …); message text; start int64 */
const cz_table *cz_report_quantities(const cz_report *report);
const cz_table *cz_report_sections(const cz_report *report);
const cz_table *cz_report_sentences(const cz_report *report);
const cz_table *cz_report_qualitative(const cz_report *report);
const cz_table *cz_report_notes(const cz_report *report);

#ifdef __cplusplus
}
#endif
#endif
