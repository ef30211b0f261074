"""The text of a PDF, read in a child process with a bound on time, memory and size.

A PDF can be made to eat any amount of either (pypdf's own changelog names a dozen such files), so it is never
opened in the process that crawls. ``python -m crawler.reading.pdf`` is that child: PDF on stdin, JSON on stdout.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
from itertools import islice

import msgspec

#: most characters kept of one document: about a thousand printed pages
MOST_CHARACTERS = 3_000_000
MOST_PAGES = 2000


class PdfText(msgspec.Struct, frozen=True):
    """What a PDF says: its text, pages parted by form feeds; or, in ``refused``, why it can't be read."""

    text: str = ""
    pages: int = 0
    refused: str | None = None


def pdf_text(data: bytes, *, seconds: int = 30, megabytes: int = 768) -> PdfText:
    """Reads a PDF in a child of its own. Never raises for what the file holds: ``refused`` says what was wrong."""
    command = [sys.executable, "-m", "crawler.reading.pdf", str(seconds), str(megabytes)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds + 10, check=False)
    except subprocess.TimeoutExpired:
        return PdfText(refused=f"took longer than {seconds} s")
    if done.returncode < 0:
        return PdfText(refused=f"took more than {seconds} s of computing or {megabytes} MB")
    if done.returncode:
        return PdfText(refused=_last_line(done.stderr))
    return msgspec.json.decode(done.stdout, type=PdfText)


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else "the reader ended without a word"


def _child(seconds: int, megabytes: int) -> None:
    _bound(seconds, megabytes)
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        answer = PdfText(refused="encrypted with a password")
    else:
        pages = [page.extract_text() for page in islice(reader.pages, MOST_PAGES)]
        answer = PdfText(_storable("\f".join(pages))[:MOST_CHARACTERS], len(reader.pages))
    sys.stdout.buffer.write(msgspec.json.encode(answer))


def _bound(seconds: int, megabytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _storable(text: str) -> str:
    """Without lone surrogates and NUL, which neither JSON nor SQLite keep."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


if __name__ == "__main__":
    _child(int(sys.argv[1]), int(sys.argv[2]))
