"""A newsroom that only a browser shows, in Debian's Chromium, and what its pages try on this machine."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawl.test_demo import ROOT
from tests.hostile.pages import WORDS, redirect
from tests.hostile.run import DEFAULTS, Newsroom, Told
from tests.hostile.test_hosts import Listener
from tests.replay import Page, Replay, replay

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def shell(script: str) -> Page:
    return Page(
        f"<html lang=en><head><title>App</title></head><body><div id=app></div><script>{script}</script></body></html>".encode()
    )


def inside_of(guarded: Listener) -> str:
    return f"http://127.0.0.2:{guarded.port}/secret"


def article(script: str = "", more: str = "") -> Page:
    """A release that a script writes, after what the script does first; ``more`` is put behind it, as an expression."""
    text = (
        "<main><article><h1>Notice one on harbours and bridges</h1><p>Published 20.10.2026 10.00</p>"
        f"<p>{WORDS}</p><p>{WORDS}</p></article></main>"
    )
    return shell(f"{script}; document.getElementById('app').innerHTML = {json.dumps(text)}{more}")


def crawled(folder: Path, server: Replay) -> Told:
    """The newsroom ``js`` crawled through Chromium, by the command."""
    room = Newsroom(
        "js", {}, 'browser = true\ndelay = 0.0\nsources = [{ listing = "/news", item = "main li" }]'
    )
    (folder / "newsrooms").mkdir()
    table = DEFAULTS + room.table().replace("https://js.example", f"http://127.0.0.1:{server.port}")
    (folder / "newsrooms" / "js.toml").write_text(table, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "communique", "crawl", "js", "--json", "--archive", str(folder / "archive.db")],
        cwd=ROOT, env={**os.environ, "COMMUNIQUE_NEWSROOMS": str(folder / "newsrooms")},
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    told = Told(folder, done.returncode, done.stderr)
    told.rows = {row["newsroom"]: row for row in json.loads(done.stdout)}
    return told


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no chromium on this machine")
def test_a_newsroom_made_by_scripts_is_read_and_reaches_nothing_private(tmp_path: Path) -> None:
    pytest.importorskip("scrapy_playwright")
    guarded = Listener()
    inside = inside_of(guarded)
    attack = (
        f"fetch('{inside}').catch(() => 0); new WebSocket('{inside.replace('http', 'ws')}'); new Image().src = '{inside}';"
        f"navigator.sendBeacon('{inside}'); window.open('{inside}');"
    )
    hostile = {
        "attack": article(attack, f" + '<img src={inside}><iframe src={inside}></iframe>'"),
        "led-inside": article(f"location.href = '{inside}'"),
        "sent-inside": redirect(inside),
        "sent-to-file": redirect("file:///etc/passwd"),
        "blown-up": article("", " + '<p>' + 'x'.repeat(60000000) + '</p>'"),
    }
    rows = "".join(
        f"<li><a href=/news/{name}-notice>Notice {name}</a> 20.10.2026</li>" for name in ["ok", *hostile]
    )
    listing = f"<h1>News</h1><main><ul>{rows}</ul></main>"
    pages = {
        "news": shell(f"document.getElementById('app').innerHTML = {json.dumps(listing)}"),
        "news/ok-notice": article(),
        **{f"news/{name}-notice": page for name, page in hostile.items()},
    }
    with replay(pages) as server:  # type: ignore[arg-type]
        told = crawled(tmp_path, server)
    guarded.close()
    assert told.stored("js") == {"ok-notice", "attack-notice"}
    assert guarded.hits == 0
    assert told.returncode == 3
    assert all("\n" not in trouble for trouble in told.rows["js"]["trouble"])
    assert "larger than a page may be" in told.trouble("js")
    assert told.query("select count(*) from captures where url not like 'http://127.0.0.1:%'") == [(0,)]
    assert told.query("select count(*) from rejects") == [(0,)], (
        "the browser's own error page is no page of the site"
    )
    assert told.query("select count(*) from owed") == [(4,)]
