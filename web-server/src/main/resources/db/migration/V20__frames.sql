-- Pictures taken out of videos. Times are milliseconds since 1970 UTC.

-- A set: the pictures that somebody asked for at once, and the work that takes them.
create table frame_sets (
  id           varchar(20)   not null primary key,
  video_id     varchar(20)   not null,
  asset_id     varchar(20)   not null,
  owner        varchar(64)   not null,
  -- QUEUED, RUNNING, COMPLETED, FAILED, DELETING
  state        varchar(16)   not null,
  -- At which times: see StillTimes.
  times        text          not null,
  format       varchar(8)    not null,
  width        integer       not null,
  height       integer       not null,
  -- How many are wanted, and how many there are.
  frames       integer       not null,
  done         integer       not null,
  -- Of the archive, and where its directory begins; null until it is whole.
  bytes        bigint,
  directory_at bigint,
  -- Who takes them, until when nobody else does, and how often in a row that failed.
  attempt      varchar(20),
  due_at       bigint        not null,
  failures     integer       not null,
  error_code   varchar(64),
  error_detail varchar(1024),
  created_at   bigint        not null,
  ended_at     bigint,
  expires_at   bigint        not null,
  -- When its blobs are to be deleted; null: not yet.
  sweep_at     bigint,
  sweep_tries  integer       not null default 0
);
create index frame_sets_by_video on frame_sets (video_id, created_at);
create index frame_sets_by_owner on frame_sets (owner, state);
create index frame_sets_by_turn on frame_sets (due_at) where state in ('QUEUED', 'RUNNING');
create index frame_sets_by_end on frame_sets (expires_at);
create index frame_sets_by_sweep on frame_sets (sweep_at) where sweep_at is not null;

-- Intents: who may have written which blobs, from first on up to (not including) reserved.
create table frame_attempts (
  set_id   varchar(20) not null,
  attempt  varchar(20) not null,
  first    integer     not null,
  reserved integer     not null,
  primary key (set_id, attempt)
);

-- The archive, a blob each: from where on, which pictures are in it, and their check sums and lengths in base 64.
create table frame_pieces (
  set_id      varchar(20) not null,
  number      integer     not null,
  start_at    bigint      not null,
  length      bigint      not null,
  attempt     varchar(20) not null,
  first_frame integer     not null,
  frames      integer     not null,
  entries     text        not null,
  primary key (set_id, number)
);
