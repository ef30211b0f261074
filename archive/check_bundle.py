"""Checks a proof bundle of Communiqué without Communiqué: Python 3.11+ and nothing else.

    python check.py                   checks the files beside it
    python check.py --digest DIGEST   and that this digest, noted elsewhere, is one of the chain

It recomputes every digest from the bytes in record.warc.gz up to the chain in proof.json, and says what that shows.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

START = "0" * 64
SAYS = (
    "This shows that the archive held these bytes, revisions and events when the digests of the chain were made. Whoever"
    " kept one of those digests at the time can check that nothing before it was altered since. It does not show that"
    " the server of the address sent them."
)


def check(folder: Path, known: str | None = None) -> list[str]:
    """Every fault found in the bundle; an empty list for none."""
    proof = json.loads((folder / "proof.json").read_text(encoding="utf-8"))
    payloads = dict(_payloads((folder / "record.warc.gz").read_bytes()))
    faults = list(_chain_faults(proof["chain"], known))
    roots = {entry["seq"]: entry["root"] for entry in proof["chain"]}
    for item in proof["leaves"]:
        faults += _leaf_faults(item, roots)
        if item["values"][0] == "capture":
            faults += _payload_faults(item["values"], payloads)
    return faults


def _chain_faults(entries: list[dict[str, Any]], known: str | None) -> Iterator[str]:
    previous = START
    for entry in entries:
        if entry["previous"] != previous or entry["digest"] != _leaf(_chained(entry)):
            yield f"chain entry {entry['seq']} ({entry['day']}) does not fit the one before it"
        previous = entry["digest"]
    if known and known not in {entry["digest"] for entry in entries}:
        yield f"the digest {known} is not one of this chain"


def _chained(entry: dict[str, Any]) -> list[Any]:
    """What an entry's digest is made of; entries of the first form cover no sheets of the ledger."""
    sheet = entry.get("last_sheet", 0)
    ends = [entry[f"last_{name}"] for name in ("capture", "revision", "event")] + ([sheet] if sheet else [])
    form = f"communique chain {2 if sheet else 1}"
    made = [entry["made_at"]] if sheet else []
    return [form, entry["seq"], entry["day"], *ends, entry["leaves"], entry["root"], entry["previous"], *made]


def _leaf_faults(item: dict[str, Any], roots: dict[int, str]) -> Iterator[str]:
    name = f"{item['values'][0]} {item['values'][1]}"
    if _leaf(item["values"]) != item["digest"]:
        yield f"{name}: its values do not give its digest"
    digest = item["digest"]
    for side, sibling in item["path"]:
        pair = (sibling, digest) if side == "left" else (digest, sibling)
        digest = _sha256(b"\x01" + bytes.fromhex(pair[0]) + bytes.fromhex(pair[1]))
    if digest != roots.get(item["entry"]):
        yield f"{name}: its digest does not lead to the root of chain entry {item['entry']}"


def _payload_faults(values: list[Any], payloads: dict[str, tuple[str, str]]) -> Iterator[str]:
    """A capture's payload is in its own record, or (for a page that repeats an earlier one) in that one's."""
    record_id, address, digest = values[2], values[3], values[6]
    if record_id not in payloads:
        yield f"capture {values[1]}: its record is not in record.warc.gz"
        return
    if payloads[record_id][0] != address:
        yield f"capture {values[1]}: its record is of another address"
    if digest not in {each[1] for each in payloads.values()}:
        yield f"capture {values[1]}: no record's bytes give its digest"


def _payloads(data: bytes) -> Iterator[tuple[str, tuple[str, str]]]:
    """Of every record: its id, address and the digest of its payload."""
    while data:
        inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        record = inflate.decompress(data)
        data = inflate.unused_data
        head, _, block = record.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().splitlines()[1:] if ": " in line)
        block = block[: int(fields["Content-Length"])]
        payload = block.partition(b"\r\n\r\n")[2]
        yield fields["WARC-Record-ID"], (fields.get("WARC-Target-URI", ""), _sha256(payload))


def _leaf(values: list[Any]) -> str:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return _sha256(b"\x00" + text.encode("utf-8", "surrogatepass"))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main(arguments: list[str]) -> int:
    """Prints the verdict; 0 where everything fits, 1 where something doesn't."""
    known = arguments[arguments.index("--digest") + 1] if "--digest" in arguments else None
    try:
        faults = check(Path(__file__).parent, known)
    except (OSError, ValueError, KeyError, IndexError, zlib.error, gzip.BadGzipFile) as error:
        faults = [f"the bundle can't be read: {error!r}"]
    out = io.StringIO()
    for fault in faults:
        out.write(f"WRONG: {fault}\n")
    out.write(SAYS + "\n" if not faults else "The bundle is not as it was written.\n")
    sys.stdout.write(out.getvalue())
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
