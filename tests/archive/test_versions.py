"""What two language versions of a release say differently from the beginning: told where a reader looks, and no event."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.dossier import dossier
from archive.model import Identity
from archive.store import Writer
from archive.versions import differing
from communique.cli import main
from tests.archive.looking import events, see
from tests.archive.pages import CONTACT, moment, release

SAME = [
    ("1.5 million euros", "1,5 miljoonaa euroa"),
    ("1.5 million euros", "1 500 000 euroa"),
    ("10,000 boats", "10\u00a0000 venettä"),
    ("21 June 2022", "21.6.2022"),
    ("at 3.30 p.m.", "klo 15.30"),
    ("three boats", "3 venettä"),
    ("ten boats", "10 venettä"),
    ("on +358 295 150 011", "numerossa 0295 150 011"),
    ("Act 425/2005", "laki (425/2005)"),
    ("50 boats", "٥٠ قاربا"),
    ("2.4 billion", "2 400 miljoonaa"),
    ("in 1,234.5 tonnes", "1 234,5 tonnia"),
]
APART = [
    ("1.5 million euros", "15 miljoonaa euroa", ("number 1.5",), ("number 15",)),
    ("85 per cent", "58 prosenttia", ("number 85",), ("number 58",)),
    ("by 21 June 2022", "21.6.2023 mennessä", ("number 2022",), ("number 2023",)),
    ("10,000 boats", "veneitä", ("number 10,000",), ()),
    ("25 boats", "25 venettä ja 40 laituria", (), ("number 40",)),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_can_mean_the_same_is_not_told_apart(one: str, other: str) -> None:
    assert differing(release(body=one), release(body=other)) == ((), ())
    assert differing(release(body=other), release(body=one)) == ((), ())


@pytest.mark.parametrize(("one", "other", "here", "there"), APART)
def test_numbers_that_only_one_version_says(one: str, other: str, here: object, there: object) -> None:
    assert differing(release(body=one), release(body=other)) == (here, there)


def test_days_and_ways_to_reach_somebody_that_only_one_version_says() -> None:
    one = release(published=moment("2026-02-09T10:00:00+02:00"), contacts=(CONTACT,))
    other = replace(one, published=moment("2026-02-10T10:00:00+02:00"), contacts=())
    here, there = differing(one, other)
    assert "date 2026-02-09" in here
    assert f"phone {CONTACT.phone_e164}" in here
    assert there == ("date 2026-02-10",)


def test_a_first_divergence_is_shown_and_no_event(writer: Writer, tmp_path: Path) -> None:
    see(
        writer,
        release(identity=Identity("cms", "liferay:9@en"), body="The ministry grants 1.5 million euros."),
    )
    swedish = release(
        url="https://ministry.example/sv/-/meddelande-1",
        identity=Identity("cms", "liferay:9@sv"),
        language="sv",
        body="Ministeriet beviljar 15 miljoner euro.",
    )
    see(writer, swedish)
    writer.commit_batch()
    [sibling] = dossier(writer.archive, 1).siblings
    assert (sibling.only_here, sibling.only_there) == (("number 1.5",), ("number 15",))
    assert events(writer) == ["new", "new"]
    shown = CliRunner().invoke(main, ["show", "1", "--archive", str(writer.archive.path)])
    assert "which does not say: number 1.5" in shown.output
    assert "which alone says: number 15" in shown.output
