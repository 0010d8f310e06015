"""Figures of different reports against each other.

Nothing is computed here that the audit of one report does not know: the rows that several reports have about one
region become one table, and :mod:`czreport` audits that.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import _core
from .._audit import _with_rows
from .._columns import Array
from .._registry import indicators
from .._report import _is
from .._table import Table
from ..printed import intervals
from .figures import scale_of
from .file_audit import audit_files
from .findings import Finding
from .regions import areas

if TYPE_CHECKING:
    from .corpus import Corpus

__all__ = ["CorpusAudit", "run"]

_SEVERITIES = ("contradiction", "tension", "info")
_NAMES = {"contradiction": "矛盾", "tension": "存疑", "info": "提示"}
# Goals beside outcomes and plans are what Corpus.track is for.
_LEFT_OUT = ("verdict", "plan_path", "plan_total")
_REVISED_ZH = "出自不同的报告，其间数据可能经过修订。"
_REVISED_EN = " They are from different reports, and figures may have been revised in between."
_ROW_ZH = re.compile(r"第 (\d+) 行")
_ROW_EN = re.compile(r"\brow (\d+)\b")


class CorpusAudit:
    """What does not fit in a corpus; made by :meth:`Corpus.audit`, immutable.

    No finding is "no contradiction found", never "consistent".
    """

    __slots__ = ("_complete", "_corpus", "_findings", "_implied")

    def __init__(self, corpus: Corpus, findings: Table, implied: Table, complete: bool) -> None:
        self._corpus, self._findings, self._implied, self._complete = corpus, findings, implied, complete

    @property
    def findings(self) -> Table:
        """What was found, contradictions first.

        Columns: severity, rule, scope (file, years, levels, report), indicator, statements (rows of `quantities` of the
        reports in `statement_documents`), gap, message_zh, message_en, repair, documents (rows of
        :attr:`Corpus.documents`), doc_ids (separated by ``|``), evidence (words of the text), similarity (of copies),
        indicator_code, unit, statement_documents.
        """
        return self._findings

    @property
    def implied(self) -> Table:
        """Figures that no report prints but that several of them together enclose.

        Columns: indicator, region, period, lo, hi, unit, statements, indicator_code, measure, region_code,
        statement_documents.
        """
        return self._implied

    @property
    def complete(self) -> bool:
        """False when the search stopped at its limit for one region at least."""
        return self._complete

    def places(self, finding: int) -> list[dict[str, Any]]:
        """The statements of a finding: document, doc_id, row, start, end, quote, and the sentence with the quote marked."""
        row = self._findings[finding]
        places = []
        for document, number in zip(row["statement_documents"], row["statements"]):
            report = self._corpus.reports[document]
            table = report.quantities
            places.append(
                {
                    "document": document,
                    "doc_id": str(self._corpus.documents["doc_id"][document]),
                    "row": number,
                    "start": int(table["start"][number]),
                    "end": int(table["end"][number]),
                    "quote": str(table["text"][number]),
                    "sentence": report.evidence(number),
                }
            )
        return places

    def _counts(self) -> str:
        severities = self._findings["severity"].tolist()
        found = [f"{severities.count(name)} {name}" for name in _SEVERITIES if name in severities]
        return ", ".join(found) or "no contradiction found"

    def __repr__(self) -> str:
        return f"<czreport.CorpusAudit: {len(self._corpus)} reports, {self._counts()}>"

    def _repr_html_(self) -> str:
        escape = html.escape
        lines = [
            f"<p>{len(self._corpus)} reports · {escape(self._counts())}</p>",
            '<table class="czreport">',
            "<thead><tr><th>severity</th><th>rule</th><th>message</th><th>places</th></tr></thead>",
            "<tbody>",
        ]
        for number, row in enumerate(self._findings):
            sentences = dict.fromkeys(
                f"{place['doc_id']}: {place['sentence']}" for place in self.places(number)
            )
            shown = list(sentences) or [f"{name}: {row['evidence']}" for name in row["doc_ids"].split("|")]
            listed = "".join(f"<li>{escape(text)}</li>" for text in shown)
            lines.append(
                f"<tr><td>{_NAMES[row['severity']]} {row['severity']}</td><td>{escape(row['rule'])}</td>"
                f'<td style="text-align:left">{escape(row["message_zh"])}<br>{escape(row["message_en"])}</td>'
                f'<td style="text-align:left"><ul>{listed}</ul></td></tr>'
            )
        return "\n".join([*lines, "</tbody></table>"])


# ---- one region, all years ----


class _Rows:
    """The rows that go into the audit of one region, and where they come from."""

    def __init__(self) -> None:
        self.parts: list[tuple[_core.Table, Any, bool]] = []  # rows as int64
        self.documents: list[Array] = []
        self.rows: list[Array] = []

    def add(self, report: Any, document: int, rows: Array, as_own: bool) -> None:
        if len(rows):
            self.parts.append((report._quantities, np.ascontiguousarray(rows, dtype=np.int64), as_own))
            self.documents.append(np.full(len(rows), document))
            self.rows.append(rows)

    def places(self) -> tuple[list[int], list[int]]:
        """Document and row by row of the gathered table."""
        return np.concatenate(self.documents).tolist(), np.concatenate(self.rows).tolist()


def _registered(report: Any) -> Array:
    rows = report.quantities
    mask: Array = _is(rows, "role", "statement") & (rows["indicator_code"] != "") & (rows.codes("kind") > 0)
    return mask


def _regions(corpus: Corpus) -> Iterator[tuple[str, _Rows]]:
    """For each area its own reports by year, and the rows about it in reports of others."""
    known = areas()
    gathered: dict[str, _Rows] = {}
    ordered = sorted(corpus._chosen.items(), key=lambda item: (item[0][0], item[0][1]))
    own_areas = {area for area, _ in corpus._chosen}
    about: dict[str, list[tuple[int, Array]]] = {}
    for (area, _), document in ordered:
        report = corpus.reports[document]
        mask = _registered(report)
        foreign = report.quantities["region"] != ""
        gathered.setdefault(area, _Rows()).add(report, document, np.flatnonzero(mask & ~foreign), False)
        rows = np.flatnonzero(mask & foreign)
        codes = report.quantities["region_code"][rows]
        for code in set(codes.tolist()):
            other = known.identity(code)
            if other in own_areas and other != area:
                about.setdefault(other, []).append((document, rows[codes == code]))
    for area, parts in about.items():
        for document, rows in parts:
            gathered[area].add(corpus.reports[document], document, rows, True)
    for area, rows_of in gathered.items():
        if len(rows_of.parts) > 1:
            yield area, rows_of


def _label(corpus: Corpus, document: int) -> tuple[str, str]:
    table = corpus.documents
    region, year = table["region"][document], table["year"][document]
    return f"{region}{year}年报告", f"{region} {year}"


def _translated(corpus: Corpus, message: str, documents: list[int], rows: list[int]) -> str:
    """The message with the rows of the reports instead of those of the gathered table."""

    def zh(match: re.Match[str]) -> str:
        at = int(match[1])
        return f"{_label(corpus, documents[at])[0]}第 {rows[at]} 行"

    def en(match: re.Match[str]) -> str:
        at = int(match[1])
        return f"row {rows[at]} of {_label(corpus, documents[at])[1]}"

    return _ROW_EN.sub(en, _ROW_ZH.sub(zh, message))


_IMPLIED_TEXTS = ("indicator", "region", "period", "unit", "indicator_code", "measure", "region_code")
_IMPLIED = (
    "indicator", "region", "period", "lo", "hi", "unit", "statements", "indicator_code", "measure", "region_code",
    "statement_documents",
)  # fmt: skip


def _audit_years(corpus: Corpus) -> tuple[list[Finding], dict[str, list[Any]], bool]:
    found: list[Finding] = []
    implied: dict[str, list[Any]] = {name: [] for name in _IMPLIED}
    complete = True
    words = None if corpus._vocabulary is None else corpus._vocabulary._core
    for area, gathered in _regions(corpus):
        findings, values, ended = _core.audit_rows(gathered.parts, words)
        complete &= ended
        documents, rows = gathered.places()
        for row in _with_rows(findings):
            sources = [documents[at] for at in row["statements"]]
            if len(set(sources)) < 2 or row["rule"] in _LEFT_OUT:
                continue
            # Statistics are revised: two reports that differ are no contradiction of either.
            hard = row["severity"] == "contradiction"
            zh, en = (_REVISED_ZH, _REVISED_EN) if hard else ("", "")
            found.append(
                Finding(
                    "tension" if hard else row["severity"],
                    row["rule"],
                    tuple(dict.fromkeys(sources)),
                    _translated(corpus, row["message_zh"], documents, rows) + zh,
                    _translated(corpus, row["message_en"], documents, rows) + en,
                    scope="years",
                    indicator=row["indicator"],
                    indicator_code=row["indicator_code"],
                    statements=tuple(rows[at] for at in row["statements"]),
                    statement_documents=tuple(sources),
                    gap=row["gap"],
                    unit=row["unit"],
                    repair=_translated(corpus, row["repair"], documents, rows),
                )
            )
        for row in _with_rows(values):
            sources = [documents[at] for at in row["statements"]]
            if len(set(sources)) < 2:
                continue
            code, name = areas().at(area, None)
            cells = {
                **row,
                "region": row["region"] or name,
                "region_code": code,
                "statements": [rows[at] for at in row["statements"]],
                "statement_documents": sources,
            }
            for key in _IMPLIED:
                implied[key].append(cells[key])
    return found, implied, complete


# ---- levels of government ----

_AMOUNTS = ("stock", "flow")


class _Amount:
    """One amount that a report gives for its own region and the year before, in the canonical unit."""

    def __init__(self, document: int, row: int, lo: float, hi: float, unit: str, text: str) -> None:
        self.document, self.row, self.lo, self.hi, self.unit, self.text = document, row, lo, hi, unit, text


def _amounts(corpus: Corpus) -> dict[tuple[str, int], dict[str, _Amount]]:
    """For each area and year the outcome of each registered amount."""
    registry = indicators(corpus._vocabulary)
    additive = {
        code
        for code, nature in zip(registry["code"].tolist(), registry["nature"].tolist())
        if nature in _AMOUNTS
    }
    amounts: dict[tuple[str, int], dict[str, _Amount]] = {}
    for (area, year), document in corpus._chosen.items():
        figures, table = corpus._figures_of(document), corpus.reports[document].quantities
        rows = {
            code: figures.best((code,), "level", "outcome", year - 1)
            for code, measure in figures.stated("outcome", year - 1)
            if measure == "level" and code in additive
        }
        if not rows:
            continue
        lo, hi = intervals(table[list(rows.values())])
        for (code, row), low, high in zip(rows.items(), lo.tolist(), hi.tolist()):
            canonical, factor = scale_of(str(table["unit"][row]))
            amounts.setdefault((area, year), {})[code] = _Amount(
                document, row, low * factor, high * factor, canonical, str(table["text"][row])
            )
    return amounts


def _audit_levels(corpus: Corpus) -> list[Finding]:
    """No part exceeds the whole, and the parts together rarely do."""
    known = areas()
    registry = indicators(corpus._vocabulary)
    names = dict(zip(registry["code"].tolist(), registry["name"].tolist()))
    amounts = _amounts(corpus)
    found: list[Finding] = []
    sums: dict[tuple[str, int, str], list[_Amount]] = {}
    for (area, year), own in sorted(amounts.items()):
        above = known.parent(area, year)
        whole = amounts.get((above, year), {})
        for code, amount in own.items():
            total = whole.get(code)
            if total is None or total.unit != amount.unit:
                continue
            sums.setdefault((above, year, code), []).append(amount)
            if not amount.lo > total.hi:
                continue
            one, other = known.at(area, year)[1], known.at(above, year)[1]
            found.append(
                Finding(
                    "tension", "part", (amount.document, total.document),
                    f"{year - 1} 年{names[code]}：{one}“{amount.text}”大于{other}“{total.text}”。",
                    f"{code} of {year - 1}: {one} “{amount.text}” exceeds {other} “{total.text}”.",
                    scope="levels", indicator=names[code], indicator_code=code, statements=(amount.row, total.row),
                    statement_documents=(amount.document, total.document), gap=amount.lo - total.hi, unit=amount.unit,
                )
            )  # fmt: skip
    for (above, year, code), parts in sums.items():
        total = amounts[above, year][code]
        least = sum(part.lo for part in parts)
        if len(parts) < 2 or not least > total.hi or any(part.lo > total.hi for part in parts):
            continue
        other = known.at(above, year)[1]
        documents = (*(part.document for part in parts), total.document)
        found.append(
            Finding(
                "tension", "part_sum", documents,
                f"{year - 1} 年{names[code]}：{len(parts)} 个下级地区之和大于{other}“{total.text}”。",
                f"{code} of {year - 1}: {len(parts)} regions together exceed {other} “{total.text}”.",
                scope="levels", indicator=names[code], indicator_code=code,
                statements=(*(part.row for part in parts), total.row), statement_documents=documents,
                gap=least - total.hi, unit=total.unit,
            )
        )  # fmt: skip
    return found


def _audit_reports(corpus: Corpus) -> list[Finding]:
    found = []
    for number, report in enumerate(corpus.reports):
        for row in report.audit().findings:
            found.append(
                Finding(
                    row["severity"], row["rule"], (number,), row["message_zh"], row["message_en"], scope="report",
                    indicator=row["indicator"], indicator_code=row["indicator_code"],
                    statements=tuple(row["statements"]), statement_documents=(number,) * len(row["statements"]),
                    gap=row["gap"], unit=row["unit"], repair=row["repair"],
                )
            )  # fmt: skip
    return found


# ---- all ----


def _objects(cells: list[Any]) -> Array:
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


def _lists(cells: list[Any]) -> Array:
    return _objects([list(cell) for cell in cells])


def _table(corpus: Corpus, found: list[Finding]) -> Table:
    found = sorted(found, key=lambda finding: (_SEVERITIES.index(finding.severity), finding.documents))
    ids = corpus.documents["doc_id"]
    columns: dict[str, Any] = {}
    for name in ("severity", "rule", "scope", "indicator"):
        columns[name] = _objects([getattr(finding, name) for finding in found])
    columns["statements"] = _lists([finding.statements for finding in found])
    columns["gap"] = np.array([finding.gap for finding in found], dtype=np.float64)
    for name in ("message_zh", "message_en", "repair"):
        columns[name] = _objects([getattr(finding, name) for finding in found])
    columns["documents"] = _lists([finding.documents for finding in found])
    columns["doc_ids"] = _objects(["|".join(str(ids[i]) for i in finding.documents) for finding in found])
    columns["evidence"] = _objects([finding.evidence for finding in found])
    columns["similarity"] = np.array([finding.similarity for finding in found], dtype=np.float64)
    for name in ("indicator_code", "unit"):
        columns[name] = _objects([getattr(finding, name) for finding in found])
    columns["statement_documents"] = _lists([finding.statement_documents for finding in found])
    severities = [_SEVERITIES.index(name) for name in columns["severity"]]
    return Table({**columns, "severity": np.array(severities, dtype=np.int64)}, {"severity": _SEVERITIES})


def run(corpus: Corpus, files: bool, years: bool, levels: bool, reports: bool) -> CorpusAudit:
    """As :meth:`Corpus.audit`."""
    found: list[Finding] = []
    implied: dict[str, list[Any]] = {name: [] for name in _IMPLIED}
    complete = True
    if files:
        found += audit_files(corpus)
    if years:
        across, implied, complete = _audit_years(corpus)
        found += across
    if levels:
        found += _audit_levels(corpus)
    if reports:
        found += _audit_reports(corpus)
    columns: dict[str, Any] = {
        name: _objects(cells) if name in _IMPLIED_TEXTS else _lists(cells)
        for name, cells in implied.items()
        if name not in ("lo", "hi")
    }
    columns |= {name: np.array(implied[name], dtype=np.float64) for name in ("lo", "hi")}
    return CorpusAudit(
        corpus, _table(corpus, found), Table({name: columns[name] for name in _IMPLIED}), complete
    )
