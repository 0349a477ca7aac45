/// The storage node's composition root, its configuration and its logs.
@NullMarked
package dev.tritontube.node;

import org.jspecify.annotations.NullMarked;
