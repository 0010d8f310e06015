"""The command ``czreport``.

Exit codes: 0 fine, 1 a file that could not be read or contradictions found by audit, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from typing import Any

from . import __version__, _display, agreement, pages
from ._audit import Audit
from ._errors import ReportError
from ._read import datasets, load, read
from ._registry import fold, indicators, registry_version, units
from ._report import Report
from ._table import Table
from ._vocabulary import Vocabulary, vocabulary
from .corpus import command as corpora
from .documents.formats import FORMATS

__all__ = ["main"]

_STATEMENT_COLUMNS = [
    "indicator",
    "value",
    "unit",
    "bound",
    "measure",
    "period",
    "kind",
    "base",
    "region",
    "scope",
]
_TARGET_COLUMNS = ["indicator", "value", "unit", "bound", "measure", "period", "kind", "commitment"]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="czreport",
        description="Read Chinese government work reports (政府工作报告) into tables of figures.",
        epilog="Example: czreport read changzhou-2021 --find GDP",
    )
    version = f"czreport {__version__}, registry {registry_version()}"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        return sub

    def add_format(sub: argparse.ArgumentParser) -> None:
        sub.add_argument(
            "--format",
            choices=("table", "csv", "json"),
            default="table",
            help="table (default), csv or json, with all columns",
        )

    def add_files(sub: argparse.ArgumentParser, formats: bool = True, many: bool = True) -> None:
        names = ", ".join(datasets())
        ends = " ".join(row.suffixes[0] for row in FORMATS.values() if not row.many)
        what = f"report{'s' if many else ''} ({ends}), or a bundled one: {names}"
        sub.add_argument("files", nargs="+" if many else 1, metavar="FILE|NAME", help=what)
        sub.add_argument("--region", help="whose report it is: 常州市 or 320400 (default: found in the text)")
        sub.add_argument("--year", type=int, help="year of delivery (default: found in the text)")
        sub.add_argument("--encoding", help="encoding of the files (default: detected)")
        sub.add_argument(
            "--vocabulary", metavar="CSV", help="file with further indicators, units and cue words"
        )
        sub.add_argument("--corrections", metavar="CSV", help="file of rows that were corrected or confirmed")
        if formats:
            add_format(sub)

    sub = command("read", _run_read, "Show the statements of reports.")
    add_files(sub)
    sub.add_argument("--find", metavar="X", help="only one indicator: code, name, alias or phrase")
    sub.add_argument("--all", action="store_true", help="every numeral, also dates, labels and thresholds")

    sub = command("targets", _run_targets, "Show the headline goals of reports.")
    add_files(sub)
    sub.add_argument(
        "--indicator", "--find", metavar="X", help="only one indicator: code, name, alias or phrase"
    )
    sub.add_argument(
        "--for-year", type=int, metavar="YEAR", help="only goals for that year or a period that ends with it"
    )
    sub.add_argument("--tasks", action="store_true", help="numbered deliverables as well")
    corpora.add_options(sub)

    sub = command("audit", _run_audit, "Show which figures cannot all be true; of a folder, also faults of files.")
    add_files(sub)
    corpora.add_options(sub)
    corpora.add_commands(command, add_format, _write)

    sub = command("html", _run_html, "Write the evidence page of a report: text and figures side by side.")
    add_files(sub, formats=False)
    sub.add_argument(
        "-o", "--output", metavar="OUT.html", help="where to (default: name of the report, .html)"
    )
    sub.add_argument("--lang", choices=pages.LANGUAGES, default="zh", help="language that the page opens in")

    sub = command(
        "score", _run_score, "Compare the rows of a report with a coding of your own, field by field."
    )
    add_files(sub, many=False)
    sub.add_argument(
        "coding", metavar="CODING.csv", help="your rows: text (the quote) or start and end, and fields"
    )

    sub = command("indicators", _run_indicators, "Show the indicators that the reader knows.")
    sub.add_argument("--find", metavar="X", help="only those with X in code, name or aliases")
    add_format(sub)
    sub = command("units", _run_units, "Show the units that the reader knows.")
    sub.add_argument("--find", metavar="X", help="only those with X in their names")
    add_format(sub)
    return parser


# ---- output ----


def _width() -> int | None:
    """Cells of a line; None, no limit, where the output is neither a terminal nor told its width."""
    if not sys.stdout.isatty() and not os.environ.get("COLUMNS", "").isdigit():
        return None
    return max(20, shutil.get_terminal_size().columns)


def _write_table(table: Table, columns: Sequence[str]) -> None:
    """Leaves out the columns in which no row says anything, which gives the others more room."""
    told = (
        [name for name in columns if table[name].dtype != object or any(table[name])]
        if len(table)
        else columns
    )
    print(table.to_text(columns=told, width=_width()))


def _write_rows(parts: Sequence[tuple[str, Table]], format: str) -> None:
    """All tables as one csv or json; with more than one, the first column says which."""
    if len(parts) == 1:
        joined = parts[0][1]
    else:
        columns: dict[str, Any] = {"source": [source for source, table in parts for _ in range(len(table))]}
        for name in parts[0][1].columns:
            columns[name] = [cell for _, table in parts for cell in table[name].tolist()]
        joined = Table(columns)
    text = joined.to_csv() if format == "csv" else joined.to_json(indent=1)
    sys.stdout.write(text or "")


def _write(table: Table, columns: Sequence[str], args: argparse.Namespace) -> None:
    """One table in the format asked for; a table of text shows the columns named."""
    if args.format == "table":
        _write_table(table, columns)
    else:
        _write_rows([("", table)], args.format)


def _complain(message: str) -> None:
    print(f"czreport: {message}", file=sys.stderr)


# ---- commands ----


def _open(name: str, args: argparse.Namespace, words: Vocabulary | None) -> Report:
    if name in datasets() and not os.path.exists(name):
        report = load(name, vocabulary=words)
    else:
        report = read(name, region=args.region, year=args.year, encoding=args.encoding, vocabulary=words)
    return report.corrected(args.corrections) if args.corrections else report


def _for_each(args: argparse.Namespace, visit: Callable[[str, Report], None]) -> int:
    """Reads the files and hands over each report; returns the exit code."""
    try:
        words = vocabulary(args.vocabulary) if args.vocabulary else None
    except (ReportError, OSError) as error:
        _complain(str(error))
        return 2
    failed = 0
    for name in args.files:
        try:
            report = _open(name, args, words)
        except ReportError as error:
            _complain(str(error))
            failed = 1
            continue
        except OSError as error:
            hint = "" if os.sep in name or "." in name else f" (bundled reports: {', '.join(datasets())})"
            _complain(f"{name}: {error.strerror or error}{hint}")
            failed = 1
            continue
        for message in report.notes["message"]:
            _complain(f"{name}: note: {message}")
        visit(name, report)
    return failed


def _run_files(args: argparse.Namespace, choose: Callable[[Report], Table], columns: Sequence[str]) -> int:
    parts: list[tuple[str, Table]] = []

    def visit(name: str, report: Report) -> None:
        table = choose(report)
        if args.format != "table":
            parts.append((name, table))
            return
        head = " ".join(filter(None, (report.region, str(report.year or "")))) or "unknown region and year"
        print(
            f"{_display.cell_text(report.title) or name} · {head} · "
            f"{len(table)} of {len(report.quantities)} numerals"
        )
        _write_table(table, columns)

    failed = _for_each(args, visit)
    if parts:
        _write_rows(parts, args.format)
    return failed


def _run_read(args: argparse.Namespace) -> int:
    def choose(report: Report) -> Table:
        if args.find is not None:
            return report.find(args.find)
        return report.quantities if args.all else report.statements

    return _run_files(args, choose, (["text", "role"] if args.all else []) + _STATEMENT_COLUMNS)


def _run_targets(args: argparse.Namespace) -> int:
    if corpora.is_corpus(args.files):
        return corpora.run_targets(args, _write)
    return _run_files(
        args, lambda report: report.targets(args.indicator, args.for_year, args.tasks), _TARGET_COLUMNS
    )


def _write_audit(name: str, audit: Audit) -> None:
    print(f"{name} · {audit!r}")
    for number, row in enumerate(audit.findings.to_pylist()):
        print(f"\n{row['severity']} · {row['rule']}\n  {row['message_zh']}\n  {row['message_en']}")
        if row["repair"]:
            print(f"  repair: {row['repair']}")
        for place in audit.places(number):
            sentence = _display.cell_text(place["sentence"])
            print(f"  row {place['row']}, characters {place['start']}–{place['end']}: {sentence}")
    print()


def _run_audit(args: argparse.Namespace) -> int:
    if corpora.is_corpus(args.files):
        return corpora.run_audit(args, _write)
    parts: list[tuple[str, Audit]] = []

    def visit(name: str, report: Report) -> None:
        parts.append((name, report.audit()))
        if args.format == "table":
            _write_audit(*parts[-1])

    code = _for_each(args, visit)
    if args.format == "csv" and parts:
        _write_rows([(name, audit.findings) for name, audit in parts], "csv")
    if args.format == "json":
        rows = [
            {"source": name, **row, "places": audit.places(number)}
            for name, audit in parts
            for number, row in enumerate(json.loads(audit.findings.to_json() or "[]"))
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    found = any("contradiction" in audit.findings["severity"] for _, audit in parts)
    return code or int(found)


def _run_html(args: argparse.Namespace) -> int:
    if args.output is not None and len(args.files) > 1:
        _complain("--output names one page, so only one FILE can be given")
        return 2

    def visit(name: str, report: Report) -> None:
        output = args.output or os.path.splitext(os.path.basename(name))[0] + ".html"
        report.to_html(output, lang=args.lang)
        print(output)

    return _for_each(args, visit)


def _run_score(args: argparse.Namespace) -> int:
    coding = agreement.read_coding(args.coding)

    def visit(name: str, report: Report) -> None:
        result = agreement.compare(report.quantities, coding)
        if args.format != "table":
            _write_rows([(name, result.fields)], args.format)
            return
        print(
            f"{name} · {len(result.pairs)} of {len(coding)} rows of {args.coding} found in {len(report.quantities)}"
        )
        _write_table(result.fields, result.fields.columns)
        if len(result.disagreements):
            print()
            _write_table(result.disagreements, result.disagreements.columns)

    return _for_each(args, visit)


def _run_registry(
    table: Table, names: Sequence[str], columns: Sequence[str], args: argparse.Namespace
) -> int:
    if args.find is not None:
        words = fold(args.find)
        cells = zip(*(table[name].tolist() for name in names))
        table = table[[i for i, row in enumerate(cells) if any(words in fold(cell) for cell in row)]]
    if args.format == "table":
        _write_table(table, columns)
    else:
        _write_rows([("", table)], args.format)
    return 0


def _run_indicators(args: argparse.Namespace) -> int:
    names = ["code", "name", "name_en", "aliases"]
    return _run_registry(indicators(), names, ["code", "name", "name_en", "unit", "nature", "category"], args)


def _run_units(args: argparse.Namespace) -> int:
    return _run_registry(units(), ["unit", "name_en"], units().columns, args)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # Files and pipes get UTF-8; a terminal keeps its encoding, and what it cannot show becomes "?".
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace") if stream.isatty() else reconfigure(encoding="utf-8")
    args = _parser().parse_args(argv)
    try:
        code = int(args.run(args))
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ReportError as error:
        _complain(str(error))
        return 1
    except ValueError as error:  # an argument that argparse could not judge, such as an unknown region
        _complain(str(error))
        return 2
    except OSError as error:  # standard output cannot be written
        _complain(str(error))
        return 1
