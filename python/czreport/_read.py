"""Files: from bytes in some format and encoding to a report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any

from ._errors import ReportError
from ._report import Report, check_options, parse
from ._vocabulary import Vocabulary
from .documents.encoding import decode
from .documents.sources import read_document

__all__ = ["datasets", "load", "read"]


def read(
    path: str | os.PathLike[str],
    *,
    region: str | None = None,
    year: int | None = None,
    encoding: str | None = None,
    vocabulary: Vocabulary | None = None,
    corrections: str | os.PathLike[str] | Iterable[Mapping[str, Any]] | None = None,
) -> Report:
    """Read the report in a file.

    Parameters
    ----------
    path : path
        A .txt, .html, .docx or .pdf file, or a zip archive that holds one of these. Web pages need the extra
        ``html``, PDF files ``pdf``: ``pip install "czreport[html,pdf]"``. Of a web page only the report remains,
        of a PDF file running titles and page numbers are left out; `Report.repairs` lists what was changed.
    region, year, vocabulary, corrections
        As of :func:`parse`; the name of the file is a further hint for region and year.
    encoding : str, optional
        Without it: by byte order mark, else UTF-8 if the bytes are valid, else UTF-16 or GB18030, whichever
        gives the more likely text.

    Returns
    -------
    Report
        Its `text` is what the document says, and all offsets count its code points. Of a .txt file it is the
        decoded file without the byte order mark; line ends stay as they are.

    Raises
    ------
    ReportError
        The file cannot be read; the message names it, the byte and what was expected, also as `path` and
        `offset`.
    OSError
        There is no such file, or it may not be read.

    Examples
    --------
    >>> import czreport as cz, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "常州市2021.txt")
    ...     _ = path.write_text("粮食总产量70万吨。", encoding="gb18030")
    ...     report = cz.read(path)
    >>> report.region, report.year
    ('常州市', 2021)
    """
    check_options(region, year, vocabulary)
    document = read_document(path, encoding=encoding)
    try:
        report = parse(
            document.text,
            region=document.region if region is None else region,
            year=document.year if year is None else year,
            source=document.source,
            vocabulary=vocabulary,
            corrections=corrections,
        )
    except ReportError as error:
        error.path = document.doc_id
        error.args = (f"{document.doc_id}: {error}",)
        raise
    return report._with_repairs(document.repairs)


# Bundled data sets: name → region, year of delivery. The texts are in _data/.
_DATASETS = {"changzhou-2021": ("常州市", 2021)}


def datasets() -> list[str]:
    """Names of the bundled reports.

    Examples
    --------
    >>> import czreport as cz
    >>> cz.datasets()
    ['changzhou-2021']
    """
    return sorted(_DATASETS)


def load(name: str, *, vocabulary: Vocabulary | None = None) -> Report:
    """Read a bundled report.

    ``changzhou-2021`` is a digest, in words of our own, of the report that the mayor of Changzhou gave in
    January 2021: it carries the figures of that report, and is read like any other text.

    Parameters
    ----------
    name : str
        One of :func:`datasets`.

    Examples
    --------
    >>> import czreport as cz
    >>> cz.load("changzhou-2021").region
    '常州市'
    """
    if name not in _DATASETS:
        raise ValueError(f"no data set {name!r}; there are: {', '.join(datasets())}")
    region, year = _DATASETS[name]
    data = resources.files("czreport").joinpath("_data", f"{name}.txt").read_bytes()
    return parse(decode(data), region=region, year=year, vocabulary=vocabulary)
