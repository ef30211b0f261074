"""The reading room as one ASGI application: Datasette over the archive, read-only, with our pages as its plugin."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from archive.database import open_archive
from archive.dictionary import TABLES
from archive.health import Contract
from archive.web import plugin
from archive.web.guard import PRIVATE

SETTINGS = {
    "sql_time_limit_ms": 2000,
    "max_returned_rows": 1000,
    "default_page_size": 50,
    "truncate_cells_html": 160,  # a row is a line or two; its own page has all of it
    "suggest_facets": False,  # on large tables they cost half a second a page (measured at 1,000,000)
    "facet_time_limit_ms": 500,
    "allow_download": False,  # the file holds private watches: `communique export` makes one to hand on
    "num_sql_threads": 3,
    "force_https_urls": False,
}


def application(path: Path, contracts: Mapping[str, Contract] = MappingProxyType({})) -> Any:
    """An ASGI application over the archive; ``contracts`` are what the registry expects of each newsroom, by slug.

    Raises ArchiveError as ``open_archive`` does.
    """
    open_archive(path).close()
    if not pm.is_registered(plugin):
        pm.register(plugin, name="communique")
        pm.unregister(name="datasette.handle_exception")
    datasette = Datasette([str(path)], metadata=_metadata(path.stem), settings=SETTINGS)
    datasette.contracts = contracts
    name = datasette.get_database().name
    datasette.remove_database(name)
    datasette.add_database(_Uncounted(datasette, path=str(path), is_mutable=True), name=name)
    return datasette.app()


class _Uncounted(Database):  # type: ignore[misc]
    """Its front page would count every table first: no time limit holds there, since SQLite counts a table in one step.

    At a million releases that took 17 seconds off the disk.
    """

    async def table_counts(self, limit: int = 10) -> dict[str, None]:
        """Each table's number of rows as unknown."""
        return dict.fromkeys(await self.table_names())


def _metadata(database: str) -> dict[str, Any]:
    tables: dict[str, dict[str, Any]] = {
        name: {"description": table.about, "columns": table.columns} for name, table in TABLES.items()
    }
    # Datasette finds a full-text table by the row's id; ours has keys in the order of publication.
    tables["releases"] |= {
        "fts_table": "releases_fts", "fts_pk": "position", "sort_desc": "position", "label_column": "headline",
        "facets": [], "size": 20,
    }  # fmt: skip
    tables["newsrooms"] |= {"label_column": "name"}
    tables["_sqlite_migrations"] = {"hidden": True}
    for name in PRIVATE:
        tables[name] |= {"hidden": True, "allow": False}
    return {
        "title": "Communiqué",
        "databases": {
            database: {"description": "Government releases with every edit and takedown.", "tables": tables}
        },
    }
