"""Lines that tell several things at once, as the content systems of East Asia and eastern Europe print them.

All synthetic: structures of real sites, invented ministries, texts and people.
"""

from __future__ import annotations

import pytest

from crawler.items import ReleaseItem
from crawler.languages import words
from crawler.reading import read
from crawler.reading.kinds import kind_before_colon
from crawler.reading.page import Page, parse_page
from crawler.registry import unknown_newsroom
from pipelines.contacts import read_contacts

URL = "https://p.example/news/2024/harbours"
TEXT = {
    "zh": "港务部今天公布小型渔港修缮计划，全部工程将在明年春季汛期之前完成，费用由中央承担一半。",
    "ja": "港湾省は本日、小規模漁港の改修計画を公表しました。工事は来年の春までに完了する予定です。",
    "en": "The ministry publishes its plan for the repair of small harbours today, and half of the cost is borne by the state.",
}
COUNTRY = {"zh": "CN", "ja": "JP", "ko": "KR", "en": "IE"}


def item(inside: str, language: str) -> ReleaseItem:
    country = COUNTRY[language]
    newsroom = unknown_newsroom(URL, "UTC", (language,), country)
    page = parse_page(
        f"<html lang={language}><body><ul><li><a href=/a>A</a><li><a href=/b>B</a></ul>{inside}<footer>12</footer></body></html>".encode(),
        URL,
        "text/html; charset=utf-8",
    )
    assert isinstance(page, Page)
    found = read(page, newsroom)
    assert isinstance(found, ReleaseItem), found
    return found


@pytest.mark.parametrize(
    "line",
    [
        "来源：港务部办公室",
        "信息来源：港务部办公室",
        "2024-03-12 08:47 来源：港务部办公室",
        "发布时间：2024-03-12　来源：港务部办公室",
        "发布机构: 港务部办公室",
    ],
)
def test_a_full_width_colon_divides_a_label_from_its_body(line: str) -> None:
    found = item(
        f"<h1>小型渔港修缮计划今天公布</h1><div>{line}</div><div><p>{TEXT['zh']}</p><p>{TEXT['zh']}</p></div>",
        "zh",
    )
    assert found.byline is not None
    assert found.byline.text == "港务部办公室"


def test_a_full_width_colon_divides_a_type_from_its_headline() -> None:
    kind = kind_before_colon("報道発表：漁港の改修計画", words(("ja",)))
    assert kind is not None
    assert (kind.label, kind.rest) == ("報道発表", "漁港の改修計画")


def test_a_full_width_colon_divides_a_contact_s_labels() -> None:
    found = item(
        f"<h1>漁港の改修計画について公表</h1><p>{TEXT['ja']}</p><p>{TEXT['ja']}</p><p>お問い合わせ先：港湾局漁港課</p><p>電話：03-5550-0123</p>",
        "ja",
    )
    [contact] = read_contacts(found.contact_blocks, words(("ja",)), "JP")
    assert contact.phone == "03-5550-0123"
