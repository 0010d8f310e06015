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
      return;
    }
}

/* Last token of a wording that starts at `index`: a phrase of cues.tsv, or 高于|全国平均水平. -1 if there is
 * none. */
static int32_t wording_end(const cz_reader *reader, int32_t index) {
  const cz_token *word = &reader->tokens[index];
  if (word->type != CZ_TOKEN_WORD)
    return -1;
  if (CZ_HAS(word, CZ_CUE_QUALITY))
    return index;
  if (!CZ_HAS(word, CZ_CUE_COMPARE) || word->end - word->begin < 2)
    return -1;
  int32_t last = -1;
  for (int32_t i = index + 1; i < (int32_t)reader->token_count && i <= index + 4; i++) {
    const cz_token *token = &reader->tokens[i];
    if (token->type == CZ_TOKEN_NUMBER)
      return -1;
    if (token->type == CZ_TOKEN_MARK)
      break;
    if (token->type == CZ_TOKEN_REGION || token->type == CZ_TOKEN_INDICATOR ||
        (token->type == CZ_TOKEN_WORD && (CZ_HAS(token, CZ_CUE_AVERAGEOF) || CZ_HAS(token, CZ_CUE_SCOPE))))
      last = i;
  }
  return last;
}

cz_status cz_qualitative_read(cz_reader *reader) {
  if (!reader->frame.target || reader->frame.mode != CZ_MODE_OUTLOOK)
    return CZ_OK;
  for (int32_t i = 0; i < (int32_t)reader->token_count; i++) {
    int32_t last = wording_end(reader, i);
    if (last < 0)
      continue;
    int32_t first = i;
    bool number = false;
    while (first > 0) {
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
    cz_phrase parts[8];
    int32_t count = cz_subject_phrases(reader, first, i, parts, 8);
    for (int32_t k = 0; k < count; k++) {
      trim_growth(reader, &parts[k]);
      cz_status status =
          emit(reader, reader->tokens[i].begin, reader->tokens[last].end, parts[0].runs[0].begin, &parts[k]);
      if (status)
        return status;
    }
    i = last;
  }
  return CZ_OK;
}
