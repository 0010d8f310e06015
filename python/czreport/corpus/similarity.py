"""Texts that are the same or nearly so, in time linear in the corpus."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .._columns import Array

__all__ = ["Group", "content", "groups", "shingles", "similarity"]

_WIDTH = 8  # characters of a shingle
_BINS = 128  # of a sketch
_BANDS = 32  # groups of bins, each of which can make two documents candidates
#: Two documents are near duplicates from this share of common shingles (Jaccard).
THRESHOLD = 0.5
# What an estimate by the sketch must reach before the shingles are compared: its standard error is 4 points.
_CANDIDATE = 0.35

_Hashes = npt.NDArray[np.uint64]


class Group(NamedTuple):
    """Documents with one text: their numbers, and the least share of shingles that one has in common with another."""

    members: tuple[int, ...]
    similarity: float


def content(text: str) -> npt.NDArray[np.uint32]:
    """Code points that carry the text: Chinese characters, letters and digits, full-width ones as ASCII."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    wide = (codes >= 0xFF01) & (codes <= 0xFF5E)
    codes = np.where(wide, codes - np.uint32(0xFEE0), codes)
    digit = (codes >= 0x30) & (codes <= 0x39)
    letter = ((codes | 0x20) >= 0x61) & ((codes | 0x20) <= 0x7A)
    chinese = ((codes >= 0x4E00) & (codes <= 0x9FFF)) | (codes == 0x3007)
    told: npt.NDArray[np.uint32] = codes[digit | letter | chinese]
    return told


def _mixed(values: _Hashes) -> _Hashes:
    """The finaliser of splitmix64: every bit of the result depends on every bit of the value."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def shingles(codes: npt.NDArray[np.uint32]) -> _Hashes:
    """Hashes of all runs of eight characters, sorted, each once."""
    count = len(codes) - _WIDTH + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    wide = codes.astype(np.uint64)
    hashes = np.zeros(count, np.uint64)
    for k in range(_WIDTH):
        hashes = hashes * np.uint64(0x9E3779B97F4A7C15) + wide[k : k + count]
    hashes = np.sort(_mixed(hashes))  # np.unique may hash again, which takes longer
    result: _Hashes = hashes[np.concatenate([[True], hashes[1:] != hashes[:-1]])]
    return result


def similarity(one: _Hashes, other: _Hashes) -> float:
    """Jaccard index of two sets of shingles; 0 if both are empty."""
    common = len(np.intersect1d(one, other, assume_unique=True))
    union = len(one) + len(other) - common
    return common / union if union else 0.0


def sketch(hashes: _Hashes) -> _Hashes:
    """The least hash of each of 128 equal parts of the range (one permutation hashing).

    Two sets agree in a part with the probability of their Jaccard index. An empty part takes the value of the next one
    that is not.

    References
    ----------
    Li, P., Owen, A., Zhang, C.-H. (2012). One permutation hashing. NIPS 25.
    """
    bounds = np.arange(_BINS, dtype=np.uint64) << np.uint64(64 - 7)
    first = np.searchsorted(hashes, bounds)
    return hashes[first % len(hashes)]


def groups(texts: Sequence[Array]) -> list[Group]:
    """Groups of documents whose contents are the same or nearly so.

    Parameters
    ----------
    texts : sequence of arrays
        What :func:`content` gives. Texts shorter than a shingle belong to no group.

    Returns
    -------
    list of Group
        By their first members. Members are linked by common shingles of at least :data:`THRESHOLD`; a group of exact
        copies has the similarity 1.
    """
    root = list(range(len(texts)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    # Copies first, so that only one of them has to be compared.
    first: dict[bytes, int] = {}
    kept: list[int] = []
    sketches: list[_Hashes] = []
    for number, codes in enumerate(texts):
        hashes = shingles(codes)
        if not len(hashes):
            continue
        original = first.setdefault(hashlib.blake2b(codes.tobytes(), digest_size=16).digest(), number)
        if original != number:
            root[number] = original
            continue
        kept.append(number)
        sketches.append(sketch(hashes))
    links: dict[tuple[int, int], float] = {}
    if len(kept) > 1:
        matrix = np.vstack(sketches)
        for one, other in sorted(_candidates(matrix)):
            if np.mean(matrix[one] == matrix[other]) < _CANDIDATE:
                continue
            a, b = kept[one], kept[other]
            share = similarity(shingles(texts[a]), shingles(texts[b]))
            if share >= THRESHOLD:
                links[a, b] = share
                root[find(b)] = find(a)
    least: dict[int, float] = {}
    for (a, _), share in links.items():
        least[find(a)] = min(least.get(find(a), 1.0), share)
    members: dict[int, list[int]] = {}
    for number in range(len(texts)):
        members.setdefault(find(number), []).append(number)
    return sorted(
        Group(tuple(numbers), least.get(top, 1.0)) for top, numbers in members.items() if len(numbers) > 1
    )


def _candidates(matrix: Array) -> set[tuple[int, int]]:
    """Pairs that agree in all bins of one band; of many that agree, neighbours and pairs with the first only."""
    pairs: set[tuple[int, int]] = set()
    rows = _BINS // _BANDS
    for band in range(_BANDS):
        key = np.zeros(len(matrix), np.uint64)
        for column in range(band * rows, (band + 1) * rows):
            key = _mixed(key + matrix[:, column])
        order = np.argsort(key, kind="stable")
        same = np.flatnonzero(key[order][1:] == key[order][:-1])
        head = -1
        for at in same.tolist():
            one, other = int(order[at]), int(order[at + 1])
            if head < 0 or key[head] != key[one]:
                head = one
            pairs.add((one, other))
            pairs.add((head, other))
    return pairs
