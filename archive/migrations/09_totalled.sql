create table release_totals (
  newsroom text not null, year text not null, language text not null, type text not null, state text not null,
  releases integer not null, primary key (newsroom, year, language, type, state)
) strict, without rowid;
insert into release_totals select newsroom, substr(month, 1, 4), language, type, state, sum(releases) from release_counts
  group by 1, 2, 3, 4, 5;
create trigger release_totals_insert after insert on release_counts begin
  insert into release_totals values (new.newsroom, substr(new.month, 1, 4), new.language, new.type, new.state, new.releases)
  on conflict do update set releases = releases + excluded.releases;
end;
create trigger release_totals_update after update of releases on release_counts begin
  update release_totals set releases = releases + new.releases - old.releases where newsroom = new.newsroom
    and year = substr(new.month, 1, 4) and language = new.language and type = new.type and state = new.state;
end;
