/// What players fetch: manifests, segments, posters, originals, and a page that plays.
@NullMarked
package dev.tritontube.web.playback;

import org.jspecify.annotations.NullMarked;
