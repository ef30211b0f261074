"""The language of a release: the page's declaration, unless the text plainly says another one. Synthetic texts."""

import pytest

from communique.demo.newsroom import releases
from crawler.reading.language import find_language, spoken
from crawler.reading.page import Page

SWEDISH = "Ministeriet har beviljat stöd för kajen och det som hör till den. Arbetet börjar på hösten och är klart till våren."
ENGLISH = "The Ministry has granted support for the quay and the works that belong to it. The work will start in the autumn."
BOKMAL = "Departementet har gitt støtte til kaien og det som hører til. Arbeidet begynner til høsten, og det er ikke dyrt."
NYNORSK = "Departementet har gjeve støtte til kaia og det som høyrer til. Arbeidet tek til om hausten, og det er ikkje dyrt frå eit slikt år."


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("sv-SE", SWEDISH, "sv"),
        ("fi-FI", SWEDISH, "sv"),  # a Swedish release in a Finnish frame
        ("en", SWEDISH, "sv"),  # a site that says "en" everywhere
        (None, ENGLISH, "en"),
        ("no", BOKMAL, "nb"),
        ("no", NYNORSK, "nn"),
        ("nb-NO", BOKMAL, "nb"),
        ("da", "Kajen", "da"),  # too short to say otherwise
        ("en", "장관은 항구의 새로운 부두를 열었다고 말했다", "ko"),
        ("en", "大臣は港の新しい桟橋を開きました", "ja"),
        (None, "وزارة الموانئ تعلن عن افتتاح رصيف جديد في الميناء", "ar"),
        (None, "وزارت بنادر از گشایش یک اسکلهٔ جدید خبر داد که چند سال پیش آغاز شد", "fa"),
        ("xx-unknown", "", "xx"),
        (None, "2021–2022: 5 000 €", None),
    ],
)
def test_the_page_declares_and_the_text_may_contradict(
    declared: str | None, text: str, language: str | None
) -> None:
    found = find_language(Page(url="https://ministry.example/1", lang=declared), text)
    assert (found.text if found else None) == language


def test_neighbouring_languages_are_told_apart_by_what_the_newsroom_writes_in() -> None:
    text = "Ministarstvo je objavilo da će se na pristaništu graditi i da su radovi za brodove koji plove od otoka počeli u maju."
    page = Page(url="https://ministry.example/1")
    assert {find_language(page, text, (code,)).text for code in ("hr", "sr", "bs")} == {"hr", "sr", "bs"}
    assert find_language(page, ENGLISH, ("fi", "sv")).text == "en"


def test_the_evidence_is_named() -> None:
    page = Page(url="https://ministry.example/1", lang="fi")
    assert find_language(page, SWEDISH).evidence == "text:frequent words"
    assert find_language(page, "Laituri").evidence == "html[lang]"
    meta = Page(url="https://ministry.example/1", metas={"og:locale": ("sv_FI",)})
    assert find_language(meta, "").evidence == "meta:language"


def test_every_text_of_the_demonstration_speaks_its_language() -> None:
    for release in releases(1):
        text = "\n".join([release.headline, release.lead, *(b.rows[0][0] for b in release.blocks)])
        shares = spoken(text)
        assert not shares or max(shares, key=shares.get) == release.language, release.path
