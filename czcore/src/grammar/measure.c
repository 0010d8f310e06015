/* measure.c: what a number says. The cue chain, the words between the noun phrase and the number, decides:
 *   地区生产总值 | 预计 年均 增长 | 6.9%     → average_growth
 *   城镇登记失业率 | 控制在 | 4%以内         → level
 * The noun phrase that is left over goes to subject.c.
 */
#include "subject.h"

static const uint64_t CHAIN =
    CZ_BIT(CZ_CUE_RISE) | CZ_BIT(CZ_CUE_FALL) | CZ_BIT(CZ_CUE_REACH) | CZ_BIT(CZ_CUE_AVERAGE) |
    CZ_BIT(CZ_CUE_YEARLY) | CZ_BIT(CZ_CUE_FROM) | CZ_BIT(CZ_CUE_EACH) | CZ_BIT(CZ_CUE_ALL) |
    CZ_BIT(CZ_CUE_THAN) | CZ_BIT(CZ_CUE_COMPARE) | CZ_BIT(CZ_CUE_RANKVERB) | CZ_BIT(CZ_CUE_RANKMOVE) |
    CZ_BIT(CZ_CUE_BOUND) | CZ_BIT(CZ_CUE_COMMIT) | CZ_BIT(CZ_CUE_ESTIMATE) | CZ_BIT(CZ_CUE_TIME) |
    CZ_BIT(CZ_CUE_OF) | CZ_BIT(CZ_CUE_LE) | CZ_BIT(CZ_CUE_ADV) | CZ_BIT(CZ_CUE_BASISWORD) |
    CZ_BIT(CZ_CUE_DENSITY) | CZ_BIT(CZ_CUE_PLANTIME) | CZ_BIT(CZ_CUE_PLAN) | CZ_BIT(CZ_CUE_SPANTIME) |
    CZ_BIT(CZ_CUE_SUBPERIOD);

static bool is_statement(const cz_reader *reader, const cz_token *token) {
  return token->type == CZ_TOKEN_NUMBER && reader->quantities[token->quantity].role == CZ_ROLE_STATEMENT;
}

static bool is_time_number(const cz_reader *reader, const cz_token *token) {
  if (token->type != CZ_TOKEN_NUMBER)
    return false;
  uint8_t role = reader->quantities[token->quantity].role;
  return role == CZ_ROLE_DATE || role == CZ_ROLE_OTHER;
}

static bool is_body(const cz_token *token) {
  return token->type == CZ_TOKEN_REGION ||
         (token->type == CZ_TOKEN_WORD && (CZ_HAS(token, CZ_CUE_SCOPE) || CZ_HAS(token, CZ_CUE_AVERAGEOF) ||
                                           CZ_HAS(token, CZ_CUE_NATION) || CZ_HAS(token, CZ_CUE_OWN)));
}

/* Where the words that belong to this number begin. */
static int32_t left_limit(const cz_reader *reader, const cz_quantity *q, cz_context *x) {
  int32_t i = q->token - 1;
  x->after_number = false;
  x->separator = 0;
  for (; i >= 0; i--) {
    const cz_token *token = &reader->tokens[i];
    if (token->type == CZ_TOKEN_MARK) {
      if (token->mark == u'、') {
        if (i > 0 && is_statement(reader, &reader->tokens[i - 1])) {
          x->separator = u'、';
          break;
        }
        continue;
      }
      x->separator = token->mark;
      break;
    }
    if (is_statement(reader, token)) {
      x->after_number = true;
      break;
    }
    if (q->token - i > CZ_PHRASE_LIMIT)
      break;
  }
  return i + 1;
}

/* …3万元|提高到|15万元: the next number is where this one moves. */
static bool moves_on(const cz_reader *reader, const cz_quantity *q) {
  const int32_t i = q->token + 1;
  if (i + 1 >= (int32_t)reader->token_count || reader->tokens[i].type != CZ_TOKEN_WORD ||
      !(reader->tokens[i].classes & (CZ_BIT(CZ_CUE_REACH) | CZ_BIT(CZ_CUE_RISE) | CZ_BIT(CZ_CUE_FALL))))
    return false;
  const int32_t next = CZ_HAS(&reader->tokens[i], CZ_CUE_REACH) ? i + 1 : i + 2;
  if (next >= (int32_t)reader->token_count || !is_statement(reader, &reader->tokens[next]))
    return false;
  return reader->quantities[reader->tokens[next].quantity].unit_class == q->unit_class;
}

/* The “ before and the ”期末 behind the name of a plan: 是“十五”期末的1.9倍. */
static bool wraps_plan(const cz_reader *reader, int32_t index) {
  const cz_token *token = &reader->tokens[index];
  if (token->type != CZ_TOKEN_TEXT || token->end - token->begin > 4)
    return false;
  const cz_token *next = token + 1, *before = token - 1;
  uint16_t first = reader->text.chars[token->begin];
  if (first == u'“')
    return (size_t)index + 1 < reader->token_count && next->type == CZ_TOKEN_WORD &&
           CZ_HAS(next, CZ_CUE_PLAN);
  return index > 0 && (first == u'”' || first == u'末' || first == u'期') && before->type == CZ_TOKEN_WORD &&
         CZ_HAS(before, CZ_CUE_PLAN);
}

/* Reads the chain from the number leftwards; what stands left of it is the noun phrase zone [zone_begin,
 * zone_end). */
static void read_chain(const cz_reader *reader, const cz_quantity *q, cz_context *x) {
  x->zone_begin = left_limit(reader, q, x);
  int32_t i = q->token - 1;
  bool ranked = q->special == CZ_SPECIAL_RANK || q->special == CZ_SPECIAL_STREAK;
  for (; i >= x->zone_begin; i--) {
    const cz_token *token = &reader->tokens[i];
    if (is_time_number(reader, token)) {
      x->time_token = i;
      continue;
    }
    if (wraps_plan(reader, i)) {
      x->time_token = i;
      continue;
    }
    if (i == q->token - 1 && q->unit_class == CZ_UNIT_MONEY &&
        cz_chars_equal(reader->text.chars, token->begin, token->end, u"人均")) {
      x->per_head = true;
      continue;
    }
    if (i == q->token - 1 && token->type == CZ_TOKEN_TEXT && token->end - token->begin == 1 &&
        (reader->text.kind[token->begin] & CZ_CHAR_BRACKET))
      continue; /* 实现“十二连增” */
    if (token->type != CZ_TOKEN_WORD && token->type != CZ_TOKEN_REGION)
      break;
    if (ranked && is_body(token) && x->scope_begin < 0) {
      x->scope_begin = i;
      x->scope_end = i + 1;
      while (i - 1 >= x->zone_begin && is_body(&reader->tokens[i - 1]))
        x->scope_begin = --i;
      continue;
    }
    /* 试点范围扩大到|全国|40%的县 */
    if (i == q->token - 1 && q->unit_class == CZ_UNIT_PERCENT && i > x->zone_begin &&
        token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_NATION) &&
        reader->tokens[i - 1].type == CZ_TOKEN_WORD && CZ_HAS(&reader->tokens[i - 1], CZ_CUE_REACH))
      continue;
    if (token->type == CZ_TOKEN_REGION)
      break;
    if (x->compare && is_body(token)) { /* 比全国高1.2个百分点 read from the right: 高, then 全国, then 比 */
      x->body_begin = i;
      if (x->body_end < 0)
        x->body_end = i + 1;
      continue;
    }
    if (!(token->classes & CHAIN))
      break;
    if (ranked && CZ_HAS(token, CZ_CUE_GENERIC) && CZ_HAS(token, CZ_CUE_GROWTHNOUN))
      break;
    bool adjacent = i == q->token - 1;
    /* 全国百强县排名|提升22位: a ranking that is named is the noun, not the verb. */
    if (CZ_HAS(token, CZ_CUE_RANKVERB) && CZ_HAS(token, CZ_CUE_GENERIC) && i > x->zone_begin &&
        x->scope_begin < 0 && (x->move || adjacent) && reader->tokens[i - 1].type != CZ_TOKEN_MARK)
      break;
    if (CZ_HAS(token, CZ_CUE_RANKMOVE) && q->unit_class == CZ_UNIT_RANK && !q->ordinal && !q->front)
      x->move = (int8_t)cz_token_value(token, CZ_CUE_RANKMOVE);
    if (!x->direction && !x->reach) {
      if (CZ_HAS(token, CZ_CUE_RISE))
        x->direction = 1;
      if (CZ_HAS(token, CZ_CUE_FALL))
        x->direction = -1;
      if (x->direction)
        x->direction_token = i;
    }
    if (x->reach && !x->grows && q->unit_class == CZ_UNIT_PERCENT) {
      /* 经济增长保持在6.5%以上: growth is the noun that keeps its level */
      static const char16_t *const nouns[] = {u"增长", u"上涨", u"递增"};
      for (size_t k = 0; k < sizeof nouns / sizeof *nouns; k++)
        if (cz_chars_equal(reader->text.chars, token->begin, token->end, nouns[k]))
          x->grows = true;
    }
    if (CZ_HAS(token, CZ_CUE_REACH) && !x->direction) {
      x->reach = true;
      if (x->reach_token < 0)
        x->reach_token = i;
      const cz_text *text = &reader->text;
      x->steady |= cz_chars_equal(text->chars, token->begin, token->end, u"稳定在") ||
                   cz_chars_equal(text->chars, token->begin, token->end, u"保持在") ||
                   cz_chars_equal(text->chars, token->begin, token->end, u"控制在") ||
                   cz_chars_equal(text->chars, token->begin, token->end, u"维持在") ||
                   cz_chars_equal(text->chars, token->begin, token->end, u"在");
    }
    x->average |= CZ_HAS(token, CZ_CUE_AVERAGE);
    x->yearly |= CZ_HAS(token, CZ_CUE_YEARLY);
    x->each |= CZ_HAS(token, CZ_CUE_EACH);
    x->all |= CZ_HAS(token, CZ_CUE_ALL);
    if (CZ_HAS(token, CZ_CUE_FROM) && adjacent)
      x->from = true;
    if (CZ_HAS(token, CZ_CUE_FROM) && i == q->token - 2)
      x->from = true;
    if (CZ_HAS(token, CZ_CUE_FROM) && x->time_token == i + 1)
      x->from = true;
    if (CZ_HAS(token, CZ_CUE_THAN)) {
      x->than = true;
      x->than_token = i;
      if (x->body_end < 0 && x->compare)
        x->body_end = -1;
    }
    if (CZ_HAS(token, CZ_CUE_COMPARE) && !x->compare && (adjacent || !x->direction)) {
      x->compare = (int8_t)cz_token_value(token, CZ_CUE_COMPARE);
      x->compare_token = i;
    }
    if (CZ_HAS(token, CZ_CUE_RANKVERB))
      x->rankverb = true;
    if (CZ_HAS(token, CZ_CUE_BASISWORD))
      x->basis = (uint8_t)cz_token_value(token, CZ_CUE_BASISWORD);
    if (CZ_HAS(token, CZ_CUE_DENSITY))
      x->density = (uint8_t)cz_token_value(token, CZ_CUE_DENSITY);
    if (CZ_HAS(token, CZ_CUE_COMMIT))
      x->commit_token = i;
    if (cz_chars_start(reader, token->begin, token->end, u"累计"))
      x->cumulative = true;
    /* 收入完成616.6亿元: verbs that also reach a level do not count events */
    if (CZ_HAS(token, CZ_CUE_VERB) && x->verb_token < 0 &&
        !(CZ_HAS(token, CZ_CUE_REACH) && (cz_chars_end(reader, token->begin, token->end, u"完成") ||
                                          cz_chars_end(reader, token->begin, token->end, u"实现"))))
      x->verb_token = i;
    if (adjacent)
      x->adjacent = i;
  }
  x->zone_end = i + 1;
  /* 将起征点从月销售额3万元提高到15万元: what stands between 从 and the number says how it is counted */
  if (!x->from && !x->direction && !x->reach && moves_on(reader, q))
    for (int32_t k = x->zone_end - 1; k > x->zone_begin && x->zone_end - k <= 4; k--)
      if (reader->tokens[k].type == CZ_TOKEN_WORD && CZ_HAS(&reader->tokens[k], CZ_CUE_FROM)) {
        x->from = true;
        x->zone_end = k;
        break;
      }
  if (q->special == CZ_SPECIAL_RANK && x->scope_begin < 0) {
    /* 居粮食主产省第1位: the ranking verb opens the scope */
    for (int32_t k = x->zone_end - 1; k >= x->zone_begin && x->zone_end - k <= 4; k--) {
      const cz_token *token = &reader->tokens[k];
      if (token->type == CZ_TOKEN_MARK)
        break;
      if (token->type != CZ_TOKEN_WORD || !CZ_HAS(token, CZ_CUE_RANKVERB) || CZ_HAS(token, CZ_CUE_BA) ||
          CZ_HAS(token, CZ_CUE_VERB))
        continue;
      /* 位列全国文明城市指数第16位: what ends like a ranking is ranked in, not among */
      static const char16_t *const rankings[] = {u"指数", u"排名", u"榜", u"榜单", u"城市", u"评价", u"考核"};
      const cz_token *close = &reader->tokens[x->zone_end - 1];
      bool list = false;
      for (size_t r = 0; r < sizeof rankings / sizeof *rankings; r++)
        list |= cz_chars_end(reader, close->begin, close->end, rankings[r]);
      const cz_token *body = &reader->tokens[k + 1];
      if (k + 2 < x->zone_end && is_body(body) && (!list || body->end - body->begin > 2)) {
        /* 位居全国百强县|投资潜力|第3: the body, then what is ranked */
        x->scope_begin = x->scope_end = k + 1;
        while (x->scope_end + 1 < x->zone_end && is_body(&reader->tokens[x->scope_end]))
          x->scope_end++;
        x->zone_begin = x->scope_end;
      } else if (k + 1 < x->zone_end && !CZ_HAS(token, CZ_CUE_GENERIC) && !list) {
        x->scope_begin = k + 1;
        x->scope_end = x->zone_end;
        x->zone_end = k;
        while (x->zone_end > x->zone_begin && reader->tokens[x->zone_end - 1].type == CZ_TOKEN_WORD &&
               (reader->tokens[x->zone_end - 1].classes & (CZ_BIT(CZ_CUE_ADV) | CZ_BIT(CZ_CUE_RANKVERB))) &&
               !CZ_HAS(&reader->tokens[x->zone_end - 1], CZ_CUE_GENERIC))
          x->zone_end--;
      }
      break;
    }
  }
  /* 至少建成2个: the bound word stands before the verb. 确保…达到80%: the commitment opens the clause. */
  for (int32_t k = q->token - 1; k >= x->zone_begin && q->token - k <= 3; k--) {
    const cz_token *token = &reader->tokens[k];
    if (token->type != CZ_TOKEN_WORD)
      break;
    if (CZ_HAS(token, CZ_CUE_BOUND) && token->end - token->begin >= 2 && !CZ_HAS(token, CZ_CUE_COMPARE) &&
        !CZ_HAS(token, CZ_CUE_VERB)) {
      x->loose_bound = (uint8_t)cz_token_value(token, CZ_CUE_BOUND);
      break;
    }
    if (!CZ_HAS(token, CZ_CUE_VERB) && !CZ_HAS(token, CZ_CUE_RISE) && !CZ_HAS(token, CZ_CUE_FALL))
      break;
  }
  for (int32_t k = x->zone_begin; k < x->zone_end && k < x->zone_begin + 3 && x->commit_token < 0; k++)
    if (reader->tokens[k].type == CZ_TOKEN_WORD && CZ_HAS(&reader->tokens[k], CZ_CUE_COMMIT) &&
        cz_token_value(&reader->tokens[k], CZ_CUE_COMMIT) <= 2)
      x->commit_token = k;
  /* 年均新增…, 每年惠及…: the rate may stand before the noun phrase. */
  for (int32_t k = x->zone_begin; k < x->zone_end && k < x->zone_begin + 4; k++) {
    const cz_token *token = &reader->tokens[k];
    if (token->type != CZ_TOKEN_WORD)
      continue;
    x->cumulative |= cz_chars_start(reader, token->begin, token->end, u"累计");
    x->average |= CZ_HAS(token, CZ_CUE_AVERAGE);
    x->leading_yearly |= CZ_HAS(token, CZ_CUE_YEARLY);
    if (CZ_HAS(token, CZ_CUE_DENSITY) && cz_token_value(token, CZ_CUE_DENSITY) == 3)
      x->density = 3;
  }
  /* 高于省均1个百分点: the body stands between the comparing word and the number. */
  if (!x->compare) {
    for (int32_t k = x->zone_end - 1; k >= x->zone_begin && q->token - k <= 8; k--) {
      const cz_token *token = &reader->tokens[k];
      if (token->type != CZ_TOKEN_WORD) {
        if (token->type == CZ_TOKEN_MARK)
          break;
        continue;
      }
      if (CZ_HAS(token, CZ_CUE_COMPARE) && (token->end - token->begin >= 2) &&
          (q->unit_class == CZ_UNIT_POINT || q->unit_class == CZ_UNIT_PERCENT ||
           q->unit_class == CZ_UNIT_RANK || q->unit_class == CZ_UNIT_MONEY ||
           q->unit_class == CZ_UNIT_TIMES)) {
        /* 增速高于全省平均2个百分点, but not 高于去年的3%: an average or a place must follow. */
        if (k + 1 < q->token && (is_body(&reader->tokens[k + 1]) || q->unit_class == CZ_UNIT_POINT)) {
          x->compare = (int8_t)cz_token_value(token, CZ_CUE_COMPARE);
          x->compare_token = k;
          x->body_begin = k + 1;
          x->body_end = q->token;
          x->zone_end = k;
        }
        break;
      }
    }
  } else if (x->than && x->body_end > x->body_begin && x->than_token >= 0) {
    if (x->zone_end > x->than_token)
      x->zone_end = x->than_token;
  }
  /* 比全国平均水平高1.2个百分点 where the body is not a known word. */
  if (x->compare && !x->than && x->compare_token >= 0) {
    for (int32_t k = x->zone_end - 1; k >= x->zone_begin && x->compare_token - k <= 6; k--) {
      const cz_token *token = &reader->tokens[k];
      if (token->type == CZ_TOKEN_MARK)
        break;
      if (token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_THAN)) {
        x->body_begin = k + 1;
        x->body_end = x->compare_token;
        x->zone_end = k;
        break;
      }
    }
  }
  /* 较上年末增加466: 比 … with a noun between (比制度建立之初压减64%). */
  if (x->direction && !x->than) {
    for (int32_t k = x->zone_end - 1; k >= x->zone_begin && x->direction_token - k <= 6; k--) {
      const cz_token *token = &reader->tokens[k];
      if (token->type == CZ_TOKEN_MARK)
        break;
      if (token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_THAN)) {
        x->than = true;
        x->than_token = k;
        x->zone_end = k;
        break;
      }
    }
  }
}

/* 8%左右的增长, 两位数增长: the verb behind the number. */
static bool rise_after(const cz_reader *reader, const cz_quantity *q, int8_t *direction) {
  size_t i = (size_t)q->token + 1;
  if (i < reader->token_count && reader->tokens[i].type == CZ_TOKEN_WORD &&
      CZ_HAS(&reader->tokens[i], CZ_CUE_OF))
    i++;
  while (i < reader->token_count && reader->tokens[i].type == CZ_TOKEN_WORD &&
         CZ_HAS(&reader->tokens[i], CZ_CUE_ADV) && !CZ_HAS(&reader->tokens[i], CZ_CUE_RISE) &&
         !CZ_HAS(&reader->tokens[i], CZ_CUE_FALL))
    i++;
  if (i >= reader->token_count || reader->tokens[i].type != CZ_TOKEN_WORD)
    return false;
  const cz_token *token = &reader->tokens[i];
  bool rise = CZ_HAS(token, CZ_CUE_RISE) || CZ_HAS(token, CZ_CUE_GROWTHNOUN);
  bool fall = CZ_HAS(token, CZ_CUE_FALL);
  if (!rise && !fall)
    return false;
  /* The verb must close: 增长 before a mark, not before another number. */
  if (i + 1 < reader->token_count) {
    const cz_token *after = &reader->tokens[i + 1];
    if (after->type != CZ_TOKEN_MARK &&
        !(rise && CZ_HAS(token, CZ_CUE_GROWTHNOUN) &&
          (after->type == CZ_TOKEN_TEXT ||
           (after->type == CZ_TOKEN_WORD && (after->classes & (CZ_BIT(CZ_CUE_ADV) | CZ_BIT(CZ_CUE_TEXT)))))))
      return false;
  }
  *direction = fall ? -1 : 1;
  return true;
}

/* Does the noun phrase end with 涨幅, 增速 (growth) or 增量 (change)? Cuts the word off and gives its sign,
 * else 0. */
static int8_t closing_noun(const cz_reader *reader, cz_context *x, int klass) {
  if (x->zone_end <= x->zone_begin)
    return 0;
  const cz_token *last = &reader->tokens[x->zone_end - 1];
  if (last->type == CZ_TOKEN_WORD && CZ_HAS(last, klass)) {
    /* 人口自然增长率 is a rate of its own */
    if (cz_chars_end(reader, reader->tokens[x->zone_begin].begin, last->begin, u"自然"))
      return 0;
    x->zone_end--;
    return (int8_t)cz_token_value(last, klass);
  }
  return 0;
}

static const cz_quantity *list_head(const cz_reader *reader, size_t index, const cz_context *x) {
  /* Nothing but a separator between this number and the one before: 分别增长4%、5.3%. */
  if (index == 0)
    return NULL;
  for (int32_t i = x->zone_begin; i < x->zone_end; i++)
    if (reader->tokens[i].type != CZ_TOKEN_WORD || !CZ_HAS(&reader->tokens[i], CZ_CUE_CONN))
      return NULL;
  const cz_quantity *q = &reader->quantities[index];
  for (int32_t i = q->token - 1; i >= 0; i--) {
    const cz_token *token = &reader->tokens[i];
    if (token->type == CZ_TOKEN_MARK && token->mark == u'、')
      continue;
    if (token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_CONN))
      continue;
    if (token->type == CZ_TOKEN_NUMBER && reader->quantities[token->quantity].role == CZ_ROLE_STATEMENT)
      return i < q->token - 1 ? &reader->quantities[token->quantity] : NULL;
    return NULL;
  }
  return NULL;
}

static bool same_kind_of_unit(const cz_quantity *a, const cz_quantity *b) {
  return a->unit_class == b->unit_class || b->unit_row < 0 || a->unit_row < 0;
}

/* 货邮和旅客吞吐量分别达到420万吨、1.2亿人次: the list has a noun for the number behind `head`. */
static bool names_part(const cz_reader *reader, const cz_quantity *head) {
  int32_t root = head->list_head >= 0 ? head->list_head : (int32_t)(head - reader->quantities);
  return reader->parts_head == root && head->list_index + 1 < reader->part_count;
}

/* 比“九五”期间增幅高8个百分点 compares with an earlier time, not with another body. */
static bool earlier_self(const cz_reader *reader, const cz_context *x) {
  for (int32_t i = x->body_begin; i >= 0 && i < x->body_end && i - x->body_begin < 3; i++)
    if (reader->tokens[i].type == CZ_TOKEN_WORD && CZ_HAS(&reader->tokens[i], CZ_CUE_PLAN))
      return true;
  return false;
}

static void assign_growth(cz_quantity *q, const cz_context *x, int8_t direction) {
  q->measure = x->average ? CZ_MEASURE_AVERAGE_GROWTH : CZ_MEASURE_GROWTH;
  q->sign = direction < 0 ? -1 : 1;
}

/* 按可比口径计算，…增长5%: the basis may stand in the clause before. */
static uint8_t basis_before(const cz_reader *reader, const cz_context *x) {
  int32_t marks = 0;
  for (int32_t i = x->zone_end - 1; i >= 0 && marks < 2 && x->zone_end - i < 40; i--) {
    const cz_token *token = &reader->tokens[i];
    if (token->type == CZ_TOKEN_NUMBER)
      return 0;
    if (token->type == CZ_TOKEN_MARK)
      marks++;
    if (token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_BASISWORD) &&
        (marks == 0 || token->end - token->begin >= 4))
      return (uint8_t)cz_token_value(token, CZ_CUE_BASISWORD);
  }
  return 0;
}

static void assign_one(cz_reader *reader, size_t index) {
  cz_quantity *q = &reader->quantities[index];
  cz_context context = cz_context_empty();
  cz_context *x = &context;
  read_chain(reader, q, x);

  const cz_quantity *head = list_head(reader, index, x);
  if (head && (same_kind_of_unit(head, q) || names_part(reader, head)) && !x->direction && !x->reach &&
      !q->ordinal && q->special != CZ_SPECIAL_RANK && head->special != CZ_SPECIAL_STREAK &&
      head->measure != CZ_MEASURE_RANK) {
    q->measure = head->measure;
    q->sign = head->sign;
    q->per = head->per;
    q->basis = head->basis;
    if (q->bound == CZ_BOUND_EQ && head->bound_before)
      q->bound = head->bound;
    x->list_of = (int32_t)(head - reader->quantities);
    cz_subject_list(reader, q, x);
    return;
  }

  if (x->loose_bound && q->bound == CZ_BOUND_EQ)
    q->bound = x->loose_bound;
  /* 增长6%以上、力争达到7%: the stretched goal says the same thing as the goal before it */
  if (x->commit_token >= 0 && x->zone_end <= x->zone_begin && index > 0 && !x->direction && !x->from) {
    const cz_quantity *goal = &reader->quantities[index - 1];
    if (goal->role == CZ_ROLE_STATEMENT && goal->unit_class == q->unit_class &&
        (x->separator == u'、' || x->separator == u'，')) {
      q->measure = goal->measure;
      q->sign = goal->sign;
      q->basis = goal->basis;
      q->commitment =
          cz_phrase_of(reader->tokens[x->commit_token].begin, reader->tokens[x->commit_token].end);
      cz_subject_read(reader, q, x);
      return;
    }
  }
  int8_t after = 0;
  int8_t sign;
  q->basis = x->basis ? x->basis : x->direction ? basis_before(reader, x) : 0;
  switch (q->unit_class) {
  case CZ_UNIT_POINT:
    if (x->compare && (!x->than || x->body_end > x->body_begin) && !earlier_self(reader, x)) {
      q->measure = CZ_MEASURE_DIFFERENCE;
      q->sign = x->compare;
    } else {
      q->measure = CZ_MEASURE_CHANGE;
      q->sign = x->direction < 0 || (x->compare < 0 && (x->than || x->body_end > x->body_begin)) ? -1 : 1;
    }
    break;
  case CZ_UNIT_PERCENT:
  case CZ_UNIT_PER_MILLE:
  case CZ_UNIT_TENTH:
    if ((sign = closing_noun(reader, x, CZ_CUE_GROWTHNOUN)) != 0) {
      while (x->zone_end > x->zone_begin && reader->tokens[x->zone_end - 1].type == CZ_TOKEN_WORD &&
             CZ_HAS(&reader->tokens[x->zone_end - 1], CZ_CUE_AVERAGE)) {
        x->average = true; /* 年均增速 */
        x->zone_end--;
      }
      /* 居民消费价格涨幅控制在3%以内: the noun says that the level of a rate is a growth. */
      assign_growth(q, x, sign);
    } else if (x->compare && x->body_end > x->body_begin && !x->direction) {
      q->measure = CZ_MEASURE_DIFFERENCE;
      q->sign = x->compare;
    } else if (x->direction && !x->reach) {
      assign_growth(q, x, x->direction);
    } else if (x->direction && x->direction_token > x->reach_token) {
      assign_growth(q, x, x->direction);
    } else if (x->grows) {
      assign_growth(q, x, 1);
    } else if (!x->from && rise_after(reader, q, &after)) {
      assign_growth(q, x, after);
      x->post_verb = true;
    } else {
      q->measure = CZ_MEASURE_LEVEL;
    }
    break;
  case CZ_UNIT_TIMES:
    if (x->direction && !x->reach) {
      assign_growth(q, x, x->direction);
      q->growth_unit = true;
    } else if (x->direction && x->direction_token > x->reach_token) {
      assign_growth(q, x, x->direction);
      q->growth_unit = true;
    } else {
      q->measure = CZ_MEASURE_MULTIPLE;
    }
    break;
  case CZ_UNIT_DOUBLING:
    q->measure = CZ_MEASURE_MULTIPLE;
    break;
  default:
    if (q->ratio) {
      q->measure = CZ_MEASURE_RATIO;
    } else if (q->special == CZ_SPECIAL_RANK) {
      q->measure = CZ_MEASURE_RANK;
    } else if (q->special == CZ_SPECIAL_STREAK) {
      q->measure = CZ_MEASURE_STREAK;
    } else if (q->special == CZ_SPECIAL_ZERO && cz_chars_end(reader, q->begin, q->end, u"增长")) {
      q->measure = CZ_MEASURE_GROWTH; /* 使用量零增长 */
      q->unit_override = "%";
    } else if (q->special == CZ_SPECIAL_ZERO) {
      q->measure = CZ_MEASURE_LEVEL;
    } else if (x->move && (q->unit_class == CZ_UNIT_RANK)) {
      q->measure = CZ_MEASURE_RANK_CHANGE;
      q->sign = x->move;
    } else if ((sign = closing_noun(reader, x, CZ_CUE_CHANGENOUN)) != 0) {
      q->measure = CZ_MEASURE_CHANGE;
      q->sign = sign;
    } else if (x->compare && x->body_end > x->body_begin) {
      q->measure = CZ_MEASURE_DIFFERENCE;
      q->sign = x->compare;
    } else if (x->direction && !(x->reach && x->reach_token > x->direction_token)) {
      q->measure = CZ_MEASURE_CHANGE;
      q->sign = x->direction;
    } else {
      q->measure = CZ_MEASURE_LEVEL;
    }
    break;
  }
  /* 1/3, 一半, 两位数 carry % without a unit word; treated above as PERCENT where the class says so. */
  if (q->special == CZ_SPECIAL_FRACTION) {
    if (x->direction && !x->reach)
      assign_growth(q, x, x->direction);
    else
      q->measure = CZ_MEASURE_LEVEL;
  }
  if ((x->average || x->yearly || x->leading_yearly) &&
      (q->measure == CZ_MEASURE_LEVEL ||
       (q->measure == CZ_MEASURE_CHANGE && q->unit_class != CZ_UNIT_POINT)) &&
      q->unit_class != CZ_UNIT_PERCENT)
    q->per = "/年";
  if (x->yearly && q->measure == CZ_MEASURE_LEVEL && q->unit_class == CZ_UNIT_PERCENT)
    x->steady = true;
  static const char *const densities[] = {"",        "/人·月", "/月", "/天",     "/亩",
                                          "/平方米", "/户",    "/吨", "/千瓦时", "/斤"};
  if (x->density && x->density < sizeof densities / sizeof *densities && q->over_end == q->over_begin)
    q->per = densities[x->density];
  if (x->per_head)
    q->per = "/人";
  if (x->density == 1) {
    /* 每人每年, 每人每天 share the class of 每人每月 and differ in the last character. */
    for (int32_t i = q->token - 1; i >= 0; i--)
      if (reader->tokens[i].type == CZ_TOKEN_WORD && CZ_HAS(&reader->tokens[i], CZ_CUE_DENSITY)) {
        int64_t begin = reader->tokens[i].begin, end = reader->tokens[i].end;
        if (cz_chars_find(reader, begin, end, u"年") >= 0)
          q->per = "/人·年";
        else if (cz_chars_find(reader, begin, end, u"月") >= 0)
          q->per = "/人·月";
        else if (cz_chars_find(reader, begin, end, u"天") >= 0 ||
                 cz_chars_find(reader, begin, end, u"日") >= 0)
          q->per = "/人·日";
        else
          q->per = "/人";
        break;
      }
  }
  if (x->commit_token >= 0)
    q->commitment = cz_phrase_of(reader->tokens[x->commit_token].begin, reader->tokens[x->commit_token].end);
  if (q->negative)
    q->sign = (int8_t)-q->sign;
  cz_subject_read(reader, q, x);
}

void cz_measure_assign(cz_reader *reader) {
  /* 10.6万、3.8万、3.3万平方公里: a number without unit borrows that of the next of its list. */
  for (size_t i = reader->quantity_count; i-- > 1;) {
    cz_quantity *q = &reader->quantities[i - 1], *next = &reader->quantities[i];
    if (q->unit_row >= 0 || q->role != CZ_ROLE_STATEMENT || next->unit_row < 0 || q->special ||
        q->unit_override)
      continue;
    if (next->role != CZ_ROLE_STATEMENT || next->token - q->token != 2)
      continue;
    const cz_token *between = &reader->tokens[q->token + 1];
    bool joined = (between->type == CZ_TOKEN_MARK && between->mark == u'、') ||
                  (between->type == CZ_TOKEN_WORD && CZ_HAS(between, CZ_CUE_CONN));
    if (!joined || (q->scaled != next->scaled))
      continue;
    q->unit_row = next->unit_row;
    q->unit_class = next->unit_class;
    q->unit_begin = next->unit_begin;
    q->unit_end = next->unit_end;
    q->over_begin = next->over_begin;
    q->over_end = next->over_end;
    q->unit_borrowed = true;
  }
  for (size_t i = 0; i < reader->quantity_count; i++)
    if (reader->quantities[i].role == CZ_ROLE_STATEMENT)
      assign_one(reader, i);
  for (size_t i = 0; i + 1 < reader->quantity_count; i++) {
    /* 连续3年居粮食主产省第1位: the streak is among the same */
    cz_quantity *q = &reader->quantities[i], *next = &reader->quantities[i + 1];
    if (q->measure == CZ_MEASURE_STREAK && q->role == CZ_ROLE_STATEMENT && !q->scope.count &&
        next->role == CZ_ROLE_STATEMENT && next->measure == CZ_MEASURE_RANK && next->token - q->token <= 4)
      q->scope = next->scope;
  }
  for (size_t i = 0; i < reader->quantity_count; i++)
    if (reader->quantities[i].role == CZ_ROLE_THRESHOLD)
      cz_subject_threshold(reader, &reader->quantities[i]);
}
