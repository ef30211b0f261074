"""What a release must hold to be stored."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.model import Contact
from crawler.registry import unknown_newsroom
from pipelines.contract import broken_rule
from tests.archive.pages import release

NOW = datetime(2026, 3, 2, tzinfo=UTC)
NEWSROOM = unknown_newsroom("https://ministry.example", "UTC", ("en",), "FI")


def test_a_whole_release_breaks_no_rule() -> None:
    assert broken_rule(release(), NEWSROOM, NOW) is None


@pytest.mark.parametrize("field", ["headline", "subheadline", "byline", "body"])
def test_no_field_is_stored_with_a_lost_letter(field: str) -> None:
    found = broken_rule(replace(release(), **{field: "Caf\ufffd at the quay"}), NEWSROOM, NOW)
    assert found is not None
    assert found[0] == "undecodable"
    assert field in found[1]


def test_no_contact_is_stored_with_a_lost_letter() -> None:
    contact = Contact(name="Aino Esimerkki", raw="Aino Esimerkki, r\ufffddgivare")
    found = broken_rule(replace(release(), contacts=(contact,)), NEWSROOM, NOW)
    assert found is not None
    assert found[0] == "undecodable"
