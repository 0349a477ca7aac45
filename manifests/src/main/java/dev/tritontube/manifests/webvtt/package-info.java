/// Renders what is told by WebVTT (W3C). Knows the presentation only.
@NullMarked
package dev.tritontube.manifests.webvtt;

import org.jspecify.annotations.NullMarked;
