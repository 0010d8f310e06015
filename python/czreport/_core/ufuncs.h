/* ufuncs.h: the operations of czcore/compute.h as NumPy ufuncs. */
#ifndef CZREPORT_UFUNCS_H
#define CZREPORT_UFUNCS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* Adds `ufuncs` to `module`: a dict from the names of the operations to NumPy ufuncs, and `threads`. The
 * number of threads that long arrays may use is read from the environment variable CZREPORT_THREADS now, and
 * is that of the processors without it. Returns 0, or -1 with an exception set. */
int czr_add_ufuncs(PyObject *module);

#endif
