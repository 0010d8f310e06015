/* text/join_x86.h: three bytes each → characters, eight at a time, with the byte shuffle of SSSE3. */
static void join(const unsigned char *at, const unsigned char *end, int64_t count, uint32_t place,
                 uint16_t *chars, uint32_t *places) {
  enum { AT_ONCE = 8, REACH = 28 }; /* two loads of 16 bytes, 12 apart */
  /* Bytes 2 and 1 of four characters into a 16-bit lane each, and byte 0 likewise; 128 leaves a lane empty.
   */
  const __m128i rest_low =
      _mm_setr_epi8(2, 1, 5, 4, 8, 7, 11, 10, -128, -128, -128, -128, -128, -128, -128, -128);
  const __m128i rest_high =
      _mm_setr_epi8(-128, -128, -128, -128, -128, -128, -128, -128, 2, 1, 5, 4, 8, 7, 11, 10);
  const __m128i lead_low =
      _mm_setr_epi8(0, -128, 3, -128, 6, -128, 9, -128, -128, -128, -128, -128, -128, -128, -128, -128);
  const __m128i lead_high =
      _mm_setr_epi8(-128, -128, -128, -128, -128, -128, -128, -128, 0, -128, 3, -128, 6, -128, 9, -128);
  __m128i number = _mm_add_epi32(_mm_set1_epi32((int32_t)place), _mm_setr_epi32(0, 1, 2, 3));
  while (count > 0 && end - at >= REACH) {
    const __m128i a = _mm_loadu_si128((const __m128i *)(const void *)at);
    const __m128i b = _mm_loadu_si128((const __m128i *)(const void *)(at + 12));
    const __m128i rest = _mm_or_si128(_mm_shuffle_epi8(a, rest_low), _mm_shuffle_epi8(b, rest_high));
    const __m128i lead = _mm_or_si128(_mm_shuffle_epi8(a, lead_low), _mm_shuffle_epi8(b, lead_high));
    const __m128i middle = _mm_srli_epi16(_mm_and_si128(rest, _mm_set1_epi16(0x3F00)), 2);
    const __m128i low = _mm_and_si128(rest, _mm_set1_epi16(0x003F));
    const __m128i eight = _mm_or_si128(_mm_slli_epi16(lead, 12), _mm_or_si128(middle, low));
    _mm_storeu_si128((__m128i *)(void *)chars, eight);
    _mm_storeu_si128((__m128i *)(void *)places, number);
    number = _mm_add_epi32(number, _mm_set1_epi32(4));
    _mm_storeu_si128((__m128i *)(void *)(places + 4), number);
    number = _mm_add_epi32(number, _mm_set1_epi32(4));
    at += 3 * AT_ONCE;
    chars += AT_ONCE;
    places += AT_ONCE;
    place += AT_ONCE;
    count -= AT_ONCE;
  }
  if (count > 0)
    cz_text_isa_scalar.join(at, end, count, place, chars, places);
}
