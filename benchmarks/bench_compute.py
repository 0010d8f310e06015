"""Speed of figures as printed: growth of panels and triple checks, beside NumPy, pandas and other peers.

    python benchmarks/bench_compute.py [--repeat 15] [--check]

One thread, medians, all in one run; every candidate is timed in turn within each round, so that a busy machine
slows all of them alike. `--check` exits with 1 if a bar is not reached.
"""

import argparse
import os
import statistics
import sys
import time

for name in ("CZREPORT_THREADS", "NUMEXPR_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402

from czreport import growth, printed  # noqa: E402

REGIONS, INDICATORS, YEARS, TRIPLES = 341, 200, 30, 1_000_000


def panel(rng):
    """Levels that grow, a tenth of them missing."""
    rates = rng.normal(0.07, 0.05, (REGIONS, INDICATORS, YEARS))
    values = rng.lognormal(5, 1.5, (REGIONS, INDICATORS, 1)) * np.cumprod(1 + rates, axis=-1)
    values = values.round(1)
    values[rng.random(values.shape) < 0.1] = np.nan
    return values


def triples(rng):
    base = rng.lognormal(6, 1, TRIPLES).round(1)
    rate = rng.normal(6, 4, TRIPLES)
    value = (base * (1 + rate / 100)).round(1)
    rate = rate.round(1)
    wrong = rng.random(TRIPLES) < 0.02
    rate[wrong] += rng.choice([-1.0, 1.0], wrong.sum())
    return value, base, rate


def numpy_check(value, base, rate, half):
    """The same test without rounding: do the growth of the corners and the printed rate meet?"""
    lo = ((value - half) / (base + half) - 1) * 100
    hi = ((value + half) / (base - half) - 1) * 100
    return (lo <= rate + half) & (hi >= rate - half)


def peers(values):
    """Growth of the same panel by other libraries, those that are installed."""
    found = {}
    try:
        import pandas as pd

        index = pd.MultiIndex.from_product([range(REGIONS), range(INDICATORS), range(YEARS)])
        series = pd.Series(values.ravel(), index=index)
        keys = np.repeat(np.arange(REGIONS * INDICATORS), YEARS)
        frame = pd.DataFrame(values.reshape(-1, YEARS).T.copy())
        found["pandas groupby().pct_change"] = lambda: series.groupby(keys).pct_change(fill_method=None)
        found["pandas frame.pct_change (wide)"] = lambda: frame.pct_change(fill_method=None)
    except ImportError:
        pass
    try:
        import polars as pl

        data = pl.DataFrame({"key": np.repeat(np.arange(REGIONS * INDICATORS), YEARS), "v": values.ravel()})
        found["polars pct_change().over (threaded)"] = lambda: data.select(
            pl.col("v").pct_change().over("key")
        )
    except ImportError:
        pass
    try:
        import numexpr

        def by_numexpr():
            return numexpr.evaluate("b / a - 1", {"a": values[..., :-1], "b": values[..., 1:]})

        found["numexpr b / a - 1"] = by_numexpr
    except ImportError:
        pass
    try:
        from numba import njit

        @njit(error_model="numpy")
        def compiled(v):
            result = np.empty_like(v)
            for i in range(v.shape[0]):
                result[i, 0] = np.nan
                for j in range(1, v.shape[1]):
                    result[i, j] = 100 * (v[i, j] - v[i, j - 1]) / v[i, j - 1]
            return result

        flat = values.reshape(-1, YEARS)
        compiled(flat[:2])
        found["numba loop"] = lambda: compiled(flat)
    except ImportError:
        pass
    return found


def medians(candidates, repeat):
    """Median seconds of each, interleaved; slow ones are run less often."""
    times = {name: [] for name in candidates}
    for function in candidates.values():
        function()
    for round_number in range(repeat):
        for name, function in candidates.items():
            if times[name] and times[name][0] > 0.2 and round_number >= 3:
                continue
            start = time.perf_counter()
            function()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def report(title, reference, seconds, bars):
    print(f"\n{title}")
    print(f"  {'':<38} {'ms':>9} {'ratio':>7}  bar")
    failed = []
    for name, median in seconds.items():
        ratio = median / seconds[reference]
        bar = bars.get(name)
        verdict = "" if bar is None else f"<= {bar:.1f} {'ok' if ratio <= bar else 'MISSED'}"
        print(f"  {name:<38} {median * 1e3:9.2f} {ratio:7.2f}  {verdict}")
        if bar is not None and ratio > bar:
            failed.append(f"{name}: {ratio:.2f} > {bar}")
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=15, help="rounds; the median of each candidate counts")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a bar is not reached")
    options = parser.parse_args()
    rng = np.random.default_rng(20210113)

    values = panel(rng)
    lo, hi = printed.unround(values, 1)
    planes = printed.Interval(lo, hi)
    reference = "numpy v[..., 1:] / v[..., :-1] - 1"
    candidates = {
        reference: lambda: values[..., 1:] / values[..., :-1] - 1,
        "czreport growth_along": lambda: growth.growth_along(values),
        "czreport growth_along, intervals": lambda: growth.growth_along(planes),
        **peers(values),
    }
    bars = {"czreport growth_along": 0.8, "czreport growth_along, intervals": 2.0}
    title = f"growth along the year axis, {REGIONS} x {INDICATORS} x {YEARS} float64 with NaN, one thread"
    failed = report(title, reference, medians(candidates, options.repeat), bars)

    value, base, rate = triples(rng)
    half = 0.05
    reference = "numpy, without rounding"

    def by_czreport():
        return growth.consistent(value, base, rate, half_value=half, half_base=half, half_growth=half)

    candidates = {
        reference: lambda: numpy_check(value, base, rate, half),
        "czreport consistent, outward rounding": by_czreport,
        "numpy |100 (v1 / v0 - 1) - g| <= half": lambda: np.abs(100 * (value / base - 1) - rate) <= half,
    }
    try:
        import numexpr

        text = "(((a - h) / (b + h) - 1) * 100 <= g + h) & (((a + h) / (b - h) - 1) * 100 >= g - h)"
        names = {"a": value, "b": base, "g": rate, "h": half}
        candidates["numexpr, without rounding"] = lambda: numexpr.evaluate(text, names)
    except ImportError:
        pass
    title = f"{TRIPLES:,} checks of (v1, v0, g) as printed, one thread"
    bars = {"czreport consistent, outward rounding": 0.4}
    failed += report(title, reference, medians(candidates, options.repeat), bars)
    ours, theirs = by_czreport() == 1, numpy_check(value, base, rate, half)
    print(
        f"\n  refused: czreport {np.sum(~ours):,}, numpy {np.sum(~theirs):,} (doubtful by rounding: {np.sum(ours & ~theirs)})"
    )
    if np.any(theirs & ~ours):
        failed.append("czreport refuses what numpy does not")
    if failed and options.check:
        sys.exit("bars missed: " + "; ".join(failed))


if __name__ == "__main__":
    main()
