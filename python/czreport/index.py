"""Composite indices: normalised, weighted, aggregated, ranked, and how sure the ranks are.

Data are regions by indicators: arrays, pandas DataFrames (results then carry their labels) or anything that
NumPy can convert. Years, where there are several, are a further axis. Missing figures are NaN; every
function says with ``missing=`` what becomes of them. What is undefined is NaN and no warning is given; columns
that do not vary, zeros and empty data have defined results. Formulas, sources and the table of edges are in
docs/index.md.

Examples
--------
>>> from czreport import index
>>> figures = [[7700.0, 5.1], [9312.0, 4.3], [5100.0, 3.2]]
>>> scores = index.aggregate(index.normalise(figures), weights=[2, 1])
>>> index.rank(scores)
array([2., 1., 3.])
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np

from . import _core
from .printed import _UFUNCS, Interval, _codes, _plain

__all__ = [
    "COUPLINGS", "TIES", "Change", "Components", "Coupling", "RankDistribution", "RankInterval", "aggregate",
    "aggregate_tree", "coupling", "effective_weights", "normalise", "principal_components", "rank",
    "rank_change", "rank_distribution", "rank_interval", "weights",
]  # fmt: skip

#: What equal values get, by code.
TIES = ("min", "max", "average", "dense", "ordinal")
#: Formulas of the coupling coordination degree, by code.
COUPLINGS = ("standard", "corrected")

Normalisation: TypeAlias = Literal["minmax", "z", "rank", "percentile", "goalposts", "target", "max"]
Weighting: TypeAlias = Literal["equal", "entropy", "variation", "critic", "pca", "pca_squared"]
Aggregation: TypeAlias = Literal["arithmetic", "geometric", "harmonic", "mpi", "copeland", "topsis"]
Missing: TypeAlias = Literal["nan", "omit", "raise"]

_TIE_CODES = {name: code for code, name in enumerate(TIES)}
_COUPLING_CODES = {name: code for code, name in enumerate(COUPLINGS)}
_SIGNS = {"lower": -1, "higher": 1}
_POWERS = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0}
_WEIGHTINGS = {"entropy": 0, "variation": 1, "critic": 2}
_DRAWS = {"fixed": 0, "noise": 1, "simplex": 2}
_SCALINGS = {"none": 1, "minmax": 2, "z": 4, "rank": 8}

Array: TypeAlias = "np.ndarray[Any, np.dtype[np.float64]]"


class Coupling(NamedTuple):
    """Coupling C, level T and coupling coordination degree D."""

    coupling: Any
    level: Any
    degree: Any


class Components(NamedTuple):
    """Eigenvalues, largest first, and loadings, one component a row."""

    eigenvalues: Array
    loadings: Array


class Change(NamedTuple):
    """Ranks before and now, and how many places were gained."""

    before: Any
    now: Any
    change: Any


class RankInterval(NamedTuple):
    """Best and worst rank."""

    best: Any
    worst: Any


# ---- arguments ----


def _float(values: Any, name: str) -> Array:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise TypeError(f"{name} must be numbers: {error}") from None


def _array(values: Any, name: str, least: int) -> Array:
    array = _float(values, name)
    if array.ndim < least:
        raise ValueError(f"{name} must have {least} dimensions at least, not {array.ndim}")
    return array


def _one_of(word: Any, words: Any, name: str) -> Any:
    if not isinstance(word, str) or word not in words:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, words))}, not {word!r}")
    return word


def _refuse_missing(array: Array, missing: str, words: Sequence[str]) -> None:
    if _one_of(missing, words, "missing") == "raise" and np.isnan(array).any():
        at = tuple(int(i) for i in np.argwhere(np.isnan(array))[0])
        raise ValueError(f"{np.isnan(array).sum()} figures are missing, the first at {at}")


def _signs(direction: Any) -> Any:
    return np.asarray(_codes(direction, _SIGNS, "direction"), dtype=np.float64)


def _axes(axis: int | tuple[int, ...], dimensions: int) -> tuple[int, ...]:
    found = tuple(a if a >= 0 else a + dimensions for a in ((axis,) if isinstance(axis, int) else axis))
    if not found or any(not 0 <= a < dimensions for a in found) or len(set(found)) < len(found):
        raise ValueError(f"axis {axis!r} does not fit {dimensions} dimensions")
    return found


def _as_given(values: Any, result: Array) -> Any:
    """A result of the shape of the data, with its labels."""
    index, columns = getattr(values, "index", None), getattr(values, "columns", None)
    if index is None or callable(index) or result.shape != np.shape(values):
        return result
    if columns is not None:
        return type(values)(result, index=index, columns=columns)
    return type(values)(result, index=index, name=getattr(values, "name", None))


def _per_row(values: Any, result: Any) -> Any:
    """One number per row of the data, with the labels of the rows."""
    if hasattr(values, "iloc") and np.ndim(values) == 2 and np.shape(result) == (len(values),):
        row = values.iloc[:, 0] if values.shape[1] else values.sum(axis=1)
        return type(row)(result, index=values.index)
    return _plain(result)


def _per_column(values: Any, result: Array) -> Any:
    if hasattr(values, "iloc") and np.ndim(values) == 2:
        return type(values.sum(axis=0))(result, index=values.columns)
    return result


def _weights(weights: Any, count: int) -> Array:
    if weights is None:
        return np.ones(count)
    array = _float(weights, "weights")
    if array.shape != (count,):
        raise ValueError(f"weights must be {count} numbers, not of shape {array.shape}")
    if not (array >= 0).all() or not np.isfinite(array).all() or (count and not array.sum() > 0):
        raise ValueError("weights must be finite, not below 0, and not all 0")
    return array


# ---- normalisation ----


def normalise(
    values: Any,
    method: Normalisation = "minmax",
    *,
    direction: Any = "higher",
    axis: int | tuple[int, ...] = 0,
    scale: tuple[float, float] = (0.0, 1.0),
    goalposts: tuple[Any, Any] | None = None,
    target: Any = None,
    clip: bool | None = None,
    ddof: int = 1,
    missing: Literal["omit", "raise"] = "omit",
) -> Any:
    """Bring indicators onto one scale, higher being better.

    Parameters
    ----------
    values : array_like or DataFrame
        Figures. Indicators in columns, as a rule; every slice along `axis` is normalised by itself.
    method : str
        ``minmax``: the worst becomes ``scale[0]``, the best ``scale[1]``. ``z``: mean ``scale[0]``, standard
        deviation ``scale[1]``. ``rank``: average ranks, 1 for the worst. ``percentile``: these from
        ``scale[0]`` to ``scale[1]``. ``goalposts``: `goalposts` become the ends of the scale. ``target``: the
        worst becomes ``scale[0]``, the target ``scale[1]``. ``max``: 0 becomes ``scale[0]``, the greatest
        figure ``scale[1]``.
    direction : str or array_like of str
        ``"higher"`` or ``"lower"`` is better; one for all or one per column. Not for ``goalposts``.
    axis : int or tuple of int
        What extremes, means and ranks are taken over. For data of years by regions by indicators, 1 compares
        within each year and ``(0, 1)`` pools the years.
    scale : (float, float)
        Lower and upper end; mean and deviation for ``z``.
    goalposts : (array_like, array_like)
        The figures that are worst and best, in this order: (20, 85) years of life, (30, 0) deaths.
    target : array_like
        The figure that is aimed at, one or one per column.
    clip : bool
        Whether figures beyond the goalposts, or beyond the target, stay at the end of the scale. True if not
        given.
    ddof : int
        Taken off the number of figures for the standard deviation of ``z``.
    missing : str
        ``omit``: missing figures are not looked at and stay NaN; infinite ones become NaN. ``raise``:
        ValueError.

    Returns
    -------
    array or DataFrame
        Of the shape of `values`. Where all figures are the same, or there is only one, everything is in the
        middle of the scale (``z``: at the mean); so it is where goalposts, or target and worst, coincide.

    Raises
    ------
    ValueError
        For unknown words, axes that do not exist, goalposts or targets that are not given.
    TypeError
        For values that are not numbers.

    References
    ----------
    OECD and JRC (2008). Handbook on Constructing Composite Indicators, step 5.

    Examples
    --------
    >>> from czreport import index
    >>> index.normalise([[1.0, 30.0], [2.0, 10.0], [3.0, 20.0]], direction=["higher", "lower"])
    array([[0. , 0. ],
           [0.5, 1. ],
           [1. , 0.5]])
    """
    array = _array(values, "values", 1)
    words = ("minmax", "z", "rank", "percentile", "goalposts", "target", "max")
    _one_of(method, words, "method")
    _refuse_missing(array, missing, ("omit", "raise"))
    axes = _axes(axis, array.ndim)
    lower, upper = (float(end) for end in scale)
    if (method == "goalposts") != (goalposts is not None):
        raise ValueError("goalposts belong to the method 'goalposts'")
    if (method == "target") != (target is not None):
        raise ValueError("a target belongs to the method 'target'")
    clipped = clip is not False
    if goalposts is not None:
        result = _UFUNCS["between"](array, *(_float(post, "goalposts") for post in goalposts), lower, upper)
        if clipped:
            result = np.clip(result, min(lower, upper), max(lower, upper))
        return _as_given(values, result)
    signs = _signs(direction)
    signed = array * signs
    # The axes that are compared come last, as one.
    moved = np.moveaxis(signed, axes, range(-len(axes), 0))
    kept = moved.shape[: array.ndim - len(axes)]
    flat = np.ascontiguousarray(moved).reshape(*kept, int(np.prod(moved.shape[len(kept) :])))
    if method == "z":
        flat = _standardised(flat, lower, upper, ddof)
    elif method in ("rank", "percentile"):
        flat = _ranks(flat, "average")
        if method == "percentile":
            known = np.sum(~np.isnan(flat), axis=-1, keepdims=True)
            flat = _UFUNCS["between"](flat, 1.0, known, lower, upper)
    elif method != "target":
        least, most = (np.asarray(end)[..., None] for end in _UFUNCS["extremes"](flat))
        flat = _UFUNCS["between"](flat, least if method == "minmax" else 0.0, most, lower, upper)
    if method == "target":
        goal = np.broadcast_to(_float(target, "target") * signs, array.shape)
        goal = np.moveaxis(goal, axes, range(-len(axes), 0)).reshape(flat.shape)
        least = np.asarray(_UFUNCS["extremes"](flat)[0])[..., None]
        flat = _UFUNCS["between"](flat, least, goal, lower, upper)
        if clipped:
            flat = np.minimum(flat, upper) if upper >= lower else np.maximum(flat, upper)
    result = np.moveaxis(flat.reshape(moved.shape), range(-len(axes), 0), axes)
    return _as_given(values, np.ascontiguousarray(result))


def _standardised(flat: Array, mean: float, deviation: float, ddof: int) -> Any:
    known = np.isfinite(flat)
    centre, spread = _UFUNCS["moments"](flat, known.astype(np.float64), float(ddof))
    least, most = _UFUNCS["extremes"](flat)
    spread = np.where(least == most, 0.0, spread)  # of a single figure too
    return mean + deviation * _UFUNCS["standard"](flat, np.asarray(centre)[..., None], spread[..., None])


def _ranks(flat: Array, ties: str) -> Any:
    order = _UFUNCS["order"](flat, np.zeros(flat.shape[-1], np.int8))
    return _UFUNCS["rank"](flat, order, _TIE_CODES[ties])


# ---- weights ----


def weights(values: Any, method: Weighting = "entropy", *, missing: Missing = "omit") -> Any:
    """Weights of indicators that the data suggest; they sum to 1.

    Parameters
    ----------
    values : array_like or DataFrame
        Regions by indicators, normalised so that higher is better. ``entropy`` takes shares of column sums,
        so it needs figures that are not negative.
    method : str
        ``equal``. ``entropy``: by ``1 - e``, e the entropy of a column's shares over ln n, with 0 ln 0 = 0.
        ``variation``: by the coefficient of variation (n - 1). ``critic``: by the standard deviation times
        the sum of ``1 - r`` over the other columns. ``pca``: by the loadings on the first principal component
        of the correlations, which may be negative; ``pca_squared``: by their squares. Given weights need no
        function: hand them to :func:`aggregate`.
    missing : str
        ``omit``: missing figures are left out of their column, and of the pairs that a correlation is made
        of. ``nan``: weights are NaN if any figure is missing. ``raise``: ValueError.

    Returns
    -------
    array or Series
        One weight per column. A column that does not vary tells nothing and has weight 0 (under ``entropy``,
        ``variation`` and ``critic``); if none does, all weights are equal. NaN for negative figures under
        ``entropy``, and for a mean of 0 under ``variation``.

    References
    ----------
    Zou, Z., Yun, Y., and Sun, J. (2006). Entropy method for determination of weight of evaluating indicators.
    J. Environ. Sci. 18(5), 1020-1023. Diakoulaki, D., Mavrotas, G., and Papayannakis, L. (1995). Determining
    objective weights in multiple criteria problems: the CRITIC method. Comput. Oper. Res. 22(7), 763-770.
    OECD and JRC (2008), step 6, for principal components.

    Examples
    --------
    >>> from czreport import index
    >>> index.weights([[0, 0.2, 0.9], [0.5, 1, 0], [1, 0, 1], [0.3, 0.4, 0.5]]).round(8)
    array([0.33269342, 0.39896344, 0.26834314])
    """
    array = _array(values, "values", 2)
    if array.ndim != 2:
        raise ValueError(f"values must have 2 dimensions, not {array.ndim}")
    _one_of(method, ("equal", *_WEIGHTINGS, "pca", "pca_squared"), "method")
    _refuse_missing(array, missing, ("nan", "omit", "raise"))
    columns = array.shape[1]
    if missing == "nan" and np.isnan(array).any():
        return _per_column(values, np.full(columns, np.nan))
    if method == "equal":
        found = np.full(columns, 1 / columns if columns else np.nan)
    elif method in _WEIGHTINGS:
        found = _core.index_weights(array, _WEIGHTINGS[method])[1]
    else:
        loadings = _core.principal_components(array)[1][:1].ravel()
        loadings = loadings * loadings if method == "pca_squared" else loadings
        total = loadings.sum()
        found = loadings / total if total > 1e-12 else np.full(columns, np.nan)
    return _per_column(values, found)


def principal_components(values: Any, *, missing: Literal["omit", "raise"] = "omit") -> Components:
    """Principal components of the correlations of indicators.

    Parameters
    ----------
    values : array_like or DataFrame
        Regions by indicators.
    missing : str
        ``omit``: correlations of the regions that have both figures. ``raise``: ValueError.

    Returns
    -------
    Components
        Eigenvalues, which sum to the number of columns, and loadings: one component a row, of length 1 and
        with a sum that is not negative. The correlation with a column that does not vary counts as 0.

    Examples
    --------
    >>> from czreport import index
    >>> eigenvalues, loadings = index.principal_components([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])
    >>> eigenvalues.round(6) + 0.0, loadings[0].round(6)
    (array([2., 0.]), array([0.707107, 0.707107]))
    """
    array = _array(values, "values", 2)
    _refuse_missing(array, missing, ("omit", "raise"))
    return Components(*_core.principal_components(array))


# ---- aggregation ----


def aggregate(
    values: Any,
    weights: Any = None,
    method: Aggregation = "arithmetic",
    *,
    missing: Missing = "nan",
    least: float = 0.0,
    penalty: Literal["minus", "plus"] = "minus",
    scaled: bool = False,
) -> Any:
    """One score per region from its indicators.

    Parameters
    ----------
    values : array_like or DataFrame
        Regions by indicators, normalised so that higher is better; indicators along the last axis.
    weights : array_like, optional
        One per indicator, not negative; they need not sum to 1. Equal ones if not given.
    method : str
        Weighted means: ``arithmetic``, ``geometric``, ``harmonic``. ``mpi``: Mazziotta-Pareto, the mean less
        (or plus) ``s * cv`` across the indicators of a region; normalise with ``"z"``, ``scale=(100, 10)``
        and ``ddof=0`` before. ``copeland``: against how many regions it is ahead by weight, less against how
        many it is behind. ``topsis``: closeness to the best figures of all.
    missing : str
        ``nan``: a region with a missing figure of weight above 0 has none. ``omit``: the weights of the
        others carry the score (``copeland``: of what both have; ``topsis`` cannot). ``raise``: ValueError.
    least : float
        With ``omit``, the part of all weight that a region must have figures for, 0 to 1.
    penalty : str
        Of ``mpi``: ``minus`` where higher is better, ``plus`` where the index measures something bad.
    scaled : bool
        Of ``topsis``: the columns are on one scale already and not divided by their length.

    Returns
    -------
    float, array or Series
        A score per region. Geometric and harmonic means are 0 if a figure of weight above 0 is, and NaN if
        one is negative. With ``topsis`` regions that are all alike have 0.5. No indicators: NaN.

    References
    ----------
    OECD and JRC (2008), step 6. Mazziotta, M., and Pareto, A. (2016). On a generalized non-compensatory
    composite index for measuring socio-economic phenomena. Soc. Indic. Res. 127, 983-1003. Al-Sharrah, G.
    (2010). Ranking using the Copeland score. J. Chem. Inf. Model. 50(5), 785-791. Hwang, C.-L., and Yoon, K.
    (1981). Multiple Attribute Decision Making. Springer.

    Examples
    --------
    >>> from czreport import index
    >>> index.aggregate([[1.0, 4.0], [2.0, 2.0]], method="geometric")
    array([2., 2.])
    >>> index.aggregate([[1.0, float("nan")], [2.0, 2.0]], [1, 3], missing="omit")
    array([1., 2.])
    """
    array = _array(values, "values", 1)
    _one_of(method, (*_POWERS, "mpi", "copeland", "topsis"), "method")
    _one_of(penalty, ("minus", "plus"), "penalty")
    given = _weights(weights, array.shape[-1])
    absent = np.isnan(array) & (given > 0)
    _refuse_missing(np.where(absent, np.nan, 0.0), missing, ("nan", "omit", "raise"))
    if not 0 <= least <= 1:
        raise ValueError(f"least must lie between 0 and 1, not {least}")
    if method in ("copeland", "topsis"):
        if array.ndim < 2:
            raise ValueError(f"{method} compares regions: values must have 2 dimensions at least")
        if method == "topsis" and missing == "omit" and absent.any():
            raise ValueError("topsis cannot leave out missing figures")
        flat = array.reshape(-1, *array.shape[-2:])
        code = -1 if method == "copeland" else int(scaled)
        result = np.array([_core.outrank(page, given, code) for page in flat]).reshape(array.shape[:-1])
        if method == "topsis":
            result[absent.any(axis=-1)] = np.nan
    else:
        used = np.where(absent, 0.0, given) if missing == "omit" else np.broadcast_to(given, array.shape)
        if method == "mpi":
            result = _UFUNCS["mpi"](array, used, -1.0 if penalty == "minus" else 1.0)[0]
        else:
            result = _UFUNCS["power_mean"](array, used, _POWERS[method])
        result = np.asarray(result)
    if missing == "nan":
        result = np.where(absent.any(axis=-1), np.nan, result)
    elif least > 0:
        share = np.where(absent, 0.0, given).sum(axis=-1) / given.sum()
        result = np.where(share < least * (1 - 1e-12), np.nan, result)
    return _per_row(values, result[()] if result.ndim == 0 else result)


def _children(structure: Sequence[tuple[str, str, float]]) -> dict[str, list[tuple[str, float]]]:
    names = [name for name, _, _ in structure]
    if len(set(names)) < len(names):
        raise ValueError(f"{next(n for n in names if names.count(n) > 1)!r} occurs twice in the structure")
    found: dict[str, list[tuple[str, float]]] = {}
    for name, parent, weight in structure:
        if parent and parent not in names:
            raise ValueError(f"the parent {parent!r} of {name!r} is not in the structure")
        found.setdefault(parent, []).append((name, float(weight)))
    for name in names:
        above, steps = name, 0
        while above and steps <= len(names):
            above, steps = next(parent for other, parent, _ in structure if other == above), steps + 1
        if above:
            raise ValueError(f"{name!r} is above itself in the structure")
    return found


def effective_weights(structure: Sequence[tuple[str, str, float]]) -> dict[str, float]:
    """What each indicator counts in the whole, through all levels of an index.

    Parameters
    ----------
    structure : sequence of (name, parent, weight)
        Indicators and groups; the parent of the whole is ``""``.

    Returns
    -------
    dict
        By name: the product of the parts that it and those above it have in their group. Those of all
        indicators sum to 1 if there is one whole.

    Raises
    ------
    ValueError
        For names that occur twice, parents that do not occur, and circles.

    Examples
    --------
    >>> from czreport import index
    >>> index.effective_weights([("a", "x", 1), ("b", "x", 3), ("x", "", 1)])
    {'x': 1.0, 'a': 0.25, 'b': 0.75}
    """
    children, result = _children(structure), {}
    waiting = [("", 1.0)]
    while waiting:
        parent, share = waiting.pop(0)
        group = children.get(parent, [])
        total = sum(weight for _, weight in group)
        for name, weight in group:
            result[name] = share * weight / total if total else float("nan")
            waiting.append((name, result[name]))
    return result


def aggregate_tree(
    values: Mapping[str, Any],
    structure: Sequence[tuple[str, str, float]],
    method: Aggregation = "arithmetic",
    *,
    missing: Missing = "nan",
    least: float = 0.0,
) -> dict[str, Any]:
    """Scores of all groups of an index of several levels, from the bottom up.

    Parameters
    ----------
    values : mapping
        Normalised indicators by name: one array each, a DataFrame, or a dict.
    structure : sequence of (name, parent, weight)
        As of :func:`effective_weights`. Names without children are indicators.
    method, missing, least
        As of :func:`aggregate`, on every level.

    Returns
    -------
    dict
        Scores of every group by name, the lowest level first.

    Raises
    ------
    ValueError
        As :func:`effective_weights`.
    KeyError
        For an indicator that `values` does not have.

    Examples
    --------
    >>> from czreport import index
    >>> index.aggregate_tree({"a": [0.0, 1.0], "b": [1.0, 1.0]}, [("a", "x", 1), ("b", "x", 3), ("x", "", 1)])
    {'x': array([0.75, 1.  ])}
    """
    children, result = _children(structure), {}

    def score(name: str) -> Any:
        if name not in children:
            return _float(values[name], name)
        parts = [score(child) for child, _ in children[name]]
        given = [weight for _, weight in children[name]]
        result[name] = aggregate(np.stack(parts, axis=-1), given, method, missing=missing, least=least)
        return result[name]

    for name, _ in children.get("", []):
        score(name)
    return result


def coupling(
    values: Any,
    weights: Any = None,
    variant: Literal["standard", "corrected"] = "standard",
    *,
    missing: Missing = "nan",
) -> Coupling:
    """Coupling coordination degree (耦合协调度) of several systems.

    Parameters
    ----------
    values : array_like or DataFrame
        Levels of the systems, in [0, 1]; systems along the last axis.
    weights : array_like, optional
        Of the systems in the level T; equal ones if not given. Systems of weight 0 are left out.
    variant : str
        ``standard``: C is the geometric over the arithmetic mean. ``corrected``: the formula of Wang et al.,
        which spreads C over all of [0, 1].
    missing : str
        As of :func:`aggregate`.

    Returns
    -------
    Coupling
        Coupling C, level T (weighted mean) and degree D = (C T)^(1/2). NaN for negative levels. Systems that
        are all at 0 are equal: C is 1, T and D are 0. One system: C is 1.

    References
    ----------
    Liao, C. (1999). Quantitative judgement and classification system for coordinated development of
    environment and economy. Trop. Geogr. 19(2), 171-177. Wang, S., Kong, W., Ren, L., Zhi, D., and Dai, B.
    (2021). Research on misuses and modification of coupling coordination degree model in China. J. Nat.
    Resour. 36(3), 793-810.

    Examples
    --------
    >>> from czreport import index
    >>> c, t, d = index.coupling([0.2, 0.8])
    >>> round(c, 10), round(t, 10), round(d, 6)
    (0.8, 0.5, 0.632456)
    """
    array = _array(values, "values", 1)
    given = _weights(weights, array.shape[-1])
    absent = np.isnan(array) & (given > 0)
    _refuse_missing(np.where(absent, np.nan, 0.0), missing, ("nan", "omit", "raise"))
    used = np.where(absent & (missing == "omit"), 0.0, given)
    found = _UFUNCS["coupling"](array, used, _codes(variant, _COUPLING_CODES, "variant"))
    return Coupling(*(_per_row(values, part) for part in found))


# ---- ranks ----


def rank(
    values: Any, *, direction: Any = "higher", ties: str = "min", axis: int = 0, missing: str = "omit"
) -> Any:
    """Ranks, 1 for the best.

    Parameters
    ----------
    values : array_like, Series or DataFrame
        Figures.
    direction : str or array_like of str
        Which way is better; one, or one per column.
    ties : str
        ``min``: equal figures share the better place and the next ones are left out (1 2 2 4), as reports
        count; ``max`` (1 3 3 4), ``average`` (1 2.5 2.5 4), ``dense`` (1 2 2 3), ``ordinal`` (in the order of
        the data).
    axis : int
        What is ranked against each other.
    missing : str
        ``omit``: a missing figure has no rank and takes no place. ``raise``: ValueError.

    Returns
    -------
    array, Series or DataFrame
        Floats, NaN for missing figures.

    Examples
    --------
    >>> from czreport import index
    >>> index.rank([3.0, 5.0, 5.0, float("nan"), 1.0])
    array([ 3.,  1.,  1., nan,  4.])
    """
    array = _array(values, "values", 1)
    _one_of(ties, TIES, "ties")
    _refuse_missing(array, missing, ("omit", "raise"))
    (along,) = _axes(axis, array.ndim)
    signed = np.moveaxis(-_signs(direction) * array, along, -1)
    return _as_given(values, np.ascontiguousarray(np.moveaxis(_ranks(signed, ties), -1, along)))


def rank_change(
    before: Any, now: Any, *, direction: Any = "higher", ties: str = "min", axis: int = 0, common: bool = True
) -> Change:
    """Places gained from one year to the next.

    Parameters
    ----------
    before, now : array_like, Series or DataFrame
        Figures of the same regions in the same order.
    direction, ties, axis
        As of :func:`rank`.
    common : bool
        Rank only those that have both figures, so that nobody gains a place because a rival is missing.

    Returns
    -------
    Change
        Ranks before and now, and ``before - now``: 3 is 上升3位.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> from czreport import index
    >>> index.rank_change([5.0, 4.0, 3.0], [5.0, 6.0, float("nan")]).change
    array([-1.,  1., nan])
    """
    first, second = _array(before, "before", 1), _array(now, "now", 1)
    if first.shape != second.shape:
        raise ValueError(f"before and now differ in shape: {first.shape} and {second.shape}")
    if common:
        both = np.isnan(first) | np.isnan(second)
        first, second = (np.where(both, np.nan, part) for part in (first, second))
    ranks = [rank(part, direction=direction, ties=ties, axis=axis) for part in (first, second)]
    return Change(*(_as_given(now, part) for part in (*ranks, ranks[0] - ranks[1])))


def rank_interval(
    lo: Any,
    hi: Any = None,
    *,
    open_lo: Any = False,
    open_hi: Any = False,
    direction: Any = "higher",
    axis: int = 0,
    missing: Literal["omit", "anywhere"] = "omit",
) -> RankInterval:
    """Best and worst rank that printed figures leave open.

    Parameters
    ----------
    lo, hi : array_like
        Ends of what each figure stands for, or one :class:`~czreport.printed.Interval`, as of
        :func:`~czreport.printed.unround` and :func:`~czreport.printed.intervals`; infinite ends are fine.
    open_lo, open_hi : array_like of bool
        Ends that do not belong to the set: the lower one of 超过7%.
    direction : str or array_like of str
        Which way is better.
    axis : int
        What is ranked against each other.
    missing : str
        ``omit``: a missing figure has no rank and takes no place. ``anywhere``: it may be any number.

    Returns
    -------
    RankInterval
        Floats. The best rank is 1 plus the number of figures that are better for certain, the worst 1 plus
        the number of those that may be better: ranks as with ``ties="min"``. Exact: each is reached by some
        choice of figures within their intervals, which are independent of each other. NaN for missing and
        empty intervals. Takes O(n log n).

    Notes
    -----
    Ends that are at most 4 units in the last place apart are taken as one: 6.45, rounded outwards as the upper
    end of 6.4 and as the lower one of 6.5, is one number.

    Examples
    --------
    6.4, 6.5 and "above 6.4":

    >>> from czreport import index
    >>> best, worst = index.rank_interval([6.35, 6.45, 6.4], [6.45, 6.55, float("inf")], open_lo=[0, 0, 1])
    >>> best, worst
    (array([1., 1., 1.]), array([3., 2., 3.]))
    """
    if isinstance(lo, Interval) and hi is None:
        lo, hi = lo
    if hi is None:
        raise ValueError("rank_interval needs both ends, or one Interval")
    template = lo
    low, high = _array(lo, "lo", 1), _array(hi, "hi", 1)
    if low.shape != high.shape:
        raise ValueError(f"lo and hi differ in shape: {low.shape} and {high.shape}")
    _one_of(missing, ("omit", "anywhere"), "missing")
    (along,) = _axes(axis, low.ndim)
    opens = [np.broadcast_to(np.asarray(part, dtype=bool), low.shape) for part in (open_lo, open_hi)]
    signs = np.broadcast_to(_signs(direction), low.shape)
    low, high = np.where(signs > 0, low, -high), np.where(signs > 0, high, -low)
    opens = [np.where(signs > 0, opens[0], opens[1]), np.where(signs > 0, opens[1], opens[0])]
    low, high = _as_one(low, high)
    unknown = np.isnan(low) | np.isnan(high)
    empty = (low > high) | ((low == high) & (opens[0] | opens[1]))
    anywhere = unknown & (missing == "anywhere")
    none = empty | (unknown & ~anywhere)
    low = np.where(none, np.nan, np.where(anywhere, -np.inf, low))
    high = np.where(none, np.nan, np.where(anywhere, np.inf, high))
    flags = [flag.astype(np.int8) for flag in opens]
    planes: list[Any] = [np.moveaxis(part, along, -1) for part in (low, high)]
    planes += [np.moveaxis(flag, along, -1) for flag in flags]
    orders = _UFUNCS["order"](planes[0], planes[2]), _UFUNCS["order"](planes[1], planes[3])
    found = _UFUNCS["rank_interval"](*planes, *orders)
    return RankInterval(*(_as_given(template, np.moveaxis(part, -1, along)) for part in found))


def _as_one(low: Array, high: Array) -> tuple[Array, Array]:
    """Ends that differ by rounding only are made the same number."""
    ends, at = np.unique(np.concatenate([low.ravel(), high.ravel()]), return_inverse=True)
    finite = np.where(np.isfinite(ends), ends, 0.0)
    apart = np.ones(ends.shape, bool)
    apart[1:] = ~(ends[1:] - finite[:-1] <= 4 * np.spacing(np.abs(finite[1:]))) | ~np.isfinite(ends[:-1])
    first = np.maximum.accumulate(np.where(apart, np.arange(len(ends)), 0))
    merged = ends[first][at.reshape(-1)]
    return merged[: low.size].reshape(low.shape), merged[low.size :].reshape(high.shape)


# ---- how sure ranks are ----


class RankDistribution:
    """How often each region had each rank; made by :func:`rank_distribution`.

    Attributes
    ----------
    counts : array of int64
        Regions by ranks: ``counts[i, r]`` draws gave region i the rank ``r + 1``.
    draws : int
        How many draws there were.
    """

    def __init__(self, counts: Any, draws: int, template: Any) -> None:
        self.counts = counts
        self.draws = draws
        self._template = template

    def __repr__(self) -> str:
        return f"<RankDistribution of {len(self.counts)} regions, {self.draws} draws>"

    def _rows(self, result: Any) -> Any:
        return _per_row(self._template, result)

    def quantile(self, q: float) -> Any:
        """Quantile of the ranks of each region, between neighbours as NumPy's ``linear``.

        Parameters
        ----------
        q : float
            0 to 1.

        Returns
        -------
        array or Series
            NaN for regions without a rank.
        """
        if not 0 <= q <= 1:
            raise ValueError(f"q must lie between 0 and 1, not {q}")
        totals = self.counts.sum(axis=1)
        place = np.maximum(totals - 1, 0) * q
        below = np.floor(place)
        cumulated = self.counts.cumsum(axis=1)
        first, second = (
            1.0 + np.sum(cumulated <= at[:, None], axis=1)
            for at in (below, np.minimum(below + 1, totals - 1))
        )
        result = first + (place - below) * (np.maximum(second, first) - first)
        return self._rows(np.where(totals > 0, result, np.nan))

    def mean(self) -> Any:
        """Mean rank of each region."""
        totals = self.counts.sum(axis=1)
        sums = self.counts @ np.arange(1.0, len(self.counts) + 1)
        return self._rows(np.where(totals > 0, sums / np.maximum(totals, 1), np.nan))

    def within(self, places: int) -> Any:
        """Share of the draws in which each region was among the first `places`."""
        totals = self.counts.sum(axis=1)
        share = self.counts[:, : max(places, 0)].sum(axis=1) / np.maximum(totals, 1)
        return self._rows(np.where(totals > 0, share, np.nan))


def rank_distribution(
    values: Any,
    weights: Any = None,
    *,
    draws: int = 10_000,
    seed: int = 0,
    weight_draw: Literal["fixed", "noise", "simplex"] = "noise",
    spread: float = 0.25,
    normalisations: Sequence[Literal["none", "minmax", "z", "rank"]] = ("minmax",),
    scale: tuple[float, float] = (0.0, 1.0),
    method: Literal["arithmetic", "geometric"] = "arithmetic",
    direction: Any = "higher",
    missing: Literal["omit", "raise"] = "raise",
    threads: int | None = None,
) -> RankDistribution:
    """How the ranks of an index depend on rounding, weights and normalisation.

    Parameters
    ----------
    values : array_like, DataFrame or Interval
        Regions by indicators, not normalised. Of an :class:`~czreport.printed.Interval` every figure is drawn
        evenly between both ends, which must be finite.
    weights : array_like, optional
        One per indicator, equal if not given.
    draws : int
        How many indices are made.
    seed : int
        0 to 2^64 - 1. The same seed gives the same counts, whatever the number of threads and the machine.
    weight_draw : str
        ``fixed``: the weights as they are. ``noise``: each times ``1 + spread * u``, u even in (-1, 1).
        ``simplex``: even among all weights that are not negative and sum to 1, times the given ones.
    spread : float
        0 to 1.
    normalisations : sequence of str
        Each draw uses one of these: ``minmax`` and ``rank`` from ``scale[0]`` to ``scale[1]``, ``z``,
        ``none``.
    scale : (float, float)
        Ends of the scale; a geometric mean needs a lower end above 0 to tell the worst apart.
    method : str
        Weighted mean of the normalised figures.
    direction : str or array_like of str
        Which way is better; one, or one per column.
    missing : str
        ``raise``: ValueError. ``omit``: the other weights of a region carry its score; one without any figure
        has no rank.
    threads : int, optional
        At most so many; as ``CZREPORT_THREADS`` says if not given.

    Returns
    -------
    RankDistribution
        With ties as ``min``.

    Raises
    ------
    ValueError
        For arguments outside their range, negative figures under a geometric mean.

    Notes
    -----
    Numbers come from Philox 4x64-10, a function of a counter: draw d has a stream of its own.

    References
    ----------
    Saisana, M., Saltelli, A., and Tarantola, S. (2005). Uncertainty and sensitivity analysis techniques as
    tools for the quality assessment of composite indicators. J. R. Stat. Soc. A 168, 307-323. Salmon, J. K.,
    Moraes, M. A., Dror, R. O., and Shaw, D. E. (2011). Parallel random numbers: as easy as 1, 2, 3. SC '11.

    Examples
    --------
    >>> from czreport import index
    >>> study = index.rank_distribution([[3.0, 9.0], [2.0, 5.0], [1.0, 7.0]], draws=1000)
    >>> study.quantile(0.5)
    array([1., 2., 3.])
    """
    lo, hi = values if isinstance(values, Interval) else (values, None)
    low = _array(lo, "values", 2)
    high = None if hi is None else _array(hi, "values", 2)
    if low.ndim != 2 or (high is not None and high.shape != low.shape):
        raise ValueError("values must be regions by indicators, both ends of one shape")
    for plane in (low, high):
        if plane is not None:
            _refuse_missing(plane, missing, ("omit", "raise"))
            if np.isinf(plane).any():
                raise ValueError("values must be finite")
    given = _weights(weights, low.shape[1])
    _one_of(weight_draw, _DRAWS, "weight_draw")
    _one_of(method, ("arithmetic", "geometric"), "method")
    if not normalisations or isinstance(normalisations, str):
        raise ValueError("normalisations must be a sequence of words")
    scalings = {_SCALINGS[_one_of(word, _SCALINGS, "normalisations")] for word in normalisations}
    if not 0 <= spread <= 1 or draws < 0 or not 0 <= seed < 2**64:
        raise ValueError("spread must lie between 0 and 1, seed between 0 and 2^64 - 1, draws not below 0")
    if threads is not None and threads < 1:
        raise ValueError(f"threads must be above 0, not {threads}")
    lower, upper = (float(end) for end in scale)
    signs = _signs(direction)
    first, last = low * signs, None if high is None else high * signs
    if last is not None:
        first, last = np.minimum(first, last), np.maximum(first, last)
    if method == "geometric" and (
        4 in scalings or min(lower, upper) < 0 or (1 in scalings and np.nanmin(first, initial=0) < 0)
    ):
        raise ValueError("a geometric mean needs figures that are not negative")
    counts = _core.rank_study(
        first, last, given, _DRAWS[weight_draw], float(spread), sum(scalings), lower, upper,
        method == "geometric", seed, draws, threads or _core.threads,
    )  # fmt: skip
    return RankDistribution(counts, draws, lo)
