-- The beginnings of words have an index of three letters: five per cent more archive, a hundredth of the time (bench/search.py).
-- Every release is indexed anew; with room in memory for many of them at once that takes a third of the time,
-- and one segment instead of ten takes a sixth off a question of two words.
drop table releases_fts;
create virtual table releases_fts using fts5 (
  headline, subheadline, body, stems, content=releases, content_rowid=position, prefix='3',
  tokenize="unicode61 remove_diacritics 2"
);
insert into releases_fts (releases_fts, rank) values ('hashsize', 67108864);
insert into releases_fts (releases_fts) values ('rebuild');
insert into releases_fts (releases_fts) values ('optimize');
insert into releases_fts (releases_fts, rank) values ('hashsize', 1048576);
