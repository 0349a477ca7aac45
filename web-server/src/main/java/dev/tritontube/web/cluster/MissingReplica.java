package dev.tritontube.web.cluster;

import dev.tritontube.ring.BlobKey;
import dev.tritontube.ring.NodeId;

/// A durable note on a storage node: another node lacks a blob (or its tombstone).
///
/// @param hint true: the blob is parked at the node that has the note
/// @param revision another one each time that the note is made
record MissingReplica(BlobKey key, NodeId node, boolean hint, long revision) {}
