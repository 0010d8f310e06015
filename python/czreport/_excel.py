"""Tables as Excel workbooks."""

from __future__ import annotations

import math
import os
import re
from typing import TYPE_CHECKING, Any

from . import _display, _labels
from ._columns import missing
from ._export import FORMULA, SENTENCES, versions

if TYPE_CHECKING:
    from ._table import Table

_ROWS = 1_048_576
_CHARACTERS = 32_767
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_WIDEST, _SAMPLE = 28, 200  # width of a column in characters; rows that it is judged by

_WORDS = {
    "zh": ("数据", "说明", "行数", "列", "中文名", "英文名"),
    None: ("rows", "about", "rows", "column", "Chinese", "English"),
}


def _text(text: str) -> str:
    text = _FORBIDDEN.sub("", text)
    return text if len(text) <= _CHARACTERS else text[: _CHARACTERS - 1] + "…"


def write(table: Table, path: str | os.PathLike[str], headers: str | None, labels: str | None) -> None:
    """Write the rows, and a sheet about them, to `path`."""
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter
    except ImportError:
        raise missing("openpyxl", "excel") from None
    if len(table) >= _ROWS:
        raise ValueError(f"{len(table)} rows: a sheet has room for {_ROWS - 1}; use to_parquet or to_csv")
    title, about, count, column, chinese, english = _WORDS.get(headers, _WORDS[None])
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)

    def cell_of(value: Any, bold: bool = False) -> Any:
        if isinstance(value, float):
            return None if math.isnan(value) else value if math.isfinite(value) else str(value)
        if isinstance(value, list):
            value = ", ".join(map(str, value))
        if not isinstance(value, str):
            return value
        value = _text(value)
        if not value:
            return None
        if not bold and not value.startswith(FORMULA):
            return value
        cell = WriteOnlyCell(sheet, value)
        cell.data_type = "s"  # openpyxl takes what begins with = for a formula
        if value.startswith(FORMULA):
            cell.quotePrefix = True  # and Excel would, once somebody edits the cell
        if bold:
            cell.font = Font(bold=True)
        return cell

    names = _labels.headers(table.columns, headers)
    sheet.freeze_panes = "A2"
    if names:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(table) + 1}"
    head = table[:_SAMPLE]
    for place, (name, shown) in enumerate(zip(table.columns, names), 1):
        cells = [shown, *map(_display.cell_text, head[name].tolist())]
        width = max(map(_display.text_width, cells))
        sheet.column_dimensions[get_column_letter(place)].width = (
            80 if name == SENTENCES else min(width + 2, _WIDEST)
        )
    sheet.append([cell_of(name, bold=True) for name in names])
    for row in table._cells(labels):
        sheet.append([cell_of(value) for value in row])

    notes = book.create_sheet(about)
    for name, text in versions().items():
        notes.append([name, text])
    notes.append([count, len(table)])
    notes.append([])
    notes.append([cell_of(word, bold=True) for word in (column, chinese, english)])
    known = _labels.columns()
    for name in table.columns:
        notes.append([cell_of(text) for text in (name, *known.get(name, ("", "")))])
    book.properties.creator = f"czreport {versions()['czreport_version']}"
    book.properties.description = ", ".join(f"{name} {text}" for name, text in versions().items())
    book.save(path)
