"""Every implementation of the text stage reads the same: rows of whole texts, and where bad bytes begin.

The implementation is chosen once in a process, so each runs in a process of its own and prints digests.
"""

import json
import os
import random
import subprocess
import sys

import hypothesis
import hypothesis.strategies as st

import czreport

READER = """
import hashlib, json, sys
import czreport
from czreport import _core
digests = []
for text in json.load(sys.stdin):
    data = bytes.fromhex(text)
    try:
        report = czreport.parse(data, region="江苏省", year=2024)
    except czreport.ReportError as error:
        digests.append(str(error))
        continue
    hash = hashlib.sha256()
    for table in (report.quantities, report.sections, report.qualitative):
        for column in table.columns:
            values = table[column]
            hash.update(repr(values.tolist()).encode())
    digests.append(hash.hexdigest())
json.dump([_core.isa(), digests], sys.stdout)
"""


def read_with(isa, texts):
    """(implementation that ran, digest or message of each text)"""
    done = subprocess.run(
        [sys.executable, "-c", READER],
        input=json.dumps([text.hex() for text in texts]),
        env={**os.environ, "CZREPORT_ISA": isa, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    ran, digests = json.loads(done.stdout)
    return ran, digests


def implementations():
    return sorted({read_with(isa, [])[0] for isa in ("avx512", "avx2", "neon", "scalar")})


def test_the_environment_chooses():
    assert read_with("scalar", [])[0] == "scalar"
    best = read_with("", [])[0]
    assert read_with("no such", [])[0] == best
    assert read_with(best, [])[0] == best


CHARACTERS = st.one_of(
    st.sampled_from("增长5.6%，达到一万亿元。同比1２３、“十四五”\n\u3000 （）；第翻上首双四百"),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(exclude_categories=["Cs"]),
)


def spoiled(data, place, byte):
    place %= len(data) + 1
    return data[:place] + bytes([byte]) + data[place:]


TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=300).map(lambda text: text.encode()),
    st.binary(max_size=300),
    st.builds(
        spoiled,
        st.text(CHARACTERS, max_size=300).map(lambda text: text.encode()),
        st.integers(0, 1000),
        st.integers(0x80, 0xFF),
    ),
)


@hypothesis.settings(max_examples=4, deadline=None)
@hypothesis.given(st.lists(TEXTS, min_size=100, max_size=200))
def test_all_read_the_same(texts):
    _, expected = read_with("scalar", texts)
    for isa in implementations():
        assert read_with(isa, texts)[1] == expected


def test_all_read_the_digest_and_its_damaged_copies_the_same():
    digest = czreport.load("changzhou-2021").text.encode()
    rng = random.Random(5)
    texts = [digest, digest * 3]
    for _ in range(40):
        copy = bytearray(digest[: rng.randrange(200, 9000)])
        for _ in range(rng.randrange(3)):
            copy[rng.randrange(len(copy))] = rng.randrange(256)
        texts.append(bytes(copy))
    _, expected = read_with("scalar", texts)
    assert len(set(expected)) > 10
    assert any("byte" in message for message in expected), "some copies are no UTF-8, and the place is told"
    for isa in implementations():
        assert read_with(isa, texts)[1] == expected
