"""Many documents: parse_many beside parse on the same bytes, and two threads beside one.

    python benchmarks/bench_many.py [--documents 10000] [--repeat 5] [--text FILE ...]

Medians of rounds in which every candidate has its turn. Megabytes are millions of bytes of UTF-8. Nothing is asserted.
"""

import argparse
import pathlib
import re
import statistics
import subprocess
import sys
import time

from bench_parse import REGION, YEAR, gather

from czreport import _core

SIZE = 1500  # bytes of a short document at least


def short_documents(once, count):
    """Documents of whole lines, from the text repeated as often as needed."""
    found, current = [], b""
    while len(found) < count:
        for line in once.splitlines(keepends=True):
            current += line
            if len(current) >= SIZE:
                found.append(current)
                current = b""
                if len(found) == count:
                    break
    return found


def timed(candidates, repeat):
    """Medians of wall and processor seconds of each."""
    times = {name: [] for name in candidates}
    for _ in range(repeat):
        for name, call in candidates.items():
            wall, cpu = time.perf_counter(), time.process_time()
            result = call()
            times[name].append((time.perf_counter() - wall, time.process_time() - cpu))
            del result
    return {name: [statistics.median(column) for column in zip(*values)] for name, values in times.items()}


def peak(files, count, threads):
    """Kilobytes that a process of its own needs at most, and without reading."""
    options = ["--documents", str(count), *(["--text", *files] if files else [])]
    command = [sys.executable, __file__, *options, "--peak"]
    return [
        int(subprocess.run([*command, str(n)], check=True, capture_output=True, text=True).stdout)
        for n in (threads, 0)
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=10000, help="how many (10000)")
    parser.add_argument("--repeat", type=int, default=5, help="rounds, of which the median counts (5)")
    parser.add_argument("--text", nargs="+", default=[], help="UTF-8 files to cut up instead of the corpus")
    parser.add_argument("--peak", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.repeat < 1 or options.documents < 1:
        parser.error("--repeat and --documents must be positive")
    once, what = gather(options.text)
    documents = short_documents(once, options.documents)
    if options.peak is not None:
        if options.peak:
            many = _core.parse_many(documents, REGION, YEAR, None, options.peak)
            assert len(many) == len(documents)
        print(re.search(r"VmHWM:\s*(\d+)", pathlib.Path("/proc/self/status").read_text())[1])
        return
    whole = b"".join(documents)

    def many(threads):
        return lambda: _core.parse_many(documents, REGION, YEAR, None, threads)

    names = ("one document", "parse_many, 1 thread", "parse_many, 2 threads")
    candidates = {
        names[0]: lambda: _core.parse(whole, REGION, YEAR, None, None),
        names[1]: many(1),
        names[2]: many(2),
    }
    seconds = timed(candidates, options.repeat)
    size = len(whole) / 1e6
    print(
        f"input: {what}, as {len(documents):,} documents of {len(whole) / len(documents):,.0f} bytes, {size:.1f} MB"
    )
    print(f"\n{'':24}{'MB/s':>9}{'documents/s':>14}{'MB per processor second':>27}")
    for name in names:
        wall, cpu = seconds[name]
        count = 1 if name == names[0] else len(documents)
        print(f"{name:24}{size / wall:9.1f}{count / wall:14,.0f}{size / cpu:27.1f}")
    for k, what in enumerate(("wall time", "processor time")):
        print(
            f"\n{what}: many documents run at {seconds[names[0]][k] / seconds[names[1]][k]:.2f} of the speed of one"
        )
        print(f"{what}: one thread takes {seconds[names[1]][k] / seconds[names[2]][k]:.2f} times that of two")
    for threads in (1, 2) if pathlib.Path("/proc/self/status").exists() else ():
        most, least = peak(options.text, options.documents, threads)
        print(
            f"\npeak memory, {threads} threads: {most / 1024:.0f} MB, {(most - least) * 1024 / len(whole):.1f} times the texts"
            f" above the {least / 1024:.0f} MB of the texts and the interpreter"
        )


if __name__ == "__main__":
    main()
