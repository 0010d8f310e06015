"""The audit: which figures of a report cannot all be true."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._columns import Columns, frozen
from ._table import Table

if TYPE_CHECKING:
    from ._report import Report

__all__ = ["Audit", "run"]

_NAMES = {"contradiction": "矛盾", "tension": "存疑", "info": "提示"}


def _with_rows(core: _core.Table) -> Table:
    """The table with the row numbers of `statements`, which the core writes as text, as lists of int."""
    fields = tuple((n, "list" if n == "statements" else kind, names) for n, kind, names in core.columns)
    arrays = {name: core.array(name) for name, _, _ in core.columns}
    lists = np.empty(len(core), dtype=object)
    for i, text in enumerate(arrays["statements"]):
        lists[i] = [int(number) for number in text.split(",") if number]
    arrays["statements"] = frozen(lists)
    return Table._of(Columns(fields, arrays))


class Audit:
    """What does not fit in a report; made by :meth:`Report.audit`, immutable.

    A report without findings is "no contradiction found", never "consistent".

    Examples
    --------
    >>> import czreport as cz
    >>> text = "2021年常州市政府工作报告\\n到2020年，一般公共预算收入是2015年的1.3倍，年均增长6.4%。"
    >>> audit = cz.parse(text).audit()
    >>> audit.findings["severity"].tolist(), audit.findings["rule"].tolist()
    (['contradiction'], ['growth'])
    >>> round(audit.findings["gap"][0].item(), 2)
    0.16
    """

    __slots__ = ("_complete", "_findings", "_implied", "_report")

    def __init__(self, report: Report, findings: Table, implied: Table, complete: bool) -> None:
        self._report = report
        self._findings = findings
        self._implied = implied
        self._complete = complete

    @property
    def findings(self) -> Table:
        """What was found, contradictions first.

        Columns: severity (contradiction, tension, info), rule, indicator, statements (row numbers in
        `quantities`), gap (how far the two intervals miss each other, in `unit`), message_zh, message_en,
        repair (slips that would explain it), indicator_code, stated_lo, stated_hi, implied_lo, implied_hi,
        unit.
        """
        return self._findings

    @property
    def implied(self) -> Table:
        """Figures that the text does not print but encloses.

        Columns: indicator, region, period, lo, hi, unit, statements, indicator_code, measure.
        """
        return self._implied

    @property
    def complete(self) -> bool:
        """False when the search stopped because its work limit was reached."""
        return self._complete

    @property
    def report(self) -> Report:
        """The report that was audited."""
        return self._report

    def places(self, finding: int) -> list[dict[str, Any]]:
        """The statements of a finding: row, start, end, quote and the sentence with the quote marked 【…】.

        Parameters
        ----------
        finding : int
            Number of a row of `findings`.
        """
        rows = self._report.quantities
        return [
            {
                "row": row,
                "start": int(rows["start"][row]),
                "end": int(rows["end"][row]),
                "quote": str(rows["text"][row]),
                "sentence": self._report.evidence(row),
            }
            for row in self._findings["statements"][finding]
        ]

    def _counts(self) -> str:
        severities = self._findings["severity"].tolist()
        found = [f"{severities.count(name)} {name}" for name in _NAMES if name in severities]
        return ", ".join(found) or "no contradiction found"

    def __repr__(self) -> str:
        return (
            f"<czreport.Audit: {self._report._name()}, {self._counts()}, {len(self._implied)} implied values>"
        )

    def _repr_html_(self) -> str:
        escape = html.escape
        lines = [
            f"<h3>{escape(self._report._name())}</h3>",
            f"<p>{escape(self._counts())}</p>",
            '<table class="czreport">',
            "<thead><tr><th>severity</th><th>rule</th><th>message</th><th>places</th></tr></thead>",
            "<tbody>",
        ]
        for i, row in enumerate(self._findings.to_pylist()):
            message = f"{escape(row['message_zh'])}<br>{escape(row['message_en'])}"
            if row["repair"]:
                message += f"<br><em>{escape(row['repair'])}</em>"
            sentences = dict.fromkeys(place["sentence"] for place in self.places(i))
            places = "".join(f"<li>{escape(text)}</li>" for text in sentences)
            lines.append(
                f"<tr><td>{_NAMES[row['severity']]} {row['severity']}</td><td>{escape(row['rule'])}</td>"
                f'<td style="text-align:left">{message}</td>'
                f'<td style="text-align:left"><ul>{places}</ul></td></tr>'
            )
        lines.append("</tbody></table>")
        if len(self._implied):
            lines += ["<h4>implied values</h4>", self._implied._repr_html_()]
        return "\n".join(lines)


def run(
    report: Report,
    about: float | None = None,
    deflator_first: float | None = None,
    deflator_further: float | None = None,
    work: int | None = None,
) -> Audit:
    """As :meth:`Report.audit`."""
    for name, value in [
        ("about", about),
        ("deflator_first", deflator_first),
        ("deflator_further", deflator_further),
    ]:
        if value is not None and not value > 0:
            raise ValueError(f"{name} must be positive, not {value}")
    if work is not None and work < 1:
        raise ValueError(f"work must be at least 1, not {work}")
    findings, implied, complete = _core.audit(
        report._core, about or 0.0, deflator_first or 0.0, deflator_further or 0.0, work or 0, report._quantities
    )
    return Audit(report, _with_rows(findings), _with_rows(implied), complete)
