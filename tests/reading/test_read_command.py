"""``communique read``: one page, a plain-text copy, a batch that nothing stops. Pages are synthetic."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from communique.cli import main

PAGE = """<html lang="sv"><head><title>Nya regler för hamnar | Hamnministeriet</title></head><body>
<nav><a href="/">Start</a></nav><main><h1>Nya regler för hamnar</h1><p class="date">21.6.2022 11.43</p>
<p>De nya reglerna gäller från och med nästa år i alla hamnar i landet, säger ministern.</p>
<p>Ytterligare information: Ida Ekdal, specialmedarbetare, tfn 0295 000 111, ida.ekdal@hamn.example</p></main>
<footer>Växel 0295 000 000</footer></body></html>"""


def run(*arguments: str, given: str | None = None) -> str:
    result = CliRunner().invoke(main, ["read", *arguments], input=given)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_page_as_json(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    found = json.loads(run(str(tmp_path / "page.html"), "--newsroom", "fi_om", "--json"))
    assert found["headline"] == "Nya regler för hamnar"
    assert (
        found["body"]
        == "De nya reglerna gäller från och med nästa år i alla hamnar i landet, säger ministern."
    )
    assert [(c["name"], c["phone_e164"], c["email"]) for c in found["contacts"]] == [
        ("Ida Ekdal", "+358295000111", "ida.ekdal@hamn.example")
    ]


def test_explain_tells_what_decided(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    told = run(str(tmp_path / "page.html"), "--newsroom", "fi_om", "--explain")
    assert "Nya regler för hamnar   [h1, confirmed by" in told


def test_a_batch_goes_on_whatever_a_line_is(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    lines = [
        json.dumps(
            {"file": "page.html", "url": "https://www.hamn.example/1", "languages": ["sv"], "country": "FI"}
        ),
        "no json",
        json.dumps({"file": "missing.html", "url": "https://www.hamn.example/2"}),
        json.dumps({"file": "page.html", "url": "::::", "newsroom": "xx_nobody"}),
        json.dumps({"file": "a\x00b", "url": "https://www.hamn.example/3"}),
        json.dumps({"url": "https://www.hamn.example/4"}),
    ]
    found = [
        json.loads(line)
        for line in run("--batch", "--root", str(tmp_path), given="\n".join(lines)).splitlines()
    ]
    assert found[0]["headline"] == "Nya regler för hamnar"
    assert ["rejected" in record for record in found] == [False, True, True, True, True, True]


def test_an_unreadable_file_is_one_line_and_usage() -> None:
    result = CliRunner().invoke(main, ["read", "nowhere.html"])
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
