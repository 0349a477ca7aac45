/// The HLS rendering of a presentation: one multivariant playlist and a media playlist for each
/// representation (RFC 8216, Apple's authoring rules where they agree with it).
///
/// This package must not know DASH, nor whether a segment exists yet.
@NullMarked
package dev.tritontube.manifests.hls;

import org.jspecify.annotations.NullMarked;
