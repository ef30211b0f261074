"""Merkle trees over leaf digests (pure). A leaf and a node are hashed apart, so that neither passes for the other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence


def leaf(values: Sequence[object]) -> str:
    """The digest of a leaf: of the canonical JSON of its values, as hexadecimal."""
    return _hash(b"\x00" + canonical(values))


def canonical(values: Sequence[object]) -> bytes:
    """JSON without white space, letters as they are, in UTF-8."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def root(leaves: Sequence[str]) -> str:
    """The root over leaves in order; of none, the digest of nothing."""
    level = list(leaves)
    while len(level) > 1:
        level = _next(level)
    return level[0] if level else _hash(b"")


def path(leaves: Sequence[str], index: int) -> list[tuple[str, str]]:
    """What leads from a leaf to the root: ``("left" | "right", digest)`` of each sibling on the way."""
    found: list[tuple[str, str]] = []
    level = list(leaves)
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            found.append(("left" if sibling < index else "right", level[sibling]))
        level, index = _next(level), index // 2
    return found


def root_of(start: str, steps: Sequence[tuple[str, str]]) -> str:
    """The root that a leaf and its path lead to."""
    for side, digest in steps:
        start = _node(digest, start) if side == "left" else _node(start, digest)
    return start


def _next(level: list[str]) -> list[str]:
    pairs = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return pairs + level[len(level) - len(level) % 2 :]


def _node(left: str, right: str) -> str:
    return _hash(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
