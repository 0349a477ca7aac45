/// Keeps blobs on one disk: volumes, index, group commit, compaction. Knows no gRPC, no layouts and
/// no peers.
@NullMarked
package dev.tritontube.node.engine;

import org.jspecify.annotations.NullMarked;
