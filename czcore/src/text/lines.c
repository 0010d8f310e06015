/* lines.c: which line breaks end a line, and which are only where the paper ended.
 *
 * Reports come as text taken from web pages and PDF files: a paragraph per line, or lines of equal width,
 * with page numbers and page breaks in the middle of words, formulas taken apart (M\n2), names set apart
 * where a link was. Closing up too much glues a heading to the sentence after it; closing up too little cuts
 * a sentence in two. The rules below are tried in order, the first that applies decides. They look at a
 * bounded number of characters on either side of a break, apart from one pass that measures the lines, so the
 * time is linear for any text.
 */
#include <string.h>

#include "internal.h"

enum {
  HEADING_LIMIT = 60,  /* a numbered line without a full stop is a heading up to this length */
  RUNNING_LENGTH = 28, /* longer lines are running text unless they look like a title */
  FRAGMENT_LENGTH = 3, /* pieces of formulas: 2, PM, 2.5 */
  PAGE_NUMBER_LIMIT = 16,
  WIDTH_LIMIT = 120, /* of a line set by width, in half-width units */
  WIDTH_SLACK = 6,  /* by how much it may fall short: a mark takes the character before it to the next line */
  WRAPPED_LINES = 8 /* fewer tell nothing about the width */
};

/* A line: [begin, end) of the characters, and the kinds of character in it. */
typedef struct line {
  const uint16_t *chars;
  int64_t begin, end;
  uint8_t kinds;
} line;

static int64_t length_of(const line *l) {
  return l->end - l->begin;
}

/* The character `at` places into the line, 0 past its end. */
static uint16_t char_at(const line *l, int64_t at) {
  return l->begin + at < l->end ? l->chars[l->begin + at] : 0;
}

static uint16_t last_char(const line *l) {
  return l->end > l->begin ? l->chars[l->end - 1] : 0;
}

static bool is_one_of(uint16_t c, const char16_t *set) {
  if (c == 0)
    return false;
  while (*set && *set != c)
    set++;
  return *set != 0;
}

static bool begins_with(const line *l, const char16_t *word) {
  for (int64_t i = 0; word[i]; i++) {
    if (char_at(l, i) != word[i])
      return false;
  }
  return true;
}

static bool is_dash(uint16_t c) {
  return is_one_of(c, u"-—–―─━");
}
static bool is_counting(uint16_t c) {
  return is_one_of(c, u"一二三四五六七八九十百〇零");
}
static bool is_terminal(uint16_t c) {
  return is_one_of(c, u"。！？!?：:；;…—”’」』）)】》");
}
static bool is_closing(uint16_t c) {
  return is_one_of(c, u"，、。；：！？,;:!?”’」』）)】》〉]%‰℃");
}
static bool is_opening(uint16_t c) {
  return is_one_of(c, u"“‘「『（(【《〈[，、,");
}

/* 一、 （一） (1) 1. 1、 第一章 第一， —— ● and the salutation. */
static bool is_heading(const line *l) {
  uint16_t first = char_at(l, 0);
  if (is_dash(first))
    return true;
  if (is_one_of(first, u"●■◆▲★•○□◇△☆※") || (first >= u'①' && first <= u'⑳'))
    return true;
  if (begins_with(l, u"各位代表") || begins_with(l, u"附件") || begins_with(l, u"来源"))
    return true;
  bool bracket = first == u'（' || first == u'(';
  bool ordinal = first == u'第';
  int64_t at = bracket || ordinal ? 1 : 0, start = at;
  if (cz_is_digit(char_at(l, at))) {
    while (at - start < 3 && cz_is_digit(char_at(l, at)))
      at++;
  } else {
    while (at - start < 3 && is_counting(char_at(l, at)))
      at++;
  }
  if (at == start)
    return false;
  uint16_t next = char_at(l, at), after = char_at(l, at + 1);
  if (bracket)
    return next == u'）' || next == u')';
  if (ordinal)
    return is_one_of(next, u"章节篇编条，") || (next == u'部' && after == u'分');
  /* 一、二、三产业 and 2、3号线 go on with a sentence; 2.5 is a number. */
  if (next == u'、') {
    uint16_t third = char_at(l, at + 2);
    return !((is_counting(after) || cz_is_digit(after)) && is_one_of(third, u"、产次号期"));
  }
  return (next == u'.' || next == u'．') && !cz_is_digit(after);
}

/* — 12 —, -12-, 第12页, 第12页共30页, or a number alone when empty lines set it apart. */
static bool is_page_number(const line *l, bool set_apart) {
  int64_t count = length_of(l), at = 0, end = count;
  if (count == 0 || count > PAGE_NUMBER_LIMIT)
    return false;
  if (char_at(l, 0) == u'第') {
    if (last_char(l) != u'页')
      return false;
    for (at = 1; at < count - 1; at++) {
      if (!cz_is_digit(char_at(l, at)) && !is_one_of(char_at(l, at), u"页共，,/"))
        return false;
    }
    return cz_is_digit(char_at(l, 1));
  }
  while (at < end && (is_dash(char_at(l, at)) || char_at(l, at) == u'·'))
    at++;
  while (end > at && (is_dash(char_at(l, end - 1)) || char_at(l, end - 1) == u'·'))
    end--;
  bool framed = at > 0 && end < count;
  if (end - at < 1 || end - at > (framed ? 4 : 3))
    return false;
  for (int64_t i = at; i < end; i++) {
    if (!cz_is_digit(char_at(l, i)))
      return false;
  }
  return framed || (at == 0 && end == count && set_apart);
}

/* A piece of a formula or a unit: no Chinese characters. */
static bool is_fragment(const line *l) {
  int64_t count = length_of(l);
  if (count == 0 || count > FRAGMENT_LENGTH)
    return false;
  for (int64_t i = 0; i < count; i++) {
    uint16_t c = char_at(l, i);
    if (c >= 0x3400 || is_dash(c))
      return false;
  }
  return true;
}

/* A long line without any mark: where and when the report was given, or its name. */
static bool is_title(const line *l) {
  static const char16_t *const words[] = {u"会议", u"报告", u"代表大会"};
  int64_t count = length_of(l);
  if (count > HEADING_LIMIT)
    return false;
  for (int64_t at = 0; at < count; at++) {
    line rest = {l->chars, l->begin + at, l->end, l->kinds};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
      if (begins_with(&rest, words[i]))
        return true;
    }
  }
  return false;
}

/* Width on paper, in units of half a character. */
static int64_t width_of(const line *l) {
  int64_t width = 0;
  for (int64_t i = l->begin; i < l->end; i++)
    width += l->chars[i] < 0x100 ? 1 : 2;
  return width;
}

/* The width that most lines of a text set in lines of equal width have, or 0 when each paragraph is one line.
 */
static int64_t common_width(const cz_text *text, const cz_line_break *breaks, size_t count) {
  int64_t lines_of[WIDTH_LIMIT + 1] = {0}, longer = 0, total = 0, begin = 0;
  for (size_t i = 0; i < count; i++) {
    line l = {text->chars, begin, breaks[i].at, 0};
    int64_t width = length_of(&l) > WIDTH_LIMIT ? WIDTH_LIMIT + 1 : width_of(&l);
    if (width > WIDTH_LIMIT)
      longer++;
    else
      lines_of[width]++;
    total++;
    begin = (int64_t)breaks[i].at + 1;
  }
  if (total < WRAPPED_LINES)
    return 0;
  /* From the widest down: the first width that few lines exceed and many reach. */
  int64_t above = longer;
  for (int64_t width = WIDTH_LIMIT; width >= 16; width--) {
    int64_t reached = 0;
    for (int64_t i = width; i > width - WIDTH_SLACK; i--)
      reached += lines_of[i];
    if (above * 50 > total)
      return 0;
    if (reached * 5 >= total * 2)
      return width;
    above += lines_of[width];
  }
  return 0;
}

/* What a decision is made from. `before` is the line as closed up so far, `tail` its last line in the
 * document. */
typedef struct place_between {
  line before, tail, after;
  bool blank;            /* empty lines between */
  bool before_is_number; /* page numbers */
  bool after_is_number;
  int64_t width; /* of the text's lines, 0 if they have none */
} place_between;

static bool is_soft(const place_between *p) {
  if (p->before_is_number || p->after_is_number)
    return false;
  if (is_heading(&p->after))
    return false;
  uint16_t last = last_char(&p->before);
  if (is_closing(char_at(&p->after, 0)) || is_opening(last))
    return true;
  if (p->width > 0 && !p->blank) {
    int64_t count = length_of(&p->tail);
    bool full = count > WIDTH_LIMIT || width_of(&p->tail) > p->width - WIDTH_SLACK;
    if (full)
      return !is_one_of(last, u"。！？!?");
  }
  if (is_terminal(last))
    return false;
  bool stops = (p->before.kinds & CZ_CHAR_SENTENCE) != 0;
  bool clauses = stops || (p->before.kinds & (CZ_CHAR_CLAUSE | CZ_CHAR_SEMICOLON)) != 0;
  int64_t count = length_of(&p->before);
  if (!p->blank && (is_fragment(&p->tail) || is_fragment(&p->after)))
    return true;
  if (count <= 2 && (!p->blank || last == u'是') && (p->after.kinds & (CZ_CHAR_CLAUSE | CZ_CHAR_SENTENCE))) {
    return !is_heading(&p->before); /* 一是\n… */
  }
  if (!stops && count <= HEADING_LIMIT && is_heading(&p->before))
    return false;
  if (clauses)
    return true;
  return count >= RUNNING_LENGTH && !is_title(&p->before);
}

/* Moves the line [begin, end) of the document's characters down to `out`. */
static void move(cz_text *text, int64_t out, int64_t begin, int64_t end) {
  if (out == begin || begin == end)
    return;
  size_t count = (size_t)(end - begin);
  memmove(text->chars + out, text->chars + begin, count * sizeof *text->chars);
  memmove(text->place + out, text->place + begin, count * sizeof *text->place);
  memmove(text->kind + out, text->kind + begin, count * sizeof *text->kind);
}

/* Words of Latin letters stay apart, and so do a clause that ends in a number and one that begins with one
 * (…5，\n10… would read as a thousands separator). */
static bool needs_blank(const cz_text *text, int64_t begin, int64_t out, uint16_t right) {
  uint16_t left = text->chars[out - 1];
  if (cz_is_latin(left))
    return cz_is_latin(right);
  return (left == u',' || left == u'，') && cz_is_digit(right) && out - begin >= 2 &&
         cz_is_digit(text->chars[out - 2]);
}

void cz_lines_join(cz_text *text, const cz_line_break *breaks, size_t break_count) {
  if (break_count < 2)
    return;
  place_between p = {.width = common_width(text, breaks, break_count)};
  p.before = p.tail = (line){text->chars, 0, breaks[0].at, breaks[0].kinds};
  p.before_is_number = is_page_number(&p.before, breaks[0].blank);
  for (size_t i = 1; i < break_count; i++) {
    int64_t at = breaks[i - 1].at, begin = at + 1, end = breaks[i].at, out = p.before.end;
    bool last = i + 1 == break_count;
    p.after = (line){text->chars, begin, end, breaks[i].kinds};
    p.blank = breaks[i - 1].blank;
    p.after_is_number = is_page_number(&p.after, p.blank && (last || breaks[i].blank));
    bool soft = is_soft(&p);
    if (!soft || needs_blank(text, p.before.begin, out, text->chars[begin])) {
      text->chars[out] = soft ? u' ' : u'\n';
      text->place[out] = text->place[at];
      text->kind[out] = soft ? 0 : CZ_CHAR_SENTENCE;
      out++;
    }
    move(text, out, begin, end);
    p.tail = (line){text->chars, out, out + (end - begin), p.after.kinds};
    if (soft) {
      text->joined_lines++;
      p.before.end = p.tail.end;
      p.before.kinds |= p.tail.kinds;
    } else {
      p.before = p.tail;
    }
    p.before_is_number = !soft && p.after_is_number;
    text->count = p.before.end;
  }
}
