-- Words over time, and what the sounds of a video are called. Times are milliseconds since 1970 UTC.

-- Texts: of a file, as they were found in it, for all its videos; or of one video, as they were sent. Never changed:
-- another text is another row. One that was removed is empty until nobody plays by a manifest that names it.
create table texts (
  id         varchar(20) not null primary key,
  asset_id   varchar(20) references assets (id) on delete cascade,
  video_id   varchar(20) references videos (id) on delete cascade,
  cues       integer     not null,
  bytes      bigint      not null,
  body       text        not null,
  removed_at bigint
);
create index texts_by_asset on texts (asset_id);
create index texts_by_video on texts (video_id);
create index texts_by_removal on texts (removed_at) where removed_at is not null;

-- What a file has, for the videos that are still to be made of it.
create table asset_tracks (
  asset_id varchar(20)  not null references assets (id) on delete cascade,
  position integer      not null,
  kind     varchar(16)  not null,
  language varchar(35)  not null,
  label    varchar(400) not null,
  forced   boolean      not null,
  text_id  varchar(20)  not null references texts (id) on delete cascade,
  primary key (asset_id, position)
);
create index asset_tracks_by_text on asset_tracks (text_id);

-- What a video has: its owner's to change.
create table video_tracks (
  id         varchar(20)  not null primary key,
  video_id   varchar(20)  not null references videos (id) on delete cascade,
  kind       varchar(16)  not null,
  language   varchar(35)  not null,
  label      varchar(400) not null,
  preferred  boolean      not null,
  forced     boolean      not null,
  -- uploaded, or embedded: found in the file.
  origin     varchar(8)   not null,
  -- Among those that came at the same time.
  position   integer      not null,
  text_id    varchar(20)  not null references texts (id) on delete cascade,
  created_at bigint       not null,
  updated_at bigint       not null
);
create index video_tracks_by_video on video_tracks (video_id);
create index video_tracks_by_text on video_tracks (text_id);

-- What its owner calls a sound of a video otherwise than its file does.
create table audio_names (
  video_id  varchar(20)  not null references videos (id) on delete cascade,
  -- From 1, as the file has them.
  number    integer      not null,
  language  varchar(35),
  label     varchar(400),
  preferred boolean      not null,
  primary key (video_id, number)
);

-- Files are looked through once for what is to be read in them, after they were planned.
create table track_searches (
  asset_id varchar(20) not null primary key references assets (id) on delete cascade,
  -- PENDING, DONE, FAILED
  state    varchar(8)  not null,
  due_at   bigint      not null,
  attempts integer     not null,
  -- What is in the file and was left out, as JSON.
  skipped  text        not null
);
create index track_searches_by_due on track_searches (due_at) where state = 'PENDING';

insert into track_searches (asset_id, state, due_at, attempts, skipped)
  select a.id, 'PENDING', 0, 0, '[]' from assets a
  where a.state = 'LIVE' and exists (
    select 1 from packaging p where p.asset = a.id and p.playable);
