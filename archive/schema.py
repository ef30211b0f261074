"""The tables of ``archive.db``, as migrations. What we saw, what it says and what we concluded are kept apart.

SQLite 3.40 is the floor: no JSONB, no contentless-delete, no loadable extensions.
Times are ISO 8601: UTC for what we did, the newsroom's local time with its offset for what a page tells.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

SAW = """
create table newsrooms (
  slug text primary key, name text not null, country text, site text, platform text, grade text,
  languages text, timezone text, entry_sha256 text, first_seen_at text not null
) strict;
create table hosts (
  host text primary key, not_before text not null, reason text not null, set_at text not null
) strict;
create table runs (
  id integer primary key, started_at text not null, ended_at text, state text not null default 'running',
  exit_code integer, command text, version text, host text, report text
) strict;
create table polls (
  id integer primary key, run_id integer not null references runs (id), newsroom text not null references newsrooms (slug),
  source text not null, source_kind text not null, started_at text not null, ended_at text,
  outcome text not null default 'running', status integer, pages integer not null default 0,
  items_seen integer not null default 0, items_new integer not null default 0,
  reached_known integer not null default 0, message text
) strict;
create index polls_newsroom on polls (newsroom, started_at);
create table gaps (
  id integer primary key, newsroom text not null references newsrooms (slug), source text, from_at text, to_at text,
  reason text not null, opened_run integer references runs (id), closed_run integer references runs (id), closed_at text
) strict;
create table warc_files (
  name text primary key, bytes_committed integer not null, opened_at text not null, closed_at text, sha256 text
) strict;
create table captures (
  id integer primary key, record_id text, run_id integer references runs (id), newsroom text, url text not null,
  url_key text not null, purpose text not null, status integer not null, captured_at text not null, content_type text, etag text,
  last_modified text, payload_sha256 text not null, warc_file text not null references warc_files (name),
  warc_offset integer not null, warc_length integer not null, complete integer not null default 1, truncated text,
  revisit_of integer references captures (id)
) strict;
create index captures_url on captures (url_key, captured_at);
create unique index captures_place on captures (warc_file, warc_offset);
create index captures_payload on captures (payload_sha256) where revisit_of is null;
create index captures_run on captures (run_id, newsroom, purpose);
"""

SAYS = """
create table releases (
  id integer primary key, newsroom text not null references newsrooms (slug), identity_kind text not null,
  identity text not null, url text not null, language text, headline text not null, subheadline text,
  published_at text, published_raw text, published_precision text, modified_at text, type text, type_label text,
  byline text, number text, body text not null, body_html text not null default '', state text not null default 'present',
  layout text, revisions integer not null default 1, current_revision integer, capture_id integer references captures (id),
  first_seen_at text not null,
  position integer not null unique, -- archive.positions: the key of the full-text index, in order of publication
  stems text not null default '' -- archive.stems: the words' stems and bigrams, for the full-text index only
) strict;
create index releases_newsroom_position on releases (newsroom, position);
create table release_identities (
  newsroom text not null references newsrooms (slug), kind text not null, value text not null,
  release_id integer not null references releases (id), primary key (newsroom, kind, value)
) strict;
create table sightings (
  release_id integer primary key references releases (id), newsroom text not null, last_seen_at text not null,
  last_read_at text not null, last_look_at text not null, looks integer not null default 1,
  looks_since_read integer not null default 0, due_at text
) strict;
create index sightings_due on sightings (newsroom, due_at);
create table absences (
  id integer primary key, release_id integer not null references releases (id), capture_id integer references captures (id),
  run_id integer references runs (id), at text not null, how text not null, discounted integer not null default 0
) strict;
create index absences_release on absences (release_id, at);
create index absences_run on absences (run_id);
create index releases_facets on releases (position, newsroom, language, type, state, published_at);
create table release_counts (
  newsroom text not null, month text not null, language text not null, type text not null, state text not null,
  releases integer not null, primary key (newsroom, month, language, type, state)
) strict, without rowid;
create trigger release_counts_insert after insert on releases begin
  insert into release_counts values (new.newsroom, coalesce(substr(new.published_at, 1, 7), ''),
    coalesce(new.language, ''), coalesce(new.type, ''), new.state, 1) on conflict do update set releases = releases + 1;
end;
create trigger release_counts_delete after delete on releases begin
  update release_counts set releases = releases - 1 where newsroom = old.newsroom
    and month = coalesce(substr(old.published_at, 1, 7), '') and language = coalesce(old.language, '')
    and type = coalesce(old.type, '') and state = old.state;
end;
create trigger release_counts_update after update of newsroom, published_at, language, type, state on releases begin
  update release_counts set releases = releases - 1 where newsroom = old.newsroom
    and month = coalesce(substr(old.published_at, 1, 7), '') and language = coalesce(old.language, '')
    and type = coalesce(old.type, '') and state = old.state;
  insert into release_counts values (new.newsroom, coalesce(substr(new.published_at, 1, 7), ''),
    coalesce(new.language, ''), coalesce(new.type, ''), new.state, 1) on conflict do update set releases = releases + 1;
end;
create table release_urls (
  release_id integer not null references releases (id), url text not null, url_key text not null, role text not null,
  from_at text not null, to_at text, primary key (release_id, url_key)
) strict;
create index release_urls_key on release_urls (url_key);
create table revisions (
  id integer primary key, release_id integer not null references releases (id), seq integer not null,
  capture_id integer not null references captures (id), seen_at text not null, content_sha256 text not null,
  norm_version integer not null, kinds text not null default '[]', silent integer not null default 0,
  reverts_to integer references revisions (id), unique (release_id, seq)
) strict;
create trigger revisions_append_only_update before update on revisions begin select raise(abort, 'revisions are append-only'); end;
create trigger revisions_append_only_delete before delete on revisions begin select raise(abort, 'revisions are append-only'); end;
create table readings (
  id integer primary key, revision_id integer not null references revisions (id), reader_version text not null,
  norm_version integer not null, capture_id integer not null references captures (id), read_at text not null,
  content_sha256 text not null, content text not null
) strict;
create index readings_revision on readings (revision_id, id);
create index readings_content on readings (content_sha256);
create table contacts (
  id integer primary key, revision_id integer not null references revisions (id), position integer not null, name text,
  role text, org text, phone text, phone_e164 text, email text, email_state text not null default 'none',
  email_pattern text, phones text, emails text, raw text not null default ''
) strict;
create index contacts_revision on contacts (revision_id, position);
create index contacts_name on contacts (name);
create table attachments (
  id integer primary key, revision_id integer not null references revisions (id), position integer not null, url text not null,
  title text not null default '', media_type text, sha256 text
) strict;
create index attachments_revision on attachments (revision_id, position);
create table topics (
  revision_id integer not null references revisions (id), topic text not null, primary key (revision_id, topic)
) strict;
create table translations (
  release_id integer not null references releases (id), language text not null, url text not null, url_key text not null,
  primary key (release_id, url_key)
) strict;
create index translations_key on translations (url_key);
create table relations (
  from_release integer not null references releases (id), to_release integer not null references releases (id),
  kind text not null, evidence text not null, score real, made_at text not null,
  primary key (from_release, to_release, kind)
) strict;
create virtual table releases_fts using fts5 (
  headline, subheadline, body, stems, content=releases, content_rowid=position,
  tokenize="unicode61 remove_diacritics 2"
);
create trigger releases_fts_insert after insert on releases begin
  insert into releases_fts (rowid, headline, subheadline, body, stems)
  values (new.position, new.headline, new.subheadline, new.body, new.stems);
end;
create trigger releases_fts_delete after delete on releases begin
  insert into releases_fts (releases_fts, rowid, headline, subheadline, body, stems)
  values ('delete', old.position, old.headline, old.subheadline, old.body, old.stems);
end;
create trigger releases_fts_update after update of position, headline, subheadline, body, stems on releases begin
  insert into releases_fts (releases_fts, rowid, headline, subheadline, body, stems)
  values ('delete', old.position, old.headline, old.subheadline, old.body, old.stems);
  insert into releases_fts (rowid, headline, subheadline, body, stems)
  values (new.position, new.headline, new.subheadline, new.body, new.stems);
end;
"""

CONCLUDED = """
create table events (
  id integer primary key, release_id integer not null references releases (id), newsroom text not null, kind text not null,
  at text not null, run_id integer references runs (id), revision_id integer references revisions (id),
  capture_id integer references captures (id), silent integer not null default 0, detail text not null default ''
) strict;
create index events_release on events (release_id, id);
create index events_newsroom on events (newsroom, id);
create table unannounced (
  revision_id integer primary key references revisions (id), release_id integer not null references releases (id),
  since text not null, reason text not null
) strict;
create trigger events_append_only_update before update on events begin select raise(abort, 'events are append-only'); end;
create trigger events_append_only_delete before delete on events begin select raise(abort, 'events are append-only'); end;
create table incidents (
  id integer primary key, newsroom text not null, kind text not null, opened_at text not null, last_seen_at text not null,
  closed_at text, count integer not null default 1, message text not null, todo text not null default '',
  capture_id integer references captures (id)
) strict;
create unique index incidents_open on incidents (newsroom, kind) where closed_at is null;
create table rejects (
  id integer primary key, newsroom text not null, url text not null, url_key text not null,
  capture_id integer references captures (id), run_id integer references runs (id), at text not null, reason text not null,
  detail text not null default '', reader_version text, resolved_at text
) strict;
create index rejects_url on rejects (url_key);
create table watches (
  name text primary key, query text not null, filters text not null default '{}', created_at text not null,
  last_event integer not null default 0
) strict;
create table outbox (
  id integer primary key, event_id integer not null references events (id), watch text not null references watches (name),
  created_at text not null, unique (event_id, watch)
) strict;
create table deliveries (
  id integer primary key, outbox_id integer not null references outbox (id), channel text not null, at text not null,
  result text not null, message text not null default ''
) strict;
"""

PROVED = """
create table chain (
  seq integer primary key, day text not null, last_capture integer not null, last_revision integer not null,
  last_event integer not null, leaves integer not null, root text not null, previous text not null,
  digest text not null, made_at text not null
) strict;
create trigger chain_append_only_update before update on chain begin select raise(abort, 'the chain is append-only'); end;
create trigger chain_append_only_delete before delete on chain begin select raise(abort, 'the chain is append-only'); end;
create table redactions (
  id integer primary key, kind text not null, row_id integer not null, leaf text not null, reason text not null,
  authority text not null, at text not null, unique (kind, row_id)
) strict;
"""

LINKED = """
create index releases_headline on releases (headline);
create index relations_to on relations (to_release, kind);
"""

ASKED = """
create index release_counts_language on release_counts (language);
create index release_counts_type on release_counts (type);
create index contacts_email on contacts (email);
create virtual table earlier_fts using fts5 (
  headline, subheadline, body, stems, tokenize="unicode61 remove_diacritics 2"
);
create trigger earlier_fts_insert after insert on revisions when new.seq > 1 begin
  insert into earlier_fts (rowid, headline, subheadline, body, stems)
  select current_revision, headline, subheadline, body, stems from releases where id = new.release_id;
end;
create virtual table words using fts5vocab (releases_fts, row);
create table cited_queries (
  name text primary key, query text not null, filters text not null, releases integer not null, result_sha256 text not null,
  made_at text not null
) strict;
create table cited_results (
  name text not null references cited_queries (name), release_id integer not null, content_sha256 text not null,
  primary key (name, release_id)
) strict, without rowid;
"""

FILED = """
create table documents (
  id integer primary key, newsroom text not null references newsrooms (slug), url text not null, url_key text not null,
  seq integer not null, capture_id integer not null references captures (id), seen_at text not null, sha256 text not null,
  media_type text, bytes integer not null, pages integer not null default 0, text text not null default '', refused text,
  unique (url_key, seq)
) strict;
create index attachments_url on attachments (url);
create virtual table documents_fts using fts5 (
  text, content=documents, content_rowid=id, tokenize="unicode61 remove_diacritics 2"
);
create trigger documents_fts_insert after insert on documents begin
  insert into documents_fts (rowid, text) values (new.id, new.text);
end;
create trigger documents_fts_update after update of text on documents begin
  insert into documents_fts (documents_fts, rowid, text) values ('delete', old.id, old.text);
  insert into documents_fts (rowid, text) values (new.id, new.text);
end;
"""

SEALED = """
alter table readings add column text_sha256 text;
"""

TOTALLED = """
create table release_totals (
  newsroom text not null, year text not null, language text not null, type text not null, state text not null,
  releases integer not null, primary key (newsroom, year, language, type, state)
) strict, without rowid;
insert into release_totals select newsroom, substr(month, 1, 4), language, type, state, sum(releases) from release_counts
  group by 1, 2, 3, 4, 5;
create trigger release_totals_insert after insert on release_counts begin
  insert into release_totals values (new.newsroom, substr(new.month, 1, 4), new.language, new.type, new.state, new.releases)
  on conflict do update set releases = releases + excluded.releases;
end;
create trigger release_totals_update after update of releases on release_counts begin
  update release_totals set releases = releases + new.releases - old.releases where newsroom = new.newsroom
    and year = substr(new.month, 1, 4) and language = new.language and type = new.type and state = new.state;
end;
"""

TOLD = """
drop table words; -- made when it is needed: counting its rows takes a minute at a million releases
create index events_changes on events (id) where kind <> 'new';
create index events_changes_newsroom on events (newsroom, id) where kind <> 'new';
"""

#: In order, never changed once released: a later change is a new script at the end.
MIGRATIONS: tuple[tuple[str, str], ...] = (
    ("saw", SAW),
    ("says", SAYS),
    ("concluded", CONCLUDED),
    ("proved", PROVED),
    ("asked", ASKED),
    ("linked", LINKED),
    ("filed", FILED),
    ("sealed", SEALED),
    ("totalled", TOTALLED),
    ("told", TOLD),
)
VERSION = len(MIGRATIONS)
_SET = "communique"


def version_of(connection: sqlite3.Connection) -> int:
    """How many of the migrations this file has: 0 for an empty one, ``VERSION`` for a current one."""
    return int(connection.execute("pragma user_version").fetchone()[0])


def foreign_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables of a database that no migration of ours ever touched; [] for a new or a half-made archive."""
    tables = [
        name
        for (name,) in connection.execute("select name from sqlite_master where type = 'table' order by name")
    ]
    if "_sqlite_migrations" not in tables:
        return tables
    ours = connection.execute("select 1 from _sqlite_migrations where migration_set = ?", (_SET,)).fetchone()
    return [] if ours or tables == ["_sqlite_migrations"] else tables


def migrate(connection: sqlite3.Connection) -> None:
    """Brings the file to ``VERSION``: each migration and its record in one transaction, so never half of one."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations(_SET)
    for number, (name, script) in enumerate(MIGRATIONS, 1):
        migrations(name=name)(_step(f"{script}\npragma user_version = {number};"))
    migrations.apply(Database(connection, execute_plugins=False))


def _step(script: str) -> Callable[[Database], None]:
    def step(db: Database) -> None:
        db.executescript(script)

    return step
