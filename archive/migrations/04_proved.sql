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
