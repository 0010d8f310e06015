/* period.c: when, and whether done or promised.
 *
 * Frames nest: the section says review or outlook, the paragraph's first clause says which years (五年来,
 * 2020年, 今年), and a time phrase inside a sentence (到2025年, 十年增加, 2月底) rules from where it stands
 * to the sentence's end.
 */
#include <string.h>

#include "internal.h"

static const cz_token *tok(const cz_reader *reader, int64_t index) {
  return index >= 0 && index < (int64_t)reader->token_count ? &reader->tokens[index] : NULL;
}

static bool has(const cz_token *token, int klass) {
  return token && token->type == CZ_TOKEN_WORD && CZ_HAS(token, klass);
}

static bool text_is(const cz_reader *reader, const cz_token *token, const char16_t *word) {
  return token && cz_chars_equal(reader->text.chars, token->begin, token->end, word);
}

/* A year, a month or a number of years; 0, which means none, for a number that can be none of these. */
static int32_t whole_of(cz_decimal value) {
  double number = cz_decimal_to_double(value);
  return number < 10000 ? (int32_t)(number + 0.5) : 0;
}

static int32_t number_of(const cz_quantity *q) {
  return whole_of(q->lo);
}

/* The n-th five-year plan: 十三五 (n = 13) is 2016 … 2020. */
static void plan_years(int32_t n, int32_t *start, int32_t *end) {
  *start = 2016 + 5 * (n - 13);
  *end = *start + 4;
}

static cz_frame annual(int32_t year, cz_mode mode) {
  return (cz_frame){.mode = mode, .start = year, .end = year};
}

static cz_frame span(int32_t start, int32_t end, cz_mode mode) {
  return (cz_frame){.mode = mode, .start = start, .end = end, .plan = start < end};
}

/* ---- sections ---- */

static bool contains_any(const cz_reader *reader, int64_t begin, int64_t end, const char16_t *const *words,
                         size_t count) {
  for (size_t i = 0; i < count; i++)
    if (cz_chars_find(reader, begin, end, words[i]) >= 0)
      return true;
  return false;
}

/* Plan named in [begin, end): 十三五 → 13; 0 if none. The last one named counts. */
static int32_t plan_in(const cz_reader *reader, int64_t begin, int64_t end) {
  int32_t found = 0;
  for (int64_t at = begin; at < end; at++) {
    cz_hit hit;
    int32_t n = cz_lexicon_longest(reader->lexicon, reader->text.chars + at, end - at, CZ_WORD_CUE, &hit);
    if (!n)
      continue;
    for (int32_t i = 0; i < hit.sense_count; i++)
      if (hit.senses[i].vocabulary == CZ_WORD_CUE && hit.senses[i].klass == CZ_CUE_PLAN) {
        found = hit.senses[i].value;
        at += n - 1;
        break;
      }
  }
  return found;
}

/* A four-digit year in [begin, end) at or after `from`, 0 if none. */
static int32_t year_in(const cz_reader *reader, int64_t begin, int64_t end) {
  for (int64_t at = begin; at + 4 <= end; at++) {
    if (!(reader->text.kind[at] & CZ_CHAR_DIGIT))
      continue;
    cz_numeral n;
    if (!cz_numeral_read(reader->text.chars + at, end - at, &n))
      continue;
    if (n.digits == 4) {
      int32_t year = (int32_t)cz_decimal_to_double(n.value);
      if (year >= 1949 && year <= 2100)
        return year;
    }
    at += n.length - 1;
  }
  return 0;
}

void cz_period_section(cz_reader *reader, const cz_line *line) {
  static const char16_t *const review[] = {u"回顾", u"过去",       u"成就", u"成绩",     u"工作情况",
                                           u"总结", u"主要工作和", u"以来", u"发展历程", u"工作报告"};
  static const char16_t *const outlook[] = {
      u"目标", u"安排",     u"今年",   u"重点工作", u"今后", u"未来", u"建议", u"思路", u"部署", u"展望",
      u"打算", u"总体要求", u"下一步", u"重点任务", u"任务", u"预期", u"规划", u"蓝图", u"方针", u"明年"};
  if (line->level > 1)
    return; /* sub-headings stay inside their section's frame */
  reader->enumerated = false;
  int64_t begin = line->begin, end = line->end;
  int32_t year = reader->year;
  bool is_review = contains_any(reader, begin, end, review, sizeof review / sizeof *review);
  bool is_outlook = contains_any(reader, begin, end, outlook, sizeof outlook / sizeof *outlook);
  int32_t plan = plan_in(reader, begin, end);
  int32_t named = year_in(reader, begin, end);
  bool five = cz_chars_find(reader, begin, end, u"五年") >= 0;
  if (year && named == year && is_review && !is_outlook) {
    /* A report delivered in December reviews the year of its date: what is to come begins a year later. */
    reader->year = ++year;
  }
  int32_t start = 0, stop = 0;
  if (plan)
    plan_years(plan, &start, &stop);
  cz_mode mode = reader->section_frame.mode;
  if (is_review && !is_outlook)
    mode = CZ_MODE_REVIEW;
  else if (is_outlook && !is_review)
    mode = CZ_MODE_OUTLOOK;
  else if (named && year)
    mode = named < year ? CZ_MODE_REVIEW : CZ_MODE_OUTLOOK;
  else if (plan && year && stop >= year && (start >= year || !is_review))
    mode = CZ_MODE_OUTLOOK;
  else if (is_review)
    mode = CZ_MODE_REVIEW;
  else if (!is_outlook && !plan && !named) {
    /* A heading of a task (一、扩大内需) says nothing about time. */
    reader->paragraph_frame = reader->frame = reader->section_frame;
    return;
  }
  if (named && year && named >= year && !is_review)
    mode = CZ_MODE_OUTLOOK;
  if (!year) {
    reader->section_frame = (cz_frame){.mode = mode};
    reader->paragraph_frame = reader->frame = reader->section_frame;
    return;
  }
  cz_frame frame;
  if (mode == CZ_MODE_REVIEW) {
    if (named && named < year)
      frame = annual(named, mode);
    else if (plan && start < year && !named)
      frame = span(start, stop < year ? stop : year - 1, mode);
    else if (five && !named && cz_chars_find(reader, begin, end, u"一年") < 0)
      frame = span(year - 5, year - 1, mode);
    else
      frame = annual(year - 1, mode);
  } else {
    if (named >= year && !plan)
      frame = annual(named, mode);
    else if (plan && stop >= year && !(named >= year))
      frame = span(start >= year ? start : year, stop, mode);
    else if (five)
      frame = span(year, year + 4, mode);
    else
      frame = annual(year, mode);
    if (plan && stop >= year && start < year && frame.plan)
      frame.start = start;
  }
  reader->section_frame = reader->paragraph_frame = reader->frame = frame;
}

/* ---- time phrases of a sentence ---- */

/* 3.5亿千瓦，是1950年到2002年53年的总和: the years are what the number is compared with. */
static bool is_summed(const cz_reader *reader, const cz_token *token) {
  int64_t stop = token->end + 12 < reader->text.count ? token->end + 12 : reader->text.count;
  for (int64_t at = token->end; at + 1 < stop; at++) {
    char16_t c = (char16_t)reader->text.chars[at];
    if (c == u'，' || c == u'。' || c == u'；')
      return false;
    if (cz_chars_start(reader, at, stop, u"总和") || cz_chars_start(reader, at, stop, u"之和"))
      return true;
  }
  return false;
}

/* The token before the name of a plan at `index`, past the quotation mark. */
static const cz_token *before_plan(const cz_reader *reader, int64_t index) {
  const cz_token *token = tok(reader, index - 1);
  if (token && token->type == CZ_TOKEN_TEXT && token->end - token->begin == 1 &&
      reader->text.chars[token->begin] == u'“')
    token = tok(reader, index - 2);
  return token;
}

/* Is the plan named as what something is compared with? */
static bool compared_plan(const cz_reader *reader, int64_t index) {
  const cz_token *before = before_plan(reader, index);
  if (has(before, CZ_CUE_THAN) || has(before, CZ_CUE_COMPARE))
    return true;
  if (!text_is(reader, before, u"是") && !text_is(reader, before, u"为") &&
      !text_is(reader, before, u"相当于"))
    return false;
  for (int64_t i = index + 1; i <= index + 3; i++)
    if (has(tok(reader, i), CZ_CUE_OF))
      return true;
  return false;
}

/* What the time token at `index` says, given the running frame. Returns false if it does not set the time. */
static bool time_phrase(const cz_reader *reader, int64_t index, const cz_frame *now, cz_frame *out,
                        int32_t *month) {
  const cz_token *token = tok(reader, index), *before = tok(reader, index - 1),
                 *after = tok(reader, index + 1);
  int32_t year = reader->year;
  *out = *now;
  *month = 0;
  if (token->type == CZ_TOKEN_NUMBER) {
    const cz_quantity *q = &reader->quantities[token->quantity];
    if (is_summed(reader, token))
      return false;
    if (q->special == CZ_SPECIAL_YEAR && q->role == CZ_ROLE_DATE) {
      bool since = cz_chars_start(reader, token->end, reader->text.count, u"以来") ||
                   ((has(before, CZ_CUE_FROM) ||
                     (before && cz_chars_end(reader, before->begin, before->end, u"自"))) &&
                    (cz_chars_start(reader, token->end, reader->text.count, u"起") ||
                     cz_chars_start(reader, token->end, reader->text.count, u"开始")));
      if (since && now->mode == CZ_MODE_REVIEW) {
        /* 为1985年以来最高 only compares; 2013年以来新增… counts from there on */
        static const char16_t *const records[] = {u"最", u"首", u"的", u"新高", u"新低"};
        const int32_t from = number_of(q);
        bool compares = text_is(reader, before, u"为") || text_is(reader, before, u"是") ||
                        text_is(reader, before, u"创");
        for (size_t i = 0; i < sizeof records / sizeof *records; i++)
          compares |= cz_chars_start(reader, token->end + 2, reader->text.count, records[i]);
        if (compares || !year || from >= year - 1)
          return false;
        *out = span(from, now->end ? now->end : year - 1, CZ_MODE_REVIEW);
        return true;
      }
      if (has(before, CZ_CUE_THAN) ||
          (has(after, CZ_CUE_THAN) && cz_chars_start(reader, after->begin, after->end, u"相比")))
        return false;
      if ((text_is(reader, before, u"是") || text_is(reader, before, u"相当于") ||
           text_is(reader, before, u"为")) &&
          has(after, CZ_CUE_OF))
        return false;
      const cz_token *second = tok(reader, index + 2);
      if ((text_is(reader, after, u"至") || text_is(reader, after, u"到")) && second &&
          second->type == CZ_TOKEN_NUMBER && reader->quantities[second->quantity].special == CZ_SPECIAL_YEAR)
        return false; /* the second year of 2018年至2020年 sets both */
      const cz_token *first = tok(reader, index - 2);
      bool to = text_is(reader, before, u"至") || text_is(reader, before, u"到") ||
                (before && before->type == CZ_TOKEN_MARK && before->mark == u'—');
      if (to && first && first->type == CZ_TOKEN_NUMBER &&
          reader->quantities[first->quantity].special == CZ_SPECIAL_YEAR &&
          number_of(&reader->quantities[first->quantity]) < number_of(q)) {
        *out = span(number_of(&reader->quantities[first->quantity]), number_of(q),
                    now->mode); /* 2018年至2020年 */
        return true;
      }
      if (q->range) {
        *out = span(number_of(q), whole_of(q->hi), now->mode);
      } else {
        int32_t y = number_of(q);
        if (year && y > year && now->plan && y == now->end) {
          *out = *now; /* 到2025年 inside the plan that ends in 2025 */
        } else if (year && y > year) {
          int32_t start = now->plan && now->start <= y ? now->start : year;
          *out = span(start, y, CZ_MODE_OUTLOOK);
        } else if (has(before, CZ_CUE_REACH) && text_is(reader, before, u"到") && now->plan &&
                   y == now->end) {
          *out = *now;
        } else {
          *out = annual(y, year && y < year ? CZ_MODE_REVIEW : now->mode);
        }
      }
      out->target = now->target;
      if (out->mode == CZ_MODE_REVIEW)
        out->target = false;
      return true;
    }
    if (q->special == CZ_SPECIAL_MONTH && q->role == CZ_ROLE_DATE) {
      const cz_token *next = tok(reader, index + 1);
      if (next && next->type == CZ_TOKEN_NUMBER &&
          reader->quantities[next->quantity].special == CZ_SPECIAL_DAY)
        return false;
      if (next && cz_chars_start(reader, next->begin, reader->text.count, u"以来"))
        return false;
      *month = number_of(q);
      if (q->range)
        *month = *month * 100 + whole_of(q->hi); /* 1—11月 */
      if (now->plan && year)
        *out = annual(now->end < year ? now->end : year, now->mode);
      return true;
    }
    if (q->special == CZ_SPECIAL_SPAN && q->role == CZ_ROLE_OTHER && year) {
      int32_t n = number_of(q);
      int64_t end = q->unit_end;
      bool future = false, past = false;
      if (before) {
        future = cz_chars_end(reader, before->begin, before->end, u"今后") ||
                 cz_chars_end(reader, before->begin, before->end, u"未来") ||
                 cz_chars_end(reader, before->begin, before->end, u"接下来");
        past = cz_chars_end(reader, before->begin, before->end, u"过去") ||
               cz_chars_end(reader, before->begin, before->end, u"过去的") ||
               cz_chars_end(reader, before->begin, before->end, u"近") ||
               cz_chars_end(reader, before->begin, before->end, u"这");
        if (cz_chars_end(reader, before->begin, before->end, u"提前") ||
            cz_chars_end(reader, before->begin, before->end, u"每") ||
            cz_chars_end(reader, before->begin, before->end, u"满") ||
            cz_chars_end(reader, before->begin, before->end, u"再") ||
            cz_chars_end(reader, before->begin, before->end, u"用") ||
            cz_chars_end(reader, before->begin, before->end, u"延长") ||
            cz_chars_end(reader, before->begin, before->end, u"第") ||
            cz_chars_end(reader, before->begin, before->end, u"“"))
          return false;
      }
      if (reader->text.chars[q->begin] == u'近')
        past = true;
      if (cz_chars_start(reader, end, reader->text.count, u"前") &&
          !cz_chars_start(reader, end, reader->text.count, u"前进"))
        return false;
      if (cz_chars_start(reader, end, reader->text.count, u"来") ||
          cz_chars_start(reader, end, reader->text.count, u"多来") ||
          cz_chars_start(reader, end, reader->text.count, u"间") ||
          cz_chars_start(reader, end, reader->text.count, u"以来"))
        past = true;
      if (cz_chars_start(reader, end, reader->text.count, u"内")) {
        if (now->mode == CZ_MODE_REVIEW)
          return false;
        future = true; /* 五年内投入200亿元 */
      }
      if (n < 1 || n > 60)
        return false;
      if (has(before, CZ_CUE_THAN))
        return false;
      if (n == 1) {
        if (!past && !future)
          return false;
        *out = future ? annual(year, CZ_MODE_OUTLOOK) : annual(year - 1, CZ_MODE_REVIEW);
        return true;
      }
      if (q->begin != q->number_begin && reader->text.chars[q->begin] != u'近')
        return false;
      if (future || (now->mode == CZ_MODE_OUTLOOK && !past)) {
        if (now->plan && n == 5)
          return false; /* the section's plan already says which five years */
        if (!future && n != 5)
          return false;
        *out = span(year, year + n - 1, CZ_MODE_OUTLOOK);
      } else {
        if (now->mode == CZ_MODE_OUTLOOK && n != 5 && n != 10)
          return false;
        *out = span(year - n, year - 1, CZ_MODE_REVIEW);
        if (now->plan && n == 5 && now->mode == CZ_MODE_REVIEW && now->end - now->start == 4)
          *out = *now;
      }
      out->target = now->target && out->mode == CZ_MODE_OUTLOOK;
      return true;
    }
    return false;
  }
  if (token->type != CZ_TOKEN_WORD || !year)
    return false;
  if (CZ_HAS(token, CZ_CUE_TIME)) {
    int16_t value = cz_token_value(token, CZ_CUE_TIME);
    if (has(before, CZ_CUE_THAN))
      return false;
    if (value == -1 && has(after, CZ_CUE_OF) &&
        (text_is(reader, before, u"是") || text_is(reader, before, u"为") ||
         text_is(reader, before, u"相当于")))
      return false; /* 是上年的3.2倍 */
    if (value == 100) {
      if (!now->plan)
        return true; /* ends what a month began: 2月底…，全年… */
      *out = annual(now->mode == CZ_MODE_REVIEW ? (now->end < year ? now->end : year - 1) : year, now->mode);
    } else if (value == 101) {
      if (now->mode == CZ_MODE_OUTLOOK)
        *out = annual(year - 1, CZ_MODE_REVIEW);
      else
        return false;
    } else {
      int32_t y = year + value;
      *out = annual(y, y < year ? CZ_MODE_REVIEW : CZ_MODE_OUTLOOK);
      out->target = now->target && y >= year;
    }
    return true;
  }
  if (CZ_HAS(token, CZ_CUE_SUBPERIOD)) {
    *month = -cz_token_value(token, CZ_CUE_SUBPERIOD);
    if (now->plan)
      *out = annual(now->end < year ? now->end : year, now->mode);
    return true;
  }
  if (CZ_HAS(token, CZ_CUE_SPANTIME)) {
    *out = span(year - cz_token_value(token, CZ_CUE_SPANTIME), year - 1, CZ_MODE_REVIEW);
    return true;
  }
  if (CZ_HAS(token, CZ_CUE_PLAN)) {
    int32_t start, end;
    if (compared_plan(reader, index))
      return false; /* 是“十五”期末的1.9倍, 比“九五”期间高8个百分点 */
    plan_years(cz_token_value(token, CZ_CUE_PLAN), &start, &end);
    /* “十四五”规划, “十四五”开局 name the plan; 时期, 以来, 期间, 末 set the time. */
    int64_t k = index + 1;
    if (tok(reader, k) && tok(reader, k)->type == CZ_TOKEN_TEXT &&
        reader->text.chars[tok(reader, k)->begin] == u'”') {
      if (tok(reader, k)->end - tok(reader, k)->begin == 1)
        k++;
    }
    const cz_token *next = tok(reader, k);
    int64_t from = next ? next->begin : token->end;
    if (next && next->type == CZ_TOKEN_TEXT && reader->text.chars[from] == u'”')
      from++;
    static const char16_t *const names[] = {u"规划", u"开局",     u"收官", u"目标", u"重大", u"国家",
                                            u"纲要", u"规划纲要", u"胜利", u"圆满", u"谋划", u"布局",
                                            u"谋篇", u"良好",     u"各项", u"主要"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
      if (cz_chars_start(reader, from, reader->text.count, names[i]))
        return false;
    if (cz_chars_start(reader, from, reader->text.count, u"末") ||
        cz_chars_start(reader, from, reader->text.count, u"期末")) {
      if (end >= year)
        *out = span(start >= year ? start : year, end, CZ_MODE_OUTLOOK);
      else
        *out = annual(end, CZ_MODE_REVIEW);
      return true;
    }
    if (end < year)
      *out = span(start, end, CZ_MODE_REVIEW);
    else if (start >= year || now->mode == CZ_MODE_OUTLOOK)
      *out = span(start, end, CZ_MODE_OUTLOOK);
    else
      *out = span(start, year - 1, CZ_MODE_REVIEW);
    out->target = now->target && out->mode == CZ_MODE_OUTLOOK;
    return true;
  }
  return false;
}

/* Words by which a paragraph turns from what was done to what will be done. */
static bool turns_to_outlook(const cz_reader *reader, int64_t begin, int64_t end) {
  static const char16_t *const words[] = {
      u"今年是",           u"做好今年", u"今年工作的总体要求", u"今年的工作",   u"今年工作", u"今年要",
      u"今年经济社会发展", u"今年发展", u"今年国民经济",       u"今年政府工作", u"新的一年", u"今后五年",
      u"下一步",           u"今年全市", u"今年全省",           u"今年，",       u"今年我们"};
  int64_t stop = begin + 60 < end ? begin + 60 : end;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (cz_chars_find(reader, begin, stop, words[i]) >= 0)
      return true;
  return false;
}

static bool starts_with_year(const cz_reader *reader, int64_t begin, int64_t end, int32_t year) {
  if (!year || begin + 5 > end)
    return false;
  cz_numeral n;
  if (!cz_numeral_read(reader->text.chars + begin, end - begin, &n) || n.digits != 4)
    return false;
  return (int32_t)cz_decimal_to_double(n.value) == year && reader->text.chars[begin + n.length] == u'年';
}

void cz_period_paragraph(cz_reader *reader, const cz_line *line) {
  reader->frame = reader->paragraph_frame;
  reader->frame.target = false;
  /* Under a heading of goals (二、“十四五”时期主要目标, 2021年主要预期目标) every figure is one, up to the
   * first sub-heading. */
  const cz_section *section = &reader->path[0];
  char16_t first = (char16_t)reader->text.chars[line->begin];
  if (first == u'（' || first == u'(')
    reader->enumerated = true;
  if (!line->level && !reader->enumerated && reader->section_frame.mode == CZ_MODE_OUTLOOK &&
      section->level && !reader->path[1].level &&
      ((reader->section_frame.plan && cz_chars_find(reader, section->begin, section->end, u"目标") >= 0) ||
       cz_chars_find(reader, section->begin, section->end, u"预期目标") >= 0))
    reader->frame.target = true;
  if (reader->section_frame.mode != CZ_MODE_REVIEW || !reader->year)
    return;
  if (turns_to_outlook(reader, line->begin, line->end) ||
      starts_with_year(reader, line->begin, line->end, reader->year)) {
    reader->section_frame = reader->paragraph_frame = reader->frame = annual(reader->year, CZ_MODE_OUTLOOK);
  }
}

/* ---- the sentence ---- */

/* Does nothing but 过去, 刚刚过去的, 今后, a quotation mark or a dash stand before token `index`? */
static bool opens_sentence(const cz_reader *reader, int64_t index) {
  static const char16_t *const words[] = {u"过去", u"过去的",     u"刚刚过去的", u"刚刚过去", u"今后",
                                          u"未来", u"这",         u"近",         u"“",        u"——",
                                          u"—",    u"在过去的",   u"回顾",       u"回顾过去", u"回顾过去的",
                                          u"最近", u"即将过去的", u"已经过去的", u"展望"};
  if (index == 0)
    return true;
  int64_t begin = tok(reader, 0)->begin, end = tok(reader, index)->begin;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (cz_chars_equal(reader->text.chars, begin, end, words[i]))
      return true;
  return false;
}

/* “十三五”时期是…, “十三五”的五年极不平凡: the plan whose years the sentence speaks of. */
static bool names_span(const cz_reader *reader, const cz_token *token) {
  static const char16_t *const spans[] = {u"时期", u"期间", u"的五年", u"这五年", u"五年"};
  if (token->type != CZ_TOKEN_WORD || !CZ_HAS(token, CZ_CUE_PLAN))
    return false;
  int64_t at = token->end, end = reader->text.count;
  if (cz_chars_start(reader, at, end, u"”"))
    at++;
  for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
    if (cz_chars_start(reader, at, end, spans[i])) {
      for (size_t k = 0; spans[i][k]; k++)
        at++;
      break;
    }
  if (cz_chars_start(reader, at, end, u"，"))
    at++;
  return cz_chars_start(reader, at, end, u"是") || cz_chars_start(reader, at, end, u"极");
}

/* A sentence that opens with a time phrase and a comma (五年来，…; 2024年，…) sets the frame of the
 * paragraph. */
static void set_frame_from_opening(cz_reader *reader) {
  cz_frame frame = reader->frame;
  for (int64_t i = 0; i < (int64_t)reader->token_count && i < 10; i++) {
    const cz_token *token = tok(reader, i);
    if (token->type == CZ_TOKEN_MARK) {
      if (token->mark == u'—' || token->mark == u'、')
        continue;
      return;
    }
    int32_t month;
    cz_frame next;
    if (time_phrase(reader, i, &frame, &next, &month)) {
      if (month)
        return;
      if (token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_TIME) &&
          cz_token_value(token, CZ_CUE_TIME) >= 100)
        return;
      /* the clause must be little more than the time phrase */
      int64_t k = i + 1;
      while (tok(reader, k) && tok(reader, k)->type != CZ_TOKEN_MARK)
        k++;
      const cz_token *mark = tok(reader, k);
      int64_t length = (mark ? mark->begin : token->end) - tok(reader, 0)->begin;
      bool opening = mark && mark->mark == u'，' && length <= 14;
      bool topic = mark && length <= 40 && tok(reader, i + 1) &&
                   (text_is(reader, tok(reader, i + 1), u"是") ||
                    cz_chars_start(reader, tok(reader, i)->end, reader->text.count, u"极") ||
                    names_span(reader, tok(reader, i)));
      if (!opening && !topic)
        return;
      if (!opens_sentence(reader, i))
        return;
      reader->frame = next;
      bool looks_back = next.mode == CZ_MODE_REVIEW && reader->section_frame.mode == CZ_MODE_OUTLOOK;
      if (reader->sentence_in_line <= 1 && !looks_back)
        reader->paragraph_frame = next;
      return;
    }
    if (token->type == CZ_TOKEN_NUMBER)
      return;
    if (token->end - tok(reader, 0)->begin > 16)
      return;
  }
}

static bool is_strong_target_word(const cz_reader *reader, int64_t index) {
  const cz_token *token = tok(reader, index);
  if (cz_chars_find(reader, token->begin, token->end, u"预期") >= 0 ||
      cz_chars_find(reader, token->begin, token->end, u"今年") >= 0)
    return true;
  if (cz_chars_find(reader, token->begin, token->end, u"主要") >= 0)
    return true;
  if (cz_chars_end(reader, token->begin, token->end, u"是") ||
      cz_chars_end(reader, token->begin, token->end, u"为"))
    return true;
  const cz_token *next = tok(reader, index + 1);
  return has(next, CZ_CUE_REACH) || (next && next->type == CZ_TOKEN_MARK && next->mark == u'：');
}

static bool explicit_base(const cz_reader *reader, const cz_quantity *q, int32_t *base) {
  /* 比2015年, 较五年前, 是2015年的1.46倍: the nearest date or span before the number in its clause that has a
   * comparing word. */
  for (int64_t i = q->token - 1, steps = 0; i >= 0 && steps < 10; i--, steps++) {
    const cz_token *token = tok(reader, i);
    if (token->type == CZ_TOKEN_MARK)
      return false;
    if (token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_PLAN) && steps < 8) {
      if (!compared_plan(reader, i))
        continue;
      int32_t start, end;
      plan_years(cz_token_value(token, CZ_CUE_PLAN), &start, &end);
      *base = end;
      return true;
    }
    if (token->type != CZ_TOKEN_NUMBER)
      continue;
    const cz_quantity *date = &reader->quantities[token->quantity];
    if (date->role == CZ_ROLE_STATEMENT)
      return false;
    const cz_token *before = tok(reader, i - 1);
    bool compares = has(before, CZ_CUE_THAN) || text_is(reader, before, u"是") ||
                    text_is(reader, before, u"为") || text_is(reader, before, u"相当于") ||
                    text_is(reader, before, u"达到") || text_is(reader, before, u"达") ||
                    text_is(reader, before, u"在");
    if (!compares)
      continue;
    if (date->special == CZ_SPECIAL_YEAR) {
      if (text_is(reader, before, u"在") ||
          ((text_is(reader, before, u"达到") || text_is(reader, before, u"达")) &&
           !has(tok(reader, i + 1), CZ_CUE_OF)))
        continue;
      *base = number_of(date);
      return true;
    }
    if (date->special == CZ_SPECIAL_SPAN &&
        cz_chars_start(reader, date->unit_end, reader->text.count, u"前") && reader->year) {
      *base = reader->year - 1 - number_of(date);
      return true;
    }
  }
  return false;
}

/* 是上年的3.2倍, 比去年翻一番 */
static bool of_last_year(const cz_reader *reader, const cz_quantity *q) {
  for (int64_t i = q->token - 1; i >= 0 && q->token - i <= 4; i--) {
    const cz_token *token = tok(reader, i);
    if (token->type == CZ_TOKEN_MARK || token->type == CZ_TOKEN_NUMBER)
      return false;
    if (has(token, CZ_CUE_TIME) && cz_token_value(token, CZ_CUE_TIME) == -1)
      return true;
    if (has(token, CZ_CUE_THAN) && token->end - token->begin >= 2)
      return true;
  }
  return false;
}

/* 五年|新增电力装机3.5亿千瓦, 五年中央财政用于科技的投入: a span that heads its clause, without 来 or a
 * comma, is summed over. */
static bool heads_total(const cz_reader *reader, const cz_token *token, const cz_frame *frame) {
  static const char16_t *const runs[] = {u"来", u"多来", u"以来", u"间", u"前", u"后", u"，", u"的"};
  if (token->type != CZ_TOKEN_NUMBER || frame->mode != CZ_MODE_REVIEW || !frame->plan ||
      reader->quantities[token->quantity].special != CZ_SPECIAL_SPAN)
    return false;
  for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
    if (cz_chars_start(reader, token->end, reader->text.count, runs[i]))
      return false;
  return true;
}

static bool may_be_total(const cz_reader *reader, const cz_quantity *q) {
  if (q->measure != CZ_MEASURE_LEVEL || q->from || q->steady || q->unit_class == CZ_UNIT_PERCENT ||
      (q > reader->quantities && (q - 1)->from && q->subject_carried))
    return false;
  const cz_indicator *row = cz_lexicon_indicator(reader->lexicon, q->indicator_row);
  return !row || strcmp(row->nature, "flow") == 0;
}

/* 五年累计退耕还林3191万公顷，退牧还草3460万公顷: the total of the clause before goes on in the same unit. */
static bool continues_total(const cz_reader *reader, const cz_quantity *q) {
  if (q == reader->quantities || q->unit_row < 0 || has(tok(reader, q->token - 1), CZ_CUE_REACH))
    return false;
  const cz_quantity *before = q - 1;
  if (before->role != CZ_ROLE_STATEMENT || !(before->cumulative || before->flow) ||
      before->measure != CZ_MEASURE_LEVEL || before->unit_row != q->unit_row || !may_be_total(reader, q))
    return false;
  for (int64_t i = before->token + 1; i < q->token; i++)
    if (tok(reader, i)->type == CZ_TOKEN_MARK &&
        (tok(reader, i)->mark == u'；' || tok(reader, i)->mark == u'。'))
      return false;
  return true;
}

/* 多年累计改造棚户区住房4200万套: nobody says since when, so the total is one up to the end. */
static bool since_long(const cz_reader *reader, const cz_quantity *q) {
  for (int64_t i = q->token - 1; i >= 0; i--) {
    const cz_token *token = tok(reader, i);
    if (token->type == CZ_TOKEN_MARK)
      return false;
    if (cz_chars_find(reader, token->begin, token->end, u"多年") >= 0)
      return true;
  }
  return false;
}

/* 近三年，中央和地方投入105亿元: money spent over the years, unless it reaches a level. */
static bool is_spent(const cz_reader *reader, const cz_quantity *q) {
  static const char16_t *const nouns[] = {u"投入", u"补助", u"补贴", u"资金",
                                          u"支出", u"投资", u"减税", u"降费"};
  if (q->unit_class != CZ_UNIT_MONEY || !q->indicator.count || has(tok(reader, q->token - 1), CZ_CUE_REACH) ||
      !may_be_total(reader, q))
    return false;
  const int64_t begin = q->indicator.runs[q->indicator.count - 1].begin,
                end = q->indicator.runs[q->indicator.count - 1].end;
  for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
    if (cz_chars_end(reader, begin, end, nouns[i]))
      return true;
  return false;
}

/* 提出国内生产总值增长8%左右，主要是…: a goal that the headline list has named stays one where it is taken up
 * again. */
static bool restates_target(const cz_reader *reader, const cz_quantity *q) {
  if (q->indicator_row < 0)
    return false;
  for (int32_t i = 0; i < reader->headline_count; i++)
    if (reader->headline[i].indicator_row == q->indicator_row && reader->headline[i].measure == q->measure &&
        reader->headline[i].year == q->end_year && reader->headline[i].value == cz_decimal_to_double(q->lo))
      return true;
  return false;
}

/* 广义货币预期增长14% */
static bool is_expected(const cz_reader *reader, const cz_quantity *q) {
  return q->commitment.count &&
         cz_chars_start(reader, q->commitment.runs[0].begin, q->commitment.runs[0].end, u"预期");
}

/* 6.5%左右的增速可以实现…: a rate without a noun of its own in the sentence is the headline goal that has it.
 */
static void take_headline_subject(const cz_reader *reader, cz_quantity *q) {
  for (const cz_quantity *k = reader->quantities; k < q; k++)
    if (k->role == CZ_ROLE_STATEMENT)
      return;
  for (int32_t i = 0; i < reader->headline_count; i++) {
    const cz_headline *goal = &reader->headline[i];
    if (goal->measure == CZ_MEASURE_GROWTH && goal->year == q->end_year &&
        goal->value == cz_decimal_to_double(q->lo)) {
      q->indicator_row = goal->indicator_row;
      q->indicator = goal->indicator;
      return;
    }
  }
}

static void keep_headline(cz_reader *reader, const cz_quantity *q) {
  const int32_t limit = (int32_t)(sizeof reader->headline / sizeof *reader->headline);
  if (q->indicator_row < 0 || reader->headline_count >= limit)
    return;
  cz_headline *goal = &reader->headline[reader->headline_count++];
  goal->indicator_row = q->indicator_row;
  goal->indicator = q->indicator;
  goal->measure = q->measure;
  goal->year = q->end_year;
  goal->value = cz_decimal_to_double(q->lo);
}

static void assign_years(cz_reader *reader, cz_quantity *q, const cz_frame *frame, int32_t base,
                         int32_t month) {
  int32_t start = frame->start, end = frame->end;
  if (!end)
    return;
  if (base >= end)
    base = 0; /* a year that is not before the period is no base */
  bool plan = start < end;
  int32_t before = start - 1;
  switch ((cz_measure)q->measure) {
  case CZ_MEASURE_AVERAGE_GROWTH:
    if (base)
      start = base + 1;
    else if (!plan) {
      /* 年均 in a sentence about one year: the span of the paragraph, or the five years that end here */
      if (reader->frame.plan && reader->frame.start < end && reader->frame.end >= end)
        start = reader->frame.start;
      else
        start = end - 4;
    }
    q->start_year = start;
    q->end_year = end;
    q->base_year = start - 1;
    break;
  case CZ_MEASURE_GROWTH:
  case CZ_MEASURE_CHANGE:
    if (plan && (q->steady || (q->average && q->measure == CZ_MEASURE_CHANGE))) {
      q->base_year = q->average ? before : 0; /* 年均缩减2000平方公里 */
      q->start_year = start;
      q->end_year = end;
      break;
    }
    q->start_year = q->end_year = end;
    q->base_year = base ? base : q->special == CZ_SPECIAL_SPAN ? 0 : plan ? before : end - 1;
    break;
  case CZ_MEASURE_MULTIPLE:
    q->start_year = q->end_year = end;
    q->base_year = base ? base : plan ? before : of_last_year(reader, q) ? end - 1 : 0;
    break;
  case CZ_MEASURE_RANK:
    if (q->from) {
      before = base ? base : before;
      q->start_year = q->end_year = before; /* 从世界第六位上升到第四位 */
      break;
    }
    q->start_year = q->cumulative ? start : end;
    q->end_year = end;
    break;
  case CZ_MEASURE_RANK_CHANGE:
  case CZ_MEASURE_RATIO:
    q->start_year = start;
    q->end_year = end;
    break;
  case CZ_MEASURE_LEVEL:
    if (q->from) {
      q->start_year = q->end_year = base ? base : before;
      break;
    }
    if (plan && (q->flow || q->steady || q->average || q->cumulative))
      q->start_year = start;
    else
      q->start_year = end;
    q->end_year = end;
    break;
  default:
    q->start_year = q->end_year = end;
    break;
  }
  if (q->role == CZ_ROLE_THRESHOLD && plan)
    q->start_year = start;
  if (month && q->start_year == q->end_year) {
    q->start_month = month > 12 ? month / 100 : month;
    q->end_month = month > 0 ? month % 100 : month;
  }
}

/* 已遴选12件, 遴选了12件: done, although the section speaks of what is to come. */
static bool is_done(const cz_reader *reader, int64_t number) {
  for (int64_t i = number - 1; i >= 0 && number - i <= 6; i--) {
    const cz_token *token = tok(reader, i), *before = tok(reader, i - 1);
    if (token->type == CZ_TOKEN_NUMBER && reader->quantities[token->quantity].from) {
      number = i; /* 已由15.3%降到12% */
      continue;
    }
    if (text_is(reader, token, u"已由") ||
        (has(tok(reader, i + 1), CZ_CUE_FROM) && text_is(reader, token, u"已")))
      return true;
    if (token->type == CZ_TOKEN_MARK || token->type == CZ_TOKEN_NUMBER)
      return false;
    if (has(token, CZ_CUE_LE) && text_is(reader, token, u"了") && has(before, CZ_CUE_VERB))
      return true;
    if (has(token, CZ_CUE_VERB) && (text_is(reader, before, u"已") || text_is(reader, before, u"已经")))
      return true;
  }
  return false;
}

/* Does 在 … 的基础上, a clause on what was reached, begin at token `index`? */
static bool opens_basis(const cz_reader *reader, int64_t index) {
  const cz_token *token = tok(reader, index), *before = tok(reader, index - 1);
  if ((before && before->type != CZ_TOKEN_MARK) || reader->text.chars[token->begin] != u'在')
    return false;
  int64_t stop =
      token->begin + CZ_REACH_LIMIT < reader->text.count ? token->begin + CZ_REACH_LIMIT : reader->text.count;
  for (int64_t at = token->begin; at < stop; at++) {
    char16_t c = (char16_t)reader->text.chars[at];
    if (c == u'，' || c == u'。' || c == u'；')
      return false;
    if (cz_chars_start(reader, at, stop, u"的基础上"))
      return true;
  }
  return false;
}

void cz_period_assign(cz_reader *reader) {
  set_frame_from_opening(reader);
  cz_frame now = reader->frame;
  bool estimate = false, estimate_all = false;
  int32_t month = 0;
  bool done = false;
  int64_t since_time = 0;    /* first quantity behind the last time phrase */
  int32_t sentence_base = 0; /* 与2000年相比，… */
  bool total = false;        /* the clause is headed by 五年 */
  int32_t carried_base = 0;  /* 比2002年增长65.5%；…，增长1.71倍 */
  int32_t from_year = 0;     /* 由2002年7703元增加到2007年13786元, …由2476元增加到4140元 */
  cz_frame before_basis = now;
  bool basis_clause = false; /* 在连续两年增长13%的基础上 looks back */
  for (int64_t i = 0; i < (int64_t)reader->token_count; i++) {
    const cz_token *token = tok(reader, i);
    /* Half of all tokens say nothing about time. */
    const uint64_t telling = CZ_BIT(CZ_CUE_ESTIMATE) | CZ_BIT(CZ_CUE_DONEWORD) | CZ_BIT(CZ_CUE_TIME) |
                             CZ_BIT(CZ_CUE_SPANTIME) | CZ_BIT(CZ_CUE_PLAN) | CZ_BIT(CZ_CUE_SUBPERIOD) |
                             CZ_BIT(CZ_CUE_GROWTHNOUN) | CZ_BIT(CZ_CUE_TARGETWORD);
    if (!(token->classes & telling) && token->type != CZ_TOKEN_MARK && token->type != CZ_TOKEN_NUMBER &&
        reader->text.chars[token->begin] != u'在')
      continue;
    if (basis_clause && token->type == CZ_TOKEN_MARK) {
      now = before_basis;
      basis_clause = false;
    }
    if (!basis_clause && reader->year && now.mode == CZ_MODE_OUTLOOK && opens_basis(reader, i)) {
      before_basis = now;
      now = annual(reader->year - 1, CZ_MODE_REVIEW);
      basis_clause = true;
    }
    if (token->type == CZ_TOKEN_MARK) {
      if (token->mark == u'；' || token->mark == u'。') {
        estimate = estimate_all && token->mark == u'；';
        month = 0;
      }
      if (token->mark != u'、')
        total = false;
      continue;
    }
    if (token->type == CZ_TOKEN_WORD) {
      if (CZ_HAS(token, CZ_CUE_ESTIMATE)) {
        /* 初步统计，…；…: set off by a comma the word governs the sentence, else its clauses up to ； */
        const cz_token *next = tok(reader, i + 1);
        estimate = true;
        estimate_all = next && next->type == CZ_TOKEN_MARK && next->mark == u'，';
      }
      if (CZ_HAS(token, CZ_CUE_DONEWORD))
        done = true;
    }
    cz_frame next;
    int32_t new_month;
    const uint64_t time_words =
        CZ_BIT(CZ_CUE_TIME) | CZ_BIT(CZ_CUE_SPANTIME) | CZ_BIT(CZ_CUE_PLAN) | CZ_BIT(CZ_CUE_SUBPERIOD);
    if ((token->type == CZ_TOKEN_NUMBER || (token->classes & time_words)) &&
        time_phrase(reader, i, &now, &next, &new_month)) {
      /* 从2020年的10.5万元提高到2025年的14万元: each date belongs to the number behind it alone. */
      const cz_token *after = tok(reader, i + 1), *number = after;
      if (has(after, CZ_CUE_OF))
        number = tok(reader, i + 2);
      const cz_token *mover = tok(reader, i - 1);
      bool moves = has(mover, CZ_CUE_FROM) ||
                   (has(mover, CZ_CUE_REACH) && cz_chars_end(reader, mover->begin, mover->end, u"到"));
      bool own = number && number->type == CZ_TOKEN_NUMBER && (has(after, CZ_CUE_OF) || moves) &&
                 token->type == CZ_TOKEN_NUMBER && !next.plan && !new_month;
      if (has(token, CZ_CUE_PLAN) && !next.plan && has(before_plan(reader, i), CZ_CUE_FROM)) {
        /* 由“十二五”末第18位上升到第15位 */
        int64_t k = i + 1;
        while (has(tok(reader, k), CZ_CUE_OF) || has(tok(reader, k), CZ_CUE_PLANTIME) ||
               (tok(reader, k) && tok(reader, k)->type == CZ_TOKEN_TEXT &&
                tok(reader, k)->end - tok(reader, k)->begin == 1))
          k++;
        number = tok(reader, k);
        own = number && number->type == CZ_TOKEN_NUMBER;
      }
      if (own && reader->quantities[number->quantity].role == CZ_ROLE_STATEMENT) {
        cz_quantity *q = &reader->quantities[number->quantity];
        q->start_year = q->end_year = next.start;
        q->period_assumed = false;
        if (has(mover, CZ_CUE_FROM))
          from_year = next.start;
        q->from = false;
      } else {
        since_time = (int64_t)reader->quantity_count;
        for (size_t k = 0; k < reader->quantity_count; k++)
          if (reader->quantities[k].token > i) {
            since_time = (int64_t)k;
            break;
          }
        if (new_month)
          month = new_month;
        else
          month = 0;
        now = next;
        carried_base = 0;
        total = heads_total(reader, token, &next);
      }
    }
    if (token->type == CZ_TOKEN_WORD) {
      if (CZ_HAS(token, CZ_CUE_GROWTHNOUN) && now.mode == CZ_MODE_OUTLOOK && !done &&
          (cz_chars_end(reader, token->begin, token->end, u"目标") ||
           cz_chars_start(reader, token->begin, token->end, u"预期")))
        now.target = true; /* 增长目标为17%, 预期增长14%: this sentence alone */
      if (CZ_HAS(token, CZ_CUE_TARGETWORD) && now.mode == CZ_MODE_OUTLOOK && !done &&
          is_strong_target_word(reader, i)) {
        now.target = true;
        reader->frame.target = true;
      }
    }
    if (token->type != CZ_TOKEN_NUMBER)
      continue;
    cz_quantity *q = &reader->quantities[token->quantity];
    const cz_token *compared = tok(reader, i + 1);
    if (q->special == CZ_SPECIAL_YEAR && has(compared, CZ_CUE_THAN) &&
        cz_chars_start(reader, compared->begin, compared->end, u"相比"))
      sentence_base = number_of(q);
    if (q->role != CZ_ROLE_STATEMENT && q->role != CZ_ROLE_THRESHOLD)
      continue;
    int32_t base = 0;
    bool has_base = explicit_base(reader, q, &base);
    if (!has_base && sentence_base && q->measure != CZ_MEASURE_LEVEL) {
      base = sentence_base;
      has_base = true;
    }
    if (!has_base && q->measure == CZ_MEASURE_AVERAGE_GROWTH) {
      /* 是2015年的1.46倍，年均增长6.9%: the base of the sentence carries on */
      for (int64_t k = (int64_t)(q - reader->quantities) - 1; k >= since_time && !base; k--)
        if (reader->quantities[k].measure == CZ_MEASURE_MULTIPLE ||
            reader->quantities[k].measure == CZ_MEASURE_GROWTH)
          if (reader->quantities[k].base_year &&
              reader->quantities[k].end_year - reader->quantities[k].base_year > 1)
            base = reader->quantities[k].base_year;
    }
    if (!has_base && carried_base && q->measure == CZ_MEASURE_GROWTH && q->than_token < 0)
      base = carried_base;
    if (has_base && q->measure == CZ_MEASURE_GROWTH)
      carried_base = base;
    else if (q->than_token >= 0)
      carried_base = 0;
    if (continues_total(reader, q))
      q->flow = true;
    if (total ? may_be_total(reader, q) : now.plan && is_spent(reader, q))
      q->flow = true;
    /* 2007年…比2002年增长65%，…从第六位上升到第四位; under a heading of five years the rise began before them
     */
    const cz_frame *wide = &reader->section_frame;
    if (q->from && !from_year && now.mode == CZ_MODE_REVIEW && now.start == now.end && !month)
      base = carried_base                                                         ? carried_base
             : wide->plan && wide->mode == CZ_MODE_REVIEW && wide->end == now.end ? wide->start - 1
                                                                                  : base;
    if (q->from && from_year && !q->end_year)
      q->start_year = q->end_year = from_year;
    if (!q->end_year) {
      cz_frame used = now;
      /* A comparison with an earlier year in a sentence about one year runs to the end of that year. */
      assign_years(reader, q, &used, base, month);
      if (!q->end_year)
        q->period_assumed = true;
      if (q->measure == CZ_MEASURE_LEVEL && q->flow && q->start_year < q->end_year && since_long(reader, q))
        q->start_year = q->end_year;
      /* 连续5年超万亿斤: it held in each of them */
      const cz_quantity *streak = q > reader->quantities ? q - 1 : NULL;
      if (streak && streak->measure == CZ_MEASURE_STREAK && streak->role == CZ_ROLE_STATEMENT &&
          streak->token + 2 >= q->token && cz_chars_end(reader, streak->begin, streak->end, u"年") &&
          q->measure == CZ_MEASURE_LEVEL && q->end_year && q->start_year == q->end_year && !q->start_month)
        q->start_year = q->end_year - number_of(streak) + 1;
    }
    if (q->end_year && reader->year) {
      if (now.mode == CZ_MODE_REVIEW || q->end_year < reader->year)
        /* 预计从2011年的9.1亿元增加到12亿元: what lies before the period is known */
        q->kind = estimate && !q->from && q->end_year >= now.start ? CZ_KIND_ESTIMATE : CZ_KIND_ACTUAL;
      else
        q->kind = now.target ? CZ_KIND_TARGET : CZ_KIND_TASK;
      if (now.mode == CZ_MODE_REVIEW && q->end_year >= reader->year && now.end > reader->year)
        q->kind = CZ_KIND_TARGET;
    } else {
      q->kind = now.mode == CZ_MODE_OUTLOOK ? (now.target ? CZ_KIND_TARGET : CZ_KIND_TASK)
                                            : (estimate ? CZ_KIND_ESTIMATE : CZ_KIND_ACTUAL);
    }
    if (q->kind == CZ_KIND_TASK && is_done(reader, i))
      q->kind = CZ_KIND_ACTUAL;
    if ((q->kind == CZ_KIND_TASK || q->kind == CZ_KIND_TARGET) && q->subject_carried &&
        q->measure == CZ_MEASURE_GROWTH)
      take_headline_subject(reader, q);
    if (q->kind == CZ_KIND_TASK && (restates_target(reader, q) || is_expected(reader, q)))
      q->kind = CZ_KIND_TARGET;
    else if (q->kind == CZ_KIND_TARGET)
      keep_headline(reader, q);
    if (q->start_month)
      q->horizon = CZ_HORIZON_OTHER;
    else if (q->start_year < q->end_year)
      q->horizon = q->flow || q->cumulative ? CZ_HORIZON_CUMULATIVE : CZ_HORIZON_PLAN;
    else if (now.plan)
      q->horizon = CZ_HORIZON_PLAN;
    else
      q->horizon = q->end_year ? CZ_HORIZON_ANNUAL : CZ_HORIZON_NONE;
    /* 在实际工作中争取更好结果 qualifies the goal before it. */
    if (q->kind == CZ_KIND_TARGET || q->kind == CZ_KIND_TASK)
      for (int64_t k = i + 1; k < (int64_t)reader->token_count && k <= i + 8; k++) {
        const cz_token *word = tok(reader, k);
        if (word->type == CZ_TOKEN_NUMBER ||
            (word->type == CZ_TOKEN_MARK && word->mark != u'，' && word->mark != u'、'))
          break;
        if (has(word, CZ_CUE_STRETCH)) {
          q->stretch = cz_phrase_of(word->begin, word->end);
          break;
        }
      }
  }
}
