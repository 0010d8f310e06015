/* Bytes to compact characters: validation, folding, blanks, line breaks, places. */
#include <uchar.h>

#include "check.h"
#include "czcore/text.h"

/* The compact text as UTF-8, in a buffer that the next call overwrites. */
static const char *utf8_of(const cz_text *text) {
  static char buffer[1 << 16];
  size_t used = 0;
  for (int64_t i = 0; i < text->count && used < sizeof buffer - 4; i++) {
    unsigned c = text->chars[i];
    if (c < 0x80) {
      buffer[used++] = (char)c;
    } else if (c < 0x800) {
      buffer[used++] = (char)(0xC0 | c >> 6);
      buffer[used++] = (char)(0x80 | (c & 63));
    } else {
      buffer[used++] = (char)(0xE0 | c >> 12);
      buffer[used++] = (char)(0x80 | (c >> 6 & 63));
      buffer[used++] = (char)(0x80 | (c & 63));
    }
  }
  buffer[used] = '\0';
  return buffer;
}

static uint32_t code_point_at(const cz_text *text, int64_t index) {
  int64_t size;
  const unsigned char *at = (const unsigned char *)cz_text_slice(text, index, index + 1, &size);
  uint32_t value = size == 1 ? at[0] : at[0] & (0xFFu >> (size + 1));
  for (int64_t i = 1; i < size; i++)
    value = value << 6 | (at[i] & 0x3Fu);
  return value;
}

/* What holds for every text, whatever it says. */
static void check_sound(const cz_text *text) {
  CHECK(text->count <= text->length);
  CHECK_EQ_INT(text->chars[text->count], 0);
  CHECK_EQ_INT(text->place[text->count], text->length);
  CHECK_EQ_INT(text->kind[text->count], CZ_CHAR_SENTENCE);
  for (int64_t i = 0; i < text->count; i++) {
    bool fine = text->place[i] < text->place[i + 1] && text->place[i] < text->length && text->chars[i] != 0;
    uint16_t folded = cz_text_fold(code_point_at(text, text->place[i]));
    fine = fine && (folded == text->chars[i] || (text->chars[i] == u' ' && folded == u'\n'));
    bool digit = text->chars[i] >= u'0' && text->chars[i] <= u'9';
    fine = fine && digit == ((text->kind[i] & CZ_CHAR_DIGIT) != 0);
    if (!CHECK(fine)) {
      printf("  at %d\n", (int)i);
      return;
    }
  }
}

static bool scan_bytes(const char *bytes, size_t size, cz_text *text) {
  /* A copy of exactly this size, so that the sanitizer sees every look beyond it. */
  char *copy = malloc(size ? size : 1);
  if (!copy)
    return false;
  memcpy(copy, bytes, size);
  cz_error error;
  cz_status status = cz_text_scan(copy, (int64_t)size, NULL, text, &error);
  if (CHECK_EQ_INT(status, CZ_OK))
    check_sound(text);
  if (status != CZ_OK)
    free(copy);
  return status == CZ_OK;
}

static bool scan_string(const char *document, cz_text *text) {
  return scan_bytes(document, strlen(document), text);
}

static void finish(cz_text *text) {
  char *copy = (char *)(uintptr_t)text->bytes;
  cz_text_release(text);
  free(copy);
}

/* `document` becomes `compact`. */
static void check_compact(int line, const char *document, const char *compact) {
  cz_text text;
  if (!scan_string(document, &text))
    return;
  if (!CHECK_EQ_TEXT(utf8_of(&text), compact))
    printf("  for the text in line %d\n", line);
  finish(&text);
}

#define COMPACT(document, compact) check_compact(__LINE__, document, compact)

static void an_empty_document_is_a_text(void) {
  cz_text text;
  CHECK_EQ_INT(cz_text_scan(NULL, 0, NULL, &text, NULL), CZ_OK);
  CHECK_EQ_INT(text.length, 0);
  CHECK_EQ_INT(text.count, 0);
  check_sound(&text);
  int64_t size = 7;
  CHECK(cz_text_slice(&text, 0, 5, &size) != NULL);
  CHECK_EQ_INT(size, 0);
  CHECK_EQ_INT(cz_text_byte_offset(&text, 3), 0);
  cz_text_release(&text);
  cz_text_release(&text); /* zeroed: fine */
  cz_text_release(NULL);
  COMPACT("", "");
  COMPACT(" \n\t\r\n　", "");
}

static void one_character(void) {
  COMPACT("常", "常");
  COMPACT("5", "5");
  COMPACT("\n", "");
  COMPACT("\xEF\xBB\xBF", "");
  COMPACT("\xEF\xBB\xBF"
          "5",
          "5");
}

static void wrong_arguments_are_named(void) {
  cz_text text;
  memset(&text, 0xA5, sizeof text);
  cz_error error;
  CHECK_EQ_INT(cz_text_scan(NULL, 5, NULL, &text, &error), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(error.status, CZ_ERROR_ARGUMENT);
  CHECK(text.chars == NULL && text.count == 0);
  CHECK_EQ_INT(cz_text_scan("x", -1, NULL, &text, NULL), CZ_ERROR_ARGUMENT);
  CHECK_EQ_INT(cz_text_scan("x", 1, NULL, NULL, &error), CZ_ERROR_ARGUMENT);
  /* Refused by its size alone, before a byte is read. */
  CHECK_EQ_INT(cz_text_scan("x", (int64_t)INT32_MAX + 1, NULL, &text, &error), CZ_ERROR_SIZE);
  CHECK_EQ_INT(error.status, CZ_ERROR_SIZE);
}

static void invalid_utf8_is_found_where_it_begins(void) {
  static const struct {
    const char *bytes;
    int64_t size; /* -1: up to NUL */
  } cases[] = {
      {"\x80", -1}, /* continuation without a lead */
      {"\xBF", -1},
      {"\xC0\x80", -1}, /* overlong */
      {"\xC1\xBF", -1},
      {"\xE0\x80\x80", -1},
      {"\xE0\x9F\xBF", -1},
      {"\xF0\x80\x80\x80", -1},
      {"\xF0\x8F\xBF\xBF", -1},
      {"\xED\xA0\x80", -1}, /* surrogates */
      {"\xED\xBF\xBF", -1},
      {"\xF4\x90\x80\x80", -1}, /* beyond U+10FFFF */
      {"\xF5\x80\x80\x80", -1},
      {"\xFF", -1},
      {"\xFE", -1},
      {"\xE5\xB8", -1}, /* cut off */
      {"\xE5", -1},
      {"\xC3", -1},
      {"\xF0\x9F\x98", -1},
      {"\xE5"
       "a\xB8",
       -1}, /* interrupted */
      {"\xE5\xB8"
       "a",
       -1},
      {"\xC3"
       "a",
       -1},
      {"\xF0\x9F"
       "aa",
       -1},
      {"\xE5\xB8\xE5\xB8\xB8", -1},
      {"\xE5\x00\x80", 3},
  };
  static const char *const before[] = {"", "a", "常州", "12 ", "1 9", "\n\n", "é", "𠮷", "\xEF\xBB\xBF"};
  static const char *const after[] = {"", "a", "常州", "\n"};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    for (size_t j = 0; j < sizeof before / sizeof *before; j++) {
      for (size_t k = 0; k < sizeof after / sizeof *after; k++) {
        /* Also behind more than one span of byte marks. */
        for (size_t padding = 0; padding <= 130; padding += 65) {
          char document[256];
          size_t size = 0;
          for (; size < padding; size++)
            document[size] = 'x';
          memcpy(document + size, before[j], strlen(before[j]));
          size += strlen(before[j]);
          size_t expected = size;
          size_t bad = cases[i].size < 0 ? strlen(cases[i].bytes) : (size_t)cases[i].size;
          memcpy(document + size, cases[i].bytes, bad);
          size += bad;
          memcpy(document + size, after[k], strlen(after[k]));
          size += strlen(after[k]);
          char *copy = malloc(size);
          if (!CHECK(copy != NULL))
            return;
          memcpy(copy, document, size);
          cz_text text;
          memset(&text, 0xA5, sizeof text);
          cz_error error = {CZ_OK, 0, ""};
          CHECK_EQ_INT(cz_text_scan(copy, (int64_t)size, NULL, &text, &error), CZ_ERROR_ENCODING);
          if (!CHECK_EQ_INT(error.offset, expected))
            printf("  case %d after \"%s\"\n", (int)i, before[j]);
          CHECK_EQ_INT(error.status, CZ_ERROR_ENCODING);
          CHECK(text.chars == NULL && text.bytes == NULL);
          CHECK_EQ_INT(cz_text_scan(copy, (int64_t)size, NULL, &text, NULL), CZ_ERROR_ENCODING);
          free(copy);
        }
      }
    }
  }
}

static size_t encode(uint32_t c, char *out) {
  if (c < 0x80) {
    out[0] = (char)c;
    return 1;
  }
  size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (size_t i = size - 1; i > 0; i--, c >>= 6)
    out[i] = (char)(0x80 | (c & 63));
  out[0] = (char)((0xF00u >> size & 0xFF) | c);
  return size;
}

/* All 1,112,064 code points, each between two that stay. */
static void every_code_point_is_read(void) {
  char *document = malloc(0x110000 * 4 + 8);
  if (!CHECK(document != NULL))
    return;
  size_t size = 0;
  int64_t length = 0;
  for (uint32_t c = 0; c < 0x110000; c++) {
    if (c >= 0xD800 && c < 0xE000)
      continue;
    size += encode(c, document + size);
    length++;
  }
  cz_text text;
  if (scan_bytes(document, size, &text)) {
    CHECK_EQ_INT(text.length, length);
    /* Places and folding of all are checked by check_sound; nothing that folding keeps may be lost. */
    int64_t kept = 0, breaks = 0;
    for (uint32_t c = 0; c < 0x110000; c++) {
      if (c >= 0xD800 && c < 0xE000)
        continue;
      uint16_t folded = cz_text_fold(c);
      kept += folded != 0 && folded != u' ' && folded != u'\n';
    }
    int64_t blanks = 0;
    for (int64_t i = 0; i < text.count; i++) {
      breaks += text.chars[i] == u'\n';
      blanks += text.chars[i] == u' ';
    }
    CHECK_EQ_INT(text.count - breaks - blanks, kept);
    finish(&text);
  }
  free(document);
}

static void widths_are_folded(void) {
  COMPACT("１９９４年增长８．５％", "1994年增长8.5%");
  COMPACT("ＧＤＰ－１＋２＝３／４～５", "GDP-1+2=3/4~5");
  COMPACT("（一），：；！？", "（一），：；！？"); /* marks of Chinese stay */
  COMPACT("(a),:;!?", "(a),:;!?");
  COMPACT("−5‐6‑7", "-5-6-7");
  COMPACT("–—―─∶：㎡℃", "–—―─∶：㎡℃");
  COMPACT("⽣产⼀⽇", "生产一日"); /* radicals from PDF files */
  CHECK_EQ_INT(cz_text_fold(0x2F00), u'一');
  CHECK_EQ_INT(cz_text_fold(0x2FD5), u'龠');
  CHECK_EQ_INT(cz_text_fold(0xFF01), u'！');
  CHECK_EQ_INT(cz_text_fold(0xFF5E), u'~');
  CHECK_EQ_INT(cz_text_fold(0x1F600), 0xFFFD);
  CHECK_EQ_INT(cz_text_fold(0), 0xFFFD);
  CHECK_EQ_INT(cz_text_fold('\n'), u'\n');
}

static void blanks_and_format_characters_are_named_one_by_one(void) {
  static const uint32_t blanks[] = {0x09, 0x20, 0xA0, 0x2000, 0x2005, 0x200A, 0x202F, 0x205F, 0x3000};
  static const uint32_t dropped[] = {0x01,   0x08,   0x0E,   0x1F,    0x7F,   0x80,   0x9F,
                                     0xAD,   0x200B, 0x200F, 0x202A,  0x202E, 0x2060, 0x2064,
                                     0xFE00, 0xFE0F, 0xFEFF, 0xE0100, 0xE01EF};
  static const uint32_t breaks[] = {0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029};
  for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
    CHECK_EQ_INT(cz_text_fold(blanks[i]), u' ');
  for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
    CHECK_EQ_INT(cz_text_fold(dropped[i]), 0);
  for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
    CHECK_EQ_INT(cz_text_fold(breaks[i]), u'\n');
}

static void nul_is_a_character_that_matches_nothing(void) {
  cz_text text;
  if (!scan_bytes("增\0长", 7, &text))
    return;
  CHECK_EQ_INT(text.count, 3);
  CHECK_EQ_INT(text.chars[1], 0xFFFD);
  CHECK_EQ_INT(text.kind[1], 0);
  finish(&text);
}

static void a_character_beyond_sixteen_bits_keeps_its_place(void) {
  cz_text text;
  if (!scan_string("甲𠮷乙", &text))
    return;
  CHECK_EQ_INT(text.length, 3);
  CHECK_EQ_INT(text.chars[1], 0xFFFD);
  CHECK_EQ_INT(text.place[2], 2);
  finish(&text);
}

static void blanks_go(void) {
  COMPACT("完成 投资　846 亿元", "完成投资846亿元");
  COMPACT("2020 年 2 月", "2020年2月");
  COMPACT(" 开头和结尾 ", "开头和结尾");
  COMPACT("5G 通讯", "5G通讯");
  COMPACT("50 km", "50km");
  COMPACT("增\xE2\x80\x8B长\xEF\xBB\xBF率", "增长率");
  COMPACT("6\xE2\x80\x8B.\xE2\x80\x8B"
          "5",
          "6.5");
}

static void latin_words_stay_apart(void) {
  COMPACT("smart  city", "smart city");
  COMPACT("a\tb\xC2\xA0"
          "c",
          "a b c");
  COMPACT("ＡＩ ｌａｂ", "AI lab");
  COMPACT("AI 实验室 B 座", "AI实验室B座");
}

static int64_t joined_digits_of(const char *document) {
  cz_text text;
  if (!scan_string(document, &text))
    return -1;
  int64_t joined = text.joined_digits;
  finish(&text);
  return joined;
}

static void digits_set_apart_are_one_number(void) {
  COMPACT("1 9 9 7 年", "1997年");
  COMPACT("达到1 0 ％", "达到10%");
  COMPACT("增长8 ．8 ％", "增长8.8%");
  COMPACT("增长8. 8%", "增长8.8%");
  COMPACT("增长6 .5%", "增长6.5%");
  COMPACT("增长1 2 ．3 4 个", "增长12.34个");
  COMPACT("1 1　2 0", "1120");
  COMPACT("共1 9", "共19"); /* the last digit ends the text */
  CHECK_EQ_INT(joined_digits_of("1 9 9 7 年"), 3);
  CHECK_EQ_INT(joined_digits_of("增长6 .5%"), 1);
  CHECK_EQ_INT(joined_digits_of("增长8 ．8 ％，2020 年"), 1);
  CHECK_EQ_INT(joined_digits_of("共1 9"), 1);
  CHECK_EQ_INT(joined_digits_of("2020 2021"), 0);
}

static void separate_numbers_stay_apart(void) {
  COMPACT("2020 2021", "2020 2021");
  COMPACT("5 10", "5 10");
  COMPACT("10 5", "10 5");
  COMPACT("12 3 4", "12 34");
  COMPACT("3 4 12", "34 12");
  COMPACT("5\t6", "5 6"); /* columns of a table */
  COMPACT("5    6", "5 6");
  COMPACT("增长5, 125家", "增长5, 125家"); /* no thousands separator */
  COMPACT("增长5， 125家", "增长5， 125家");
  COMPACT("1,234家", "1,234家");
  COMPACT("1. 2020年回顾", "1. 2020年回顾"); /* a list number */
  COMPACT("好。\n3. 2020年回顾", "好。\n3. 2020年回顾");
}

static void any_number_of_breaks_is_one(void) {
  COMPACT("一、回顾\n \r\n\r\n　\n全年很好。", "一、回顾\n全年很好。");
  COMPACT("\n\n一、回顾\n\n", "一、回顾");
  COMPACT("好。\r\n好。", "好。\n好。");
  COMPACT("好。\r好。", "好。\n好。");
  COMPACT("好。\xE2\x80\xA8好。", "好。\n好。");
  COMPACT("好。\xE2\x80\xA9好。", "好。\n好。");
  COMPACT("好。\xC2\x85好。", "好。\n好。");
  COMPACT("好。\f好。", "好。\n好。");
}

static void a_sentence_goes_on_over_the_page(void) {
  COMPACT("建成多层次的养老体系，加快构\n\n建新的格局。", "建成多层次的养老体系，加快构建新的格局。");
  COMPACT("建成多层次的养老体系，加快构\f建新的格局。", "建成多层次的养老体系，加快构建新的格局。");
  COMPACT("今年要改善人居环境，\n增加学位。", "今年要改善人居环境，增加学位。");
  COMPACT("新增学位11\n00个，好。", "新增学位11\n00个，好。"); /* a short line without a mark is a heading */
  COMPACT("总的来看，新增学位11\n00个。", "总的来看，新增学位1100个。");
  COMPACT("根据《\n规划纲要\n》和会议精神，安排好各项工作。", "根据《规划纲要》和会议精神，安排好各项工作。");
  COMPACT("两个企业，数量达16，\n25家上市。", "两个企业，数量达16， 25家上市。");
  COMPACT("推广，建设smart\ncity。", "推广，建设smart city。");
  COMPACT("一是\n依法办事，公正办事。", "一是依法办事，公正办事。");
  COMPACT("一是\n\n依法办事，公正办事。", "一是依法办事，公正办事。");
  cz_text text;
  static const char document[] = "改善，加快构\n\n建\n\n格局";
  if (!scan_string(document, &text))
    return;
  CHECK_EQ_INT(text.joined_lines, 2);
  CHECK_EQ_INT(text.place[6], 8); /* 建, behind two line breaks */
  finish(&text);
}

static void pieces_of_formulas_are_put_together(void) {
  COMPACT("广义货币\nM\n2\n增长8%。", "广义货币M2增长8%。");
  COMPACT("颗粒物（PM\n2.5\n）下降。", "颗粒物（PM2.5）下降。");
  COMPACT("增长8\n%左右。", "增长8%左右。");
}

static void titles_and_headings_stay_on_their_lines(void) {
  static const char *const documents[] = {
      "2021年某市政府工作报告\n——2021年1月5日在某市人民代表大会上\n市长某某\n各位代表：\n我作报告。",
      "2021年1月5日在江南省江北自治州第十六届人民代表大会第五次会议上\n某市市长\n某某",
      "一、回顾\n（一）经济\n强化数字赋能\n今年要好好干。",
      "（四）多措并举扩大内需和外需，经济发展的质量和效益都进一步增强，结构更优\n稳增长用力。",
      "第一章 总则\n第一节 目标\n增长。",
      "第一，进一步加强农业\n农业很重要。",
      "工作有，\n一、农业\n二、工业",
      "要求是，\n（1）增长\n(2)稳定\n3.和谐\n4、安全",
      "目标，\n①增长\n●稳定",
      "情况如下，\n各位代表，我们要努力。",
      "附件\n2025年实事。",
      "改善民生。\n2020年很好。",
  };
  for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
    cz_text text;
    if (!scan_string(documents[i], &text))
      return;
    if (!CHECK_EQ_INT(text.joined_lines, 0))
      printf("  in document %d: %s\n", (int)i, utf8_of(&text));
    finish(&text);
  }
}

static void what_looks_like_a_heading_need_not_be_one(void) {
  COMPACT("优化结构，发展第\n一、二、三产业。", "优化结构，发展第一、二、三产业。");
  COMPACT("颗粒物浓度下降，达到\n2.5微克。", "颗粒物浓度下降，达到2.5微克。");
  COMPACT("轨道交通建设加快，\n1、2号线开通。", "轨道交通建设加快，1、2号线开通。");
  COMPACT("城镇化加快，户籍\n第二大省的人口增加。", "城镇化加快，户籍第二大省的人口增加。");
}

static void page_numbers_do_not_touch_words(void) {
  COMPACT("多层次，养老服\n\n— 3 —\n\n务体系好。", "多层次，养老服\n—3—\n务体系好。");
  COMPACT("多层次，养老服\n- 12 -\n务体系好。", "多层次，养老服\n-12-\n务体系好。");
  COMPACT("多层次，养老服\n第 5 页\n务体系好。", "多层次，养老服\n第5页\n务体系好。");
  COMPACT("多层次，养老服\n第5页 共30页\n务体系好。", "多层次，养老服\n第5页共30页\n务体系好。");
  COMPACT("多层次，养老服\n\n17\n\n务体系好。", "多层次，养老服\n17\n务体系好。");
  COMPACT("多层次，养老服\n17\f务体系好。", "多层次，养老服17务体系好。"); /* no empty line before it */
  COMPACT("1\n\n多层次，养老服", "1\n多层次，养老服");
  COMPACT("多层次，养老服\n— 3 —\n、医疗好。", "多层次，养老服\n—3—\n、医疗好。");
  COMPACT("多层次，养老服\n\n17", "多层次，养老服\n17");
}

/* Lines of equal width, as PDF files give them: full lines go on whatever they end with, except a full stop.
 */
static void lines_set_by_width_are_one_paragraph(void) {
  COMPACT("全年地区生产总值增长百分之六\n财政收入同步增长其中税收占比\n明显提高居民收入增长快于“经\n济”增长城"
          "乡差距缩小（全省）\n"
          "就业形势总体稳定物价涨幅可控\n民生支出占财政支出比重逐步上\n升。\n推进改革开放优化营商环境注重\n改"
          "善民生守住安全底线不断前行\n"
          "各项工作取得新成效。",
          "全年地区生产总值增长百分之六财政收入同步增长其中税收占比明显提高居民收入增长快于“经济”增长城乡差距"
          "缩小（全省）"
          "就业形势总体稳定物价涨幅可控民生支出占财政支出比重逐步上升。\n推进改革开放优化营商环境注重改善民生"
          "守住安全底线不断前行"
          "各项工作取得新成效。");
}

static void kinds_name_what_a_character_is(void) {
  static const struct {
    const char16_t *chars;
    uint8_t kind;
  } expected[] = {
      {u"0123456789", CZ_CHAR_DIGIT},
      {u"〇零一二两三四五六七八九十百千万亿半几数壹贰叁肆伍陆柒捌玖拾佰仟", CZ_CHAR_NUMERAL},
      {u"，,", CZ_CHAR_CLAUSE},
      {u"。！？!?", CZ_CHAR_SENTENCE},
      {u"；;", CZ_CHAR_SEMICOLON},
      {u"、", CZ_CHAR_PAUSE},
      {u"（）()《》〈〉【】[]“”‘’「」『』\"'", CZ_CHAR_BRACKET},
      {u"AZaz", CZ_CHAR_LATIN},
      {u"常.·：:%-—é々", 0},
  };
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    for (const char16_t *c = expected[i].chars; *c; c++) {
      char bytes[4];
      cz_text text;
      if (!scan_bytes(bytes, encode(*c, bytes), &text))
        return;
      if (!CHECK_EQ_INT(text.kind[0], expected[i].kind))
        printf("  for U+%04X\n", (unsigned)*c);
      finish(&text);
    }
  }
}

static void a_comma_between_digits_ends_no_clause(void) {
  cz_text text;
  if (!scan_string("1,234,x,5好,6", &text))
    return;
  CHECK_EQ_INT(text.kind[1], 0);
  CHECK_EQ_INT(text.kind[5], CZ_CHAR_CLAUSE);
  CHECK_EQ_INT(text.kind[7], CZ_CHAR_CLAUSE);
  CHECK_EQ_INT(text.kind[10], CZ_CHAR_CLAUSE);
  finish(&text);
  if (!scan_string("好。\n改革\n全市", &text))
    return;
  CHECK_EQ_INT(text.kind[2], CZ_CHAR_SENTENCE); /* a line break that stays */
  finish(&text);
}

static void places_lead_back_to_the_document(void) {
  cz_text text;
  static const char document[] = "\xEF\xBB\xBF达 7 7 0 0\r\n亿元，是 1 9 9 年";
  if (!scan_string(document, &text))
    return;
  CHECK_EQ_TEXT(utf8_of(&text), "达7700\n亿元，是199年");
  CHECK_EQ_INT(text.place[0], 1);
  CHECK_EQ_INT(text.place[1], 3);
  CHECK_EQ_INT(text.place[4], 9);
  CHECK_EQ_INT(text.place[5], 10); /* the line break is where its first character is */
  CHECK_EQ_INT(text.place[6], 12);
  finish(&text);
}

/* Offsets of every code point of a text that mixes all lengths, longer than a span of byte marks. */
static void byte_offsets_and_slices(void) {
  static const char *const pieces[] = {"a", "é", "常", "𠮷", "\n", "5"};
  for (int64_t length = 0; length < 200; length += length < 140 ? 1 : 17) {
    char document[1024];
    int64_t offsets[256], size = 0;
    for (int64_t i = 0; i < length; i++) {
      const char *piece = pieces[(i * 7 + i / 5) % 6];
      offsets[i] = size;
      memcpy(document + size, piece, strlen(piece));
      size += (int64_t)strlen(piece);
    }
    offsets[length] = size;
    cz_text text;
    if (!scan_bytes(document, (size_t)size, &text))
      return;
    CHECK_EQ_INT(text.length, length);
    for (int64_t i = 0; i <= length; i++)
      CHECK_EQ_INT(cz_text_byte_offset(&text, i), offsets[i]);
    CHECK_EQ_INT(cz_text_byte_offset(&text, -5), 0);
    CHECK_EQ_INT(cz_text_byte_offset(&text, length + 5), size);
    int64_t slice_size;
    const char *slice = cz_text_slice(&text, length / 3, length / 2, &slice_size);
    CHECK_EQ_INT(slice - text.bytes, offsets[length / 3]);
    CHECK_EQ_INT(slice_size, offsets[length / 2] - offsets[length / 3]);
    (void)cz_text_slice(&text, length, 0, &slice_size);
    CHECK_EQ_INT(slice_size, 0);
    finish(&text);
  }
}

static void memory_may_fail_at_any_point(void) {
  char document[4096];
  size_t size = 0;
  for (int i = 0; i < 100; i++) {
    const char *line = i % 2 ? "增长5%，加快构\n" : "建新的格局。\n";
    memcpy(document + size, line, strlen(line));
    size += strlen(line);
  }
  bool done = false;
  int64_t failures = 0;
  for (int64_t n = 0; !done && n < 100; n++) {
    check_memory memory = {.countdown = n};
    cz_allocator allocator = check_allocator(&memory);
    cz_text text;
    memset(&text, 0xA5, sizeof text);
    cz_error error = {CZ_OK, 0, ""};
    cz_status status = cz_text_scan(document, (int64_t)size, &allocator, &text, &error);
    done = status == CZ_OK;
    if (done) {
      cz_text_release(&text);
    } else {
      failures++;
      CHECK_EQ_INT(status, CZ_ERROR_MEMORY);
      CHECK_EQ_INT(error.status, CZ_ERROR_MEMORY);
      CHECK(text.chars == NULL && text.allocator.release == NULL);
    }
    CHECK_NO_LEAK(memory);
  }
  CHECK(done);
  CHECK(failures >= 5); /* four columns and the list of breaks, which grows */
  /* Bad bytes after the columns are there: nothing may stay behind either. */
  check_memory memory = {.countdown = -1};
  cz_allocator allocator = check_allocator(&memory);
  cz_text text;
  document[size - 1] = (char)0xFF;
  CHECK_EQ_INT(cz_text_scan(document, (int64_t)size, &allocator, &text, NULL), CZ_ERROR_ENCODING);
  CHECK_NO_LEAK(memory);
}

/* Texts made to be slow: with a quadratic step one of these takes minutes. */
static void time_is_linear_for_any_text(void) {
  static const char *const pieces[] = {
      "1 ",   "\n",   "a\n",    "1\n",       " ",    "1",        "常",
      "常\n", "1,",   "1. ",    "— 1 —\n\n", "a b",  "会议，\n", "1\xE2\x80\x8B ",
      "（\n", "第一", "一\n\n", "\r\n",      "1 .1 "};
  enum { SIZE = 1 << 20 };
  char *document = malloc(SIZE);
  if (!CHECK(document != NULL))
    return;
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    size_t size = 0, step = strlen(pieces[i]);
    for (; size + step <= SIZE; size += step)
      memcpy(document + size, pieces[i], step);
    cz_text text;
    if (!CHECK_EQ_INT(cz_text_scan(document, (int64_t)size, NULL, &text, NULL), CZ_OK))
      break;
    check_sound(&text);
    cz_text_release(&text);
  }
  free(document);
}

/* Random texts of the characters that matter most, against what must hold for all. */
static void random_texts_are_sound(void) {
  static const char *const pieces[] = {"1",  "9", " ",  "\n", "\r",           "，", "。", "a",  "常", "一",
                                       "、", ".", "．", "·",  "　",           "（", "）", "第", "章", "—",
                                       "\t", ",", "\f", "是", "\xE2\x80\x8B", "亿", "%",  "《"};
  uint64_t state = 2463534242u;
  for (int round = 0; round < 20000; round++) {
    char document[400];
    size_t size = 0;
    int length = round % 90;
    for (int i = 0; i < length; i++) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      const char *piece = pieces[(state >> 33) % (sizeof pieces / sizeof *pieces)];
      memcpy(document + size, piece, strlen(piece));
      size += strlen(piece);
    }
    cz_text text;
    int before = check_failures;
    if (!scan_bytes(document, size, &text))
      return;
    bool padded = false;
    for (int64_t i = 0; i < text.count; i++) {
      bool gap = text.chars[i] == u' ' || text.chars[i] == u'\n';
      if (gap)
        CHECK(!padded && i > 0 && i + 1 < text.count); /* never beside another or at an end */
      padded = gap;
    }
    finish(&text);
    if (check_failures != before)
      return;
  }
}

static const check_test tests[] = {
    CHECK_TEST(an_empty_document_is_a_text),
    CHECK_TEST(one_character),
    CHECK_TEST(wrong_arguments_are_named),
    CHECK_TEST(invalid_utf8_is_found_where_it_begins),
    CHECK_TEST(every_code_point_is_read),
    CHECK_TEST(widths_are_folded),
    CHECK_TEST(blanks_and_format_characters_are_named_one_by_one),
    CHECK_TEST(nul_is_a_character_that_matches_nothing),
    CHECK_TEST(a_character_beyond_sixteen_bits_keeps_its_place),
    CHECK_TEST(blanks_go),
    CHECK_TEST(latin_words_stay_apart),
    CHECK_TEST(digits_set_apart_are_one_number),
    CHECK_TEST(separate_numbers_stay_apart),
    CHECK_TEST(any_number_of_breaks_is_one),
    CHECK_TEST(a_sentence_goes_on_over_the_page),
    CHECK_TEST(pieces_of_formulas_are_put_together),
    CHECK_TEST(titles_and_headings_stay_on_their_lines),
    CHECK_TEST(what_looks_like_a_heading_need_not_be_one),
    CHECK_TEST(page_numbers_do_not_touch_words),
    CHECK_TEST(lines_set_by_width_are_one_paragraph),
    CHECK_TEST(kinds_name_what_a_character_is),
    CHECK_TEST(a_comma_between_digits_ends_no_clause),
    CHECK_TEST(places_lead_back_to_the_document),
    CHECK_TEST(byte_offsets_and_slices),
    CHECK_TEST(memory_may_fail_at_any_point),
    CHECK_TEST(time_is_linear_for_any_text),
    CHECK_TEST(random_texts_are_sound),
};
CHECK_MAIN(tests)
