/* errors.c: status codes of the core as Python exceptions. */
#include "core.h"

PyObject *czr_raise(const czr_state *state, cz_status status, const cz_error *error) {
  const char *message =
      error != NULL && error->message[0] != '\0' ? error->message : cz_status_describe(status);
  PyObject *type;
  switch (status) {
  case CZ_OK:
    PyErr_SetString(PyExc_SystemError, "no error to raise");
    return NULL;
  case CZ_ERROR_MEMORY:
    return PyErr_NoMemory();
  case CZ_ERROR_ARGUMENT:
    PyErr_SetString(PyExc_ValueError, message);
    return NULL;
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
  PyObject *exception = PyObject_CallFunction(type, "s", message);
  if (exception == NULL)
    return NULL;
  if (error != NULL && error->offset >= 0) {
    PyObject *offset = PyLong_FromLongLong(error->offset);
    if (offset == NULL || PyObject_SetAttrString(exception, "offset", offset) < 0) {
      Py_XDECREF(offset);
      Py_DECREF(exception);
      return NULL;
    }
    Py_DECREF(offset);
  }
  PyErr_SetObject(type, exception);
  Py_DECREF(exception);
  return NULL;
}
