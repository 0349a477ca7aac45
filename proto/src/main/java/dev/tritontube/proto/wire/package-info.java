/// The data plane's marshallers: blob bytes go through gRPC without being copied. Ordinary protobuf
/// on the wire.
@NullMarked
package dev.tritontube.proto.wire;

import org.jspecify.annotations.NullMarked;
