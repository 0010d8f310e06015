"""Tables with one document per row: csv, JSON lines, Parquet; read row by row, whatever their size."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from .._errors import EncodingError, FormatError, LimitError, ReportError
from .encoding import damaged_utf8, decode_named
from .formats import describe, require
from .types import DocumentError, Limits, Source

__all__ = ["COLUMNS", "split"]

# Names of the columns that are looked for when the caller names none, the likelier first; case does not matter.
COLUMNS = {
    "text": ("text", "content", "正文", "全文", "内容", "报告正文", "报告内容", "body", "report", "报告"),
    "region": ("region", "地区", "区域", "行政区", "城市", "省份", "city", "province", "county", "city_name"),
    "year": ("year", "年份", "年度", "报告年份", "年"),
    "id": ("doc_id", "id", "编号", "序号", "document", "file", "filename", "path", "文件名"),
}
_ESCAPED = re.compile("[\udc80-\udcff]")
_SAMPLE = 1 << 20  # bytes from which the encoding of a table is told
_BATCH = 64  # rows of Parquet in memory at a time


def _choose(names: Sequence[str], columns: Mapping[str, str], where: str) -> dict[str, str | None]:
    """Which column of the table holds what; FormatError if no column holds texts."""
    chosen: dict[str, str | None] = {}
    lower = {name.strip().lower(): name for name in names if name}
    for role, known in COLUMNS.items():
        wanted = columns.get(role)
        if wanted is not None and wanted not in names:
            message = f"{where}: no column {wanted!r}; there are: {', '.join(map(str, names))}"
            raise FormatError(message, path=where)
        chosen[role] = wanted or next((lower[name] for name in known if name in lower), None)
    if chosen["text"] is None:
        raise FormatError(
            f"{where}: expected a column with one report per row, such as text, content or 正文; found "
            f"{', '.join(map(str, names)) or 'no columns'}; name it with text_column=",
            path=where,
        )
    return chosen


def _year(cell: Any) -> int | None:
    """2021, "2021", "2021年", 2021.0; None for nothing. ValueError for anything else."""
    if cell is None or cell == "" or cell != cell:
        return None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    found = re.fullmatch(r"\s*(\d{4})(?:\.0)?\s*年?度?\s*", str(cell))
    if not found:
        raise ValueError(f"expected a year such as 2021, found {str(cell)[:40]!r}")
    return int(found[1])


def _source(
    row: Mapping[str, Any], number: int, chosen: dict[str, str | None], where: str, format: str, encoding: str
) -> Source | DocumentError:
    def cell(role: str) -> Any:
        name = chosen[role]
        return None if name is None else row.get(name)

    given = cell("id")
    doc_id = f"{where}#{number}" if given is None or given == "" else str(given)
    text, region = cell("text"), cell("region")
    if text is not None and not isinstance(text, (str, bytes)):
        reason = f"row {number}: expected text in the column {chosen['text']}, found {type(text).__name__}"
        return DocumentError(doc_id, where, "", reason, None, "FormatError")
    try:
        if isinstance(text, bytes):
            text, encoding = decode_named(text, None, f"{where}#{number}")
        year = _year(cell("year"))
    except (ReportError, ValueError) as error:
        reason = f"row {number}: {error}"
        return DocumentError(doc_id, where, "", reason, None, "FormatError")
    return Source(
        doc_id, where, "", format, None, text or "", encoding, str(region) if region else None, year
    )


def _encoding_of(stream: BinaryIO, encoding: str | None, where: str) -> str:
    """The encoding of a table, told from its beginning; the stream is rewound.

    A fault in the beginning does not matter: it is that of a row.
    """
    sample = stream.read(_SAMPLE)
    stream.seek(0)
    name = encoding or ""
    for back in range(4 if len(sample) == _SAMPLE else 1):  # the sample may end inside a character
        if name:
            break
        try:
            name = decode_named(sample[: len(sample) - back], None, where)[1]
        except EncodingError:
            if damaged_utf8(sample):
                name = "utf-8"
            elif back == 3 or len(sample) < _SAMPLE:
                raise
    name = codecs.lookup(name).name
    if name == "utf-8":
        return "utf-8-sig"  # which leaves out a mark
    marked = sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return "utf-16" if marked and name.startswith("utf-16") else name


def _split_csv(
    stream: BinaryIO,
    encoding: str | None,
    where: str,
    format: str,
    limits: Limits,
    columns: Mapping[str, str],
) -> Iterator[Source | DocumentError]:
    name = _encoding_of(stream, encoding, where)
    # The limit is one of the process and meant against faulty quotes; a report is longer than its 131,072.
    csv.field_size_limit(max(csv.field_size_limit(), limits.file_bytes))
    # Bytes that are wrong become lone surrogates, by which the row that holds them is known.
    text = io.TextIOWrapper(stream, encoding=name, errors="surrogateescape", newline="")
    reader = csv.DictReader(text, delimiter="\t" if where.lower().endswith(".tsv") else ",", strict=True)
    try:
        names = list(reader.fieldnames or [])
        if not names:
            raise FormatError(
                f"{where}: expected csv with a line of column names, found an empty file", path=where
            )
        chosen = _choose(names, columns, where)
        for number, row in enumerate(reader, 1):
            fault = None
            if row.get(None) or None in row.values():
                fault = (f"expected {len(names)} cells", "FormatError")
            elif any(_ESCAPED.search(cell) for cell in row.values()):
                fault = (f"invalid {name} before line {reader.line_num + 1}", "EncodingError")
            if fault is None:
                yield _source(row, number, chosen, where, format, name.removesuffix("-sig"))
            else:
                yield DocumentError(
                    f"{where}#{number}", where, "", f"row {number}: {fault[0]}", None, fault[1]
                )
    except csv.Error as error:
        raise FormatError(f"{where}: line {reader.line_num}: {error}; expected csv", path=where) from None
    finally:
        text.detach()  # who opened the stream closes it


def _split_lines(
    stream: BinaryIO,
    encoding: str | None,
    where: str,
    format: str,
    limits: Limits,
    columns: Mapping[str, str],
) -> Iterator[Source | DocumentError]:
    name = encoding or ("utf-8" if stream.read(3) == codecs.BOM_UTF8 else "")
    if name != "utf-8" or encoding:
        stream.seek(0)
    offset, number = stream.tell(), 0
    while line := stream.readline(limits.file_bytes + 1):
        if len(line) > limits.file_bytes:
            raise LimitError(
                f"{where}: a line of more than {limits.file_bytes} bytes", path=where, offset=offset
            )
        start, offset = offset, offset + len(line)
        if not line.strip():
            continue
        number += 1
        doc_id = f"{where}#{number}"
        try:
            text, used = decode_named(line, name or None, where)
            row = json.loads(text)
            if not isinstance(row, dict):
                raise FormatError(
                    f"row {number}: expected a JSON object, found {type(row).__name__}", offset=0
                )
            chosen = _choose(list(row), columns, f"row {number}")
        except ReportError as error:
            reason = str(error).removeprefix(f"{where}: ")
            kind = type(error).__name__
            yield DocumentError(doc_id, where, "", reason, start + (error.offset or 0), kind)
        except (ValueError, RecursionError) as error:
            reason = f"row {number}: {error}; expected one JSON object per line"
            yield DocumentError(doc_id, where, "", reason, start, "FormatError")
        else:
            yield _source(row, number, chosen, where, format, used)


def _split_parquet(
    source: Any, where: str, format: str, columns: Mapping[str, str]
) -> Iterator[Source | DocumentError]:
    parquet = require("pyarrow.parquet", "parquet")
    arrow = require("pyarrow", "parquet")
    try:
        file = parquet.ParquetFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except (arrow.ArrowException, ValueError, OSError) as error:
        raise FormatError(f"{where}: expected a Parquet file: {error}", path=where) from None
    with file:
        chosen = _choose(list(file.schema_arrow.names), columns, where)
        wanted = sorted({name for name in chosen.values() if name is not None})
        number = 0
        try:
            for batch in file.iter_batches(batch_size=_BATCH, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield _source(row, number, chosen, where, format, "utf-8")
        except (arrow.ArrowException, OSError) as error:
            raise FormatError(f"{where}: after row {number}: {error}", path=where) from None


def split(
    source: Any,
    *,
    where: str,
    encoding: str | None,
    limits: Limits,
    columns: Mapping[str, str],
    format: str,
) -> Iterator[Source | DocumentError]:
    """The rows of a table as sources, in order; `columns` names columns for text, region, year and id."""
    if format == "parquet":
        yield from _split_parquet(source, where, format, columns)
        return
    with io.BytesIO(source) if isinstance(source, bytes) else open(source, "rb") as stream:
        head = stream.read(8)
        stream.seek(0)
        if head.startswith((b"PK", b"%PDF", b"PAR1", b"\xd0\xcf\x11\xe0")):
            raise FormatError(f"{where}: expected {format}, found {describe(head)}", path=where)
        rows: Iterable[Source | DocumentError]
        if format == "csv":
            rows = _split_csv(stream, encoding, where, format, limits, columns)
        else:
            rows = _split_lines(stream, encoding, where, format, limits, columns)
        yield from rows
