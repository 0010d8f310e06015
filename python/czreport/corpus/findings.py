"""What an audit of a corpus gives."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Finding"]


class Finding(NamedTuple):
    """One finding; the columns of :attr:`CorpusAudit.findings`."""

    severity: str
    rule: str
    documents: tuple[int, ...]
    message_zh: str
    message_en: str
    evidence: str = ""
    similarity: float = float("nan")
    scope: str = "file"
    indicator: str = ""
    indicator_code: str = ""
    statements: tuple[int, ...] = ()
    statement_documents: tuple[int, ...] = ()
    gap: float = float("nan")
    unit: str = ""
    repair: str = ""
