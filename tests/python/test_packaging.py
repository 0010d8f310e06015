"""The build keeps its promises: one source list, one version, no Python in the core, no strangers in the
layout."""

import ast
import doctest
import importlib
import pathlib
import pkgutil
import re
import subprocess
import sys

import pytest

import czreport

TOP = {
    "czcore", "python", "tests", "benchmarks", "setup.py", "pyproject.toml", "README.md", "LICENSE", "NOTICE",
    "MANIFEST.in", "CHANGELOG.md", ".ci", ".clang-format", ".gitignore", "docs",
}  # fmt: skip


def cmake_list(root, name):
    text = (root / "czcore/CMakeLists.txt").read_text("utf-8")
    found = re.search(rf"set\(\s*{name}\s([^)]*)\)", text)
    assert found, f"czcore/CMakeLists.txt has no set({name} …)"
    lines = [line.split("#")[0] for line in found[1].splitlines()]
    return " ".join(lines).replace('"', "").split()


def test_cmake_lists_the_sources_that_setup_builds(root):
    listed = cmake_list(root, "CZCORE_SOURCES")
    built = sorted(
        path.relative_to(root / "czcore").as_posix() for path in (root / "czcore/src").glob("*/*.c")
    )
    assert built and listed == built
    script = (root / "setup.py").read_text("utf-8")
    assert 'glob.glob("czcore/src/*/*.c")' in script, "this test repeats the pattern of setup.py"


def test_the_core_knows_no_python(root):
    for path in (root / "czcore").rglob("*.[ch]"):
        assert not re.search(r"#\s*include\s*[<\"](Python|numpy)", path.read_text("utf-8")), path
    tree = ast.parse((root / "setup.py").read_text("utf-8"))
    text = ast.unparse(
        next(node for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "libraries")
    )
    assert "include_dirs': ['czcore/include']" in text


def test_one_version(root):
    header = (root / "czcore/include/czcore/base.h").read_text("utf-8")
    version = ".".join(
        re.search(rf"CZ_VERSION_{part} (\d+)", header)[1] for part in ("MAJOR", "MINOR", "PATCH")
    )
    project = re.search(r'^version = "(.*)"$', (root / "pyproject.toml").read_text("utf-8"), re.MULTILINE)[1]
    change = re.search(r"^## ([\d.]+)", (root / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)[1]
    assert {project, change, czreport.__version__} == {version}
    build = (root / "czcore/CMakeLists.txt").read_text("utf-8")
    assert "CZ_VERSION_" in build and version not in build, "CMake reads the version from the header"


def test_top_level_holds_nothing_else(root):
    listed = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True)
    if listed.returncode == 0:  # an unpacked source distribution has no list, and has files of its own
        names = {line.split("/")[0].strip('"') for line in listed.stdout.splitlines()}
        assert names <= TOP


def test_public_names_exist_and_are_documented():
    for name in czreport.__all__:
        thing = getattr(czreport, name)
        assert name == "__version__" or thing.__doc__, name


def test_typed_marker_and_stubs_are_installed():
    folder = pathlib.Path(czreport.__file__).parent
    assert (folder / "py.typed").exists() and (folder / "_core.pyi").exists()


def test_import_needs_numpy_only():
    code = (
        "import sys, czreport\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "assert not loaded & {'pandas', 'polars', 'pyarrow', 'selectolax', 'pypdfium2', 'docx'}, loaded\n"
        "czreport.parse('增长5%').quantities.to_csv()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_subinterpreters_are_refused_and_do_not_crash():
    code = (
        "import czreport\n"
        "try:\n    import _xxsubinterpreters as subinterpreters\n"
        "except ImportError:\n    raise SystemExit(0)\n"
        "one = subinterpreters.create()\n"
        "try:\n    subinterpreters.run_string(one, 'import czreport')\n"
        "except Exception as error:\n    print('refused', type(error).__name__)\n"
        "subinterpreters.destroy(one)\n"
        "czreport.parse('增长5%').quantities.to_pylist()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()


def test_examples_of_the_readme(root):
    pytest.importorskip("pandas")
    text = (root / "README.md").read_text("utf-8")
    blocks = [
        block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if block.startswith(">>>")
    ]
    example = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "README.md", None, None)
    assert len(example.examples) >= 8
    assert doctest.DocTestRunner().run(example).failed == 0


def test_doctests():
    ran = 0
    for found in pkgutil.walk_packages(czreport.__path__, "czreport."):
        if found.name in ("czreport._core", "czreport.__main__"):
            continue
        result = doctest.testmod(importlib.import_module(found.name))
        assert result.failed == 0, found.name
        ran += result.attempted
    assert ran > 150
