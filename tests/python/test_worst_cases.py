"""The texts that benchmarks/worst_cases.py times are read soundly: rows in order, none over another, digits all in one."""

import pathlib
import sys

import pytest

import czreport

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "benchmarks"))
from worst_cases import CASES  # noqa: E402


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("size", [1000, 20_000])
def test_rows_cover_every_digit_once(name, size):
    text = CASES[name](size).decode()
    rows = czreport.parse(text, region="江苏省", year=2024).quantities
    starts, ends = rows["start"], rows["end"]
    assert (starts[1:] >= ends[:-1]).all() and (starts < ends).all()
    covered = bytearray(len(text))
    for start, end in zip(starts.tolist(), ends.tolist()):
        covered[start:end] = b"\1" * (end - start)
    missed = [at for at, char in enumerate(text) if char in "0123456789" and not covered[at]]
    assert not missed, f"digits at {missed[:5]} belong to no row"
