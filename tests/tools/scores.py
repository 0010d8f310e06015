#!/usr/bin/env python3
"""How well the reader does on annotated reports, as one table.

    scores.py [--check FLOORS.json] [--json]

The annotated reports, the truth tables and the functions that compare with them lie in a folder named shared
beside the repository, which is not part of it: without that folder there is nothing to score, which is said, and
the exit code is 0.
--check  exits 1 if a figure is below its floor in FLOORS.json; figures of *_errors may not be above it.
--json   prints the figures as one object, for instance to write new floors.
"""

import argparse
import contextlib
import importlib
import io
import json
import pathlib
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared"

# name, annotation, text, region, year
REPORTS = (
    ("changzhou_2021", "gold/changzhou_2021.jsonl", "seed/changzhou_2021.txt", "常州市", 2021),
    ("national_2023", "gold/national_2023.jsonl", "corpus/national/2023.txt", "全国", 2023),
    ("zhejiang_2026", "gold/zhejiang_2026.jsonl", "corpus/province_2026/浙江省.txt", "浙江省", 2026),
)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def rows_of(path):
    return [json.loads(line) for line in read(path).split("\n") if line.strip()]


def tools(shared):
    """The modules score and score_truth of the shared folder."""
    folder = str(shared / "tools")
    sys.path.insert(0, folder)
    keep, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        return importlib.import_module("score"), importlib.import_module("score_truth")
    finally:
        sys.dont_write_bytecode = keep
        sys.path.remove(folder)


def texts(shared):
    """Every text of the corpus: path inside it and text."""
    for path in sorted((shared / "corpus").rglob("*.txt")):
        yield path.relative_to(shared / "corpus").as_posix(), read(path)


def annotated(shared):
    """{report: {figure: number}} for the annotated reports."""
    import czreport

    score, _ = tools(shared)
    out = {}
    for name, gold, text, region, year in REPORTS:
        text = read(shared / text)
        rows = czreport.parse(text, region=region, year=year).quantities.to_pylist()
        out[name] = score.score(rows_of(shared / gold), rows, text)
    return out


def truth(shared):
    """{table: {figure: number}} for the tables of headline figures, as shares of the rows that apply."""
    import czreport

    score, judge = tools(shared)
    national = [
        row
        for row in rows_of(shared / "truth/national_targets.jsonl")
        if row.get("start") is not None
        and row.get("bound") not in (None, "none")
        and not (row.get("value") is None and row.get("lo") is None)
    ]
    read_of = {}
    right = dict.fromkeys(("found", *judge.FIELDS, "all"), 0)
    for row in national:
        year = row["year"]
        if year not in read_of:
            text = read(shared / f"corpus/national/{year}.txt")
            read_of[year] = czreport.parse(text, region="全国", year=year).statements.to_pylist()
        got = next((q for q in read_of[year] if q["start"] < row["end"] and row["start"] < q["end"]), None)
        if got is None:
            continue
        right["found"] += 1
        verdict = judge.judge(row, got)
        for field, agrees in verdict.items():
            right[field] += bool(agrees)
        right["all"] += all(verdict.values())
    out = {"truth_national": {"figures": len(national), **{k: n / len(national) for k, n in right.items()}}}
    province = rows_of(shared / "truth/province_2025_targets.jsonl")
    folder = shared / "corpus/province_2025"
    with contextlib.redirect_stdout(io.StringIO()):
        share = judge.province(province, lambda name: read(next(folder.glob(f"2025年{name}*.txt"))), False)
    out["truth_province"] = {"figures": len(province), "all": share}
    return out


def spans(shared):
    """{"corpus": {"texts": n, "span_errors": n}} over every text of the corpus."""
    import czreport

    score, _ = tools(shared)
    count = errors = 0
    for name, text in texts(shared):
        count += 1
        errors += len(score.span_errors(czreport.parse(text, source=name).quantities.to_pylist(), text))
    return {"corpus": {"texts": count, "span_errors": errors}}


def measure(shared=SHARED):
    """All figures."""
    return {**annotated(shared), **truth(shared), **spans(shared)}


def fallen(figures, floors):
    """A line for each figure below its floor, or above it where it counts errors, or missing."""
    out = []
    for name, wanted in floors.items():
        for figure, floor in wanted.items():
            now = figures.get(name, {}).get(figure)
            if now is None:
                out.append(f"{name} {figure}: not measured, floor {floor:g}")
            elif figure.endswith("_errors"):
                if now > floor:
                    out.append(f"{name} {figure}: {now:g}, at most {floor:g} allowed")
            elif now < floor - 1e-12:
                out.append(f"{name} {figure}: {now:.4f}, below the floor of {floor:g}")
    return out


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(figures):
    """The figures side by side, a column for each report or table."""

    def cell(value):
        return "" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)

    names = list(figures)
    kinds = list(dict.fromkeys(figure for column in figures.values() for figure in column))
    lines = [["", *names], *([kind, *(cell(figures[name].get(kind)) for name in names)] for kind in kinds)]
    widths = [max(width(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            " " * (w - width(c)) + c if i else c + " " * (w - width(c))
            for i, (c, w) in enumerate(zip(line, widths))
        ).rstrip()
        for line in lines
    )


def main(argv=None, shared=SHARED):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", metavar="FLOORS.json")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    if not shared.is_dir():
        print("no annotated reports beside the repository: nothing to score", file=sys.stderr)
        return 0
    figures = measure(shared)
    print(json.dumps(figures, indent=2) if options.json else table(figures))
    if options.check:
        lines = fallen(figures, json.loads(read(options.check)))
        for line in lines:
            print(line, file=sys.stderr)
        return 1 if lines else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
