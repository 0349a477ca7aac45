/// Tests of whole clusters of real processes: nodes that die and return, layout changes under load,
/// browsers.
@NullMarked
package dev.tritontube.system;

import org.jspecify.annotations.NullMarked;
