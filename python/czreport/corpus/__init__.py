"""Corpora: from a folder of reports to panels, audits and data sets."""

from __future__ import annotations

from .corpus import Corpus, read_corpus
from .cross_audit import CorpusAudit
from .panel import Panel
from .stream import Written, write_corpus

__all__ = ["Corpus", "CorpusAudit", "Panel", "Written", "read_corpus", "write_corpus"]
