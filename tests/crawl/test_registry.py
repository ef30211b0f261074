"""The registry: every entry is sound, and a wrong one is refused with file, table, key and expectation."""

import tomllib
from pathlib import Path

import pytest

from crawler.registry import (
    BUILT_IN,
    Expects,
    Newsroom,
    RegistryError,
    Source,
    all_newsrooms,
    find_newsrooms,
    load_file,
    newsroom_of,
    unknown_newsroom,
)

GOOD = """
[defaults]
country = "FI"
timezone = "Europe/Helsinki"
languages = ["fi", "sv"]
[om]
name = { fi = "oikeusministeriö" }
site = "https://om.example"
sources = [{ listing = "/tiedotteet" }, { feed = "https://feeds.example/om" }]
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "xx.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_entry_is_typed_and_its_addresses_absolute(tmp_path: Path) -> None:
    (newsroom,) = load_file(written(tmp_path, GOOD))
    assert newsroom.slug == "xx_om"
    assert newsroom.title == "oikeusministeriö"
    assert [(it.kind, it.address) for it in newsroom.sources] == [
        ("listing", "https://om.example/tiedotteet"),
        ("feed", "https://feeds.example/om"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Europe/Helsinki", "Europe/Helsinky", "[om] timezone: expected a zone of the tz database"),
        ('"fi", "sv"', '"fi", "swedish"', "[om] languages: expected language tags"),
        ('["fi", "sv"]', '"fi"', "[om] languages: expected `array`"),
        ('"FI"', '"Finland"', "[om] country: expected an ISO 3166 code"),
        ('"FI"', "no", "expected a TOML file"),  # YAML would read false here
        ("https://om.example", "om.example", "[om] site: expected an http(s) address"),
        ("https://om.example", "file:///etc/passwd", "[om] site: expected an http(s) address"),
        ("https://om.example", "https://u:p@om.example", "without a password"),
        ("https://om.example", "http://[", "[om] site: expected an http(s) address"),
        ("https://om.example", "https://om.example:99999", "[om] site: expected an http(s) address"),
        ('listing = "/tiedotteet"', 'listing = "http://["', "[om] sources[0].listing: expected an http(s)"),
        ('listing = "/tiedotteet"', 'listing = "/t", title = "a[["', "sources[0].title: expected a CSS"),
        ("site =", "delay = nan\nsite =", "[om] delay: expected seconds from 0 to 3600"),
        ("sources", "sorces", "[om] sorces: unknown key, expected one of"),
        ("listing =", "lsting =", "[om] sources[0].lsting: unknown key"),
        ('listing = "/tiedotteet"', "listing = 5", "[om] sources[0].listing: expected `str"),
        ('listing = "/tiedotteet"', 'listing = "/t", feed = "/f"', "sources[0]: expected exactly one of"),
        ('listing = "/tiedotteet"', 'listing = "/t", next = "a[["', "sources[0].next: expected a CSS"),
        ('listing = "/tiedotteet"', 'listing = "/t", keep = "("', "sources[0].keep: expected a regular"),
        (
            'listing = "/tiedotteet"',
            'listing = "/t", language = "en"',
            "sources[0].language: expected one of",
        ),
        ('listing = "/tiedotteet"', 'api = "/t"', "sources[0]: expected item and link"),
        ("site =", 'platform = "livray"\nsite =', "[om] platform: expected one of"),
        ("site =", 'grade = "good"\nsite =', "[om] grade: invalid enum value 'good'"),
        ("site =", "select = { headlin = 'h1' }\nsite =", "[om] select.headlin: expected one of"),
        ("site =", "select = { headline = 'h1[' }\nsite =", "[om] select.headline: expected a CSS"),
        ("site =", "expects = { filled = { body = 98 } }\nsite =", "filled.body: expected a share"),
        ('site = "https://om.example"', "", "[om] site: expected a value here or in [defaults]"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    with pytest.raises(RegistryError) as error:
        load_file(written(tmp_path, text))
    assert said in str(error.value)
    assert str(error.value).startswith("xx.toml")
    assert "\n" not in str(error.value).split("expected a TOML")[0]


@pytest.mark.parametrize("path", sorted(BUILT_IN.glob("*.toml")), ids=lambda path: path.stem)
def test_entries_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    sizes = sorted(
        len(entry.strip().splitlines())
        for entry in text.split("\n\n")
        if entry.startswith("[") and not entry.startswith("[defaults]")
    )
    assert sizes[-1] <= 12
    assert sizes[len(sizes) // 2] <= 8
    assert tomllib.loads(text)


def test_finland_is_complete_in_three_languages() -> None:
    finland = find_newsrooms(("fi",))
    assert len(finland) == 13
    assert {newsroom.slug for newsroom in finland} >= {"fi_vn", "fi_om", "fi_vnk", "fi_stm", "fi_ym"}
    for newsroom in finland:
        assert set(newsroom.name) == {"fi", "sv", "en"}
        assert newsroom.sources
        assert newsroom.grade != "captured"  # no captured page of Finland was found anywhere


def test_names_find_newsrooms_and_a_wrong_name_is_said() -> None:
    assert next(newsroom.slug for newsroom in find_newsrooms(("fi_om", "fi"))) == "fi_om"
    with pytest.raises(KeyError, match="xy"):
        find_newsrooms(("fi_om", "xy"))


def test_own_newsrooms_stand_beside_the_built_in_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, GOOD)
    monkeypatch.setenv("COMMUNIQUE_NEWSROOMS", str(tmp_path))
    all_newsrooms.cache_clear()
    try:
        assert {"xx_om", "fi_om"} <= set(all_newsrooms())
    finally:
        all_newsrooms.cache_clear()


@pytest.mark.parametrize(
    ("url", "country", "zone"),
    [
        ("https://stm.fi/-/x", "FI", "Europe/Helsinki"),
        ("https://www.gov.uk/x", "GB", "Europe/London"),
        ("https://www.bmi.bund.de/x", "DE", "Europe/Berlin"),
        ("https://www.justice.gov/x", "US", None),  # many clocks: none is guessed
        ("https://www.premier.vic.gov.au/x", "AU", None),
        ("https://ec.europa.eu/x", "EU", "Europe/Brussels"),
        ("https://press.example/x", None, None),
        ("https://x.com/x", None, None),
    ],
)
def test_an_unknown_newsroom_knows_what_its_address_tells(
    url: str, country: str | None, zone: str | None
) -> None:
    newsroom = unknown_newsroom(url)
    assert (newsroom.country, newsroom.timezone) == (country, zone)


def test_what_is_told_beats_the_address() -> None:
    newsroom = unknown_newsroom("https://x.com/", timezone="America/Lima", languages=("es",), country="pe")
    assert (newsroom.country, newsroom.timezone, newsroom.languages) == ("PE", "America/Lima", ("es",))


def test_a_host_leads_to_its_newsroom() -> None:
    found = newsroom_of("https://oikeusministerio.fi/-/seppä")
    assert found is not None
    assert found.slug == "fi_om"
    assert newsroom_of("https://nobody.example/") is None


def test_every_key_is_documented() -> None:
    page = (BUILT_IN.parent.parent / "docs" / "add-a-newsroom.md").read_text(encoding="utf-8")
    for key in (*Newsroom.__struct_fields__, *Source.__struct_fields__, *Expects.__struct_fields__):
        assert key == "slug" or f"`{key}" in page, key
