/// What players fetch: manifests, segments, posters, thumbnails and originals.
@NullMarked
package dev.tritontube.web.playback;

import org.jspecify.annotations.NullMarked;
