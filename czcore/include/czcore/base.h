/* base.h: what every stage uses. */
#ifndef CZCORE_BASE_H
#define CZCORE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CZ_VERSION_MAJOR 0
#define CZ_VERSION_MINOR 1
#define CZ_VERSION_PATCH 0

/* The one list of status codes: name, text, an input that raises it. */
#define CZ_STATUS_LIST(X)                                                                                    \
  X(CZ_OK, "no error", "any report")                                                                         \
  X(CZ_ERROR_MEMORY, "out of memory", "an allocator that returns NULL")                                      \
  X(CZ_ERROR_ENCODING, "invalid UTF-8", "the bytes E5 B8")                                                   \
  X(CZ_ERROR_SIZE, "input too large", "a document of more than 2^31 - 1 bytes")                              \
  X(CZ_ERROR_ARGUMENT, "invalid argument", "a NULL pointer where a text is expected")                        \
  X(CZ_ERROR_VOCABULARY, "invalid vocabulary entry", "an indicator alias without characters")                \
  X(CZ_ERROR_NOT_FOUND, "not found", "a column index beyond the last column")

typedef enum cz_status {
#define CZ_STATUS_ENUM(name, text, example) name,
  CZ_STATUS_LIST(CZ_STATUS_ENUM)
#undef CZ_STATUS_ENUM
      CZ_STATUS_COUNT
} cz_status;

#if defined(__GNUC__) || defined(__clang__)
#define CZ_MUST_CHECK __attribute__((warn_unused_result))
#else
#define CZ_MUST_CHECK
#endif

/* Static text for a status; "unknown status" for a value outside the list. Never NULL, cannot fail. */
const char *cz_status_describe(cz_status status);

/* "MAJOR.MINOR.PATCH" of the library; static storage. */
const char *cz_version(void);

/* Where memory comes from. All three functions are given `context`. `resize` and `release` are told the size
 * that was asked for before. `allocate` and `resize` return NULL when they cannot serve; the core then
 * returns CZ_ERROR_MEMORY and leaves nothing behind. Must be callable from the thread that uses it. */
typedef struct cz_allocator {
  void *context;
  void *(*allocate)(void *context, size_t size);
  void *(*resize)(void *context, void *block, size_t old_size, size_t new_size);
  void (*release)(void *context, void *block, size_t size);
} cz_allocator;

/* What went wrong and where. `offset` is a byte offset into the input, -1 where no place applies. */
typedef struct cz_error {
  cz_status status;
  int64_t offset;
  char message[200];
} cz_error;

#ifdef __cplusplus
}
#endif
#endif
