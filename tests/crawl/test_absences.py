"""Which answer says that a release is gone, and which says nothing."""

import pytest

from archive.model import Absence
from crawler.absences import absence_of_answer, absence_of_refusal
from crawler.registry import all_newsrooms

SITE = "https://ministry.example"
ASKED = f"{SITE}/-/release-1"


@pytest.mark.parametrize(
    ("url", "status", "how"),
    [
        (ASKED, 410, Absence.GONE),
        (ASKED, 404, Absence.NOT_FOUND),
        (f"{SITE}/", 200, Absence.FRONT_PAGE),
        (f"{SITE}/sv/", 200, Absence.FRONT_PAGE),
        (f"{SITE}/en/index.html", 200, Absence.FRONT_PAGE),
        (ASKED, 200, None),
        (f"{SITE}/-/release-1-renamed", 200, None),
        (ASKED, 403, None),
        (ASKED, 429, None),
        (ASKED, 503, None),
    ],
)
def test_an_answer_speaks_for_itself_or_says_nothing(url: str, status: int, how: Absence | None) -> None:
    assert absence_of_answer(ASKED, url, status, all_newsrooms()["demo"]) == how


@pytest.mark.parametrize(
    ("url", "reason", "how"),
    [
        (ASKED, "soft 404", Absence.SOFT_404),
        (f"{SITE}/press", "listing", Absence.SINK),
        ("http://www.ministry.example/-/release-1?utm_source=x", "listing", None),
        (ASKED, "listing", None),
        (f"{SITE}/login", "login", None),
        (f"{SITE}/challenge", "challenge", None),
    ],
)
def test_a_refused_page_is_another_page_or_a_wall(url: str, reason: str, how: Absence | None) -> None:
    assert absence_of_refusal(ASKED, url, reason) == how
