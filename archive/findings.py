"""What a check of the archive finds."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of damage: where it lies (a file, an offset, a table and row), what it is, which releases it hits."""

    where: str
    what: str
    releases: tuple[int, ...] = ()


@dataclass(slots=True)
class Report:
    """What was checked and what was found."""

    checked: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    def count(self, name: str, number: int = 1) -> None:
        """So many more were checked."""
        self.checked[name] = self.checked.get(name, 0) + number
