"""Inequality, convergence, decompositions of change, paths: hand-checked cases, shared rows, properties."""

import csv
import doctest
import itertools
import math

import numpy as np
import pytest
from czreport import _core, disparity
from hypothesis import assume, given, settings
from hypothesis import strategies as st

NAN, INF = math.nan, math.inf
G, T, D = disparity.gini, disparity.theil, disparity.decoupling
LN2 = math.log(2)
MEN = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
FIVE = [10, 10, 10, 20, 50]


def theil_parts(*args, **keywords):
    return disparity.theil_groups(*args, **keywords)[:3]


def dagum_parts(*args):
    return disparity.dagum(*args)[:4]


def shifts(*args):
    return np.stack(disparity.shift_share(*args)[:3])


def state(*args):
    code = D(*args).state
    return disparity.DECOUPLING[code] if code >= 0 else ""


# Worked out by hand. Each line: function, arguments, keywords, result.
CASES = [
    (G, (FIVE,), {}, 0.36),
    (G, ([1, 1, 1],), {}, 0),
    (G, ([0, 0, 0, 1],), {}, 0.75),
    (G, ([0, 1], [3, 1]), {}, 0.75),
    (G, ([3, 1],), {}, 0.25),
    (G, ([1, NAN, 3],), {}, NAN),
    (G, ([1, NAN, 3],), {"missing": "omit"}, 0.25),
    (G, ([1, NAN, 3], [1, 0, 1]), {}, 0.25),
    (G, ([[1, 3], [2, 2]],), {}, [0.25, 0]),
    (G, ([[1, 3], [2, 2]],), {"axis": 0}, [1 / 6, 0.1]),
    (G, ([0, 0],), {}, NAN),
    (G, ([-1, 5],), {}, NAN),
    (T, ([0, 2],), {}, LN2),
    (T, ([0, 0, 0, 1],), {}, 2 * LN2),
    (T, ([1, 3],), {}, (math.log(0.5) + 3 * math.log(1.5)) / 4),
    (T, ([1, 3],), {"kind": "L"}, -math.log(0.75) / 2),
    (T, ([0, 2],), {"kind": "L"}, INF),
    (T, ([0.1, 0.1, 0.1],), {}, 0),
    (T, ([1, 4], [2, 1]), {"kind": "L"}, (2 * LN2 - LN2) / 3),
    (theil_parts, ([1, 1, 3, 3], list("wwee")), {}, [(math.log(0.5) + 3 * math.log(1.5)) / 4] * 2 + [0]),
    (theil_parts, ([1, 3, 2, 2], list("wwee")), {"kind": "L"}, [-math.log(0.75) / 4, 0, -math.log(0.75) / 4]),
    (theil_parts, ([1, NAN], list("we")), {}, [NAN] * 3),
    (dagum_parts, ([1, 3, 2, 6], list("wwee")), {}, [1 / 3, 1 / 8, 1 / 6, 1 / 24]),
    (dagum_parts, ([1, 1, 3, 3], list("wwee")), {}, [0.25, 0, 0.25, 0]),
    (dagum_parts, ([1, 3], list("we"), [3, 1]), {}, [0.25, 0, 0.25, 0]),
    (dagum_parts, ([1, 3, 1, 3], list("wwee")), {}, [0.25, 0.125, 0, 0.125]),
    (disparity.atkinson, ([1, 4],), {}, 0.1),
    (disparity.atkinson, ([1, 4], None, 1), {}, 0.2),
    (disparity.atkinson, ([1, 4], None, 2), {}, 0.36),
    (disparity.atkinson, ([1, 4], None, 0), {}, 0),
    (disparity.atkinson, ([0, 4], None, 1), {}, 1),
    (disparity.atkinson, ([0, 4],), {}, 0.5),
    (disparity.hoover, (FIVE,), {}, 0.3),
    (disparity.hoover, ([1, 3], [3, 1]), {}, 0.25),
    (disparity.variation, ([1, 3],), {}, 0.5),
    (disparity.variation, ([1, 3],), {"ddof": 1}, math.sqrt(0.5)),
    (disparity.variation, ([-1, 1],), {}, NAN),
    (disparity.variation, ([5],), {}, 0),
    (disparity.variation, ([5],), {"ddof": 1}, NAN),
    (disparity.williamson, ([1, 3], [3, 1]), {}, math.sqrt(0.75) / 1.5),
    (disparity.williamson, ([1, 3], [3, 1]), {"about": "simple"}, 1 / 1.5),
    (disparity.sigma_convergence, ([[1, 3], [2, 3]], "sd"), {}, [1, 0.5]),
    (disparity.sigma_convergence, ([[1, math.e**2]],), {}, [1]),
    (disparity.sigma_convergence, ([[1, math.e**2]], "log_cv"), {}, [1]),
    (disparity.sigma_convergence, ([[1, -3]],), {}, [NAN]),
    (disparity.beta_convergence, ([1, 2, 4], [2, 2, 2], 1), {}, [LN2, -1, 0, 1, NAN, NAN, 3]),
    (disparity.beta_convergence, ([1, 4, 0], [2, 4, 5], 2), {},
     [LN2 / 2, -0.25, NAN, 1, LN2 / 2, 2, 2]),
    (disparity.gamma_convergence, ([[1, 2, 3], [2, 4, 9]],), {}, 1),
    (disparity.gamma_convergence, ([[1, 2], [2, 1]],), {}, 0),
    (disparity.delta_convergence, ([[1, 2, 4], [4, 4, 4]],), {}, [5, 0]),
    (disparity.delta_convergence, ([1, 2, NAN],), {"missing": "omit", "direction": "lower"}, 1),
    (disparity.log_mean, (2, 1), {}, 1 / LN2),
    (disparity.log_mean, ([0, 5, -1], [5, 5, 1]), {}, [0, 5, NAN]),
    (disparity.lmdi, ([[2, 3]], [[4, 3]]), {}, [6, 0]),
    (disparity.lmdi, ([[2, 3]], [[4, 3]], "multiplicative"), {}, [2, 1]),
    (disparity.lmdi, ([[1, 1]], [[2, 2]]), {}, [1.5, 1.5]),
    (disparity.lmdi, ([[0, 3]], [[4, 3]]), {}, [12, 0]),
    (disparity.lmdi, ([[0, 0]], [[4, 3]]), {}, [6, 6]),
    (disparity.lmdi, ([[2, 3]], [[0, 3]]), {}, [-6, 0]),
    (disparity.lmdi, ([[2, -3]], [[1, 3]]), {}, [NAN, NAN]),
    (shifts, ([10, 0], [12, 5], [100, 50], [110, 50]), {}, [[2 / 3, 0], [1 / 3, 0], [1, 5]]),
    (shifts, ([10], [12], [0], [110]), {}, [[NAN], [NAN], [NAN]]),
    (lambda *a: D(*a).elasticity, (1, 2), {}, 0.5),
    (lambda *a: D(*a).elasticity, (1, 0), {}, NAN),
    (lambda *a: D(*a).state, ([-1, 0, 1, 2, 3], 2), {}, [0, 1, 1, 2, 3]),
    (lambda *a: D(*a).state, ([-3, -2, -1, 0, 1], -2), {}, [4, 5, 6, 6, 7]),
    (lambda *a: D(*a).state, ([1, NAN, 0, 1], [0, 1, 0, NAN]), {}, [-1] * 4),
    (lambda *a: D(*a, thresholds=(0.4, 0.6)).state, (1, 2), {}, 2),
]  # fmt: skip


@pytest.mark.parametrize(("function", "arguments", "keywords", "expected"), CASES)
def test_by_hand(function, arguments, keywords, expected):
    np.testing.assert_allclose(function(*arguments, **keywords), expected, rtol=1e-14, atol=1e-15)


def test_there_are_fifty_cases():
    assert len(CASES) >= 50


def test_states_have_their_names():
    assert state(-1, 2) == "strong_decoupling" and state(1, -2) == "strong_negative_decoupling"
    assert state(0.8, 1) == state(1.2, 1) == "expansive_coupling" and state(-1, -1) == "recessive_coupling"
    assert state(1.3, 1) == "expansive_negative_decoupling" and state(-1.3, -1) == "recessive_decoupling"
    assert state(1, 2) == "weak_decoupling" and state(-1, -2) == "weak_negative_decoupling"
    assert state(1, 0) == ""


# ---- the rows of the shared tables, every one of them ----


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def data(shared):
    counties = rows_of(shared / "vectors/data/G_counties_gdp.csv")
    names = ["pop2014", *(f"gdppc{year}" for year in range(2010, 2015))]
    columns = {name: np.array([float(row[name]) for row in counties]) for name in names}
    states = rows_of(shared / "vectors/data/emp_20_64_MS.csv")
    columns["states"] = np.array([[float(row[name]) for name in row if name != "time"] for row in states])
    columns["income"] = np.array(
        [float(r["income"]) for r in rows_of(shared / "vectors/data/ilocos_income.csv")]
    )
    return columns


def numbers(text):
    return [
        float(word) for word in text.replace("/", " ").replace(";", " ").split() if word[0] in "0123456789-"
    ]


def measured(row, data):
    """What the row says, computed; and the numbers it states."""
    stat, source = row["stat"], row["data"]
    values = (
        data["income"]
        if "ilocos" in source
        else data["gdppc2014"]
        if "counties" in source
        else data["states"]
        if "emp_" in source
        else [float(word) for word in source.split(":")[-1].split(",")]
    )
    plain = {
        "Gini": G,
        "Theil T": T,
        "Theil L (mean log deviation)": lambda x: T(x, kind="L"),
        "MLD": lambda x: T(x, kind="L"),
        "Atkinson 0.5": disparity.atkinson,
        "Ricci-Schutz": disparity.hoover,
        "Hoover": disparity.hoover,
        "CV": lambda x: disparity.variation(x, ddof=1),
        "Williamson(pop2014)": lambda x: disparity.williamson(x, data["pop2014"], about="simple"),
        "delta 2002..2018 highBest": disparity.delta_convergence,
    }
    if stat in plain:
        return plain[stat](values), numbers(row["value"])
    if stat == "beta OLS 2010-12":
        beta = disparity.beta_convergence(data["gdppc2010"], data["gdppc2012"], 2, speed="reat")
        return [beta.intercept, beta.slope, beta.speed, beta.half_life, beta.r_squared], [
            float(row["value"].split()[k]) for k in (1, 3, 5, 7, 9)
        ]
    if stat == "sigma (CV of log) 2010..2014":
        years = np.array([data[f"gdppc{year}"] for year in range(2010, 2015)])
        return disparity.sigma_convergence(years, "log_cv"), numbers(row["value"])
    if stat == "beta":  # of 2002 to 2006: the only pair of years that gives these numbers
        beta = disparity.beta_convergence(values[0], values[4], 4)
        return [beta.intercept, beta.slope, beta.stderr], numbers(row["value"])
    if stat == "sigma 2002/2016":
        both = values[[0, 14]]
        parts = [disparity.sigma_convergence(both, "sd"), disparity.sigma_convergence(both, "cv")]
        return np.concatenate(parts), numbers(row["value"])
    assert stat == "gamma 2002-2016", f"no test for {row}"
    # convergEU divides by the variance of one year more than it sums: (T / (T + 1))^2 of Boyle and McCarthy.
    return disparity.gamma_convergence(values[:15]) * (15 / 16) ** 2, numbers(row["value"])


def test_rows_on_inequality(shared, data):
    rows = rows_of(shared / "vectors/inequality.csv")
    assert len(rows) >= 21
    for row in rows:
        found, expected = measured(row, data)
        places = min(
            len(word.split(".")[-1])
            for word in row["value"].replace("/", " ").replace(";", " ").split()
            if "." in word
        )
        np.testing.assert_allclose(
            np.ravel(found), expected, rtol=1e-12, atol=0.6 * 10.0**-places, err_msg=str(row)
        )


def sectors(energy, output):
    """Ang's layout: activity, structure, intensity."""
    energy, output = np.array(energy, float), np.array(output, float)
    total = np.full(len(output), output.sum())
    return np.stack([total, output / output.sum(), energy / output], axis=1)


LMDI_YEARS = {
    1971: [[1, 10, 2], [4, 5, 3]],
    1972: [[4, 5, 3], [5, 6, 4]],
    1973: [[8, 2, 4], [5, 7, 5]],
    1974: [[10, 1, 5], [6, 8, 6]],
}
INDUSTRIES = {"A": ([90, 20, 10, 60], [100, 40, 10, 55]), "B": ([60, 30, 30, 40], [85, 55, 40, 35])}
NATION = ([400, 150, 150, 400], [440, 210, 135, 480])


def decomposed(row, shared):
    """Pairs of what is computed and what the row states; the row's words are checked where they are inputs."""
    method, given_input, expected = row["method"], row["input"], row["expected"]
    if method.startswith("LMDI") and "two sectors" in given_input:
        before, after = sectors([30, 20], [10, 40]), sectors([80, 16], [40, 40])
        words = expected.replace(";", " ").split()
        stated = [float(words[k]) for k in (3, 5, 7)], [float(word) for word in words[-3:]]
        return [(disparity.lmdi(before, after), stated[0]),
                (disparity.lmdi(before, after, "multiplicative"), stated[1])]  # fmt: skip
    if method.startswith("LMDI"):
        year = next((y for y in (1971, 1972, 1973) if f"{y}->" in given_input), 1971)
        before, after = LMDI_YEARS[year], LMDI_YEARS[year + 1]
        parts = [part.replace("D ", "").split(":")[-1] for part in expected.split(";")]
        stated = [[float(word) for word in part.split()] for part in parts]
        forms = ["multiplicative"] if "multiplicative" in method else ["additive", "multiplicative"]
        return [(disparity.lmdi(before, after, form), part) for form, part in zip(forms, stated)]
    if method == "zero cases":
        stated = {"vT": 12.0, "-v0": -6.0, "0": 0.0}
        # (v0, vT, x0, xT) with the other factor at 3 (or 0 where v is): the effect of x.
        cases = [((0, 3), (4, 3)), ((2, 3), (0, 3)), ((2, 0), (4, 3)), ((2, 3), (4, 0)), ((2, 0), (4, 0)),
                 ((0, 3), (0, 3)), ((2, 0), (0, 3)), ((0, 3), (4, 0))]  # fmt: skip
        words = expected.replace(",", " ").split()
        return [
            (disparity.lmdi([a], [b])[0], stated[word]) for (a, b), word in zip(cases, words, strict=True)
        ]
    region = given_input[0]
    parts = disparity.shift_share(*INDUSTRIES["B" if region == "B" else "A"], *NATION)
    sums = [part.sum() for part in parts[:3]]
    if method == "Shift-share Dunn":
        stated = numbers(expected.replace("=", " ").replace("NS", " ").replace("IM", " ").replace("RS", " ")
                         .replace("+", " "))  # fmt: skip
        return [([sum(sums), *sums], stated)]
    if method == "Shift-share Gerfin":
        words = expected.split()
        return [(parts[3:], [float(words[k]) for k in (1, 3, 5)])]
    if method == "Shift by industry":
        lists = [numbers(part.replace("NS", "").replace("RS", "")) for part in expected.split(";")]
        return [(parts.national + parts.industry, lists[0]), (parts.regional, lists[1])]
    return None


def test_rows_on_decomposition(shared):
    rows = rows_of(shared / "vectors/decomposition.csv")
    left = []
    for row in rows:
        pairs = decomposed(row, shared) if not row["method"].startswith("Sobol") else None
        if pairs is None:
            left.append(row["method"].split()[0])
            continue
        for found, expected in pairs:
            np.testing.assert_allclose(
                np.ravel(found), np.ravel(expected), rtol=1e-6, atol=1e-9, err_msg=str(row)
            )
    assert left == ["Sobol"]  # sensitivity indices are not a decomposition of change


def test_effects_of_the_reference_to_all_places():
    """The printed rows have ten digits; here against the formula in high precision."""
    from fractions import Fraction

    mp = pytest.importorskip("mpmath")
    with mp.workdps(40):
        for year in (1971, 1972, 1973):
            before, after = LMDI_YEARS[year], LMDI_YEARS[year + 1]
            expected = [mp.mpf(0)] * 3
            for x0, x1 in zip(before, after):
                v0, v1 = math.prod(x0), math.prod(x1)
                mean = (mp.mpf(v1) - v0) / mp.log(mp.mpf(v1) / v0)
                for k in range(3):
                    expected[k] += mean * mp.log(mp.mpf(x1[k]) / x0[k])
            np.testing.assert_allclose(
                disparity.lmdi(before, after), [float(e) for e in expected], rtol=1e-14
            )
            change = sum(Fraction(math.prod(row)) for row in after) - sum(
                Fraction(math.prod(r)) for r in before
            )
            assert disparity.lmdi(before, after).sum() == pytest.approx(float(change), rel=1e-14)


# ---- properties ----

income = st.one_of(st.integers(0, 30).map(float), st.floats(0, 1e7).map(lambda x: round(x, 2)))
people = st.integers(1, 9).map(float)
persons = st.lists(st.tuples(income, people, st.sampled_from("ewsn")), min_size=1, max_size=12)


def unzipped(drawn):
    values, weights, groups = zip(*drawn)
    assume(sum(values) > 1)
    return np.array(values), np.array(weights), list(groups)


MEASURES = [
    G, T, lambda x, w: T(x, w, "L"), disparity.atkinson, lambda x, w: disparity.atkinson(x, w, 1), disparity.hoover,
    disparity.variation, disparity.williamson,
]  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(persons, st.sampled_from([0.25, 1024.0]))
def test_inequality_knows_neither_units_nor_names_nor_size(drawn, factor):
    values, weights, _ = unzipped(drawn)
    for measure in MEASURES:
        found = measure(values, weights)
        assert found >= 0
        assert measure(values * factor, weights) == found
        assert measure(values, weights * factor) == pytest.approx(found, rel=1e-12, abs=1e-15)
        assert measure(values[::-1], weights[::-1]) == pytest.approx(found, rel=1e-9, abs=1e-12)
        people_one_by_one = np.repeat(values, weights.astype(int))
        one_by_one = measure(people_one_by_one, np.ones(len(people_one_by_one)))
        assert one_by_one == pytest.approx(found, rel=1e-9, abs=1e-12)


@settings(max_examples=120, deadline=None)
@given(persons)
def test_inequality_has_its_bounds_and_zero(drawn):
    values, weights, _ = unzipped(drawn)
    n, least = len(values), 1 - weights.min() / weights.sum()
    assert G(values, weights) <= least + 1e-12
    assert disparity.hoover(values, weights) <= least + 1e-12
    assert T(values, weights) <= math.log(weights.sum() / weights.min()) + 1e-12
    assert disparity.atkinson(values, weights) <= 1
    same = np.full(n, values.max())
    for measure in MEASURES:
        assert measure(same, weights) == 0


@settings(max_examples=120, deadline=None)
@given(persons)
def test_gini_and_theil_by_definition(drawn):
    values, weights, _ = unzipped(drawn)
    total, mean = weights.sum(), (weights * values).sum() / weights.sum()
    pairs = (weights[:, None] * weights * np.abs(values[:, None] - values)).sum()
    assert G(values, weights) == pytest.approx(pairs / (2 * total**2 * mean), rel=1e-10, abs=1e-14)
    shares = values / mean
    terms = np.where(shares > 0, shares * np.log(np.where(shares > 0, shares, 1)), 0)
    assert T(values, weights) == pytest.approx((weights * terms).sum() / total, rel=1e-8, abs=1e-12)


@settings(max_examples=120, deadline=None)
@given(persons)
def test_parts_sum_to_the_whole(drawn):
    values, weights, groups = unzipped(drawn)
    for kind in ("T", "L"):
        parts = disparity.theil_groups(values, groups, weights, kind)
        assert parts.total == pytest.approx(T(values, weights, kind), rel=1e-9, abs=1e-12)
        assert parts.between >= 0 and parts.within >= 0
        if math.isfinite(parts.total):
            assert parts.total == pytest.approx(parts.between + parts.within, rel=1e-12)
        assert parts.shares.sum() == pytest.approx(1)
    parts = disparity.dagum(values, groups, weights)
    assert parts.total == pytest.approx(G(values, weights), rel=1e-9, abs=1e-12)
    assert min(parts[1:4]) >= 0
    assert parts.total == pytest.approx(sum(parts[1:4]), rel=1e-12)
    np.testing.assert_array_equal(parts.ginis, parts.ginis.T)
    for k, name in enumerate(parts.groups):
        own = [g == name for g in groups]
        alone = G(values[own], weights[own])
        assert parts.ginis[k, k] == pytest.approx(0 if math.isnan(alone) else alone, rel=1e-9, abs=1e-12)


def test_dagum_by_pairs_of_people():
    """Gini of two groups and the parts, from the definition with all pairs."""
    rng = np.random.default_rng(3)
    values, groups = rng.lognormal(0, 1, 60), rng.integers(0, 3, 60)
    found = disparity.dagum(values, groups)
    means = np.array([values[groups == k].mean() for k in range(3)])
    counts = np.array([(groups == k).sum() for k in range(3)])
    p, s = counts / 60, counts * means / values.sum()
    between = transvariation = 0.0
    for j, h in itertools.combinations(range(3), 2):
        apart = np.abs(values[groups == j][:, None] - values[groups == h]).mean()
        gini = apart / (means[j] + means[h])
        assert found.ginis[j, h] == pytest.approx(gini, rel=1e-12)
        affluence = abs(means[j] - means[h]) / apart  # Dagum's relative economic affluence
        between += gini * (p[j] * s[h] + p[h] * s[j]) * affluence
        transvariation += gini * (p[j] * s[h] + p[h] * s[j]) * (1 - affluence)
    assert found.between == pytest.approx(between, rel=1e-12)
    assert found.transvariation == pytest.approx(transvariation, rel=1e-12)


def test_nearly_equal_figures_keep_their_digits():
    """T of 1 ± d is d^2 / 2 (1 + d^2 / 6 + …): terms that cancel would leave nothing."""
    for d in (1e-3, 1e-6, 1e-9):
        x = np.array([1 - d, 1 + d])
        exact = (x[1] - x[0]) / 2
        assert T(x) == pytest.approx(exact**2 / 2, rel=1e-5)
        assert T(x, kind="L") == pytest.approx(exact**2 / 2, rel=1e-5)
        assert G(x) == pytest.approx(exact / 2, rel=1e-9)


factor = st.one_of(st.just(0.0), st.integers(1, 40).map(float), st.floats(1e-3, 1e3))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(*[factor] * 6), min_size=1, max_size=5))
def test_effects_sum_to_the_change(rows):
    before, after = np.array(rows)[:, :3], np.array(rows)[:, 3:]
    first, last = before.prod(axis=1).sum(), after.prod(axis=1).sum()
    effects = disparity.lmdi(before, after)
    assert effects.sum() == pytest.approx(last - first, rel=1e-9, abs=1e-9 * (first + last))
    ratios = disparity.lmdi(before, after, "multiplicative")
    if first > 0 and last > 0:
        assert ratios.prod() == pytest.approx(last / first, rel=1e-9)
    else:
        assert np.isnan(ratios).all()
    back = disparity.lmdi(after, before)
    np.testing.assert_allclose(back, -effects, rtol=1e-9, atol=1e-9 * (first + last))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(factor, factor, factor), min_size=1, max_size=3), st.randoms())
def test_zeros_are_the_limit_of_small_numbers(rows, random):
    """Ang and Liu: the same small number for every zero. The limit is reached like 1 / ln."""
    before = np.array(rows)
    after = before.copy()
    random.shuffle(after.T[0])
    after[:, 1] = after[::-1, 1]
    effects = disparity.lmdi(before, after)
    small = [np.where(part == 0, 1e-250, part) for part in (before, after)]
    small = [np.where((part == 0).sum(axis=1, keepdims=True) > 1, part, near) for part, near in
             zip((before, after), small)]  # products of two of them are no double any more  # fmt: skip
    scale = 1 + np.abs(before).max() ** 3
    np.testing.assert_allclose(disparity.lmdi(*small), effects, atol=0.05 * scale)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(*[st.floats(1, 1e4)] * 4), min_size=1, max_size=8))
def test_shift_share_sums_to_the_change(rows):
    planes = np.array(rows).T
    parts = disparity.shift_share(*planes)
    change = planes[1].sum() - planes[0].sum()
    assert sum(part.sum() for part in parts[:3]) == pytest.approx(change, abs=1e-8 * planes.sum())
    assert parts.net_ratio == pytest.approx(parts.industry_ratio * parts.regional_ratio, rel=1e-9)
    own = disparity.shift_share(planes[2], planes[3], planes[2], planes[3])
    assert own.industry.sum() == pytest.approx(0, abs=1e-8 * planes.sum())
    np.testing.assert_allclose(own.regional, 0, atol=1e-9 * planes.sum())


def test_beta_is_least_squares():
    stats = pytest.importorskip("scipy.stats")
    rng = np.random.default_rng(2)
    first = rng.lognormal(9, 0.5, 40)
    last = first**0.9 * rng.lognormal(1, 0.05, 40)
    found = disparity.beta_convergence(first, last, 10)
    reference = stats.linregress(np.log(first), np.log(last / first) / 10)
    np.testing.assert_allclose(
        found[:4], [reference.intercept, reference.slope, reference.stderr, reference.rvalue**2], rtol=1e-9
    )
    assert found.speed == pytest.approx(-math.log1p(10 * found.slope) / 10)
    assert found.half_life == pytest.approx(LN2 / found.speed)


# ---- paths ----


def test_paths_are_drawn_as_described():
    """Position of every run from Philox: counter (block, path, 0, 0), key (seed, 2)."""
    growth = np.array([3.0, 8.0, -2.0, 5.0])
    found = disparity.goal_path(growth, 50.0, 60.0, 5, draws=30, block=2, seed=6).paths
    for d in range(30):
        words = [_core.philox((0, d, 0, 0), (6, 2))[k] for k in range(3)]
        starts = [word * 3 >> 64 for word in words]
        rates = [growth[s + k] for s in starts for k in (0, 1)][:5]
        np.testing.assert_allclose(found[d], 50 * np.cumprod(1 + np.array(rates) / 100), rtol=1e-14)


def test_probability_of_a_coin():
    """Up or down by chance: after two years one path in four is up twice, and half end where they began."""
    path = disparity.goal_path([100.0, -50.0], 1.0, 4.0, 2, draws=40_000)
    assert path.probability == pytest.approx(0.25, abs=0.01)
    assert disparity.goal_path([100.0, -50.0], 1.0, 1.0, 2, draws=40_000).probability == pytest.approx(
        0.75, abs=0.01
    )
    low = disparity.goal_path([100.0, -50.0], 1.0, 1.0, 2, direction="lower", draws=40_000)
    assert low.probability == pytest.approx(0.75, abs=0.01)
    np.testing.assert_allclose(low.quantiles[:, 1], [0.25, 0.25, 1, 1, 4], atol=3)
    assert path.paths.shape == (40_000, 2) and path.quantiles.shape == (5, 2)


def test_paths_do_not_depend_on_threads():
    growth = np.random.default_rng(1).normal(6, 2, 15)
    draws = [
        disparity.goal_path(growth, 100.0, 130.0, 5, draws=20_000, block=3, threads=threads).paths
        for threads in (1, 2, 5)
    ]
    np.testing.assert_array_equal(draws[0], draws[1])
    np.testing.assert_array_equal(draws[0], draws[2])


# ---- what is handed in ----


def test_strides_types_and_read_only_data():
    panel = np.random.default_rng(7).integers(1, 50, (6, 9))
    plain = panel.astype(float)
    frozen = plain.copy()
    frozen.flags.writeable = False
    for view in (panel, panel.astype(np.int16), np.asfortranarray(plain), plain.astype(">f8"), frozen,
                 plain.tolist(), np.repeat(plain, 3, axis=1)[:, ::3]):  # fmt: skip
        for measure in (G, T, disparity.variation, disparity.sigma_convergence, disparity.delta_convergence):
            np.testing.assert_array_equal(measure(view), measure(plain))
        np.testing.assert_array_equal(G(view, axis=0), [G(plain[:, k]) for k in range(9)])
        assert disparity.dagum(np.asarray(view)[0], list("abcabcabc")) is not None
    assert G(plain[0, ::-1]) == pytest.approx(G(plain[0]), rel=1e-15)
    weights = np.arange(1.0, 7)
    np.testing.assert_allclose(G(plain, weights, axis=0)[4], G(plain[:, 4], weights), rtol=1e-15)


def test_series_are_figures():
    pandas = pytest.importorskip("pandas")
    series = pandas.Series([1.0, 3.0, 2.0], index=list("abc"))
    assert G(series) == G(series.to_numpy())
    assert disparity.theil_groups(series, pandas.Series(["e", "w", "e"])).groups == ("e", "w")
    assert disparity.decoupling(series, 2.0).elasticity["b"] == 1.5


EDGES = [
    (lambda: G([]), NAN),
    (lambda: G(np.empty((3, 0))), [NAN] * 3),
    (lambda: G(np.empty((0, 3))), []),
    (lambda: G([5.0]), 0),
    (lambda: T([0.0, 0.0]), NAN),
    (lambda: G([INF, 1.0]), NAN),
    (lambda: G([1.0, 2.0], [0, 0]), NAN),
    (lambda: disparity.atkinson([1.0, 2.0], aversion=-1), NAN),
    (lambda: disparity.variation([]), NAN),
    (lambda: disparity.theil_groups([], [])[:3], [NAN] * 3),
    (lambda: disparity.dagum([], [])[:4], [NAN] * 4),
    (lambda: disparity.dagum([1.0, 3.0], ["a", "b"], [1, 0])[:4], [0, 0, 0, 0]),
    (lambda: disparity.beta_convergence([], [], 1), [NAN] * 6 + [0]),
    (lambda: disparity.beta_convergence([2.0, 2.0], [3.0, 4.0], 1)[1], NAN),
    (lambda: disparity.beta_convergence([1.0, 2.0], [1.0, 8.0], 1)[1:6], [2, NAN, 1, NAN, NAN]),
    (lambda: disparity.gamma_convergence(np.empty((0, 3))), NAN),
    (lambda: disparity.gamma_convergence([[1.0, NAN], [2.0, 1.0]]), NAN),
    (lambda: disparity.delta_convergence([NAN, NAN], missing="omit"), NAN),
    (lambda: disparity.lmdi(np.empty((0, 3)), np.empty((0, 3))), [0, 0, 0]),
    (lambda: disparity.lmdi([[NAN, 1.0]], [[1.0, 1.0]]), [NAN, NAN]),
    (lambda: disparity.shift_share([], [], [], []).net_ratio, NAN),
    (lambda: disparity.log_mean(1.0, 1.0 + 2**-52), 1.0),
    (lambda: disparity.log_mean(NAN, 1.0), NAN),
]


@pytest.mark.parametrize("case", range(len(EDGES)))
def test_edges(case, recwarn):
    function, expected = EDGES[case]
    with np.errstate(all="raise"):
        np.testing.assert_allclose(function(), expected, rtol=1e-14)
    assert not recwarn.list


REFUSED = [
    (lambda: G(5.0), ValueError, "1 dimensions at least"),
    (lambda: G(["a", "b"]), TypeError, "values must be numbers"),
    (lambda: G([1.0, 2.0], [1.0]*3), ValueError, "weights of shape"),
    (lambda: G([1.0, 2.0], [1.0, -1.0]), ValueError, "not be below 0"),
    (lambda: G([1.0, NAN], missing="raise"), ValueError, "missing"),
    (lambda: G([1.0], missing="drop"), ValueError, "missing"),
    (lambda: G([1.0], axis=1), ValueError, "axis"),
    (lambda: T([1.0], kind="X"), ValueError, "kind"),
    (lambda: disparity.williamson([1.0], [1.0], about="median"), ValueError, "about"),
    (lambda: disparity.theil_groups([1.0, 2.0], ["a"]), ValueError, "one length"),
    (lambda: disparity.dagum([[1.0]], [["a"]]), ValueError, "one dimension"),
    (lambda: disparity.sigma_convergence([1.0], "var"), ValueError, "measure"),
    (lambda: disparity.beta_convergence([1.0], [1.0, 2.0], 1), ValueError, "one length"),
    (lambda: disparity.beta_convergence([1.0], [1.0], 0), ValueError, "years"),
    (lambda: disparity.beta_convergence([0.0], [1.0], 1, missing="raise"), ValueError, "missing"),
    (lambda: disparity.gamma_convergence([1.0, 2.0]), ValueError, "2 dimensions"),
    (lambda: disparity.lmdi([1.0], [1.0]), ValueError, "2 dimensions"),
    (lambda: disparity.lmdi([[1.0]], [[1.0, 2.0]]), ValueError, "shape"),
    (lambda: disparity.lmdi([[1.0]], [[1.0]], "sum"), ValueError, "form"),
    (lambda: disparity.shift_share([1.0], [1.0, 2.0], [1.0], [1.0]), ValueError, "one length"),
    (lambda: D(1.0, 1.0, thresholds=(2, 1)), ValueError, "thresholds"),
    (lambda: disparity.goal_path([], 1.0, 1.0, 1), ValueError, "growth"),
    (lambda: disparity.goal_path([NAN], 1.0, 1.0, 1), ValueError, "growth"),
    (lambda: disparity.goal_path([1.0], 1.0, 1.0, 0), ValueError, "years"),
    (lambda: disparity.goal_path([1.0], 1.0, 1.0, 1, block=2), ValueError, "block"),
    (lambda: disparity.goal_path([1.0], 1.0, 1.0, 1, threads=0), ValueError, "threads"),
    (lambda: _core.dagum([1.0], [1.0], [3], 2), ValueError, "invalid argument"),
    (lambda: _core.dagum([1.0], [1.0, 2.0], [0], 1), ValueError, "weights has 2 elements, not 1"),
    (lambda: _core.theil_groups([1.0], [1.0], [0], -1, 0), ValueError, "negative"),
]  # fmt: skip


@pytest.mark.parametrize("case", range(len(REFUSED)))
def test_what_is_refused(case):
    function, exception, words = REFUSED[case]
    with pytest.raises(exception, match=words):
        function()


def test_examples():
    result = doctest.testmod(disparity)
    assert result.failed == 0 and result.attempted > 20
