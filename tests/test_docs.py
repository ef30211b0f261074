"""The documentation says what is so: every command and option, every link, every command line it shows."""

import re
from pathlib import Path

import click
import pytest

from communique.cli import COMMANDS, main
from communique.reference import render

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_reference_is_as_the_commands_are() -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == render(), "a command changed: run `make docs`"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_in_the_reference(name: str) -> None:
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    section = written.split(f"\n## communique {name}\n")[1]
    command = main.get_command(click.Context(main), name)
    children = list(command.commands.values()) if isinstance(command, click.Group) else []
    for parameter in (parameter for one in (command, *children) for parameter in one.params):
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.opts[-1] in section
            assert parameter.help, f"{name} {parameter.opts[-1]} does not say what it does"


def test_the_reference_is_linked_from_the_readme() -> None:
    assert "docs/commands.md" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_inside_the_documentation_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
        assert target.startswith(("http://", "https://")) or (page.parent / target).exists(), target
