-- Jobs as administrators see them: what is to become of an asset, from the first look at it to its last segment. A row
-- stays until it is discarded or the asset goes. Times are milliseconds since 1970 UTC.
create table jobs (
  id            varchar(20) not null primary key,
  -- package
  kind          varchar(16) not null,
  asset         varchar(20) not null,
  -- WAITING, RUNNING, RETRYING; then DONE, DEAD, CANCELLED
  state         varchar(16) not null,
  -- how often it was begun
  attempts      integer     not null,
  -- how often in a row it failed
  failures      integer     not null,
  last_error    varchar(1024),
  failed_at     bigint,
  -- of RETRYING: not before
  next_at       bigint,
  -- of DEAD and CANCELLED
  reason_code   varchar(64),
  reason_detail varchar(1024),
  created_at    bigint      not null,
  started_at    bigint,
  ended_at      bigint,
  updated_at    bigint      not null
);

-- One at a time of each asset.
create unique index jobs_active on jobs (asset) where state in ('WAITING', 'RUNNING', 'RETRYING');
create index jobs_by_asset on jobs (asset);
create index jobs_by_age on jobs (created_at, id);
create index jobs_by_state on jobs (state, created_at, id);

insert into jobs (id, kind, asset, state, attempts, failures, reason_code, reason_detail, created_at, started_at,
  ended_at, updated_at)
select asset, 'package', asset,
  case status when 'PENDING' then 'WAITING' when 'PROCESSING' then 'RUNNING' when 'COMPLETED' then 'DONE' else 'DEAD' end,
  case status when 'PENDING' then 0 else 1 end, 0, error_code, error_detail, enqueued_at,
  case status when 'PENDING' then null else enqueued_at end,
  case when status in ('COMPLETED', 'FAILED') then updated_at end, updated_at
from packaging;

-- Revisions whose segments have to go, and when. A row stays until they are gone.
create table packaging_sweeps (
  asset    varchar(20) not null,
  revision varchar(20) not null,
  due_at   bigint      not null,
  tries    integer     not null,
  primary key (asset, revision)
);
create index packaging_sweeps_by_due on packaging_sweeps (due_at);
