-- What we did goes into the evidence, too: the rows of these tables as they stand after each batch, on sheets of the ledger.
create table ledger_sheets (
  id integer primary key, record_id text not null, written_at text not null, payload_sha256 text not null,
  warc_file text not null references warc_files (name), warc_offset integer not null, warc_length integer not null
) strict;
create unique index ledger_sheets_place on ledger_sheets (warc_file, warc_offset);
create table unwritten (
  in_table text not null, row_key text not null, primary key (in_table, row_key)
) strict, without rowid;
alter table chain add column last_sheet integer not null default 0;
insert into unwritten
  select 'newsrooms', slug from newsrooms union all select 'hosts', host from hosts
  union all select 'runs', id from runs union all select 'polls', id from polls
  union all select 'gaps', id from gaps union all select 'incidents', id from incidents
  union all select 'troubles', id from troubles union all select 'redactions', id from redactions;
create trigger newsrooms_insert after insert on newsrooms begin insert into unwritten values ('newsrooms', new.slug) on conflict do nothing; end;
create trigger newsrooms_update after update on newsrooms begin insert into unwritten values ('newsrooms', new.slug) on conflict do nothing; end;
create trigger hosts_insert after insert on hosts begin insert into unwritten values ('hosts', new.host) on conflict do nothing; end;
create trigger hosts_update after update on hosts begin insert into unwritten values ('hosts', new.host) on conflict do nothing; end;
create trigger runs_insert after insert on runs begin insert into unwritten values ('runs', new.id) on conflict do nothing; end;
create trigger runs_update after update on runs begin insert into unwritten values ('runs', new.id) on conflict do nothing; end;
create trigger polls_insert after insert on polls begin insert into unwritten values ('polls', new.id) on conflict do nothing; end;
create trigger polls_update after update on polls begin insert into unwritten values ('polls', new.id) on conflict do nothing; end;
create trigger gaps_insert after insert on gaps begin insert into unwritten values ('gaps', new.id) on conflict do nothing; end;
create trigger gaps_update after update on gaps begin insert into unwritten values ('gaps', new.id) on conflict do nothing; end;
create trigger incidents_insert after insert on incidents begin insert into unwritten values ('incidents', new.id) on conflict do nothing; end;
create trigger incidents_update after update on incidents begin insert into unwritten values ('incidents', new.id) on conflict do nothing; end;
create trigger troubles_insert after insert on troubles begin insert into unwritten values ('troubles', new.id) on conflict do nothing; end;
create trigger troubles_update after update on troubles begin insert into unwritten values ('troubles', new.id) on conflict do nothing; end;
create trigger redactions_insert after insert on redactions begin insert into unwritten values ('redactions', new.id) on conflict do nothing; end;
create trigger redactions_update after update on redactions begin insert into unwritten values ('redactions', new.id) on conflict do nothing; end;
