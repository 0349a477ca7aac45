-- What a user may have; null: as much as the site lets everybody have.
alter table users add column quota_bytes bigint;
alter table users add column quota_videos bigint;
alter table users add column quota_uploads bigint;

-- Whose an upload is, and what it keeps free for itself. Null: from before this was known.
alter table uploads add column owner varchar(64);
alter table uploads add column held_bytes bigint not null default 0;
alter table uploads add column held_videos bigint not null default 0;

update uploads set
  owner = (select r.owner from resumable_uploads r where r.asset_id = uploads.asset_id and r.state = 'OPEN'),
  held_bytes = coalesce((select coalesce(r.length, r.received) from resumable_uploads r
    where r.asset_id = uploads.asset_id and r.state = 'OPEN'), 0),
  held_videos = coalesce((select case r.kind when 'PART' then 0 else 1 end from resumable_uploads r
    where r.asset_id = uploads.asset_id and r.state = 'OPEN'), 0);

-- What each owner has: the sums of what is in assets, videos and uploads, kept in step with them.
create table owner_usage (
  owner       varchar(64) not null primary key,
  -- Of originals of live assets.
  bytes       bigint      not null,
  -- Deleted ones that can be restored included.
  videos      bigint      not null,
  uploads     bigint      not null,
  -- Of those uploads.
  held_bytes  bigint      not null,
  held_videos bigint      not null
);

insert into owner_usage (owner, bytes, videos, uploads, held_bytes, held_videos)
select owner, sum(bytes), sum(videos), sum(uploads), sum(held_bytes), sum(held_videos)
from (
  select owner, size_bytes as bytes, 0 as videos, 0 as uploads, 0 as held_bytes, 0 as held_videos
    from assets where state = 'LIVE'
  union all select owner, 0, 1, 0, 0, 0 from videos
  union all select owner, 0, 0, 1, held_bytes, held_videos from uploads where owner is not null
) counted
group by owner;
