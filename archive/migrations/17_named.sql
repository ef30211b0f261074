-- Whom a release names now, as words: contact: in a question is a walk down this index, whose keys are those of the texts.
-- A number stands in it without its country code, too: that has one to three digits, so all three ways.
create view contacted as select r.id as release_id, r.position, r.current_revision as revision_id,
  (select group_concat(coalesce(c.name || char(10), '') || coalesce(c.role || char(10), '') || coalesce(c.org || char(10), '')
    || coalesce(c.email || char(10), '') || coalesce(c.phone || char(10), '') || coalesce(substr(c.phone_e164, 2) || ' '
    || substr(c.phone_e164, 3) || ' ' || substr(c.phone_e164, 4) || ' ' || substr(c.phone_e164, 5), ''), char(10))
    from contacts c where c.revision_id = r.current_revision) as text
  from releases r;
create virtual table contacts_fts using fts5 (text, prefix='3', tokenize="unicode61 remove_diacritics 2");
insert into contacts_fts (rowid, text) select position, text from contacted where text is not null order by position;
create trigger contacts_fts_insert after insert on contacts begin
  delete from contacts_fts where rowid = (select position from contacted where revision_id = new.revision_id
    and release_id = (select release_id from revisions where id = new.revision_id));
  insert into contacts_fts (rowid, text) select position, text from contacted where text is not null and revision_id = new.revision_id
    and release_id = (select release_id from revisions where id = new.revision_id);
end;
create trigger contacts_fts_update after update on contacts begin
  delete from contacts_fts where rowid = (select position from contacted where revision_id = new.revision_id
    and release_id = (select release_id from revisions where id = new.revision_id));
  insert into contacts_fts (rowid, text) select position, text from contacted where text is not null and revision_id = new.revision_id
    and release_id = (select release_id from revisions where id = new.revision_id);
end;
create trigger contacts_fts_delete after delete on contacts begin
  delete from contacts_fts where rowid = (select position from contacted where revision_id = old.revision_id
    and release_id = (select release_id from revisions where id = old.revision_id));
  insert into contacts_fts (rowid, text) select position, text from contacted where text is not null and revision_id = old.revision_id
    and release_id = (select release_id from revisions where id = old.revision_id);
end;
create trigger contacts_fts_release after update of current_revision, position on releases
when old.current_revision is not new.current_revision or old.position <> new.position begin
  delete from contacts_fts where rowid = old.position;
  insert into contacts_fts (rowid, text) select position, text from contacted where text is not null and release_id = new.id;
end;
create trigger contacts_fts_gone after delete on releases begin
  delete from contacts_fts where rowid = old.position;
end;
