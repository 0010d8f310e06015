/* scope.c: the body that a rank, difference or streak compares with: 全省第一, 高于省均1个百分点. */
#include "noun.h"

static bool is_own_region(const cz_reader *reader, int32_t index) {
  const cz_token *token = cz_token_at(reader, index);
  if (token->type != CZ_TOKEN_REGION)
    return false;
  for (int32_t k = 0; k < token->sense_count; k++)
    if (token->senses[k].vocabulary == CZ_WORD_REGION) {
      const cz_region *region = cz_lexicon_region(reader->lexicon, token->senses[k].row);
      if (region && region->code == reader->region_code)
        return true;
    }
  return false;
}

/* 中国先进制造业城市|第17位, 全国百强县|排名: a ranking's name says among whom. */
cz_phrase cz_scope_of_name(const cz_reader *reader, const cz_phrase *name) {
  static const char16_t *const heads[] = {u"国家", u"中国", u"全国", u"全省",
                                          u"省级", u"世界", u"全球", u"市级"};
  static const char16_t *const bodies[] = {u"城市",   u"高新区", u"经开区", u"开发区", u"百强县",
                                           u"百强区", u"百强市", u"县市",   u"园区"};
  if (name->count != 1)
    return (cz_phrase){0};
  int64_t begin = name->runs[0].begin, end = name->runs[0].end;
  for (size_t h = 0; h < sizeof heads / sizeof *heads; h++) {
    if (!cz_chars_start(reader, begin, end, heads[h]))
      continue;
    int64_t best = -1;
    for (size_t b = 0; b < sizeof bodies / sizeof *bodies; b++) {
      int64_t at = cz_chars_find(reader, begin, end, bodies[b]);
      int64_t length = 0;
      while (bodies[b][length])
        length++;
      if (at >= 0 && (best < 0 || at + length < best))
        best = at + length;
    }
    if (best > 0)
      return cz_phrase_of(begin, best);
  }
  return (cz_phrase){0};
}

static cz_phrase phrase_of_tokens(const cz_reader *reader, int32_t begin, int32_t end) {
  while (begin < end && cz_strips_right(reader, end - 1))
    end--;
  if (begin >= end)
    return (cz_phrase){0};
  return cz_phrase_of(cz_token_at(reader, begin)->begin, cz_token_at(reader, end - 1)->end);
}

void cz_scope_read(const cz_reader *reader, cz_quantity *q, const cz_context *x) {
  if (x->scope_begin >= 0 && !is_own_region(reader, x->scope_begin)) {
    q->scope = phrase_of_tokens(reader, x->scope_begin,
                                x->scope_end > x->scope_begin ? x->scope_end : x->scope_begin + 1);
    return;
  }
  if (q->measure == CZ_MEASURE_DIFFERENCE && x->body_begin >= 0 && x->body_end > x->body_begin)
    q->scope = phrase_of_tokens(reader, x->body_begin, x->body_end);
  if (q->measure == CZ_MEASURE_STREAK) {
    int32_t next = q->token + 1;
    while (next < (int32_t)reader->token_count && cz_token_at(reader, next)->type == CZ_TOKEN_WORD &&
           (CZ_HAS(cz_token_at(reader, next), CZ_CUE_RANKVERB) ||
            CZ_HAS(cz_token_at(reader, next), CZ_CUE_REACH)) &&
           !CZ_HAS(cz_token_at(reader, next), CZ_CUE_SCOPE))
      next++;
    if (next < (int32_t)reader->token_count && cz_token_at(reader, next)->type == CZ_TOKEN_WORD &&
        CZ_HAS(cz_token_at(reader, next), CZ_CUE_SCOPE))
      q->scope = phrase_of_tokens(reader, next, next + 1);
  }
}
