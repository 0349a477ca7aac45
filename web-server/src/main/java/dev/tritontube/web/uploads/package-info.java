/// From a request's body to an original on the ring and a video in the catalog, streamed, never
/// staged.
@NullMarked
package dev.tritontube.web.uploads;

import org.jspecify.annotations.NullMarked;
