"""From pieces of text with their places on pages to paragraphs in reading order.

Three steps: lines at the edges of pages that are running titles, addresses or page numbers go; columns are found by the white strip
between them; lines of a column are joined to paragraphs by indent, by where they end, and by distance. Lengths are in points, the origin is
the lower left corner of a page, as in PDF.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from .builder import TextBuilder, squeeze
from .furniture import is_address, is_page_line, is_prose, page_number

__all__ = ["Piece", "write_pages"]

_EDGE_LINES = 3  # lines of running titles and footers at most, on either edge of a page
_STEP = 2.0  # points: the grid on which columns are looked for
_COLUMNS = 4  # a newspaper page is cut this often at most
_MIN_LINES = 4  # of both columns side by side
_MIN_FILL = 0.55  # of a column's width that its lines cover: running text, not a table
_MIN_PIECES, _MAX_PIECES = 8, 2_000  # on a page with columns
_WIDE_GAP = 2.0  # ems: between the cells of a table
_MAX_GRID = 4_000  # steps: a larger page has no columns


@dataclass
class Piece:
    """Characters beside each other.

    Attributes
    ----------
    x0, x1, y0, y1 : float
        Edges of the box, in points.
    text : str
        Without line breaks.
    em : float
        Width of a Chinese character.
    """

    x0: float
    x1: float
    y0: float
    y1: float
    text: str
    em: float

    @property
    def middle(self) -> float:
        """Height of the middle of the line above the page's lower edge."""
        return (self.y0 + self.y1) / 2


@dataclass
class _Line:
    """Pieces of one line of a column, from left to right."""

    pieces: list[Piece]
    column: int = 0
    text: str = ""
    table: bool = False
    x0: float = 0.0
    x1: float = 0.0
    y0: float = 0.0
    y1: float = 0.0
    em: float = 0.0

    @property
    def middle(self) -> float:
        """As of a piece."""
        return (self.y0 + self.y1) / 2

    def close(self) -> _Line:
        """Fills the fields from the pieces."""
        self.pieces.sort(key=lambda piece: piece.x0)
        self.x0, self.x1 = self.pieces[0].x0, max(piece.x1 for piece in self.pieces)
        self.y0, self.y1 = min(p.y0 for p in self.pieces), max(p.y1 for p in self.pieces)
        self.em = max(self.pieces, key=lambda piece: len(piece.text)).em
        words = [self.pieces[0].text]
        for left, right in zip(self.pieces, self.pieces[1:]):
            gap = right.x0 - left.x1
            wide = gap > _WIDE_GAP * self.em
            self.table = self.table or wide
            words.append(("\t" if wide else " " if gap > 0.8 * self.em else "") + right.text)
        self.text = "".join(words).strip(" \u3000")
        return self


@dataclass
class _Edges:
    """Left and right end of the lines of a column, and the usual distance of lines."""

    left: float
    right: float
    pitch: float


def _lines(pieces: Sequence[Piece]) -> list[_Line]:
    """Pieces of one column as lines, from the top."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        if lines:
            last = lines[-1][0]
            if abs(last.middle - piece.middle) < 0.4 * min(last.y1 - last.y0, piece.y1 - piece.y0):
                lines[-1].append(piece)
                continue
        lines.append([piece])
    return [_Line(line).close() for line in lines]


# ---- furniture ----


def _pattern(line: _Line) -> str:
    """What running lines of different pages have in common."""
    return re.sub(r"\d+", "#", squeeze(line.text))


def _edge(lines: list[_Line], top: bool) -> list[_Line]:
    return lines[:_EDGE_LINES] if top else lines[::-1][:_EDGE_LINES]


def _running(pages: Sequence[list[_Line]]) -> set[tuple[str, bool]]:
    """Patterns that stand at the same edge of several pages, on two thirds of the even or the odd ones."""
    counts: Counter[tuple[str, bool, int]] = Counter()
    for number, lines in enumerate(pages):
        for top in (True, False):
            for pattern in {_pattern(line) for line in _edge(lines, top)}:
                counts[pattern, top, number % 2] += 1
    halves = [len(pages[0::2]), len(pages[1::2])]
    out = set()
    for (pattern, top, parity), count in counts.items():
        total = count + counts[pattern, top, 1 - parity]
        if total >= 2 and (
            count * 3 >= halves[parity] * 2 and halves[parity] >= 2 or total * 2 >= len(pages)
        ):
            out.add((pattern, top))
    return out


def _number_shift(pages: Sequence[list[_Line]]) -> int | None:
    """By how much the bare numbers at the edges of pages exceed their order; None if they do not count pages."""
    shifts: Counter[int] = Counter()
    for number, lines in enumerate(pages):
        edges = _edge(lines, True) + _edge(lines, False)  # the same lines on a short page, counted once
        shifts.update({found[0] - number for line in edges if (found := page_number(line.text)) is not None})
    if not shifts:
        return None
    shift, count = shifts.most_common(1)[0]
    return shift if count >= 2 or len(pages) == 1 and shift == 1 else None


def _split_furniture(pages: Sequence[list[_Line]]) -> list[tuple[list[_Line], list[_Line], list[_Line]]]:
    """For each page the furniture at the top, the text, and the furniture at the bottom."""
    running, shift = _running(pages), _number_shift(pages)

    def is_furniture(line: _Line, top: bool, number: int, beside: _Line | None) -> bool:
        found = page_number(line.text)
        if found is not None:
            # Two lines' height from the text is set apart, which rows of tables are not.
            far = beside is not None and abs(beside.middle - line.middle) > 3 * (line.y1 - line.y0)
            return found[1] or found[0] - number == shift or far
        # A sentence that many pages begin with is none: texts do not repeat themselves, but tables' heads do.
        return is_address(line.text) or (_pattern(line), top) in running and "。" not in line.text

    out = []
    for number, lines in enumerate(pages):
        begin, end = 0, len(lines)
        while begin < min(_EDGE_LINES, end) and is_furniture(
            lines[begin], True, number, lines[begin + 1] if begin + 1 < end else None
        ):
            begin += 1
        while end > max(begin, len(lines) - _EDGE_LINES) and is_furniture(
            lines[end - 1], False, number, lines[end - 2] if end > 1 else None
        ):
            end -= 1
        out.append((lines[:begin], lines[begin:end], lines[end:]))
    return out


# ---- columns ----


def _gutter(pieces: Sequence[Piece]) -> tuple[float, float] | None:
    """The white strip between two columns of running text, None if there is none."""
    if not _MIN_PIECES <= len(pieces) <= _MAX_PIECES:
        return None
    left, right = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    low, high = min(p.y0 for p in pieces), max(p.y1 for p in pieces)
    width, height = int((right - left) / _STEP) + 1, int((high - low) / _STEP) + 1
    if width > _MAX_GRID or height > _MAX_GRID:
        return None
    grid = np.zeros((height, width), dtype=bool)
    for p in pieces:
        rows = slice(int((p.y0 - low) / _STEP), int((p.y1 - low) / _STEP) + 1)
        grid[
            rows, int((p.x0 - left) / _STEP) : max(int((p.x1 - left) / _STEP), int((p.x0 - left) / _STEP) + 1)
        ] = True
    em = float(np.median([p.em for p in pieces]))
    line = float(np.median([p.y1 - p.y0 for p in pieces])) / _STEP
    covered = grid.sum(axis=0)
    white = covered <= 0.6 * covered.max()
    white[: int(width * 0.15)] = white[int(np.ceil(width * 0.85)) :] = False
    best: tuple[float, int, int] | None = None
    begin = None
    for x in range(width + 1):
        if x < width and white[x]:
            begin = x if begin is None else begin
            continue
        if begin is None:
            continue
        a, b, begin = begin, x, None
        # A ragged margin is white at places: the strip is where the least is covered.
        least = int(covered[a:b].min())
        inner = np.flatnonzero(covered[a:b] <= least + line) + a
        a, b = int(inner[0]), int(inner[-1]) + 1
        if (b - a) * _STEP < 0.8 * em:
            continue
        crossing = grid[:, a:b].any(axis=1)
        both = grid[:, :a].any(axis=1) & grid[:, b:].any(axis=1) & ~crossing
        if (
            both.sum() < _MIN_LINES * line
            or both.sum() < crossing.sum()
            and both.sum() < 3 * _MIN_LINES * line
        ):
            continue
        fills = [part[both].mean() for part in (grid[:, :a], grid[:, b:])]
        if min(fills) >= _MIN_FILL and (best is None or both.sum() > best[0]):
            best = (float(both.sum()), a, b)
    return None if best is None else (left + best[1] * _STEP, left + best[2] * _STEP)


def _columns(pieces: Sequence[Piece], depth: int = 0) -> Iterator[list[_Line]]:
    """Blocks of lines in reading order: what spans the columns divides the page into bands."""
    strip = _gutter(pieces) if depth < _COLUMNS else None
    if strip is None:
        yield _lines(pieces)
        return
    a, b = strip
    middle = (a + b) / 2
    spanning = [piece for piece in pieces if piece.x0 < a - _STEP and piece.x1 > b + _STEP]
    apart = {id(piece) for piece in spanning}
    beside = [
        piece
        for piece in pieces
        if id(piece) not in apart
        and any(abs(piece.middle - other.middle) < 0.4 * (other.y1 - other.y0) for other in spanning)
    ]
    heads = _lines(spanning + beside)
    apart.update(map(id, beside))
    rest = [piece for piece in pieces if id(piece) not in apart]
    upper = float("inf")
    at = 0
    while True:
        run: list[_Line] = []  # full lines with nothing of a column between them
        while at < len(heads):
            y = heads[at].middle
            if any(y < piece.middle < upper for piece in rest):
                break
            run.append(heads[at])
            upper = y
            at += 1
        if run:
            yield run
        lower = heads[at].middle if at < len(heads) else float("-inf")
        band = [piece for piece in rest if lower < piece.middle < upper]
        rest = [piece for piece in rest if piece.middle < lower]
        for side in (
            [piece for piece in band if (piece.x0 + piece.x1) / 2 < middle],
            [piece for piece in band if (piece.x0 + piece.x1) / 2 >= middle],
        ):
            if side:
                yield from _columns(side, depth + 1)
        if at == len(heads):
            return
        upper = min(upper, lower + 1e-6)


# ---- paragraphs ----


def _shared(places: Sequence[float], em: float) -> float:
    """The smallest place that several lines have in common: a number set apart is not the edge of a column."""
    order = sorted(places)
    wanted = max(2, len(order) // 8) if len(order) >= 4 else 1
    for at in range(len(order) - wanted + 1):
        if order[at + wanted - 1] - order[at] < 0.8 * em:
            return order[at]
    return order[0]


def _edges(blocks: Sequence[list[_Line]]) -> list[_Edges]:
    """Ends of the lines of each block; a short one has those of a longer one that begins at the same place."""
    own = []
    for block in blocks:
        gaps = [a.y0 - b.y0 for a, b in zip(block, block[1:])]
        pitch = float(np.median(gaps)) if gaps else 0.0
        em = block[0].em
        left = _shared([line.x0 for line in block], em)
        right = -_shared([-line.x1 for line in block], em)
        own.append(_Edges(left, right, pitch))
    out = []
    for block, edges in zip(blocks, own):
        em = block[0].em
        if len(block) < 5:
            near = [
                other
                for other, lines in zip(own, blocks)
                if len(lines) >= 5 and other.left - em <= edges.left and edges.right <= other.right + em
            ]
            if near:
                edges = min(near, key=lambda other: (edges.left - other.left) + (other.right - edges.right))
        out.append(edges)
    return out


def _goes_on(before: _Line, b_edges: _Edges, after: _Line, a_edges: _Edges, same_block: bool) -> bool:
    """Whether a line continues the paragraph of the line before it."""
    em = before.em
    if before.table or after.table or abs(before.em - after.em) > 0.15 * max(em, after.em):
        return False
    if after.x0 - a_edges.left > 0.8 * em:  # indented
        return False
    # Where a line is not full the paragraph ends; marks hang over, and numbers are not broken in two.
    if b_edges.right - before.x1 > (1.6 if before.text[-1:] in "。！？：；" else 4.0) * em:
        return False
    return not (same_block and b_edges.pitch > 0 and before.y0 - after.y0 > 1.7 * b_edges.pitch)


def write_pages(pages: Sequence[Sequence[Piece]]) -> TextBuilder:
    """The text of all pages, a paragraph a line, with furniture and joined lines logged."""
    parts = _split_furniture([_lines(page) for page in pages])
    out = TextBuilder()
    blocks: list[list[_Line]] = []
    removed: dict[int, list[str]] = {}  # by the block before which it stood
    for top, body, bottom in parts:
        removed.setdefault(len(blocks), []).extend(line.text for line in top)
        blocks.extend(block for block in _columns([p for line in body for p in line.pieces]) if block)
        removed.setdefault(len(blocks), []).extend(line.text for line in bottom)
    edges = _edges(blocks)
    _drop_page_lines(blocks, removed)
    pending: list[str] = []
    waiting: list[str] = []  # furniture inside a paragraph that goes on over the page
    last: tuple[_Line, _Edges] | None = None

    def flush() -> None:
        if pending:
            out.paragraph(pending)
            pending.clear()
        for text in waiting:
            out.log("page_furniture", text)
        waiting.clear()

    for number, block in enumerate(blocks):
        waiting.extend(removed.get(number, ()))
        for at, line in enumerate(block):
            if not line.text:
                continue
            if last is None or not _goes_on(last[0], last[1], line, edges[number], at > 0):
                flush()
            pending.append(line.text)
            last = (line, edges[number])
    waiting.extend(removed.get(len(blocks), ()))
    flush()
    return out


def _drop_page_lines(blocks: list[list[_Line]], removed: dict[int, list[str]]) -> None:
    """Takes out lines about the page, as prints of web pages have them before and after the text."""
    for order, step in ((range(len(blocks)), 1), (range(len(blocks) - 1, -1, -1), -1)):
        for number in order:
            prose = False
            kept: list[_Line] = []
            for line in blocks[number][::step]:
                prose = prose or is_prose(line.text) and not is_page_line(line.text)
                if prose or not line.text or not is_page_line(line.text):
                    kept.append(line)
                else:
                    removed.setdefault(number + (step < 0), []).append(line.text)
            blocks[number][:] = kept[::step]
            if prose:
                break
