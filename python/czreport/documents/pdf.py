"""PDF files with a text layer, read with pdfium (package pypdfium2).

Only the characters and their boxes are taken from pdfium; lines, columns and paragraphs are found by :mod:`.layout`. pdfium must not run
in two threads at once: a lock sees to that, and :func:`czreport.documents.read_source` is for pools of processes.
"""

from __future__ import annotations

import ctypes
import threading
from typing import Any

from .._errors import FormatError, LimitError
from .formats import describe, require
from .layout import Piece, write_pages
from .types import Content, Limits

__all__ = ["read"]

_LOCK = threading.Lock()
_SIGNATURE_WITHIN = 1024  # bytes: readers accept that much before the signature (ISO 32000-1, annex H.3.4.1)
_JUMP = 1.2  # ems: a wider gap ends a piece
_SCANNED = 8  # characters per page: fewer are stamps on pictures


def _characters(pdfium: Any, page: Any) -> list[tuple[str, float, float, float, float]]:
    """Characters of a page as they are painted, with left, right, bottom and top of their boxes."""
    raw = pdfium.raw
    out = []
    text = page.get_textpage()
    try:
        box = raw.FS_RECTF()
        for index in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text, index)
            if raw.FPDFText_IsGenerated(text, index) == 1 or code < 0x20 or code in (0xFFFE, 0xFFFF, 0xAD):
                continue
            if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
                code = 0xFFFD
            if raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box)):
                out.append((chr(code), box.left, box.right, box.bottom, box.top))
    finally:
        text.close()
    return out


def _blank_gap(left: str, right: str) -> float:
    """How wide a gap stands for a blank that is not in the file, in ems: words of Latin letters are set with less between
    them than digits and Chinese characters may have to fill a line.
    """
    if left.isspace() or right.isspace():
        return _JUMP
    return 0.25 if left.isascii() and right.isascii() and (left.isalpha() or right.isalpha()) else 0.8


def _pieces(characters: list[tuple[str, float, float, float, float]]) -> list[Piece]:
    """Runs of characters on one base line without a wide gap, in the order in which they are painted."""
    pieces: list[Piece] = []
    wide: list[float] = []  # widths of Chinese characters of the piece at hand
    last_left = 0.0
    for char, left, right, bottom, top in characters:
        if right <= left or top <= bottom or not -1e5 < left < right < 1e5 or not -1e5 < bottom < top < 1e5:
            continue
        width = right - left
        em = width if char >= "\u2e80" else (top - bottom) * 0.9
        piece = pieces[-1] if pieces else None
        if piece is not None and abs((top + bottom) / 2 - piece.middle) < 0.35 * min(
            top - bottom, piece.y1 - piece.y0
        ):
            gap = left - piece.x1
            if piece.text[-1:] == char and abs(left - last_left) < 0.3 * width:
                continue  # painted twice, to look bold
            if -0.5 * em < gap < _JUMP * em:
                if gap > _blank_gap(piece.text[-1], char) * em:
                    piece.text += " "
                piece.text += char
                piece.x1, last_left = max(piece.x1, right), left
                piece.y0, piece.y1 = min(piece.y0, bottom), max(piece.y1, top)
                if char >= "\u2e80":
                    wide.append(width)
                    piece.em = sorted(wide)[len(wide) // 2] if len(wide) < 40 else piece.em
                continue
        if char.isspace():
            continue
        wide = [width] if char >= "\u2e80" else []
        pieces.append(Piece(left, right, bottom, top, char, em))
        last_left = left
    return _trimmed(pieces)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without blanks at the ends, whose boxes would hide an indent or a short line."""
    for piece in pieces:
        text = piece.text.rstrip(" \u3000")
        lost = len(piece.text) - len(text)
        if lost:
            piece.x1 = max(
                piece.x0, piece.x1 - lost * (piece.em if piece.text[-1] == "\u3000" else piece.em / 2)
            )
            piece.text = text
    return [piece for piece in pieces if piece.text]


def read(data: bytes, *, where: str, encoding: str | None, limits: Limits) -> Content:
    """Text of a PDF file: a paragraph a line, columns one after the other, without running titles and page numbers."""
    if b"%PDF-" not in data[:_SIGNATURE_WITHIN]:
        raise FormatError(f"{where}: expected a PDF file, found {describe(data)}", path=where)
    pdfium = require("pypdfium2", "pdf")
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            found = (
                "one that needs a password" if "password" in str(error).lower() else f"a broken one: {error}"
            )
            raise FormatError(f"{where}: expected a PDF file, found {found}", path=where) from None
        try:
            count = len(document)
            if count > limits.pages:
                raise LimitError(f"{where}: {count} pages; at most {limits.pages} are read", path=where)
            pages: list[list[Piece]] = []
            broken: list[int] = []
            characters = 0
            for number in range(count):
                try:
                    page = document[number]
                    found_here = _characters(pdfium, page)
                    page.close()
                except pdfium.PdfiumError:
                    broken.append(number + 1)
                    continue
                characters += len(found_here)
                if characters > limits.characters:
                    raise LimitError(
                        f"{where}: more than {limits.characters} characters on its first {number + 1} pages",
                        path=where,
                    )
                pages.append(_pieces(found_here))
        finally:
            document.close()
    if broken:
        names = ", ".join(map(str, broken[:5])) + (", …" if len(broken) > 5 else "")
        raise FormatError(
            f"{where}: expected a sound PDF file, found {len(broken)} broken pages: {names}", path=where
        )
    if characters < _SCANNED * max(count, 1):
        raise FormatError(
            f"{where}: expected a PDF file with a text layer, found {characters} characters on {count} pages; "
            "scanned pages must be recognised (OCR) first",
            path=where,
        )
    out = write_pages(pages)
    return Content(out.text, "", out.repairs)
