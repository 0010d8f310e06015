/* scan.c: one pass over the bytes. It validates, folds, drops padding and notes every line break; lines.c
 * then decides which breaks stay. */
#include <string.h>

#include "isa.h"

/* What lies between the last compact character and the next: blanks and line breaks are held back until it is
 * known what they separate. */
typedef struct gap {
  int64_t blanks;
  int64_t breaks; /* 2 and more: an empty line or a new page */
  bool wide;      /* holds a tab: columns of a table rather than a spaced number */
  bool after_return;
  uint32_t place;
} gap;

typedef struct scanner {
  const cz_text_isa *isa;
  const unsigned char *begin, *end; /* the document */
  uint32_t *marks;                  /* [CHUNK] index of the chunk that is read */
  uint32_t *byte_marks;
  uint16_t *chars;
  uint32_t *place;
  uint8_t *kind;
  int64_t count;
  int64_t line_start;
  int64_t joined_digits;
  int64_t run;    /* digits in a row in the document, up to the last character */
  bool pending;   /* gap holds something, or `tentative` */
  bool tentative; /* the ' ' before the last digit goes if that digit stays alone */
  uint8_t line_kinds;
  gap gap;
  cz_line_break *breaks;
  size_t break_count;
  size_t break_capacity;
  const cz_allocator *allocator;
} scanner;

static void put(scanner *s, uint16_t c, uint32_t place, uint8_t kind) {
  s->chars[s->count] = c;
  s->place[s->count] = place;
  s->kind[s->count] = kind;
  s->count++;
}

static bool is_point(uint16_t c) {
  return c == u'.' || c == u'·';
}

/* A digit that a blank set apart has ended. "1 9 9 7" is one number, "2020 2021" and "5 10" are two. */
static void settle_digit(scanner *s) {
  if (s->tentative) {
    int64_t last = s->count - 1;
    s->chars[last - 1] = s->chars[last];
    s->place[last - 1] = s->place[last];
    s->kind[last - 1] = s->kind[last];
    s->kind[last] = 0; /* plain characters are written without their kind */
    s->count--;
    s->joined_digits++;
  }
  s->tentative = false;
}

/* Whether the line so far is a list number with its point: "3." before a heading that begins with a year. */
static bool is_list_number(const scanner *s) {
  int64_t digits = 0;
  for (int64_t i = s->count - 2; i >= s->line_start; i--, digits++) {
    if (!cz_is_digit(s->chars[i]) || digits == 3)
      return false;
  }
  return s->chars[s->count - 1] == u'.';
}

/* Writes what the blanks before `right` amount to: nothing, or one ' '. */
static void close_blanks(scanner *s, uint16_t right) {
  if (s->count == s->line_start)
    return;
  uint16_t left = s->chars[s->count - 1];
  bool after_digit = s->count - s->line_start >= 2 && cz_is_digit(s->chars[s->count - 2]);
  bool keep = false;
  if (cz_is_digit(right)) {
    if (cz_is_digit(left)) {
      keep = true;
      s->tentative = s->run == 1 && s->gap.blanks <= 2 && !s->gap.wide;
    } else if (is_point(left) && after_digit) {
      keep = is_list_number(s);
      if (!keep)
        s->joined_digits++;
    } else if ((left == u',' || left == u'，') && after_digit) {
      keep = true; /* a clause ends here: not a thousands separator */
    }
  } else if (is_point(right) && cz_is_digit(left)) {
    s->joined_digits++;
  } else if (cz_is_latin(right) && cz_is_latin(left)) {
    keep = true;
  }
  if (keep)
    put(s, u' ', s->gap.place, 0);
}

static bool close_break(scanner *s) {
  if (s->count == 0)
    return true;
  void *block = s->breaks;
  if (!cz_reserve(s->allocator, &block, &s->break_capacity, s->break_count + 1, sizeof *s->breaks))
    return false;
  s->breaks = block;
  s->breaks[s->break_count++] = (cz_line_break){(uint32_t)s->count, s->line_kinds, s->gap.breaks > 1};
  put(s, u'\n', s->gap.place, CZ_CHAR_SENTENCE);
  s->line_start = s->count;
  s->line_kinds = 0;
  return true;
}

/* Settles everything held back before `right` is written. */
static bool close_gap(scanner *s, uint16_t right) {
  bool fine = true;
  if (s->gap.blanks > 0 || s->gap.breaks > 0 || !cz_is_digit(right)) {
    settle_digit(s);
    if (s->gap.breaks > 0) {
      fine = close_break(s);
    } else if (s->gap.blanks > 0) {
      close_blanks(s, right);
    }
    s->run = 0;
    s->gap = (gap){0, 0, false, false, 0};
  }
  s->pending = s->tentative;
  return fine;
}

static void open_gap(scanner *s, uint32_t code_point, uint16_t folded, uint32_t place) {
  gap *g = &s->gap;
  if (folded == u'\n') {
    /* The place of a break is that of its first line break, not of blanks before it. */
    if (g->breaks == 0)
      g->place = place;
    if (!(code_point == '\n' && g->after_return))
      g->breaks += code_point == '\f' ? 2 : 1;
    g->after_return = code_point == '\r';
  } else {
    if (g->blanks == 0 && g->breaks == 0)
      g->place = place;
    g->blanks++;
    if (code_point == '\t')
      g->wide = true;
    g->after_return = false;
  }
  s->pending = true;
}

/* Takes one code point of any kind. False when memory is out. */
static bool take(scanner *s, uint32_t code_point, uint32_t place) {
  uint16_t c = cz_text_fold(code_point);
  if (c == 0)
    return true;
  if (c == u' ' || c == u'\n') {
    open_gap(s, code_point, c, place);
    return true;
  }
  if (s->pending && !close_gap(s, c))
    return false;
  uint8_t kind = cz_char_kind(c);
  if (kind & CZ_CHAR_DIGIT) {
    int64_t n = s->count;
    if (n - s->line_start >= 2 && s->chars[n - 1] == u',' && cz_is_digit(s->chars[n - 2]))
      s->kind[n - 1] = 0;
    s->run++;
    if (s->run > 1)
      s->tentative = false;
    s->pending = s->tentative;
  } else {
    s->run = 0;
  }
  s->line_kinds |= kind;
  put(s, c, place, kind);
  return true;
}

static bool is_continuation(unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

/* Bytes of the well-formed sequence at `at` (Unicode 15, table 3-7), or 0. */
static int decode(const unsigned char *at, const unsigned char *end, uint32_t *code_point) {
  unsigned char lead = at[0];
  if (lead < 0x80) {
    *code_point = lead;
    return 1;
  }
  if (lead < 0xC2 || lead > 0xF4)
    return 0;
  int size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (end - at < size)
    return 0;
  unsigned char low = 0x80, high = 0xBF;
  if (lead == 0xE0)
    low = 0xA0;
  if (lead == 0xED)
    high = 0x9F;
  if (lead == 0xF0)
    low = 0x90;
  if (lead == 0xF4)
    high = 0x8F;
  if (at[1] < low || at[1] > high)
    return 0;
  uint32_t value = lead & (0xFFu >> (size + 1));
  for (int i = 1; i < size; i++) {
    if (!is_continuation(at[i]))
      return 0;
    value = value << 6 | (at[i] & 0x3Fu);
  }
  *code_point = value;
  return size;
}

enum { MARK_SHIFT = 4, MARK_SPAN = 1 << MARK_SHIFT };

/* The three bytes of a character from U+0800 to U+FFFF, known to be well-formed. */
static uint16_t join_three(const unsigned char *at) {
  return (uint16_t)((at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu));
}

/* The character at `at` if it is a plain one, else 0: one of three bytes that needs no folding and separates
 * nothing. Ideographs and the marks of Chinese text, that is, nearly all. Any other character is taken by
 * itself. */
static uint16_t plain_character(const unsigned char *at) {
  const unsigned char lead = at[0];
  if (lead >= 0xE4 && lead <= 0xE9)
    return join_three(at); /* U+4000 to U+9FFF */
  if (lead != 0xE2 && lead != 0xE3 && lead != 0xEF)
    return 0;
  const uint32_t quotes = 1u << 4 | 1u << 8 | 1u << 9 | 1u << 12 | 1u << 13 | 1u << 22; /* — ‘ ’ “ ” … */
  const uint32_t wide =
      1u << 0 | 1u << 7 | 1u << 8 | 1u << 11 | 1u << 25 | 1u << 26 | 1u << 30; /* ！（），：；？ */
  const uint16_t c = join_three(at);
  const bool plain = (c >= u'、' && c <= u'】') ||
                     (c >= 0x2010 && c < 0x2030 && (quotes >> (c - 0x2010) & 1)) ||
                     (c >= 0xFF01 && c < 0xFF21 && (wide >> (c - 0xFF01) & 1));
  return plain ? c : 0;
}

/* Takes the `count` plain characters from `at` on. No gap is pending, and their kinds are noted. */
static void take_plain(scanner *s, const unsigned char *at, int64_t count, uint32_t index) {
  s->isa->join(at, s->end, count, index, s->chars + s->count, s->place + s->count);
  for (uint32_t mark = (index + MARK_SPAN - 1) >> MARK_SHIFT; ((int64_t)mark << MARK_SHIFT) < index + count;
       mark++)
    s->byte_marks[mark] = (uint32_t)(at - s->begin) + 3 * ((mark << MARK_SHIFT) - index);
  s->count += count;
  s->run = 0;
}

/* Takes the digits from `at` on, `limit` at most; the first is known to be one. No gap is pending. */
static int take_digits(scanner *s, const unsigned char *at, const unsigned char *end, uint32_t index,
                       int limit) {
  int64_t n = s->count;
  if (n - s->line_start >= 2 && s->chars[n - 1] == u',' && cz_is_digit(s->chars[n - 2]))
    s->kind[n - 1] = 0;
  int taken = 0;
  do {
    put(s, at[taken], index + (uint32_t)taken, CZ_CHAR_DIGIT);
    taken++;
  } while (taken < limit && at + taken < end && cz_is_digit(at[taken]));
  s->line_kinds |= CZ_CHAR_DIGIT;
  s->run += taken;
  return taken;
}

/* Walks over a chunk from mark to mark: the stretches between them are plain. `index` is the number of the
 * first code point. False when memory is out. */
static bool walk(scanner *s, const unsigned char *chunk, int64_t size, int64_t mark_count, uint32_t index) {
  const uint32_t *mark = s->marks, *const last_mark = mark + mark_count;
  for (int64_t at = 0; at < size;) {
    int64_t stop = mark < last_mark ? *mark : size;
    uint16_t c = 0;
    if (stop == at)
      c = plain_character(chunk + at);
    if (stop > at || c) {
      if (s->pending && !close_gap(s, u'一')) /* any character that is neither digit nor letter */
        return false;
      uint8_t *kind = s->kind + s->count;
      while (mark < last_mark && (c = plain_character(chunk + *mark)) != 0) {
        const uint8_t bits = cz_char_kind(c);
        kind[(*mark++ - (uint32_t)at) / 3] = bits;
        s->line_kinds |= bits;
      }
      stop = mark < last_mark ? *mark : size;
      const int64_t count = (stop - at) / 3;
      take_plain(s, chunk + at, count, index);
      index += (uint32_t)count;
      at = stop;
      continue;
    }
    if ((index & (MARK_SPAN - 1)) == 0)
      s->byte_marks[index >> MARK_SHIFT] = (uint32_t)(chunk + at - s->begin);
    if (!s->pending && cz_is_digit(chunk[at])) {
      const int limit = MARK_SPAN - (int)(index & (MARK_SPAN - 1));
      const int taken = take_digits(s, chunk + at, chunk + size, index, limit);
      at += taken;
      index += (uint32_t)taken;
      mark += taken;
      continue;
    }
    uint32_t code_point;
    const int width = decode(chunk + at, chunk + size, &code_point);
    if (!take(s, code_point, index))
      return false;
    at += width;
    index++;
    mark++;
  }
  return true;
}

/* The first byte of bytes[from…size) that begins no well-formed sequence; `size` if there is none. */
static int64_t first_bad(const unsigned char *bytes, int64_t from, int64_t size) {
  uint32_t code_point;
  for (int width; from < size && (width = decode(bytes + from, bytes + size, &code_point)) != 0;)
    from += width;
  return from;
}

/* Bytes that are indexed before they are walked over: few enough to be still near when the walk comes. */
enum { CHUNK = 1 << 14 };

/* Size of the next chunk, which must not end inside a character. Where more continuation bytes stand in a row
 * than any character has the text is bad, and wherever the chunk ends that will be found. */
static int64_t chunk_size(const unsigned char *at, int64_t rest) {
  if (rest <= CHUNK)
    return rest;
  int64_t size = CHUNK;
  while (size > CHUNK - 3 && is_continuation(at[size]))
    size--;
  return size;
}

/* Reads everything. Returns 0, -1 with *bad at the offending byte, or -2 for memory. */
static int scan_bytes(scanner *s, int64_t *bad) {
  uint32_t index = 0;
  for (const unsigned char *at = s->begin; at < s->end;) {
    const int64_t size = chunk_size(at, s->end - at);
    int64_t mark_count, length;
    if (!s->isa->index(at, size, s->marks, &mark_count, &length)) {
      *bad = first_bad(s->begin, at - s->begin, s->end - s->begin);
      return -1;
    }
    if (!walk(s, at, size, mark_count, index))
      return -2;
    at += size;
    index += (uint32_t)length;
  }
  return 0;
}

cz_status cz_text_index(const char *bytes, int64_t byte_count, uint32_t *marks, int64_t *mark_count,
                        int64_t *length, cz_error *error) {
  if (byte_count < 0 || (byte_count > 0 && (!bytes || !marks)) || !mark_count || !length)
    return cz_fail(error, CZ_ERROR_ARGUMENT, -1, "no text, or no place for its index");
  if (byte_count > INT32_MAX)
    return cz_fail(error, CZ_ERROR_SIZE, INT32_MAX, "text of %lld bytes; at most 2^31 - 1 can be read",
                   (long long)byte_count);
  const unsigned char *text = (const unsigned char *)bytes;
  if (cz_text_isa_chosen()->index(text, byte_count, marks, mark_count, length))
    return CZ_OK;
  *mark_count = *length = 0;
  const int64_t bad = first_bad(text, 0, byte_count);
  return cz_fail(error, CZ_ERROR_ENCODING, bad, "invalid UTF-8 at byte %lld (0x%02X)", (long long)bad,
                 text[bad]);
}

/* Every code point has exactly one byte that is no continuation, so this bounds what a valid prefix holds. */
static int64_t count_code_points(const unsigned char *bytes, int64_t byte_count) {
  enum { ROUNDS = 31, BLOCK = 8 * ROUNDS }; /* a byte holds the count of as many eights */
  const uint64_t ones = UINT64_C(0x0101010101010101);
  int64_t continuations = 0, i = 0;
  for (; byte_count - i >= BLOCK; i += BLOCK) {
    uint64_t sums = 0, eight;
    for (int round = 0; round < ROUNDS; round++) {
      memcpy(&eight, bytes + i + 8 * round, sizeof eight);
      sums += (eight >> 7) & (~eight >> 6) & ones;
    }
    continuations += (int64_t)((sums * ones) >> 56);
  }
  for (; i < byte_count; i++)
    continuations += is_continuation(bytes[i]);
  return byte_count - continuations;
}

static size_t mark_count(int64_t length) {
  return (size_t)(length >> MARK_SHIFT) + 1;
}

/* The closing item, and the slack behind it. */
static size_t item_count(int64_t length) {
  return (size_t)length + 1 + CZ_TEXT_SLACK;
}

void cz_text_release(cz_text *text) {
  if (!text)
    return;
  if (text->allocator.release) {
    const size_t items = item_count(text->length);
    cz_release(&text->allocator, text->chars, items * sizeof *text->chars);
    cz_release(&text->allocator, text->place, items * sizeof *text->place);
    cz_release(&text->allocator, text->kind, items * sizeof *text->kind);
    cz_release(&text->allocator, text->byte_marks, mark_count(text->length) * sizeof *text->byte_marks);
  }
  memset(text, 0, sizeof *text);
}

static bool allocate_columns(cz_text *text) {
  const size_t items = item_count(text->length);
  text->chars = cz_allocate(&text->allocator, items * sizeof *text->chars);
  text->place = cz_allocate(&text->allocator, items * sizeof *text->place);
  text->kind = cz_allocate_zeroed(&text->allocator, items * sizeof *text->kind);
  text->byte_marks =
      cz_allocate_zeroed(&text->allocator, mark_count(text->length) * sizeof *text->byte_marks);
  return text->chars && text->place && text->kind && text->byte_marks;
}

/* Fills `text`, whose columns are allocated. */
static cz_status scan(cz_text *text, cz_error *error) {
  const unsigned char *bytes = (const unsigned char *)(text->bytes ? text->bytes : "");
  scanner s = {.isa = cz_text_isa_chosen(),
               .begin = bytes,
               .end = bytes + text->byte_count,
               .marks = cz_allocate(&text->allocator, CHUNK * sizeof *s.marks),
               .byte_marks = text->byte_marks,
               .chars = text->chars,
               .place = text->place,
               .kind = text->kind,
               .allocator = &text->allocator};
  int64_t bad = 0;
  const int failed = !s.marks ? -2 : text->byte_count ? scan_bytes(&s, &bad) : 0;
  cz_status status = CZ_OK;
  if (failed == -1) {
    status = cz_fail(error, CZ_ERROR_ENCODING, bad, "invalid UTF-8 at byte %lld (0x%02X)", (long long)bad,
                     bytes[bad]);
  } else {
    settle_digit(&s);
    /* The last line ends without a break; it is noted like the others. */
    s.gap.breaks = 0;
    bool fine = !failed && (s.count == 0 || close_break(&s));
    if (fine) {
      if (s.count > 0)
        s.count--;
      text->count = s.count;
      text->joined_digits = s.joined_digits;
      cz_lines_join(text, s.breaks, s.break_count);
      text->chars[text->count] = 0;
      text->place[text->count] = (uint32_t)text->length;
      text->kind[text->count] = CZ_CHAR_SENTENCE;
      if ((text->length & (MARK_SPAN - 1)) == 0)
        text->byte_marks[text->length >> MARK_SHIFT] = (uint32_t)text->byte_count;
    } else {
      status = cz_fail(error, CZ_ERROR_MEMORY, -1, "out of memory while reading the text");
    }
  }
  cz_release(&text->allocator, s.marks, CHUNK * sizeof *s.marks);
  cz_release(&text->allocator, s.breaks, s.break_capacity * sizeof *s.breaks);
  return status;
}

cz_status cz_text_scan(const char *bytes, int64_t byte_count, const cz_allocator *allocator, cz_text *out,
                       cz_error *error) {
  if (!out)
    return cz_fail(error, CZ_ERROR_ARGUMENT, -1, "no place for the text");
  memset(out, 0, sizeof *out);
  if (byte_count < 0)
    return cz_fail(error, CZ_ERROR_ARGUMENT, -1, "negative length of text");
  if (!bytes && byte_count > 0)
    return cz_fail(error, CZ_ERROR_ARGUMENT, -1, "no text");
  if (byte_count > INT32_MAX) {
    return cz_fail(error, CZ_ERROR_SIZE, INT32_MAX, "text of %lld bytes; at most 2^31 - 1 can be read",
                   (long long)byte_count);
  }
  cz_text text = {.bytes = bytes, .byte_count = byte_count, .allocator = cz_allocator_or_libc(allocator)};
  text.length = count_code_points((const unsigned char *)bytes, byte_count);
  cz_status status =
      allocate_columns(&text)
          ? scan(&text, error)
          : cz_fail(error, CZ_ERROR_MEMORY, -1, "out of memory for %lld characters", (long long)text.length);
  if (status != CZ_OK) {
    cz_text_release(&text);
    return status;
  }
  *out = text;
  return CZ_OK;
}

/* Bytes of `eight` that are no continuation, that is, code points that begin there. */
static int64_t leads_in(uint64_t eight) {
  const uint64_t ones = UINT64_C(0x0101010101010101);
  uint64_t continuations = (eight >> 7) & (~eight >> 6) & ones;
  return 8 - (int64_t)((continuations * ones) >> 56);
}

/* `count` code points on from the byte `offset`, where one begins; the document has that many. */
static int64_t skip_code_points(const cz_text *text, int64_t offset, int64_t count) {
  const unsigned char *bytes = (const unsigned char *)text->bytes;
  for (uint64_t eight; count >= 8 && text->byte_count - offset >= (int64_t)sizeof eight;) {
    memcpy(&eight, bytes + offset, sizeof eight);
    count -= leads_in(eight);
    offset += (int64_t)sizeof eight;
  }
  while (offset < text->byte_count && is_continuation(bytes[offset]))
    offset++;
  for (; count > 0; count--) {
    unsigned char lead = bytes[offset];
    offset += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  }
  return offset;
}

int64_t cz_text_byte_offset(const cz_text *text, int64_t index) {
  if (index <= 0 || text->byte_count == 0)
    return 0;
  if (index >= text->length)
    return text->byte_count;
  return skip_code_points(text, text->byte_marks[index >> MARK_SHIFT], index & (MARK_SPAN - 1));
}

const char *cz_text_slice(const cz_text *text, int64_t start, int64_t end, int64_t *size) {
  int64_t from = cz_text_byte_offset(text, start), to;
  if (start >= 0 && end >= start && end - start < MARK_SPAN && end < text->length)
    to = skip_code_points(text, from, end - start);
  else
    to = cz_text_byte_offset(text, end);
  *size = to > from ? to - from : 0;
  return text->bytes ? text->bytes + from : "";
}
