"""From what a page prints to what the archive keeps: every field normalised, nothing guessed."""

from archive.model import Translation
from crawler.items import ContactBlock, Printed, ReleaseItem
from crawler.registry import unknown_newsroom
from pipelines.release import to_release

NEWSROOM = unknown_newsroom(
    "https://ministry.example/", timezone="Europe/Helsinki", languages=("sv",), country="FI"
)


def item(**changes: object) -> ReleaseItem:
    fields: dict[str, object] = {
        "url": "https://ministry.example/sv/-/fyren?utm_source=x",
        "newsroom": NEWSROOM.slug,
        "layout": "default",
        "headline": Printed("Fyren\u00ad på  Utö", "shape:h1"),
        "body": "Fyren tänds.\r\n\r\n\r\nIgen.",
        "published": (Printed("21.6.2022 11.43", "label:utgivningsdatum"),),
        "type_label": Printed("Pressmeddelande 96/2017", "shape:line"),
        "language": Printed("sv", "html lang"),
    }
    return ReleaseItem(**(fields | changes))  # type: ignore[arg-type]


def test_strings_get_their_meaning() -> None:
    release = to_release(item(), NEWSROOM)
    assert release.headline == "Fyren på Utö"
    assert release.body == "Fyren tänds.\n\nIgen."
    assert release.published is not None
    assert release.published.isoformat() == "2022-06-21T11:43:00+03:00"
    assert release.published_raw == "21.6.2022 11.43"
    assert release.type == "press release"
    assert release.identity.value == "ministry.example/sv/-/fyren"


def test_a_date_that_says_nothing_is_none_with_its_reason_and_what_was_printed() -> None:
    release = to_release(item(published=(Printed("i dag", "label:publicerad"),)), NEWSROOM)
    assert release.published is None
    assert release.published_raw == "i dag"
    assert release.published_reason


def test_contacts_are_read_with_the_country_of_the_newsroom() -> None:
    block = ContactBlock(
        (
            "Ytterligare information:",
            "Eva Exempel, fyrmästare, tfn 0295 000 001, eva.exempel@ministry.example",
        ),
        "label:ytterligare information",
        label="Ytterligare information",
    )
    (contact,) = to_release(item(contact_blocks=(block,)), NEWSROOM).contacts
    assert (contact.name, contact.role, contact.email) == (
        "Eva Exempel",
        "fyrmästare",
        "eva.exempel@ministry.example",
    )
    assert contact.phone == "0295 000 001"


def test_the_same_item_gives_the_same_release() -> None:
    assert to_release(item(), NEWSROOM) == to_release(item(), NEWSROOM)


def test_a_translation_is_named_by_its_language_without_the_region() -> None:
    printed = (Translation("fi-fi", "https://ministry.example/-/majakka"),)
    release = to_release(item(translations=printed), NEWSROOM)
    assert release.translations == (Translation("fi", "https://ministry.example/-/majakka"),)
