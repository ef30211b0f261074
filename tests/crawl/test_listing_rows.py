"""Listings that nobody described, in the forms of many CMS families. All pages are synthetic."""

from datetime import date

import pytest

from crawler.registry import Source, unknown_newsroom
from crawler.sources import read_source

URL = "https://www.ministry.example/press-releases"
TITLES = (
    "Ferry timetables change in October",
    "Minister opens the new harbour",
    "Winter roads to the islands open",
    "Budget of the coast guard published",
)
DAYS = (date(2025, 10, 14), date(2025, 10, 3), date(2025, 9, 26), date(2025, 9, 25))
MENU = (
    '<header><ul><li><a href="/about-the-ministry-and-minister">About the ministry and the minister</a></li></ul></header>'
    '<nav><a href="/topics/roads-and-harbours-and-ferries">Roads and harbours and ferries</a></nav>'
)
PAGE = "<!doctype html><html lang='{lang}'><body>{menu}{rows}<footer><a href='/data-protection-and-you'>Data protection and you</a></footer></body></html>"


def rows(form: str) -> str:
    return "".join(
        form.format(
            number=number, title=title, iso=day.isoformat(), day=f"{day:%d.%m.%Y}", long=f"{day:%d %B %Y}"
        )
        for number, (title, day) in enumerate(zip(TITLES, DAYS, strict=True), 1)
    )


def listed(markup: str, lang: str = "en", country: str = "GB") -> list[tuple[str, date | None]]:
    newsroom = unknown_newsroom(URL, "Europe/London", (lang,), country)
    body = PAGE.format(lang=lang, menu=MENU, rows=markup).encode()
    return [(it.url, it.published) for it in read_source(Source(listing=URL), newsroom, URL, body).found]


FORMS = {
    "list": '<li><a href="/n/{number}">{title}</a> <span>{day}</span></li>',
    "teasers": '<article><header><h3><a href="/n/{number}">{title}</a></h3></header><p>{long}</p><a href="/n/{number}">Read more</a></article>',
    "pictures": '<div class="card"><a href="/n/{number}"><img alt="A boat"></a><h3><a href="/n/{number}">{title}</a></h3><time datetime="{iso}T08:00">{day}</time></div>',
    "topics": '<div class="views-row views-row-{number}"><h3 class="t"><a href="/n/{number}">{title}</a></h3><span>{long}</span><a href="/kind/release">Release</a><div><a href="/t/1{number}">Sea</a> <a href="/t/2{number}">Ice</a></div></div>',
    "table": '<tr><td>{number}</td><td class="s"><a href="?mode=view&amp;id={number}">{title}</a></td><td>Press office</td><td>{iso}</td></tr>',
    "terms": '<dt>{day}</dt><dd><a href="/n/{number}">{title}</a></dd>',
    "other host name": '<p>{long}: <a href="https://ministry.example/n/{number}">{title}</a></p>',
}


@pytest.mark.parametrize("name", FORMS)
def test_rows_with_days_are_the_releases(name: str) -> None:
    markup = f'<form id="aspnetForm"><main><div>{rows(FORMS[name])}</div></main></form>'
    found = listed(markup)
    assert [day for _, day in found] == list(DAYS)
    assert all(address.rpartition("=")[2][-1:] == str(at) for at, (address, _) in enumerate(found, 1))


def test_a_day_stands_above_its_rows() -> None:
    found = listed(
        '<main><h3>3 October 2025</h3><ul><li><a href="/n/1">Ferry timetables change</a></li><li><a href="/n/2">Harbour opened</a></li></ul>'
        '<h3>25 September 2025</h3><ul><li><a href="/n/3">Budget of the coast guard published</a></li></ul></main>'
    )
    assert [day for _, day in found] == [date(2025, 10, 3), date(2025, 10, 3), date(2025, 9, 25)]


@pytest.mark.parametrize(
    ("lang", "country", "printed"),
    [
        ("ja", "JP", "令和7年10月14日"),
        ("fi", "FI", "14. lokakuuta 2025"),
        ("ru", "RU", "14 октября 2025"),
        ("th", "TH", "14 ต.ค. 2568"),
    ],
)
def test_days_are_read_in_the_newsrooms_language(lang: str, country: str, printed: str) -> None:
    markup = "".join(f'<li>{printed} <a href="/n/{at}">{title}</a></li>' for at, title in enumerate(TITLES))
    assert [day for _, day in listed(f"<ul>{markup}</ul>", lang, country)] == [date(2025, 10, 14)] * 4


def test_without_days_links_that_lead_deeper_are_taken_and_menus_are_not() -> None:
    markup = "".join(
        f'<li><a href="/press-releases/item-{at}">{title}</a></li>' for at, title in enumerate(TITLES)
    )
    assert [address for address, _ in listed(f"<main><ul>{markup}</ul></main>")] == [
        f"https://www.ministry.example/press-releases/item-{at}" for at in range(4)
    ]


@pytest.mark.parametrize(
    ("numbers", "following"),
    [((2, 3, 4), 2), ((1, 2, 4, 5), 4), ((1, 14, 16, 17), 16), ((1, 2, 3), None), ((), None), ((1,), None)],
)
def test_a_pager_of_numbers_leads_on(numbers: tuple[int, ...], following: int | None) -> None:
    pager = "".join(f'<a href="/press-releases?p={number}">{number}</a> ' for number in numbers)
    body = PAGE.format(lang="en", menu=MENU, rows=f"<ul>{rows(FORMS['list'])}</ul><p>{pager}</p>").encode()
    page = read_source(Source(listing=URL), unknown_newsroom(URL), URL, body)
    assert page.next == (() if following is None else (f"{URL}?p={following}",))


def test_a_calendar_is_no_pager() -> None:
    days = "".join(f'<td><a href="/calendar/2025/10/{day}">{day}</a></td>' for day in (2, 3, 9))
    body = f"<table><tr>{days}</tr></table><a href='/n/1'>Ferry timetables change</a>".encode()
    assert read_source(Source(listing=URL), unknown_newsroom(URL), URL, body).next == ()
