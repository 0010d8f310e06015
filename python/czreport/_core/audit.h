/* audit.h: what module.c needs to know of audit.c. */
#ifndef CZREPORT_AUDIT_H
#define CZREPORT_AUDIT_H

#include "core.h"

/* Adds the function audit() to the module; -1 with an exception set. */
int czr_add_audit(PyObject *module);

#endif
