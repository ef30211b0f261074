"""The demonstration newsroom agrees with itself, holds what it promises, and names nobody real."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from communique.demo import LANGUAGES, Site, build
from communique.demo.newsroom import REPUBLISHED, WITH_AT, WITH_ATTACHMENTS, Release, changes, old_path, words
from communique.demo.server import find

BASE = "http://127.0.0.1:8765"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def first() -> Site:
    return build(1, BASE)


@pytest.fixture(scope="module")
def second() -> Site:
    return build(2, BASE)


def text_of(site: Site, path: str) -> str:
    answer = find(site, path)
    return answer.body.decode("cp1252" if "8859" in answer.content_type else "utf-8")


def links(html: str) -> list[str]:
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(value for name, value in attrs if tag in ("a", "link") and name == "href" and value)

    Reader().feed(html)
    return [link.removeprefix(BASE) for link in found if not link.startswith("#")]


def one(site: Site, number: int, language: str) -> Release:
    return next(r for r in site.releases if (r.number, r.language) == (number, language))


def listed(site: Site, language: str) -> list[str]:
    """Release addresses by following the listing's "next" links."""
    path, found = words(language)["listing_path"], []
    while path:
        html = text_of(site, path)
        found += re.findall(r'<li class="list-item">.*?href="([^"]+)"', html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        path = following[1] if following else None
    return found


def test_there_are_enough_releases_over_enough_years(first: Site) -> None:
    for language in LANGUAGES:
        own = [release for release in first.releases if release.language == language]
        assert len(own) >= 62
        assert (own[-1].published - own[0].published).days > 5 * 365
        assert len({release.headline for release in own}) == len(own)
        assert {release.layout for release in own} == {"old", "liferay"}
    bodies = {(release.lead, release.blocks) for release in first.releases}
    assert len(bodies) == len(first.releases)


def test_the_site_is_the_same_each_time(first: Site) -> None:
    assert build(1, BASE).answers == first.answers


@pytest.mark.parametrize("day", [1, 2])
def test_listing_and_sitemap_name_every_release_and_nothing_else(day: int) -> None:
    site = build(day, BASE)
    for language in LANGUAGES:
        own = {release.path for release in site.releases if release.language == language}
        assert set(listed(site, language)) == {
            old_path(release) if release.number == REPUBLISHED else release.path
            for release in site.releases
            if release.language == language
        }
        tree = ET.fromstring(find(site, f"/sitemap-{language}.xml").body)
        assert {loc.text.removeprefix(BASE) for loc in tree.iter(f"{SITEMAP}loc")} == own


def test_every_link_of_day_1_leads_somewhere(first: Site) -> None:
    for path, answer in first.answers.items():
        if answer.content_type.startswith("text/html") and answer.status == 200:
            target = path if "?" not in path else path.split("?")[0]
            for link in links(text_of(first, target)):
                assert link.startswith("/cdn-cgi/") or find(first, link).status in (200, 301), (path, link)


def test_translations_point_at_one_another(first: Site) -> None:
    for release in first.releases:
        html = text_of(first, release.path)
        others = {one(first, release.number, code).path for code in LANGUAGES}
        assert others <= set(links(html)), release.path


def test_the_feed_shows_the_newest_twenty(first: Site) -> None:
    for language in LANGUAGES:
        answer = find(first, words(language)["feed_path"])
        entries = ET.fromstring(answer.body).findall(f"{ATOM}entry")
        own = [release for release in first.releases if release.language == language]
        assert [entry.findtext(f"{ATOM}title") for entry in entries] == [r.headline for r in own[:-21:-1]]
        assert answer.etag
        assert answer.modified == own[-1].published


def test_a_page_past_the_end_is_an_empty_listing(first: Site) -> None:
    path = words("fi")["listing_path"]
    last = max(int(key.split("?")[1]) for key in first.answers if key.startswith(f"{path}?"))
    assert words("fi")["labels"]["empty"] in first.answers[f"{path}?{last}"].body.decode()


def test_the_shapes_of_contacts_are_there(first: Site) -> None:
    for language in LANGUAGES:
        contacts = words(language)["contacts"]
        assert len(set(contacts["shapes"])) >= 8
        used = {release.contact_lines for release in first.releases if release.language == language}
        assert len({re.sub(r"\d", "", lines).count("\n") for lines in used}) >= 4
        every = "".join(text_of(first, r.path) for r in first.releases if r.language == language)
        assert every.count("data-cfemail=") >= 10
        assert every.count("(at)saaristo.example") == 1
        assert re.search(r"(etunimi\.sukunimi|fornamn\.efternamn|firstname\.lastname)@", every)
        assert "(at)" in text_of(first, one(first, WITH_AT, language).path)


def test_protected_addresses_decode_to_the_person_beside_them(first: Site) -> None:
    html = text_of(first, one(first, 0, "fi").path)
    code = bytes.fromhex(re.search(r'data-cfemail="([0-9a-f]+)"', html)[1])
    assert bytes(byte ^ code[0] for byte in code[1:]).decode() == "aila.merikallas@saaristo.example"


def test_one_release_has_two_pdfs(first: Site) -> None:
    with_files = {release.number for release in first.releases if release.attachments}
    assert with_files == {WITH_ATTACHMENTS}
    for path, _ in one(first, WITH_ATTACHMENTS, "sv").attachments:
        body = find(first, path).body
        assert body.startswith(b"%PDF-1.4")
        table = int(re.search(rb"startxref\n(\d+)", body)[1])
        assert body[table:].startswith(b"xref")
        assert "Två".encode("cp1252") in body


def test_a_republished_release_moved_for_good(first: Site) -> None:
    release = one(first, REPUBLISHED, "en")
    answer = find(first, old_path(release))
    assert (answer.status, answer.location) == (301, BASE + release.path)


def test_day_2_differs_exactly_where_changes_says(first: Site, second: Site) -> None:
    pages = {r.path for r in (*first.releases, *second.releases)}
    differing = {path for path in pages if first.answers.get(path) != second.answers.get(path)}
    named = {
        next(r.path for r in (*first.releases, *second.releases) if (r.number, r.language) == key)
        for key in ((change["release"], change["language"]) for change in changes())
    }
    assert differing == named
    for path in ("/sitemap-en.xml", words("en")["feed_path"], words("en")["listing_path"]):
        assert first.answers[path] == second.answers[path], "the silent edit must not show outside its page"
    kinds = sorted(change["kind"] for change in changes())
    assert kinds == ["contact", "edit", "front", "gone", "new", "new", "silent"]
    assert len(second.releases) == len(first.releases)


def test_what_day_2_shows_and_hides(first: Site, second: Site) -> None:
    where = {
        change["kind"]: (change["release"], change["language"])
        for change in changes()
        if change["kind"] != "new"
    }
    before = {kind: find(first, one(first, *key).path) for kind, key in where.items()}
    after = {kind: find(second, one(first, *key).path) for kind, key in where.items()}
    assert after["gone"].status == 410
    assert (after["front"].status, after["front"].location) == (302, "/sv/")
    assert after["silent"].modified == before["silent"].modified
    assert after["silent"].etag != before["silent"].etag
    assert sum(a != b for a, b in zip(after["silent"].body, before["silent"].body, strict=True)) == 1
    assert "Päivitetty 21.10.2025 9.15".encode() in after["edit"].body
    assert b"dateModified" in after["edit"].body
    assert after["contact"].modified > before["contact"].modified


def test_phone_numbers_and_addresses_are_reserved_ones(first: Site, second: Site) -> None:
    for release in (*first.releases, *second.releases):
        html = text_of(first if release in first.releases else second, release.path)
        for number in re.findall(
            r"(?:\+|\b0)\d[\d ]{7,}\d", re.sub(r"<[^>]*>|\d{4}-\d\d-\d\d\S*", "|", html)
        ):
            digits = re.sub(r"\D", "", number).removeprefix("358").removeprefix("0")
            assert re.fullmatch(r"2950000\d\d|4684650040?\d\d", digits), number
        for host in re.findall(r"@([\w.-]+)", re.sub(r'"@\w+"', "", html)):
            assert host.endswith(".example"), host


def test_bodies_have_quotes_headings_lists_and_tables(first: Site) -> None:
    for language in LANGUAGES:
        pages = [text_of(first, release.path) for release in first.releases if release.language == language]
        for tag in ("<h2>", "<ul><li>", "<table>"):
            assert sum(tag in page.split("</h1>")[1] for page in pages) >= 4, tag
        assert sum("– " in page or "“" in page for page in pages) == len(pages)
