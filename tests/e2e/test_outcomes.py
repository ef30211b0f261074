"""What is printed behind a run: its table, and what a person can do next, as they can type it."""

from pathlib import Path

import pytest

from communique.crawling import Outcome
from communique.outcomes import show
from crawler.tally import Tally


def test_the_next_commands_are_called_as_this_one_was(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", [".venv/bin/communique", "crawl", "demo"])
    monkeypatch.setenv("PATH", "/nowhere")
    show(Outcome([Tally("demo", new=2)]), Path("archive.db"), as_json=False, suggest=True)
    assert '.venv/bin/communique search "majakka"' in capsys.readouterr().out


def test_a_real_newsroom_is_suggested_by_its_own_name(capsys: pytest.CaptureFixture[str]) -> None:
    show(Outcome([Tally("fi_om", new=2)]), Path("other.db"), as_json=False, suggest=True)
    assert 'search "newsroom:fi_om" --archive other.db' in capsys.readouterr().out


def test_a_scheduled_run_prints_its_table_only(capsys: pytest.CaptureFixture[str]) -> None:
    show(Outcome([Tally("fi_om", new=2)]), Path("archive.db"), as_json=False, suggest=False)
    told = capsys.readouterr().out
    assert "fi_om" in told
    assert "Next" not in told
