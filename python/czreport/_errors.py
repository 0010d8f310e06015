"""Exceptions of the package; imports nothing of it, because the extension imports this module."""

from __future__ import annotations


class ReportError(Exception):
    """A report cannot be read.

    Parameters
    ----------
    message : str
        What was found and what was expected.
    path : str, optional
        The file that was read.
    offset : int, optional
        Where in the input: a byte offset for bytes and files, a code-point offset for a str.

    Attributes
    ----------
    path, offset
        As given; None where unknown.
    document : int or None
        Which of the texts of :func:`czreport.parse_many`, from 0; None elsewhere.

    Examples
    --------
    >>> import czreport
    >>> try:
    ...     czreport.parse(b"2021\\xff")
    ... except czreport.ReportError as error:
    ...     print(error.offset)
    4
    """

    path: str | None
    offset: int | None
    document: int | None

    def __init__(self, message: str, *, path: str | None = None, offset: int | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.offset = offset
        self.document = None


class EncodingError(ReportError):
    """Bytes are not text in the encoding that was expected; `offset` is the first byte that is wrong."""


class VocabularyError(ReportError):
    """An entry given to :func:`czreport.vocabulary` cannot be used."""


class FormatError(ReportError):
    """A file is not what its name says, or is damaged: a .docx that is no zip archive, a broken PDF."""


class LimitError(ReportError):
    """A file asks for more memory or time than any report needs, as zip bombs do."""


class MissingExtraError(ReportError, ImportError):
    """Reading the file needs a package that is not installed; the message names the extra that brings it."""

    def __str__(self) -> str:  # that of ImportError keeps the first words when the file's name is added
        return Exception.__str__(self)
