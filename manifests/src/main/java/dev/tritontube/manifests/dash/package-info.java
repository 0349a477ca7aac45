/// The DASH rendering of a presentation: one static MPD (ISO/IEC 23009-1:2022, profile
/// `isoff-live`, within the DASH-IF interoperability guidelines).
///
/// This package must not know HLS, nor whether a segment exists yet.
@NullMarked
package dev.tritontube.manifests.dash;

import org.jspecify.annotations.NullMarked;
