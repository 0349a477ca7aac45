/// Holds what a server serves of a video against the standards, as a player sees it: over HTTP,
/// manifests first, every byte of every segment.
///
/// This package must not know how the server makes any of it: neither the renderings of manifests
/// nor the web server. It reads boxes with the readers of `manifests`, and manifests with `dash`
/// and `hls`; what is right it has from the standards alone. `docs/conformance.md` lists the rules,
/// and those that are not kept on purpose.
@NullMarked
package dev.tritontube.conformance;

import org.jspecify.annotations.NullMarked;
