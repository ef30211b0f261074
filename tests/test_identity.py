"""Identity: CMS id, else canonical address of the same site, else normalised address."""

import pytest

from archive.model import Identity
from pipelines.identity import identify

CASES = [
    (("https://om.example/-/a?utm_source=x", None, None), Identity("url", "om.example/-/a")),
    (("https://om.example/-/a", None, "https://om.example/-/b"), Identity("canonical", "om.example/-/b")),
    (("https://om.example/-/a", None, "https://other.example/-/b"), Identity("url", "om.example/-/a")),
    (("https://om.example/-/a", None, "https://om.example/"), Identity("url", "om.example/-/a")),
    (("https://om.example/-/a", "liferay:77", None), Identity("cms", "liferay:77@sv")),
    (("https://www.regjeringen.no/no/aktuelt/x/id2990/", None, None), Identity("cms", "episerver:2990@sv")),
    (("https://om.example/?p=18371", None, None), Identity("cms", "wordpress:18371@sv")),
    (
        ("https://www.europarl.europa.eu/news/en/press-room/20250204IPR26689/slug", None, None),
        Identity("cms", "europarl:20250204IPR26689@sv"),
    ),
]


@pytest.mark.parametrize(("given", "identity"), CASES)
def test_the_strongest_identity_wins(given: tuple[str, str | None, str | None], identity: Identity) -> None:
    url, cms_id, canonical = given
    assert identify(url, cms_id=cms_id, canonical=canonical, language="sv") == identity
