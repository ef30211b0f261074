"""One key for the many spellings of one page (reliability.md D6, variety.md §8)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.addresses import url_key, without_credentials

SAME = [
    ("http://stm.fi/-/kevat", "https://stm.fi/-/kevat/"),
    ("https://www.om.example/a?utm_source=x&id=3", "https://om.example/a?id=3#top"),
    ("https://om.example/a;jsessionid=1F?b=1&a=2", "https://om.example/a?a=2&b=1"),
    ("https://om.example//a///b", "https://om.example/a/b"),
    ("https://om.example/uutiset/index.html", "https://om.example/uutiset"),
    ("https://om.example/-/slug?languageId=sv_SE", "https://om.example/sv/-/slug"),
    ("https://om.example/-/slug?languageId=fi_FI", "https://om.example/-/slug"),
    ("https://om.example/%25C3%25A4", "https://om.example/ä"),
    ("https://om.example/a/print", "https://om.example/a"),
    ("https://user:secret@om.example:443/a", "https://om.example./a"),
]
DIFFERENT = [
    ("https://om.example/a?id=3", "https://om.example/a?id=4"),
    ("https://om.example/sv/-/slug", "https://om.example/-/slug"),
    ("https://om.example/A", "https://om.example/a"),
    ("http://om.example:8080/a", "http://om.example/a"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_page_have_one_key(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_pages_have_two_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


def test_an_address_without_a_host_is_refused() -> None:
    with pytest.raises(ValueError, match="host"):
        url_key("/only/a/path")


@given(st.text(max_size=60), st.text(max_size=30))
def test_the_key_of_a_key_is_itself(path: str, query: str) -> None:
    key = url_key(f"https://om.example/{path.replace('?', '').replace('#', '')}?q={query.replace('#', '')}")
    assert url_key(f"https://{key}") == key


def test_credentials_are_neither_kept_nor_shown() -> None:
    assert without_credentials("http://user:pw@om.example:81/a?b=c@d") == "http://om.example:81/a?b=c@d"
    assert without_credentials("http://om.example/a@b") == "http://om.example/a@b"
