/// What players fetch: manifests, segments, posters and originals.
@NullMarked
package dev.tritontube.web.playback;

import org.jspecify.annotations.NullMarked;
