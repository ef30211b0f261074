"""What two language versions of a release both say, whatever their words: numbers, ways to reach somebody, the day (pure).

Digits count in groups, so that "1.5", "1,5" and "10 000", "10,000" are the same groups in every language.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from archive.model import Release

_DIGITS = re.compile(r"\d+")


def facts(release: Release) -> Counter[str]:
    """Each fact, as a reader is told of it, with how often the release says it."""
    text = unicodedata.normalize("NFKC", f"{release.headline}\n{release.subheadline or ''}\n{release.body}")
    found = Counter(f"number {western(digits)}" for digits in _DIGITS.findall(text))
    for contact in release.contacts:
        emails = {email.lower() for email in (*contact.emails, contact.email) if email}
        found.update(f"address {email}" for email in emails)
        if contact.phone_e164:
            found[f"phone {contact.phone_e164}"] += 1
    if release.published is not None:
        found[f"date {release.published.at.date().isoformat()}"] = 1
    return found


def dropped(before: Release, after: Release, other: Release) -> tuple[str, ...]:
    """What ``before`` and its translation ``other`` both said, and ``after`` doesn't say any more, or less often."""
    said, says, others = facts(before), facts(after), facts(other)
    return tuple(fact for fact in said if says[fact] < said[fact] <= others[fact])


def still_apart(lost: tuple[str, ...], release: Release, other: Release) -> tuple[str, ...]:
    """Those of the facts a release once dropped that its translation says more often than it does, by now."""
    says, others = facts(release), facts(other)
    return tuple(fact for fact in lost if says[fact] < others[fact])


def western(digits: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(digit)) for digit in digits)
