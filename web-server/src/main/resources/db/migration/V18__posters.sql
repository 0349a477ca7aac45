-- Posters that owners chose for their videos. The row is here before the first blob and goes after the last: those that
-- there may be are numbered from 0 (the picture that was uploaded) to tries (what became of it).
create table posters (
  id           varchar(20) not null primary key,
  video        varchar(20) not null,
  -- ARRIVING: what is uploaded is being stored; WAITING: a worker is to make it; REFUSED; SHOWN;
  -- GONE: its blobs have to go, the row goes last
  state        varchar(10) not null,
  -- The moment of the video that it shows; null of a picture that was uploaded.
  seconds      double precision,
  -- How often a worker began.
  tries        integer     not null,
  -- Why it is REFUSED.
  error_code   varchar(40),
  error_detail varchar(200),
  -- When blobs are to be deleted: of one that is SHOWN the others, of all else all.
  due_at       bigint
);
create index posters_by_video on posters (video);
create index posters_by_due on posters (due_at);

-- The name of the poster's blob, and its length; null: that of the asset.
alter table videos add column poster varchar(40);
alter table videos add column poster_bytes integer;
