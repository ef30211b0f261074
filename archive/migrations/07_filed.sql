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
