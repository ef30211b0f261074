"""The house as DESIGN §2 draws it: sizes, names, one command a module."""

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique.cli import COMMANDS, main

ROOT = Path(__file__).parent.parent
PARTS = [
    path
    for part in ("archive", "communique", "crawler", "pipelines", "bench")
    for path in (ROOT / part).rglob("*.py")
]


@pytest.mark.parametrize("path", PARTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 500
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 60, f"{path.name}:{node.lineno} {node.name}"


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not {path.stem for path in PARTS} & {
        "utils",
        "util",
        "helpers",
        "helper",
        "misc",
        "common",
        "manager",
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert f"communique {name}" in result.output
