/* compute/philox.h: numbers from counters, a stream per draw. */
#ifndef CZCORE_COMPUTE_PHILOX_H
#define CZCORE_COMPUTE_PHILOX_H

#include "czcore/index.h"

/* The stream of draw `draw` under a seed: counter (block, draw, 0, 0), key (seed, purpose). */
typedef struct cz_stream {
  uint64_t counter[4], key[2], block[4];
  int used;
} cz_stream;

cz_stream cz_stream_of(uint64_t seed, uint64_t purpose, uint64_t draw);

/* Evenly from the open interval (0, 1): odd multiples of 2^-53, so that neither end can occur and logarithms
 * are safe. */
double cz_stream_unit(cz_stream *stream);

/* `count` of them, by the block. */
void cz_stream_fill(cz_stream *stream, int64_t count, double *units);

/* Evenly from 0 … size - 1, size > 0; by multiplication, with a bias below size / 2^64. */
int64_t cz_stream_below(cz_stream *stream, int64_t size);

#endif
