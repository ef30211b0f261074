"""A proof bundle stands alone: checked by a bare Python, and no altered byte passes."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique.cli import main
from tests.archive.crash import run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The unpacked bundle of release 2, which was edited in silence."""
    path = tmp_path / "archive.db"
    run(path)
    bundle = tmp_path / "proof.zip"
    result = CliRunner().invoke(main, ["prove", "2", "--to", str(bundle), "--archive", str(path)])
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(bundle) as file:
        file.extractall(tmp_path / "proof")
    return tmp_path / "proof"


def checked(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-S", str(folder / "check.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_bundle_is_checked_without_the_archive(folder: Path) -> None:
    result = checked(folder)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "does not show that the server" in " ".join(result.stdout.split())
    proof = json.loads((folder / "proof.json").read_text())
    assert [item["values"][0] for item in proof["leaves"]].count("revision") == 2


def test_a_digest_noted_elsewhere_is_looked_for(folder: Path) -> None:
    proof = json.loads((folder / "proof.json").read_text())
    assert checked(folder, "--digest", proof["chain"][0]["digest"]).returncode == 0
    assert checked(folder, "--digest", "ab" * 32).returncode == 1


def alter(folder: Path, change: str) -> None:
    proof = json.loads((folder / "proof.json").read_text())
    if change == "value":
        proof["leaves"][0]["values"][3] += "x"
    elif change == "path":
        proof["leaves"][0]["path"][0][1] = "00" * 32
    elif change == "chain":
        proof["chain"][0]["day"] = "2020-01-01"
    elif change == "payload":
        proof["leaves"][0]["values"][6] = "00" * 32
    (folder / "proof.json").write_text(json.dumps(proof))


@pytest.mark.parametrize("change", ["value", "path", "chain", "payload"])
def test_no_altered_statement_passes(folder: Path, change: str) -> None:
    alter(folder, change)
    assert checked(folder).returncode == 1


def test_no_altered_page_passes(folder: Path) -> None:
    record = bytearray((folder / "record.warc.gz").read_bytes())
    record[len(record) // 2] ^= 1
    (folder / "record.warc.gz").write_bytes(record)
    assert checked(folder).returncode == 1


def test_an_unknown_release_is_a_usage_error(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    run(path)
    result = CliRunner().invoke(
        main, ["prove", "99", "--archive", str(path), "--to", str(tmp_path / "p.zip")]
    )
    assert result.exit_code == 2
    assert "no release 99" in result.output
