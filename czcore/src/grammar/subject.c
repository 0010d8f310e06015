/* subject.c: what a number is about.
 *
 * Before the number: the noun phrase zone that measure.c leaves, cut at the last governing verb
 * (建成|发热门诊|36个). Behind it: the counted noun (实施|6个|历史文化修缮项目). Neither: the subject of the
 * number before (…达7700亿元，是2015年的1.46倍).
 */
#include <string.h>

#include "noun.h"

cz_context cz_context_empty(void) {
  cz_context x;
  memset(&x, 0, sizeof x);
  x.direction_token = x.reach_token = x.than_token = x.compare_token = x.commit_token = x.verb_token = -1;
  x.time_token = x.adjacent = x.scope_begin = x.scope_end = x.body_begin = x.body_end = x.list_of = -1;
  return x;
}

static bool counted(const cz_quantity *q) {
  return q->unit_class == CZ_UNIT_COUNT || q->unit_class == CZ_UNIT_PEOPLE ||
         (q->unit_class == CZ_UNIT_RANK && !q->ordinal && !q->front) || q->unit_class == CZ_UNIT_DATA;
}

static bool measured(const cz_quantity *q) {
  return q->unit_class == CZ_UNIT_MONEY || q->unit_class == CZ_UNIT_PHYSICAL ||
         (q->unit_row < 0 && q->scaled);
}

/* General nouns that name a side of the subject: 总量, 增速, 排名. */
static bool single_generic(const cz_reader *reader, const cz_noun *n) {
  return n->last - n->first == 1 && cz_word_has(reader, n->first, CZ_CUE_GENERIC);
}

static bool says_total(const cz_reader *reader, int32_t index) {
  static const char16_t *const words[] = {u"总量", u"总数", u"总计", u"累计", u"数量", u"合计"};
  if (index < 0)
    return false;
  const cz_token *token = cz_token_at(reader, index);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (cz_chars_start(reader, token->begin, token->end, words[i]))
      return true;
  return false;
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
  if (q->indicator_row >= 0 || q->indicator.count != 1)
    return;
  if (q->measure != CZ_MEASURE_GROWTH && q->measure != CZ_MEASURE_AVERAGE_GROWTH)
    return;
  int64_t begin = q->indicator.runs[0].begin, end = q->indicator.runs[0].end;
  if (!cz_chars_end(reader, begin, end, u"经济") || end - begin > 4)
    return;
  static const uint16_t economy[] = {u'经', u'济', u'增', u'长'};
  q->indicator_row = cz_indicator_exact(reader, economy, 4);
}

/* A占B without 比重, 比例, 份额 … */
static bool lacks_share_noun(const cz_reader *reader, const cz_phrase *phrase) {
  static const char16_t *const nouns[] = {u"比重", u"占比", u"比例", u"份额", u"率", u"比"};
  bool shares = false;
  for (int32_t i = 0; i < phrase->count; i++) {
    int64_t share = cz_chars_find(reader, phrase->runs[i].begin + (i == 0), phrase->runs[i].end, u"占");
    shares |= share >= 0 && !cz_chars_start(reader, share, phrase->runs[i].end, u"占地") &&
              !cz_chars_start(reader, share, phrase->runs[i].end, u"占用");
  }
  if (!shares)
    return false;
  for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
    if (cz_phrase_ends(reader, phrase, nouns[i]))
      return false;
  return true;
}

static bool contains_new(const cz_reader *reader, const cz_phrase *phrase) {
  for (int32_t i = 0; i < phrase->count; i++)
    if (cz_chars_find(reader, phrase->runs[i].begin, phrase->runs[i].end, u"新增") >= 0 ||
        cz_chars_find(reader, phrase->runs[i].begin, phrase->runs[i].end, u"净增") >= 0)
      return true;
  return false;
}

/* 新增上市企业10家，总数达71家: the total is of all, not of the new ones. */
static cz_phrase without_new(const cz_reader *reader, const cz_phrase *phrase) {
  static const char16_t *const words[] = {u"新增", u"净增"};
  cz_phrase out = {0};
  for (int32_t i = 0; i < phrase->count; i++) {
    int64_t begin = phrase->runs[i].begin, end = phrase->runs[i].end;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
      if (cz_chars_start(reader, begin, end, words[k]))
        begin += 2;
      else if (cz_chars_end(reader, begin, end, words[k]))
        end -= 2;
    }
    if (begin < end)
      cz_phrase_add(&out, begin, end);
  }
  return out.count ? out : *phrase;
}

static bool is_flow_word(const cz_noun *n) {
  return n->governed || n->fresh;
}

/* 重点传统制造业增加值: for the count before it, the head noun that its growth belongs to is left out. */
static void trim_post_head(const cz_reader *reader, cz_noun *post) {
  if (post->last <= post->first || post->last >= (int32_t)reader->token_count)
    return;
  const cz_token *last = cz_token_at(reader, post->last - 1);
  if (cz_token_at(reader, post->last)->type == CZ_TOKEN_NUMBER &&
      cz_chars_end(reader, last->begin, last->end, u"完成投资") &&
      last->end - 4 > cz_token_at(reader, post->first)->begin) {
    post->phrase = cz_phrase_of(cz_token_at(reader, post->first)->begin, last->end - 4);
    return;
  }
  static const char16_t *const heads[] = {u"增加值", u"利润", u"产值", u"总产值", u"营业收入",
                                          u"营收",   u"投资", u"产量", u"收入"};
  /* 89个开发区总产值占全省比重达78%: the share is a statement of its own */
  bool shared = false;
  for (int32_t i = post->first + 1; i < post->last && !shared; i++)
    if (cz_chars_equal(reader->text.chars, cz_token_at(reader, i)->begin, cz_token_at(reader, i)->end,
                       u"占")) {
      post->last = i;
      post->phrase =
          cz_phrase_of(cz_token_at(reader, post->first)->begin, cz_token_at(reader, post->last - 1)->end);
      last = cz_token_at(reader, post->last - 1);
      shared = true;
    }
  if (last->type != CZ_TOKEN_WORD || post->last - post->first < 2)
    return;
  for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
    if (cz_chars_equal(reader->text.chars, last->begin, last->end, heads[i])) {
      const cz_token *next = cz_token_at(reader, post->last);
      if (shared || (next->type == CZ_TOKEN_WORD &&
                     (CZ_HAS(next, CZ_CUE_RISE) || CZ_HAS(next, CZ_CUE_FALL) || CZ_HAS(next, CZ_CUE_REACH) ||
                      CZ_HAS(next, CZ_CUE_ESTIMATE) || CZ_HAS(next, CZ_CUE_EACH)))) {
        post->last--;
        post->phrase =
            cz_phrase_of(cz_token_at(reader, post->first)->begin, cz_token_at(reader, post->last - 1)->end);
      }
      return;
    }
}

/* 新增国家级绿色工厂3家、绿色园区1家: the level holds for the row unless the cz_noun names its own. */
static void add_level(const cz_reader *reader, const cz_phrase *noun, cz_phrase *out) {
  static const char16_t *const levels[] = {u"国家级", u"省级", u"市级"};
  const cz_phrase *head = &reader->last_subject;
  if (head->count < 1 || !noun->count)
    return;
  char16_t first = (char16_t)reader->text.chars[noun->runs[0].begin];
  if (first == u'国' || first == u'省' || first == u'市' || first == u'县' || first == u'全')
    return;
  for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
    int64_t end = head->runs[head->count - 1].end, at = head->runs[0].begin;
    if (cz_chars_start(reader, at, end, u"新增"))
      at += 2;
    int64_t length = 0;
    while (levels[i][length])
      length++;
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

/* 近1亿农村贫困人口实现脱贫, 8000万农业转移人口成为城镇居民: people to whom something happened are a flow;
 * who has or uses something is a stock. */
static bool happens_to(const cz_reader *reader, const cz_quantity *q, const cz_noun *post) {
  static const char16_t *const states[] = {u"参加", u"使用", u"享有", u"拥有", u"覆盖", u"具有", u"从事"};
  if (q->unit_class != CZ_UNIT_PEOPLE && q->unit_row >= 0)
    return false;
  if (post->last >= (int32_t)reader->token_count || !cz_word_has(reader, post->last, CZ_CUE_VERB) ||
      cz_token_value(cz_token_at(reader, post->last), CZ_CUE_VERB) != 0)
    return false;
  const cz_token *verb = cz_token_at(reader, post->last);
  for (size_t i = 0; i < sizeof states / sizeof *states; i++)
    if (cz_chars_equal(reader->text.chars, verb->begin, verb->end, states[i]))
      return false;
  return true;
}

/* 发放价格补贴，约6700万人受益; 实现跨省直接结算，惠及5700万人次: people without a noun of their own are
 * those of the clause before, if no number stands there. */
static bool clause_object(const cz_reader *reader, const cz_quantity *q, const cz_context *x,
                          cz_phrase *out) {
  if (q->unit_class != CZ_UNIT_PEOPLE || q->measure != CZ_MEASURE_LEVEL || x->separator != u'，' ||
      x->zone_begin < 2 || x->reach || cz_word_has(reader, x->zone_begin, CZ_CUE_FROM))
    return false;
  const int32_t mark = x->zone_begin - 1;
  int32_t first = mark;
  while (first > 0 && cz_token_at(reader, first - 1)->type != CZ_TOKEN_MARK) {
    first--;
    const cz_token *token = cz_token_at(reader, first);
    if (token->type == CZ_TOKEN_NUMBER && reader->quantities[token->quantity].role == CZ_ROLE_STATEMENT)
      return false;
  }
  cz_noun noun = cz_noun_before(reader, first, mark, false, false, false);
  if (noun.first >= noun.last || noun.first == first || cz_phrase_length(&noun.phrase) < 2 ||
      cz_phrase_length(&noun.phrase) > 20)
    return false;
  *out = noun.phrase;
  for (int32_t i = noun.first + 1; i + 1 < noun.last; i++) /* 向困难群众|发放|价格补贴 */
    if (cz_word_has(reader, i, CZ_CUE_VERB) && cz_word_has(reader, i, CZ_CUE_BA))
      *out = cz_phrase_of(cz_token_at(reader, i)->end, cz_token_at(reader, noun.last - 1)->end);
  return true;
}

/* The indicator that opens the clause before the mark at token `mark`, if no number stands in that clause.
 * `topic`: a clause that is nothing but a noun is one too (全社会研究经费，从1288亿元增加到3664亿元). */
static bool clause_subject(const cz_reader *reader, int32_t mark, bool topic, cz_phrase *out) {
  int32_t first = mark;
  while (first > 0 && cz_token_at(reader, first - 1)->type != CZ_TOKEN_MARK) {
    first--;
    const cz_token *token = cz_token_at(reader, first);
    if (token->type == CZ_TOKEN_NUMBER && reader->quantities[token->quantity].role == CZ_ROLE_STATEMENT)
      return false;
  }
  while (first < mark && cz_strips_left(reader, first))
    first++;
  if (first >= mark)
    return false;
  if (topic) {
    cz_noun noun = cz_noun_before(reader, first, mark, false, false, false);
    const cz_phrase whole =
        cz_phrase_of(cz_token_at(reader, first)->begin, cz_token_at(reader, mark - 1)->end);
    /* 最低生活保障的覆盖人数，由400万人扩大到…: a verb inside a name that closes with a noun of amount */
    bool amount = cz_word_has(reader, mark - 1, CZ_CUE_HEAD) && !cz_word_has(reader, first, CZ_CUE_VERB);
    if (noun.last == mark && (noun.first == first || amount) && cz_phrase_length(&whole) <= 24) {
      *out = whole;
      return true;
    }
  }
  if (cz_token_at(reader, first)->type != CZ_TOKEN_INDICATOR)
    return false;
  *out = cz_phrase_of(cz_token_at(reader, first)->begin, cz_token_at(reader, first)->end);
  return true;
}

/* 9家企业入围中国民营企业500强: behind a generic noun the list is what is counted. */
static bool names_list(const cz_reader *reader, const cz_noun *post, cz_noun *out) {
  static const char16_t *const generic[] = {u"企业",   u"民企", u"浙企",   u"苏企",     u"单位", u"园区",
                                            u"公司",   u"项目", u"家企业", u"民营企业", u"作品", u"品牌",
                                            u"设区市", u"城市", u"景区",   u"县",       u"案例"};
  static const char16_t *const verbs[] = {u"入围", u"入选", u"上榜", u"跻身", u"登上", u"荣登",
                                          u"获",   u"荣获", u"获得", u"获评", u"获批"};
  if (post->last - post->first != 1 || post->last + 1 >= (int32_t)reader->token_count)
    return false;
  bool is_generic = false, enters = false;
  for (size_t i = 0; i < sizeof generic / sizeof *generic; i++)
    is_generic |= cz_chars_equal(reader->text.chars, cz_token_at(reader, post->first)->begin,
                                 cz_token_at(reader, post->first)->end, generic[i]);
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    enters |= cz_chars_equal(reader->text.chars, cz_token_at(reader, post->last)->begin,
                             cz_token_at(reader, post->last)->end, verbs[i]);
  if (!is_generic || !enters)
    return false;
  int32_t i = post->last + 1, first = i;
  while (i < (int32_t)reader->token_count && i - first < 12 &&
         cz_token_at(reader, i)->type != CZ_TOKEN_MARK &&
         !(cz_token_at(reader, i)->type == CZ_TOKEN_NUMBER &&
           reader->quantities[cz_token_at(reader, i)->quantity].role != CZ_ROLE_LABEL))
    i++;
  if (i <= first)
    return false;
  out->first = first;
  out->last = i;
  out->phrase = cz_phrase_of(cz_token_at(reader, first)->begin, cz_token_at(reader, i - 1)->end);
  return true;
}

/* 加快保障房建设，在确保质量的前提下，基本建成500万套: where no number came before it in the sentence, the
 * known indicator nearest before it rather than the subject of another sentence. */
static bool earlier_clause(const cz_reader *reader, const cz_quantity *q, const cz_context *x,
                           cz_phrase *out) {
  if (q->measure != CZ_MEASURE_LEVEL || x->separator != u'，' || !(counted(q) || measured(q)))
    return false;
  for (const cz_quantity *k = reader->quantities; k < q; k++)
    if (k->role == CZ_ROLE_STATEMENT)
      return false;
  for (int32_t i = x->zone_begin - 1; i >= 0; i--)
    if (cz_token_at(reader, i)->type == CZ_TOKEN_INDICATOR) {
      *out = cz_phrase_of(cz_token_at(reader, i)->begin, cz_token_at(reader, i)->end);
      return true;
    }
  return false;
}

static bool said_before(const cz_reader *reader, const cz_quantity *q) {
  for (const cz_quantity *k = reader->quantities; k < q; k++)
    if (k->role == CZ_ROLE_STATEMENT && k->unit_row == q->unit_row)
      return true;
  return false;
}

/* 基本建成432万套，新开工建设1043万套: only what was done to the thing counted before. */
static bool only_building(const cz_reader *reader, const cz_noun *noun) {
  static const char16_t *const verbs[] = {u"建设",   u"开工建设", u"新开工建设", u"开工",
                                          u"新开工", u"竣工",     u"交付"};
  const int64_t begin = cz_token_at(reader, noun->first)->begin,
                end = cz_token_at(reader, noun->last - 1)->end;
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (cz_chars_equal(reader->text.chars, begin, end, verbs[i]))
      return true;
  return false;
}

/* The nouns on both sides of a number while its subject is settled. */
typedef struct sides {
  cz_noun left, post;
  int32_t begin, end; /* the zone before the number, in tokens */
  bool has_left, has_post, use_post;
  bool touches_verb; /* a verb stands right before the number: 安排|3亿元|资金 */
  bool generic;      /* 总量, 增速 …: the noun before says only which side of the earlier subject */
  bool fresh;        /* 新增 */
} sides;

static void read_left(cz_reader *reader, cz_quantity *q, const cz_context *x, sides *s) {
  s->begin = x->zone_begin;
  s->end = x->zone_end;
  if (x->after_number) {
    /* 47名先进个人和16个先进集体: what stands before 和 was counted by the number before. */
    for (int32_t i = s->begin; i < s->end; i++)
      if (cz_word_has(reader, i, CZ_CUE_CONN)) {
        s->begin = i + 1;
        break;
      }
  }
  if (s->begin >= s->end && x->each && x->separator == u'，') {
    /* 城镇居民收入和农村居民收入，分别增长5%和6%: the nouns stand in the clause before */
    int32_t first = x->zone_begin - 1;
    while (first > 0 && cz_token_at(reader, first - 1)->type != CZ_TOKEN_NUMBER &&
           !(cz_token_at(reader, first - 1)->type == CZ_TOKEN_MARK &&
             cz_token_at(reader, first - 1)->mark != u'、'))
      first--;
    if (first == 0 || cz_token_at(reader, first - 1)->type == CZ_TOKEN_MARK) {
      s->begin = first;
      s->end = x->zone_begin - 1;
    }
  }
  const int32_t numbers = cz_list_length(reader, q);
  bool listed = x->each || x->all || numbers > 1;
  reader->place_count = 0;
  if (x->each && numbers > 1) {
    int32_t next = s->begin;
    if (cz_places_read(reader, s->begin, s->end, reader->places, 8, &next) == numbers && next < s->end) {
      reader->place_count = numbers;
      reader->parts_head = (int32_t)(q - reader->quantities);
      reader->part_count = 0;
      s->begin = next;
      listed = false;
    }
  }
  if (q->measure == CZ_MEASURE_STREAK) {
    /* 粮食总产量实现了历史罕见的“八连增”: what stands between 实现 and 的 describes the streak */
    int32_t of = s->end;
    while (of < q->token && !cz_word_has(reader, of, CZ_CUE_OF))
      of++;
    if (of < q->token)
      for (int32_t i = s->end - 1; i > s->begin; i--)
        if (cz_word_has(reader, i, CZ_CUE_REACH) || cz_word_has(reader, i, CZ_CUE_LE)) {
          s->end = i;
          break;
        }
  }
  cz_noun *left = &s->left;
  *left = cz_noun_before(reader, s->begin, s->end, s->end == q->token || x->adjacent < 0, listed, counted(q));
  bool state = x->verb_token >= 0 && cz_token_value(cz_token_at(reader, x->verb_token), CZ_CUE_VERB) == 2;
  if (x->verb_token >= 0 && !state)
    left->governed = true;
  /* 新增A 3600家、B 31个: 新增 holds for the whole row, and so does the verb. */
  bool pause = x->separator == u'、' || (x->after_number && counted(q) &&
                                         cz_mark_at(reader, q->token - 1, u'、'));       /* 9个A县、21个B县 */
  const bool total = single_generic(reader, left) || says_total(reader, x->reach_token); /* 总量达1198家 */
  if (!total && (pause || (left->part && measured(q))) && !left->fresh && !left->governed &&
      reader->row_fresh_end > reader->row_fresh_begin) {
    left->fresh = true;
    left->fresh_begin = reader->row_fresh_begin;
    left->fresh_end = reader->row_fresh_end;
  }
  if ((pause || left->part) && !left->governed)
    left->governed = reader->row_flow;
  s->has_left = left->first < left->last;
  s->generic = s->has_left && single_generic(reader, left);
  s->fresh = left->fresh;
  bool fresh_touches = s->end > x->zone_begin && cz_word_has(reader, s->end - 1, CZ_CUE_NEW);
  s->touches_verb = x->verb_token >= 0 || left->verb_last || fresh_touches;
}

/* 连续两年获国家测绘工程金奖: the noun stands behind the verb. */
static void read_streak_noun(const cz_reader *reader, cz_quantity *q, sides *s) {
  int32_t i = q->token + 1, count = (int32_t)reader->token_count;
  q->scope = (cz_phrase){0};
  while (i < count && !cz_word_has(reader, i, CZ_CUE_SCOPE) &&
         (cz_word_has(reader, i, CZ_CUE_RANKVERB) || cz_word_has(reader, i, CZ_CUE_BA) ||
          cz_word_has(reader, i, CZ_CUE_VERB) || cz_word_has(reader, i, CZ_CUE_REACH)))
    i++;
  if (i == q->token + 1 || i >= count)
    return;
  cz_token_type here = cz_token_at(reader, i)->type;
  if (here == CZ_TOKEN_MARK || here == CZ_TOKEN_NUMBER)
    return;
  /* 全省 before a rank or a mark is the scope, before a noun part of the award's name */
  if (cz_word_has(reader, i, CZ_CUE_SCOPE)) {
    cz_token_type next = i + 1 < count ? cz_token_at(reader, i + 1)->type : CZ_TOKEN_MARK;
    if (next == CZ_TOKEN_NUMBER || next == CZ_TOKEN_MARK)
      return;
  }
  cz_quantity before_noun = *q;
  before_noun.token = i - 1;
  s->post = cz_noun_behind(reader, &before_noun);
  s->use_post = s->post.first < s->post.last;
}

/* 2.8倍于常年的|降雨量 */
static void read_times_noun(const cz_reader *reader, const cz_quantity *q, sides *s) {
  for (int32_t i = q->token + 1; i < q->token + 5 && i + 1 < (int32_t)reader->token_count; i++)
    if (cz_word_has(reader, i, CZ_CUE_OF)) {
      cz_quantity at_particle = *q;
      at_particle.token = i;
      s->post = cz_noun_behind(reader, &at_particle);
      s->use_post = s->post.first < s->post.last;
      return;
    }
}

/* 用不到一个月时间实现|…: what took so long */
static void read_duration_noun(const cz_reader *reader, const cz_quantity *q, sides *s) {
  int32_t i = q->token + 1, count = (int32_t)reader->token_count;
  while (i < count && i <= q->token + 3 && !cz_word_has(reader, i, CZ_CUE_VERB) &&
         !cz_word_has(reader, i, CZ_CUE_REACH))
    i++;
  int32_t stop = ++i;
  while (stop < count && cz_token_at(reader, stop)->type != CZ_TOKEN_MARK)
    stop++;
  if (i >= stop || stop - i >= 16)
    return;
  s->post.first = i;
  s->post.last = stop;
  s->post.phrase = cz_phrase_of(cz_token_at(reader, i)->begin, cz_token_at(reader, stop - 1)->end);
  s->use_post = true;
}

/* 集聚全国30%以上产业链企业: the nation's share of what stands behind the number. */
static bool of_whole(const cz_reader *reader, const cz_quantity *q) {
  return q->unit_class == CZ_UNIT_PERCENT && q->measure == CZ_MEASURE_LEVEL && q->token > 1 &&
         cz_word_has(reader, q->token - 1, CZ_CUE_SCOPE) && cz_word_has(reader, q->token - 2, CZ_CUE_VERB);
}

/* Is the subject behind the number rather than before it? */
static bool prefers_post(const cz_reader *reader, const cz_quantity *q, const cz_context *x, const sides *s) {
  const cz_noun *left = &s->left;
  if (q->special == CZ_SPECIAL_ZERO && s->has_left)
    return false;
  if (q->measure == CZ_MEASURE_LEVEL || q->measure == CZ_MEASURE_CHANGE || q->measure == CZ_MEASURE_STREAK) {
    if (!s->has_post)
      return false;
    if (of_whole(reader, q))
      return true;
    if (counted(q) || !s->has_left)
      return true;
    if (q->unit_row < 0 && q->scaled && reader->text.chars[s->post.phrase.runs[0].begin] == u'人')
      return true; /* 有13亿|人口的大国 */
    if (!measured(q) && q->special != CZ_SPECIAL_NONE)
      return false;
    if (s->touches_verb && measured(q))
      return true;
    /* 省财政安排…: a short noun before a sum that is spent is who spends it */
    if (q->unit_class == CZ_UNIT_MONEY && left->governed && left->last - left->first == 1 &&
        cz_phrase_length(&left->phrase) <= 4 && cz_indicator_find(reader, &left->phrase) < 0)
      return true;
    /* 首期规模500亿元的浙江社保科创基金 */
    return s->post.first > q->token + 1 && cz_word_has(reader, left->last - 1, CZ_CUE_GENERIC);
  }
  if (q->measure == CZ_MEASURE_RANK || q->measure == CZ_MEASURE_MULTIPLE || q->measure == CZ_MEASURE_RATIO ||
      q->special == CZ_SPECIAL_ZERO)
    return s->has_post && !s->has_left && (q->unit_end == q->unit_begin || q->unit_class == CZ_UNIT_TIMES) &&
           (!reader->last_subject.count || (x->separator != u'，' && x->separator != u'、'));
  return false;
}

static void read_post(const cz_reader *reader, cz_quantity *q, const cz_context *x, sides *s) {
  s->post = cz_noun_behind(reader, q);
  if (counted(q))
    trim_post_head(reader, &s->post);
  /* 17个区、124个镇: one character names what is counted only if it is a kind of thing */
  s->has_post = s->post.first < s->post.last && !x->post_verb &&
                (cz_phrase_length(&s->post.phrase) >= 2 ||
                 (counted(q) && cz_word_has(reader, s->post.first, CZ_CUE_SIZENOUN)));
  /* 重回万亿元规模, 突破百亿元大关: the size itself, not what has it */
  static const char16_t *const marks[] = {u"规模", u"大关", u"关口", u"台阶", u"门槛"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks && s->has_post; i++)
    if (s->post.phrase.count == 1 && cz_chars_equal(reader->text.chars, s->post.phrase.runs[0].begin,
                                                    s->post.phrase.runs[0].end, marks[i]))
      s->has_post = false;
  /* 连续33个榨季: what follows 个 is the unit of the streak, not its subject */
  if (q->measure == CZ_MEASURE_STREAK && s->has_post && reader->last_subject.count &&
      q->unit_end - q->unit_begin == 1 && reader->text.chars[q->unit_begin] == u'个')
    s->has_post = false;
  s->use_post = prefers_post(reader, q, x, s);
  /* 13亿|人口的大国 */
  if (s->use_post && q->unit_row < 0 && q->scaled &&
      reader->text.chars[s->post.phrase.runs[0].begin] == u'人')
    for (int32_t i = s->post.first + 1; i < s->post.last; i++)
      if (cz_word_has(reader, i, CZ_CUE_OF)) {
        s->post.last = i;
        s->post.phrase =
            cz_phrase_of(cz_token_at(reader, s->post.first)->begin, cz_token_at(reader, i - 1)->end);
        break;
      }
  if (q->measure == CZ_MEASURE_STREAK && !s->has_left && !s->has_post)
    read_streak_noun(reader, q, s);
  if (q->unit_class == CZ_UNIT_TIMES && cz_chars_start(reader, q->end, reader->text.count, u"于"))
    read_times_noun(reader, q, s);
  if (q->unit_class == CZ_UNIT_TIME && q->measure == CZ_MEASURE_LEVEL && !s->has_left && q->token > 0 &&
      cz_chars_end(reader, cz_token_at(reader, q->token - 1)->begin, cz_token_at(reader, q->token - 1)->end,
                   u"用"))
    read_duration_noun(reader, q, s);
  cz_noun list = {.region_row = -1};
  if (s->use_post && names_list(reader, &s->post, &list))
    s->post = list;
}

static void set_region(const cz_reader *reader, cz_quantity *q, cz_phrase region, int32_t row) {
  q->region = region;
  q->region_row = row;
  if (region.count && counted(q) &&
      cz_chars_equal(reader->text.chars, region.runs[0].begin, region.runs[0].end, u"全国")) {
    q->region = (cz_phrase){0}; /* 全国政协提案3件 is a name */
    q->region_row = -1;
  }
}

static void read_region(const cz_reader *reader, cz_quantity *q, const cz_context *x, const sides *s) {
  cz_noun place = {.region_row = -1};
  if (reader->place_count)
    set_region(reader, q, reader->places[0], -1);
  else if (s->left.region.count && !(s->use_post && s->has_left))
    set_region(reader, q, s->left.region, s->left.region_row);
  else if (s->use_post && s->has_left && cz_place_named(reader, &s->left, &place))
    set_region(reader, q, place.region, place.region_row); /* 为|中西部地区|1700万名|学生 */
  else if (x->separator == u'、' && s->has_left && !s->use_post)
    set_region(reader, q, reader->last_region, reader->last_region_row);
}

static void add_phrase(cz_phrase *phrase, const cz_phrase *more) {
  for (int32_t i = 0; i < more->count; i++)
    cz_phrase_add(phrase, more->runs[i].begin, more->runs[i].end);
}

/* 5条高铁|建成运营, 6个遗址|入选: the counted things came about in the period. */
static bool comes_about(const cz_reader *reader, int32_t index) {
  static const char16_t *const events[] = {u"建成", u"投产", u"入选", u"入围", u"开工",
                                           u"竣工", u"通车", u"投用", u"获批", u"获评",
                                           u"获得", u"荣获", u"落地", u"投运", u"上市"};
  if (index >= (int32_t)reader->token_count)
    return false;
  for (size_t i = 0; i < sizeof events / sizeof *events; i++)
    if (cz_chars_start(reader, cz_token_at(reader, index)->begin, reader->text.count, events[i]))
      return true;
  return false;
}

static void name_by_post(cz_reader *reader, cz_quantity *q, sides *s) {
  cz_phrase phrase = {0};
  if (s->fresh)
    cz_phrase_add(&phrase, s->left.fresh_begin, s->left.fresh_end);
  add_phrase(&phrase, &s->post.phrase);
  if (of_whole(reader, q)) {
    const cz_token *body = cz_token_at(reader, q->token - 1);
    cz_phrase_add(&phrase, body->begin, body->end);
    q->indicator_suffix = "比重";
  }
  set_indicator(reader, q, phrase);
  q->flow = is_flow_word(&s->left) || s->touches_verb || happens_to(reader, q, &s->post) ||
            comes_about(reader, s->post.last);
}

/* The parts of a coordinated noun before the number, 0 if it names one thing. */
static int32_t read_parts(const cz_reader *reader, const cz_context *x, const sides *s, cz_phrase *parts,
                          int32_t numbers) {
  if (reader->place_count || !(numbers > 1 || x->each || x->all))
    return 0;
  int32_t count = cz_noun_split(reader, &s->left, parts, 8, true);
  if (numbers > 1 && count != numbers) {
    int32_t plain = cz_noun_split(reader, &s->left, parts, 8, false);
    count = plain == numbers ? plain : 0;
  }
  return numbers == 1 && !x->all ? 0 : count;
}

/* One of the two indicators that 城乡 before a noun stands for. */
static void set_dual(const cz_reader *reader, cz_quantity *q, int32_t index) {
  static const char16_t *const words[] = {u"城镇", u"农村"};
  static const char *const names[] = {"城镇", "农村"};
  uint16_t chars[64] = {words[index][0], words[index][1]};
  int64_t n = cz_phrase_copy(reader, &reader->parts[index], chars + 2, 62);
  q->indicator = reader->parts[index];
  q->indicator_prefix = names[index];
  q->indicator_row = cz_indicator_exact(reader, chars, n + 2);
}

static void name_by_left(cz_reader *reader, cz_quantity *q, const cz_context *x, sides *s) {
  const cz_noun *left = &s->left;
  q->flow = is_flow_word(left);
  cz_phrase parts[8];
  int32_t numbers = cz_list_length(reader, q), count = read_parts(reader, x, s, parts, numbers);
  if (count > 1) {
    reader->parts_dual = false;
    cz_parts_complete(reader, parts, count);
    if (s->fresh) {
      cz_phrase fresh = cz_phrase_of(left->fresh_begin, left->fresh_end);
      for (int32_t i = 0; i < count; i++)
        parts[i] = cz_phrase_join(&fresh, cz_phrase_length(&fresh), &parts[i], 0);
    }
    set_indicator(reader, q, parts[0]);
    if (numbers == 1) { /* one number for several nouns: A、B均达100% */
      for (int32_t i = 1; i < count && i <= 7; i++)
        q->more_indicators[q->more_count++] = parts[i];
    } else {
      memcpy(reader->parts, parts, sizeof parts);
      reader->part_count = count;
      reader->parts_head = (int32_t)(q - reader->quantities);
    }
    return;
  }
  if (x->each && numbers == 2 && left->phrase.count == 1 &&
      cz_chars_start(reader, left->phrase.runs[0].begin, left->phrase.runs[0].end, u"城乡") &&
      cz_phrase_length(&left->phrase) > 2) {
    /* 城乡居民收入分别增长4.1%、6%: first the towns, then the country */
    reader->parts[0] = reader->parts[1] =
        cz_phrase_of(left->phrase.runs[0].begin + 2, left->phrase.runs[0].end);
    reader->part_count = 2;
    reader->parts_dual = true;
    reader->parts_head = (int32_t)(q - reader->quantities);
    set_dual(reader, q, 0);
    return;
  }
  cz_phrase phrase = {0};
  /* 授权点新增26个 counts new ones as 新增授权点26个 does; 贷款新增1.9万亿元 is an increase and keeps its
   * order */
  bool first = s->fresh && (left->fresh_end <= left->phrase.runs[0].begin || counted(q));
  if (first)
    cz_phrase_add(&phrase, left->fresh_begin, left->fresh_end);
  if (s->fresh && x->separator == u'、')
    add_level(reader, &left->phrase, &phrase);
  add_phrase(&phrase, &left->phrase);
  if (s->fresh && !first && left->fresh_begin >= left->phrase.runs[left->phrase.count - 1].end)
    cz_phrase_add(&phrase, left->fresh_begin, left->fresh_end);
  set_indicator(reader, q, phrase);
  if (q->indicator_row >= 0 || !reader->last_subject.count)
    return;
  const cz_phrase *earlier = &reader->last_subject;
  /* 城镇人均道路面积达到9.3平方米，农村达到24平方米: one modifier takes the other's place */
  cz_phrase paired;
  if (cz_modifier_exchange(reader, earlier, &phrase, &paired)) {
    set_indicator(reader, q, paired);
    return;
  }
  /* 出口规模突破4万亿元，占全国份额…: a share needs its whole */
  if (reader->text.chars[left->phrase.runs[0].begin] == u'占')
    set_indicator(reader, q, cz_phrase_join(earlier, cz_phrase_length(earlier), &phrase, 0));
  /* 工业项目75个，总投资101.8亿元: of the projects just counted */
  static const char16_t *const sums[] = {u"总投资", u"计划总投资", u"总投资额", u"投资规模"};
  for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
    if (phrase.count == 1 && q->unit_class == CZ_UNIT_MONEY && q > reader->quantities && counted(q - 1) &&
        (x->separator == u'、' || x->separator == u'，') && cz_phrase_ends(reader, earlier, u"项目") &&
        cz_chars_equal(reader->text.chars, phrase.runs[0].begin, phrase.runs[0].end, sums[i])) {
      set_indicator(reader, q, cz_phrase_join(earlier, cz_phrase_length(earlier), &phrase, 0));
      return;
    }
  /* 粮食播种面积…、总产量…: the head of the phrase before completes a known indicator. */
  cz_phrase whole;
  if (q->indicator_row < 0 && !left->governed && (x->separator == u'、' || x->separator == u'，') &&
      cz_phrase_length(&phrase) <= 8 && cz_head_complete(reader, earlier, &phrase, &whole))
    set_indicator(reader, q, whole);
}

/* …达7700亿元，是2015年的1.46倍: the subject of the number before. */
static void name_by_carrying(cz_reader *reader, cz_quantity *q, const cz_context *x, sides *s) {
  cz_phrase phrase = reader->last_subject;
  bool total = q->measure == CZ_MEASURE_LEVEL && !s->fresh && contains_new(reader, &phrase) &&
               (counted(q) || measured(q)) && q > reader->quantities &&
               (q - 1)->unit_class == q->unit_class && !(q - 1)->from && (s->generic || x->reach);
  if (total)
    phrase = without_new(reader, &phrase);
  if (s->generic) {
    /* 增速全省第一, 总数突破2400家: some general nouns stay with the subject they qualify */
    static const char16_t *const kept[] = {u"增速",   u"增幅", u"数量", u"总数", u"增长",
                                           u"增长率", u"占比", u"比重", u"降幅", u"涨幅"};
    const cz_token *token = cz_token_at(reader, s->left.first);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
      if (cz_chars_equal(reader->text.chars, token->begin, token->end, kept[i]))
        cz_phrase_add(&phrase, token->begin, token->end);
    cz_phrase whole;
    if (cz_head_complete(reader, &reader->last_subject, &s->left.phrase, &whole))
      phrase = whole;
  }
  if (s->fresh && q->measure == CZ_MEASURE_LEVEL) {
    if (!contains_new(reader, &phrase))
      cz_phrase_add(&phrase, s->left.fresh_begin, s->left.fresh_end);
    q->flow = true;
  }
  set_indicator(reader, q, phrase);
  bool own = false; /* 我市增长6% after the nation's figure */
  for (int32_t i = s->begin; i < s->end; i++)
    own |= cz_word_has(reader, i, CZ_CUE_OWN);
  if (!q->region.count && !own) {
    q->region = reader->last_region;
    q->region_row = reader->last_region_row;
  }
  q->subject_carried = true;
  q->flow = !total && (q->flow || is_flow_word(&s->left) || s->touches_verb);
}

/* A居全国第2位 … : the noun of the list that belongs to this number of it, where the numbers are ranks, which
 * are read one by one. */
static bool name_by_list(cz_reader *reader, cz_quantity *q, const cz_context *x) {
  if (q->measure != CZ_MEASURE_RANK || x->separator != u'、' || q == reader->quantities)
    return false;
  const cz_quantity *before = q - 1;
  int32_t root = before->list_head >= 0 ? before->list_head : (int32_t)(before - reader->quantities);
  if (before->measure != CZ_MEASURE_RANK || reader->parts_head != root || reader->parts_dual ||
      before->list_index + 1 >= reader->part_count)
    return false;
  q->list_head = root;
  q->list_index = before->list_index + 1;
  set_indicator(reader, q, reader->parts[q->list_index]);
  if (!q->scope.count)
    q->scope = before->scope;
  q->region = before->region;
  q->region_row = before->region_row;
  return true;
}

/* 城镇居民收入2万元，农民收入7750元，分别增长5%和6%: the numbers belong, in order, to the nouns of as many
 * numbers before them. Returns how many nouns were found; `parts` holds them in the order of the text. */
static int32_t earlier_subjects(const cz_reader *reader, const cz_quantity *q, cz_phrase *parts,
                                int32_t wanted) {
  int32_t count = 0;
  for (const cz_quantity *k = q; k-- > reader->quantities && count < wanted;) {
    if (k->role != CZ_ROLE_STATEMENT || k->subject_carried || k->measure == CZ_MEASURE_STREAK)
      continue;
    if (!k->indicator.count || k->indicator_prefix)
      return 0;
    if (!count || !cz_phrase_same(reader, &k->indicator, &parts[count - 1]))
      parts[count++] = k->indicator;
  }
  for (int32_t i = 0; i < count / 2; i++) {
    cz_phrase swapped = parts[i];
    parts[i] = parts[count - 1 - i];
    parts[count - 1 - i] = swapped;
  }
  return count;
}

static bool name_by_order(cz_reader *reader, cz_quantity *q, const cz_context *x, const sides *s) {
  int32_t numbers = cz_list_length(reader, q);
  bool each = x->each;
  for (int32_t i = s->begin; i < s->left.first && s->has_left; i++)
    each |= cz_word_has(reader, i, CZ_CUE_EACH);
  if (!each || numbers < 2 || numbers > 8 || x->separator != u'，' || reader->place_count)
    return false;
  bool share = s->has_left && reader->text.chars[s->left.phrase.runs[0].begin] == u'占';
  if (s->has_left && !share && !(s->generic && q->measure == CZ_MEASURE_RANK))
    return false;
  cz_phrase parts[8];
  if (earlier_subjects(reader, q, parts, numbers) != numbers)
    return false;
  for (int32_t i = 0; share && i < numbers; i++)
    parts[i] = cz_phrase_join(&parts[i], cz_phrase_length(&parts[i]), &s->left.phrase, 0);
  memcpy(reader->parts, parts, sizeof parts);
  reader->part_count = numbers;
  reader->parts_dual = false;
  reader->parts_head = (int32_t)(q - reader->quantities);
  set_indicator(reader, q, parts[0]);
  q->subject_carried = true;
  return true;
}

/* Ranks: the body and the growth that is ranked come from the numbers before. */
static void settle_rank(const cz_reader *reader, cz_quantity *q, const cz_context *x, const sides *s) {
  if (q->measure != CZ_MEASURE_RANK_CHANGE && q->measure != CZ_MEASURE_RANK)
    return;
  if (!q->scope.count)
    q->scope = cz_scope_of_name(reader, &q->indicator);
  if (!q->subject_carried && x->separator != u'、')
    return;
  /* 位居全国第26位、前进8位; 位居全国百强县投资潜力第3、绿色发展第5: the same body */
  for (size_t k = (size_t)(q - reader->quantities); !q->scope.count && k-- > 0;)
    if (reader->quantities[k].role == CZ_ROLE_STATEMENT) {
      if (reader->quantities[k].measure == CZ_MEASURE_RANK)
        q->scope = reader->quantities[k].scope;
      break;
    }
  /* 增长6.2%、居全国第四: the growth is ranked */
  if (q->measure != CZ_MEASURE_RANK || s->generic || q == reader->quantities || !q->subject_carried)
    return;
  const cz_quantity *before = q - 1;
  if (before->role == CZ_ROLE_STATEMENT &&
      (before->measure == CZ_MEASURE_GROWTH ||
       (before->measure == CZ_MEASURE_RANK && before->indicator_suffix))) {
    q->indicator_suffix = "增速";
    q->indicator_row = -1;
  }
}

void cz_subject_read(cz_reader *reader, cz_quantity *q, cz_context *x) {
  cz_scope_read(reader, q, x);
  q->steady = x->steady;
  q->from = x->from;
  q->cumulative = x->cumulative;
  q->average = x->average || x->yearly || x->leading_yearly;
  q->than_token = x->than_token;
  q->list_head = -1;
  sides s;
  memset(&s, 0, sizeof s);
  read_left(reader, q, x, &s);
  read_post(reader, q, x, &s);
  read_region(reader, q, x, &s);
  cz_phrase ignored;
  if (s.has_left && counted(q) && only_building(reader, &s.left) &&
      (said_before(reader, q) || earlier_clause(reader, q, x, &ignored))) {
    s.has_left = false;
    s.left.governed = true;
  }

  if (s.use_post) {
    name_by_post(reader, q, &s);
  } else if (name_by_order(reader, q, x, &s) || (!s.has_left && name_by_list(reader, q, x))) {
    q->flow = is_flow_word(&s.left);
  } else if (s.has_left && !s.generic) {
    name_by_left(reader, q, x, &s);
  } else if (clause_object(reader, q, x, &q->indicator)) {
    set_indicator(reader, q, q->indicator);
    q->subject_carried = true;
    q->flow = is_flow_word(&s.left) || s.touches_verb;
  } else if (x->separator == u'，' &&
             clause_subject(reader, x->zone_begin - 1,
                            x->from || cz_word_has(reader, x->zone_begin, CZ_CUE_FROM), &q->indicator)) {
    /* 粮食总产量在上年大幅度增长的基础上，又增产291亿斤 */
    set_indicator(reader, q, q->indicator);
    q->subject_carried = true;
    q->flow = is_flow_word(&s.left) || s.touches_verb;
  } else if (earlier_clause(reader, q, x, &q->indicator)) {
    set_indicator(reader, q, q->indicator);
    q->subject_carried = true;
    q->flow = is_flow_word(&s.left) || s.touches_verb;
  } else if (reader->last_subject.count) {
    name_by_carrying(reader, q, x, &s);
  } else if (s.generic) {
    set_indicator(reader, q, s.left.phrase);
  }

  if (s.left.falling && q->measure == CZ_MEASURE_LEVEL && !s.use_post && q->unit_class != CZ_UNIT_PERCENT) {
    q->measure = CZ_MEASURE_CHANGE; /* 减少贫困人口100万人 */
    q->sign = -1;
  }
  if (s.left.fell && !x->reach && !x->from && q->unit_class == CZ_UNIT_PERCENT &&
      q->measure == CZ_MEASURE_LEVEL && !s.use_post) {
    q->measure = CZ_MEASURE_GROWTH; /* 压减收费项目60%以上 */
    q->sign = -1;
  }
  if (q->cumulative) {
    const cz_indicator *row = cz_lexicon_indicator(reader->lexicon, q->indicator_row);
    q->flow |= !x->reach || !row || strcmp(row->nature, "stock") != 0;
  }
  if (q->measure == CZ_MEASURE_LEVEL && (counted(q) || measured(q)) && contains_new(reader, &q->indicator))
    q->flow = true;
  if (q > reader->quantities && (q - 1)->from && q->subject_carried) {
    q->flow = false; /* 从X提高到Y */
    if (!q->per[0] && (q - 1)->unit_class == q->unit_class)
      q->per = (q - 1)->per;
  }
  reader->row_flow = q->flow && q->measure == CZ_MEASURE_LEVEL;
  reader->row_fresh_begin = s.fresh ? s.left.fresh_begin : 0;
  reader->row_fresh_end = s.fresh ? s.left.fresh_end : 0;
  if (s.left.part)
    q->relation = CZ_RELATION_PART_OF;
  settle_rank(reader, q, x, &s);
  if ((q->unit_class == CZ_UNIT_PERCENT || q->special == CZ_SPECIAL_FRACTION) &&
      q->measure == CZ_MEASURE_LEVEL && q->indicator_row < 0 && lacks_share_noun(reader, &q->indicator))
    q->indicator_suffix =
        cz_phrase_ends(reader, &q->indicator, u"占") ? "比" : "比重"; /* 产值占农业总产值超过88% */
  name_economy(reader, q);
  if (q->measure != CZ_MEASURE_RANK || !q->subject_carried)
    remember(reader, q);
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
  if (reader->parts_head == root && q->list_index < reader->place_count)
    q->region = reader->places[q->list_index];
  if (reader->parts_head == root && q->list_index < reader->part_count) {
    if (reader->parts_dual)
      set_dual(reader, q, q->list_index);
    else
      set_indicator(reader, q, reader->parts[q->list_index]);
  } else {
    cz_noun post = cz_noun_behind(reader, q);
    q->indicator = head->indicator;
    q->indicator_row = head->indicator_row;
    if (counted(q) && post.first < post.last && cz_phrase_length(&post.phrase) >= 2)
      set_indicator(reader, q, post.phrase);
    q->subject_carried = true;
  }
  remember(reader, q);
}

void cz_subject_threshold(cz_reader *reader, cz_quantity *q) {
  q->list_head = -1;
  q->than_token = -1;
  /* The noun of size before the number, also across an earlier number of the list; else what the criterion
   * selects. */
  for (int32_t i = q->token - 1, steps = 0; i >= 0 && steps < 6; i--, steps++) {
    const cz_token *token = cz_token_at(reader, i);
    if (token->type == CZ_TOKEN_NUMBER || cz_mark_at(reader, i, u'、') || cz_word_has(reader, i, CZ_CUE_CONN))
      continue;
    if (token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_THRESHOLDNOUN)) {
      int32_t first = i;
      while (first > 0 &&
             (cz_token_at(reader, first - 1)->type == CZ_TOKEN_TEXT ||
              cz_token_at(reader, first - 1)->type == CZ_TOKEN_INDICATOR ||
              cz_word_has(reader, first - 1, CZ_CUE_THRESHOLDNOUN)) &&
             cz_token_at(reader, i)->end - cz_token_at(reader, first - 1)->begin <= 14)
        first--;
      while (first < i && cz_strips_left(reader, first))
        first++;
      set_indicator(reader, q, cz_phrase_of(cz_token_at(reader, first)->begin, token->end));
      q->indicator_row = -1;
      return;
    }
    break;
  }
  cz_noun post = cz_noun_behind(reader, q);
  int32_t stop = post.first;
  if (post.first < post.last && cz_word_has(reader, post.first, CZ_CUE_CRITERION)) {
    stop = post.first + 1; /* 1万元|标准|建档立卡…: the criterion is the cz_noun */
  } else {
    while (stop < post.last && !cz_word_has(reader, stop, CZ_CUE_SIZENOUN) &&
           !cz_word_has(reader, stop, CZ_CUE_OWN))
      stop++;
    if (stop < post.last && cz_word_has(reader, stop, CZ_CUE_SIZENOUN))
      stop++;
  }
  if (stop > post.first)
    set_indicator(reader, q,
                  cz_phrase_of(cz_token_at(reader, post.first)->begin, cz_token_at(reader, stop - 1)->end));
  q->indicator_row = -1;
}

int32_t cz_subject_phrases(cz_reader *reader, int32_t begin, int32_t end, cz_phrase *parts, int32_t limit) {
  cz_noun n = cz_noun_before(reader, begin, end, true, true, false);
  if (n.first >= n.last)
    return 0;
  int32_t count = cz_noun_split(reader, &n, parts, limit, true);
  if (count > 1) {
    cz_parts_complete(reader, parts, count);
    return count;
  }
  parts[0] = n.phrase;
  return 1;
}
