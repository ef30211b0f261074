"""Dates: what is written in any language and form is read back, and nothing is ever invented."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from babel import Locale, localedata
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model import Moment, Precision
from crawler.items import Printed
from crawler.languages import known, table
from crawler.languages.folding import fold
from crawler.registry import Newsroom
from pipelines.dates import Unreadable, choose, parse_moment

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
#: languages whose months are numbers with a word: 2022年6月21日, 2022년 6월 21일, 21 tháng 6, 2022
NUMBERED = {
    "ja": "{y}年{m}月{d}日",
    "ko": "{y}년 {m}월 {d}일",
    "zh": "{y}年{m}月{d}日",
    "vi": "ngày {d} tháng {m} năm {y}",
}
ORDERS = (
    "{d}. {month} {y}",
    "{d} {month} {y}",
    "{d}. {month} {y} 11:43",
    "{month} {d}, {y}",
    "{y}. {month} {d}",
    "({d} {month}, {y})",
)


def newsroom(**changes):
    given = {
        "slug": "xx_a",
        "name": {},
        "site": "https://a.example",
        "country": "FI",
        "timezone": "Europe/Helsinki",
        "languages": ("fi", "sv", "en"),
    }
    return Newsroom(**(given | changes))


def read(raw, languages=("fi",), zone="Europe/Helsinki", **more):
    found = parse_moment(raw, languages=languages, timezone=zone, **more)
    return found.isoformat() if isinstance(found, Moment) else None


@cache
def locale_of(code):
    """The locale's data, loaded alone: Babel 2.18 mixes locales that are loaded one after the other."""
    localedata._cache.clear()
    locale = Locale.parse(code)
    assert locale.months
    return locale


def spellings(code):
    """Every spelling of a month that means the same month throughout the language, with its number."""
    if code in NUMBERED:
        return []
    tables = table(code)
    pairs = [
        (name, int(n))
        for part in ("months", "month_aliases")
        for n, names in tables.get(part, {}).items()
        for name in names
    ]
    numbers = {}
    for name, number in pairs:
        numbers.setdefault(fold(name).rstrip("."), set()).add(number)
    return [
        (name, number)
        for name, number in pairs
        if len(numbers[fold(name).rstrip(".")]) == 1 and len(name.strip(".")) > 1
    ]


@pytest.mark.parametrize("code", known())
@settings(max_examples=25, deadline=None)
@given(day=DAYS, data=st.data())
def test_what_a_language_writes_is_read_back(code, day, data):
    if code in NUMBERED:
        printed = NUMBERED[code].format(y=day.year, m=day.month, d=day.day)
    else:
        name = data.draw(st.sampled_from([name for name, number in spellings(code) if number == day.month]))
        printed = data.draw(st.sampled_from(ORDERS)).format(y=day.year, month=name, d=day.day)
    assert (read(printed, (code,)) or "")[:10] == day.isoformat(), printed


@settings(max_examples=200)
@given(moment=st.datetimes(datetime(1990, 1, 1), datetime(2040, 12, 31)), data=st.data())
def test_numeric_forms_are_read_back(moment, data):
    form = data.draw(
        st.sampled_from(
            [
                "%Y-%m-%d %H:%M",
                "%d.%m.%Y %H.%M",
                "%d.%m.%Y %H:%M",
                "%d.%m.%Y | %H:%M",
                "%d.%m.%Y klo %H.%M",
                "%d. %m. %Y, %H:%M",
                "%d-%m-%Y - %H:%M",
                "%Y-%m-%dT%H:%M",
                "%Y/%m/%d %H:%M",
            ]
        )
    )
    want = moment.strftime("%Y-%m-%dT%H:%M" if moment.hour or moment.minute else "%Y-%m-%d")
    assert read(moment.strftime(form), country="FI")[:16] == want


@given(st.text(max_size=120), st.sampled_from([(), ("fi",), ("ja", "en"), ("ar",), ("xx",)]))
@settings(deadline=None)
def test_any_text_gives_a_moment_or_a_reason(text, languages):
    found = parse_moment(text, languages=languages, timezone="Europe/Helsinki", country="FI")
    assert isinstance(found, Moment) or found.reason


@given(st.text(alphabet="0123456789.:/- ETZkl年月日kesäkuuta|,", max_size=40))
@settings(max_examples=300, deadline=None)
def test_near_dates_never_raise_and_are_stable(text):
    first = parse_moment(text, languages=("fi", "ja"), timezone="Europe/Helsinki", country="FI")
    assert first == parse_moment(text, languages=("fi", "ja"), timezone="Europe/Helsinki", country="FI")
    if isinstance(first, Moment):
        assert first.at.tzinfo is not None
        again = read(first.isoformat())
        assert again == first.isoformat()


@pytest.mark.parametrize(
    ("printed", "languages", "zone", "want"),
    [
        ("Utgivningsdatum 21.6.2022 11.43", ("sv",), "Europe/Helsinki", "2022-06-21T11:43:00+03:00"),
        (
            "13.2.2020 13.36 | Publicerad på svenska 13.2.2020 kl. 15.45",
            ("sv",),
            "Europe/Helsinki",
            "2020-02-13T13:36:00+02:00",
        ),
        ("26.3.2021 09:57:22 EET | Press release", ("en",), "Europe/Helsinki", "2021-03-26T09:57:22+02:00"),
        ("24.3.2020 19:43:07 EETTiedote", ("fi",), "Europe/Helsinki", "2020-03-24T19:43:07+02:00"),
        ("Okt 27, 2010 13:48 CEST", ("sv",), "Europe/Stockholm", "2010-10-27T13:48:00+02:00"),
        ("June 21, 2022 2:30 p.m. ET", ("en",), "America/New_York", "2022-06-21T14:30:00-04:00"),
        ("January 18, 2017 at 3:00pm ET", ("en",), "America/Chicago", "2017-01-18T14:00:00-06:00"),
        ("23.54 - giovedì 15 giugno 2023", ("it",), "Europe/Rome", "2023-06-15T23:54:00+02:00"),
        ("09:37, 03 жовтень 2014", ("uk",), "Europe/Kyiv", "2014-10-03T09:37:00+03:00"),
        ("22 Dezember 201716:39", ("de",), "Europe/Moscow", "2017-12-22T16:39:00+03:00"),
        ("13. október 20203 milljarða", ("is",), "Atlantic/Reykjavik", "2020-10-13"),
        ("21. juni 2022 kl. 1130", ("nb",), "Europe/Oslo", "2022-06-21T11:30:00+02:00"),
        ("21 de junho de 2022 11h43", ("pt",), "Europe/Lisbon", "2022-06-21T11:43:00+01:00"),
        ("le 21 juin 2022 à 13 h 30 (HAE)", ("fr",), "America/Toronto", "2022-06-21T13:30:00-04:00"),
        ("21. 6. 2022 ob 11.43", ("sl",), "Europe/Ljubljana", "2022-06-21T11:43:00+02:00"),
        ("2022. gada 21. jūnijs plkst. 9:00", ("lv",), "Europe/Riga", "2022-06-21T09:00:00+03:00"),
        ("2022 m. birželio 21 d.", ("lt",), "Europe/Vilnius", "2022-06-21"),
        ("2022. június 21.", ("hu",), "Europe/Budapest", "2022-06-21"),
        ("2022ko ekainaren 21a", ("eu",), "Europe/Madrid", "2022-06-21"),
        ("geassemánu 21. b. 2022", ("se",), "Europe/Helsinki", "2022-06-21"),
        ("16. Jänner 2023", ("de-AT",), "Europe/Vienna", "2023-01-16"),
        ("28 آذار 2023", ("ar",), "Asia/Beirut", "2023-03-28"),
        ("٧ كانون الأول ٢٠٢٣", ("ar",), "Asia/Beirut", "2023-12-07"),
        ("05 شوال 1445 هـ", ("ar",), "Asia/Riyadh", "2024-04-14"),
        ("۳۱ خرداد ۱۴۰۱", ("fa",), "Asia/Tehran", "2022-06-21"),
        ("۱۴۰۱/۰۳/۳۱", ("fa",), "Asia/Tehran", "2022-06-21"),
        ("วันที่ ๗ พฤษภาคม ๒๕๖๔ เวลา ๑๐.๐๐ น.", ("th",), "Asia/Bangkok", "2021-05-07T10:00:00+07:00"),
        ("12 พ.ค. 68", ("th",), "Asia/Bangkok", "2025-05-12"),
        ("R7.5.12", ("ja",), "Asia/Tokyo", "2025-05-12"),
        ("H30.12.12", ("ja",), "Asia/Tokyo", "2018-12-12"),
        (
            "Submitted by admin on Mon, 05/12/2025 - 14:30",
            ("en",),
            "Africa/Nairobi",
            "2025-05-12T14:30:00+03:00",
        ),
        ("Mon, 12 May 2025 14:30 +0300", ("fi",), "Europe/Helsinki", "2025-05-12T14:30:00+03:00"),
        ("14 ก.ย. 2566", ("th",), "Asia/Bangkok", "2023-09-14"),
        (
            "(平成30年12月12日(水曜日)16時31分 於:本省会見室)",
            ("ja",),
            "Asia/Tokyo",
            "2018-12-12T16:31:00+09:00",
        ),
        ("令和元年10月22日", ("ja",), "Asia/Tokyo", "2019-10-22"),
        ("令和７年２月２８日", ("ja",), "Asia/Tokyo", "2025-02-28"),
        ("111年3月8日(星期二)上午11時", ("zh-Hant",), "Asia/Taipei", "2022-03-08T11:00:00+08:00"),
        ("二〇二二年六月二十一日", ("zh",), "Asia/Shanghai", "2022-06-21"),
        ("2022년 12월 29일 오후 3:05", ("ko",), "Asia/Seoul", "2022-12-29T15:05:00+09:00"),
        ("Tue, 21 Jun 2022 08:43:00 GMT", ("fi",), "Europe/Helsinki", "2022-06-21T11:43:00+03:00"),
        ("2022-06-21T08:43:00.000Z", ("fi",), "Europe/Helsinki", "2022-06-21T11:43:00+03:00"),
        ("2022-06-20T21:00:00Z", ("fi",), "Europe/Helsinki", "2022-06-21"),
        ("2022-06-21T00:00:00-05:00", ("en",), "America/New_York", "2022-06-21"),
    ],
)
def test_forms_seen_on_ministries_pages(printed, languages, zone, want):
    assert read(printed, languages, zone) == want


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "96/2017",
        "Pressmeddelande 96/2017",
        "24 maart",
        "08:56",
        "21 January",
        "31.2.2022",
        "version 1.2.3",
        "kl. 13.30",
        "2022",
        "juni 2022",
        "99年3月8日",
        "yesterday",
        "2 days ago",
        "9.7.2021 och 30.11.2021",
        "9.7.2021 - 30.11.2021",
        "4 May 18 people",
    ],
)
def test_what_is_no_date_stays_none(printed):
    found = parse_moment(printed, languages=("sv", "en", "ja"), timezone="Europe/Helsinki", country="FI")
    assert isinstance(found, Unreadable)
    assert found.reason


@pytest.mark.parametrize(
    ("printed", "country", "want"),
    [
        ("5/6/2022", "IE", "2022-06-05"),
        ("5/6/2022", "US", "2022-05-06"),
        ("5/6/2022", "CA", None),
        ("5/6/2022", None, None),
        ("5.6.2022", None, "2022-06-05"),
        ("13/6/2022", None, "2022-06-13"),
        ("01/25/2026", "MX", "2026-01-25"),
        ("Sunday 5/6/2022", None, "2022-06-05"),
        ("Friday, 5/6/2022", None, "2022-05-06"),
        ("11.29.22", "US", "2022-11-29"),
        ("3/7/14Minister", "IE", "2014-07-03"),
        ("08.04.19 16:01", None, "2019-04-08T16:01:00+03:00"),
        ("08-06-11", "GR", None),
        ("1/5/2015", "FI", None),
    ],
)
def test_the_order_of_day_and_month_is_the_publishers(printed, country, want):
    assert read(printed, ("en",), country=country) == want


def test_other_evidence_settles_an_open_order():
    candidates = (Printed("Press Releases, 1/5/2015", "shape:stamp"), Printed("5 January 2015", "words:body"))
    moment, reason = choose(candidates, newsroom())
    assert moment.isoformat() == "2015-01-05"
    assert reason is None


def test_the_time_comes_from_metadata_of_the_same_day_only():
    day = Printed("21.6.2022", "label:Julkaistu")
    moment, _ = choose((day, Printed("2022-06-21T08:43:00Z", "meta:article:published_time")), newsroom())
    assert moment.isoformat() == "2022-06-21T11:43:00+03:00"
    assert moment.raw == "21.6.2022"
    assert "meta:article:published_time" in moment.evidence
    moment, _ = choose((day, Printed("2023-01-01T08:43:00Z", "meta:article:published_time")), newsroom())
    assert moment.isoformat() == "2022-06-21"


def test_no_candidate_and_no_readable_one_give_the_reason():
    assert choose((), newsroom()) == (None, "no date on the page")
    moment, reason = choose((Printed("soon", "label:Published"),), newsroom())
    assert moment is None
    assert "soon" in reason
    assert "label:Published" in reason


def test_without_a_zone_a_day_is_told_but_no_time():
    found = parse_moment("21.6.2022 11.43", languages=("fi",), timezone=None)
    assert found.precision is Precision.DAY
    assert found.isoformat() == "2022-06-21"


def test_summer_time_by_the_newsrooms_zone():
    found = parse_moment("1.7.2022 12.00 EET", languages=("fi",), timezone="Europe/Helsinki")
    assert found.at == datetime(2022, 7, 1, 12, tzinfo=ZoneInfo("Europe/Helsinki"))


@pytest.mark.parametrize("code", known())
@settings(max_examples=20, deadline=None)
@given(day=DAYS, width=st.sampled_from(["full", "long", "medium"]))
def test_what_cldr_writes_is_read_back(code, day, width):
    printed = format_date(day, width, locale=locale_of(code))
    assert (read(printed, (code,), country="FR") or "")[:10] == day.isoformat(), printed


@pytest.mark.parametrize("code", known())
@settings(max_examples=10, deadline=None)
@given(day=DAYS)
def test_short_dates_are_right_or_undecided(code, day):
    assert read(format_date(day, "short", locale=locale_of(code)), (code,)) in (day.isoformat(), None)


@pytest.mark.parametrize("code", known())
def test_every_clock_word_and_half_day(code):
    dates = table(code)["dates"]
    for word in dates.get("clock", ()):
        for time in ("11:43", "11.43"):
            assert read(f"21.6.2022 {word} {time}", (code,)) == "2022-06-21T11:43:00+03:00", word
    for half, hour in (("am", "09"), ("pm", "21")):
        for word in dates.get(half, ()):
            assert read(f"21.6.2022 9:15 {word}", (code,)) == f"2022-06-21T{hour}:15:00+03:00", word


def test_a_language_that_the_newsroom_does_not_name():
    assert read("12. mai 2021", ("fi",)) == "2021-05-12"
    assert read("12 czerwca 2021", ("fi",)) == "2021-06-12"
    assert read("12. listopada 2021", ("fi",)) is None
    assert read("12. listopada 2021", ("hr",)) == "2021-10-12"


def test_decomposed_letters_and_marks_of_direction():
    assert read("12 fe\u0301vrier 2021", ("fr",)) == "2021-02-12"
    assert read("\u200f12.05.2021\u200e", ("he",)) == "2021-05-12"


@pytest.mark.parametrize("text", ["12 آذار/مارس 2024", "12 آذار (مارس) 2024", "الثلاثاء ١٢ آذار/مارس ٢٠٢٤"])
def test_a_month_named_twice(text):
    assert read(text, languages=("ar",), zone="Asia/Beirut", country="LB") == "2024-03-12"


@pytest.mark.parametrize(
    ("text", "language", "zone", "country", "expected"),
    [
        ("2024. március 20., szerda 14:05", "hu", "Europe/Budapest", "HU", "2024-03-20T14:05:00+01:00"),
        ("20 Mart 2024 Çarşamba, 14:05", "tr", "Europe/Istanbul", "TR", "2024-03-20T14:05:00+03:00"),
        ("2024년 3월 20일 수요일 오후 2시 5분", "ko", "Asia/Seoul", "KR", "2024-03-20T14:05:00+09:00"),
        ("среда, 20. март 2024. године у 14:05", "sr", "Europe/Belgrade", "RS", "2024-03-20T14:05:00+01:00"),
        ("2024 m. kovo 20 d. 14:05 val.", "lt", "Europe/Vilnius", "LT", "2024-03-20T14:05:00+02:00"),
        ("الأربعاء 20 مارس 2024 على الساعة 14:05", "ar", "Africa/Tunis", "TN", "2024-03-20T14:05:00+01:00"),
        ("1445/9/10 هـ الموافق 20/03/2024 م", "ar", "Asia/Riyadh", "SA", "2024-03-20"),
        ("20 مارچ، 2024ء", "ur", "Asia/Karachi", "PK", "2024-03-20"),
        ("20 มี.ค. 67 14:05", "th", "Asia/Bangkok", "TH", "2024-03-20T14:05:00+07:00"),
        ("Thứ Tư, 20/03/2024, 14:05 (GMT+7)", "vi", "Asia/Ho_Chi_Minh", "VN", "2024-03-20T14:05:00+07:00"),
        ("14h05 ngày 20/3/2024", "vi", "Asia/Ho_Chi_Minh", "VN", "2024-03-20T14:05:00+07:00"),
        ("15:52 - 22/03/2024", "vi", "Asia/Ho_Chi_Minh", "VN", "2024-03-22T15:52:00+07:00"),
        ("Ika-20 ng Marso 2024", "fil", "Asia/Manila", "PH", "2024-03-20"),
        ("令和6年（2024年）3月20日", "ja", "Asia/Tokyo", "JP", "2024-03-20"),
        ("2024（令和6）年3月20日", "ja", "Asia/Tokyo", "JP", "2024-03-20"),
        ("平成三十一年三月二十日", "ja", "Asia/Tokyo", "JP", "2019-03-20"),
        ("中華民國一百一十三年三月二十日", "zh", "Asia/Taipei", "TW", "2024-03-20"),
        ("등록일 : 24-03-20", "ko", "Asia/Seoul", "KR", "2024-03-20"),
        ("2024-cü il 20 mart", "az", "Asia/Baku", "AZ", "2024-03-20"),
        ("2024 წლის 20 მარტი", "ka", "Asia/Tbilisi", "GE", "2024-03-20"),
        ("መጋቢት 11 ቀን 2016 ዓ.ም", "am", "Africa/Addis_Ababa", "ET", None),
        ("२०८० चैत ७", "ne", "Asia/Kathmandu", "NP", None),
    ],
)
def test_lines_of_the_wider_world(text, language, zone, country, expected):
    assert read(text, languages=(language,), zone=zone, country=country) == expected
