-- Encoding in spans, by any number of workers.

drop table packaging_reservations;
drop table packaging_attempts;

-- Intents and leases: one run of a worker over some segments. The row is here before its first blob and names all that
-- it may write: for each representation the init segment and the numbers from first_number to (not including)
-- reserved_end. Closed attempts write nothing more.
create table packaging_attempts (
  attempt         varchar(16)   not null primary key,
  asset           varchar(20)   not null,
  revision        varchar(20)   not null,
  -- ids, separated by commas
  representations varchar(1000) not null,
  first_number    bigint        not null,
  reserved_end    bigint        not null,
  -- where it is to stop (not included): nearer than reserved_end when another took over the rest
  end_number      bigint        not null,
  -- somebody waits for it
  urgent          boolean       not null,
  holder          varchar(20)   not null,
  expires_at      bigint        not null,
  is_open         boolean       not null
);

create index packaging_attempts_by_asset on packaging_attempts (asset);
create index packaging_attempts_by_expiry on packaging_attempts (expires_at);

-- Made of nothing, because the source could not be decoded there.
alter table packaging_segments add column filled boolean not null default false;

-- Segments that somebody waits for.
create table packaging_demands (
  asset          varchar(20) not null,
  revision       varchar(20) not null,
  representation varchar(64) not null,
  number         bigint      not null,
  -- 0: the first of an asset, without which nothing plays; 1: a player asked; 2: a player will ask soon
  rank           integer     not null,
  asked_at       bigint      not null,
  primary key (asset, revision, representation, number)
);

-- Where in the video somebody last asked for a segment, in seconds.
alter table packaging add column playhead_seconds double precision not null default 0;
