/// Which cluster this node belongs to and which layout it goes by.
///
/// The last three layouts are on disk, so that a node knows its peers when it starts; it serves
/// only after an authority has given a layout to this very process, since what is on disk may be
/// old. Knows no gRPC and no blobs.
@NullMarked
package dev.tritontube.node.membership;

import org.jspecify.annotations.NullMarked;
