"""Answers as a Parquet file with real types: instants, whole numbers, lists. Needs pyarrow (the extra ``parquet``)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from archive.export import COLUMNS, Record
from archive.package import describe

ROWS = 2_000  # in a group: what is held in memory
INSTANTS = ("published_at", "modified_at", "first_seen_at", "last_seen_at", "captured_at")
CONTACT = ("name", "role", "org", "phone", "phone_e164", "email", "email_state")


def write_parquet(found: Iterable[Record], path: Path) -> None:
    """One row a release. Instants are in UTC; ``published_local`` keeps the newsroom's own time as text."""
    schema = _schema()
    with path.open("wb") as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
        rows: list[dict[str, Any]] = []
        for record in found:
            rows.append(_row(record))
            if len(rows) == ROWS:
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
                rows.clear()
        writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _schema() -> pa.Schema:
    fields = [pa.field(name, _type(name), metadata={"description": describe(name)}) for name in COLUMNS]
    return pa.schema([*fields, pa.field("published_local", pa.string())])


def _type(name: str) -> pa.DataType:
    if name in ("id", "revision"):
        return pa.int64()
    if name in INSTANTS:
        return pa.timestamp("us", tz="UTC")
    if name == "contacts":
        return pa.list_(pa.struct([(part, pa.string()) for part in CONTACT]))
    return pa.list_(pa.string()) if name in ("topics", "attachments") else pa.string()


def _row(record: Record) -> dict[str, Any]:
    row = {name: getattr(record, name) for name in COLUMNS}
    return row | {name: _instant(row[name]) for name in INSTANTS} | {"published_local": record.published_at}


def _instant(told: str | None) -> datetime | None:
    """A day without a time is its midnight in UTC; ``published_precision`` says that it is a day."""
    if told is None:
        return None
    at = datetime.fromisoformat(told)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
