create table troubles (
  id integer primary key, incident_id integer not null references incidents (id), kind text not null, opened_at text not null,
  last_seen_at text not null, closed_at text, count integer not null default 1, message text not null, todo text not null,
  example text, capture_id integer references captures (id)
) strict;
create unique index troubles_open on troubles (incident_id, kind) where closed_at is null;
create index troubles_incident on troubles (incident_id);
drop index incidents_open;
update incidents set closed_at = last_seen_at where closed_at is null and kind <> 'quiet' and exists (select 1 from incidents e
  where e.newsroom = incidents.newsroom and e.closed_at is null and e.kind <> 'quiet' and e.id < incidents.id);
insert into troubles (incident_id, kind, opened_at, last_seen_at, closed_at, count, message, todo, capture_id)
  select id, kind, opened_at, last_seen_at, closed_at, count, message, todo, capture_id from incidents;
create unique index incidents_open on incidents (newsroom, kind = 'quiet') where closed_at is null;
create table owed (
  newsroom text not null references newsrooms (slug), url_key text not null, url text not null, source text, published_raw text,
  language text, since text not null, tries integer not null, last_at text not null, due_at text not null, verdict text not null,
  reason text not null, capture_id integer references captures (id), primary key (newsroom, url_key)
) strict, without rowid;
