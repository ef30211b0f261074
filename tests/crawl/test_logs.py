"""What a log holds: where things went, one line a newsroom, and never what a release says of people."""

import json
import logging
from pathlib import Path

import pytest

from communique.crawling import Outcome
from communique.logs import log_to
from communique.outcomes import write_down
from crawler.tally import Tally
from tests.hostile.pages import site
from tests.hostile.run import Newsroom, run
from tests.replay import replay


def test_no_text_and_no_person_is_logged_even_at_debug(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPLAY_LOG", "debug")
    pages = site("logs.example", ["one"])
    with replay(pages) as server:
        told = run(server, tmp_path, [Newsroom("logs", pages)])
    assert told.stored("logs") == {"one"}
    assert "Read https://logs.example/news/one" in told.stderr
    for text in ("Esimerkki", "+358", "opinions on the proposal"):
        assert text not in told.stderr


def test_a_newsroom_is_one_line_and_a_warning_where_something_is_wrong(tmp_path: Path) -> None:
    well, ill = Tally("xx_well", new=2, requests=5), Tally("xx_ill")
    ill.worse("blocked", "HTTP 403")
    log_to(tmp_path / "crawl.log", "json", None)
    try:
        logging.getLogger("scrapy.core.engine").info("Spider opened")
        write_down(Outcome([well, ill]))
    finally:
        logging.basicConfig(handlers=[logging.NullHandler()], force=True)
    lines = [json.loads(line) for line in (tmp_path / "crawl.log").read_text().splitlines()]
    assert [(it["level"], it["newsroom"], it["verdict"]) for it in lines] == [
        ("info", "xx_well", "ok"),
        ("warning", "xx_ill", "blocked"),
    ]
    assert "HTTP 403" in lines[1]["message"]
