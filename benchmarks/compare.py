"""Is the working tree faster than another commit? Builds both and prints the ratio per stage.

    python benchmarks/compare.py [--base main] [--megabytes 8] [--repeat 9] [--text FILE ...]

Both programs take turns, so that a busy machine slows both; a ratio above 1 means that the working tree is faster.
"""

import argparse
import pathlib
import statistics
import subprocess
import tempfile

import core


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", default="main", help="commit to compare with (main)")
    parser.add_argument("--megabytes", type=float, default=8)
    parser.add_argument("--repeat", type=int, default=9)
    parser.add_argument("--text", nargs="+", default=[], help="UTF-8 files to read instead of the corpus")
    options = parser.parse_args()
    once, what = core.text_to_read(options.text)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        text, base = folder / "text", folder / "base"
        text.write_bytes(once)
        base.mkdir()
        archive = subprocess.run(
            ["git", "archive", options.base, "czcore"], cwd=core.ROOT, check=True, stdout=subprocess.PIPE
        ).stdout
        subprocess.run(["tar", "x", "-C", str(base)], input=archive, check=True)
        programs = {"base": folder / "base.out", "tree": folder / "tree.out"}
        for which, tree in (("base", base), ("tree", core.ROOT)):
            has_index = "cz_text_index" in (tree / "czcore/include/czcore/text.h").read_text(encoding="utf-8")
            message = core.build(tree, programs[which], flags=() if has_index else ["-DWITHOUT_INDEX"])
            if message:
                raise SystemExit(f"{which} does not compile:\n{message}")
        results = {"base": [], "tree": []}
        for _ in range(options.repeat):
            for which, program in programs.items():
                results[which].append(core.run(program, "times", text, options.megabytes, 1))
    size = results["tree"][0]["bytes"] / 1e6
    rows = {which: int(runs[0]["rows"]) for which, runs in results.items()}
    print(f"{what}, {size:.1f} MB; rows: {rows['base']:,} at {options.base}, {rows['tree']:,} here")
    print(f"{'':10}{options.base:>12}{'here':>12}  MB/s, and how many times as fast")
    for stage in ("memcpy", "index", "scan", "parse"):
        medians = {
            which: statistics.median(run[stage] for run in runs)
            for which, runs in results.items()
            if stage in runs[0]
        }
        if len(medians) == 2:
            ratio = medians["base"] / medians["tree"]
            print(f"{stage:10}{size / medians['base']:12,.1f}{size / medians['tree']:12,.1f}{ratio:8.2f}")


if __name__ == "__main__":
    main()
