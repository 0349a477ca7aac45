/// Where programs listen, and why one could not be reached. Knows gRPC, and no service of ours.
@NullMarked
package dev.tritontube.proto.reach;

import org.jspecify.annotations.NullMarked;
