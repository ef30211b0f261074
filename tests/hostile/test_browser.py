"""A newsroom that only a browser shows, in Debian's Chromium, and what its pages try on this machine."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawl.test_demo import ROOT
from tests.hostile.pages import WORDS
from tests.hostile.run import DEFAULTS, Newsroom, Told
from tests.hostile.test_hosts import Listener
from tests.replay import Page, replay

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def shell(script: str) -> Page:
    return Page(
        f"<html lang=en><head><title>App</title></head><body><div id=app></div><script>{script}</script></body></html>".encode()
    )


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this machine")
def test_a_newsroom_made_by_scripts_is_read_and_reaches_nothing_private(tmp_path: Path) -> None:
    pytest.importorskip("scrapy_playwright")
    guarded = Listener()
    inside = f"http://127.0.0.2:{guarded.port}/secret"
    listing = "<h1>News</h1><main><ul><li><a href=/news/notice-one-of-today>Notice one</a> 20.10.2026</li></ul></main>"
    article = (
        "<main><article><h1>Notice one on harbours and bridges</h1><p>Published 20.10.2026 10.00</p>"
        f"<p>{WORDS}</p><p>{WORDS}</p></article></main><img src={inside}><iframe src={inside}></iframe>"
    )
    attack = f"fetch('{inside}').catch(() => 0); new WebSocket('{inside.replace('http', 'ws')}');"
    pages = {
        "news": shell(f"document.getElementById('app').innerHTML = {json.dumps(listing)}"),
        "news/notice-one-of-today": shell(
            f"{attack} document.getElementById('app').innerHTML = {json.dumps(article)}"
        ),
    }
    with replay(pages) as server:
        room = Newsroom(
            "js", {}, 'browser = true\ndelay = 0.0\nsources = [{ listing = "/news", item = "main li" }]'
        )
        (tmp_path / "newsrooms").mkdir()
        table = DEFAULTS + room.table().replace("https://js.example", f"http://127.0.0.1:{server.port}")
        (tmp_path / "newsrooms" / "js.toml").write_text(table, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "communique", "crawl", "js", "--json", "--archive", str(tmp_path / "archive.db")],
            cwd=ROOT, env={**os.environ, "COMMUNIQUE_NEWSROOMS": str(tmp_path / "newsrooms")},
            capture_output=True, text=True, timeout=100, check=False,
        )  # fmt: skip
    guarded.close()
    told = Told(tmp_path, done.returncode, done.stderr)
    assert done.returncode == 0, done.stdout + done.stderr
    assert told.stored("js") == {"notice-one-of-today"}
    assert guarded.hits == 0
