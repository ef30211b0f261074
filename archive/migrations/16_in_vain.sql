-- A known release that can't be read for long is a trouble: since when its looks were in vain, and why the last one was.
alter table sightings add column in_vain_since text;
alter table sightings add column in_vain_reason text;
create index sightings_in_vain on sightings (newsroom, in_vain_since) where in_vain_since is not null;
