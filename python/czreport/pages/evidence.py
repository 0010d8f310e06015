"""The evidence page: a report's text with every figure marked, beside the table that was read from it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from .. import _display
from .._registry import indicators
from ._page import check_language, document, label, labelled

if TYPE_CHECKING:
    from .._audit import Audit
    from .._report import Report

__all__ = ["evidence_page"]

_COLUMNS = ("row", "indicator", "value", "unit", "bound", "measure", "period", "kind", "region", "quote")
_KINDS = ("target", "task", "actual", "estimate")


def _escape(text: object) -> str:
    return html.escape(_display.cell_text(text))


def _class_of(row: dict[str, Any]) -> str:
    """What a figure is shown as: the kind of a statement, else its role."""
    return str(row["kind"] or row["role"])


def _value(row: dict[str, Any]) -> str:
    """The signed value, or the range, as a person writes it."""
    if row["bound"] == "between":
        return f"{_display.format_number(row['lo'])} – {_display.format_number(row['hi'])}"
    return _display.format_number(row["value"])


# ---- the text ----


def _marked(text: str, begin: int, end: int, rows: list[tuple[int, dict[str, Any]]], language: str) -> str:
    """text[begin:end] as HTML with the rows that lie in it marked."""
    parts, at = [], begin
    for number, row in rows:
        if row["start"] > at:
            parts.append(html.escape(text[at : row["start"]]))
        title = " · ".join(filter(None, (row["indicator"], row["measure"], row["period"])))
        name = label("open_row", language).replace("{row}", str(number))
        parts.append(
            f'<mark id="q{number}" class="{_class_of(row)}" title="{_escape(title)}">'
            f'<a href="#r{number}" aria-description="{name}">'
            f"{html.escape(text[max(row['start'], at) : row['end']])}</a></mark>"
        )
        at = row["end"]
    parts.append(html.escape(text[at:end]))
    return "".join(parts)


def _lines(text: str) -> list[tuple[int, int]]:
    """Bounds of the lines, without their ends."""
    lines, at = [], 0
    for line in text.splitlines(keepends=True):
        lines.append((at, at + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"))))
        at += len(line)
    return lines


def _article(report: Report, rows: list[dict[str, Any]], language: str) -> str:
    """The text as paragraphs and headings. A quantity that a line break cuts stays in one paragraph."""
    text = report.text
    headings = {int(s["start"]): int(s["level"]) for s in report.sections.to_pylist()}
    parts: list[str] = []
    next_row = 0
    begin = None
    for first, last in _lines(text):
        begin = first if begin is None else begin
        if next_row < len(rows) and rows[next_row]["start"] < last:
            reach = next_row
            while reach < len(rows) and rows[reach]["start"] < last:
                reach += 1
            if rows[reach - 1]["end"] > last:
                continue  # goes on in the next line
        else:
            reach = next_row
        here = [(k, rows[k]) for k in range(next_row, reach)]
        next_row = reach
        level = next((headings[at] for at in range(begin, last) if at in headings), 0)
        if text[begin:last].strip():
            content = _marked(text, begin, last, here, language)
            tag = f'<p class="h level{level}" role="heading" aria-level="{level + 2}">' if level else "<p>"
            parts.append(f"{tag}{content}</p>")
        begin = None
    return "\n".join(parts)


# ---- what stands above ----


def _goals(report: Report, rows: list[dict[str, Any]], language: str) -> str:
    goals = [(k, row) for k, row in enumerate(rows) if row["role"] == "statement" and row["kind"] == "target"]
    wordings = dict.fromkeys(
        row["text"] for row in report.qualitative.to_pylist() if row["kind"] == "target"
    )  # one wording stands for each of its indicators
    if not goals and not wordings:
        return ""
    items = "".join(
        f'<li><a href="#q{k}"><span>{_escape(row["indicator"])} · {_escape(row["period"])}</span>'
        f"<b>{_escape(row['text'])}</b>{labelled('span', row['measure'], language)}</a></li>"
        for k, row in goals
    )
    parts = [
        '<section id="goals" aria-labelledby="goals-title">',
        labelled("h2", "goals", language, 'id="goals-title"'),
        f'<ul class="goals">{items}</ul>',
    ]
    if wordings:
        texts = "；".join(map(_escape, wordings))
        parts.append(f'<p class="note">{labelled("span", "qualitative", language)}: {texts}</p>')
    parts.append("</section>")
    return "\n".join(parts)


def _findings(audit: Audit, language: str) -> str:
    parts = [
        f'<details id="audit" open><summary>{labelled("span", "audit", language)} ({len(audit.findings)})</summary>',
    ]
    if not len(audit.findings):
        parts.append(labelled("p", "none", language, 'class="note"'))
    parts.append('<ul class="findings">')
    for number, row in enumerate(audit.findings.to_pylist()):
        places = " ".join(
            f'<a href="#q{place["row"]}">{_escape(place["quote"])}</a>' for place in audit.places(number)
        )
        repair = (
            f'<p class="note">{labelled("span", "repair", language)}: {_escape(row["repair"])}</p>'
            if row["repair"]
            else ""
        )
        parts.append(
            f'<li class="{row["severity"]}">{labelled("b", row["severity"], language)} · {_escape(row["rule"])} · '
            f"{_escape(row['indicator'])}"
            f'<p class="zh" lang="zh-Hans">{_escape(row["message_zh"])}</p>'
            f'<p class="en" lang="en">{_escape(row["message_en"])}</p>{repair}'
            f'<p class="note">{labelled("span", "places", language)}: {places}</p></li>'
        )
    parts.append("</ul></details>")
    return "\n".join(parts)


# ---- the table ----


def _choice(name: str, values: list[str], language: str, translated: bool) -> str:
    options = "".join(
        labelled("option", value, language, f'value="{value}"')
        if translated
        else f'<option value="{html.escape(value)}">{_escape(value.rpartition(" / ")[2])}</option>'
        for value in values
    )
    everything = labelled("option", "any", language, 'value=""')
    return (
        f"<label>{labelled('span', name, language)}"
        f'<select name="{name}">{everything}{options}</select></label>'
    )


def _filters(rows: list[dict[str, Any]], language: str) -> str:
    measures = list(dict.fromkeys(row["measure"] for row in rows if row["measure"]))
    kinds = [kind for kind in _KINDS if any(row["kind"] == kind for row in rows)]
    roles = list(dict.fromkeys(row["role"] for row in rows))
    sections = list(dict.fromkeys(row["section"] for row in rows if row["section"]))
    names = sorted({row["indicator"] for row in rows if row["indicator"]})
    options = "".join(f'<option value="{_escape(name)}"></option>' for name in names)
    return (
        '<form id="filters">'
        f'<label>{labelled("span", "words", language)}<input type="search" name="words" autocomplete="off"></label>'
        f"<label>{labelled('span', 'indicator', language)}"
        f'<input type="search" name="indicator" list="indicators" autocomplete="off"></label>'
        f'<datalist id="indicators">{options}</datalist>'
        + _choice("kind", kinds, language, True)
        + _choice("measure", measures, language, True)
        + _choice("role", roles, language, True)
        + _choice("section", sections, language, False)
        + labelled("button", "clear", language, 'type="reset"')
        + '<output id="count" aria-live="polite"></output></form>'
    )


def _table_row(report: Report, number: int, row: dict[str, Any], names: dict[str, str], language: str) -> str:
    words = " ".join((row["text"], row["indicator"], row["indicator_code"], row["region"], row["unit"]))
    words += " " + report.evidence(row)
    data = "".join(
        f' data-{name}="{html.escape(value)}"'
        for name, value in (
            ("row", str(number)),
            ("indicator", row["indicator"]),
            ("value", "" if row["value"] != row["value"] else repr(row["value"])),
            ("unit", row["unit"]),
            ("bound", row["bound"]),
            ("measure", row["measure"]),
            ("period", row["period"]),
            ("kind", row["kind"]),
            ("role", row["role"]),
            ("region", row["region"]),
            ("section", row["section"]),
            ("quote", row["text"]),
            ("words", words),
        )
    )

    def word(key: str) -> str:
        return labelled("span", key, language) if key else ""

    name = _escape(row["indicator"])
    english = " | ".join(names[code] for code in row["indicator_code"].split("|") if code in names)
    if english:
        name += f' <small class="en" lang="en">{_escape(english)}</small>'
    bound = "" if row["bound"] == "eq" else word(row["bound"])
    kind = word(row["kind"] or row["role"])
    return (
        f'<tr id="r{number}"{data}><td class="number">{number}</td><td>{name}</td>'
        f'<td class="number">{_value(row)}</td><td>{_escape(row["unit"])}</td><td>{bound}</td>'
        f"<td>{word(row['measure'])}</td><td>{_escape(row['period'])}</td>"
        f"<td>{kind}</td><td>{_escape(row['region'])}</td>"
        f'<td><a href="#q{number}">{_escape(row["text"])}</a></td></tr>'
    )


def _rows_table(report: Report, rows: list[dict[str, Any]], language: str) -> str:
    heads = "".join(
        f'<th scope="col" data-key="{name}">' + labelled("button", name, language, 'type="button"') + "</th>"
        for name in _COLUMNS
    )
    registry = indicators(report._vocabulary)
    names = dict(zip(registry["code"], registry["name_en"]))
    body = "\n".join(_table_row(report, number, row, names, language) for number, row in enumerate(rows))
    return f'<table id="rows"><thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table>'


def evidence_page(report: Report, *, lang: str = "zh", audit: bool = True) -> str:
    """The evidence page of a report as HTML; see :meth:`czreport.Report.to_html`."""
    check_language(lang)
    rows = report.quantities.to_pylist()
    title = report.title or label("text", lang)
    notes = "".join(f"<li>{_escape(message)}</li>" for message in report.notes["message"])
    head = f"<p>{_escape(report._name())}</p>"
    if notes:
        head += f"<details>{labelled('summary', 'notes', lang)}<ul>{notes}</ul></details>"
    legend = "".join(
        f'<mark class="{name}">{labelled("span", name, lang)}</mark>' for name in (*_KINDS, "other")
    )
    body = "\n".join(
        [
            _goals(report, rows, lang),
            _findings(report.audit(), lang) if audit else "",
            '<div class="split">',
            '<section class="pane" aria-labelledby="text-title">',
            labelled("h2", "text", lang, 'id="text-title"'),
            f'<div class="legend" role="group" data-aria="legend" aria-label="{label("legend", lang)}">{legend}</div>',
            f'<article class="scroll" tabindex="0" aria-labelledby="text-title" lang="zh-Hans">'
            f"{_article(report, rows, lang)}</article>",
            "</section>",
            '<section class="pane" id="table" tabindex="-1" aria-labelledby="table-title">',
            labelled("h2", "table", lang, 'id="table-title"'),
            _filters(rows, lang),
            f'<div class="scroll" tabindex="0" role="region" aria-labelledby="table-title">'
            f"{_rows_table(report, rows, lang)}</div>",
            "</section>",
            "</div>",
        ]
    )
    return document(title, head, body, lang)
