"""Lines that tell several things at once, as the content systems of East Asia and eastern Europe print them.

All synthetic: structures of real sites, invented ministries, texts and people.
"""

from __future__ import annotations

import pytest

from crawler.items import ContactBlock, ReleaseItem
from crawler.languages import words
from crawler.reading import read
from crawler.reading.bylines import labelled
from crawler.reading.headline import find_headline
from crawler.reading.kinds import kind_before_colon, kind_in
from crawler.reading.metadata import collect_metadata
from crawler.reading.page import Page, parse_page, text_page
from crawler.reading.paths import is_path
from crawler.registry import unknown_newsroom
from pipelines.contacts import read_contacts

URL = "https://p.example/news/2024/harbours"
TEXT = {
    "zh": "港务部今天公布小型渔港修缮计划，全部工程将在明年春季汛期之前完成，费用由中央承担一半。",
    "ja": "港湾省は本日、小規模漁港の改修計画を公表しました。工事は来年の春までに完了する予定です。",
    "en": "The ministry publishes its plan for the repair of small harbours today, and half of the cost is borne by the state.",
}
COUNTRY = {"zh": "CN", "ja": "JP", "ko": "KR", "en": "IE", "ru": "RU"}


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


def test_the_value_of_a_label_ends_at_the_next_label() -> None:
    found = item(
        f"<h1>小型渔港修缮计划今天公布</h1><div>发布日期：2024-03-12 浏览次数： 信息来源：港务部办公室 字体：[大 中 小]</div><div><p>{TEXT['zh']}</p></div>",
        "zh",
    )
    assert found.byline is not None
    assert found.byline.text == "港务部办公室"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "字号：[大] [中] [小] [打印]"),
        ("zh", "浏览次数：318"),
        ("zh", "分享到： 微信 微博"),
        ("zh", "【打印本页】【关闭窗口】"),
        ("zh", "（责任编辑：林晓）"),
        ("ko", "조회수 1,532"),
        ("en", "Views: 1,204 Font size A- A A+"),
    ],
)
def test_what_handles_or_counts_a_page_is_no_text(language: str, line: str) -> None:
    text = TEXT.get(language, TEXT["en"])
    inside = f"<h1>小型渔港修缮计划今天公布</h1><p>2024-03-12</p><div>{line}</div><div><p>{text}</p><p>{text}</p></div><div>{line}</div>"
    assert item(inside, language).body == f"{text}\n\n{text}"


def test_below_the_editor_s_name_stands_no_text() -> None:
    found = item(
        f"<h1>小型渔港修缮计划今天公布</h1><p>2024-03-12</p><div><p>{TEXT['zh']}</p><p>{TEXT['zh']}</p>"
        "<p>责任编辑：林晓</p><ul><li>渔港码头换新颜</li><li>海岸公路通车</li></ul></div>",
        "zh",
    )
    assert found.body == f"{TEXT['zh']}\n\n{TEXT['zh']}"


def test_a_labelled_date_below_the_text_counts_with_the_editor_beside_it() -> None:
    found = item(
        f"<h1>小型渔港修缮计划今天公布</h1><div><p>{TEXT['zh']}</p><p>{TEXT['zh']}</p></div><p>发布日期：2024-03-12 责任编辑：林晓</p>",
        "zh",
    )
    assert [printed.evidence for printed in found.published] == ["label:发布日期"]


@pytest.mark.parametrize(
    ("language", "country", "line", "name"),
    [
        ("ja", "JP", "担当：漁港課 課長補佐 川瀬 みどり 電話：03-5550-0123", "川瀬 みどり"),
        ("zh", "TW", "新聞聯絡人：林曉彤科長 電話：02-2000-0101", "林曉彤"),
        ("th", "TH", "ติดต่อสอบถาม: นางสาววรรณา ศรีทะเล โทร. 02 000 0101", "วรรณา ศรีทะเล"),
        ("hi", "IN", "संपर्क: राजीव समुद्री, निदेशक, फोन: 011 2000 0101", "राजीव समुद्री"),
        ("bn", "BD", "যোগাযোগ: আনিস সাগর, পরিচালক, ফোন: 02 9540 101", "আনিস সাগর"),
    ],
)
def test_names_with_vowel_signs_or_without_spaces(language: str, country: str, line: str, name: str) -> None:
    block = ContactBlock((line,), "label", line.partition(":")[0])
    [contact] = read_contacts((block,), words((language,)), country)
    assert contact.name == name


def test_label_and_value_without_a_colon_in_parts_of_a_line() -> None:
    text = "항만부는 소규모 어항의 보수 계획을 오늘 공개하였으며 공사는 내년 봄까지 완료될 예정이라고 밝혔다."
    found = item(
        "<h3>소규모 어항 보수 계획 오늘 공개</h3><ul><li><span>등록자명</span>김바다</li><li><span>부서명</span>어항정책과</li>"
        f"<li><span>등록일자</span>2024-03-12</li><li><span>조회수</span>1,532</li></ul><div><p>{text}</p><p>{text}</p></div>",
        "ko",
    )
    assert found.byline is not None
    assert found.byline.text == "어항정책과"
    assert found.body == f"{text}\n\n{text}"


def test_a_section_s_name_of_the_menu_is_no_headline() -> None:
    text = "항만부는 소규모 어항의 보수 계획을 오늘 공개하였으며 공사는 내년 봄까지 완료될 예정이라고 밝혔다."
    found = item(
        f"<ul><li><a href=/p>보도·설명</a></li></ul><h3>보도·설명</h3><div class=view_title><strong>소규모 어항 보수 계획 공개</strong></div><p>2024-03-12</p><div><p>{text}</p><p>{text}</p></div>",
        "ko",
    )
    assert found.headline.text == "소규모 어항 보수 계획 공개"


def test_a_path_in_a_heading_is_no_headline() -> None:
    found = item(
        f"<h3>首页 - 新闻动态</h3><h5>小型渔港修缮计划今天正式公布</h5><div>发布时间：2024-03-12</div><div><p>{TEXT['zh']}</p><p>{TEXT['zh']}</p></div>",
        "zh",
    )
    assert found.headline.text == "小型渔港修缮计划今天正式公布"


@pytest.mark.parametrize(
    "text",
    [
        "Главная / Новости",
        "当前位置：首页 > 要闻",
        "人民网>>文化",
        "Ana Sayfa » Haberler",
        "홈 > 알림·홍보 > 보도",
    ],
)
def test_paths(text: str) -> None:
    assert is_path(text)


@pytest.mark.parametrize(
    "text",
    ["Home care: 200 new places", "Start-ups > 5 years get grants", "首页改版上线", "Prices rise by 3 %"],
)
def test_no_paths(text: str) -> None:
    assert not is_path(text)


def test_a_counter_glued_to_a_time_leaves_the_time() -> None:
    found = item(
        f"<h1>Plan for small harbours published</h1><div><span>12 March 2024, 11:45</span><span>812</span></div><div><p>{TEXT['en']}</p><p>{TEXT['en']}</p></div>",
        "en",
    )
    assert found.published[0].text == "12 March 2024, 11:45 812"


def test_a_time_in_words_on_the_line_below_its_day() -> None:
    found = item(
        f"<h1>小型漁港修繕計劃今日公布</h1><div><p>{TEXT['zh']}</p><p>{TEXT['zh']}</p><p>2024年3月12日（星期二）<br>香港時間15時05分</p></div>",
        "zh",
    )
    assert found.published[0].text == "2024年3月12日（星期二） 香港時間15時05分"


def test_an_inquiry_box_below_a_japanese_page_is_its_contact() -> None:
    found = item(
        f"<div id=main><div id=text><h1>漁港の改修計画について公表します</h1><p>2024年3月12日</p><p>{TEXT['ja']}</p><p>{TEXT['ja']}</p></div>"
        "<div id=ask><p>お問い合わせ</p><p>所属課室：港湾局漁港課</p><p>電話番号：0555-20-0123</p></div></div>",
        "ja",
    )
    [contact] = read_contacts(found.contact_blocks, words(("ja",)), "JP")
    assert contact.phone == "0555-20-0123"


def test_a_value_ends_before_a_label_that_no_language_knows() -> None:
    found = item(
        f"<h2>小型渔港修缮计划今天公布</h2><p>来源：渔港司　 类型：原创　 分类：新闻</p><p>2024-03-12 09:16</p><div><p>{TEXT['zh']}</p><p>{TEXT['zh']}</p></div>",
        "zh",
    )
    assert found.byline is not None
    assert found.byline.text == "渔港司"


def test_a_file_with_its_size_is_no_text() -> None:
    text = "항만부는 소규모 어항의 보수 계획을 오늘 공개하였으며 공사는 내년 봄까지 완료될 예정이라고 밝혔다."
    found = item(
        f"<h3>소규모 어항 보수 계획 오늘 공개</h3><p>2024-03-12</p><div><p><a href=/f.hwp>어항.hwp</a> (120 kb)</p><p>{text}</p><p>{text}</p></div>",
        "ko",
    )
    assert found.body == f"{text}\n\n{text}"
    assert [one.url for one in found.attachments] == ["https://p.example/f.hwp"]


def test_a_day_with_a_type_and_a_link_beside_it_is_a_stamp() -> None:
    text = "Uostų ministerija šiandien paskelbė mažųjų uostų remonto planą, o pusę išlaidų padengs valstybė."
    newsroom = unknown_newsroom(URL, "UTC", ("lt",), "LT")
    page = parse_page(
        "<html lang=lt><body><ul><li><a href=/a>A</a><li><a href=/b>B</a></ul><h1>Paskelbtas mažųjų uostų remonto planas</h1>"
        f"<p><em>2024 m. kovo 26 d. pranešimas žiniasklaidai (daugiau <a href=/n>naujienų</a>)</em></p><p>{text}</p><p>{text}</p></body></html>".encode(),
        URL,
        "text/html; charset=utf-8",
    )
    assert isinstance(page, Page)
    found = read(page, newsroom)
    assert isinstance(found, ReleaseItem), found
    assert found.published[0].text.startswith("2024 m. kovo 26 d.")
    assert found.body == f"{text}\n\n{text}"


def test_the_cell_that_labels_a_used_one_is_no_text() -> None:
    found = item(
        f"<h1>漁港の改修計画について公表します</h1><table><tr><th>発表日</th><td>令和6年3月26日</td></tr><tr><th>担当課</th><td>港湾局漁港課</td></tr></table><p>{TEXT['ja']}</p><p>{TEXT['ja']}</p>",
        "ja",
    )
    assert found.byline is not None
    assert found.byline.text == "港湾局漁港課"
    assert found.body == f"{TEXT['ja']}\n\n{TEXT['ja']}"


def test_a_stamp_above_the_linked_title_of_another_release_is_that_one_s() -> None:
    found = item(
        "<ul><li><div><time datetime=2025-12-17T18:59:58+05:00>18:59</time></div><div><a href=/o>The lighthouse at Westpoint opens its doors to visitors</a></div></li></ul>"
        f"<h1>Plan for small harbours published</h1><div>12 March 2024</div><div><p>{TEXT['en']}</p><p>{TEXT['en']}</p></div>",
        "en",
    )
    assert found.published[0].text == "12 March 2024"


def test_a_short_word_at_a_headline_is_no_acronym() -> None:
    text = "Портовое министерство сегодня опубликовало план ремонта малых гаваней, половину расходов несёт государство."
    found = item(
        f"<div>Политика</div><h1>Опубликован план ремонта малых гаваней</h1><div>12 марта 2024</div><div><p>{text}</p><p>{text}</p></div>",
        "ru",
    )
    assert found.byline is None


@pytest.mark.parametrize(
    "copied",
    [
        "首页\n小型渔港修缮计划今天公布\n2024-03-12 08:47 来源：港务部\n字号：默认 大 超大|打印|收藏",
        "港务部\n小型渔港修缮计划今天公布\n发布日期：113-03-12 发布单位：渔港司 点阅次数：512\n第098号",
        "小型渔港修缮计划今天公布\n2024-03-12\n渔港修缮计划附件.pdf",
    ],
)
def test_what_tells_facts_is_no_headline_of_a_copied_page(copied: str) -> None:
    page = text_page(f"{copied}\n\n{TEXT['zh']}\n\n{TEXT['zh']}\n", URL)
    headline = find_headline(page, collect_metadata(page), words(("zh",)))
    assert headline is not None
    assert headline.printed.text == "小型渔港修缮计划今天公布"


def test_a_byline_label_after_a_dash() -> None:
    vocabulary = words(("id",))
    line = "Rabu, 27 Maret 2024, 14:30 WIB - Penulis: Biro Humas Pelabuhan - Dibaca: 1.022"
    assert labelled(line, vocabulary) == "Biro Humas Pelabuhan"


def test_a_type_behind_its_label_in_a_script_with_vowel_signs() -> None:
    kind = kind_in("27 มีนาคม 2567 | หมวดหมู่: ข่าวประชาสัมพันธ์ | เข้าชม 88 ครั้ง", words(("th",)))
    assert kind is not None
    assert kind.label == "ข่าวประชาสัมพันธ์"


def test_an_empty_class_at_a_date_stops_nothing() -> None:
    text = "<p>The minister opened the harbour today, and many people came to see it in the rain.</p>"
    found = item(f'<h1>A harbour opens</h1><p><span class="">12 May 2021</span> <b>Oslo</b></p>{text}', "en")
    assert found.published[0].text.startswith("12 May 2021")
