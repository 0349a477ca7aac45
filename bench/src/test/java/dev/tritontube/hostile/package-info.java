/// Files made to hurt, and what becomes of a cluster to which they are uploaded.
@NullMarked
package dev.tritontube.hostile;

import org.jspecify.annotations.NullMarked;
