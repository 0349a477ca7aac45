/// What a DASH player reads in a static MPD of one period: for whoever plays it, and for whoever
/// holds it against the standards.
///
/// This package must not know how an MPD is made or fetched.
@NullMarked
package dev.tritontube.dash;

import org.jspecify.annotations.NullMarked;
