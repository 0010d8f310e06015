"""Pages for people: self-contained HTML files that need no network."""

from __future__ import annotations

from ._page import LANGUAGES, write
from .evidence import evidence_page

__all__ = ["LANGUAGES", "evidence_page", "write"]
