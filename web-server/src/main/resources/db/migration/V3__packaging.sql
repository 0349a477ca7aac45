-- What packaging knows: one row for each asset that was enqueued.
create table packaging (
  asset        varchar(20)  not null primary key,
  status       varchar(16)  not null,
  stage        varchar(32)  not null,
  percent      integer      not null,
  eta_seconds  integer,
  error_code   varchar(64),
  error_detail varchar(1024),
  revision     varchar(20),
  facts        text,
  plan         text,
  presentation text,
  playable     boolean      not null,
  enqueued_at  bigint       not null,
  updated_at   bigint       not null
);

create index packaging_by_status on packaging (status);

-- Intents: an attempt is here before its first blob. Closed attempts write nothing more.
create table packaging_attempts (
  attempt    varchar(16) not null primary key,
  asset      varchar(20) not null,
  revision   varchar(20) not null,
  is_open    boolean     not null,
  started_at bigint      not null
);

create index packaging_attempts_by_asset on packaging_attempts (asset);

-- Which numbers an attempt may have written, from 0 up to (not including) reserved.
create table packaging_reservations (
  attempt        varchar(16) not null,
  representation varchar(64) not null,
  reserved       bigint      not null,
  primary key (attempt, representation)
);

-- Where each segment is: the first attempt that stored it. Number -1 is the init segment.
create table packaging_segments (
  asset          varchar(20) not null,
  revision       varchar(20) not null,
  representation varchar(64) not null,
  number         bigint      not null,
  attempt        varchar(16) not null,
  length         bigint      not null,
  primary key (asset, revision, representation, number)
);
