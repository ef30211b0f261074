"""Pages that are no release, each with its reason; and releases that look a little like them. All pages are synthetic."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import Refusal, ReleaseItem
from crawler.reading import read
from crawler.reading.page import Page, parse_page, text_page
from crawler.reading.walls import find_wall, page_phrases, says
from crawler.registry import Newsroom

TEXT = (
    "<p>The old quay is closed to traffic for about forty days while the piles below it are replaced by new ones.</p>"
    * 4
)
STAMP = '<p class="date">Published 12 March 2024</p>'
HEADLINE = "<h1>Old quay closed for repairs all summer</h1>"
MENU = '<nav><a href="/n">News</a> <a href="/c">Contact</a></nav>'


def room() -> Newsroom:
    return Newsroom(
        slug="xx_ports",
        name={"en": "Ministry of Ports"},
        site="https://www.ports.example",
        country="GB",
        timezone="Europe/London",
        languages=("en",),
    )


def outcome(
    body: str, *, url: str = "https://www.ports.example/x/1", head: str = "", lang: str = "en"
) -> ReleaseItem | Refusal:
    page = parse_page(
        f"<html lang={lang}><head>{head}</head><body>{body}</body></html>".encode(),
        url,
        "text/html; charset=utf-8",
    )
    return page if isinstance(page, Refusal) else read(page, room())


def reason(body: str, **more: str) -> str | None:
    found = outcome(body, **more)
    if isinstance(found, ReleaseItem):
        return None
    assert found.evidence
    return found.reason


@pytest.mark.parametrize(
    ("lang", "title", "text", "expected"),
    [
        ("en", "Page not found", "The page may have been moved.", "soft 404"),
        ("fi", "Sivua ei löytynyt", "Etsimäsi sivu on siirretty tai poistettu.", "soft 404"),
        ("ja", "お探しのページは見つかりません", "移動または削除された可能性があります。", "soft 404"),
        ("th", "ไม่พบหน้าที่คุณต้องการ", "กลับไปหน้าแรก", "soft 404"),
        ("de", "Datenschutzeinstellungen", "Wir verwenden Cookies und ähnliche Technologien.", "consent"),
        ("ko", "시스템 점검 안내", "2023년 3월 2일 서비스가 일시 중단됩니다.", "maintenance"),
        ("sv", "Logga in", "Din session har gått ut.", "login"),
        ("en", "Just a moment...", "Checking your browser before accessing the site.", "challenge"),
        ("en", "Access denied", "You don't have permission to view this page.", "forbidden"),
        ("en", "Internal server error", "Please try again later.", "error page"),
    ],
)
def test_walls_are_told_by_their_headings_in_any_language(lang, title, text, expected):
    body = f"{MENU}<h1>{title}</h1><p>{text}</p>"
    assert reason(body, head=f"<title>{title} - Ministry</title>", lang=lang) == expected
    assert (
        reason(
            body, head=f"<title>{title} - Ministry</title>", lang="en", url="https://www.ports.example/news/1"
        )
        == expected
    )


def test_a_menu_full_of_text_does_not_hide_an_error_page():
    body = f"{MENU}<h1>Page not found</h1>" + TEXT * 4
    assert reason(body, head="<title>Page not found | Ministry</title>") == "soft 404"


@pytest.mark.parametrize(
    "headline",
    [
        "Forbidden weapons found in the harbour",
        "Page 2 of the harbour plan could not be found, minister says",
        "Errors in the register of ships mended",
    ],
)
def test_a_release_about_such_words_is_a_release(headline):
    assert reason(f"<main>{STAMP}<h1>{headline}</h1>{TEXT}</main>", head=f"<title>{headline}</title>") is None


def test_an_empty_shell_needs_a_browser():
    shell = '<noscript>Please enable JavaScript to use this application.</noscript><div id="root"></div><script type="module" src="/a.js"></script>'
    assert reason(shell, head="<title>Ministry</title>") == "needs a browser"
    assert reason('<div id="app"></div><script src="/a.js"></script>') == "needs a browser"


def test_a_challenge_is_told_by_its_script():
    assert (
        reason("<h1>www.ports.example</h1><p>One second.</p><script>window._cf_chl_opt={};</script>")
        == "challenge"
    )


def test_a_guard_s_script_on_a_page_with_its_text_is_no_challenge():
    text = (
        "The quay at Eastpoint is closed to traffic for forty days while its piles are replaced, the ministry says. "
        * 3
    )
    guard = "<script>var s='/cdn-cgi/challenge-platform/h/b/scripts/jsd/main.js'</script>"
    page = f"<ul><li>A<li>B</ul><h1>Quay closed for forty days</h1><p>12 March 2024</p><p>{text}</p><footer>12</footer>{guard}"
    assert reason(page) is None
    assert reason(f"<h1>www.ports.example</h1>{guard}") == "challenge"


def test_a_password_field_with_nothing_else_is_a_login():
    assert reason('<h1>Welcome</h1><form><input name="u"><input type="password"></form>') == "login"


def entries(count: int) -> str:
    return "".join(
        f'<li><span class="date">{day} March 2024</span> <a href="/n/{day}">Harbour office number {day} opens its doors again</a></li>'
        for day in range(1, count + 1)
    )


def test_listings_by_name_and_by_shape():
    assert reason(f"<main><h1>News</h1><ul>{entries(4)}</ul></main>") == "listing"
    assert reason(f"<main><h1>What the ministry has been doing</h1><ul>{entries(9)}</ul></main>") == "listing"
    assert (
        reason(
            "<main><h1>Pressmeddelanden 2024</h1><p>Inga träffar.</p></main>",
            lang="sv",
            url="https://p.example/news",
        )
        == "listing"
    )


def test_a_release_with_related_releases_is_no_listing():
    assert reason(f"<main>{STAMP}{HEADLINE}{TEXT}<ul>{entries(4)}</ul></main>") is None


def test_front_pages_by_their_address():
    assert (
        reason(f"<main><h1>Ministry of Ports</h1>{TEXT}</main>", url="https://www.ports.example/")
        == "front page"
    )
    assert (
        reason(f"<main><h1>Ministry of Ports</h1>{TEXT}</main>", url="https://www.ports.example/fi/")
        == "front page"
    )


def test_contact_pages():
    person = "<div><h3>{0}</h3><p>Press officer<br>020 7946 0123<br><a href='mailto:{0}@ports.example'>{0}@ports.example</a></p></div>"
    people = "".join(person.format(name) for name in ("ada", "bo", "cy"))
    assert (
        reason(f"<main><h1>Press contacts</h1>{people}</main>", url="https://p.example/news/c")
        == "contact page"
    )
    assert reason(f"<main><h1>Yhteystiedot</h1>{people}</main>", lang="fi") == "contact page"


def test_biographies_guides_and_other_documents():
    assert (
        reason(
            f"<main><h1>Minister Ada Example</h1><h2>Biography</h2>{TEXT}</main>",
            url="https://p.example/minister",
        )
        == "biography"
    )
    assert reason(f"<main><h1>Glossary</h1>{TEXT}</main>", url="https://p.example/news/glossary") == "guide"
    assert (
        reason(f'<main><p class="type">Consultation</p>{STAMP}{HEADLINE}{TEXT}</main>')
        == "another kind of document"
    )


def test_a_text_with_nothing_that_a_release_has():
    plain = f"<main><h1>Rural harbours and their services</h1>{TEXT}</main>"
    assert reason(plain, url="https://p.example/topics/harbours") == "no sign of a release"
    assert reason(plain, url="https://p.example/news/harbours") is None
    assert reason(plain.replace("<h1>", STAMP + "<h1>"), url="https://p.example/topics/harbours") is None


def test_a_question_with_a_button_is_no_release():
    assert reason(
        "<h1>Choose your region first</h1><p>Then go on.</p><button>Go on</button>",
        url="https://p.example/news/1",
    ) in {"little text", "no text"}


def test_says_needs_the_phrase_to_be_most_of_the_heading():
    phrases = page_phrases("not_found")
    assert says("Page not found", phrases) == "page not found"
    assert says("404", phrases) in {"404", None}
    assert (
        says("The lost ship was not found in spite of a search by three boats and a helicopter", phrases)
        is None
    )


@given(st.text(max_size=120), st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_page_raises(title, text):
    page = text_page(f"{title}\n\n{text}", "https://p.example/a")
    assert find_wall(page) is None or isinstance(find_wall(page), Refusal)
    assert isinstance(page, Page)
    assert isinstance(read(page, room()), (ReleaseItem, Refusal))


def test_a_cookie_banners_heading_is_no_wall():
    banner = '<div class="govuk-cookie-banner"><h2>Cookies on this site</h2><p>We use cookies.</p></div>'
    assert (
        reason(
            f"{banner}<main>{STAMP}{HEADLINE}<p>The old quay is closed to traffic for about forty days.</p></main>"
        )
        is None
    )


def test_a_release_that_mentions_another_kind_of_document_is_a_release():
    linked = f'<main>{STAMP}{HEADLINE}{TEXT}<p>The new form is here: <a href="/f">Form</a></p></main>'
    assert reason(linked) is None


@pytest.mark.parametrize("path", ["/contact/press", "/search/news", "/about/news"])
def test_some_addresses_are_no_place_for_news(path):
    assert (
        reason(
            f"<main><h1>Rural harbours and their services</h1>{TEXT}</main>", url=f"https://p.example{path}"
        )
        == "no sign of a release"
    )
