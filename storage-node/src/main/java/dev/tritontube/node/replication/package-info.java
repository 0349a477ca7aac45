/// Keeps this node's copies in line with its peers': arc-sync, read repair, the purge of what is
/// not owned any more, and the records of what others lack.
///
/// Knows the store, the membership and peers behind an interface; knows no gRPC.
@NullMarked
package dev.tritontube.node.replication;

import org.jspecify.annotations.NullMarked;
