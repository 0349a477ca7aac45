/// What this node asks of other nodes: lists of what they hold, copies of it, and to take note of
/// where this node is.
///
/// The interfaces know no gRPC; [dev.tritontube.node.peers.GrpcPeers] does.
@NullMarked
package dev.tritontube.node.peers;

import org.jspecify.annotations.NullMarked;
