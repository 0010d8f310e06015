/* index.h: weights, outranking, studies of ranks, inequality of groups. */
#ifndef CZREPORT_INDEX_H
#define CZREPORT_INDEX_H

#include "core.h"

/* Adds the functions to `module`. Returns 0, or -1 with an exception set. */
int czr_add_index(PyObject *module);

#endif
