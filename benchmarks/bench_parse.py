"""Speed of the whole parse: from the bytes of reports to the table of quantities, beside plain regular expressions.

    python benchmarks/bench_parse.py [--megabytes 32] [--repeat 5] [--text FILE ...] [--stages]

One thread, medians, all in one run; every candidate is timed in turn within each round, so that a busy machine
slows all of them alike. The input is made in memory: the corpus folder beside the repository if it is there, else
the bundled digest, as one text repeated to at least the size asked for. Megabytes are millions of bytes of UTF-8,
for every candidate. `--stages` compiles the C core with $CC and times its stages without Python. Nothing is
asserted.
"""

import argparse
import os
import pathlib
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import resources

import czreport
from czreport import _core

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "province_2025"
REGION, YEAR = "广东省", 2025

# What one would write in an afternoon: digits with decimals, or Chinese numerals, with a scale word and one of the
# common units behind. Finds text; knows no indicator, period, bound, sign or place of a line break.
SCALES = "万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百"
UNITS = (
    "个百分点|百分点|%|％|‰|美元|元|人次|人|户|家|个|件|项|名|位|倍|番|成|年|月|日|天|小时|公里|平方公里|平方米|立方米|"
    "米|公顷|亩|吨标准煤|吨|公斤|千瓦时|千瓦|度|条|座|所|套|辆|架|艘|次|场|批|处|种|张|台|趟|枚|岁|届|分|微克/立方米"
)
ARABIC = r"[0-9０-９]+(?:[,，][0-9]{3})*(?:[.．][0-9０-９]+)?"
CHINESE = "[〇零一二两三四五六七八九十百千几数]+(?:点[〇零一二三四五六七八九]+)?"
PATTERNS = {
    "re: number, scale and unit": rf"(?:{ARABIC}|百分之{CHINESE}|第?{CHINESE})(?:多|余)?(?:{SCALES})?(?:{UNITS})",
    "re: digits with % 元 万 亿": r"\d+(?:\.\d+)?(?:万亿元|亿元|万元|万亿|亿|万|元|%|个百分点)",
    "re: digits": r"\d+(?:\.\d+)?",
}

# The C program of --stages.
STAGES = r"""
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "czcore.h"

static double now(void) {
  struct timespec t;
  timespec_get(&t, TIME_UTC);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int count, char **names) {
  FILE *file = count > 2 ? fopen(names[1], "rb") : NULL;
  if (!file || fseek(file, 0, SEEK_END)) return 1;
  long size = ftell(file);
  char *bytes = malloc((size_t)size + 1);
  rewind(file);
  if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size) return 1;
  cz_report_options options = {.region = "440000", .year = 2025};
  for (int round = atoi(names[2]); round > 0; round--) {
    cz_text text;
    cz_report *report;
    double start = now();
    if (cz_text_scan(bytes, size, NULL, &text, NULL)) return 1;
    double scanned = now();
    cz_text_release(&text);
    double begun = now();
    if (cz_report_parse(bytes, size, &options, &report, NULL)) return 1;
    double done = now();
    printf("%.9f %.9f\n", scanned - start, done - begun);
    cz_report_free(report);
  }
}
"""


def gather(files):
    """The text that is repeated, and what it is."""
    paths = [pathlib.Path(name) for name in files] or sorted(CORPUS.glob("*.txt"))
    if paths:
        whose = "given" if files else "reports of provinces in the corpus"
        return b"\n".join(path.read_bytes() for path in paths), f"{len(paths)} texts, {whose}"
    data = resources.files("czreport") / "_data" / "changzhou-2021.txt"
    return data.read_bytes() + b"\n", "the bundled digest"


def medians(candidates, repeat):
    """Seconds of each, and what the last call gave."""
    times = {name: [] for name in candidates}
    results = {}
    for _ in range(repeat):
        for name, call in candidates.items():
            results.pop(name, None)  # freed before the clock starts
            start = time.perf_counter()
            result = call()
            times[name].append(time.perf_counter() - start)
            results[name] = result if isinstance(result, int) else len(result.quantities)
            del result
    return {name: statistics.median(values) for name, values in times.items()}, results


def count(pattern, text):
    """Matches, each of which is looked at as a caller would who wants the text and where it stands."""
    found = 0
    for match in pattern.finditer(text):
        match.span()
        found += 1
    return found


def core_stages(data, repeat):
    """Median seconds of cz_text_scan and cz_report_parse in a program of its own."""
    with tempfile.TemporaryDirectory() as folder:
        source, program, text = (os.path.join(folder, name) for name in ("stages.c", "stages", "text"))
        pathlib.Path(source).write_text(STAGES, encoding="utf-8")
        pathlib.Path(text).write_bytes(data)
        stages = ("base", "text", "number", "lexicon", "grammar", "model")
        files = [
            str(path) for stage in stages for path in sorted((ROOT / "czcore" / "src" / stage).glob("*.c"))
        ]
        command = [
            *shlex.split(os.environ.get("CC", "cc")),
            "-std=c17",
            "-O3",
            "-ffp-contract=off",
            "-pthread",
        ]
        command += ["-I", str(ROOT / "czcore" / "include"), source, *files, "-o", program, "-lm"]
        subprocess.run(command, check=True)
        lines = subprocess.run(
            [program, text, str(repeat)], check=True, capture_output=True, text=True
        ).stdout
    rounds = [tuple(map(float, line.split())) for line in lines.splitlines()]
    return {
        "C: cz_text_scan, the first stage": statistics.median(scan for scan, _ in rounds),
        "C: cz_report_parse": statistics.median(parse for _, parse in rounds),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=float, default=32, help="size of the input at least (32)")
    parser.add_argument("--repeat", type=int, default=5, help="rounds, of which the median counts (5)")
    parser.add_argument("--text", nargs="+", default=[], help="UTF-8 files to read instead of the corpus")
    parser.add_argument("--stages", action="store_true", help="also compile the C core and time its stages")
    options = parser.parse_args()
    if options.repeat < 1 or options.megabytes <= 0:
        parser.error("--repeat and --megabytes must be positive")

    once, what = gather(options.text)
    if not once.strip():
        parser.error("the input is empty")
    data = once * max(1, -(-int(options.megabytes * 1e6) // len(once)))
    text = data.decode("utf-8")
    compiled = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}

    def parse_bytes():
        return czreport.parse(data, region=REGION, year=YEAR)

    def parse_core():
        return _core.parse(data, REGION, YEAR, None, None)

    ours = "czreport.parse(bytes)"
    candidates = {ours: parse_bytes, "  without decoding Report.text": parse_core}
    for name, pattern in compiled.items():
        candidates[name] = lambda pattern=pattern: count(pattern, text)
    seconds, found = medians(candidates, options.repeat)
    if options.stages:
        seconds.update(core_stages(data, options.repeat))

    print(
        f"Python {sys.version.split()[0]}, czreport {czreport.__version__}, one thread, median of {options.repeat}"
    )
    print(
        f"input: {what}, {len(once) / 1e6:.2f} MB repeated to {len(data) / 1e6:.1f} MB, {len(text):,} characters\n"
    )
    print(f"{'':36}{'MB/s':>9}{'found':>12}{'found/s':>13}")
    for name, time_taken in seconds.items():
        size = len(data) / 1e6 / time_taken
        items = f"{found[name]:12,}{found[name] / time_taken:13,.0f}" if name in found else " " * 25
        print(f"{name:36}{size:9.1f}{items}".rstrip())
    print("\nfound: rows of Report.quantities, all columns filled; matches of an expression.")
    print("Expressions read a str that is decoded already.")
    for name, pattern in PATTERNS.items():
        print(f"\n{name}: {ours} runs at {seconds[name] / seconds[ours]:.2f} of its speed\n  {pattern}")


if __name__ == "__main__":
    main()
