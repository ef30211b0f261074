"""What pages hold: the cases C7, C8, C9, C11 and C15, by id. All pages are synthetic."""

import re
import time
from collections.abc import Iterator

import pytest

from crawler.items import Refusal
from crawler.reading import read
from crawler.reading.page import parse_page
from crawler.registry import unknown_newsroom
from tests.hostile.pages import WORDS, listing, release, site
from tests.hostile.run import Newsroom, Told, run
from tests.replay import Page, replay

pytestmark = pytest.mark.slow
LETTERS = "Résumé of the café’s opening: naïve façades, Örebro and Åbo, “quoted”, 5 € a day. "
UTF8 = "text/html; charset=utf-8"
HOST = "c7.example"


def page(text: str, name: str = "x") -> str:
    return release(name, text=text + WORDS).decode()


def charsets() -> dict[str, Page]:
    """Case C7: what header, meta and bytes say of one another."""
    plain = page(LETTERS)
    bare = plain.replace('<meta charset="utf-8">', "")
    return {
        "cp1252-as-utf8": Page(bare.encode("cp1252"), content_type=UTF8),
        "utf8-as-latin1": Page(bare.encode(), content_type="text/html; charset=iso-8859-1"),
        "meta-against-header": Page(plain.encode("cp1252"), content_type="text/html; charset=windows-1252"),
        "no-charset": Page(bare.encode(), content_type="text/html"),
        "bom": Page(b"\xef\xbb\xbf" + bare.encode(), content_type="text/html"),
        "utf16": Page(bare.encode("utf-16"), content_type="text/html"),
        "double": Page(bare.encode().decode("cp1252", "replace").encode(), content_type=UTF8),
        "binary": Page(bytes(range(256)) * 400, content_type=UTF8),
    }


def odd_characters() -> dict[str, Page]:
    """Case C8."""
    return {
        "nul": Page(page("Before\0after the zero. ").encode()),
        "surrogate": Page(page("Before @@ after. ").encode().replace(b"@@", b"\xed\xa0\x80")),
        "reference": Page(page("Before &#0; &#xD800; &#x202E;after. ").encode()),
        "bidi": Page(page("Amount \u202e000,1\u202c euros. ").encode()),
        "zero-width": Page(page("har\u200bbour mas\u00adter. ").encode()),
        "marks": Page(page("Zalgo" + "\u0301" * 100_000 + " ends. ").encode()),
    }


def loss() -> dict[str, Page]:
    """Case C9."""
    deep = "<div>" * 60_000 + "buried" + "</div>" * 60_000
    plain = page(WORDS)
    return {
        "deep": Page(plain.replace("<p>", deep + "<p>", 1).encode()),
        "unclosed": Page(plain.replace("</p>", "").replace("</main>", "").encode()),
        "attribute": Page(plain.replace("<article>", f'<article data-x="{"y" * 8_000_000}">').encode()),
        "two-heads": Page(plain.replace("</article>", "<h1>Another heading</h1></article>").encode()),
        "base": Page(plain.replace("<head>", '<head><base href="http://127.0.0.2:9/">').encode()),
    }


def no_releases() -> dict[str, Page]:
    """Case C11: answers with status 200 that are no release."""

    def told(title: str, text: str) -> Page:
        return Page(
            f"<html lang=en><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>".encode()
        )

    return {
        "soft-404": told("Page not found", "The page you are looking for does not exist. Check the address."),
        "maintenance": told("Site under maintenance", "We are updating our service. Please come back later."),
        "login": Page(b"<html lang=en><head><title>Sign in</title></head><body><h1>Sign in</h1><form><input name=user><input type=password></form></body></html>"),
        "consent": told("We value your privacy", "We use cookies. Accept all. Reject all. Manage preferences."),
        "denied": told("Access Denied", "You don't have permission to access this resource. Reference #18.2f"),
        "shell": Page(b"<html lang=en><head><title>Ministry</title></head><body><div id=app></div><script src=/app.js></script></body></html>"),
    }  # fmt: skip


def room(slug: str, pages: dict[str, Page]) -> Newsroom:
    host = f"{slug}.example"
    own = site(host, ["ok"]) | {f"{host}/news/{name}": answer for name, answer in pages.items()}
    own[f"{host}/news"] = Page(listing(host, ["ok", *pages]))
    return Newsroom(slug, own)


def newsrooms() -> list[Newsroom]:
    return [
        room("c7", charsets()),
        room("c8", odd_characters()),
        room("c9", loss()),
        room("c11", no_releases()),
        room("c15", {kind: Page(release(kind, text=text)) for kind, text in CATASTROPHES.items()}),
    ]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    rooms = newsrooms()
    pages = {address: answer for it in rooms for address, answer in it.pages.items()}
    with replay(pages) as server:
        yield run(server, tmp_path_factory.mktemp("content"), rooms)


def body(told: Told, host: str, name: str) -> str:
    found = told.query("select body from releases where url = ?", f"https://{host}/news/{name}")
    return str(found[0][0]) if found else ""


@pytest.mark.parametrize("name", [name for name in charsets() if name not in {"binary", "double"}])
def test_c7_whatever_header_and_meta_say_the_letters_are_right(told: Told, name: str) -> None:
    assert LETTERS.strip() in body(told, HOST, name)


def test_c7_no_lost_letter_and_no_mojibake_is_stored(told: Told) -> None:
    """Also none that the ministry itself lost: its page is kept, and refused with the reason."""
    assert told.query("select count(*) from releases where body like '%' || char(65533) || '%'") == [(0,)]
    assert body(told, HOST, "binary") == ""
    assert "Ã©" not in body(told, HOST, "double")


def test_c8_text_behind_odd_characters_is_found(told: Told) -> None:
    assert told.stored("c8") >= {"ok", *odd_characters()} - {"marks", "reference"}
    for name in ("nul", "surrogate"):
        text = body(told, "c8.example", name)
        assert "after" in text
        assert "\0" not in text
    assert told.query(
        "select count(*) from releases_fts where releases_fts match 'harbour' and rowid in (select position from releases where url like '%/zero-width')"
    ) == [(1,)]


def test_c9_what_the_parser_loses_is_refused_and_what_it_keeps_is_read(told: Told) -> None:
    deep = body(told, "c9.example", "deep")
    assert deep == "" or WORDS.strip()[:60] in deep  # whole or not at all
    for name in ("unclosed", "two-heads"):
        assert WORDS.strip()[:60] in body(told, "c9.example", name)
    assert told.query("select headline from releases where url like '%c9.example/news/two-heads'") == [
        ("Notice x on harbours and bridges",)
    ]


def test_c8_a_character_that_html_turns_into_the_replacement_one_is_quarantined(told: Told) -> None:
    assert told.query("select reason from rejects where url like '%c8.example/news/reference'") == [
        ("undecodable",)
    ]


@pytest.mark.parametrize("name", no_releases())
def test_c11_what_is_no_release_is_refused_with_a_reason(told: Told, name: str) -> None:
    assert name not in told.stored("c11")
    ((reason,),) = told.query("select reason from rejects where url like ?", f"%c11.example/news/{name}")
    assert reason


def test_the_run_survives_all_pages(told: Told) -> None:
    assert "Traceback" not in told.stderr
    assert all("own code" not in trouble for row in told.rows.values() for trouble in row["trouble"])
    assert told.peak_mb() < 512


CATASTROPHES = {
    "letters": "a" * 300_000,
    "digits": "1 " * 100_000,
    "dots": "1." * 100_000,
    "mail": "a@" * 80_000 + "." * 50_000,
    "commas": "Matti Meikäläinen, " * 8_000,
    "labels": "Published: " * 20_000,
    "brackets": "[at]" * 50_000 + "(" * 50_000,
    "tags": "<" * 200_000,
    "phones": "+358 (0) " * 20_000,
}


@pytest.mark.parametrize("kind", CATASTROPHES)
def test_c15_no_text_costs_more_than_two_seconds(kind: str) -> None:
    from pipelines.release import to_release

    newsroom = unknown_newsroom("https://c15.example/x", "Europe/Helsinki", ("en", "fi"), "FI")
    whole = release("x", text=CATASTROPHES[kind])
    started = time.process_time()
    parsed = parse_page(whole, "https://c15.example/x", UTF8)
    item = parsed if isinstance(parsed, Refusal) else read(parsed, newsroom)
    if not isinstance(item, Refusal):
        to_release(item, newsroom)
    assert time.process_time() - started < 2


def catastrophe() -> float:
    """CPU seconds of one expression that backtracks: what a careless reader would cost on a short text."""
    started = time.process_time()
    re.search("(a+)+$", "a" * 26 + "b")
    return time.process_time() - started
