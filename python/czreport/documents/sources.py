"""From what a user names (files, folders, globs, archives, tables, texts) to documents, one at a time."""

from __future__ import annotations

import errno
import glob
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from .._errors import FormatError, LimitError, ReportError
from .archive import is_hidden
from .encoding import check_encoding
from .formats import FORMATS, Format, format_of, suffixes
from .types import DEFAULT_LIMITS, Document, DocumentError, Limits, Source

__all__ = ["Sources", "iter_documents", "iter_sources", "read_document", "read_source"]

Path: TypeAlias = "str | os.PathLike[str]"
Sources: TypeAlias = "Path | Iterable[Path | tuple[str, str | bytes] | Document] | Mapping[str, str | bytes]"

_NAMED = 5  # documents of an archive that a message names


def _unknown(where: str) -> FormatError:
    suffix = os.path.splitext(where)[1] or "(none)"
    supported = ", ".join(suffixes())
    return FormatError(f"{where}: files of type {suffix} cannot be read; supported: {supported}", path=where)


def _columns(text: str | None, region: str | None, year: str | None, id: str | None) -> dict[str, str]:
    given = {"text": text, "region": region, "year": year, "id": id}
    return {role: name for role, name in given.items() if name is not None}


# ---- one file ----


def _format_named(format: str) -> Format:
    if format not in FORMATS:
        raise ValueError(f"unknown format {format!r}; there are: {', '.join(FORMATS)}")
    return FORMATS[format]


def _read_bytes(path: str, limits: Limits) -> bytes:
    """The bytes of a regular file; anything else could block or never end."""
    with open(path, "rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > limits.file_bytes:
            raise LimitError(f"{path}: {size} bytes; a document has at most {limits.file_bytes}", path=path)
        return stream.read(limits.file_bytes + 1)


def _check_file(path: str) -> None:
    """FileNotFoundError, or ReportError for what is no regular file."""
    try:
        mode = os.stat(path).st_mode
    except ValueError as error:  # NUL in the name
        raise FileNotFoundError(errno.ENOENT, str(error), path) from None
    if stat.S_ISDIR(mode):
        raise ReportError(f"{path}: is a directory; expected a file", path=path)
    if not stat.S_ISREG(mode):
        raise ReportError(f"{path}: is a pipe or device; expected a file", path=path)


def read_document(
    source: Path | bytes,
    *,
    format: str | None = None,
    encoding: str | None = None,
    name: str | None = None,
    text_column: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """Read the one document of a file.

    Parameters
    ----------
    source : path or bytes
        A file, or the bytes of one.
    format : str, optional
        A key of :data:`FORMATS`. Without it, what the name says; for bytes without a name, txt.
    encoding : str, optional
        Of text, web pages, csv and JSON lines; detected without it.
    name : str, optional
        For bytes: the file name, which says the format and is used in messages.
    text_column : str, optional
        For tables: the column with the text.
    limits : Limits
        What the file may cost.

    Returns
    -------
    Document

    Raises
    ------
    ReportError
        The file cannot be read, or holds several documents; the message names the file and what was expected.
    OSError
        There is no such file, or it may not be read.

    Examples
    --------
    >>> from czreport.documents import read_document
    >>> read_document("粮食总产量70万吨。".encode("gb18030")).encoding
    'gb18030'
    """
    check_encoding(encoding)
    kind = None if format is None else _format_named(format)
    data: bytes | None = None
    if isinstance(source, (bytes, bytearray, memoryview)):
        data, where = bytes(source), name or "(bytes)"
        if kind is None:
            kind = FORMATS["txt"] if name is None else format_of(name)
        if len(data) > limits.file_bytes:
            raise LimitError(
                f"{where}: {len(data)} bytes; a document has at most {limits.file_bytes}", path=where
            )
    else:
        where = os.fspath(source)
        _check_file(where)
        kind = kind or format_of(where)
    if kind is None:
        raise _unknown(where)
    path = "" if data is not None else where
    if not kind.many:
        return _read(Source(where, path, "", kind.name, data), encoding, limits)
    parts = kind.load().split(
        where if data is None else data,
        where=where,
        encoding=encoding,
        limits=limits,
        columns=_columns(text_column, None, None, None),
        format=kind.name,
    )
    first: list[Source | DocumentError] = []
    try:
        for part in parts:
            first.append(part)
            if len(first) > _NAMED:
                break
    finally:
        parts.close()
    if not first:
        raise FormatError(f"{where}: expected a document, found none", path=where)
    if len(first) > 1:
        names = ", ".join(part.member or part.doc_id for part in first[:_NAMED])
        more = ", …" if len(first) > _NAMED else ""
        raise FormatError(
            f"{where}: expected one document, found several: {names}{more}; read_corpus reads them all",
            path=where,
        )
    if isinstance(first[0], DocumentError):
        fault = first[0]
        raise FormatError(f"{fault.doc_id}: {fault.reason}", path=where, offset=fault.offset)
    return _read(first[0], encoding, limits)


def _read(source: Source, encoding: str | None, limits: Limits) -> Document:
    """The document of a source; ReportError or OSError."""
    if FORMATS[source.format].many:  # the name of a table is no hint at a row
        hint = "" if source.doc_id.startswith(source.path + "#") else source.doc_id
    else:
        hint = os.path.basename(source.member or source.path) or source.doc_id
    fields: dict[str, Any] = {
        "doc_id": source.doc_id,
        "path": source.path,
        "member": source.member,
        "source": hint,
        "format": source.format,
        "region": source.region,
        "year": source.year,
    }
    if source.text is not None:
        return Document(text=source.text, encoding=source.encoding, **fields)
    data = source.data if source.data is not None else _read_bytes(source.path, limits)
    try:
        content = (
            FORMATS[source.format].load().read(data, where=source.doc_id, encoding=encoding, limits=limits)
        )
    except ReportError as error:
        if error.path is None:
            error.path = source.doc_id
            error.args = (f"{source.doc_id}: {error}",)
        raise
    except (MemoryError, RecursionError) as error:
        raise LimitError(
            f"{source.doc_id}: {type(error).__name__} while reading", path=source.doc_id
        ) from None
    return Document(text=content.text, encoding=content.encoding, repairs=content.repairs, **fields)


def read_source(
    source: Source | DocumentError, encoding: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Document | DocumentError:
    """Read what :func:`iter_sources` found; never raises for a bad file.

    A function of the module with arguments that can be pickled, so that a pool of processes can call it: the library
    behind .pdf must not run in two threads at once.

    Parameters
    ----------
    source : Source or DocumentError
        An error is handed on.
    encoding, limits
        As of :func:`read_document`.

    Examples
    --------
    >>> from czreport.documents import iter_sources, read_source
    >>> [read_source(source).text for source in iter_sources([("a", "增长5%")])]
    ['增长5%']
    """
    if isinstance(source, DocumentError):
        return source
    try:
        return _read(source, encoding, limits)
    except (ReportError, OSError) as error:
        return DocumentError.of(error, source.doc_id, source.path, source.member)


# ---- many ----


def _walk(folder: str) -> Iterator[str]:
    """Files below a folder, sorted. Links to folders are followed once: a loop ends where it meets itself."""
    seen: set[tuple[int, int]] = set()
    pending = [folder]
    while pending:
        here = pending.pop()
        try:
            info = os.stat(here)
            entries = sorted(os.scandir(here), key=lambda entry: entry.name, reverse=True)
        except OSError:
            yield here  # reading it gives the reason
            continue
        if (info.st_dev, info.st_ino) in seen:
            continue
        seen.add((info.st_dev, info.st_ino))
        files: list[str] = []
        for entry in entries:
            if is_hidden(entry.name):
                continue
            try:
                is_folder = entry.is_dir()
            except OSError:
                is_folder = False
            (pending if is_folder else files).append(entry.path)
        yield from reversed(files)


def _of_path(
    path: str, encoding: str | None, columns: dict[str, str], limits: Limits
) -> Iterator[Source | DocumentError]:
    """The documents of a file or folder; faults as records."""
    if os.path.isdir(path):
        for file in _walk(path):
            yield from _of_file(file, encoding, columns, limits)
    else:
        yield from _of_file(path, encoding, columns, limits)


def _of_file(
    path: str, encoding: str | None, columns: dict[str, str], limits: Limits
) -> Iterator[Source | DocumentError]:
    try:
        _check_file(path)
        format = format_of(path)
        if format is None:
            raise _unknown(path)
        if not format.many:
            yield Source(path, path, "", format.name)
            return
        yield from format.load().split(
            path, where=path, encoding=encoding, limits=limits, columns=columns, format=format.name
        )
    except (ReportError, OSError) as error:
        yield DocumentError.of(error, path, path)


def iter_sources(
    sources: Sources,
    *,
    encoding: str | None = None,
    text_column: str | None = None,
    region_column: str | None = None,
    year_column: str | None = None,
    id_column: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Source | DocumentError]:
    """What :func:`iter_documents` would read, before it is read: for pools of threads or processes.

    Parameters as of :func:`iter_documents`; :func:`read_source` reads each.

    Examples
    --------
    >>> from czreport.documents import iter_sources
    >>> next(iter_sources([("a", "增长5%")])).doc_id
    'a'
    """
    check_encoding(encoding)
    columns = _columns(text_column, region_column, year_column, id_column)
    if isinstance(sources, (str, os.PathLike)):
        path = os.fspath(sources)
        if os.path.lexists(path):
            return _of_path(path, encoding, columns, limits)
        if glob.has_magic(path):
            found = sorted(glob.iglob(path, recursive=True))
            if found:
                return _of_many(found, encoding, columns, limits)
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    if isinstance(sources, bytes):
        raise TypeError("sources must be a path, or an iterable of paths or of (doc_id, text), not bytes")
    return _of_many(sources.items() if isinstance(sources, Mapping) else sources, encoding, columns, limits)


def _of_many(
    items: Iterable[Any], encoding: str | None, columns: dict[str, str], limits: Limits
) -> Iterator[Source | DocumentError]:
    for item in items:
        if isinstance(item, (str, os.PathLike)):
            yield from _of_path(os.fspath(item), encoding, columns, limits)
        elif isinstance(item, (Source, DocumentError)):
            yield item
        elif isinstance(item, Document):
            yield Source(
                item.doc_id,
                item.path,
                item.member,
                item.format,
                None,
                item.text,
                item.encoding,
                item.region,
                item.year,
            )
        elif isinstance(item, tuple) and len(item) == 2 and isinstance(item[1], str):
            yield Source(str(item[0]), text=item[1])
        elif isinstance(item, tuple) and len(item) == 2 and isinstance(item[1], bytes):
            yield Source(str(item[0]), data=item[1])
        else:
            raise TypeError(
                f"sources must be paths or pairs (doc_id, text), not {type(item).__name__} {str(item)[:60]!r}"
            )


def iter_documents(
    sources: Sources,
    *,
    encoding: str | None = None,
    text_column: str | None = None,
    region_column: str | None = None,
    year_column: str | None = None,
    id_column: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Document | DocumentError]:
    """Read documents one after the other.

    Parameters
    ----------
    sources : path, or iterable of paths or of pairs
        A folder (with its folders, in the order of names), a glob (``"reports/**/*.txt"``), a file, a list of these,
        or pairs ``(doc_id, text)`` with text as str or bytes. Members of zip archives and rows of csv, JSON lines
        and Parquet files are documents of their own.
    encoding : str, optional
        Of text, web pages and tables; detected file by file without it.
    text_column, region_column, year_column, id_column : str, optional
        Columns of tables. Without them, by usual names: text, content, 正文; region, 地区, 城市; year, 年份; id, 编号.
    limits : Limits
        What a file may cost.

    Yields
    ------
    Document or DocumentError
        An error takes the place of a document that cannot be read, files of unknown type among them; the others
        follow. Files of the system (.DS_Store, ~$x.docx) are passed over.

    Raises
    ------
    FileNotFoundError
        At the call: a single path that is not there, or a glob that matches nothing.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from czreport.documents import iter_documents
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "a.txt").write_text("粮食总产量70万吨。", encoding="gb18030")
    ...     _ = pathlib.Path(folder, "b.docx").write_bytes(b"")
    ...     for document in iter_documents(folder):
    ...         print(getattr(document, "text", None) or document.reason)
    粮食总产量70万吨。
    expected a Word file (.docx), found an empty file: File is not a zip file
    """
    found = iter_sources(
        sources,
        encoding=encoding,
        text_column=text_column,
        region_column=region_column,
        year_column=year_column,
        id_column=id_column,
        limits=limits,
    )
    return (read_source(source, encoding, limits) for source in found)
