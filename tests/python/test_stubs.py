"""Types: the stubs describe the extension, and the package passes the type checker."""

import os
import pathlib
import subprocess
import sys

import pytest

import czreport

pytest.importorskip("mypy")

PARENT = pathlib.Path(czreport.__file__).parent.parent


def mypy(*command, cwd):
    env = dict(os.environ)
    if PARENT.name != "site-packages":  # built in place; installed packages are found by themselves
        env["MYPYPATH"] = env["PYTHONPATH"] = str(PARENT)
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=cwd, env=env, capture_output=True, text=True, timeout=600
    )


def check(*command, cwd):
    done = mypy(*command, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def config(tmp_path):
    """pandas, pyarrow and openpyxl have no types of their own; users who do not call them need not care."""
    path = tmp_path / "mypy.ini"
    path.write_text("[mypy]\nstrict = True\n[mypy-pandas.*,pyarrow.*,openpyxl.*]\nignore_missing_imports = True\n")
    return str(path)


@pytest.mark.slow
def test_stubs_describe_the_extension(tmp_path, config):
    check("mypy.stubtest", "--mypy-config-file", config, "czreport._core", cwd=tmp_path)


EXAMPLE = """
from typing import Any
from typing_extensions import assert_type
import czreport as cz

report = cz.parse("x", region="常州市", year=2021)
assert_type(report, cz.Report)
assert_type(report.year, int | None)
assert_type(report.statements, cz.Table)
assert_type(report.statements[0], dict[str, Any])
assert_type(report.statements[1:][["unit", "value"]], cz.Table)
rows: cz.Table = report.statements[report.statements["value"] > 3]
text: str = report.evidence(0) + report.evidence(rows[0])
names: list[str] = cz.datasets()
words: cz.Vocabulary = cz.vocabulary([{"type": "unit", "name": "x"}])
cz.parse(b"x", vocabulary=words)
"""

WRONG = [
    "cz.parse(5)",
    'cz.parse("x", "y")',
    'cz.parse("x", year="2021")',
    'report.evidence("x")',
    "report.year.bit_length()",
]


@pytest.mark.slow
def test_users_see_types(tmp_path, config):
    (tmp_path / "good.py").write_text(EXAMPLE, encoding="utf-8")
    check("mypy", "--config-file", config, "good.py", cwd=tmp_path)
    lines = EXAMPLE + "".join(f"{line}\n" for line in WRONG)
    (tmp_path / "bad.py").write_text(lines, encoding="utf-8")
    done = mypy("mypy", "--config-file", config, "bad.py", cwd=tmp_path)
    first = EXAMPLE.count("\n") + 1
    for number in range(first, first + len(WRONG)):
        assert f"bad.py:{number}: error" in done.stdout, done.stdout


@pytest.mark.slow
def test_package_passes_the_type_checker(root):
    check("mypy", "--config-file", "pyproject.toml", cwd=root)
