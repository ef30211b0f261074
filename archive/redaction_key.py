"""The key that an archive's standing orders are digested with: a file beside it, in no database and in no evidence.

Without it nobody can try texts against the orders, whoever has a copy of the archive: there are few phone numbers.
"""

from __future__ import annotations

import os
import secrets
from hashlib import sha256
from pathlib import Path

from archive.errors import ArchiveDamaged

FILE = "redactions.key"
_NAMED = "key:"


def key_file(path: Path) -> Path:
    """Where the key of the archive at ``path`` lies, as its evidence does."""
    return path.absolute().parent / FILE


def made_key(path: Path) -> str:
    """The name of the key of the archive at ``path``, which is made where there is none; readable by its owner alone."""
    file = key_file(path)
    if not file.exists():
        part = file.with_name(f"{FILE}.part")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secrets.token_hex(32))
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(file)
    return _name(file.read_text().strip())


def salt_named(path: Path, salt: str) -> str:
    """The salt, as hex digits, that a row of ``standing`` names: its own, or the key. Raises ArchiveDamaged without it."""
    if not salt.startswith(_NAMED):
        return salt
    file = key_file(path)
    key = file.read_text().strip() if file.exists() else ""
    if _name(key) != salt:
        state = "is another one" if key else "is missing"
        raise ArchiveDamaged(
            f"{file} {state}: without it what was redacted would come back unnoticed; put it back from a backup"
        )
    return key


def _name(key: str) -> str:
    """Says which key it is, and nothing of it."""
    return _NAMED + sha256(key.encode()).hexdigest()[:16]
