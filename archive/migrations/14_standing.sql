-- What was redacted is redacted on arrival from then on; the text itself isn't kept, only a salted digest of it.
create table standing (
  id integer primary key, kind text not null, size integer not null, salt text not null, digest text not null,
  reason text not null, authority text not null, at text not null, lifted_at text
) strict;
create trigger standing_insert after insert on standing begin insert into unwritten values ('standing', new.id) on conflict do nothing; end;
create trigger standing_update after update on standing begin insert into unwritten values ('standing', new.id) on conflict do nothing; end;
