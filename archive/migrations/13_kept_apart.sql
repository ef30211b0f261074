-- How long a translation may stay behind an edit, and which ones do.
alter table newsrooms add column translations_within integer not null default 72;
create table diverging (
  release_id integer not null references releases (id), other_id integer not null references releases (id),
  revision_id integer not null references revisions (id), since text not null, lost text not null,
  event_id integer references events (id), primary key (release_id, other_id)
) strict, without rowid;
create index diverging_other on diverging (other_id);
-- Addresses of releases that were redirected to another page: many to one page make that page a sink.
create table redirects (
  release_id integer not null references releases (id), target_key text not null, at text not null,
  capture_id integer not null references captures (id), waiting text, primary key (release_id, target_key)
) strict, without rowid;
create index redirects_target on redirects (target_key);
