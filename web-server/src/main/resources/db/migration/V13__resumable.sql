-- Uploads that go on where they were. Times are milliseconds since 1970 UTC.

-- How many numbers the blobs of an original may have that came in pieces of any length; null: it is cut evenly.
alter table assets add column numbers bigint;

-- Where the pieces of such an original are: of one that is still uploaded, those that were acknowledged.
create table original_pieces (
  asset_id varchar(20) not null,
  start_at bigint      not null,
  number   bigint      not null,
  length   bigint      not null,
  primary key (asset_id, start_at)
);

create table resumable_uploads (
  id          varchar(32)  not null primary key,
  asset_id    varchar(20)  not null,
  owner       varchar(64)  not null,
  -- WHOLE, PART of a concatenation, DIRECT: to a signed address
  kind        varchar(8)   not null,
  -- OPEN, DONE, GONE: its bytes are deleted
  state       varchar(8)   not null,
  -- Null: the client tells later.
  length      bigint,
  -- Acknowledged bytes; in the ring and counted in the digest.
  received    bigint       not null,
  -- The state of SHA-256 after them, in base 64.
  digest      varchar(256),
  -- The first bytes, in base 64, until they are enough to tell what kind of file it is.
  head        text,
  container   varchar(32),
  -- As the client sent it.
  metadata    text         not null,
  -- Who may write: the newest request that did. Others lose.
  writer      varchar(32),
  video_id    varchar(20),
  created_at  bigint       not null,
  expires_at  bigint       not null
);
create index resumable_uploads_by_end on resumable_uploads (expires_at);
create index resumable_uploads_by_owner on resumable_uploads (owner, state);
create index resumable_uploads_by_asset on resumable_uploads (asset_id);
