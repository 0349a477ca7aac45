/// What exists: videos, assets, uploads. Knows SQL, no HTTP and no gRPC.
@NullMarked
package dev.tritontube.web.catalog;

import org.jspecify.annotations.NullMarked;
