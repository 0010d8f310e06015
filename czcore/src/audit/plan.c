/* plan.c: ratios a:b, and goals beside plans and outcomes. Apart from ratios these are no conflicts: goals
 * are never mixed with outcomes in the network, and what is found here is information. */
#include <math.h>
#include <string.h>

#include "internal.h"

static void say_both_number(cz_auditor *auditor, double value, cz_span unit) {
  cz_interval point = {value, value};
  cz_say_interval(auditor, &auditor->words, point, unit);
  cz_say_interval(auditor, &auditor->words_en, point, unit);
}

static void say_both_int(cz_auditor *auditor, int64_t value) {
  cz_say_int(auditor, &auditor->words, value);
  cz_say_int(auditor, &auditor->words_en, value);
}

/* ---- ratios ---- */

/* "1:4" as two numbers with the uncertainty of their decimals; whole numbers are a rule and exact. */
static bool read_ratio(cz_span text, cz_interval out[2]) {
  int64_t at = 0;
  for (int32_t side = 0; side < 2; side++) {
    double value = 0, place = 0;
    int64_t first = at;
    for (; at < text.size; at++) {
      char c = text.bytes[at];
      if (c == '.' && place == 0) {
        place = 1;
      } else if (c >= '0' && c <= '9') {
        value = value * 10 + (c - '0');
        place /= place > 0 ? 10 : 1;
      } else {
        break;
      }
    }
    double scale = place > 0 ? place : 1, half = place > 0 && place < 1 ? place / 2 : 0;
    if (at == first || !(value > 0) || value > 1e9)
      return false;
    out[side] = (cz_interval){cz_round_down(value * scale - half), cz_round_up(value * scale + half)};
    if (side == 0) {
      if (text.size - at >= 3 && memcmp(text.bytes + at, "：", 3) == 0)
        at += 3;
      else if (at < text.size && text.bytes[at] == ':')
        at++;
      else
        return false;
    }
  }
  return at == text.size;
}

/* An amount, a ratio a:b, and an amount that it leads to, side by side in one sentence: 80 at 1:4 moves 320,
 * which makes 400 together. Either may be meant. */
cz_status cz_auditor_ratios(cz_auditor *auditor) {
  const cz_rows *rows = &auditor->rows;
  for (int32_t row = 1; row + 1 < rows->count; row++) {
    cz_interval sides[2];
    if (rows->measure[row] != CZ_MEASURE_RATIO || rows->role[row] != CZ_ROLE_STATEMENT ||
        rows->bound[row] == CZ_BOUND_ABOUT || auditor->claim_of_row[row - 1] < 0 ||
        auditor->claim_of_row[row + 1] < 0 || !read_ratio(cz_cell(&rows->number, row), sides))
      continue;
    const cz_claim *before = &auditor->network.claims[auditor->claim_of_row[row - 1]];
    const cz_claim *after = &auditor->network.claims[auditor->claim_of_row[row + 1]];
    const cz_variable *own = &auditor->network.variables[before->variable];
    if (before->measure != CZ_MEASURE_LEVEL || after->measure != CZ_MEASURE_LEVEL ||
        before->sentence != after->sentence ||
        own->unit != auditor->network.variables[after->variable].unit ||
        !cz_span_is(auditor->texts[own->unit], "元"))
      continue;
    cz_interval more = cz_interval_divide(sides[1], sides[0]);
    cz_interval base = before->sets[CZ_READ_NORMAL], given = after->sets[CZ_READ_NORMAL];
    cz_interval moved = cz_interval_multiply(base, more);
    cz_interval total = cz_interval_add(base, moved);
    if (!cz_interval_is_empty(cz_interval_meet(moved, given)) ||
        !cz_interval_is_empty(cz_interval_meet(total, given)))
      continue;
    int32_t members[3] = {row - 1, row, row + 1};
    bool doubt = before->doubtful || after->doubtful;
    auditor->repair.size = 0;
    cz_found found = cz_auditor_start(auditor, doubt ? CZ_SEVERITY_TENSION : CZ_SEVERITY_CONTRADICTION,
                                      CZ_RULE_RATIO, members, 3);
    /* The nearer of the two readings is compared. */
    double to_moved = given.lo > moved.hi ? given.lo - moved.hi : moved.lo - given.hi;
    double to_total = given.lo > total.hi ? given.lo - total.hi : total.lo - given.hi;
    found.unit = cz_cell(&rows->unit, row + 1);
    found.stated = cz_claim_shown(after, given);
    found.implied = cz_claim_shown(after, to_moved < to_total ? moved : total);
    found.gap = fmin(to_moved, to_total) / after->factor;
    cz_say_both(auditor, "；按比例应为 ", "; the ratio makes ");
    cz_say_interval(auditor, &auditor->words, cz_claim_shown(after, moved), found.unit);
    cz_say_interval(auditor, &auditor->words_en, cz_claim_shown(after, moved), found.unit);
    cz_say_both(auditor, "，连同本金 ", ", or together with the first amount ");
    cz_say_interval(auditor, &auditor->words, cz_claim_shown(after, total), found.unit);
    cz_say_interval(auditor, &auditor->words_en, cz_claim_shown(after, total), found.unit);
    cz_say_both(auditor, "，与文中相差 ", "; the text misses both by ");
    say_both_number(auditor, found.gap, found.unit);
    cz_say_both(auditor, "。", ".");
    CZ_TRY(cz_auditor_report(auditor, &found));
  }
  return CZ_OK;
}

/* ---- plans ---- */

static const cz_claim *claim_at(const cz_auditor *auditor, int32_t number) {
  return &auditor->network.claims[number];
}

static const cz_variable *variable_of(const cz_auditor *auditor, const cz_claim *claim) {
  return &auditor->network.variables[claim->variable];
}

/* A goal that asks for at least so much; goals from above (控制在…以内) have no path upwards. */
static bool is_floor(const cz_claim *claim) {
  return claim->bound != CZ_BOUND_AT_MOST && claim->bound != CZ_BOUND_LESS_THAN &&
         claim->bound != CZ_BOUND_NEARLY && isfinite(claim->value) && claim->value > 0;
}

/* The single claim for a year, of goals first, then of outcomes; NULL if there is none. */
static const cz_claim *find_year(const cz_auditor *auditor, int32_t group, int32_t year, cz_measure measure,
                                 int32_t unit) {
  if (group < 0)
    return NULL;
  const cz_claim *first = NULL;
  for (int32_t i = auditor->groups[group].first_claim; i >= 0; i = auditor->next_in_group[i]) {
    const cz_claim *claim = claim_at(auditor, i);
    const cz_variable *variable = variable_of(auditor, claim);
    if (claim->measure == measure && variable->to == year && (unit < 0 || variable->unit == unit) &&
        !claim->doubtful)
      first = claim; /* the chain runs backwards, so the first in the text stays */
  }
  return first;
}

/* An annual figure beside the total of its plan: what the other years have to bring. */
static cz_status compare_total(cz_auditor *auditor, int32_t goals, int32_t outcomes, const cz_claim *total) {
  int32_t first = auditor->rows.period_start[total->row], last = auditor->rows.period_end[total->row];
  int32_t unit = variable_of(auditor, total)->unit;
  if (first <= 0 || last <= first || last - first > 20 || !is_floor(total) ||
      auditor->rows.horizon[total->row] != CZ_HORIZON_CUMULATIVE)
    return CZ_OK;
  int32_t members[CZ_CONFLICT_LIMIT] = {total->row}, count = 1;
  double known = 0;
  const cz_claim *latest = NULL;
  for (int32_t year = first; year <= last && count < CZ_CONFLICT_LIMIT; year++) {
    const cz_claim *one = find_year(auditor, outcomes, year, CZ_MEASURE_LEVEL, unit);
    if (!one)
      one = find_year(auditor, goals, year, CZ_MEASURE_LEVEL, unit);
    if (!one || !isfinite(one->value))
      continue;
    known += one->value * one->factor;
    members[count++] = one->row;
    latest = one;
  }
  int32_t rest = last - first + 1 - (count - 1);
  if (!latest || rest <= 0)
    return CZ_OK;
  double required = (total->value * total->factor - known) / rest / latest->factor;
  if (!(required > latest->value))
    return CZ_OK; /* at this pace the total is reached */
  cz_found found = cz_auditor_start(auditor, CZ_SEVERITY_INFO, CZ_RULE_PLAN_TOTAL, members, count);
  found.unit = cz_cell(&auditor->rows.unit, latest->row);
  found.stated = (cz_interval){latest->value, latest->value};
  found.implied = (cz_interval){required, INFINITY};
  found.gap = required - latest->value;
  cz_say_both(auditor, "；要达到 ", "; to reach the total of ");
  say_both_int(auditor, first);
  cz_say_both(auditor, "–", "–");
  say_both_int(auditor, last);
  cz_say_both(auditor, " 年的总量，其余 ", " the other ");
  say_both_int(auditor, rest);
  cz_say_both(auditor, " 年平均每年需要 ", rest == 1 ? " year has to bring " : " years have to bring ");
  say_both_number(auditor, required, found.unit);
  cz_say_both(auditor, "，比已列年度多 ",
              rest == 1 ? ", more than the stated year by " : " each, more than the stated year by ");
  say_both_number(auditor, found.gap, found.unit);
  cz_say_both(auditor, "。", ".");
  return cz_auditor_report(auditor, &found);
}

/* A goal for the end of a plan, the level of today and the goal of the year between: growth that remains. */
static cz_status compare_path(cz_auditor *auditor, int32_t goals, int32_t outcomes, const cz_claim *end) {
  const cz_variable *at = variable_of(auditor, end);
  if (at->to >= CZ_PERIOD_TEXTS || !is_floor(end) || outcomes < 0)
    return CZ_OK;
  const cz_claim *today = NULL;
  for (int32_t year = at->to - 2; year >= at->to - 15 && !today; year--)
    today = find_year(auditor, outcomes, year, CZ_MEASURE_LEVEL, at->unit);
  if (!today || !isfinite(today->value) || today->value <= 0)
    return CZ_OK;
  int32_t start_year = variable_of(auditor, today)->to, years = at->to - start_year;
  const cz_claim *next = find_year(auditor, goals, start_year + 1, CZ_MEASURE_LEVEL, at->unit);
  if (!next)
    next = find_year(auditor, goals, start_year + 1, CZ_MEASURE_GROWTH, -1);
  if (!next || !isfinite(next->value))
    return CZ_OK;
  bool percent = at->unit == auditor->percent_text, growth = next->measure == CZ_MEASURE_GROWTH;
  if (percent && growth)
    return CZ_OK;
  double from = today->value * today->factor, goal = end->value * end->factor;
  double reached = growth ? from * (1 + next->value / 100) : next->value * next->factor;
  if (!(reached > 0))
    return CZ_OK;
  double whole = percent ? (goal - from) / years : (pow(goal / from, 1.0 / years) - 1) * 100;
  double rest = percent ? (goal - reached) / (years - 1) : (pow(goal / reached, 1.0 / (years - 1)) - 1) * 100;
  double planned = percent ? reached - from : (reached / from - 1) * 100;
  int32_t members[3] = {end->row, today->row, next->row};
  cz_found found = cz_auditor_start(auditor, CZ_SEVERITY_INFO, CZ_RULE_PLAN_PATH, members, 3);
  static const char point[] = "个百分点";
  found.unit = percent ? (cz_span){point, (int64_t)sizeof point - 1} : (cz_span){"%", 1};
  found.stated = (cz_interval){planned, planned};
  found.implied = (cz_interval){rest, rest};
  found.gap = fmax(rest - planned, 0);
  cz_say_both(auditor, "；从 ", "; from ");
  say_both_int(auditor, start_year);
  cz_say_both(auditor, " 年到 ", " to ");
  say_both_int(auditor, at->to);
  cz_say_both(auditor, percent ? " 年平均每年需提高 " : " 年平均每年需增长 ",
              percent ? " it has to rise by " : " it has to grow by ");
  say_both_number(auditor, whole, found.unit);
  cz_say_both(auditor, "；", " a year; the goal for ");
  say_both_int(auditor, start_year + 1);
  cz_say_both(auditor, " 年目标合 ", " is ");
  say_both_number(auditor, planned, found.unit);
  cz_say_both(auditor, "，其余年份平均每年需要 ", ", which leaves ");
  say_both_number(auditor, rest, found.unit);
  bool real = growth && variable_of(auditor, next)->basis == CZ_GROWTH_REAL;
  cz_say_both(auditor, real ? "（规划目标按现价，年度目标按可比价）。" : "。",
              real ? " a year after it (levels in current prices, growth in constant ones)."
                   : " a year after it.");
  return cz_auditor_report(auditor, &found);
}

/* Whether an outcome reaches its goal: 1 yes, -1 no, 0 open. `sense` is 1 where more is better, -1 where less
 * is, else 0; words such as 以上 and 以内 come first. */
static int32_t judge(cz_interval outcome, const cz_claim *goal, int32_t sense) {
  cz_interval words = goal->sets[CZ_READ_NORMAL];
  bool up = sense > 0, down = sense < 0;
  if (goal->bound == CZ_BOUND_AT_LEAST || goal->bound == CZ_BOUND_MORE_THAN) {
    /* The words speak of the size: 压减20%以上 is a set that is open below. */
    up = words.hi == INFINITY;
    down = !up;
  } else if (goal->bound == CZ_BOUND_AT_MOST || goal->bound == CZ_BOUND_LESS_THAN) {
    down = words.hi < INFINITY;
    up = !down;
  }
  if (up)
    return outcome.lo >= words.lo ? 1 : outcome.hi < words.lo ? -1 : 0;
  if (down)
    return outcome.hi <= words.hi ? 1 : outcome.lo > words.hi ? -1 : 0;
  if (outcome.lo >= words.lo && outcome.hi <= words.hi)
    return 1;
  return cz_interval_is_empty(cz_interval_meet(outcome, words)) ? -1 : 0;
}

/* 1 where more of an indicator is better, -1 where less is, 0 where neither or unknown. */
static int32_t sense_of(const cz_auditor *auditor, const cz_claim *claim) {
  const cz_indicator *indicator = auditor->keys[claim->key].indicator;
  if (!indicator || strcmp(indicator->direction, "neutral") == 0)
    return 0;
  return strcmp(indicator->direction, "higher") == 0 ? 1 : -1;
}

static cz_status tell_verdict(cz_auditor *auditor, const cz_claim *outcome, const cz_claim *goal) {
  int32_t verdict = judge(outcome->sets[CZ_READ_NORMAL], goal, sense_of(auditor, outcome));
  int32_t members[2] = {outcome->row, goal->row};
  cz_found found = cz_auditor_start(auditor, CZ_SEVERITY_INFO, CZ_RULE_VERDICT, members, 2);
  found.unit = cz_cell(&auditor->rows.unit, goal->row);
  found.stated = cz_claim_shown(outcome, outcome->sets[CZ_READ_NORMAL]);
  found.implied = cz_claim_shown(goal, goal->sets[CZ_READ_NORMAL]);
  cz_say_both(auditor, "；目标 ", "; the goal was ");
  cz_say_interval(auditor, &auditor->words, found.implied, found.unit);
  cz_say_interval(auditor, &auditor->words_en, found.implied, found.unit);
  cz_say_both(auditor, "，结果 ", ", the outcome is ");
  cz_say_interval(auditor, &auditor->words, found.stated, found.unit);
  cz_say_interval(auditor, &auditor->words_en, found.stated, found.unit);
  cz_say_both(auditor,
              verdict > 0   ? "：完成。"
              : verdict < 0 ? "：未完成。"
                            : "：按所印数字不能判定。",
              verdict > 0   ? ": attained."
              : verdict < 0 ? ": missed."
                            : ": open, as printed.");
  return cz_auditor_report(auditor, &found);
}

static cz_status compare_outcome(cz_auditor *auditor, int32_t outcomes, const cz_claim *goal) {
  const cz_variable *at = variable_of(auditor, goal);
  int32_t number = cz_auditor_find_variable(auditor, (cz_variable_kind)at->kind, outcomes, at->from, at->to,
                                            at->unit, (cz_growth_basis)at->basis);
  if (number < 0 || at->kind == CZ_VARIABLE_RANK)
    return CZ_OK;
  const cz_claim *outcome = NULL;
  for (int32_t i = auditor->groups[outcomes].first_claim; i >= 0; i = auditor->next_in_group[i])
    if (claim_at(auditor, i)->variable == number && claim_at(auditor, i)->measure == goal->measure)
      outcome = claim_at(auditor, i);
  return outcome ? tell_verdict(auditor, outcome, goal) : CZ_OK;
}

/* 增长6.8%，高于6%的年度目标: the goal stands behind its outcome and is called one. What compares them (高于,
 * 低于) is the writer's own verdict and no bound of the goal, so the goal is the number, taken from its
 * better side. */
static cz_status compare_named_goal(cz_auditor *auditor, int32_t row) {
  const cz_rows *rows = &auditor->rows;
  int32_t at = auditor->claim_of_row[row];
  if (at < 0 || row == 0 || auditor->claim_of_row[row - 1] < 0 ||
      !cz_span_has(cz_cell(&rows->indicator, row), "目标"))
    return CZ_OK;
  const cz_claim *outcome = claim_at(auditor, auditor->claim_of_row[row - 1]);
  cz_span unit = cz_cell(&rows->unit, row), other = cz_cell(&rows->unit, row - 1);
  bool figure = outcome->measure == CZ_MEASURE_LEVEL || outcome->measure == CZ_MEASURE_GROWTH;
  if (!figure || outcome->sentence != rows->sentence[row] ||
      auditor->groups[variable_of(auditor, outcome)->group].goal || unit.size != other.size ||
      memcmp(unit.bytes, other.bytes, (size_t)unit.size) != 0)
    return CZ_OK;
  cz_claim goal = *claim_at(auditor, at);
  goal.measure = outcome->measure;
  goal.factor = outcome->factor;
  int32_t sense = sense_of(auditor, outcome);
  if ((goal.bound == CZ_BOUND_MORE_THAN || goal.bound == CZ_BOUND_LESS_THAN || goal.bound == CZ_BOUND_EQ) &&
      sense) {
    goal.bound = sense > 0 ? CZ_BOUND_AT_LEAST : CZ_BOUND_AT_MOST;
    goal.lo = sense > 0 ? goal.value : -INFINITY;
    goal.hi = sense > 0 ? INFINITY : goal.value;
  }
  for (int32_t r = 0; r < CZ_READING_COUNT; r++)
    goal.sets[r] = cz_claim_set(auditor, &goal, (cz_reading)r);
  return tell_verdict(auditor, outcome, &goal);
}

cz_status cz_auditor_plans(cz_auditor *auditor) {
  for (int32_t row = 0; row < auditor->rows.count; row++)
    CZ_TRY(compare_named_goal(auditor, row));
  size_t claims = auditor->network.claim_count;
  for (size_t i = 0; i < claims; i++) {
    const cz_claim *claim = &auditor->network.claims[i];
    int32_t goals = variable_of(auditor, claim)->group;
    const cz_group *group = &auditor->groups[goals];
    if (!group->goal || claim->doubtful || auditor->claim_of_row[claim->row] < 0)
      continue;
    int32_t outcomes = cz_auditor_find_group(auditor, group->key, group->region, false, group->sentence);
    if (outcomes >= 0)
      CZ_TRY(compare_outcome(auditor, outcomes, claim));
    if (claim->measure != CZ_MEASURE_LEVEL)
      continue;
    CZ_TRY(compare_total(auditor, goals, outcomes, claim));
    if (auditor->rows.horizon[claim->row] == CZ_HORIZON_PLAN)
      CZ_TRY(compare_path(auditor, goals, outcomes, claim));
  }
  return CZ_OK;
}
