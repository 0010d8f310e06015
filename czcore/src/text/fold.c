/* fold.c: what a character is, and which character stands for it. */
#include "internal.h"

/* Kangxi radicals stand in for the ideographs in text taken from PDF files: U+2F00 on, in order. */
static const uint16_t radicals[] = {
    0x4E00, 0x4E28, 0x4E36, 0x4E3F, 0x4E59, 0x4E85, 0x4E8C, 0x4EA0, 0x4EBA, 0x513F, 0x5165, 0x516B, 0x5182,
    0x5196, 0x51AB, 0x51E0, 0x51F5, 0x5200, 0x529B, 0x52F9, 0x5315, 0x531A, 0x5338, 0x5341, 0x535C, 0x5369,
    0x5382, 0x53B6, 0x53C8, 0x53E3, 0x56D7, 0x571F, 0x58EB, 0x5902, 0x590A, 0x5915, 0x5927, 0x5973, 0x5B50,
    0x5B80, 0x5BF8, 0x5C0F, 0x5C22, 0x5C38, 0x5C6E, 0x5C71, 0x5DDB, 0x5DE5, 0x5DF1, 0x5DFE, 0x5E72, 0x5E7A,
    0x5E7F, 0x5EF4, 0x5EFE, 0x5F0B, 0x5F13, 0x5F50, 0x5F61, 0x5F73, 0x5FC3, 0x6208, 0x6236, 0x624B, 0x652F,
    0x6534, 0x6587, 0x6597, 0x65A4, 0x65B9, 0x65E0, 0x65E5, 0x66F0, 0x6708, 0x6728, 0x6B20, 0x6B62, 0x6B79,
    0x6BB3, 0x6BCB, 0x6BD4, 0x6BDB, 0x6C0F, 0x6C14, 0x6C34, 0x706B, 0x722A, 0x7236, 0x723B, 0x723F, 0x7247,
    0x7259, 0x725B, 0x72AC, 0x7384, 0x7389, 0x74DC, 0x74E6, 0x7518, 0x751F, 0x7528, 0x7530, 0x758B, 0x7592,
    0x7676, 0x767D, 0x76AE, 0x76BF, 0x76EE, 0x77DB, 0x77E2, 0x77F3, 0x793A, 0x79B8, 0x79BE, 0x7A74, 0x7ACB,
    0x7AF9, 0x7C73, 0x7CF8, 0x7F36, 0x7F51, 0x7F8A, 0x7FBD, 0x8001, 0x800C, 0x8012, 0x8033, 0x807F, 0x8089,
    0x81E3, 0x81EA, 0x81F3, 0x81FC, 0x820C, 0x821B, 0x821F, 0x826E, 0x8272, 0x8278, 0x864D, 0x866B, 0x8840,
    0x884C, 0x8863, 0x897E, 0x898B, 0x89D2, 0x8A00, 0x8C37, 0x8C46, 0x8C55, 0x8C78, 0x8C9D, 0x8D64, 0x8D70,
    0x8DB3, 0x8EAB, 0x8ECA, 0x8F9B, 0x8FB0, 0x8FB5, 0x9091, 0x9149, 0x91C6, 0x91CC, 0x91D1, 0x9577, 0x9580,
    0x961C, 0x96B6, 0x96B9, 0x96E8, 0x9751, 0x975E, 0x9762, 0x9769, 0x97CB, 0x97ED, 0x97F3, 0x9801, 0x98A8,
    0x98DB, 0x98DF, 0x9996, 0x9999, 0x99AC, 0x9AA8, 0x9AD8, 0x9ADF, 0x9B25, 0x9B2F, 0x9B32, 0x9B3C, 0x9B5A,
    0x9CE5, 0x9E75, 0x9E7F, 0x9EA5, 0x9EBB, 0x9EC3, 0x9ECD, 0x9ED1, 0x9EF9, 0x9EFD, 0x9F0E, 0x9F13, 0x9F20,
    0x9F3B, 0x9F4A, 0x9F52, 0x9F8D, 0x9F9C, 0x9FA0,
};

enum { RADICAL_FIRST = 0x2F00, RADICAL_LAST = 0x2FD5, REPLACEMENT = 0xFFFD };

static uint16_t fold_latin(uint32_t c) {
  if (c >= 0x20 && c < 0x7F)
    return (uint16_t)c;
  switch (c) {
  case 0x00:
    return REPLACEMENT; /* 0 means dropped */
  case 0x09:
  case 0xA0:
    return u' ';
  case 0x0A:
  case 0x0B:
  case 0x0C:
  case 0x0D:
  case 0x85:
    return u'\n';
  case 0xAD:
    return 0;
  default:
    return c < 0xA0 ? 0 : (uint16_t)c; /* the other controls */
  }
}

static uint16_t fold_punctuation(uint32_t c) {
  if (c <= 0x200A || c == 0x202F || c == 0x205F)
    return u' ';
  if (c <= 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F))
    return 0;
  if (c == 0x2010 || c == 0x2011)
    return u'-';
  if (c == 0x2028 || c == 0x2029)
    return u'\n';
  return (uint16_t)c;
}

static uint16_t fold_width(uint32_t c) {
  switch (c) {
  case 0xFEFF:
    return 0;
  /* Marks that Chinese text sets full-width as a matter of course keep their own meaning. */
  case u'！':
  case u'（':
  case u'）':
  case u'，':
  case u'：':
  case u'；':
  case u'？':
    return (uint16_t)c;
  case 0xFF61:
    return u'。';
  case 0xFF62:
    return u'「';
  case 0xFF63:
    return u'」';
  case 0xFF64:
    return u'、';
  default:
    break;
  }
  if (c >= 0xFF01 && c <= 0xFF5E)
    return (uint16_t)(c - 0xFF01 + 0x21);
  if (c >= 0xFFF9 && c <= 0xFFFB)
    return 0; /* interlinear annotation */
  return (uint16_t)c;
}

uint16_t cz_text_fold(uint32_t c) {
  if (c < 0x100)
    return fold_latin(c);
  if (c >= 0x3001 && c < 0xFE00)
    return (uint16_t)c; /* nearly everything */
  if (c > 0xFFFF) {
    bool format = (c >= 0xE0000 && c <= 0xE01EF) || (c >= 0x1D173 && c <= 0x1D17A);
    return format ? 0 : REPLACEMENT;
  }
  if (c >= 0xFE00) {
    if (c <= 0xFE0F)
      return 0; /* variation selectors */
    return c >= 0xFEFF ? fold_width(c) : (uint16_t)c;
  }
  if (c >= 0x2000 && c <= 0x206F)
    return fold_punctuation(c);
  if (c >= RADICAL_FIRST && c <= RADICAL_LAST)
    return radicals[c - RADICAL_FIRST];
  switch (c) {
  case 0x3000:
  case 0x1680:
    return u' ';
  case 0x2212:
    return u'-';
  case 0x034F:
  case 0x061C:
  case 0x180B:
  case 0x180C:
  case 0x180D:
  case 0x180E:
    return 0;
  default:
    return (uint16_t)c;
  }
}

/* Kinds by page of 256 characters; nearly all characters share the page that holds nothing. */
enum {
  D = CZ_CHAR_DIGIT,
  N = CZ_CHAR_NUMERAL,
  C = CZ_CHAR_CLAUSE,
  S = CZ_CHAR_SENTENCE,
  M = CZ_CHAR_SEMICOLON,
  P = CZ_CHAR_PAUSE,
  B = CZ_CHAR_BRACKET,
  L = CZ_CHAR_LATIN
};

static const uint8_t page_00[256] = {
    ['\n'] = S, ['!'] = S, ['"'] = B, ['\''] = B, ['('] = B, [')'] = B, [','] = C, [';'] = M, ['?'] = S,
    ['['] = B,  [']'] = B, ['0'] = D, ['1'] = D,  ['2'] = D, ['3'] = D, ['4'] = D, ['5'] = D, ['6'] = D,
    ['7'] = D,  ['8'] = D, ['9'] = D, ['A'] = L,  ['B'] = L, ['C'] = L, ['D'] = L, ['E'] = L, ['F'] = L,
    ['G'] = L,  ['H'] = L, ['I'] = L, ['J'] = L,  ['K'] = L, ['L'] = L, ['M'] = L, ['N'] = L, ['O'] = L,
    ['P'] = L,  ['Q'] = L, ['R'] = L, ['S'] = L,  ['T'] = L, ['U'] = L, ['V'] = L, ['W'] = L, ['X'] = L,
    ['Y'] = L,  ['Z'] = L, ['a'] = L, ['b'] = L,  ['c'] = L, ['d'] = L, ['e'] = L, ['f'] = L, ['g'] = L,
    ['h'] = L,  ['i'] = L, ['j'] = L, ['k'] = L,  ['l'] = L, ['m'] = L, ['n'] = L, ['o'] = L, ['p'] = L,
    ['q'] = L,  ['r'] = L, ['s'] = L, ['t'] = L,  ['u'] = L, ['v'] = L, ['w'] = L, ['x'] = L, ['y'] = L,
    ['z'] = L};
/* ‘ ’ “ ” */
static const uint8_t page_20[256] = {[0x18] = B, [0x19] = B, [0x1C] = B, [0x1D] = B};
/* 、。〇〈〉《》「」『』【】 */
static const uint8_t page_30[256] = {[0x01] = P, [0x02] = S, [0x07] = N, [0x08] = B, [0x09] = B,
                                     [0x0A] = B, [0x0B] = B, [0x0C] = B, [0x0D] = B, [0x0E] = B,
                                     [0x0F] = B, [0x10] = B, [0x11] = B};
/* ！（），；？ */
static const uint8_t page_ff[256] = {[0x01] = S, [0x08] = B, [0x09] = B, [0x0C] = C, [0x1B] = M, [0x1F] = S};

/* ○ */
static const uint8_t page_25[256] = {[0xCB] = N};
/* 一七万三两九二五亿仟 */
static const uint8_t page_4e[256] = {[0x00] = N, [0x03] = N, [0x07] = N, [0x09] = N, [0x24] = N,
                                     [0x5D] = N, [0x8C] = N, [0x94] = N, [0xBF] = N, [0xDF] = N};
/* 伍佰 */
static const uint8_t page_4f[256] = {[0x0D] = N, [0x70] = N};
/* 億八六几 */
static const uint8_t page_51[256] = {[0x04] = N, [0x6B] = N, [0x6D] = N, [0xE0] = N};
/* 十千半叁 */
static const uint8_t page_53[256] = {[0x41] = N, [0x43] = N, [0x4A] = N, [0xC1] = N};
/* 四 */
static const uint8_t page_56[256] = {[0xDB] = N};
/* 壹 */
static const uint8_t page_58[256] = {[0xF9] = N};
/* 拾 */
static const uint8_t page_62[256] = {[0xFE] = N};
/* 捌 */
static const uint8_t page_63[256] = {[0x4C] = N};
/* 数 */
static const uint8_t page_65[256] = {[0x70] = N};
/* 柒 */
static const uint8_t page_67[256] = {[0xD2] = N};
/* 玖 */
static const uint8_t page_73[256] = {[0x96] = N};
/* 百 */
static const uint8_t page_76[256] = {[0x7E] = N};
/* 肆 */
static const uint8_t page_80[256] = {[0x86] = N};
/* 萬 */
static const uint8_t page_84[256] = {[0x2C] = N};
/* 贰 */
static const uint8_t page_8d[256] = {[0x30] = N};
/* 陆零 */
static const uint8_t page_96[256] = {[0x46] = N, [0xF6] = N};

static const uint8_t page_none[256] = {0};

/* By the high byte, sixteen to a line. */
#define O page_none
const uint8_t *const cz_char_pages[256] = {
    /* clang-format off */
    page_00, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O,
    O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O,
    page_20, O, O, O, O, page_25, O, O, O, O, O, O, O, O, O, O,
    page_30, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O,
    O, O, O, O, O, O, O, O, O, O, O, O, O, O, page_4e, page_4f,
    O, page_51, O, page_53, O, O, page_56, O, page_58, O, O, O, O, O, O, O,
    O, O, page_62, page_63, O, page_65, O, page_67, O, O, O, O, O, O, O, O,
    O, O, O, page_73, O, O, page_76, O, O, O, O, O, O, O, O, O,
    page_80, O, O, O, page_84, O, O, O, O, O, O, O, O, page_8d, O, O,
    O, O, O, O, O, O, page_96, O, O, O, O, O, O, O, O, O,
    O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O,
    O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O,
    O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O,
    O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O,
    O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, O,
    O, O, O, O, O, O, O, O, O, O, O, O, O, O, O, page_ff,
    /* clang-format on */
};
#undef O
