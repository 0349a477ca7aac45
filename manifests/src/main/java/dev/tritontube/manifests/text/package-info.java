/// Words over time: captions, subtitles, chapters. Reads WebVTT and SubRip that came from anybody,
/// and writes WebVTT that is ours to the last character: what is not understood is refused, and
/// what is not harmless is text.
///
/// This package must not know where files come from, nor any manifest.
@NullMarked
package dev.tritontube.manifests.text;

import org.jspecify.annotations.NullMarked;
