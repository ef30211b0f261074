"""Which dates of a page are the release's. Pages are synthetic, in the forms that ministries print."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.languages import words
from crawler.reading.dates import find_dates
from crawler.reading.headline import find_headline
from crawler.reading.metadata import collect_metadata
from crawler.reading.page import Page, parse_page
from crawler.reading.place import find_place
from crawler.reading.url_dates import url_date
from crawler.registry import Newsroom
from pipelines.dates import choose

TEXT = "<p>The ministry has published its annual review of road safety, and the number of accidents on winter roads fell again.</p>"
MORE = "<p>The review was written by twelve experts, and its findings will be discussed in all the regions of the country.</p>"


def dates_of(
    body,
    head="",
    url="https://ministry.example/news/review",
    languages=("en",),
    country="FI",
    zone="Europe/Helsinki",
):
    html = f"<html lang='{languages[0]}'><head><title>Annual review of road safety</title>{head}</head><body><main>{body}</main></body></html>"
    page = parse_page(html.encode(), url)
    assert isinstance(page, Page)
    vocabulary, metadata = words(languages), collect_metadata(page)
    headline = find_headline(page, metadata, vocabulary)
    assert headline is not None
    found = find_dates(page, find_place(page, headline.block, vocabulary), vocabulary, metadata)
    newsroom = Newsroom(
        slug="x",
        name={},
        site="https://ministry.example",
        country=country,
        timezone=zone,
        languages=languages,
    )
    published, modified = choose(found.published, newsroom)[0], choose(found.modified, newsroom)[0]
    return found, published and published.isoformat(), modified and modified.isoformat()


H1 = "<h1>Annual review of road safety</h1>"


@pytest.mark.parametrize(
    ("stamp", "languages", "want"),
    [
        ("<p>Publication date 21.6.2022 11.43</p>", ("en",), "2022-06-21T11:43:00+03:00"),
        (
            "<p>Utgivningsdatum 21.6.2022 11.43 | Publicerad på svenska 22.6.2022 kl. 9.15</p>",
            ("sv",),
            "2022-06-21T11:43:00+03:00",
        ),
        ("<div>Nyhet 08.10.2015 14.20 fi sv</div>", ("sv",), "2015-10-08T14:20:00+03:00"),
        ("<dl><dt>Datum</dt><dd>25.01.2022</dd></dl>", ("de",), "2022-01-25"),
        (
            "<table><tr><th>등록일</th><td>2025-12-12 17:44:00</td></tr></table>",
            ("ko",),
            "2025-12-12T17:44:00+02:00",
        ),
        (
            "<p>28/03/2023 Press release Ministry of Foreign Affairs, Ministry of Climate and Environment</p>",
            ("en",),
            None,
        ),
        ("<time datetime='2022-06-21T08:43:00Z'></time>", ("en",), "2022-06-21T11:43:00+03:00"),
        (
            "<p><time datetime='2022-06-21T08:43:00Z'>21 June 2022</time></p>",
            ("en",),
            "2022-06-21T11:43:00+03:00",
        ),
        (
            "<p>OTTAWA, ON, le 11 mars 2026 /CNW/ - Le ministère publie aujourd'hui son rapport annuel sur la sécurité routière.</p>",
            ("fr",),
            "2026-03-11",
        ),
        (
            "<p>Bern, 8.2.2019 - Das Ministerium veröffentlicht seinen jährlichen Bericht zur Sicherheit auf den Strassen des Landes.</p>",
            ("de",),
            "2019-02-08",
        ),
        (
            "<p>February 21, 2019 (SAINT PAUL) — The Attorney General announced a review of road safety in all counties.</p>",
            ("en",),
            "2019-02-21",
        ),
        (
            "<p>The Council met today, Monday 14 May 2007, to review the plan for road safety in all of the regions.</p>",
            ("en",),
            "2007-05-14",
        ),
        ("<p>Pressmeddelande 96/2017</p><p>22.5.2017</p>", ("sv",), "2017-05-22"),
        ("<p>Press Releases, 1/5/2015</p><p>Helsinki</p><p>5 January 2015</p>", ("en",), "2015-01-05"),
    ],
)
def test_a_stamp_near_the_headline(stamp, languages, want):
    country = "NO" if want is None else "FI"
    _, published, _ = dates_of(H1 + stamp + TEXT + MORE, languages=languages, country=country)
    assert published == (want or "2023-03-28")


@pytest.mark.parametrize(
    "closing",
    [
        "<p>Reykjavík, 24. maí 2007.</p>",
        "<p>Utanríkisráðuneytið Reykjavík, 24. maí 2007.</p>",
        "<p>24. MAÍ 2007</p>",
    ],
)
def test_a_place_and_day_after_the_text(closing):
    found, published, _ = dates_of(H1 + TEXT + MORE + closing, languages=("is",))
    assert published == "2007-05-24"
    assert found.published[0].evidence.startswith("shape:")


@pytest.mark.parametrize(
    "headline",
    [
        "Annual review of road safety vom 31.10.2025",
        "Annual review of road safety (31.10.2025)",
        "Nr. 7, 31.10.2025: Annual review of road safety",
    ],
)
def test_a_date_that_opens_or_closes_the_headline(headline):
    _, published, _ = dates_of(f"<h1>{headline}</h1>" + TEXT + MORE, languages=("de",))
    assert published == "2025-10-31"


def test_a_date_inside_the_headline_is_an_events():
    _, published, _ = dates_of("<h1>Annual review of 8 October 2017 of road safety</h1>" + TEXT + MORE)
    assert published is None


def test_a_printed_day_beats_the_heads_migration_day():
    head = "<meta property='article:published_time' content='2026-02-23T03:12:44+00:00'>"
    _, published, _ = dates_of(H1 + "<p class='date'>29.10.2017 16:09</p>" + TEXT + MORE, head)
    assert published == "2017-10-29T16:09:00+02:00"


def test_the_head_tells_where_nothing_is_printed():
    head = "<meta property='article:published_time' content='2022-06-21T08:43:00Z'>"
    _, published, _ = dates_of(H1 + TEXT + MORE, head)
    assert published == "2022-06-21T11:43:00+03:00"


def test_an_update_is_no_publication():
    _, published, modified = dates_of(H1 + TEXT + MORE + "<p>Last updated: 22 Sept 2018</p>")
    assert (published, modified) == (None, "2018-09-22")


def test_update_and_publication_on_one_line():
    line = "<p>วันที่นำเข้าข้อมูล 9 ธ.ค. 2564 / วันที่ปรับปรุงข้อมูล 30 พ.ย. 2565</p>"
    _, published, modified = dates_of(H1 + line + TEXT + MORE, languages=("th",))
    assert (published, modified) == ("2021-12-09", "2022-11-30")


@pytest.mark.parametrize(
    "body",
    [
        TEXT + "<p>The meeting will be held in Eastport on Saturday, 13 October 2007 at 10.15.</p>" + MORE,
        "<p>When: Saturday 13 October 2007 at 10.15</p>" + TEXT + MORE,
        "<p>9.-10. November 2021</p>" + TEXT + MORE,
        TEXT
        + MORE
        + "<aside class='related'><h2>Related news</h2><ul><li>Minister visits Eastport 13 October 2007</li></ul></aside>",
        "<p>Press release 96/2017</p>" + TEXT + MORE,
        TEXT + MORE + "<footer>© Ministry, since 1.1.2015</footer>",
    ],
)
def test_nothing_is_invented(body):
    _, published, _ = dates_of(H1 + body)
    assert published is None


def test_the_day_of_an_event_near_the_headline_loses_against_the_head():
    head = "<meta property='article:published_time' content='2022-06-21T08:43:00Z'>"
    _, published, _ = dates_of(H1 + "<p>Monday 4 July 2022 11.00</p>" + TEXT + MORE, head)
    assert published == "2022-06-21T11:43:00+03:00"


def test_stamp_lines_are_used_and_datelines_stay():
    found, _, _ = dates_of(H1 + "<p>Publication date 21.6.2022 11.43</p>" + TEXT + MORE)
    assert len(found.used) == 1
    found, _, _ = dates_of(H1 + "<p>Bern, 8.2.2019 - " + TEXT[3:] + MORE, languages=("de",))
    assert not found.used


@pytest.mark.parametrize(
    ("url", "want"),
    [
        ("https://m.example/2022/04/18/release/", "2022-04-18"),
        ("https://m.example/presse/OTS_20250829_OTS0071/aviso", "2025-08-29"),
        ("https://m.example/preses/2007gads/10/26102007/", "2007-10-26"),
        ("https://m.example/news/2023-02-04-release", "2023-02-04"),
        ("https://m.example/press-releases/2021/0512-levy", "2021-05-12"),
        ("https://m.example/2014/09-septembre/15-forum", "2014-09-15"),
        ("https://m.example/detail/~02-01-2022-wildschweine", None),
        ("https://m.example/detail/-02-01-2022-wildschweine", "2022-01-02"),
        ("https://m.example/2007/?day=2025-03-01", None),
        ("https://m.example/2022/04/release-96-2017", None),
        ("https://m.example/room/20190712IPR56948/x", None),
        ("https://[broken", None),
    ],
)
def test_the_day_in_an_address(url, want):
    day = url_date(url)
    assert (day.isoformat() if day else None) == want


def test_the_address_is_the_last_resort():
    found, published, _ = dates_of(H1 + TEXT + MORE, url="https://m.example/2022/04/18/release/")
    assert published == "2022-04-18"
    assert found.published[-1].evidence == "url"


@given(
    st.lists(
        st.text(alphabet="0123456789./-: juneMaipublishedå年月日|(),", min_size=1, max_size=60), max_size=8
    )
)
@settings(max_examples=60, deadline=None)
def test_any_lines_give_candidates_or_none(lines):
    body = H1 + "".join(f"<p>{line}</p>" for line in lines) + TEXT
    _, published, _ = dates_of(body)
    assert published is None or published[:4].isdigit()


def test_the_day_and_hour_of_an_event_is_no_stamp():
    event = "<p>Date: 12 May 2021</p><p>Time: 10.00</p><p>Place: Helsinki</p>"
    assert dates_of(H1 + event + TEXT + MORE)[1] is None
    assert dates_of(H1 + event.replace("Date: ", "") + TEXT + MORE)[1] is None
    assert dates_of(H1 + event.replace("Date", "Published") + TEXT + MORE)[1] == "2021-05-12"


def test_the_day_in_a_sites_header_comes_last():
    head = "<meta property='article:published_time' content='2022-06-21T08:43:00Z'>"
    body = "<header><p>Monday 23 November 2026</p></header><article>" + H1 + TEXT + MORE + "</article>"
    assert dates_of(body, head)[1] == "2022-06-21T11:43:00+03:00"


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Arbetsgruppen tillsattes den 31 augusti 2005.", "sv"),
        ("Työryhmä asetettiin 8. lokakuuta 2018.", "fi"),
        ("Starfshópurinn var skipaður 1. janúar 2008.", "is"),
        ("The group was set up on 1 January 2008.", "en"),
        ("Die Arbeitsgruppe wurde am 19. Februar 2004 eingesetzt.", "de"),
        ("Le groupe a été créé le 25 mai 2003.", "fr"),
        ("工作组于2022年8月10日成立,任期两年。", "zh"),
        ("実施要領は2022年8月10日に改められた。", "ja"),
        ("실무단은 2022년 12월 30일 구성되었다.", "ko"),
        ("تشكل فريق العمل في 13 ديسمبر 2025.", "ar"),
        ("Робочу групу створено 28 травня 2006.", "uk"),
        ("Zespół powołano 6 listopada 2021 r.", "pl"),
    ],
)
def test_a_short_sentence_is_no_stamp(sentence, language):
    for body in (
        f"<p>{sentence}</p>{TEXT}{MORE}",
        f"{TEXT}{MORE}<p>{sentence}</p>",
        f"{TEXT}<ul><li>{sentence}</li></ul>{MORE}",
    ):
        assert dates_of(H1 + body, languages=(language,))[1] is None, body


@pytest.mark.parametrize(
    "opening",
    [
        "London, 12 May 2021 - ",
        "London 12 May 2021 – ",
        "WASHINGTON – May 12, 2021 – ",
        "(Ottawa, May 12, 2021) - ",
        "Ottawa, Ontario, May 12, 2021 — ",
    ],
)
def test_datelines(opening):
    assert dates_of(H1 + f"<p>{opening}{TEXT[3:]}{MORE}")[1] == "2021-05-12"


def test_a_script_tells_the_day_where_nothing_else_does():
    script = '<script>window.state = {"title": "x", "publishedDate": "2022-06-21T08:43:00Z"}</script>'
    assert dates_of(H1 + TEXT + MORE, script)[1] == "2022-06-21T11:43:00+03:00"
    printed = "<p>Published 1 May 2020</p>"
    assert dates_of(H1 + printed + TEXT + MORE, script)[1] == "2020-05-01"
    several = script + '<script>[{"publishedDate": "2021-01-01"}]</script>'
    assert dates_of(H1 + TEXT + MORE, several)[1] is None


def test_spans_that_are_glued_and_labels_on_their_own_line():
    glued = "<div><span>2025.02.11</span><span>해양수산부</span></div>"
    assert dates_of(H1 + glued + TEXT + MORE, languages=("ko",))[1] == "2025-02-11"
    found, published, _ = dates_of(
        H1 + "<div>Data</div><div>2024 10 08</div>" + TEXT + MORE, languages=("lt",)
    )
    assert published == "2024-10-08"
    assert len(found.used) == 2


def test_a_dateline_on_its_own_line_belongs_to_the_text():
    found, published, _ = dates_of(H1 + "<p>Paris, le 23 mai 2025</p>" + TEXT + MORE, languages=("fr",))
    assert (published, found.used) == ("2025-05-23", frozenset())
    found, published, _ = dates_of(
        H1 + "<p>Rabu, 12 Maret 2025 14:05 WIB</p>" + TEXT + MORE, languages=("id",), zone="Asia/Jakarta"
    )
    assert (published, len(found.used)) == ("2025-03-12T14:05:00+07:00", 1)


def test_a_sites_clock_is_no_stamp():
    clock = "<header><p>Monday, November 23, 2026 10:12:33 AM</p></header>"
    assert dates_of(f"{clock}<article>{H1}{TEXT}{MORE}</article>")[1] is None


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Sista ansökningsdag 3 mars 2025", "sv"),
        ("Tilaisuus järjestetään 3.3.2025", "fi"),
        ("Termin składania wniosków: 3.03.2025", "pl"),
        ("Wann: 3. März 2025, 10:00 Uhr", "de"),
        ("Quand : le 3 mars 2025 à 10 h", "fr"),
        ("日時:令和7年3月3日(月)10時", "ja"),
        ("일시: 2025. 3. 3.(월) 10:00", "ko"),
        ("1 March 2025 – 30 April 2025", "en"),
        ("Effective 3 March 2025", "en"),
    ],
)
def test_days_of_other_things_below_the_headline(line, language):
    assert dates_of(H1 + f"<p>{line}</p>" + TEXT + MORE, languages=(language,))[1] is None


@pytest.mark.parametrize(
    "below",
    [
        "<table><tr><th>Day</th><th>Cases</th></tr><tr><td>1 March 2025</td><td>12</td></tr><tr><td>2 March 2025</td><td>15</td></tr></table>",
        "<div><a href='/a'>Minister visits Turku</a><br>3 March 2025</div><div><a href='/b'>Budget adopted</a><br>2 March 2025</div>",
        "<p>Report (PDF, 3.3.2025)</p>",
        "<ul><li>Regulation of 3 March 2025</li><li>Directive of 4 April 2024</li></ul>",
        "<p>The Act comes into force on 1 January 2026.</p>",
    ],
)
def test_days_of_other_things_below_the_text(below):
    assert dates_of(H1 + TEXT + MORE + below)[1] is None


def test_the_time_on_the_line_below():
    found, published, _ = dates_of(
        "<ul><li>Press release</li><li>5 June 2025</li><li>11:30</li></ul>" + H1 + TEXT + MORE
    )
    assert published == "2025-06-05T11:30:00+03:00"
    assert len(found.used) == 2
