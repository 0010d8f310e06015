/* noun.c: where a noun phrase begins and ends.
 *
 * Chinese text has no blanks, so the edges are found by the words that cannot belong to a name: verbs that
 * govern it (建成|发热门诊|36个), adverbs, time, the report's own region, and, behind the number, the
 * predicate that follows the counted noun.
 */
#include <string.h>

#include "noun.h"

/* 巩固率, 授权量, 办理时限: a suffix that makes a noun of the verb before it. */
static bool makes_noun(const cz_reader *reader, int32_t next) {
  static const char16_t suffixes[] = u"率数量额度者费业品点类型力性价权员期会";
  const cz_token *token = cz_token_at(reader, next);
  if (token->type == CZ_TOKEN_MARK || token->type == CZ_TOKEN_NUMBER || token->type == CZ_TOKEN_INDICATOR)
    return false;
  char16_t first = (char16_t)reader->text.chars[token->begin];
  for (size_t i = 0; suffixes[i]; i++)
    if (first == suffixes[i])
      return !(token->type == CZ_TOKEN_WORD && token->end - token->begin > 1 && !CZ_HAS(token, CZ_CUE_HEAD));
  return token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_TIMENOUN) && token->end - token->begin >= 2;
}

/* 储备规模, 运营里程: a verb and one head noun that closes the phrase are a compound. */
static bool compound_head(const cz_reader *reader, int32_t next, int32_t end) {
  if (next + 1 != end)
    return false;
  const cz_token *token = cz_token_at(reader, next);
  return token->type == CZ_TOKEN_WORD &&
         (CZ_HAS(token, CZ_CUE_HEAD) || CZ_HAS(token, CZ_CUE_GENERIC) || CZ_HAS(token, CZ_CUE_RATENOUN)) &&
         !CZ_HAS(token, CZ_CUE_SIZENOUN);
}

/* Does a clause begin at `index`: nothing but marks, adverbs, time before it? */
static bool clause_start(const cz_reader *reader, int32_t begin, int32_t index) {
  if (index == begin)
    return true;
  const cz_token *token = cz_token_at(reader, index - 1);
  if (token->type == CZ_TOKEN_MARK)
    return true;
  if (token->type == CZ_TOKEN_NUMBER)
    return reader->quantities[token->quantity].role == CZ_ROLE_DATE ||
           reader->quantities[token->quantity].special == CZ_SPECIAL_SPAN;
  if (token->type != CZ_TOKEN_WORD)
    return false;
  if (CZ_HAS(token, CZ_CUE_VERB) && cz_token_value(token, CZ_CUE_VERB) == 0)
    return true;
  if (CZ_HAS(token, CZ_CUE_CONN) && index - 2 >= begin && cz_word_has(reader, index - 2, CZ_CUE_VERB) &&
      cz_token_value(cz_token_at(reader, index - 2), CZ_CUE_VERB) == 0)
    return true; /* 新建和改造… */
  const uint64_t open = CZ_BIT(CZ_CUE_ADV) | CZ_BIT(CZ_CUE_COMMIT) | CZ_BIT(CZ_CUE_TIME) |
                        CZ_BIT(CZ_CUE_OWN) | CZ_BIT(CZ_CUE_ESTIMATE) | CZ_BIT(CZ_CUE_AMONG) |
                        CZ_BIT(CZ_CUE_YEARLY) | CZ_BIT(CZ_CUE_AVERAGE);
  return (token->classes & open) && !CZ_HAS(token, CZ_CUE_HEAD);
}

static bool verb_value_at(const cz_reader *reader, int32_t index, int16_t *value) {
  if (!cz_word_has(reader, index, CZ_CUE_VERB))
    return false;
  *value = cz_token_value(cz_token_at(reader, index), CZ_CUE_VERB);
  return true;
}

/* Words that never belong to a noun phrase when they stand at its left edge. */
bool cz_strips_left(const cz_reader *reader, int32_t index) {
  const cz_token *token = cz_token_at(reader, index);
  if (token->type == CZ_TOKEN_MARK)
    return true;
  if (token->type == CZ_TOKEN_NUMBER) {
    uint8_t role = reader->quantities[token->quantity].role;
    return role == CZ_ROLE_DATE || role == CZ_ROLE_OTHER;
  }
  if (token->type == CZ_TOKEN_TEXT) {
    /* closing marks, and the brackets of a footnote mark */
    static const char16_t marks[] = u"”’』」》）)]】[【";
    if (token->end - token->begin != 1)
      return false;
    const cz_token *before = index > 0 ? cz_token_at(reader, index - 1) : NULL;
    if ((reader->text.chars[token->begin] == u'中' || reader->text.chars[token->begin] == u'前') && before &&
        before->type == CZ_TOKEN_NUMBER && reader->quantities[before->quantity].special == CZ_SPECIAL_SPAN)
      return true; /* 五年中, 相当于5年前1.5个百分点 */
    for (size_t i = 0; marks[i]; i++)
      if (reader->text.chars[token->begin] == marks[i])
        return true;
    return reader->text.chars[token->begin] == u'“' && index + 1 < (int32_t)reader->token_count &&
           cz_word_has(reader, index + 1, CZ_CUE_PLAN); /* “十一五”年均增长 */
  }
  if (token->type != CZ_TOKEN_WORD)
    return false;
  if (CZ_HAS(token, CZ_CUE_NATION) && (reader->national || index + 1 >= (int32_t)reader->token_count ||
                                       cz_token_at(reader, index + 1)->type == CZ_TOKEN_NUMBER))
    return true; /* 全国 is the report's own, or says only where */
  const uint64_t edge = CZ_BIT(CZ_CUE_ADV) | CZ_BIT(CZ_CUE_CONN) | CZ_BIT(CZ_CUE_OF) | CZ_BIT(CZ_CUE_TIME) |
                        CZ_BIT(CZ_CUE_COMMIT) | CZ_BIT(CZ_CUE_ESTIMATE) | CZ_BIT(CZ_CUE_PLANTIME) |
                        CZ_BIT(CZ_CUE_OWN) | CZ_BIT(CZ_CUE_LE) | CZ_BIT(CZ_CUE_BASISWORD) |
                        CZ_BIT(CZ_CUE_AMONG) | CZ_BIT(CZ_CUE_ALL) | CZ_BIT(CZ_CUE_EACH) |
                        CZ_BIT(CZ_CUE_YEARLY) | CZ_BIT(CZ_CUE_PLAN) | CZ_BIT(CZ_CUE_SPANTIME) |
                        CZ_BIT(CZ_CUE_SUBPERIOD) | CZ_BIT(CZ_CUE_BA) | CZ_BIT(CZ_CUE_REACH) |
                        CZ_BIT(CZ_CUE_AVERAGE) | CZ_BIT(CZ_CUE_DENSITY) | CZ_BIT(CZ_CUE_ETC);
  if (!(token->classes & (edge | CZ_BIT(CZ_CUE_BOUND_AFTER))))
    return false;
  if (CZ_HAS(token, CZ_CUE_BOUND_AFTER) && token->end - token->begin > 1)
    return true; /* （…）左右、|人才 */
  if (!(token->classes & edge))
    return false;
  if (CZ_HAS(token, CZ_CUE_BA) && token->end - token->begin > 1 &&
      !(token->classes & (edge & ~CZ_BIT(CZ_CUE_BA))))
    return false;
  /* 投入, 实际使用…: words that are nouns as well stay when they are all there is. */
  return !(CZ_HAS(token, CZ_CUE_HEAD) && !CZ_HAS(token, CZ_CUE_ADV));
}

bool cz_strips_right(const cz_reader *reader, int32_t index) {
  const cz_token *token = cz_token_at(reader, index);
  if (token->type == CZ_TOKEN_MARK)
    return true;
  if (token->type == CZ_TOKEN_NUMBER) {
    uint8_t role = reader->quantities[token->quantity].role;
    return role == CZ_ROLE_DATE || role == CZ_ROLE_OTHER;
  }
  if (cz_chars_end(reader, token->begin, token->end, u"每") && token->end - token->begin <= 3)
    return true; /* 最低收购价平均每|50公斤 */
  if (token->type != CZ_TOKEN_WORD)
    return false;
  const uint64_t edge = CZ_BIT(CZ_CUE_ADV) | CZ_BIT(CZ_CUE_CONN) | CZ_BIT(CZ_CUE_OF) | CZ_BIT(CZ_CUE_TIME) |
                        CZ_BIT(CZ_CUE_COMMIT) | CZ_BIT(CZ_CUE_ESTIMATE) | CZ_BIT(CZ_CUE_LE) |
                        CZ_BIT(CZ_CUE_ALL) | CZ_BIT(CZ_CUE_EACH) | CZ_BIT(CZ_CUE_THAN) | CZ_BIT(CZ_CUE_BA) |
                        CZ_BIT(CZ_CUE_REACH) | CZ_BIT(CZ_CUE_RANKVERB) | CZ_BIT(CZ_CUE_FROM) |
                        CZ_BIT(CZ_CUE_BASISWORD) | CZ_BIT(CZ_CUE_ETC);
  if (CZ_HAS(token, CZ_CUE_HEAD) || CZ_HAS(token, CZ_CUE_GENERIC))
    return false;
  return (token->classes & edge) != 0;
}

/* 减少贫困人口100万人 says by how much something fell; 关闭压缩71个应用 counts. */
static bool falls_as_verb(const cz_reader *reader, const cz_token *token) {
  static const char16_t *const verbs[] = {u"减少", u"降低", u"减轻", u"净减少", u"裁减", u"压减", u"削减"};
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (cz_chars_equal(reader->text.chars, token->begin, token->end, verbs[i]))
      return true;
  return false;
}

static bool is_event_noun(const cz_reader *reader, int32_t index) {
  static const char16_t *const nouns[] = {u"活动", u"行动", u"工程", u"政策",
                                          u"措施", u"资金", u"基金", u"平台"};
  for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
    if (cz_chars_equal(reader->text.chars, cz_token_at(reader, index)->begin, cz_token_at(reader, index)->end,
                       nouns[i]))
      return true;
  return false;
}

/* Is the token before `index` a noun that can do something (企业, 园区, 集群), not just 全市 or a time? */
static bool has_doer(const cz_reader *reader, int32_t begin, int32_t index) {
  const cz_token *before = cz_token_at(reader, index - 1);
  if (index <= begin || before->type == CZ_TOKEN_MARK || before->type == CZ_TOKEN_NUMBER ||
      before->type == CZ_TOKEN_REGION)
    return false;
  return before->type != CZ_TOKEN_WORD || CZ_HAS(before, CZ_CUE_HEAD) || CZ_HAS(before, CZ_CUE_SIZENOUN) ||
         CZ_HAS(before, CZ_CUE_ZONE);
}

/* 中央财政|支持|重点建设投资2800亿元: behind who pays, 支持 governs what follows. */
static bool funds(const cz_reader *reader, int32_t index) {
  static const char16_t *const payers[] = {u"财政", u"政府投资", u"资金", u"银行", u"基金", u"预算"};
  const cz_token *token = cz_token_at(reader, index);
  if (index == 0 || !cz_chars_equal(reader->text.chars, token->begin, token->end, u"支持"))
    return false;
  for (size_t i = 0; i < sizeof payers / sizeof *payers; i++) {
    int64_t begin = token->begin > 8 ? token->begin - 8 : 0;
    if (cz_chars_end(reader, begin, token->begin, payers[i]))
      return true;
  }
  return false;
}

/* Does the token at `index` end what stands before the noun? */
static bool cuts(const cz_reader *reader, int32_t begin, int32_t index, int32_t end, cz_noun *out) {
  const cz_token *token = cz_token_at(reader, index);
  if (token->type == CZ_TOKEN_MARK)
    return token->mark != u'、';
  if (token->type == CZ_TOKEN_NUMBER) {
    const cz_quantity *q = &reader->quantities[token->quantity];
    if (q->role == CZ_ROLE_THRESHOLD)
      return index + 1 < end && (out->counted || !cz_word_has(reader, index + 1, CZ_CUE_OF));
    return q->role == CZ_ROLE_DATE || (q->role == CZ_ROLE_OTHER && q->special == CZ_SPECIAL_SPAN);
  }
  if (token->type != CZ_TOKEN_WORD)
    return false;
  if (index + 1 < end && makes_noun(reader, index + 1))
    return false;
  bool at_start = clause_start(reader, begin, index);
  if (CZ_HAS(token, CZ_CUE_NEW)) {
    out->fresh = true;
    out->fresh_begin = token->begin;
    out->fresh_end = token->end;
    return true;
  }
  if (CZ_HAS(token, CZ_CUE_AMONG)) {
    out->part = true;
    return true;
  }
  if (CZ_HAS(token, CZ_CUE_ETC))
    return index + 1 < end && /* 医院、小区等|停车位, but 用于教育、卫生等方面的支出 is one name */
           !cz_chars_start(reader, token->end, reader->text.count, u"方面的") &&
           !cz_chars_start(reader, token->end, reader->text.count, u"领域的");
  if (CZ_HAS(token, CZ_CUE_HEAD)) {
    /* 五年|投入|专项扶贫资金2800亿元: what is paid in is not a head noun */
    static const char16_t *const sums[] = {u"资金", u"补助", u"基金", u"专款"};
    const cz_token *sum = cz_token_at(reader, end - 1);
    if (index + 1 < end && CZ_HAS(token, CZ_CUE_VERB))
      for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        if (cz_chars_end(reader, sum->begin, sum->end, sums[i])) {
          out->governed = true;
          return true;
        }
    return false;
  }
  int64_t length = token->end - token->begin;
  int16_t value;
  if (falls_as_verb(reader, token) && index + 1 < end) {
    out->governed = out->falling = out->fell = true;
    return true;
  }
  if (index > begin && index + 2 == end && !at_start && token->end - token->begin == 2 &&
      cz_chars_equal(reader->text.chars, token->begin, token->end, u"实现") &&
      cz_word_has(reader, index + 1, CZ_CUE_HEAD) && has_doer(reader, begin, index))
    return false; /* 规模以上工业企业实现产值 */
  if (index > begin && index + 2 == end &&
      (cz_token_at(reader, index - 1)->type == CZ_TOKEN_TEXT ||
       cz_word_has(reader, index - 1, CZ_CUE_HEAD)) &&
      (CZ_HAS(token, CZ_CUE_BA) || CZ_HAS(token, CZ_CUE_VERB)) && is_event_noun(reader, index + 1))
    return false; /* 消费促进活动 */
  if (verb_value_at(reader, index, &value)) {
    /* 新增入库项目: a verb right behind 新增 qualifies the cz_noun */
    if (index > begin && cz_word_has(reader, index - 1, CZ_CUE_NEW))
      return false;
    if (value == 0 && !at_start && index > begin && cz_token_at(reader, index - 1)->type != CZ_TOKEN_WORD &&
        index + 1 < end && compound_head(reader, index + 1, end))
      return false; /* 粮食作物播种面积 */
    if (value == 1 && !CZ_HAS(token, CZ_CUE_RISE) && !CZ_HAS(token, CZ_CUE_FALL) && index + 1 < end &&
        compound_head(reader, index + 1, end))
      return false;
    if (value != 1 || at_start || funds(reader, index)) {
      if (out->fell && index + 1 < end && cz_word_has(reader, index + 1, CZ_CUE_OF))
        return true; /* 削减|中央设立的|收费项目60%: the relative clause does not take the verb's place */
      out->governed = value != 2;
      out->fell = CZ_HAS(token, CZ_CUE_FALL) && at_start;
      out->falling = falls_as_verb(reader, token);
      return true;
    }
    if (!CZ_HAS(token, CZ_CUE_REACH) || length < 2)
      return false;
  }
  if (CZ_HAS(token, CZ_CUE_FALL) && at_start && index + 1 < end && length >= 2) {
    out->governed = out->fell = true;
    return true;
  }
  if (CZ_HAS(token, CZ_CUE_OWN) && index > begin &&
      cz_chars_end(reader, cz_token_at(reader, index - 1)->begin, token->begin, u"占"))
    return false; /* 占全市工业产值的68% */
  if (CZ_HAS(token, CZ_CUE_OWN) || CZ_HAS(token, CZ_CUE_TIME) || CZ_HAS(token, CZ_CUE_EACH))
    return true;
  char16_t only = length == 1 ? (char16_t)reader->text.chars[token->begin] : 0;
  if (CZ_HAS(token, CZ_CUE_FROM) || CZ_HAS(token, CZ_CUE_PLANTIME) || CZ_HAS(token, CZ_CUE_SUBPERIOD))
    return true;
  if (CZ_HAS(token, CZ_CUE_BA) && !at_start &&
      cz_chars_equal(reader->text.chars, token->begin, token->end, u"用于"))
    return false; /* 中央财政用于“三农”的支出 */
  if (CZ_HAS(token, CZ_CUE_BA))
    return length >= 2 || at_start || only == u'将' || only == u'把' || only == u'让' || only == u'向' ||
           only == u'给' || only == u'使' || only == u'为' || only == u'获';
  if (CZ_HAS(token, CZ_CUE_REACH)) /* inside a phrase only the long forms and 为, 是, 达 cut */
    return length >= 2 || only == u'为' || only == u'是' || only == u'达';
  if (CZ_HAS(token, CZ_CUE_RANKVERB) && !CZ_HAS(token, CZ_CUE_GENERIC) && (length >= 2 || only == u'居'))
    return true;
  if (CZ_HAS(token, CZ_CUE_RISE) && at_start && length >= 2)
    return true;
  if (CZ_HAS(token, CZ_CUE_ESTIMATE) || CZ_HAS(token, CZ_CUE_COMMIT) || CZ_HAS(token, CZ_CUE_TARGETWORD))
    return true;
  return false;
}

/* Region named at the head of a noun phrase: 溧阳市|全国百强县排名, 市区|优良天数, 宁波舟山港|集装箱吞吐量.
 */
static int32_t take_region(const cz_reader *reader, int32_t first, int32_t last, cz_noun *out) {
  int32_t i = first;
  int32_t row = -1;
  bool own = false;
  if (i < last && cz_word_has(reader, i, CZ_CUE_NATION) && !reader->national) {
    /* 全国|国内生产总值 in a local report is the nation's figure; 全国|文明城市 is a name. */
    if (i + 1 >= last || cz_token_at(reader, i + 1)->type != CZ_TOKEN_INDICATOR)
      return first;
    const cz_token *nation = cz_token_at(reader, i);
    if (!cz_chars_equal(reader->text.chars, nation->begin, nation->end, u"全国"))
      return first;
    for (int32_t k = 0; k < nation->sense_count; k++)
      if (nation->senses[k].vocabulary == CZ_WORD_REGION)
        out->region_row = nation->senses[k].row;
    out->region = cz_phrase_of(nation->begin, nation->end);
    return i + 1;
  }
  while (i < last && cz_token_at(reader, i)->type == CZ_TOKEN_REGION) {
    const cz_token *token = cz_token_at(reader, i);
    for (int32_t k = 0; k < token->sense_count; k++)
      if (token->senses[k].vocabulary == CZ_WORD_REGION) {
        const cz_region *region = cz_lexicon_region(reader->lexicon, token->senses[k].row);
        if (region && region->code == reader->region_code)
          own = true;
        else if (row < 0)
          row = token->senses[k].row;
        break;
      }
    i++;
  }
  /* 黄山、池州和宣城四市|营收: all of them are the subject */
  bool several = false;
  while (i > first && i + 1 < last && (cz_mark_at(reader, i, u'、') || cz_word_has(reader, i, CZ_CUE_CONN)) &&
         cz_token_at(reader, i + 1)->type == CZ_TOKEN_REGION) {
    for (i++; i < last && cz_token_at(reader, i)->type == CZ_TOKEN_REGION; i++)
      ;
    several = true;
  }
  if (several) {
    if (i < last && cz_token_at(reader, i)->type == CZ_TOKEN_TEXT &&
        cz_token_at(reader, i)->end - cz_token_at(reader, i)->begin == 2 &&
        (cz_chars_end(reader, cz_token_at(reader, i)->begin, cz_token_at(reader, i)->end, u"市") ||
         cz_chars_end(reader, cz_token_at(reader, i)->begin, cz_token_at(reader, i)->end, u"县") ||
         cz_chars_end(reader, cz_token_at(reader, i)->begin, cz_token_at(reader, i)->end, u"地")))
      i++;
    if (i >= last)
      return first;
    out->region = cz_phrase_of(cz_token_at(reader, first)->begin, cz_token_at(reader, i - 1)->end);
    return i;
  }
  if (i == first && i < last && cz_word_has(reader, i, CZ_CUE_SUBAREA)) {
    if (i + 1 >= last)
      return first;
    out->region = cz_phrase_of(cz_token_at(reader, i)->begin, cz_token_at(reader, i)->end);
    return i + 1;
  }
  if (i == first) {
    /* 茅山老区|…: unknown text that ends with a kind of zone */
    if (i + 1 < last && cz_token_at(reader, i)->type == CZ_TOKEN_TEXT &&
        cz_token_at(reader, i)->end - cz_token_at(reader, i)->begin <= 6 &&
        cz_word_has(reader, i + 1, CZ_CUE_ZONE) &&
        cz_token_value(cz_token_at(reader, i + 1), CZ_CUE_ZONE) == 1 &&
        cz_token_at(reader, i + 1)->end - cz_token_at(reader, i + 1)->begin >= 2 && i + 2 < last &&
        reader->text.chars[cz_token_at(reader, i)->begin] != u'“') {
      out->region = cz_phrase_of(cz_token_at(reader, i)->begin, cz_token_at(reader, i + 1)->end);
      return i + 2;
    }
    return first;
  }
  if (i >= last)
    return own && row < 0 ? last : first; /* the place is the noun itself */
  static const char16_t *const goes_on[] = {u"港",   u"机场", u"国际", u"站",   u"高铁", u"铁路", u"高速",
                                            u"大学", u"学院", u"银行", u"集团", u"公司", u"经",   u"至",
                                            u"号",   u"湖",   u"江",   u"河",   u"山",   u"杯",   u"籍",
                                            u"大桥", u"运河", u"枢纽", u"核电", u"社保"};
  for (size_t k = 0; k < sizeof goes_on / sizeof *goes_on; k++)
    if (cz_chars_start(reader, cz_token_at(reader, i)->begin, reader->text.count, goes_on[k]) &&
        !cz_word_has(reader, i, CZ_CUE_HEAD) && !cz_word_has(reader, i, CZ_CUE_ZONE))
      return first;
  int64_t begin = cz_token_at(reader, first)->begin, end = cz_token_at(reader, i - 1)->end;
  bool zone = cz_word_has(reader, i, CZ_CUE_ZONE) && i + 1 < last;
  if (zone) {
    out->region = cz_phrase_of(begin, cz_token_at(reader, i)->end);
    out->region_row = row;
    return i + 1;
  }
  if (own && row < 0)
    return i;
  /* Names such as 浙江社保科创基金 begin with a place too; only a subject of its own region level counts. */
  out->region = cz_phrase_of(begin, end);
  out->region_row = row;
  return i;
}

/* Are tokens [first, last) nothing but a place other than the report's own? */
static bool names_place(const cz_reader *reader, int32_t first, int32_t last, cz_noun *out) {
  const cz_token *end = cz_token_at(reader, last - 1);
  int64_t begin = cz_token_at(reader, first)->begin;
  if (end->end - begin > 14)
    return false;
  bool zone = end->type == CZ_TOKEN_WORD && CZ_HAS(end, CZ_CUE_ZONE) &&
              cz_token_value(end, CZ_CUE_ZONE) == 1 && last - first >= 2 &&
              cz_token_at(reader, first)->type != CZ_TOKEN_WORD;
  bool area = last - first == 1 && end->type == CZ_TOKEN_WORD && CZ_HAS(end, CZ_CUE_SUBAREA);
  bool region = end->type == CZ_TOKEN_REGION;
  for (int32_t i = first; i < last - 1; i++) {
    region &= cz_token_at(reader, i)->type == CZ_TOKEN_REGION;
    if (cz_token_at(reader, i)->type == CZ_TOKEN_MARK || cz_token_at(reader, i)->type == CZ_TOKEN_NUMBER)
      return false;
  }
  if (!zone && !area && !region)
    return false;
  if (region) {
    for (int32_t k = 0; k < end->sense_count; k++)
      if (end->senses[k].vocabulary == CZ_WORD_REGION) {
        const cz_region *r = cz_lexicon_region(reader->lexicon, end->senses[k].row);
        if (r && r->code == reader->region_code)
          return false;
        out->region_row = end->senses[k].row;
        break;
      }
  }
  out->region = cz_phrase_of(begin, end->end);
  return true;
}

bool cz_place_named(const cz_reader *reader, const cz_noun *noun, cz_noun *out) {
  return noun->first < noun->last && names_place(reader, noun->first, noun->last, out);
}

/* 棚户区住房改造: a known name that ends with a verb of doing. */
static bool ends_with_event(const cz_reader *reader, const cz_token *token) {
  cz_hit hit;
  if (token->end - token->begin < 4 ||
      !cz_lexicon_exact(reader->lexicon, reader->text.chars + token->end - 2, 2, CZ_WORD_CUE, &hit))
    return false;
  bool event = false, head = false;
  for (int32_t i = 0; i < hit.sense_count; i++)
    if (hit.senses[i].vocabulary == CZ_WORD_CUE) {
      event |= hit.senses[i].klass == CZ_CUE_VERB && hit.senses[i].value == 1;
      head |= hit.senses[i].klass == CZ_CUE_HEAD;
    }
  if (!event || head)
    return false;
  /* 外汇储备: a stock is no event */
  const cz_indicator *row =
      cz_lexicon_indicator(reader->lexicon, cz_indicator_exact(reader, reader->text.chars + token->begin,
                                                               token->end - token->begin));
  return !row || strcmp(row->nature, "stock") != 0;
}

/* 2000人（含重点产业|1000人）左右、|科技人才300人: what the bracket before a noun leaves at its left edge. */
static int64_t left_edge(const cz_reader *reader, int64_t begin, int64_t end, bool has_place) {
  static const char16_t *const words[] = {u"左右", u"以上", u"以内", u"其中", u"包括", u"含", u"、"};
  const uint16_t *chars = reader->text.chars;
  int64_t at = begin;
  if ((reader->text.kind[at] & CZ_CHAR_NUMERAL) && at > 1 && end - at > 3 &&
      (chars[at + 1] == u'市' || chars[at + 1] == u'县' || chars[at + 1] == u'地') && has_place)
    return at + 2; /* 黄山、宣城|两市|营收 */
  if (chars[at] == u'）' || chars[at] == u')') {
    at++;
  } else if (chars[at] == u'（' || chars[at] == u'(') {
    for (int64_t i = at; i < end; i++)
      if (chars[i] == u'）' || chars[i] == u')')
        return begin;
    at++;
  } else {
    return begin;
  }
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (cz_chars_start(reader, at, end, words[i]))
      for (size_t k = 0; words[i][k]; k++)
        at++;
  return at < end ? at : begin;
}

/* The noun of tokens [begin, end). */
cz_noun cz_noun_before(const cz_reader *reader, int32_t begin, int32_t end, bool touches, bool list,
                       bool counts) {
  cz_noun out = {.region_row = -1, .counted = counts};
  int32_t last = end;
  out.verb_last =
      touches && end > begin && cz_token_at(reader, end - 1)->type == CZ_TOKEN_WORD &&
      (CZ_HAS(cz_token_at(reader, end - 1), CZ_CUE_VERB) || CZ_HAS(cz_token_at(reader, end - 1), CZ_CUE_BA));
  while (last > begin && cz_strips_right(reader, last - 1))
    last--;
  /* A verb at the right edge has its object elsewhere: behind the number, or before it (发热门诊建成36个). */
  while (last > begin) {
    int16_t value;
    int32_t i = last - 1;
    if (cz_word_has(reader, i, CZ_CUE_NEW)) {
      out.fresh = true;
      out.fresh_begin = cz_token_at(reader, i)->begin;
      out.fresh_end = cz_token_at(reader, i)->end;
      last--;
      continue;
    }
    if (cz_word_has(reader, i, CZ_CUE_AMONG)) {
      out.part = true;
      last--;
      continue;
    }
    if (verb_value_at(reader, i, &value) && !CZ_HAS(cz_token_at(reader, i), CZ_CUE_HEAD) &&
        (value == 0 || i == begin)) {
      out.governed = true;
      last--;
      continue;
    }
    if (cz_strips_right(reader, i)) {
      last--;
      continue;
    }
    break;
  }
  if (last > begin && cz_token_at(reader, last - 1)->type == CZ_TOKEN_INDICATOR &&
      ends_with_event(reader, cz_token_at(reader, last - 1)))
    out.governed = true;
  if (last > begin && cz_word_has(reader, last - 1, CZ_CUE_VERB) &&
      !CZ_HAS(cz_token_at(reader, last - 1), CZ_CUE_HEAD) &&
      !CZ_HAS(cz_token_at(reader, last - 1), CZ_CUE_REACH) &&
      cz_token_value(cz_token_at(reader, last - 1), CZ_CUE_VERB) == 1)
    out.governed = true; /* 保障性住房建设4013万套: an event counted */
  int32_t first = begin;
  cz_noun found = out;
  /* 研发经费支出相当于生产总值的比例, 占全市招引比重: one name, up to the closing 比例 */
  int32_t stop = last;
  if (last > begin && cz_token_at(reader, last - 1)->type == CZ_TOKEN_WORD &&
      CZ_HAS(cz_token_at(reader, last - 1), CZ_CUE_RATENOUN))
    for (int32_t i = begin + 1; i < last; i++)
      if (cz_chars_equal(reader->text.chars, cz_token_at(reader, i)->begin, cz_token_at(reader, i)->end,
                         u"相当于") ||
          cz_chars_equal(reader->text.chars, cz_token_at(reader, i)->begin, cz_token_at(reader, i)->end,
                         u"占")) {
        stop = i;
        break;
      }
  for (int32_t i = begin; i < stop; i++) {
    cz_noun trial = found;
    /* A、B和C分别…: the verbs of later items belong to their names (新增能耗、新增工业用地支持…比重). */
    if (list && i > first && (cz_mark_at(reader, i, u'、') || cz_word_has(reader, i, CZ_CUE_CONN)))
      break;
    if (!cuts(reader, begin, i, last, &trial))
      continue;
    if (i + 1 >= last)
      break;
    found = trial;
    /* 中关村高新区|位列…, 各板块|新增…: the place stands before the verb */
    if (!found.region.count && i > first) {
      int32_t from = first;
      while (from < i && cz_strips_left(reader, from))
        from++;
      cz_noun place = {.region_row = -1};
      if (from < i && names_place(reader, from, i, &place)) {
        found.region = place.region;
        found.region_row = place.region_row;
      }
    }
    /* 新增 speaks of what follows it; a later verb (新增…，建成) takes over. */
    if (found.fresh && found.fresh_end != cz_token_at(reader, i)->end &&
        cz_token_at(reader, i)->type == CZ_TOKEN_WORD && CZ_HAS(cz_token_at(reader, i), CZ_CUE_VERB) &&
        cz_token_value(cz_token_at(reader, i), CZ_CUE_VERB) == 0)
      found.fresh = out.fresh;
    first = i + 1;
  }
  out = found;
  while (first < last && cz_strips_left(reader, first))
    first++;
  int32_t after = take_region(reader, first, last, &out);
  if (after < last || after == last)
    first = after;
  while (first < last && cz_strips_left(reader, first))
    first++;
  out.first = first;
  out.last = last;
  bool letters = false;
  for (int32_t i = first; i < last; i++)
    for (int64_t at = cz_token_at(reader, i)->begin; at < cz_token_at(reader, i)->end; at++)
      letters |= !(reader->text.kind[at] & CZ_CHAR_BRACKET);
  if (!letters)
    out.first = out.last = first = last; /* the “ of “十二连增” */
  if (first < last) {
    int64_t open = cz_token_at(reader, first)->begin, close = cz_token_at(reader, last - 1)->end;
    static const char16_t *const contests[] = {u"考核中", u"评选中", u"评价中", u"比赛中",
                                               u"大赛中", u"活动中", u"项目中"};
    for (size_t i = 0; i < sizeof contests / sizeof *contests; i++)
      if (close - open > 3 && cz_chars_end(reader, open, close, contests[i])) {
        close--; /* 在目标考核中|勇夺三连冠 */
        break;
      }
    out.phrase = cz_phrase_of(left_edge(reader, open, close, out.region.count > 0), close);
  }
  return out;
}

/* Is a bracket open at token `index`, counted from token `first`? */
static bool open_bracket(const cz_reader *reader, int32_t first, int32_t index) {
  int32_t depth = 0;
  for (int64_t at = cz_token_at(reader, first)->begin; at < cz_token_at(reader, index)->begin; at++) {
    uint16_t c = reader->text.chars[at];
    depth += (c == u'（' || c == u'(') - (c == u'）' || c == u')');
  }
  return depth > 0;
}

/* 15个以县城为载体的|新型城镇化试点: the token behind 的 where 以 opens a clause that qualifies the noun. */
static int32_t behind_purpose(const cz_reader *reader, int32_t index) {
  int32_t count = (int32_t)reader->token_count;
  if (index >= count || !cz_chars_start(reader, cz_token_at(reader, index)->begin, reader->text.count, u"以"))
    return index;
  if (cz_token_at(reader, index)->end - cz_token_at(reader, index)->begin > 1)
    return index;
  for (int32_t i = index + 1; i + 1 < count && i - index < 12; i++) {
    if (cz_token_at(reader, i)->type == CZ_TOKEN_MARK || cz_token_at(reader, i)->type == CZ_TOKEN_NUMBER)
      return index;
    if (cz_word_has(reader, i, CZ_CUE_OF))
      return i + 1;
  }
  return index;
}

/* 21个食品工业培育试点县: a verb inside a name that ends, a few characters on, with a kind of thing. */
static bool verb_in_name(const cz_reader *reader, int32_t first, int32_t index) {
  int32_t count = (int32_t)reader->token_count, end = index + 1;
  if (index == first || cz_word_has(reader, index - 1, CZ_CUE_SIZENOUN) ||
      cz_word_has(reader, index - 1, CZ_CUE_HEAD) || cz_word_has(reader, index - 1, CZ_CUE_ADV) ||
      cz_token_at(reader, index - 1)->type == CZ_TOKEN_MARK)
    return false;
  while (end < count && cz_token_at(reader, end)->type != CZ_TOKEN_MARK) {
    if (cz_token_at(reader, end)->type == CZ_TOKEN_NUMBER || cz_word_has(reader, end, CZ_CUE_VERB))
      return false;
    end++;
  }
  const cz_token *last = cz_token_at(reader, end - 1);
  return end > index + 1 && last->end - cz_token_at(reader, index)->end <= 4 &&
         cz_word_has(reader, end - 1, CZ_CUE_SIZENOUN);
}

/* Does the clause begin with the number? */
static bool opens_clause(const cz_reader *reader, const cz_quantity *q) {
  if (q->token == 0)
    return true;
  const cz_token *before = cz_token_at(reader, q->token - 1);
  return before->type == CZ_TOKEN_MARK && before->mark != u'、';
}

/* 34个|续建项目: verbs right before a kind of thing, which closes the clause or is closed by one more verb.
 */
static bool sorts_projects(const cz_reader *reader, int32_t index) {
  int32_t count = (int32_t)reader->token_count, i = index;
  while (i < count && i - index < 3 && cz_word_has(reader, i, CZ_CUE_VERB) &&
         !cz_word_has(reader, i, CZ_CUE_SIZENOUN))
    i++;
  if (i == index || i >= count || !cz_word_has(reader, i, CZ_CUE_SIZENOUN))
    return false;
  return i + 1 >= count || cz_token_at(reader, i + 1)->type == CZ_TOKEN_MARK ||
         cz_word_has(reader, i + 1, CZ_CUE_VERB);
}

/* The counted noun behind the number. */
cz_noun cz_noun_behind(const cz_reader *reader, const cz_quantity *q) {
  cz_noun out = {.region_row = -1};
  int32_t count = (int32_t)reader->token_count;
  int32_t i = q->token + 1;
  if (i < count && cz_word_has(reader, i, CZ_CUE_OF))
    i++;
  if (i + 1 < count && cz_token_at(reader, i)->type == CZ_TOKEN_NUMBER &&
      reader->quantities[cz_token_at(reader, i)->quantity].role == CZ_ROLE_THRESHOLD)
    i += cz_word_has(reader, i + 1, CZ_CUE_OF) ? 2 : 1; /* 12个|亿元以上|新建项目 */
  i = behind_purpose(reader, i);
  int32_t first = i;
  if (i < count && cz_word_has(reader, i, CZ_CUE_ETC))
    return out; /* 招募助理3000名|等举措 */
  if (i < count) {
    char16_t edge = (char16_t)reader->text.chars[cz_token_at(reader, i)->begin];
    if (edge == u'（' || edge == u'）' || edge == u'(' || edge == u')')
      return out; /* 工程师2000人|（含…） */
  }
  for (; i < count && i - first < 24; i++) {
    const cz_token *token = cz_token_at(reader, i);
    if (token->type == CZ_TOKEN_MARK) {
      if (token->mark == u'、' && open_bracket(reader, first, i))
        continue; /* 28个省（区、市） */
      if (token->mark != u'、' || i == first || token->begin - cz_token_at(reader, first)->begin > 4)
        break;
      /* 困境、留守儿童: goes on only while no other number shares the clause. */
      int32_t k = i + 1;
      while (k < count && cz_token_at(reader, k)->type != CZ_TOKEN_MARK &&
             cz_token_at(reader, k)->type != CZ_TOKEN_NUMBER)
        k++;
      if (k < count && cz_token_at(reader, k)->type == CZ_TOKEN_NUMBER)
        break;
      if (i + 1 >= count || cz_token_at(reader, i + 1)->type == CZ_TOKEN_WORD)
        break;
      continue;
    }
    if (token->type == CZ_TOKEN_NUMBER) {
      uint8_t role = reader->quantities[token->quantity].role;
      if (role == CZ_ROLE_LABEL ||
          (role == CZ_ROLE_OTHER && reader->quantities[token->quantity].special == CZ_SPECIAL_TIER))
        continue; /* 3个|100亿级产业名镇 */
      break;
    }
    if (token->type != CZ_TOKEN_WORD)
      continue;
    if (CZ_HAS(token, CZ_CUE_CONN)) {
      int32_t k = i + 1;
      while (k < count && cz_token_at(reader, k)->type != CZ_TOKEN_MARK &&
             cz_token_at(reader, k)->type != CZ_TOKEN_NUMBER)
        k++;
      if (k < count && cz_token_at(reader, k)->type == CZ_TOKEN_NUMBER)
        break;
      continue;
    }
    if (i == first && (CZ_HAS(token, CZ_CUE_ADV) || CZ_HAS(token, CZ_CUE_ALL)) &&
        !CZ_HAS(token, CZ_CUE_TEXT)) {
      /* 均, 全部 begin the predicate; an adverb before a noun is part of its name */
      if (CZ_HAS(token, CZ_CUE_ALL) || i + 1 >= count || cz_token_at(reader, i + 1)->type != CZ_TOKEN_TEXT)
        break;
    }
    if (CZ_HAS(token, CZ_CUE_OF))
      continue;
    if (i > first && CZ_HAS(token, CZ_CUE_ADV) && token->end - token->begin >= 2 && i + 1 < count &&
        cz_token_at(reader, i + 1)->type == CZ_TOKEN_WORD && !CZ_HAS(token, CZ_CUE_HEAD) &&
        !CZ_HAS(cz_token_at(reader, i + 1), CZ_CUE_HEAD))
      break; /* 重点任务|全面落地 */
    /* 高, 降, 减 … begin names (高危人群) as often as predicates */
    const uint64_t narrow =
        CZ_BIT(CZ_CUE_COMPARE) | CZ_BIT(CZ_CUE_RISE) | CZ_BIT(CZ_CUE_FALL) | CZ_BIT(CZ_CUE_BOUND);
    const uint64_t stop = CZ_BIT(CZ_CUE_RISE) | CZ_BIT(CZ_CUE_FALL) | CZ_BIT(CZ_CUE_REACH) |
                          CZ_BIT(CZ_CUE_EACH) | CZ_BIT(CZ_CUE_ALL) | CZ_BIT(CZ_CUE_BA) | CZ_BIT(CZ_CUE_THAN) |
                          CZ_BIT(CZ_CUE_FROM) | CZ_BIT(CZ_CUE_RANKVERB) | CZ_BIT(CZ_CUE_COMPARE) |
                          CZ_BIT(CZ_CUE_BOUND) | CZ_BIT(CZ_CUE_NEW) | CZ_BIT(CZ_CUE_COMMIT) |
                          CZ_BIT(CZ_CUE_TIME) | CZ_BIT(CZ_CUE_LE) | CZ_BIT(CZ_CUE_AVERAGE) |
                          CZ_BIT(CZ_CUE_DONEWORD);
    if (i == first && CZ_HAS(token, CZ_CUE_NEW) && opens_clause(reader, q))
      continue; /* 5000多万千瓦|新增燃煤发电机组 */
    if (CZ_HAS(token, CZ_CUE_HEAD) && i > first)
      continue;
    if (i + 1 < count && makes_noun(reader, i + 1) && (CZ_HAS(token, CZ_CUE_VERB) || (token->classes & stop)))
      continue;
    int16_t value;
    if (verb_value_at(reader, i, &value)) {
      if (verb_in_name(reader, first, i) || sorts_projects(reader, i))
        continue;
      if (value == 0)
        break;
      if (i == first && q->unit_class == CZ_UNIT_MONEY && CZ_HAS(token, CZ_CUE_BA) && i + 1 < count &&
          !CZ_HAS(token, CZ_CUE_HEAD) && cz_token_at(reader, i + 1)->type != CZ_TOKEN_MARK &&
          !compound_head(reader, i + 1, i + 2))
        break; /* 投入100亿元|支持职业教育发展 */
      if (i == first && !CZ_HAS(token, CZ_CUE_HEAD)) {
        /* 13个老旧小区改造 keeps 改造; a verb right behind the number is the predicate unless a noun follows.
         */
        if (i + 1 >= count || cz_token_at(reader, i + 1)->type == CZ_TOKEN_MARK)
          break;
      }
      /* …重大项目|完成投资|846亿元: the verb before the next number is the predicate */
      if (i > first && i + 1 < count && cz_token_at(reader, i + 1)->type == CZ_TOKEN_NUMBER)
        break;
      if (token->classes & stop & ~CZ_BIT(CZ_CUE_BA))
        break;
      if (CZ_HAS(token, CZ_CUE_BA) && i > first)
        break;
      continue;
    }
    if ((token->classes & stop) && (token->end - token->begin >= 2 || !(token->classes & narrow)))
      break;
  }
  while (i > first && cz_strips_right(reader, i - 1))
    i--;
  out.first = first;
  out.last = i;
  if (i > first) {
    int64_t begin = cz_token_at(reader, first)->begin, end = cz_token_at(reader, i - 1)->end;
    out.phrase = cz_phrase_of(begin, end);
  }
  return out;
}
