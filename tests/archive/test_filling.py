"""Fill rates: a field that is lost is told after a handful of releases; chance alone is not."""

import random

import pytest

from archive.filling import Filled, fill_troubles
from archive.trouble import Example


def history(pattern: list[bool]) -> list[Filled]:
    """Newest first; where the pattern is true the release has a contact."""
    return [
        Filled(None, frozenset({"contacts"}) if has else frozenset(), Example(f"https://a.example/{n}"))
        for n, has in enumerate(pattern)
    ]


def test_a_field_of_every_release_is_missed_after_three() -> None:
    assert fill_troubles(history([False] * 2 + [True] * 200), {}) == []
    (trouble,) = fill_troubles(history([False] * 3 + [True] * 200), {})
    assert trouble.kind == "field contacts"
    assert "none of the newest 3 releases, usually in 100%" in trouble.message
    assert trouble.example == Example("https://a.example/0")
    assert "select.contacts" in trouble.todo


def test_from_98_to_10_percent_is_told() -> None:
    (trouble,) = fill_troubles(
        history([n == 0 for n in range(20)][:2] + [False] * 18 + [True] * 196 + [False] * 4), {}
    )
    assert "5% of the last 20 releases, usually 98%" in trouble.message


def test_what_an_entry_expects_counts_from_the_twentieth_release() -> None:
    assert fill_troubles(history([False] * 19), {"contacts": 0.5}) == []
    (trouble,) = fill_troubles(history([True] * 9 + [False] * 11), {"contacts": 0.5})
    assert "expected 50%" in trouble.message


@pytest.mark.parametrize("rate", [0.1, 0.2, 0.5, 0.8, 0.95])
def test_chance_alone_raises_no_alarm(rate: float) -> None:
    """Two thousand steady newsrooms, each judged once: at half the usual rate alone, one in fifteen would be told."""
    chance = random.Random(int(rate * 100))
    alarms = sum(
        bool(fill_troubles(history([chance.random() < rate for _ in range(220)]), {})) for _ in range(2000)
    )
    assert alarms <= 2


def test_a_young_newsroom_is_not_judged() -> None:
    assert fill_troubles(history([False] * 12 + [True] * 12), {}) == []
