"""One thing that is wrong with a newsroom, as health judges it and an incident keeps it."""

from __future__ import annotations

from dataclasses import dataclass

#: what to do where a site refuses us
WHEN_BLOCKED = "we are refused: write to the site's operators; never work round a block"


@dataclass(frozen=True, slots=True)
class Example:
    """A page that shows a trouble. ``capture_id`` is None where nothing was answered."""

    url: str
    capture_id: int | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something an operator must know: ``kind`` names it, ``todo`` says what to do next, ``example`` shows it."""

    kind: str
    message: str
    todo: str
    example: Example | None = None

    def joined(self, other: Trouble) -> Trouble:
        """The same kind of trouble seen twice (two sources, say) is one, with both messages."""
        return Trouble(
            self.kind, f"{self.message}; {other.message}", self.todo, self.example or other.example
        )
