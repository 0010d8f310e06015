"""Streaming to Parquet: the same rows as in memory, bounded memory, and runs that were stopped."""

import importlib.util
import json
import os
import pathlib
import signal
import subprocess
import sys
import textwrap

import pytest

import czreport as cz
from czreport.corpus import stream

pytest.importorskip("pyarrow")
import pyarrow.parquet as pq

_path = pathlib.Path(__file__).resolve().parent.parent / "tools" / "synthetic.py"
_spec = importlib.util.spec_from_file_location("synthetic", _path)
synthetic = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(synthetic)


@pytest.fixture(scope="module")
def documents():
    return list(synthetic.documents(60, size=8))


@pytest.fixture
def folder(tmp_path, documents):
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in documents:
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def rows_of(path):
    return pq.read_table(path).to_pylist()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_file_holds_the_rows_of_the_corpus(documents, tmp_path, monkeypatch):
    monkeypatch.setattr(stream, "_BATCH", 7)
    path = tmp_path / "out.parquet"
    written = cz.write_corpus(documents, path, rows=200)
    corpus = cz.read_corpus(documents)
    expected = corpus.statements.to_pylist()
    for row in expected:
        del row["document"]
    got = rows_of(path)
    assert repr(got) == repr(expected)  # NaN and all
    file = pq.ParquetFile(path)
    assert (
        file.num_row_groups == 5
        and max(file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)) < 400
    )
    assert written == (str(path), 60, len(got), sum(len(text) for _, text in documents), written.errors)
    assert len(written.errors) == 0 and names(tmp_path) == ["out.documents.parquet", "out.parquet"]
    assert repr(rows_of(tmp_path / "out.documents.parquet")) == repr(corpus.documents.to_pylist())
    versions = file.schema_arrow.metadata
    assert versions[b"czreport"].decode() == cz.__version__
    assert versions[b"czreport_registry"].decode() == cz.registry_version()


def test_errors_are_told_and_nothing_else_stops(folder, tmp_path):
    (folder / "坏.txt").write_bytes("粮食产量70万吨。".encode() + b"\xff" + "增长".encode())
    written = cz.write_corpus(folder, tmp_path / "out.parquet", metadata={"没有.txt": ("常州市", 2020)})
    assert written.documents == 60
    reasons = {row["doc_id"].rpartition("/")[2]: (row["offset"], row["reason"]) for row in written.errors}
    assert reasons["坏.txt"][0] == 23 and "not among the sources" in reasons["没有.txt"][1]
    nothing = cz.write_corpus([], tmp_path / "none.parquet")
    assert (nothing.documents, nothing.statements) == (0, 0) and pq.read_table(
        tmp_path / "none.parquet"
    ).num_rows == 0


def test_two_documents_of_one_name_stay_two(tmp_path):
    sources = [("a", "粮食产量70万吨。"), ("a", "粮食产量71万吨。"), ("a#2", "粮食产量72万吨。")]
    cz.write_corpus(sources, tmp_path / "out.parquet")
    assert [(row["doc_id"], row["value"]) for row in rows_of(tmp_path / "out.parquet")] == [
        ("a", 70.0), ("a#2", 71.0), ("a#2#2", 72.0),
    ]  # fmt: skip


def test_the_chosen_document_is_that_of_the_corpus(tmp_path):
    base = "2021年常州市政府工作报告\n"
    sources = [("a", base + "粮食产量70万吨。"), ("b", base + "粮食产量70万吨，增长2%。"), ("c", "增长3%")]
    cz.write_corpus(sources, tmp_path / "out.parquet")
    table = pq.read_table(tmp_path / "out.documents.parquet")
    assert (
        table["chosen"].to_pylist()
        == cz.read_corpus(sources).documents["chosen"].tolist()
        == [False, True, False]
    )


# ---- runs that were stopped ----


class Stopped(Exception):
    pass


def stopping(documents, after):
    for number, pair in enumerate(documents):
        if number == after:
            raise Stopped
        yield pair


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(stream, "_DOCUMENTS", 10)


def test_a_stopped_run_is_finished_by_the_next(documents, tmp_path, small_parts):
    whole, path = tmp_path / "whole.parquet", tmp_path / "out.parquet"
    cz.write_corpus(documents, whole)
    with pytest.raises(Stopped):
        cz.write_corpus(stopping(documents, 45), path)
    assert not path.exists()
    parts = names(tmp_path / "out.parquet.parts")
    assert "manifest.jsonl" in parts and any(name.startswith("part-") for name in parts)
    done = sum(name.startswith("part-") for name in parts) * 10
    read = []
    cz.write_corpus(documents, path, progress=lambda count, total: read.append(count))
    assert read[-1] == 60 and 0 < done < 60
    assert path.read_bytes() == whole.read_bytes()
    assert not (tmp_path / "out.parquet.parts").exists()


def test_only_what_is_missing_is_read_again(documents, tmp_path, small_parts, monkeypatch):
    path = tmp_path / "out.parquet"
    with pytest.raises(Stopped):
        cz.write_corpus(stopping(documents, 45), path)
    done = [
        json.loads(line)
        for line in (tmp_path / "out.parquet.parts/manifest.jsonl").read_text("utf-8").splitlines()[1:]
    ]
    keys = {record["key"] for line in done for record in line["documents"]}
    seen = []
    original = stream.document_cells
    monkeypatch.setattr(
        stream,
        "document_cells",
        lambda document, *rest, **facts: seen.append(document.doc_id) or original(document, *rest, **facts),
    )
    cz.write_corpus(documents, path)
    assert keys and set(filter(None, seen)) == {name for name, _ in documents} - keys


def test_what_changed_meanwhile_is_read_again(folder, tmp_path, small_parts):
    path = tmp_path / "out.parquet"
    files = sorted(folder.iterdir())
    with pytest.raises(Stopped):
        cz.write_corpus(stopping([str(file) for file in files], 45), path)
    files[0].write_text("2001年常州市政府工作报告\n粮食产量70万吨。", encoding="utf-8")
    files[1].unlink()
    cz.write_corpus(folder, path)
    rows = rows_of(path)
    assert [row["value"] for row in rows if row["path"] == str(files[0])] == [70.0]
    assert not any(row["path"] == str(files[1]) for row in rows)
    assert pq.read_table(tmp_path / "out.documents.parquet").num_rows == 59
    assert {row["path"] for row in rows} == {str(file) for file in files} - {str(files[1])}


def test_other_options_start_afresh(documents, tmp_path, small_parts):
    path = tmp_path / "out.parquet"
    with pytest.raises(Stopped):
        cz.write_corpus(stopping(documents, 45), path)
    cz.write_corpus(documents, path, metadata={documents[0][0]: ("常州市", 2020)})
    assert rows_of(path)[0]["report_region"] == "常州市"


def test_a_torn_manifest_and_a_lost_part_are_mended(documents, tmp_path, small_parts):
    whole, path = tmp_path / "whole.parquet", tmp_path / "out.parquet"
    cz.write_corpus(documents, whole)
    for damage in ("torn", "lost", "nonsense"):
        with pytest.raises(Stopped):
            cz.write_corpus(stopping(documents, 55), path)
        folder = tmp_path / "out.parquet.parts"
        manifest = folder / "manifest.jsonl"
        if damage == "torn":
            manifest.write_bytes(manifest.read_bytes()[:-30])
        elif damage == "lost":
            (folder / "part-000001.parquet").unlink()
        else:
            manifest.write_text("nonsense", encoding="utf-8")
        cz.write_corpus(documents, path)
        assert path.read_bytes() == whole.read_bytes(), damage
        path.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_killing_the_process_leaves_no_half_written_file(folder, tmp_path):
    """A process of its own is killed at several moments; the last run gives what an undisturbed one gives."""
    whole, path = tmp_path / "whole.parquet", tmp_path / "out.parquet"
    program = tmp_path / "run.py"
    program.write_text(
        textwrap.dedent(
            """
            import sys, time
            import czreport as cz
            from czreport.corpus import stream
            stream._DOCUMENTS = 5
            add = stream._Parts.add
            def slowly(self, *arguments):
                add(self, *arguments)
                print(len(self.parts), flush=True)
                time.sleep(float(sys.argv[3]))
            stream._Parts.add = slowly
            written = cz.write_corpus(sys.argv[1], sys.argv[2], progress=False)
            print("done", written.documents, flush=True)
            """
        ),
        encoding="utf-8",
    )

    def start(output, pause):
        command = [sys.executable, str(program), str(folder), str(output), str(pause)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    with start(whole, 0) as process:
        assert process.communicate(timeout=120)[0].splitlines()[-1] == "done 60"
    before = 0
    for _ in range(3):
        with start(path, 60) as process:
            part = int(process.stdout.readline())
            os.kill(process.pid, signal.SIGKILL)
            process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL and not path.exists()
        assert part == before + 1  # nothing that was done is done again
        before = part
    with start(path, 0) as process:
        lines = process.communicate(timeout=120)[0].splitlines()
    assert lines == [*map(str, range(before + 1, 13)), "done 60"]
    assert path.read_bytes() == whole.read_bytes()
    assert names(tmp_path) == [
        "out.documents.parquet", "out.parquet", "reports", "run.py", "whole.documents.parquet", "whole.parquet",
    ]  # fmt: skip


def test_a_file_that_is_there_stays_until_the_new_one_is_complete(documents, tmp_path, small_parts):
    path = tmp_path / "out.parquet"
    cz.write_corpus(documents[:3], path)
    old = path.read_bytes()
    with pytest.raises(Stopped):
        cz.write_corpus(stopping(documents, 45), path)
    assert path.read_bytes() == old
    cz.write_corpus(documents, path)
    assert path.read_bytes() != old


def test_two_processes_do_not_write_one_file(documents, tmp_path):
    pytest.importorskip("fcntl")
    path = tmp_path / "out.parquet"

    def nested():
        yield documents[0]
        with pytest.raises(cz.ReportError, match="another process"):
            cz.write_corpus(documents, path)
        yield documents[1]

    assert cz.write_corpus(nested(), path).documents == 2


def test_wrong_arguments(tmp_path):
    with pytest.raises(ValueError, match="rows"):
        cz.write_corpus([], tmp_path / "x.parquet", rows=0)


def test_without_pyarrow_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"czreport\[arrow\]"):
        cz.write_corpus([], tmp_path / "x.parquet")
    assert names(tmp_path) == []


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_documents(tmp_path):
    """Ten times as many documents take hardly more memory."""
    resource = pytest.importorskip("resource")
    assert resource.RUSAGE_SELF == 0
    program = textwrap.dedent(
        f"""
        import importlib.util, resource, sys
        import czreport as cz
        spec = importlib.util.spec_from_file_location("synthetic", {str(_path)!r})
        synthetic = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(synthetic)
        cz.write_corpus(synthetic.documents(int(sys.argv[1]), size=20), sys.argv[2], rows=10_000)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        """
    )
    peaks = []
    for count in (300, 3000):
        command = [sys.executable, "-c", program, str(count), str(tmp_path / f"{count}.parquet")]
        peaks.append(
            int(subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout)
        )
    assert peaks[1] < 1.4 * peaks[0], peaks
