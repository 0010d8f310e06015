/* philox.c: Philox 4x64-10 of Salmon, Moraes, Dror and Shaw (2011), from the published description. */
#include "philox.h"

/* The paper's multipliers, and the golden ratio and sqrt(3) - 1 by which the key moves on. */
#define MULTIPLIER_0 0xD2E7470EE14C6C93u
#define MULTIPLIER_1 0xCA5A826395121157u
#define WEYL_0 0x9E3779B97F4A7C15u
#define WEYL_1 0xBB67AE8584CAA73Bu
#define ROUNDS 10

static inline uint64_t high_of_product(uint64_t a, uint64_t b) {
#ifdef __SIZEOF_INT128__
  __extension__ typedef unsigned __int128 wide;
  return (uint64_t)(((wide)a * b) >> 64);
#else
  uint64_t a0 = a & 0xFFFFFFFFu, a1 = a >> 32, b0 = b & 0xFFFFFFFFu, b1 = b >> 32;
  uint64_t middle = a1 * b0 + (a0 * b0 >> 32), other = a0 * b1 + (middle & 0xFFFFFFFFu);
  return a1 * b1 + (middle >> 32) + (other >> 32);
#endif
}

static inline void philox(const uint64_t counter[4], const uint64_t key[2], uint64_t block[4]) {
  uint64_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  uint64_t k0 = key[0], k1 = key[1];
  for (int round = 0; round < ROUNDS; round++) {
    uint64_t lo0 = c0 * MULTIPLIER_0, hi0 = high_of_product(c0, MULTIPLIER_0);
    uint64_t lo1 = c2 * MULTIPLIER_1, hi1 = high_of_product(c2, MULTIPLIER_1);
    c0 = hi1 ^ c1 ^ k0;
    c1 = lo1;
    c2 = hi0 ^ c3 ^ k1;
    c3 = lo0;
    k0 += WEYL_0;
    k1 += WEYL_1;
  }
  block[0] = c0;
  block[1] = c1;
  block[2] = c2;
  block[3] = c3;
}

void cz_philox(const uint64_t counter[4], const uint64_t key[2], uint64_t block[4]) {
  philox(counter, key, block);
}

cz_stream cz_stream_of(uint64_t seed, uint64_t purpose, uint64_t draw) {
  return (cz_stream){{0, draw, 0, 0}, {seed, purpose}, {0}, 4};
}

static inline double unit_of(uint64_t bits) {
  return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

static inline uint64_t next_word(cz_stream *stream) {
  if (stream->used == 4) {
    philox(stream->counter, stream->key, stream->block);
    stream->counter[0]++;
    stream->used = 0;
  }
  return stream->block[stream->used++];
}

double cz_stream_unit(cz_stream *stream) {
  return unit_of(next_word(stream));
}

void cz_stream_fill(cz_stream *stream, int64_t count, double *units) {
  int64_t i = 0;
  while (i < count && stream->used < 4)
    units[i++] = cz_stream_unit(stream);
  for (; i + 4 <= count; i += 4) {
    uint64_t block[4];
    philox(stream->counter, stream->key, block);
    stream->counter[0]++;
    for (int k = 0; k < 4; k++)
      units[i + k] = unit_of(block[k]);
  }
  for (; i < count; i++)
    units[i] = cz_stream_unit(stream);
}

int64_t cz_stream_below(cz_stream *stream, int64_t size) {
  return (int64_t)high_of_product(next_word(stream), (uint64_t)size);
}
