/// The storage node's composition root and its configuration.
@NullMarked
package dev.tritontube.node;

import org.jspecify.annotations.NullMarked;
