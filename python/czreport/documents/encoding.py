"""Encodings: from bytes to text, with the byte that is wrong where that fails."""

from __future__ import annotations

import codecs

from .._errors import EncodingError

__all__ = ["check_encoding", "damaged_utf8", "decode", "decode_named", "name_of_bom"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is a prefix of it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Characters that nearly every sentence of a report has some of. Bytes decoded in the wrong encoding give
# characters that are valid but rare, so the share of these tells encodings apart.
_COMMON = frozenset(
    "的一是不了在有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全"
    "表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象"
    "员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处"
    "府给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务"
    "具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复"
    "容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构准城镇乡村州县亿预财投资消费项增"
)


def _likeness(text: str) -> float:
    """How much a text looks like a report: 1 if all characters are common, 0 if none is likely."""
    sample = text if len(text) <= 20000 else text[:10000] + text[-10000:]
    points = total = 0.0
    for char in sample:
        if char in "\r\n\t" or " " <= char <= "~":
            if char.isspace():
                continue
            points += 0.6  # bytes of ASCII say little: every candidate but UTF-16 agrees on them
        elif char in _COMMON or "\u3000" <= char <= "\u3011" or "\uff01" <= char <= "\uff5e":
            points += 1.0
        elif char in "“”‘’—…·％":
            points += 0.8
        elif "\u4e00" <= char <= "\u9fff":
            points += 0.4
        total += 1.0
    return points / total if total else 0.0


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def damaged_utf8(data: bytes) -> bool:
    """Whether most of the bytes beyond ASCII are UTF-8, so that this is UTF-8 with a fault.

    In GB18030 three bytes in a row are rarely UTF-8 by chance; a damaged file has few faults.
    """
    sample = data[:200_000]
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(char >= "\u0800" for char in text) - bad
    return good > bad


def _wide_ascii(data: bytes) -> str | None:
    """UTF-16 of mostly ASCII text is valid UTF-8 full of NULs: tells which half of each pair they fill."""
    sample = data[:4096]
    if len(data) % 2 or len(sample) < 4 or sample.count(0) * 3 < len(sample):
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * len(sample) / 2 and even * 4 < odd:
        return "utf-16-le"
    if even > 0.6 * len(sample) / 2 and odd * 4 < even:
        return "utf-16-be"
    return None


def check_encoding(encoding: str | None) -> None:
    """ValueError for a name that Python does not know."""
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise ValueError(f"unknown encoding: {encoding}") from None


def name_of_bom(data: bytes) -> str | None:
    """The encoding that a byte order mark names, None without a mark."""
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def decode_named(data: bytes, encoding: str | None = None, path: str = "") -> tuple[str, str]:
    """Text of the bytes of a file without its byte order mark, and the name of the encoding.

    Parameters
    ----------
    data : bytes
        The whole file.
    encoding : str, optional
        Without it: by byte order mark, else UTF-8 if the bytes are valid, else UTF-16 or GB18030, whichever
        gives the more likely text.
    path : str
        For the messages.

    Raises
    ------
    EncodingError
        Naming path and byte.
    """
    where = f"{path}: " if path else ""
    for mark, name in _BOMS:
        if data.startswith(mark) and (encoding is None or codecs.lookup(encoding).name.startswith(name[:6])):
            try:
                return data[len(mark) :].decode(name), name
            except UnicodeDecodeError as error:
                offset = error.start + len(mark)
                message = f"{where}invalid {name.upper()} at byte {offset}: {error.reason}; its mark is there"
                raise EncodingError(message, path=path or None, offset=offset) from None
    if encoding is not None:
        try:
            return data.decode(encoding), codecs.lookup(encoding).name
        except UnicodeDecodeError as error:
            message = f"{where}invalid {encoding} at byte {error.start}: {error.reason}"
            raise EncodingError(message, path=path or None, offset=error.start) from None
    wide = _wide_ascii(data)
    if wide is not None:
        text = _try(data, wide)
        if text is not None:
            return text, wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        fault = error
    if not damaged_utf8(data):
        names = ["gb18030"] + (["utf-16-le", "utf-16-be"] if len(data) % 2 == 0 else [])
        candidates = [(text, name) for name in names if (text := _try(data, name)) is not None]
        best = max(candidates, key=lambda pair: _likeness(pair[0]), default=("", ""))
        if _likeness(best[0]) >= 0.45:
            return best
    byte = data[fault.start]
    message = (
        f"{where}invalid UTF-8 at byte {fault.start} (0x{byte:02X}, {fault.reason}), and not likely UTF-16 or "
        "GB18030 either; expected text in one of these encodings, or name another with encoding="
    )
    raise EncodingError(message, path=path or None, offset=fault.start) from None


def decode(data: bytes, encoding: str | None = None, path: str = "") -> str:
    """The text alone; see :func:`decode_named`."""
    return decode_named(data, encoding, path)[0]
