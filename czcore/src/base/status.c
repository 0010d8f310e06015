/* status.c: the texts of the status codes, and errors with a place. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "internal.h"

#define TEXT_OF(number) #number
#define VERSION_OF(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

const char *cz_status_describe(cz_status status) {
  static const char *const texts[CZ_STATUS_COUNT] = {
#define STATUS_TEXT(name, text, example) text,
      CZ_STATUS_LIST(STATUS_TEXT)
#undef STATUS_TEXT
  };
  /* An enum may be signed or not; the conversion folds both kinds of nonsense into one test. */
  size_t index = (size_t)status;
  return index < CZ_STATUS_COUNT ? texts[index] : "unknown status";
}

const char *cz_version(void) {
  return VERSION_OF(CZ_VERSION_MAJOR, CZ_VERSION_MINOR, CZ_VERSION_PATCH);
}

/* Takes back the bytes of a character whose end did not fit. */
static void trim_partial_character(char *text, size_t length) {
  size_t start = length;
  while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
    start--;
  if (start == 0)
    return;
  unsigned char lead = (unsigned char)text[start - 1];
  size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (start - 1 + size > length)
    text[start - 1] = '\0';
}

cz_status cz_fail(cz_error *error, cz_status status, int64_t offset, const char *format, ...) {
  if (!error)
    return status;
  error->status = status;
  error->offset = offset;
  va_list arguments;
  va_start(arguments, format);
  int written = vsnprintf(error->message, sizeof error->message, format, arguments);
  va_end(arguments);
  if (written < 0)
    error->message[0] = '\0';
  if (written >= (int)sizeof error->message)
    trim_partial_character(error->message, sizeof error->message - 1);
  return status;
}
