"""Composite indices: hand-checked cases, the ASEM reference, intervals of ranks by force, studies of ranks."""

import csv
import doctest
import itertools
import math
import threading

import numpy as np
import pytest
from czreport import _core, index, printed
from hypothesis import given, settings
from hypothesis import strategies as st

NAN, INF = math.nan, math.inf
N, W, A, R, C = index.normalise, index.weights, index.aggregate, index.rank, index.coupling


def interval(*args, **keywords):
    return np.stack(index.rank_interval(*args, **keywords))


# Worked out by hand. Each line: function, arguments, keywords, result.
CASES = [
    (N, ([1, 2, 3],), {}, [0, 0.5, 1]),
    (N, ([1, 2, 3],), {"direction": "lower"}, [1, 0.5, 0]),
    (N, ([10, 20, 40],), {"scale": (0, 90)}, [0, 30, 90]),
    (N, ([1, NAN, 3],), {}, [0, NAN, 1]),
    (N, ([7, 7, 7],), {}, [0.5, 0.5, 0.5]),
    (N, ([7.0],), {"scale": (1, 100)}, [50.5]),
    (N, ([[1, 5], [3, 9]],), {}, [[0, 0], [1, 1]]),
    (N, ([[1, 5], [3, 9]],), {"axis": 1}, [[0, 1], [0, 1]]),
    (N, ([[1, 5], [3, 9]],), {"axis": (0, 1)}, [[0, 0.5], [0.25, 1]]),
    (N, ([[1, 5], [3, 9]],), {"direction": ["higher", "lower"]}, [[0, 1], [1, 0]]),
    (N, ([1, 2, 3], "z"), {}, [-1, 0, 1]),
    (N, ([1, 3], "z"), {"ddof": 0}, [-1, 1]),
    (N, ([1, 3], "z"), {"ddof": 0, "scale": (100, 10)}, [90, 110]),
    (N, ([0.1, 0.1, 0.1], "z"), {}, [0, 0, 0]),
    (N, ([5, NAN, 7], "z"), {"ddof": 0}, [-1, NAN, 1]),
    (N, ([30, 10, 20], "rank"), {}, [3, 1, 2]),
    (N, ([30, 10, 30], "rank"), {"direction": "lower"}, [1.5, 3, 1.5]),
    (N, ([30, 10, 20], "percentile"), {}, [1, 0, 0.5]),
    (N, ([4, NAN, 4], "percentile"), {}, [0.5, NAN, 0.5]),
    (N, ([20, 52.5, 85, 90], "goalposts"), {"goalposts": (20, 85)}, [0, 0.5, 1, 1]),
    (N, ([20, 52.5, 98], "goalposts"), {"goalposts": (20, 85), "clip": False}, [0, 0.5, 1.2]),
    (N, ([0, 15, 45], "goalposts"), {"goalposts": (30, 0)}, [1, 0.5, 0]),
    (N, ([2, 4, 8], "target"), {"target": 6}, [0, 0.5, 1]),
    (N, ([2, 4, 8], "target"), {"target": 6, "clip": False}, [0, 0.5, 1.5]),
    (N, ([2, 4, 8], "target"), {"target": 0, "direction": "lower"}, [0.75, 0.5, 0]),
    (N, ([2, 4, 8], "max"), {}, [0.25, 0.5, 1]),
    (W, ([[1, 2], [3, 4]], "equal"), {}, [0.5, 0.5]),
    (W, ([[0, 1], [1, 1]], "entropy"), {}, [1, 0]),  # all the mass in one row against none to tell
    (W, ([[0, 1], [1, 0]], "entropy"), {}, [0.5, 0.5]),
    (W, ([[2, 5], [2, 5]], "entropy"), {}, [0.5, 0.5]),
    (W, ([[1, 3], [3, 5]], "variation"), {}, [2 / 3, 1 / 3]),  # sd equal, means 2 and 4
    (W, ([[0, 0], [1, 2]], "critic"), {}, [0.5, 0.5]),  # in perfect agreement: no conflict, so no difference
    (W, ([[0, 2], [1, 0]], "critic"), {}, [1 / 3, 2 / 3]),  # r = -1: by the deviations
    (W, ([[0, 2], [1, 4]], "pca"), {}, [0.5, 0.5]),
    (W, ([[0, 2, 7], [1, 4, 7]], "pca_squared"), {}, [0.5, 0.5, 0]),
    (A, ([[1, 3], [2, 6]],), {}, [2, 4]),
    (A, ([1, 3], [3, 1]), {}, 1.5),
    (A, ([1, 4], None, "geometric"), {}, 2),
    (A, ([2, 2, 16], [1, 1, 2], "geometric"), {}, 2 ** 2.5),
    (A, ([0, 4], None, "geometric"), {}, 0),
    (A, ([0, 4], [0, 1], "geometric"), {}, 4),
    (A, ([-1, 4], None, "geometric"), {}, NAN),
    (A, ([1, 3], None, "harmonic"), {}, 1.5),
    (A, ([0, 3], None, "harmonic"), {}, 0),
    (A, ([90, 110], None, "mpi"), {}, 99),
    (A, ([90, 110], None, "mpi"), {"penalty": "plus"}, 101),
    (A, ([100, 100], None, "mpi"), {}, 100),
    (A, ([1, NAN], None), {}, NAN),
    (A, ([1, NAN], [3, 1]), {"missing": "omit"}, 1),
    (A, ([1, NAN], [3, 1]), {"missing": "omit", "least": 0.8}, NAN),
    (A, ([1, NAN], [3, 0]), {}, 1),
    (A, ([[3, 1], [2, 2], [1, 3]], [2, 1], "copeland"), {}, [2, 0, -2]),
    (A, ([[3, 1], [2, 2], [1, 3]], None, "copeland"), {}, [0, 0, 0]),
    (A, ([[3, 0], [0, 4], [0, 0], [3, 4]], None, "topsis"), {}, [0.5, 0.5, 0, 1]),
    (A, ([[1, 1], [1, 1]], None, "topsis"), {}, [0.5, 0.5]),
    (lambda u: C(u).coupling, ([0.2, 0.8],), {}, 0.8),
    (lambda u: C(u).degree, ([0.25, 0.25],), {}, 0.5),
    (lambda u: C(u).coupling, ([0.0, 0.5],), {}, 0),
    (lambda u: np.stack(C(u)), ([0.0, 0.0],), {}, [1, 0, 0]),
    (lambda u: C(u, variant="corrected").coupling, ([0.2, 0.8],), {}, math.sqrt(0.4 * 0.25)),
    (lambda u: C(u, [3, 1]).level, ([0.2, 0.8],), {}, 0.35),
    (R, ([3, 5, 5, NAN, 1],), {}, [3, 1, 1, NAN, 4]),
    (R, ([3, 5, 5, 1],), {"ties": "max"}, [3, 2, 2, 4]),
    (R, ([3, 5, 5, 1],), {"ties": "average"}, [3, 1.5, 1.5, 4]),
    (R, ([3, 5, 5, 1],), {"ties": "dense"}, [2, 1, 1, 3]),
    (R, ([3, 5, 5, 1],), {"ties": "ordinal"}, [3, 1, 2, 4]),
    (R, ([3, 5, 1],), {"direction": "lower"}, [2, 3, 1]),
    (interval, ([1, 2, 5], [3, 4, 6]), {}, [[2, 2, 1], [3, 3, 1]]),
    (interval, ([1, 2], [2, 3]), {}, [[1, 1], [2, 1]]),  # they may be level, so the first may share the top
    (interval, ([1, 2], [2, 3]), {"open_lo": [False, True]}, [[2, 1], [2, 1]]),
    (interval, ([1, NAN], [2, NAN]), {}, [[1, NAN], [1, NAN]]),
    (interval, ([1, NAN], [2, NAN]), {"missing": "anywhere"}, [[1, 1], [2, 2]]),
    (lambda a, b: index.rank_change(a, b).change, ([5, 4, 3], [5, 6, NAN]), {}, [-1, 1, NAN]),
    (lambda a, b: index.rank_change(a, b, common=False).before, ([5, 4, 9], [5, 6, NAN]), {}, [2, 3, 1]),
]  # fmt: skip


@pytest.mark.parametrize(("function", "arguments", "keywords", "expected"), CASES)
def test_by_hand(function, arguments, keywords, expected):
    np.testing.assert_allclose(function(*arguments, **keywords), expected, rtol=1e-14, atol=1e-14)


def test_there_are_fifty_cases():
    assert len(CASES) >= 50


def test_rounded_figures_touch_and_do_not_overlap():
    """6.4 and 6.5 may both have been 6.45, where ties round either way; neither end is that double."""
    ends = printed.unround(np.array([6.5, 6.4, 6.5]), 1)
    assert ends.hi[1] > ends.lo[0]
    best, worst = index.rank_interval(ends)
    assert (best.tolist(), worst.tolist()) == ([1, 1, 1], [2, 3, 2])
    opens = [printed.open_ends(x, 1, "half_up") for x in (6.5, 6.4, 6.5)]
    best, worst = index.rank_interval(ends, open_lo=[o[0] for o in opens], open_hi=[o[1] for o in opens])
    assert (best.tolist(), worst.tolist()) == ([1, 3, 1], [2, 3, 2])


@pytest.mark.parametrize("decimals", [-2, 0, 1, 3, 6])
def test_rank_intervals_of_decimals_are_those_of_whole_numbers(decimals):
    """Units of half a last place are whole numbers, in which nothing is rounded."""
    units = np.random.default_rng(decimals + 5).integers(-40, 40, 300)
    figures = np.array([float(f"{u}e{-decimals}") for u in units])
    found = index.rank_interval(printed.unround(figures, decimals))
    exact = index.rank_interval(2.0 * units - 1, 2.0 * units + 1)
    np.testing.assert_array_equal(found, exact)


# ---- the reference: ASEM, from the treated data on ----


def table(path):
    with open(path, encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return rows[0][1:], np.array([[float(cell) for cell in row[1:]] for row in rows[1:]])


@pytest.fixture(scope="module")
def asem(shared):
    folder = shared / "vectors/asem"
    with open(folder / "ASEM_iMeta.csv", encoding="utf-8") as file:
        meta = [row for row in csv.DictReader(file) if row["Type"] in ("Indicator", "Aggregate")]
    names, treated = table(folder / "ASEM_Treated.csv")
    signs = {row["iCode"]: "higher" if row["Direction"] == "1" else "lower" for row in meta}
    structure = [(row["iCode"], row["Parent"], float(row["Weight"])) for row in meta]
    return folder, names, treated, [signs[name] for name in names], structure


def test_asem_is_normalised_as_the_reference(asem):
    folder, names, treated, directions, _ = asem
    reference_names, reference = table(folder / "ASEM_Normalised.csv")
    assert reference_names == names and reference.shape == (51, 49)
    found = index.normalise(treated, direction=directions, scale=(0, 100))
    np.testing.assert_allclose(found, reference, rtol=1e-12, atol=0)


def test_asem_is_aggregated_as_the_reference(asem):
    folder, names, treated, directions, structure = asem
    columns, reference = table(folder / "ASEM_Aggregated.csv")
    normalised = index.normalise(treated, direction=directions, scale=(0, 100))
    scores = index.aggregate_tree(dict(zip(names, normalised.T)), structure)
    assert len(scores) == 11 and set(scores) == set(columns) - set(names)
    for name, score in scores.items():
        np.testing.assert_allclose(score, reference[:, columns.index(name)], rtol=1e-12)
    # The same by effective weights in one step.
    effective = index.effective_weights(structure)
    flat = index.aggregate(normalised, [effective[name] for name in names])
    np.testing.assert_allclose(flat, scores["Index"], rtol=1e-12)


def test_asem_weights(asem):
    folder, names, treated, directions, structure = asem
    effective = index.effective_weights(structure)
    with open(folder / "ASEM_eff_weights.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 60
    for row in rows:
        assert effective[row["iCode"]] == pytest.approx(float(row["EffWeight"]), rel=1e-12)
    with open(folder / "ASEM_pca_weights.csv", encoding="utf-8") as file:
        reference = {row["iCode"]: float(row["Weight"]) for row in csv.DictReader(file)}
    normalised = index.normalise(treated, direction=directions)
    checked = 0
    for group in {parent for name, parent, _ in structure if name in names}:
        members = [name for name, parent, _ in structure if parent == group]
        data = normalised[:, [names.index(name) for name in members]]
        loadings = index.principal_components(data).loadings[0]
        given_loadings = np.array([reference[name] for name in members])
        given_loadings *= math.copysign(1, given_loadings @ loadings)  # a component has no sign of its own
        np.testing.assert_allclose(loadings, given_loadings, rtol=1e-12)
        np.testing.assert_allclose(index.weights(data, "pca"), loadings / loadings.sum(), rtol=1e-12)
        checked += len(members)
    assert checked == 49


LPI = {
    "minmax": {"scale": (0, 100)},
    "z": {"method": "z"},
    "d2max": {},
    "d2ref": {"method": "target", "target": 2.807685, "clip": False},  # the figure of the region BGR
    "d2t": {"method": "target", "target": 3.5},
    "d2tneg": {"method": "target", "target": 3.0, "direction": "lower", "clip": False},
    "fracmax": {"method": "max"},
    "prank": {"method": "percentile"},
    "rank": {"method": "rank"},
    "gp": {"method": "goalposts", "goalposts": (2.5, 4)},
    "scaled": {"method": "goalposts", "goalposts": (1, 5), "scale": (0, 100)},
}


def test_every_normalisation_of_the_reference(asem):
    names, reference = table(asem[0] / "ASEM_LPI_normalised.csv")
    assert set(names) == {"x", "borda", *LPI}
    for name, keywords in LPI.items():
        found = index.normalise(reference[:, 0], **keywords)
        np.testing.assert_allclose(found, reference[:, names.index(name)], rtol=1e-12, atol=1e-12)
    np.testing.assert_array_equal(
        R(reference[:, 0], direction="lower") - 1, reference[:, names.index("borda")]
    )


def test_entropy_of_the_shared_row(shared):
    """Zeros in entropy weights: 0 ln 0 is 0."""
    with open(shared / "vectors/grim_rounding.csv", encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file) if row["test"] == "entropy with zeros")
    data = [[0, 0.2, 0.9], [0.5, 1, 0], [1, 0, 1], [0.3, 0.4, 0.5]]
    expected = [float(cell) for cell in row["expected"].split()[:3]]
    np.testing.assert_allclose(index.weights(data), expected, atol=5e-9)


# ---- against formulas written down again ----

figure = st.one_of(st.integers(-50, 50).map(float), st.floats(-1e6, 1e6).map(lambda x: round(x, 3)))
level = st.one_of(st.integers(0, 20).map(float), st.floats(0, 1e6).map(lambda x: round(x, 3)))


def matrix(cells, least=1, most=9):
    return st.tuples(st.integers(least, most), st.integers(1, 5)).flatmap(
        lambda shape: st.lists(
            st.lists(cells, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
        )
    )


@settings(max_examples=150, deadline=None)
@given(matrix(figure), st.sampled_from([-8.0, 0.25, 64.0]), st.sampled_from([-32.0, 0.0, 1024.0]))
def test_normalisations_do_not_know_units(data, factor, shift):
    """Powers of two, so that nothing is rounded anew but the shifted figures."""
    data = np.round(np.array(data) * 8) / 8
    moved = data * factor + shift
    direction = "higher" if factor > 0 else "lower"
    for method in ("minmax", "percentile", "rank"):
        found = index.normalise(moved, method, direction=direction)
        np.testing.assert_allclose(found, index.normalise(data, method), rtol=1e-9, atol=1e-9)
        if method != "rank":
            assert np.all((found >= 0) & (found <= 1))
    z = index.normalise(moved, "z", direction=direction)
    np.testing.assert_allclose(z, index.normalise(data, "z"), rtol=1e-6, atol=1e-6, equal_nan=True)


@settings(max_examples=150, deadline=None)
@given(matrix(level, least=2))
def test_weights_are_those_of_the_formulas(data):
    data = np.array(data)
    for method in ("entropy", "variation", "critic"):
        found = index.weights(data, method)
        assert found.sum() == pytest.approx(1) and np.all(found >= 0)
        with np.errstate(all="ignore"):
            if method == "entropy":
                p = data / data.sum(axis=0)
                terms = np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0)
                d = np.where(data.sum(axis=0) > 0, 1 + terms.sum(axis=0) / math.log(len(data)), 0)
            elif method == "variation":
                d = np.where(data.std(axis=0) > 0, data.std(axis=0, ddof=1) / data.mean(axis=0), 0)
            else:
                r = np.nan_to_num(np.corrcoef(data.T).reshape(data.shape[1], -1))
                np.fill_diagonal(r, 1)
                d = data.std(axis=0, ddof=1) * (1 - r).sum(axis=0)
        if d.sum() > 1e-6 * max(1, d.max(initial=0)):  # else it is rounding that would be compared
            np.testing.assert_allclose(found, d / d.sum(), rtol=1e-5, atol=1e-7)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(level, st.integers(0, 4)), min_size=1, max_size=8).filter(
        lambda x: any(w for _, w in x)
    )
)
def test_means_are_in_order_and_within(pairs):
    values, given_weights = (np.array(part, float) for part in zip(*pairs))
    means = [A(values, given_weights, method) for method in ("harmonic", "geometric", "arithmetic")]
    used = values[given_weights > 0]
    slack = 1e-9 * (1 + used.max())
    assert (
        used.min() - slack <= means[0] <= means[1] + slack <= means[2] + 2 * slack <= used.max() + 3 * slack
    )
    np.testing.assert_allclose(A(values * 4, given_weights), means[2] * 4, rtol=1e-12)
    mpi = A(values + 1, given_weights, "mpi")
    assert mpi <= means[2] + 1 + slack


@settings(max_examples=100, deadline=None)
@given(matrix(level, least=2), st.sampled_from(["standard", "corrected"]))
def test_coupling_lies_between_nothing_and_all(data, variant):
    data = np.array(data) / 1e6
    c, t, d = index.coupling(data, variant=variant)
    assert np.all((c >= 0) & (c <= 1) & (d <= 1))
    np.testing.assert_allclose(d**2, c * t, rtol=1e-12, atol=1e-15)
    same = np.repeat(data[:, :1], 3, axis=1)
    np.testing.assert_allclose(index.coupling(same, variant=variant).coupling, 1, rtol=1e-7)


@settings(max_examples=100, deadline=None)
@given(matrix(st.integers(0, 3).map(float), least=2))
def test_outranking_by_definition(data):
    data = np.array(data)
    given_weights = np.arange(1.0, data.shape[1] + 1)
    wins = np.sign([[(np.sign(a - b) * given_weights).sum() for b in data] for a in data]).sum(axis=1)
    np.testing.assert_array_equal(A(data, given_weights, "copeland"), wins)
    lengths = np.sqrt((data**2).sum(axis=0))
    scaled = given_weights * data / np.where(lengths > 0, lengths, 1)
    best = np.sqrt(((scaled - scaled.max(axis=0)) ** 2).sum(axis=1))
    worst = np.sqrt(((scaled - scaled.min(axis=0)) ** 2).sum(axis=1))
    expected = np.where(best + worst > 0, worst / np.where(best + worst > 0, best + worst, 1), 0.5)
    np.testing.assert_allclose(A(data, given_weights, "topsis"), expected, rtol=1e-12, atol=1e-15)


@settings(max_examples=60, deadline=None)
@given(matrix(figure, least=3))
def test_components_diagonalise_the_correlations(data):
    data = np.array(data)
    eigenvalues, loadings = index.principal_components(data)
    correlations = np.asarray(_core.correlation(data))
    rebuilt = loadings.T @ np.diag(eigenvalues) @ loadings
    np.testing.assert_allclose(rebuilt, correlations, atol=1e-12)
    np.testing.assert_allclose(loadings @ loadings.T, np.eye(len(loadings)), atol=1e-12)
    assert np.all(np.diff(eigenvalues) <= 0) and np.all(loadings.sum(axis=1) >= -1e-12)


# ---- ranks ----


@pytest.mark.parametrize("ties", index.TIES)
def test_ranks_are_those_of_scipy(ties):
    stats = pytest.importorskip("scipy.stats")
    rng = np.random.default_rng(1)
    for size in (1, 2, 5, 100, 1000):
        values = rng.integers(0, size, (3, size)).astype(float)
        expected = [stats.rankdata(-row, method=ties) for row in values]
        np.testing.assert_array_equal(R(values, ties=ties, axis=1), expected)
        np.testing.assert_array_equal(R(values.T, ties=ties), np.transpose(expected))


ends = st.tuples(st.integers(0, 5), st.integers(0, 5), st.booleans(), st.booleans())


@settings(max_examples=250, deadline=None)
@given(st.lists(ends, min_size=1, max_size=8), st.sampled_from(["higher", "lower"]))
def test_rank_intervals_by_force(boxes, direction):
    """All choices of a point near both ends and one in between; whole numbers leave room beside open ends."""
    lo = np.array([min(a, b) for a, b, _, _ in boxes], float)
    hi = np.array([max(a, b) for a, b, _, _ in boxes], float)
    open_lo = np.array([o for _, _, o, _ in boxes]) & (lo < hi)
    open_hi = np.array([o for _, _, _, o in boxes]) & (lo < hi)
    points = np.stack([np.where(open_lo, lo + 0.1, lo), (lo + hi) / 2, np.where(open_hi, hi - 0.1, hi)])
    choices = np.array(list(itertools.product(range(3), repeat=len(boxes))))
    drawn = points[choices, np.arange(len(boxes))]
    drawn = drawn if direction == "higher" else -drawn
    ranks = 1 + (drawn[:, None, :] > drawn[:, :, None]).sum(axis=2)
    best, worst = index.rank_interval(lo, hi, open_lo=open_lo, open_hi=open_hi, direction=direction)
    np.testing.assert_array_equal(best, ranks.min(axis=0))
    np.testing.assert_array_equal(worst, ranks.max(axis=0))


def test_rank_intervals_of_printed_figures_hold_the_true_ranks():
    rng = np.random.default_rng(5)
    truth = rng.normal(6, 1, (20, 31))
    best, worst = index.rank_interval(printed.unround(truth.round(1), 1), axis=1)
    ranks = R(truth, axis=1)
    assert np.all((best <= ranks) & (ranks <= worst)) and np.any(best < worst)
    exact = index.rank_interval(truth, truth, axis=1)
    np.testing.assert_array_equal(exact.best, ranks)
    np.testing.assert_array_equal(exact.worst, ranks)


def test_rank_intervals_of_many_take_no_time():
    """A hundred thousand intervals: all pairs would be 1e10."""
    lo = np.random.default_rng(2).random(100_000)
    best, worst = index.rank_interval(lo, lo + 1e-4)
    np.testing.assert_array_equal(best, 1 + len(lo) - np.searchsorted(np.sort(lo), lo + 1e-4, side="right"))
    assert np.all(worst >= best)


# ---- how sure ranks are ----


def test_philox_is_that_of_numpy():
    rng = np.random.default_rng(3)
    for _ in range(50):
        counter = [int(word) for word in rng.integers(0, 2**64, 4, dtype=np.uint64)]
        key = [int(word) for word in rng.integers(0, 2**64, 2, dtype=np.uint64)]
        words = (np.array(part, np.uint64) for part in (key, counter))
        drawn = np.random.Philox(**dict(zip(("key", "counter"), words))).random_raw(4)
        raised = sum(word << 64 * k for k, word in enumerate(counter)) + 1  # NumPy counts before it draws
        words = tuple(raised >> 64 * k & (2**64 - 1) for k in range(4))
        assert _core.philox(words, tuple(key)) == tuple(int(word) for word in drawn)


def stream(seed, draw, count):
    """The numbers of one draw, from NumPy's Philox: counter (block, draw, 0, 0), key (seed, 1)."""
    words = [_core.philox((block, draw, 0, 0), (seed, 1)) for block in range(count // 4 + 1)]
    return [((word >> 12) + 0.5) * 2.0**-52 for block in words for word in block][:count]


@pytest.mark.parametrize("weight_draw", ["fixed", "noise", "simplex"])
@pytest.mark.parametrize("intervals", [False, True])
def test_a_study_is_what_it_says(weight_draw, intervals):
    """The same draws by hand: choice of the scaling, weights, figures, in this order."""
    rng = np.random.default_rng(8)
    lo = rng.integers(0, 9, (7, 3)).astype(float)
    hi = lo + 1.5
    draws, seed, base = 40, 11, np.array([1.0, 2.0, 0.5])
    kinds = ("minmax", "z", "rank")
    study = index.rank_distribution(
        printed.Interval(lo, hi) if intervals else lo, base, draws=draws, seed=seed, weight_draw=weight_draw,
        spread=0.5, normalisations=kinds, direction=["higher", "lower", "higher"], threads=2,
    )  # fmt: skip
    signs = np.array([1, -1, 1])
    counts = np.zeros((7, 7), int)
    for d in range(draws):
        units = stream(seed, d, 1 + 3 + 21)
        kind, units = int(units[0] * 3), units[1:]
        part = np.ones(3)
        if weight_draw != "fixed":
            part, units = np.array(units[:3]), units[3:]
            part = 1 + 0.5 * (2 * part - 1) if weight_draw == "noise" else -np.log(part)
        figures = lo * signs
        if intervals:
            ends_low, ends_high = np.minimum(lo * signs, hi * signs), np.maximum(lo * signs, hi * signs)
            figures = ends_low + (ends_high - ends_low) * np.reshape(units[:21], (3, 7)).T
        method = ("minmax", "z", "percentile")[kind]
        scores = (index.normalise(figures, method) * base * part).sum(axis=1)
        counts[np.arange(7), R(scores).astype(int) - 1] += 1
    differ = np.abs(counts - study.counts).sum()
    assert study.counts.sum() == 7 * draws and differ <= 4  # sums in another order may break a tie
    if intervals:
        assert differ == 0


def test_counts_do_not_depend_on_threads_and_follow_the_seed():
    data = np.random.default_rng(4).random((60, 8))
    studies = [
        index.rank_distribution(data, draws=3000, seed=seed, threads=threads).counts
        for seed, threads in ((1, 1), (1, 3), (1, 7), (2, 1))
    ]
    np.testing.assert_array_equal(studies[0], studies[1])
    np.testing.assert_array_equal(studies[0], studies[2])
    assert (studies[0] != studies[3]).any()
    assert np.all(studies[0].sum(axis=1) == 3000)


def test_first_draws_are_the_same_when_there_are_more():
    data = np.random.default_rng(4).random((5, 3))
    few, many = (index.rank_distribution(data, draws=n, seed=9).counts for n in (100, 150))
    assert np.all(many >= few)


def test_quantiles_of_counts_are_those_of_numpy():
    data = np.random.default_rng(6).random((9, 4))
    study = index.rank_distribution(data, draws=500, weight_draw="simplex")
    for i, row in enumerate(study.counts):
        ranks = np.repeat(np.arange(1.0, 10), row)
        for q in (0, 0.05, 0.33, 0.5, 0.95, 1):
            assert study.quantile(q)[i] == pytest.approx(np.quantile(ranks, q), rel=1e-14)
        assert study.mean()[i] == pytest.approx(ranks.mean())
        assert study.within(3)[i] == pytest.approx((ranks <= 3).mean())


def test_weights_on_the_simplex_are_even():
    """Three corners: each has the largest weight in a third of the draws."""
    counts = index.rank_distribution(
        np.eye(3), draws=30_000, weight_draw="simplex", normalisations=("none",)
    ).counts
    np.testing.assert_allclose(counts / 30_000, 1 / 3, atol=0.015)


def test_studies_without_figures():
    data = [[1.0, NAN], [NAN, NAN], [3.0, 5.0]]
    with pytest.raises(ValueError, match="3 figures are missing"):
        index.rank_distribution(data)
    study = index.rank_distribution(data, draws=10, missing="omit")
    assert study.counts.sum(axis=1).tolist() == [10, 0, 10]
    assert np.isnan(study.quantile(0.5)[1]) and np.isnan(study.mean()[1]) and np.isnan(study.within(1)[1])
    assert index.rank_distribution(data, draws=0, missing="omit").counts.sum() == 0
    assert index.rank_distribution(np.empty((0, 2))).counts.shape == (0, 0)
    assert np.isnan(index.rank_distribution(np.empty((2, 0)), weights=[]).quantile(0.5)).all()


@pytest.mark.parametrize("keywords", [
    {"draws": -1}, {"spread": 1.5}, {"seed": -1}, {"seed": 2**64}, {"threads": 0}, {"normalisations": ()},
    {"normalisations": "minmax"}, {"normalisations": ("min",)}, {"weight_draw": "normal"}, {"weights": [1, -1]},
    {"weights": [0, 0]}, {"weights": [1]}, {"method": "harmonic"}, {"direction": "up"},
    {"method": "geometric", "normalisations": ("z",)}, {"method": "geometric", "direction": "lower",
                                                       "normalisations": ("none",)},
])  # fmt: skip
def test_studies_refuse_what_makes_no_sense(keywords):
    with pytest.raises(ValueError):
        index.rank_distribution([[1.0, 2.0], [3.0, 4.0]], **keywords)


def test_the_lock_is_not_held():
    """Another thread counts while a study runs; with the lock held it could not."""
    data, done, counted = np.random.default_rng(1).random((200, 20)), threading.Event(), []

    def count():
        while not done.is_set():
            counted.append(1)

    other = threading.Thread(target=count)
    other.start()
    try:
        before = len(counted)
        _core.rank_study(data, None, np.ones(20), 1, 0.25, 2, 0.0, 1.0, False, 1, 3000, 1)
        during = len(counted) - before
    finally:
        done.set()
        other.join()
    assert during > 1000


# ---- what is handed in ----


def test_strides_types_and_read_only_data():
    data = np.random.default_rng(7).integers(1, 50, (8, 6))
    plain = data.astype(float)
    views = [plain[::-1][::-1], np.asfortranarray(plain), plain.astype(">f8"), data, data.astype(np.int8),
             plain.tolist(), np.repeat(plain, 2, axis=1)[:, ::2]]  # fmt: skip
    frozen = plain.copy()
    frozen.flags.writeable = False
    packed = np.zeros(plain.shape, dtype=[("pad", "i1"), ("x", "f8")])
    packed["x"] = plain
    for view in (*views, frozen, packed["x"]):
        np.testing.assert_array_equal(index.normalise(view), index.normalise(plain))
        np.testing.assert_array_equal(index.weights(view), index.weights(plain))
        np.testing.assert_array_equal(A(view, None, "topsis"), A(plain, None, "topsis"))
        np.testing.assert_array_equal(R(view), R(plain))
        study = index.rank_distribution(view, draws=50).counts
        np.testing.assert_array_equal(study, index.rank_distribution(plain, draws=50).counts)
    np.testing.assert_array_equal(R(plain[::-1]), R(plain)[::-1])
    np.testing.assert_allclose(index.weights(plain[:, ::-1], "critic"), index.weights(plain, "critic")[::-1])


def test_panels_are_pages():
    panel = np.random.default_rng(7).random((4, 8, 3))
    for method in ("minmax", "z", "rank"):
        pages = index.normalise(panel, method, axis=1)
        np.testing.assert_array_equal(pages[2], index.normalise(panel[2], method))
    pooled = index.normalise(panel, axis=(0, 1))
    np.testing.assert_allclose(pooled.reshape(32, 3), index.normalise(panel.reshape(32, 3)))
    for method in ("arithmetic", "topsis", "copeland", "mpi"):
        np.testing.assert_allclose(A(panel, None, method)[1], A(panel[1], None, method))


def test_data_frames_keep_their_labels():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"gdp": [3.0, 1.0, 2.0], "co2": [5.0, 9.0, 7.0]}, index=["a", "b", "c"])
    normalised = index.normalise(frame, direction=["higher", "lower"])
    assert list(normalised.columns) == ["gdp", "co2"] and normalised.loc["a"].tolist() == [1.0, 1.0]
    assert index.weights(normalised)["co2"] == pytest.approx(0.5, abs=0.2)
    scores = index.aggregate(normalised)
    assert scores["b"] == 0.0 and index.rank(scores)["c"] == 2.0
    assert index.coupling(normalised).degree["a"] == 1.0
    assert index.rank_interval(scores - 0.1, scores + 0.1).best["a"] == 1.0
    assert index.rank_distribution(frame, draws=10).quantile(0.5)["a"] in (1.0, 2.0, 3.0)
    assert index.rank_change(scores, scores).change["a"] == 0.0
    empty = index.aggregate(frame[[]])
    assert empty.index.tolist() == ["a", "b", "c"] and empty.isna().all()


def test_nothing_in_nothing_out():
    assert index.normalise(np.empty((0, 3))).shape == (0, 3)
    assert index.normalise(np.empty((3, 0)), "z").shape == (3, 0)
    assert R([]).shape == (0,)
    assert index.rank_interval([], []).best.shape == (0,)
    assert np.isnan(index.weights(np.empty((0, 2)))).all()
    assert index.weights(np.empty((2, 0))).shape == (0,)
    assert A(np.empty((0, 3))).shape == (0,) and np.isnan(A(np.empty((2, 0)))).all()
    assert index.aggregate_tree({}, []) == {} and index.effective_weights([]) == {}


EDGES = [
    (lambda: N([INF, 1.0, 2.0]), [NAN, 0, 1]),
    (lambda: N([NAN, NAN]), [NAN, NAN]),
    (lambda: N([1.7e308, -1.7e308, 0.0]), [1, 0, 0.5]),
    (lambda: N([5.0, 6.0], "target", target=5.0), [0.5, 0.5]),
    (lambda: N([1.0], "z"), [0]),
    (lambda: N([1.0, 2.0], "z", ddof=2), [NAN, NAN]),
    (lambda: N([1.0], "percentile"), [0.5]),
    (lambda: W([[1.0, -1.0], [2.0, 3.0]]), [NAN, NAN]),
    (lambda: W([[1.0, NAN], [2.0, 3.0]], missing="nan"), [NAN, NAN]),
    (lambda: W([[0.0, 0.0], [0.0, 0.0]]), [0.5, 0.5]),
    (lambda: W([[NAN, 1.0], [NAN, 2.0]]), [0, 1]),
    (lambda: W([[1.0, -1.0], [2.0, 1.0]], "variation"), [NAN, NAN]),
    (lambda: A([[1.0, 2.0], [NAN, 1.0]], None, "topsis"), [1, NAN]),
    (lambda: A([[NAN, NAN]], None, missing="omit"), [NAN]),
    (lambda: np.stack(C([-0.1, 0.5])), [NAN, NAN, NAN]),
    (lambda: C([0.4]).coupling, 1),
    (lambda: index.rank_interval([3.0, 1.0], [2.0, 1.0]).best, [NAN, 1]),
    (lambda: index.rank_interval([-INF, 1.0], [INF, 1.0]).worst, [2, 2]),
    (lambda: index.rank_interval([-INF, 0.0], [-1.0, 0.0]).best, [2, 1]),
    (lambda: index.rank_interval([-INF, -INF, 0.0], [-5.0, INF, 0.0]).worst, [3, 3, 2]),
    (lambda: index.rank_interval([1.0], [1.0], open_lo=True).best, [NAN]),
]


@pytest.mark.parametrize("case", range(len(EDGES)))
def test_edges(case, recwarn):
    function, expected = EDGES[case]
    with np.errstate(all="raise"):
        np.testing.assert_allclose(function(), expected, rtol=1e-14)
    assert not recwarn.list


REFUSED = [
    (lambda: N([1.0], "minimax"), ValueError, "method"),
    (lambda: N(["x", "y"]), TypeError, "values must be numbers"),
    (lambda: N(5.0), ValueError, "1 dimensions at least"),
    (lambda: N([1.0], axis=1), ValueError, "axis"),
    (lambda: N([[1.0]], axis=(0, 0)), ValueError, "axis"),
    (lambda: N([1.0], "goalposts"), ValueError, "goalposts"),
    (lambda: N([1.0], goalposts=(1, 2)), ValueError, "goalposts"),
    (lambda: N([1.0], "target"), ValueError, "target"),
    (lambda: N([1.0], direction="better"), ValueError, "direction"),
    (lambda: N([NAN, 1.0], missing="raise"), ValueError, r"1 figures are missing, the first at \(0,\)"),
    (lambda: N([1.0], missing="nan"), ValueError, "missing"),
    (lambda: W([1.0]), ValueError, "dimensions"),
    (lambda: W(np.ones((2, 2, 2))), ValueError, "2 dimensions, not 3"),
    (lambda: W([[1.0]], "given"), ValueError, "method"),
    (lambda: W([[NAN]], missing="raise"), ValueError, "missing"),
    (lambda: A([1.0, 2.0], [1.0]), ValueError, "2 numbers"),
    (lambda: A([1.0, 2.0], [1.0, -1.0]), ValueError, "not below 0"),
    (lambda: A([1.0, 2.0], [0.0, 0.0]), ValueError, "not all 0"),
    (lambda: A([1.0, 2.0], ["a", "b"]), TypeError, "weights must be numbers"),
    (lambda: A([1.0, NAN], missing="raise"), ValueError, "missing"),
    (lambda: A([1.0, 2.0], None, "topsis"), ValueError, "compares regions"),
    (lambda: A([[1.0, NAN]], None, "topsis", missing="omit"), ValueError, "cannot leave out"),
    (lambda: A([1.0], least=2), ValueError, "least"),
    (lambda: C([0.5], variant="x"), ValueError, "variant"),
    (lambda: R([1.0], ties="first"), ValueError, "ties"),
    (lambda: index.rank_interval([1.0]), ValueError, "both ends"),
    (lambda: index.rank_interval([1.0], [1.0, 2.0]), ValueError, "shape"),
    (lambda: index.rank_change([1.0], [1.0, 2.0]), ValueError, "shape"),
    (lambda: index.effective_weights([("a", "b", 1), ("b", "a", 1)]), ValueError, "above itself"),
    (lambda: index.effective_weights([("a", "x", 1)]), ValueError, "not in the structure"),
    (lambda: index.effective_weights([("a", "", 1), ("a", "", 1)]), ValueError, "twice"),
    (lambda: index.aggregate_tree({}, [("a", "x", 1), ("x", "", 1)]), KeyError, "a"),
    (lambda: _core.outrank([[1.0, 2.0]], [1.0], 0), ValueError, "weights has 1 elements, not 2"),
    (lambda: _core.index_weights([[1.0]], 9), ValueError, "invalid argument"),
    (lambda: _core.index_weights([1.0], 0), ValueError, "depth|dimension"),
    (lambda: index.rank_distribution([[INF]]), ValueError, "finite"),
    (lambda: index.rank_distribution([1.0]), ValueError, "dimensions"),
]


@pytest.mark.parametrize("case", range(len(REFUSED)))
def test_what_is_refused(case):
    function, exception, words = REFUSED[case]
    with pytest.raises(exception, match=words):
        function()


def test_examples():
    result = doctest.testmod(index)
    assert result.failed == 0 and result.attempted > 20
