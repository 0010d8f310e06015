"""Tables as text: wide characters take two cells, and what does not fit is cut with an ellipsis."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

__all__ = ["cell_text", "clip", "format_number", "pad", "render", "text_width"]

_ELLIPSIS = "…"
_GOOD = (
    14  # a column of this width can be read; to keep it, up to the first six columns, the others are left out
)
_MINIMUM = 4  # below this nothing can be recognised: then even fewer columns are shown
_KEPT = 6


def char_width(char: str) -> int:
    """Cells of a terminal that one character takes: 0, 1 or 2."""
    if char < "\u0300":
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def text_width(text: str) -> int:
    """Cells of a terminal that a text takes."""
    return len(text) if text.isascii() else sum(map(char_width, text))


def clip(text: str, width: int) -> str:
    """The text, cut with an ellipsis where it takes more than `width` cells."""
    if text_width(text) <= width:
        return text
    kept, used = [], 1
    for char in text:
        used += char_width(char)
        if used > width:
            break
        kept.append(char)
    return "".join(kept) + _ELLIPSIS


def pad(text: str, width: int, right: bool = False) -> str:
    """The text filled with blanks to `width` cells; `right` puts the blanks before it."""
    blanks = " " * (width - text_width(text))
    return blanks + text if right else text + blanks


def format_number(value: float) -> str:
    """A number in its shortest exact form, without a useless ``.0``; the empty text for NaN."""
    if isinstance(value, int):
        return str(value)
    if math.isnan(value):
        return ""
    text = repr(value)
    return text[:-2] if text.endswith(".0") else text


def cell_text(value: object) -> str:
    """One cell as one line of text; control characters become blanks and cannot break the table."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        return format_number(value)
    text = str(value)
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    return text


def _cap(widths: Sequence[int], room: int) -> int:
    """The widest that columns may be so that all of them, two blanks apart, fit into `room`; may be 0 or less."""
    low, high = 0, max(widths)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(width, middle) for width in widths) + 2 * (len(widths) - 1) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def _fit(widths: Sequence[int], room: int) -> list[int]:
    """Drops the last columns as long as the others would become unreadable, then narrows the widest."""
    kept = list(widths)
    while len(kept) > 1 and _cap(kept, room) < min(max(kept), _GOOD if len(kept) > _KEPT else _MINIMUM):
        kept.pop()
    cap = _cap(kept, room)
    spare = room - 2 * (len(kept) - 1) - sum(min(width, cap) for width in kept)
    fitted = []
    for width in kept:
        wider = width > cap and spare > 0
        fitted.append(min(width, cap) + wider)
        spare -= wider
    return fitted


def render(
    names: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool], width: int | None = None
) -> str:
    """Header, rule and rows as aligned lines, fitted to `width` cells if given."""
    widths = [max([text_width(name), *(text_width(row[i]) for row in rows)]) for i, name in enumerate(names)]
    if width is not None:
        widths = _fit(widths, width)
    lines = []
    for cells in [names, ["─" * w for w in widths], *rows]:
        parts = [pad(clip(cell, w), w, r) for cell, w, r in zip(cells, widths, right)]
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)
