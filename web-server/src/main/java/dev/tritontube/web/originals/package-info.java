/// The uploaded bytes as chunks on the ring: how they are named, read and deleted. Knows no HTTP.
@NullMarked
package dev.tritontube.web.originals;

import org.jspecify.annotations.NullMarked;
