"""Speed of studies of ranks: draws of weights on an index, with quantiles of every region's rank.

    python benchmarks/bench_index.py [--repeat 15] [--draws 10000] [--check]

One thread, medians, all in one run; every candidate is timed in turn within each round. The data are those of
ASEM in ../shared where that folder lies beside the repository (51 regions, 49 indicators), else drawn of the
same size; the first line of the output says which. `--check` exits with 1 if a bar is not reached.
"""

import argparse
import csv
import os
import pathlib
import sys

for name in ("CZREPORT_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
from bench_compute import medians, report  # noqa: E402

from czreport import index  # noqa: E402

TREATED = pathlib.Path(__file__).resolve().parents[2] / "shared/vectors/asem/ASEM_Treated.csv"
QUANTILES = (0.05, 0.5, 0.95)
SPREAD = 0.25


def data():
    if TREATED.is_file():
        with TREATED.open(encoding="utf-8") as file:
            rows = list(csv.reader(file))[1:]
        return "ASEM", np.array([[float(cell) for cell in row[1:]] for row in rows])
    return "drawn data", np.random.default_rng(1).lognormal(size=(51, 49))


def numpy_ranks(values, draws, rng):
    """Normalised once; weights, scores and ranks of all draws in whole arrays."""
    low, high = values.min(axis=0), values.max(axis=0)
    normalised = (values - low) / (high - low)
    weights = 1 + SPREAD * (2 * rng.random((draws, values.shape[1])) - 1)
    weights /= weights.sum(axis=1, keepdims=True)
    order = np.argsort(-(weights @ normalised.T), axis=1)
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, len(values) + 1)[None], axis=1)
    return ranks


def numpy_counted(values, draws, rng):
    """The same with counts of ranks instead of sorted ones."""
    ranks, n = numpy_ranks(values, draws, rng), len(values)
    counts = np.bincount((ranks - 1 + n * np.arange(n)).ravel(), minlength=n * n).reshape(n, n)
    cumulated = counts.cumsum(axis=1)
    return np.array([1 + (cumulated <= q * (draws - 1)).sum(axis=1) for q in QUANTILES])


def by_czreport(values, draws, **keywords):
    study = index.rank_distribution(values, draws=draws, spread=SPREAD, **keywords)
    return np.array([study.quantile(q) for q in QUANTILES])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=15, help="rounds; the median of each candidate counts")
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--check", action="store_true", help="exit with 1 if a bar is not reached")
    options = parser.parse_args()
    source, values = data()
    draws, rng = options.draws, np.random.default_rng(20210113)
    reference = "numpy, argsort and quantile"
    candidates = {
        reference: lambda: np.quantile(numpy_ranks(values, draws, rng), QUANTILES, axis=0),
        "numpy, argsort and counts": lambda: numpy_counted(values, draws, rng),
        "czreport rank_distribution": lambda: by_czreport(values, draws),
        "czreport, weights on the simplex": lambda: by_czreport(values, draws, weight_draw="simplex"),
        "czreport, two normalisations": lambda: by_czreport(values, draws, normalisations=("minmax", "z")),
    }
    title = f"{draws:,} draws of weights, {values.shape[0]} regions x {values.shape[1]} indicators, {source}"
    failed = report(
        title, reference, medians(candidates, options.repeat), {"czreport rank_distribution": 0.5}
    )
    apart = np.abs(candidates[reference]() - by_czreport(values, draws))
    print(f"\n  quantiles apart: at most {apart.max():.1f}, {(apart > 0).mean():.0%} of them at all")
    if failed and options.check:
        sys.exit("bars missed: " + "; ".join(failed))


if __name__ == "__main__":
    main()
