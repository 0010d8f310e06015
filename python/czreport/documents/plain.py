"""Plain text: decoded, and nothing else; the parser closes up lines and digits itself."""

from __future__ import annotations

from .encoding import decode_named
from .types import Content, Limits

__all__ = ["read"]


def read(data: bytes, *, where: str, encoding: str | None, limits: Limits) -> Content:
    """Text of a .txt file; line ends stay as they are."""
    text, name = decode_named(data, encoding, where)
    return Content(text, name, ())
