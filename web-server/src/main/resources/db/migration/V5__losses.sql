-- Since which epoch a node was compared with all others: what a node that was given up had on
-- record of others is gone with it, so they are compared again.
ALTER TABLE synced_nodes ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;

-- The first epoch without the node.
ALTER TABLE lost_nodes ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;
