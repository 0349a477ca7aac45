-- What videos are listed, sorted and filtered by: one narrow row for each, beside the row with its words. Written only
-- by who holds the lock on the event log's counter.
create table library (
  -- Milliseconds since 1970 of its making times 2^20, and a number that tells those of one millisecond apart: the order
  -- of all videos. It is the table's rowid, and that of library_words.
  ordinal          integer primary key,
  video            varchar(20) not null unique,
  owner            varchar(64) not null,
  -- The visibility.
  shelf            varchar(8)  not null,
  -- As people are told.
  status           varchar(16) not null,
  -- The title without case and accents.
  title_key        text        not null,
  -- -1 as long as it is not known.
  duration_seconds double precision not null,
  size_bytes       bigint      not null
);
create index library_by_age on library (shelf, ordinal);
create index library_by_title on library (shelf, title_key, ordinal);
create index library_by_duration on library (shelf, duration_seconds, ordinal);
create index library_by_size on library (shelf, size_bytes, ordinal);
create index library_by_owner on library (owner, shelf, ordinal);
create index library_by_status on library (status, shelf, ordinal);

-- Which words are in which video. It keeps no texts.
create virtual table library_words using fts5 (
  title, description, tags, owner, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

update packaging set duration_seconds = json_extract(facts, '$.durationSeconds');

-- Of what is there already; keys of titles keep their accents until the video is edited.
insert into library (ordinal, video, owner, shelf, status, title_key, duration_seconds, size_bytes)
select v.created_at * 1048576 + row_number() over (partition by v.created_at order by v.id) - 1, v.id, v.owner,
  v.visibility, coalesce(s.status, p.status, 'PENDING'), lower(v.title), coalesce(p.duration_seconds, -1), a.size_bytes
from videos v join assets a on a.id = v.asset_id left join packaging p on p.asset = v.asset_id
  left join packaging_shown s on s.asset = v.asset_id;

insert into library_tags (tag, ordinal)
select distinct t.tag, l.ordinal from video_tags t join library l on l.video = t.video_id;

insert into library_words (rowid, title, description, tags, owner)
select l.ordinal, v.title, v.description,
  coalesce((select group_concat(t.tag, ' ') from video_tags t where t.video_id = v.id), ''),
  coalesce(u.username, v.owner)
from library l join videos v on v.id = l.video left join users u on u.id = v.owner;
