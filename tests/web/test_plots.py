"""Plots drawn as SVG: where their marks stand."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.web.plots import Series, bars, lines, nice_top


def drawn(markup: str) -> ET.Element:
    return ET.fromstring(str(markup).partition("</svg>")[0] + "</svg>")


@pytest.mark.parametrize("labels", [["2024"], ["2023", "2024", "2025"]])
def test_every_point_of_a_line_stands_over_its_label(labels: list[str]) -> None:
    plot = drawn(lines("Releases", labels, [Series("a <ministry>", (3,) * len(labels))]))
    dots = [dot.get("cx") for dot in plot.iter("circle")]
    assert dots == [text.get("x") for text in plot.findall("g/text")]
    assert [text.text for text in plot.findall("g/text")] == labels


def test_few_bars_stay_slim() -> None:
    plot = drawn(bars("Edits", [("told", 2), ("silent", 1)]))
    assert [rect.get("width") for rect in plot.iter("rect")] == ["56.0", "56.0"]


@given(st.integers(2, 10**9))
def test_the_axis_and_its_half_are_whole_for_counts(most: int) -> None:
    top = nice_top(most)
    assert top >= most
    assert top / 2 == int(top / 2)
    assert re.fullmatch(r"[12468]0*", str(int(top)))


def test_on_a_phone_every_other_label_goes_only_where_they_have_no_room() -> None:
    crowded = bars("Months", [(f"2022-{month:02}", 1) for month in range(1, 11)])
    roomy = bars("Edits", [("2026-11 told", 2), ("2026-11 silent", 1)])
    assert ('class="x crowded"' in crowded, 'class="x crowded"' in roomy) == (True, False)
