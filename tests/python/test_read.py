"""Files and odd input: encodings, faults with their byte, and texts that no report looks like."""

import codecs
import sys
import time

import numpy as np
import pytest

import czreport as cz
from czreport.documents.encoding import decode

TEXT = (
    "2021年常州市政府工作报告\n2020年，全市地区生产总值达7700亿元，增长4.5%，居民人均可支配收入增长5%左右。\n"
)


def check_spans(report):
    """Every row quotes the text at its place, rows do not overlap, and every digit run is in exactly one
    row."""
    rows, text = report.quantities, report.text
    starts, ends = rows["start"].tolist(), rows["end"].tolist()
    assert all(text[start:end] == quote for start, end, quote in zip(starts, ends, rows["text"]))
    assert all(start < end for start, end in zip(starts, ends))
    assert all(end <= start for end, start in zip(ends, starts[1:]))
    covered = sum(sum(c in "0123456789" for c in text[start:end]) for start, end in zip(starts, ends))
    assert covered == sum(map(text.count, "0123456789"))
    return rows


# ---- encodings ----


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk", "gb2312"],
)
@pytest.mark.parametrize("text", [TEXT, TEXT * 50, TEXT.replace("\n", "\r\n")], ids=["short", "long", "crlf"])
def test_encodings_are_detected(tmp_path, encoding, text):
    path = tmp_path / "report.txt"
    path.write_bytes(text.encode(encoding))
    report = cz.read(path)
    assert report.text == text
    assert report.quantities.equals(cz.parse(text, source="report.txt").quantities)


@pytest.mark.parametrize(
    ("mark", "encoding"), [(codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le")]
)
def test_utf16_with_a_mark(mark, encoding):
    assert decode(mark + TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_of_ascii_is_not_taken_for_utf8(encoding):
    text = "GDP 7700, CPI 3.0\n" * 20
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["常州市", "增长5%", "政府工作报告", "地区生产总值7700亿元"])
def test_short_texts_in_gb18030(text):
    assert decode(text.encode("gb18030")) == text


def test_encoding_given_is_used(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(TEXT.encode("big5", "ignore"))
    assert cz.read(path, encoding="big5").text == TEXT.encode("big5", "ignore").decode("big5")
    path.write_bytes(codecs.BOM_UTF8 + TEXT.encode())
    assert cz.read(path, encoding="utf-8").text == TEXT, "the byte order mark is no part of the text"
    with pytest.raises(ValueError, match="unknown encoding: utf-99"):
        cz.read(path, encoding="utf-99")


@pytest.mark.parametrize(
    "cut", [b"\xff", b"\xe5\xb8", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80"]
)
@pytest.mark.parametrize("place", [0, 3, 30])
def test_invalid_utf8_is_an_error_at_its_byte(tmp_path, cut, place):
    good = TEXT.encode()
    while place < len(good) and good[place] & 0xC0 == 0x80:
        place += 1
    data = good[:place] + cut + good[place:]
    path = tmp_path / "broken.txt"
    path.write_bytes(data)
    with pytest.raises(cz.EncodingError) as caught:
        cz.read(path)
    assert caught.value.offset == place and caught.value.path == str(path)
    assert (
        f"byte {place}" in str(caught.value)
        and "broken.txt" in str(caught.value)
        and "UTF-8" in str(caught.value)
    )
    with pytest.raises(cz.EncodingError) as caught:
        cz.parse(data)
    assert caught.value.offset == place


@pytest.mark.parametrize("cut", [1, 2])
def test_truncated_character_at_the_end(tmp_path, cut):
    data = (TEXT + "常").encode()[:-cut]
    path = tmp_path / "cut.txt"
    path.write_bytes(data)
    for call in (lambda: cz.read(path), lambda: cz.parse(data), lambda: cz.read(path, encoding="utf-8")):
        with pytest.raises(cz.EncodingError) as caught:
            call()
        assert caught.value.offset == len(TEXT.encode())


def test_faults_in_other_encodings(tmp_path):
    path = tmp_path / "cut.txt"
    path.write_bytes(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")[:-1])
    with pytest.raises(cz.EncodingError, match="UTF-16-LE at byte") as caught:
        cz.read(path)
    assert caught.value.offset == 2 + 2 * (len(TEXT) - 1)
    data = TEXT.encode("gb18030")[:20] + b"\xff" + TEXT.encode("gb18030")[20:]
    path.write_bytes(data)
    with pytest.raises(cz.EncodingError, match="gb18030 at byte 20"):
        cz.read(path, encoding="gb18030")
    with pytest.raises(cz.EncodingError, match="expected text in one of these encodings"):
        cz.read(path)


def test_binary_files_are_refused(tmp_path):
    path = tmp_path / "picture.txt"
    path.write_bytes(np.random.default_rng(1).bytes(5000))
    with pytest.raises(cz.EncodingError, match="picture.txt"):
        cz.read(path)


@pytest.mark.parametrize(("text", "offset"), [("a\ud800b", 1), ("\udfff", 0), ("常州\ud83d", 2)])
def test_lone_surrogates_are_named(text, offset):
    with pytest.raises(cz.EncodingError, match=f"surrogate at character {offset}") as caught:
        cz.parse(text)
    assert caught.value.offset == offset


# ---- paths ----


@pytest.mark.parametrize("name", ["report.doc", "report.xyz", "report"])
def test_other_formats_say_what_is_supported(tmp_path, name):
    path = tmp_path / name
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(cz.ReportError, match=r"supported: .*\.txt") as caught:
        cz.read(path)
    assert name in str(caught.value) and caught.value.path == str(path)


def test_missing_files_and_directories(tmp_path):
    with pytest.raises(FileNotFoundError, match="nothing.txt"):
        cz.read(tmp_path / "nothing.txt")
    with pytest.raises(cz.ReportError, match="directory"):
        cz.read(tmp_path)


def test_file_names_give_region_and_year(tmp_path):
    path = tmp_path / "常州市2021.txt"
    path.write_text("粮食总产量70万吨。", encoding="utf-8")
    report = cz.read(str(path))
    assert (report.region, report.year) == ("常州市", 2021)
    assert (cz.read(path, region="无锡市", year=2019).region, cz.read(path, year=2019).year) == (
        "无锡市",
        2019,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names of arbitrary bytes")
def test_file_names_that_are_no_text(tmp_path):
    import os

    path = os.path.join(os.fsencode(tmp_path), b"\xff\xfe2021.txt")
    with open(path, "wb") as file:
        file.write(TEXT.encode())
    assert cz.read(os.fsdecode(path)).year == 2021


def test_bundled_reports():
    assert cz.datasets() == ["changzhou-2021"]
    report = cz.load("changzhou-2021")
    assert (report.region, report.region_code, report.year) == ("常州市", "320400", 2021)
    assert len(report.statements) > 100 and len(report.targets()) > 5
    check_spans(report)
    with pytest.raises(ValueError, match="changzhou-2021"):
        cz.load("nothing")


# ---- odd texts ----


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\ufeff", "\0", "。", "7", "常", "七", "％", "\U0001f600", "\u0378"]
)
def test_documents_of_at_most_one_character(text):
    report = cz.parse(text)
    assert report.text == text and len(check_spans(report)) == (text == "7")
    assert cz.parse(text.encode()).quantities.equals(report.quantities)


def test_empty_files(tmp_path):
    path = tmp_path / "empty.txt"
    for data in (b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE):
        path.write_bytes(data)
        report = cz.read(path)
        assert report.text == "" and len(report.quantities) == 0


def test_nul_bytes_do_not_end_the_text(tmp_path):
    text = "增长5%\0\0，产量\0达70万吨。\0" + TEXT
    rows = check_spans(cz.parse(text))
    assert {"5", "70", "7700"} <= set(rows["number"])
    path = tmp_path / "nul.txt"
    path.write_bytes(text.encode())
    assert cz.read(path).text == text


@pytest.mark.parametrize("digits", [20, 400, 10_000])
def test_numerals_of_any_length(digits):
    report = cz.parse(f"产量达{'7' * digits}吨，增长5%。")
    rows = check_spans(report)
    assert rows["number"][0] == "7" * digits
    assert rows["value"][0] == pytest.approx(float("7" * digits)) and rows["value"][1] == 5.0


def test_fraction_of_ten_thousand_digits():
    rows = check_spans(cz.parse(f"增长5.{'1' * 10_000}%。"))
    assert rows["value"].tolist() == [pytest.approx(5.1111111)]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\u2028", "\u0085", "\n\r\n\n\r"])
def test_line_ends_keep_offsets(ends):
    text = TEXT.replace("\n", ends) + "粮食总产量70万吨。" + ends
    rows = check_spans(cz.parse(text))
    assert rows["value"][rows["role"] == "statement"].tolist() == [7700.0, 4.5, 5.0, 70.0]


def test_mixed_line_ends():
    text = "产量70万吨。\r\n就业5万人。\r增长6%。\n完成8亿元。\u2029\n\r"
    rows = check_spans(cz.parse(text))
    assert rows["value"].tolist() == [70.0, 5.0, 6.0, 8.0]


def test_unassigned_and_rare_characters():
    text = "\u0378\U000e0fff增长5%\U0010ffff，\ue000产量70万吨\U00020000\ufdd0。\u202e12亿元"
    rows = check_spans(cz.parse(text))
    assert {"5", "70", "12"} <= set(rows["number"])


@pytest.mark.parametrize(
    "piece", ["亿", "万亿元", "个百分点", "%", "万", "元/", "平方公里", "以上", "第", "分之", "—", "增长"]
)
def test_repeated_units_and_words(piece):
    report = cz.parse("增长5" + piece * 5000 + "，完成7亿元。")
    rows = check_spans(report)
    assert rows["number"][0].startswith("5") and "7" in rows["number"][-1]


@pytest.mark.parametrize(
    "piece", ["，", "、", "1，", "1、2、", "5%", "一", "（", "（1", "“", "第一", "2020年", "其中", "1 ", " "]
)
def test_time_is_linear_in_the_length(piece):
    def seconds(count):
        start = time.perf_counter()
        check = cz.parse(piece * count)
        len(check.quantities)
        return time.perf_counter() - start

    small = min(seconds(20_000) for _ in range(3))
    large = seconds(160_000)
    assert large < 8 * 4 * small + 0.25, (
        "eight times the text must not take far more than eight times the time"
    )


def test_a_line_of_ten_megabytes():
    clause = "产业投资增长5%，新开工项目120个，"
    text = clause * (10_000_000 // len(clause.encode()) + 1)
    start = time.perf_counter()
    report = cz.parse(text)
    assert time.perf_counter() - start < 60
    rows = report.quantities
    assert len(rows) == 2 * text.count("，") // 2
    assert set(rows["number"]) == {"5", "120"}
    assert rows["end"][-1] <= len(text)


@pytest.mark.slow
def test_a_document_of_a_hundred_megabytes():
    paragraph = "全市地区生产总值达7700亿元，增长4.5%，居民人均可支配收入增长5%左右。\n"
    count = 100_000_000 // len(paragraph.encode()) + 1
    data = paragraph.encode() * count
    start = time.perf_counter()
    report = cz.parse(data, region="常州市", year=2021)
    assert time.perf_counter() - start < 120
    rows = report.quantities
    assert len(rows) == 3 * count
    np.testing.assert_array_equal(rows["value"].reshape(-1, 3), np.tile([7700.0, 4.5, 5.0], (count, 1)))
    np.testing.assert_array_equal(np.diff(rows["start"][::3]), len(paragraph))
