"""The page: decoding, lines, zones, protected addresses, damage. All pages here are synthetic."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Refusal
from crawler.reading.page import Page, Zone, parse_page, text_page, tidy

URL = "https://www.harbour.example/news/1"


def page(html: str, content_type: str | None = None) -> Page:
    found = parse_page(html.encode(), URL, content_type)
    assert isinstance(found, Page)
    return found


def test_lines_and_paragraphs() -> None:
    found = page("<p>One<br>two<br><br>three</p><p>four</p>")
    assert [(b.text, b.paragraph, b.continues) for b in found.blocks] == [
        ("One", 0, False),
        ("two", 0, True),
        ("three", 1, False),
        ("four", 2, False),
    ]


def test_zones_follow_elements_roles_and_class_names() -> None:
    found = page(
        '<nav><a href="/">Home</a></nav><main><h1>Ferries</h1><div class="article__share">Share</div>'
        '<header><p>Inner</p></header></main><footer>Switchboard</footer><p class="sr-only">Skip</p><p>Seen<span class="sr-only"> unseen</span></p>'
    )
    zones = {b.text: b.zones for b in found.blocks}
    assert zones["Home"] & Zone.NAV
    assert zones["Ferries"] == Zone.MAIN
    assert zones["Share"] & Zone.SHARE
    assert not zones["Inner"] & Zone.HEADER
    assert zones["Switchboard"] & Zone.FOOTER
    assert zones["Skip"] & Zone.HIDDEN
    assert not zones["Seen"] & Zone.HIDDEN


def test_an_empty_class_names_nothing() -> None:
    found = page('<p><span class="">12 May 2021</span> <i id="">Harbour</i> <b class="" id="x">x</b></p>')
    assert [name for name, _ in found.classed if name != "#"] == ["#x"]


def test_a_protected_address_is_written_out_in_place() -> None:
    code = "2a" + "".join(f"{ord(c) ^ 0x2A:02x}" for c in "ida.ek@harbour.example")
    found = page(
        f'<p>Ask <a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="{code}">[email&#160;protected]</a>, 040</p>'
    )
    assert found.blocks[0].text == "Ask ida.ek@harbour.example, 040"
    assert found.blocks[0].decoded == {"ida.ek@harbour.example"}


def test_an_address_behind_other_words_is_told() -> None:
    found = page('<p>Ida Ek <a href="mailto:ida.ek@harbour.example?subject=x">e-mail to Ida</a></p>')
    assert [(a.words, a.href) for a in found.blocks[0].mails] == [("e-mail to Ida", "ida.ek@harbour.example")]


def test_indexes() -> None:
    found = page(
        '<html lang="fi"><head><title>A | B</title><meta property="og:title" content="A"><link rel="canonical" href="/x">'
        '<script type="application/ld+json">{"a":1}</script></head><body><time datetime="2022-06-21T11:43">21.6.2022</time>'
        '<span itemprop="author">Port Ministry</span>'
    )
    assert (found.lang, found.title, found.meta("og:title"), found.jsonld) == (
        "fi",
        "A | B",
        "A",
        ('{"a":1}',),
    )
    assert found.links[0].rel == "canonical"
    assert found.stamps[0].datetime == "2022-06-21T11:43"
    assert found.marked[0].text == "Port Ministry"


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("Hélène".encode(), "text/html; charset=iso-8859-1", "Hélène"),
        ("Hélène – 5 €".encode("cp1252"), "text/html; charset=utf-8", "Hélène – 5 €"),
        ("Hélène".encode("utf-16"), None, "Hélène"),
        ("<meta charset=windows-1251>Министр".encode("cp1251"), None, "Министр"),
        ("Hélène à Liège".encode().decode("cp1252", "replace").encode(), None, "Hélène à Liège"),
        (b"before\x00after", None, "beforeafter"),
    ],
)
def test_what_the_bytes_say_beats_what_is_said_about_them(
    body: bytes, content_type: str | None, text: str
) -> None:
    found = parse_page(b"<p>" + body if not body.startswith(b"\xff") else body, URL, content_type)
    assert isinstance(found, Page)
    assert found.blocks[0].text == text


def test_undecodable_bytes_are_refused() -> None:
    found = parse_page(("<p>" + "\ufffd" * 50).encode(), URL)
    assert isinstance(found, Refusal)
    assert found.reason == "undecodable"


@pytest.mark.parametrize("body", [b'{"results": [{"title": "Harbour opened"}]}', b' ["a", "<p>b</p>"]\n'])
def test_an_answer_of_an_unknown_api_is_no_page(body: bytes) -> None:
    found = parse_page(body, URL)
    assert isinstance(found, Refusal)
    assert found.reason == "not html"


def test_text_in_braces_is_still_a_page() -> None:
    assert isinstance(parse_page(b"{{ title }} <h1>Harbour opened</h1>", URL), Page)


def test_text_below_sixty_thousand_elements_is_not_lost() -> None:
    found = parse_page(b"<h1>Top</h1>" + b"<div>" * 60_000 + b"deep" + b"</div>" * 60_000 + b"<p>after", URL)
    assert isinstance(found, Page)
    assert [b.text for b in found.blocks] == ["Top", "deep", "after"]


def test_a_ten_megabyte_attribute_gets_an_answer() -> None:
    found = parse_page(b'<p data-x="' + b"x" * 10_000_000 + b'">a</p>', URL)
    assert isinstance(found, Refusal)
    assert found.reason == "too large"


def test_a_plain_text_copy() -> None:
    found = text_page("Hoppa\n\nEn rubrik\nundertext\n\n\nSlut", URL)
    assert [(b.text, b.paragraph) for b in found.blocks] == [
        ("Hoppa", 0),
        ("En rubrik", 1),
        ("undertext", 1),
        ("Slut", 2),
    ]


@given(
    st.binary(max_size=400),
    st.sampled_from([None, "text/html; charset=utf-8", "text/html; charset=utf-16", "text/html; charset=x"]),
)
def test_no_bytes_raise(body: bytes, content_type: str | None) -> None:
    assert isinstance(parse_page(body, URL, content_type), Page | Refusal)


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    assert isinstance(parse_page(text.encode("utf-8", "surrogatepass"), URL), Page | Refusal)
    assert isinstance(text_page(text, URL), Page)


@given(st.text("ab \t\n\u00a0\u00ad\u200b\u3000é省"))
def test_a_line_is_tidied_the_same_with_and_without_a_look(text):
    gone = "".join(" ".join(text.split()).replace("\u00ad", "").replace("\u200b", ""))
    assert tidy(text) == " ".join(gone.split())


@given(
    st.text("ab./%?#:;-_ ~", max_size=12),
    st.sampled_from(["https://a.example/x/y?z", "http://b.example", "https://c.example/d/"]),
)
def test_an_address_is_joined_as_the_library_joins_it(rest, base):
    for href in (rest, f"/{rest}", f"https://w.example/{rest}"):
        try:
            joined = urljoin(base, href.strip())
        except ValueError:
            joined = ""
        expected = joined if joined.startswith(("http://", "https://")) else None
        assert Page(url=base).absolute(href) == expected
