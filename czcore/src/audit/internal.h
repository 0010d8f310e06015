/* audit/internal.h: what the files of the audit share.
 *
 *   interval.c   arithmetic that rounds outwards
 *   network.c    variables, links and claims; propagation to a fixpoint; smallest conflicting sets
 *   claims.c     rows of the table → claims: sets of values for a variable
 *   relations.c  which variables hang together, and how
 *   identities.c identities of the registry, and shares that name their whole
 *   order.c      ranks beside the values that are ranked
 *   conflicts.c  conflicting sets → findings, with gap, words and repairs
 *   plan.c       goals beside plans and outcomes; ratios a:b
 *   implied.c    figures that are not printed
 *   audit.c      options, tables, order
 */
#ifndef CZCORE_AUDIT_INTERNAL_H
#define CZCORE_AUDIT_INTERNAL_H

#include "../base/internal.h"
#include "../model/internal.h"
#include "czcore/audit.h"
#include "czcore/report.h"

/* ---- intervals ---- */

/* Closed; empty when lo > hi. Open ends that words state are closed here, which only widens. */
typedef struct cz_interval {
  double lo, hi;
} cz_interval;

double cz_round_down(double value); /* the next double below; infinities stay */
double cz_round_up(double value);
cz_interval cz_interval_add(cz_interval a, cz_interval b);
cz_interval cz_interval_subtract(cz_interval a, cz_interval b);
/* Both operands must be without negative values. Division by an interval that holds 0 has no upper end. */
cz_interval cz_interval_multiply(cz_interval a, cz_interval b);
cz_interval cz_interval_divide(cz_interval a, cz_interval b);
cz_interval cz_interval_power(cz_interval base, int32_t exponent); /* exponent >= 1 */
cz_interval cz_interval_scale(cz_interval a, double factor);       /* factor > 0 */

static inline cz_interval cz_interval_meet(cz_interval a, cz_interval b) {
  return (cz_interval){a.lo > b.lo ? a.lo : b.lo, a.hi < b.hi ? a.hi : b.hi};
}
static inline bool cz_interval_is_empty(cz_interval a) {
  return a.lo > a.hi;
}

/* ---- network ---- */

typedef enum cz_variable_kind {
  CZ_VARIABLE_LEVEL,
  CZ_VARIABLE_RATIO,             /* level of period `to` divided by that of `from` */
  CZ_VARIABLE_CHANGE,            /* level of `to` less that of `from` */
  CZ_VARIABLE_DIFFERENCE,        /* level less that of another body; `from` is the body's name */
  CZ_VARIABLE_GROWTH_DIFFERENCE, /* growth less that of another body, as a plain number */
  CZ_VARIABLE_RANK,
  CZ_VARIABLE_RANK_CHANGE,
  CZ_VARIABLE_WEDGE, /* what lies between two ways of measuring growth: 1 when they agree */
  CZ_VARIABLE_PART_SUM
} cz_variable_kind;

typedef enum cz_growth_basis { CZ_GROWTH_NOMINAL, CZ_GROWTH_REAL, CZ_GROWTH_COMPARABLE } cz_growth_basis;

/* Rules in the order in which a finding is named when several took part. */
#define CZ_RULE_LIST(X)                                                                                      \
  X(PARTS, "parts", "部分不大于整体", "a part exceeds its whole")                                            \
  X(PART_SUM, "part_sum", "各部分之和不大于整体", "the parts exceed their whole")                            \
  X(IDENTITY, "identity", "恒等式", "identity between indicators")                                           \
  X(COVER, "cumulative", "累计数不小于其中一年", "a year exceeds the total that holds it")                   \
  X(DIFFERENCE, "difference", "差值", "difference between two bodies")                                       \
  X(SHARE, "share", "占比", "a share and its whole")                                                         \
  X(RANK_CHANGE, "rank_change", "位次变化", "change of rank")                                                \
  X(CHANGE, "change", "增减量", "absolute change")                                                           \
  X(CHAIN, "chain", "逐期增长与累计增长", "growth over adjoining periods")                                   \
  X(GROWTH, "growth", "水平与增长", "level and growth")                                                      \
  X(BASIS, "basis", "口径", "basis of growth")                                                               \
  X(SAME, "restated", "同一指标两处数字", "one figure, stated twice")                                        \
  X(RANK_ORDER, "rank_order", "位次与数值", "ranks and the values ranked")                                   \
  X(RATIO, "ratio", "比例", "ratio a:b")                                                                     \
  X(REAL, "real_nominal", "实际增长与名义增长", "real and nominal growth")                                   \
  X(COMPARABLE, "comparable_basis", "可比口径", "comparable basis")                                          \
  X(ABOUT, "approximate", "约数", "a figure stated as approximate")                                          \
  X(PLAN_TOTAL, "plan_total", "年度目标与规划总量", "annual figure and plan total")                          \
  X(PLAN_PATH, "plan_path", "年度目标与规划目标", "annual goal and plan goal")                               \
  X(VERDICT, "verdict", "目标完成情况", "goal and outcome")
#define CZ_ENUM_ITEM_RULE(name, text, zh, en) CZ_RULE_##name,
typedef enum cz_rule { CZ_RULE_LIST(CZ_ENUM_ITEM_RULE) CZ_RULE_COUNT } cz_rule;
#undef CZ_ENUM_ITEM_RULE
extern const char *const cz_rule_names[];

/* Periods are numbers: a year is itself, every other text (2016-2020, 2020-02) CZ_PERIOD_TEXTS + its number.
 */
enum { CZ_NO_PERIOD = 0, CZ_PERIOD_TEXTS = 10000 };

typedef struct cz_variable {
  int32_t group;    /* indicator, region, outcome or goal; -1 for none */
  int32_t from, to; /* periods; from is CZ_NO_PERIOD for levels and ranks */
  int32_t unit;     /* text number of the canonical unit; of the scope for ranks and differences */
  int32_t other;    /* text number of the scope for a level or growth of another body; -1 */
  int32_t component;
  cz_interval domain;    /* before any statement */
  cz_interval plausible; /* wedges: what prices or changed scope may explain */
  uint8_t kind, basis;
  bool stated; /* a claim speaks of it */
} cz_variable;

typedef enum cz_link_kind {
  CZ_LINK_SUM,     /* z = x + y */
  CZ_LINK_PRODUCT, /* z = scale * x * y, none negative */
  CZ_LINK_AT_MOST, /* x <= y */
  CZ_LINK_BETWEEN  /* min(x, y) <= z <= max(x, y) */
} cz_link_kind;

typedef struct cz_link {
  int32_t x, y, z; /* z is -1 for CZ_LINK_AT_MOST */
  double scale;
  uint8_t kind, rule;
  bool doubtful; /* holds as a rule, not always: what needs it is no contradiction */
} cz_link;

/* How wide a claim is taken. */
typedef enum cz_reading {
  CZ_READ_TIGHT, /* 左右 as if it were not there */
  CZ_READ_NORMAL,
  CZ_READ_COARSE, /* closing zeros taken for rounding: 7700 between 7650 and 7750 */
  CZ_READING_COUNT
} cz_reading;

typedef struct cz_claim {
  double value, lo, hi, resolution; /* as in the table, in the unit of the value */
  double coarse;                    /* resolution when closing zeros are rounding */
  double factor;                    /* canonical value of one unit */
  int32_t row, sentence, variable;
  int32_t years; /* average growth: years of compounding; else 1 */
  int32_t key;
  uint8_t measure, bound;
  bool doubtful;                      /* indicator, region, period or kind are uncertain */
  bool carried;                       /* the indicator was named in an earlier sentence */
  cz_interval sets[CZ_READING_COUNT]; /* on the variable */
} cz_claim;

typedef struct cz_network {
  cz_allocator allocator;
  cz_variable *variables;
  size_t variable_count, variable_room;
  cz_link *links;
  size_t link_count, link_room;
  cz_claim *claims;
  size_t claim_count, claim_room;
  /* Filled by cz_network_split: links and claims of each component, [component_count + 1] starts each. */
  int32_t component_count;
  int32_t *link_start, *link_of, *claim_start, *claim_of, *variable_start, *variable_of;
  cz_interval *domains; /* result of the last propagation, by variable */
  uint8_t *active;      /* by claim: takes part */
  int64_t work;         /* revisions left */
} cz_network;

typedef enum cz_wedge_mode { CZ_WEDGE_PLAUSIBLE, CZ_WEDGE_NONE, CZ_WEDGE_ANY } cz_wedge_mode;

typedef struct cz_mode {
  uint8_t reading, wedge;
  bool firm_only;    /* leave doubtful links out */
  int32_t skip_rule; /* leave the links of this rule out; -1 none */
  int32_t instead;   /* claim whose set is replaced; -1 none */
  cz_interval set;
} cz_mode;

void cz_network_free(cz_network *network);
/* New variable, link or claim, zeroed except where stated; the index in *out (may be NULL). */
CZ_MUST_CHECK cz_status cz_network_add_variable(cz_network *network, cz_variable_kind kind,
                                                cz_interval domain, int32_t *out);
CZ_MUST_CHECK cz_status cz_network_add_link(cz_network *network, cz_link link);
CZ_MUST_CHECK cz_status cz_network_add_claim(cz_network *network, const cz_claim *claim);
/* Finds the components and makes room for propagation. To be called once, after everything was added. */
CZ_MUST_CHECK cz_status cz_network_split(cz_network *network);
/* Narrows the variables of a component by its links and its active claims; false when a variable has no value
 * left. Without work left it returns true: nothing is claimed about what was not examined. */
bool cz_network_propagate(cz_network *network, int32_t component, const cz_mode *mode);

/* Conflicting sets. `members` are claims, ascending by row. */
enum { CZ_CONFLICT_LIMIT = 8, CZ_CONFLICTS_PER_COMPONENT = 12 };
typedef struct cz_conflict {
  int32_t count;
  int32_t members[CZ_CONFLICT_LIMIT];
} cz_conflict;
/* Smallest sets of claims of a component that cannot hold together under `mode`, at most `room` of them,
 * without those that hold one of the `known` sets. Returns how many were found. */
int32_t cz_network_conflicts(cz_network *network, int32_t component, const cz_mode *mode,
                             const cz_conflict *known, int32_t known_count, cz_conflict *found, int32_t room);
bool cz_conflict_holds(const cz_conflict *set, const cz_conflict *subset);

/* ---- the audit at work ---- */

typedef struct cz_span {
  const char *bytes;
  int64_t size;
} cz_span;

typedef struct cz_key {          /* what is measured */
  int32_t text;                  /* the phrase or, where it is a registered name, the code */
  const cz_indicator *indicator; /* NULL: not registered under this name */
  bool firm;                     /* same key in two sentences means the same figure */
} cz_key;

typedef struct cz_group {
  int32_t key, region;
  int32_t
      sentence; /* of phrases that are not registered: they name a figure within a sentence only; else -1 */
  bool goal;
  int32_t first_claim; /* chain by next_in_group */
} cz_group;

typedef struct cz_rows { /* columns of the quantities */
  int64_t count;
  const uint8_t *role, *measure, *bound, *basis, *relation, *horizon, *kind;
  const double *value, *lo, *hi, *resolution, *canonical_value;
  const int32_t *main, *period_start, *period_end, *base_year, *sentence;
  cz_column text, number, indicator, indicator_code, unit, flags, canonical_unit, period, base, region, scope;
} cz_rows;

typedef struct cz_words { /* text under construction */
  char *bytes;
  size_t size, room;
  bool failed;
} cz_words;

typedef struct cz_entry { /* hash tables of texts and of tuples */
  int32_t number;
  uint32_t hash;
} cz_entry;

typedef struct cz_tuple {
  int32_t part[6];
  int32_t number;
} cz_tuple;

typedef struct cz_auditor {
  cz_allocator allocator;
  const cz_lexicon *lexicon;
  double about, deflator_first, deflator_further;
  cz_rows rows;
  cz_network network;
  /* texts met, by number */
  cz_span *texts;
  size_t text_count, text_room;
  cz_entry *text_slots;
  size_t text_slot_count;
  cz_tuple *tuples;
  size_t tuple_count, tuple_room;
  cz_entry *tuple_slots;
  size_t tuple_slot_count;
  cz_key *keys; /* by number of the pair of phrase and code */
  size_t key_count, key_room;
  cz_group *groups;
  size_t group_count, group_room;
  const cz_indicator **code_rows; /* by text number of a code: its entry in the registry */
  size_t code_room;
  int32_t *claim_of_row;  /* -1 for none */
  int32_t *next_in_group; /* by claim */
  size_t next_room;
  int32_t empty_text, percent_text, point_text;
  cz_table *findings, *implied;
  cz_words words, words_en, repair, list;
  struct cz_found *found;
  size_t found_count, found_room;
} cz_auditor;

/* One finding before it is written to the table. Texts are copied into one block each. */
typedef struct cz_found {
  uint8_t severity, rule;
  int32_t rows[CZ_CONFLICT_LIMIT];
  int32_t row_count;
  int32_t key_row; /* row that names the indicator */
  double gap;
  cz_interval stated, implied;
  cz_span unit;
  char *zh, *en, *repair;
  size_t zh_size, en_size, repair_size;
} cz_found;

#define CZ_TRY(expression)                                                                                   \
  do {                                                                                                       \
    cz_status cz_try_status = (expression);                                                                  \
    if (cz_try_status)                                                                                       \
      return cz_try_status;                                                                                  \
  } while (0)

static inline cz_span cz_cell(const cz_column *column, int64_t row) {
  return (cz_span){column->bytes + column->offsets[row], column->offsets[row + 1] - column->offsets[row]};
}
bool cz_span_is(cz_span span, const char *text);
bool cz_span_has(cz_span span, const char *part);

/* claims.c */
CZ_MUST_CHECK cz_status cz_auditor_text(cz_auditor *auditor, cz_span text, int32_t *out);
CZ_MUST_CHECK cz_status cz_auditor_tuple(cz_auditor *auditor, const int32_t part[6], int32_t fresh,
                                         int32_t *out, bool *is_new);
int32_t cz_auditor_find_tuple(const cz_auditor *auditor, const int32_t part[6]); /* -1 if there is none */
CZ_MUST_CHECK cz_status cz_auditor_group(cz_auditor *auditor, int32_t key, int32_t region, bool goal,
                                         int32_t sentence, int32_t *out);
int32_t cz_auditor_find_group(const cz_auditor *auditor, int32_t key, int32_t region, bool goal,
                              int32_t sentence);
/* The variable of a group, made when it is new. */
CZ_MUST_CHECK cz_status cz_auditor_variable(cz_auditor *auditor, cz_variable_kind kind, int32_t group,
                                            int32_t from, int32_t to, int32_t unit, cz_growth_basis basis,
                                            int32_t *out);
int32_t cz_auditor_find_variable(const cz_auditor *auditor, cz_variable_kind kind, int32_t group,
                                 int32_t from, int32_t to, int32_t unit, cz_growth_basis basis);
CZ_MUST_CHECK cz_status cz_auditor_claims(cz_auditor *auditor);
/* The set that a claim states for its variable. */
cz_interval cz_claim_set(const cz_auditor *auditor, const cz_claim *claim, cz_reading reading);
/* A set on the variable as one on the figure that the claim prints, in the unit of its value; for display. */
cz_interval cz_claim_shown(const cz_claim *claim, cz_interval set);

/* Takes 增速, 增幅 or 涨幅 off the end of a phrase; false if none stands there. */
bool cz_growth_phrase(cz_span *phrase);
/* The group of a phrase (a registered name, or a phrase of the sentence) of the region and kind of `like`; -1
 * if the report has none. */
int32_t cz_auditor_group_of_phrase(const cz_auditor *auditor, cz_span phrase, const cz_group *like,
                                   int32_t sentence);

/* relations.c, identities.c */
CZ_MUST_CHECK cz_status cz_auditor_relations(cz_auditor *auditor);
CZ_MUST_CHECK cz_status cz_auditor_link(cz_auditor *auditor, cz_link_kind kind, cz_rule rule, int32_t z,
                                        double scale, int32_t x, int32_t y, bool doubtful);
CZ_MUST_CHECK cz_status cz_auditor_identities(cz_auditor *auditor, int32_t group);
CZ_MUST_CHECK cz_status cz_auditor_shares(cz_auditor *auditor);

/* conflicts.c, order.c, plan.c, implied.c */
CZ_MUST_CHECK cz_status cz_auditor_conflicts(cz_auditor *auditor);
CZ_MUST_CHECK cz_status cz_auditor_order(cz_auditor *auditor);
CZ_MUST_CHECK cz_status cz_auditor_ratios(cz_auditor *auditor);
CZ_MUST_CHECK cz_status cz_auditor_plans(cz_auditor *auditor);
CZ_MUST_CHECK cz_status cz_auditor_implied(cz_auditor *auditor);
/* A finding about rows, in any order, with the indicator and the quotes said. */
cz_found cz_auditor_start(cz_auditor *auditor, cz_severity severity, cz_rule rule, const int32_t *rows,
                          int32_t count);
/* Adds a finding and takes the words gathered in auditor->words, words_en and repair. */
CZ_MUST_CHECK cz_status cz_auditor_report(cz_auditor *auditor, cz_found *found);

/* words.c: texts. Failures of memory are remembered and told by cz_auditor_report. */
void cz_say(cz_auditor *auditor, cz_words *words, const char *text);
void cz_say_span(cz_auditor *auditor, cz_words *words, cz_span text);
void cz_say_both(cz_auditor *auditor, const char *zh, const char *en);
void cz_say_int(cz_auditor *auditor, cz_words *words, int64_t value);
void cz_say_number(cz_auditor *auditor, cz_words *words, double value); /* five significant digits */
void cz_say_interval(cz_auditor *auditor, cz_words *words, cz_interval value, cz_span unit);
/* “quote” (row n) of a row, in Chinese and in English. */
void cz_say_row(cz_auditor *auditor, int32_t row, bool more);
void cz_say_indicator(cz_auditor *auditor, int32_t row);
void cz_words_free(cz_auditor *auditor, cz_words *words);
/* A period as text; `room` at least 16 for years. */
void cz_say_period(cz_auditor *auditor, cz_words *words, int32_t period);

#endif
