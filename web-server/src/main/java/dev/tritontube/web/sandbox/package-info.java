/// Starts programs so that they reach little of the machine: their own libraries, a folder, a port.
/// Knows nothing of media.
@NullMarked
package dev.tritontube.web.sandbox;

import org.jspecify.annotations.NullMarked;
