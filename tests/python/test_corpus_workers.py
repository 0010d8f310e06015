"""PDF files are read in processes: in parallel with threads, and without danger for the rest."""

import subprocess
import sys
import textwrap

import pytest

import czreport as cz
from czreport.corpus import reading, workers
from czreport.documents import Document, DocumentError, Source


@pytest.fixture
def pdf(tmp_path):
    """Makes a PDF file with a text layer."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    pytest.importorskip("pypdfium2")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def make(name, lines):
        path = tmp_path / name
        page = canvas.Canvas(str(path))
        page.setFont("STSong-Light", 12)
        for number, line in enumerate(lines):
            page.drawString(60, 760 - 24 * number, line)
        page.save()
        return path

    return make


def test_pdf_files_beside_texts(pdf, tmp_path):
    for year in range(2018, 2022):
        pdf(
            f"{year}.pdf",
            [f"{year}年常州市政府工作报告", f"{year}年主要预期目标：地区生产总值增长{year - 2012}%。"],
        )
    (tmp_path / "b.txt").write_text(
        "2022年常州市政府工作报告\n今年主要预期目标：地区生产总值增长9%。", encoding="utf-8"
    )
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4 nothing")
    corpus = cz.read_corpus(tmp_path, jobs=2)
    assert corpus.panel("gdp").values.tolist() == [[6.0, 7.0, 8.0, 9.0, 9.0]]
    assert len(corpus.errors) == 1 and "坏.pdf" in corpus.errors["path"][0]


def test_scripts_need_no_guard(pdf, tmp_path):
    path = pdf("2021.pdf", ["2021年常州市政府工作报告", "2021年主要预期目标：地区生产总值增长6%。"])
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import czreport as cz
            print(cz.read_corpus([{str(path)!r}], jobs=2).panel("gdp").values.tolist())
            """
        ),
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120)
    assert done.stdout == "[[6.0]]\n", done.stderr


def test_a_worker_reads_one_source_after_the_other():
    worker = workers.Worker()
    try:
        for text in ("增长5%", "增长6%"):
            got = worker.read(Source("a", text=text), None)
            assert isinstance(got, Document) and got.text == text
        process = worker._process
        got = worker.read(Source("b", data=b"\xff\xff\xfe"), "utf-8")
        assert isinstance(got, DocumentError) and "utf-8" in got.reason.lower()
        assert worker._process is process
    finally:
        worker.close()
    assert process.poll() is not None
    worker.close()  # nothing more to close


DYING = textwrap.dedent(
    """
    import os, sys
    sys.path[:] = __import__("json").loads(sys.argv[1])
    from czreport.corpus import workers
    def read(source, encoding):
        print("a library that talks")
        if "bad" in source.doc_id:
            os._exit(7)
        return workers.read_source(source, encoding)
    workers.serve(read)
    """
)


def test_a_document_that_ends_its_process_is_one_error(monkeypatch):
    monkeypatch.setattr(workers, "_START", DYING)
    monkeypatch.setattr(reading, "_FORMATS_IN_PROCESSES", ("txt",))
    sources = [
        (f"{number}-{'bad' if number % 3 == 1 else 'good'}", f"增长{number + 1}%") for number in range(8)
    ]
    corpus = cz.read_corpus(sources, jobs=2)
    assert [report.text for report in corpus.reports] == [text for name, text in sources if "good" in name]
    assert corpus.errors["doc_id"].tolist() == ["1-bad", "4-bad", "7-bad"]
    assert all("ended abnormally (7)" in reason for reason in corpus.errors["reason"])


def test_processes_end_with_the_reading(monkeypatch):
    monkeypatch.setattr(reading, "_FORMATS_IN_PROCESSES", ("txt",))
    made = []
    start = workers.Worker._start
    monkeypatch.setattr(workers.Worker, "_start", lambda self: made.append(start(self)) or made[-1])
    items = reading.fetch_all(iter([(str(i), "增长5%") for i in range(50)]), lambda got: got, jobs=2)
    next(items)
    items.close()
    assert 1 <= len(made) <= 2 and all(process.poll() is not None for process in made)
