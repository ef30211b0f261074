create index releases_headline on releases (headline);
create index relations_to on relations (to_release, kind);
