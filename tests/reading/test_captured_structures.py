"""Kinds of structures that pages of public captures had and the rules had not; see test_unseen_structures.

All pages are synthetic: the forms are those of ministries, agencies and city boards at large; persons, numbers and
texts are invented.
"""

from __future__ import annotations

import pytest

from communique.pages import read_body
from crawler.items import Refusal
from crawler.reading.cloak import decode_typo3, decode_typo3_token
from crawler.registry import unknown_newsroom
from tests.reading.test_unseen_structures import TEXT, URL, contacts, page_of, read


def moved(address: str, places: int) -> str:
    """What TYPO3 writes for an address: each sign moved within its range."""
    ranges = ((0x2B, 0x3A), (0x40, 0x5A), (0x61, 0x7A))
    signs = []
    for sign in address:
        first, last = next(
            (each for each in ranges if each[0] <= ord(sign) <= each[1]), (ord(sign), ord(sign))
        )
        signs.append(chr(first + (ord(sign) - first + places) % (last - first + 1)))
    return "".join(signs)


@pytest.mark.parametrize("places", [2, -3, 10])
def test_the_address_that_typo3_moves_by_places_is_decoded(places: int) -> None:
    token = moved("mailto:press9@harbour.example", places)
    assert decode_typo3(f"javascript:linkTo_UnCryptMailto('{token}');") == "press9@harbour.example"
    assert decode_typo3_token(token) == "press9@harbour.example"


def test_a_script_without_an_address_is_no_address() -> None:
    assert decode_typo3("javascript:linkTo_UnCryptMailto('nothing of the kind');") is None
    assert decode_typo3("javascript:void(0)") is None


def test_the_contact_behind_a_typo3_link_has_its_address() -> None:
    token = moved("mailto:press@harbour.example", 2)
    link = f"javascript:linkTo_UnCryptMailto('{token}');"
    block = f'<h3>Media contact</h3><p>Orla Quay<br>Phone: 01 496 0101</p><p><a href="{link}">Email: get in touch</a></p>'
    assert contacts(read(page_of(after=block))) == [("Orla Quay", "01 496 0101", "press@harbour.example")]


def board(body: str) -> bytes:
    """A Korean city's board: the page is one form of hidden keys, the headline a heading of the sixth order."""
    return f"""<html lang=ko><head><title>보도자료 | 한빛시</title></head><body><header><a href=/>한빛시</a></header>
    <nav class=left_menu><h2>시정소식</h2><ul><li><a href=/a>공지사항</a><li><a href=/b>보도자료</a></ul></nav>
    <div class=content_top><h3>보도자료</h3></div><div class=board_view><form method=post><input type=hidden name=seq value=7>
    <div class=board_view_head><h6>한빛시, 시립도서관 세 곳 새 단장 마치고 개관</h6></div>
    <div class=board_view_info><span>작성일 : 2025-12-05 17:09</span><span>96</span></div><div class=board_view_body>{body}</div></form>
    <ul><li><span>이전글</span><a href=/p>한빛시, 관광공사 사장 후보 내정</a><small>2025-12-04</small></ul></div>
    <form><fieldset><legend>만족도조사</legend><p class=title>이 페이지에서 제공하는 정보에 대하여 만족하십니까?</p><input type=radio></fieldset></form>
    </body></html>""".encode()


def test_a_form_of_hidden_keys_around_a_board_is_no_form_to_fill_in() -> None:
    text = "한빛시는 5일 중앙동에서 새 단장을 마친 시립도서관의 개관식을 열고 시민에게 공개했다."
    release = read(board(f"{text}<br><br>{text}"), "ko", "KR")
    assert release.headline == "한빛시, 시립도서관 세 곳 새 단장 마치고 개관"
    assert release.body == f"{text}\n\n{text}"
    assert release.published is not None
    assert f"{release.published.at:%Y-%m-%d %H:%M}" == "2025-12-05 17:09"


def test_what_a_button_says_is_no_text() -> None:
    button = "<p>The plan of the works is in the harbour office. <button>Preview</button> <button>Listen</button></p>"
    assert read(page_of(button)).body.endswith("The plan of the works is in the harbour office.")


def test_a_numbered_label_of_an_event_and_the_cell_after_when_are_no_publication() -> None:
    event = "<div><strong>Event Date 1 : </strong><span property=dc:date content=2024-03-11T11:00:00>March 11, 2024 - 11:00am</span></div>"
    facts = (
        "<table><tr><td><b>Who:</b></td><td>Orla Quay, chair of the board</td></tr>"
        "<tr><td><b>When:</b></td><td>11 a.m., Monday, March 11, 2024</td></tr></table>"
    )
    page = page_of(facts, above=event).replace(b"<p class=date>5 March 2024</p>", b"")
    newsroom = unknown_newsroom("https://www.harbour.example/news/slipway", "Europe/Dublin", ("en",), "IE")
    found = read_body(page, "https://www.harbour.example/news/slipway", newsroom)
    assert found.release is not None
    assert found.release.published is None
    assert "When: | 11 a.m., Monday, March 11, 2024" in found.release.body


def test_the_body_s_name_goes_on_after_a_line_break_and_the_type_stands_in_the_heading() -> None:
    page = page_of().replace(
        b"<h1>Slipway at Westpoint to be repaired</h1>",
        b"<h1><span>News</span> <span>Slipway at Westpoint to be repaired</span></h1>"
        b"<ul><li class=organisation>Ministry<br>of Harbours</li></ul>",
    )
    release = read(page)
    assert (release.type_label, release.byline) == ("News", "Ministry of Harbours")


def test_a_sentence_that_links_a_page_and_a_document_stays_in_the_text() -> None:
    more = "<p>For more information, please visit <a href=/slip>www.harbour.example/slipway</a> or <a href=/s.pdf>www.harbour.example/s.pdf</a>.</p>"
    assert "For more information, please visit" in read(page_of(more)).body


def test_two_things_joined_by_and_are_nobody_s_name() -> None:
    block = "<h3>Rückfragehinweis</h3><p>Ministerium für Häfen, Integration und Wasserwege<br>Presseabteilung</p><p>Telefon: 01 496 0101</p>"
    assert [name for name, _, _ in contacts(read(page_of(after=block), "de", "AT"))] == [None]


def test_a_day_of_change_before_the_release_is_the_site_s() -> None:
    page = page_of(after="<dl><dt>Last updated</dt><dd>3 February 2023</dd></dl>")
    assert read(page).modified is None


def test_an_introduction_above_a_list_whose_entries_show_the_days_is_a_listing() -> None:
    entry = "<li><a href=/s/{0}><div><p>総理の会見、港の防災対策について その{0}</p><p>令和8年8月{0}日</p></div></a></li>"
    entries = "".join(entry.format(number) for number in range(9, 1, -1))
    page = f"""<html lang=ja><head><title>総理の演説・記者会見など | 港湾府</title></head><body><main><div class=top>
    <h1>総理の演説・記者会見など</h1><p>総理の演説や記者会見などを、ノーカットの動画やテキストでご紹介します。</p></div>
    <div class=list><h2>令和8年</h2><ul>{entries}</ul></div></main></body></html>"""
    newsroom = unknown_newsroom(URL, "Asia/Tokyo", ("ja",), "JP")
    item = read_body(page.encode(), "https://www.harbour.example/statement/index.html", newsroom).item
    assert isinstance(item, Refusal)
    assert item.reason == "listing"


@pytest.mark.parametrize("mark", ["node node--type--event", "event-node", "single-tribe_events", "vevent"])
def test_what_the_system_marks_as_an_event_is_no_release(mark: str) -> None:
    page = page_of().replace(b"<h1>", f"<div class='{mark}'><h1>".encode(), 1)
    newsroom = unknown_newsroom(URL, "Europe/Dublin", ("en",), "IE")
    item = read_body(page, URL, newsroom).item
    assert isinstance(item, Refusal)
    assert mark.split()[-1] in item.evidence


def test_persons_in_brackets_at_the_end_of_the_text_each_with_a_title_and_a_number() -> None:
    line = "<p>(하얀동장 김가온, 항만복지팀장 이나래 270-4111, 주무관 백다솜 270-4112)</p>"
    release = read(page_of(line), "ko", "KR")
    assert contacts(release) == [("이나래", "270-4111", None), ("백다솜", "270-4112", None)]
    assert [one.role for one in release.contacts] == ["항만복지팀장", "주무관"]
    assert "270-4111" not in release.body


def test_the_value_of_a_label_that_asks_for_a_department_is_no_person() -> None:
    page = page_of().replace(
        b"<p class=date>", "<dl><dt>담당부서</dt><dd>하얀동</dd></dl><p class=date>".encode()
    )
    assert read(page, "ko", "KR").byline == "하얀동"


def test_a_label_with_the_name_of_a_body_is_not_that_name() -> None:
    page = page_of(
        after="<ul><li>Content source: Office of the Harbour Master, Division of Public Affairs</li></ul>"
    )
    assert read(page).byline is None


def test_days_and_hours_of_meetings_with_hardly_anything_else_are_a_programme() -> None:
    days = "".join(
        f"<p>Tuesday, March {day}, 2024<br>9 a.m. to 11 a.m. - Harbour board, review of the candidates<br>"
        "11:30 a.m. to 1 p.m. - Full board</p><hr>"
        for day in (5, 12, 19, 26)
    )
    page = f"<html lang=en><title>Meetings of the board</title><main><h1>Meetings of the board</h1>{days}</main></html>"
    newsroom = unknown_newsroom(URL, "Europe/Dublin", ("en",), "IE")
    item = read_body(page.encode(), "https://www.harbour.example/board/1633", newsroom).item
    assert isinstance(item, Refusal)


def test_a_file_of_tables_is_no_release() -> None:
    row = "<tr><th>Procedure</th><td>{0}/04/2024</td><td>Vote in committee</td><td><a href=/d{0}>A9-016{0}/2024</a></td></tr>"
    table = f"<h3>Key events</h3><table>{''.join(map(row.format, range(3, 9)))}</table>"
    page = f"<html lang=en><title>2024/2006(REG)</title><main><h1>2024/2006(REG)</h1><p>Status: completed</p>{table}</main></html>"
    newsroom = unknown_newsroom(URL, "Europe/Dublin", ("en",), "IE")
    item = read_body(page.encode(), "https://www.harbour.example/file?r=2024/2006", newsroom).item
    assert isinstance(item, Refusal)


def test_a_note_with_a_number_that_tells_desks_is_a_contact_with_their_names_whole() -> None:
    note = (
        "<h2>Notes to editors:</h2><p>1. The works begin in May.</p><p>2. Media queries to Department for Harbours "
        "Information Office on 01 496 0101. Out of hours contact the Duty Press Officer on 01 496 0102.</p>"
    )
    release = read(page_of(note))
    assert [(one.role, one.phone) for one in release.contacts] == [
        ("Department for Harbours Information Office", "01 496 0101"),
        ("Duty Press Officer", "01 496 0102"),
    ]
    assert "Media queries" not in release.body
    assert "1. The works begin in May." in release.body


def test_a_counter_behind_the_release_s_number_is_no_text() -> None:
    page = page_of("<p><span>(Release ID: 2140001)</span> <span>Visitor Counter : 128</span></p>")
    assert "Counter" not in read(page).body


def test_a_link_to_the_agenda_makes_no_release_of_an_event() -> None:
    page = page_of("<ul><li><a href=/agenda>Agenda</a></li></ul>").replace(
        b"<h1>", b"<div class=vevent><h1>", 1
    )
    newsroom = unknown_newsroom(URL, "Europe/Dublin", ("en",), "IE")
    assert isinstance(read_body(page, URL, newsroom).item, Refusal)


def test_a_page_of_one_table_is_no_release() -> None:
    heads = "".join(f"<th>{head}</th>" for head in ("Inicio", "Duración", "Motivo", "Número", "Estatus"))
    rows = "".join(
        f"<tr><td>14/06/202{n}</td><td>-</td><td>Insolvencia portuaria</td><td>SANC{n}</td><td>Vigente</td></tr>"
        for n in range(3)
    )
    page = f"<html lang=es><title>Compras - Detalle</title><p>Situación: INHABILITADO</p><table><tr>{heads}</tr>{rows}</table></html>"
    newsroom = unknown_newsroom(URL, "America/Guatemala", ("es",), "GT")
    item = read_body(page.encode(), "https://www.harbour.example/detalle?id=1", newsroom).item
    assert isinstance(item, Refusal)


def test_the_licence_s_own_sentence_is_no_text() -> None:
    notice = '<p>본 저작물은 "공공누리" 제4유형:출처표시 조건에 따라 이용 할 수 있습니다.</p>'
    assert "공공누리" not in read(page_of(notice), "ko", "KR").body
    other = "<p>Except where otherwise noted, this page is under a Creative Commons licence.</p>"
    assert "Creative" not in read(page_of(other)).body


def test_the_text_of_a_release_is_not_changed_by_any_of_this() -> None:
    assert read(page_of()).body == "\n\n".join(TEXT)
