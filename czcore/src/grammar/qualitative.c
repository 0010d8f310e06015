/* qualitative.c: goals without a number: 与经济增长同步, 稳中提质, 完成国家下达任务. */
#include "subject.h"

#include <stdio.h>
#include <string.h>

/* Columns of the table of qualitative goals, in the order of report.h. */
enum { Q_START, Q_END, Q_TEXT, Q_INDICATOR, Q_CODE, Q_WORDING, Q_KIND, Q_PERIOD, Q_SECTION, Q_SENTENCE };

/* `wording` … `stop` is the goal, `begin` … `stop` what is quoted. */
static cz_status emit(cz_reader *reader, int64_t wording, int64_t stop, int64_t begin,
                      const cz_phrase *indicator) {
  cz_table *table = reader->report->qualitative;
  cz_status status = cz_table_add(table);
  if (status)
    return status;
  int64_t start = reader->text.place[begin], end = (int64_t)reader->text.place[stop - 1] + 1, size;
  const char *bytes = cz_text_slice(&reader->text, start, end, &size);
  cz_table_set_int64(table, Q_START, start);
  cz_table_set_int64(table, Q_END, end);
  cz_table_set_code(table, Q_KIND, reader->frame.target ? CZ_KIND_TARGET : CZ_KIND_TASK);
  cz_table_set_int32(table, Q_SENTENCE, reader->sentence);
  if ((status = cz_table_append_text(table, Q_TEXT, bytes, size)) != CZ_OK)
    return status;
  if ((status = cz_append_phrase(reader, table, Q_INDICATOR, indicator)) != CZ_OK)
    return status;
  const cz_indicator *row = cz_lexicon_indicator(reader->lexicon, cz_indicator_find(reader, indicator));
  if (row && (status = cz_table_append_text(table, Q_CODE, row->code, (int64_t)strlen(row->code))) != CZ_OK)
    return status;
  if ((status = cz_append_chars(reader, table, Q_WORDING, wording, stop)) != CZ_OK)
    return status;
  if (reader->frame.end) {
    char period[32];
    int n = reader->frame.start < reader->frame.end
                ? snprintf(period, sizeof period, "%d-%d", (int)reader->frame.start, (int)reader->frame.end)
                : snprintf(period, sizeof period, "%d", (int)reader->frame.end);
    if ((status = cz_table_append_text(table, Q_PERIOD, period, n)) != CZ_OK)
      return status;
  }
  return cz_table_append_text(table, Q_SECTION, reader->path_text, (int64_t)reader->path_size);
}

/* 居民收入增长: for a goal in words the growing belongs to the wording. */
static void trim_growth(const cz_reader *reader, cz_phrase *phrase) {
  static const char16_t *const words[] = {u"增长", u"增速", u"降低", u"下降", u"增幅", u"降幅", u"涨幅"};
  if (phrase->count < 1 || cz_phrase_length(phrase) < 4)
    return;
  const int64_t begin = phrase->runs[phrase->count - 1].begin;
  int32_t *end = &phrase->runs[phrase->count - 1].end;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (*end - begin > 2 && cz_chars_end(reader, begin, *end, words[i])) {
      *end -= 2;
      /* 居民收入实际增长: the basis is no part of the name */
      if (*end - begin > 2 &&
          (cz_chars_end(reader, begin, *end, u"实际") || cz_chars_end(reader, begin, *end, u"名义")))
        *end -= 2;
      return;
    }
}

static bool closes_clause(const cz_reader *reader, int32_t index) {
  return index + 1 >= (int32_t)reader->token_count || reader->tokens[index + 1].type == CZ_TOKEN_MARK;
}

static bool text_has(const cz_reader *reader, int64_t begin, int64_t end, const char16_t *const *words,
                     size_t count) {
  for (size_t i = 0; i < count; i++)
    if (cz_chars_find(reader, begin, end, words[i]) >= 0)
      return true;
  return false;
}

/* 高于|全国平均水平, 高于|经济增长速度: what is compared with, up to the end of the clause. */
static int32_t comparison_end(const cz_reader *reader, int32_t index) {
  static const char16_t *const bodies[] = {u"平均", u"增速", u"增长", u"水平", u"全国", u"全省",
                                           u"全市", u"全区", u"经济", u"收入", u"省均"};
  int32_t i = index + 1;
  while (i < (int32_t)reader->token_count && reader->tokens[i].type != CZ_TOKEN_MARK) {
    if (reader->tokens[i].type == CZ_TOKEN_NUMBER)
      return -1;
    i++;
  }
  const int64_t begin = reader->tokens[index].end, end = reader->tokens[i - 1].end;
  return i - 1 > index && end - begin <= 12 &&
                 text_has(reader, begin, end, bodies, sizeof bodies / sizeof *bodies)
             ? i - 1
             : -1;
}

/* 完成|国家下达的“十四五”能耗强度下降|目标, 全面完成|约束性指标: a task set from above. */
static int32_t assignment_end(const cz_reader *reader, int32_t index) {
  static const char16_t *const setters[] = {u"下达", u"约束性", u"国家", u"省定", u"中央"};
  static const char16_t *const kinds[] = {u"目标", u"任务", u"指标", u"目标任务", u"指标任务", u"要求"};
  const cz_token *word = &reader->tokens[index];
  if (cz_chars_find(reader, word->begin, word->end, u"完成") < 0)
    return -1;
  int32_t i = index + 1, opening = index;
  while (i < (int32_t)reader->token_count &&
         (reader->tokens[i].type != CZ_TOKEN_MARK || reader->tokens[i].mark == u'、')) {
    if (reader->tokens[i].type == CZ_TOKEN_NUMBER)
      return -1;
    i++;
  }
  /* 按照国家要求坚决完成…: who asks for it may stand before */
  while (opening > 0 && reader->tokens[opening - 1].type != CZ_TOKEN_MARK)
    opening--;
  const int64_t end = reader->tokens[i - 1].end;
  if (end - word->begin > 32 ||
      !text_has(reader, reader->tokens[opening].begin, end, setters, sizeof setters / sizeof *setters))
    return -1;
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
    if (cz_chars_end(reader, word->begin, end, kinds[k]))
      return i - 1;
  return -1;
}

/* Last token of a wording that starts at `index`: a phrase of cues.tsv, a comparison, or an assignment. -1 if
 * there is none. */
static int32_t wording_end(const cz_reader *reader, int32_t index) {
  const cz_token *word = &reader->tokens[index];
  if (word->type != CZ_TOKEN_WORD)
    return -1;
  const int32_t assigned = assignment_end(reader, index);
  if (assigned >= 0)
    return assigned;
  /* 改善 and other words of two characters are goals where the clause ends with them */
  if (CZ_HAS(word, CZ_CUE_QUALITY) && (word->end - word->begin > 2 || closes_clause(reader, index)))
    return index;
  if (!CZ_HAS(word, CZ_CUE_COMPARE) || word->end - word->begin < 2)
    return -1;
  return comparison_end(reader, index);
}

/* What an assignment without a noun before it is about: 完成国家下达的|能耗强度|下降目标. */
static bool assigned_noun(const cz_reader *reader, int32_t first, int32_t last, cz_phrase *out) {
  static const char16_t *const tails[] = {u"任务", u"目标", u"指标", u"等", u"下降", u"降低", u"约束性"};
  int64_t begin = reader->tokens[first].end, end = reader->tokens[last].end;
  for (int32_t i = first + 1; i < last; i++)
    if (reader->tokens[i].type == CZ_TOKEN_WORD && CZ_HAS(&reader->tokens[i], CZ_CUE_OF))
      begin = reader->tokens[i].end;
  int64_t whole = end;
  for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
    int64_t length = tails[i][1] ? tails[i][2] ? 3 : 2 : 1;
    if (end - begin >= length && cz_chars_end(reader, begin, end, tails[i]))
      end -= length;
  }
  /* “十四五”能耗强度 */
  for (int32_t i = first + 1; i < last; i++)
    if (reader->tokens[i].type == CZ_TOKEN_WORD && CZ_HAS(&reader->tokens[i], CZ_CUE_PLAN) &&
        reader->tokens[i].begin >= begin && reader->tokens[i].end < end)
      begin = reader->tokens[i].end + (reader->text.chars[reader->tokens[i].end] == u'”');
  if (begin >= end)
    end = whole; /* 约束性指标任务 names itself */
  *out = cz_phrase_of(begin, end);
  return begin < end;
}

/* 按照国家要求|坚决完成…, 不折不扣|完成…: no indicator stands before the wording. */
static bool says_how(const cz_reader *reader, const cz_phrase *phrase) {
  const int64_t begin = phrase->runs[0].begin, end = phrase->runs[phrase->count - 1].end;
  return cz_chars_end(reader, begin, end, u"要求") || cz_chars_end(reader, begin, end, u"不折不扣");
}

/* “十四五”资源能源消耗: the mark that closes the plan's name */
static void trim_mark(const cz_reader *reader, cz_phrase *phrase) {
  while (phrase->count && phrase->runs[0].end - phrase->runs[0].begin > 1 &&
         (reader->text.chars[phrase->runs[0].begin] == u'”' ||
          reader->text.chars[phrase->runs[0].begin] == u'“'))
    phrase->runs[0].begin++;
}

cz_status cz_qualitative_read(cz_reader *reader) {
  if (!reader->frame.target || reader->frame.mode != CZ_MODE_OUTLOOK)
    return CZ_OK;
  cz_phrase parts[8];
  int32_t count = 0, done = 0; /* tokens of earlier wordings */
  for (int32_t i = 0; i < (int32_t)reader->token_count; i++) {
    int32_t last = wording_end(reader, i);
    if (last < 0)
      continue;
    int32_t first = i;
    bool number = false;
    while (first > done) {
      const cz_token *token = &reader->tokens[first - 1];
      if (token->type == CZ_TOKEN_MARK && token->mark != u'、')
        break;
      if (token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_TARGETWORD))
        break;
      if (token->type == CZ_TOKEN_NUMBER)
        number = true;
      first--;
    }
    if (number)
      continue;
    /* 高于全国平均水平、高于城镇居民收入增速: the second says the same of the same */
    bool again = count > 0 && first == done && i == first + 1 && reader->tokens[first].mark == u'、';
    int32_t end = i;
    if (end - 2 > first && reader->tokens[end - 2].type == CZ_TOKEN_WORD &&
        CZ_HAS(&reader->tokens[end - 2], CZ_CUE_ETC) &&
        (cz_chars_equal(reader->text.chars, reader->tokens[end - 1].begin, reader->tokens[end - 1].end,
                        u"指标") ||
         cz_chars_equal(reader->text.chars, reader->tokens[end - 1].begin, reader->tokens[end - 1].end,
                        u"任务")))
      end -= 2; /* 主要污染物排放等指标 */
    if (!again)
      count = cz_subject_phrases(reader, first, end, parts, 8);
    bool inner = false;
    if (!again && count == 1 && says_how(reader, &parts[0]))
      count = 0;
    if (!count && cz_chars_find(reader, reader->tokens[i].begin, reader->tokens[i].end, u"完成") >= 0) {
      count = assigned_noun(reader, i, last, &parts[0]);
      inner = true;
    }
    for (int32_t k = 0; k < count; k++) {
      if (!again) {
        trim_growth(reader, &parts[k]);
        trim_mark(reader, &parts[k]);
      }
      const int64_t begin = again || inner ? reader->tokens[i].begin : parts[0].runs[0].begin;
      cz_status status = emit(reader, reader->tokens[i].begin, reader->tokens[last].end, begin, &parts[k]);
      if (status)
        return status;
    }
    i = last;
    done = last + 1;
  }
  return CZ_OK;
}
