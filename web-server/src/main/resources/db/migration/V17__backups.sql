-- Copies of the catalog in the ring. Times are milliseconds since 1970 UTC.
create table backups (
  id         varchar(40) not null primary key,
  -- WRITING, DONE; DELETING: its blobs have to go, the row goes last
  state      varchar(10) not null,
  -- How many chunks there may be.
  chunks     integer     not null,
  size_bytes bigint      not null,
  row_count  bigint      not null,
  -- Of the newest layout at that time.
  epoch      bigint      not null,
  created_at bigint      not null,
  -- Of one that is written: when its process last said that it is there.
  alive_at   bigint      not null
);
create index backups_by_state on backups (state);

-- When the next copy is due. Whoever sets the time anew makes it.
create table backup_schedule (
  name    varchar(10) not null primary key,
  next_at bigint      not null
);
