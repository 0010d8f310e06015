"""Many reports as one object."""

from __future__ import annotations

import functools
import html
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .._columns import Array, Columns, frozen
from .._report import Report, check_options, parse
from .._table import Table
from .._vocabulary import Vocabulary
from ..documents import Document
from .figures import Figures
from .reading import Errors, Failure, Item, Progress, fetch_all, parsed, progress_bar, total_of
from .regions import areas

if TYPE_CHECKING:
    from .cross_audit import CorpusAudit
    from .panel import Panel

__all__ = ["Corpus", "read_corpus"]


class Corpus:
    """Many reports; made by :func:`read_corpus`, immutable.

    Examples
    --------
    >>> import czreport as cz
    >>> texts = [("a", "2021年常州市政府工作报告\\n今年主要预期目标：地区生产总值增长6%以上。"),
    ...          ("b", "2022年常州市政府工作报告\\n2021年，地区生产总值增长9.1%。")]
    >>> corpus = cz.read_corpus(texts)
    >>> corpus
    <czreport.Corpus: 2 reports, 1 region, 2021–2022, 0 errors>
    >>> corpus.track("gdp")[["year", "target", "outcome", "verdict"]].to_pylist()
    [{'year': 2021, 'target': 6.0, 'outcome': 9.1, 'verdict': 'met'}]
    """

    def __init__(
        self, items: Sequence[Item], failures: Sequence[Failure] = (), vocabulary: Vocabulary | None = None
    ) -> None:
        self._items = tuple(items)
        self._failures = tuple(failures)
        self._vocabulary = vocabulary
        self._figures: dict[int, Figures] = {}

    # ---- parts ----

    def __len__(self) -> int:
        return len(self._items)

    @functools.cached_property
    def reports(self) -> tuple[Report, ...]:
        """All reports, in the order in which they were read."""
        return tuple(item.report for item in self._items)

    @functools.cached_property
    def errors(self) -> Table:
        """Documents that could not be read: doc_id, path, reason, offset (of the byte, -1 if unknown)."""
        return failure_table(self._failures)

    @functools.cached_property
    def documents(self) -> Table:
        """One row a report.

        Columns: doc_id, path, title, region and region_code (name and code in force in the year of the report),
        area_code (latest code of the area: one identity through renames), level, year (0 if unknown), region_from
        and year_from (metadata, text, name or empty), chosen, characters, numerals, statements, repairs (number of
        changes that the reader of the file made), notes (codes, separated by commas).

        Of several documents for one area and year the one with most statements is chosen for panels, among equals the
        longest text, then the first; the others are kept and reported by :meth:`audit`.
        """
        return document_table([document_row(item) for item in self._items])

    @functools.cached_property
    def statements(self) -> Table:
        """The statements of all reports, with doc_id, path, document (row of :attr:`documents`), row (of that report's
        `quantities`), report_region, report_code and report_year before the columns of a report's own table."""
        return self._joined([report.statements for report in self.reports])

    def targets(
        self,
        indicator: str | None = None,
        year: int | None = None,
        tasks: bool = False,
        chosen: bool = False,
    ) -> Table:
        """The headline goals of all reports.

        Parameters
        ----------
        indicator, year, tasks
            As of :meth:`Report.targets`.
        chosen : bool
            Only reports that are chosen for panels; see :attr:`documents`.

        Returns
        -------
        Table
            The columns of :attr:`statements`.
        """
        wanted = self.documents["chosen"] if chosen else np.ones(len(self), dtype=bool)
        tables = [
            report.targets(indicator, year, tasks) if keep else report.statements[:0]
            for report, keep in zip(self.reports, wanted.tolist())
        ]
        return self._joined(tables)

    def find(self, indicator: str) -> Table:
        """Statements of all reports about one indicator; see :meth:`Report.find`."""
        return self._joined([report.find(indicator) for report in self.reports])

    def evidence(self, row: Mapping[str, Any]) -> str:
        """The sentence of a row of :attr:`statements`, :meth:`targets` or :meth:`find`, with the quantity marked 【…】.

        Parameters
        ----------
        row : mapping
            As ``table[i]`` gives it.
        """
        sentence: str = self.reports[row["document"]].evidence(row)
        return sentence

    def _joined(self, tables: Sequence[Table]) -> Table:
        lengths = np.array([len(table) for table in tables], dtype=np.int64)
        documents = self.documents
        numbers = np.repeat(np.arange(len(tables), dtype=np.int32), lengths)
        before = {
            "doc_id": documents["doc_id"][numbers],
            "path": documents["path"][numbers],
            "document": numbers,
            "row": np.concatenate([np.zeros(0, np.int64), *(table.row_numbers for table in tables)]),
            "report_region": documents["region"][numbers],
            "report_code": documents["region_code"][numbers],
            "report_year": documents["year"][numbers],
        }
        return _concatenated(tables or [parse("").statements], Table(before))

    # ---- panels ----

    def _figures_of(self, document: int) -> Figures:
        figures = self._figures.get(document)
        if figures is None:
            figures = self._figures.setdefault(document, Figures(self.reports[document], self._vocabulary))
        return figures

    @functools.cached_property
    def _chosen(self) -> dict[tuple[str, int], int]:
        """Document of each area and year."""
        table = self.documents
        rows = np.flatnonzero(table["chosen"]).tolist()
        return {(str(table["area_code"][i]), int(table["year"][i])): i for i in rows}

    def panel(
        self,
        indicator: str,
        measure: str = "growth",
        kind: str = "target",
        *,
        level: str | None = None,
        years: Sequence[int] | None = None,
    ) -> Panel:
        """One indicator as arrays, regions by years.

        Parameters
        ----------
        indicator : str
            Code, name or alias of the registry, or a phrase of the text.
        measure : str
            growth, level, change, multiple, rank …; as in the column `measure`.
        kind : str
            target; task; actual, estimate, or outcome for either. Targets of a year are sought in the report of that
            year, outcomes in that of the next.
        level : str, optional
            Only regions of one level: nation, province, prefecture, county.
        years : sequence of int, optional
            The years; without it all for which the corpus has a report that could state the figure.

        Returns
        -------
        Panel
        """
        from .build import build_panel

        return build_panel(self, indicator, measure, kind, level, years)

    def track(self, indicator: str | None = None, *, mode: Any = "printed", about: float = 0.05) -> Table:
        """Annual targets beside the outcomes that the report of the next year states.

        Parameters
        ----------
        indicator : str, optional
            One indicator; without it all that have a registered code.
        mode, about
            As of :func:`czreport.targets.verdict`.

        Returns
        -------
        Table
            A row for each target for whose region the report of the next year is in the corpus: region, region_code,
            year, indicator, indicator_code, measure, target, target_lo, target_hi, bound, commitment, stretch,
            outcome, outcome_lo, outcome_hi, unit (of both), gap (:func:`czreport.targets.gap`, on the good side
            positive; NaN where one of the two is a range), verdict (met, missed, undecidable, not_comparable for units
            that differ, not_stated where the next report is silent), target_text, outcome_text, outcome_kind,
            target_document, target_row, outcome_document, outcome_row (-1 if none).
        """
        from .build import build_track

        return build_track(self, indicator, mode, about)

    def amplification(self, indicator: str, measure: str = "growth", *, against: str = "parent") -> Table:
        """Own targets less those of the region above (层层加码).

        Parameters
        ----------
        indicator, measure
            As of :meth:`panel`.
        against : str
            ``"parent"``, the region directly above in that year; or ``"nation"``.

        Returns
        -------
        Table
            A row for each region and year in which both state a number: region, region_code, level, year, own,
            own_lo, own_hi, own_bound, parent, parent_code, parent_target, parent_lo, parent_hi, parent_bound, unit,
            amplification (own less parent by the middle of ranges), lo and hi (as far as ranges leave it open).
        """
        from .build import build_amplification

        return build_amplification(self, indicator, measure, against)

    def target_table(
        self,
        year: int | None = None,
        *,
        level: str | None = None,
        indicators: Sequence[str] | None = None,
        tasks: bool = True,
    ) -> Table:
        """The table of targets as analysts publish it: a row for each region and year.

        Parameters
        ----------
        year : int, optional
            One year; without it all.
        level : str, optional
            Only regions of one level.
        indicators : sequence of str, optional
            Codes; without it gdp, cpi, new_urban_jobs, unemployment_surveyed, budget_revenue, retail_sales and
            fixed_investment.
        tasks : bool
            Where the headline goals are silent, take the figure from the work items of the year (城镇新增就业 often stands
            there); the column from_tasks names the indicators for which that was so.

        Returns
        -------
        Table
            region, region_code, level, year, and for each indicator: its code with the number (NaN for a range and
            where there is none), ``…_wording`` (the quote: 5%左右; of a goal without a number its words: 与经济增长同步),
            ``…_stretch`` for the first of them (words that ask for more); from_tasks, document. Numbers of one column are in one
            unit: percent for growth; counts as most reports write them.
        """
        from .build import DEFAULT_INDICATORS, build_target_table

        names = DEFAULT_INDICATORS if indicators is None else indicators
        return build_target_table(self, year, level, names, tasks)

    # ---- audit ----

    def audit(
        self, *, files: bool = True, years: bool = True, levels: bool = True, reports: bool = False
    ) -> CorpusAudit:
        """What is wrong with the files, and which figures of different reports do not fit.

        Parameters
        ----------
        files : bool
            Empty, stub, truncated, mixed and duplicate files; wrong region, year or level; several files for one
            region and year.
        years : bool
            Figures that reports of one region, and what reports of other regions say of it, give for one figure, or
            that growth, levels and ranks of several years exclude.
        levels : bool
            Amounts of a region against those of the region above.
        reports : bool
            The findings of each report's own :meth:`Report.audit` as well.

        Returns
        -------
        CorpusAudit
        """
        from .cross_audit import run

        return run(self, files, years, levels, reports)

    # ---- display ----

    def _counts(self) -> str:
        table = self.documents
        regions = len(set(filter(None, table["area_code"].tolist())))
        years = [year for year in table["year"].tolist() if year]
        span = f"{min(years)}–{max(years)}" if years else "no years"
        plural = "region" if regions == 1 else "regions"
        return f"{len(self)} reports, {regions} {plural}, {span}, {len(self._failures)} errors"

    def __repr__(self) -> str:
        return f"<czreport.Corpus: {self._counts()}>"

    def _repr_html_(self) -> str:
        parts = [f"<p>{html.escape(self._counts())}</p>", self.documents._repr_html_()]
        if self._failures:
            parts += ["<h4>errors</h4>", self.errors._repr_html_()]
        return "\n".join(parts)


def failure_table(failures: Sequence[Failure]) -> Table:
    """The table of :attr:`Corpus.errors`."""
    return Table(
        {
            "doc_id": _texts(failure.doc_id for failure in failures),
            "path": _texts(failure.path for failure in failures),
            "reason": _texts(failure.reason for failure in failures),
            "offset": np.array([failure.offset for failure in failures], dtype=np.int64),
        }
    )


_COUNTS = ("year", "characters", "numerals", "statements", "repairs")
_ORDER = (
    "doc_id", "path", "title", "region", "region_code", "area_code", "level", "year", "region_from", "year_from",
    "characters", "numerals", "statements", "repairs", "notes",
)  # fmt: skip


def document_row(item: Item) -> dict[str, Any]:
    """The cells of :attr:`Corpus.documents` for one document, without `chosen`."""
    report = item.report
    return document_cells(
        item.document,
        (item.given_region, item.given_year),
        title=report.title,
        region=report.region,
        region_code=report.region_code,
        level=report.level,
        year=report.year or 0,
        numerals=len(report.quantities),
        statements=len(report.statements),
        notes=report.notes["code"].tolist(),
    )


def document_cells(
    document: Document,
    given: tuple[str | None, int | None],
    *,
    title: str,
    region: str,
    region_code: str,
    level: str,
    year: int,
    numerals: int,
    statements: int,
    notes: list[str],
) -> dict[str, Any]:
    """The same from its parts; `given` are the region and the year that metadata or a table of documents say."""
    known = areas()
    code, name = known.at(region_code, year or None) if region_code else ("", "")
    return {
        "doc_id": document.doc_id,
        "path": document.path,
        "title": title,
        "region": name or region,
        "region_code": code,
        "area_code": known.identity(region_code),
        "level": level,
        "year": year,
        "region_from": _origin(region, given[0], "region_from_source" in notes),
        "year_from": _origin(year, given[1], "year_from_source" in notes),
        "characters": len(document.text),
        "numerals": numerals,
        "statements": statements,
        "repairs": len(document.repairs),
        "notes": ",".join(notes),
    }


def choose(rows: Iterable[Mapping[str, Any]]) -> list[int]:
    """Numbers of the documents that panels take: one for each area and year; see :attr:`Corpus.documents`."""
    best: dict[tuple[str, int], tuple[int, int, int]] = {}
    for number, row in enumerate(rows):
        area, year = row["area_code"], row["year"]
        if area and year:
            rank = (row["statements"], row["characters"], -number)
            best[area, year] = max(best.get((area, year), rank), rank)
    return sorted(-number for _, _, number in best.values())


def document_table(rows: Sequence[Mapping[str, Any]], chosen: Array | None = None) -> Table:
    """The table of documents; `chosen` is found by :func:`choose` where it is not given."""
    cells: dict[str, Any] = {}
    for name in _ORDER:
        column = [row[name] for row in rows]
        cells[name] = np.array(column, dtype=np.int32) if name in _COUNTS else _texts(column)
    if chosen is None:
        chosen = np.zeros(len(rows), dtype=bool)
        chosen[choose(rows)] = True
    return Table({**cells, "chosen": chosen})


def _texts(cells: Any) -> Array:
    listed = list(cells)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


def _origin(found: object, given: object, from_name: bool) -> str:
    if not found:
        return ""
    return "metadata" if given else "name" if from_name else "text"


def _concatenated(tables: Sequence[Table], before: Table) -> Table:
    """Rows of tables with the same columns, behind the columns of `before`."""
    fields = [(name, *before._fields[name]) for name in before.columns]
    arrays = {name: before._raw(name) for name in before.columns}
    for name, (kind, categories) in tables[0]._fields.items():
        fields.append((name, kind, categories))
        arrays[name] = frozen(np.concatenate([table._raw(name) for table in tables]))
    return Table._of(Columns(tuple(fields), arrays))


def read_corpus(
    sources: Any,
    *,
    jobs: int | None = None,
    progress: Progress = None,
    errors: Errors = "collect",
    metadata: Any = None,
    vocabulary: Vocabulary | None = None,
    encoding: str | None = None,
) -> Corpus:
    """Read many reports.

    Parameters
    ----------
    sources : path, glob, sequence of paths, or iterable of (doc_id, text)
        A directory is read with all folders in it; see :func:`czreport.documents.iter_documents` for the formats.
    jobs : int, optional
        Threads, and processes for PDF; without it as many as processors.
    progress : bool or callable, optional
        True: a progress bar, which needs the extra ``progress``; None: a bar where tqdm is installed and somebody
        looks; False: none; a function that is called with (done, total), total being 0 where it is not known.
    errors : str
        ``"collect"``: a document that cannot be read becomes a row of :attr:`Corpus.errors`; ``"raise"``: the first
        one raises.
    metadata : optional
        Region and year by path, which override what file name and text say: a table, data frame, csv file or sequence
        of dicts with the columns path (or doc_id), region and year, or a mapping from paths to (region, year). A row
        that no document has is an error.
    vocabulary : Vocabulary, optional
        As of :func:`parse`.
    encoding : str, optional
        Of all text files; detected without it.

    Returns
    -------
    Corpus
        Documents in the order of `sources`, files of a directory by name.

    Raises
    ------
    ReportError
        With ``errors="raise"``; it names the file.
    ValueError
        For wrong arguments, and for metadata that contradicts itself.

    Examples
    --------
    >>> import czreport as cz
    >>> corpus = cz.read_corpus([("x.txt", "粮食总产量70万吨。")], metadata={"x.txt": ("常州市", 2021)})
    >>> corpus.documents[["region", "year", "region_from"]].to_pylist()
    [{'region': '常州市', 'year': 2021, 'region_from': 'metadata'}]
    """
    from .._errors import ReportError
    from .metadata import Metadata, unmatched

    if errors not in ("collect", "raise"):
        raise ValueError(f"errors must be 'collect' or 'raise', not {errors!r}")
    check_options(None, None, vocabulary)
    table = None if metadata is None else Metadata(metadata)
    items: list[Item] = []
    failures: list[Failure] = []
    with progress_bar(progress, total_of(sources)) as bar:
        read = functools.partial(parsed, vocabulary=vocabulary)
        for _, got in fetch_all(sources, read, jobs=jobs, encoding=encoding, metadata=table):
            bar.step()
            if isinstance(got, Item):
                items.append(got)
                continue
            if errors == "raise":
                raise ReportError(
                    f"{got.doc_id}: {got.reason}",
                    path=got.path,
                    offset=got.offset if got.offset >= 0 else None,
                )
            failures.append(got)
    if table is not None:
        for path in table.unused():
            failure = unmatched(path)
            if errors == "raise":
                raise ReportError(f"{path}: {failure.reason}", path=path)
            failures.append(failure)
    return Corpus(items, failures, vocabulary)
