/// The cluster's client: blobs go to and come from the storage nodes that own them. Knows layouts
/// and gRPC, no videos.
@NullMarked
package dev.tritontube.web.blobs;

import org.jspecify.annotations.NullMarked;
