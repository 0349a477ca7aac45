-- Times are milliseconds since 1970 UTC.

CREATE TABLE assets (
  id VARCHAR(20) PRIMARY KEY,
  owner VARCHAR(64) NOT NULL,
  -- LIVE, or DELETING: its last video went, nothing may attach to it any more.
  state VARCHAR(8) NOT NULL,
  sha256 CHAR(64) NOT NULL,
  -- What is made from the bytes; another profile makes another asset of the same bytes.
  profile VARCHAR(32) NOT NULL,
  size_bytes BIGINT NOT NULL,
  container VARCHAR(32) NOT NULL,
  created_at BIGINT NOT NULL
);

-- One live asset for the same bytes of the same owner: what deduplication looks up, and what settles a race.
CREATE UNIQUE INDEX assets_by_content ON assets (owner, sha256, profile) WHERE state = 'LIVE';

CREATE TABLE videos (
  id VARCHAR(20) PRIMARY KEY,
  owner VARCHAR(64) NOT NULL,
  asset_id VARCHAR(20) NOT NULL REFERENCES assets (id),
  title VARCHAR(400) NOT NULL,
  description TEXT NOT NULL,
  visibility VARCHAR(8) NOT NULL,
  file_name VARCHAR(400) NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX videos_by_age ON videos (created_at, id);
CREATE INDEX videos_by_asset ON videos (asset_id);

CREATE TABLE video_tags (
  video_id VARCHAR(20) NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  tag VARCHAR(100) NOT NULL,
  PRIMARY KEY (video_id, position)
);

-- Intents: an upload reserves the numbers of its chunks here before it stores them, so that whatever happens to the
-- process, the blobs of an unfinished upload can be named and deleted.
CREATE TABLE uploads (
  asset_id VARCHAR(20) PRIMARY KEY,
  -- The process that receives it, which says now and then that it is still there.
  instance VARCHAR(20) NOT NULL,
  chunks_reserved BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  alive_at BIGINT NOT NULL
);
CREATE INDEX uploads_by_alive ON uploads (alive_at);

-- Originals whose blobs have to go: of deleted assets, failed uploads, duplicates. A row stays until they are gone.
CREATE TABLE purges (
  asset_id VARCHAR(20) PRIMARY KEY,
  chunks BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL
);
CREATE INDEX purges_by_due ON purges (due_at);
