/* The audit: its arithmetic, its propagation against enumeration, its rules on sentences made up for the
 * purpose. */
#include <math.h>

#include "../../czcore/src/audit/internal.h"
#include "check.h"
#include "czcore.h"

/* ---- intervals ---- */

static void intervals_round_outwards(void) {
  cz_interval tenth = {0.1, 0.1}, third = {1.0 / 3, 1.0 / 3};
  cz_interval sum = cz_interval_add(tenth, (cz_interval){0.2, 0.2});
  CHECK(sum.lo <= 0.3 && sum.hi > 0.3); /* the double 0.3 is a little less than three tenths */
  CHECK(sum.hi - sum.lo < 1e-15);
  cz_interval product = cz_interval_multiply(tenth, third);
  CHECK(product.lo < 0.1 / 3 && product.hi > 0.1 / 3);
  cz_interval back = cz_interval_divide(product, third);
  CHECK(back.lo < 0.1 && back.hi > 0.1);
  cz_interval power = cz_interval_power((cz_interval){1.0635, 1.0645}, 5);
  CHECK(power.lo <= 1.3604 + 1e-4 && power.lo >= 1.36 && power.hi >= 1.3668 && power.hi < 1.367);
}

static void intervals_know_infinity_and_zero(void) {
  cz_interval all = {0, INFINITY}, zero = {0, 0}, two = {2, 2};
  cz_interval product = cz_interval_multiply(all, zero);
  CHECK_EQ_REAL(product.lo, 0.0);
  CHECK_EQ_REAL(product.hi, 0.0);
  CHECK_EQ_REAL(cz_interval_multiply(all, two).hi, INFINITY);
  CHECK_EQ_REAL(cz_interval_divide(two, all).lo, 0.0);
  CHECK_EQ_REAL(cz_interval_divide(two, all).hi, INFINITY);
  CHECK(cz_interval_is_empty(cz_interval_divide(two, zero)));
  CHECK(!cz_interval_is_empty(cz_interval_divide(zero, zero)));
  cz_interval open = cz_interval_subtract((cz_interval){-INFINITY, 3}, (cz_interval){1, INFINITY});
  CHECK_EQ_REAL(open.lo, -INFINITY);
  CHECK(open.hi >= 2 && open.hi < 2.0001);
}

/* ---- the network ---- */

enum { TOP = 6, VARIABLES = 4 };

static uint32_t random_state;
static int32_t random_below(int32_t limit) {
  random_state = random_state * 1664525u + 1013904223u;
  return (int32_t)((random_state >> 8) % (uint32_t)limit);
}

static void open_network(cz_network *network, int32_t variables) {
  memset(network, 0, sizeof *network);
  network->allocator = cz_allocator_or_libc(NULL);
  network->work = 1000000;
  for (int32_t i = 0; i < variables; i++) {
    int32_t number;
    CHECK_EQ_INT(cz_network_add_variable(network, CZ_VARIABLE_LEVEL, (cz_interval){0, TOP}, &number), CZ_OK);
    CHECK_EQ_INT(number, i);
  }
}

static void claim(cz_network *network, int32_t variable, double lo, double hi) {
  cz_claim one;
  memset(&one, 0, sizeof one);
  one.variable = variable;
  one.row = (int32_t)network->claim_count;
  for (int32_t r = 0; r < CZ_READING_COUNT; r++)
    one.sets[r] = (cz_interval){lo, hi};
  CHECK_EQ_INT(cz_network_add_claim(network, &one), CZ_OK);
}

static void relate(cz_network *network, cz_link_kind kind, int32_t z, int32_t x, int32_t y) {
  cz_link link = {x, y, kind == CZ_LINK_AT_MOST ? -1 : z, 1, (uint8_t)kind, CZ_RULE_CHANGE, false};
  CHECK_EQ_INT(cz_network_add_link(network, link), CZ_OK);
}

static const cz_mode plain = {CZ_READ_NORMAL, CZ_WEDGE_PLAUSIBLE, false, -1, -1, {0, 0}};

static bool satisfied(const cz_network *network, const int32_t value[VARIABLES]) {
  for (size_t i = 0; i < network->link_count; i++) {
    const cz_link *link = &network->links[i];
    int32_t x = value[link->x], y = value[link->y], z = link->z >= 0 ? value[link->z] : 0;
    bool fits = link->kind == CZ_LINK_SUM       ? z == x + y
                : link->kind == CZ_LINK_PRODUCT ? z == x * y
                : link->kind == CZ_LINK_AT_MOST ? x <= y
                                                : (z >= x && z <= y) || (z >= y && z <= x);
    if (!fits)
      return false;
  }
  return true;
}

/* Solutions in whole numbers under the active claims; each must lie in the domains when `domains` is asked
 * for. */
static int32_t enumerate(const cz_network *network, bool domains) {
  int32_t solutions = 0, value[VARIABLES];
  for (int32_t code = 0; code < 7 * 7 * 7 * 7; code++) {
    for (int32_t i = 0, rest = code; i < VARIABLES; i++, rest /= TOP + 1)
      value[i] = rest % (TOP + 1);
    bool fits = satisfied(network, value);
    for (size_t i = 0; fits && i < network->claim_count; i++) {
      const cz_claim *one = &network->claims[i];
      fits = network->active[i] != 1 ||
             (value[one->variable] >= one->sets[1].lo && value[one->variable] <= one->sets[1].hi);
    }
    if (!fits)
      continue;
    solutions++;
    for (int32_t i = 0; domains && i < VARIABLES; i++)
      if (value[i] < network->domains[i].lo || value[i] > network->domains[i].hi)
        CHECK_EQ_INT(value[i], -1); /* a solution outside the propagated domains */
  }
  return solutions;
}

static void propagation_loses_no_solution(void) {
  int32_t refuted = 0, impossible = 0;
  for (uint32_t seed = 0; seed < 1500; seed++) {
    random_state = seed * 2654435761u + 1;
    cz_network network;
    open_network(&network, VARIABLES);
    for (int32_t i = 2 + random_below(2); i > 0; i--) {
      int32_t z = random_below(VARIABLES), x = (z + 1 + random_below(3)) % VARIABLES;
      int32_t y = (z + 1 + random_below(3)) % VARIABLES;
      relate(&network, (cz_link_kind)random_below(4), z, x, y);
    }
    for (int32_t i = 0; i < VARIABLES; i++) {
      int32_t lo = random_below(TOP + 1), hi = lo + random_below(3);
      claim(&network, i, lo, hi);
    }
    CHECK_EQ_INT(cz_network_split(&network), CZ_OK);
    bool possible = true;
    memset(network.active, 1, network.claim_count);
    for (int32_t c = 0; c < network.component_count; c++)
      possible = cz_network_propagate(&network, c, &plain) && possible;
    int32_t solutions = enumerate(&network, possible);
    if (!possible)
      CHECK_EQ_INT(solutions, 0);
    impossible += solutions == 0;
    refuted += !possible;
    /* What is called a conflict is one, and a smallest one. */
    for (int32_t c = 0; c < network.component_count; c++) {
      cz_conflict sets[8];
      int32_t count = cz_network_conflicts(&network, c, &plain, sets, 0, sets, 8);
      for (int32_t s = 0; s < count; s++) {
        memset(network.active, 0, network.claim_count);
        for (int32_t m = 0; m < sets[s].count; m++)
          network.active[sets[s].members[m]] = 1;
        CHECK_EQ_INT(enumerate(&network, false), 0);
        for (int32_t m = 0; m < sets[s].count; m++) {
          network.active[sets[s].members[m]] = 0;
          CHECK(cz_network_propagate(&network, c, &plain));
          network.active[sets[s].members[m]] = 1;
        }
        for (int32_t other = 0; other < s; other++)
          CHECK(!cz_conflict_holds(&sets[s], &sets[other]) && !cz_conflict_holds(&sets[other], &sets[s]));
      }
    }
    cz_network_free(&network);
  }
  /* Most of what whole numbers rule out is seen; what only whole numbers rule out cannot be. */
  CHECK(impossible > 500);
  CHECK(refuted * 10 > impossible * 8);
}

/* x + y = 1, x * y = 0.1, x <= y, y <= x: the first two have the solutions 0.113, 0.887 and the reverse, the
 * others want them equal. Every bound is supported by some value of its neighbour, so hull consistency finds
 * nothing: a cycle like this is beyond the method, and "no contradiction found" is all that may be said of
 * it. */
static void a_cycle_that_cannot_be_refuted(void) {
  cz_network network;
  open_network(&network, VARIABLES);
  relate(&network, CZ_LINK_SUM, 2, 0, 1);
  relate(&network, CZ_LINK_PRODUCT, 3, 0, 1);
  relate(&network, CZ_LINK_AT_MOST, -1, 0, 1);
  relate(&network, CZ_LINK_AT_MOST, -1, 1, 0);
  claim(&network, 2, 1, 1);
  claim(&network, 3, 0.1, 0.1);
  CHECK_EQ_INT(cz_network_split(&network), CZ_OK);
  memset(network.active, 1, network.claim_count);
  CHECK(cz_network_propagate(&network, 0, &plain));
  CHECK(fabs(network.domains[0].lo - 0.1127) < 1e-3 && fabs(network.domains[0].hi - 0.8873) < 1e-3);
  cz_network_free(&network);
}

static void every_conflict_is_found_once(void) {
  cz_network network;
  open_network(&network, VARIABLES);
  relate(&network, CZ_LINK_AT_MOST, -1, 0, 1);
  claim(&network, 0, 4, 4);
  claim(&network, 1, 2, 2);
  claim(&network, 1, 3, 3);
  claim(&network, 0, 5, 5);
  CHECK_EQ_INT(cz_network_split(&network), CZ_OK);
  cz_conflict sets[12];
  /* 0 with 1, 2 and 3; 1 with 2 and 3; 2 with 3: all pairs. */
  CHECK_EQ_INT(cz_network_conflicts(&network, 0, &plain, sets, 0, sets, 12), 6);
  for (int32_t i = 0; i < 6; i++)
    CHECK_EQ_INT(sets[i].count, 2);
  CHECK_EQ_INT(sets[0].members[0], 0);
  cz_network_free(&network);
}

/* ---- reports ---- */

static const char HEAD[] = "2021年常州市政府工作报告\n一、2020年工作回顾\n";

static cz_audit *audit_of(const char *head, const char *text, const cz_audit_options *options) {
  char whole[4000];
  snprintf(whole, sizeof whole, "%s%s", head, text);
  cz_report *report = NULL;
  cz_audit *audit = NULL;
  CHECK_EQ_INT(cz_report_parse(whole, (int64_t)strlen(whole), NULL, &report, NULL), CZ_OK);
  CHECK_EQ_INT(cz_audit_run(cz_report_quantities(report), options, &audit, NULL), CZ_OK);
  cz_report_free(report); /* the audit lives on */
  return audit;
}

static const char *cell(const cz_table *table, const char *name, int64_t row) {
  static char texts[4][1000];
  static int next;
  cz_column column;
  if (!CHECK_EQ_INT(cz_table_column(table, cz_table_find(table, name), &column), CZ_OK) ||
      row >= cz_table_rows(table))
    return "";
  if (column.type == CZ_CODE)
    return column.categories[((const uint8_t *)column.values)[row]];
  char *text = texts[next++ % 4];
  snprintf(text, sizeof texts[0], "%.*s", (int)(column.offsets[row + 1] - column.offsets[row]),
           column.bytes + column.offsets[row]);
  return text;
}

static double number(const cz_table *table, const char *name, int64_t row) {
  cz_column column;
  if (!CHECK_EQ_INT(cz_table_column(table, cz_table_find(table, name), &column), CZ_OK) ||
      row >= cz_table_rows(table))
    return NAN;
  return ((const double *)column.values)[row];
}

typedef struct example {
  const char *text, *severity, *rule; /* of the first finding; NULL: none */
} example;

static void rules(void) {
  static const example examples[] = {
      /* growth, multiples, levels */
      {"到2020年，一般公共预算收入达到500亿元，是2015年的1.3倍，五年年均增长9.4%。", "contradiction",
       "growth"},
      {"到2020年，一般公共预算收入达到500亿元，是2015年的1.3倍，五年年均增长5.4%。", NULL, NULL},
      {"普惠小微贷款余额从2015年的820亿元增加到2020年的2380亿元，年均增长12%。", "contradiction", "growth"},
      {"普惠小微贷款余额从2015年的820亿元增加到2020年的2380亿元，年均增长23.8%。", NULL, NULL},
      /* growth in yuan, levels in dollars */
      {"外贸出口额从2019年的200.5亿美元增加到2020年的250.5亿美元，增长15%。", "tension", "growth"},
      /* another scope explains what it may, not more */
      {"2020年，一般公共预算收入616.6亿元，同口径增长9%，2019年一般公共预算收入590.1亿元。", "info",
       "comparable_basis"},
      {"2019年固定资产投资2001亿元，2020年固定资产投资2104亿元，增长8%。", "info", "comparable_basis"},
      {"2020年，一般公共预算收入616.6亿元，同口径增长330%，2019年一般公共预算收入590.1亿元。",
       "contradiction", "growth"},
      /* prices explain what they may, not more */
      {"到2020年，地区生产总值达到7300亿元，是2015年的1.46倍，五年年均增长6.9%。", "info", "real_nominal"},
      {"到2020年，地区生产总值达到7300亿元，是2015年的4.16倍，五年年均增长6.9%。", "contradiction", "basis"},
      /* change */
      {"城镇化率从2015年的70%提高到2020年的75%，比2015年提高8个百分点。", "contradiction", "change"},
      {"城镇化率从2015年的70%提高到2020年的75%，比2015年提高5个百分点。", NULL, NULL},
      /* parts */
      {"2020年，实际使用外资30亿美元，其中制造业使用外资42亿美元。", "contradiction", "parts"},
      {"2020年，实际使用外资30亿美元，其中制造业使用外资12亿美元。", NULL, NULL},
      {"2020年，实际使用外资30.2亿美元，其中制造业使用外资22.1亿美元、服务业使用外资12.5亿美元。", "tension",
       "part_sum"}, /* parts may overlap */
      {"2020年，实际使用外资30.2亿美元，其中制造业使用外资17.1亿美元、服务业使用外资12.5亿美元。", NULL,
       NULL},
      /* ratio: what is moved, or both together */
      {"2020年，筹集创业资金60亿元，按1:3的比例带动社会资本，形成创业投入240亿元。", NULL, NULL},
      {"2020年，筹集创业资金60亿元，按1:3的比例带动社会资本，形成创业投入180亿元。", NULL, NULL},
      {"2020年，筹集创业资金60亿元，按1:3的比例带动社会资本，形成创业投入420亿元。", "contradiction",
       "ratio"},
      /* the same figure in two places */
      {"2020年，社会消费品零售总额达到2400亿元。\n2020年，社会消费品零售总额达到3400亿元。", "contradiction",
       "restated"},
      /* identities */
      {"2020年，进出口总额301亿元，出口总额199亿元，进口总额181亿元。", "contradiction", "identity"},
      {"2020年，进出口总额380亿元，出口总额200亿元，进口总额180亿元。", NULL, NULL},
      {"2020年，地区生产总值7700亿元，第一产业增加值150亿元，第二产业增加值3600亿元，第三产业增加值3050亿元"
       "。",
       "contradiction", "identity"},
      {"2020年，地区生产总值7700亿元，第一产业增加值150亿元，第二产业增加值3600亿元，第三产业增加值3951亿元"
       "。",
       NULL, NULL},
      {"2020年，居民人均可支配收入5.4万元，城镇居民人均可支配收入5.1万元，农村居民人均可支配收入3.2万元。",
       "contradiction", "identity"},
      {"2020年，城镇居民人均可支配收入6.12万元，农村居民人均可支配收入3.06万元，城乡居民收入比为1.6。",
       "contradiction", "identity"},
      {"2020年，城镇居民人均可支配收入6.12万元，农村居民人均可支配收入3.06万元，城乡居民收入比为2.0。", NULL,
       NULL},
      {"2020年，社会消费品零售总额2400亿元，实物商品网上零售额600亿元，"
       "实物商品网上零售额占社会消费品零售总额的比重为35%。",
       "contradiction", "identity"},
      /* identities that hold as a rule are no contradiction */
      {"2020年，地区生产总值7811亿元，常住人口528万人，人均地区生产总值17.8万元。", "tension", "identity"},
      {"2020年，地区生产总值7811亿元，常住人口528万人，人均地区生产总值14.8万元。", NULL, NULL},
      /* shares that say of what */
      {"2020年，社会消费品零售总额2400亿元，网上零售额600亿元，网上零售额占社会消费品零售总额的比重为35%。",
       "contradiction", "share"},
      {"2020年，社会消费品零售总额2400亿元，网上零售额600亿元，网上零售额占社会消费品零售总额的比重为25%。",
       NULL, NULL},
      {"2020年，外贸出口额300亿美元，社会消费品零售总额2400亿元，外贸出口额占社会消费品零售总额的比重为25%。",
       NULL, NULL}, /* dollars are no part of yuan */
      /* growth over adjoining periods */
      {"2018年进口总额增长10%，2019年进口总额增长10%，2019年进口总额比2017年增长40%。", "contradiction",
       "chain"},
      {"2018年进口总额增长10%，2019年进口总额增长10%，2019年进口总额比2017年增长21%。", NULL, NULL},
      /* another body: its level, its growth */
      {"2020年，科技进步贡献率达到65.8%，高于省均1个百分点。\n2020年，科技进步贡献率高于省均4个百分点。",
       "contradiction", "restated"},
      {"2020年，地区生产总值增长5.7%，高于全国0.7个百分点。\n2020年，全国地区生产总值增长2.3%。",
       "contradiction", "difference"},
      {"2020年，地区生产总值增长5.7%，高于全国0.7个百分点。\n2020年，全国地区生产总值增长5%。", NULL, NULL},
      /* ranks */
      {"2020年，城市综合竞争力居全国第20位，比2015年前进9位。\n2015年，城市综合竞争力居全国第24位。", NULL,
       NULL},
      {"2020年，武进区地区生产总值2500亿元，居全市第1位；溧阳市地区生产总值3100亿元，居全市第2位。",
       "contradiction", "rank_order"},
      {"2020年，武进区地区生产总值3100亿元，居全市第1位；溧阳市地区生产总值2500亿元，居全市第2位。", NULL,
       NULL},
      {"2020年，武进区地区生产总值2500亿元，居全市第1位；溧阳市地区生产总值3100亿元，居全省第2位。", NULL,
       NULL},
      {"2020年，武进区PM2.5浓度25微克/立方米，居全市第1位；溧阳市PM2.5浓度31微克/立方米，居全市第2位。", NULL,
       NULL}, /* less is better: the list may begin with the cleanest */
      {"2020年，科技进步贡献率达到65%，居全省第1位，低于全省1个百分点。", "contradiction", "rank_order"},
      {"2020年，科技进步贡献率达到65%，居全省第3位，低于全省1个百分点。", NULL, NULL},
      {"2020年，地区生产总值增速居全省第一，低于全省0.2个百分点。", "contradiction", "rank_order"},
      /* a year and the total that holds it */
      {"五年累计实际使用外资50亿美元。\n2020年，实际使用外资61亿美元。", "contradiction", "cumulative"},
      {"五年累计城镇新增就业50万人。\n2020年，城镇新增就业61万人。", "tension", "cumulative"}, /* people */
      {"五年累计城镇新增就业50万人。\n2020年，城镇新增就业11万人。", NULL, NULL},
      /* closing zeros may be rounding: no contradiction */
      {"2020年，社会消费品零售总额达到2400亿元。\n2020年，社会消费品零售总额达到2430亿元。", "tension",
       "restated"},
      /* names that are not registered mean nothing beyond their sentence */
      {"2020年，实施项目45个。\n2020年，建成项目12个。", NULL, NULL},
  };
  for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
    const example *one = &examples[i];
    int before = check_failures;
    cz_audit *audit = audit_of(HEAD, one->text, NULL);
    const cz_table *findings = cz_audit_findings(audit);
    if (one->severity && CHECK(cz_table_rows(findings) > 0)) {
      CHECK_EQ_TEXT(cell(findings, "severity", 0), one->severity);
      CHECK_EQ_TEXT(cell(findings, "rule", 0), one->rule);
      CHECK(number(findings, "gap", 0) > 0);
      CHECK(strlen(cell(findings, "message_zh", 0)) > 20 && strlen(cell(findings, "message_en", 0)) > 20);
    } else if (!one->severity && cz_table_rows(findings) > 0) {
      CHECK_EQ_TEXT(cell(findings, "message_en", 0), "");
    }
    CHECK(cz_audit_complete(audit));
    cz_audit_free(audit);
    if (check_failures > before)
      printf("  in %s\n", one->text);
  }
}

static void a_gap_is_measured_and_a_slip_named(void) {
  cz_audit *audit = audit_of(HEAD, "到2020年，一般公共预算收入是2015年的1.3倍，五年年均增长54%。", NULL);
  const cz_table *findings = cz_audit_findings(audit);
  /* 1.25^(1/5) and 1.35^(1/5) are 4.564 % and 6.186 %. */
  CHECK(fabs(number(findings, "implied_lo", 0) - 4.5640) < 1e-3);
  CHECK(fabs(number(findings, "implied_hi", 0) - 6.1859) < 1e-3);
  CHECK(fabs(number(findings, "stated_lo", 0) - 53.5) < 1e-9);
  CHECK(fabs(number(findings, "gap", 0) - (53.5 - 6.1859)) < 1e-3);
  CHECK_EQ_TEXT(cell(findings, "unit", 0), "%");
  CHECK(strstr(cell(findings, "repair", 0), "54→5.4") != NULL);
  CHECK(strstr(cell(findings, "message_en", 0), "General public budget revenue") != NULL);
  cz_audit_free(audit);
}

/* Each slip that a repair can name: the text with the slip, and what the first hypothesis says. */
static void every_slip_has_a_name(void) {
  static const char *const slips[][2] = {
      {"到2020年，一般公共预算收入是2015年的1.3倍，五年年均增长54%。", "54→5.4 (小数点错位, power of ten)"},
      {"城镇化率从2015年的70%提高到2020年的75%，比2015年下降5个百分点。", "-5→5 (增减方向相反, sign)"},
      {"到2020年，一般公共预算收入是2015年的1.3倍，五年年均增长6.4%。", "6.4→4.6 (数字颠倒, digits swapped)"},
      {"城镇化率从2015年的70.2%提高到2020年的75.3%，比2015年提高5.1%。",
       "百分数与百分点混用, percent for percentage points"},
      {"2020年，进出口总额380亿元，出口总额200亿元，进口总额180万元。", "180→1800000 (万应为亿, 亿 for 万)"},
      {"2020年，进出口总额380万元，出口总额200万元，进口总额180亿元。", "180→0.018 (亿应为万, 万 for 亿)"},
      {"到2020年，一般公共预算收入是2015年的1.3倍，五年年均增长30%。", "total growth read as annual"},
      {"到2020年，一般公共预算收入是2015年的1.3倍，2020年比2015年增长5.4%。", "annual growth read as total"},
  };
  for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
    cz_audit *audit = audit_of(HEAD, slips[i][0], NULL);
    const cz_table *findings = cz_audit_findings(audit);
    if (CHECK(cz_table_rows(findings) > 0)) {
      CHECK_EQ_TEXT(cell(findings, "severity", 0), "contradiction");
      const char *repair = cell(findings, "repair", 0);
      if (!CHECK(strstr(repair, slips[i][1]) != NULL))
        printf("  %s: %s\n", slips[i][0], repair);
    }
    cz_audit_free(audit);
  }
}

static void other_bodies_are_enclosed(void) {
  static const char text[] = "2020年，地区生产总值增长5.7%，高于全国0.7个百分点。\n"
                             "2020年，进出口总额320亿元，占全国比重1.2%。\n";
  cz_audit *audit = audit_of(HEAD, text, NULL);
  const cz_table *implied = cz_audit_implied(audit);
  if (CHECK_EQ_INT(cz_table_rows(implied), 2)) {
    CHECK_EQ_TEXT(cell(implied, "region", 0), "全国");
    CHECK_EQ_TEXT(cell(implied, "measure", 0), "growth");
    CHECK_EQ_TEXT(cell(implied, "unit", 0), "%");
    CHECK(fabs(number(implied, "lo", 0) - 4.9) < 1e-9 && fabs(number(implied, "hi", 0) - 5.1) < 1e-9);
    CHECK_EQ_TEXT(cell(implied, "region", 1), "全国");
    CHECK_EQ_TEXT(cell(implied, "measure", 1), "level");
    CHECK_EQ_TEXT(cell(implied, "unit", 1), "亿元");
    CHECK(fabs(number(implied, "lo", 1) - 319.5 / 0.0125) < 1e-6);
    CHECK(fabs(number(implied, "hi", 1) - 320.5 / 0.0115) < 1e-6);
  }
  CHECK_EQ_INT(cz_table_rows(cz_audit_findings(audit)), 0);
  cz_audit_free(audit);
}

/* What is no figure of the audit: garbled numerals, and the total of a plan under the name of its last year.
 */
static void what_may_be_two_figures_is_left_alone(void) {
  static const char *const texts[] = {
      "2020年安排稳岗补助资金37l亿元，比上年增加42亿元。",
      "2020年，实际使用外资603亿美元。\n二、“十三五”时期工作回顾\n实际使用外资达到2741亿美元。",
      "2020年，单位地区生产总值能耗下降3%。\n从基本面看，6.5%的增速可以实现充分就业。",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    cz_audit *audit = audit_of(HEAD, texts[i], NULL);
    if (!CHECK_EQ_INT(cz_table_rows(cz_audit_findings(audit)), 0))
      printf("  %s: %s\n", texts[i], cell(cz_audit_findings(audit), "message_en", 0));
    cz_audit_free(audit);
  }
}

static void unprinted_figures_are_enclosed(void) {
  cz_audit *audit =
      audit_of(HEAD, "到2020年，一般公共预算收入达到520亿元，是2015年的1.3倍，居全国第20位。", NULL);
  const cz_table *implied = cz_audit_implied(audit);
  if (CHECK_EQ_INT(cz_table_rows(implied), 1)) {
    CHECK_EQ_TEXT(cell(implied, "period", 0), "2015");
    CHECK_EQ_TEXT(cell(implied, "unit", 0), "亿元");
    CHECK_EQ_TEXT(cell(implied, "indicator_code", 0), "budget_revenue");
    CHECK_EQ_TEXT(cell(implied, "measure", 0), "level");
    CHECK(fabs(number(implied, "lo", 0) - 519.5 / 1.35) < 1e-6);
    CHECK(fabs(number(implied, "hi", 0) - 520.5 / 1.25) < 1e-6);
    CHECK(number(implied, "lo", 0) <= 519.5 / 1.35 && number(implied, "hi", 0) >= 520.5 / 1.25);
  }
  cz_audit_free(audit);
}

static void goals_are_compared_with_plans_and_outcomes(void) {
  static const char text[] = "2020年，城镇新增就业11万人。\n"
                             "二、“十四五”时期主要目标\n“十四五”时期，五年累计城镇新增就业突破60万人。\n"
                             "三、2021年主要预期目标\n2021年主要预期目标：城镇新增就业10万人。\n";
  cz_audit *audit = audit_of(HEAD, text, NULL);
  const cz_table *findings = cz_audit_findings(audit);
  if (CHECK_EQ_INT(cz_table_rows(findings), 1)) {
    CHECK_EQ_TEXT(cell(findings, "severity", 0), "info");
    CHECK_EQ_TEXT(cell(findings, "rule", 0), "plan_total");
    CHECK(fabs(number(findings, "implied_lo", 0) - 12.5) < 1e-9);
    CHECK(fabs(number(findings, "gap", 0) - 2.5) < 1e-9);
  }
  cz_audit_free(audit);
}

/* The path of a plan: what it asks a year, what the annual goal does, and what that leaves. */
static void a_path_is_measured(void) {
  static const char text[] = "2020年，一般公共预算收入600亿元，常住人口城镇化率70%。\n"
                             "二、“十四五”时期主要目标\n到2025年，一般公共预算收入达到900亿元，"
                             "常住人口城镇化率达到80%。\n"
                             "三、2021年主要预期目标\n2021年主要预期目标：一般公共预算收入增长6%，"
                             "常住人口城镇化率达到71%。\n";
  cz_audit *audit = audit_of(HEAD, text, NULL);
  const cz_table *findings = cz_audit_findings(audit);
  if (CHECK_EQ_INT(cz_table_rows(findings), 2)) {
    CHECK_EQ_TEXT(cell(findings, "rule", 0), "plan_path");
    CHECK_EQ_TEXT(cell(findings, "indicator_code", 0), "budget_revenue");
    double rest = (pow(900.0 / 636, 0.25) - 1) * 100;
    CHECK(fabs(number(findings, "stated_lo", 0) - 6) < 1e-9);
    CHECK(fabs(number(findings, "implied_lo", 0) - rest) < 1e-9);
    CHECK(fabs(number(findings, "gap", 0) - (rest - 6)) < 1e-9);
    CHECK(strstr(cell(findings, "message_en", 0), "grow by 8.4472% a year") != NULL);
    CHECK_EQ_TEXT(cell(findings, "rule", 1), "plan_path");
    CHECK_EQ_TEXT(cell(findings, "unit", 1), "个百分点");
    CHECK(fabs(number(findings, "stated_lo", 1) - 1) < 1e-9);
    CHECK(fabs(number(findings, "implied_lo", 1) - 9.0 / 4) < 1e-9);
    CHECK(strstr(cell(findings, "message_zh", 1), "平均每年需提高 2 个百分点") != NULL);
    CHECK(strstr(cell(findings, "message_en", 1), "leaves 2.25 percentage points a year") != NULL);
  }
  cz_audit_free(audit);
}

static void options_matter(void) {
  static const char text[] = "到2020年，社会消费品零售总额是2015年的1.2倍，五年年均增长8%左右。";
  cz_audit *audit = audit_of(HEAD, text, NULL);
  CHECK_EQ_TEXT(cell(cz_audit_findings(audit), "severity", 0), "contradiction");
  cz_audit_free(audit);
  cz_audit_options options = {.about = 0.6};
  audit = audit_of(HEAD, text, &options);
  CHECK_EQ_TEXT(cell(cz_audit_findings(audit), "severity", 0), "info");
  CHECK_EQ_TEXT(cell(cz_audit_findings(audit), "rule", 0), "approximate");
  cz_audit_free(audit);
  static const char growth[] = "到2020年，地区生产总值是2015年的1.46倍，五年年均增长6.9%。";
  options = (cz_audit_options){.work = 1};
  audit = audit_of(HEAD, growth, &options);
  CHECK(!cz_audit_complete(audit));
  CHECK_EQ_INT(cz_table_rows(cz_audit_findings(audit)), 0); /* nothing is claimed that was not examined */
  cz_audit_free(audit);
  options = (cz_audit_options){.deflator_first = 1.001, .deflator_further = 1.001};
  audit = audit_of(HEAD, growth, &options);
  CHECK_EQ_TEXT(cell(cz_audit_findings(audit), "severity", 0), "contradiction");
  cz_audit_free(audit);
}

static void wrong_arguments_are_refused(void) {
  cz_report *report = NULL;
  CHECK_EQ_INT(cz_report_parse("增长5%。", (int64_t)strlen("增长5%。"), NULL, &report, NULL), CZ_OK);
  cz_audit *audit = (cz_audit *)&report;
  cz_error error;
  CHECK_EQ_INT(cz_audit_run(NULL, NULL, &audit, &error), CZ_ERROR_ARGUMENT);
  CHECK(audit == NULL);
  CHECK_EQ_INT(cz_audit_run(cz_report_quantities(report), NULL, NULL, &error), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_audit_run(cz_report_notes(report), NULL, &audit, &error), CZ_ERROR_ARGUMENT);
  CHECK(strlen(error.message) > 0);
  static const cz_audit_options bad[] = {
      {.about = -1}, {.about = 1}, {.about = NAN}, {.deflator_first = 0.5}, {.deflator_further = 1e9},
      {.work = -1}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    CHECK_EQ_INT(cz_audit_run(cz_report_quantities(report), &bad[i], &audit, NULL), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_audit_run(cz_report_quantities(report), NULL, &audit, NULL), CZ_OK);
  CHECK_EQ_INT(cz_table_rows(cz_audit_findings(audit)), 0);
  cz_audit_free(audit);
  cz_audit_free(NULL);
  CHECK(cz_audit_findings(NULL) == NULL && cz_audit_implied(NULL) == NULL && !cz_audit_complete(NULL));
  cz_report_free(report);
}

static const char LONG[] =
    "2021年常州市政府工作报告\n一、“十三五”时期工作回顾\n到2020年，地区生产总值达到7300亿元，是2015年的1."
    "46倍，年均增长6.9%，"
    "居全国第26位、五年前进8位。一般公共预算收入达到500亿元，是2015年的1.3倍，年均增长9.4%"
    "，比上年增加12亿元。"
    "2020年，进出口总额300亿元，其中出口总额200亿元、进口总额180亿元。筹集资金60亿元，按1:"
    "3的比例形成投入420亿元。"
    "科技进步贡献率达到65.8%，高于省均1个百分点。\n二、2021年主要预期目标\n地区生产总值增长6.5%左右。";

static void memory_may_run_out_anywhere(void) {
  cz_report *report = NULL;
  CHECK_EQ_INT(cz_report_parse(LONG, (int64_t)strlen(LONG), NULL, &report, NULL), CZ_OK);
  check_memory memory = {0};
  cz_allocator allocator = check_allocator(&memory);
  cz_audit_options options = {.allocator = &allocator};
  for (int64_t limit = 0; limit < 5000; limit++) {
    cz_audit *audit = NULL;
    memory.countdown = limit;
    cz_status status = cz_audit_run(cz_report_quantities(report), &options, &audit, NULL);
    if (status == CZ_OK) {
      CHECK(cz_table_rows(cz_audit_findings(audit)) > 0);
      cz_audit_free(audit);
      CHECK_NO_LEAK(memory);
      CHECK(limit > 20);
      cz_report_free(report);
      return;
    }
    CHECK_EQ_INT(status, CZ_ERROR_MEMORY);
    CHECK(audit == NULL);
    CHECK_NO_LEAK(memory);
  }
  CHECK_EQ_TEXT("never succeeded", "");
}

static void the_same_table_gives_the_same_findings(void) {
  cz_audit *first = audit_of("", LONG, NULL), *second = audit_of("", LONG, NULL);
  const cz_table *tables[2][2] = {{cz_audit_findings(first), cz_audit_findings(second)},
                                  {cz_audit_implied(first), cz_audit_implied(second)}};
  for (int32_t t = 0; t < 2; t++) {
    int64_t rows = cz_table_rows(tables[t][0]);
    CHECK(rows > 0);
    CHECK_EQ_INT(cz_table_rows(tables[t][1]), rows);
    for (int32_t c = 0; c < cz_table_columns(tables[t][0]); c++) {
      cz_column a, b;
      CHECK_EQ_INT(cz_table_column(tables[t][0], c, &a), CZ_OK);
      CHECK_EQ_INT(cz_table_column(tables[t][1], c, &b), CZ_OK);
      if (a.type == CZ_TEXT)
        CHECK(a.offsets[rows] == b.offsets[rows] && memcmp(a.bytes, b.bytes, (size_t)a.offsets[rows]) == 0);
      else if (a.type == CZ_FLOAT64)
        CHECK(memcmp(a.values, b.values, (size_t)rows * sizeof(double)) == 0);
      else
        CHECK(memcmp(a.values, b.values, (size_t)rows) == 0);
    }
  }
  cz_audit_free(first);
  cz_audit_free(second);
}

static void an_empty_table_has_no_findings(void) {
  cz_report *report = NULL;
  cz_audit *audit = NULL;
  CHECK_EQ_INT(cz_report_parse("", 0, NULL, &report, NULL), CZ_OK);
  CHECK_EQ_INT(cz_audit_run(cz_report_quantities(report), NULL, &audit, NULL), CZ_OK);
  CHECK_EQ_INT(cz_table_rows(cz_audit_findings(audit)), 0);
  CHECK_EQ_INT(cz_table_rows(cz_audit_implied(audit)), 0);
  CHECK(cz_audit_complete(audit));
  cz_audit_free(audit);
  cz_report_free(report);
}

/* Thousands of statements about one figure: the search gives up in time and says so, or ends. */
static void a_crowded_report_ends(void) {
  enum { COUNT = 1500 };
  char *text = malloc((size_t)COUNT * 80 + 200);
  if (!CHECK(text != NULL))
    return;
  size_t size = (size_t)snprintf(text, 200, "%s", HEAD);
  for (int i = 0; i < COUNT; i++)
    size += (size_t)snprintf(text + size, 80, "2020年，社会消费品零售总额达到%d亿元。\n", 2000 + i);
  cz_report *report = NULL;
  cz_audit *audit = NULL;
  CHECK_EQ_INT(cz_report_parse(text, (int64_t)size, NULL, &report, NULL), CZ_OK);
  CHECK_EQ_INT(cz_audit_run(cz_report_quantities(report), NULL, &audit, NULL), CZ_OK);
  CHECK(cz_table_rows(cz_audit_findings(audit)) > 0 && cz_table_rows(cz_audit_findings(audit)) <= 40);
  cz_audit_free(audit);
  cz_report_free(report);
  free(text);
}

static const check_test tests[] = {
    CHECK_TEST(intervals_round_outwards),
    CHECK_TEST(intervals_know_infinity_and_zero),
    CHECK_TEST(propagation_loses_no_solution),
    CHECK_TEST(a_cycle_that_cannot_be_refuted),
    CHECK_TEST(every_conflict_is_found_once),
    CHECK_TEST(rules),
    CHECK_TEST(a_gap_is_measured_and_a_slip_named),
    CHECK_TEST(every_slip_has_a_name),
    CHECK_TEST(other_bodies_are_enclosed),
    CHECK_TEST(what_may_be_two_figures_is_left_alone),
    CHECK_TEST(unprinted_figures_are_enclosed),
    CHECK_TEST(goals_are_compared_with_plans_and_outcomes),
    CHECK_TEST(a_path_is_measured),
    CHECK_TEST(options_matter),
    CHECK_TEST(wrong_arguments_are_refused),
    CHECK_TEST(memory_may_run_out_anywhere),
    CHECK_TEST(the_same_table_gives_the_same_findings),
    CHECK_TEST(an_empty_table_has_no_findings),
    CHECK_TEST(a_crowded_report_ends),
};
CHECK_MAIN(tests)
