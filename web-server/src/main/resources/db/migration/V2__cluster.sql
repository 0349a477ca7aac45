-- Who owns what. One row an epoch: publishing is inserting the next one.
CREATE TABLE layouts (
  epoch BIGINT PRIMARY KEY,
  -- the canonical encoding of dev.tritontube.ring.Layout
  encoded BYTEA NOT NULL,
  published_at BIGINT NOT NULL
);

-- Layout changes. Times are milliseconds since 1970.
CREATE TABLE layout_changes (
  id TEXT PRIMARY KEY,
  -- ADD, DRAIN, REMOVE
  kind TEXT NOT NULL,
  node_id TEXT NOT NULL,
  address TEXT NOT NULL,
  -- removed without waiting for the node, which is lost
  forced INTEGER NOT NULL,
  -- PLANNED, PREPARE, COPY, CUTOVER, GRACE, PURGE, DONE
  phase TEXT NOT NULL,
  phase_since BIGINT NOT NULL,
  -- the step that runs now, from 0, and how many there are
  step INTEGER NOT NULL,
  steps INTEGER NOT NULL,
  -- replicas of arcs
  moved_replicas BIGINT NOT NULL,
  minimum_replicas BIGINT NOT NULL,
  arcs_done BIGINT NOT NULL,
  moved_blobs BIGINT NOT NULL,
  moved_bytes BIGINT NOT NULL,
  -- what the administrator was told when it began, one a line
  warnings TEXT NOT NULL,
  -- why it does not move on just now; empty when it does
  waiting TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  finished_at BIGINT,
  -- 1 while it runs, null afterwards
  active INTEGER
);

-- One change at a time.
CREATE UNIQUE INDEX layout_changes_active ON layout_changes (active);

-- The plan of a change, as it was announced.
CREATE TABLE layout_change_steps (
  change_id TEXT NOT NULL REFERENCES layout_changes (id),
  step INTEGER NOT NULL,
  joint BYTEA NOT NULL,
  settled BYTEA NOT NULL,
  PRIMARY KEY (change_id, step)
);

-- Who may do what only one web server does at a time. The fence grows with each new holder.
CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  fence BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

-- The process of each node that last had its data brought up to date after it started.
CREATE TABLE synced_nodes (
  node_id TEXT PRIMARY KEY,
  instance TEXT NOT NULL
);

-- Nodes that were given up with their data, which must not come back.
CREATE TABLE lost_nodes (
  node_id TEXT PRIMARY KEY,
  removed_at BIGINT NOT NULL
);
