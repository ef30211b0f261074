"""What a question finds."""

from __future__ import annotations

from dataclasses import dataclass

from archive.snippets import Part


@dataclass(frozen=True, slots=True)
class Hit:
    """One release that answers. Dates are ISO 8601 as the archive keeps them: a day or a local time with its offset."""

    id: int
    newsroom: str
    ministry: str
    country: str | None
    url: str
    headline: tuple[Part, ...]
    passage: tuple[Part, ...]
    published_at: str | None
    language: str | None
    type: str | None
    type_label: str | None
    state: str
    revisions: int
    position: int
    revision: int | None = None  # the earlier revision that said it, where the release doesn't any more

    @property
    def title(self) -> str:
        """The headline as text."""
        return "".join(part.text for part in self.headline)
