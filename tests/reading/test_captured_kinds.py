"""Kinds of structures that captured pages of unseen hosts had and the rules had not.

All pages here are synthetic: the forms are those of agencies, parliaments, parties and universities at large; persons,
numbers and texts are invented.
"""

from __future__ import annotations

import pytest

from archive.model import Release
from communique.pages import read_body
from crawler.items import Refusal
from crawler.languages import words
from crawler.reading.clock_times import SPAN
from crawler.reading.headline_text import find_in_text
from crawler.reading.kinds import kind_in
from crawler.reading.names import shielded
from crawler.reading.page import text_page
from crawler.registry import unknown_newsroom
from pipelines.contact_roles import segments
from tests.reading.test_unseen_structures import TEXT, URL, contacts, page_of, read


def day_of(release: Release) -> str:
    assert release.published is not None
    return release.published.isoformat()


def test_an_empty_class_attribute_on_a_part_of_a_line_is_no_crash() -> None:
    release = read(
        page_of(above='<p class="meta"><span class="">News</span> from <em class="">Westpoint</em></p>')
    )
    assert release.headline == "Slipway at Westpoint to be repaired"


def test_a_headline_below_teasers_of_other_releases_is_told_by_the_title() -> None:
    teasers = "".join(
        f"<div class=tile><div class=day>0{n}.03.2024</div><div style='font-size:large'>Ferry timetable {n}</div>"
        f"<div>The Harbour Board publishes the timetable of the ferries for the coming season, part {n}.</div></div>"
        for n in range(1, 4)
    )
    text = "".join(f"<p>{line}</p>" for line in TEXT)
    page = (
        f"<html lang=en><head><title>Harbour Board - Slipway at Westpoint to be repaired</title></head><body>{teasers}"
        f"<div><div>22.02.2024 - Town</div><div>Slipway at Westpoint to be repaired</div>{text}</div></body></html>"
    )
    release = read(page.encode())
    assert release.headline == "Slipway at Westpoint to be repaired"
    assert day_of(release) == "2024-02-22"
    assert "ferries" not in release.body


def test_the_second_line_of_a_heading_that_the_title_does_not_know_is_a_subheadline() -> None:
    page = page_of().replace(b"repaired</h1>", b"repaired<br>The chair of the board at Westpoint.</h1>")
    assert read(page).headline == "Slipway at Westpoint to be repaired"


def test_a_heading_of_two_lines_stays_whole_where_the_title_knows_both() -> None:
    page = page_of().replace(b"to be repaired</h1>", b"<br>to be repaired</h1>")
    assert read(page).headline == "Slipway at Westpoint to be repaired"


def test_a_byline_ends_at_the_bullet_before_the_day() -> None:
    above = "<div class=post-meta>By Harbour Foundation•5 March 2024</div>"
    assert read(page_of(above=above)).byline == "Harbour Foundation"


def test_a_type_label_behind_place_and_day() -> None:
    page = page_of(above="<p>Westhafen, 5. März 2024 — Aussendung</p>").replace(b"lang=en", b"lang=de")
    assert read(page, "de", "AT").type_label == "Aussendung"


def test_submitted_by_somebody_below_the_text_tells_the_day() -> None:
    page = page_of(below="<div class=submitted>Submitted by press on 24 July 2023 - 18:55</div>")
    release = read(page.replace(b"<p class=date>5 March 2024</p>", b""))
    assert day_of(release) == "2023-07-24T18:55:00+01:00"


@pytest.mark.parametrize(
    "line",
    [
        "14:45 uhr bis 15:45 uhr",
        "10.00-11.30",
        "6:00 p.m. to 7:30 p.m.",
        "10:00 - 12:00",
        "9h30 a 12h00",
        "18:00 tot 20:00",
    ],
)
def test_spans_of_hours(line: str) -> None:
    assert SPAN.search(f"20 february 2019, {line}, westpoint")


@pytest.mark.parametrize("line", ["12.03.2024 - 13.03.2024", "10:00", "1.2-3.4", "12:30:15 - 24.03.2024"])
def test_days_and_single_hours_are_no_span(line: str) -> None:
    assert not SPAN.search(line)


def test_a_day_with_a_span_of_hours_and_a_venue_is_an_event() -> None:
    page = page_of(below="<h4>Venue</h4><p>Old Customs House</p>").replace(
        b"<p class=date>5 March 2024</p>",
        b"<div class=date>Tuesday, 5 March 2024, 14:45 to 15:45, Westpoint</div>",
    )
    found = read_body(page, URL, unknown_newsroom(URL, "Europe/Dublin", ("en",), "IE"))
    assert isinstance(found.item, Refusal)
    assert found.item.reason == "another kind of document"


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Ministry of Trade, Industry and Energy, Orla Quay", ["Ministry of Trade, Industry and Energy", "Orla Quay"]),
        ("Bundesministerium für Hafen, Küste und Inseln", ["Bundesministerium für Hafen, Küste und Inseln"]),
        ("Ministère de l’Agriculture, de la Pêche et de la Forêt", ["Ministère de l’Agriculture, de la Pêche et de la Forêt"]),
        ("Ministry of Finance, Orla Quay and Niall Pier", ["Ministry of Finance", "Orla Quay and Niall Pier"]),
        ("Ministry of Finance, Press Office, Orla Quay", ["Ministry of Finance", "Press Office", "Orla Quay"]),
    ],
)  # fmt: skip
def test_the_commas_of_a_ministry_of_several_fields_part_nothing(line: str, parts: list[str]) -> None:
    assert segments(line) == parts
    assert len(shielded(line)) == len(line)


def test_the_fields_of_a_ministry_are_no_person() -> None:
    block = (
        "<h3>Rückfragehinweis</h3><p>Bundesministerium für Hafen, Küste und Inseln</p><p>Presseabteilung</p>"
        "<p>Telefon: +43 1 234 56 78</p>"
    )
    release = read(page_of(below=block).replace(b"lang=en", b"lang=de"), "de", "AT")
    assert contacts(release) == [(None, "+43 1 234 56 78", None)]


CARD = (
    "<div class=c><h3><a href=/n/{0}>Ferry timetable number {0} is out</a></h3><h4><a href=/t>Ferries</a></h4>"
    "<p>The Harbour Board publishes the timetable of the ferries for season {0}, with all the calls at the piers.</p></div>"
)


def test_a_row_of_cards_below_the_text_ends_it_whatever_comes_after() -> None:
    cards = "".join(CARD.format(n) for n in range(1, 4))
    after = f"<h2>Read on in pursuit of the tides</h2>{cards}<h2>Stay in touch</h2><p>As a small board we live by what our members tell us about the piers.</p>"
    release = read(page_of(above="<h3><a href=/ga>Leagan Gaeilge</a></h3>", below=after))
    assert "Ferry timetable" not in release.body
    assert "small board" not in release.body
    assert release.body.endswith("after the meeting.")


def test_teasers_without_headings_or_class_names_end_the_text() -> None:
    teaser = (
        "<div><div><a href=/n/{0}>Ferry timetable number {0} is out</a></div>"
        "<div>The board publishes the timetable of the ferries for season {0}, with all the calls at the piers.</div></div>"
    )
    release = read(page_of(below="".join(teaser.format(n) for n in range(1, 5))))
    assert release.body.endswith("after the meeting.")


def test_linked_lines_inside_a_text_end_nothing() -> None:
    below = "<p><a href=/r/1>Report on the slipways of the west, part 1</a></p><p>The report lists every slipway of the western counties and its state.</p>"
    release = read(
        page_of(below=below + "<p>The next meeting of the board takes place at the end of the month.</p>")
    )
    assert "every slipway" in release.body
    assert release.body.endswith("the end of the month.")


def test_comments_of_readers_are_no_text_whatever_a_theme_calls_them() -> None:
    comments = "".join(
        f"<div class='xy-comment-content'><div>reader{n}</div><p>My grandfather built this slipway with his own hands, number {n}.</p></div>"
        for n in range(9)
    )
    release = read(page_of(below=f"<div class='xy-comments'>{comments}</div>"))
    assert "grandfather" not in release.body


def test_the_foot_of_a_title_is_no_footer_of_the_site() -> None:
    page = page_of(above="<p class=title_foot>Published 2024-03-06 03:00</p>")
    assert day_of(read(page.replace(b"<p class=date>5 March 2024</p>", b""))) == "2024-03-06T03:00:00+00:00"


def test_a_paragraph_that_a_template_prints_twice_is_read_once() -> None:
    lead = "The Harbour Board will repair the slipway at Westpoint, which was damaged in the storm of last November, in spring."
    release = read(
        page_of(
            above=f"<p class=detail>{lead} It says so today.</p>", below=f"<p>{lead} It says so today.</p>"
        )
    )
    assert (release.body + (release.subheadline or "")).count("says so today") == 1


def test_numbers_of_one_person_in_two_places() -> None:
    block = (
        "<h3>Media contact</h3><p>Orla Quay</p><p>Vice President, Harbour Affairs</p><p>Ireland, +353 1 496 0101</p>"
        "<p>U.S., +1 202 555 0143</p><p>Niall Pier</p><p>Ireland, +353 1 496 0102</p>"
    )
    release = read(page_of(below=block))
    assert contacts(release) == [
        ("Orla Quay", "+353 1 496 0101", None),
        ("Niall Pier", "+353 1 496 0102", None),
    ]
    assert release.contacts[0].phones == ("+353 1 496 0101", "+1 202 555 0143")


def copied(text: str, language: str, country: str = "INT") -> Release:
    newsroom = unknown_newsroom(URL, "Europe/Dublin", (language,), country)
    found = read_body(text.encode(), URL, newsroom, text=True)
    assert not isinstance(found.item, Refusal), found.item
    assert found.release is not None
    return found.release


@pytest.mark.parametrize(
    ("language", "lines", "headline"),
    [
        (
            "ro",  # the words of a menu run into each other; the stamp stands right below the headline
            (
                "Despre noiComunicate de presăContact\nDebarcader reparat\nComunicat de presă Publicat: 12.03.2024\n\n"
                "Portul repară debarcaderul din vest, avariat de furtuna din luna noiembrie a anului trecut.\n"
            ),
            "Debarcader reparat",
        ),
        (
            "lt",  # the name of a department is longer than the headline
            (
                "Uostų ir vandens kelių apsaugos departamentas prie Susisiekimo ministerijos\nNaujienos\n"
                "Keičiasi laivų tvarka\nData2024 03 12\n\n"
                "Nuo balandžio mėnesio pirmos dienos keičiasi laivų švartavimosi vakariniame uoste tvarka.\n"
            ),
            "Keičiasi laivų tvarka",
        ),
        (
            "lv",  # the text begins with the name of the site
            (
                "Valsts osta\nNovērsta sūce\nPublicēts: 22.03.2024. 10:45\n\n"
                "Valsts osta ir novērsusi degvielas sūci rietumu piestātnē, kas radās vētrā pagājušā gada novembrī.\n"
            ),
            "Novērsta sūce",
        ),
        (
            "hu",  # the headline stands between stamp and text
            (
                "HírekÜgyek\n2024. 03. 26. 9:30 Sajtóközlemény\n\nÚj kikötő épül\n\n"
                "A főpolgármester bemutatta az új kikötő terveit, amely a nyugati parton épül fel két éven belül.\n"
            ),
            "Új kikötő épül",
        ),
        (
            "ko",  # a list of facts, the title labelled
            (
                "보도자료\n제목\n봄철 부두 점검 실시\n작성자\n항만과\n작성일\n2024/03/22 09:15\n조회수\n88\n파일\n부두.hwp (120 kb)\n"
                "항만공사는 봄철 부두 안전을 위해 4월 말까지 점검원 180명을 배치하여 서부 부두를 점검한다고 22일 밝혔다.\n"
            ),
            "봄철 부두 점검 실시",
        ),
        (
            "zh",  # short sentences of two clauses
            (
                "网站首页|新闻中心\n全市码头安全工作会议召开\n发布时间：2024-03-26 10:05 来源：安全科\n\n"
                "3月25日，市港务局组织召开全市码头安全会议。\n\n会议强调，要压实主体责任，确保码头安全。\n"
                "版权所有：市港务局 联系电话：0571-00000000\n"
            ),
            "全市码头安全工作会议召开",
        ),
    ],
)
def test_headlines_of_copied_pages(language: str, lines: str, headline: str) -> None:
    release = copied(lines, language)
    assert release.headline == headline
    assert not release.contacts


def test_the_owner_s_switchboard_below_a_copied_page_is_no_contact() -> None:
    release = copied(
        "Debarcader reparat\n12.03.2024\n\nPortul repară debarcaderul din vest, avariat de furtuna din luna noiembrie a anului trecut.\n\n"
        "Contact pentru presă:\nBiroul de presă\ntel. 021 000 01 01\n\nToate drepturile rezervate, str. Portului 5, tel. 021 000 00 00\n",
        "ro",
        "RO",
    )
    assert [one.phone for one in release.contacts] == ["021 000 01 01"]


@pytest.mark.parametrize(("tag", "is_text"), [("h4", False), ("p", True)])
def test_the_headline_again_is_the_texts_own_first_line_unless_it_is_a_heading(
    tag: str, is_text: bool
) -> None:
    """Korean boards print a text whole, with its own title, below theirs."""
    said = "Slipway at Westpoint to be repaired"
    text = "".join(f"<p>{line}</p>" for line in TEXT)
    page = (
        f"<html lang=en><title>{said}</title><body><div><h3>{said}</h3><dl><dt>Published</dt><dd>5 March 2024</dd></dl>"
        f"<div><{tag}>{said}</{tag}><p>Boats back in the water by the summer</p>{text}</div></div>"
    )
    assert (said in read(page.encode()).body) == is_text


def test_a_letterhead_above_the_text_is_none_of_it() -> None:
    head = "<p>HARBOUR BOARD</p><p>1 Pier Street, Westpoint</p><p>Telephone: 01 496 0100</p><p>www.harbour.example</p>"
    release = read(page_of().replace(b"<div class=text>", f"<div class=text>{head}".encode()))
    assert release.body.startswith(TEXT[0])


@pytest.mark.parametrize("line", ["Prime Minister Orla Quay said:", "The Prime Minister, Orla Quay, said:"])
def test_who_is_quoted_below_is_no_issuer(line: str) -> None:
    release = read(page_of().replace(b"<div class=text>", f"<div class=text><p>{line}</p>".encode()))
    assert release.byline is None
    assert release.body.startswith(line)


@pytest.mark.parametrize(
    ("printed", "country", "number"),
    [
        ("Tel.: 91 555 93 63 / 94 08", "ES", "91 555 93 63"),
        ("Tel. 01 40 15 83 31 / 80 55", "FR", "01 40 15 83 31"),
        ("Tel. 06 4779 4205/4206", "IT", "06 4779 4205"),
    ],
)
def test_the_end_of_a_second_number_is_no_part_of_the_first(printed: str, country: str, number: str) -> None:
    release = read(page_of(below=f"<h3>Media contact</h3><p>Press Office<br>{printed}</p>"), country=country)
    assert contacts(release) == [(None, number, None)]


def test_the_seat_of_an_institution_behind_its_desk_is_nobody() -> None:
    block = "<h3>For further information</h3><p>Press Office, Science Board, Harwell Oxford, Tel: +44 1235 445 777</p>"
    assert contacts(read(page_of(below=block), country="GB")) == [(None, "+44 1235 445 777", None)]


def test_a_person_behind_a_desk_and_its_institution_is_one() -> None:
    block = (
        "<h3>For further information</h3><p>Press Office, Science Board, Mary Quay, Tel: +44 1235 445 777</p>"
    )
    assert contacts(read(page_of(below=block), country="GB")) == [("Mary Quay", "+44 1235 445 777", None)]


def test_a_list_of_other_pages_between_text_and_disclaimer_is_no_text() -> None:
    titles = "".join(f"<div><a href=/n/{n}>Ferry timetable number {n}</a></div>" for n in range(1, 7))
    below = f"<div class=x><div>Most read today</div>{titles}</div><div class=y><p>All statements on this page are those of the Harbour Board alone.</p></div>"
    release = read(page_of(after=below))
    assert "Ferry timetable" not in release.body
    assert "Most read" not in release.body
    assert TEXT[2] in release.body


def test_a_list_of_links_inside_the_text_stays() -> None:
    titles = "".join(f"<p><a href=/n/{n}>Slipway number {n} of the west</a></p>" for n in range(1, 7))
    release = read(
        page_of(
            below=f"<p>The board repairs all these slipways in the course of the year:</p>{titles}<p>The works end in autumn.</p>"
        )
    )
    assert "Slipway number 4" in release.body


UNDATED = page_of().replace(b"<p class=date>5 March 2024</p>", b"")


def undated(after: str) -> Release:
    return read(UNDATED.replace(b"</main>", f"{after}</main>".encode()))


@pytest.mark.parametrize(
    "facts",
    [
        "<li><strong>Published:</strong> 12 March 2020</li><li><strong>Department:</strong> Harbours</li>",
        "<li><strong>Date</strong> 12.03.2020</li><li><strong>Author</strong> Harbour Board</li>",
    ],
)
def test_a_list_of_facts_below_the_text_tells_the_day(facts: str) -> None:
    assert day_of(undated(f"<ul>{facts}</ul>")) == "2020-03-12"


@pytest.mark.parametrize(
    "below",
    [
        "<ul><li><a href=/a>The ferry timetable is out</a><p>Published: 12 March 2020</p></li></ul>",
        "<ul><li>Published: 12 March 2020</li><li>Published: 13 March 2020</li></ul>",
        "<ul><li>Date: 12 March 2020</li><li>Time: 10:00</li></ul>",
    ],
)
def test_the_days_of_other_lists_below_a_text_are_none_of_its_own(below: str) -> None:
    assert undated(below).published is None


def test_names_and_a_place_lead_to_a_stamp_with_its_zone() -> None:
    above = "<div>Orla Quay Harbourmaster / Niall Pier Westpoint 27 OCT 2012 - 12:14 CET</div>"
    found = read(page_of(above=above).replace(b"<p class=date>5 March 2024</p>", b""))
    assert day_of(found).startswith("2012-10-27")


def test_a_place_and_an_hour_without_a_zone_are_an_event_s() -> None:
    above = "<div>Public Meeting Westpoint Town Hall Main Chamber Floor Two 27 March 2024 19:00</div>"
    assert read(page_of(above=above).replace(b"<p class=date>5 March 2024</p>", b"")).published is None


@pytest.mark.parametrize(
    ("language", "line", "label"),
    [
        ("ro", "Comunicat de presă Publicat: 12.03.2024 Afișări: 1204", "Comunicat de presă"),
        ("es", "Nota de prensa 12/03/2024", "Nota de prensa"),
        ("fr", "Communiqué de presse 12.03.2024 fr de it", "Communiqué de presse"),
        ("de", "Medienmitteilung 13.05.2009 de fr it", "Medienmitteilung"),
        ("sv", "Nyhet 08.10.2015 14.20 fi sv", "Nyhet"),
    ],
)
def test_a_small_word_inside_a_type_label_is_no_language_to_switch_to(
    language: str, line: str, label: str
) -> None:
    found = kind_in(line, words((language,)))
    assert found is not None
    assert found.label == label


def test_the_end_of_a_telephone_number_is_no_year_beside_which_a_headline_stands() -> None:
    page = text_page(
        "News\n5 June 2026: Slipway at Westpoint to be repaired\nContact:\nMedia Relations Unit\n(213) 555-2000\n"
        + "\n".join(TEXT),
        URL,
    )
    found = find_in_text(page, words(("en",)))
    assert found is not None
    assert "Slipway" in found.printed.text
