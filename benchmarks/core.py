"""Building the C core of a tree with a program in C, and what the scripts here read as text."""

import os
import pathlib
import shlex
import subprocess
from importlib import resources

ROOT = pathlib.Path(__file__).resolve().parent.parent
STAGES = ("base", "text", "number", "lexicon", "grammar", "model")


def text_to_read(files=()):
    """(bytes that are repeated, what they are)"""
    for folder in (ROOT.parent / "shared", ROOT.parent.parent / "shared"):
        paths = [pathlib.Path(name) for name in files] or sorted(
            (folder / "corpus" / "province_2025").glob("*.txt")
        )
        if paths:
            whose = "given" if files else "reports of provinces of 2025"
            return b"\n".join(path.read_bytes() for path in paths), f"{len(paths)} texts, {whose}"
    data = resources.files("czreport") / "_data" / "changzhou-2021.txt"
    return data.read_bytes() + b"\n", "the bundled digest (no corpus beside the repository)"


def codes_file():
    """Table of indicator names beside the repository, None if there is none."""
    for folder in (ROOT.parent, ROOT.parent.parent):
        path = folder / "shared" / "truth" / "codes.csv"
        if path.is_file():
            return path
    return None


def build(tree, program, source=ROOT / "benchmarks" / "speed.c", flags=(), libraries=()):
    """Compiles `source` with the core of `tree`, as setup.py compiles it; returns the compiler's message if it fails."""
    core = pathlib.Path(tree) / "czcore"
    files = [str(path) for stage in STAGES for path in sorted((core / "src" / stage).glob("*.c"))]
    command = [
        *shlex.split(os.environ.get("CC", "cc")),
        "-std=c17",
        "-O3",
        "-g",
        "-ffp-contract=off",
        "-pthread",
    ]
    command += [
        *flags,
        "-I",
        str(core / "include"),
        str(source),
        *files,
        "-o",
        str(program),
        *libraries,
        "-lm",
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stderr if done.returncode else None


def run(program, *arguments, isa=None):
    """What the program printed: name → number."""
    environment = {**os.environ, **({"CZREPORT_ISA": isa} if isa else {})}
    done = subprocess.run(
        [str(program), *map(str, arguments)], check=True, capture_output=True, text=True, env=environment
    )
    return {name: float(number) for name, number in (line.split() for line in done.stdout.splitlines())}
