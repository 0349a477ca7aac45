-- What changed, for people who follow along: one row a change, pruned by age and number. Times are milliseconds since
-- 1970 UTC.
create table events (
  -- From 1, without gaps, in the order of commits: who has seen n has seen all before it.
  id             bigint      not null primary key,
  at             bigint      not null,
  -- created, progress, playable, completed, failed, edited, deleted; upload
  type           varchar(16) not null,
  -- The id of the video; of an upload, what its client calls it.
  subject        varchar(64) not null,
  -- Of edited and deleted: who could see the video until then, and who can since. Null after: nobody.
  visible_before varchar(8),
  visible_after  varchar(8),
  -- How far it was, as in the table packaging (of an upload: as in followed_uploads).
  status         varchar(16),
  playable       boolean,
  stage          varchar(32),
  percent        integer,
  eta_seconds    integer,
  reason_code    varchar(64),
  reason_detail  varchar(1024),
  error_code     varchar(64),
  error_detail   varchar(1024),
  received_bytes bigint,
  total_bytes    bigint,
  video          varchar(20)
);

-- The id of the last event. Whoever adds one locks this row until its transaction ends.
create table event_counter (
  last_id bigint not null
);
insert into event_counter (last_id) values (0);

-- Why it takes longer than it might.
alter table packaging add column reason_code varchar(64);
alter table packaging add column reason_detail varchar(1024);

-- When there was last an event of progress, and whether there was progress since.
alter table packaging add column told_at bigint not null default 0;
alter table packaging add column untold boolean not null default false;

-- Uploads that their clients gave a name to follow them by; kept for a while after they ended.
create table followed_uploads (
  token          varchar(64) not null primary key,
  -- The process that receives it, which says now and then that it is still there.
  instance       varchar(20) not null,
  -- UPLOADING, COMPLETED, FAILED
  status         varchar(16) not null,
  percent        integer,
  eta_seconds    integer,
  received_bytes bigint      not null,
  -- As declared; null when nothing was.
  total_bytes    bigint,
  video          varchar(20),
  error_code     varchar(64),
  error_detail   varchar(1024),
  alive_at       bigint      not null
);
create index followed_uploads_by_alive on followed_uploads (alive_at);
