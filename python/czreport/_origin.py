"""Where the rows of a table were read: texts and the bounds of their sentences."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from . import _core

Integers = npt.NDArray[np.int64] | npt.NDArray[np.int32]


class Text:
    """The text of a report; bytes are decoded when first asked for, which most users never do."""

    __slots__ = ("_text",)

    def __init__(self, text: str | bytes) -> None:
        self._text: str | bytes = text

    @property
    def text(self) -> str:
        if isinstance(self._text, bytes):  # valid UTF-8: it was read
            self._text = self._text.decode("utf-8")
        return self._text


class Origin:
    """Texts behind a table. Holds no Table and no Report, so that nothing has to wait for the collector."""

    __slots__ = ("_bounds", "_text", "many")

    def __init__(self, text: Text | _core.Reports, bounds: _core.Table) -> None:
        self._text = text
        self._bounds = bounds
        self.many: _core.Reports | None = text if isinstance(text, _core.Reports) else None

    def known(self) -> bool:
        """Whether the texts are still there."""
        return self.many is None or self.many.has_texts

    def _document(self, number: int) -> str:
        text = self._text.text if isinstance(self._text, Text) else self._text.text(number)
        return text or ""

    def evidence(
        self, documents: Integers | None, starts: Integers, ends: Integers, sentences: Integers, mark: bool
    ) -> Iterable[str]:
        """The sentence of each row, with the quote marked 【…】 if asked for."""
        first, last = self._bounds.array("start"), self._bounds.array("end")
        count = len(first)
        heads = None if documents is None else np.searchsorted(self._bounds.array("doc_id"), documents)
        text, held = "", -1
        for i, (start, end, sentence) in enumerate(zip(starts.tolist(), ends.tolist(), sentences.tolist())):
            number = 0 if documents is None else int(documents[i])
            if number != held:
                text, held = self._document(number), number
            low, high = start, end
            row = sentence + (0 if heads is None else int(heads[i]))
            if sentence >= 0 and row < count:
                low, high = min(start, int(first[row])), max(end, int(last[row]))
            quote = f"【{text[start:end]}】" if mark else text[start:end]
            yield f"{text[low:start]}{quote}{text[end:high]}".strip()
