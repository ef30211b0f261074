"""Lines that stand beside a text on any site and are no part of it: share bars and picture captions."""

from __future__ import annotations

import re

from crawler.languages import Words, pattern
from crawler.reading.blocks import Block

#: names of networks and of share tools: the same in every language
_NETWORKS = re.compile(
    r"(?<!\w)(?:x|twitter|facebook|messenger|linkedin|whatsapp|instagram|youtube|rss|telegram|reddit|pinterest|xing|mastodon|bluesky|threads|"
    r"addthis|addtoany|sharethis|vk|viber|tumblr|flickr|tiktok|kakaotalk|kakaostory|naver|weibo|wechat|line|print|e-?mail|pdf|url|qr)(?!\w)"
)
_WORD = re.compile(r"\w")
#: captions and share bars are lines, no paragraphs
_LINE = 200


def is_share_line(block: Block, words: Words) -> bool:
    """Whether a line says nothing but "share this page" and names of networks."""
    if len(block.text) > 120:
        return False
    folded = block.folded
    if folded.rstrip(":.! ") in words.pages.share:
        return True
    if not _NETWORKS.search(folded):
        return False
    return not _WORD.search(pattern(words.pages.share).sub(" ", _NETWORKS.sub(" ", folded)))


def is_caption(block: Block, words: Words) -> bool:
    """Whether a line is a picture's caption by its credit: "Harbour. Photo: …", "… © Agency"."""
    text = block.text
    if len(text) > _LINE or not (":" in text or "\uff1a" in text or "©" in text or "/" in text):
        return False
    if "©" in text and len(text) < 160:
        return True
    folded = block.folded
    found = pattern(words.contacts.photo).search(folded)
    if found is None:
        return False
    after = folded[found.end() :].lstrip(" s)")
    return after[:1] in (":", "/") or (found.start() == 0 and after[:1] == "©")
