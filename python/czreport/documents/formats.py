"""The one list of formats. A further format is a module with `read` or `split`, and a row here."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any

from .._errors import MissingExtraError

__all__ = ["FORMATS", "Format", "describe", "format_of", "require", "suffixes"]


@dataclass(frozen=True)
class Format:
    """A format of files.

    Attributes
    ----------
    name : str
        For `format=` of :func:`read_document`.
    suffixes : tuple of str
        Ends of file names, in lower case.
    module : str
        Module of this package: ``read(data, where=, encoding=, limits=) -> Content`` for one document, or
        ``split(source, where=, encoding=, limits=, columns=)``, an iterator of Source and DocumentError, for many.
    many : bool
        Whether a file holds many documents.
    extra : str
        The extra that brings the package it needs, "" for none.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    many: bool = False
    extra: str = ""

    def load(self) -> Any:
        """The module, imported when first asked for."""
        return importlib.import_module(f"{__package__}.{self.module}")


FORMATS = {
    row.name: row
    for row in (
        Format("txt", (".txt",), "plain"),
        Format("html", (".html", ".htm", ".shtml", ".xhtml"), "html", extra="html"),
        Format("docx", (".docx",), "docx"),
        Format("pdf", (".pdf",), "pdf", extra="pdf"),
        Format("zip", (".zip",), "archive", many=True),
        Format("csv", (".csv", ".tsv"), "rows", many=True),
        Format("jsonl", (".jsonl", ".ndjson"), "rows", many=True),
        Format("parquet", (".parquet",), "rows", many=True, extra="arrow"),
    )
}
_BY_SUFFIX = {suffix: row for row in FORMATS.values() for suffix in row.suffixes}


def suffixes() -> list[str]:
    """Ends of the names of files that can be read.

    Examples
    --------
    >>> from czreport.documents import suffixes
    >>> ".docx" in suffixes()
    True
    """
    return list(_BY_SUFFIX)


def format_of(name: str) -> Format | None:
    """The format that a file name says, None if it says none that is known."""
    _, dot, suffix = name.replace("\\", "/").rsplit("/", 1)[-1].rpartition(".")
    return _BY_SUFFIX.get(f".{suffix.lower()}") if dot else None


def require(package: str, format: str) -> Any:
    """A package that is an extra; MissingExtraError names the extra if it is not installed."""
    row = FORMATS[format]
    try:
        return importlib.import_module(package)
    except ModuleNotFoundError as error:
        message = (
            f'reading {row.suffixes[0]} needs the extra "{row.extra}": pip install "czreport[{row.extra}]" '
            f"({error})"
        )
        raise MissingExtraError(message) from None


_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive (as .docx, .xlsx and .zip files are)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .wps); save it as .docx"),
    (b"{\\rtf", "an RTF file; save it as .docx"),
    (b"PAR1", "a Parquet file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


def describe(data: bytes) -> str:
    """What bytes look like, for messages about files that are not what their name says."""
    if not data:
        return "an empty file"
    for signature, words in _SIGNATURES:
        if data.startswith(signature):
            return words
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return "a web page or XML"
    return "data that starts with 0x" + data[:4].hex().upper()
