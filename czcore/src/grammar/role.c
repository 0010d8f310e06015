/* role.c: is a number a date, a label, a threshold, a statement, or nothing of these? */
#include "internal.h"

static const cz_token *token_at(const cz_reader *reader, int64_t index) {
  return index >= 0 && index < (int64_t)reader->token_count ? &reader->tokens[index] : NULL;
}

static bool is_noun(const cz_token *token) {
  if (!token)
    return false;
  if (token->type == CZ_TOKEN_TEXT || token->type == CZ_TOKEN_INDICATOR || token->type == CZ_TOKEN_REGION)
    return true;
  if (token->type != CZ_TOKEN_WORD)
    return false;
  return CZ_HAS(token, CZ_CUE_SIZENOUN) || CZ_HAS(token, CZ_CUE_HEAD) || CZ_HAS(token, CZ_CUE_CRITERION) ||
         CZ_HAS(token, CZ_CUE_TEXT) || CZ_HAS(token, CZ_CUE_ZONE) || CZ_HAS(token, CZ_CUE_SUBAREA) ||
         CZ_HAS(token, CZ_CUE_THRESHOLDNOUN) ||
         (CZ_HAS(token, CZ_CUE_VERB) && cz_token_value(token, CZ_CUE_VERB) == 1);
}

/* Sums of money that are spent, lent or earned are amounts (3亿元资金), not criteria. */
static bool is_sum(const cz_reader *reader, const cz_token *token) {
  static const char16_t *const words[] = {u"资金", u"投资",     u"投入", u"贷款",   u"债券", u"补贴", u"补助",
                                          u"基金", u"创新投入", u"专项", u"消费券", u"订单", u"税收", u"税费",
                                          u"成本", u"财政",     u"债务", u"融资",   u"左右", u"资产", u"利润",
                                          u"收入", u"产值",     u"规模", u"额度",   u"授信", u"大关"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (cz_chars_start(reader, token->begin,
                       token->end + 4 < reader->text.count ? token->end + 4 : reader->text.count, words[i]))
      return true;
  return false;
}

static bool joins(const cz_token *token) {
  return token && ((token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_CONN)) ||
                   (token->type == CZ_TOKEN_MARK && token->mark == u'、'));
}

/* The noun of size right before a number, also before an earlier number of the same list:
 * 总投资100亿元或10亿美元. */
static bool has_size_noun(const cz_reader *reader, int32_t index) {
  for (int32_t i = index - 1, steps = 0; i >= 0 && steps < 6; i--, steps++) {
    const cz_token *token = &reader->tokens[i];
    if (token->type == CZ_TOKEN_NUMBER || joins(token))
      continue;
    if (token->type == CZ_TOKEN_WORD &&
        (CZ_HAS(token, CZ_CUE_REACH) || CZ_HAS(token, CZ_CUE_BOUND) || CZ_HAS(token, CZ_CUE_ADV)) &&
        !CZ_HAS(token, CZ_CUE_THRESHOLDNOUN))
      continue;
    if (token->type == CZ_TOKEN_WORD || token->type == CZ_TOKEN_INDICATOR) {
      if (CZ_HAS(token, CZ_CUE_THRESHOLDNOUN))
        return true;
    }
    return false;
  }
  return false;
}

/* 3个|过三千亿元|城市: a sum between a count and a kind of thing */
static bool counts_sorted(const cz_reader *reader, const cz_quantity *q, const cz_token *next) {
  if (!q->token || next->type != CZ_TOKEN_WORD || !CZ_HAS(next, CZ_CUE_SIZENOUN))
    return false;
  const cz_token *before = &reader->tokens[q->token - 1];
  return before->type == CZ_TOKEN_NUMBER &&
         reader->quantities[before->quantity].unit_class == CZ_UNIT_COUNT &&
         reader->quantities[before->quantity].bound != CZ_BOUND_MORE_THAN;
}

static bool is_threshold(const cz_reader *reader, const cz_quantity *q) {
  switch (q->unit_class) {
  case CZ_UNIT_MONEY:
  case CZ_UNIT_PHYSICAL:
  case CZ_UNIT_TIME:
  case CZ_UNIT_PEOPLE:
    break;
  default:
    return false;
  }
  const cz_token *next = token_at(reader, q->token + 1);
  if (!next)
    return false;
  if (joins(next)) {
    const cz_token *other = token_at(reader, q->token + 2);
    if (other && other->type == CZ_TOKEN_NUMBER) {
      const cz_quantity *o = &reader->quantities[other->quantity];
      return o->role == CZ_ROLE_THRESHOLD && o->unit_class == q->unit_class &&
             (q->bound != CZ_BOUND_EQ || has_size_noun(reader, q->token));
    }
    return false;
  }
  bool particle = next->type == CZ_TOKEN_WORD && CZ_HAS(next, CZ_CUE_OF);
  if (particle)
    next = token_at(reader, q->token + 2);
  if (!next)
    return false; /* …5亿元的 at the end of a sentence */
  /* 亿元以上|新建续建|项目: verbs that sort the projects */
  for (const cz_token *after = next + 1; after < reader->tokens + reader->token_count && after < next + 3;
       after++) {
    if (next->type != CZ_TOKEN_WORD || !CZ_HAS(next, CZ_CUE_VERB) || after->type != CZ_TOKEN_WORD)
      break;
    if (CZ_HAS(after, CZ_CUE_SIZENOUN))
      next = after;
    else if (!CZ_HAS(after, CZ_CUE_VERB))
      break;
  }
  if (!is_noun(next))
    return false;
  bool age = q->unit_end > q->unit_begin && reader->text.chars[q->unit_end - 1] == u'岁';
  if (age)
    return true;
  if (q->unit_class == CZ_UNIT_TIME)
    return false;
  if (next->type == CZ_TOKEN_WORD && CZ_HAS(next, CZ_CUE_CRITERION) && q->unit_class == CZ_UNIT_MONEY)
    return true;
  if (q->unit_class == CZ_UNIT_PEOPLE) {
    /* 20万人以上城市 is a class of cities, 1000人以上培训 a number trained. */
    return q->bound != CZ_BOUND_EQ && !q->bound_before && !q->bound_numeral && next->type == CZ_TOKEN_WORD &&
           CZ_HAS(next, CZ_CUE_SIZENOUN) && !CZ_HAS(next, CZ_CUE_HEAD);
  }
  if (q->bound_numeral || q->bound == CZ_BOUND_ABOUT)
    return false;
  bool sized = has_size_noun(reader, q->token);
  if (is_sum(reader, next) && !(next->type == CZ_TOKEN_WORD && CZ_HAS(next, CZ_CUE_SIZENOUN)))
    return false;
  if (q->bound == CZ_BOUND_AT_LEAST || q->bound == CZ_BOUND_MORE_THAN || q->bound == CZ_BOUND_AT_MOST ||
      q->bound == CZ_BOUND_LESS_THAN)
    return sized || !q->bound_before || counts_sorted(reader, q, next);
  if (q->chinese && q->scaled && q->unit_class == CZ_UNIT_MONEY && next->type == CZ_TOKEN_WORD &&
      CZ_HAS(next, CZ_CUE_SIZENOUN))
    return true; /* 百亿元企业3家 */
  if (!sized || (next->type == CZ_TOKEN_WORD && CZ_HAS(next, CZ_CUE_VERB)))
    return false;
  if (next->type == CZ_TOKEN_WORD && CZ_HAS(next, CZ_CUE_SIZENOUN))
    return true;
  /* 总投资30亿元战略性新兴产业项目21个: what is selected is counted before the clause ends */
  for (int32_t i = q->token + 2; i < (int32_t)reader->token_count && reader->tokens[i].type != CZ_TOKEN_MARK;
       i++)
    if (reader->tokens[i].type == CZ_TOKEN_NUMBER)
      return true;
  return false;
}

/* Nearest token on the left that carries meaning (not an adverb or particle). */
static const cz_token *cue_before(const cz_reader *reader, int32_t index) {
  for (int32_t i = index - 1, steps = 0; i >= 0 && steps < 5; i--, steps++) {
    const cz_token *token = &reader->tokens[i];
    const uint64_t skip = CZ_BIT(CZ_CUE_ADV) | CZ_BIT(CZ_CUE_LE) | CZ_BIT(CZ_CUE_COMMIT) |
                          CZ_BIT(CZ_CUE_ESTIMATE) | CZ_BIT(CZ_CUE_OF) | CZ_BIT(CZ_CUE_TIME);
    const uint64_t keep = CZ_BIT(CZ_CUE_RISE) | CZ_BIT(CZ_CUE_FALL) | CZ_BIT(CZ_CUE_REACH) |
                          CZ_BIT(CZ_CUE_FROM) | CZ_BIT(CZ_CUE_TIMENOUN);
    if (token->type == CZ_TOKEN_WORD && (token->classes & skip) && !(token->classes & keep))
      continue;
    return token;
  }
  return NULL;
}

static bool ends_with_time_noun(const cz_reader *reader, const cz_token *token) {
  static const char16_t *const words[] = {u"时间", u"用时", u"时限", u"周期",   u"年限", u"寿命", u"时长",
                                          u"期限", u"天数", u"工期", u"承包期", u"年龄", u"期"};
  if (token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_TIMENOUN))
    return true;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (cz_chars_end(reader, token->begin, token->end, words[i]))
      return true;
  return false;
}

static bool consecutive_before(const cz_reader *reader, const cz_quantity *q) {
  for (int32_t back = 1; back <= 2; back++) {
    const cz_token *before = token_at(reader, q->token - back);
    if (!before || before->type == CZ_TOKEN_MARK || before->type == CZ_TOKEN_NUMBER)
      return false;
    if (cz_chars_end(reader, before->begin, before->end, u"连续"))
      return true;
    /* 连续举办8届: a verb may stand between */
    if (before->type != CZ_TOKEN_WORD || !CZ_HAS(before, CZ_CUE_VERB))
      return false;
  }
  return false;
}

/* Durations measure something only after a cue (延长30年, 压缩到4个工作日) or a noun of time
 * (平均用时22个工作日). */
static uint8_t role_of_duration(const cz_reader *reader, cz_quantity *q) {
  if (cz_chars_start(reader, q->unit_end, reader->text.count, u"前") &&
      !cz_chars_start(reader, q->unit_end, reader->text.count, u"前进"))
    return CZ_ROLE_OTHER; /* 相当于5年前… */
  if (cz_chars_start(reader, q->unit_end, reader->text.count, u"来") ||
      cz_chars_start(reader, q->unit_end, reader->text.count, u"多来"))
    return CZ_ROLE_OTHER;
  if (consecutive_before(reader, q)) {
    q->special = CZ_SPECIAL_STREAK;
    return CZ_ROLE_STATEMENT;
  }
  if (q->special == CZ_SPECIAL_SPAN && reader->text.chars[q->begin] == u'近')
    return CZ_ROLE_OTHER;
  /* 用不到一个月时间实现…: how long something took */
  const cz_token *use = token_at(reader, q->token - 1), *time = token_at(reader, q->token + 1);
  if (use && time && q->special != CZ_SPECIAL_SPAN && cz_chars_end(reader, use->begin, use->end, u"用") &&
      (cz_chars_start(reader, time->begin, reader->text.count, u"时间") ||
       (time->type == CZ_TOKEN_WORD && CZ_HAS(time, CZ_CUE_VERB))))
    return CZ_ROLE_STATEMENT;
  const cz_token *particle = token_at(reader, q->token - 1);
  if (q->special == CZ_SPECIAL_SPAN && particle && particle->type == CZ_TOKEN_WORD &&
      CZ_HAS(particle, CZ_CUE_OF))
    return CZ_ROLE_OTHER; /* 是综合实力显著增强的五年 */
  const cz_token *before = cue_before(reader, q->token);
  bool year = q->special == CZ_SPECIAL_SPAN;
  if (before) {
    if (before->type == CZ_TOKEN_WORD &&
        (CZ_HAS(before, CZ_CUE_RISE) || CZ_HAS(before, CZ_CUE_FALL) || CZ_HAS(before, CZ_CUE_COMPARE)))
      return CZ_ROLE_STATEMENT;
    if (ends_with_time_noun(reader, before))
      return CZ_ROLE_STATEMENT;
    if (before->type == CZ_TOKEN_WORD && (CZ_HAS(before, CZ_CUE_REACH) || CZ_HAS(before, CZ_CUE_FROM)) &&
        !(before->end - before->begin == 1 && reader->text.chars[before->begin] == u'在')) {
      /* … 从13.5年提高到14年, 压缩到4个工作日以内 */
      if (year && (cz_chars_equal(reader->text.chars, before->begin, before->end, u"实现") ||
                   cz_chars_equal(reader->text.chars, before->begin, before->end, u"完成")))
        return CZ_ROLE_OTHER; /* 提前实现三年引资目标 */
      if (!year || before->end - before->begin >= 2)
        return CZ_ROLE_STATEMENT;
      const cz_token *noun = cue_before(reader, (int32_t)(before - reader->tokens));
      if (noun && (ends_with_time_noun(reader, noun)))
        return CZ_ROLE_STATEMENT;
    }
  }
  if (reader->text.chars[q->unit_end - 1] == u'岁' && q->bound == CZ_BOUND_EQ && before)
    return CZ_ROLE_STATEMENT;
  return CZ_ROLE_OTHER;
}

static bool starts_list(const cz_reader *reader, const cz_quantity *q) {
  if (q->unit_row >= 0 || q->scaled || q->token != 0)
    return false;
  char16_t next = (char16_t)reader->text.chars[q->end];
  return next == u'.' || next == u'、' || next == u'．' || next == u')' || next == u'）';
}

void cz_role_assign(cz_reader *reader) {
  for (size_t i = reader->quantity_count; i-- > 0;) {
    cz_quantity *q = &reader->quantities[i];
    if (q->role != CZ_ROLE_STATEMENT) {
      q->special = q->special == CZ_SPECIAL_RANK ? CZ_SPECIAL_NONE : q->special;
      continue;
    }
    if (cz_chars_start(reader, q->number_end, reader->text.count, u"周年") || starts_list(reader, q)) {
      q->role = CZ_ROLE_OTHER;
      q->special = CZ_SPECIAL_NONE;
      continue;
    }
    /* 每50公斤提高7.4元: the amount that a price is for */
    const cz_token *each = token_at(reader, q->token - 1);
    if (q->unit_class == CZ_UNIT_PHYSICAL && each && !q->scaled &&
        cz_chars_end(reader, each->begin, each->end, u"每")) {
      q->role = CZ_ROLE_OTHER;
      continue;
    }
    if (is_threshold(reader, q)) {
      q->role = CZ_ROLE_THRESHOLD;
      q->measure = CZ_MEASURE_LEVEL;
      continue;
    }
    if (q->special == CZ_SPECIAL_SPAN || (q->unit_class == CZ_UNIT_TIME && q->special == CZ_SPECIAL_NONE)) {
      q->role = role_of_duration(reader, q);
      continue;
    }
    if (q->unit_class == CZ_UNIT_DATE && !q->scaled && q->special == CZ_SPECIAL_NONE) {
      q->role = CZ_ROLE_OTHER;
      continue;
    }
    if (q->special == CZ_SPECIAL_NONE && consecutive_before(reader, q)) {
      q->special = CZ_SPECIAL_STREAK;
      continue;
    }
    /* A bare number needs a cue or a noun before it. */
    if (q->unit_row < 0 && !q->unit_class && !q->scaled && q->special == CZ_SPECIAL_NONE && !q->ratio &&
        !q->unit_override) {
      const cz_token *before = cue_before(reader, q->token);
      bool cue = before && before->type == CZ_TOKEN_WORD &&
                 (CZ_HAS(before, CZ_CUE_REACH) || CZ_HAS(before, CZ_CUE_FROM) ||
                  CZ_HAS(before, CZ_CUE_RISE) || CZ_HAS(before, CZ_CUE_FALL));
      bool bounded = q->bound != CZ_BOUND_EQ && q->bound != CZ_BOUND_NONE;
      if (!cue && !bounded)
        q->role = CZ_ROLE_OTHER;
    }
  }
  /* 总投资超30亿元或3亿美元的项目: the bound holds for both amounts */
  for (size_t i = 1; i < reader->quantity_count; i++) {
    cz_quantity *q = &reader->quantities[i];
    const cz_quantity *o = &reader->quantities[i - 1];
    if (q->role == CZ_ROLE_THRESHOLD && o->role == CZ_ROLE_THRESHOLD && q->bound == CZ_BOUND_EQ &&
        o->bound_before && q->token - o->token == 2 && joins(token_at(reader, q->token - 1)))
      q->bound = o->bound;
  }
}
