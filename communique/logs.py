"""Where the log goes: stderr on request, or a rotating file, as text or as one JSON object a line."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

import msgspec

MAX_BYTES = 10_000_000
KEPT = 5


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, logger, message, error."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        told |= getattr(record, "row", {})
        if record.exc_info and record.exc_info[0] is not None:
            told["error"] = self.formatException(record.exc_info)
        return msgspec.json.encode(told).decode()


def log_to(file: Path | None, form: str, level: str | None) -> None:
    """Sets the log up for this process. Without a file and a level nothing is logged: the run's table tells.

    Without a level the log holds one line a newsroom and what went wrong.
    """
    if file is None and level is None:
        logging.basicConfig(handlers=[logging.NullHandler()], force=True)
        return
    handler: logging.Handler = (
        RotatingFileHandler(file, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8")
        if file is not None
        else logging.StreamHandler(sys.stderr)
    )
    text = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if form == "json" else text)
    logging.basicConfig(level=(level or "info").upper(), handlers=[handler], force=True)
    if level is None:
        handler.addFilter(_is_ours_or_wrong)


def _is_ours_or_wrong(record: logging.LogRecord) -> bool:
    """At the handler, since Scrapy sets the levels of its loggers anew when it starts."""
    return record.levelno >= logging.WARNING or record.name.startswith("communique")
