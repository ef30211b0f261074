"""The reading room in a real headless Chromium: seen, used by keyboard, without scripts, and attacked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from archive.model import Attachment, Contact, EmailState, Identity
from tests.answers import shelf
from tests.web.conftest import Serve
from tests.web.payloads import PAYLOADS

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
PAGES = (
    "/",
    "/search",
    "/search?q=människohandel&country=FI",
    "/release/1",
    "/release/2/beside/1",
    "/newsrooms",
    "/newsroom/fi_demo",
    "/plots",
    "/data",
    "/person?name=Aino%20Esimerkki",
    "/release/5/changes/2",
    "/release/999",
    "/search?q=nothingatall",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = next((found for name in names if (found := shutil.which(name))), None)
    if executable is None:
        pytest.skip("no Chromium on this machine (apt install chromium)")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(chromium: Browser, room: str, scheme: str) -> None:
    # axe is a script of the test's: the pages' own policy would refuse it
    context = chromium.new_context(bypass_csp=True, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    found = {}
    for path in PAGES:
        page.goto(room + path)
        results = Axe().run(page)
        if results.violations_count:
            found[path] = results.generate_report()
    context.close()
    assert not found, "\n".join(found.values())


def test_search_filter_open_and_go_back(tab: Page, room: str, tmp_path: Path) -> None:
    tab.goto(room)
    tab.get_by_label("Search all releases").fill("människohandel")
    tab.keyboard.press("Enter")
    expect(tab.locator(".hit")).to_have_count(2)
    tab.get_by_role("link", name="SE 1", exact=True).click()
    expect(tab.locator(".hit")).to_have_count(1)
    tab.get_by_role("link", name="Without country SE").click()
    tab.get_by_role("link", name=shelf.TRAFFICKING_SV.headline).click()
    expect(tab.locator("article h1")).to_have_text(shelf.TRAFFICKING_SV.headline)
    tab.get_by_role("link", name="side by side").click()
    expect(tab.locator("article")).to_have_count(2)
    tab.screenshot(path=str(tmp_path / "beside.png"))


def test_everything_works_without_scripts(chromium: Browser, room: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in PAGES:
        answer = page.goto(room + path)
        assert answer is not None
        assert answer.status in (200, 404)
        assert page.locator("main").inner_text().strip()
    assert page.locator("script").count() == 0
    context.close()


def test_nothing_is_wider_than_a_phone(chromium: Browser, room: str) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    for path in PAGES:
        page.goto(room + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, (path, width)
    page.close()


def test_a_phone_without_scripts_sees_whole_tables_and_reaches_the_filters(
    chromium: Browser, room: str
) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{room}/person?name=Aino%20Esimerkki")
    cells = page.locator(".stacked tbody :is(th, td)")
    assert cells.count() >= 7
    for cell in cells.all():
        box = cell.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 360
    page.goto(f"{room}/search")
    page.get_by_role("link", name="Narrow the answers").click()
    box = page.locator("#narrow").bounding_box()
    assert box is not None
    assert box["y"] < 740
    context.close()


def test_the_keyboard_reaches_the_content_first(tab: Page, room: str) -> None:
    tab.goto(f"{room}/search?q=människohandel")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "To the content"
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#main")


def test_right_to_left_and_screenshots(chromium: Browser, serve: Serve, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    arabic = shelf.release(
        "ar",
        "الوزراء يناقشون الميزانية",
        "ناقش الوزراء الميزانية الجديدة اليوم.",
        "ar",
        "2024-03-01",
        contacts=(),
    )
    shelf.fill(path, [arabic])
    page = chromium.new_page(color_scheme="dark")
    page.goto(f"{serve(path)}/release/1")
    assert page.locator("article").evaluate("node => getComputedStyle(node).direction") == "rtl"
    for name, width in (("wide", 1280), ("phone", 390)):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(tmp_path / f"rtl-{name}.png"), full_page=True)
    page.emulate_media(media="print")
    assert not page.locator("header form").is_visible()
    page.close()


@pytest.fixture(scope="module")
def attacked(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive whose every shown field holds an attack, one release an attack."""
    path = tmp_path_factory.mktemp("attacked") / "archive.db"
    shelf.fill(path, [_attack(number, payload) for number, payload in enumerate(PAYLOADS)])
    shelf.fill(
        path,
        [
            replace(_attack(number, payload), body=f"edited {payload}")
            for number, payload in enumerate(PAYLOADS[:30])
        ],
        hours=4,
    )
    return serve(path)


def _attack(number: int, payload: str):  # type: ignore[no-untyped-def]
    contact = Contact(
        payload,
        payload,
        payload,
        payload,
        payload,
        payload,
        EmailState.PRINTED,
        payload,
        (payload,),
        (payload,),
        payload,
    )
    return replace(
        shelf.release(f"attack-{number}", payload, f"{payload}\n\nattack{number} {payload}", "en", "2024-01-01"),
        subheadline=payload, byline=payload, number=payload, type_label=payload, published_raw=payload, modified_raw=payload,
        body_html=f"<p>{payload}</p>{payload}", contacts=(contact,), topics=(payload,), links=(payload,), notices=(payload,),
        attachments=(Attachment(payload, payload, payload), Attachment(f"http://x.example/{payload}", payload)),
        identity=Identity("url", f"attack-{number}"), url=f"https://ministry.example/{number}?{payload}",
    )  # fmt: skip


def test_nothing_archived_acts(chromium: Browser, attacked: str) -> None:
    assert len(PAYLOADS) >= 100
    page = chromium.new_page()
    executed: list[str] = []
    elsewhere: list[str] = []
    refused: list[str] = []
    page.on("dialog", lambda dialog: (executed.append(page.url), dialog.dismiss()))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((attacked, "data:")) else elsewhere.append(request.url)
        ),
    )
    page.on(
        "console",
        lambda message: (
            refused.append(f"{page.url} {message.text}") if "Security Policy" in message.text else None
        ),
    )
    for number, payload in enumerate(PAYLOADS):
        page.goto(f"{attacked}/release/{number + 1}")
        if number % 5 == 0:
            page.goto(f"{attacked}/search?q={quote(payload.replace(chr(0), ''))}")
            page.goto(f"{attacked}/person?name={quote(payload)}")
    for path in (
        "/",
        "/search",
        "/newsrooms",
        "/newsroom/fi_demo",
        "/plots",
        *(f"/release/{number}/changes/2" for number in range(1, 31, 3)),
    ):
        page.goto(attacked + path)
    assert (
        page.evaluate(
            "document.querySelectorAll('main img, main script, main iframe, main form:not([action]), main [onerror]').length"
        )
        == 0
    )
    page.close()
    assert (executed, elsewhere, refused) == ([], [], [])


def test_the_tables_let_nothing_act_either(chromium: Browser, attacked: str) -> None:
    page = chromium.new_page()
    executed: list[str] = []
    elsewhere: list[str] = []
    page.on("dialog", lambda dialog: (executed.append(page.url), dialog.dismiss()))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((attacked, "data:")) else elsewhere.append(request.url)
        ),
    )
    for path in (
        "/archive/releases?_size=100",
        "/archive/contacts?_size=100",
        "/archive/attachments?_size=100",
        "/archive?sql=select+headline+from+releases",
        "/archive/releases/1",
    ):
        page.goto(attacked + path)
    page.close()
    assert (executed, elsewhere) == ([], [])
