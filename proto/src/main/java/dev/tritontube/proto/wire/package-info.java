/// The data plane's wire: blob bytes go through gRPC without being copied, and failures carry
/// stable codes.
///
/// What goes over the network is ordinary protobuf, so that a stock client or server is a peer like
/// any other. Knows messages, marshallers and trailers; knows nothing of rings, stores or retries.
@NullMarked
package dev.tritontube.proto.wire;

import org.jspecify.annotations.NullMarked;
