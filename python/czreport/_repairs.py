"""What the parser closes up while it reads: blanks inside numbers and line breaks inside sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .documents.types import Repair

if TYPE_CHECKING:
    from ._report import Report

__all__ = ["of_parser"]

_BREAK = re.compile(r"[^\S\n\r]*[\n\r\f]\s*")
_AROUND = 8  # characters of the words on either side of a line break


def of_parser(report: Report) -> Iterator[Repair]:
    """Its repairs, in the order of tables: numbers that carry the flag, then line breaks in sentences.

    The core counts both; the places are those of the numbers that it marked and of the sentences that it found.
    """
    rows, text = report.quantities, report.text
    codes = set(report.notes["code"])
    for start, quote, flags in zip(rows["start"].tolist(), rows["text"], rows["flags"]):
        if "repaired" in flags.split(","):
            yield Repair("joined_digits", quote, re.sub(r"\s+", "", quote), start)
    if "joined_lines" not in codes:
        return
    sentences = report.sentences
    for first, last in zip(sentences["start"].tolist(), sentences["end"].tolist()):
        for found in _BREAK.finditer(text, first, last):
            if found.start() == first or found.end() == last:
                continue
            start = max(first, found.start() - _AROUND)
            left, right = text[start : found.start()], text[found.end() : min(last, found.end() + _AROUND)]
            yield Repair("joined_line", left + found[0] + right, left + right, start)
