"""Scripts without spaces, and others than Latin: words of one character and two are found, and marked."""

from pathlib import Path

import pytest

from archive.database import open_archive
from archive.query import Query
from archive.search import search
from tests.answers import shelf

TEXTS = {
    "zh": ("新政策公布", "政府今天公布了关于打击人口贩卖的新政策。"),
    "ja": ("人身取引対策を強化", "政府は人身取引の対策を強化する方針を決めた。"),
    "ko": ("교육부 새 정책 발표", "교육부는 오늘 인신매매 방지 정책을 발표했다."),
    "th": ("กระทรวงแถลงข่าว", "กระทรวงแรงงานประกาศนโยบายใหม่เพื่อป้องกันการค้ามนุษย์"),
    "ar": ("وزارة العدل", "أعلنت وزارة العدل سياسة جديدة لمكافحة الاتجار بالبشر."),
    "el": ("Υπουργείο Δικαιοσύνης", "Το υπουργείο ανακοίνωσε νέα μέτρα για την εμπορία ανθρώπων."),
    "ru": ("Министерство юстиции", "Министерство объявило о новых мерах против торговли людьми."),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scripts") / "archive.db"
    shelf.fill(
        path,
        [
            shelf.release(code, headline, body, code, f"2024-01-{day:02}")
            for day, (code, (headline, body)) in enumerate(TEXTS.items(), 1)
        ],
    )
    return path


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("政策", "zh"), ("贩卖", "zh"), ("人口贩卖", "zh"), ("府今", "zh"),
        ("対策", "ja"), ("人身取引", "ja"), ("強化する", "ja"),
        ("교육부", "ko"), ("정책", "ko"), ("매매", "ko"),
        ("นโยบาย", "th"), ("การค้ามนุษย์", "th"), ("แรงงาน", "th"),
        ("العدل", "ar"), ("υπουργειο", "el"), ("μέτρα", "el"), ("министерства", "ru"), ("мера", "ru"),
    ],
)  # fmt: skip
def test_words_are_found_and_marked(written: Path, typed: str, language: str) -> None:
    with open_archive(written) as archive:
        hits = search(archive, Query(typed)).hits
    assert [hit.language for hit in hits] == [language]
    assert any(part.found for part in (*hits[0].headline, *hits[0].passage))


@pytest.mark.parametrize("typed", ["策政", "中国", "ไทย", "정육"])
def test_what_does_not_stand_there_is_not_found(written: Path, typed: str) -> None:
    with open_archive(written) as archive:
        assert search(archive, Query(typed)).hits == ()
