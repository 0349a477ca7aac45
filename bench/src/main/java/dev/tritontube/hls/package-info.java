/// What an HLS player reads in playlists: for whoever plays them, and for whoever holds them
/// against the standards.
///
/// This package must not know how a playlist is made or fetched.
@NullMarked
package dev.tritontube.hls;

import org.jspecify.annotations.NullMarked;
