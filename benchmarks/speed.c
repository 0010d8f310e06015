/* speed.c: times of the stages without Python, for bench_speed.py and compare.py.
 *
 *   speed times FILE MEGABYTES ROUNDS [LITERALS]   memcpy, vectorscan (one literal a line), and the stages
 *   speed parse FILE ROUNDS                        cz_report_parse on the file as it is
 *   speed memory FILE MEGABYTES                    peak memory of one cz_report_parse
 *
 * FILE is repeated to MEGABYTES million bytes in memory. Every line of output is: name, then a number: the
 * median of ROUNDS in seconds, or bytes. WITH_VECTORSCAN needs vectorscan's headers, WITHOUT_INDEX leaves
 * cz_text_index out for trees that have none. */
#define _DEFAULT_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "czcore.h"
#ifdef WITH_VECTORSCAN
#include <hs/hs.h>
#endif

enum { ROUNDS_MOST = 101, LITERALS_MOST = 100 };

typedef struct input {
  char *bytes;
  int64_t size;
} input;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_size(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

static void report(const char *name, double *seconds, int rounds) {
  qsort(seconds, (size_t)rounds, sizeof *seconds, by_size);
  printf("%s %.9f\n", name, seconds[rounds / 2]);
}

static void fail(const char *what) {
  fprintf(stderr, "speed: %s\n", what);
  exit(1);
}

static input load(const char *name, double megabytes) {
  FILE *file = fopen(name, "rb");
  if (!file || fseek(file, 0, SEEK_END))
    fail("no such file");
  const int64_t once = ftell(file), wanted = (int64_t)(megabytes * 1e6);
  const int64_t times = once > 0 && wanted > once ? (wanted + once - 1) / once : 1;
  input in = {malloc((size_t)(once * times) + 1), once * times};
  rewind(file);
  if (!in.bytes || fread(in.bytes, 1, (size_t)once, file) != (size_t)once)
    fail("cannot read");
  fclose(file);
  for (int64_t i = 1; i < times; i++)
    memcpy(in.bytes + i * once, in.bytes, (size_t)once);
  return in;
}

static double parse(const input *in, int64_t *rows) {
  const cz_report_options options = {.region = "440000", .year = 2025};
  cz_report *read;
  const double start = now();
  if (cz_report_parse(in->bytes, in->size, &options, &read, NULL))
    fail("cannot be parsed");
  const double taken = now() - start;
  *rows = cz_table_rows(cz_report_quantities(read));
  cz_report_free(read);
  return taken;
}

static double copy(const input *in, char *to) {
  const double start = now();
  memcpy(to, in->bytes, (size_t)in->size);
  return now() - start + (to[in->size / 2] == 127 ? 1e-12 : 0); /* the copy is looked at */
}

/* In chunks, as the reader does, into marks that are used again. */
static double index_text(const input *in, uint32_t *marks, int64_t chunk, int64_t *found) {
  *found = 0;
  const double start = now();
#ifndef WITHOUT_INDEX
  for (int64_t at = 0; at < in->size;) {
    int64_t size = in->size - at < chunk ? in->size - at : chunk, count, length;
    while (at + size < in->size && (in->bytes[at + size] & 0xC0) == 0x80)
      size--;
    if (cz_text_index(in->bytes + at, size, marks, &count, &length, NULL))
      fail("no UTF-8");
    *found += count;
    at += size;
  }
#else
  (void)marks;
  (void)chunk;
#endif
  return now() - start;
}

static double scan(const input *in) {
  cz_text text;
  const double start = now();
  if (cz_text_scan(in->bytes, in->size, NULL, &text, NULL))
    fail("cannot be scanned");
  const double taken = now() - start;
  cz_text_release(&text);
  return taken;
}

#ifdef WITH_VECTORSCAN
typedef struct scanner {
  hs_database_t *database;
  hs_scratch_t *scratch;
} scanner;

static int count_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                       void *context) {
  (void)id, (void)from, (void)to, (void)flags;
  ++*(int64_t *)context;
  return 0;
}

static scanner compile(const char *name) {
  static char lines[LITERALS_MOST][256];
  const char *literals[LITERALS_MOST];
  unsigned flags[LITERALS_MOST], ids[LITERALS_MOST];
  size_t lengths[LITERALS_MOST];
  unsigned count = 0;
  FILE *file = fopen(name, "r");
  if (!file)
    fail("no literals");
  while (count < LITERALS_MOST && fgets(lines[count], sizeof lines[count], file)) {
    lines[count][strcspn(lines[count], "\n")] = 0;
    literals[count] = lines[count];
    lengths[count] = strlen(lines[count]);
    flags[count] = 0;
    ids[count] = count;
    count++;
  }
  fclose(file);
  scanner s = {NULL, NULL};
  hs_compile_error_t *error;
  if (hs_compile_lit_multi(literals, flags, ids, lengths, count, HS_MODE_BLOCK, NULL, &s.database, &error) ||
      hs_alloc_scratch(s.database, &s.scratch))
    fail("vectorscan does not compile the literals");
  return s;
}

static double match(const input *in, const scanner *s, int64_t *matches) {
  *matches = 0;
  const double start = now();
  if (hs_scan(s->database, in->bytes, (unsigned)in->size, 0, s->scratch, count_match, matches))
    fail("vectorscan fails");
  return now() - start;
}
#endif

static void times(const input *in, int rounds, const char *literals) {
  enum { CHUNK = 1 << 14 };
  static double copied[ROUNDS_MOST], matched[ROUNDS_MOST], indexed[ROUNDS_MOST], scanned[ROUNDS_MOST],
      parsed[ROUNDS_MOST];
  uint32_t *marks = malloc(CHUNK * sizeof *marks);
  char *room = malloc((size_t)in->size + 1);
  if (!marks || !room)
    fail("memory");
  int64_t rows = 0, matches = 0, found = 0;
#ifdef WITH_VECTORSCAN
  const scanner s = compile(literals);
#else
  (void)literals;
#endif
  memset(room, 0, (size_t)in->size);
  for (int i = 0; i < rounds; i++) { /* each has its turn, so that a busy machine slows all of them */
    copied[i] = copy(in, room);
#ifdef WITH_VECTORSCAN
    matched[i] = match(in, &s, &matches);
#endif
    indexed[i] = index_text(in, marks, CHUNK, &found);
    scanned[i] = scan(in);
    parsed[i] = parse(in, &rows);
  }
  report("memcpy", copied, rounds);
#ifdef WITH_VECTORSCAN
  report("vectorscan", matched, rounds);
#else
  (void)matched;
#endif
#ifndef WITHOUT_INDEX
  report("index", indexed, rounds);
#endif
  report("scan", scanned, rounds);
  report("parse", parsed, rounds);
  printf("bytes %lld\nrows %lld\nmatches %lld\nmarks %lld\n", (long long)in->size, (long long)rows,
         (long long)matches, (long long)found);
  free(marks);
  free(room);
}

/* Of this program alone: what getrusage says takes in the program that started it. */
static int64_t peak(void) {
  char text[256];
  long long kilobytes = 0;
  FILE *file = fopen("/proc/self/status", "r");
  if (!file)
    fail("peak memory is read from /proc");
  while (fgets(text, sizeof text, file))
    if (sscanf(text, "VmHWM: %lld", &kilobytes) == 1)
      break;
  fclose(file);
  return (int64_t)kilobytes * 1024;
}

int main(int count, char **words) {
  if (count < 4)
    fail("usage: see the first lines of speed.c");
  const char *mode = words[1];
  if (strcmp(mode, "times") == 0 && count >= 5) {
    const int rounds = atoi(words[4]);
    const input in = load(words[2], atof(words[3]));
    times(&in, rounds < 1 ? 1 : rounds > ROUNDS_MOST ? ROUNDS_MOST : rounds, count > 5 ? words[5] : NULL);
    free(in.bytes);
  } else if (strcmp(mode, "parse") == 0) {
    double seconds[ROUNDS_MOST];
    int64_t rows = 0;
    const input in = load(words[2], 0);
    int rounds = atoi(words[3]);
    rounds = rounds < 1 ? 1 : rounds > ROUNDS_MOST ? ROUNDS_MOST : rounds;
    for (int i = 0; i < rounds; i++)
      seconds[i] = parse(&in, &rows);
    report("parse", seconds, rounds);
    printf("bytes %lld\nrows %lld\n", (long long)in.size, (long long)rows);
    free(in.bytes);
  } else if (strcmp(mode, "memory") == 0) {
    int64_t rows = 0;
    const input in = load(words[2], atof(words[3]));
    const int64_t before = peak();
    (void)parse(&in, &rows);
    printf("bytes %lld\npeak %lld\n", (long long)in.size, (long long)(peak() - before));
    free(in.bytes);
  } else {
    fail("no such mode");
  }
  return 0;
}
