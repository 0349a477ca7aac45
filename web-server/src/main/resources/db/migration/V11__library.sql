-- How long what was found in the file lasts; null before that.
alter table packaging add column duration_seconds double precision;

-- The tags of a video beside its place in the library.
create table library_tags (
  tag     varchar(100) not null,
  ordinal bigint       not null,
  primary key (tag, ordinal)
);
create index library_tags_by_ordinal on library_tags (ordinal);
