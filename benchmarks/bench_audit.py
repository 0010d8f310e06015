"""Time of the audit beside the time of reading, per report and in the same run.

    python benchmarks/bench_audit.py [--repeat 21] [FILE ...]

Reads every report once to warm up, then times reading (`czreport.parse` of the bytes) and auditing (`Report.audit`) in
turn, `--repeat` times, and prints medians. Without files: the corpus folder beside the repository if it is there, and
the bundled digest. Nothing is asserted; the last line says whether the audit took less in every report.
"""

import argparse
import pathlib
import statistics
import time

import czreport

CORPUS = pathlib.Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"


def sources(files):
    if files:
        return [(path.name, path.read_bytes()) for path in map(pathlib.Path, files)]
    found = [(path.stem, path.read_bytes()) for path in sorted(CORPUS.glob("*/*.txt"))]
    return [*found, ("changzhou-2021 (digest)", czreport.load("changzhou-2021").text.encode("utf-8"))]


def clock(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", help="reports in UTF-8")
    parser.add_argument("--repeat", type=int, default=21, help="rounds (default 21)")
    options = parser.parse_args()
    print(f"{'read ms':>8} {'audit ms':>8} {'share':>6} {'rows':>5} {'findings':>8} {'implied':>7}  report")
    shares = []
    for name, data in sources(options.files):
        report = czreport.parse(data)
        audit = report.audit()
        rounds = [
            (clock(lambda data=data: czreport.parse(data)), clock(report.audit))
            for _ in range(options.repeat)
        ]
        read, audited = (statistics.median(times) * 1e3 for times in zip(*rounds))
        shares.append(audited / read)
        print(
            f"{read:8.2f} {audited:8.2f} {audited / read:6.0%} {len(report.quantities):5} "
            f"{len(audit.findings):8} {len(audit.implied):7}  {name}"
        )
    verdict = "less than reading in every report" if max(shares) < 1 else "more than reading in some report"
    print(f"audit: median {statistics.median(shares):.0%}, at most {max(shares):.0%} of reading: {verdict}")


if __name__ == "__main__":
    main()
