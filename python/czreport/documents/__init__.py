"""Documents: from files, archives and tables to the texts of reports.

One file per format; :mod:`czreport.documents.formats` lists them. What a format needs beyond the standard
library is an extra, and is imported when the first such file is read.

>>> from czreport.documents import iter_documents
>>> [(document.doc_id, document.text) for document in iter_documents([("a", "粮食产量70万吨。")])]
[('a', '粮食产量70万吨。')]
"""

from __future__ import annotations

from .formats import FORMATS, suffixes
from .sources import iter_documents, iter_sources, read_document, read_source
from .types import DEFAULT_LIMITS, Document, DocumentError, Limits, Repair, Source

__all__ = [
    "DEFAULT_LIMITS",
    "FORMATS",
    "Document",
    "DocumentError",
    "Limits",
    "Repair",
    "Source",
    "iter_documents",
    "iter_sources",
    "read_document",
    "read_source",
    "suffixes",
]
