/* many.h: what many.c gives the module. */
#ifndef CZREPORT_MANY_H
#define CZREPORT_MANY_H

#include "core.h"

extern PyType_Spec czr_reports_spec;

/* Adds parse_many(); -1 with an exception set. */
int czr_add_many(PyObject *module);

#endif
