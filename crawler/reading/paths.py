"""The path of a page: "Home > News > Press releases", as a line that no element names so."""

from __future__ import annotations

import re

from crawler.languages.folding import fold

#: steps with signs between them that stand in no sentence
_STEPS = re.compile(r"[^\W\d]\s*(?:\s[>›»]\s|>>|»)\s*[^\W\d]")
#: "Home", "Start", "Front page" in the languages at hand, folded
_HOME = frozenset(
    fold(word)
    for word in (
        "home|homepage|start|startseite|startsida|forside|hjem|etusivu|accueil|inicio|início|home page|pagina iniziale|voorpagina|strona główna|"
        "úvod|úvodní stránka|domov|domů|kezdőlap|főoldal|acasă|начало|главная|главная страница|головна|галоўная|почетна|početna|naslovnica|почеток|почетна страна|"
        "αρχική|αρχική σελίδα|pradžia|titulinis|sākums|avaleht|kreu|ballina|მთავარი|գլխավոր|ana səhifə|басты бет|басты|ana sayfa|anasayfa|الرئيسية|الصفحة الرئيسية|"
        "דף הבית|ראשי|صفحه اصلی|خانه|ہوم|होम|मुख्य पृष्ठ|মূল পাতা|প্রথম পাতা|หน้าแรก|หน้าหลัก|trang chủ|beranda|utama|laman utama|首页|首頁|网站首页|網站首頁|"
        "ホーム|トップ|トップページ|홈|처음|mwanzo|tuis|forsíða|heim|ドメイン"
    ).split("|")
)
#: "You are here", "Current position"
_HERE = re.compile(
    r"\W*(?:当前位置|當前位置|您的位置|您所在的位置|您现在的位置|现在位置|所在位置|現在位置|現在地|目前位置|현재위치|현재 위치|you are here|вы здесь|ви тут|jesteś tutaj|"
    r"nacházíte se|nachádzate sa|ön itt áll|buradasınız|bạn đang ở|anda di sini|ภายในหน้านี้|βρίσκεστε εδώ|nalazite se)\W",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\W*(?P<first>[^\W\d_][^|>›»/:\-–—]{0,24}?)(?:\s*[>›»/|]\s*|\s+[-–—]\s+)[^\W\d]")


def is_path(text: str) -> bool:
    """Whether a short line is the path of its page."""
    if len(text) > 160:
        return False
    if fold(text).strip() in _HOME:
        return True
    if _STEPS.search(text) or _HERE.match(text):
        return True
    first = _FIRST.match(text)
    return first is not None and fold(first["first"]).strip() in _HOME
