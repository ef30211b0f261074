"""Looks at releases that did not change on pages that did: the short form of ``python -m bench.noise``, with no false revision."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bench import noise
from bench.noise_kinds import NOISE
from communique.demo.site import build
from communique.pages import Request, newsroom_for
from tests.reading.test_golden import FILES

BASE = "https://saaristo.example"
#: one page of the demonstration in so many: two templates and three languages come round
STEP = 37


@pytest.fixture(scope="module")
def own() -> list[noise.Sample]:
    """The project's own pages: the golden ones and some of the demonstration."""
    site = build(1, BASE)
    found = [_golden(path) for path in FILES if path.suffix == ".html"]
    for release in site.releases[::STEP]:
        page = site.answers[release.path].body.decode("latin-1" if release.layout == "old" else "utf-8")
        found.append(_sample(release.path, page, f"{BASE}{release.path}", languages=release.language))
    return [sample for sample in found if sample]


def _golden(path: Path) -> noise.Sample | None:
    first, rest = path.read_text("utf-8").split("\n", 1)
    facts = dict(fact.split("=", 1) for fact in first.strip("<!-> ").split("; ")[1:])
    return _sample(path.name, rest, **facts)


def _sample(name: str, page: str, url: str, **facts: str) -> noise.Sample | None:
    newsroom = newsroom_for(url, Request(file=name, url=url, **facts))
    return noise.sample(name, page.encode(), url, newsroom)


def test_noise_around_the_projects_own_pages_makes_no_revision(own: list[noise.Sample]) -> None:
    assert len(own) >= 9
    looks = 2 * len(own) * len(NOISE)
    result = noise.measure(own, looks, seed=6)
    assert result.looks == {"changed": looks // 2, "appeared": looks // 2}
    assert not result.pages


def test_noise_around_captured_pages_makes_no_revision(shared: Path) -> None:
    found = list(noise.samples(shared))
    result = noise.measure(found, 1000, seed=6)
    assert result.looks == {"changed": 500, "appeared": 500}
    assert not result.pages


@pytest.mark.parametrize("how", ["changed", "appeared"])
def test_an_edit_among_the_noise_is_counted(
    own: list[noise.Sample], how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit(spot: noise.Spot, dice: noise.random.Random) -> None:
        spot.article.append(
            noise.html.fragment_fromstring(
                f"<p>The ministry has decided to grant {dice.randrange(10**9)} euros to the harbours of the outer islands.</p>"
            )
        )

    kinds: dict[str, Callable[..., None]] = {"edit": edit}
    monkeypatch.setattr(noise, "NOISE", kinds)
    result = noise.measure(own, 2 * len(own), seed=6)
    assert result.count(how) >= len(own) - 1
