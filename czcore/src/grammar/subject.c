/* subject.c: what a number is about.
 *
 * Before the number: the noun phrase zone that measure.c leaves, cut at the last governing verb (建成|发热门诊|36个).
 * Behind it: the counted noun (实施|6个|历史文化修缮项目). Neither: the subject of the number before (…达7700亿元，是2015年的1.46倍).
 */
#include "subject.h"

#include <string.h>

cz_context cz_context_empty(void) {
  cz_context x;
  memset(&x, 0, sizeof x);
  x.direction_token = x.reach_token = x.than_token = x.compare_token = x.commit_token = x.verb_token = -1;
  x.time_token = x.adjacent = x.scope_begin = x.scope_end = x.body_begin = x.body_end = x.list_of = -1;
  return x;
}

typedef struct noun_phrase {
  int32_t first, last; /* tokens [first, last) of the phrase proper */
  cz_phrase phrase;
  cz_phrase region;
  int32_t region_row;
  bool fresh;      /* 新增 stands before it */
  int64_t fresh_begin, fresh_end;
  bool governed;   /* a verb governs it: 建成36个 …, a flow */
  bool falling;    /* 减少, 降低 governs it */
  bool part;       /* 其中 */
  bool verb_last;  /* the verb touches the number */
  bool counted;    /* the number counts: 总投资超20亿元的|重大项目15个 */
} noun_phrase;

static const cz_token *tok(const cz_reader *reader, int32_t index) { return &reader->tokens[index]; }

static bool word_has(const cz_reader *reader, int32_t index, int klass) {
  const cz_token *token = tok(reader, index);
  return token->type == CZ_TOKEN_WORD && CZ_HAS(token, klass);
}

static bool is_mark(const cz_reader *reader, int32_t index, char16_t mark) {
  return tok(reader, index)->type == CZ_TOKEN_MARK && tok(reader, index)->mark == mark;
}

/* 巩固率, 授权量, 办理时限: a suffix that makes a noun of the verb before it. */
static bool makes_noun(const cz_reader *reader, int32_t next) {
  static const char16_t suffixes[] = u"率数量额度者费业品点类型力性价权员期会";
  const cz_token *token = tok(reader, next);
  if (token->type == CZ_TOKEN_MARK || token->type == CZ_TOKEN_NUMBER || token->type == CZ_TOKEN_INDICATOR) return false;
  char16_t first = (char16_t)reader->text.chars[token->begin];
  for (size_t i = 0; suffixes[i]; i++)
    if (first == suffixes[i])
      return !(token->type == CZ_TOKEN_WORD && token->end - token->begin > 1 && !CZ_HAS(token, CZ_CUE_HEAD));
  return token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_TIMENOUN) && token->end - token->begin >= 2;
}

/* 储备规模, 运营里程: a verb and one head noun that closes the phrase are a compound. */
static bool compound_head(const cz_reader *reader, int32_t next, int32_t end) {
  if (next + 1 != end) return false;
  const cz_token *token = tok(reader, next);
  return token->type == CZ_TOKEN_WORD && (CZ_HAS(token, CZ_CUE_HEAD) || CZ_HAS(token, CZ_CUE_GENERIC) || CZ_HAS(token, CZ_CUE_RATENOUN)) &&
         !CZ_HAS(token, CZ_CUE_SIZENOUN);
}

/* Does a clause begin at `index`: nothing but marks, adverbs, time before it? */
static bool clause_start(const cz_reader *reader, int32_t begin, int32_t index) {
  if (index == begin) return true;
  const cz_token *token = tok(reader, index - 1);
  if (token->type == CZ_TOKEN_MARK) return true;
  if (token->type == CZ_TOKEN_NUMBER) return reader->quantities[token->quantity].role == CZ_ROLE_DATE;
  if (token->type != CZ_TOKEN_WORD) return false;
  if (CZ_HAS(token, CZ_CUE_VERB) && cz_token_value(token, CZ_CUE_VERB) == 0) return true;
  if (CZ_HAS(token, CZ_CUE_CONN) && index - 2 >= begin && word_has(reader, index - 2, CZ_CUE_VERB) &&
      cz_token_value(tok(reader, index - 2), CZ_CUE_VERB) == 0)
    return true; /* 新建和改造… */
  const uint64_t open = CZ_BIT(CZ_CUE_ADV) | CZ_BIT(CZ_CUE_COMMIT) | CZ_BIT(CZ_CUE_TIME) | CZ_BIT(CZ_CUE_OWN) |
                        CZ_BIT(CZ_CUE_ESTIMATE) | CZ_BIT(CZ_CUE_AMONG) | CZ_BIT(CZ_CUE_YEARLY) | CZ_BIT(CZ_CUE_AVERAGE);
  return (token->classes & open) && !CZ_HAS(token, CZ_CUE_HEAD);
}

static bool verb_value_at(const cz_reader *reader, int32_t index, int16_t *value) {
  if (!word_has(reader, index, CZ_CUE_VERB)) return false;
  *value = cz_token_value(tok(reader, index), CZ_CUE_VERB);
  return true;
}

/* Words that never belong to a noun phrase when they stand at its left edge. */
static bool strips_left(const cz_reader *reader, int32_t index) {
  const cz_token *token = tok(reader, index);
  if (token->type == CZ_TOKEN_MARK) return true;
  if (token->type == CZ_TOKEN_NUMBER) {
    uint8_t role = reader->quantities[token->quantity].role;
    return role == CZ_ROLE_DATE || role == CZ_ROLE_OTHER;
  }
  if (token->type == CZ_TOKEN_TEXT) {
    /* closing marks, and the brackets of a footnote mark */
    static const char16_t marks[] = u"”’』」》）)]】[【";
    if (token->end - token->begin != 1) return false;
    for (size_t i = 0; marks[i]; i++)
      if (reader->text.chars[token->begin] == marks[i]) return true;
    return false;
  }
  if (token->type != CZ_TOKEN_WORD) return false;
  if (CZ_HAS(token, CZ_CUE_NATION) && (reader->national || index + 1 >= (int32_t)reader->token_count ||
                                       tok(reader, index + 1)->type == CZ_TOKEN_NUMBER))
    return true; /* 全国 is the report's own, or says only where */
  const uint64_t edge = CZ_BIT(CZ_CUE_ADV) | CZ_BIT(CZ_CUE_CONN) | CZ_BIT(CZ_CUE_OF) | CZ_BIT(CZ_CUE_TIME) |
                        CZ_BIT(CZ_CUE_COMMIT) | CZ_BIT(CZ_CUE_ESTIMATE) | CZ_BIT(CZ_CUE_PLANTIME) | CZ_BIT(CZ_CUE_OWN) |
                        CZ_BIT(CZ_CUE_LE) | CZ_BIT(CZ_CUE_BASISWORD) | CZ_BIT(CZ_CUE_AMONG) | CZ_BIT(CZ_CUE_ALL) |
                        CZ_BIT(CZ_CUE_EACH) | CZ_BIT(CZ_CUE_YEARLY) | CZ_BIT(CZ_CUE_PLAN) | CZ_BIT(CZ_CUE_SPANTIME) | CZ_BIT(CZ_CUE_SUBPERIOD) |
                        CZ_BIT(CZ_CUE_BA) | CZ_BIT(CZ_CUE_REACH) | CZ_BIT(CZ_CUE_AVERAGE) | CZ_BIT(CZ_CUE_DENSITY) |
                        CZ_BIT(CZ_CUE_ETC);
  if (!(token->classes & edge)) return false;
  if (CZ_HAS(token, CZ_CUE_BA) && token->end - token->begin > 1 && !(token->classes & (edge & ~CZ_BIT(CZ_CUE_BA)))) return false;
  /* 投入, 实际使用…: words that are nouns as well stay when they are all there is. */
  return !(CZ_HAS(token, CZ_CUE_HEAD) && !CZ_HAS(token, CZ_CUE_ADV));
}

static bool strips_right(const cz_reader *reader, int32_t index) {
  const cz_token *token = tok(reader, index);
  if (token->type == CZ_TOKEN_MARK) return true;
  if (token->type == CZ_TOKEN_NUMBER) {
    uint8_t role = reader->quantities[token->quantity].role;
    return role == CZ_ROLE_DATE || role == CZ_ROLE_OTHER;
  }
  if (token->type != CZ_TOKEN_WORD) return false;
  const uint64_t edge = CZ_BIT(CZ_CUE_ADV) | CZ_BIT(CZ_CUE_CONN) | CZ_BIT(CZ_CUE_OF) | CZ_BIT(CZ_CUE_TIME) |
                        CZ_BIT(CZ_CUE_COMMIT) | CZ_BIT(CZ_CUE_ESTIMATE) | CZ_BIT(CZ_CUE_LE) | CZ_BIT(CZ_CUE_ALL) |
                        CZ_BIT(CZ_CUE_EACH) | CZ_BIT(CZ_CUE_THAN) | CZ_BIT(CZ_CUE_BA) | CZ_BIT(CZ_CUE_REACH) |
                        CZ_BIT(CZ_CUE_RANKVERB) | CZ_BIT(CZ_CUE_FROM) | CZ_BIT(CZ_CUE_BASISWORD) | CZ_BIT(CZ_CUE_ETC);
  if (CZ_HAS(token, CZ_CUE_HEAD) || CZ_HAS(token, CZ_CUE_GENERIC)) return false;
  return (token->classes & edge) != 0;
}

/* 减少贫困人口100万人 says by how much something fell; 关闭压缩71个应用 counts. */
static bool falls_as_verb(const cz_reader *reader, const cz_token *token) {
  static const char16_t *const verbs[] = {u"减少", u"降低", u"减轻", u"净减少", u"裁减", u"压减", u"削减"};
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (cz_chars_equal(reader->text.chars, token->begin, token->end, verbs[i])) return true;
  return false;
}

/* Does the token at `index` end what stands before the noun? */
static bool cuts(const cz_reader *reader, int32_t begin, int32_t index, int32_t end, noun_phrase *out) {
  const cz_token *token = tok(reader, index);
  if (token->type == CZ_TOKEN_MARK) return token->mark != u'、';
  if (token->type == CZ_TOKEN_NUMBER) {
    const cz_quantity *q = &reader->quantities[token->quantity];
    if (q->role == CZ_ROLE_THRESHOLD) return index + 1 < end && (out->counted || !word_has(reader, index + 1, CZ_CUE_OF));
    return q->role == CZ_ROLE_DATE || (q->role == CZ_ROLE_OTHER && q->special == CZ_SPECIAL_SPAN);
  }
  if (token->type != CZ_TOKEN_WORD) return false;
  if (index + 1 < end && makes_noun(reader, index + 1)) return false;
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
  if (CZ_HAS(token, CZ_CUE_ETC)) return index + 1 < end; /* 医院、小区等|停车位 */
  if (CZ_HAS(token, CZ_CUE_HEAD)) return false;
  int64_t length = token->end - token->begin;
  int16_t value;
  if (falls_as_verb(reader, token) && index + 1 < end) {
    out->governed = out->falling = true;
    return true;
  }
  if (verb_value_at(reader, index, &value)) {
    /* 新增入库项目: a verb right behind 新增 qualifies the noun_phrase */
    if (index > begin && word_has(reader, index - 1, CZ_CUE_NEW)) return false;
    if (value == 0 && !at_start && index > begin && tok(reader, index - 1)->type != CZ_TOKEN_WORD && index + 1 < end && compound_head(reader, index + 1, end))
      return false; /* 粮食作物播种面积 */
    if (value == 1 && !CZ_HAS(token, CZ_CUE_RISE) && !CZ_HAS(token, CZ_CUE_FALL) && index + 1 < end && compound_head(reader, index + 1, end)) return false;
    if (value != 1 || at_start) {
      out->governed = value != 2;
      out->falling = falls_as_verb(reader, token);
      return true;
    }
    if (!CZ_HAS(token, CZ_CUE_REACH) || length < 2) return false;
  }
  if (CZ_HAS(token, CZ_CUE_FALL) && at_start && index + 1 < end && length >= 2) {
    out->governed = true;
    return true;
  }
  if (CZ_HAS(token, CZ_CUE_OWN) || CZ_HAS(token, CZ_CUE_TIME) || CZ_HAS(token, CZ_CUE_EACH)) return true;
  char16_t only = length == 1 ? (char16_t)reader->text.chars[token->begin] : 0;
  if (CZ_HAS(token, CZ_CUE_FROM) || CZ_HAS(token, CZ_CUE_PLANTIME) || CZ_HAS(token, CZ_CUE_SUBPERIOD)) return true;
  if (CZ_HAS(token, CZ_CUE_BA) && !at_start && cz_chars_equal(reader->text.chars, token->begin, token->end, u"用于"))
    return false; /* 中央财政用于“三农”的支出 */
  if (CZ_HAS(token, CZ_CUE_BA))
    return length >= 2 || at_start || only == u'将' || only == u'把' || only == u'让' || only == u'向' || only == u'给' ||
           only == u'使' || only == u'为' || only == u'获';
  if (CZ_HAS(token, CZ_CUE_REACH)) /* inside a phrase only the long forms and 为, 是, 达 cut */
    return length >= 2 || only == u'为' || only == u'是' || only == u'达';
  if (CZ_HAS(token, CZ_CUE_RANKVERB) && !CZ_HAS(token, CZ_CUE_GENERIC) && (length >= 2 || only == u'居')) return true;
  if (CZ_HAS(token, CZ_CUE_RISE) && at_start && length >= 2) return true;
  if (CZ_HAS(token, CZ_CUE_ESTIMATE) || CZ_HAS(token, CZ_CUE_COMMIT) || CZ_HAS(token, CZ_CUE_TARGETWORD)) return true;
  return false;
}

/* Region named at the head of a noun phrase: 溧阳市|全国百强县排名, 市区|优良天数, 宁波舟山港|集装箱吞吐量. */
static int32_t take_region(const cz_reader *reader, int32_t first, int32_t last, noun_phrase *out) {
  int32_t i = first;
  int32_t row = -1;
  bool own = false;
  if (i < last && word_has(reader, i, CZ_CUE_NATION) && !reader->national) {
    /* 全国|国内生产总值 in a local report is the nation's figure; 全国|文明城市 is a name. */
    if (i + 1 >= last || tok(reader, i + 1)->type != CZ_TOKEN_INDICATOR) return first;
    const cz_token *nation = tok(reader, i);
    if (!cz_chars_equal(reader->text.chars, nation->begin, nation->end, u"全国")) return first;
    for (int32_t k = 0; k < nation->sense_count; k++)
      if (nation->senses[k].vocabulary == CZ_WORD_REGION) out->region_row = nation->senses[k].row;
    out->region = cz_phrase_of(nation->begin, nation->end);
    return i + 1;
  }
  while (i < last && tok(reader, i)->type == CZ_TOKEN_REGION) {
    const cz_token *token = tok(reader, i);
    for (int32_t k = 0; k < token->sense_count; k++)
      if (token->senses[k].vocabulary == CZ_WORD_REGION) {
        const cz_region *region = cz_lexicon_region(reader->lexicon, token->senses[k].row);
        if (region && region->code == reader->region_code) own = true;
        else if (row < 0) row = token->senses[k].row;
        break;
      }
    i++;
  }
  if (i == first && i < last && word_has(reader, i, CZ_CUE_SUBAREA)) {
    if (i + 1 >= last) return first;
    out->region = cz_phrase_of(tok(reader, i)->begin, tok(reader, i)->end);
    return i + 1;
  }
  if (i == first) {
    /* 茅山老区|…: unknown text that ends with a kind of zone */
    if (i + 1 < last && tok(reader, i)->type == CZ_TOKEN_TEXT && tok(reader, i)->end - tok(reader, i)->begin <= 6 &&
        word_has(reader, i + 1, CZ_CUE_ZONE) && cz_token_value(tok(reader, i + 1), CZ_CUE_ZONE) == 1 && tok(reader, i + 1)->end - tok(reader, i + 1)->begin >= 2 && i + 2 < last &&
        reader->text.chars[tok(reader, i)->begin] != u'“') {
      out->region = cz_phrase_of(tok(reader, i)->begin, tok(reader, i + 1)->end);
      return i + 2;
    }
    return first;
  }
  if (i >= last) return own && row < 0 ? last : first; /* the place is the noun itself */
  static const char16_t *const goes_on[] = {u"港", u"机场", u"国际", u"站", u"高铁", u"铁路", u"高速", u"大学", u"学院", u"银行", u"集团", u"公司", u"经", u"至",
                                            u"号", u"湖", u"江", u"河", u"山", u"杯", u"籍", u"大桥", u"运河", u"枢纽", u"核电", u"社保"};
  for (size_t k = 0; k < sizeof goes_on / sizeof *goes_on; k++)
    if (cz_chars_start(reader, tok(reader, i)->begin, reader->text.count, goes_on[k]) && !word_has(reader, i, CZ_CUE_HEAD) &&
        !word_has(reader, i, CZ_CUE_ZONE))
      return first;
  int64_t begin = tok(reader, first)->begin, end = tok(reader, i - 1)->end;
  bool zone = word_has(reader, i, CZ_CUE_ZONE) && i + 1 < last;
  if (zone) {
    out->region = cz_phrase_of(begin, tok(reader, i)->end);
    out->region_row = row;
    return i + 1;
  }
  if (own && row < 0) return i;
  /* Names such as 浙江社保科创基金 begin with a place too; only a subject of its own region level counts. */
  out->region = cz_phrase_of(begin, end);
  out->region_row = row;
  return i;
}

/* Are tokens [first, last) nothing but a place other than the report's own? */
static bool names_place(const cz_reader *reader, int32_t first, int32_t last, noun_phrase *out) {
  const cz_token *end = tok(reader, last - 1);
  int64_t begin = tok(reader, first)->begin;
  if (end->end - begin > 14) return false;
  bool zone = end->type == CZ_TOKEN_WORD && CZ_HAS(end, CZ_CUE_ZONE) && cz_token_value(end, CZ_CUE_ZONE) == 1 && last - first >= 2 &&
              tok(reader, first)->type != CZ_TOKEN_WORD;
  bool area = last - first == 1 && end->type == CZ_TOKEN_WORD && CZ_HAS(end, CZ_CUE_SUBAREA);
  bool region = end->type == CZ_TOKEN_REGION;
  for (int32_t i = first; i < last - 1; i++) {
    region &= tok(reader, i)->type == CZ_TOKEN_REGION;
    if (tok(reader, i)->type == CZ_TOKEN_MARK || tok(reader, i)->type == CZ_TOKEN_NUMBER) return false;
  }
  if (!zone && !area && !region) return false;
  if (region) {
    for (int32_t k = 0; k < end->sense_count; k++)
      if (end->senses[k].vocabulary == CZ_WORD_REGION) {
        const cz_region *r = cz_lexicon_region(reader->lexicon, end->senses[k].row);
        if (r && r->code == reader->region_code) return false;
        out->region_row = end->senses[k].row;
        break;
      }
  }
  out->region = cz_phrase_of(begin, end->end);
  return true;
}

/* The noun of tokens [begin, end). */
static noun_phrase read_noun(const cz_reader *reader, int32_t begin, int32_t end, bool touches, bool list, bool counts) {
  noun_phrase out = {.region_row = -1, .counted = counts};
  int32_t last = end;
  out.verb_last = touches && end > begin && tok(reader, end - 1)->type == CZ_TOKEN_WORD &&
                  (CZ_HAS(tok(reader, end - 1), CZ_CUE_VERB) || CZ_HAS(tok(reader, end - 1), CZ_CUE_BA));
  while (last > begin && strips_right(reader, last - 1)) last--;
  /* A verb at the right edge has its object elsewhere: behind the number, or before it (发热门诊建成36个). */
  while (last > begin) {
    int16_t value;
    int32_t i = last - 1;
    if (word_has(reader, i, CZ_CUE_NEW)) {
      out.fresh = true;
      out.fresh_begin = tok(reader, i)->begin;
      out.fresh_end = tok(reader, i)->end;
      last--;
      continue;
    }
    if (word_has(reader, i, CZ_CUE_AMONG)) {
      out.part = true;
      last--;
      continue;
    }
    if (verb_value_at(reader, i, &value) && !CZ_HAS(tok(reader, i), CZ_CUE_HEAD) && (value == 0 || i == begin)) {
      out.governed = true;
      last--;
      continue;
    }
    if (strips_right(reader, i)) {
      last--;
      continue;
    }
    break;
  }
  if (last > begin && word_has(reader, last - 1, CZ_CUE_VERB) && !CZ_HAS(tok(reader, last - 1), CZ_CUE_HEAD) &&
      !CZ_HAS(tok(reader, last - 1), CZ_CUE_REACH) && cz_token_value(tok(reader, last - 1), CZ_CUE_VERB) == 1)
    out.governed = true; /* 保障性住房建设4013万套: an event counted */
  int32_t first = begin;
  noun_phrase found = out;
  /* 研发经费支出相当于生产总值的比例: one name, up to the closing 比例 */
  int32_t stop = last;
  if (last > begin && tok(reader, last - 1)->type == CZ_TOKEN_WORD && CZ_HAS(tok(reader, last - 1), CZ_CUE_RATENOUN))
    for (int32_t i = begin + 1; i < last; i++)
      if (cz_chars_equal(reader->text.chars, tok(reader, i)->begin, tok(reader, i)->end, u"相当于")) {
        stop = i;
        break;
      }
  for (int32_t i = begin; i < stop; i++) {
    noun_phrase trial = found;
    /* A、B和C分别…: the verbs of later items belong to their names (新增能耗、新增工业用地支持…比重). */
    if (list && i > first && (is_mark(reader, i, u'、') || word_has(reader, i, CZ_CUE_CONN))) break;
    if (!cuts(reader, begin, i, last, &trial)) continue;
    if (i + 1 >= last) break;
    found = trial;
    /* 中关村高新区|位列…, 各板块|新增…: the place stands before the verb */
    if (!found.region.count && i > first) {
      int32_t from = first;
      while (from < i && strips_left(reader, from)) from++;
      noun_phrase place = {.region_row = -1};
      if (from < i && names_place(reader, from, i, &place)) {
        found.region = place.region;
        found.region_row = place.region_row;
      }
    }
    /* 新增 speaks of what follows it; a later verb (新增…，建成) takes over. */
    if (found.fresh && found.fresh_end != tok(reader, i)->end && tok(reader, i)->type == CZ_TOKEN_WORD &&
        CZ_HAS(tok(reader, i), CZ_CUE_VERB) && cz_token_value(tok(reader, i), CZ_CUE_VERB) == 0)
      found.fresh = out.fresh;
    first = i + 1;
  }
  out = found;
  while (first < last && strips_left(reader, first)) first++;
  int32_t after = take_region(reader, first, last, &out);
  if (after < last || after == last) first = after;
  while (first < last && strips_left(reader, first)) first++;
  out.first = first;
  out.last = last;
  bool letters = false;
  for (int32_t i = first; i < last; i++)
    for (int64_t at = tok(reader, i)->begin; at < tok(reader, i)->end; at++) letters |= !(reader->text.kind[at] & CZ_CHAR_BRACKET);
  if (!letters) out.first = out.last = first = last; /* the “ of “十二连增” */
  if (first < last) out.phrase = cz_phrase_of(tok(reader, first)->begin, tok(reader, last - 1)->end);
  return out;
}

/* The counted noun behind the number. */
static noun_phrase read_post(const cz_reader *reader, const cz_quantity *q) {
  noun_phrase out = {.region_row = -1};
  int32_t count = (int32_t)reader->token_count;
  int32_t i = q->token + 1;
  if (i < count && word_has(reader, i, CZ_CUE_OF)) i++;
  int32_t first = i;
  for (; i < count && i - first < 24; i++) {
    const cz_token *token = tok(reader, i);
    if (token->type == CZ_TOKEN_MARK) {
      if (token->mark != u'、' || i == first || token->begin - tok(reader, first)->begin > 4) break;
      /* 困境、留守儿童: goes on only while no other number shares the clause. */
      int32_t k = i + 1;
      while (k < count && tok(reader, k)->type != CZ_TOKEN_MARK && tok(reader, k)->type != CZ_TOKEN_NUMBER) k++;
      if (k < count && tok(reader, k)->type == CZ_TOKEN_NUMBER) break;
      if (i + 1 >= count || tok(reader, i + 1)->type == CZ_TOKEN_WORD) break;
      continue;
    }
    if (token->type == CZ_TOKEN_NUMBER) {
      uint8_t role = reader->quantities[token->quantity].role;
      if (role == CZ_ROLE_LABEL && i > first) continue;
      break;
    }
    if (token->type != CZ_TOKEN_WORD) continue;
    if (CZ_HAS(token, CZ_CUE_CONN)) {
      int32_t k = i + 1;
      while (k < count && tok(reader, k)->type != CZ_TOKEN_MARK && tok(reader, k)->type != CZ_TOKEN_NUMBER) k++;
      if (k < count && tok(reader, k)->type == CZ_TOKEN_NUMBER) break;
      continue;
    }
    if (i == first && (CZ_HAS(token, CZ_CUE_ADV) || CZ_HAS(token, CZ_CUE_ALL)) && !CZ_HAS(token, CZ_CUE_TEXT)) {
      /* 均, 全部 begin the predicate; an adverb before a noun is part of its name */
      if (CZ_HAS(token, CZ_CUE_ALL) || i + 1 >= count || tok(reader, i + 1)->type != CZ_TOKEN_TEXT) break;
    }
    if (CZ_HAS(token, CZ_CUE_OF)) continue;
    if (i > first && CZ_HAS(token, CZ_CUE_ADV) && token->end - token->begin >= 2 && i + 1 < count && tok(reader, i + 1)->type == CZ_TOKEN_WORD &&
        !CZ_HAS(token, CZ_CUE_HEAD) && !CZ_HAS(tok(reader, i + 1), CZ_CUE_HEAD))
      break; /* 重点任务|全面落地 */
    const uint64_t stop = CZ_BIT(CZ_CUE_RISE) | CZ_BIT(CZ_CUE_FALL) | CZ_BIT(CZ_CUE_REACH) | CZ_BIT(CZ_CUE_EACH) |
                          CZ_BIT(CZ_CUE_ALL) | CZ_BIT(CZ_CUE_BA) | CZ_BIT(CZ_CUE_THAN) | CZ_BIT(CZ_CUE_FROM) |
                          CZ_BIT(CZ_CUE_RANKVERB) | CZ_BIT(CZ_CUE_COMPARE) | CZ_BIT(CZ_CUE_BOUND) | CZ_BIT(CZ_CUE_NEW) |
                          CZ_BIT(CZ_CUE_COMMIT) | CZ_BIT(CZ_CUE_TIME) | CZ_BIT(CZ_CUE_LE) | CZ_BIT(CZ_CUE_AVERAGE);
    if (CZ_HAS(token, CZ_CUE_HEAD) && i > first) continue;
    if (i + 1 < count && makes_noun(reader, i + 1) && (CZ_HAS(token, CZ_CUE_VERB) || (token->classes & stop))) continue;
    int16_t value;
    if (verb_value_at(reader, i, &value)) {
      if (value == 0) break;
      if (i == first && !CZ_HAS(token, CZ_CUE_HEAD)) {
        /* 13个老旧小区改造 keeps 改造; a verb right behind the number is the predicate unless a noun follows. */
        if (i + 1 >= count || tok(reader, i + 1)->type == CZ_TOKEN_MARK) break;
      }
      /* …重大项目|完成投资|846亿元: the verb before the next number is the predicate */
      if (i > first && i + 1 < count && tok(reader, i + 1)->type == CZ_TOKEN_NUMBER) break;
      if (token->classes & stop & ~CZ_BIT(CZ_CUE_BA)) break;
      if (CZ_HAS(token, CZ_CUE_BA) && i > first) break;
      continue;
    }
    if (token->classes & stop) break;
  }
  while (i > first && strips_right(reader, i - 1)) i--;
  out.first = first;
  out.last = i;
  if (i > first) {
    int64_t begin = tok(reader, first)->begin, end = tok(reader, i - 1)->end;
    out.phrase = cz_phrase_of(begin, end);
  }
  return out;
}

/* ---- registry ---- */

static int64_t fold_phrase(const cz_reader *reader, const cz_phrase *phrase, uint16_t *out, int64_t limit) {
  uint16_t raw[96];
  int64_t n = cz_phrase_copy(reader, phrase, raw, 96), k = 0;
  for (int64_t i = 0; i < n && k < limit; i++) {
    uint16_t c = raw[i];
    if (c == u'“' || c == u'”' || c == u'"' || c == u'_' || c == u'{' || c == u'}' || c == u' ' || c == u'《' || c == u'》') continue;
    out[k++] = c;
  }
  return k;
}

static int32_t find_row(const cz_reader *reader, const uint16_t *chars, int64_t n) {
  cz_hit hit;
  if (n <= 0 || !cz_lexicon_exact(reader->lexicon, chars, n, CZ_WORD_INDICATOR, &hit)) return -1;
  for (int32_t i = 0; i < hit.sense_count; i++)
    if (hit.senses[i].vocabulary == CZ_WORD_INDICATOR) return hit.senses[i].row;
  return -1;
}

int32_t cz_indicator_find(const cz_reader *reader, const cz_phrase *phrase) {
  uint16_t chars[96];
  int64_t n = fold_phrase(reader, phrase, chars, 96);
  int32_t row = find_row(reader, chars, n);
  if (row >= 0) return row;
  /* Without words that only say where: 全市, 全社会 …, and without a parenthesis. */
  static const char16_t *const heads[] = {u"全市", u"全省", u"全国", u"全区", u"全县", u"我市", u"我省", u"我区", u"全年",
                                          u"城乡", u"年末", u"各项", u"地区", u"我国", u"中国", u"主要", u"各类", u"各级", u"国家"};
  for (size_t k = 0; k < sizeof heads / sizeof *heads; k++) {
    if (n && heads[k][0] != chars[0]) continue;
    int64_t length = 0;
    while (heads[k][length] && length < n && heads[k][length] == chars[length]) length++;
    if (heads[k][length] || length >= n) continue;
    row = find_row(reader, chars + length, n - length);
    if (row >= 0) return row;
  }
  static const char16_t *const tails[] = {u"预算", u"均值", u"水平"};
  for (size_t k = 0; k < sizeof tails / sizeof *tails; k++)
    if (n > 2 && chars[n - 2] == tails[k][0] && chars[n - 1] == tails[k][1] && (row = find_row(reader, chars, n - 2)) >= 0) return row;
  int64_t open = -1, close = -1;
  for (int64_t i = 0; i < n; i++) {
    if (open < 0 && (chars[i] == u'（' || chars[i] == u'(')) open = i;
    if (open >= 0 && (chars[i] == u'）' || chars[i] == u')')) close = i;
  }
  if (open > 0 && close > open) {
    uint16_t bare[96];
    int64_t k = 0;
    for (int64_t i = 0; i < n; i++)
      if (i < open || i > close) bare[k++] = chars[i];
    row = find_row(reader, bare, k);
  }
  return row;
}

/* ---- lists: A、B和C分别 … ---- */

static bool phrase_ends(const cz_reader *reader, const cz_phrase *phrase, const char16_t *word) {
  if (!phrase->count) return false;
  return cz_chars_end(reader, phrase->runs[phrase->count - 1].begin, phrase->runs[phrase->count - 1].end, word);
}


static int32_t split_noun(const cz_reader *reader, const noun_phrase *source, cz_phrase *parts, int32_t limit, bool at_connectors) {
  int32_t count = 0, depth = 0;
  int32_t from = source->first;
  for (int32_t i = source->first; i <= source->last; i++) {
    bool here = i == source->last;
    if (!here) {
      const cz_token *token = tok(reader, i);
      for (int64_t k = token->begin; k < token->end; k++) {
        uint16_t c = reader->text.chars[k];
        if (c == u'（' || c == u'(' || c == u'“' || c == u'《') depth++;
        if (c == u'）' || c == u')' || c == u'”' || c == u'》') depth--;
      }
      here = depth <= 0 && (is_mark(reader, i, u'、') || (at_connectors && word_has(reader, i, CZ_CUE_CONN)));
    }
    if (!here) continue;
    if (i > from) {
      if (count == limit) return 0;
      parts[count++] = cz_phrase_of(tok(reader, from)->begin, tok(reader, i - 1)->end);
    }
    from = i + 1;
  }
  return count;
}

static bool ends_with_head(const cz_reader *reader, const cz_phrase *phrase, int64_t *head_length) {
  uint16_t chars[96];
  int64_t n = cz_phrase_copy(reader, phrase, chars, 96);
  *head_length = 0;
  for (int64_t length = n < 8 ? n : 8; length >= 1; length--) {
    cz_hit hit;
    if (!cz_lexicon_exact(reader->lexicon, chars + n - length, length, CZ_WORD_CUE, &hit)) continue;
    for (int32_t i = 0; i < hit.sense_count; i++)
      if (hit.senses[i].vocabulary == CZ_WORD_CUE && hit.senses[i].klass == CZ_CUE_HEAD) {
        *head_length = length;
        return true;
      }
  }
  return false;
}

static cz_phrase join(const cz_phrase *head, int64_t head_length, const cz_phrase *tail, int64_t tail_skip) {
  cz_phrase out = {0};
  for (int32_t i = 0; i < head->count && head_length > 0; i++) {
    int64_t length = head->runs[i].end - head->runs[i].begin;
    if (length > head_length) length = head_length;
    cz_phrase_add(&out, head->runs[i].begin, head->runs[i].begin + length);
    head_length -= length;
  }
  for (int32_t i = 0; i < tail->count; i++) {
    int64_t length = tail->runs[i].end - tail->runs[i].begin;
    if (tail_skip >= length) {
      tail_skip -= length;
      continue;
    }
    cz_phrase_add(&out, tail->runs[i].begin + tail_skip, tail->runs[i].end);
    tail_skip = 0;
  }
  return out;
}

/* 常州、武进高新区|国家级高新区排名分别…: the places of a list, one for each number. Returns how many there are (0 if the tokens from `begin` are not
 * such a list) and the token behind them; a zone word that closes the list belongs to every place. */
static int32_t read_places(const cz_reader *reader, int32_t begin, int32_t end, cz_phrase *places, int32_t limit, int32_t *next) {
  int32_t count = 0, i = begin;
  while (i < end && strips_left(reader, i)) i++;
  for (; i < end && count < limit;) {
    int32_t first = i;
    if (tok(reader, i)->type == CZ_TOKEN_REGION) {
      while (i < end && tok(reader, i)->type == CZ_TOKEN_REGION) i++;
    } else if (tok(reader, i)->type == CZ_TOKEN_TEXT && i + 1 < end && word_has(reader, i + 1, CZ_CUE_ZONE)) {
      i++;
    } else {
      return 0;
    }
    if (i < end && word_has(reader, i, CZ_CUE_ZONE)) i++;
    places[count++] = cz_phrase_of(tok(reader, first)->begin, tok(reader, i - 1)->end);
    if (i < end && (is_mark(reader, i, u'、') || word_has(reader, i, CZ_CUE_CONN))) {
      i++;
      continue;
    }
    if (word_has(reader, i - 1, CZ_CUE_ZONE))
      for (int32_t k = 0; k + 1 < count; k++)
        if (tok(reader, i - 1)->begin >= places[k].runs[0].end && !phrase_ends(reader, &places[k], u"区"))
          cz_phrase_add(&places[k], tok(reader, i - 1)->begin, tok(reader, i - 1)->end);
    break;
  }
  *next = i;
  return count;
}

/* Registry indicator made of a beginning of `head` and the whole of `tail`: 生产安全事故|起数 + 死亡人数. */
static bool complete_head(const cz_reader *reader, const cz_phrase *head, const cz_phrase *tail, cz_phrase *out) {
  int64_t n = cz_phrase_length(head);
  for (int64_t length = n < 24 ? n : 24; length >= 1; length--) {
    cz_phrase trial = join(head, length, tail, 0);
    if (cz_indicator_find(reader, &trial) >= 0) {
      *out = trial;
      return true;
    }
  }
  return false;
}

/* Length of the paired modifier (城镇, 农村, 进口 …) that begins a phrase, or is all of it; 0 if there is none. */
static int64_t modifier_length(const cz_reader *reader, const cz_phrase *phrase, bool whole) {
  uint16_t chars[32];
  int64_t n = cz_phrase_copy(reader, phrase, chars, 32);
  for (int64_t length = n < 6 ? n : 6; length >= 2; length--) {
    cz_hit hit;
    if (whole && length != cz_phrase_length(phrase)) continue;
    if (!cz_lexicon_exact(reader->lexicon, chars, length, CZ_WORD_CUE, &hit)) continue;
    for (int32_t i = 0; i < hit.sense_count; i++)
      if (hit.senses[i].vocabulary == CZ_WORD_CUE && hit.senses[i].klass == CZ_CUE_MODIFIER) return length;
  }
  return 0;
}

/* Offset of a verb inside a phrase of one run (工业用地|支持…比重), 0 if there is none. */
static int64_t last_verb_offset(const cz_reader *reader, const cz_phrase *phrase) {
  for (int32_t i = 0; i < (int32_t)reader->token_count; i++) {
    const cz_token *token = tok(reader, i);
    if (token->begin <= phrase->runs[0].begin || token->end >= phrase->runs[phrase->count - 1].end) continue;
    if (token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_VERB) && CZ_HAS(token, CZ_CUE_BA) && !CZ_HAS(token, CZ_CUE_HEAD))
      return token->begin - phrase->runs[0].begin;
  }
  return 0;
}

/* The elided parts of a coordinated phrase: 新能源汽车、集成电路产量 → 新能源汽车产量, 集成电路产量. */
static void complete_parts(const cz_reader *reader, cz_phrase *parts, int32_t count) {
  const cz_phrase last = parts[count - 1];
  int64_t last_length = cz_phrase_length(&last), head_length;
  bool last_head = ends_with_head(reader, &last, &head_length);
  for (int32_t i = 1; i < count; i++) {
    cz_phrase whole;
    if (cz_phrase_length(&parts[i]) <= 6 && complete_head(reader, &parts[0], &parts[i], &whole)) parts[i] = whole;
  }
  for (int32_t i = 0; i + 1 < count; i++) {
    int64_t own_head;
    if (cz_indicator_find(reader, &parts[i]) >= 0) {
      /* 化学需氧量、二氧化硫排放量: known by itself, but better known with the common head */
      if (last_head && head_length < last_length && cz_phrase_length(&parts[i]) + head_length < 24) {
        cz_phrase trial = join(&parts[i], cz_phrase_length(&parts[i]), &last, last_length - head_length);
        if (!ends_with_head(reader, &parts[i], &own_head) && cz_indicator_find(reader, &trial) >= 0) parts[i] = trial;
      }
      continue;
    }
    bool done = false;
    for (int64_t skip = 1; skip < last_length && skip < 24 && !done; skip++) {
      cz_phrase trial = join(&parts[i], cz_phrase_length(&parts[i]), &last, skip);
      if (cz_indicator_find(reader, &trial) >= 0) {
        parts[i] = trial;
        done = true;
      }
    }
    int64_t own, verb = last_verb_offset(reader, &last), modifier = modifier_length(reader, &last, false);
    if (!done && modifier > 0 && modifier_length(reader, &parts[i], true) > 0) {
      /* 城市、农村低保标准: one modifier takes the other's place */
      parts[i] = join(&parts[i], cz_phrase_length(&parts[i]), &last, modifier);
      done = true;
    }
    if (!done && verb > 0 && last_head && !ends_with_head(reader, &parts[i], &own)) {
      parts[i] = join(&parts[i], cz_phrase_length(&parts[i]), &last, verb);
      done = true;
    }
    if (!done && last_head && !ends_with_head(reader, &parts[i], &own) && head_length < last_length)
      parts[i] = join(&parts[i], cz_phrase_length(&parts[i]), &last, last_length - head_length);
  }
}

/* How many numbers the list has that starts with `q`. */
static int32_t list_length(const cz_reader *reader, const cz_quantity *q) {
  int32_t count = 1, i = q->token + 1, total = (int32_t)reader->token_count;
  while (i + 1 < total && count < 8) {
    bool separator = is_mark(reader, i, u'、') || word_has(reader, i, CZ_CUE_CONN);
    if (!separator || tok(reader, i + 1)->type != CZ_TOKEN_NUMBER) break;
    if (reader->quantities[tok(reader, i + 1)->quantity].role != CZ_ROLE_STATEMENT) break;
    count++;
    i += 2;
  }
  return count;
}

/* ---- scope ---- */

static bool is_own_region(const cz_reader *reader, int32_t index) {
  const cz_token *token = tok(reader, index);
  if (token->type != CZ_TOKEN_REGION) return false;
  for (int32_t k = 0; k < token->sense_count; k++)
    if (token->senses[k].vocabulary == CZ_WORD_REGION) {
      const cz_region *region = cz_lexicon_region(reader->lexicon, token->senses[k].row);
      if (region && region->code == reader->region_code) return true;
    }
  return false;
}

/* 中国先进制造业城市|第17位, 全国百强县|排名: a ranking's name says among whom. */
static cz_phrase scope_of_name(const cz_reader *reader, const cz_phrase *name) {
  static const char16_t *const heads[] = {u"国家", u"中国", u"全国", u"全省", u"省级", u"世界", u"全球", u"市级"};
  static const char16_t *const bodies[] = {u"城市", u"高新区", u"经开区", u"开发区", u"百强县", u"百强区", u"百强市", u"县市", u"园区"};
  if (name->count != 1) return (cz_phrase){0};
  int64_t begin = name->runs[0].begin, end = name->runs[0].end;
  for (size_t h = 0; h < sizeof heads / sizeof *heads; h++) {
    if (!cz_chars_start(reader, begin, end, heads[h])) continue;
    int64_t best = -1;
    for (size_t b = 0; b < sizeof bodies / sizeof *bodies; b++) {
      int64_t at = cz_chars_find(reader, begin, end, bodies[b]);
      int64_t length = 0;
      while (bodies[b][length]) length++;
      if (at >= 0 && (best < 0 || at + length < best)) best = at + length;
    }
    if (best > 0) return cz_phrase_of(begin, best);
  }
  return (cz_phrase){0};
}


static cz_phrase phrase_of_tokens(const cz_reader *reader, int32_t begin, int32_t end) {
  while (begin < end && strips_right(reader, end - 1)) end--;
  if (begin >= end) return (cz_phrase){0};
  return cz_phrase_of(tok(reader, begin)->begin, tok(reader, end - 1)->end);
}

static void read_scope(const cz_reader *reader, cz_quantity *q, const cz_context *x) {
  if (x->scope_begin >= 0 && !is_own_region(reader, x->scope_begin)) {
    q->scope = phrase_of_tokens(reader, x->scope_begin, x->scope_end > x->scope_begin ? x->scope_end : x->scope_begin + 1);
    return;
  }
  if (q->measure == CZ_MEASURE_DIFFERENCE && x->body_begin >= 0 && x->body_end > x->body_begin)
    q->scope = phrase_of_tokens(reader, x->body_begin, x->body_end);
  if (q->measure == CZ_MEASURE_STREAK) {
    int32_t next = q->token + 1;
    while (next < (int32_t)reader->token_count && tok(reader, next)->type == CZ_TOKEN_WORD &&
           (CZ_HAS(tok(reader, next), CZ_CUE_RANKVERB) || CZ_HAS(tok(reader, next), CZ_CUE_REACH)) &&
           !CZ_HAS(tok(reader, next), CZ_CUE_SCOPE))
      next++;
    if (next < (int32_t)reader->token_count && tok(reader, next)->type == CZ_TOKEN_WORD &&
        CZ_HAS(tok(reader, next), CZ_CUE_SCOPE))
      q->scope = phrase_of_tokens(reader, next, next + 1);
  }
}

/* ---- the whole ---- */

static bool counted(const cz_quantity *q) {
  return q->unit_class == CZ_UNIT_COUNT || q->unit_class == CZ_UNIT_PEOPLE ||
         (q->unit_class == CZ_UNIT_RANK && !q->ordinal && !q->front) || q->unit_class == CZ_UNIT_DATA;
}

static bool measured(const cz_quantity *q) {
  return q->unit_class == CZ_UNIT_MONEY || q->unit_class == CZ_UNIT_PHYSICAL || (q->unit_row < 0 && q->scaled);
}

static bool single_generic(const cz_reader *reader, const noun_phrase *n) {
  return n->last - n->first == 1 && word_has(reader, n->first, CZ_CUE_GENERIC);
}

static void remember(cz_reader *reader, const cz_quantity *q) {
  reader->last_subject = q->indicator;
  reader->last_region = q->region;
  reader->last_region_row = q->region_row;
}

static void set_indicator(const cz_reader *reader, cz_quantity *q, cz_phrase phrase) {
  q->indicator = phrase;
  q->indicator_row = cz_indicator_find(reader, &phrase);
}

/* 经济 is the indicator gdp only where it grows: 经济增长5%左右. */
static void name_economy(const cz_reader *reader, cz_quantity *q) {
  if (q->indicator_row >= 0 || q->indicator.count != 1) return;
  if (q->measure != CZ_MEASURE_GROWTH && q->measure != CZ_MEASURE_AVERAGE_GROWTH) return;
  int64_t begin = q->indicator.runs[0].begin, end = q->indicator.runs[0].end;
  if (!cz_chars_end(reader, begin, end, u"经济") || end - begin > 4) return;
  static const uint16_t economy[] = {u'经', u'济', u'增', u'长'};
  q->indicator_row = find_row(reader, economy, 4);
}

/* A占B without 比重, 比例, 份额 … */
static bool lacks_share_noun(const cz_reader *reader, const cz_phrase *phrase) {
  static const char16_t *const nouns[] = {u"比重", u"占比", u"比例", u"份额", u"率", u"比"};
  bool shares = false;
  for (int32_t i = 0; i < phrase->count; i++) {
    int64_t share = cz_chars_find(reader, phrase->runs[i].begin + (i == 0), phrase->runs[i].end, u"占");
    shares |= share >= 0 && !cz_chars_start(reader, share, phrase->runs[i].end, u"占地") && !cz_chars_start(reader, share, phrase->runs[i].end, u"占用");
  }
  if (!shares) return false;
  for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
    if (phrase_ends(reader, phrase, nouns[i])) return false;
  return true;
}

static bool contains_new(const cz_reader *reader, const cz_phrase *phrase) {
  for (int32_t i = 0; i < phrase->count; i++)
    if (cz_chars_find(reader, phrase->runs[i].begin, phrase->runs[i].end, u"新增") >= 0) return true;
  return false;
}

static bool is_flow_word(const noun_phrase *n) {
  return n->governed || n->fresh;
}

/* 重点传统制造业增加值: for the count before it, the head noun that its growth belongs to is left out. */
static void trim_post_head(const cz_reader *reader, noun_phrase *post) {
  if (post->last <= post->first || post->last >= (int32_t)reader->token_count) return;
  const cz_token *last = tok(reader, post->last - 1);
  if (tok(reader, post->last)->type == CZ_TOKEN_NUMBER && cz_chars_end(reader, last->begin, last->end, u"完成投资") &&
      last->end - 4 > tok(reader, post->first)->begin) {
    post->phrase = cz_phrase_of(tok(reader, post->first)->begin, last->end - 4);
    return;
  }
  static const char16_t *const heads[] = {u"增加值", u"利润", u"产值", u"营业收入", u"营收", u"投资", u"产量", u"收入"};
  if (last->type != CZ_TOKEN_WORD || post->last - post->first < 2) return;
  for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
    if (cz_chars_equal(reader->text.chars, last->begin, last->end, heads[i])) {
      const cz_token *next = tok(reader, post->last);
      if (next->type == CZ_TOKEN_WORD && (CZ_HAS(next, CZ_CUE_RISE) || CZ_HAS(next, CZ_CUE_FALL) || CZ_HAS(next, CZ_CUE_REACH) ||
                                          CZ_HAS(next, CZ_CUE_EACH))) {
        post->last--;
        post->phrase = cz_phrase_of(tok(reader, post->first)->begin, tok(reader, post->last - 1)->end);
      }
      return;
    }
}

/* 新增国家级绿色工厂3家、绿色园区1家: the level holds for the row unless the noun_phrase names its own. */
static void add_level(const cz_reader *reader, const cz_phrase *noun, cz_phrase *out) {
  static const char16_t *const levels[] = {u"国家级", u"省级", u"市级"};
  const cz_phrase *head = &reader->last_subject;
  if (head->count < 1 || !noun->count) return;
  char16_t first = (char16_t)reader->text.chars[noun->runs[0].begin];
  if (first == u'国' || first == u'省' || first == u'市' || first == u'县' || first == u'全') return;
  for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
    int64_t end = head->runs[head->count - 1].end, at = head->runs[0].begin;
    if (cz_chars_start(reader, at, end, u"新增")) at += 2;
    int64_t length = 0;
    while (levels[i][length]) length++;
    if (cz_chars_start(reader, at, end, levels[i])) {
      cz_phrase_add(out, at, at + length);
      return;
    }
    for (int32_t k = 1; k < head->count; k++)
      if (cz_chars_start(reader, head->runs[k].begin, head->runs[k].end, levels[i])) {
        cz_phrase_add(out, head->runs[k].begin, head->runs[k].begin + length);
        return;
      }
  }
}

/* The indicator that opens the clause before the mark at token `mark`, if no number stands in that clause. */
static bool clause_subject(const cz_reader *reader, int32_t mark, cz_phrase *out) {
  int32_t first = mark;
  while (first > 0 && tok(reader, first - 1)->type != CZ_TOKEN_MARK) {
    first--;
    const cz_token *token = tok(reader, first);
    if (token->type == CZ_TOKEN_NUMBER && reader->quantities[token->quantity].role == CZ_ROLE_STATEMENT) return false;
  }
  while (first < mark && strips_left(reader, first)) first++;
  if (first >= mark || tok(reader, first)->type != CZ_TOKEN_INDICATOR) return false;
  *out = cz_phrase_of(tok(reader, first)->begin, tok(reader, first)->end);
  return true;
}

/* 9家企业入围中国民营企业500强: behind a generic noun the list is what is counted. */
static bool names_list(const cz_reader *reader, const noun_phrase *post, noun_phrase *out) {
  static const char16_t *const generic[] = {u"企业", u"民企", u"浙企", u"苏企", u"单位", u"园区", u"公司", u"项目", u"家企业", u"民营企业", u"作品"};
  static const char16_t *const verbs[] = {u"入围", u"入选", u"上榜", u"跻身", u"登上", u"荣登", u"获", u"荣获", u"获得"};
  if (post->last - post->first != 1 || post->last + 1 >= (int32_t)reader->token_count) return false;
  bool is_generic = false, enters = false;
  for (size_t i = 0; i < sizeof generic / sizeof *generic; i++)
    is_generic |= cz_chars_equal(reader->text.chars, tok(reader, post->first)->begin, tok(reader, post->first)->end, generic[i]);
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    enters |= cz_chars_equal(reader->text.chars, tok(reader, post->last)->begin, tok(reader, post->last)->end, verbs[i]);
  if (!is_generic || !enters) return false;
  int32_t i = post->last + 1, first = i;
  while (i < (int32_t)reader->token_count && i - first < 12 && tok(reader, i)->type != CZ_TOKEN_MARK &&
         !(tok(reader, i)->type == CZ_TOKEN_NUMBER && reader->quantities[tok(reader, i)->quantity].role != CZ_ROLE_LABEL))
    i++;
  if (i <= first) return false;
  out->first = first;
  out->last = i;
  out->phrase = cz_phrase_of(tok(reader, first)->begin, tok(reader, i - 1)->end);
  return true;
}

void cz_subject_read(cz_reader *reader, cz_quantity *q, cz_context *x) {
  read_scope(reader, q, x);
  q->steady = x->steady;
  q->from = x->from;
  q->cumulative = x->cumulative;
  q->average = x->average || x->yearly || x->leading_yearly;
  q->than_token = x->than_token;
  q->list_head = -1;

  int32_t begin = x->zone_begin, end = x->zone_end;
  if (x->after_number) {
    /* 47名先进个人和16个先进集体: what stands before 和 was counted by the number before. */
    for (int32_t i = begin; i < end; i++)
      if (word_has(reader, i, CZ_CUE_CONN)) {
        begin = i + 1;
        break;
      }
  }
  bool listed = x->each || x->all || list_length(reader, q) > 1;
  reader->place_count = 0;
  if (x->each && list_length(reader, q) > 1) {
    int32_t next = begin;
    int32_t places = read_places(reader, begin, end, reader->places, 8, &next);
    if (places == list_length(reader, q) && next < end) {
      reader->place_count = places;
      reader->parts_head = (int32_t)(q - reader->quantities);
      reader->part_count = 0;
      begin = next;
      listed = false;
    }
  }
  noun_phrase left = read_noun(reader, begin, end, end == q->token || x->adjacent < 0, listed, counted(q));
  bool state = x->verb_token >= 0 && cz_token_value(tok(reader, x->verb_token), CZ_CUE_VERB) == 2;
  if (x->verb_token >= 0 && !state) left.governed = true;
  /* 新增A 3600家、B 31个: 新增 holds for the whole row, and so does the verb. */
  bool row = x->separator == u'、' || left.part;
  if (row && (x->separator == u'、' || measured(q)) && !left.fresh && !left.governed && reader->row_fresh_end > reader->row_fresh_begin) {
    left.fresh = true;
    left.fresh_begin = reader->row_fresh_begin;
    left.fresh_end = reader->row_fresh_end;
  }
  if (row && !left.governed) left.governed = reader->row_flow;
  noun_phrase post = read_post(reader, q);
  if (counted(q)) trim_post_head(reader, &post);

  bool has_left = left.first < left.last;
  bool has_post = post.first < post.last && cz_phrase_length(&post.phrase) >= 2 && !x->post_verb;
  bool fresh_touches = end > x->zone_begin && word_has(reader, end - 1, CZ_CUE_NEW);
  bool touches_verb = x->verb_token >= 0 || left.verb_last || fresh_touches;
  /* 连续33个榨季: what follows 个 is the unit of the streak, not its subject */
  if (q->measure == CZ_MEASURE_STREAK && has_post && reader->last_subject.count && q->unit_end - q->unit_begin == 1 &&
      reader->text.chars[q->unit_begin] == u'个')
    has_post = false;
  bool use_post = false;
  if (q->measure == CZ_MEASURE_LEVEL || q->measure == CZ_MEASURE_CHANGE || q->measure == CZ_MEASURE_STREAK) {
    if (has_post) {
      if (counted(q))
        use_post = true;
      else if (measured(q) || q->special == CZ_SPECIAL_NONE)
        use_post = !has_left || (touches_verb && measured(q)) ||
                   (q->unit_class == CZ_UNIT_MONEY && left.governed && left.last - left.first == 1 && cz_phrase_length(&left.phrase) <= 4 &&
                    cz_indicator_find(reader, &left.phrase) < 0) ||
                   (post.first > q->token + 1 && left.last > left.first && word_has(reader, left.last - 1, CZ_CUE_GENERIC));
      else
        use_post = !has_left;
    }
  } else if (q->measure == CZ_MEASURE_RANK || q->measure == CZ_MEASURE_MULTIPLE || q->measure == CZ_MEASURE_RATIO ||
             q->special == CZ_SPECIAL_ZERO) {
    use_post = has_post && !has_left && (q->unit_end == q->unit_begin || q->unit_class == CZ_UNIT_TIMES) &&
               (!reader->last_subject.count || (x->separator != u'，' && x->separator != u'、'));
  }
  if (q->special == CZ_SPECIAL_ZERO && has_left) use_post = false;
  if (q->measure == CZ_MEASURE_STREAK && !has_left && !has_post) {
    /* 连续两年获国家测绘工程金奖: the noun stands behind the verb */
    int32_t i = q->token + 1, count = (int32_t)reader->token_count;
    q->scope = (cz_phrase){0};
    while (i < count && tok(reader, i)->type == CZ_TOKEN_WORD && !word_has(reader, i, CZ_CUE_SCOPE) &&
           (word_has(reader, i, CZ_CUE_RANKVERB) || word_has(reader, i, CZ_CUE_BA) || word_has(reader, i, CZ_CUE_VERB) || word_has(reader, i, CZ_CUE_REACH)))
      i++;
    if (i > q->token + 1 && i < count && tok(reader, i)->type != CZ_TOKEN_MARK && tok(reader, i)->type != CZ_TOKEN_NUMBER &&
        !(word_has(reader, i, CZ_CUE_SCOPE) && (i + 1 >= count || tok(reader, i + 1)->type == CZ_TOKEN_NUMBER || tok(reader, i + 1)->type == CZ_TOKEN_MARK))) {
      cz_quantity before_noun = *q;
      before_noun.token = i - 1;
      post = read_post(reader, &before_noun);
      use_post = post.first < post.last;
    }
  }
  if (q->unit_class == CZ_UNIT_TIMES && cz_chars_start(reader, q->end, reader->text.count, u"于")) {
    /* 2.8倍于常年的降雨量 */
    for (int32_t i = q->token + 1; i < q->token + 5 && i + 1 < (int32_t)reader->token_count; i++)
      if (word_has(reader, i, CZ_CUE_OF)) {
        cz_quantity at_particle = *q;
        at_particle.token = i;
        post = read_post(reader, &at_particle);
        use_post = post.first < post.last;
        break;
      }
  }
  if (q->unit_class == CZ_UNIT_TIME && q->measure == CZ_MEASURE_LEVEL && !has_left && q->token > 0 &&
      cz_chars_end(reader, tok(reader, q->token - 1)->begin, tok(reader, q->token - 1)->end, u"用")) {
    /* 用不到一个月时间实现…: what took so long */
    int32_t i = q->token + 1, count = (int32_t)reader->token_count;
    while (i < count && i <= q->token + 3 && !word_has(reader, i, CZ_CUE_VERB) && !word_has(reader, i, CZ_CUE_REACH)) i++;
    int32_t stop = ++i;
    while (stop < count && tok(reader, stop)->type != CZ_TOKEN_MARK) stop++;
    if (i < stop && stop - i < 16) {
      post.first = i;
      post.last = stop;
      post.phrase = cz_phrase_of(tok(reader, i)->begin, tok(reader, stop - 1)->end);
      use_post = true;
    }
  }
  noun_phrase list = {.region_row = -1};
  if (use_post && names_list(reader, &post, &list)) post = list;

  if (reader->place_count) {
    q->region = reader->places[0];
    q->region_row = -1;
  } else if (left.region.count && !(use_post && has_left)) {
    q->region = left.region;
    q->region_row = left.region_row;
  } else if (x->separator == u'、' && has_left && !use_post) {
    q->region = reader->last_region;
    q->region_row = reader->last_region_row;
  }
  if (q->region.count && counted(q) && cz_chars_equal(reader->text.chars, q->region.runs[0].begin, q->region.runs[0].end, u"全国")) {
    q->region = (cz_phrase){0}; /* 全国政协提案 is a name */
    q->region_row = -1;
  }
  bool generic = has_left && single_generic(reader, &left);
  bool fresh = left.fresh;
  if (use_post) {
    cz_phrase phrase = {0};
    if (fresh) cz_phrase_add(&phrase, left.fresh_begin, left.fresh_end);
    for (int32_t i = 0; i < post.phrase.count; i++) cz_phrase_add(&phrase, post.phrase.runs[i].begin, post.phrase.runs[i].end);
    set_indicator(reader, q, phrase);
    if (q->indicator_row < 0 && fresh && left.fresh_begin == post.phrase.runs[0].begin) fresh = false;
    q->flow = is_flow_word(&left) || touches_verb;
  } else if (has_left && !generic) {
    /* several nouns */
    cz_phrase parts[8];
    int32_t numbers = list_length(reader, q);
    int32_t count = 0;
    if (reader->place_count) numbers = 1;
    else if (numbers > 1 || x->each || x->all) {
      count = split_noun(reader, &left, parts, 8, true);
      if (numbers > 1 && count != numbers) {
        int32_t plain = split_noun(reader, &left, parts, 8, false);
        count = plain == numbers ? plain : 0;
      }
      if (numbers == 1 && count > 1 && !x->all) count = 0;
    }
    if (count > 1) {
      complete_parts(reader, parts, count);
      if (fresh)
        for (int32_t i = 0; i < count; i++) {
          cz_phrase whole = cz_phrase_of(left.fresh_begin, left.fresh_end);
          whole = join(&whole, left.fresh_end - left.fresh_begin, &parts[i], 0);
          parts[i] = whole;
        }
      set_indicator(reader, q, parts[0]);
      if (numbers == 1) {
        for (int32_t i = 1; i < count && i <= 7; i++) q->more_indicators[q->more_count++] = parts[i];
      } else {
        memcpy(reader->parts, parts, sizeof parts);
        reader->part_count = count;
        reader->parts_head = (int32_t)(q - reader->quantities);
      }
    } else {
      cz_phrase phrase = {0};
      /* 授权点新增26个 counts new ones as 新增授权点26个 does; 贷款新增1.9万亿元 is an increase and keeps its order */
      bool first = fresh && (left.fresh_end <= left.phrase.runs[0].begin || counted(q));
      if (first) cz_phrase_add(&phrase, left.fresh_begin, left.fresh_end);
      if (fresh && x->separator == u'、') add_level(reader, &left.phrase, &phrase);
      for (int32_t i = 0; i < left.phrase.count; i++) cz_phrase_add(&phrase, left.phrase.runs[i].begin, left.phrase.runs[i].end);
      if (fresh && !first && left.fresh_begin >= left.phrase.runs[left.phrase.count - 1].end)
        cz_phrase_add(&phrase, left.fresh_begin, left.fresh_end);
      set_indicator(reader, q, phrase);
      /* 出口规模突破4万亿元，占全国份额…: a share needs its whole */
      if (q->indicator_row < 0 && reader->last_subject.count && left.phrase.count &&
          reader->text.chars[left.phrase.runs[0].begin] == u'占')
        set_indicator(reader, q, join(&reader->last_subject, cz_phrase_length(&reader->last_subject), &phrase, 0));
      /* 粮食播种面积…、总产量…: the head of the phrase before completes a known indicator. */
      if (q->indicator_row < 0 && (x->separator == u'、' || x->separator == u'，') && reader->last_subject.count) {
        cz_phrase whole;
        if (cz_phrase_length(&phrase) <= 8 && complete_head(reader, &reader->last_subject, &phrase, &whole))
          set_indicator(reader, q, whole);
      }
    }
    q->flow = is_flow_word(&left);
  } else if (x->separator == u'，' && clause_subject(reader, x->zone_begin - 1, &q->indicator)) {
    /* 粮食总产量在上年大幅度增长的基础上，又增产291亿斤 */
    set_indicator(reader, q, q->indicator);
    q->subject_carried = true;
    q->flow = is_flow_word(&left) || touches_verb;
  } else if (reader->last_subject.count) {
    /* carried over */
    cz_phrase phrase = reader->last_subject;
    if (generic) {
      static const char16_t *const kept[] = {u"增速", u"增幅", u"数量", u"总数", u"增长", u"增长率", u"占比", u"比重", u"降幅", u"涨幅"};
      const cz_token *token = tok(reader, left.first);
      for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (cz_chars_equal(reader->text.chars, token->begin, token->end, kept[i]))
          cz_phrase_add(&phrase, token->begin, token->end);
      cz_phrase whole;
      cz_phrase own = left.phrase;
      if (complete_head(reader, &reader->last_subject, &own, &whole)) phrase = whole;
    }
    if (fresh && q->measure == CZ_MEASURE_LEVEL) {
      if (!contains_new(reader, &phrase)) cz_phrase_add(&phrase, left.fresh_begin, left.fresh_end);
      q->flow = true;
    }
    set_indicator(reader, q, phrase);
    bool own = false; /* 我市增长6% after the nation's figure */
    for (int32_t i = begin; i < end; i++) own |= word_has(reader, i, CZ_CUE_OWN);
    if (!q->region.count && !own) {
      q->region = reader->last_region;
      q->region_row = reader->last_region_row;
    }
    q->subject_carried = true;
    q->flow = q->flow || is_flow_word(&left) || touches_verb;
  } else if (generic) {
    set_indicator(reader, q, left.phrase);
  }
  if (left.falling && q->measure == CZ_MEASURE_LEVEL && !use_post && q->unit_class != CZ_UNIT_PERCENT) {
    q->measure = CZ_MEASURE_CHANGE;
    q->sign = -1;
  }
  if (q->cumulative) q->flow = true;
  if (!q->flow && q->measure == CZ_MEASURE_LEVEL && (counted(q) || measured(q)) && contains_new(reader, &q->indicator)) q->flow = true;
  if (q > reader->quantities && (q - 1)->from && q->subject_carried) {
    q->flow = false; /* 从X提高到Y */
    if (!q->per[0] && (q - 1)->unit_class == q->unit_class) q->per = (q - 1)->per;
  }
  reader->row_flow = q->flow && q->measure == CZ_MEASURE_LEVEL;
  reader->row_fresh_begin = fresh ? left.fresh_begin : 0;
  reader->row_fresh_end = fresh ? left.fresh_end : 0;
  if (left.part) q->relation = CZ_RELATION_PART_OF;

  if (q->measure == CZ_MEASURE_RANK_CHANGE || q->measure == CZ_MEASURE_RANK) {
    if (!q->scope.count) q->scope = scope_of_name(reader, &q->indicator);
    /* 位居全国第26位、前进8位: the same body */
    const size_t index = (size_t)(q - reader->quantities);
    for (size_t k = index; !q->scope.count && q->subject_carried && k-- > 0;)
      if (reader->quantities[k].role == CZ_ROLE_STATEMENT) {
        if (reader->quantities[k].measure == CZ_MEASURE_RANK) q->scope = reader->quantities[k].scope;
        break;
      }
  }
  if (q->measure == CZ_MEASURE_RANK && q->subject_carried && !generic && q > reader->quantities) {
    /* 增长6.2%、居全国第四: the growth is ranked */
    const cz_quantity *before = q - 1;
    if (before->role == CZ_ROLE_STATEMENT && (before->measure == CZ_MEASURE_GROWTH || (before->measure == CZ_MEASURE_RANK && before->indicator_suffix))) {
      q->indicator_suffix = "增速";
      q->indicator_row = -1;
    }
  }
  if (q->unit_class == CZ_UNIT_PERCENT && q->measure == CZ_MEASURE_LEVEL && q->indicator_row < 0 && lacks_share_noun(reader, &q->indicator))
    q->indicator_suffix = phrase_ends(reader, &q->indicator, u"占") ? "比" : "比重"; /* 特色农牧业产值占农业总产值超过88% */
  name_economy(reader, q);
  if (q->measure != CZ_MEASURE_RANK || !q->subject_carried) remember(reader, q);
  /* 排名, 增速 and the like do not become the subject of what follows. */
  if (q->measure == CZ_MEASURE_RANK && generic && q->indicator.count > 1 && q->subject_carried) {
    /* keep the earlier subject */
  }
}

void cz_subject_list(cz_reader *reader, cz_quantity *q, cz_context *x) {
  const cz_quantity *head = &reader->quantities[x->list_of];
  int32_t root = head->list_head >= 0 ? head->list_head : x->list_of;
  q->list_head = root;
  q->list_index = head->list_index + 1;
  q->steady = head->steady;
  q->cumulative = head->cumulative;
  q->flow = head->flow;
  q->average = head->average;
  q->than_token = head->than_token;
  q->from = head->from;
  q->region = head->region;
  q->region_row = head->region_row;
  q->scope = head->scope;
  q->commitment = head->commitment;
  if (reader->parts_head == root && q->list_index < reader->place_count) q->region = reader->places[q->list_index];
  if (reader->parts_head == root && q->list_index < reader->part_count) {
    set_indicator(reader, q, reader->parts[q->list_index]);
  } else {
    noun_phrase post = read_post(reader, q);
    q->indicator = head->indicator;
    q->indicator_row = head->indicator_row;
    if (counted(q) && post.first < post.last && cz_phrase_length(&post.phrase) >= 2) set_indicator(reader, q, post.phrase);
    q->subject_carried = true;
  }
  remember(reader, q);
}

void cz_subject_threshold(cz_reader *reader, cz_quantity *q) {
  q->list_head = -1;
  q->than_token = -1;
  /* The noun of size before the number, also across an earlier number of the list; else what the criterion selects. */
  for (int32_t i = q->token - 1, steps = 0; i >= 0 && steps < 6; i--, steps++) {
    const cz_token *token = tok(reader, i);
    if (token->type == CZ_TOKEN_NUMBER || is_mark(reader, i, u'、') || word_has(reader, i, CZ_CUE_CONN)) continue;
    if (token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_THRESHOLDNOUN)) {
      int32_t first = i;
      while (first > 0 && (tok(reader, first - 1)->type == CZ_TOKEN_TEXT || tok(reader, first - 1)->type == CZ_TOKEN_INDICATOR ||
                           word_has(reader, first - 1, CZ_CUE_THRESHOLDNOUN)) &&
             tok(reader, i)->end - tok(reader, first - 1)->begin <= 14)
        first--;
      while (first < i && strips_left(reader, first)) first++;
      set_indicator(reader, q, cz_phrase_of(tok(reader, first)->begin, token->end));
      q->indicator_row = -1;
      return;
    }
    break;
  }
  noun_phrase post = read_post(reader, q);
  int32_t stop = post.first;
  if (post.first < post.last && word_has(reader, post.first, CZ_CUE_CRITERION)) {
    stop = post.first + 1; /* 1万元|标准|建档立卡…: the criterion is the noun_phrase */
  } else {
    while (stop < post.last && !word_has(reader, stop, CZ_CUE_SIZENOUN) && !word_has(reader, stop, CZ_CUE_OWN)) stop++;
    if (stop < post.last && word_has(reader, stop, CZ_CUE_SIZENOUN)) stop++;
  }
  if (stop > post.first) set_indicator(reader, q, cz_phrase_of(tok(reader, post.first)->begin, tok(reader, stop - 1)->end));
  q->indicator_row = -1;
}

int32_t cz_subject_phrases(cz_reader *reader, int32_t begin, int32_t end, cz_phrase *parts, int32_t limit) {
  noun_phrase n = read_noun(reader, begin, end, true, true, false);
  if (n.first >= n.last) return 0;
  int32_t count = split_noun(reader, &n, parts, limit, true);
  if (count > 1) {
    complete_parts(reader, parts, count);
    return count;
  }
  parts[0] = n.phrase;
  return 1;
}
