/* core.h: what the files of the extension share.
 *
 * The extension only carries data between the core library and NumPy: it holds no rule about reports.
 * Everything that the module owns lives in its state, so that nothing global changes and unloading the module
 * frees all of it.
 */
#ifndef CZREPORT_CORE_H
#define CZREPORT_CORE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "czcore.h"

typedef struct czr_state {
  PyTypeObject *report_type, *reports_type, *table_type, *vocabulary_type;
  PyObject *report_error, *encoding_error, *vocabulary_error; /* the exceptions of czreport._errors */
} czr_state;

/* A report that was read; immutable. The vocabulary is kept because the core may refer to the lexicon that it
 * was read with. */
typedef struct czr_report {
  PyObject_HEAD cz_report *report;
  PyObject *vocabulary; /* NULL: the built-in one */
} czr_report;

/* One table of a report. `owner` keeps the memory of the columns alive; arrays made from the table keep the
 * table alive. */
typedef struct czr_table {
  PyObject_HEAD PyObject *owner;
  const cz_table *table;
  PyObject **texts; /* per column, NULL until asked for; object arrays of str */
  int32_t columns;
} czr_table;

/* A lexicon with words added at run time; immutable once made, so that threads may share it. */
typedef struct czr_vocabulary {
  PyObject_HEAD cz_lexicon *lexicon;
} czr_vocabulary;

extern PyType_Spec czr_report_spec, czr_table_spec, czr_vocabulary_spec;

/* State of the module; `module` must be czreport._core. Cannot fail. */
czr_state *czr_state_of(PyObject *module);

/* Sets the exception that stands for `status`; always returns NULL. `error` may be NULL. CZ_OK is a
 * SystemError. */
PyObject *czr_raise(const czr_state *state, cz_status status, const cz_error *error);

/* The same for one document of many: its number goes into the message and the attribute `document`; -1: none.
 */
PyObject *czr_raise_document(const czr_state *state, cz_status status, const cz_error *error,
                             int64_t document);

/* New reference to a Table over `table`, which belongs to `owner`. */
PyObject *czr_table_new(const czr_state *state, const cz_table *table, PyObject *owner);

/* Table.rebuild({name: cells}) -> Table: a copy with the named columns replaced. */
PyObject *czr_table_rebuild(PyObject *table, PyObject *columns);

/* parse(data, region, year, source, vocabulary) -> Report */
PyObject *czr_parse(PyObject *module, PyObject *args, PyObject *keywords);

/* The lexicon of a Vocabulary; the built-in one for NULL and None. NULL with TypeError for any other object.
 */
const cz_lexicon *czr_lexicon_of(const czr_state *state, PyObject *vocabulary);

/* Registries as {column: list}; the optional argument is a Vocabulary. */
PyObject *czr_indicators(PyObject *module, PyObject *args);
PyObject *czr_units(PyObject *module, PyObject *args);
PyObject *czr_regions(PyObject *module, PyObject *args);
PyObject *czr_registry_version(PyObject *module, PyObject *args);

/* Brings the NumPy C interface into table.c; -1 with an exception set. */
int czr_import_numpy(void);

#endif
