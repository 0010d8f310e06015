"""Files made to break readers: refused or read, in bounded time and memory, and always with the file's name."""

import copy
import io
import os
import struct
import sys
import threading
import time
import tracemalloc
import zipfile
from contextlib import contextmanager

import pytest

import czreport as cz
from czreport.documents import Document, DocumentError, Limits, iter_documents, read_document, suffixes

PROSE = "<p>全市地区生产总值达7700亿元，增长4.5%。</p>"


@contextmanager
def bounded(seconds, mebibytes):
    """Fails if the block takes longer or Python holds more memory. The seconds leave room for slow machines."""
    tracemalloc.start()
    begin = time.monotonic()
    try:
        yield
        spent = time.monotonic() - begin
        peak = tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()
    assert spent < seconds, f"{spent:.1f} s"
    assert peak < mebibytes, f"{peak:.0f} MiB"


def archive_of(*members, packing=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def zeros(mebibytes):
    """An archive of one member that unpacks to that many zeros."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("x.txt", "w") as member:
        for _ in range(mebibytes):
            member.write(bytes(1 << 20))
    return stream.getvalue()


def outcome(path):
    """What each document of a file comes to: its text or the name of the error."""
    return [one.text if isinstance(one, Document) else one.error for one in iter_documents([path])]


# ---- archives ----


def test_bombs_of_one_member(tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(zeros(200))
    with bounded(20, 70):  # 250 times the 200 KiB that it is packed to
        with pytest.raises(cz.ReportError, match=r"x\.zip!x\.txt: unpacks to more than 250 times its size"):
            cz.read(path)
        assert outcome(path) == ["LimitError"]
    with pytest.raises(cz.ReportError, match="more than 1048576 bytes when unpacked"):
        read_document(path, limits=Limits(file_bytes=1 << 20))


def test_limits_of_whole_archives(tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(archive_of(*((f"{i}.txt", b"x" * 1000) for i in range(20))))
    found = list(iter_documents(path, limits=Limits(total_bytes=5_500)))
    assert [type(one) for one in found] == [Document] * 5 + [DocumentError]
    assert found[-1].error == "LimitError" and "more than 5500 bytes" in found[-1].reason
    (fault,) = iter_documents(path, limits=Limits(members=10))
    assert fault.error == "LimitError" and "20 members; at most 10" in fault.reason
    (fault,) = iter_documents(path, limits=Limits(members=3))
    assert "a directory of" in fault.reason, "refused before it is read"


def test_members_that_share_their_bytes(tmp_path):
    """The bomb of David Fifield (2019): directory entries that all lead to one block."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.txt", os.urandom(1000).hex())
        for number in range(1, 50):
            twin = copy.copy(archive.filelist[0])
            twin.filename = f"{number}.txt"
            archive.filelist.append(twin)
    path = tmp_path / "x.zip"
    path.write_bytes(stream.getvalue())
    assert outcome(path) == ["LimitError"]
    with pytest.raises(cz.LimitError, match="members overlap"):
        cz.read(path)


def test_sizes_that_are_lies(tmp_path):
    data = bytearray(zeros(8))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(signature) + at
        data[place : place + 4] = struct.pack("<I", 10)
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    with bounded(10, 30):
        assert outcome(path) in (["FormatError"], ["LimitError"])


def test_archives_in_archives_and_with_passwords(tmp_path):
    path = tmp_path / "x.zip"
    locked = bytearray(archive_of(("l.txt", b"x")))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(archive_of(("a.zip", zeros(1)), ("b.exe", b"x"), ("c.txt", b"c")))
    found = list(iter_documents(path))
    assert [getattr(one, "text", None) for one in found] == [None, None, "c"]
    assert "an archive in an archive is not opened" in found[0].reason and found[0].member == "a.zip"
    path.write_bytes(locked)
    with pytest.raises(cz.FormatError, match=r"x\.zip!l\.txt: is encrypted"):
        cz.read(path)


@pytest.mark.parametrize(
    ("name", "label"),
    [("../../etc/passwd.txt", "etc/passwd.txt"), ("/abs/x.txt", "abs/x.txt"), ("C:\\Windows\\x.txt", "Windows/x.txt"),
     ("..\\..\\x.txt", "x.txt"), ("C:x.txt", "x.txt"), ("a/./b//../x.txt", "a/b/x.txt"), ("a\nb\x1b[31m.txt", "ab[31m.txt"),
     ("\\\\server\\share\\x.txt", "server/share/x.txt")],
)  # fmt: skip
def test_names_are_only_labels(tmp_path, monkeypatch, name, label):
    monkeypatch.chdir(tmp_path)
    before = set(os.listdir(tmp_path.parent))
    (tmp_path / "x.zip").write_bytes(archive_of((name, b"x")))
    (document,) = iter_documents("x.zip")
    assert document.member == label and document.doc_id == f"x.zip!{label}" and document.text == "x"
    assert os.listdir(tmp_path) == ["x.zip"] and set(os.listdir(tmp_path.parent)) == before


def test_damaged_archives(tmp_path):
    whole = archive_of(("a.txt", os.urandom(3000).hex()), ("b.txt", b"b" * 3000))
    path = tmp_path / "x.zip"
    for at in range(0, len(whole), 37):
        path.write_bytes(whole[:at])
        assert set(outcome(path)) == {"FormatError"}
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        for one in iter_documents(path):
            assert isinstance(one, Document) or one.error in ("FormatError", "LimitError", "EncodingError")


# ---- office files ----

DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "xxxxxxxxxx">{}]><x>{}</x>'
LAUGHS = DTD.format(
    "".join(f'<!ENTITY b{i} "{"&a;" * 10 if i == 0 else f"&b{i - 1};" * 10}">' for i in range(9)), "&b8;"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'


@pytest.mark.parametrize(
    "xml",
    [
        LAUGHS.encode(),
        OUTSIDE.encode(),
        LAUGHS.replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16"),
        DTD.format("", "y").encode(),
    ],
    ids=["laughs", "outside", "utf-16", "any"],
)
def test_xml_with_entities(xml):
    with bounded(5, 20), pytest.raises(cz.FormatError, match=r"x\.docx: word/document\.xml: a document type"):
        read_document(archive_of(("word/document.xml", xml)), name="x.docx")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "found an empty file"),
        (b"text", "found data that starts with 0x74657874"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), r"old Office file \(\.doc, \.wps\); save it as \.docx"),
        (b"%PDF-1.7", "found a PDF file"),
        (b"<html>", "found a web page"),
        (archive_of(("xl/workbook.xml", "")), "found a zip archive of xl/workbook.xml"),
        (archive_of(("word/document.xml", "<w")), "word/document.xml: invalid XML at byte 0: unclosed token"),
        (archive_of(("word/document.xml", "")), "word/document.xml: invalid XML at byte 0"),
        (archive_of(("word/document.xml", "<x/>")), "found XML without a body"),
        (archive_of(("word/document.xml", "<x>" * 5000)), "nested more than 300 deep"),
        (archive_of(("word/document.xml", b" " * (30 << 20))), "unpacks to more than 250 times its size"),
    ],
)  # fmt: skip
def test_what_is_no_word_file(data, found):
    with bounded(10, 60), pytest.raises(cz.ReportError, match=rf"^x\.docx: .*{found}") as caught:
        read_document(data, name="x.docx")
    assert "x.docx" in caught.value.path


# ---- web pages ----


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<script>" + 'var a="<p>";' * (50 << 20 >> 4) + "</script>" + PROSE, "7700"),
        ('<img src="data:image/png;base64,' + "A" * (50 << 20) + '">' + PROSE, "7700"),
        ('<input type="hidden" value="' + "A" * (9 << 20) + '">' + PROSE, "7700"),
        (
            PROSE * (50 * 1000 * 1000 // 54),
            "characters without scripts and pictures; at most 4194304 are read",
        ),
        ("<div>" * 100_000, "nested more than 512 deep"),
        ("<table><tr><td>" * 100_000, "nested more than 512 deep"),
        (
            "".join(f"<p><font a={i}>" for i in range(500)) + "<p>x" * 500_000,
            "too many that are never closed",
        ),
        ("<p " + " ".join(f"a{i}" for i in range(400_000)) + ">", "a tag of more than 16384 characters"),
        ("<!--" * 500_000 + PROSE, ""),
        ("<script>" * 250_000, ""),
        ("<" * (1 << 20), "<<"),
        ("<p>" * 150_000 + PROSE, "7700"),
        ("<table><tr>" + "<td>1" * 30_000, "1"),
    ],
    ids=[
        "script",
        "picture",
        "form",
        "50MB",
        "deep",
        "tables",
        "fonts",
        "attributes",
        "comments",
        "scripts",
        "angles",
        "empty",
        "row",
    ],
)
def test_web_pages(page, expected):
    pytest.importorskip("selectolax")
    data = page.encode()
    with bounded(60, 700):
        try:
            result = read_document(data, name="x.html").text
        except cz.LimitError as error:
            result = str(error)
            assert result.startswith("x.html: ")
    assert expected in result


# ---- tables ----


def test_tables(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(
        b"[" * 200_000 + b"\n" + b'{"text": "x", "year": ' + b"9" * 10_000 + b"}\n" + b'{"text": "y"}\n'
    )
    assert outcome(path) == ["FormatError", "FormatError", "y"]
    path.write_bytes(b"x" * 3_000)
    (fault,) = iter_documents(path, limits=Limits(file_bytes=1000))
    assert fault.error == "LimitError" and "a line of more than 1000 bytes" in fault.reason
    path = tmp_path / "x.csv"
    path.write_bytes(b'text\n"' + b"x" * 300_000 + b'"\n"never closed')
    assert outcome(path) == ["x" * 300_000, "FormatError"]
    for wrong in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"", b"\0" * 100):
        path.write_bytes(wrong)
        assert set(outcome(path)) <= {"FormatError", "EncodingError"} and outcome(path)
    path = tmp_path / "x.parquet"
    path.write_bytes(b"PAR1" + b"\0" * 50 + b"PAR1")
    pytest.importorskip("pyarrow")
    assert outcome(path) == ["FormatError"]


# ---- files that are none ----


@pytest.mark.parametrize("suffix", suffixes())
def test_empty_files_and_folders(tmp_path, suffix):
    path = tmp_path / f"常州市2021{suffix}"
    path.write_bytes(b"")
    if suffix in (".txt", ".html", ".htm", ".shtml", ".xhtml"):
        assert cz.read(path).text == ""
    else:
        with pytest.raises(cz.ReportError, match=f"常州市2021{suffix}: expected") as caught:
            cz.read(path)
        assert caught.value.path == str(path)
    folder = tmp_path / f"folder{suffix}"
    folder.mkdir()
    with pytest.raises(cz.ReportError, match="is a directory; expected a file"):
        cz.read(folder)
    (folder / "a.txt").write_text("甲", encoding="utf-8")
    assert outcome(folder) == ["甲"]


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are made as on Unix")
def test_links_pipes_and_devices(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/x.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "a/self.txt").symlink_to("self.txt")
    (tmp_path / "a/gone.txt").symlink_to("nothing.txt")
    (tmp_path / "a/zero.txt").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "a/pipe.txt")
    found = []
    worker = threading.Thread(target=lambda: found.extend(iter_documents(tmp_path)), daemon=True)
    worker.start()
    worker.join(30)
    assert not worker.is_alive()
    kinds = {os.path.basename(one.path): getattr(one, "error", None) for one in found}
    assert len(found) == 5 and kinds == {
        "x.txt": None, "self.txt": "OSError", "gone.txt": "FileNotFoundError", "zero.txt": "ReportError", "pipe.txt": "ReportError",
    }  # fmt: skip
    assert all(one.reason for one in found if isinstance(one, DocumentError))


@pytest.mark.parametrize("suffix", [".txt", ".html", ".docx"])
def test_huge_files_are_not_read(tmp_path, suffix):
    path = tmp_path / f"x{suffix}"
    with open(path, "wb") as stream:
        stream.truncate(3 << 30)  # takes no room on disk
    with bounded(5, 5), pytest.raises(cz.LimitError, match=rf"x\{suffix}: 3221225472 bytes"):
        cz.read(path)
