"""Every interval form against exact rationals: what test_growth leaves, and that nothing is left."""

import inspect
import math
from decimal import Context, Decimal
from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from czreport import growth, printed, targets
from czreport.printed import Interval

NAN, INF = math.nan, math.inf

positive = st.one_of(
    st.integers(1, 10**7).map(lambda n: n / 10),
    st.floats(1e-3, 1e9),
    st.floats(1e-200, 1e200),
)
signed = st.one_of(positive, positive.map(lambda x: -x), st.just(0.0))
rate = st.one_of(st.integers(-999, 3000).map(lambda n: n / 10), st.floats(-99.99, 500), st.floats(1e-9, 1e-3))


def box(strategy):
    return st.tuples(strategy, strategy).map(lambda pair: Interval(min(pair), max(pair)))


def further(x, doubles):
    """So many doubles up, or down for a negative number."""
    for _ in range(abs(doubles)):
        x = float(np.nextafter(x, math.copysign(INF, doubles)))
    return x


def corners(boxes):
    if not boxes:
        yield ()
        return
    for rest in corners(boxes[1:]):
        for end in boxes[0]:
            yield (F(end), *rest)


def assert_contains(bounds, values):
    low, high = min(values), max(values)
    assert bounds.lo == -INF or F(bounds.lo) <= low
    assert bounds.hi == INF or F(bounds.hi) >= high


def assert_tight(bounds, values, doubles=2):
    low, high = min(values), max(values)
    if low:
        assert F(further(bounds.lo, doubles)) >= low
    if high:
        assert F(further(bounds.hi, -doubles)) <= high


# ---- formulas with corners ----


@settings(max_examples=200, deadline=None)
@given(box(signed), box(signed), box(signed))
@example(Interval(15.0, 20.0), Interval(0.0, 10.0), Interval(30.0, 50.0))
@example(Interval(2.0, 2.0), Interval(1.0, 4.0), Interval(5.0, 5.0))  # the base on both sides of the value
def test_progress(value, base, goal):
    bounds = targets.progress(value, base, goal)
    if goal.lo <= base.hi and goal.hi >= base.lo:
        assert bounds == (-INF, INF)
        return
    values = [100 * (v - b) / (g - b) for v, b, g in corners((value, base, goal))]
    assert_contains(bounds, values)
    inside = all(1e-100 < abs(end) < 1e100 or end == 0 for part in (value, base, goal) for end in part)
    if inside and all(v == 0 or F(10) ** -100 < abs(v) < F(10) ** 100 for v in values):
        assert_tight(bounds, values)


def test_progress_holds_more_than_the_corners():
    """A box with the base inside: no value of the inside lies outside the bounds."""
    value, base, goal = Interval(1.0, 9.0), Interval(2.0, 4.0), Interval(5.0, 20.0)
    bounds = targets.progress(value, base, goal)
    grid = [F(n, 8) for n in range(0, 9)]
    for x in grid:
        for y in grid:
            for z in grid:
                v, b, g = 1 + 8 * x, 2 + 2 * y, 5 + 15 * z
                assert F(bounds.lo) <= 100 * (v - b) / (g - b) <= F(bounds.hi)
    assert math.isnan(targets.progress(Interval(2.0, 1.0), 0.0, 5.0).lo)


@settings(max_examples=150, deadline=None)
@given(box(rate), box(rate))
def test_real(nominal, deflator):
    bounds = growth.real(nominal, deflator)
    values = [100 * (n - d) / (100 + d) for n, d in corners((nominal, deflator))]
    assert_contains(bounds, values)
    if all(end == 0 or abs(end) > 1e-200 for end in (*nominal, *deflator)):
        assert_tight(bounds, values)


@settings(max_examples=150, deadline=None)
@given(st.lists(box(positive), min_size=2, max_size=6), st.integers(0, 5))
def test_rebase(levels, position):
    assume(position < len(levels))
    index = Interval(np.array([b.lo for b in levels]), np.array([b.hi for b in levels]))
    result = growth.rebase(index, position)
    assert (result.lo[position], result.hi[position]) == (100.0, 100.0)
    for t, level in enumerate(levels):
        if t == position:
            continue
        values = [100 * x / k for x, k in corners((level, levels[position]))]
        assert_contains(Interval(float(result.lo[t]), float(result.hi[t])), values)


@settings(max_examples=150, deadline=None)
@given(box(signed), box(signed))
def test_gap_amplification_ratchet(actual, target):
    values = [a - t for a, t in corners((actual, target))]
    for bounds in (
        targets.gap(actual, target),
        targets.amplification(actual, target),
        targets.ratchet(actual, target),
    ):
        assert_contains(bounds, values)
        assert_tight(bounds, values)
    bounds = targets.gap(actual, target, "lower")
    assert_contains(bounds, [-v for v in values])
    assert_tight(bounds, [-v for v in values])
    meet = actual.lo <= target.hi and target.lo <= actual.hi
    values = [-abs(v) for v in values] + [F(0)] * meet
    bounds = targets.gap(actual, target, "neutral")
    assert_contains(bounds, values)
    assert_tight(bounds, values)


# ---- roots and powers, over whole years ----


def assert_root(bounds, low, high, years, doubles=3):
    """(1 + lo/100)^years <= low, high <= (1 + hi/100)^years, and some doubles further in not: no root is computed."""

    def power(percent):
        return (1 + F(percent) / 100) ** years

    assert -100 <= bounds.lo <= bounds.hi
    assert power(bounds.lo) <= low
    assert bounds.hi == INF or power(bounds.hi) >= high
    for end, exact, step in ((bounds.lo, low, doubles), (bounds.hi, high, -doubles)):
        # annual rates are known to 1e-26 percent, which is more than some doubles close to 0
        if math.isfinite(end) and abs(end) > 1e-9 and end > -100 + 1e-9:
            inner = power(further(end, step))
            assert inner >= exact if step > 0 else inner <= exact


years = st.integers(1, 40)


@settings(max_examples=150, deadline=None)
@given(box(rate), box(rate), years)
@example(Interval(-100.0, 0.0), Interval(0.0, 0.0), 3)
def test_remaining_rate(goal, done, n):
    bounds = targets.remaining_rate(goal, done, n)
    low = (100 + F(goal.lo)) / (100 + F(done.hi))
    high = (100 + F(goal.hi)) / (100 + F(done.lo))
    assert_root(bounds, low, high, n)


@settings(max_examples=150, deadline=None)
@given(box(rate), years)
@example(Interval(-99.99999999999999, 0.0), 40)
def test_annual_and_cumulative(total, n):
    for function in (growth.annual, targets.cumulative_to_annual):
        assert_root(function(total, n), 1 + F(total.lo) / 100, 1 + F(total.hi) / 100, n)


@settings(max_examples=150, deadline=None)
@given(box(st.floats(1e-3, 1e9)), box(st.floats(1e-3, 1e9)), years)
def test_cagr_and_required_growth(value, base, n):
    low, high = F(value.lo) / F(base.hi), F(value.hi) / F(base.lo)
    assert_root(growth.cagr(value, base, n), low, high, n)
    assert_root(targets.required_growth(base, value, n), low, high, n)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(box(rate), st.integers(0, 4)), min_size=1, max_size=6))
def test_average(spans):
    total = sum(n for _, n in spans)
    assume(total)
    rates = Interval(np.array([b.lo for b, _ in spans]), np.array([b.hi for b, _ in spans]))
    bounds = growth.average(rates, [n for _, n in spans])
    low = math.prod((1 + F(b.lo) / 100) ** n for b, n in spans)
    high = math.prod((1 + F(b.hi) / 100) ** n for b, n in spans)
    assert_root(bounds, low, high, total, doubles=4)


@settings(max_examples=150, deadline=None)
@given(box(st.floats(1e-3, 1e9)), box(st.integers(-500, 900).map(lambda n: n / 10)), st.integers(0, 30))
def test_level_and_base_are_tight_over_years(figure, rates, n):
    factors = [(1 + F(end) / 100) ** n for end in rates]
    assume(all(factors))
    values = [F(x) * f for x in figure for f in factors]
    bounds = growth.level(figure, rates, n)
    assert_contains(bounds, values)
    assert_tight(bounds, values, doubles=3)
    values = [F(x) / f for x in figure for f in factors]
    bounds = growth.implied_base(figure, rates, n)
    assert_contains(bounds, values)
    assert_tight(bounds, values, doubles=3)


def test_rates_end_at_minus_100():
    """A root of nearly nothing is not below a loss of everything."""
    tiny, one = Interval(5e-324, 5e-324), Interval(1e300, 1e300)
    assert growth.cagr(tiny, one, 2).lo == -100
    assert growth.annual(Interval(-100.0, -99.99999999999999), 2).lo == -100
    assert targets.remaining_rate(Interval(-99.99999999999999, 0.0), Interval(1e300, 1e300), 2).lo == -100
    assert growth.nominal(Interval(-99.99999999999999, 0.0), Interval(-99.99999999999999, 0.0)).lo == -100
    bounds = growth.average(Interval(np.array([-150.0, 0.0]), np.array([-99.0, 0.0])))
    assert bounds.lo == -100 and (1 + F(bounds.hi) / 100) ** 2 >= F(1, 100)
    assert growth.average(Interval(np.array([-100.0]), np.array([-100.0]))) == (-100.0, -100.0)
    assert growth.average(Interval(np.array([0.0, 5.0]), np.array([INF, 5.0]))).hi == INF


def test_a_rate_without_end_is_endless_whatever_the_others_are():
    """The product overflows or is infinite: only the second says something about the root."""
    many = np.full(40, 1e9)
    bounds = growth.average(Interval(many, many))
    assert bounds.lo <= 1e9 <= bounds.hi < 1.000001e9
    assert growth.average(Interval(many, np.append(many[1:], INF))).hi == INF


# ---- logarithms ----


@settings(max_examples=200, deadline=None)
@given(box(st.one_of(st.integers(1, 4000).map(lambda n: n / 10), st.floats(1e-6, 1e6))))
def test_doubling_time(rates):
    """Against logarithms of 60 digits."""
    lo, hi = growth.doubling_time(rates)
    digits = Context(prec=60)
    two = Decimal(2).ln(digits)
    fast, slow = (
        digits.divide(two, digits.add(1, digits.divide(Decimal(end), 100)).ln(digits))
        for end in (rates.hi, rates.lo)
    )
    trifle, most = Decimal("1e-50"), Decimal("2e-14")
    assert fast * (1 - most) <= Decimal(lo) <= fast * (1 + trifle)
    assert slow * (1 - trifle) <= Decimal(hi) <= slow * (1 + most)


# ---- what can be true ----


@settings(max_examples=250, deadline=None)
@given(st.integers(1, 10**7), st.integers(0, 4), st.integers(-999, 9999), st.integers(0, 2))
def test_a_value_that_just_touches_is_possible(base, base_places, growth_units, growth_places):
    """The end of the value's interval is the double next to the exact product, on the side that still touches."""
    b, g = base / 10**base_places, growth_units / 10**growth_places
    product = F(b) * (100 + F(g)) / 100
    above = float(product)
    while F(above) < product:
        above = further(above, 1)
    below = float(product)
    while F(below) > product:
        below = further(below, -1)
    points = Interval(b, b), Interval(g, g)
    assert growth.consistent(Interval(further(below, -3), above), *points) == 1
    assert growth.consistent(Interval(below, further(above, 3)), *points) == 1
    gap = max(abs(float(product)), 100 * b) * 1e-12
    assert growth.consistent(Interval(above + gap, above + 2 * gap), *points) == 0
    assert growth.consistent(Interval(below - 2 * gap, below - gap), *points) == 0


def test_only_bases_above_zero_count():
    assert growth.consistent(Interval(-5.0, -1.0), Interval(-1.0, 1.0), Interval(0.0, 0.0)) == 0
    assert growth.consistent(Interval(0.5, 0.6), Interval(-1.0, 1.0), Interval(0.0, 0.0)) == 1
    # A fall by more than everything turns the ends of the base around.
    assert growth.consistent(Interval(-20.0, -19.0), Interval(1.0, 10.0), Interval(-300.0, -300.0)) == 1
    assert growth.consistent(Interval(-1.5, -1.0), Interval(1.0, 10.0), Interval(-300.0, -300.0)) == 0


# ---- printed ----


@settings(max_examples=150, deadline=None)
@given(st.integers(2**53, 2**62), st.sampled_from([0, 1, 2]))
def test_figures_with_more_digits_than_a_double_has(value, places):
    value = float(value)
    lo, hi = printed.unround(value, places)
    half = F(1, 2) / 10**places
    assert F(lo) <= F(value) - half and F(hi) >= F(value) + half


@pytest.mark.parametrize("step", ["0.3", "0.7", "0.15", "2.5", "0.0009", "12"])
def test_steps_that_are_no_power_of_ten(step):
    """The step is a decimal of which the double is the nearest one, or the one nearest below."""
    for n in range(1, 200):
        lo, hi = printed.unround_step(float(n), float(step))
        assert F(lo) <= n - F(step) / 2 and F(hi) >= n + F(step) / 2
        assert hi - lo < float(step) * (1 + 1e-12) + 1e-12


# ---- all of them ----

# Interval forms by function: where the property is tested. Functions of one figure that an interval makes no
# sense for, or that have no interval form, refuse intervals.
COVERED = {
    growth: {
        "growth": "test_growth", "change": "test_growth", "multiple": "test_growth", "share": "test_growth",
        "level": "here", "implied_base": "here", "cagr": "here", "annual": "here", "average": "here",
        "doubling_time": "here", "implied_deflator": "test_growth", "real": "here", "nominal": "test_growth",
        "contribution": "test_growth", "pull": "test_growth", "chain": "test_growth", "rebase": "here",
        "growth_along": "test_growth", "consistent": "here",
    },
    targets: {
        "required_growth": "here", "remaining_rate": "here", "cumulative_to_annual": "here", "gap": "here",
        "amplification": "here", "ratchet": "here", "progress": "here", "verdict": "test_targets",
        "admissible": "test_targets",
    },
}  # fmt: skip


def arguments_for(function, value):
    needed = [
        p for p in inspect.signature(function).parameters.values()
        if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
    ]  # fmt: skip
    return [value, *[2.0] * (len(needed) - 1)]


@pytest.mark.parametrize("module", [growth, targets])
def test_every_function_has_a_tested_interval_form_or_refuses(module):
    """NumPy takes a pair for an array of two: a function without an interval form has to say so."""
    series = ("growth_along", "chain", "rebase", "average")
    others = ("hardness", "read_hardness", "bunching")
    for name in module.__all__:
        function = getattr(module, name)
        if not inspect.isfunction(function) or name in others:
            continue
        ends = (np.array([4.0, 4.0]), np.array([5.0, 5.0])) if name in series else (4.0, 5.0)
        arguments = arguments_for(function, Interval(*ends))
        if name == "rebase":
            arguments[1] = 0
        if name == "growth_along":
            arguments = arguments[:1]
        if name in COVERED[module]:
            result = function(*arguments)
            assert isinstance(result, (Interval, targets.Admissible)) or np.ndim(result) == 0, name
        else:
            with pytest.raises(TypeError, match="not intervals"):
                function(*arguments)
    assert COVERED[module].keys() <= set(module.__all__)


@pytest.mark.parametrize(
    ("function", "count"),
    [(printed.scale, 2), (printed.decimals, 1), (printed.unround, 2), (printed.grim, 3)],
)
def test_printed_refuses_intervals(function, count):
    with pytest.raises(TypeError, match="not intervals"):
        function(Interval(1.0, 2.0), *[1] * (count - 1))
