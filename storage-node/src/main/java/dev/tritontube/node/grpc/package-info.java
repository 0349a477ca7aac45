/// The node's gRPC face: adapters from calls to the store, the membership and replication.
///
/// Everything a call does happens on virtual threads, back-pressure works both ways, and what runs
/// at once is bounded. The one place that knows status codes.
@NullMarked
package dev.tritontube.node.grpc;

import org.jspecify.annotations.NullMarked;
