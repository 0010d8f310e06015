"""What the readers of all formats take and give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .._errors import ReportError

__all__ = ["DEFAULT_LIMITS", "Content", "Document", "DocumentError", "Limits", "Repair", "Source"]


class Repair(NamedTuple):
    """One change that a reader made to what the file says, so that it reads as on paper.

    Attributes
    ----------
    kind : str
        page_furniture (navigation, running titles, page numbers), doubled_heading, joined_line, numbering
        (labels that Word counts by itself), hidden_text, joined_digits.
    before, after : str
        The words there before and after; at most 200 characters of each.
    start : int
        Code point of the text where `after` stands, or where `before` stood.
    """

    kind: str
    before: str
    after: str
    start: int


@dataclass(frozen=True)
class Limits:
    """What a file may cost; beyond it reading ends with a :class:`~czreport.LimitError`.

    Attributes
    ----------
    file_bytes : int
        Size of a document, packed or unpacked. Tables and archives, which are read piece by piece, may be larger.
    ratio : float
        How many times larger a member of an archive may be than its packed bytes; asked above 1 MiB.
    members : int
        Members of an archive.
    total_bytes : int
        All members of an archive together.
    page_characters : int
        Of a web page without its scripts, styles, comments and inlined pictures.
    characters : int
        Of a PDF file; bytes of a part of a Word file.
    pages : int
        Pages of a PDF file.
    """

    file_bytes: int = 256 << 20
    ratio: float = 250.0
    members: int = 200_000
    total_bytes: int = 16 << 30
    page_characters: int = 4 << 20
    characters: int = 16 << 20
    pages: int = 3_000


DEFAULT_LIMITS = Limits()


class Content(NamedTuple):
    """What the reader of one format gives: text, encoding ("" where a format fixes it), repairs in text order."""

    text: str
    encoding: str
    repairs: tuple[Repair, ...]


@dataclass(frozen=True)
class Document:
    """The text of one report and where it comes from.

    Attributes
    ----------
    text : str
        What the parser is given; offsets of all tables count its code points.
    doc_id : str
        The path as found, with ``!member`` for a member of an archive and ``#row`` for a row of a table, counted
        from 1; or the identifier that the table or the caller gives.
    path : str
        The file, "" for a text that was handed over.
    member : str
        Name in the archive, "" outside of one. A label: nothing is ever written under it.
    source : str
        File name, a hint for region and year.
    format, encoding : str
        Name in :data:`FORMATS`; encoding of the bytes, "" where the format fixes it.
    repairs : tuple of Repair
        What was changed, in text order.
    region, year
        As a table gives them; None otherwise.
    """

    text: str
    doc_id: str
    path: str = ""
    member: str = ""
    source: str = ""
    format: str = "txt"
    encoding: str = ""
    repairs: tuple[Repair, ...] = ()
    region: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class DocumentError:
    """A document that could not be read; takes the place of its :class:`Document`.

    Attributes
    ----------
    doc_id, path, member : str
        As of :class:`Document`.
    reason : str
        What was found and what was expected.
    offset : int or None
        Byte of the file or member, where known.
    error : str
        Name of the exception that :func:`read_document` would raise.
    """

    doc_id: str
    path: str
    member: str
    reason: str
    offset: int | None = None
    error: str = "ReportError"

    @classmethod
    def of(cls, error: Exception, doc_id: str, path: str = "", member: str = "") -> DocumentError:
        """The record of an exception."""
        reason = str(error)
        if isinstance(error, OSError) and error.strerror:
            reason = error.strerror
        prefix = f"{doc_id}: "
        if reason.startswith(prefix):
            reason = reason[len(prefix) :]
        offset = error.offset if isinstance(error, ReportError) else None
        return cls(doc_id, path, member, reason, offset, type(error).__name__)


@dataclass(frozen=True)
class Source:
    """A document that is known of and not read yet; small unless it carries its bytes, and can be pickled.

    Attributes
    ----------
    doc_id, path, member, format, region, year
        As of :class:`Document`.
    data : bytes or None
        The bytes where `path` alone does not lead to them: members of archives.
    text : str or None
        The text of a row of a table, or as handed over.
    encoding : str
        Of `text`, where a table was decoded.
    """

    doc_id: str
    path: str = ""
    member: str = ""
    format: str = "txt"
    data: bytes | None = None
    text: str | None = None
    encoding: str = ""
    region: str | None = None
    year: int | None = None
