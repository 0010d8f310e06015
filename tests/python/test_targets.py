"""Outcomes against targets: hand-checked cases, verdicts, attainment, pace, bunching, published figures."""

import csv
import math
import re
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from czreport import printed, targets
from czreport.printed import Interval

NAN, INF = math.nan, math.inf
MISSED, MET, UNDECIDABLE, NOT_COMPARABLE = range(4)

# actual, target, bound, direction, as printed, strictly. Worked out by hand from the words.
VERDICTS = [
    (6.5, 6.5, "at_least", "higher", MET, UNDECIDABLE),
    (6.6, 6.5, "at_least", "higher", MET, MET),
    (6.4, 6.5, "at_least", "higher", MISSED, MISSED),
    (6.5, 6.5, "more_than", "higher", MISSED, UNDECIDABLE),
    (6.6, 6.5, "more_than", "higher", MET, MET),
    (3.0, 3.0, "at_most", "lower", MET, UNDECIDABLE),
    (2.5, 3.0, "at_most", "lower", MET, MET),
    (3.1, 3.0, "at_most", "lower", MISSED, MISSED),
    (4.0, 4.5, "less_than", "lower", MET, MET),
    (4.5, 4.5, "less_than", "lower", MISSED, UNDECIDABLE),
    (5.2, 5.0, "about", "higher", MET, MET),
    (6.9, 7.0, "about", "higher", MET, MET),
    (6.5, 7.0, "about", "higher", MISSED, MISSED),
    (9.0, 7.0, "about", "higher", MET, MET),
    (9.0, 7.0, "about", "neutral", MISSED, MISSED),
    (5.2, 5.5, "about", "lower", MET, MET),
    (6.2, 5.5, "about", "lower", MISSED, MISSED),
    (2.2, 2.0, "eq", "higher", MET, MET),
    (2.0, 2.0, "eq", "neutral", MET, UNDECIDABLE),
    (2.2, 2.0, "eq", "neutral", MISSED, MISSED),
    (1.8, 2.0, "eq", "lower", MET, MET),
    (95.5, 100.0, "nearly", "higher", MET, MET),
    (89.5, 100.0, "nearly", "higher", MISSED, MISSED),
    (-41.5, -40.0, "at_least", "lower", MET, MET),  # 压缩40%以上
    (-39.5, -40.0, "at_least", "lower", MISSED, MISSED),
    (-3.2, -3.0, "at_most", "higher", MISSED, MISSED),  # a fall by at most 3 %
    (-2.5, -3.0, "at_most", "higher", MET, MET),
    (-20.5, -20.0, "about", "lower", MET, MET),
    (-18.5, -20.0, "about", "lower", MISSED, MISSED),
    (NAN, 5.0, "at_least", "higher", NOT_COMPARABLE, NOT_COMPARABLE),
    (5.0, NAN, "at_least", "higher", NOT_COMPARABLE, NOT_COMPARABLE),
    (5.0, 5.0, "", "higher", NOT_COMPARABLE, NOT_COMPARABLE),
]

# function, arguments, result
CASES = [
    (targets.gap, (5.5, 5.0, "higher"), 0.5),
    (targets.gap, (5.5, 5.0, "lower"), -0.5),
    (targets.gap, (5.5, 5.0, "neutral"), -0.5),
    (targets.gap, (4.5, 5.0, "neutral"), -0.5),
    (targets.required_growth, (100, 121, 2), 10),
    (targets.required_growth, (200, 100, 1), -50),
    (targets.remaining_rate, (21, 10, 1), 10),
    (targets.remaining_rate, (-36, 0, 2), -20),
    (targets.remaining_rate, (-20, -20, 3), 0),
    (targets.cumulative_to_annual, (21, 2), 10),
    (targets.cumulative_to_annual, (-36, 2), -20),
    (targets.time_share, (2023, 2020, 2025), 60),
    (targets.time_share, (9, 0, 12), 75),
    (targets.progress, (63, 60, 65), 60),
    (targets.progress, (58, 60, 65), -40),
    (targets.progress, (91, 100, 85), 60),
    (targets.pace, (64, 60, 65, 2023, 2020, 2025), 20),
    (targets.pace, (91, 100, 85, 2024, 2020, 2025), -20),
    (targets.current_status, (15, 10, 20), 5),
    (targets.current_status, (25, 10, 20), 10),
    (targets.current_status, (8, 10, 20), -2),
    (targets.current_status, (90, 100, 80), 5),
    (targets.anticipated_progress, (18, 15, 20), 40),
    (targets.anticipated_progress, (20, 15, 20), 0),
    (targets.anticipated_progress, (14, 15, 20), 120),
    (targets.anticipated_progress, (85, 90, 80, "lower"), 50),
    (targets.anticipated_progress, (79, 90, 80, "lower"), 0),
    (targets.amplification, (8, 6.5), 1.5),
    (targets.ratchet, (5, 5.5), -0.5),
    (targets.ratchet_coefficient, (5.5, 5, 6), 0.5),
    (targets.ratchet_coefficient, (4.5, 5, 4), 0.5),
]

# actual, target, convention, base, rate, reason
ATTAINMENT = [
    (103, 100, "ratio", NAN, 103, ""),
    (0, 100, "ratio", NAN, 0, ""),
    (5, 0, "ratio", NAN, NAN, "target_zero"),
    (-2, 3, "ratio", NAN, NAN, "sign_change"),
    (2, -3, "ratio", NAN, NAN, "sign_change"),
    (-2, -3, "ratio", NAN, NAN, "negative_target"),
    (0, -3, "ratio", NAN, NAN, "negative_target"),
    (NAN, 3, "ratio", NAN, NAN, "missing"),
    (INF, 3, "ratio", NAN, NAN, "missing"),
    (4, 5, "reverse", NAN, 125, ""),
    (0, 5, "reverse", NAN, NAN, "actual_zero"),
    (4, 5, "complement", NAN, 120, ""),
    (6, 5, "complement", NAN, 80, ""),
    (-41, -40, "distance", 0, 102.5, ""),
    (60, 70, "distance", 50, 50, ""),
    (60, 70, "distance", 70, NAN, "no_distance"),
    (60, 70, "distance", NAN, NAN, "missing"),
    (90, 100, "two_sided", NAN, 90, ""),
    (110, 100, "two_sided", NAN, 90, ""),
    (-11, -10, "two_sided", NAN, 90, ""),
]


@pytest.mark.parametrize(("actual", "target", "bound", "direction", "printed_verdict", "strict"), VERDICTS)
def test_verdicts_by_hand(actual, target, bound, direction, printed_verdict, strict):
    assert targets.verdict(actual, target, bound, direction) == printed_verdict
    assert targets.verdict(actual, target, bound, direction, mode="strict", resolution=0.1) == strict


@pytest.mark.parametrize(("function", "arguments", "expected"), CASES)
def test_by_hand(function, arguments, expected):
    numbers = [a if isinstance(a, str) else float(a) for a in arguments]
    assert function(*numbers) == pytest.approx(expected, rel=1e-13, abs=1e-13)


@pytest.mark.parametrize(("actual", "target", "convention", "base", "rate", "reason"), ATTAINMENT)
def test_attainment_by_hand(actual, target, convention, base, rate, reason):
    result = targets.attainment(float(actual), float(target), convention, base=float(base))
    assert targets.REASONS[result.reason] == reason
    assert result.rate == pytest.approx(rate, rel=1e-14, nan_ok=True)


def test_there_are_fifty_cases():
    assert len(VERDICTS) + len(CASES) + len(ATTAINMENT) >= 50


# ---- verdicts ----

ADMISSIBLE = [
    ((6.5, "at_least", "higher"), (6.5, INF, False, False)),
    ((6.5, "at_least", "lower"), (6.5, INF, False, False)),  # the word names the side
    ((6.5, "more_than", "higher"), (6.5, INF, True, False)),
    ((-6.5, "more_than", "lower"), (-INF, -6.5, False, True)),
    ((3.0, "at_most", "lower"), (-INF, 3.0, False, False)),
    ((3.0, "less_than", "lower"), (-INF, 3.0, False, True)),
    ((-3.0, "less_than", "higher"), (-3.0, INF, True, False)),
    ((5.0, "eq", "higher"), (5.0, INF, False, False)),
    ((5.0, "eq", "lower"), (-INF, 5.0, False, False)),
    ((5.0, "eq", "neutral"), (5.0, 5.0, False, False)),
    ((4.0, "about", "neutral"), (3.8, 4.2, False, False)),
    ((4.0, "nearly", "neutral"), (3.6, 4.0, False, False)),
    ((-4.0, "nearly", "neutral"), (-4.0, -3.6, False, False)),
    ((Interval(5.0, 6.0), "between", "neutral"), (5.0, 6.0, False, False)),
    ((Interval(5.0, 6.0), "between", "higher"), (5.0, INF, False, False)),
    ((0.0, "at_least", "higher"), (0.0, INF, False, False)),
]


@pytest.mark.parametrize(("arguments", "expected"), ADMISSIBLE)
def test_admissible(arguments, expected):
    result = targets.admissible(*arguments)
    assert result[:2] == pytest.approx(expected[:2]) and result[2:] == expected[2:]


def test_admissible_with_tolerances_and_nonsense():
    assert targets.admissible(7.0, "about", "neutral", tolerance=0.5)[:2] == (6.5, 7.5)
    assert targets.admissible(100.0, "about", "neutral", about=0.1)[:2] == pytest.approx((90, 110))
    assert all(math.isnan(end) for end in targets.admissible(5.0, "")[:2])
    assert all(math.isnan(end) for end in targets.admissible(Interval(6.0, 5.0), "between")[:2])
    with pytest.raises(ValueError, match="bound"):
        targets.admissible(5.0, "roughly")
    with pytest.raises(ValueError, match="direction"):
        targets.admissible(5.0, "eq", "up")


@settings(max_examples=400, deadline=None)
@given(
    st.tuples(st.integers(-9, 9), st.integers(0, 4)), st.tuples(st.integers(-9, 9), st.integers(0, 4)),
    st.tuples(*[st.booleans()] * 4),
)  # fmt: skip
def test_verdict_against_sets_of_points(x, a, flags):
    """The definition on the half-integers of both sets: met if all are admissible, missed if none is."""
    xlo, xhi, alo, ahi = x[0], x[0] + x[1], a[0], a[0] + a[1]
    x_open_lo, x_open_hi, a_open_lo, a_open_hi = flags
    if xlo == xhi:
        x_open_lo = x_open_hi = False
    if alo == ahi:
        a_open_lo = a_open_hi = False
    # quarters stand for the inside; open ends are left out
    points = [Fraction(n, 4) for n in range(4 * xlo, 4 * xhi + 1)]
    points = [p for p in points if not (p == xlo and x_open_lo) and not (p == xhi and x_open_hi)]
    inside = [
        (alo < p or (p == alo and not a_open_lo)) and (p < ahi or (p == ahi and not a_open_hi))
        for p in points
    ]
    expected = MET if all(inside) else UNDECIDABLE if any(inside) else MISSED
    code = x_open_lo + 2 * x_open_hi + 4 * a_open_lo + 8 * a_open_hi
    from czreport import _core

    assert _core.ufuncs["verdict"](float(xlo), float(xhi), float(alo), float(ahi), code) == expected


def test_verdict_on_arrays_and_comparability():
    actual, words = (
        np.array([6.5, 6.4, 3.0, NAN]),
        np.array(["at_least", "at_least", "at_most", "eq"], object),
    )
    directions = ["higher", "higher", "lower", "higher"]
    verdicts = targets.verdict(actual, [6.5, 6.5, 3.0, 1.0], words, directions)
    assert verdicts.dtype == np.int8 and verdicts.tolist() == [MET, MISSED, MET, NOT_COMPARABLE]
    assert [targets.VERDICTS[v] for v in verdicts] == ["met", "missed", "met", "not_comparable"]
    verdicts = targets.verdict(
        actual, [6.5, 6.5, 3.0, 1.0], words, directions, comparable=[True, False, True, True]
    )
    assert verdicts.tolist() == [MET, NOT_COMPARABLE, MET, NOT_COMPARABLE]
    assert targets.verdict(Interval(6.0, 7.0), 6.5) == UNDECIDABLE
    assert targets.verdict(Interval(6.5, INF), 6.5) == MET  # 超6.5%
    assert targets.verdict(6.5, 6.5, mode="strict") == UNDECIDABLE  # places of the shortest decimal
    assert targets.verdict(6.55, 6.5, mode="strict") == MET
    assert targets.verdict(6.5, 6.5, 4, 1) == MET  # codes as in a table
    with pytest.raises(ValueError, match="mode"):
        targets.verdict(6.5, 6.5, mode="loose")
    with pytest.raises(ValueError, match="codes"):
        targets.verdict(6.5, 6.5, 9)


# ---- gaps, rates, attainment on arrays and intervals ----


def test_gap_of_intervals():
    outcome = Interval(6.25, 6.75)
    assert targets.gap(outcome, 6.0) == (0.25, 0.75)
    assert targets.gap(outcome, 6.0, "lower") == (-0.75, -0.25)
    assert targets.gap(outcome, 6.0, "neutral") == (-0.75, -0.25)
    assert targets.gap(outcome, 6.5, "neutral") == (-0.25, 0.0)
    assert targets.gap(outcome, 8.0, "neutral") == (-1.75, -1.25)
    lo, hi = np.zeros(1), np.zeros(1)
    targets.gap(Interval(np.array([6.25]), np.array([6.75])), 6.5, "neutral", out=(lo, hi))
    assert (lo[0], hi[0]) == (-0.25, 0.0)
    with pytest.raises(ValueError, match="one direction"):
        targets.gap(outcome, 6.0, ["higher", "lower"])
    assert targets.gap([5.5, 5.5], 5.0, ["higher", "lower"]).tolist() == [0.5, -0.5]


def test_amplification_of_intervals():
    assert targets.amplification(Interval(6.0, 6.5), Interval(5.0, 5.5)) == (0.5, 1.5)
    assert targets.ratchet(Interval(5.0, INF), 5.5) == (-0.5, INF)


def test_attainment_on_arrays():
    rate, reason = targets.attainment([103.0, 4.0], [100.0, 5.0], ["ratio", "reverse"])
    assert rate.tolist() == [103.0, 125.0] and reason.tolist() == [0, 0]
    with pytest.raises(ValueError, match="convention"):
        targets.attainment(1.0, 1.0, "percent")


def test_series():
    pandas = pytest.importorskip("pandas")
    series = pandas.Series([5.2, 4.9], index=["a", "b"])
    assert targets.verdict(series, 5.0).tolist() == [MET, MISSED]
    assert targets.gap(series, 5.0)["a"] == pytest.approx(0.2)
    assert targets.required_growth(series, 10.0, 2)["b"] == pytest.approx(100 * ((10 / 4.9) ** 0.5 - 1))


# ---- pace ----


def test_growth_pace_edges():
    ratio, score, category = targets.growth_pace(10.0, 20.0, 20.0, 2015, 2016, 2030)
    assert (
        ratio == pytest.approx(1 / (2 ** (1 / 15) - 1))
        and score == 5
        and targets.PACES[category] == "achieved"
    )
    ratio, score, category = targets.growth_pace(10.0, 9.0, 20.0, 2015, 2020, 2030)
    assert ratio < 0 and targets.PACES[category] == "deterioration" and -5 <= score < -2.5
    for arguments in ((0.0, 5.0, 10.0), (10.0, -5.0, 20.0), (10.0, NAN, 20.0)):
        ratio, score, category = targets.growth_pace(*arguments, 2015, 2020, 2030)
        assert math.isnan(ratio) and math.isnan(score) and category == -1
    assert targets.growth_pace(10.0, 12.0, 20.0, 2020, 2015, 2030).category == -1
    assert targets.growth_pace(10.0, 12.0, 20.0, 2015, 2020, 2030, "neutral").category == -1
    assert targets.growth_pace(-10.0, -8.0, -5.0, 2015, 2020, 2030).ratio > 0  # a deficit that shrinks
    assert targets.growth_pace(10.0, 11.0, 10.0, 2015, 2020, 2030).category == 4


def test_growth_pace_score_runs_through_its_points():
    """-2.5 at no growth, 0 at 0.6, 2.5 at 0.95 of the required rate, as far as the printed coefficients go."""
    for share, score in ((0.0, -2.5), (0.6, 0.0), (0.95, 2.5), (-0.6, -5.0), (1.9, 5.0)):
        value = 100 * (1 + 0.02 * share) ** 5
        pace = targets.growth_pace(100.0, value, 100 * 1.02**10, 2020, 2025, 2030)
        assert pace.ratio == pytest.approx(share, abs=1e-12) and pace.score == pytest.approx(score, abs=2e-4)


@pytest.mark.parametrize(
    ("share", "category"),
    [(-0.01, "deterioration"), (0.01, "limited"), (0.59, "limited"), (0.61, "acceleration_needed"),
     (0.94, "acceleration_needed"), (0.96, "on_track"), (1.2, "on_track")],
)  # fmt: skip
@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_growth_pace_by_its_thresholds(share, category, direction):
    """Both sides of 95, 60 and 0 percent of the required rate; the score by the published coefficients."""
    sign = 1 if direction == "higher" else -1
    value, target = 100 * (1 + sign * 0.02 * share) ** 5, 100 * (1 + sign * 0.02) ** 10
    pace = targets.growth_pace(100.0, value, target, 2020, 2025, 2030, direction)
    score = 4.1667 * share - 2.5 if share < 0.6 else 7.1429 * share - 4.2857
    assert targets.PACES[pace.category] == category
    assert pace.ratio == pytest.approx(share, abs=1e-12)
    assert pace.score == pytest.approx(min(score, 5), abs=1e-10)


@pytest.mark.parametrize(
    ("growth", "category"),
    [(1.6, "on_track"), (1.4, "acceleration_needed"), (0.55, "acceleration_needed"), (0.45, "limited"),
     (0.01, "limited"), (-0.01, "deterioration")],
)  # fmt: skip
def test_pace_without_a_target_by_its_thresholds(growth, category):
    pace = targets.growth_pace_free(100.0, 100 * (1 + growth / 100) ** 5, 2015, 2020)
    assert targets.PACES[pace.category] == category and pace.ratio == pytest.approx(growth)


def test_pace_without_a_target():
    rate, score, category = targets.growth_pace_free(50.0, 50 * 1.02**5, 2015, 2020)
    assert (rate, score) == pytest.approx((2.0, 5.0)) and targets.PACES[category] == "on_track"
    rate, score, category = targets.growth_pace_free(50.0, 50 * 1.01**5, 2015, 2020)
    assert (rate, score) == pytest.approx((1.0, 1.25)) and targets.PACES[category] == "acceleration_needed"
    rate, score, category = targets.growth_pace_free(50.0, 50 * 1.001**5, 2015, 2020)
    assert (rate, score) == pytest.approx((0.1, -2.0)) and targets.PACES[category] == "limited"
    rate, score, category = targets.growth_pace_free(50.0, 50 * 1.01**5, 2015, 2020, "lower")
    assert (rate, score) == pytest.approx((-1.0, -3.75)) and targets.PACES[category] == "deterioration"


def test_thresholds_shrink_near_the_limit():
    """C = 1 - (99/100)^4.44 = 0.0436: 0.1 % a year is enough at 99 % coverage, not without a limit."""
    free = targets.growth_pace_free(99.0, 99 * 1.001**5, 2015, 2020)
    near = targets.growth_pace_free(99.0, 99 * 1.001**5, 2015, 2020, limit=100.0)
    assert targets.PACES[free.category] == "limited" and targets.PACES[near.category] == "on_track"
    at = targets.growth_pace_free(100.0, 100.0, 2015, 2020, limit=100.0)
    assert at.score == 5 and targets.PACES[at.category] == "on_track"
    above = targets.growth_pace_free(120.0, 119.0, 2015, 2020, "lower", limit=100.0)
    expected = 1 - ((200 - 120) / 100) ** 4.44
    assert targets.PACES[above.category] == "limited" and above.ratio < 0.5 * expected
    assert targets.growth_pace_free(250.0, 240.0, 2015, 2020, "lower", limit=100.0).category == 2  # C = 1


def test_anticipated_without_distance():
    assert math.isnan(targets.anticipated_progress(19.0, 20.0, 20.0))
    assert targets.anticipated_progress(21.0, 20.0, 20.0) == 0
    assert math.isnan(targets.anticipated_progress(NAN, 15.0, 20.0))
    assert math.isnan(targets.anticipated_progress(21.0, NAN, 20.0))
    assert math.isnan(targets.progress(1.0, 2.0, 2.0)) and math.isnan(targets.pace(1.0, 0.0, 2.0, 1, 1, 1))


# ---- wording ----


def test_hardness_and_its_table(tmp_path):
    assert (
        targets.hardness("at_least") == 1 and targets.hardness("about") == -1 and targets.hardness("eq") == 0
    )
    assert targets.hardness("左右") == -1 and targets.hardness("unheard of") == 0
    path = tmp_path / "words.tsv"
    path.write_text("# my coding\n以上\t0\n\n左右\t-1\n", encoding="utf-8-sig")
    table = targets.read_hardness(path)
    assert table == {"以上": 0, "左右": -1} and targets.hardness(["以上", "左右"], table=table).tolist() == [
        0,
        -1,
    ]
    path.write_text("以上\t1\n左右 -1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        targets.read_hardness(path)
    path.write_text("以上\t2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 1"):
        targets.read_hardness(path)


# ---- bunching ----


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 120), st.integers(0, 120))
def test_binomial_p_is_that_of_the_definition(above, below):
    """The sum of all probabilities that are not greater than that of the outcome, in whole numbers."""
    n = above + below
    mine = comb(n, above)
    exact = Fraction(sum(c for k in range(n + 1) if (c := comb(n, k)) <= mine), 2**n)
    gaps = [0.1] * above + [-0.1] * below
    assert targets.bunching(gaps, 0.1).p == pytest.approx(float(exact), rel=1e-12)


def test_binomial_p_of_large_samples():
    """Against the normal law with continuity correction, far from where the definition can be summed."""
    from czreport import _core

    tail = _core.ufuncs["binomial_tail"]
    n, k = 1_000_000, 501_000
    z = (2 * k - 1 - n) / math.sqrt(n)
    assert tail(float(k), float(n)) == pytest.approx(math.erfc(z / math.sqrt(2)), rel=1e-3)
    assert tail(5.0, 10.0) == 1 and tail(0.0, 0.0) == 1 and tail(1.0, 2.0) == 1
    assert np.isnan(tail([1.5, -1.0, 3.0, NAN], [3.0, 3.0, 2.0, 3.0])).all()


def test_bunching():
    result = targets.bunching([6.9 - 7.0, 7.1 - 7.0, 7.0 - 7.0, 0.3, NAN, INF, -0.2, 0.2], 0.2)
    assert result[:4] == (6, 1, 2, 2)  # 6.9 - 7.0 is one place below, whatever its double
    assert result.exact_share == pytest.approx(100 / 6) and result.ratio == 1 and result.p == 1
    empty = targets.bunching([], 0.2)
    assert empty.n == 0 and math.isnan(empty.exact_share) and math.isnan(empty.ratio) and empty.p == 1
    assert targets.bunching([0.1], 0.1).ratio == INF
    assert targets.bunching([30.0, -10.0, 0.0], 30, resolution=10)[:4] == (3, 1, 1, 1)
    for width, resolution in ((0.2, 0.0), (0.05, 0.1), (NAN, 0.1)):
        with pytest.raises(ValueError, match="resolution"):
            targets.bunching([0.1], width, resolution=resolution)


# ---- published and recalled figures ----

CATEGORIES = {
    "on track": "on_track", "limited": "limited", "target achieved": "achieved",
    "acceleration needed": "acceleration_needed",
}  # fmt: skip


def test_progress_vectors(shared):
    with open(shared / "vectors" / "progress.csv", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    figures = [line for line in lines if line["y0"] not in ("thresholds", "no-target")]
    assert len(lines) == len(figures) + 2 and len(figures) == 5
    # The two lines of method: thresholds and coefficients, as the functions have them.
    method = {line["y0"]: line for line in lines if line not in figures}
    assert [float(n) for n in re.findall(r"[\d.]+", method["thresholds"]["ratio"])] == [0.95, 0.60, 0]
    steep, low, split, flat, high, least, most = map(
        float, re.findall(r"-?\d+(?:\.\d+)?|-?\.\d+", method["thresholds"]["score"])
    )
    for share in np.arange(-1.5, 2.5, 0.07):
        value = 100 * (1 + 0.01 * share) ** 5
        pace = targets.growth_pace(100.0, value, 1000.0 * 1.01**10 / 10, 2020, 2025, 2030)
        expected = steep * share + low if share < split else flat * share + high
        reached = value >= 100 * 1.01**10
        assert pace.score == pytest.approx(5 if reached else min(max(expected, least), most), abs=1e-9)
    assert [float(n) for n in re.findall(r"[\d.]+", method["no-target"]["ratio"])] == [1.5, 0.5, 0]
    (power,) = set(re.findall(r"\^(\d\.\d+)", method["no-target"]["score"]))
    for base, c in ((80.0, 1 - 0.8 ** float(power)), (120.0, 1 - 0.8 ** float(power))):
        for rate, category in ((1.51, "on_track"), (1.49, "acceleration_needed"), (0.49, "limited")):
            value = base * (1 + rate * c / 100) ** 5
            pace = targets.growth_pace_free(base, value, 2015, 2020, limit=100.0)
            assert targets.PACES[pace.category] == category
    for line in figures:
        numbers = [float(line[name]) for name in ("y0", "yi", "yT", "t0", "ti", "tT")]
        direction = "higher" if line["dir"] == "1" else "lower"
        ratio, score, category = targets.growth_pace(*numbers, direction)
        assert ratio == pytest.approx(float(line["ratio"]), abs=5e-7)
        assert score == pytest.approx(float(line["score"]), abs=5.1e-5)
        assert targets.PACES[category] == CATEGORIES[line["category"]]


def test_communique_2023(shared):
    """The lines of communique2023.csv on targets and on counts; test_growth has the others and proves that none
    is left."""
    with open(shared / "vectors" / "communique2023.csv", encoding="utf-8") as file:
        lines = {line["check"]: line for line in csv.DictReader(file)}

    def numbers(check):
        return [float(n) for n in re.findall(r"\d+(?:\.\d+)?", lines[check]["inputs"])]

    target, actual = numbers("target_point_around")
    assert (
        targets.VERDICTS[targets.verdict(actual, target, "about")] == lines["target_point_around"]["expected"]
    )
    target, actual = numbers("target_ceiling_around")
    verdict = targets.verdict(actual, target, "about", "lower")
    assert targets.VERDICTS[verdict] == lines["target_ceiling_around"]["expected"]
    _, target, actual = numbers("target_around_shortfall")
    assert (target, actual) == (7.0, 6.9) and "met" in lines["target_around_shortfall"]["expected"]
    assert targets.VERDICTS[targets.verdict(actual, target, "about")] == "met"
    # 29 of 31 provinces is a count that the test of counts accepts; 93.6 % of 31 is none
    above, provinces = numbers("provincial_sum_growth_share")[:2]
    assert printed.grim(round(100 * above / provinces, 1), provinces, 1)
    assert not printed.grim(93.6, provinces, 1)


def test_plan_oracle_remaining_rates(shared):
    """The cut by 20 % of which 15.61 % is done after four years; the rates of 〔13.5〕 and 〔18〕."""
    text = (shared / "vectors" / "plan_oracle.csv").read_text(encoding="utf-8")
    assert "4-yr cum -15.61" in text and "〔13.5〕" in text and "〔18〕" in text
    assert targets.remaining_rate(-20.0, -15.61, 1) == pytest.approx(-5.202, abs=5e-4)
    assert targets.cumulative_to_annual(-20.0, 5) == pytest.approx(-4.365, abs=5e-4)
    assert targets.cumulative_to_annual(-13.5, 5) == pytest.approx(-2.8589, abs=5e-5)
    assert targets.cumulative_to_annual(-18.0, 5) == pytest.approx(-3.8913, abs=5e-5)
    bounds = targets.remaining_rate(-20.0, Interval(-15.615, -15.605), 1)
    assert bounds.lo < -5.202 < bounds.hi
