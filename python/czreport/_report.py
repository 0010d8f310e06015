"""Reports: what a text says, as tables."""

from __future__ import annotations

import html
import os
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from . import _audit, _core, pages
from . import corrections as _corrections
from ._columns import Array
from ._export import versions
from ._origin import Origin, Text
from ._registry import codes_of, fold
from ._repairs import of_parser
from ._table import Table
from ._vocabulary import Vocabulary
from .documents.types import Repair

__all__ = ["Report", "parse"]

_PARTS = ("quantities", "sections", "sentences", "qualitative", "notes")


class Report:
    """One government work report; made by :func:`parse`, :func:`read` or :func:`load`, immutable.

    Examples
    --------
    >>> import czreport as cz
    >>> report = cz.parse("2021年常州市政府工作报告\\n地区生产总值增长6%以上。")
    >>> report
    <czreport.Report: 常州市 2021, 1 statements>
    """

    __slots__ = (
        "_core", "_corrections", "_options", "_quantities", "_repairs", "_tables", "_text", "_vocabulary",
    )  # fmt: skip

    def __init__(
        self,
        core: _core.Report,
        text: str | bytes,
        vocabulary: Vocabulary | None = None,
        options: dict[str, Any] | None = None,
    ) -> None:
        self._core = core
        self._quantities = core.quantities
        self._corrections: tuple[Mapping[str, Any], ...] = ()
        self._text = Text(text)
        self._vocabulary = vocabulary
        self._options = options or {}
        self._tables: dict[str, Table] = {}
        self._repairs: tuple[Repair, ...] = ()

    def _with_repairs(self, repairs: tuple[Repair, ...]) -> Report:
        """The same report with what the reader of its file changed; for a report that nobody else has yet."""
        self._repairs = repairs
        return self

    # ---- what it is ----

    @property
    def text(self) -> str:
        """The text that was read; all offsets are code points of it."""
        return self._text.text

    @property
    def title(self) -> str:
        """The title, ``""`` if none was found."""
        return self._core.title

    @property
    def region(self) -> str:
        """Full name of the region (常州市; 全国 for the State Council), ``""`` if unknown."""
        return self._core.region

    @property
    def region_code(self) -> str:
        """Six-digit code of the region, ``""`` if unknown."""
        return self._core.region_code

    @property
    def level(self) -> str:
        """nation, province, prefecture, county or ``""``."""
        return self._core.level

    @property
    def year(self) -> int | None:
        """Year of delivery, None if unknown."""
        return self._core.year or None

    # ---- tables ----

    def _table(self, name: str) -> Table:
        table = self._tables.get(name)
        if table is None:
            origin = Origin(self._text, self._core.sentences)
            core = self._quantities if name == "quantities" else getattr(self._core, name)
            table = self._tables.setdefault(name, Table._of(core, origin=origin))
        return table

    @property
    def quantities(self) -> Table:
        """Every numeral of the text, one row each, in text order."""
        return self._table("quantities")

    @property
    def statements(self) -> Table:
        """The rows of `quantities` that say something about an indicator."""
        table = self._tables.get("statements")
        if table is None:
            rows = self.quantities
            table = self._tables.setdefault("statements", rows[_is(rows, "role", "statement")])
        return table

    @property
    def sections(self) -> Table:
        """Headings: start, end, level, title."""
        return self._table("sections")

    @property
    def sentences(self) -> Table:
        """Bounds of the sentences that the column `sentence` counts: start, end."""
        return self._table("sentences")

    @property
    def qualitative(self) -> Table:
        """Goals stated without a number (与经济增长同步, 正增长, 完成国家下达任务)."""
        return self._table("qualitative")

    @property
    def notes(self) -> Table:
        """What the reader was unsure of: code, message, start."""
        return self._table("notes")

    @property
    def repairs(self) -> Table:
        """What was changed before the text was read: kind, before, after, start.

        Places count the code points of `text`. The reader of the file removed page_furniture, doubled_heading and
        hidden_text, closed up joined_line and added numbering, the labels that Word counts by itself: these changes
        are made in `text`. The parser closed up joined_line and joined_digits while reading, and `text` keeps
        them as they were.

        Examples
        --------
        >>> import czreport as cz
        >>> cz.parse("粮食总产量7 0万吨。").repairs.to_pylist()
        [{'kind': 'joined_digits', 'before': '7 0万吨', 'after': '70万吨', 'start': 5}]
        """
        table = self._tables.get("repairs")
        if table is None:
            found = [*self._repairs, *of_parser(self)]
            found.sort(key=lambda repair: repair.start)
            columns = zip(*found) if found else ([], [], [], [])
            arrays = [list(column) for column in columns]
            table = Table(dict(zip(Repair._fields, [*arrays[:3], np.array(arrays[3], dtype=np.int64)])))
            table = self._tables.setdefault("repairs", table)
        return table

    # ---- queries ----

    def find(self, indicator: str) -> Table:
        """Statements about one indicator.

        Parameters
        ----------
        indicator : str
            A code (``gdp``), a Chinese or English name or an alias of the registry, or a phrase of the text.
            Width, case and blanks do not matter. Where no statement is about exactly that, those whose phrase
            contains the words.

        Examples
        --------
        >>> import czreport as cz
        >>> report = cz.parse("地区生产总值7700亿元，粮食总产量70万吨。")
        >>> report.find("GDP")["value"]
        array([7700.])
        """
        rows = self.statements
        exact = self._about(rows, indicator)
        if exact.any():
            return rows[exact]
        words = fold(indicator)
        contains = [bool(words) and words in fold(phrase) for phrase in rows["indicator"]]
        return rows[np.array(contains, dtype=bool)]

    def targets(self, indicator: str | None = None, year: int | None = None, tasks: bool = False) -> Table:
        """The headline goals.

        Parameters
        ----------
        indicator : str, optional
            Only goals for this indicator; a code, name, alias or phrase.
        year : int, optional
            Only goals for this year, or for a period that ends with it.
        tasks : bool
            Numbered deliverables and work items as well.

        Examples
        --------
        >>> import czreport as cz
        >>> text = "2021年常州市政府工作报告\\n2021年主要预期目标：地区生产总值增长6%以上。"
        >>> cz.parse(text).targets("gdp", 2021).to_pylist()[0]["bound"]
        'at_least'
        """
        rows = self.statements
        chosen = _is(rows, "kind", "target")
        if tasks:
            chosen |= _is(rows, "kind", "task")
        if year is not None:
            chosen &= rows["period_end"] == year
        if indicator is not None:
            chosen &= self._about(rows, indicator)
        return rows[chosen]

    def _about(self, rows: Table, indicator: str) -> Array:
        """Mask of the rows whose code or phrase is `indicator`; a row for several joins them with ``|``."""
        if not isinstance(indicator, str):
            raise TypeError(f"indicator must be a str, not {type(indicator).__name__}")
        wanted = codes_of(indicator, self._vocabulary)
        words = fold(indicator)
        known: dict[tuple[str, str], bool] = {}
        mask = np.zeros(len(rows), dtype=bool)
        for i, pair in enumerate(zip(rows["indicator_code"], rows["indicator"])):
            if pair not in known:
                codes, phrases = (part.split("|") for part in pair)
                known[pair] = not wanted.isdisjoint(codes) or bool(words) and words in map(fold, phrases)
            mask[i] = known[pair]
        return mask

    def audit(
        self,
        *,
        about: float | None = None,
        deflator_first: float | None = None,
        deflator_further: float | None = None,
        work: int | None = None,
    ) -> _audit.Audit:
        """Which of the printed figures cannot all be true, and what they imply.

        Parameters
        ----------
        about : float, optional
            What 左右 allows to both sides, as a share of the figure; 0.05, and one last place at least.
        deflator_first, deflator_further : float, optional
            Nominal and real growth may differ by the first factor over one year (1.25) and by the second one
            for every further year (1.08): beyond that they contradict each other.
        work : int, optional
            Limit of the search, in revisions of relations; 2,000,000.

        Examples
        --------
        >>> import czreport as cz
        >>> cz.load("changzhou-2021").audit().findings["severity"][0]
        'contradiction'
        """
        return _audit.run(self, about, deflator_first, deflator_further, work)

    def corrected(self, corrections: str | os.PathLike[str] | Iterable[Mapping[str, Any]]) -> Report:
        """The report with rows corrected or confirmed by a person.

        Parameters
        ----------
        corrections : path, or iterable of mappings
            Rows, or a .csv or .tsv file of rows, with `text` (the quote of a figure), `start` (its place; where
            the same quote stands several times the nearest one is meant), `status` (corrected or confirmed) and
            any of :data:`czreport.corrections.CORRECTABLE`. An empty cell leaves what was read, ``-`` stands for
            an empty one.

        Returns
        -------
        Report
            Its rows have ``corrected`` or ``confirmed`` among their flags, and columns that follow from a
            corrected one (`canonical_value`, `period_end` …) follow. The audit takes them as they are now.
            Corrections for which there is no row are listed in `notes`.

        Raises
        ------
        ReportError
            A correction cannot be used; the message names it and says why.

        Examples
        --------
        >>> import czreport as cz
        >>> report = cz.parse("税收收入500亿元。", region="常州市", year=2021)
        >>> report.corrected([{"text": "500亿元", "kind": "estimate"}]).statements["kind"][0]
        'estimate'
        """
        rows = _corrections.as_rows(corrections)
        quantities, unmatched = _corrections.apply(self, rows)
        report = Report(self._core, self.text, self._vocabulary, self._options)._with_repairs(self._repairs)
        report._quantities = quantities
        report._corrections = (*self._corrections, *rows)
        if unmatched:
            notes: dict[str, list[Any]] = {name: self.notes[name].tolist() for name in self.notes.columns}
            for text in unmatched:
                notes["code"].append("correction_unmatched")
                notes["message"].append(f"no figure {text} that a correction is for")
                notes["start"].append(-1)
            report._tables["notes"] = Table(notes)
        return report

    def evidence(self, row: int | Mapping[str, Any]) -> str:
        """The sentence of a row with the quantity marked 【…】.

        Parameters
        ----------
        row : int or mapping
            Number of a row of `quantities`, or a row itself as :meth:`Table.to_pylist` gives it.

        Examples
        --------
        >>> import czreport as cz
        >>> report = cz.parse("粮食总产量70万吨。森林覆盖率达到26%以上。")
        >>> report.evidence(1)
        '森林覆盖率达到【26%以上】。'
        """
        if not isinstance(row, Mapping):
            row = self.quantities[int(row)]
        start, end, sentence = int(row["start"]), int(row["end"]), int(row["sentence"])
        text = self.text
        if not 0 <= start <= end <= len(text):
            raise IndexError(f"row at {start}–{end} is not of a text of {len(text)} characters")
        first, last = start, end
        if 0 <= sentence < len(self.sentences):
            first = min(start, int(self.sentences["start"][sentence]))
            last = max(end, int(self.sentences["end"][sentence]))
        return f"{text[first:start]}【{text[start:end]}】{text[end:last]}".strip()

    # ---- display ----

    def to_html(self, path: str | os.PathLike[str], *, lang: str = "zh") -> None:
        """Write the evidence page: the text with every figure marked, beside the table of its rows.

        The page is one file that needs no network: headline targets, findings of the audit, the text, and a
        table that filters, sorts and jumps to the sentence of a row and back. Its labels are Chinese and
        English; a button changes them.

        Parameters
        ----------
        path : path-like
            Written as UTF-8; an earlier file is replaced only once the page is complete.
        lang : {"zh", "en"}
            Language that the page opens in.

        Raises
        ------
        ValueError
            Another language.
        OSError
            The file cannot be written.

        Examples
        --------
        >>> import czreport as cz, os, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = os.path.join(folder, "changzhou.html")
        ...     cz.load("changzhou-2021").to_html(path, lang="en")
        ...     os.path.getsize(path) > 100_000
        True
        """
        pages.write(pages.evidence_page(self, lang=lang), path)

    def _name(self) -> str:
        return " ".join(filter(None, (self.region, str(self.year or "")))) or "unknown region and year"

    def __repr__(self) -> str:
        return f"<czreport.Report: {self._name()}, {len(self.statements)} statements>"

    def _repr_html_(self) -> str:
        title = html.escape(self.title or "政府工作报告")
        notes = "".join(f"<li>{html.escape(message)}</li>" for message in self.notes["message"])
        return "\n".join(
            [
                f"<h3>{title}</h3>",
                f"<p>{html.escape(self._name())} · {len(self.quantities)} numerals</p>",
                f"<ul>{notes}</ul>" if notes else "",
                self.statements._repr_html_(),
            ]
        )

    # Immutable: a copy is the report itself.
    def __copy__(self) -> Report:
        return self

    def __deepcopy__(self, memo: Any) -> Report:
        return self

    def __reduce__(self) -> Any:
        # Reading again is faster than moving all columns through a pickle, and gives the same report.
        corrections = self._corrections
        return _again, (self.text, self._options, self._vocabulary, self._repairs, corrections, versions())


def _again(
    text: str,
    options: dict[str, Any],
    vocabulary: Vocabulary | None,
    repairs: tuple[Repair, ...],
    corrections: tuple[Mapping[str, Any], ...],
    read_by: dict[str, str],
) -> Report:
    if read_by != versions():
        told = ", ".join(f"{name} {read_by.get(name)} (now {text})" for name, text in versions().items())
        warnings.warn(f"the report was pickled by {told}: it is read anew and may differ", stacklevel=3)
    report = parse(text, vocabulary=vocabulary, **options)._with_repairs(repairs)
    return report.corrected(corrections) if corrections else report


def _is(rows: Table, column: str, name: str) -> Array:
    """Mask of the rows that have `name` in a column with a closed vocabulary."""
    mask: Array = rows.codes(column) == rows.categories(column).index(name)
    return mask


def check_options(region: str | None, year: int | None, vocabulary: Vocabulary | None) -> None:
    """Refuses arguments that no report can have; TypeError or ValueError."""
    if region is not None and not isinstance(region, str):
        raise TypeError(f"region must be a str, not {type(region).__name__}")
    if year is not None:
        if not isinstance(year, (int, np.integer)) or isinstance(year, bool):
            raise TypeError(f"year must be an int, not {type(year).__name__}")
        if not 1949 <= year <= 2199:
            raise ValueError(f"year must be between 1949 and 2199, not {year}")
    if vocabulary is not None and not isinstance(vocabulary, Vocabulary):
        raise TypeError(f"vocabulary must be made by czreport.vocabulary, not {type(vocabulary).__name__}")


def parse(
    text: str | bytes,
    *,
    region: str | None = None,
    year: int | None = None,
    source: str | None = None,
    vocabulary: Vocabulary | None = None,
    corrections: str | os.PathLike[str] | Iterable[Mapping[str, Any]] | None = None,
) -> Report:
    """Read the text of a report.

    Parameters
    ----------
    text : str or bytes
        The text, or its UTF-8 bytes.
    region : str, optional
        Whose report it is: a name (常州市) or a six-digit code. Without it the title and the opening lines are
        asked.
    year : int, optional
        Year of delivery, found likewise.
    source : str, optional
        File name, a hint for region and year.
    vocabulary : Vocabulary, optional
        Words added by :func:`vocabulary`.
    corrections : path, or iterable of mappings, optional
        Rows that a person corrected or confirmed, as of :meth:`Report.corrected`.

    Returns
    -------
    Report
        A report for which neither region nor year is known is read as well: relative periods stay empty, and
        `Report.notes` says so.

    Raises
    ------
    ReportError
        The text is not valid; `offset` says where: a byte of bytes, a code point of a str.
    ValueError
        A region that is not known, or an impossible year.

    Examples
    --------
    >>> import czreport as cz
    >>> report = cz.parse("一般公共预算收入616.6亿元。", region="常州市", year=2021)
    >>> report.region_code, report.statements["value"][0].item()
    ('320400', 616.6)
    """
    check_options(region, year, vocabulary)
    words = None if vocabulary is None else vocabulary._core
    hint = None if source is None else source.encode("utf-8", "replace").decode().replace("\0", " ")
    if region is not None and "\0" in region:
        raise ValueError("region must not contain NUL")
    core = _core.parse(text, region or None, int(year or 0), hint, words)
    kept = text if isinstance(text, str) else bytes(text)
    report = Report(core, kept, vocabulary, {"region": region, "year": year, "source": source})
    return report if corrections is None else report.corrected(corrections)
