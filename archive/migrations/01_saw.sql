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
