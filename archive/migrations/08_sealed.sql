alter table readings add column text_sha256 text;
