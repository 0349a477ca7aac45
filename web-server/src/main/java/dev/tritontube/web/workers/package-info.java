/// The processes that encode: which there are, and what they have around the programs that touch
/// media. Must not know what they encode.
@NullMarked
package dev.tritontube.web.workers;

import org.jspecify.annotations.NullMarked;
