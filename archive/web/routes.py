"""Every address of ours and the page behind it."""

from __future__ import annotations

from archive.web import comparing, files, front, reading, searching

ROUTES = [
    (r"^/$", front.today),
    (r"^/data$", front.data),
    (r"^/search$", searching.results),
    (r"^/feed$", searching.feed),
    (r"^/release/(?P<id>\d{1,19})$", reading.release),
    (r"^/release/(?P<id>\d{1,19})/revision/(?P<seq>\d{1,9})$", reading.revision),
    (r"^/release/(?P<id>\d{1,19})/changes/(?P<seq>\d{1,9})$", comparing.changes),
    (r"^/release/(?P<id>\d{1,19})/beside/(?P<other>\d{1,19})$", comparing.beside),
    (r"^/style\.css$", files.style),
    (r"^/robots\.txt$", files.robots),
]
