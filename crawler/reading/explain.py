"""Why a page is read as it is: for each field the evidence that decided, and the candidates that lost."""

from __future__ import annotations

from collections.abc import Iterator

from archive.model import Release
from crawler.items import Printed, Refusal, ReleaseItem

_SINGLE = ("headline", "subheadline", "type_label", "byline", "number", "language")


def explain(item: ReleaseItem | Refusal, release: Release | None) -> Iterator[str]:
    """Lines for people: field, value, evidence; below each the candidates that lost. A refusal tells its reason."""
    if isinstance(item, Refusal):
        yield f"refused: {item.reason}"
        yield f"  because {item.evidence}"
        return
    yield f"layout          {item.layout}"
    for field in _SINGLE:
        yield from _single(field, getattr(item, field), item)
    yield from _dates("published", item.published, release)
    yield from _dates("modified", item.modified, release)
    yield from _contacts(item, release)
    yield f"attachments     {len(item.attachments)}"
    yield from (f"    {attachment.url}" for attachment in item.attachments)
    first, _, rest = item.body.partition("\n")
    yield f"body            {len(item.body)} characters, {item.body.count(chr(10) * 2) + 1 if item.body else 0} paragraphs"
    yield f"    begins  {_short(first)}"
    yield f"    ends    {_short(rest.rpartition(chr(10))[2] or first)}"


def _single(field: str, printed: Printed | None, item: ReleaseItem) -> Iterator[str]:
    lost = [candidate for name, candidate in item.lost if name == field]
    if printed is None and not lost:
        yield f"{field:16}–"
        return
    yield f"{field:16}{_short(printed.text)}   [{printed.evidence}]" if printed else f"{field:16}–"
    yield from (f"    lost    {_short(candidate.text)}   [{candidate.evidence}]" for candidate in lost)


def _dates(field: str, candidates: tuple[Printed, ...], release: Release | None) -> Iterator[str]:
    moment = getattr(release, field) if release else None
    reason = release.published_reason if release and field == "published" else None
    if moment is None:
        yield f"{field:16}– {f'({reason})' if reason else ''}"
    else:
        yield f"{field:16}{moment.isoformat()}   [{moment.evidence}: {_short(moment.raw)}]"
    for candidate in candidates:
        if moment is None or candidate.evidence != moment.evidence:
            yield f"    lost    {_short(candidate.text)}   [{candidate.evidence}]"


def _contacts(item: ReleaseItem, release: Release | None) -> Iterator[str]:
    yield f"contacts        {len(release.contacts) if release else 0} from {len(item.contact_blocks)} blocks"
    for block in item.contact_blocks:
        yield f"    block   {_short(' / '.join(block.lines))}   [{block.evidence}]"
    for contact in release.contacts if release else ():
        parts = (
            contact.name,
            contact.role,
            contact.org,
            contact.phone,
            contact.email,
            f"e-mail {contact.email_state.value}",
        )
        yield f"    contact {', '.join(filter(None, parts))}"


def _short(text: str, size: int = 110) -> str:
    return text if len(text) <= size else text[: size - 1] + "…"
