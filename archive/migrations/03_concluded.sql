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
