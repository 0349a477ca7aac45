/// Words over time of videos, and what their sounds are called: sent by people or found in files,
/// kept as WebVTT of our own writing, played with whatever was encoded.
///
/// This package must not know how manifests are written, nor how pictures and sound are made.
@NullMarked
package dev.tritontube.web.tracks;

import org.jspecify.annotations.NullMarked;
