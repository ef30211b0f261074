"""The archive from Python, and for assistants."""

import asyncio
import gc
import json
import sys
from pathlib import Path

import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

import archive
from archive.errors import UsageError
from tests.answers import shelf


def test_open_search_read_count_cite(shelf_path: Path) -> None:
    with archive.open(shelf_path) as room:
        found = room.search("människohandel", country="fi", since="2022")
        assert [hit.title for hit in found] == [shelf.TRAFFICKING_SV.headline]
        assert found.to_dicts()[0]["passage"].startswith("De nordiska")
        assert room.release(1).release.contacts[0].name == "Aino Esimerkki"
        assert dict(room.count("language", text="människohandel").rows) == {("sv",): 2}
        assert "urn:communique:" in archive.room.cite.plain(room.cite(1))
        assert len(list(room.every())) == len(shelf.ALL)
        with pytest.raises(UsageError):
            room.search(since="yesterday")


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_who_stops_reading_half_way_closes_without_a_word(shelf_path: Path) -> None:
    with archive.open(shelf_path) as room:
        every = room.every()
        assert next(every)
    del every
    gc.collect()


def test_a_table_for_pandas(shelf_path: Path) -> None:
    with archive.open(shelf_path) as room:
        found = room.search("människohandel").to_pandas()
        assert found.index.name == "id"
        assert list(found["headline"]) == [shelf.BUDGET.headline, shelf.TRAFFICKING_SV.headline]
        assert str(found["published_at"].dtype) == "datetime64[us, UTC]"
        assert list(found["published_at"].dt.year) == [2023, 2022]
        nothing = room.search("nothingatall").to_pandas()
        assert (len(nothing), list(nothing.columns)) == (0, list(found.columns))
        counted = room.count("year", "language").to_pandas()
        assert counted.set_index(["year", "language"])["releases"]["2022", "sv"] == 1


def test_an_assistant_searches_and_reads_but_changes_nothing(shelf_path: Path) -> None:
    before = shelf_path.read_bytes()
    found, read, tools = asyncio.run(_talk(shelf_path))
    assert found["releases"][0]["headline"] == shelf.TRAFFICKING_FI.headline
    assert read["citation"]
    assert tools == {"search", "read", "count", "cite"}
    assert shelf_path.read_bytes() == before


async def _talk(path: Path) -> tuple[dict, dict, set[str]]:  # type: ignore[type-arg]
    parameters = StdioServerParameters(
        command=sys.executable, args=["-m", "communique", "mcp", "--archive", str(path)]
    )
    async with stdio_client(parameters) as (reading, writing), ClientSession(reading, writing) as session:
        await session.initialize()
        listed = (await session.list_tools()).tools
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in listed)
        tools = {tool.name for tool in listed}
        found = json.loads((await session.call_tool("search", {"query": "ihmiskauppa"})).content[0].text)
        read = json.loads(
            (await session.call_tool("read", {"release_id": found["releases"][0]["id"]})).content[0].text
        )
        assert not (await session.call_tool("count", {"by": "year"})).is_error
        wrong = await session.call_tool("search", {"since": "yesterday"})
        assert wrong.is_error
        assert "write 2022, 2022-06 or 2022-06-21" in wrong.content[0].text
        assert "no release 999" in (await session.call_tool("read", {"release_id": 999})).content[0].text
        meant = await session.call_tool("search", {"query": "formulla"})
        assert json.loads(meant.content[0].text)["did_you_mean"] == "formula"
        return found, read, tools
