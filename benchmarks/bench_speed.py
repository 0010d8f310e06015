"""How fast the whole extraction is, against what the machine can do and what others do, in one run.

    python benchmarks/bench_speed.py [--megabytes 64] [--repeat 5] [--text FILE ...] [--quick]

One thread unless a line says otherwise; medians, every candidate in turn within each round. `--quick` reads 8 MB and
leaves out peers and callgrind. What is missing on this machine (vectorscan, valgrind, peers) is said and left out.
README.md explains the lines. Nothing is asserted.
"""

import argparse
import contextlib
import csv
import importlib
import io
import pathlib
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import warnings

import core
from worst_cases import CASES

import czreport
from czreport import _core

REGION, YEAR = "广东省", 2025
STAGES = {
    "text: cz_text_scan": "cz_text_scan",
    "outline: cz_outline_read": "cz_outline_read",
    "words and numerals: cz_tokenize": "cz_tokenize",
    "role: cz_role_assign": "cz_role_assign",
    "measure and subject: cz_measure_assign": "cz_measure_assign",
    "period: cz_period_assign": "cz_period_assign",
    "goals in words: cz_qualitative_read": "cz_qualitative_read",
    "rows: cz_rows_emit": "cz_rows_emit",
    "all: cz_report_parse": "cz_report_parse",
}
NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|[〇零一二两三四五六七八九十百千几数]+)(?:万亿|亿|万)?(?:元|%|个百分点|人|户|家|个|项|亩|公里|吨)"


def median_of(calls, repeat):
    """Median seconds of each call; each has its turn in every round."""
    times = {name: [] for name in calls}
    for _ in range(repeat):
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def line(name, value, note=""):
    print(f"  {name:46}{value:>12}  {note}".rstrip())


def literals(folder):
    """File of thirty indicator names, and whose they are."""
    path = core.codes_file()
    if path:
        with path.open(encoding="utf-8") as file:
            names = [row["name"] for row in csv.DictReader(file)][:30]
        whose = "first 30 names of truth/codes.csv"
    else:
        names, whose = list(czreport.indicators()["name"][:30]), "first 30 names of the registry"
    target = folder / "literals"
    target.write_text("\n".join(names) + "\n", encoding="utf-8")
    return target, whose


def core_lines(program, text, megabytes, repeat, names, whose, vectorscan):
    best = core.run(program, "times", text, megabytes, repeat, names)
    scalar = core.run(program, "times", text, megabytes, max(1, repeat // 2), names, isa="scalar")
    size = best["bytes"] / 1e6
    print(f"C, {size:.1f} MB as one text, implementation {_core.isa()}, MB/s (processor time)")
    line("memcpy", f"{size / best['memcpy']:,.0f}")
    if vectorscan:
        line(
            "vectorscan, block mode",
            f"{size / best['vectorscan']:,.0f}",
            f"{whose}, {best['matches']:,.0f} found",
        )
    else:
        line("vectorscan", "-", "its headers (libvectorscan-dev) are not here or do not compile")
    line(
        "structural index alone",
        f"{size / best['index']:,.0f}",
        f"{best['memcpy'] / best['index']:.2f} of memcpy",
    )
    line("text stage: cz_text_scan", f"{size / best['scan']:,.0f}")
    line(
        "everything: cz_report_parse",
        f"{size / best['parse']:,.1f}",
        f"{best['rows']:,.0f} rows, all columns",
    )
    if vectorscan:
        line("  of vectorscan", f"{best['vectorscan'] / best['parse']:.3f}")
    line(
        "everything, scalar",
        f"{size / scalar['parse']:,.1f}",
        f"{best['parse'] / scalar['parse']:.2f} of the best",
    )
    memory = core.run(program, "memory", text, megabytes)
    line("peak memory beside the input", f"{memory['peak'] / memory['bytes']:.1f}", "times the input")


def python_lines(data, once, repeat):
    text = data.decode("utf-8")
    pattern = re.compile(NUMBER)
    calls = {
        "parse(bytes)": lambda: czreport.parse(data, region=REGION, year=YEAR),
        "re: number, scale and unit": lambda: sum(1 for _ in pattern.finditer(text)),
    }
    seconds = median_of(calls, repeat)
    print("\nPython, the same text, MB/s (wall clock)")
    for name, taken in seconds.items():
        line(name, f"{len(data) / 1e6 / taken:,.1f}")
    line("  parse of re", f"{seconds['re: number, scale and unit'] / seconds['parse(bytes)']:.2f}")

    documents = [once] * max(2, len(data) // len(once))
    short = [piece.encode() for piece in text[: 10_000 * 400 : 1].split("\n") if piece.strip()]
    short = (short * (10_000 // max(1, len(short)) + 1))[:10_000]
    many = {
        f"parse_many, {len(documents)} texts, one thread": lambda: czreport.parse_many(
            documents, REGION, YEAR, threads=1
        ),
        f"parse_many, {len(documents)} texts, two threads": lambda: czreport.parse_many(
            documents, REGION, YEAR, threads=2
        ),
        "parse_many, 10,000 short texts, one thread": lambda: czreport.parse_many(
            short, REGION, YEAR, threads=1
        ),
        "parse, the short texts as one": lambda: czreport.parse(b"\n".join(short), region=REGION, year=YEAR),
    }
    seconds = median_of(many, repeat)
    sizes = [sum(map(len, documents))] * 2 + [sum(map(len, short))] * 2
    for (name, taken), size in zip(seconds.items(), sizes):
        line(name, f"{size / 1e6 / taken:,.1f}")
    one, two, apart, joined = seconds.values()
    line("  two threads of one", f"{one / two:.2f}")
    line("  short texts of one text", f"{joined / apart:.2f}")


def peer_lines(once, repeat):
    """Libraries that read quantities from Chinese text; each on as much of it as takes a second or so."""
    sample = once.decode("utf-8")[:8000]
    size = len(sample.encode()) / 1e6

    def jionlp():
        module = importlib.import_module("jionlp")
        return lambda: (
            module.ner.extract_money(sample)
            if hasattr(module.ner, "extract_money")
            else (module.extract_money(sample))
        )

    def cn2an():
        module = importlib.import_module("cn2an")
        return lambda: module.transform(sample, "cn2an")

    def recognizers():
        module = importlib.import_module("recognizers_number")
        return lambda: module.recognize_number(sample, "zh-cn")

    warnings.simplefilter("ignore")
    print("\npeers, the first 8,000 characters, MB/s (wall clock)")
    line(
        "czreport.parse",
        f"{size / median_of({'': lambda: czreport.parse(sample, region=REGION, year=YEAR)}, repeat)['']:,.2f}",
        "all columns",
    )
    for name, what, make in (
        ("jionlp", "amounts of money, no subject, period or bound", jionlp),
        ("cn2an", "Chinese numerals rewritten as digits in the text", cn2an),
        ("recognizers-text-suite", "numbers with value and place", recognizers),
    ):
        try:
            # greetings and warnings of the peers do not belong into the table
            with contextlib.redirect_stdout(io.StringIO()):
                call = make()
                call()
        except Exception as error:  # not installed, or broken by another package: said, not hidden
            line(name, "-", f"not measured: {type(error).__name__}: {str(error)[:60]}")
            continue
        line(name, f"{size / median_of({'': call}, repeat)['']:,.4f}", what)


def instruction_lines(program, text):
    print("\ninstructions per byte of input, by stage (callgrind, without AVX-512)")
    if not shutil.which("valgrind"):
        line("valgrind is not here", "-")
        return
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "callgrind"
        command = [
            "valgrind",
            "--tool=callgrind",
            f"--callgrind-out-file={out}",
            str(program),
            "parse",
            text,
            "1",
        ]
        subprocess.run(list(map(str, command)), check=True, capture_output=True)
        shown = subprocess.run(
            ["callgrind_annotate", "--inclusive=yes", "--threshold=100", str(out)],
            capture_output=True,
            text=True,
        ).stdout
    size = pathlib.Path(text).stat().st_size
    for name, function in STAGES.items():
        counts = re.findall(rf"^\s*([\d,]+) .*:{function}(?: |$)", shown, re.MULTILINE)
        if counts:
            line(name, f"{max(int(count.replace(',', '')) for count in counts) / size:,.1f}")


def worst_lines(program, folder, size):
    print(f"\nnanoseconds per byte as the text grows: {size // 1000} kB, twice and four times that")
    for name, make in CASES.items():
        costs = []
        for factor in (1, 2, 4):
            path = folder / "case"
            path.write_bytes(make(size * factor))
            result = core.run(program, "parse", path, 3)
            costs.append(1e9 * result["parse"] / result["bytes"])
        line(name, " ".join(f"{cost:.0f}" for cost in costs), f"{costs[-1] / costs[0]:.2f} times")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=float, default=64, help="size of the input at least (64)")
    parser.add_argument("--repeat", type=int, default=5, help="rounds, of which the median counts (5)")
    parser.add_argument("--text", nargs="+", default=[], help="UTF-8 files to read instead of the corpus")
    parser.add_argument("--quick", action="store_true", help="8 MB, without peers and callgrind")
    options = parser.parse_args()
    if options.repeat < 1 or options.megabytes <= 0:
        parser.error("--repeat and --megabytes must be positive")
    megabytes = min(options.megabytes, 8) if options.quick else options.megabytes
    once, what = core.text_to_read(options.text)
    data = once * max(1, -(-int(megabytes * 1e6) // len(once)))
    print(f"czreport {czreport.__version__}; input: {what}, {len(once) / 1e6:.2f} MB repeated\n")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        program, text = folder / "speed", folder / "text"
        text.write_bytes(once)
        names, whose = literals(folder)
        vectorscan = core.build(core.ROOT, program, flags=["-DWITH_VECTORSCAN"], libraries=["-lhs"]) is None
        if not vectorscan:
            message = core.build(core.ROOT, program)
            if message:
                raise SystemExit(message)
        core_lines(program, text, megabytes, options.repeat, names, whose, vectorscan)
        python_lines(data, once, options.repeat)
        if not options.quick:
            peer_lines(once, options.repeat)
            instruction_lines(program, text)
        worst_lines(program, folder, 100_000 if options.quick else 400_000)


if __name__ == "__main__":
    main()
