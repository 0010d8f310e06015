"""Builds the text of a document line by line and logs what was changed, with exact places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .types import Repair

__all__ = ["TextBuilder", "squeeze"]

_SHOWN = 200  # characters of a log entry
_HEADING = 60  # a longer line that stands twice is not a heading
_STOP = "。；！？"

_BLANKS = re.compile(r"\s+")


def squeeze(text: str) -> str:
    """The text without any blanks: what two lines that look alike have in common."""
    return _BLANKS.sub("", text)


def _needs_blank(left: str, right: str) -> bool:
    """Words of Latin letters stay apart, and so do 5, and 10, which would read as a thousands separator."""
    before, after = left[-1:], right[:1]
    if before.isascii() and before.isalpha():
        return after.isascii() and after.isalpha()
    return before in (",", "，") and after.isdigit() and left[-2:-1].isdigit()


class TextBuilder:
    """Collects lines; `text` and `repairs` are the result."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._repairs: list[Repair] = []
        self._length = 0
        self._last = ""  # the last line with anything in it, squeezed

    def log(self, kind: str, before: str, after: str = "", at: int = 0) -> None:
        """A change `at` characters after the end of the text so far."""
        self._repairs.append(Repair(kind, before[:_SHOWN], after[:_SHOWN], self._length + at))

    def line(self, text: str) -> bool:
        """A line; a heading that stands there twice in a row is left out the second time (False)."""
        tight = squeeze(text)
        doubled = tight and tight == self._last and len(tight) <= _HEADING and tight[-1] not in _STOP
        if doubled and "\t" not in text:
            self.log("doubled_heading", f"{text}\n{text}", text)
            return False
        self._last = tight or self._last
        self._parts.append(text + "\n")
        self._length += len(text) + 1
        return True

    def paragraph(self, lines: Sequence[str]) -> None:
        """One line from the lines of a paragraph that was set in a column."""
        whole = lines[0]
        joints: list[tuple[int, str]] = []
        for line in lines[1:]:
            glue = " " if _needs_blank(whole, line) else ""
            joints.append((len(whole), f"{whole[-8:]}\n{line[:8]}"))
            whole += glue + line
        if not self.line(whole):
            return
        begin = -len(whole) - 1  # of the paragraph, from the end of the text
        for at, before in joints:
            start = at - before.index("\n")
            after = whole[start : start + len(before) - 1 + (whole[at] == " ")]
            self.log("joined_line", before, after, begin + start)

    @property
    def text(self) -> str:
        """All lines, each with its end."""
        return "".join(self._parts)

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """The log in the order of the text."""
        return tuple(self._repairs)
