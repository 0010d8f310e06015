/* registry.c: from the phrase of the text to the registry's code. */
#include "../lexicon/internal.h"
#include "noun.h"

static int64_t fold_phrase(const cz_reader *reader, const cz_phrase *phrase, uint16_t *out, int64_t limit) {
  uint16_t raw[96];
  int64_t n = cz_phrase_copy(reader, phrase, raw, 96), k = 0;
  for (int64_t i = 0; i < n && k < limit; i++) {
    uint16_t c = raw[i];
    if (c == u'“' || c == u'”' || c == u'"' || c == u'_' || c == u'{' || c == u'}' || c == u' ' ||
        c == u'《' || c == u'》')
      continue;
    out[k++] = c;
  }
  return k;
}

int32_t cz_indicator_exact(const cz_reader *reader, const uint16_t *chars, int64_t n) {
  cz_hit hit;
  if (n <= 0 || (n > 1 && !cz_lexicon_may_start(reader->lexicon, chars, CZ_WORD_INDICATOR)) ||
      !cz_lexicon_exact(reader->lexicon, chars, n, CZ_WORD_INDICATOR, &hit))
    return -1;
  for (int32_t i = 0; i < hit.sense_count; i++)
    if (hit.senses[i].vocabulary == CZ_WORD_INDICATOR)
      return hit.senses[i].row;
  return -1;
}

int32_t cz_indicator_find(const cz_reader *reader, const cz_phrase *phrase) {
  uint16_t chars[96];
  int64_t n = fold_phrase(reader, phrase, chars, 96);
  int32_t row = cz_indicator_exact(reader, chars, n);
  if (row >= 0)
    return row;
  if (n == 2 && chars[1] == u'口' && (chars[0] == u'出' || chars[0] == u'进')) {
    /* 出口增长20%: alone it is the total; inside names (出口信用保险) the word is no indicator */
    const uint16_t total[] = {chars[0], u'口', u'总', u'额'};
    return cz_indicator_exact(reader, total, 4);
  }
  /* Without words that only say where: 全市, 全社会 …, and without a parenthesis. */
  static const char16_t *const heads[] = {u"全市", u"全省", u"全国", u"全区", u"全县", u"我市", u"我省",
                                          u"我区", u"全年", u"城乡", u"年末", u"各项", u"地区", u"我国",
                                          u"中国", u"主要", u"各类", u"各级", u"国家"};
  for (size_t k = 0; k < sizeof heads / sizeof *heads; k++) {
    if (n && heads[k][0] != chars[0])
      continue;
    int64_t length = 0;
    while (heads[k][length] && length < n && heads[k][length] == chars[length])
      length++;
    if (heads[k][length] || length >= n)
      continue;
    row = cz_indicator_exact(reader, chars + length, n - length);
    if (row >= 0)
      return row;
  }
  static const char16_t *const tails[] = {u"预算", u"均值", u"水平"};
  for (size_t k = 0; k < sizeof tails / sizeof *tails; k++)
    if (n > 2 && chars[n - 2] == tails[k][0] && chars[n - 1] == tails[k][1] &&
        (row = cz_indicator_exact(reader, chars, n - 2)) >= 0)
      return row;
  int64_t open = -1, close = -1;
  for (int64_t i = 0; i < n; i++) {
    if (open < 0 && (chars[i] == u'（' || chars[i] == u'('))
      open = i;
    if (open >= 0 && (chars[i] == u'）' || chars[i] == u')'))
      close = i;
  }
  if (open > 0 && close > open) {
    uint16_t bare[96];
    int64_t k = 0;
    for (int64_t i = 0; i < n; i++)
      if (i < open || i > close)
        bare[k++] = chars[i];
    row = cz_indicator_exact(reader, bare, k);
  }
  return row;
}
