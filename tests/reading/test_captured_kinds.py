"""Kinds of structures that captured pages of unseen hosts had and the rules had not.

All pages here are synthetic: the forms are those of agencies, parliaments, parties and universities at large; persons,
numbers and texts are invented.
"""

from __future__ import annotations

from tests.reading.test_unseen_structures import page_of, read


def test_an_empty_class_attribute_on_a_part_of_a_line_is_no_crash() -> None:
    release = read(
        page_of(above='<p class="meta"><span class="">News</span> from <em class="">Westpoint</em></p>')
    )
    assert release.headline == "Slipway at Westpoint to be repaired"
