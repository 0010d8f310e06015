"""The commands over many reports: corpus, track, and targets and audit of a folder."""

from __future__ import annotations

import argparse
import glob
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .. import _display
from .._errors import ReportError
from .._table import Table
from .._vocabulary import vocabulary
from ..documents import FORMATS
from ..documents.formats import format_of
from .corpus import Corpus, read_corpus
from .stream import write_corpus

if TYPE_CHECKING:
    from .cross_audit import CorpusAudit

__all__ = ["add_commands", "is_corpus", "run_audit", "run_targets"]

_TARGET_COLUMNS = (
    "report_region",
    "report_year",
    "indicator",
    "value",
    "unit",
    "bound",
    "measure",
    "period",
    "commitment",
)
_TRACK_COLUMNS = ("region", "year", "indicator", "target_text", "outcome_text", "gap", "verdict")
_ERRORS_SHOWN = 20

#: Writes a table in the format that was asked for.
Write = Callable[[Table, Sequence[str], argparse.Namespace], None]


def is_corpus(names: Sequence[str]) -> bool:
    """Whether one of the names is a folder, a glob, or a file that holds many documents."""
    for name in names:
        format = format_of(name)
        if os.path.isdir(name) or glob.has_magic(name) and not os.path.exists(name):
            return True
        if format is not None and FORMATS[format.name].many:
            return True
    return False


def add_options(parser: argparse.ArgumentParser) -> None:
    """Options of every command over many reports."""
    parser.add_argument(
        "--jobs", type=int, metavar="N", help="threads, and processes for PDF (default: all processors)"
    )
    parser.add_argument(
        "--metadata",
        metavar="CSV",
        help="table with the columns path, region and year, which override all guesses",
    )
    parser.add_argument("--no-progress", action="store_true", help="no progress bar on standard error")


def add_commands(
    command: Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser],
    add_format: Callable[[argparse.ArgumentParser], None],
    write: Write,
) -> None:
    """Adds corpus and track to the parser."""

    def common(sub: argparse.ArgumentParser) -> None:
        sub.add_argument(
            "files",
            nargs="+",
            metavar="DIR|FILE",
            help="folders, files, archives, tables of documents, globs",
        )
        sub.add_argument("--encoding", help="encoding of text files (default: detected)")
        sub.add_argument(
            "--vocabulary", metavar="CSV", help="file with further indicators, units and cue words"
        )
        add_options(sub)

    sub = command("corpus", _run_corpus, "Write the statements of many reports to a Parquet file.")
    common(sub)
    sub.add_argument(
        "-o", "--output", required=True, metavar="OUT.parquet",
        help="the file; a run that was stopped is finished by the same command",
    )  # fmt: skip

    sub = command(
        "track", lambda args: _run_track(args, write), "Show targets beside the outcomes of the next report."
    )
    common(sub)
    sub.add_argument("--indicator", metavar="X", help="only one indicator: code, name or alias")
    add_format(sub)


def _complain(message: str) -> None:
    print(f"czreport: {message}", file=sys.stderr)


def _arguments(args: argparse.Namespace) -> dict[str, Any]:
    return {
        "jobs": getattr(args, "jobs", None),
        "metadata": getattr(args, "metadata", None),
        "encoding": args.encoding,
        "vocabulary": vocabulary(args.vocabulary) if args.vocabulary else None,
        "progress": False if getattr(args, "no_progress", False) else None,
    }


def _sources(args: argparse.Namespace) -> Any:
    return args.files[0] if len(args.files) == 1 else _expanded(args.files)


def _expanded(names: Sequence[str]) -> list[str]:
    """Globs in a list of several names; a single one is left to the reader."""
    found: list[str] = []
    for name in names:
        matches = (
            sorted(glob.glob(name, recursive=True))
            if glob.has_magic(name) and not os.path.exists(name)
            else []
        )
        found += matches or [name]
    return found


def _report_errors(errors: Table) -> int:
    """Names the documents that could not be read; returns the exit code."""
    for row in errors[:_ERRORS_SHOWN]:
        where = f", byte {row['offset']}" if row["offset"] >= 0 else ""
        _complain(f"{row['doc_id']}{where}: {row['reason']}")
    if len(errors) > _ERRORS_SHOWN:
        _complain(f"… {len(errors)} documents in all could not be read")
    return 1 if len(errors) else 0


def _guarded(args: argparse.Namespace, run: Callable[[dict[str, Any]], int]) -> int:
    """Wrong tables of words or metadata are wrong usage; sources that are not there are files that cannot be read."""
    if getattr(args, "region", None) is not None or getattr(args, "year", None) is not None:
        _complain("--region and --year are for single reports; --metadata gives them for many")
        return 2
    try:
        arguments = _arguments(args)
        if arguments["metadata"] is not None and not os.path.exists(arguments["metadata"]):
            raise FileNotFoundError(2, "No such file or directory", arguments["metadata"])
    except (ReportError, OSError) as error:
        _complain(str(error))
        return 2
    try:
        return run(arguments)
    except ReportError as error:
        _complain(str(error))
        return 1
    except ImportError as error:
        _complain(str(error))
        return 1
    except FileNotFoundError as error:
        _complain(f"{error.filename}: {error.strerror}")
        return 1


def read(args: argparse.Namespace, use: Callable[[Corpus], int]) -> int:
    """Reads the corpus and hands it over; the exit code is that of `use`, or 1 for documents that failed."""

    def run(arguments: dict[str, Any]) -> int:
        corpus = read_corpus(_sources(args), **arguments)
        failed = _report_errors(corpus.errors)
        return use(corpus) or failed

    return _guarded(args, run)


def _run_corpus(args: argparse.Namespace) -> int:
    def run(arguments: dict[str, Any]) -> int:
        start = time.perf_counter()
        written = write_corpus(_sources(args), args.output, **arguments)
        seconds = time.perf_counter() - start
        _complain(
            f"{written.path}: {written.documents} reports, {written.statements} statements, "
            f"{written.characters} characters, {seconds:.1f} s"
        )
        return _report_errors(written.errors)

    return _guarded(args, run)


def _run_track(args: argparse.Namespace, write: Write) -> int:
    def use(corpus: Corpus) -> int:
        write(corpus.track(args.indicator), _TRACK_COLUMNS, args)
        return 0

    return read(args, use)


def run_targets(args: argparse.Namespace, write: Write) -> int:
    """``czreport targets DIR``."""

    def use(corpus: Corpus) -> int:
        write(corpus.targets(args.indicator, args.for_year, args.tasks), _TARGET_COLUMNS, args)
        return 0

    return read(args, use)


def run_audit(args: argparse.Namespace, write: Write) -> int:
    """``czreport audit DIR``: findings about files, across reports and within each."""

    def use(corpus: Corpus) -> int:
        audit = corpus.audit(reports=True)
        if args.format == "table":
            _print_audit(audit)
        elif args.format == "json":
            rows = json.loads(audit.findings.to_json() or "[]")
            rows = [{**row, "places": audit.places(number)} for number, row in enumerate(rows)]
            print(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            write(audit.findings, audit.findings.columns, args)
        return int("contradiction" in audit.findings["severity"])

    return read(args, use)


def _print_audit(audit: CorpusAudit) -> None:
    print(repr(audit)[1:-1])
    for number, row in enumerate(audit.findings):
        print(f"\n{row['severity']} · {row['rule']} · {row['doc_ids'].replace('|', ', ')}")
        print(f"  {row['message_zh']}\n  {row['message_en']}")
        if row["repair"]:
            print(f"  repair: {row['repair']}")
        places = audit.places(number)
        for place in places:
            sentence = _display.cell_text(place["sentence"])
            print(
                f"  {place['doc_id']}, row {place['row']}, characters {place['start']}–{place['end']}: {sentence}"
            )
        if not places and row["evidence"]:
            print(f"  {_display.cell_text(row['evidence'])}")
    print()
