"""Every address of ours and the page behind it."""

from __future__ import annotations

from archive.web import api, comparing, counting, exporting, files, front, reading, rooms, searching

ROUTES = [
    (r"^/$", front.today),
    (r"^/data$", front.data),
    (r"^/search$", searching.results),
    (r"^/feed$", searching.feed),
    (r"^/export\.(?P<form>csv|jsonl)$", exporting.export),
    (r"^/release/(?P<id>\d{1,19})$", reading.release),
    (r"^/release/(?P<id>\d{1,19})/revision/(?P<seq>\d{1,9})$", reading.revision),
    (r"^/release/(?P<id>\d{1,19})/changes/(?P<seq>\d{1,9})$", comparing.changes),
    (r"^/release/(?P<id>\d{1,19})/beside/(?P<other>\d{1,19})$", comparing.beside),
    (r"^/release/(?P<id>\d{1,19})/revision/(?P<seq>\d{1,9})/cite\.(?P<form>bibtex|ris|csl)$", reading.cited),
    (r"^/newsrooms$", rooms.rooms),
    (r"^/newsroom/(?P<slug>[\w-]{1,64})$", rooms.room),
    (r"^/person$", rooms.person),
    (r"^/plots$", counting.page),
    (r"^/api/search$", api.searched),
    (r"^/api/release/(?P<id>\d{1,19})$", api.release),
    (r"^/api/count$", api.counted),
    (r"^/openapi\.json$", api.openapi),
    (r"^/style\.css$", files.style),
    (r"^/tables\.css$", files.tables),
    (r"^/robots\.txt$", files.robots),
]
