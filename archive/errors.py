"""Errors with a name: what happened, on which input, what to do next. The command line prints one line, no traceback."""

from __future__ import annotations


class NamedError(Exception):
    """The root of all errors that a user can act on. ``exit_code`` is one of ``communique.exits``."""

    exit_code = 5


class ArchiveError(NamedError):
    """The archive can't be used: missing, damaged, locked, of another version, or the disk is full."""


class UsageError(NamedError):
    """What was asked for can't be understood or doesn't exist: the text says what was expected."""

    exit_code = 2


class ArchiveMissing(ArchiveError):
    """There is no archive at the path."""


class ArchiveBusy(ArchiveError):
    """Another run writes to the archive."""

    exit_code = 4


class ArchiveLocked(ArchiveError):
    """Another program holds the database."""


class ArchiveDamaged(ArchiveError):
    """The database or the evidence is not as it was written."""


class ArchiveTooNew(ArchiveError):
    """The archive was made by a newer version."""


class DiskFull(ArchiveError):
    """No space is left for the archive."""
