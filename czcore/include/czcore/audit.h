/* audit.h: which printed figures cannot all be true.
 *
 * Every statement of a table of quantities is read as an interval on a variable (an indicator of a region in
 * a period) or on a relation between variables: 616.6 is a level between 616.55 and 616.65, 1.3倍 a ratio
 * between 1.25 and 1.35, 年均增长6.4% a ratio between 1.0635^5 and 1.0645^5. Relations between the variables
 * are propagated with outward rounding until nothing changes (hull consistency, HC4). Where no value is left
 * for a variable, the smallest sets of statements are sought that cannot hold together. docs/audit.md lists
 * the rules with their formulas.
 *
 * The audit is sound and incomplete: what it calls a contradiction is one under the stated reading of the
 * rows, but a table without findings is "no contradiction found", not "consistent". Nothing depends on the
 * order of memory or on the clock, so the same table always gives the same findings. */
#ifndef CZCORE_AUDIT_H
#define CZCORE_AUDIT_H

#include "base.h"
#include "lexicon.h"
#include "model.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CZ_SEVERITY_LIST(X) X(CONTRADICTION, "contradiction") X(TENSION, "tension") X(INFO, "info")
#define CZ_ENUM_ITEM_SEVERITY(name, text) CZ_SEVERITY_##name,
typedef enum cz_severity { CZ_SEVERITY_LIST(CZ_ENUM_ITEM_SEVERITY) CZ_SEVERITY_COUNT } cz_severity;
#undef CZ_ENUM_ITEM_SEVERITY
extern const char *const cz_severity_names[]; /* NULL-terminated */

/* Columns of the findings. `statements` holds numbers of rows of the quantities, ascending, separated by
 * commas. stated_lo to stated_hi is what one of these statements says, implied_lo to implied_hi what the
 * others leave for it, both in `unit`; `gap` is the distance between the two, NaN where the finding compares
 * nothing. `repair` lists up to three slips that would explain a contradiction, the likeliest first, "" if
 * none does. */
#define CZ_FINDING_FIELDS(X)                                                                                 \
  X(severity, CZ_CODE, cz_severity_names)                                                                    \
  X(rule, CZ_TEXT, NULL)                                                                                     \
  X(indicator, CZ_TEXT, NULL)                                                                                \
  X(statements, CZ_TEXT, NULL)                                                                               \
  X(gap, CZ_FLOAT64, NULL)                                                                                   \
  X(message_zh, CZ_TEXT, NULL)                                                                               \
  X(message_en, CZ_TEXT, NULL)                                                                               \
  X(repair, CZ_TEXT, NULL)                                                                                   \
  X(indicator_code, CZ_TEXT, NULL)                                                                           \
  X(stated_lo, CZ_FLOAT64, NULL)                                                                             \
  X(stated_hi, CZ_FLOAT64, NULL)                                                                             \
  X(implied_lo, CZ_FLOAT64, NULL)                                                                            \
  X(implied_hi, CZ_FLOAT64, NULL)                                                                            \
  X(unit, CZ_TEXT, NULL)

/* Columns of the implied values: figures that the text does not print but that its statements enclose.
 * `region` is "" for the report's own and the name of another body (省均, 全国) where a difference or a share
 * tells of one. `measure` is level, rank, or growth (of another body, in percent). */
#define CZ_IMPLIED_FIELDS(X)                                                                                 \
  X(indicator, CZ_TEXT, NULL)                                                                                \
  X(region, CZ_TEXT, NULL)                                                                                   \
  X(period, CZ_TEXT, NULL)                                                                                   \
  X(lo, CZ_FLOAT64, NULL)                                                                                    \
  X(hi, CZ_FLOAT64, NULL)                                                                                    \
  X(unit, CZ_TEXT, NULL)                                                                                     \
  X(statements, CZ_TEXT, NULL)                                                                               \
  X(indicator_code, CZ_TEXT, NULL)                                                                           \
  X(measure, CZ_CODE, cz_measure_names)

/* How to audit. Zero-initialise, then set what is known: 0 means the default everywhere. */
typedef struct cz_audit_options {
  double
      about; /* 左右 allows this share of the figure to both sides; default 0.05, one last place at least */
  double deflator_first;         /* prices may differ by this factor over one year; default 1.25 … */
  double deflator_further;       /* … and by this one for every further year; default 1.08. Both at least 1 */
  int64_t work;                  /* revisions of relations before the search stops; default 2,000,000 */
  const cz_lexicon *lexicon;     /* that the table was read with; NULL: built-in */
  const cz_allocator *allocator; /* NULL: libc */
} cz_audit_options;

typedef struct cz_audit cz_audit; /* immutable once made */

/* Audits a table with the columns CZ_QUANTITY_FIELDS, which is needed only during the call. `options` and
 * `error` may be NULL. On success *out owns the result; on failure it is NULL. CZ_ERROR_ARGUMENT for a table
 * without these columns and for options out of range, CZ_ERROR_MEMORY. */
CZ_MUST_CHECK cz_status cz_audit_run(const cz_table *quantities, const cz_audit_options *options,
                                     cz_audit **out, cz_error *error);
void cz_audit_free(cz_audit *audit);

/* Rows of one table for cz_audit_gather: the numbers ascend. With `as_own` the rows are about the region
 * whose own report the others are, and their column `region` becomes "". */
typedef struct cz_audit_part {
  const cz_table *quantities;
  const int64_t *rows;
  int64_t count;
  bool as_own;
} cz_audit_part;

/* One table of chosen rows of several reports, part after part, for cz_audit_run: what the reports of
 * different years say of one region, and what others say of it. `sentence` is counted through all parts, so
 * that rows of two of them never share one, and `main` is a row of the new table or -1. The parts are needed
 * only during the call, and may have none. On success the caller frees *out with cz_table_free; on failure it
 * is NULL. CZ_ERROR_ARGUMENT for a table without the columns CZ_QUANTITY_FIELDS or rows that do not ascend or
 * exist (the error's offset is the number of the part), CZ_ERROR_MEMORY. `error` may be NULL. */
CZ_MUST_CHECK cz_status cz_audit_gather(const cz_audit_part *parts, int32_t part_count,
                                        const cz_allocator *allocator, cz_table **out, cz_error *error);

/* Owned by the audit. Findings are ordered by severity, then by their first statements. */
const cz_table *cz_audit_findings(const cz_audit *audit);
const cz_table *cz_audit_implied(const cz_audit *audit);

/* False when the search stopped because `work` was used up: there may be further findings. */
bool cz_audit_complete(const cz_audit *audit);

#ifdef __cplusplus
}
#endif
#endif
