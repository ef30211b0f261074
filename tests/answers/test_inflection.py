"""Inflected words are found, and only those: recall and precision over lists of pairs in nine languages."""

from itertools import combinations
from pathlib import Path

from archive.stems import stem

FOLDER = Path(__file__).parent


def pairs(name: str = "inflections.txt") -> list[tuple[str, str, str]]:
    found = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            language, _, words = line.partition(": ")
            found += [(language, *pair.split("=")) for pair in words.split(", ")]
    return found  # type: ignore[return-value]


def test_recall_and_precision() -> None:
    listed = pairs()
    assert len(listed) >= 200
    missed = [pair for pair in listed if stem(pair[1], pair[0]) != stem(pair[2], pair[0])]
    wrong = []
    for language in {pair[0] for pair in listed}:
        related: dict[str, set[str]] = {}
        for code, one, other in listed:
            if code == language:
                related.setdefault(one, {one}).add(other)
        for one, other in combinations(related.values(), 2):
            wrong += [(a, b) for a in one for b in other if stem(a, language) == stem(b, language)]
    right = len(listed) - len(missed)
    recall, precision = right / len(listed), right / (right + len(wrong))
    told = (
        f"{len(listed)} pairs: recall {recall:.3f}, precision {precision:.3f}; missed {missed}; wrong {wrong}"
    )
    assert recall >= 0.95, told
    assert precision >= 0.95, told


def test_words_that_the_rules_had_not_seen() -> None:
    """Blind, before any rule was changed for them: recall 0.905 on the first 200, with precision 0.953 against the look-alikes,
    and then 0.853 on the 95 that came after."""
    listed = pairs("inflections_blind.txt")
    same = [each for each in listed if not each[0].endswith("!")]
    alike = [each for each in listed if each[0].endswith("!")]
    assert (len(same), len(alike)) == (295, 100)
    missed = [pair for pair in same if stem(pair[1], pair[0]) != stem(pair[2], pair[0])]
    wrong = [pair for pair in alike if stem(pair[1], pair[0][:2]) == stem(pair[2], pair[0][:2])]
    right = len(same) - len(missed)
    assert right / len(same) >= 0.98, missed
    assert right / (right + len(wrong)) >= 0.95, wrong


def test_words_of_a_later_day() -> None:
    """Blind: recall 0.95 of the first 100, precision 0.89 against 45 look-alikes (*market*, *marketing*; *banco*, *banca*: what
    Snowball takes for one word stays one); of the 62 that came after, some of the kinds just mended, 0.903."""
    listed = pairs("inflections_later.txt")
    same = [each for each in listed if not each[0].endswith("!")]
    alike = [each for each in listed if each[0].endswith("!")]
    assert (len(same), len(alike)) == (162, 45)
    missed = [pair for pair in same if stem(pair[1], pair[0]) != stem(pair[2], pair[0])]
    wrong = [pair for pair in alike if stem(pair[1], pair[0][:2]) == stem(pair[2], pair[0][:2])]
    assert len(missed) <= 5, missed
    assert len(wrong) <= 12, wrong


def test_a_short_word_is_not_a_longer_words_stem() -> None:
    assert stem("kunta", "fi") == stem("kunnassa", "fi") != stem("kun", "fi")
