"""Many reports to Parquet: documents and megabytes a second, peak memory.

    python benchmarks/bench_corpus.py [--documents 60000] [--characters 15000] [--jobs N] [--output FILE]

The reports are made up (tests/tools/synthetic.py) while they are read; the time that making them takes alone is
measured on a part of them and printed. Megabytes are millions of bytes of UTF-8. Peak memory is the largest resident
set of the process. Nothing is asserted.
"""

import argparse
import importlib.util
import os
import pathlib
import resource
import sys
import tempfile
import time

import pyarrow.parquet

import czreport

ROOT = pathlib.Path(__file__).resolve().parent.parent
_spec = importlib.util.spec_from_file_location("synthetic", ROOT / "tests" / "tools" / "synthetic.py")
synthetic = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(synthetic)

PARAGRAPH = 215  # characters, about


def peak():
    """Megabytes."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / 1e6 if sys.platform == "darwin" else size / 1e3


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=60_000)
    parser.add_argument("--characters", type=int, default=15_000, help="of a document, about (15,000)")
    parser.add_argument("--jobs", type=int, help="threads (all processors)")
    parser.add_argument("--output", type=pathlib.Path, help="keep the file (a temporary one)")
    options = parser.parse_args()
    size = max(2, options.characters // PARAGRAPH)
    counted = {"bytes": 0, "characters": 0}

    def count(pairs):
        for name, text in pairs:
            counted["bytes"] += len(text.encode())
            counted["characters"] += len(text)
            yield name, text

    sample = min(options.documents, 2000)
    start = time.perf_counter()
    for _ in count(synthetic.documents(sample, size=size)):
        pass
    making = (time.perf_counter() - start) / sample * options.documents
    counted.update(bytes=0, characters=0)
    print(f"Python {sys.version.split()[0]}, czreport {czreport.__version__}, {os.cpu_count()} processors")
    print(f"before: {peak():.0f} MB resident")

    with tempfile.TemporaryDirectory() as folder:
        path = options.output or pathlib.Path(folder, "out.parquet")
        start = time.perf_counter()
        written = czreport.write_corpus(
            count(synthetic.documents(options.documents, size=size)), path, jobs=options.jobs, progress=False
        )
        seconds = time.perf_counter() - start
        file = pyarrow.parquet.ParquetFile(path)
        megabytes = counted["bytes"] / 1e6
        print(f"{written.documents:,} documents, {megabytes:,.0f} MB of UTF-8, {written.characters:,} characters")
        print(
            f"{written.statements:,} statements in {file.num_row_groups} row groups, {path.stat().st_size / 1e6:,.0f} MB"
        )
        print(f"{seconds:.1f} s (making the documents alone: {making:.1f} s)")
        print(f"{written.documents / seconds:,.0f} documents/s, {megabytes / seconds:.1f} MB/s")
        print(f"peak memory: {peak():.0f} MB resident")


if __name__ == "__main__":
    main()
