"""Where a site's footer begins that no element and no class names: by its copyright line."""

from __future__ import annotations

import re

from crawler.reading.blocks import Block, Zone
from crawler.reading.page import Page

#: the formulae of ownership with which a footer begins, a Chinese site's registration among them
_FORMULA = re.compile(
    r"(?:©|\(c\) |copyright|版权所有|版權所有|著作權|all rights reserved|tous droits réservés|alle rechte vorbehalten|todos los derechos"
    r"|todos os direitos|tutti i diritti|все права защищены|всі права|усі права|toate drepturile|wszelkie prawa|جميع الحقوق|کلیه حقوق"
    r"|כל הזכויות|主办单位|主办：|网站标识码)",
    re.IGNORECASE,
)


#: their first signs: every line is asked
_BEGINS = frozenset("©(cC版著aAtTвВуУwWجک网主כ")


def footer_start(page: Page) -> int:
    """The index of the first line of the footer: the paragraph above a copyright line, or the owner's name there.

    The number of blocks where there is no such line.
    """
    blocks = page.visible
    at = _copyright_line(page)
    if at is None:
        return len(page.blocks)
    owner = blocks[at].text.strip("© ").lstrip("0123456789-– ").casefold()
    for back in range(at - 1, max(-1, at - 9), -1):
        text = blocks[back].text.casefold()
        if blocks[back].heading == 1 or blocks[back].zones & (Zone.HEADER | Zone.NAV):
            break  # the owner's name there is the site's
        if len(text) > 3 and owner and (text == owner or owner.startswith(text)):
            return blocks[back].index
    above = blocks[at - 1] if at else None
    if page.is_text or above is None or above.paragraph == blocks[at].paragraph or _apart(above, blocks[at]):
        return blocks[at].index
    return next(block.index for block in blocks if block.paragraph == above.paragraph)


def _apart(above: Block, line: Block) -> bool:
    """Whether the copyright line begins the footer: what stands above it is none."""
    return bool(line.zones & ~above.zones & Zone.FOOTER)


def _copyright_line(page: Page) -> int | None:
    """The position of the last copyright line; a picture's, above the text or a first heading, is none."""
    blocks = page.visible
    for n in range(len(blocks) - 1, max(-1, len(blocks) - 40), -1):
        line = blocks[n]
        if line.text[0] in _BEGINS and _FORMULA.match(line.text) and not line.zones & Zone.CAPTION:
            return n
        if blocks[n].heading == 1:
            return None
    return None
