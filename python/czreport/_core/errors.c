/* errors.c: status codes of the core as Python exceptions. */
#include "core.h"

/* Gives an exception an attribute; -1 with another exception set. */
static int note(PyObject *exception, const char *name, int64_t value) {
  PyObject *number = PyLong_FromLongLong(value);
  const int result = number != NULL ? PyObject_SetAttrString(exception, name, number) : -1;
  Py_XDECREF(number);
  return result;
}

PyObject *czr_raise(const czr_state *state, cz_status status, const cz_error *error) {
  return czr_raise_document(state, status, error, -1);
}

PyObject *czr_raise_document(const czr_state *state, cz_status status, const cz_error *error,
                             int64_t document) {
  const char *what = error != NULL && error->message[0] != '\0' ? error->message : cz_status_describe(status);
  PyObject *type;
  switch (status) {
  case CZ_OK:
    PyErr_SetString(PyExc_SystemError, "no error to raise");
    return NULL;
  case CZ_ERROR_MEMORY:
    return PyErr_NoMemory();
  case CZ_ERROR_ARGUMENT:
    type = PyExc_ValueError;
    break;
  case CZ_ERROR_ENCODING:
    type = state->encoding_error;
    break;
  case CZ_ERROR_VOCABULARY:
    type = state->vocabulary_error;
    break;
  default:
    type = state->report_error;
    break;
  }
  PyObject *message = document >= 0 ? PyUnicode_FromFormat("document %lld: %s", (long long)document, what)
                                    : PyUnicode_FromString(what);
  PyObject *exception = message != NULL ? PyObject_CallOneArg(type, message) : NULL;
  Py_XDECREF(message);
  if (exception == NULL)
    return NULL;
  const bool place = type != PyExc_ValueError && error != NULL && error->offset >= 0;
  if ((!place || note(exception, "offset", error->offset) == 0) &&
      (document < 0 || note(exception, "document", document) == 0))
    PyErr_SetObject(type, exception);
  Py_DECREF(exception);
  return NULL;
}
