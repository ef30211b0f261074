"""Structured data in script elements (schema.org in JSON-LD), read also where it is broken.

Ministries' templates paste strings into JSON by hand: trailing commas, raw line breaks, CDATA and comment wrappers
were all seen. What cannot be mended is searched for the few keys that matter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

#: larger scripts are application state, no description of a release
MAX_SCRIPT = 500_000
MAX_SCRIPTS = 20
MAX_NODES = 2_000

_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)
#: a string without an end runs to the end of the script, so that no character is looked at twice
_STRING_OR_COMMA = re.compile(
    r'"(?:[^"\\]++|\\(?:.|\Z))*+(?:"|\Z)|,(?=\s*+[}\]])|//[^\n"]*+$', re.MULTILINE | re.DOTALL
)
_KEYS = re.compile(
    r'"(@type|headline|datePublished|dateModified|inLanguage|articleSection)"\s*:\s*"((?:[^"\\\n]|\\.)*)"'
)


def parse_scripts(scripts: tuple[str, ...]) -> tuple[tuple[dict[str, Any], ...], tuple[str, ...]]:
    """The objects of the scripts, outer ones first, lists and ``@graph`` opened; and what was wrong with them.

    Never raises; work and result are bounded by the three limits above.
    """
    nodes: list[dict[str, Any]] = []
    damage: list[str] = []
    for script in scripts[:MAX_SCRIPTS]:
        if len(script) > MAX_SCRIPT:
            damage.append(f"jsonld: script of {len(script)} characters passed over")
            continue
        value, problem = _loads(script)
        if problem:
            damage.append(f"jsonld: {problem}")
        for node in _objects(value):
            if len(nodes) >= MAX_NODES:
                return tuple(nodes), (*damage, f"jsonld: more than {MAX_NODES} objects")
            nodes.append(node)
    return tuple(nodes), tuple(damage)


def text_of(value: Any) -> str | None:
    """The text of a JSON-LD value: a string, the first of a list, or an object's ``name`` or ``@value``."""
    for _ in range(4):
        if isinstance(value, str):
            return " ".join(value.split()) or None
        if isinstance(value, list) and value:
            value = value[0]
        elif isinstance(value, dict):
            value = value.get("name") or value.get("@value")
        else:
            return None
    return None


def types_of(node: dict[str, Any]) -> tuple[str, ...]:
    """The types of a node, without the vocabulary's address."""
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return tuple(kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1] for kind in listed if isinstance(kind, str))


def _loads(script: str) -> tuple[Any, str | None]:
    text = _WRAPPING.sub("", script)
    try:
        return json.loads(text, strict=False), None
    except (ValueError, RecursionError):
        pass
    mended = _STRING_OR_COMMA.sub(lambda found: found[0] if found[0].startswith('"') else "", text)
    try:
        return json.loads(mended, strict=False), "mended"
    except (ValueError, RecursionError):
        return _rescue(text), "broken: only its keys were read"


def _rescue(text: str) -> dict[str, Any]:
    """The first value of each key that matters, without regard to structure."""
    found: dict[str, Any] = {}
    for key, value in _KEYS.findall(text):
        try:
            found.setdefault(key, json.loads(f'"{value}"', strict=False))
        except ValueError:
            found.setdefault(key, value)
    return found


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a top-level list, ``@graph`` or ``mainEntity``; not the objects inside of other keys."""
    pending = [value]
    while pending:
        current = pending.pop(0)
        if isinstance(current, list):
            pending[:0] = current[:MAX_NODES]
        elif isinstance(current, dict):
            if current.get("@type") or "headline" in current or "datePublished" in current:
                yield current
            pending[:0] = [current[key] for key in ("@graph", "mainEntity") if key in current]
