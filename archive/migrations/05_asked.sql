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
