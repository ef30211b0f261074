"""Kinds of change and the content digest: what is an edit, what is none, what it is called."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.changes import KINDS, compare
from archive.digest import content_sha256
from archive.model import Attachment
from bench import revisions
from tests.archive.pages import CONTACT, moment, release

BODY = "The ministry grants 1.5 million euros. Minister Aino Esimerkki signed it, on Monday."

NAMED = [
    ({"body": BODY.replace("1.5", "15")}, ("numbers",), True),
    ({"body": BODY.replace("it, on", "it on")}, ("punctuation",), True),
    ({"body": BODY.replace("grants", "granted")}, ("body_words",), True),
    ({"body": BODY.replace("Aino Esimerkki", "Eino Esimerkki")}, ("body_words", "names"), True),
    ({"body": BODY.replace("euros", "euros (PDF, MB)")}, ("body_words",), True),
    ({"links": ("mailto:press@ministry.example",)}, ("contact", "links"), False),
    ({"headline": "Funds for 1 municipalities"}, ("headline",), True),
    ({"subheadline": "More"}, ("subheadline",), True),
    ({"links": ("https://a.example/b",)}, ("links",), False),
    ({"attachments": (Attachment("https://a.example/b.pdf", "Report"),)}, ("attachment",), False),
    ({"contacts": (replace(CONTACT, email="press@ministry.example"),)}, ("contact",), False),
    ({"published": moment("2026-02-09T10:00:00+02:00")}, ("date",), False),
    ({"notices": ("Withdrawn",)}, ("notice",), False),
    (
        {"body": BODY.replace("1.5", "15"), "modified": moment("2026-03-09T10:00:00+02:00")},
        ("numbers", "date"),
        False,
    ),
]


@pytest.mark.parametrize(("edit", "kinds", "silent"), NAMED)
def test_each_edit_has_its_kinds(edit: dict[str, object], kinds: tuple[str, ...], silent: bool) -> None:
    old = release(body=BODY)
    new = replace(old, **edit)  # type: ignore[arg-type]
    change = compare(old, new)
    assert (change.kinds, change.silent) == (kinds, silent)
    assert content_sha256(old) != content_sha256(new)


@pytest.mark.parametrize(
    "same",
    [
        {"body": BODY.replace(" ", " \n ")},
        {"body": BODY.replace("million", "mil\u00adlion")},
        {"body_html": "<p>other markup</p>"},
        {"links": ("https://a.example/b?utm_source=x",)},
        {"contacts": (replace(CONTACT, phone="02 95000000", phone_e164=None),)},
        {"modified": replace(moment("2026-03-09T10:00:00+02:00"), evidence="meta:og:updated_time")},
        {"topics": ("grants",), "type": "press release", "layout": "new"},
        {"reader_version": "r9"},
    ],
)
def test_what_no_publisher_edited_changes_nothing(same: dict[str, object]) -> None:
    old = release(body=BODY, links=("https://a.example/b",))
    assert content_sha256(replace(old, **same)) == content_sha256(old)  # type: ignore[arg-type]


@given(st.text(), st.text(), st.text(), st.text())
def test_a_digest_differs_exactly_where_a_kind_is_named(one: str, two: str, three: str, four: str) -> None:
    old, new = release(headline=one, body=two), release(headline=three, body=four)
    change = compare(old, new)
    assert bool(change.kinds) == (content_sha256(old) != content_sha256(new))
    assert list(change.kinds) == [kind for kind in KINDS if kind in change.kinds]


def test_real_edits_are_noticed_and_named(shared: Path) -> None:
    rows = [row for row in revisions.pairs(shared / "corpus" / "revisions.jsonl") if not row.borderline]
    found = {name: right / of for name, (right, of) in revisions.scores(rows).items()}
    assert all(found[name] >= floor for name, floor in revisions.FLOORS.items()), found
