/* coordination.c: several nouns before several numbers: A、B和C分别增长1%、2%和3%.
 *
 * The parts are told apart at 、 and connectors; heads and modifiers that a part leaves out are completed
 * from its neighbours.
 */
#include <string.h>

#include "noun.h"

bool cz_phrase_same(const cz_reader *reader, const cz_phrase *a, const cz_phrase *b) {
  uint16_t left[CZ_PHRASE_LIMIT * 2], right[CZ_PHRASE_LIMIT * 2];
  const int64_t n = cz_phrase_length(a);
  if (n != cz_phrase_length(b) || n > CZ_PHRASE_LIMIT * 2)
    return false;
  cz_phrase_copy(reader, a, left, n);
  cz_phrase_copy(reader, b, right, n);
  return memcmp(left, right, (size_t)n * sizeof *left) == 0;
}

bool cz_phrase_ends(const cz_reader *reader, const cz_phrase *phrase, const char16_t *word) {
  if (!phrase->count)
    return false;
  return cz_chars_end(reader, phrase->runs[phrase->count - 1].begin, phrase->runs[phrase->count - 1].end,
                      word);
}

int32_t cz_noun_split(const cz_reader *reader, const cz_noun *source, cz_phrase *parts, int32_t limit,
                      bool at_connectors) {
  int32_t count = 0, depth = 0;
  int32_t from = source->first;
  for (int32_t i = source->first; i <= source->last; i++) {
    bool here = i == source->last;
    if (!here) {
      const cz_token *token = cz_token_at(reader, i);
      for (int64_t k = token->begin; k < token->end; k++) {
        uint16_t c = reader->text.chars[k];
        if (c == u'（' || c == u'(' || c == u'“' || c == u'《')
          depth++;
        if (c == u'）' || c == u')' || c == u'”' || c == u'》')
          depth--;
      }
      here = depth <= 0 &&
             (cz_mark_at(reader, i, u'、') || (at_connectors && cz_word_has(reader, i, CZ_CUE_CONN)));
    }
    if (!here)
      continue;
    if (i > from) {
      if (count == limit)
        return 0;
      parts[count++] = cz_phrase_of(cz_token_at(reader, from)->begin, cz_token_at(reader, i - 1)->end);
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
    if (!cz_lexicon_exact(reader->lexicon, chars + n - length, length, CZ_WORD_CUE, &hit))
      continue;
    for (int32_t i = 0; i < hit.sense_count; i++)
      if (hit.senses[i].vocabulary == CZ_WORD_CUE && hit.senses[i].klass == CZ_CUE_HEAD) {
        *head_length = length;
        return true;
      }
  }
  return false;
}

/* 家电、汽车换新数量: the verb before the head belongs to it. Returns its length, 0 if there is none. */
static int64_t verb_before_head(const cz_reader *reader, const cz_phrase *phrase, int64_t head_length) {
  uint16_t chars[96];
  int64_t n = cz_phrase_copy(reader, phrase, chars, 96) - head_length;
  for (int64_t length = n - 1 < 4 ? n - 1 : 4; length >= 2; length--) {
    cz_hit hit;
    if (!cz_lexicon_exact(reader->lexicon, chars + n - length, length, CZ_WORD_CUE, &hit))
      continue;
    for (int32_t i = 0; i < hit.sense_count; i++)
      if (hit.senses[i].vocabulary == CZ_WORD_CUE && hit.senses[i].klass == CZ_CUE_VERB &&
          hit.senses[i].value == 1)
        return length;
  }
  return 0;
}

cz_phrase cz_phrase_join(const cz_phrase *head, int64_t head_length, const cz_phrase *tail,
                         int64_t tail_skip) {
  cz_phrase out = {0};
  for (int32_t i = 0; i < head->count && head_length > 0; i++) {
    int64_t length = head->runs[i].end - head->runs[i].begin;
    if (length > head_length)
      length = head_length;
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

/* 常州、武进高新区|国家级高新区排名分别…: the places of a list, one for each number. Returns how many there
 * are (0 if the tokens from `begin` are not such a list) and the token behind them; a zone word that closes
 * the list belongs to every place. */
int32_t cz_places_read(const cz_reader *reader, int32_t begin, int32_t end, cz_phrase *places, int32_t limit,
                       int32_t *next) {
  int32_t count = 0, i = begin;
  while (i < end && cz_strips_left(reader, i))
    i++;
  for (; i < end && count < limit;) {
    int32_t first = i;
    if (cz_token_at(reader, i)->type == CZ_TOKEN_REGION) {
      while (i < end && cz_token_at(reader, i)->type == CZ_TOKEN_REGION)
        i++;
    } else if (cz_token_at(reader, i)->type == CZ_TOKEN_TEXT && i + 1 < end &&
               cz_word_has(reader, i + 1, CZ_CUE_ZONE)) {
      i++;
    } else {
      return 0;
    }
    if (i < end && cz_word_has(reader, i, CZ_CUE_ZONE))
      i++;
    places[count++] = cz_phrase_of(cz_token_at(reader, first)->begin, cz_token_at(reader, i - 1)->end);
    if (i < end && (cz_mark_at(reader, i, u'、') || cz_word_has(reader, i, CZ_CUE_CONN))) {
      i++;
      continue;
    }
    if (cz_word_has(reader, i - 1, CZ_CUE_ZONE))
      for (int32_t k = 0; k + 1 < count; k++)
        if (cz_token_at(reader, i - 1)->begin >= places[k].runs[0].end &&
            !cz_phrase_ends(reader, &places[k], u"区"))
          cz_phrase_add(&places[k], cz_token_at(reader, i - 1)->begin, cz_token_at(reader, i - 1)->end);
    break;
  }
  *next = i;
  return count;
}

/* Registry indicator made of a beginning of `head` and the whole of `tail`: 生产安全事故|起数 + 死亡人数. */
bool cz_head_complete(const cz_reader *reader, const cz_phrase *head, const cz_phrase *tail, cz_phrase *out) {
  int64_t n = cz_phrase_length(head);
  for (int64_t length = n < 24 ? n : 24; length >= 1; length--) {
    cz_phrase trial = cz_phrase_join(head, length, tail, 0);
    if (cz_indicator_find(reader, &trial) >= 0) {
      *out = trial;
      return true;
    }
  }
  return false;
}

/* Length of the paired modifier (城镇, 农村, 进口 …) that begins a phrase, or is all of it; 0 if there is
 * none. */
static int64_t modifier_length(const cz_reader *reader, const cz_phrase *phrase, bool whole) {
  uint16_t chars[32];
  int64_t n = cz_phrase_copy(reader, phrase, chars, 32);
  for (int64_t length = n < 6 ? n : 6; length >= 2; length--) {
    cz_hit hit;
    if (whole && length != cz_phrase_length(phrase))
      continue;
    if (!cz_lexicon_exact(reader->lexicon, chars, length, CZ_WORD_CUE, &hit))
      continue;
    for (int32_t i = 0; i < hit.sense_count; i++)
      if (hit.senses[i].vocabulary == CZ_WORD_CUE && hit.senses[i].klass == CZ_CUE_MODIFIER)
        return length;
  }
  return 0;
}

static bool tells_dwelling(const cz_reader *reader, const cz_phrase *phrase) {
  static const char16_t *const words[] = {u"城镇", u"农村", u"城市", u"乡村"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (cz_chars_start(reader, phrase->runs[0].begin, phrase->runs[0].end, words[i]))
      return true;
  return false;
}

/* 农村 behind 城镇人均居住面积 → 农村人均居住面积. */
bool cz_modifier_exchange(const cz_reader *reader, const cz_phrase *earlier, const cz_phrase *modifier,
                          cz_phrase *out) {
  const int64_t length = modifier_length(reader, modifier, true),
                old = modifier_length(reader, earlier, false);
  if (!length || !old || cz_phrase_length(earlier) < old + 2 || !tells_dwelling(reader, modifier) ||
      !tells_dwelling(reader, earlier))
    return false;
  *out = cz_phrase_join(modifier, length, earlier, old);
  return true;
}

/* Offset of a verb inside a phrase of one run (工业用地|支持…比重), 0 if there is none. */
static int64_t last_verb_offset(const cz_reader *reader, const cz_phrase *phrase) {
  for (int32_t i = 0; i < (int32_t)reader->token_count; i++) {
    const cz_token *token = cz_token_at(reader, i);
    if (token->begin <= phrase->runs[0].begin || token->end >= phrase->runs[phrase->count - 1].end)
      continue;
    if (token->type == CZ_TOKEN_WORD && CZ_HAS(token, CZ_CUE_VERB) && CZ_HAS(token, CZ_CUE_BA) &&
        !CZ_HAS(token, CZ_CUE_HEAD))
      return token->begin - phrase->runs[0].begin;
  }
  return 0;
}

/* The elided parts of a coordinated phrase: 新能源汽车、集成电路产量 → 新能源汽车产量, 集成电路产量. */
void cz_parts_complete(const cz_reader *reader, cz_phrase *parts, int32_t count) {
  const cz_phrase last = parts[count - 1];
  int64_t last_length = cz_phrase_length(&last), head_length;
  bool last_head = ends_with_head(reader, &last, &head_length);
  if (last_head)
    head_length += verb_before_head(reader, &last, head_length);
  for (int32_t i = 1; i < count; i++) {
    cz_phrase whole;
    if (cz_phrase_length(&parts[i]) <= 8 && cz_head_complete(reader, &parts[0], &parts[i], &whole))
      parts[i] = whole;
  }
  for (int32_t i = 0; i + 1 < count; i++) {
    int64_t own_head;
    if (cz_indicator_find(reader, &parts[i]) >= 0) {
      /* 化学需氧量、二氧化硫排放量: known by itself, but better known with the common head */
      if (last_head && head_length < last_length && cz_phrase_length(&parts[i]) + head_length < 24) {
        cz_phrase trial =
            cz_phrase_join(&parts[i], cz_phrase_length(&parts[i]), &last, last_length - head_length);
        if (!ends_with_head(reader, &parts[i], &own_head) && cz_indicator_find(reader, &trial) >= 0) {
          parts[i] = trial;
          continue;
        }
      }
      /* a pollutant is measured by what is emitted: 化学需氧量、二氧化硫排放总量 */
      const int64_t emitted =
          cz_chars_find(reader, last.runs[last.count - 1].begin, last.runs[last.count - 1].end, u"排放");
      if (emitted > last.runs[last.count - 1].begin && cz_phrase_length(&parts[i]) <= 6 &&
          parts[i].count == 1 &&
          cz_chars_find(reader, parts[i].runs[0].begin, parts[i].runs[0].end, u"能耗") < 0) {
        cz_phrase_add(&parts[i], emitted, last.runs[last.count - 1].end);
      }
      continue;
    }
    bool done = false;
    static const char16_t levels[] = u"初中高大小上下";
    bool level = false;
    for (size_t k = 0; levels[k]; k++)
      level |= reader->text.chars[parts[i].runs[0].begin] == levels[k];
    if (level && cz_phrase_length(&parts[i]) == 1 && last_length > 3) {
      /* 中、高等职业教育: one character stands for its counterpart */
      parts[i] = cz_phrase_join(&parts[i], 1, &last, 1);
      continue;
    }
    for (int64_t skip = 1; skip < last_length && skip < 24 && !done; skip++) {
      cz_phrase trial = cz_phrase_join(&parts[i], cz_phrase_length(&parts[i]), &last, skip);
      if (cz_indicator_find(reader, &trial) >= 0) {
        parts[i] = trial;
        done = true;
      }
    }
    int64_t own, verb = last_verb_offset(reader, &last), modifier = modifier_length(reader, &last, false);
    if (!done && modifier > 0 && modifier_length(reader, &parts[i], true) > 0) {
      /* 城市、农村低保标准: one modifier takes the other's place */
      parts[i] = cz_phrase_join(&parts[i], cz_phrase_length(&parts[i]), &last, modifier);
      done = true;
    }
    if (!done && verb > 0 && last_head && !ends_with_head(reader, &parts[i], &own)) {
      parts[i] = cz_phrase_join(&parts[i], cz_phrase_length(&parts[i]), &last, verb);
      done = true;
    }
    if (!done && last_head && !ends_with_head(reader, &parts[i], &own) && head_length < last_length)
      parts[i] = cz_phrase_join(&parts[i], cz_phrase_length(&parts[i]), &last, last_length - head_length);
  }
}

/* How many numbers the list has that starts with `q`. */
int32_t cz_list_length(const cz_reader *reader, const cz_quantity *q) {
  int32_t count = 1, i = q->token + 1, total = (int32_t)reader->token_count;
  while (i + 1 < total && count < 8) {
    bool separator = cz_mark_at(reader, i, u'、') || cz_word_has(reader, i, CZ_CUE_CONN);
    int32_t next = i + 1;
    if (q->special == CZ_SPECIAL_RANK && cz_word_has(reader, next, CZ_CUE_SCOPE) && next + 1 < total)
      next++; /* 世界第二、世界第三 */
    if (!separator || cz_token_at(reader, next)->type != CZ_TOKEN_NUMBER)
      break;
    if (reader->quantities[cz_token_at(reader, next)->quantity].role != CZ_ROLE_STATEMENT)
      break;
    count++;
    i = next + 1;
  }
  return count;
}
