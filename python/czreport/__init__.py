"""Chinese government work reports (政府工作报告) as typed, traceable figures.

>>> import czreport as cz
>>> report = cz.load("changzhou-2021")
>>> len(report.targets("gdp")) > 0
True
"""

from __future__ import annotations

from . import agreement, disparity, growth, index, printed, targets
from ._audit import Audit
from ._core import __version__
from ._errors import (
    EncodingError,
    FormatError,
    LimitError,
    MissingExtraError,
    ReportError,
    VocabularyError,
)
from ._many import parse_many
from ._read import datasets, load, read
from ._registry import indicators, regions, registry_version, units
from ._report import Report, parse
from ._table import Table
from ._vocabulary import Vocabulary, vocabulary
from .corpus import Corpus, CorpusAudit, Panel, Written, read_corpus, write_corpus

__all__ = [
    "Audit",
    "Corpus",
    "CorpusAudit",
    "EncodingError",
    "FormatError",
    "LimitError",
    "MissingExtraError",
    "Panel",
    "Report",
    "ReportError",
    "Table",
    "Vocabulary",
    "VocabularyError",
    "Written",
    "__version__",
    "agreement",
    "datasets",
    "disparity",
    "growth",
    "index",
    "indicators",
    "load",
    "parse",
    "parse_many",
    "printed",
    "read",
    "read_corpus",
    "regions",
    "registry_version",
    "targets",
    "units",
    "vocabulary",
    "write_corpus",
]
