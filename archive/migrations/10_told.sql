drop table words; -- made when it is needed: counting its rows takes a minute at a million releases
create index events_changes on events (id) where kind <> 'new';
create index events_changes_newsroom on events (newsroom, id) where kind <> 'new';
