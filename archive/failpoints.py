"""Named points in the order of writing, at which a test may stop the process. In production they do nothing.

A hook comes from code only, never from the environment: nothing outside can switch it on.
"""

from __future__ import annotations

from collections.abc import Callable

_hook: Callable[[str], None] | None = None


def install(hook: Callable[[str], None] | None) -> None:
    """Calls ``hook`` with the name of every point that is reached; None takes it away."""
    global _hook  # noqa: PLW0603
    _hook = hook


def reach(name: str) -> None:
    """Marks a point of the order of writing."""
    if _hook is not None:
        _hook(name)
