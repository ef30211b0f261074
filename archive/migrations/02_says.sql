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
